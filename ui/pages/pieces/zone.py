"""Where the panel of a selected row scrolls down beside its table; never narrower than what it holds."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.commun.page import Defilement


class ZonePanneau(Defilement):
    """A panel in a column of its own.

    Args:
        panneau: what scrolls.
        nom: accessible name.
    """

    def __init__(self, panneau: QWidget, nom: str) -> None:
        super().__init__(nom)
        colonne = QVBoxLayout(self.interieur)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.addWidget(panneau)
        self.interieur.installEventFilter(self)

    def eventFilter(self, objet: QObject, evenement: QEvent) -> bool:
        """Measures again when the panel holds something else."""
        if evenement.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(objet, evenement)

    def minimumSizeHint(self) -> QSize:
        """The width of the panel and of its scroll bar."""
        barre = self.verticalScrollBar().sizeHint().width()
        return QSize(self.interieur.minimumSizeHint().width() + barre, super().minimumSizeHint().height())
