"""A table with many columns: the ones that hold sentences keep a readable width, and the whole scrolls sideways."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.tableaux.tableau import Tableau


class TableauLarge(Tableau):
    """A table that takes the room of its card.

    Args:
        nom: accessible name: what the rows are.
        poids: relative width of each column.
        confort: least width of some columns, in average characters of the font.
    """

    def __init__(
        self, nom: str, poids: Sequence[float], confort: Mapping[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(nom, poids, parent)
        self._confort = dict(confort)
        self.setMinimumHeight(220)
        self.setCornerWidget(QWidget())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _minimum(self, colonne: int) -> int:
        moyenne = QFontMetrics(self.font()).averageCharWidth()
        return max(super()._minimum(colonne), self._confort.get(colonne, 0) * moyenne)
