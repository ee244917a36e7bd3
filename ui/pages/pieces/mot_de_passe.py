"""Asks for the password of a PDF that opens with one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.boutons import bouton
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste


class DialogueMotDePasse(DialogueAjuste):
    """The name of the file, its password, and a way to give up.

    Args:
        nom: the file.
        faux: True when the password given before was not the right one.
    """

    def __init__(self, nom: str, faux: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("PDF protégé")
        self.setMinimumWidth(480)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle("Ce PDF demande un mot de passe", "sous-titre"))
        colonne.addWidget(
            Libelle(
                f"«\u00a0{nom}\u00a0» ne s’ouvre qu’avec son mot de passe, et le financeur ne l’aurait pas. Donnez-le ici\u00a0: "
                "c’est une copie sans protection qui sera jointe. Le mot de passe n’est conservé nulle part."
            )
        )
        self.saisie = QLineEdit()
        self.saisie.setEchoMode(QLineEdit.EchoMode.Password)
        colonne.addWidget(etiquette_de("Mot de passe du PDF", self.saisie))
        colonne.addWidget(self.saisie)
        self.erreur = Libelle("Ce n’est pas le bon mot de passe." if faux else "", "erreur")
        colonne.addWidget(self.erreur)
        self.erreur.setVisible(faux)
        self.voir = QCheckBox("&Afficher ce que je tape")
        self.voir.toggled.connect(
            lambda oui: self.saisie.setEchoMode(
                QLineEdit.EchoMode.Normal if oui else QLineEdit.EchoMode.Password
            )
        )
        colonne.addWidget(self.voir)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Ne pas joindre", self.reject))
        self.accord = bouton("Joindre la copie", self.accept, "primaire")
        self.accord.setEnabled(False)
        self.accord.setDefault(True)
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)
        self.saisie.textChanged.connect(lambda t: self.accord.setEnabled(bool(t)))
        self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)


def demander_mot_de_passe(parent: QWidget | None, nom: str, faux: bool = False) -> str | None:
    """The password typed, None when the person gives up."""
    dialogue = DialogueMotDePasse(nom, faux, parent)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    mot = dialogue.saisie.text()
    dialogue.deleteLater()
    return mot if accepte else None
