"""The scale of time: days to pixels, and what the two bands above the chart say."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from esms_desktop.francais import MOIS_COURTS, mois_annee

_DERNIER = date(9998, 12, 1).toordinal()
# Pixels per day, from the whole of a long project to days one can read.
PAS = (0.06, 0.1, 0.16, 0.24, 0.36, 0.54, 0.8, 1.2, 1.8, 2.7, 4.0, 6.0, 9.0, 13.0, 19.0, 28.0)


class Unite(StrEnum):
    """What the lower band counts."""

    JOUR = "jour"
    SEMAINE = "semaine"
    MOIS = "mois"
    TRIMESTRE = "trimestre"
    ANNEE = "annee"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return "Année" if self is Unite.ANNEE else self.value.capitalize()

    @property
    def par_jour(self) -> float:
        """Pixels per day that suit it."""
        return {"jour": 28.0, "semaine": 9.0, "mois": 1.8, "trimestre": 0.54, "annee": 0.16}[self.value]


@dataclass(frozen=True)
class Graduation:
    """A step of a band. `debut`, `fin`: ordinals of its first day and of the first day after it."""

    debut: int
    fin: int
    texte: str
    forte: bool = False


@dataclass(frozen=True)
class Echelle:
    """Days to pixels.

    Args:
        origine: ordinal of the first day drawn.
        fin: ordinal of the day after the last.
        par_jour: pixels per day.
    """

    origine: int
    fin: int
    par_jour: float

    def x(self, ordinal: float) -> float:
        """Pixel where a day begins."""
        return (ordinal - self.origine) * self.par_jour

    def ordinal(self, x: float) -> int:
        """The day under a pixel."""
        return self.origine + int(x // self.par_jour)

    @property
    def largeur(self) -> int:
        """Pixels from the first day to the last."""
        return int(self.x(self.fin)) + 1

    @property
    def unite(self) -> Unite:
        """What the lower band counts at this scale."""
        seuils = (0.3, 0.9, 4.5, 16.0)
        return tuple(Unite)[4 - bisect_right(seuils, self.par_jour)]

    def zoomee(self, crans: int) -> "Echelle":
        """The scale some steps closer (positive) or further."""
        # A width fitted to the window falls between two steps.
        rang = bisect_right(PAS, self.par_jour * 1.001) - 1
        if crans < 0 and self.par_jour > PAS[max(rang, 0)] * 1.01:
            crans += 1
        voulu = PAS[min(max(rang + crans, 0), len(PAS) - 1)]
        return Echelle(self.origine, self.fin, voulu)

    def bandes(self, debut: int, fin: int) -> tuple[list[Graduation], list[Graduation]]:
        """The steps of the upper and of the lower band between two ordinals."""
        debut, fin = max(debut, 400), min(fin, _DERNIER)
        match self.unite:
            case Unite.JOUR:
                return list(_mois(debut, fin, True)), list(_jours(debut, fin))
            case Unite.SEMAINE:
                return list(_mois(debut, fin, True)), list(_semaines(debut, fin))
            case Unite.MOIS:
                return list(_annees(debut, fin)), list(_mois(debut, fin, False))
            case Unite.TRIMESTRE:
                return list(_annees(debut, fin)), list(_trimestres(debut, fin))
            case Unite.ANNEE:
                return [], list(_annees(debut, fin))


def _jours(debut: int, fin: int) -> Iterator[Graduation]:
    for o in range(debut, fin):
        yield Graduation(o, o + 1, str(date.fromordinal(o).day), (o - 1) % 7 == 0)


def _semaines(debut: int, fin: int) -> Iterator[Graduation]:
    # Day 1 of the Gregorian calendar is a Monday.
    for o in range(debut - (debut - 1) % 7, fin, 7):
        if o >= 1:
            jour = date.fromordinal(o)
            yield Graduation(o, o + 7, str(jour.day), jour.day <= 7)


def _mois(debut: int, fin: int, longs: bool) -> Iterator[Graduation]:
    jour = date.fromordinal(debut).replace(day=1)
    while jour.toordinal() < fin:
        suivant = _plus_mois(jour, 1)
        texte = mois_annee(jour) if longs else MOIS_COURTS[jour.month - 1]
        yield Graduation(jour.toordinal(), suivant.toordinal(), texte, longs or jour.month == 1)
        jour = suivant


def _trimestres(debut: int, fin: int) -> Iterator[Graduation]:
    premier = date.fromordinal(debut)
    jour = premier.replace(month=(premier.month - 1) // 3 * 3 + 1, day=1)
    while jour.toordinal() < fin:
        suivant = _plus_mois(jour, 3)
        yield Graduation(jour.toordinal(), suivant.toordinal(), f"T{(jour.month + 2) // 3}", jour.month == 1)
        jour = suivant


def _annees(debut: int, fin: int) -> Iterator[Graduation]:
    for annee in range(date.fromordinal(debut).year, date.fromordinal(max(fin - 1, debut)).year + 1):
        premier = date(annee, 1, 1).toordinal()
        yield Graduation(premier, date(annee, 12, 31).toordinal() + 1, str(annee), True)


def _plus_mois(jour: date, mois: int) -> date:
    rang = jour.year * 12 + jour.month - 1 + mois
    return date(min(rang // 12, 9999), rang % 12 + 1, 1)
