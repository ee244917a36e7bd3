"""Dates found again by walking day after day, written apart from the engine: milestones, lags of both signs, closures, territories."""

import os
import random
from datetime import date, timedelta

import pytest

from esms_desktop.regles.planning.jours_ouvres import TERRITOIRES, Arret, JoursOuvres
from esms_desktop.regles.planning.ordonnancement import Activite, Attache, TypeLien, ordonner
from esms_desktop.regles.planning.planning import dates

RESEAUX = 2_000 if os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite" else 400
ORIGINE = date(2024, 1, 1)
MATIN, SOIR = 0, 1
# A day and whether it is its evening.
Moment = tuple[date, int]


class Marche:
    """Walks over the days one at a time."""

    def __init__(self, jours: JoursOuvres) -> None:
        self.jours = jours

    def suivant(self, jour: date, pas: int = 1) -> date:
        jour += timedelta(days=pas)
        while not self.jours.ouvre(jour):
            jour += timedelta(days=pas)
        return jour

    def decaler(self, moment: Moment, combien: int) -> Moment:
        jour, quand = moment
        for _ in range(abs(combien)):
            jour = self.suivant(jour, 1 if combien > 0 else -1)
        return jour, quand

    def matin(self, moment: Moment) -> Moment:
        """The morning of the same boundary: that of the day after an evening."""
        jour, quand = moment
        return (self.suivant(jour), MATIN) if quand else moment

    def plus_tard(self, a: Moment, b: Moment) -> Moment:
        """The later of two moments; of an evening and of the morning after, which are one, the evening."""
        ma, mb = self.matin(a), self.matin(b)
        return a if ma > mb or (ma == mb and a[1] >= b[1]) else b


def placer(marche: Marche, activites: list[Activite], attaches: list[Attache]) -> list[tuple[date, date]]:
    """First and last day of each activity; a link only goes to one that comes later."""
    debuts: dict[int, Moment] = {}
    fins: dict[int, Moment] = {}
    for a in activites:
        tenues: list[Moment] = []
        for x in (x for x in attaches if x.apres == a.cle):
            depuis = debuts[x.avant] if x.type is TypeLien.DEBUT_DEBUT else fins[x.avant]
            moment = marche.decaler(depuis, x.decalage)
            if x.type is TypeLien.FIN_FIN and a.duree:
                # Its end there: its start as many days before.
                moment = marche.decaler(marche.matin(moment), -a.duree)
            tenues.append(moment)
        propre = None if a.pas_avant is None else (marche.jours.jour(a.pas_avant), MATIN)
        debut = tenues[0] if tenues else (marche.jours.jour(0), MATIN)
        for moment in tenues[1:]:
            debut = marche.plus_tard(debut, moment)
        plancher = propre or (marche.jours.jour(0), MATIN)
        if marche.matin(debut) < plancher or (propre and marche.matin(debut) == propre):
            # On the day the person gave, or on the first one: a morning.
            debut = plancher
        if a.duree:
            debut = marche.matin(debut)
            jour = debut[0]
            for _ in range(a.duree - 1):
                jour = marche.suivant(jour)
            debuts[a.cle], fins[a.cle] = debut, (jour, SOIR)
        else:
            debuts[a.cle] = fins[a.cle] = debut
    return [(debuts[a.cle][0], fins[a.cle][0]) for a in activites]


@pytest.mark.parametrize("graine", range(4))
def test_le_moteur_donne_les_dates_qu_on_trouve_en_marchant(graine: int) -> None:
    alea = random.Random(graine)
    for _ in range(RESEAUX // 4):
        fermetures = [
            Arret(debut, debut + timedelta(days=alea.randint(0, 12)))
            for debut in (ORIGINE + timedelta(days=alea.randint(0, 200)) for _ in range(alea.randint(0, 3)))
        ]
        jours = JoursOuvres(ORIGINE, alea.choice(list(TERRITOIRES)), fermetures)
        combien = alea.randint(1, 12)
        activites = [
            Activite(
                i,
                0 if alea.random() < 0.35 else alea.randint(1, 8),
                alea.choice([None, None, None, alea.randint(0, 60)]),
            )
            for i in range(combien)
        ]
        attaches = [
            Attache(avant, i, alea.choice(list(TypeLien)), alea.randint(-4, 6))
            for i in range(1, combien)
            for avant in alea.sample(range(i), min(i, alea.choice([0, 1, 1, 2])))
        ]
        ordre = ordonner(activites, attaches, 0)
        trouvees = placer(Marche(jours), activites, attaches)
        assert list(dates(activites, ordre, jours)) == trouvees, (activites, attaches)
