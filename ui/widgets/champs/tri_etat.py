"""A declared fact: Oui, Non, or Non répondu. Nothing is ever answered by default."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.libelle import Libelle

_CHOIX: tuple[tuple[str, bool | None], ...] = (("Oui", True), ("Non", False), ("Non répondu", None))


class ChoixTriEtat(QWidget):
    """Three exclusive buttons under a question. `change(object)` carries True, False or None, on a gesture only.

    Args:
        question: the fact, as a question; shown above the buttons when not empty.
        aide: what it changes, shown under.
    """

    change = Signal(object)

    def __init__(self, question: str = "", aide: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._valeur: bool | None = None
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(4)
        if question:
            colonne.addWidget(Libelle(question, "etiquette"))
        rangee = QHBoxLayout()
        rangee.setSpacing(0)
        self._groupe = QButtonGroup(self)
        self.boutons: dict[bool | None, QPushButton] = {}
        for texte, valeur in _CHOIX:
            b = QPushButton(texte)
            b.setCheckable(True)
            b.setAutoDefault(False)
            b.setProperty("role", "segment")
            b.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            b.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            b.setAccessibleName(f"{question} {texte}".strip())
            b.clicked.connect(lambda _=False, v=valeur: self._choisir(v))
            self._groupe.addButton(b)
            self.boutons[valeur] = b
            rangee.addWidget(b)
        rangee.addStretch(1)
        colonne.addLayout(rangee)
        self.origine = Libelle("", "petit")
        self.origine.hide()
        colonne.addWidget(self.origine)
        if aide:
            colonne.addWidget(Libelle(aide, "petit"))
        self.setAccessibleName(question)
        self.fixer(None)

    @property
    def valeur(self) -> bool | None:
        """The answer; None: not answered."""
        return self._valeur

    def fixer(self, valeur: bool | None) -> None:
        """Shows an answer without emitting `change`."""
        self._valeur = valeur
        self.boutons[valeur].setChecked(True)

    def dire_origine(self, texte: str) -> None:
        """Says who answered and when; nothing when nobody did."""
        self.origine.setText(texte)
        self.origine.setVisible(bool(texte))

    def viser(self) -> None:
        """Puts the focus on the answer shown."""
        self.boutons[self._valeur].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choisir(self, valeur: bool | None) -> None:
        if valeur == self._valeur and type(valeur) is type(self._valeur):
            return
        self.fixer(valeur)
        self.change.emit(valeur)
