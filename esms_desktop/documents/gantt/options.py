"""How a planning is printed: what a person chooses, without what draws it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from esms_desktop.lecture import Og
from esms_desktop.nomenclature.vocabulaire import Plan


class Zoom(StrEnum):
    """How wide a day is when the planning is tiled."""

    JOUR = "jour"
    SEMAINE = "semaine"
    MOIS = "mois"
    TRIMESTRE = "trimestre"
    ANNEE = "annee"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            "jour": "Jour",
            "semaine": "Semaine",
            "mois": "Mois",
            "trimestre": "Trimestre",
            "annee": "Année",
        }[self.value]


@dataclass(frozen=True)
class OptionsGantt:
    """How a planning is printed.

    Args:
        format: the paper, always landscape.
        tuiles: several pages at a comfortable size, instead of one page.
        plans: which of the three plannings.
        og: only what concerns that OG (its structures, their waves, and what concerns the whole grappe); None for all.
        reference: the thin bars of the reference under the present ones.
        zoom: how wide a day is when the planning is tiled.
    """

    format: Literal["A4", "A3"] = "A4"
    tuiles: bool = False
    plans: tuple[Plan, ...] = tuple(Plan)
    og: Og | None = None
    reference: bool = True
    zoom: Zoom = Zoom.MOIS
