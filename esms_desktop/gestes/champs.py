"""The fields that a person fills in, table by table: their kind, their length, and how a text becomes their value."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import String, inspect

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import (
    cle,
    enumerer,
    lire_date,
    lire_decimal,
    lire_entier,
    lire_euros,
    lire_oui_non,
)
from esms_desktop.nomenclature.champs import libelle_champ
from esms_desktop.store.ecarts import CLASSE_DE

# Whom a row belongs to, what the application reckons itself, what has a geste of its own: nobody types these.
_AUTRES = frozenset(
    (
        "id",
        "uid",
        "version",
        "auteur",
        "dossier_id",
        "rang",
        "est_porteur",
        "retenue",
        "sha256",
        "taille",
        "pages",
        "extension",
        "joint_le",
        "empreinte",
        "donnees",
        "genere_le",
    )
)
_ENTIER = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True)
class Champ:
    """A field. `genre`: "texte", "entier", "decimal", "montant", "date", "oui-non", "choix" or "lien".

    Attributes:
        nom: its column.
        libelle: how a sentence calls it.
        longueur: of a text, in characters, 0 when it is free.
        choix: of a choice, the codes and how they are called.
        vers: of a link, the table of the row it names.
        vide: True when nothing may be said.
        oblige: True when a row cannot be added without it.
    """

    nom: str
    libelle: str
    genre: str
    longueur: int
    choix: tuple[tuple[str, str], ...]
    vers: str
    vide: bool
    oblige: bool
    lire: Callable[[str], Any]


@cache
def champs_de(table: str) -> dict[str, Champ]:
    """The fields of a table by their column, in its order; none for a table that nobody fills in."""
    classe = CLASSE_DE.get(table)
    if classe is None:
        return {}
    colonnes = inspect(classe).local_table.columns
    return {c.name: _champ(c) for c in colonnes if c.name not in _AUTRES}


def _champ(colonne: Any) -> Champ:
    nom, genre = colonne.name, colonne.type.python_type
    libelle = libelle_champ(nom)
    vers = next((f.column.table.name for f in colonne.foreign_keys), "")
    oblige = not colonne.nullable and colonne.default is None and colonne.server_default is None
    choix: tuple[tuple[str, str], ...] = ()
    if issubclass(genre, Enum):
        choix = tuple((v.value, v.libelle) for v in genre)
    longueur = (colonne.type.length or 0) if isinstance(colonne.type, String) and not choix else 0
    sorte, lire = _lecture(nom, genre, vers)
    return Champ(nom, libelle, sorte, longueur, choix, vers, bool(colonne.nullable), oblige, lire)


def _lecture(nom: str, genre: type[Any], vers: str) -> tuple[str, Callable[[str], Any]]:
    if vers:
        return "lien", _texte
    if issubclass(genre, Enum):
        return "choix", lambda t: lire_choix(genre, t)
    if genre is bool:
        return "oui-non", lire_oui_non
    if genre is date:
        return "date", lire_date
    if genre is int:
        if nom.endswith("_cents"):
            return "montant", lire_euros
        if nom.endswith(("_centiemes", "_pour_dix_mille")):
            return "decimal", lambda t: lire_decimal(t, 2, "0,5", ("%", "ETP"))
        return "entier", lire_nombre
    return "texte", _texte


def _texte(texte: str) -> str:
    return texte


def lire_nombre(texte: str) -> int | None:
    """A whole number, of any sign; None when empty.

    Raises:
        ErreurSaisie: anything else.
    """
    net = texte.strip()
    if _ENTIER.fullmatch(net):
        return int(net)
    return lire_entier(texte)


def lire_choix(genre: type[Enum], texte: str) -> Any:
    """The value of an enumeration by its code or by what it is called; None when empty.

    Raises:
        ErreurSaisie: none is called so; the remedy gives them all.
    """
    net = cle(texte)
    if not net:
        return None
    for valeur in genre:
        if net in (cle(str(valeur.value)), cle(valeur.libelle)):  # type: ignore[attr-defined]
            return valeur
    codes = enumerer([str(v.value) for v in genre])
    raise ErreurSaisie(f"«\u00a0{texte}\u00a0» n’est pas une valeur connue.", f"Au choix\u00a0: {codes}.")
