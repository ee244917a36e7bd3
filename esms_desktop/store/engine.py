"""Connections to an encrypted base: how each one is opened and set."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Engine, QueuePool, create_engine, event

from esms_desktop.store.cles.chiffrement import Cle, page_une_scellee_par
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.lieu import lieu_de

ATTENTE_MS = 5000


def creer_engine(chemin: Path, cle: Cle, lecture_seule: bool = False) -> Engine:
    """An engine on the base: WAL on a disk of this computer (see `journal_de`), synchronous FULL, foreign keys.

    Connections are in autocommit: a read never holds an old snapshot, and whoever writes says `BEGIN IMMEDIATE`.

    Args:
        lecture_seule: nothing is written, neither in the base nor beside it where that can be avoided.
    """
    engine = create_engine(
        URL.create("sqlite+pysqlcipher", password=cle.pragma, database=str(chemin)),
        module=sqlcipher,
        poolclass=QueuePool,
        # What is written would be told with the errors, and go to the log.
        hide_parameters=True,
        creator=lambda: sqlcipher.connect(
            _adresse(chemin, lecture_seule), uri=True, check_same_thread=False, isolation_level=None
        ),
    )
    mode = "" if lecture_seule else journal_de(chemin)
    event.listen(engine, "connect", lambda connexion, _fiche: _regler(connexion, mode))
    event.listen(engine, "handle_error", _dire)
    return engine


# What the code that asked handles itself: a constraint, a statement that is wrong.
_AUX_APPELANTS = (
    sqlcipher.IntegrityError,
    sqlcipher.ProgrammingError,
    sqlcipher.InterfaceError,
    sqlcipher.DataError,
    sqlcipher.NotSupportedError,
)


def _dire(contexte: Any) -> None:
    """Has whoever reads the base meet our errors, even where no one was asked to read: an attribute loaded late."""
    erreur = contexte.original_exception
    if isinstance(erreur, sqlcipher.DatabaseError | MemoryError) and not isinstance(erreur, _AUX_APPELANTS):
        raise traduire(erreur) from erreur


def journal_de(chemin: Path) -> str:
    """How a base keeps what is being written: a -wal on this computer; elsewhere a rollback journal, empty at rest.

    A -wal asks for memory that all who read share: two computers have none. The journal is emptied, not removed: a network disk
    remembers for seconds that a file was there, and opening it would then fail.
    """
    return "WAL" if lieu_de(chemin).genre == "local" else "TRUNCATE"


def _adresse(chemin: Path, lecture_seule: bool) -> str:
    adresse = Path(os.path.abspath(chemin)).as_uri()  # noqa: PTH100
    if not lecture_seule:
        return adresse
    # In a folder where nothing can be made, a base nobody writes in is read as it is.
    fige = not os.access(chemin.parent, os.W_OK) and not attend(chemin)
    return f"{adresse}?mode=ro" + ("&immutable=1" if fige else "")


def attend(chemin: Path) -> bool:
    """Whether something waits in a -wal."""
    wal = chemin.with_name(chemin.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def quitter_le_wal(chemin: Path, cle: Cle) -> None:
    """Folds a -wal left by another place into the base, alone on it and without shared memory.

    Raises:
        sqlcipher3.Error: somebody else has it open.
    """
    with connexion_nue(chemin, cle) as connexion:
        connexion.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        connexion.execute("PRAGMA journal_mode = TRUNCATE").fetchone()


def _regler(connexion: Any, journal: str) -> None:
    for ordre in (
        "cipher_log_level = NONE",
        f"busy_timeout = {ATTENTE_MS}",
        "temp_store = MEMORY",
        *((f"journal_mode = {journal}",) if journal else ()),
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connexion.execute(f"PRAGMA {ordre}")


@contextlib.contextmanager
def connexion_nue(chemin: Path, cle: Cle, sel: bytes | None = None) -> Iterator[Any]:
    """A bare connection that changes no setting of the file: to look before deciding, to copy, to create.

    Args:
        sel: the first 16 bytes of a file to make, or of one where they are spoilt; None reads them.
    """
    adresse = _adresse(chemin, chemin.exists() and not os.access(chemin, os.W_OK))
    with contextlib.closing(sqlcipher.connect(adresse, uri=True, isolation_level=None)) as connexion:
        connexion.execute("PRAGMA cipher_log_level = NONE")
        connexion.execute(f'PRAGMA key = "{cle.pragma_avec(sel) if sel else cle.pragma}"')
        connexion.execute(f"PRAGMA busy_timeout = {ATTENTE_MS}")
        yield connexion


def cle_ouvre(chemin: Path, cle: Cle) -> bool:
    """Says whether `cle` opens the base, and touches neither the base nor its -wal.

    Raises:
        OSError: the file cannot be read.
    """
    if page_une_scellee_par(chemin, cle):
        return True
    wal = chemin.with_name(chemin.name + "-wal")
    if not wal.exists() or not wal.stat().st_size:
        return False
    # A power cut can leave the first page half written with its good copy in the -wal: try on a copy of both.
    with tempfile.TemporaryDirectory(dir=chemin.parent) as ailleurs:
        copie = Path(ailleurs) / "base"
        shutil.copyfile(chemin, copie)
        shutil.copyfile(wal, copie.with_name("base-wal"))
        with connexion_nue(copie, cle) as connexion:
            try:
                connexion.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlcipher.DatabaseError:
                return False
    return True
