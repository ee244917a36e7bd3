"""The current official format, « FINESS structures » (JSON): from its raw objects to legal entities."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from esms_desktop.errors import ErreurFiness
from esms_desktop.finess.annuaire import Annuaire, EntiteJuridique, Etablissement
from esms_desktop.finess.eligibilite import est_ouvert, motif_exclusion
from esms_desktop.finess.flux_json import FluxObjet, JsonCoupe, JsonFautif
from esms_desktop.finess.statuts import statut_de
from esms_desktop.finess.valeurs import Adresse, joindre, jour, telephone, texte
from esms_desktop.francais import pluriel
from esms_desktop.nomenclature.categories import categories, champ_de
from esms_desktop.nomenclature.numeros import normaliser
from esms_desktop.nomenclature.territoires import departement_du_lieu

FORMAT = "FINESS structures (JSON)"
# usageAdresse: the seat of an entity, the place of an établissement; 04 and 06 are secondary places.
_USAGE_SIEGE = "02"
_USAGE_LIEU = "03"
_LONGUEUR_SIGLE = 20


def lire_structures(lire: Callable[[int], str], seulement: Collection[str] | None) -> Annuaire:
    """Reads the JSON text.

    Args:
        lire: gives about as many more characters as asked, an empty text at the end.
        seulement: keep only the entities with one of these numbers, theirs or that of an établissement of theirs.

    Raises:
        ErreurFiness: cut or damaged text, or JSON that is something else.
    """
    voulus = None if seulement is None else frozenset(map(normaliser, seulement))
    flux = FluxObjet(lire, "pmej")
    bruts: list[dict[str, Any]] = []
    entites: dict[str, EntiteJuridique] = {}
    ignores = 0
    try:
        # The date of the file closes établissements: entities that come before it wait for the end.
        for brut in flux.elements():
            if not _numero(brut):
                ignores += 1
            elif voulus is not None:
                if not voulus.isdisjoint(_numeros(brut)):
                    bruts.append(brut)
            elif "generatedAt" in flux.autres:
                entites[_numero(brut)] = _entite(brut, jour(flux.autres["generatedAt"]))
            else:
                bruts.append(brut)
    except JsonCoupe as erreur:
        raise ErreurFiness(
            "Le fichier FINESS est incomplet : il s’arrête avant la fin de l’annuaire.",
            "Téléchargez-le de nouveau.",
        ) from erreur
    except JsonFautif as erreur:
        raise ErreurFiness(
            "Le fichier FINESS est abîmé : son contenu n’est pas du JSON lisible.",
            "Téléchargez-le de nouveau.",
        ) from erreur
    if not flux.trouve:
        raise ErreurFiness(
            "Ce fichier JSON n’est pas l’annuaire « FINESS structures » : la liste des entités juridiques y manque.",
            "Choisissez le fichier « finess-structures » publié sur data.gouv.fr.",
        )
    date_source = jour(flux.autres.get("generatedAt"))
    for brut in bruts:
        entites[_numero(brut)] = _entite(brut, date_source)
    laissees = pluriel(ignores, "entité sans numéro a été laissée", "entités sans numéro ont été laissées")
    alertes = (f"Annuaire\u00a0: {laissees} de côté.",) if ignores else ()
    return Annuaire(entites, FORMAT, date_source, alertes, seulement)


def _objet(valeur: object) -> dict[str, Any]:
    return valeur if isinstance(valeur, dict) else {}


def _objets(valeur: object) -> list[dict[str, Any]]:
    return [v for v in valeur if isinstance(v, dict)] if isinstance(valeur, list) else []


def _numero(pmej: object) -> str:
    return normaliser(texte(_objet(_objet(pmej).get("informationsGeneralesPMEJ")).get("numFinessPm")))


def _numeros(pmej: dict[str, Any]) -> Iterator[str]:
    yield _numero(pmej)
    for ege in _objets(pmej.get("ege")):
        yield normaliser(texte(_objet(ege.get("informationsGeneralesEGE")).get("numFinessEge")))


def _adresse(brut: dict[str, Any], usage: str) -> Adresse:
    adresses = _objets(brut.get("adresse"))
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
    valeurs = (texte(_objet(c.get("telecom")).get(quoi)) for c in _objets(brut.get("contact")))
    return next((v for v in valeurs if v), "")


def _entite(pmej: dict[str, Any], date_source: date | None) -> EntiteJuridique:
    infos = _objet(pmej.get("informationsGeneralesPMEJ"))
    court, long = texte(infos.get("denominationPm")), texte(infos.get("denominationLonguePmSmsse"))
    nom = long or court
    statut = statut_de(texte(infos.get("statutJuridique")))
    adresse = _adresse(pmej, _USAGE_SIEGE)
    numero = _numero(pmej)
    etablissements = [_etablissement(e, numero, date_source) for e in _objets(pmej.get("ege"))]
    return EntiteJuridique(
        finess=numero,
        nom=nom or f"Entité juridique {numero}",
        sigle=court if court != nom and " " not in court and len(court) <= _LONGUEUR_SIGLE else "",
        siren=normaliser(texte(infos.get("siren"))),
        siret="",
        statut_juridique=texte(infos.get("statutJuridique")),
        forme_juridique=statut.libelle,
        association=statut.association,
        adresse=adresse.voie,
        code_postal=adresse.code_postal,
        commune=adresse.commune,
        departement=adresse.departement,
        telephone=telephone(_telecom(pmej, "telephone")),
        courriel=_telecom(pmej, "courriel"),
        active=est_ouvert(texte(pmej.get("etatObjet")), jour(infos.get("dateFermeture")), date_source),
        etablissements=tuple({e.finess: e for e in etablissements}.values()),
        reserves=() if nom else (f"L’annuaire ne donne pas le nom de l’entité juridique {numero}.",),
    )


def _etablissement(ege: dict[str, Any], finess_ej: str, date_source: date | None) -> Etablissement:
    infos = _objet(ege.get("informationsGeneralesEGE"))
    numero = normaliser(texte(infos.get("numFinessEge")))
    categorie = texte(ege.get("categorieentiteGeographiqueExercice"))
    connue = categories().get(categorie)
    libelle = connue.libelle if connue else ""
    fermeture = jour(infos.get("dateFermeture"))
    ouvert = est_ouvert(texte(ege.get("etatObjet")), fermeture, date_source)
    adresse = _adresse(ege, _USAGE_LIEU)
    return Etablissement(
        finess=numero,
        finess_ej=finess_ej,
        nom=texte(infos.get("nomEgeLong")) or texte(infos.get("nomEgeCourt")) or f"Établissement {numero}",
        siret=normaliser(texte(infos.get("siret"))),
        categorie=categorie,
        categorie_libelle=libelle,
        champ=champ_de(categorie),
        adresse=adresse.voie,
        code_postal=adresse.code_postal,
        commune=adresse.commune,
        departement=adresse.departement,
        actif=ouvert,
        date_fermeture=fermeture,
        motif_exclusion=motif_exclusion(categorie, libelle, ouvert, fermeture),
    )
