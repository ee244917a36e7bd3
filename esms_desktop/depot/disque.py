"""Files of the filing on the disk: written once, measured as they are written, forced to the disk at the end."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ecrit:
    """A file that was written. `sha256`: 64 hex digits; `taille`: bytes."""

    chemin: Path
    taille: int
    sha256: str


def empreinte(octets: bytes) -> str:
    """SHA-256 in 64 hex digits."""
    return hashlib.sha256(octets).hexdigest()


def ecrire(chemin: Path, octets: bytes, sha256: str = "") -> Ecrit:
    """Writes a new file; `sha256`: that of `octets` when it is already known.

    Raises:
        OSError: the file exists, or the disk refuses.
    """
    chemin.parent.mkdir(parents=True, exist_ok=True)
    with chemin.open("xb") as fichier:
        fichier.write(octets)
    return Ecrit(chemin, len(octets), sha256 or empreinte(octets))


def mesurer(chemin: Path) -> Ecrit:
    """Reads a file through, whatever its size, without keeping it in memory."""
    with chemin.open("rb") as fichier:
        sha256 = hashlib.file_digest(fichier, "sha256").hexdigest()
        return Ecrit(chemin, fichier.tell(), sha256)


def deplacer(fichier: Ecrit, chemin: Path) -> Ecrit:
    """The same file under another name of the same disk."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    fichier.chemin.rename(chemin)
    return Ecrit(chemin, fichier.taille, fichier.sha256)


def fixer(chemins: Iterable[Path]) -> None:
    """Waits until the disk holds these files."""
    for chemin in chemins:
        with chemin.open("r+b") as fichier:
            os.fsync(fichier.fileno())
