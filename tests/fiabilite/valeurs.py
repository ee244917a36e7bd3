"""The values of a dossier that is being entered, drawn at random as its recipe asks."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from stdnum import luhn

from esms_desktop.campagnes.chargement import charger
from esms_desktop.store.porte import Porte
from tests.fiabilite.ecritures import Plume
from tests.fiabilite.recettes import Recette

JOUR = date(2023, 6, 1)
T = TypeVar("T")
# The largest amount a cell of the plan takes (ui/pages/financement/modele_valeurs.py), and the largest the base keeps.
_GRAND, PLUS_GRAND = 10**13, 2**63 - 1
_ANNEES = (2015, 2060)
TAUX = (0, 210, 550, 1000, 2000, 10_000)


class Valeurs:
    """What is drawn for one dossier."""

    def __init__(self, porte: Porte, recette: Recette) -> None:
        self.porte, self.recette = porte, recette
        self.hasard = random.Random(recette.graine)
        self.plume = Plume(self.hasard, recette.noms)
        self.campagne = charger(recette.campagne)

    # Values.

    def reponse(self) -> bool | None:
        """An answer, or none yet."""
        choix = {"rien": (None,), "tout": (True, False), "melange": (True, False, None)}
        return self.hasard.choice(choix[self.recette.reponses])

    def parmi(self, choix: Sequence[T]) -> T | None:
        """One of a list, or none yet."""
        return None if self.reponse() is None else self.hasard.choice(choix)

    def montant(self, plafond: int = _GRAND) -> int | None:
        """Cents."""
        grands = (plafond, plafond - 1, self.hasard.randrange(plafond))
        genres = {
            "ordinaires": (None, self.hasard.randrange(20_000_000)),
            "nuls": (0, None),
            "centimes": (1, 99, self.hasard.randrange(100_000)),
            "enormes": grands,
        }
        return self.hasard.choice(genres[self.recette.montants])

    def nombre(self, plafond: int) -> int | None:
        """A count."""
        return self.hasard.choice((None, 0, 1, self.hasard.randrange(60), plafond))

    def jour(self, debut: date = date(2022, 1, 1), jours: int = 1500) -> date | None:
        """A day as the fields of dates take it: any day of the calendar."""
        if self.recette.dates == "absentes":
            return None
        if self.recette.dates == "lointaines":
            return self.hasard.choice((date.min, date.max, date(1900, 2, 28), date(2100, 12, 31), None))
        return debut + timedelta(self.hasard.randrange(jours))

    def jour_de_projet(self) -> date:
        """A day as the planning takes it: from 2000 to 2100."""
        if self.recette.dates == "lointaines":
            return self.hasard.choice((date(2000, 1, 1), date(2100, 12, 31)))
        return date(2022, 1, 3) + timedelta(self.hasard.randrange(900))

    def annee(self) -> int | None:
        """A year as the cells of the plan take it."""
        if self.recette.dates == "ordinaires":
            return self.hasard.choice((2023, 2024, 2025, 2026))
        return self.hasard.choice((None, *_ANNEES, self.hasard.randint(*_ANNEES)))

    def numero(self, debut: str, taille: int) -> str:
        """A number with a right key, or what somebody typed instead."""
        base = (debut + str(self.hasard.randrange(10**taille)).zfill(taille))[: taille - 1].ljust(
            taille - 1, "0"
        )
        # The letter of Corse counts as the figure of its order.
        juste = base + luhn.calc_check_digit(base.translate({65: "1", 66: "2"}))
        return self.hasard.choice((juste, juste, juste, "", self.plume.nom(20)))

    # Parts of the dossier.
