"""The steps of undo of one door: what was done, what was undone, and the writes of one visit of a field as one step."""

from collections import deque
from typing import NamedTuple

from esms_desktop.store.ecarts import Ecart, fusionner

PROFONDEUR = 200


class Pas(NamedTuple):
    """A step of undo: its label and its writes, in order. `visite`: what its writes have in common, None for nothing.
    `gestes`: where the journal tells its writes, for a step of a window that was closed."""

    libelle: str
    ecarts: tuple[Ecart, ...]
    visite: object = None
    gestes: tuple[int, ...] = ()

    @property
    def ecrits(self) -> tuple[Ecart, ...]:
        """What it changed, one write a row."""
        return fusionner(self.ecarts)

    @property
    def a_rebours(self) -> tuple[Ecart, ...]:
        """The writes that bring back, in order."""
        return tuple(e.inverse() for e in reversed(self.ecarts))


class Piles:
    """What can be undone and what can be redone, the last first."""

    def __init__(self) -> None:
        self.faits: deque[Pas] = deque(maxlen=PROFONDEUR)
        self.defaits: deque[Pas] = deque(maxlen=PROFONDEUR)

    def faire(self, pas: Pas) -> None:
        """A geste was done. That of a visit under way goes on with the step of that visit; back where it began, there is none."""
        self.defaits.clear()
        dernier = self.faits[-1] if self.faits else None
        if dernier is None or pas.visite is None or dernier.visite is not pas.visite:
            self.faits.append(pas)
            return
        self.faits.pop()
        ecarts = dernier.ecarts + pas.ecarts
        if fusionner(ecarts):
            self.faits.append(Pas(dernier.libelle, ecarts, pas.visite))
