"""Asks for the phrase of a base; its recovery code, typed in its place, opens it too."""

from PySide6.QtWidgets import QDialog, QWidget

from ui.widgets.champs.secret import DialogueSecret, choisir_phrase
from ui.widgets.libelle import Libelle


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


class Demandeur:
    """What a base asks the person: its phrase, or, for a base to make, a new one typed twice in one dialog.

    Args:
        neuve: whether the base is to be made.
    """

    def __init__(self, neuve: bool, parent: QWidget | None = None) -> None:
        self._neuve, self._parent = neuve, parent
        self._choisie: str | None = None

    def __call__(self, question: str) -> str | None:
        """The answer to a question; None when the person gave up."""
        if not self._neuve:
            return demander_phrase(question, self._parent)
        if self._choisie is not None:
            # Asked a second time to be sure: the dialog has seen to it.
            encore, self._choisie = self._choisie, None
            return encore
        self._choisie = choisir_phrase(self._parent, "Protéger la base", question)
        return self._choisie
