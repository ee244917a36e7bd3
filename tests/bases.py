"""New bases for the tests: the program makes one, the others are copies of it, opened by the same engine one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import Engine, event

from esms_desktop.model import Dossier
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.engine import creer_engine
from esms_desktop.store.porte import Porte

if TYPE_CHECKING:
    from ui.contexte import Contexte

CLE = cle_jetable()


@cache
def _neuve() -> bytes:
    with TemporaryDirectory() as atelier:
        chemin = Path(atelier) / "base.sqlite"
        ouvrir(chemin, CLE).fermer()
        return chemin.read_bytes()


@cache
def _engine(chemin: Path) -> Engine:
    # An engine keeps the queries it has compiled. These bases do not outlive their test: no need to wait for the disk.
    engine = creer_engine(chemin, CLE)
    event.listen(engine, "connect", lambda connexion, _fiche: connexion.execute("PRAGMA synchronous = OFF"))
    return engine


@contextmanager
def base_neuve(chemin: Path) -> Iterator[Porte]:
    """The door of an empty encrypted base at `chemin`, whatever was there; one at a time for a path."""
    for suffixe in ("-wal", "-shm"):
        chemin.with_name(chemin.name + suffixe).unlink(missing_ok=True)
    chemin.write_bytes(_neuve())
    with Porte(chemin, _engine(chemin)) as porte:
        yield porte


def porte_de(contexte: "Contexte") -> Porte:
    """The door of the base of a window, which gives it to nobody: what a test has someone else write meanwhile."""
    return contexte.base._porte


def dossier_vivant(porte: Porte, cle: int) -> Dossier | None:
    """The dossier of that id as an object of the session, which a test may change before it is written; None when it is gone."""
    return porte.trouver(Dossier, cle)
