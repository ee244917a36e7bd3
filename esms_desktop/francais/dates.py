"""Dates as French writes them: months and weekdays are named here and nowhere else."""

from datetime import date, datetime

from esms_desktop.francais.accords import pluriel
from esms_desktop.francais.typographie import NBSP

MOIS = (
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
MOIS_COURTS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
MOIS_INITIALES = tuple(m[0].upper() for m in MOIS)
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def date_courte(jour: date) -> str:
    """A date in figures: 01/02/2026."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def date_longue(jour: date) -> str:
    """A date in letters: 1er février 2026."""
    return f"{'1er' if jour.day == 1 else jour.day}{NBSP}{mois_annee(jour)}"


def mois_annee(jour: date) -> str:
    """The month of a day: février 2026."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def jour_semaine(jour: date) -> str:
    """The weekday of a day: lundi."""
    return JOURS[jour.weekday()]


def heure(moment: datetime) -> str:
    """The time of a moment: 14:32."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def date_heure(moment: datetime) -> str:
    """A moment in figures: 01/02/2026 à 14:32."""
    return f"{date_courte(moment)} à {heure(moment)}"


def delai(jours: int) -> str:
    """How far a date is: « aujourd’hui », « demain », « dans 12 jours », « passée depuis 3 jours »."""
    if jours == 0:
        return "aujourd’hui"
    if jours == 1:
        return "demain"
    if jours < 0:
        return f"passée depuis {pluriel(-jours, 'jour')}"
    return f"dans {pluriel(jours, 'jour')}"
