"""What the window does of an error nobody foresaw, wherever it comes from: the log, then one message that stops nothing."""

import os
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QtMsgType, QUrl, Signal, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices, QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMessageBox

__all__ = ["application_ouverte", "installer", "ouvrir_dossier_journal", "ouvrir_journal", "surveiller"]


def installer() -> None:
    """Sends the log to its file. Brings sockets and pickles along: not before the first paint."""
    from esms_desktop import journalisation

    journalisation.installer()


def ouvrir_dossier_journal() -> bool:
    """Shows the folder of the log in the file manager; False when there is none, or nothing to show it."""
    from esms_desktop import journalisation

    try:
        dossier = journalisation.dossier_journal()
    except (OSError, RuntimeError):
        return False
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(dossier)))


def ouvrir_journal(chemin: "Path | None") -> bool:
    """Opens the log that tells an error, or the folder of the log when the system has nothing to open it."""
    return (chemin is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(str(chemin)))) or (
        ouvrir_dossier_journal()
    )


class _Annonce(QObject):
    """Tells the person, in the window's thread, once the gesture that failed is over. One message at a time."""

    imprevu = Signal(str, object)
    # What the base or the disk refused: its sentence, and what to do.
    refus = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._boite: QMessageBox | None = None
        # Queued: an error may come from another thread, or in the middle of a paint.
        self.imprevu.connect(self._dire, Qt.ConnectionType.QueuedConnection)
        self.refus.connect(self._refuser, Qt.ConnectionType.QueuedConnection)

    def _refuser(self, message: str, remede: str) -> None:
        self._montrer(lambda: boite_refus(message, remede))

    def _montrer(self, faire: "Callable[[], QMessageBox]") -> None:
        if self._boite is None:
            self._boite = faire()
            self._boite.finished.connect(self._refermee)
            self._boite.open()

    def _dire(self, detail: str, chemin: "Path | None") -> None:
        self._montrer(lambda: boite_imprevu(detail, chemin))

    def _refermee(self) -> None:
        if self._boite is not None:
            self._boite.deleteLater()
            self._boite = None


_annonce: _Annonce | None = None
# What Qt says before there is an application; None once there is one.
_avant: list[str] | None = []


def surveiller() -> None:
    """From now on an unforeseen error, in whatever thread, is logged, and told in one French sentence."""
    global _annonce
    sys.excepthook = _imprevu
    threading.excepthook = _dans_un_fil
    sys.unraisablehook = _perdue
    _annonce = _Annonce()
    qInstallMessageHandler(_message_de_qt)


def application_ouverte() -> None:
    """From now on what Qt says goes to the terminal at once."""
    global _avant
    dits, _avant = _avant or [], None
    for message in dits:
        print(message, file=sys.stderr)


def _message_de_qt(genre: QtMsgType, _contexte: object, message: str) -> None:
    """What Qt says goes to the terminal, as it would; its last words before it ends the program are said in French."""
    if genre is not QtMsgType.QtFatalMsg:
        if _avant is not None:
            # It may be about to give up: what led to it is for the log.
            _avant.append(message)
        elif sys.stderr is not None:
            print(message, file=sys.stderr)
        return
    import logging

    from esms_desktop.journalisation import chemin_du_journal
    from esms_desktop.terminal import IMPREVU, dire, phrase_du_journal

    installer()
    logging.getLogger("esms_desktop").critical("Qt: %s", "\n".join((*(_avant or ()), message)))
    dire(
        "La fenêtre ne peut pas s’ouvrir ou continuer : le système graphique l’a refusée. Ce qui était enregistré l’est "
        "toujours ; lancez-la depuis une session graphique, ou servez-vous de la ligne de commande "
        f"(« esms-desktop --help ») : {phrase_du_journal(chemin_du_journal())}."
    )
    # Qt would abort: no Python code runs after this one.
    os._exit(IMPREVU)


