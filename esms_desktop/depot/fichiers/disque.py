"""Files of the filing on the disk: written once, measured as they are written, forced to the disk at the end."""

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO


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


class _Retenue(io.RawIOBase):
    """A file that keeps the first refusal of the disk for the end. What is written after it is lost."""

    def __init__(self, fichier: io.FileIO) -> None:
        super().__init__()
        self._fichier = fichier
        self.refus: OSError | None = None

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, depart: int = os.SEEK_SET, /) -> int:
        return self._fichier.seek(place, depart)

    def tell(self) -> int:
        return self._fichier.tell()

    def write(self, octets: Any, /) -> int:
        if self.refus is None:
            try:
                return self._fichier.write(octets) or 0
            except OSError as e:
                self.refus = e
        return memoryview(octets).nbytes


@contextmanager
def ecrire_pdf(chemin: Path) -> Iterator[BinaryIO]:
    """A new file for qpdf to save into: it ends the whole program when the disk refuses its last bytes, so it never knows.

    Raises:
        OSError: the file exists, or the disk refused something.
    """
    # Unbuffered: nothing is left to be refused when it closes.
    with chemin.open("xb", buffering=0) as fichier:
        retenue = _Retenue(fichier)
        with io.BufferedWriter(retenue, 2**20) as sortie:
            yield sortie
        if retenue.refus is not None:
            raise retenue.refus


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
