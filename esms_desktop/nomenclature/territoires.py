"""Departments, regions and territories, as the FINESS directory codes them (resources/finess/departements.csv)."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from esms_desktop import assets
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import mots, une_ligne


class Territoire(StrEnum):
    """The three territories the thresholds tell apart (referentiel 01 § 4)."""

    METROPOLE = "metropole"
    CORSE = "corse"
    OUTRE_MER = "outre-mer"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {"metropole": "métropole", "corse": "Corse", "outre-mer": "outre-mer"}[self.value]


@dataclass(frozen=True)
class Region:
    """A region and its ARS. `code`: INSEE code, two characters."""

    code: str
    nom: str
    ars: str
    territoire: Territoire


@dataclass(frozen=True)
class Departement:
    """A department. `code`: the one of the directory (2A, 9D…); `prefixe`: first characters of its FINESS numbers.

    `region` is None for the two collectivities that no ARS covers.
    """

    code: str
    prefixe: str
    code_insee: str
    nom: str
    region: Region | None
    territoire: Territoire


@cache
def departements() -> dict[str, Departement]:
    """All departments by FINESS code, in the order of the table."""
    lignes = csv.DictReader(assets.texte("finess/departements.csv").splitlines(), delimiter=";")
    resultat = {}
    for ligne in lignes:
        territoire = Territoire(ligne["territoire"])
        region = None
        if ligne["code_region_insee"]:
            region = Region(ligne["code_region_insee"], ligne["region"], ligne["ars"], territoire)
        code = ligne["code_finess_departement"]
        resultat[code] = Departement(
            code, ligne["prefixe_numero_finess"], ligne["code_insee"], ligne["nom"], region, territoire
        )
    return resultat


@cache
def regions() -> dict[str, Region]:
    """All regions by INSEE code."""
    return {d.region.code: d.region for d in departements().values() if d.region}


def departement(code: str) -> Departement | None:
    """The department under its FINESS code or its INSEE code (971…), None when there is none."""
    trouve = departements().get(code)
    if trouve is None:
        trouve = next((d for d in departements().values() if d.code_insee == code), None)
    return trouve


def code_usuel(code: str) -> str:
    """The code people write for a department (973, 2A), whatever the directory calls it (9C); an unknown one as it is."""
    trouve = departement(code)
    return trouve.code_insee if trouve else code


def departement_du_numero(finess: str) -> Departement | None:
    """The department a FINESS number starts with, None when it starts with none."""
    for d in departements().values():
        if d.prefixe and finess.startswith(d.prefixe):
            return d
    return None


@cache
def departement_du_lieu(commune: str, code_postal: str = "") -> Departement | None:
    """The department of a place, None when neither code tells.

    Args:
        commune: code of the commune, INSEE's or the directory's (2A004, 97302, 9D407…); it decides when known.
        code_postal: postal code, CEDEX included.
    """
    debuts = (_debut(commune.strip().upper(), _COMMUNES), _debut(code_postal.strip(), _CODES_POSTAUX))
    return next((d for d in map(departement, debuts) if d), None)


# Saint-Barthélemy and Saint-Martin left Guadeloupe in 2007; the directory and the ARS keep them there.
_COMMUNES = {"977": "971", "978": "971"}
# Corse shares 20xxx, CEDEX included; the CEDEX of Le Port (La Réunion) are 978xx.
_CODES_POSTAUX = {"978": "974"} | {f"20{c}": "2A" for c in "0157"} | {f"20{c}": "2B" for c in "2346"}


def _debut(code: str, exceptions: dict[str, str]) -> str:
    if len(code) != 5:
        return ""
    debut = exceptions.get(code[:3], code[:3])
    return debut if debut[:2] in ("97", "98") else debut[:2]


def libelle_departement(code: str) -> str:
    """« 94 Val-de-Marne »; what was typed when the code is unknown."""
    trouve = departement(code)
    return f"{trouve.code_insee} {trouve.nom}" if trouve else code


def lire_departement(texte: str) -> str:
    """FINESS code of a department, from its code (1, 94, 2A, 971), its name or « 94 Val-de-Marne »; empty when nothing is said.

    Raises:
        ErreurSaisie: there is none of that name.
    """
    cherche = sorted(mots(texte))
    if not cherche:
        return ""
    trouve = departement(une_ligne(texte).upper().rjust(2, "0")) or next(
        (
            d
            for d in departements().values()
            if cherche in (sorted(mots(d.nom)), sorted(mots(f"{d.code_insee} {d.nom}")))
        ),
        None,
    )
    if trouve is None:
        raise ErreurSaisie("département inconnu : donnez son code (94, 2A, 971) ou son nom")
    return trouve.code
