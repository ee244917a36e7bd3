"""One window for each base on a computer: the one that is there is brought forward, and takes what the second start was given."""

import errno
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

_ATTENTE_MS = 1500
# A window that is just opening its base answers once it is done.
_REPONSE_MS = 10_000
_MESSAGE_MAX = 64 * 1024
# What the address of a socket may hold, its end included.
_ADRESSE_MAX = 104


def nom_de(base: Path) -> str:
    """Where the window of a base listens: a name that does not tell it, in a folder of this account.

    Raises:
        OSError: this account has no folder for it.
    """
    vrai = os.path.normcase(os.path.realpath(base))
    nom = f"esms-desktop-{hashlib.sha256(vrai.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"
    if os.name == "nt":
        return nom
    return str(_dossier(len(nom)) / nom)


def _dossier(suite: int) -> Path:
    """A folder of this account alone, whose path leaves room for `suite` more signs: an address of a socket is short."""
    import platformdirs

    session = os.environ.get("XDG_RUNTIME_DIR", "")
    maison = Path(platformdirs.user_data_dir("esms-desktop", appauthor=False)) / "fenetres"
    if session and _mien(Path(session)) and len(session) + suite < _ADRESSE_MAX:
        return Path(session)
    if len(str(maison)) + suite < _ADRESSE_MAX:
        maison.mkdir(parents=True, exist_ok=True, mode=0o700)
        return maison
    commun = Path(tempfile.gettempdir()) / f"esms-desktop-{os.getuid()}"
    commun.mkdir(exist_ok=True, mode=0o700)
    if not _mien(commun):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(commun))
    return commun


def _mien(dossier: Path) -> bool:
    """Whether a folder is of this account, and closed to the others."""
    try:
        etat = dossier.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(etat.st_mode) and etat.st_uid == os.getuid() and etat.st_mode & 0o077 == 0


def passer_la_main(base: Path, fichier: str = "") -> bool:
    """Hands over to the window that has the base open; False when there is none.

    Args:
        base: the base asked for.
        fichier: what the second start was given to open, a backup; empty for nothing.
    """
    try:
        nom = nom_de(base)
    except OSError:
        return False
    # Asked of the system first: what follows is loaded for nothing when nobody listens.
    if not os.path.lexists(nom if os.name != "nt" else rf"\\.\pipe\{nom}"):
        return False
    from PySide6.QtNetwork import QLocalSocket

    prise = QLocalSocket()
    prise.connectToServer(nom)
    if not prise.waitForConnected(_ATTENTE_MS):
        return False
    prise.write(json.dumps({"fichier": fichier}).encode() + b"\n")
    if not prise.waitForBytesWritten(_ATTENTE_MS) or not prise.waitForReadyRead(_REPONSE_MS):
        return False
    entendu = bytes(prise.readAll().data()).startswith(b"ok")
    prise.disconnectFromServer()
    return entendu


class Guichet:
    """Listens for the next starts on the same base, as long as the window has it open.

    Args:
        appele: called with what the second start was given, empty for nothing.
    """

    def __init__(self, base: Path, appele: Callable[[str], object]) -> None:
        from PySide6.QtNetwork import QLocalServer

        self._appele = appele
        self._serveur: QLocalServer = QLocalServer()
        if os.name == "nt":
            # Elsewhere its folder is closed to the others; the option would take the place of one that listens already.
            self._serveur.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._serveur.newConnection.connect(self._recevoir)
        try:
            nom = nom_de(base)
        except OSError:
            return
        if os.name == "nt" and _repond(nom):
            # Opened at the same moment: the other one was first, and several may listen there under one name.
            return
        if not self._serveur.listen(nom) and not _repond(nom):
            # What a killed window left.
            QLocalServer.removeServer(nom)
            self._serveur.listen(nom)

    @property
    def ecoute(self) -> bool:
        """Whether it can be heard; a system without a place for it has a window for each start."""
        return self._serveur.isListening()

    def fermer(self) -> None:
        """Listens no more."""
        self._serveur.close()

    def _recevoir(self) -> None:
        while (prise := self._serveur.nextPendingConnection()) is not None:
            prise.readyRead.connect(lambda p=prise: self._lire(p))
            prise.disconnected.connect(prise.deleteLater)
            self._lire(prise)

    def _lire(self, prise: "QLocalSocket") -> None:
        if not prise.canReadLine():
            if prise.bytesAvailable() > _MESSAGE_MAX:
                prise.abort()
            return
        ligne = bytes(prise.readLine(_MESSAGE_MAX).data())
        try:
            fichier = str(json.loads(ligne)["fichier"])
        except (ValueError, KeyError, TypeError):
            prise.abort()
            return
        prise.write(b"ok\n")
        prise.flush()
        self._appele(fichier)


def _repond(nom: str) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    prise = QLocalSocket()
    prise.connectToServer(nom)
    la = prise.waitForConnected(_ATTENTE_MS)
    prise.abort()
    return la
