"""How numbers, money, dates and counts are written in French on the screen."""

from datetime import date, datetime

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


def nombre(n: int) -> str:
    """`1234567` as « 1 234 567 », with non-breaking spaces."""
    return f"{n:,}".replace(",", NBSP)


def euros(cents: int | None, centimes: bool | None = None) -> str:
    """An amount in cents as « 1 234 € »; the cents are written when there are any, or when asked.

    Args:
        cents: amount in cents; None gives « — ».
        centimes: True always writes the cents, False never does, None writes them when they are not zero.
    """
    if cents is None:
        return "—"
    signe = "−" if cents < 0 else ""
    entier, reste = divmod(abs(cents), 100)
    avec = reste != 0 if centimes is None else centimes
    return f"{signe}{nombre(entier)}{f',{reste:02d}' if avec else ''}{NBSP}€"


def kilo_euros(cents: int) -> str:
    """An amount in cents as « 1 638 k€ », rounded to the nearest thousand of euros."""
    return f"{nombre((cents + 50_000) // 100_000)}{NBSP}k€"


def date_courte(jour: date | None) -> str:
    """« 15/06/2026 », « — » when there is no date."""
    return "—" if jour is None else f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def date_longue(jour: date) -> str:
    """« 15 juin 2026 », « 1er juin 2026 »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{NBSP}{_MOIS[jour.month - 1]} {jour.year}"


def heure(moment: datetime) -> str:
    """« 14:32 », in local time."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def pluriel(n: int, singulier: str, au_pluriel: str = "") -> str:
    """« 1 dossier », « 3 dossiers », « 0 dossier »: the count and its noun, kept together."""
    mot = singulier if abs(n) < 2 else (au_pluriel or f"{singulier}s")
    return f"{nombre(n)}{NBSP}{mot}"


def delai(jours: int) -> str:
    """How far a date is: « aujourd’hui », « demain », « dans 12 jours », « passée depuis 3 jours »."""
    if jours == 0:
        return "aujourd’hui"
    if jours == 1:
        return "demain"
    if jours < 0:
        return f"passée depuis {pluriel(-jours, 'jour')}"
    return f"dans {pluriel(jours, 'jour')}"
