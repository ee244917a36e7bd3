"""The former official format, « etalab » CSV: établissements line by line, grouped under their legal entity."""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass

from esms_desktop.errors import ErreurFiness
from esms_desktop.finess.annuaire import Annuaire, EntiteJuridique, Etablissement
from esms_desktop.finess.eligibilite import motif_exclusion
from esms_desktop.finess.statuts import statut_de
from esms_desktop.finess.valeurs import joindre, jour, telephone, texte
from esms_desktop.francais import pluriel
from esms_desktop.nomenclature.categories import categories, champ_de
from esms_desktop.nomenclature.numeros import defaut_siren, normaliser
from esms_desktop.nomenclature.territoires import departement_du_lieu, departements

FORMAT = "FINESS etalab (CSV)"
ENTETE = "finess;etalab;"

# Fields of the two sections: établissements (file cs1100502), legal entities (file cs1100501).
_CHAMPS = {
    "structureet": [
        "section",
        "finess",
        "finess_ej",
        "rs",
        "rslongue",
        "complrs",
        "compldistrib",
        "numvoie",
        "typvoie",
        "voie",
        "compvoie",
        "lieuditbp",
        "commune",
        "departement",
        "libdepartement",
        "acheminement",
        "telephone",
        "telecopie",
        "categorie",
        "libcategorie",
        "agregat",
        "libagregat",
        "siret",
        "ape",
        "mft",
        "libmft",
        "sph",
        "libsph",
        "ouverture",
        "autorisation",
        "maj",
        "numuai",
    ],
    "structureej": [
        "section",
        "finess",
        "rs",
        "rslongue",
        "complrs",
        "numvoie",
        "typvoie",
        "voie",
        "compvoie",
        "compldistrib",
        "lieuditbp",
        "commune",
        "acheminement",
        "departement",
        "libdepartement",
        "telephone",
        "statut",
        "libstatut",
        "categorie",
        "libcategorie",
        "siren",
        "ape",
        "creation",
    ],
}
# Sections of the sister files, that say nothing a grappe needs.
_AUTRES_SECTIONS = {"geolocalisation", "equipementsocial"}
# More bad lines than one in ten: it is another file.
_PART_FAUTIVE = 10


@dataclass(frozen=True)
class _Lignes:
    """The lines of the file by section, and the numbers of those left aside."""

    etablissements: list[dict[str, str]]
    entites: list[dict[str, str]]
    fautives: list[int]


def lire_etalab(octets: bytes, seulement: Collection[str] | None) -> Annuaire:
    """Reads the CSV, UTF-8 or ISO-8859-1.

    The number of the header line counts editions, not lines: a file cut between two lines cannot be told from a
    whole one; one cut within a line is refused.

    Raises:
        ErreurFiness: cut or damaged file, or one without établissements.
    """
    contenu = _decoder(octets)
    entete, *lignes = contenu.split("\n")
    lues = _lire_lignes(lignes)
    if not lues.etablissements:
        raise ErreurFiness(
            "Ce fichier FINESS ne contient aucun établissement.",
            "Choisissez le fichier des établissements (cs1100502) ou le fichier « finess-structures ».",
        )
    voulus = None if seulement is None else frozenset(map(normaliser, seulement))
    groupes: dict[str, dict[str, Etablissement]] = {}
    for ligne in lues.etablissements:
        etablissement = _etablissement(ligne, normaliser(ligne["finess_ej"]))
        groupes.setdefault(etablissement.finess_ej, {})[etablissement.finess] = etablissement
    fiches = {normaliser(ligne["finess"]): ligne for ligne in lues.entites}
    entites = {
        ej: _entite(ej, tuple(groupes.get(ej, {}).values()), fiches.get(ej))
        for ej in dict.fromkeys([*groupes, *fiches])
        if voulus is None or ej in voulus or not voulus.isdisjoint(groupes.get(ej, ()))
    }
    return Annuaire(entites, FORMAT, jour(entete.split(";")[-1]), _alertes(lues, len(lignes)), seulement)


def _decoder(octets: bytes) -> str:
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        if erreur.end >= len(octets) and erreur.reason == "unexpected end of data":
            raise _coupe() from erreur
        # A UTF-8 file with a few damaged bytes must not be taken for ISO-8859-1, where Ã never comes before one.
        justes = len(re.findall(rb"\xc3[\x80-\xbf]", octets))
        if justes > octets.decode("utf-8", errors="replace").count("\ufffd"):
            raise ErreurFiness(
                "Le fichier FINESS est abîmé : des caractères y sont illisibles.",
                "Téléchargez-le de nouveau.",
            ) from erreur
        return octets.decode("iso-8859-1")


def _coupe() -> ErreurFiness:
    return ErreurFiness(
        "Le fichier FINESS est incomplet : sa dernière ligne est coupée.", "Téléchargez-le de nouveau."
    )


