"""The recovery code in the window: shown with its sheet, then hidden while its last group is typed back."""

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from ui import theme
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

if TYPE_CHECKING:
    from ui.contexte import Contexte

_PAR_LIGNE = 3


class DialogueCode(DialogueAjuste):
    """The code, its sheet, and the proof that the person holds it. `confirme`: it is kept nowhere any more.

    Args:
        code: groups of four signs joined by hyphens.
    """

    confirme = Signal()

    def __init__(self, contexte: "Contexte", code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Code de secours")
        self.setMinimumWidth(600)
        self.contexte, self._code = contexte, code
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle("Le code de secours de votre base", "sous-titre"))
        self.pile = QStackedWidget()
        colonne.addWidget(self.pile)
        self.pile.addWidget(self._montrer())
        self.pile.addWidget(self._verifier())

    def showEvent(self, evenement: QShowEvent) -> None:
        """Enter prints: it must not put off what is shown once."""
        super().showEvent(evenement)
        if self.pile.currentIndex() == 0:
            self.imprimer.setFocus()

    def _montrer(self) -> QWidget:
        page, colonne = _page()
        colonne.addWidget(
            Libelle(
                "Il ouvre la base à lui seul si la phrase est oubliée, si le trousseau ou l’ordinateur est perdu. Le logiciel ne le "
                "garde pas\u00a0: il n’existe que sur la feuille que vous imprimez ou recopiez maintenant. Rangez-la loin de l’ordinateur."
            )
        )
        carte = Carte()
        grille = QGridLayout()
        grille.setHorizontalSpacing(28)
        grille.setVerticalSpacing(10)
        police = QFont("monospace")
        police.setStyleHint(QFont.StyleHint.Monospace)
        police.setPointSizeF(theme.taille(1.3))
        for rang, groupe in enumerate(self._code.split("-")):
            libelle = Libelle(groupe)
            libelle.setFont(police)
            libelle.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            libelle.setAccessibleName(f"Groupe {rang + 1}\u00a0: {' '.join(groupe)}")
            grille.addWidget(libelle, rang // _PAR_LIGNE, rang % _PAR_LIGNE)
        carte.corps.addLayout(grille)
        colonne.addWidget(carte)
        self.message = Libelle(
            "Il n’a ni I, ni L, ni O, ni U. Un PDF enregistré ouvre la base comme la feuille\u00a0: jamais sur cet ordinateur.",
            "petit",
        )
        colonne.addWidget(self.message)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.plus_tard = bouton(
            "Plus &tard", self.reject, aide="Le code sera montré de nouveau au prochain démarrage"
        )
        self.imprimer = bouton("&Imprimer la feuille…", self._imprimer)
        self.suite = bouton("J’ai la &feuille", self._passer, "primaire")
        rangee.addWidget(self.plus_tard)
        rangee.addStretch(1)
        rangee.addWidget(self.imprimer)
        rangee.addWidget(self.suite)
        colonne.addLayout(rangee)
        self.imprimer.setDefault(True)
        return page

    def _verifier(self) -> QWidget:
        page, colonne = _page()
        colonne.addWidget(
            Libelle(
                "Recopiez le dernier groupe de la feuille, celui qui est en bas à droite. Le code s’effacera ensuite d’ici."
            )
        )
        self.saisie = QLineEdit()
        self.saisie.setMaxLength(9)
        colonne.addWidget(etiquette_de("Dernier groupe de la feuille", self.saisie))
        colonne.addWidget(self.saisie)
        self.erreur = Libelle("", "erreur")
        self.erreur.hide()
        colonne.addWidget(self.erreur)
        colonne.addStretch(1)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addWidget(bouton("&Revoir le code", self._revenir))
        rangee.addStretch(1)
        self.valider = bouton("&Confirmer", self._confirmer, "primaire")
        self.valider.setEnabled(False)
        self.saisie.textChanged.connect(lambda t: self.valider.setEnabled(len(t.strip()) >= 4))
        self.saisie.returnPressed.connect(self._confirmer)
        rangee.addWidget(self.valider)
        colonne.addLayout(rangee)
        return page

    def _imprimer(self) -> None:
        from esms_desktop.documents.feuille_secours import feuille_secours
        from ui.widgets.impression import apercevoir

        jour = self.contexte.jour()
        feuille = feuille_secours(
            self._code, self.contexte.base.chemin.name, platform.node() or "cet ordinateur", jour
        )
        apercevoir(
            self,
            self.contexte.taches,
            "Imprimer la feuille du code de secours",
            "code-de-secours",
            [(feuille.titre, feuille)],
            jour,
            lambda e: self._dire(str(e)),
        )

    def _dire(self, phrase: str) -> None:
        self.message.setText(phrase)
        self.message.fixer_genre("bad")

    def _passer(self) -> None:
        self.pile.setCurrentIndex(1)
        self.saisie.setFocus()

    def _revenir(self) -> None:
        self.pile.setCurrentIndex(0)
        self.suite.setFocus()

    def _confirmer(self) -> None:
        from esms_desktop.base import cles

        base = self.contexte.base
        if base.cle is None or not self.valider.isEnabled():
            return
        try:
            juste = cles.confirmer(base.chemin, base.cle, self._code, self.saisie.text())
        except ErreurEsms as e:
            self._refuser(str(e))
            return
        if not juste:
            self._refuser(
                "Ce n’est pas le dernier groupe de ce code\u00a0: vérifiez la feuille, ou revoyez le code."
            )
            return
        self.confirme.emit()
        self.accept()

    def _refuser(self, phrase: str) -> None:
        self.erreur.setText(phrase)
        self.erreur.show()
        self.ajuster()


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setObjectName("transparent")
    colonne = QVBoxLayout(page)
    colonne.setContentsMargins(0, 0, 0, 0)
    colonne.setSpacing(12)
    return page, colonne
