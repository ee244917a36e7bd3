"""How the rules write numbers, amounts, dates and lists in French."""

from collections.abc import Sequence
from datetime import date

NBSP = "\u00a0"
_MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def net(valeur: str) -> str:
    """A field of the model without the spaces around it; empty too for an object not saved yet, which holds None."""
    return (valeur or "").strip()


def nombre(n: int) -> str:
    """A whole number, its thousands apart."""
    return f"{n:,}".replace(",", NBSP)


def euros(cents: int) -> str:
    """An amount in cents, as euros; the cents only when there are some."""
    entiers, reste = divmod(abs(cents), 100)
    signe = "-" if cents < 0 else ""
    return f"{signe}{nombre(entiers)}{f',{reste:02}' if reste else ''}{NBSP}€"


def jour_fr(jour: date) -> str:
    """A date in letters: 1er juin 2023."""
    return f"{'1er' if jour.day == 1 else jour.day}{NBSP}{_MOIS[jour.month - 1]} {jour.year}"


def compte(n: int, nom: str, pluriel: str = "") -> str:
    """A number and its noun: 1 organisme, 3 organismes. ESSMS does not change: give it as its own plural."""
    return f"{nombre(n)}{NBSP}{nom if n < 2 else pluriel or nom + 's'}"


def essms(n: int) -> str:
    """A number of ESSMS."""
    return compte(n, "ESSMS", "ESSMS")


def enumerer(noms: Sequence[str], au_plus: int = 3) -> str:
    """The first names, and how many more: « A, B, C et 46 autres »."""
    vus = list(noms[:au_plus])
    reste = len(noms) - len(vus)
    if reste:
        vus.append(f"{nombre(reste)} autre{'s' if reste > 1 else ''}")
    if len(vus) < 2:
        return "".join(vus)
    return f"{', '.join(vus[:-1])} et {vus[-1]}"
