"""The former official format, « etalab » CSV: établissements line by line, and the section of entities when it is there."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from esms_desktop.errors import ErreurFiness
from esms_desktop.finess.decodage import Decodeur
from esms_desktop.finess.lignes import Lot, Recit
from esms_desktop.finess.valeurs import jour, telephone, texte
from esms_desktop.francais import pluriel
from esms_desktop.nomenclature.numeros import normaliser
from esms_desktop.nomenclature.territoires import departement_du_lieu, departements

FORMAT = "FINESS etalab (CSV)"
ENTETE = "finess;etalab;"

# Fields of the two sections: établissements (file cs1100502), legal entities (file cs1100501).
_ET, _CHAMPS_ET = "structureet", 32
_EJ, _CHAMPS_EJ = "structureej", 23
_NOMBRES = {_ET: _CHAMPS_ET, _EJ: _CHAMPS_EJ}
# Sections of the sister files, that say nothing a grappe needs.
_AUTRES_SECTIONS = {"geolocalisation", "equipementsocial"}
# More bad lines than one in ten: it is another file.
_PART_FAUTIVE = 10
_MORCEAU = 1 << 20
_TABLEUR = "Téléchargez-le de nouveau, sans l’ouvrir ni l’enregistrer dans un tableur."


@dataclass
class _Compte:
    """The numbers of the lines left aside, and how many were read."""

    lignes: int = 0
    bonnes: int = 0
    etablissements: int = 0
    premiere: int = 0
    fautives: int = 0


def lire_etalab(lire: Callable[[int], bytes], recit: Recit) -> Iterator[Lot]:
    """Reads the CSV piece by piece, in UTF-8, Windows-1252 or ISO-8859-1; fills `recit` in at the end.

    The number of the header line counts editions, not lines: a file cut between two lines cannot be told from a
    whole one; one cut within a line is refused.

    Args:
        lire: gives about as many more bytes as asked, none at the end.

    Raises:
        ErreurFiness: cut or damaged file, one that a spreadsheet spoilt, one without établissements.
    """
    decodeur, compte = Decodeur(), _Compte()
    reste = b""
    while octets := lire(_MORCEAU):
        bloc = reste + octets
        coupe = bloc.rfind(b"\n") + 1
        reste = bloc[coupe:]
        if coupe:
            yield _lot(decodeur.lignes(bloc[: coupe - 1]), compte, recit)
    if reste.strip():
        yield _lot(decodeur.lignes(reste, derniere=True), compte, recit, derniere=True)
    _conclure(compte, recit)


def _lot(lignes: list[str], compte: _Compte, recit: Recit, derniere: bool = False) -> Lot:
    lot = Lot()
    if not compte.lignes:
        recit.date_source = jour(lignes[0].rstrip("\r").split(";")[-1])
        compte.lignes = 1
        del lignes[0]
    ets, ejs = lot.etablissements, lot.entites
    for numero, ligne in enumerate(lignes, compte.lignes + 1):
        valeurs = ligne.split(";")
        if len(valeurs) != _CHAMPS_ET or '"' in ligne:
            if not ligne.strip():
                continue
            valeurs = _valeurs(ligne.rstrip("\r"))
            if len(valeurs) != _NOMBRES.get(valeurs[0], 0):
                if valeurs[0] not in _AUTRES_SECTIONS:
                    _ecarter(numero, compte, derniere and numero == compte.lignes + len(lignes))
                continue
        # The usual line needs no cleaning: nothing doubled, nothing that does not print.
        if "  " in ligne or " ;" in ligne or "; " in ligne or not ligne.isprintable():
            valeurs = [texte(v) for v in valeurs]
        if valeurs[0] == _ET:
            ets.append(_etablissement(valeurs, numero))
        elif valeurs[0] == _EJ:
            ejs.append(_entite(valeurs, numero))
        else:
            _ecarter(numero, compte, False)
    compte.lignes += len(lignes)
    compte.etablissements += len(ets)
    compte.bonnes += len(lot)
    return lot


def _ecarter(numero: int, compte: _Compte, derniere: bool) -> None:
    # Only the last piece has no line end after it.
    if derniere:
        raise ErreurFiness(
            f"Le fichier FINESS est incomplet : sa dernière ligne (ligne {numero}) est coupée.",
            "Téléchargez-le de nouveau.",
        )
    compte.fautives += 1
    compte.premiere = compte.premiere or numero


def _conclure(compte: _Compte, recit: Recit) -> None:
    n, total = compte.fautives, compte.bonnes + compte.fautives
    if n * _PART_FAUTIVE > total:
        raise ErreurFiness(
            f"Le fichier FINESS est illisible : {pluriel(n, 'ligne')} sur {total} "
            f"sans le nombre de champs attendu, à commencer par la ligne {compte.premiere}.",
            _TABLEUR,
        )
    if not compte.etablissements:
        raise ErreurFiness(
            "Ce fichier FINESS ne contient aucun établissement.",
            "Choisissez le fichier des établissements (cs1100502) ou le fichier « finess-structures ».",
        )
    recit.format = FORMAT
    if n:
        laissees = pluriel(n, "ligne a été laissée", "lignes ont été laissées")
        recit.alertes = (
            f"Annuaire : {laissees} de côté sur {total}, faute du nombre de champs attendu "
            f"(à commencer par la ligne {compte.premiere}).",
        )


def _valeurs(ligne: str) -> list[str]:
    simples = ligne.split(";")
    if '"' not in ligne:
        return simples
    entre_guillemets = next(csv.reader([ligne], delimiter=";"))
    # Old files also hold lone quotes, that quote nothing.
    attendu = _NOMBRES.get(simples[0], 0)
    return simples if len(simples) == attendu != len(entre_guillemets) else entre_guillemets


def _numero(brut: str, numero: int) -> str:
    """A number of the file, unless a spreadsheet has spoilt it."""
    n = normaliser(brut)
    if len(n) != 9 and n.isdigit():
        raise ErreurFiness(
            f"Dans ce fichier, un tableur a réduit des numéros à {pluriel(len(n), 'chiffre')} au lieu de 9 (le zéro de tête "
            f"est perdu)\u00a0: «\u00a0{n}\u00a0», à la ligne {numero}.",
            _TABLEUR,
        )
    return n


def _siret(brut: str, numero: int) -> str:
    if "E+" in brut.upper():
        raise ErreurFiness(
            f"Dans ce fichier, un tableur a arrondi des numéros\u00a0: le SIRET «\u00a0{brut}\u00a0», à la ligne {numero}.",
            _TABLEUR,
        )
    return normaliser(brut)


def _etablissement(v: list[str], numero: int) -> tuple[str, ...]:
    finess, ej, siret, complement = v[1], v[2], v[22], v[10]
    # Nine figures are as they must be; the rest is looked at.
    if len(finess) != 9 or len(ej) != 9 or not finess.isdigit() or not ej.isdigit():
        finess, ej = _numero(finess, numero), _numero(ej, numero)
    if siret and not siret.isdigit():
        siret = _siret(siret, numero)
    if complement or v[6] or v[11] or not (v[7] and v[8] and v[9]):
        adresse = _voie(v[7], complement, v[8], v[9], v[6], v[11])
    else:
        adresse = f"{v[7]} {v[8]} {v[9]}"
    code_postal, commune, departement = _lieu(v[15], v[13])
    nom = v[4] or v[3]
    return (finess, ej, nom, siret, v[18], v[19], adresse, code_postal, commune, departement, "A", "")


def _entite(v: list[str], numero: int) -> tuple[str | int, ...]:
    court, long = v[2], v[3]
    return (
        _numero(v[1], numero),
        long or court,
        court if long and court != long and " " not in court else "",
        normaliser(v[20]),
        v[16],
        _voie(v[5], v[8], v[6], v[7], v[9], v[10]),
        *_lieu(v[12], v[13]),
        telephone(v[15]) if v[15] else "",
        "",
        "A",
        "",
        1,
    )


def _voie(numero: str, complement: str, genre: str, nom: str, batiment: str, lieu_dit: str) -> str:
    rue = " ".join(filter(None, (numero, complement, genre, nom)))
    return ", ".join(filter(None, (rue, batiment, lieu_dit))) if batiment or lieu_dit else rue


@lru_cache(maxsize=50_000)
def _lieu(acheminement: str, departement: str) -> tuple[str, str, str]:
    code_postal, _, commune = acheminement.partition(" ")
    if not re.fullmatch(r"[0-9]{5}", code_postal):
        code_postal, commune = "", acheminement
    if departement not in departements():
        trouve = departement_du_lieu("", code_postal)
        departement = trouve.code if trouve else ""
    return code_postal, commune, departement
