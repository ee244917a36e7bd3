"""The current official format, « FINESS structures » (JSON): from its raw objects to lines of the directory."""

from collections.abc import Callable, Iterator
from typing import Any

from esms_desktop.errors import ErreurFiness
from esms_desktop.finess.flux_json import FluxObjet, JsonCoupe, JsonFautif
from esms_desktop.finess.lignes import Lot, Recit
from esms_desktop.finess.valeurs import Adresse, iso, joindre, jour, telephone, texte
from esms_desktop.francais import pluriel
from esms_desktop.nomenclature.numeros import normaliser
from esms_desktop.nomenclature.territoires import departement_du_lieu

FORMAT = "FINESS structures (JSON)"
# usageAdresse: the seat of an entity, the place of an établissement; 04 and 06 are secondary places.
_USAGE_SIEGE = "02"
_USAGE_LIEU = "03"
_LONGUEUR_SIGLE = 20
# The first figure of the versions of the schema whose fields we know.
_SCHEMA = "1"
_TAILLE_LOT = 4000
# What the twin file alone holds, beside the numbers.
_JUMEAU = ("activitesAutorisees", "activitesExercees")
JUMEAU = "c’est le fichier jumeau « activités », qui ne donne ni les noms ni les adresses"


def lire_structures(lire: Callable[[int], str], recit: Recit) -> Iterator[Lot]:
    """Reads the JSON text piece by piece; fills `recit` in at the end.

    Args:
        lire: gives about as many more characters as asked, an empty text at the end.

    Raises:
        ErreurFiness: cut or damaged text, the twin file, another version of the schema, JSON that is something else.
    """
    flux = FluxObjet(lire, "pmej")
    recit.groupee = True
    lot, ignores, lus = Lot(), 0, 0
    for brut in elements(flux):
        lus += 1
        if lus == 1:
            exiger_schema(flux)
        if not _numero(brut):
            if any(cle in brut for cle in (*_JUMEAU, "numeroFiness", "numFiness")):
                raise ErreurFiness(f"Ce fichier n’est pas « FINESS structures » : {JUMEAU}.", _CHOISIR)
            ignores += 1
            continue
        _entite(brut, lot)
        if len(lot) >= _TAILLE_LOT:
            yield lot
            lot = Lot()
    exiger_schema(flux)
    if not flux.trouve:
        raise ErreurFiness(
            "Ce fichier JSON n’est pas l’annuaire « FINESS structures » : la liste des entités juridiques y manque.",
            _CHOISIR,
        )
    recit.format = FORMAT
    recit.date_source = jour(flux.autres.get("generatedAt"))
    laissees = pluriel(ignores, "entité sans numéro a été laissée", "entités sans numéro ont été laissées")
    recit.alertes = (f"Annuaire\u00a0: {laissees} de côté.",) if ignores else ()
    yield lot


_CHOISIR = "Choisissez le fichier « finess-structures » publié sur data.gouv.fr."


def elements(flux: FluxObjet) -> Iterator[dict[str, Any]]:
    """The raw entities of a JSON file, structures or activities; what is no object is an empty one.

    Raises:
        ErreurFiness: cut or damaged text, with the place in the file.
    """
    try:
        for brut in flux.elements():
            yield _objet(brut)
    except JsonCoupe as erreur:
        raise ErreurFiness(
            f"Le fichier FINESS est incomplet : il s’arrête avant la fin de l’annuaire ({flux.endroit}).",
            "Téléchargez-le de nouveau.",
        ) from erreur
    except JsonFautif as erreur:
        raise ErreurFiness(
            f"Le fichier FINESS est abîmé : son contenu n’est pas du JSON lisible ({flux.endroit}).",
            "Téléchargez-le de nouveau.",
        ) from erreur


