"""The chip that says on what a rule stands: a text of the campaign, another, a reading, an advice."""

from PySide6.QtWidgets import QWidget

from esms_desktop.campagnes.fondement import Fondement
from ui.widgets.badge import Badge
from ui.widgets.libelle import bulle

GENRES = {
    Fondement.TEXTE: "info",
    Fondement.LECTURE: "warn",
    Fondement.AUTRE_TEXTE: "warn",
    Fondement.CONSEIL: "neutre",
}


class PastilleFondement(Badge):
    """One word; what it means comes on hover and to a screen reader."""

    def __init__(self, fondement: Fondement = Fondement.CONSEIL, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.montrer(fondement)

    def montrer(self, fondement: Fondement) -> None:
        """Says this ground."""
        self.fixer(fondement.libelle, GENRES[fondement])
        self.setToolTip(bulle(fondement.aide))
        self.setAccessibleDescription(fondement.aide)
