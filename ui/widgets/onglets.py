"""Two or three views of one page, chosen by buttons side by side; arrows and mnemonics go from one to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

# What the style sheet puts around the words of a button, both sides together.
_AUTOUR = 30


def elargir(boutons: Sequence[QPushButton]) -> None:
    """Buttons as wide as their words in bold: one that is down is bold, and neither moves nor is cut."""
    for un in boutons:
        gras = QFont(un.font())
        gras.setWeight(QFont.Weight.DemiBold)
        un.setMinimumWidth(QFontMetrics(gras).horizontalAdvance(un.text().replace("&", "")) + _AUTOUR)


class RangeeDeBoutons(QWidget):
    """Buttons side by side, measured again with each font."""

    boutons: Sequence[QPushButton] = ()

    def changeEvent(self, evenement: QEvent) -> None:
        """Another font or style: measured again."""
        super().changeEvent(evenement)
        if evenement.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            elargir(self.boutons)


class Onglets(RangeeDeBoutons):
    """The buttons, as wide as their words in bold: the one chosen is bold, and neither moves nor is cut.

    `change(int)`: rank of the view chosen by the person.

    Args:
        nom: accessible name.
        textes: what each button says, with its mnemonic.
    """

    change = Signal(int)

    def __init__(self, nom: str, textes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(nom)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(0)
        self._groupe = QButtonGroup(self)
        self.boutons: list[QPushButton] = []
        for rang, texte in enumerate(textes):
            b = QPushButton(texte)
            b.setCheckable(True)
            b.setAutoDefault(False)
            b.setProperty("role", "segment")
            b.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            b.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            b.clicked.connect(lambda _=False, r=rang: self.change.emit(r))
            self._groupe.addButton(b)
            self.boutons.append(b)
            rangee.addWidget(b)
        rangee.addStretch(1)
        elargir(self.boutons)
        self.fixer(0)

    def fixer(self, rang: int) -> None:
        """Shows which view is chosen, without emitting `change`."""
        self.boutons[rang].setChecked(True)

    def fixer_texte(self, rang: int, texte: str) -> None:
        """Changes what a button says (a count)."""
        self.boutons[rang].setText(texte)
        self.boutons[rang].setAccessibleName(texte.replace("&", ""))
        elargir(self.boutons)

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        pas = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(evenement.key()), 0)
        if not pas:
            super().keyPressEvent(evenement)
            return
        rang = next(i for i, b in enumerate(self.boutons) if b.isChecked()) + pas
        if 0 <= rang < len(self.boutons):
            self.boutons[rang].setFocus(Qt.FocusReason.OtherFocusReason)
            self.boutons[rang].click()
