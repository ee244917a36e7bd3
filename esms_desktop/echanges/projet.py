"""A project as project files tell it: its lines, the days when nobody works, when its reference was taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from esms_desktop.echanges.lignes import LigneTache, Remarque


@dataclass(frozen=True, slots=True)
class JoursChomes:
    """Days when nobody works, both included. `fermeture`: a closure of the grappe, not a public holiday."""

    debut: date
    fin: date
    motif: str = ""
    fermeture: bool = False


@dataclass(frozen=True)
class Projet:
    """A planning to send out, or one that came in.

    Args:
        nom: of the dossier.
        jour: the day the file was made; None when a file does not say.
        debut, fin: its first and last day; None when there is no task.
        lignes: its tasks in reading order; their `precedentes` count from 0 in this tuple.
        chomes: public holidays and closures over its length.
        territoire: whose public holidays count (`regles.jours_ouvres.TERRITOIRES`), None when not told.
        reference_le: when the reference was taken, None when there is none.
    """

    nom: str
    jour: date | None
    debut: date | None
    fin: date | None
    lignes: tuple[LigneTache, ...]
    chomes: tuple[JoursChomes, ...] = ()
    territoire: str | None = None
    reference_le: date | None = None


# Monday is 0.
SEMAINE = frozenset(range(5))


@dataclass(frozen=True)
class ProjetLu:
    """A project file that was read; nothing is applied.

    Args:
        projet: what it says; the `debut` and `fin` of its lines are those of the file.
        remarques: what was changed or left aside, task by task.
        causes: of a line, by its rank, what makes it fall elsewhere here, when reading it is enough to know.
        semaine: the days of the week worked in the file.
    """

    projet: Projet
    remarques: tuple[Remarque, ...] = ()
    causes: Mapping[int, str] = field(default_factory=dict)
    semaine: frozenset[int] = SEMAINE
