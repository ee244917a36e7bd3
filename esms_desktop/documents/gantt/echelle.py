"""The time scale of a Gantt: where a day stands, and the dates written above, in the finest unit that can be read."""

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from esms_desktop.francais import MOIS_COURTS, MOIS_INITIALES, mois_annee

_ECART = 3.0
# What a milestone on the last day, and the link that leaves it, take on its right.
_MARQUE = 9.0
Mesure = Callable[[str], float]


class Unite(StrEnum):
    """A division of time, from the finest."""

    JOUR = "jour"
    SEMAINE = "semaine"
    MOIS = "mois"
    INITIALE = "initiale"
    TRIMESTRE = "trimestre"
    ANNEE = "annee"


@dataclass(frozen=True)
class Case:
    """A division on the scale: where it starts and ends, in points from the left, and what is written in it."""

    x: float
    fin: float
    texte: str


@dataclass(frozen=True)
class Echelle:
    """A scale. `premier`, `dernier`: first and last day shown; `pas`: points a day."""

    premier: date
    dernier: date
    pas: float

    @property
    def jours(self) -> int:
        """How many days it shows."""
        return (self.dernier - self.premier).days + 1

    @property
    def largeur(self) -> float:
        """Its width in points."""
        return self.jours * self.pas

    def x(self, jour: date, fin: bool = False) -> float:
        """Where a day begins, or ends, in points from the left."""
        return ((jour - self.premier).days + fin) * self.pas

    def fenetre(self, de: date, a: date) -> "Echelle":
        """The part of it between two days, both included, at the same pace."""
        return Echelle(de, a, self.pas)

    def bandes(self, mesure: Mesure) -> tuple[Unite, tuple[Case, ...], tuple[Case, ...]]:
        """The finest unit whose words fit, the cases of the band above it, and its own.

        A case cut by the edge keeps its words only when they fit in what is left of it.
        """
        unite = next((u for u in Unite if self._lisible(u, mesure)), Unite.ANNEE)
        dessus = {Unite.JOUR: mois_annee, Unite.SEMAINE: mois_annee}.get(unite, _a_l_annee)
        if unite is Unite.ANNEE:
            return unite, (), self._cases(unite, _libelle(unite), mesure)
        au_dessus = Unite.MOIS if unite in (Unite.JOUR, Unite.SEMAINE) else Unite.ANNEE
        return unite, self._cases(au_dessus, dessus, mesure), self._cases(unite, _libelle(unite), mesure)

    def _lisible(self, unite: Unite, mesure: Mesure) -> bool:
        plus_court = {
            Unite.JOUR: 1,
            Unite.SEMAINE: 7,
            Unite.MOIS: 28,
            Unite.INITIALE: 28,
            Unite.TRIMESTRE: 90,
            Unite.ANNEE: 365,
        }[unite]
        mots = {
            Unite.JOUR: ("30",),
            Unite.SEMAINE: ("30",),
            Unite.MOIS: MOIS_COURTS,
            Unite.INITIALE: MOIS_INITIALES,
            Unite.TRIMESTRE: ("T4",),
            Unite.ANNEE: ("2000",),
        }[unite]
        marge = 1.0 if unite is Unite.INITIALE else _ECART
        return plus_court * self.pas >= max(mesure(m) for m in mots) + marge

    def _cases(self, unite: Unite, libelle: Callable[[date], str], mesure: Mesure) -> tuple[Case, ...]:
        cases = []
        for debut, fin in _divisions(unite, self.premier, self.dernier):
            x, bout = self.x(max(debut, self.premier)), self.x(min(fin, self.dernier), fin=True)
            texte = libelle(debut)
            cases.append(Case(x, bout, texte if mesure(texte) + 1.0 <= bout - x else ""))
        return tuple(cases)


def etendue(debut: date, fin: date, unite: Unite = Unite.MOIS) -> tuple[date, date]:
    """The whole units that hold two days."""
    return next(_divisions(unite, debut, debut))[0], next(_divisions(unite, fin, fin))[1]


def au_large(debut: date, fin: date, large: float) -> tuple[date, date]:
    """The whole months that hold two days on `large` points, one more where a mark on the last day would pass the frame."""
    premier, dernier = etendue(debut, fin)
    pas = large / ((dernier - premier).days + 1)
    if (dernier - fin).days * pas < _MARQUE and dernier < date.max:
        dernier = _fin(Unite.MOIS, dernier + timedelta(1))
    return premier, dernier


def unites(unite: Unite, premier: date, dernier: date) -> list[tuple[date, date]]:
    """The units that touch a span, first and last day of each."""
    return list(_divisions(unite, premier, dernier))


def _divisions(unite: Unite, premier: date, dernier: date) -> Iterator[tuple[date, date]]:
    courant = _debut(unite, premier)
    while courant <= dernier:
        fin = _fin(unite, courant)
        yield courant, fin
        if fin == date.max:
            return
        courant = fin + timedelta(1)


def _debut(unite: Unite, jour: date) -> date:
    match unite:
        case Unite.JOUR:
            return jour
        case Unite.SEMAINE:
            return jour - timedelta(jour.weekday())
        case Unite.MOIS | Unite.INITIALE:
            return jour.replace(day=1)
        case Unite.TRIMESTRE:
            return date(jour.year, (jour.month - 1) // 3 * 3 + 1, 1)
        case Unite.ANNEE:
            return date(jour.year, 1, 1)


def _fin(unite: Unite, debut: date) -> date:
    """The last day of the unit that starts on `debut`; that of the calendar when it comes first."""
    if unite is Unite.JOUR:
        return debut
    if unite is Unite.SEMAINE:
        return debut + min(timedelta(6), date.max - debut)
    mois = debut.month + {Unite.TRIMESTRE: 2, Unite.ANNEE: 11}.get(unite, 0)
    return date(debut.year, mois, calendar.monthrange(debut.year, mois)[1])


def _libelle(unite: Unite) -> Callable[[date], str]:
    return {
        Unite.JOUR: lambda j: str(j.day),
        Unite.SEMAINE: lambda j: str(j.day),
        Unite.MOIS: lambda j: MOIS_COURTS[j.month - 1],
        Unite.INITIALE: lambda j: MOIS_INITIALES[j.month - 1],
        Unite.TRIMESTRE: lambda j: f"T{(j.month + 2) // 3}",
        Unite.ANNEE: _a_l_annee,
    }[unite]


def _a_l_annee(jour: date) -> str:
    return str(jour.year)
