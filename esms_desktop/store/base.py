"""Opening a base: create it when absent, tell what it is, migrate it when older, hand over the door."""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import configure_mappers

from esms_desktop.errors import ErreurBase, ErreurCle
from esms_desktop.store.chiffrement import ENTETE_EN_CLAIR, PAGE, Cle
from esms_desktop.store.engine import cle_ouvre, connexion_nue, creer_engine
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.fichiers import accorder, brouillon, poser
from esms_desktop.store.migration import mettre_a_jour
from esms_desktop.store.porte import Porte
from esms_desktop.store.sante import exiger_lisible
from esms_desktop.store.schema import SCHEMA, Schema, accepter, creer_tables, lire_revision


def ouvrir(chemin: Path, cle: Cle, schema: Schema = SCHEMA) -> Porte:
    """Opens the base, creating it when there is none and migrating it when it is older than the program.

    Args:
        chemin: the base; its folder is created when absent.
        cle: its key (see `cles.cle_de_la_base`).
        schema: the revisions the program knows.

    Raises:
        ErreurCle: the file does not decrypt with this key; it is left as it was.
        ErreurBase: the file is not a base of ESMS Desktop, comes from a newer version, or the disk refuses.
    """
    try:
        if not chemin.exists():
            _creer(chemin, cle, schema)
        _reconnaitre(chemin, cle)
        accorder(chemin)
        exiger_lisible(chemin, cle)
        with connexion_nue(chemin, cle) as connexion:
            revision = lire_revision(connexion)
        accepter(chemin, revision, schema)
        if revision != schema.courante:
            mettre_a_jour(chemin, cle, schema)
        porte = Porte(chemin, creer_engine(chemin, cle))
        porte.cle = cle
        return porte
    except (OSError, sqlcipher.Error, DBAPIError) as erreur:
        raise traduire(erreur) from erreur
    finally:
        if cle.temoin and not chemin.exists():
            cle.temoin.unlink(missing_ok=True)


def preparer() -> None:
    """Has SQLAlchemy learn the classes, which the first write would wait for. Any thread may call it."""
    configure_mappers()


def _creer(chemin: Path, cle: Cle, schema: Schema) -> None:
    """Makes the whole base beside its place, then puts it there; a base another process just put there is kept."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    # Readable by its owner only, and SQLite gives -wal and -shm the same rights.
    with brouillon(chemin) as neuf:
        with connexion_nue(neuf, cle, cle.sel) as connexion:
            connexion.execute("PRAGMA synchronous = FULL")
            creer_tables(connexion, schema.courante)
            # Last: on a full disk a -wal would hold tables that never reach the file, and nobody would be told.
            connexion.execute("PRAGMA journal_mode = WAL")
        poser(neuf, chemin)


def _reconnaitre(chemin: Path, cle: Cle) -> None:
    if not chemin.is_file():
        raise ErreurBase(f"« {chemin} » est un dossier, pas une base.", "Indiquez le fichier de la base.")
    with chemin.open("rb") as flux:
        debut = flux.read(len(ENTETE_EN_CLAIR))
    if debut == ENTETE_EN_CLAIR:
        raise ErreurBase(
            f"« {chemin.name} » n’est pas chiffrée : ce n’est pas une base ESMS Desktop.",
            "Le fichier n’a pas été modifié ; indiquez une autre base.",
        )
    if chemin.stat().st_size < PAGE:
        raise ErreurBase(
            f"« {chemin.name} » n’est pas une base ESMS Desktop.",
            "Le fichier n’a pas été modifié ; indiquez une autre base.",
        )
    if not cle_ouvre(chemin, cle):
        raise ErreurCle(
            f"« {chemin.name} » ne se déchiffre pas : la clé n’est pas la bonne, ou ce n’est pas une base ESMS Desktop.",
            "Le fichier n’a pas été modifié ; vérifiez la phrase secrète et le fichier.",
        )
