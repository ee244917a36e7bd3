"""What is typed in secret: a phrase, a recovery code; and a phrase chosen twice, told how well it protects."""

from typing import TypeVar

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from esms_desktop.base.secrets import juger
from ui.widgets.boutons import bouton
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

S = TypeVar("S", bound=QLineEdit)


class SaisieSecrete(QLineEdit):
    """A line whose signs are hidden until the person asks to see them; `voir` is the button that does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.voir = QPushButton("&Afficher ce que je tape")
        self.voir.setCheckable(True)
        self.voir.setProperty("role", "lien")
        self.voir.setAutoDefault(False)
        self.voir.toggled.connect(
            lambda oui: self.setEchoMode(QLineEdit.EchoMode.Normal if oui else QLineEdit.EchoMode.Password)
        )


class DialogueSecret(DialogueAjuste):
    """A dialog with a title, texts, fields, an error under them, and two buttons.

    Args:
        titre: what is asked; `texte`: why, in whole sentences.
        oui: text of the button that goes on.
    """

    def __init__(self, titre: str, texte: str, oui: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(titre)
        self.setMinimumWidth(520)
        self._colonne = QVBoxLayout(self)
        self._colonne.setContentsMargins(24, 20, 24, 18)
        self._colonne.setSpacing(10)
        self._colonne.addWidget(Libelle(titre, "sous-titre"))
        self.texte = Libelle(texte)
        self._colonne.addWidget(self.texte)
        self.corps = QVBoxLayout()
        self.corps.setSpacing(8)
        self._colonne.addLayout(self.corps)
        self.erreur = Libelle("", "erreur")
        self.erreur.hide()
        self._colonne.addWidget(self.erreur)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        self.refus = bouton("Annuler", self.reject)
        self.accord = bouton(oui, self.valider, "primaire")
        self.accord.setDefault(True)
        rangee.addWidget(self.refus)
        rangee.addWidget(self.accord)
        self._colonne.addLayout(rangee)

    def ajouter_saisie(self, nom: str) -> QLineEdit:
        """Adds a field under the others."""
        return self._poser(nom, QLineEdit())

    def ajouter_secret(self, nom: str) -> SaisieSecrete:
        """Adds a field whose signs are hidden under the others; its button is the caller's to put."""
        return self._poser(nom, SaisieSecrete())

    def _poser(self, nom: str, saisie: S) -> S:
        self.corps.addWidget(etiquette_de(nom, saisie))
        self.corps.addWidget(saisie)
        return saisie

    def dire(self, phrase: str) -> None:
        """Shows why what was typed is refused; nothing when empty."""
        self.erreur.setText(phrase)
        self.erreur.setVisible(bool(phrase))
        self.ajuster()

    def valider(self) -> None:
        """Goes on; a subclass checks first."""
        self.accept()


class DialogueNouvellePhrase(DialogueSecret):
    """A new phrase, typed twice: refused under a floor, told when it is weak. `phrase`: the one that was accepted."""

    def __init__(self, titre: str, texte: str, parent: QWidget | None = None) -> None:
        super().__init__(titre, texte, "&Prendre cette phrase", parent)
        self.phrase = ""
        self.saisie = self.ajouter_secret("Nouvelle phrase secrète")
        self.force = Libelle("Trois ou quatre mots sans rapport entre eux, que vous retiendrez.", "petit")
        self.corps.addWidget(self.force)
        self.encore = self.ajouter_secret("La même, une seconde fois")
        self.saisie.voir.toggled.connect(self.encore.voir.setChecked)
        self.corps.addWidget(self.saisie.voir)
        self.saisie.textChanged.connect(self._juger)
        self.encore.textChanged.connect(lambda _: self._juger())
        self.saisie.setFocus()
        self._juger()

    def _juger(self, _texte: str = "") -> None:
        phrase = self.saisie.text()
        force = juger(phrase)
        if not phrase:
            self.force.setText("Trois ou quatre mots sans rapport entre eux, que vous retiendrez.")
            self.force.fixer_genre("")
        elif force.refusee:
            self.force.setText(f"Trop faible. {force.pourquoi}")
            self.force.fixer_genre("bad")
        elif force.faible:
            self.force.setText(f"Faible. {force.pourquoi}")
            self.force.fixer_genre("warn")
        else:
            self.force.setText("Cette phrase protège bien.")
            self.force.fixer_genre("ok")
        self.accord.setEnabled(bool(phrase) and not force.refusee and bool(self.encore.text()))
        self.dire("")

    def valider(self) -> None:
        """Takes the phrase when both are the same."""
        if self.saisie.text() != self.encore.text():
            self.dire("Les deux phrases sont différentes\u00a0: retapez la seconde.")
            return
        self.phrase = self.saisie.text()
        self.accept()


def choisir_phrase(parent: QWidget | None, titre: str, texte: str) -> str | None:
    """A new phrase; None when the person gives up."""
    dialogue = DialogueNouvellePhrase(titre, texte, parent)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    phrase = dialogue.phrase
    dialogue.deleteLater()
    return phrase if accepte else None


class DialogueCodeTape(DialogueSecret):
    """The recovery code as it is copied from its sheet; said at once when a sign is wrong. `code`: as it was accepted."""

    def __init__(self, titre: str, texte: str, oui: str, parent: QWidget | None = None) -> None:
        super().__init__(titre, texte, oui, parent)
        self.code = ""
        self.saisie = self.ajouter_saisie("Code de secours, neuf groupes de quatre signes")
        self.saisie.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.saisie.textChanged.connect(lambda t: self.accord.setEnabled(bool(t.strip())))
        self.accord.setEnabled(False)
        self.saisie.setFocus()

    def valider(self) -> None:
        """Goes on when the code is whole and well copied."""
        from esms_desktop.base.secrets import exiger_un_code
        from esms_desktop.errors import ErreurCle

        try:
            exiger_un_code(self.saisie.text())
        except ErreurCle as e:
            self.dire(str(e))
            return
        self.code = self.saisie.text()
        self.accept()


def demander_code(parent: QWidget | None, titre: str, texte: str, oui: str) -> str | None:
    """The recovery code typed; None when the person gives up."""
    dialogue = DialogueCodeTape(titre, texte, oui, parent)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    code = dialogue.code
    dialogue.deleteLater()
    return code if accepte else None
