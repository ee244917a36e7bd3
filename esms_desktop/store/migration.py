"""Bringing an older base to the present schema: a copy first, then one transaction."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from esms_desktop.errors import ErreurBase
from esms_desktop.store.chiffrement import Cle
from esms_desktop.store.engine import connexion_nue, creer_engine
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.schema import Schema, lire_revision
from esms_desktop.store.temoin import chemin_du_temoin


def mettre_a_jour(chemin: Path, cle: Cle, schema: Schema) -> Path:
    """Migrates the base, and answers the copy made before, which opens with the same key.

    Raises:
        ErreurBase: the migration failed; the base is as it was.
        OSError, sqlcipher3.Error, DBAPIError: the base is locked or the disk refuses; it is as it was.
    """
    copie = _copier(chemin, cle)
    engine = creer_engine(chemin, cle)
    try:
        with engine.connect() as connexion:
            # Alembic may rebuild a table other tables point to; the check below stands for the keys meanwhile.
            connexion.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connexion.commit()
            with connexion.begin():
                connexion.exec_driver_sql("BEGIN IMMEDIATE")
                # Another process may have done it while this one waited for the lock.
                if lire_revision(connexion.connection.driver_connection) != schema.courante:
                    _migrer(connexion, schema, chemin)
    except BaseException:
        # The base is as it was: a copy of it at each new attempt would only fill the disk.
        copie.unlink()
        chemin_du_temoin(copie).unlink(missing_ok=True)
        raise
    finally:
        engine.dispose()
    return copie


def _migrer(connexion: Connection, schema: Schema, chemin: Path) -> None:
    echec = f"« {chemin.name} » n’a pas pu être mise à jour ; elle est restée comme elle était."
    conseil = "Réinstallez la version précédente du logiciel et signalez ce défaut."
    try:
        appliquer(connexion, schema)
        orphelins = connexion.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    except DBAPIError as erreur:
        cause = traduire(erreur)
        raise ErreurBase(f"{echec} {cause.message}", cause.remede) from erreur
    # A migration script is code: whatever it raises, the person must know that the base is unharmed.
    except Exception as erreur:
        raise ErreurBase(echec, conseil) from erreur
    if orphelins:
        raise ErreurBase(echec, conseil)


def appliquer(connexion: Connection, schema: Schema) -> None:
    """Runs the Alembic scripts on an open transaction, up to the present revision."""
    # Late: 150 ms that an up-to-date base never pays.
    from alembic import command
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(schema.scripts).replace("%", "%%"))
    configuration.attributes["connection"] = connexion
    command.upgrade(configuration, schema.courante)


def _copier(chemin: Path, cle: Cle) -> Path:
    """An encrypted copy of the base beside it, with its sidecar: `<base>.avant-<revision>-<date>.sqlite`."""
    with connexion_nue(chemin, cle) as source:
        revision = lire_revision(source)
        horodatage = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
        copie = chemin.with_name(f"{chemin.name}.avant-{revision}-{horodatage}.sqlite")
        copie.touch(mode=0o600, exist_ok=False)
        try:
            _recopier(source, copie, cle)
        except BaseException:
            copie.unlink(missing_ok=True)
            raise
    temoin = chemin_du_temoin(chemin)
    if temoin.exists():
        shutil.copyfile(temoin, chemin_du_temoin(copie))
    return copie


def _recopier(source: Any, copie: Path, cle: Cle) -> None:
    with connexion_nue(copie, cle) as destination:
        source.backup(destination)
