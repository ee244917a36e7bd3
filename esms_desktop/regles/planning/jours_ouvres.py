"""Worked days: weekends, public holidays of the territory (Alsace-Moselle and overseas included), closures of the grappe."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from esms_desktop.francais import jour_semaine
from esms_desktop.nomenclature.territoires import departements

# Subdivisions of the `holidays` package; metropolitan France has none.
TERRITOIRES = {
    "": "France métropolitaine",
    "6AE": "Alsace",
    "57": "Moselle",
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "976": "Mayotte",
    "PM": "Saint-Pierre-et-Miquelon",
    "BL": "Saint-Barthélemy",
    "MF": "Saint-Martin",
}
_PAR_INSEE = {"67": "6AE", "68": "6AE", "57": "57", "975": "PM", "977": "BL", "978": "MF"}
# A date typed decades away is a slip of the finger: days are counted that far, no further.
_AVANT, _APRES = 20, 40


class Arret(NamedTuple):
    """Days when the grappe is closed, both included."""

    debut: date
    fin: date
    motif: str = ""


def territoire_du_departement(code: str) -> str:
    """The calendar of a department (FINESS code); that of metropolitan France when the code tells nothing."""
    departement = departements().get(code)
    if departement is None:
        return ""
    insee = departement.code_insee
    return _PAR_INSEE.get(insee, insee if insee in TERRITOIRES else "")


@cache
def feries(territoire: str, annee: int) -> dict[date, str]:
    """The public holidays of a year with their French names; `territoire`: a key of `TERRITOIRES`."""
    # Loaded when a planning exists: the package costs a third of a second.
    from holidays import country_holidays

    return dict(country_holidays("FR", subdiv=territoire or None, years=annee, language="fr"))


class JoursOuvres:
    """Worked days numbered one after the other, 0 being the first of the year of `origine`.

    Closures that leave no worked day to a year do not count in it.
    """

    def __init__(self, origine: date, territoire: str = "", fermetures: Iterable[Arret] = ()) -> None:
        self.territoire = territoire
        self._fermetures = tuple(sorted(fermetures))
        self._debut = self._fin = origine.year
        self._bornes = (max(origine.year - _AVANT, 1), min(origine.year + _APRES, 9998))
        self._jours = self._annee(origine.year)
        self._zero = 0

    def ouvre(self, jour: date) -> bool:
        """True when people work that day."""
        return not self.raison(jour)

    def raison(self, jour: date) -> str:
        """Why nobody works that day: "samedi", "Toussaint", the reason of a closure; empty for a worked day."""
        if jour.weekday() >= 5:
            return jour_semaine(jour)
        if ferie := feries(self.territoire, jour.year).get(jour):
            return ferie
        self._etendre(jour.year)
        if _contient(self._jours, jour.toordinal()):
            return ""
        return next((a.motif or "fermeture" for a in self._fermetures if a.debut <= jour <= a.fin), "")

    def indice(self, jour: date) -> int:
        """The number of that day, or of the first worked day after it."""
        self._etendre(jour.year)
        rang = bisect_left(self._jours, jour.toordinal())
        while rang == len(self._jours) and self._fin < self._bornes[1]:
            self._etendre(self._fin + 1)
            rang = bisect_left(self._jours, jour.toordinal())
        return min(rang, len(self._jours) - 1) - self._zero

    def jour(self, indice: int) -> date:
        """The worked day of that number."""
        rang = indice + self._zero
        if not 0 <= rang < len(self._jours):
            rang = self._atteindre(indice)
        return date.fromordinal(self._jours[rang])

    def compter(self, debut: date, fin: date) -> int:
        """How many worked days from `debut` to `fin`, both included; 0 when `fin` comes before."""
        if fin < debut:
            return 0
        self._etendre(debut.year)
        self._etendre(fin.year)
        return bisect_right(self._jours, fin.toordinal()) - bisect_left(self._jours, debut.toordinal())

    def ecart(self, debut: date, fin: date) -> int:
        """Worked days from one day to another, negative when `fin` comes first."""
        return self.indice(fin) - self.indice(debut)

    def _atteindre(self, indice: int) -> int:
        while indice + self._zero >= len(self._jours) and self._fin < self._bornes[1]:
            self._etendre(self._fin + 1)
        while indice + self._zero < 0 and self._debut > self._bornes[0]:
            self._etendre(self._debut - 1)
        return min(max(indice + self._zero, 0), len(self._jours) - 1)

    def _etendre(self, annee: int) -> None:
        annee = min(max(annee, self._bornes[0]), self._bornes[1])
        while self._fin < annee:
            self._fin += 1
            self._jours += self._annee(self._fin)
        while self._debut > annee:
            self._debut -= 1
            avant = self._annee(self._debut)
            self._jours = avant + self._jours
            self._zero += len(avant)

    def _annee(self, annee: int) -> list[int]:
        chomes = {j.toordinal() for j in feries(self.territoire, annee)}
        premier, dernier = date(annee, 1, 1).toordinal(), date(annee, 12, 31).toordinal()
        fermes: set[int] = set()
        for arret in self._fermetures:
            debut, fin = max(arret.debut.toordinal(), premier), min(arret.fin.toordinal(), dernier)
            fermes.update(range(debut, fin + 1))
        # Day 1 of the Gregorian calendar is a Monday.
        jours = [j for j in range(premier, dernier + 1) if (j - 1) % 7 < 5 and j not in chomes]
        # A year without a worked day would never let a task end.
        return [j for j in jours if j not in fermes] or jours


def _contient(jours: list[int], jour: int) -> bool:
    rang = bisect_left(jours, jour)
    return rang < len(jours) and jours[rang] == jour
