"""How words agree and join: counts, agreement, elision, lists."""

import re
from collections.abc import Sequence

from esms_desktop.francais.nombres import nombre
from esms_desktop.francais.plis import mots
from esms_desktop.francais.typographie import NBSP

# The h of these is mute; before any other, nothing is cut: « d’Hôpital », « de Handicap ».
_H_MUETS = (
    "habit|haleine|harmoni|hebdo|heberg|hector|helen|helice|helio|hemato|henri|hepat|herault|herbe|herit|hermine|"
    "heure|hexagon|hilar|hippo|hirondelle|histo|hiver|homeo|hommage|homme|homo|honn|honor|hopita|horizon|horlog|"
    "hormon|horoscope|hortensia|hospi|hote|hubert|hugues|huil|huissier|huitre|humain|humani|humbl|humeur|humour|"
    "hydr|hyeres|hygien|hyper|hypo"
)
_ENTIERS = frozenset(("onze", "onzieme", "oui", "ouistiti", "uhlan"))


def accord(n: int, singulier: str, pluriel: str) -> str:
    """The form that goes with a count: the singular up to one."""
    return singulier if abs(n) < 2 else pluriel


def au_pluriel(nom: str) -> str:
    """A noun with its s; one that ends with s, x or z (ESSMS, choix) does not change."""
    return nom if nom[-1:].lower() in ("s", "x", "z") else f"{nom}s"


def pluriel(n: int, singulier: str, pluriel: str = "") -> str:
    """A count and its noun, kept together: 1 structure, 12 structures, 0 structure, 3 ESSMS.

    Args:
        pluriel: the plural, when it is not that of `au_pluriel`.
    """
    return f"{nombre(n)}{NBSP}{accord(n, singulier, pluriel or au_pluriel(singulier))}"


def enumerer(elements: Sequence[str]) -> str:
    """Items in one sentence: a, b et c."""
    if len(elements) < 2:
        return "".join(elements)
    return f"{', '.join(elements[:-1])} et {elements[-1]}"


def resumer(noms: Sequence[str], au_plus: int = 3) -> str:
    """The first names, and how many more: A, B, C et 46 autres."""
    vus = list(noms[:au_plus])
    reste = len(noms) - len(vus)
    if reste:
        vus.append(f"{nombre(reste)} {accord(reste, 'autre', 'autres')}")
    return enumerer(vus)


def elide(suite: str) -> bool:
    """Whether a small word before this text loses its vowel: before Airmes, Hôpital or ESSMS, not before Net, Handicap or 11."""
    premier = next(iter(mots(suite)), "")
    if premier in _ENTIERS:
        return False
    # A y is a vowel before a consonant: Yves, Yvelines.
    if premier.startswith("y"):
        return premier[1:2] not in tuple("aeiouy")
    return premier.startswith(tuple("aeiou")) or re.match(_H_MUETS, premier) is not None


def de(nom: str) -> str:
    """A name after « de »: d’Airmes, de Net."""
    return f"d’{nom}" if elide(nom) else f"de {nom}"


def que(suite: str) -> str:
    """What goes on after « que »: qu’Airmes, que Net."""
    return f"qu’{suite}" if elide(suite) else f"que {suite}"
