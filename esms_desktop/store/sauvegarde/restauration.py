"""Bringing a backup back: looked at first, made ready beside the base, then put in its place whole or not at all."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from esms_desktop.errors import ErreurBase
from esms_desktop.model import EntreeJournal
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.engine import connexion_nue, creer_engine
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.fichiers import brouillon, forcer, mettre_en_place, poser
from esms_desktop.store.migration import migrer
from esms_desktop.store.sauvegarde.copie import Attente, copier_la_connexion
from esms_desktop.store.schema import SCHEMA, Schema, accepter, lire_revision

_FICHIERS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class DossierVu:
    """A dossier of a base, in numbers."""

    nom: str
    ogs: int
    essms: int
    fichiers: int


@dataclass(frozen=True)
class Comparaison:
    """What a backup holds, and how the present base differs.

    Args:
        contenu: the dossiers of the backup.
        disparaissent: dossiers of the base that the backup does not hold.
        reviennent: dossiers of the backup that the base does not hold.
        changent: dossiers of both, whose numbers differ or in which something was written since.
        gestes: how many gestes of the base are more recent; None when the two do not share their past.
    """

    contenu: tuple[DossierVu, ...]
    disparaissent: tuple[str, ...]
    reviennent: tuple[str, ...]
    changent: tuple[str, ...]
    gestes: int | None


def comparer(fichier: Path, cle_du_fichier: Cle, base: Path | None, cle: Cle | None) -> Comparaison:
    """Looks into a backup, and at what the present base holds besides.

    Raises:
        ErreurBase: one of the two does not read.
    """
    with _en_francais(), en_lecture(fichier, cle_du_fichier) as vue:
        contenu = _dossiers(vue)
        entree = _derniere_entree(vue)
        if base is None or cle is None:
            return Comparaison(tuple(contenu.values()), (), tuple(contenu), (), None)
        with connexion_nue(base, cle) as presente:
            presente.execute("BEGIN")
            actuel = _dossiers(presente)
            gestes, touches = _depuis(presente, entree)
    communs = [n for n in contenu if n in actuel]
    changent = tuple(n for n in communs if contenu[n] != actuel[n] or n in touches)
    return Comparaison(
        tuple(contenu.values()),
        tuple(n for n in actuel if n not in contenu),
        tuple(n for n in contenu if n not in actuel),
        changent,
        gestes,
    )


@contextlib.contextmanager
def en_lecture(fichier: Path, cle: Cle) -> Iterator[Any]:
    """A connection to a backup that writes nothing, neither in it nor beside it."""
    uri = f"{Path(os.path.realpath(fichier)).as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlcipher.connect(uri, uri=True, isolation_level=None)) as connexion:
        connexion.execute("PRAGMA cipher_log_level = NONE")
        connexion.execute(f'PRAGMA key = "{cle.pragma}"')
        yield connexion


def _dossiers(connexion: Any) -> dict[str, DossierVu]:
    lignes = connexion.execute(
        "SELECT d.nom, (SELECT count(*) FROM og WHERE og.dossier_id = d.id),"
        " (SELECT count(*) FROM essms e JOIN og ON e.og_id = og.id WHERE og.dossier_id = d.id),"
        " (SELECT count(*) FROM fichier f WHERE f.dossier_id = d.id) FROM dossier d ORDER BY d.nom, d.id"
    )
    return {nom: DossierVu(nom, ogs, essms, fichiers) for nom, ogs, essms, fichiers in lignes}


def _derniere_entree(connexion: Any) -> tuple[Any, ...] | None:
    lu = connexion.execute(
        "SELECT id, quand, geste, table_, cle FROM journal ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return tuple(lu) if lu else None


def _depuis(connexion: Any, entree: tuple[Any, ...] | None) -> tuple[int | None, set[str]]:
    """How many gestes the journal holds after that entry, and the dossiers they touched; None when it does not hold it."""
    depuis = 0
    if entree is not None:
        if not _tient(connexion, entree):
            return None, set()
        depuis = int(entree[0])
    gestes = connexion.execute(
        "SELECT count(DISTINCT geste) FROM journal WHERE id > ?", (depuis,)
    ).fetchone()[0]
    touches = connexion.execute(
        "SELECT DISTINCT d.nom FROM journal j JOIN dossier d ON d.id = j.dossier_id WHERE j.id > ?", (depuis,)
    )
    return int(gestes), {nom for (nom,) in touches}


def _tient(connexion: Any, entree: tuple[Any, ...]) -> bool:
    # Not the instant: a migration may have written it otherwise.
    identite, _quand, geste, table, cle = entree
    ordre = "SELECT 1 FROM journal WHERE id = ? AND geste = ? AND table_ = ? AND cle = ?"
    return connexion.execute(ordre, (identite, geste, table, cle)).fetchone() is not None


# Putting it back.


def remettre_dans(
    fichier: Path,
    cle_du_fichier: Cle,
    base: Path,
    cle: Cle,
    qui: str,
    quand: datetime,
    libelle: str,
    schema: Schema = SCHEMA,
) -> None:
    """Puts the content of a backup in a base that is in use, in one transaction: whoever has it open reads it at once.

    Raises:
        ErreurBase: the backup is newer than the program, or the disk refuses; the base is as it was.
    """
    vrai = Path(os.path.realpath(base))
    with _en_francais(), brouillon(vrai) as neuf, connexion_nue(vrai, cle) as presente:
        sel = bytes.fromhex(str(presente.execute("PRAGMA cipher_salt").fetchone()[0]))
        _preparer(fichier, cle_du_fichier, neuf, cle, sel, schema)
        _raconter(neuf, cle, presente, qui, quand, libelle)
        presente.execute("PRAGMA synchronous = FULL")
        with connexion_nue(neuf, cle) as source:
            attente = Attente()
            source.backup(presente, pages=-1, progress=lambda _e, restent, _t: attente.a_avance(restent))


def mettre_a_la_place(
    fichier: Path,
    cle_du_fichier: Cle,
    base: Path,
    cle: Cle,
    sel: bytes,
    qui: str,
    quand: datetime,
    libelle: str,
    schema: Schema = SCHEMA,
) -> Path | None:
    """Makes a base of a backup where there is none, or where it does not read; answers where what was there is set aside.

    There is a base at that place at every instant, the former or the new one.

    Raises:
        ErreurBase: the backup is newer than the program, or the disk refuses; what was there is as it was.
    """
    vrai = Path(os.path.realpath(base))
    with _en_francais():
        vrai.parent.mkdir(parents=True, exist_ok=True)
        with brouillon(vrai) as neuf:
            _preparer(fichier, cle_du_fichier, neuf, cle, sel, schema)
            _raconter(neuf, cle, None, qui, quand, libelle)
            if not vrai.exists():
                if not poser(neuf, vrai):
                    raise ErreurBase(
                        f"Un autre programme vient d’écrire « {vrai.name} ».",
                        "Rien n’a été changé ; recommencez.",
                    )
                return None
            return mettre_de_cote(vrai, neuf, quand)


def mettre_de_cote(vrai: Path, neuf: Path, quand: datetime) -> Path:
    """Sets a base aside as it is, its -wal with it, and puts a finished file in its place; answers where it is.

    Raises:
        OSError: the disk refuses; the base is where it was.
    """
    cote = vrai.with_name(f"{vrai.name}.abimee-{quand:%Y%m%d-%H%M%S}")
    for suffixe in ("", *_FICHIERS):
        ancien = vrai.with_name(vrai.name + suffixe)
        if ancien.exists():
            _doubler(ancien, cote.with_name(cote.name + suffixe))
    # Before the new file takes the place: what the former one still had to write would go into it.
    for suffixe in _FICHIERS:
        vrai.with_name(vrai.name + suffixe).unlink(missing_ok=True)
    mettre_en_place(neuf, vrai)
    return cote


def _doubler(ancien: Path, autre: Path) -> None:
    try:
        os.link(ancien, autre)
    except FileExistsError:
        raise
    # A disk without links: the bytes.
    except OSError:
        shutil.copyfile(ancien, autre)
        autre.chmod(0o600)
        forcer(autre)


def _preparer(fichier: Path, cle_du_fichier: Cle, neuf: Path, cle: Cle, sel: bytes, schema: Schema) -> None:
    """Writes the content of the backup in `neuf`, in the present schema, each page proved as it is read and once written."""
    with en_lecture(fichier, cle_du_fichier) as vue:
        revision = lire_revision(vue)
        accepter(fichier, revision, schema)
        copier_la_connexion(vue, neuf, cle, sel)
    if revision != schema.courante:
        migrer(neuf, cle, schema)
    with connexion_nue(neuf, cle) as relue:
        relue.execute("PRAGMA journal_mode = DELETE").fetchone()
        if relue.execute("PRAGMA cipher_integrity_check").fetchall():
            raise ErreurBase(
                "La sauvegarde n’a pas pu être recopiée sans faute : rien n’a été changé.",
                "Vérifiez l’état du disque, puis recommencez.",
            )
    forcer(neuf)


def _raconter(neuf: Path, cle: Cle, presente: Any, qui: str, quand: datetime, libelle: str) -> None:
    """Adds the restoration to the journal, past every number the present base has given: whoever reads by them reads anew."""
    plancher, ailleurs = 0, False
    if presente is not None:
        plancher = int(presente.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0])
        with connexion_nue(neuf, cle) as source:
            entree = _derniere_entree(source)
            ailleurs = entree is not None and not _tient(presente, entree)
    engine = creer_engine(neuf, cle)
    try:
        with engine.begin() as connexion:
            if ailleurs:
                # Another past: none of its numbers may be taken for one of ours.
                connexion.exec_driver_sql("UPDATE journal SET id = -id - ?", (plancher,))
                connexion.exec_driver_sql("UPDATE journal SET id = -id")
            suivant = connexion.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM journal").scalar_one()
            geste = connexion.exec_driver_sql("SELECT coalesce(max(geste), 0) + 1 FROM journal").scalar_one()
            valeurs = {
                "id": max(suivant, plancher + 1),
                "quand": quand,
                "qui": qui,
                "geste": geste,
                "libelle": libelle,
                "sens": "faire",
                "table_": "base",
                "cle": "0",
            }
            connexion.execute(insert(EntreeJournal.__table__).values(valeurs))  # type: ignore[arg-type]
    finally:
        engine.dispose()
    with connexion_nue(neuf, cle) as relue:
        relue.execute("PRAGMA journal_mode = DELETE").fetchone()
    forcer(neuf)


@contextlib.contextmanager
def _en_francais() -> Iterator[None]:
    try:
        yield
    except (sqlcipher.Error, DBAPIError, OSError, MemoryError) as erreur:
        raise traduire(erreur) from erreur