def _imprevu(classe: type[BaseException], erreur: BaseException, trace: TracebackType | None) -> None:
    if issubclass(classe, KeyboardInterrupt):
        # Ctrl+C in the terminal that launched the window: it closes as it would by its button.
        QCoreApplication.quit()
        return
    from esms_desktop import journalisation
    from esms_desktop.errors import ErreurEsms, ErreurImprevue
    from esms_desktop.terminal import de_la_base, dire, imprevue, phrase_du_journal

    erreur = erreur.with_traceback(trace)
    chemin = journalisation.noter_imprevu(erreur)
    connue = erreur if isinstance(erreur, ErreurEsms) else de_la_base(erreur)
    if connue is not None and not isinstance(connue, ErreurImprevue):
        # Said in our words already: nothing of it is unforeseen, wherever it came out.
        dire(str(connue))
        if _annonce is not None and QCoreApplication.instance() is not None:
            _annonce.refus.emit(connue.message, connue.remede)
        return
    dire(imprevue(erreur, phrase_du_journal(chemin)))
    if _annonce is not None and QCoreApplication.instance() is not None:
        _annonce.imprevu.emit(journalisation.detail(erreur), chemin)


def _dans_un_fil(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None and not issubclass(arguments.exc_type, SystemExit):
        _imprevu(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _perdue(arguments: Any) -> None:
    """What fails where nothing can be raised (a destructor) breaks no gesture: it goes to the log only."""
    import logging

    if arguments.exc_value is not None:
        objet = f"{arguments.err_msg or 'ignored in'} {type(arguments.object).__name__}"
        logging.getLogger("esms_desktop").error("%s", objet, exc_info=arguments.exc_value)


def boite_refus(message: str, remede: str) -> "QMessageBox":
    """The message for what was refused in the middle of something else: what happened, what to do."""
    from PySide6.QtWidgets import QApplication, QMessageBox

    from esms_desktop.francais import espacer
    from ui import theme
    from ui.pages.accueil.bienvenue import sans_commande
    from ui.widgets.question import Boite

    boite = Boite(
        QMessageBox.Icon.Warning,
        "Action refusée",
        espacer(message),
        QApplication.activeWindow(),
        espacer(sans_commande(remede)),
    )
    continuer = boite.addButton("Continuer", QMessageBox.ButtonRole.AcceptRole)
    boite.setDefaultButton(continuer)
    boite.setEscapeButton(continuer)
    theme.habiller(boite)
    return boite


def boite_imprevu(detail: str, chemin: "Path | None") -> "QMessageBox":
    """The message: what happened, what was kept, where the detail is. The window goes on behind it.

    Args:
        detail: the traceback, which a button copies for whoever mends.
        chemin: the log that holds it; None when none could be written.
    """
    from PySide6.QtWidgets import QApplication, QMessageBox

    from ui import theme
    from ui.widgets.question import Boite

    boite = Boite(
        QMessageBox.Icon.Warning,
        "Erreur imprévue",
        "Une erreur imprévue a interrompu cette action.",
        QApplication.activeWindow(),
    )
    ou = f"Le journal la décrit\u00a0: {chemin}" if chemin else "Le journal n’a pas pu être écrit."
    boite.setInformativeText(
        "Ce qui était enregistré l’est toujours\u00a0; seule cette action n’a pas abouti. Vous pouvez continuer. "
        f"Si cela se reproduit, signalez-le avec le détail de l’erreur. {ou}"
    )
    ouvrir = boite.addButton("&Ouvrir le journal", QMessageBox.ButtonRole.ActionRole)
    ouvrir.setEnabled(chemin is not None)
    copier = boite.addButton("&Copier le détail", QMessageBox.ButtonRole.ActionRole)
    fermer = boite.addButton("Continuer", QMessageBox.ButtonRole.AcceptRole)
    # These two leave the message where it is: a message box closes at any of its buttons.
    for bouton, action in (
        (ouvrir, lambda: ouvrir_journal(chemin)),
        (copier, lambda: QGuiApplication.clipboard().setText(detail)),
    ):
        bouton.clicked.disconnect()
        bouton.clicked.connect(action)
    boite.setDefaultButton(fermer)
    theme.habiller(boite)
    boite.setEscapeButton(fermer)
    return boite
