"""What the small dialogs of the campaigns share: lines to type in, a refusal said under them, two buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from ui.widgets.boutons import bouton
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste


class DialogueRefusable(DialogueAjuste):
    """What is refused stays on screen, with its reason. Args: titre: of the window; largeur: the least, in pixels."""

    def __init__(self, titre: str, largeur: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(titre)
        self.setMinimumWidth(largeur)
        self.colonne = QVBoxLayout(self)
        self.colonne.setContentsMargins(24, 20, 24, 18)
        self.colonne.setSpacing(9)
        self.erreur = Libelle("", "erreur")
        self.erreur.hide()

    def _ligne(self, etiquette: str, valeur: str) -> QLineEdit:
        saisie = QLineEdit(valeur)
        self.colonne.addWidget(etiquette_de(etiquette, saisie))
        self.colonne.addWidget(saisie)
        return saisie

    def _finir(self, oui: str, garder: Callable[[], object], premiere: QLineEdit) -> None:
        """Puts the refusal and the buttons at the foot, and the cursor in a line."""
        self.colonne.addWidget(self.erreur)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        accord = bouton(oui, garder, "primaire")
        accord.setDefault(True)
        rangee.addWidget(accord)
        self.colonne.addLayout(rangee)
        premiere.setFocus(Qt.FocusReason.OtherFocusReason)
        premiere.selectAll()

    def _tenter(self, faire: Callable[[], object]) -> None:
        """Does it and closes, or says why it cannot be done."""
        try:
            faire()
        except ErreurEsms as e:
            self.erreur.setText(str(e))
            self.erreur.show()
            self.ajuster()
            return
        self.accept()
