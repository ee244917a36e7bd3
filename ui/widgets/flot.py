"""A row of controls that goes on to the next line when the window is too narrow."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flot(QLayout):
    """Widgets side by side, left to right, then under.

    Args:
        ecart: pixels between two of them.
    """

    def __init__(self, parent: QWidget | None = None, ecart: int = 8) -> None:
        super().__init__(parent)
        self._elements: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(ecart)

    def addItem(self, element: QLayoutItem) -> None:
        """Adds at the end."""
        self._elements.append(element)

    def count(self) -> int:
        """How many there are."""
        return len(self._elements)

    def itemAt(self, rang: int) -> QLayoutItem | None:
        """One of them."""
        return self._elements[rang] if 0 <= rang < len(self._elements) else None

    def takeAt(self, rang: int) -> QLayoutItem | None:
        """Takes one away."""
        return self._elements.pop(rang) if 0 <= rang < len(self._elements) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, largeur: int) -> int:
        """The height of all the lines."""
        return self._disposer(QRect(0, 0, largeur, 0), poser=False)

    def setGeometry(self, zone: QRect) -> None:
        """Lays everything out."""
        super().setGeometry(zone)
        self._disposer(zone, poser=True)

    def sizeHint(self) -> QSize:
        """The widest of them."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest of them."""
        taille = QSize()
        for element in self._elements:
            if not element.isEmpty():
                taille = taille.expandedTo(element.minimumSize())
        return taille

    def _disposer(self, zone: QRect, poser: bool) -> int:
        x, y, ligne = zone.x(), zone.y(), 0
        rangee: list[tuple[QLayoutItem, int, QSize]] = []
        for element in self._elements:
            if element.isEmpty():
                continue
            taille = element.sizeHint()
            if x > zone.x() and x + taille.width() > zone.right() + 1:
                self._poser(rangee, y, ligne, poser)
                x, y, ligne, rangee = zone.x(), y + ligne + self.spacing(), 0, []
            rangee.append((element, x, taille))
            x += taille.width() + self.spacing()
            ligne = max(ligne, taille.height())
        self._poser(rangee, y, ligne, poser)
        return y + ligne - zone.y()

    def _poser(self, rangee: list[tuple[QLayoutItem, int, QSize]], y: int, ligne: int, poser: bool) -> None:
        if poser:
            for element, x, taille in rangee:
                element.setGeometry(QRect(QPoint(x, y + (ligne - taille.height()) // 2), taille))
