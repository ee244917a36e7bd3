"""Asks for the phrase of a base; its recovery code, typed in its place, opens it too."""

from PySide6.QtWidgets import QDialog, QWidget

from ui.widgets.libelle import Libelle
from ui.widgets.secret import DialogueSecret


class DialoguePhrase(DialogueSecret):
    """A question, the phrase, and a button to see what is typed."""

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__("La base est chiffrée", question, "Continuer", parent)
        self.setWindowTitle("Phrase secrète de la base")
        self.saisie = self.ajouter_secret("Phrase secrète ou code de secours")
        self.corps.addWidget(self.saisie.voir)
        self.corps.addWidget(
            Libelle(
                "Sans elle, sans le trousseau de votre session et sans le code de secours de la feuille, personne ne peut lire "
                "les dossiers, pas même nous.",
                "petit",
            )
        )
        self.accord.setEnabled(False)
        self.saisie.textChanged.connect(lambda t: self.accord.setEnabled(bool(t.strip())))
        self.saisie.setFocus()


def demander_phrase(question: str, parent: QWidget | None = None) -> str | None:
    """The phrase typed, None when the person gave up."""
    dialogue = DialoguePhrase(question, parent)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    phrase = dialogue.saisie.text()
    dialogue.deleteLater()
    return phrase if accepte else None
