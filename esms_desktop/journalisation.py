"""The log file: where it is, what goes to it, and the account of an error nobody foresaw."""

import logging
import tempfile
from logging.handlers import RotatingFileHandler
from pathlib import Path

NOM = "esms-desktop.log"
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_journal = logging.getLogger("esms_desktop")


def dossier_journal() -> Path:
    """The folder of the log, made if needed.

    Raises:
        OSError: it cannot be made. RuntimeError: this account has no home.
    """
    from platformdirs import user_log_dir

    dossier = Path(user_log_dir("esms-desktop", appauthor=False))
    dossier.mkdir(parents=True, exist_ok=True)
    return dossier


def installer() -> None:
    """Sends the log to a file of 1 MB, three kept; it is made by the first line. Without a folder, to a temporary file.

    Once for all: the file that serves already goes on serving.
    """
    racine = logging.getLogger()
    if any(isinstance(h, RotatingFileHandler) for h in racine.handlers):
        return
    racine.setLevel(logging.INFO)
    # Its own failures are not a person's business: no traceback of the log about itself.
    logging.raiseExceptions = False
    try:
        chemin = dossier_journal() / NOM
        # Asked now, so that a folder that cannot be written is known before there is something to say.
        chemin.open("a", encoding="utf-8").close()
    except (OSError, RuntimeError):
        chemin = Path(tempfile.gettempdir()) / _de_secours()
    sortie = RotatingFileHandler(chemin, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    sortie.setFormatter(logging.Formatter(_FORMAT))
    racine.addHandler(sortie)


def _de_secours() -> str:
    """A name nobody else can have taken, in a folder shared by all."""
    try:
        return tempfile.mkdtemp(prefix="esms-desktop-") + f"/{NOM}"
    except OSError:
        return NOM


def noter_imprevu(erreur: BaseException) -> Path | None:
    """Writes an unforeseen error with its whole traceback; answers the file that holds it, None when none could."""
    try:
        installer()
    except OSError:
        return None
    _journal.critical("erreur imprévue", exc_info=erreur)
    return chemin_du_journal()


def chemin_du_journal() -> Path | None:
    """The file that holds what was logged so far; None when nothing could be."""
    for sortie in logging.getLogger().handlers:
        if isinstance(sortie, RotatingFileHandler):
            chemin = Path(sortie.baseFilename)
            return chemin if chemin.is_file() and chemin.stat().st_size else None
    return None
