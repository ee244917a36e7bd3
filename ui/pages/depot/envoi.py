"""Asks which pieces go with the answer to a complement that names none."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.regles.dossier.pieces import EtatPiece
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste


class DialoguePieces(DialogueAjuste):
    """A box for each piece that holds something."""

    def __init__(self, pieces: Sequence[EtatPiece], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Pièces de la réponse")
        self.setMinimumWidth(480)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle("Quelles pièces répondent à cette demande\u00a0?", "sous-titre"))
        possibles = [
            p for p in pieces if p.obligation != "sans-objet" and (p.fichiers or p.production == "generee")
        ]
        texte = (
            "La demande ne nomme aucune pièce\u00a0: cochez celles à envoyer."
            if possibles
            else "Aucune pièce ne contient encore de document\u00a0: joignez d’abord la réponse sur la page Pièces."
        )
        colonne.addWidget(Libelle(texte))
        self.cases = {p.numero: QCheckBox(f"{p.numero}. {p.titre}") for p in possibles}
        for case in self.cases.values():
            case.toggled.connect(self._actualiser)
            colonne.addWidget(case)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        self.accord = bouton("Continuer", self.accept, "primaire")
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)
        self._actualiser()

    def choisies(self) -> list[int]:
        """Numbers of the pieces ticked."""
        return [numero for numero, case in self.cases.items() if case.isChecked()]

    def _actualiser(self) -> None:
        self.accord.setEnabled(bool(self.choisies()))


def choisir_pieces(parent: QWidget, pieces: Sequence[EtatPiece]) -> list[int] | None:
    """The numbers chosen, None when the person gives up."""
    dialogue = DialoguePieces(pieces, parent)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    choisies = dialogue.choisies()
    dialogue.deleteLater()
    return choisies if accepte else None
