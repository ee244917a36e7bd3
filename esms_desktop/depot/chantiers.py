"""Where filings are being written: what a killed one leaves beside its folder is swept at the next start, wherever it was."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from esms_desktop.depot import echange
from esms_desktop.errors import ErreurDepot

_TAILLE_MAX = 64 * 1024


@contextmanager
def inscrit(cible: Path) -> Iterator[None]:
    """Meanwhile, this computer remembers that a filing is written into `cible`; without a word where it cannot."""
    marque = _marque(cible)
    if marque is not None:
        with suppress(OSError):
            marque.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            drapeaux = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(marque, drapeaux, 0o600), "wb") as flux:
                flux.write(os.fsencode(cible))
    yield
    # Not when the filing was killed, nor when an error may have left something behind.
    if marque is not None:
        with suppress(OSError):
            marque.unlink(missing_ok=True)


def balayer() -> int:
    """Sweeps what killed filings left, but for those under way; answers how many folders were looked at."""
    dossier = _dossier()
    regardes = 0
    with suppress(OSError):
        for marque in sorted(dossier.iterdir()) if dossier is not None and dossier.is_dir() else ():
            with suppress(OSError, ErreurDepot, ValueError):
                if marque.is_symlink() or not marque.is_file():
                    continue
                with marque.open("rb") as flux:
                    cible = Path(os.fsdecode(flux.read(_TAILLE_MAX)))
                with echange.verrou(cible):
                    echange.reprendre(cible)
                    regardes += 1
                    marque.unlink(missing_ok=True)
    return regardes


def _dossier() -> Path | None:
    try:
        return Path(platformdirs.user_data_dir("esms-desktop", appauthor=False)) / "chantiers"
    except (OSError, RuntimeError):
        return None


def _marque(cible: Path) -> Path | None:
    dossier = _dossier()
    return dossier / hashlib.sha256(os.fsencode(cible)).hexdigest()[:32] if dossier is not None else None
