"""A drop-down list: the wheel scrolls the page, the tooltip gives the whole choice."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from ui import theme
from ui.widgets.libelle import bulle


class Liste(QComboBox):
    """A closed list of texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentTextChanged.connect(lambda texte: self.setToolTip(bulle(texte)))

    def wheelEvent(self, evenement: QWheelEvent) -> None:
        """Lets the page scroll."""
        evenement.ignore()

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Paints the list, then its chevron, which the style sheet cannot draw without an image file."""
        super().paintEvent(evenement)
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        trait = QPen(theme.couleur("encre" if self.isEnabled() else "muet"), 1.6)
        trait.setCapStyle(Qt.PenCapStyle.RoundCap)
        peintre.setPen(trait)
        x, y = self.width() - 16.0, self.height() / 2
        peintre.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
