"""The base of every field: a label, an input, an error under it, and the save when the typing is finished."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, ErreurSaisie
from esms_desktop.francais import majuscule
from ui.widgets.libelle import Libelle

T = TypeVar("T")


class LigneSaisie(QLineEdit):
    """A line whose Ctrl+Z undoes its own typing first, then lets the window undo the last gesture."""

    def event(self, evenement: QEvent) -> bool:
        """Leaves the undo keys to the window when the line itself has nothing to undo."""
        if evenement.type() == QEvent.Type.ShortcutOverride and _laisse(
            evenement, self.isUndoAvailable(), self.isRedoAvailable()
        ):
            evenement.ignore()
            return False
        return super().event(evenement)


class TexteLong(QPlainTextEdit):
    """A long text that grows with what is typed; Tab leaves it."""

    fini = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self.updateGeometry)

    def event(self, evenement: QEvent) -> bool:
        """Leaves the undo keys to the window when the text itself has nothing to undo."""
        texte = self.document()
        if evenement.type() == QEvent.Type.ShortcutOverride and _laisse(
            evenement, texte.isUndoAvailable(), texte.isRedoAvailable()
        ):
            evenement.ignore()
            return False
        return super().event(evenement)

    def focusOutEvent(self, evenement: QFocusEvent) -> None:
        """The typing is finished when the focus leaves."""
        super().focusOutEvent(evenement)
        self.fini.emit()

    def sizeHint(self) -> QSize:
        """Three lines at least, twelve at most."""
        lignes = min(max(round(self.document().size().height()) + 1, 3), 12)
        return QSize(320, lignes * QFontMetrics(self.font()).lineSpacing() + 24)

    def minimumSizeHint(self) -> QSize:
        """Three lines."""
        return QSize(160, 3 * QFontMetrics(self.font()).lineSpacing() + 24)


def _laisse(evenement: Any, annulable: bool, retablissable: bool) -> bool:
    if evenement.matches(QKeySequence.StandardKey.Undo):
        return not annulable
    return bool(evenement.matches(QKeySequence.StandardKey.Redo)) and not retablissable


class Champ(QWidget, Generic[T]):
    """A field. Subclasses say how a text is read (`lire`) and written (`ecrire`).

    What cannot be read or saved stays on screen with its reason: nothing typed is lost.
    `change(value)`: a value was saved; `frappe`: the text changed, by a key or by the application.
    """

    change = Signal(object)
    frappe = Signal()

    def __init__(
        self,
        etiquette: str,
        saisie: QWidget,
        enregistrer: Callable[[T], object] | None,
        aide: str = "",
        verifier: Callable[[T], str | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.saisie = saisie
        self._enregistrer = enregistrer
        self._verifier = verifier
        self._valeur: Any = None
        # The row whose value the person has under the eyes: it stays, while she types, what others write meanwhile.
        self.ligne: Any = None
        self._suivante: Any = None
        self._en_cours = False
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(4)
        self.etiquette = Libelle(etiquette, "etiquette")
        self.etiquette.setBuddy(saisie)
        # Hidden, never shown from here: shown before it has a parent, a label would be a window.
        if not etiquette:
            self.etiquette.hide()
        saisie.setAccessibleName(etiquette)
        if aide:
            saisie.setAccessibleDescription(aide)
        self.aide = Libelle(aide, "petit")
        if not aide:
            self.aide.hide()
        self.erreur = Libelle("", "erreur")
        self.erreur.hide()
        colonne.addWidget(self.etiquette)
        colonne.addWidget(self.ligne_saisie())
        colonne.addWidget(self.erreur)
        colonne.addWidget(self.aide)
        if isinstance(saisie, QLineEdit):
            saisie.editingFinished.connect(self.valider)
            saisie.textChanged.connect(self.frappe)
        elif isinstance(saisie, TexteLong):
            saisie.fini.connect(self.valider)
            saisie.textChanged.connect(self.frappe)
        self.setFocusProxy(saisie)

    def ligne_saisie(self) -> QWidget:
        """The input as it is laid out; a subclass may put something beside it."""
        return self.saisie

    @property
    def valeur(self) -> Any:
        """The last value shown or saved."""
        return self._valeur

    def lire(self, texte: str) -> Any:
        """The value of a text; ErreurSaisie, whose message ends a sentence, when it has none."""
        raise NotImplementedError

    def ecrire(self, valeur: Any) -> str:
        """The text of a value."""
        raise NotImplementedError

    def fixer(self, valeur: Any, ligne: Any = None) -> None:
        """Shows a value without saving it, that of `ligne` when it is one of a row. A text being typed is left alone."""
        self._suivante = ligne
        if self._modifie() and self.saisie.hasFocus() and not self._en_cours:
            self._valeur = valeur
            return
        self._valeur, self.ligne = valeur, ligne
        if self.texte_saisi() != self.ecrire(valeur):
            self._afficher(self.ecrire(valeur))
        self.montrer_erreur((self._verifier(valeur) or "") if self._verifier and valeur else "")

    def valider(self) -> bool:
        """Reads and saves what is typed; True when the value is saved or unchanged."""
        if self._en_cours:
            return True
        try:
            valeur = self.lire(self.texte_saisi())
        except ErreurSaisie as e:
            self.montrer_erreur(f"{majuscule(e.message)}.")
            return False
        if valeur == self._valeur:
            self.ligne = self._suivante
            self._afficher_si_autre(valeur)
            self.montrer_erreur((self._verifier(valeur) or "") if self._verifier and valeur else "")
            return True
        return self._sauver(valeur)

    def _sauver(self, valeur: Any) -> bool:
        avant, self._en_cours = self._valeur, True
        try:
            if self._enregistrer is not None and self._enregistrer(valeur) is False:
                self.montrer_erreur(
                    "Ce changement n’a pas été enregistré. Ce que vous avez saisi reste affiché ici."
                )
                return False
        except ErreurEsms as e:
            self.montrer_erreur(str(e))
            return False
        finally:
            self._en_cours = False
        if self._valeur in (avant, valeur):
            self._valeur = valeur
            self._afficher_si_autre(valeur)
            self.montrer_erreur((self._verifier(valeur) or "") if self._verifier and valeur else "")
        self.change.emit(self._valeur)
        return True

    def montrer_erreur(self, texte: str) -> None:
        """Shows why a value is refused or doubtful, under the input; an empty text hides it."""
        self.erreur.setText(texte)
        self.erreur.setVisible(bool(texte))
        if self.saisie.property("erreur") != bool(texte):
            self.saisie.setProperty("erreur", bool(texte))
            self.saisie.style().unpolish(self.saisie)
            self.saisie.style().polish(self.saisie)

    def viser(self) -> None:
        """Puts the cursor in the field."""
        self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.saisie, QLineEdit):
            self.saisie.selectAll()

    def texte_saisi(self) -> str:
        """What the person sees in the field, saved or not."""
        if isinstance(self.saisie, QPlainTextEdit):
            return self.saisie.toPlainText()
        assert isinstance(self.saisie, QLineEdit)
        return self.saisie.text()

    def abandonner(self) -> str:
        """Gives up what is typed and not saved, and answers it; empty when there is none."""
        if not self._modifie():
            return ""
        texte = self.texte_saisi()
        self._afficher_si_autre(self._valeur)
        self.montrer_erreur("")
        return texte

    def _modifie(self) -> bool:
        return self.texte_saisi() != self.ecrire(self._valeur)

    def _afficher_si_autre(self, valeur: Any) -> None:
        # Setting the text anew also ends the field's own undo: from here Ctrl+Z undoes the saved gesture.
        self._afficher(self.ecrire(valeur))

    def _afficher(self, texte: str) -> None:
        if isinstance(self.saisie, QPlainTextEdit):
            self.saisie.setPlainText(texte)
        elif isinstance(self.saisie, QLineEdit):
            self.saisie.setText(texte)
            self.saisie.setCursorPosition(0)
            self.saisie.setToolTip(texte)


def etiquette_de(texte: str, pour: QWidget) -> QLabel:
    """A label bound to an input that is not a `Champ`."""
    libelle = Libelle(texte, "etiquette")
    libelle.setBuddy(pour)
    pour.setAccessibleName(texte)
    return libelle
