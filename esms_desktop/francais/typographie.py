"""The signs of French typography: spaces that do not break, the minus sign, the first letter of a text."""

import re
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

NBSP = "\u00a0"
MOINS = "\u2212"
TIRET = "—"

# French puts a no-break space there; a plain one could leave the mark alone at the start of a line.
_AVANT = re.compile(r" (?=[:;!?»€%])")
_APRES = re.compile(r"(?<=[«§]) |(?<=\bn°) ")
_DOUBLES = re.compile("\u00a0{2,}")


def espacer(texte: str) -> str:
    """The text with the no-break spaces French asks for: before : ; ! ? » € %, after « § and n°."""
    if " " in texte:
        texte = _AVANT.sub(NBSP, texte)
        if not texte.isascii():
            texte = _APRES.sub(NBSP, texte)
    return _DOUBLES.sub(NBSP, texte) if NBSP in texte else texte


def minuscule(texte: str) -> str:
    """The text to go on with inside a sentence: its first letter small, unless it starts with an acronym (ARS, AMOA)."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]


def majuscule(texte: str) -> str:
    """The text as it starts a line: its first letter capital, the others untouched."""
    return texte[:1].upper() + texte[1:]


def ou_tiret(ecrire: Callable[[T], str], valeur: T | None) -> str:
    """What `ecrire` makes of a value, a dash when there is none."""
    return TIRET if valeur is None else ecrire(valeur)
