"""What people write in a table of tasks: dates, durations, shares, yes and no. Each refusal is the end of a sentence."""

import math
import re
from datetime import date, timedelta

from esms_desktop.echanges.lignes import cle
from esms_desktop.errors import ErreurSaisie

_MOIS = (
    ("janvier", "janv", "jan"),
    ("fevrier", "fevr", "fev"),
    ("mars", "mar"),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil", "jul"),
    ("aout",),
    ("septembre", "sept", "sep"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_RANGS = {mot: rang for rang, mots in enumerate(_MOIS, 1) for mot in mots}
_JOUR = r"(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.? +"
_CHIFFRES = re.compile(rf"(?:{_JOUR})?(\d{{1,2}})[/.\- ](\d{{1,2}})[/.\- ](\d{{4}}|\d{{2}})(?:[ t]+\d.*)?")
_LETTRES = re.compile(rf"(?:{_JOUR})?(\d{{1,2}})(?:er)?[ -]+([a-z]+)\.?[ -]+(\d{{4}}|\d{{2}})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
_SERIE = re.compile(r"(\d{5})(?:[.,]\d+)?")
_DUREE = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(j|jr|jrs|jour|jours|jo|d|h|heures?|s|sem|semaines?|m|mois)?\.? ?\??"
)
_PART = re.compile(r"(\d+(?:[.,]\d+)?) ?(%?)")
# Day 0 of the spreadsheets, as they count since March 1900.
_SERIE_ZERO = date(1899, 12, 30)
_PREMIER, _DERNIER = date(2000, 1, 1), date(2099, 12, 31)
_HEURES = 7
_DUREE_MAX = 2_500
_OUI = frozenset(("oui", "o", "x", "vrai", "1", "yes", "y", "true", "jalon", "✓", "◆"))
_NON = frozenset(("", "non", "n", "faux", "0", "no", "false", "-", "—", "tache"))


def date_lue(texte: str) -> date | None:
    """« 03/07/2023 », « 3 juil. 2023 », « 2023-07-03 » or a spreadsheet serial as a date; None when empty.

    Raises:
        ErreurSaisie: it is no date, or one too far to be meant.
    """
    net = cle(texte)
    if not net or net in ("-", "—", "na", "n/a"):
        return None
    if trouve := _CHIFFRES.fullmatch(net):
        j, m, a = (int(x) for x in trouve.groups())
    elif trouve := _ISO.fullmatch(net):
        a, m, j = (int(x) for x in trouve.groups())
    elif (trouve := _LETTRES.fullmatch(net)) and trouve[2] in _RANGS:
        j, m, a = int(trouve[1]), _RANGS[trouve[2]], int(trouve[3])
    elif trouve := _SERIE.fullmatch(net):
        lue = _SERIE_ZERO + timedelta(int(trouve[1]))
        j, m, a = lue.day, lue.month, lue.year
    else:
        raise ErreurSaisie(
            f"«\u00a0{texte.strip()}\u00a0» n’est pas une date\u00a0; écrivez par exemple 03/07/2023"
        )
    try:
        lue = date(a if a >= 100 else 2000 + a, m, j)
    except ValueError:
        raise ErreurSaisie(f"la date «\u00a0{texte.strip()}\u00a0» n’existe pas") from None
    if not _PREMIER <= lue <= _DERNIER:
        raise ErreurSaisie(f"la date «\u00a0{texte.strip()}\u00a0» n’est pas celle d’un projet (2000 à 2099)")
    return lue


def duree_lue(texte: str) -> int | None:
    """« 12 », « 12 j », « 2 semaines » (5 days each), « 1 mois » (20 days), « 21 h » (7 a day) in worked days; None when empty.

    Part of a day counts for a whole one; 0 is a milestone.

    Raises:
        ErreurSaisie: it is no duration.
    """
    net = cle(texte)
    if not net or net in ("-", "—"):
        return None
    trouve = _DUREE.fullmatch(net)
    if trouve is None:
        raise ErreurSaisie(
            f"«\u00a0{texte.strip()}\u00a0» n’est pas une durée\u00a0; écrivez par exemple 12 j"
        )
    nombre = float(trouve[1].replace(",", "."))
    unite = trouve[2] or "j"
    if unite.startswith("h"):
        nombre /= _HEURES
    elif unite.startswith("s"):
        nombre *= 5
    elif unite.startswith("m"):
        nombre *= 20
    if nombre > _DUREE_MAX:
        raise ErreurSaisie(f"la durée «\u00a0{texte.strip()}\u00a0» est trop longue pour un projet")
    return math.ceil(nombre - 1e-9)


def avancement_lu(texte: str) -> int:
    """« 50 », « 50 % » or « 0,5 » as a share of 100; 0 when empty.

    Raises:
        ErreurSaisie: it is no share, or not between 0 and 100.
    """
    net = cle(texte)
    if not net or net in ("-", "—"):
        return 0
    trouve = _PART.fullmatch(net)
    if trouve is None:
        raise ErreurSaisie(
            f"«\u00a0{texte.strip()}\u00a0» n’est pas un avancement\u00a0; écrivez par exemple 50\u00a0%"
        )
    nombre = float(trouve[1].replace(",", "."))
    # A cell shown as 50 % may be copied as 0,5; a whole 1 is one per cent.
    if not trouve[2] and 0 < nombre < 1:
        nombre *= 100
    if nombre > 100:
        raise ErreurSaisie(f"l’avancement «\u00a0{texte.strip()}\u00a0» dépasse 100\u00a0%")
    return round(nombre)


def oui_non_lu(texte: str) -> bool:
    """« oui », « x », « vrai »… or their contraries; empty is no.

    Raises:
        ErreurSaisie: neither.
    """
    net = cle(texte)
    if net in _OUI:
        return True
    if net in _NON:
        return False
    raise ErreurSaisie(f"«\u00a0{texte.strip()}\u00a0» ne dit ni oui ni non")
