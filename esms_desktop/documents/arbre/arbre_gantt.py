"""The block that draws a Gantt: its lines, their links, the day not to pass."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class LigneGantt:
    """A line of a Gantt.

    Args:
        libelle: what is read at its left.
        genre: a task, a milestone, or the heading of the lines under it, which has no dates.
        plan: value of `model.planning.Plan`, for its colour.
        debut, fin: first and last day, both included.
        critique: on the critical path; told by its outline as well as its colour.
        avancement: 0 to 100.
        reference: first and last day when the reference was taken; None when there is none to show.
        attend: the lines it waits for, by index in the same Gantt, and the type of each link.
    """

    libelle: str
    genre: Literal["tache", "jalon", "titre"]
    plan: str
    debut: date | None = None
    fin: date | None = None
    critique: bool = False
    avancement: int = 0
    reference: tuple[date, date] | None = None
    attend: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Gantt:
    """Tasks, milestones and links drawn on a calendar. The same facts always stand beside it in a table.

    Args:
        debut, fin: the first and the last day it must show; whole months are drawn.
        lignes: its lines, from top to bottom.
        limite: a day that must not be passed; None when there is none.
        libelle_limite: what that day is.
    """

    debut: date
    fin: date
    lignes: tuple[LigneGantt, ...]
    limite: date | None = None
    libelle_limite: str = ""
