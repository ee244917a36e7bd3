"""A table shown whole, without a scroll bar of its own: as tall as its rows, inside a page that scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.tableaux.tableau_court import TableauCourt

_TOUTES = 1_000_000


class TableauEntier(TableauCourt):
    """A table in a card, every row in sight.

    Args:
        nom: accessible name: what the rows are.
        modele: the rows.
        poids: relative width of each column; equal when not given.
        triable: False when the order says something (a total stays last).
    """

    def __init__(
        self,
        nom: str,
        modele: QAbstractItemModel,
        poids: Sequence[float] = (),
        triable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(nom, modele, poids, _TOUTES, parent)
        self.setSortingEnabled(triable)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def wheelEvent(self, evenement: QWheelEvent) -> None:
        """Lets the page scroll."""
        evenement.ignore()

    def _hauteur(self) -> int:
        visibles = [c for c in range(self.proxy.columnCount()) if not self.isColumnHidden(c)]
        deborde = sum(self.columnWidth(c) for c in visibles) > self.viewport().width()
        # The last row paints its own line: nothing is left under it.
        marge = self.horizontalScrollBar().sizeHint().height() if deborde else -4
        return self.hauteur_contenu() + marge
