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
    if any(isinstance(h, RotatingFileHandler | logging.NullHandler) for h in racine.handlers):
        return
    racine.setLevel(logging.INFO)
    # Its own failures are not a person's business: no traceback of the log about itself.
    logging.raiseExceptions = False
    chemin = _fichier()
    if chemin is None:
        racine.addHandler(logging.NullHandler())
        return
    sortie = RotatingFileHandler(chemin, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    sortie.setFormatter(logging.Formatter(_FORMAT))
    racine.addHandler(sortie)


def _fichier() -> Path | None:
    """Where the log can be written: its folder, else one of this run; None when the system leaves no place at all."""
    try:
        chemin = dossier_journal() / NOM
        # Asked now, so that a folder that cannot be written is known before there is something to say.
        chemin.open("a", encoding="utf-8").close()
        return chemin
    except (OSError, RuntimeError):
        pass
    try:
        return Path(tempfile.mkdtemp(prefix="esms-desktop-")) / NOM
    except OSError:
        return None


def noter_imprevu(erreur: BaseException) -> Path | None:
    """Writes an unforeseen error with its whole traceback; answers the file that holds it, None when none could."""
    installer()
    _journal.critical("erreur imprévue", exc_info=erreur)
    return chemin_du_journal()


def chemin_du_journal() -> Path | None:
    """The file that holds what was logged so far; None when nothing could be."""
    for sortie in logging.getLogger().handlers:
        if isinstance(sortie, RotatingFileHandler):
            chemin = Path(sortie.baseFilename)
            return chemin if chemin.is_file() and chemin.stat().st_size else None
    return None
