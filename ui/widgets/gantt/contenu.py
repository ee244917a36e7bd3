"""What a Gantt chart shows: plain values, no object of the base."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol


class Calendrier(Protocol):
    """The worked days (`regles.jours_ouvres.JoursOuvres`)."""

    def ouvre(self, jour: date) -> bool:
        """True when people work that day."""
        ...

    def indice(self, jour: date) -> int:
        """The number of that worked day, or of the first one after it."""
        ...

    def jour(self, indice: int) -> date:
        """The worked day of that number."""
        ...

    def compter(self, debut: date, fin: date) -> int:
        """How many worked days from one to the other, both included."""
        ...


@dataclass(frozen=True, slots=True)
class Barre:
    """A row of the chart: a task, a milestone, or the heading of a plan with what it spans.

    Args:
        cle: what the signals name it by.
        nom: how it is called; `decrire` says all that can be said of it, for a tooltip and a screen reader.
        debut, fin: first and last day, both included.
        teinte: 0 to 2, the plan it belongs to.
        titre: True for the heading of a plan; `repliee`: its tasks are hidden.
        critique: a day late is a day lost for the project.
        reference: where it fell when the reference was taken.
        retard: calendar days past its deadline.
    """

    cle: int
    nom: str
    decrire: Callable[[], str]
    debut: date
    fin: date
    teinte: int = 0
    titre: bool = False
    repliee: bool = False
    jalon: bool = False
    avancement: int = 0
    critique: bool = False
    reference: tuple[date, date] | None = None
    echeance: date | None = None
    retard: int = 0

    @property
    def description(self) -> str:
        """All that can be said of it."""
        return self.decrire()


@dataclass(frozen=True, slots=True)
class Trait:
    """A link drawn between two rows. `du_debut`, `a_la_fin`: which ends it joins; `rompu`: a fixed date breaks it."""

    avant: int
    apres: int
    du_debut: bool = False
    a_la_fin: bool = False
    rompu: bool = False
    critique: bool = False


@dataclass(frozen=True)
class Contenu:
    """The whole chart.

    Args:
        calendrier: the worked days; None shades nothing and snaps to nothing.
        limite: last day allowed, and what is written beside it.
    """

    barres: Sequence[Barre] = ()
    traits: Sequence[Trait] = ()
    calendrier: Calendrier | None = None
    aujourd_hui: date | None = None
    limite: tuple[date, str] | None = None
    # Ranks of the rows by key, reckoned once.
    rangs: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rangs.update((b.cle, rang) for rang, b in enumerate(self.barres))
