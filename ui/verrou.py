"""The lock: after a while without anybody, the window hides all it shows and asks again for what opens the base."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from ui.widgets.boutons import bouton
from ui.widgets.champs.secret import DialogueSecret
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.fenetre import Fenetre

DELAIS = (5, 10, 15, 30, 60, 0)
_CLE, _PAR_DEFAUT = "verrou/minutes", 15
_GESTES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.DragMove,
    )
)

_PASSAGERES = (Qt.WindowType.ToolTip, Qt.WindowType.Popup)


def delai() -> int:
    """After how many minutes the window locks itself, 0 for never."""
    try:
        lu = int(str(QSettings().value(_CLE, _PAR_DEFAUT)))
    except ValueError:
        lu = _PAR_DEFAUT
    return lu if lu in DELAIS else _PAR_DEFAUT


def fixer_delai(minutes: int) -> None:
    """Keeps after how many minutes the window locks itself."""
    QSettings().setValue(_CLE, minutes)


class _Voile(QWidget):
    """Hides a dialog that is open, without closing it: what is typed in it stays there."""

    def __init__(self, couvert: QWidget) -> None:
        super().__init__(couvert)
        self.setObjectName("fond")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        colonne = QVBoxLayout(self)
        texte = Libelle("Verrouillé", "titre")
        texte.setAlignment(Qt.AlignmentFlag.AlignCenter)
        colonne.addWidget(texte)
        self.setGeometry(couvert.rect())
        self.show()
        self.raise_()
        couvert.installEventFilter(self)

    def eventFilter(self, objet: QObject, evenement: QEvent) -> bool:
        """Goes on hiding it when it changes size."""
        if evenement.type() == QEvent.Type.Resize and isinstance(objet, QWidget):
            self.setGeometry(objet.rect())
        return False


class DialogueVerrou(DialogueSecret):
    """Asks for what opens the base; it does not close before. `quitter`: the person prefers to leave."""

    quitter = Signal()

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(
            "La fenêtre est verrouillée",
            "Ce que vous écriviez est resté où il était. Donnez la phrase secrète ou le code de secours de la base.",
            "&Déverrouiller",
            parent,
        )
        self._contexte = contexte
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.saisie = self.ajouter_secret("Phrase secrète ou code de secours")
        self.corps.addWidget(self.saisie.voir)
        self.trousseau = bouton("Ouvrir avec le &trousseau de ma session", self._par_trousseau)
        self.corps.addWidget(self.trousseau)
        self.refus.setText("&Quitter")
        self.refus.clicked.disconnect()
        self.refus.clicked.connect(lambda _=False: self.quitter.emit())
        self.saisie.textChanged.connect(lambda t: self.accord.setEnabled(bool(t.strip())))
        self.accord.setEnabled(False)
        from esms_desktop.base.cles import etat_des_cles

        base = contexte.base
        ouvrent = etat_des_cles(base.chemin, base.cle).ouvrent
        self.trousseau.setVisible("trousseau" in ouvrent)
        (
            self.trousseau if self.trousseau.isVisibleTo(self) and "phrase" not in ouvrent else self.saisie
        ).setFocus()

    def valider(self) -> None:
        """Opens with what was typed."""
        from esms_desktop.base.cles import deverrouille

        base = self._contexte.base
        if base.cle is not None and deverrouille(base.chemin, base.cle, self.saisie.text()):
            self.accept()
            return
        self.saisie.selectAll()
        self.saisie.setFocus()
        self.dire("Ce n’est ni la phrase ni le code de cette base.")

    def _par_trousseau(self) -> None:
        from esms_desktop.base.cles import deverrouille_par_trousseau

        base = self._contexte.base
        try:
            if base.cle is not None and deverrouille_par_trousseau(base.chemin, base.cle):
                self.accept()
                return
        except ErreurEsms as e:
            self.dire(str(e))
            return
        self.dire("Le trousseau ne donne pas la clé de cette base\u00a0: donnez la phrase ou le code.")

    def reject(self) -> None:
        """Escape opens nothing."""

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """Escape is no way out."""
        if evenement.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(evenement)

    def closeEvent(self, evenement: QCloseEvent) -> None:
        """Its cross leaves the application, as that of the window would."""
        if not self.result():
            evenement.ignore()
            self.quitter.emit()


class Verrou(QObject):
    """Watches for gestures, and locks when there are none for the time that is set."""

    def __init__(self, fenetre: "Fenetre") -> None:
        super().__init__(fenetre)
        self._fenetre = fenetre
        self._voiles: list[_Voile] = []
        self._titres: list[tuple[QWidget, str]] = []
        self._champ: QWidget | None = None
        self._suivie = False
        self.dialogue: DialogueVerrou | None = None
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)
        self._minuterie.timeout.connect(self.fermer)

    def surveiller(self) -> None:
        """Begins to watch, or takes a new setting."""
        minutes = delai()
        if not minutes:
            self._minuterie.stop()
            return
        self._minuterie.setInterval(minutes * 60_000)
        self._minuterie.start()
        if not self._suivie:
            self._suivie = True
            QGuiApplication.instance().focusWindowChanged.connect(self._suivre)  # type: ignore[union-attr]
        self._suivre(self._fenetre.windowHandle())

    def _suivre(self, fenetre: QWindow | None) -> None:
        """A window that comes forward: what is done in it counts. Watched there, not at each widget: far less goes by."""
        if self._minuterie.isActive():
            self._minuterie.start()
        if fenetre is not None:
            # Once for each: installed again, it only goes to the head of the list.
            fenetre.installEventFilter(self)

    def arreter(self) -> None:
        """No base is open any more."""
        if self.dialogue is not None:
            self._ouvrir()
        self._minuterie.stop()

    def eventFilter(self, objet: QObject, evenement: QEvent) -> bool:
        """Any gesture puts the lock off; none is taken."""
        if self.dialogue is None:
            if evenement.type() in _GESTES and self._minuterie.isActive():
                self._minuterie.start()
        elif evenement.type() == QEvent.Type.Show and isinstance(objet, QWidget) and objet.isWindow():
            self._apparue(objet)
        return False

    def _apparue(self, fenetre: QWidget) -> None:
        """What opens while the lock is on, a job that ends, is hidden too, and does not stand before the question."""
        if fenetre is self.dialogue or fenetre.windowType() in _PASSAGERES:
            return
        self._couvrir(fenetre)
        QTimer.singleShot(0, self._devant)

    def _devant(self) -> None:
        if self.dialogue is not None:
            self.dialogue.hide()
            self.dialogue.open()

    def fermer(self) -> None:
        """Hides all that is shown, and asks."""
        contexte = self._fenetre.contexte
        if contexte is None or contexte.base.cle is None or self.dialogue is not None:
            return
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        QToolTip.hideText()
        # The field that is being typed in saves itself when it loses the focus; what it refuses stays in it.
        champ = self._champ = QApplication.focusWidget()
        if champ is not None:
            champ.clearFocus()
        for haut in QApplication.topLevelWidgets():
            if haut.isVisible() and haut.windowType() not in _PASSAGERES:
                self._couvrir(haut)
        self._fenetre.centre.hide()
        self._fenetre.menuBar().setEnabled(False)
        self.dialogue = DialogueVerrou(contexte, QApplication.activeModalWidget() or self._fenetre)
        self.dialogue.accepted.connect(self._ouvrir)
        self.dialogue.quitter.connect(self._quitter)
        self.dialogue.open()
        # What shows itself meanwhile, whatever it is.
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def _couvrir(self, fenetre: QWidget) -> None:
        self._titres.append((fenetre, fenetre.windowTitle()))
        fenetre.setWindowTitle("ESMS Desktop\u00a0: verrouillé")
        if fenetre is not self._fenetre:
            self._voiles.append(_Voile(fenetre))

    def _ouvrir(self) -> None:
        dialogue, self.dialogue = self.dialogue, None
        if dialogue is not None:
            dialogue.blockSignals(True)
            dialogue.done(1)
            dialogue.deleteLater()
        for voile in self._voiles:
            # A dialog that went meanwhile took its veil along.
            with suppress(RuntimeError):
                voile.hide()
                voile.deleteLater()
        for fenetre, titre in self._titres:
            with suppress(RuntimeError):
                fenetre.setWindowTitle(titre)
        self._voiles, self._titres = [], []
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._fenetre.centre.show()
        self._fenetre.menuBar().setEnabled(True)
        if self._champ is not None:
            # Gone meanwhile, when what it was the field of is.
            with suppress(RuntimeError):
                self._champ.setFocus()
        self._champ = None
        self.surveiller()

    def _quitter(self) -> None:
        self._fenetre.close()
