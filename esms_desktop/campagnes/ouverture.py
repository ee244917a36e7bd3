"""Whether a campaign takes filings on a day, and the one to offer to a new dossier."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from esms_desktop.campagnes.schema import Campagne, Fenetre
from esms_desktop.francais import NBSP, date_longue


class Ouverture(StrEnum):
    """Where a campaign stands on a day. `INCONNUE`: its year is not over, and no window of it is known."""

    OUVERTE = "ouverte"
    A_VENIR = "a-venir"
    CLOSE = "close"
    INCONNUE = "inconnue"


def ouverture(campagne: Campagne, jour: date) -> Ouverture:
    """Whether a window is open, to come, or all are over.

    A window without an end is held to end with the year of its campaign: each year has its own call for projects.
    """
    bornees = [_bornee(f, campagne.annee) for f in campagne.fenetres]
    if any(debut <= jour <= fin for debut, fin in bornees):
        return Ouverture.OUVERTE
    if any(jour < debut for debut, _ in bornees):
        return Ouverture.A_VENIR
    if not bornees and jour.year <= campagne.annee:
        return Ouverture.INCONNUE
    return Ouverture.CLOSE


def _bornee(fenetre: Fenetre, annee: int) -> tuple[date, date]:
    fin = fenetre.fin
    if fin is None or fenetre.conseillee:
        # A wish is no end: the filing goes on after it.
        fin = max(date(annee, 12, 31), fenetre.debut or date.min)
    return fenetre.debut or date(annee, 1, 1), fin


def par_defaut(campagnes: Iterable[Campagne], jour: date) -> Campagne | None:
    """The campaign of ESMS numérique to offer: the newest open one, else the one that comes first, else the newest of all.

    A national one goes before those of a region.
    """
    tri = [c for c in campagnes if c.programme == "esms-numerique"]
    ordre = [Ouverture.OUVERTE, Ouverture.A_VENIR, Ouverture.INCONNUE, Ouverture.CLOSE]
    return min(
        tri,
        key=lambda c: (ordre.index(ouverture(c, jour)), -c.annee, c.region is not None, c.id),
        default=None,
    )


def phrase(campagne: Campagne, jour: date) -> str:
    """What a person has to know before she starts a dossier in it; empty when it is open."""
    nom = f"La campagne «{NBSP}{campagne.titre}{NBSP}»"
    match ouverture(campagne, jour):
        case Ouverture.OUVERTE:
            return ""
        case Ouverture.A_VENIR:
            debut = min(f.debut for f in campagne.fenetres if f.debut is not None and f.debut > jour)
            return f"{nom} n’est pas encore ouverte{NBSP}: les dépôts commencent le {date_longue(debut)}."
        case Ouverture.INCONNUE:
            return (
                f"Les dates de dépôt de la campagne «{NBSP}{campagne.titre}{NBSP}» ne sont pas connues{NBSP}: "
                "demandez-les à l’ARS."
            )
    fins = [f.fin for f in campagne.fenetres if f.fin is not None]
    quand = f" depuis le {date_longue(max(fins))}" if fins and not _ouverte_sans_fin(campagne) else ""
    return (
        f"{nom} est close{quand}. Vous pouvez préparer un dossier avec ses règles, sans qu’il puisse être déposé dans "
        "cette campagne : demandez à l’ARS si une autre s’ouvre."
    )


def _ouverte_sans_fin(campagne: Campagne) -> bool:
    return any(f.fin is None or f.conseillee for f in campagne.fenetres)
