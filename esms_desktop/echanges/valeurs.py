"""What people write in a table of tasks: dates, durations, shares, yes and no. Each refusal is the end of a sentence."""

import math
import re
from datetime import date

from esms_desktop.echanges.tables.grille import Cellule
from esms_desktop.echanges.tables.valeurs import jour
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle, lire_oui_non

_DUREE = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(j|jr|jrs|jour|jours|jo|d|h|heures?|s|sem|semaines?|m|mois)?\.? ?\??"
)
_PART = re.compile(r"(\d+(?:[.,]\d+)?) ?(%?)")
_PREMIER, _DERNIER = date(2000, 1, 1), date(2099, 12, 31)
_HEURES = 7
_DUREE_MAX = 2_500
_JALON = frozenset(("jalon", "◆"))
_TACHE = frozenset(("tache",))


def date_lue(texte: str, fin: bool = False) -> date | None:
    """A date of a project, as `tables.valeurs.jour` reads it (« sept-23 » is the first of the month, its last day when it is
    an end); None when empty.

    Raises:
        ErreurSaisie: it is no date, or one too far to be meant.
    """
    try:
        lue: date | None = jour(Cellule(texte, ""), fin).valeur
    except ErreurSaisie as erreur:
        raise ErreurSaisie(f"«\u00a0{texte.strip()}\u00a0»\u00a0: {erreur.message}") from None
    if lue is not None and not _PREMIER <= lue <= _DERNIER:
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


def jalon_lu(texte: str) -> bool:
    """« oui », « x », « jalon »… or their contraries; empty is no.

    Raises:
        ErreurSaisie: neither.
    """
    net = cle(texte)
    if net in _JALON or net in _TACHE:
        return net in _JALON
    try:
        return bool(lire_oui_non(texte))
    except ErreurSaisie:
        raise ErreurSaisie(f"«\u00a0{texte.strip()}\u00a0» ne dit ni oui ni non") from None
