"""The base of every field: a label, an input, an error under it, and the save when the typing is finished."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, ErreurSaisie
from esms_desktop.francais import majuscule
from ui.frappe import visite
from ui.widgets.libelle import Libelle, bulle

T = TypeVar("T")
# Who refused what is typed: the field cannot read it; the base did not take it, someone else's value may be there.
_PAR_LE_CHAMP, _PAR_LA_BASE = "champ", "base"


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

    What is typed is saved at each pause, and when the field is left: one step of undo for the whole visit.
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
        # What is saved while the person types leaves the text, the cursor and the field's own undo as they are.
        self._frappe = False
        self._affiche = False
        self._pause: QTimer | None = None
        self._visite = object()
        # What is typed was refused, by the field or by the base: it waits here until it is mended or given up.
        self._refus = ""
        # What is typed was kept apart once: it is no more once it is saved.
        self._a_part = False
        visite.SOURCES.add(self)
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
            saisie.textEdited.connect(self._frapper)
        elif isinstance(saisie, TexteLong):
            saisie.fini.connect(self.valider)
            saisie.textChanged.connect(self.frappe)
            saisie.textChanged.connect(self._frapper)
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
        """Shows a value without saving it, that of `ligne` when it is one of a row. A text being typed is left alone, and
        one that was refused too, as long as the row is the same."""
        self._suivante = ligne
        autre = self._modifie() and self.texte_saisi() != self.ecrire(valeur)
        if autre and (self._frappe or not self._en_cours):
            if self._frappe or self.saisie.hasFocus() or self._attend(ligne):
                self._valeur = valeur
                return
            if self._refus and not self._cede():
                self._perdre()
        self._valeur, self.ligne = valeur, ligne
        if self.texte_saisi() != self.ecrire(valeur):
            self._afficher(self.ecrire(valeur))
        self._regler()
        self.montrer_erreur((self._verifier(valeur) or "") if self._verifier and valeur else "")

    def _attend(self, ligne: Any) -> bool:
        meme = ligne is None or self.ligne is None or ligne == self.ligne
        return bool(self._refus) and meme and not self._cede()

    def _cede(self) -> bool:
        return self._refus == _PAR_LA_BASE and visite.cede()

    def valider(self) -> bool:
        """Reads and saves what is typed; True when the value is saved or unchanged."""
        if self._en_cours:
            return True
        if self._pause is not None:
            self._pause.stop()
        try:
            valeur = self.lire(self.texte_saisi())
        except ErreurSaisie as e:
            return self._refuser(f"{majuscule(e.message)}.", _PAR_LE_CHAMP)
        if valeur == self._valeur:
            self.ligne = self._suivante
            self._conclure(valeur)
            return True
        return self._sauver(valeur)

    def _sauver(self, valeur: Any) -> bool:
        avant, self._en_cours = self._valeur, True
        try:
            with visite.pendant(self._visite):
                if self._enregistrer is not None and self._enregistrer(valeur) is False:
                    return self._refuser(
                        "Ce changement n’a pas été enregistré. Ce que vous avez saisi reste affiché ici.",
                        _PAR_LA_BASE,
                    )
        except ErreurEsms as e:
            return self._refuser(str(e), _PAR_LE_CHAMP if isinstance(e, ErreurSaisie) else _PAR_LA_BASE)
        finally:
            self._en_cours = False
        if self._valeur in (avant, valeur):
            self._valeur = valeur
            self._conclure(valeur)
        self.change.emit(self._valeur)
        return True

    def _conclure(self, valeur: Any) -> None:
        """The visit is over, and what is shown is saved."""
        self._visite = object()
        self._afficher_si_autre(valeur)
        self._regler()
        self.montrer_erreur((self._verifier(valeur) or "") if self._verifier and valeur else "")

    def _refuser(self, phrase: str, par: str) -> bool:
        self._refus = par
        self.montrer_erreur(phrase)
        return self._garder_a_part()

    def _garder_a_part(self) -> bool:
        self._a_part = True
        visite.relever()
        return False

    def _regler(self) -> None:
        self._refus = ""
        if self._a_part:
            self._a_part = False
            visite.relever()

    # While the person types.

    def _frapper(self) -> None:
        if self._affiche or not self.saisie.hasFocus():
            return
        if self._pause is None:
            self._pause = QTimer(self)
            self._pause.setSingleShot(True)
            self._pause.setInterval(visite.PAUSE_MS)
            self._pause.timeout.connect(self.garder)
        self._pause.start()

    def garder(self) -> bool:
        """Saves what is typed while the person goes on typing; True when it is in the base. What is refused is kept apart."""
        if self._pause is not None:
            self._pause.stop()
        if self._en_cours:
            return True
        if not self._modifie():
            # What was refused was taken back.
            self._regler()
            return True
        try:
            valeur = self.lire(self.texte_saisi())
        except ErreurSaisie:
            return self._garder_a_part()
        if valeur == self._valeur:
            return True
        if self._enregistrer is None or not self._ecrire_en_frappant(valeur):
            return self._garder_a_part()
        if self._refus:
            self.montrer_erreur("")
        self._regler()
        self.change.emit(self._valeur)
        return True

    def _ecrire_en_frappant(self, valeur: Any) -> bool:
        assert self._enregistrer is not None
        avant, self._en_cours, self._frappe = self._valeur, True, True
        try:
            with visite.pendant(self._visite, frappe=True):
                if self._enregistrer(valeur) is False:
                    return False
        except ErreurEsms:
            return False
        finally:
            self._en_cours = self._frappe = False
        if self._valeur in (avant, valeur):
            self._valeur = valeur
        return True

    @property
    def d_une_demande(self) -> bool:
        """Whether it is a field of a form that is not asked for yet: leaving the form gives it up."""
        return self._enregistrer is None

    def en_attente(self) -> tuple[str, str] | None:
        """The name of the field and what is typed in it and not saved; None when nothing waits."""
        a_voir = self._refus or self.saisie.hasFocus() or (self._enregistrer is None and self.isVisible())
        if not a_voir or not self._modifie():
            return None
        return self.etiquette.text() or self.saisie.accessibleName(), self.texte_saisi()

    def rendre(self, texte: str) -> None:
        """Puts back in the field a text that was typed there and is not saved; leaving the field saves it."""
        self.viser()
        self._afficher(texte)
        if self._modifie():
            self._refuser(
                "Ce texte vous est rendu ; il n’est pas encore enregistré. Relisez-le, puis quittez le champ.",
                _PAR_LE_CHAMP,
            )

    def _perdre(self) -> None:
        visite.perdre(self, self.etiquette.text() or self.saisie.accessibleName(), self.texte_saisi())

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
        self._perdre()
        self._afficher_si_autre(self._valeur)
        self._regler()
        self.montrer_erreur("")
        return texte

    def _modifie(self) -> bool:
        return self.texte_saisi() != self.ecrire(self._valeur)

    def _afficher_si_autre(self, valeur: Any) -> None:
        # Setting the text anew also ends the field's own undo: from here Ctrl+Z undoes the saved gesture.
        self._afficher(self.ecrire(valeur))

    def _afficher(self, texte: str) -> None:
        if isinstance(self.saisie, QPlainTextEdit):
            self._affiche = True
            self.saisie.setPlainText(texte)
            self._affiche = False
        elif isinstance(self.saisie, QLineEdit):
            self.saisie.setText(texte)
            self.saisie.setCursorPosition(0)
            self.saisie.setToolTip(bulle(texte))


def etiquette_de(texte: str, pour: QWidget) -> QLabel:
    """A label bound to an input that is not a `Champ`."""
    libelle = Libelle(texte, "etiquette")
    libelle.setBuddy(pour)
    pour.setAccessibleName(texte)
    return libelle
