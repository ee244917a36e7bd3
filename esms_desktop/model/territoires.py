"""Departments, regions and territories, as the FINESS directory codes them (resources/finess/departements.csv)."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from esms_desktop import assets


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


def departement_du_numero(finess: str) -> Departement | None:
    """The department a FINESS number starts with, None when it starts with none."""
    for d in departements().values():
        if d.prefixe and finess.startswith(d.prefixe):
            return d
    return None


def departement_du_lieu(commune: str, code_postal: str = "") -> Departement | None:
    """The department of a place, None when neither code tells.

    Args:
        commune: INSEE code of the commune (2A004, 97302…); it decides when it is known.
        code_postal: postal code; 200xx and 201xx are Corse-du-Sud, the rest of 20xxx Haute-Corse.
    """
    for code in (commune.strip().upper(), code_postal.strip()):
        if len(code) != 5:
            continue
        if code.startswith("20"):
            code = ("2A" if code < "20200" else "2B") + code[2:]
        # Saint-Barthélemy and Saint-Martin left Guadeloupe in 2007; the directory and the ARS keep them there.
        debut = {"977": "971", "978": "971"}.get(code[:3], code[:3])
        trouve = departement(debut if debut[:2] in ("97", "98") else debut[:2])
        if trouve:
            return trouve
    return None
