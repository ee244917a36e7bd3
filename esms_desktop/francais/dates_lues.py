"""Dates as people and spreadsheets write them, read in one place. Each refusal is the end of a sentence."""

import re
from datetime import date, timedelta

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais.accords import enumerer
from esms_desktop.francais.dates import JOURS, MOIS, date_longue, jour_semaine
from esms_desktop.francais.plis import cle, sans_accents

# No date of a dossier is out of these years: others are slips of the finger.
ANNEES = range(1900, 2101)
_VIDES = frozenset(("", "-", "na", "n/a"))
_MOIS_PLIES = tuple(sans_accents(m) for m in MOIS)
# « jul » begins no month, and is written all the same.
_SURNOMS = {"jul": 7}
_SEMAINE = rf"(?:(?:le )?({'|'.join(f'{j[:3]}(?:{j[3:]})?' for j in JOURS)})\.?,? )?(?:le )?"
_HEURE = r"(?:(?: a)?[ t]\d{1,2} ?[:h].*)?"
# Compiled at the first date read, not when the application starts.
_CHIFFRES = rf"{_SEMAINE}(\d{{1,2}}) ?[/.\- ] ?(\d{{1,2}}) ?[/.\- ] ?(\d{{4}}|\d{{2}}){_HEURE}"
_LETTRES = rf"{_SEMAINE}(\d{{1,2}})(?: ?er)?[ /.\-]+([a-z]+)\.?[ /\-]+(\d{{4}}|\d{{2}}){_HEURE}"
_ISO = rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_HEURE}"
_SERIE = r"(\d{5})(?:[.,]\d+)?"
# Day 0 of the spreadsheets, as they count since March 1900; five figures outside this century are no date.
_SERIE_ZERO = date(1899, 12, 30)
_SERIES = range((date(2000, 1, 1) - _SERIE_ZERO).days, (date(2100, 1, 1) - _SERIE_ZERO).days)
# Two figures of a year beyond this one may as well be of the last century.
_ANNEE_COURTE = 69


def lire_date(texte: str) -> date | None:
    """« 03/07/2023 », « 3 juil. 23 », « lundi 3 juillet 2023 », « 2023-07-03 » or a spreadsheet serial; None when empty.

    Raises:
        ErreurSaisie: no date, one that does not exist, or one that may be read in two ways.
    """
    # Figures raised or circled would be read as plain ones.
    if any(c.isnumeric() and not c.isdecimal() for c in texte):
        raise _refus()
    net = cle(texte)
    if net in _VIDES:
        return None
    if (trouve := re.fullmatch(_SERIE, net, re.ASCII)) and int(trouve[1]) in _SERIES:
        return _SERIE_ZERO + timedelta(int(trouve[1]))
    if trouve := re.fullmatch(_ISO, net, re.ASCII):
        return _construire(int(trouve[1]), int(trouve[2]), int(trouve[3]), None)
    if trouve := re.fullmatch(_CHIFFRES, net, re.ASCII):
        semaine, jour, mois, annee = trouve.groups()
        return _construire(_annee(annee), int(mois), int(jour), semaine)
    if trouve := re.fullmatch(_LETTRES, net, re.ASCII):
        semaine, jour, mot, annee = trouve.groups()
        return _construire(_annee(annee), _mois(mot), int(jour), semaine)
    raise _refus()


def _refus() -> ErreurSaisie:
    return ErreurSaisie("une date est attendue, par exemple 15/06/2026")


def _annee(ecrite: str) -> int:
    if len(ecrite) == 4:
        return int(ecrite)
    if int(ecrite) > _ANNEE_COURTE:
        raise ErreurSaisie(f"l’année {ecrite} se lit de deux façons\u00a0: écrivez ses quatre chiffres")
    return 2000 + int(ecrite)


def _mois(mot: str) -> int:
    """The month that a word begins, from three letters on."""
    rangs = [rang for rang, nom in enumerate(_MOIS_PLIES, 1) if nom.startswith(mot)]
    if len(mot) < 3 or not rangs:
        if mot in _SURNOMS:
            return _SURNOMS[mot]
        raise _refus()
    if len(rangs) > 1:
        possibles = [f"«\u00a0{MOIS[r - 1]}\u00a0»" for r in rangs]
        raise ErreurSaisie(f"le mois se lit de deux façons\u00a0: {enumerer(possibles)}")
    return rangs[0]


def _construire(annee: int, mois: int, jour: int, semaine: str | None) -> date:
    if annee not in ANNEES:
        raise ErreurSaisie(f"l’année {annee} est trop loin\u00a0: entre {ANNEES[0]} et {ANNEES[-1]}")
    try:
        lue = date(annee, mois, jour)
    except ValueError:
        raise ErreurSaisie("cette date n’existe pas") from None
    if semaine and not jour_semaine(lue).startswith(semaine):
        raise ErreurSaisie(f"le {date_longue(lue)} est un {jour_semaine(lue)}")
    return lue
