"""The catalogue of fields: how each thing that a dossier keeps is called, typed, bounded, and by whom it may be said.

Forms, tables, journal, documents, imports and command line read their words here, and write none of their own.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from esms_desktop.francais import majuscule
from esms_desktop.nomenclature.champs import (
    couts,
    deploiement,
    dossier,
    equipe,
    grappe,
    pieces,
    planning,
    preparation,
    risques,
)
from esms_desktop.nomenclature.champs.champ import Champ, Declarant, Genre

__all__ = [
    "CHAMPS",
    "Champ",
    "Declarant",
    "Genre",
    "aide_de",
    "bulle_de",
    "champ",
    "champs_de",
    "dit_de",
    "entete_de",
    "libelle_champ",
    "libelle_de",
    "maximum_de",
    "nom_propre",
]

_PAGES = (dossier, grappe, equipe, deploiement, planning, risques, couts, preparation, pieces)
# Every field by its code, « essms.capacite »; those of a table in the order of its columns.
CHAMPS: Mapping[str, Champ] = MappingProxyType(
    {c.code: c for page in _PAGES for table in page.TABLES for c in table}
)
# What a row is called by, the first that it has.
_NOMS = ("nom", "intitule", "libelle", "motif")
# A column is called the same in every table.
_DITS = {c.nom: c.dit for c in CHAMPS.values()}


def champ(code: str) -> Champ:
    """A field by its code, « essms.capacite ».

    Raises:
        KeyError: no field is kept under that code.
    """
    return CHAMPS[code]


def champs_de(table: str) -> dict[str, Champ]:
    """The fields of a table by their column, in its order; none for a table of which nothing is told."""
    return {c.nom: c for c in CHAMPS.values() if c.table == table}


def libelle_de(code: str) -> str:
    """What stands above a field in a form."""
    return CHAMPS[code].titre


def entete_de(code: str) -> str:
    """What stands at the head of the column of a field."""
    return CHAMPS[code].court


def dit_de(code: str) -> str:
    """The name of a field alone: « Part du temps »."""
    return majuscule(CHAMPS[code].dit)


def aide_de(code: str) -> str:
    """What a person reads under a field."""
    return CHAMPS[code].aide


def bulle_de(code: str) -> str:
    """What a person reads on the column of a field."""
    return CHAMPS[code].bulle


def maximum_de(code: str) -> int:
    """The most that a number may be.

    Raises:
        ValueError: the field has no bound.
    """
    bornes = CHAMPS[code].bornes
    if bornes is None:
        raise ValueError(f"{code} has no bound")
    return bornes[1]


def libelle_champ(nom: str) -> str:
    """The name of a column, as a person reads it in a sentence; a relation has that of its key."""
    return _DITS.get(nom) or _DITS[f"{nom}_id"]


def nom_propre(valeurs: Mapping[str, Any]) -> str:
    """What a row of these values is called, empty when it has no name."""
    return next((str(valeurs[c]) for c in _NOMS if valeurs.get(c)), "")
