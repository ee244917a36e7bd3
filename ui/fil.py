"""Work done behind what the person does: one step a turn of the event loop, never in the way of a gesture."""

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from esms_desktop.lecture.memoire import Memoire

# What stands where something computed behind will be.
EN_COURS = "mise à jour…"
# After a write the page is painted first.
_REPIT_MS = 15

Etapes = Iterator[object]
_FIN = object()


def elan(etapes: Etapes, memoire: "Memoire") -> bool:
    """Takes at once the steps whose answer is remembered, and the first that is not; True when none is left."""
    calculs = memoire.calculs
    while memoire.calculs == calculs:
        if next(etapes, _FIN) is _FIN:
            return True
    return False


class Fil(QObject):
    """Works in steps, each under a key; the one at the head goes on at each turn until it is done.

    A work asked again under its key takes the place of the one under way, which is abandoned.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._travaux: OrderedDict[Hashable, Etapes] = OrderedDict()
        self._minuterie = QTimer(self)
        self._minuterie.timeout.connect(self._tour)

    @property
    def en_cours(self) -> bool:
        """Whether something is left to do."""
        return bool(self._travaux)

    def lancer(self, cle: Hashable, etapes: Etapes, devant: bool = True) -> None:
        """Does these steps, before the works already asked, or after them when `devant` is False."""
        self._travaux[cle] = etapes
        self._travaux.move_to_end(cle, last=not devant)
        if not self._minuterie.isActive():
            self._minuterie.start(_REPIT_MS)

    def avancer(self, cle: Hashable) -> None:
        """Puts a work under way before the others."""
        if cle in self._travaux:
            self._travaux.move_to_end(cle, last=False)

    def abandonner(self, cle: Hashable) -> None:
        """Leaves a work where it is; nothing happens when it is not under way."""
        self._travaux.pop(cle, None)

    def souffler(self) -> None:
        """Lets the page repaint before the next step."""
        if self._minuterie.isActive():
            self._minuterie.start(_REPIT_MS)

    def arreter(self) -> None:
        """Abandons everything: the base is about to close."""
        self._travaux.clear()
        self._minuterie.stop()

    def finir(self, cle: Hashable | None = None) -> None:
        """Does at once all that is left of a work, or of all of them: for whoever cannot wait for the turns."""
        while self._travaux and (cle is None or cle in self._travaux):
            self._pas(next(iter(self._travaux)) if cle is None else cle)

    def _tour(self) -> None:
        self._minuterie.setInterval(0)
        if self._travaux:
            self._pas(next(iter(self._travaux)))
        if not self._travaux:
            self._minuterie.stop()

    def _pas(self, cle: Hashable) -> None:
        etapes = self._travaux[cle]
        try:
            fini = next(etapes, _FIN) is _FIN
        except BaseException:
            # A work that broke must not break again at each turn.
            fini = True
            raise
        finally:
            # What a step tells may have others asked, this one again too.
            if fini and self._travaux.get(cle) is etapes:
                del self._travaux[cle]
