"""What an empty page says: what it is for, and the first thing to do."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle


class EtatVide(QWidget):
    """A title, a text that teaches, and the first action.

    Args:
        titre: what is missing.
        texte: what it is for and where it comes from.
        action: (text of the button, slot); None for no button.
        autre: a second, lighter action.
    """

    def __init__(
        self,
        titre: str,
        texte: str,
        action: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
        autre: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__(parent)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 30, 24, 30)
        colonne.setSpacing(10)
        self.titre = Libelle(titre, "sous-titre")
        self.texte = Libelle(texte, "muet")
        for libelle in (self.titre, self.texte):
            libelle.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            colonne.addWidget(libelle)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        self.bouton: QPushButton | None = None
        if action is not None:
            self.bouton = bouton(action[0], action[1], "primaire")
            rangee.addWidget(self.bouton)
        if autre is not None:
            rangee.addWidget(bouton(autre[0], autre[1]))
        rangee.addStretch(1)
        self._rangee = rangee
        colonne.addSpacing(4)
        colonne.addLayout(rangee)

    def ajouter(self, texte: str, slot: Callable[[], object]) -> QPushButton:
        """Adds one more light action, after the others."""
        un = bouton(texte, slot)
        self._rangee.insertWidget(self._rangee.count() - 1, un)
        return un