def _lire_lignes(lignes: list[str]) -> _Lignes:
    lues = _Lignes([], [], [])
    for numero, ligne in enumerate(lignes, 2):
        if not ligne.strip():
            continue
        valeurs = _valeurs(ligne.rstrip("\r"))
        noms = _CHAMPS.get(valeurs[0])
        if noms is not None and len(valeurs) == len(noms):
            fiche = dict(zip(noms, valeurs, strict=True))
            (lues.etablissements if valeurs[0] == "structureet" else lues.entites).append(fiche)
        elif valeurs[0] not in _AUTRES_SECTIONS:
            lues.fautives.append(numero)
            # Only the last piece has no line end after it.
            if numero == len(lignes) + 1:
                raise _coupe()
    bonnes = len(lues.etablissements) + len(lues.entites)
    if len(lues.fautives) * _PART_FAUTIVE > bonnes + len(lues.fautives):
        n = len(lues.fautives)
        raise ErreurFiness(
            f"Le fichier FINESS est illisible : {pluriel(n, 'ligne')} sur {bonnes + n} "
            f"sans le nombre de champs attendu, à commencer par la ligne {lues.fautives[0]}.",
            "Téléchargez-le de nouveau, sans l’ouvrir ni l’enregistrer dans un tableur.",
        )
    return lues


def _valeurs(ligne: str) -> list[str]:
    simples = ligne.split(";")
    if '"' not in ligne:
        return simples
    entre_guillemets = next(csv.reader([ligne], delimiter=";"))
    # Old files also hold lone quotes, that quote nothing.
    attendu = len(_CHAMPS.get(simples[0], ()))
    return simples if len(simples) == attendu != len(entre_guillemets) else entre_guillemets


def _alertes(lues: _Lignes, total: int) -> tuple[str, ...]:
    if not lues.fautives:
        return ()
    n = len(lues.fautives)
    laissees = pluriel(n, "ligne a été laissée", "lignes ont été laissées")
    return (
        f"Annuaire : {laissees} de côté sur {total}, faute du nombre de champs attendu "
        f"(à commencer par la ligne {lues.fautives[0]}).",
    )


def _voie(ligne: dict[str, str]) -> str:
    rue = joindre(ligne["numvoie"], ligne["compvoie"], ligne["typvoie"], ligne["voie"])
    return joindre(rue, ligne["compldistrib"], ligne["lieuditbp"], separateur=", ")


def _lieu(ligne: dict[str, str]) -> tuple[str, str, str]:
    code_postal, _, commune = texte(ligne["acheminement"]).partition(" ")
    if not re.fullmatch(r"[0-9]{5}", code_postal):
        code_postal, commune = "", texte(ligne["acheminement"])
    code = texte(ligne["departement"])
    if code not in departements():
        trouve = departement_du_lieu("", code_postal)
        code = trouve.code if trouve else ""
    return code_postal, commune, code


def _etablissement(ligne: dict[str, str], finess_ej: str) -> Etablissement:
    numero = normaliser(ligne["finess"])
    categorie = texte(ligne["categorie"])
    connue = categories().get(categorie)
    libelle = texte(ligne["libcategorie"]) or (connue.libelle if connue else "")
    code_postal, commune, departement = _lieu(ligne)
    return Etablissement(
        finess=numero,
        finess_ej=finess_ej,
        nom=texte(ligne["rslongue"]) or texte(ligne["rs"]) or f"Établissement {numero}",
        siret=normaliser(ligne["siret"]),
        categorie=categorie,
        categorie_libelle=libelle,
        champ=champ_de(categorie),
        adresse=_voie(ligne),
        code_postal=code_postal,
        commune=commune,
        departement=departement,
        actif=True,
        date_fermeture=None,
        motif_exclusion=motif_exclusion(categorie, libelle, True, None),
    )


def _entite(
    finess: str, etablissements: tuple[Etablissement, ...], fiche: dict[str, str] | None
) -> EntiteJuridique:
    if fiche is None:
        return _entite_sans_fiche(finess, etablissements)
    code_postal, commune, departement = _lieu(fiche)
    court, long = texte(fiche["rs"]), texte(fiche["rslongue"])
    statut = statut_de(texte(fiche["statut"]))
    return EntiteJuridique(
        finess=finess,
        nom=long or court or f"Entité juridique {finess}",
        sigle=court if long and court != long and " " not in court else "",
        siren=normaliser(fiche["siren"]),
        siret="",
        statut_juridique=texte(fiche["statut"]),
        forme_juridique=statut.libelle or texte(fiche["libstatut"]),
        association=statut.association,
        adresse=_voie(fiche),
        code_postal=code_postal,
        commune=commune,
        departement=departement,
        telephone=telephone(fiche["telephone"]),
        courriel="",
        active=True,
        etablissements=etablissements,
    )


def _entite_sans_fiche(finess: str, etablissements: tuple[Etablissement, ...]) -> EntiteJuridique:
    """The file of établissements names no entity: only its number, and the SIREN they all share, are known."""
    reserves = [
        f"L’ancien format ne donne que le numéro de l’entité juridique {finess} : "
        "son nom, sa forme et son siège sont à saisir."
    ]
    sirens = {e.siret[:9] for e in etablissements if e.siret}
    siren = sirens.pop() if len(sirens) == 1 else ""
    if siren and defaut_siren(siren):
        siren = ""
    if siren:
        reserves.append(f"Le SIREN de {finess} est tiré du SIRET de ses établissements : il est à vérifier.")
    return EntiteJuridique(
        finess=finess,
        nom=f"Entité juridique {finess}",
        sigle="",
        siren=siren,
        siret="",
        statut_juridique="",
        forme_juridique="",
        association=None,
        adresse="",
        code_postal="",
        commune="",
        departement="",
        telephone="",
        courriel="",
        active=True,
        etablissements=etablissements,
        reserves=tuple(reserves),
    )
