"""Opening a base: create it when absent, tell what it is, migrate it when older, hand over the door."""

import os
from contextlib import suppress
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import configure_mappers

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee, ErreurCle
from esms_desktop.store.cles import page_claire
from esms_desktop.store.cles.chiffrement import ENTETE_EN_CLAIR, PAGE, Cle, identite
from esms_desktop.store.cles.temoin import lire_temoin
from esms_desktop.store.engine import (
    attend,
    cle_ouvre,
    connexion_nue,
    creer_engine,
    journal_de,
    quitter_le_wal,
)
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.fichiers import accorder, brouillon, poser
from esms_desktop.store.migration import mettre_a_jour
from esms_desktop.store.porte import Porte
from esms_desktop.store.sante.sante import exiger_lisible
from esms_desktop.store.schema import SCHEMA, Schema, accepter, creer_tables, lire_revision


def ouvrir(chemin: Path, cle: Cle, schema: Schema = SCHEMA, lecture_seule: str = "") -> Porte:
    """Opens the base, creating it when there is none and migrating it when it is older than the program.

    Args:
        chemin: the base; its folder is created when absent.
        cle: its key (see `cles.cle_de_la_base`).
        schema: the revisions the program knows.
        lecture_seule: why nothing may be written, in a French sentence; a base whose file or folder refuses to be written is
            opened so whatever is said.

    Raises:
        ErreurCle: the file does not decrypt with this key; it is left as it was.
        ErreurBase: the file is not a base of ESMS Desktop, comes from a newer version, or the disk refuses.
    """
    try:
        if not chemin.exists():
            _creer(chemin, cle, schema)
        _reconnaitre(chemin, cle)
        lecture_seule = lecture_seule or _refus_d_ecrire(chemin)
        if lecture_seule:
            return _ouvrir_en_lecture(chemin, cle, schema, lecture_seule)
        accorder(chemin)
        if journal_de(chemin) != "WAL":
            # Busy: another program of this computer has it open, which folded it already or is about to say so.
            with suppress(sqlcipher.OperationalError):
                quitter_le_wal(chemin, cle)
        exiger_lisible(chemin, cle)
        with connexion_nue(chemin, cle) as connexion:
            revision = lire_revision(connexion)
        accepter(chemin, revision, schema)
        if revision != schema.courante:
            mettre_a_jour(chemin, cle, schema)
        cle = _avec_sel(chemin, cle)
        _montrer_les_emplacements(chemin, cle)
        porte = Porte(chemin, creer_engine(chemin, cle))
        porte.cle = cle
        # The phrase may be another by then, or what held them may have been written again.
        porte.a_la_fermeture.append(lambda: _montrer_les_emplacements(chemin, cle))
        return porte
    except (OSError, sqlcipher.Error, DBAPIError) as erreur:
        raise traduire(erreur) from erreur
    finally:
        if cle.temoin and not chemin.exists():
            cle.temoin.unlink(missing_ok=True)


def _montrer_les_emplacements(chemin: Path, cle: Cle) -> None:
    """Has the base alone say how its phrase opens it; it opens all the same without."""
    if cle.sel is not None and (lu := lire_temoin(chemin)) is not None and identite(chemin) == cle.sel.hex():
        qui = cle.sel.hex()
        page_claire.poser(chemin, cle, [e for e in lu.emplacements if e.base == qui and e.reconnait(cle)])


def _avec_sel(chemin: Path, cle: Cle) -> Cle:
    """The same key with the first bytes of its file, read while it is closed: closing it later would let go of our locks."""
    return cle if cle.sel is not None else Cle(cle.octets, cle.temoin, bytes.fromhex(identite(chemin)))


def _refus_d_ecrire(chemin: Path) -> str:
    if not os.access(chemin, os.W_OK):
        return "Le fichier de la base est en lecture seule."
    if not os.access(Path(os.path.realpath(chemin)).parent, os.W_OK):
        return "Le dossier de la base est en lecture seule."
    return ""


def _ouvrir_en_lecture(chemin: Path, cle: Cle, schema: Schema, pourquoi: str) -> Porte:
    """A door that reads; it changes nothing, and what it leaves does not keep the next one from writing."""
    cle = _avec_sel(chemin, cle)
    engine = creer_engine(chemin, cle, lecture_seule=True)
    try:
        with engine.connect() as connexion:
            revision = lire_revision(connexion.connection.driver_connection)
    except (ErreurBase, sqlcipher.OperationalError, DBAPIError) as erreur:
        engine.dispose()
        if isinstance(erreur, ErreurBaseAbimee) or not attend(chemin):
            raise
        raise ErreurBase(
            f"{pourquoi} Les derniers enregistrements de « {chemin.name} » sont encore dans « {chemin.name}-wal », qui ne peut pas se lire là.",
            "Copiez les deux fichiers, et celui de la clé, dans un dossier où vous pouvez écrire, puis ouvrez-la là.",
        ) from erreur
    accepter(chemin, revision, schema)
    if revision != schema.courante:
        engine.dispose()
        raise ErreurBase(
            f"{pourquoi} « {chemin.name} » vient d’une version plus ancienne : elle doit être mise à jour avant d’être lue.",
            "Ouvrez-la une fois là où elle peut être écrite, ou copiez-la ailleurs.",
        )
    porte = Porte(chemin, engine)
    porte.cle = cle
    porte.lecture_seule = pourquoi
    return porte


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
            connexion.execute(f"PRAGMA journal_mode = {journal_de(chemin)}")
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
