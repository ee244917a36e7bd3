"""Who is told when something was written: the notice and the list of followers."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

# "importer": rows poured in from a file, that nobody typed here.
Sens = Literal["faire", "annuler", "refaire", "importer"]


@dataclass(frozen=True)
class Changement:
    """What a commit changed: its label, whether it was done, undone, redone or poured in, the dossiers and the tables it touched."""

    libelle: str
    sens: Sens
    dossiers: frozenset[int]
    tables: frozenset[str]


Suiveur = Callable[[Changement], None]


class Suiveurs:
    """The followers, told in the order they came."""

    def __init__(self) -> None:
        self._suiveurs: list[Suiveur] = []

    def ajouter(self, suiveur: Suiveur) -> Callable[[], None]:
        """Adds a follower; the answer, called once or more, takes it away."""
        # An own reference for each call: the same function may follow twice.
        entree: Suiveur = lambda changement: suiveur(changement)  # noqa: E731
        self._suiveurs.append(entree)

        def retirer() -> None:
            if entree in self._suiveurs:
                self._suiveurs.remove(entree)

        return retirer

    def prevenir(self, changement: Changement) -> None:
        """Tells everyone. The write is done: an error of a follower is an unhandled error, never a failed write."""
        for suiveur in tuple(self._suiveurs):
            try:
                suiveur(changement)
            except Exception as erreur:
                sys.excepthook(type(erreur), erreur, erreur.__traceback__)
