"""The log file: where it is, what goes to it, and the account of an error nobody foresaw."""

import logging
import os
import tempfile
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

NOM = "esms-desktop.log"
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_journal = logging.getLogger("esms_desktop")


# What these say is made of words of the program: names of types, of modules, of attributes.
_SUS = (
    ImportError,
    AttributeError,
    NameError,
    TypeError,
    IndexError,
    ArithmeticError,
    MemoryError,
    RecursionError,
)


class _SansDonnees(logging.Formatter):
    """Where an error happened and of what kind, never what was being written: a message may hold a name."""

    def formatException(self, ei: Any) -> str:
        """The calls, and for each error of the chain its class, with its words when they are ours."""
        erreur: BaseException | None = ei[1]
        suite: list[str] = []
        vues: set[int] = set()
        while erreur is not None and id(erreur) not in vues:
            vues.add(id(erreur))
            pile = "".join(traceback.format_tb(erreur.__traceback__))
            suite.append(f"Traceback (most recent call last):\n{pile}{_nom(erreur)}")
            erreur = erreur.__cause__ or (None if erreur.__suppress_context__ else erreur.__context__)
        return "\n\n".join(reversed(suite))


def _nom(erreur: BaseException) -> str:
    module, classe = type(erreur).__module__, type(erreur).__qualname__
    if module != "builtins":
        classe = f"{module}.{classe}"
    if isinstance(erreur, OSError):
        return f"{classe}: errno {erreur.errno}"
    code = getattr(getattr(erreur, "orig", erreur), "sqlite_errorname", "")
    if code:
        return f"{classe}: {code}"
    return f"{classe}: {erreur}" if isinstance(erreur, _SUS) else classe


def detail(erreur: BaseException) -> str:
    """What the log says of an error: where and of what kind, without what was being written."""
    return _SansDonnees().formatException((type(erreur), erreur, erreur.__traceback__))


def _ouvrir(chemin: str, drapeaux: int) -> int:
    return os.open(chemin, drapeaux | getattr(os, "O_NOFOLLOW", 0), 0o600)


class _Fichier(RotatingFileHandler):
    """A file its owner only reads, never reached through a link planted under its name."""

    def _open(self) -> Any:
        return open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors, opener=_ouvrir)


class _SansPlace(logging.NullHandler):
    """The log of a system that leaves no place for one."""


def dossier_journal() -> Path:
    """The folder of the log, made if needed.

    Raises:
        OSError: it cannot be made. RuntimeError: this account has no home.
    """
    from platformdirs import user_log_dir

    dossier = Path(user_log_dir("esms-desktop", appauthor=False))
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    return dossier


def installer() -> None:
    """Sends the log to a file of 1 MB, three kept; it is made by the first line. Without a folder, to a temporary file.

    Once for all: the file that serves already goes on serving.
    """
    racine = logging.getLogger()
    if any(isinstance(h, RotatingFileHandler | _SansPlace) for h in racine.handlers):
        return
    racine.setLevel(logging.INFO)
    # Its own failures are not a person's business: no traceback of the log about itself.
    logging.raiseExceptions = False
    chemin = _fichier()
    if chemin is None:
        racine.addHandler(_SansPlace())
        return
    sortie = _Fichier(chemin, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    sortie.setFormatter(_SansDonnees(_FORMAT))
    racine.addHandler(sortie)


def _fichier() -> Path | None:
    """Where the log can be written: its folder, else one of this run; None when the system leaves no place at all."""
    try:
        chemin = dossier_journal() / NOM
        # Asked now, so that a folder that cannot be written is known before there is something to say.
        open(chemin, "a", encoding="utf-8", opener=_ouvrir).close()
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
