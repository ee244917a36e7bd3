"""Copying a base as it is at one instant, while others write in it, and proving the copy."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.engine import ATTENTE_MS, connexion_nue
from esms_desktop.store.fichiers import forcer

# Pages copied at once: a quarter of a megabyte, about 5 ms.
_PAS = 64
Comptes = dict[str, int]


def copier_la_connexion(
    lue: Any,
    vers: Path,
    cle_vers: Cle,
    sel: bytes,
    apres_un_pas: Callable[[int, int], object] = lambda faites, total: None,
) -> None:
    """Copies what an open connection sees, encrypted by another key or the same, into an empty file.

    Inside a transaction, it is one instant: what others commit meanwhile is not in the copy, and does not make it start again.

    Args:
        lue: the connection.
        vers: an empty file.
        cle_vers: the key of the copy.
        sel: the first 16 bytes of the copy.
        apres_un_pas: called after each step with the pages done and their total; what it raises stops the copy.

    Raises:
        sqlcipher3.Error, OSError: one of the two does not read or write.
        ErreurBase: the base stayed busy.
    """
    with connexion_nue(vers, cle_vers, sel) as ecrite:
        # The file is forced to the disk whole, then checked: until then it has no name.
        ecrite.execute("PRAGMA synchronous = OFF")

        attente = Attente()

        def suivre(_etat: int, restent: int, total: int) -> None:
            attente.a_avance(restent)
            apres_un_pas(total - restent, total)

        lue.backup(ecrite, pages=_PAS, progress=suivre)
        # One file, which opens where nothing can be written beside it.
        ecrite.execute("PRAGMA journal_mode = DELETE").fetchone()
    forcer(vers)


class Attente:
    """Ends a copy that no longer goes forward: the driver would try a busy base for ever."""

    def __init__(self) -> None:
        self._restent = -1
        self._depuis = time.monotonic()

    def a_avance(self, restent: int) -> None:
        """Notes how many pages remain.

        Raises:
            ErreurBase: as many as five seconds ago.
        """
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


def pages_abimees(connexion: Any) -> list[str]:
    """What SQLCipher says of the pages of the file whose seal does not hold, in English; none when all do.

    It reads the file beside the transactions: a page that somebody is just writing is read again.
    """
    dits: set[str] | None = None
    for pause in (0.0, 0.05, 0.2):
        time.sleep(pause)
        lus = {str(dit) for (dit,) in connexion.execute("PRAGMA cipher_integrity_check")}
        dits = lus if dits is None else dits & lus
        if not dits:
            return []
    return sorted(dits or ())


def exiger_entiere(connexion: Any) -> None:
    """Refuses a base one of whose pages is spoilt: a copy of it would hold zeros in its place, and no error would say so.

    Raises:
        ErreurBaseAbimee: it is.
    """
    if not pages_abimees(connexion):
        return
    # A page spoilt in the file may be whole in the -wal, which then goes over it.
    connexion.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    dits = pages_abimees(connexion)
    if dits:
        raise ErreurBaseAbimee(
            "La base est abîmée : une partie ne se lit plus.",
            "Restaurez une sauvegarde, ou réparez la base (« esms-desktop base reparer »).",
        )


def prouver(copie: Path, cle: Cle, attendus: Comptes) -> None:
    """Opens a copy again, checks each of its pages, and compares its rows to those of the base.

    Raises:
        ErreurBase: it is not what was copied. sqlcipher3.Error: it does not read.
    """
    with connexion_nue(copie, cle) as relue:
        defauts = relue.execute("PRAGMA cipher_integrity_check").fetchall()
        if defauts:
            raise ErreurBase(
                "La copie de la base ne se relit pas comme elle a été écrite : elle n’a pas été gardée.",
                "Vérifiez l’état du disque, puis recommencez.",
            )
        if relue.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok" or compter(relue) != attendus:
            raise ErreurBase(
                "La copie de la base ne contient pas tout ce que contient la base : elle n’a pas été gardée.",
                "Recommencez ; si cela se reproduit, vérifiez la base (« esms-desktop base verifier --complet »).",
            )
