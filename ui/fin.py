"""The end asked by the system: a signal, or the end of the session. What is typed is kept, and the base closes."""

import contextlib
import os
import signal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication, QMessageBox

if TYPE_CHECKING:
    from ui.fenetre import Fenetre

_SIGNAUX = ("SIGTERM", "SIGHUP", "SIGBREAK")


class FinDemandee(QObject):
    """Ends the window as the system asks, once it has kept what is typed. To be made once the window is.

    Args:
        app: the application.
        fenetre: its window.
    """

    def __init__(self, app: QApplication, fenetre: "Fenetre") -> None:
        super().__init__(app)
        self._app, self._fenetre = app, fenetre
        self._recu = 0
        app.commitDataRequest.connect(self._session)
        if os.name == "posix":
            self._ecouter()

    def _ecouter(self) -> None:
        lit, ecrit = os.pipe()
        for bout in (lit, ecrit):
            os.set_blocking(bout, False)
        # A signal is seen by Python between two of its instructions: the pipe wakes the loop of Qt up.
        signal.set_wakeup_fd(ecrit, warn_on_full_buffer=False)
        self._lit = lit
        self._reveil = QSocketNotifier(lit, QSocketNotifier.Type.Read, self)
        self._reveil.activated.connect(self._reveille)
        for nom in _SIGNAUX:
            numero = getattr(signal, nom, None)
            if numero is not None:
                with contextlib.suppress(OSError, ValueError):
                    signal.signal(numero, self._noter)

    def _noter(self, numero: int, _cadre: object) -> None:
        self._recu = numero

    def _reveille(self) -> None:
        with contextlib.suppress(OSError):
            os.read(self._lit, 4096)
        if self._recu:
            self._fenetre.finir()
            # Out of every loop, that of an open dialog too.
            self._app.exit(128 + self._recu)

    def _session(self, _gestionnaire: Any) -> None:
        if self._fenetre.saisies is not None:
            self._fenetre.saisies.tout_garder()


def libre(fenetre: "Fenetre", faire: str) -> bool:
    """Whether no job holds the window; asks the person to stop the one she sees, before `faire`."""
    contexte = fenetre.contexte
    if contexte is None:
        return True
    from esms_desktop.francais import NBSP

    travail = contexte.taches.en_vue
    if not travail:
        return contexte.taches.arreter()
    from ui.widgets.question import Boite

    boite = Boite(
        QMessageBox.Icon.Question,
        "Un travail est en cours",
        f"«{NBSP}{travail}{NBSP}» n’est pas terminé. Voulez-vous l’arrêter et {faire}{NBSP}?",
        parent=fenetre,
    )
    boite.setInformativeText("Rien de ce qui était enregistré ne sera perdu.")
    arreter = boite.addButton("Arrêter le travail", QMessageBox.ButtonRole.DestructiveRole)
    attendre = boite.addButton("Attendre la fin", QMessageBox.ButtonRole.RejectRole)
    boite.setDefaultButton(attendre)
    boite.exec()
    if boite.clickedButton() is not arreter:
        return False
    return contexte.taches.arreter()
