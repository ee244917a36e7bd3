"""Which backups are kept: seven days, four weeks, six months, and every precaution of the last week."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from esms_desktop.store.sauvegarde.sauvegarde import PRECAUTIONS, Sauvegarde

JOURS, SEMAINES, MOIS = 7, 4, 6
_PRECAUTION = timedelta(days=7)
# A day of many imports does not fill the disk.
_PRECAUTIONS_MAX = 20


def a_garder(sauvegardes: Iterable[Sauvegarde], maintenant: datetime) -> set[Sauvegarde]:
    """Those to keep: the newest of each of the last seven days, four weeks and six months that have one, those a person asked for,
    and the precautions of the last seven days.

    Args:
        sauvegardes: in any order; only those whose foot is whole count, so that a spoilt one never stands for a day.
        maintenant: local time.
    """
    toutes = sorted(sauvegardes, key=lambda s: (s.quand, s.chemin.name), reverse=True)
    entieres = [s for s in toutes if s.entiere]
    gardees = set(entieres[:1]) | {s for s in toutes if s.motif == "demandee"}
    recentes = [s for s in entieres if s.motif in PRECAUTIONS and maintenant - s.quand < _PRECAUTION]
    gardees.update(recentes[:_PRECAUTIONS_MAX])
    for combien, periode in ((JOURS, _jour), (SEMAINES, _semaine), (MOIS, _mois)):
        gardees.update(_premieres(entieres, periode, combien))
    return gardees


def _premieres(
    entieres: list[Sauvegarde], periode: Callable[[datetime], tuple[int, ...]], combien: int
) -> list[Sauvegarde]:
    par_periode: dict[tuple[int, ...], Sauvegarde] = {}
    for s in entieres:
        par_periode.setdefault(periode(s.quand), s)
    return list(par_periode.values())[:combien]


def _jour(quand: datetime) -> tuple[int, ...]:
    return (quand.year, quand.month, quand.day)


def _semaine(quand: datetime) -> tuple[int, ...]:
    return tuple(quand.isocalendar())[:2]


def _mois(quand: datetime) -> tuple[int, ...]:
    return (quand.year, quand.month)


def tourner(sauvegardes: list[Sauvegarde], lignee: str, maintenant: datetime) -> list[Sauvegarde]:
    """Removes the backups of one base that need not be kept; answers those removed.

    A file whose foot does not say that it is of this base is left alone: it may be somebody else's, or all that is left.
    """
    nos = [s for s in sauvegardes if s.inventaire is not None and s.inventaire.lignee == lignee]
    gardees = a_garder(nos, maintenant)
    retirees = []
    for s in nos:
        if s not in gardees:
            with suppress(OSError):
                s.chemin.unlink()
                retirees.append(s)
    return retirees