def exiger_schema(flux: FluxObjet) -> None:
    """Refuses a file whose schema is of another version than the one we know.

    Raises:
        ErreurFiness: it is.
    """
    version = texte(flux.autres.get("schemaVersion"))
    if version and version.lstrip("vV").split(".")[0] != _SCHEMA:
        raise ErreurFiness(
            f"Ce fichier FINESS suit la version {version} de son schéma, et cette version du logiciel lit la version "
            f"{_SCHEMA} (« schemaVersion », {flux.endroit}).",
            "Installez la dernière version du logiciel, ou prenez un fichier plus ancien.",
        )


def _objet(valeur: object) -> dict[str, Any]:
    return valeur if isinstance(valeur, dict) else {}


def objets(valeur: object) -> list[dict[str, Any]]:
    """The objects of a list, the rest left out; none when it is no list."""
    return [v for v in valeur if isinstance(v, dict)] if isinstance(valeur, list) else []


def _numero(pmej: dict[str, Any]) -> str:
    return normaliser(texte(_objet(pmej.get("informationsGeneralesPMEJ")).get("numFinessPm")))


def _adresse(brut: dict[str, Any], usage: str) -> Adresse:
    adresses = objets(brut.get("adresse"))
    if not adresses:
        return Adresse()
    a = next((a for a in adresses if a.get("usageAdresse") == usage), adresses[0])
    rue = texte(a.get("ligneQuatre")) or joindre(a.get("numeroVoie"), a.get("typeVoie"), a.get("libelleVoie"))
    code_postal = texte(a.get("codePostal"))
    departement = departement_du_lieu(texte(a.get("cogCommune")), code_postal)
    complements = (texte(a.get("complementPointGeographique")), texte(a.get("lieuDit")))
    return Adresse(
        ", ".join(m for m in (rue, *complements) if m),
        code_postal,
        texte(a.get("ligneAcheminement")).removeprefix(f"{code_postal} "),
        departement.code if departement else "",
    )


def _telecom(brut: dict[str, Any], quoi: str) -> str:
    valeurs = (texte(_objet(c.get("telecom")).get(quoi)) for c in objets(brut.get("contact")))
    return next((v for v in valeurs if v), "")


def _entite(pmej: dict[str, Any], lot: Lot) -> None:
    """Adds an entity and its établissements to a lot."""
    infos = _objet(pmej.get("informationsGeneralesPMEJ"))
    court, long = texte(infos.get("denominationPm")), texte(infos.get("denominationLonguePmSmsse"))
    nom = long or court
    adresse = _adresse(pmej, _USAGE_SIEGE)
    numero = _numero(pmej)
    ej = (
        numero,
        nom,
        court if court != nom and " " not in court and len(court) <= _LONGUEUR_SIGLE else "",
        normaliser(texte(infos.get("siren"))),
        texte(infos.get("statutJuridique")),
        adresse.voie,
        adresse.code_postal,
        adresse.commune,
        adresse.departement,
        telephone(_telecom(pmej, "telephone")),
        _telecom(pmej, "courriel"),
        texte(pmej.get("etatObjet")),
        iso(infos.get("dateFermeture")),
        1,
    )
    lot.entites.append(ej)
    lot.etablissements.extend(_etablissement(e, numero) for e in objets(pmej.get("ege")))


def _etablissement(ege: dict[str, Any], finess_ej: str) -> tuple[str, ...]:
    infos = _objet(ege.get("informationsGeneralesEGE"))
    adresse = _adresse(ege, _USAGE_LIEU)
    return (
        normaliser(texte(infos.get("numFinessEge"))),
        finess_ej,
        texte(infos.get("nomEgeLong")) or texte(infos.get("nomEgeCourt")),
        normaliser(texte(infos.get("siret"))),
        texte(ege.get("categorieentiteGeographiqueExercice")),
        "",
        adresse.voie,
        adresse.code_postal,
        adresse.commune,
        adresse.departement,
        texte(ege.get("etatObjet")),
        iso(infos.get("dateFermeture")),
    )
