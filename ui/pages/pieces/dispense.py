"""Asks why a piece is without object: the reason is typed, it prints on the cover."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esms_desktop.regles.dossier.pieces import EtatPiece
from ui.widgets.boutons import bouton
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

_MOTIF_MAX = 400


class DialogueDispense(DialogueAjuste):
    """The piece, and the reason; nothing is written without one."""

    def __init__(self, piece: EtatPiece, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Pièce {piece.numero} sans objet")
        self.setMinimumWidth(520)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle(f"Pourquoi la pièce {piece.numero} est-elle sans objet ?", "sous-titre"))
        colonne.addWidget(
            Libelle(
                f"« {piece.titre} » ne manquera plus au dossier. Le motif s’imprime sur la couverture : l’instructeur le "
                "lit. Un accord de l’ARS s’y cite avec sa date."
            )
        )
        self.saisie = QLineEdit(piece.motif if piece.dispensee else "")
        self.saisie.setMaxLength(_MOTIF_MAX)
        colonne.addWidget(etiquette_de("Motif", self.saisie))
        colonne.addWidget(self.saisie)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        self.accord = bouton("Dire sans objet", self.accept, "primaire")
        self.accord.setDefault(True)
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)
        self.saisie.textChanged.connect(lambda _: self._permettre())
        self._permettre()
        self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def _permettre(self) -> None:
        self.accord.setEnabled(bool(self.saisie.text().strip()))


def demander_motif(parent: QWidget | None, piece: EtatPiece) -> str | None:
    """The reason typed, None when the person gives up."""
    dialogue = DialogueDispense(piece, parent)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    motif = dialogue.saisie.text()
    dialogue.deleteLater()
    return motif if accepte else None
