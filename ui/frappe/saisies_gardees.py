"""The texts that were typed and are not in the dossier: each can be put back where it was, copied, or given up."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, date_courte, heure, pluriel
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

if TYPE_CHECKING:
    from esms_desktop.base.saisies import Saisie
    from ui.frappe.veille import Veille

_LIGNES = 4


class DialogueSaisies(DialogueAjuste):
    """Every text that is kept.

    Args:
        veille: keeps them.
        noms: name of a dossier by its key; empty when it is gone.
        remettre: goes to the place of a text and puts it back there; False when that place is no more.
    """

    def __init__(
        self,
        veille: "Veille",
        noms: Callable[[int], str],
        remettre: Callable[["Saisie"], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._veille, self._noms, self._remettre = veille, noms, remettre
        self.setWindowTitle("Saisies gardées")
        self.setAccessibleName("Saisies gardées")
        self.setMinimumWidth(640)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle("Saisies gardées", "sous-titre"))
        self.phrase = Libelle("")
        colonne.addWidget(self.phrase)
        self.zone = QScrollArea()
        self.zone.setWidgetResizable(True)
        self.zone.setFrameShape(QFrame.Shape.NoFrame)
        self.zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.zone.setAccessibleName("Textes gardés")
        self.zone.setMinimumHeight(260)
        colonne.addWidget(self.zone, 1)
        bas = QHBoxLayout()
        bas.addStretch(1)
        self.fermer = bouton("&Fermer", self.accept, aide="Ce qui reste ici reste gardé (Échap)")
        bas.addWidget(self.fermer)
        colonne.addLayout(bas)
        self._montrer()
        self.resize(680, 480)

    def _montrer(self) -> None:
        gardees = self._veille.gardees
        self.phrase.setText(
            f"{pluriel(len(gardees), 'texte tapé n’est', 'textes tapés ne sont')} pas dans le dossier. "
            "Remettez-les à leur place, copiez-les ou jetez-les\u00a0; fermer cette fenêtre les garde."
            if gardees
            else "Tout ce que vous avez tapé est enregistré."
        )
        dedans = QWidget()
        dedans.setObjectName("transparent")
        pile = QVBoxLayout(dedans)
        pile.setContentsMargins(0, 0, 8, 0)
        pile.setSpacing(10)
        for saisie in reversed(gardees):
            pile.addWidget(self._carte(saisie))
        pile.addStretch(1)
        self.zone.setWidget(dedans)

    def _carte(self, saisie: "Saisie") -> Carte:
        nom = f"{saisie.champ} — {saisie.de}" if saisie.de else saisie.champ
        carte = Carte(nom or "Texte")
        carte.ajouter_texte(self._ou(saisie), "petit")
        texte = QPlainTextEdit(saisie.texte)
        texte.setReadOnly(True)
        texte.setTabChangesFocus(True)
        texte.setAccessibleName(f"Texte gardé{NBSP}: {nom}")
        lignes = min(saisie.texte.count("\n") + 1 + len(saisie.texte) // 80, _LIGNES)
        texte.setFixedHeight(lignes * texte.fontMetrics().lineSpacing() + 30)
        carte.ajouter(texte)
        rangee = QHBoxLayout()
        rangee.setSpacing(8)
        remettre = bouton(
            "&Remettre à sa place",
            lambda: self._a_sa_place(saisie),
            aide="Ouvre la page et remet ce texte dans son champ",
        )
        remettre.setEnabled(bool(saisie.page and self._noms(saisie.dossier)))
        rangee.addWidget(remettre)
        rangee.addWidget(bouton("&Copier", lambda: QGuiApplication.clipboard().setText(saisie.texte)))
        rangee.addStretch(1)
        rangee.addWidget(bouton("&Jeter", lambda: self._jeter(saisie), "danger", "Ce texte n’est plus gardé"))
        carte.corps.addLayout(rangee)
        return carte

    def _ou(self, saisie: "Saisie") -> str:
        morceaux = []
        if nom := self._noms(saisie.dossier):
            morceaux.append(f"Dossier «{NBSP}{nom}{NBSP}»")
        if saisie.quand:
            quand = datetime.fromisoformat(saisie.quand).astimezone()
            morceaux.append(f"tapé le {date_courte(quand.date())} à {heure(quand)}")
        return ", ".join(morceaux)

    def _a_sa_place(self, saisie: "Saisie") -> None:
        if self._remettre(saisie):
            self._veille.jeter(saisie)
            self.accept()
            return
        QGuiApplication.clipboard().setText(saisie.texte)
        self.phrase.setText(
            "L’endroit où ce texte fut tapé n’est plus là, ou se remplit autrement. Le texte est dans le presse-papiers\u00a0: "
            "collez-le où vous voulez\u00a0; il reste gardé ici."
        )

    def _jeter(self, saisie: "Saisie") -> None:
        self._veille.jeter(saisie)
        if self._veille.gardees:
            self._montrer()
        else:
            self.accept()
