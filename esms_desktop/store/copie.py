"""Copying a base as it is at one instant, while others write in it, and proving the copy."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.errors import ErreurBase
from esms_desktop.store.chiffrement import Cle
from esms_desktop.store.engine import ATTENTE_MS, connexion_nue
from esms_desktop.store.fichiers import forcer

# Pages copied at once: a quarter of a megabyte, about 5 ms.
_PAS = 64
Comptes = dict[str, int]


def copier(
    source: Path,
    cle: Cle,
    vers: Path,
    cle_vers: Cle,
    sel: bytes,
    apres_un_pas: Callable[[int, int], object] = lambda faites, total: None,
) -> Comptes:
    """Copies a base, encrypted by another key or the same, as it was when the copy began; answers the rows of each table.

    What others commit meanwhile is not in the copy, and does not make it start again.

    Args:
        source: the base.
        cle: its key.
        vers: an empty file.
        cle_vers: the key of the copy.
        sel: the first 16 bytes of the copy.
        apres_un_pas: called after each step with the pages done and their total; what it raises stops the copy.

    Raises:
        sqlcipher3.Error, OSError: one of the two does not read or write.
    """
    with connexion_nue(source, cle) as lue:
        lue.execute("BEGIN")
        comptes = compter(lue)
        copier_la_connexion(lue, vers, cle_vers, sel, apres_un_pas)
        lue.execute("ROLLBACK")
    return comptes


def copier_la_connexion(
    lue: Any,
    vers: Path,
    cle_vers: Cle,
    sel: bytes,
    apres_un_pas: Callable[[int, int], object] = lambda faites, total: None,
) -> None:
    """Copies what an open connection sees; see `copier`."""
    with connexion_nue(vers, cle_vers, sel) as ecrite:
        # The file is forced to the disk whole, then checked: until then it has no name.
        ecrite.execute("PRAGMA synchronous = OFF")

        attente = _Attente()

        def suivre(_etat: int, restent: int, total: int) -> None:
            attente.a_avance(restent)
            apres_un_pas(total - restent, total)

        lue.backup(ecrite, pages=_PAS, progress=suivre)
        # One file, which opens where nothing can be written beside it.
        ecrite.execute("PRAGMA journal_mode = DELETE").fetchone()
    forcer(vers)


class _Attente:
    """Ends a copy that no longer goes forward: the driver would try a busy base for ever."""

    def __init__(self) -> None:
        self._restent = -1
        self._depuis = time.monotonic()

    def a_avance(self, restent: int) -> None:
        if restent != self._restent:
            self._restent, self._depuis = restent, time.monotonic()
        elif time.monotonic() - self._depuis > ATTENTE_MS / 1000:
            raise ErreurBase(
                "La base est occupée par une autre fenêtre ou un autre programme : la copie n’a pas été faite.",
                "Attendez qu’il ait fini puis recommencez.",
            )


def compter(connexion: Any) -> Comptes:
    """How many rows each table has, the schema among them."""
    noms = [
        str(nom)
        for (nom,) in connexion.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ]
    comptes = {nom: int(connexion.execute(f'SELECT count(*) FROM "{nom}"').fetchone()[0]) for nom in noms}
    comptes["sqlite_master"] = int(connexion.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    return comptes


def prouver(copie: Path, cle: Cle, attendus: Comptes) -> None:
    """Opens a copy again, checks each of its pages, and compares its rows to those of the base.

    Raises:
        ErreurBase: it is not what was copied. sqlcipher3.Error: it does not read.
    """
    with connexion_nue(copie, cle) as relue:
        # Not the pages this process has just written and may still hold: those of the file.
        defauts = relue.execute("PRAGMA cipher_integrity_check").fetchall()
        if defauts:
            raise ErreurBase(
                "La copie de la base ne se relit pas comme elle a été écrite : elle n’a pas été gardée.",
                "Vérifiez l’état du disque, puis recommencez.",
            )
        if compter(relue) != attendus:
            raise ErreurBase(
                "La copie de la base ne contient pas tout ce que contient la base : elle n’a pas été gardée.",
                "Recommencez ; si cela se reproduit, vérifiez la base (« esms-desktop base verifier --complet »).",
            )


def oublier_le_cache(chemin: Path) -> None:
    """Asks the system to read the file from the disk the next time, where it can be asked."""
    if hasattr(os, "posix_fadvise"):
        poignee = os.open(chemin, os.O_RDONLY)
        try:
            os.posix_fadvise(poignee, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(poignee)


ERREURS = (sqlcipher.Error, OSError)
