"""A white card with a title: the unit every page is composed of."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.libelle import Libelle


class Carte(QFrame):
    """A card. Put things in `corps` (vertical) through `ajouter` or the layout itself.

    Args:
        titre: heading of the card; empty for none.
    """

    def __init__(self, titre: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "carte")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.corps = QVBoxLayout(self)
        self.corps.setContentsMargins(18, 15, 18, 16)
        self.corps.setSpacing(9)
        self._tete = QHBoxLayout()
        self._tete.setSpacing(10)
        self.titre = Libelle(titre, "sous-titre")
        self._tete.addWidget(self.titre, 1)
        self.corps.addLayout(self._tete)
        self.titre.setVisible(bool(titre))
        if titre:
            self.setAccessibleName(titre)

    def ajouter(self, widget: QWidget, etirement: int = 0) -> QWidget:
        """Adds a widget below the others and gives it back."""
        self.corps.addWidget(widget, etirement)
        return widget

    def ajouter_texte(self, texte: str, role: str = "corps") -> Libelle:
        """Adds a label and gives it back."""
        libelle = Libelle(texte, role)
        self.corps.addWidget(libelle)
        return libelle

    def ajouter_en_tete(self, widget: QWidget) -> None:
        """Puts something small at the right of the title."""
        self._tete.addWidget(widget)

    def ajouter_action(self, bouton: QPushButton) -> QPushButton:
        """Puts a button at the right of the title."""
        self._tete.addWidget(bouton)
        return bouton
