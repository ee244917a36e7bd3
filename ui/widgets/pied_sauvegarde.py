"""The strip under every page: when the last backup was taken, and the way to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle


class PiedSauvegarde(QFrame):
    """`ouvrir`: the person wants the page of the backups."""

    ouvrir = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pied")
        self.setAccessibleName("Dernière sauvegarde")
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(14, 1, 8, 1)
        rangee.setSpacing(10)
        self.texte = Libelle("", "petit")
        rangee.addWidget(self.texte, 1)
        rangee.addWidget(
            bouton("Sauvegardes…", self.ouvrir.emit, "lien", aide="Les sauvegardes et la santé de la base")
        )

    def montrer(self, phrase: str, genre: str = "") -> None:
        """Shows a line; `genre`: "warn" or "bad" when something is missing."""
        self.texte.setText(phrase)
        self.texte.fixer_genre(genre)
        self.setAccessibleDescription(phrase)
