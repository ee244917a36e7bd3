"""Bringing an older base to the present schema: a copy first, then one transaction."""

from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from esms_desktop.errors import ErreurBase
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.temoin import rassembler
from esms_desktop.store.engine import creer_engine
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.reglages import avec_lignee, dossier_local, ecrire_reglages
from esms_desktop.store.sauvegarde.sauvegarde import sauvegarder
from esms_desktop.store.schema import Schema, lire_revision


def mettre_a_jour(chemin: Path, cle: Cle, schema: Schema) -> Path:
    """Migrates the base, and answers the backup taken before, which opens with the same key.

    Raises:
        ErreurBase: the backup or the migration failed; the base is as it was.
        OSError, sqlcipher3.Error, DBAPIError: the base is locked or the disk refuses; it is as it was.
    """
    reglages = avec_lignee(chemin)
    ecrire_reglages(chemin, reglages)
    emplacements = [e for e in rassembler(chemin)[0] if e.reconnait(cle) or e.ancien]
    avant = sauvegarder(chemin, cle, dossier_local(chemin), "mise-a-jour", emplacements, reglages.lignee)
    try:
        migrer(chemin, cle, schema)
    except BaseException:
        # The base is as it was: a backup at each new attempt would only fill the disk.
        avant.chemin.unlink()
        raise
    return avant.chemin


def migrer(chemin: Path, cle: Cle, schema: Schema) -> None:
    """Migrates a base, without a backup: that of the caller stands for it.

    Raises:
        ErreurBase: the migration failed; the base is as it was.
        OSError, sqlcipher3.Error, DBAPIError: the base is locked or the disk refuses; it is as it was.
    """
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
    finally:
        engine.dispose()


def _migrer(connexion: Connection, schema: Schema, chemin: Path) -> None:
    echec = f"« {chemin.name} » n’a pas pu être mise à jour ; elle est restée comme elle était."
    conseil = "Réinstallez la version précédente du logiciel et signalez ce défaut."
    try:
        appliquer(connexion, schema)
        orphelins = connexion.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    except (DBAPIError, ErreurBase) as erreur:
        cause = erreur if isinstance(erreur, ErreurBase) else traduire(erreur)
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
