"""A question asked before something is done: the whole sentence, never cut, and two answers that say what they do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QMessageBox, QScrollArea, QVBoxLayout, QWidget

from ui.frappe import visite
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle


class DialogueAjuste(QDialog):
    """A dialog as tall as its wrapped texts ask, whatever they become."""

    def showEvent(self, evenement: QShowEvent) -> None:
        """Measures once the fonts are known."""
        super().showEvent(evenement)
        self.ajuster()

    def ajuster(self) -> None:
        """Takes the height its texts need at its width."""
        disposition = self.layout()
        if disposition is not None and disposition.hasHeightForWidth():
            disposition.activate()
            self.setMinimumHeight(0)
            besoin = disposition.totalHeightForWidth(self.width())
            self.setMinimumHeight(besoin)
            self.resize(self.width(), max(besoin, self.height()))


class Question(DialogueAjuste):
    """A small window with a title, a text and two buttons.

    Args:
        titre: what is asked, in a few words.
        texte: what will happen, in whole sentences.
        oui: text of the button that does it; empty for no such button.
        non: text of the button that gives up.
        danger: True when something is removed: the button says so, and Enter gives up.
        lignes: details, a line each, in a part that scrolls.
    """

    def __init__(
        self,
        parent: QWidget | None,
        titre: str,
        texte: str,
        oui: str,
        non: str = "Annuler",
        danger: bool = False,
        lignes: tuple[str, ...] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(titre)
        self.setMinimumWidth(480)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle(titre, "sous-titre"))
        self.texte = Libelle(texte)
        colonne.addWidget(self.texte)
        if lignes:
            colonne.addWidget(_details(lignes), 1)
            self.resize(620, min(200 + 44 * len(lignes), 560))
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        self.refus = bouton(non, self.reject)
        rangee.addWidget(self.refus)
        self.accord = bouton(oui, self.accept, "danger" if danger else "primaire")
        if not oui:
            self.accord.hide()
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)
        defaut = self.refus if danger or not oui else self.accord
        defaut.setDefault(True)
        defaut.setFocus(Qt.FocusReason.OtherFocusReason)


class Boite(QMessageBox):
    """A message box that shows its texts as they are: a name in one of them is never read as a page."""

    def __init__(
        self, icone: QMessageBox.Icon, titre: str, texte: str, parent: QWidget | None = None, detail: str = ""
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIcon(icone)
        self.setWindowTitle(titre)
        self.setText(texte)
        self.setInformativeText(detail)


def _details(lignes: tuple[str, ...]) -> QScrollArea:
    zone = QScrollArea()
    zone.setWidgetResizable(True)
    zone.setFrameShape(QFrame.Shape.NoFrame)
    zone.setAccessibleName("Détail")
    zone.setMinimumHeight(120)
    dedans = QWidget()
    dedans.setObjectName("transparent")
    colonne = QVBoxLayout(dedans)
    colonne.setContentsMargins(0, 0, 8, 0)
    colonne.setSpacing(7)
    for ligne in lignes:
        colonne.addWidget(Libelle(ligne))
    colonne.addStretch(1)
    zone.setWidget(dedans)
    return zone


def demander(
    parent: QWidget | None,
    titre: str,
    texte: str,
    oui: str,
    non: str = "Annuler",
    danger: bool = False,
    lignes: tuple[str, ...] = (),
) -> bool:
    """Asks, and tells whether the person agreed; see `Question`. Nothing is asked of someone who is typing: no."""
    if visite.en_frappant():
        return False
    question = Question(parent, titre, texte, oui, non, danger, lignes)
    accord = question.exec() == QDialog.DialogCode.Accepted
    question.deleteLater()
    return accord
