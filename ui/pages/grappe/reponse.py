"""One answer to a declared fact, for several ESSMS at once."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import pluriel
from esms_desktop.gestes import grappe as gestes
from esms_desktop.lecture import Essms
from ui.models.fiches import FAITS, ChampFiche
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

if TYPE_CHECKING:
    from ui.contexte import Contexte


class DialogueReponse(DialogueAjuste):
    """Which question, which answer, for which ESSMS.

    Args:
        tous: the ESSMS of the grappe.
        choisis: those selected in the table.
        fait: field of the question shown first.
    """

    def __init__(
        self,
        parent: QWidget | None,
        tous: Sequence[Essms],
        choisis: Sequence[Essms],
        fait: str = FAITS[0].nom,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Répondre pour plusieurs ESSMS")
        self.setMinimumWidth(560)
        self._tous, self._choisis = list(tous), list(choisis)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(14)
        colonne.addWidget(Libelle("Répondre pour plusieurs ESSMS", "sous-titre"))
        self.question = ChampChoix("Question", [(f.nom, f.libelle) for f in FAITS])
        self.question.fixer(fait)
        self.question.change.connect(lambda _: self._actualiser())
        colonne.addWidget(self.question)
        self.explication = Libelle("", "petit")
        colonne.addWidget(self.explication)
        self.reponse = ChoixTriEtat("Réponse")
        self.reponse.change.connect(lambda _: self._actualiser())
        colonne.addWidget(self.reponse)
        self.portee = ChampChoix("Pour")
        self.portee.fixer("choisis" if len(self._choisis) > 1 else "tous")
        self.portee.change.connect(lambda _: self._actualiser())
        colonne.addWidget(self.portee)
        self.effet = Libelle("", "muet")
        colonne.addWidget(self.effet)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        self.accord = bouton("&Répondre", self.accept, "primaire")
        self.accord.setDefault(True)
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)
        self._actualiser()

    @property
    def fait(self) -> ChampFiche:
        """The question."""
        return next(f for f in FAITS if f.nom == self.question.valeur)

    @property
    def concernes(self) -> list[Essms]:
        """The ESSMS answered for."""
        if self.portee.valeur == "choisis":
            return self._choisis
        if self.portee.valeur == "sans-reponse":
            return self._sans_reponse()
        return self._tous

    def _sans_reponse(self) -> list[Essms]:
        return [e for e in self._tous if getattr(e, self.fait.nom) is None]

    def _actualiser(self) -> None:
        portees = (
            ("choisis", "Les ESSMS choisis dans le tableau", self._choisis),
            ("sans-reponse", "Ceux qui n’ont pas encore de réponse", self._sans_reponse()),
            ("tous", "Tous les ESSMS de la grappe", self._tous),
        )
        if self.portee.valeur == "sans-reponse" and not self._sans_reponse():
            self.portee.fixer("tous")
        self.portee.fixer_options(
            [(cle, f"{texte} ({len(essms)})") for cle, texte, essms in portees if essms]
        )
        self.explication.setText(self.fait.champ.aide)
        self.effet.setText(self._phrase())
        self.accord.setEnabled(bool(self.concernes))
        if self.isVisible():
            self.ajuster()

    def _phrase(self) -> str:
        valeur = self.reponse.valeur
        changes = [e for e in self.concernes if getattr(e, self.fait.nom) is not valeur]
        remplaces = sum(getattr(e, self.fait.nom) is not None for e in changes)
        mot = {True: "« Oui »", False: "« Non »", None: "« Non répondu »"}[valeur]
        if not changes:
            return f"Ces ESSMS ont déjà la réponse {mot} : rien ne changera."
        phrase = f"{pluriel(len(changes), 'ESSMS aura', 'ESSMS auront')} la réponse {mot}."
        if remplaces:
            phrase += f" {pluriel(remplaces, 'réponse déjà donnée sera remplacée', 'réponses déjà données seront remplacées')}."
        return phrase


def repondre_pour_plusieurs(
    parent: QWidget,
    contexte: "Contexte",
    tous: Sequence[Essms],
    choisis: Sequence[Essms],
    dire: Callable[[str], object],
    fait: str = FAITS[0].nom,
) -> bool:
    """Asks, writes in one gesture, and says how many answers changed; False when the person gave up."""
    dialogue = DialogueReponse(parent, tous, choisis, fait)
    accord = dialogue.exec() == QDialog.DialogCode.Accepted
    if accord:
        question = dialogue.fait
        combien = contexte.accomplir(
            gestes.repondre, dialogue.concernes, question.nom, dialogue.reponse.valeur, question.libelle
        )
        dire_reponses(combien or 0, dire)
    dialogue.deleteLater()
    return accord


def dire_reponses(combien: int, dire: Callable[[str], object]) -> None:
    """Says how many answers were written, when there are any."""
    if combien:
        dire(f"{pluriel(combien, 'réponse enregistrée', 'réponses enregistrées')}.")
