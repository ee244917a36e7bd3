"""The only threads: a long job runs beside the window, says where it is, and can be cancelled."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, ErreurImprevue, Interruption, raison_systeme
from esms_desktop.progress import Progress
from esms_desktop.terminal import de_la_base
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle

T = TypeVar("T")
_journal = logging.getLogger(__name__)
_DELAI_MS = 400
# The window is told at most this often, or a quick job would bury it under messages.
_PERIODE_S = 0.05


class _Liaison(QObject):
    """What the jobs tell the window, each under its number; emitted in their thread, received in that of the window."""

    etape = Signal(int, int, int, str)
    fini = Signal(int, object)
    echoue = Signal(int, object)


class _Avance:
    """The `Progress` handed to a job."""

    def __init__(self, numero: int, liaison: _Liaison) -> None:
        self._numero = numero
        self._liaison = liaison
        self._dernier = 0.0
        self.arret = threading.Event()

    def etape(self, fait: int, total: int, message: str) -> None:
        """Tells the window; raises `Interruption` once the person cancelled."""
        if self.arret.is_set():
            raise Interruption("Le travail a été annulé, rien n’a été changé.")
        maintenant = time.monotonic()
        if maintenant - self._dernier >= _PERIODE_S:
            self._dernier = maintenant
            self._liaison.etape.emit(self._numero, fait, total, message)


def _imprevue(e: Exception) -> ErreurEsms:
    connue = de_la_base(e)
    if connue is not None:
        return connue
    if isinstance(e, OSError):
        return ErreurEsms(
            f"Le système a refusé une opération sur un fichier : {raison_systeme(e)}.",
            "Vérifiez l’espace libre et les droits du dossier, puis recommencez.",
        )
    return ErreurEsms(
        "Le travail s’est arrêté sur une erreur imprévue ; rien n’a été changé.",
        "Le détail est dans le journal de l’application.",
    )


class DialogueProgres(QDialog):
    """Where the job is, and the button that stops it."""

    def __init__(self, titre: str, annuler: Callable[[], None], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(titre)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._annuler = annuler
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 20, 22, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle(titre, "sous-titre"))
        self.message = Libelle("Préparation…", "muet")
        self.message.setMinimumWidth(420)
        colonne.addWidget(self.message)
        self.barre = QProgressBar()
        self.barre.setRange(0, 0)
        self.barre.setTextVisible(False)
        self.barre.setAccessibleName("Avancement")
        self.barre.setProperty("role", "fine")
        colonne.addWidget(self.barre)
        rangee = QHBoxLayout()
        rangee.addStretch(1)
        self.bouton = bouton("&Annuler", self.reject)
        rangee.addWidget(self.bouton)
        colonne.addLayout(rangee)

    def etape(self, fait: int, total: int, message: str) -> None:
        """Shows `fait` of `total`; an unknown total gives a moving bar."""
        self.barre.setRange(0, max(total, 0))
        self.barre.setValue(fait)
        if message:
            self.message.setText(message)
        self.adjustSize()

    def reject(self) -> None:
        """Asks the job to stop; the dialog closes when it has."""
        self.bouton.setEnabled(False)
        self.message.setText("Arrêt en cours…")
        self._annuler()


@dataclass
class _Travail:
    """A job under way, and what to do of its end."""

    titre: str
    avance: _Avance
    dialogue: DialogueProgres
    minuterie: QTimer
    fini: Callable[[Any], object]
    echoue: Callable[[Any], object] | None
    termine: threading.Event


class Taches(QObject):
    """Runs one job at a time. The job must not touch a widget nor the base: it takes values and gives values."""

    def __init__(self, fenetre: QWidget | None = None) -> None:
        super().__init__(fenetre)
        self._fenetre = fenetre
        self._fil = ThreadPoolExecutor(1, "travail")
        self._travaux: dict[int, _Travail] = {}
        self._suivant = 1
        self._liaison = _Liaison(self)
        self._liaison.etape.connect(self._etape, Qt.ConnectionType.QueuedConnection)
        self._liaison.fini.connect(self._fini, Qt.ConnectionType.QueuedConnection)
        self._liaison.echoue.connect(self._echoue, Qt.ConnectionType.QueuedConnection)

    @property
    def en_cours(self) -> str:
        """Title of the job that runs, empty when none does."""
        return next((t.titre for t in self._travaux.values()), "")

    @property
    def en_vue(self) -> str:
        """Title of the job whose progress is on screen, empty when none is: only such a job is worth a question."""
        return next((t.titre for t in self._travaux.values() if t.dialogue.isVisible()), "")

    def lancer(
        self,
        titre: str,
        fonction: Callable[[Progress], T],
        fini: Callable[[T], object],
        echoue: Callable[[ErreurEsms], object] | None = None,
        discret: bool = False,
    ) -> None:
        """Runs `fonction(progress)` beside the window.

        Args:
            titre: what is being done, shown on the progress dialog.
            fonction: the job; it calls `progress.etape`, which stops it when the person cancels.
            fini: called in the window's thread with the result.
            echoue: called in the window's thread with the error (an `Interruption` when cancelled).
            discret: True for a preview that follows the typing: no dialog ever comes between.
        """
        numero, self._suivant = self._suivant, self._suivant + 1
        avance = _Avance(numero, self._liaison)
        dialogue = DialogueProgres(titre, avance.arret.set, self._fenetre)
        minuterie = QTimer(dialogue)
        minuterie.setSingleShot(True)
        minuterie.timeout.connect(dialogue.show)
        travail = _Travail(titre, avance, dialogue, minuterie, fini, echoue, threading.Event())
        self._travaux[numero] = travail
        if not discret:
            minuterie.start(_DELAI_MS)
        self._fil.submit(_mener, numero, fonction, avance, self._liaison, travail.termine)

    def arreter(self, secondes: float = 30.0) -> bool:
        """Asks every job to stop and waits for it; True when none runs any more."""
        for travail in self._travaux.values():
            travail.avance.arret.set()
        return self.attendre(secondes)

    def attendre(self, secondes: float = 10.0) -> bool:
        """Waits for the jobs to end and hands their results; True when none runs any more."""
        finis = [t.termine.wait(secondes) for t in list(self._travaux.values())]
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        return all(finis)

    @Slot(int, int, int, str)
    def _etape(self, numero: int, fait: int, total: int, message: str) -> None:
        travail = self._travaux.get(numero)
        if travail is not None:
            travail.dialogue.etape(fait, total, message)

    @Slot(int, object)
    def _fini(self, numero: int, resultat: Any) -> None:
        travail = self._clore(numero)
        travail.fini(resultat)

    @Slot(int, object)
    def _echoue(self, numero: int, erreur: Any) -> None:
        travail = self._clore(numero)
        if travail.echoue is not None:
            travail.echoue(erreur)

    def _clore(self, numero: int) -> _Travail:
        travail = self._travaux.pop(numero)
        travail.minuterie.stop()
        travail.dialogue.done(0)
        if self._fenetre is not None:
            travail.dialogue.deleteLater()
        return travail


def _mener(
    numero: int,
    fonction: Callable[[Progress], Any],
    avance: _Avance,
    liaison: _Liaison,
    termine: threading.Event,
) -> None:
    """Runs a job to its end, in its thread, and says how it ended."""
    try:
        resultat = fonction(avance)
    except ErreurEsms as e:
        if isinstance(e, ErreurImprevue):
            _journal.exception("le travail a échoué")
        liaison.echoue.emit(numero, e)
    except Exception as e:
        _journal.exception("le travail a échoué")
        liaison.echoue.emit(numero, _imprevue(e))
    else:
        liaison.fini.emit(numero, resultat)
    finally:
        termine.set()
