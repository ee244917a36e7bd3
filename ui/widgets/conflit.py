"""Someone else wrote meanwhile: what is there beside what the person wants, and she chooses."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from esms_desktop.base.conflits import RETRAIT
from ui.models import conflits as mots
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Filet, Libelle
from ui.widgets.question import DialogueAjuste

if TYPE_CHECKING:
    from esms_desktop.base.conflits import Divergence
    from ui.contexte import Conflit

_HAUT = 420


class DialogueConflit(DialogueAjuste):
    """Every field whose value was changed. `plus_tard()`: closed without a choice; what was typed is still to be written.

    No button answers to Enter, for the person may be typing when it opens.
    """

    plus_tard = Signal()

    def __init__(self, conflit: "Conflit", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._conflit = conflit
        seul, retrait = len(conflit.divergences) == 1, mots.est_un_retrait(conflit.divergences)
        titre = "Cette valeur vient d’être changée" if seul else "Ces valeurs viennent d’être changées"
        self.setWindowTitle(titre)
        self.setMinimumWidth(560)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle(titre, "sous-titre"))
        self.texte = Libelle(_explication(seul, retrait))
        colonne.addWidget(self.texte)
        self.valeurs = _Valeurs(conflit)
        colonne.addWidget(self.valeurs, 1)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.tard = bouton(
            "Décider plus &tard", self.reject, aide="Ce que vous avez saisi n’est pas perdu (Échap)"
        )
        leur, mienne = (
            ("&Garder la leur", "&Mettre la mienne") if seul else ("&Garder les leurs", "&Mettre les miennes")
        )
        self.garder = bouton(
            "&Ne rien retirer" if retrait else leur,
            self._garder,
            aide="Rien n’est retiré"
            if retrait
            else "Ce que vous avez saisi laisse la place à ce qui est enregistré",
        )
        self.mettre = bouton(
            "&Retirer quand même" if retrait else mienne,
            self._mettre,
            aide="Ce qui vient d’être changé part aussi\u00a0; Ctrl+Z le ramène"
            if retrait
            else "Ce que vous avez saisi remplace ce qui est enregistré\u00a0; Ctrl+Z l’annule",
        )
        rangee.addWidget(self.tard)
        rangee.addStretch(1)
        rangee.addWidget(self.garder)
        rangee.addWidget(self.mettre)
        colonne.addLayout(rangee)
        self.setAccessibleName(titre)
        self.setAccessibleDescription(" ".join((self.texte.text(), *self.valeurs.phrases)))
        self.valeurs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _garder(self) -> None:
        # Before the focus goes back where the person was typing: it is what is there that she finds.
        self._conflit.garder()
        self.accept()

    def _mettre(self) -> None:
        self.accept()
        self._conflit.mettre()

    def reject(self) -> None:
        """Closes; the choice is still to be made."""
        super().reject()
        self.plus_tard.emit()

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """Enter presses the button that has the focus, and no other."""
        if evenement.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            vise = self.focusWidget()
            if isinstance(vise, QPushButton):
                vise.click()
            return
        super().keyPressEvent(evenement)


def _explication(seul: bool, retrait: bool) -> str:
    if retrait:
        return "Ce que vous retirez a été changé depuis que vous l’avez sous les yeux. Rien n’a été retiré\u00a0: choisissez."
    debut = "Elle ne dit plus" if seul else "Elles ne disent plus"
    return f"{debut} ce que vous aviez sous les yeux. Rien n’a été écrit par-dessus\u00a0: choisissez."


class _Valeurs(QScrollArea):
    """The fields, one under the other; read by arrows."""

    def __init__(self, conflit: "Conflit") -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Ce qui est enregistré et ce que vous avez saisi")
        dedans = QWidget()
        dedans.setObjectName("transparent")
        grille = QGridLayout(dedans)
        grille.setContentsMargins(0, 0, 8, 0)
        grille.setHorizontalSpacing(16)
        grille.setVerticalSpacing(6)
        grille.setColumnStretch(0, 2)
        grille.setColumnStretch(1, 3)
        self.phrases: list[str] = []
        for d in conflit.divergences:
            if self.phrases:
                grille.addWidget(Filet(), grille.rowCount(), 0, 1, 2)
            self._poser(grille, conflit, d)
        grille.setRowStretch(grille.rowCount(), 1)
        self.setWidget(dedans)
        self.setAccessibleDescription(" ".join(self.phrases))
        self.setMinimumHeight(min(dedans.sizeHint().height() + 40, _HAUT))

    def _poser(self, grille: QGridLayout, conflit: "Conflit", d: "Divergence") -> None:
        grille.addWidget(Libelle(mots.champ(d), "fort"), grille.rowCount(), 0, 1, 2)
        lignes = (
            (mots.auteur(d), mots.dire(d, d.presente, conflit.version), "fort"),
            (
                "Votre geste" if d.voulue is RETRAIT else "Votre saisie",
                mots.dire(d, d.voulue, conflit.version),
                "fort",
            ),
            ("Vous aviez vu", mots.dire(d, d.vue, conflit.version), "muet"),
        )
        for quoi, valeur, role in lignes:
            rang = grille.rowCount()
            grille.addWidget(Libelle(quoi, "muet"), rang, 0, Qt.AlignmentFlag.AlignTop)
            grille.addWidget(Libelle(valeur, role), rang, 1, Qt.AlignmentFlag.AlignTop)
        self.phrases.append(
            f"{mots.champ(d)}. " + "\u00a0; ".join(f"{q}\u00a0: {v}" for q, v, _ in lignes) + "."
        )
