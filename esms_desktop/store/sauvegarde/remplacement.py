"""Putting another file in the place of a base: alone on it, whole or not at all."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.errors import ErreurBase
from esms_desktop.store.cles.chiffrement import PAGE, Cle
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.fichiers import brouillon, mettre_en_place
from esms_desktop.store.sauvegarde.copie import compter, copier_la_connexion, exiger_entiere, prouver

_ATTENTE_MS = 2000


def rechiffrer(base: Path, ancienne: Cle, nouvelle: Cle, avant_la_place: Callable[[], object]) -> None:
    """Encrypts a base anew with another key, in its place.

    Args:
        base: the base; nothing else may have it open.
        ancienne: its key.
        nouvelle: the other key, with the salt of the file to make.
        avant_la_place: called when the new file is whole and proved, before it takes its place.

    Raises:
        ErreurBase: another window or program has the base open; it is as it was.
        sqlcipher3.Error, OSError: the base or the disk refuses; it is as it was.
    """
    vrai = Path(os.path.realpath(base))
    assert nouvelle.sel is not None
    with brouillon(vrai) as neuf:
        with connexion_nue(vrai, ancienne) as source:
            _etre_seul(source, base)
            exiger_entiere(source)
            comptes = compter(source)
            copier_la_connexion(source, neuf, nouvelle, nouvelle.sel)
            prouver(neuf, nouvelle, comptes)
            avant_la_place()
            if os.name != "nt":
                # Before the lock goes: a program that waited for it must find neither the old rows nor a place to write.
                with vrai.open("r+b", buffering=0) as vieux:
                    mettre_en_place(neuf, vrai)
                    vieux.write(bytes(PAGE))
                    source.close()
        if os.name == "nt":
            mettre_en_place(neuf, vrai)


def _etre_seul(connexion: sqlcipher.Connection, base: Path) -> None:
    """Takes the base for this connection alone, its -wal folded into it.

    Raises:
        ErreurBase: somebody else has it open.
    """
    connexion.execute(f"PRAGMA busy_timeout = {_ATTENTE_MS}")
    mode = ""
    seul = False
    with suppress(sqlcipher.OperationalError):
        mode = str(connexion.execute("PRAGMA journal_mode = DELETE").fetchone()[0])
        # The lock outlives the transaction: a base in the middle of a transaction cannot be copied.
        connexion.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        connexion.execute("BEGIN EXCLUSIVE")
        connexion.execute("COMMIT")
        seul = mode == "delete"
    if not seul:
        raise ErreurBase(
            f"« {base.name} » est ouverte dans une autre fenêtre ou un autre programme.",
            "Fermez-les, puis recommencez : rien n’a été changé.",
        )
