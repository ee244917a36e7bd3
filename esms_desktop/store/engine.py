"""Connections to an encrypted base: how each one is opened and set."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Engine, QueuePool, create_engine, event

from esms_desktop.store.chiffrement import Cle, page_une_scellee_par
from esms_desktop.store.erreurs import traduire

ATTENTE_MS = 5000


def creer_engine(chemin: Path, cle: Cle) -> Engine:
    """An engine on the base: WAL, synchronous FULL, foreign keys.

    Connections are in autocommit: a read never holds an old snapshot, and whoever writes says `BEGIN IMMEDIATE`.
    """
    engine = create_engine(
        URL.create("sqlite+pysqlcipher", password=cle.pragma, database=str(chemin)),
        module=sqlcipher,
        poolclass=QueuePool,
        # What is written would be told with the errors, and go to the log.
        hide_parameters=True,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _regler)
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


def _regler(connexion: Any, _fiche: object) -> None:
    for ordre in (
        "cipher_log_level = NONE",
        f"busy_timeout = {ATTENTE_MS}",
        "temp_store = MEMORY",
        "journal_mode = WAL",
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
    with contextlib.closing(sqlcipher.connect(str(chemin), isolation_level=None)) as connexion:
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
