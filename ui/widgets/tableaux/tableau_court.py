"""A table as tall as its rows up to a few of them; past that, it scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.tableaux.tableau import Tableau


class TableauCourt(Tableau):
    """A short table above something else.

    Args:
        nom: accessible name: what the rows are.
        modele: the rows.
        poids: relative width of each column; equal when not given.
        lignes: how many rows are shown at most without scrolling.
    """

    hauteur_suit_lignes = True

    def __init__(
        self,
        nom: str,
        modele: QAbstractItemModel,
        poids: Sequence[float] = (),
        lignes: int = 4,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(nom, poids, parent)
        self._visibles = lignes
        self.setModel(modele)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The first rows."""
        return QSize(super().sizeHint().width(), self._hauteur())

    def minimumSizeHint(self) -> QSize:
        """The first rows."""
        return QSize(240, self._hauteur())

    def _hauteur(self) -> int:
        montrees = min(self.proxy.rowCount(), self._visibles)
        lignes = sum(self.rowHeight(r) for r in range(montrees))
        barre = self.horizontalScrollBar()
        bas = barre.sizeHint().height() if barre.maximum() > 0 else 0
        return lignes + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 4 + bas
