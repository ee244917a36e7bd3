"""Files beside the base, written whole: beside their place, forced to the disk with their folder, then renamed."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# What a killed process may leave of a file it was writing; swept by `balayer`.
_BROUILLON = ".esms-brouillon."


@contextmanager
def brouillon(place: Path) -> Iterator[Path]:
    """An empty file in the folder of `place`, readable by its owner only; gone at the end unless it was put in place.

    Raises:
        OSError: the folder refuses.
    """
    poignee, nom = tempfile.mkstemp(prefix=f"{_BROUILLON}{place.name[:40]}.", dir=place.parent)
    os.close(poignee)
    neuf = Path(nom)
    try:
        yield neuf
    finally:
        for suffixe in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                neuf.with_name(neuf.name + suffixe).unlink(missing_ok=True)


def ecrire_entier(place: Path, octets: bytes) -> None:
    """Writes a file whole, in place of what was there; a link there is replaced, never followed.

    Raises:
        OSError: the disk refuses; what was there is as it was.
    """
    with brouillon(place) as neuf:
        with neuf.open("wb") as flux:
            flux.write(octets)
            flux.flush()
            os.fsync(flux.fileno())
        mettre_en_place(neuf, place)


def forcer(fichier: Path) -> None:
    """Sends what was written in a file to the disk.

    Raises:
        OSError: the disk refuses.
    """
    poignee = os.open(fichier, os.O_RDWR)
    try:
        os.fsync(poignee)
    finally:
        os.close(poignee)


def mettre_en_place(neuf: Path, place: Path) -> None:
    """Renames a file already forced to the disk, then forces the folder: after a power cut it is there, or it never was.

    Raises:
        OSError: the disk refuses.
    """
    neuf.replace(place)
    forcer_dossier(place.parent)


def poser(neuf: Path, place: Path) -> bool:
    """Puts a finished file in its place unless something is already there; says whether it did.

    A hard link is the atomic way to never overwrite; where the disk has none, a rename does it.
    """
    try:
        os.link(neuf, place)
    except FileExistsError:
        return False
    except OSError:
        if place.exists():
            return False
        neuf.replace(place)
    forcer_dossier(place.parent)
    return True


def forcer_dossier(dossier: Path) -> None:
    """Sends the names of a folder to the disk, where the system can: Windows cannot, some network disks refuse."""
    if os.name == "nt":
        return
    with suppress(OSError):
        poignee = os.open(dossier, os.O_RDONLY)
        try:
            os.fsync(poignee)
        finally:
            os.close(poignee)


def accorder(base: Path) -> None:
    """Gives the -wal and the -shm of a base the rights of the base: opened once where it could only be read, SQLite made
    them so, and the base would stay so."""
    with suppress(OSError):
        droits = stat.S_IMODE(base.stat().st_mode)
        for suffixe in ("-wal", "-shm"):
            voisin = base.with_name(base.name + suffixe)
            with suppress(FileNotFoundError):
                vu = voisin.lstat()
                if stat.S_ISREG(vu.st_mode) and stat.S_IMODE(vu.st_mode) != droits:
                    voisin.chmod(droits)


def balayer(dossier: Path, age_s: float = 3600.0) -> int:
    """Removes what killed processes left half written in a folder for more than `age_s` seconds; answers how many."""
    retires = 0
    with suppress(OSError):
        maintenant = _maintenant()
        for reste in dossier.glob(f"{_BROUILLON}*"):
            with suppress(OSError):
                if maintenant - reste.lstat().st_mtime > age_s:
                    reste.unlink()
                    retires += 1
    return retires


def _maintenant() -> float:
    import time

    return time.time()
