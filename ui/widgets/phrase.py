"""Asks for the passphrase of the base."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.champ import etiquette_de
from ui.widgets.libelle import Libelle


class DialoguePhrase(QDialog):
    """A question, the passphrase, and a button to see what is typed."""

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Phrase de passe de la base")
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 20, 22, 18)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle("La base est chiffrée", "sous-titre"))
        texte = Libelle(question)
        texte.setMinimumWidth(430)
        colonne.addWidget(texte)
        self.saisie = QLineEdit()
        self.saisie.setEchoMode(QLineEdit.EchoMode.Password)
        colonne.addWidget(etiquette_de("Phrase de passe", self.saisie))
        colonne.addWidget(self.saisie)
        self._voir = QPushButton("&Afficher ce que je tape")
        self._voir.setCheckable(True)
        self._voir.setProperty("role", "lien")
        self._voir.setAutoDefault(False)
        self._voir.toggled.connect(
            lambda oui: self.saisie.setEchoMode(
                QLineEdit.EchoMode.Normal if oui else QLineEdit.EchoMode.Password
            )
        )
        colonne.addWidget(self._voir)
        colonne.addWidget(
            Libelle(
                "Sans elle, personne ne peut lire les dossiers, pas même nous : notez-la en lieu sûr.",
                "petit",
            )
        )
        boutons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.valider = boutons.button(QDialogButtonBox.StandardButton.Ok)
        self.valider.setText("Ouvrir la base")
        self.valider.setProperty("role", "primaire")
        self.valider.setEnabled(False)
        self.saisie.textChanged.connect(lambda t: self.valider.setEnabled(bool(t.strip())))
        boutons.accepted.connect(self.accept)
        boutons.rejected.connect(self.reject)
        colonne.addWidget(boutons)
        self.saisie.setFocus()


def demander_phrase(question: str, parent: QWidget | None = None) -> str | None:
    """The passphrase typed, None when the person gave up."""
    dialogue = DialoguePhrase(question, parent)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    phrase = dialogue.saisie.text()
    dialogue.deleteLater()
    return phrase if accepte else None
