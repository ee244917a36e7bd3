"""A sound base made of what a spoilt one still gives: every row in its table, the indexes made anew, what is missing told."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from esms_desktop.errors import ErreurBase
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.recuperation import Recolte, Table, recolter
from esms_desktop.store.engine import connexion_nue, creer_engine
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.fichiers import brouillon, forcer, poser
from esms_desktop.store.migration import appliquer, migrer
from esms_desktop.store.sauvegarde.restauration import en_lecture
from esms_desktop.store.schema import SCHEMA, Schema, creer_tables

Tables = list[tuple[str, int, str]]


@dataclass(frozen=True)
class Reparation:
    """What was made of a spoilt base.

    Args:
        sortie: the sound base.
        lignes: rows of the dossiers in it, by table.
        du_journal: rows that only the journal still told.
        manquantes: rows that were found nowhere: (table, number, name when it is known).
        contenus: names of the attached files whose bytes are lost: they are to be attached again.
        pages, abimees: pages of the spoilt base, and those that do not read.
        entrees: entries of the journal that are lost.
        commits: the last recordings, whose -wal does not read.
    """

    sortie: Path
    lignes: dict[str, int]
    du_journal: int
    manquantes: tuple[tuple[str, int, str], ...]
    contenus: tuple[str, ...]
    pages: int
    abimees: int
    entrees: int
    commits: int

    @property
    def entiere(self) -> bool:
        """Whether nothing is known to be missing."""
        return not (self.manquantes or self.contenus or self.entrees or self.commits)


def reparer(
    base: Path, cle: Cle, sel: bytes, sortie: Path, autres: list[tuple[str, Tables]], schema: Schema = SCHEMA
) -> Reparation:
    """Makes a sound base of what still reads of a spoilt one, which nothing has open and which is left as it is.

    Args:
        base: the spoilt base.
        cle: its key, which is that of the sound one too.
        sel: the first 16 bytes it should have.
        sortie: where the sound base goes; there must be nothing.
        autres: what its backups say of its schema, the newest first: (revision, tables).
        schema: the revisions the program knows.

    Raises:
        ErreurBase: nothing of it reads, the place is taken, or the disk refuses; nothing was written.
    """
    with _en_francais():
        if sortie.exists():
            raise ErreurBase(
                f"Il y a déjà quelque chose à cet endroit : {sortie}.", "Choisissez un autre fichier."
            )
        sortie.parent.mkdir(parents=True, exist_ok=True)
        with brouillon(sortie) as neuf:
            recolte = recolter(base, cle, sel, [*autres, *_schemas_du_programme(neuf, cle, schema)])
            if not recolte.lignes.get("dossier") and not recolte.lignes.get("journal"):
                raise ErreurBase(
                    f"Rien de « {base.name} » ne se lit plus : {recolte.abimees} pages sur {recolte.pages} sont abîmées.",
                    "Restaurez une sauvegarde.",
                )
            revision = recolte.revision if recolte.revision in schema.revisions else schema.courante
            _vider(neuf)
            _creer(neuf, cle, sel, schema, revision)
            contenus = _remplir(neuf, cle, recolte)
            if revision != schema.courante:
                migrer(neuf, cle, schema)
            lignes = _finir(neuf, cle, recolte)
            if not poser(neuf, sortie):
                raise ErreurBase(
                    f"Il y a déjà quelque chose à cet endroit : {sortie}.", "Choisissez un autre fichier."
                )
    return Reparation(
        sortie,
        lignes,
        sum(recolte.du_journal.values()),
        tuple(recolte.manquantes),
        contenus,
        recolte.pages,
        recolte.abimees,
        max(recolte.entrees, 0),
        recolte.commits,
    )


def schema_de(connexion: Any) -> tuple[str, Tables]:
    """What an open base says of its schema."""
    revision = connexion.execute("SELECT version_num FROM alembic_version").fetchone()
    tables = connexion.execute(
        "SELECT name, rootpage, sql FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    )
    return (str(revision[0]) if revision else "", [(str(n), int(r), str(s)) for n, r, s in tables])


def schema_d_une_sauvegarde(fichier: Path, cle: Cle) -> tuple[str, Tables] | None:
    """What a backup says of its schema; None when another key closes it."""
    try:
        with en_lecture(fichier, cle) as vue:
            return schema_de(vue)
    except (sqlcipher.Error, MemoryError, OSError):
        return None


def _schemas_du_programme(neuf: Path, cle: Cle, schema: Schema) -> Iterator[tuple[str, Tables]]:
    """The schema of a base just made: its tables begin at the same pages in all those that were never migrated."""
    with connexion_nue(neuf, cle) as connexion:
        creer_tables(connexion, schema.courante)
        yield schema_de(connexion)


def _vider(neuf: Path) -> None:
    with neuf.open("wb"):
        pass
    for suffixe in ("-wal", "-shm", "-journal"):
        neuf.with_name(neuf.name + suffixe).unlink(missing_ok=True)


def _creer(neuf: Path, cle: Cle, sel: bytes, schema: Schema, revision: str) -> None:
    with connexion_nue(neuf, cle, sel) as connexion:
        if revision == schema.courante:
            creer_tables(connexion, revision)
            return
        connexion.execute("PRAGMA user_version = 0")
        connexion.execute("CREATE TABLE _place (a)")
        connexion.execute("DROP TABLE _place")
    rang = schema.revisions.index(revision)
    engine = creer_engine(neuf, cle)
    try:
        with engine.begin() as connexion:
            appliquer(connexion, Schema(schema.revisions[: rang + 1], schema.scripts))
    finally:
        engine.dispose()


def _remplir(neuf: Path, cle: Cle, recolte: Recolte) -> tuple[str, ...]:
    """Puts the rows in their tables; answers the names of the files whose bytes are lost."""
    with connexion_nue(neuf, cle) as connexion:
        connexion.execute("PRAGMA foreign_keys = OFF")
        connexion.execute("BEGIN IMMEDIATE")
        connues = {
            str(nom) for (nom,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        for table in recolte.tables.values():
            if (
                table.nom in connues
                and not table.nom.startswith("sqlite_")
                and table.nom != "alembic_version"
            ):
                _inserer(connexion, table, recolte)
        _suites(connexion, recolte)
        contenus = _sans_octets(connexion)
        _sans_parent(connexion, recolte)
        connexion.execute("COMMIT")
    return contenus


def _inserer(connexion: Any, table: Table, recolte: Recolte) -> None:
    presentes = {str(ligne[1]) for ligne in connexion.execute(f'PRAGMA table_info("{table.nom}")')}
    places = [i for i, c in enumerate(table.colonnes) if c.nom in presentes]
    noms = ", ".join(f'"{table.colonnes[i].nom}"' for i in places)
    ordre = f'INSERT INTO "{table.nom}" ({noms}) VALUES ({", ".join("?" * len(places))})'
    for rang, valeurs in sorted(recolte.lignes.get(table.nom, {}).items()):
        try:
            connexion.execute(ordre, [valeurs[i] for i in places])
        # A row that its own table refuses (twice the same name, a value missing) is not one this program wrote.
        except (sqlcipher.IntegrityError, IndexError):
            recolte.manquantes.append((table.nom, rang, _nom(table, valeurs)))


def _nom(table: Table, valeurs: list[Any]) -> str:
    place = next((i for i, c in enumerate(table.colonnes) if c.nom in ("nom", "intitule", "libelle")), -1)
    return str(valeurs[place]) if 0 <= place < len(valeurs) and isinstance(valeurs[place], str) else ""


def _suites(connexion: Any, recolte: Recolte) -> None:
    """The numbers already given are not given again."""
    for valeurs in recolte.lignes.get("sqlite_sequence", {}).values():
        if len(valeurs) == 2 and isinstance(valeurs[0], str) and isinstance(valeurs[1], int):
            connexion.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (valeurs[1], valeurs[0])
            )


def _sans_octets(connexion: Any) -> tuple[str, ...]:
    """Files whose bytes are lost keep their row: reading them says to attach them again."""
    perdus = connexion.execute(
        "SELECT DISTINCT sha256, nom FROM fichier WHERE sha256 NOT IN (SELECT sha256 FROM contenu)"
    ).fetchall()
    for sha256, _nom_du_fichier in perdus:
        connexion.execute("INSERT OR IGNORE INTO contenu (sha256, octets) VALUES (?, x'')", (sha256,))
    return tuple(str(nom) for _sha256, nom in perdus)


def _sans_parent(connexion: Any, recolte: Recolte) -> None:
    """Rows that hang on nothing any more go with what they hung on, and are told."""
    while True:
        orphelins = {
            (str(t), int(r))
            for t, r, _p, _k in connexion.execute("PRAGMA foreign_key_check")
            if r is not None
        }
        if not orphelins:
            return
        for nom, rang in sorted(orphelins):
            table = recolte.tables.get(nom)
            valeurs = recolte.lignes.get(nom, {}).get(rang, [])
            recolte.manquantes.append((nom, rang, _nom(table, valeurs) if table else ""))
            connexion.execute(f'DELETE FROM "{nom}" WHERE rowid = ?', (rang,))


def _finir(neuf: Path, cle: Cle, recolte: Recolte) -> dict[str, int]:
    with connexion_nue(neuf, cle) as connexion:
        connexion.execute("PRAGMA journal_mode = DELETE").fetchone()
        sains = connexion.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if not sains or connexion.execute("PRAGMA cipher_integrity_check").fetchall():
            raise ErreurBase(
                "La base réparée ne se relit pas comme elle a été écrite : elle n’a pas été gardée.",
                "Vérifiez l’état du disque, puis recommencez.",
            )
        lignes = {
            nom: int(connexion.execute(f'SELECT count(*) FROM "{nom}"').fetchone()[0])
            for nom in sorted(recolte.tables)
            if not nom.startswith("sqlite_")
            and nom not in ("alembic_version", "ouverture", "journal", "contenu")
        }
    forcer(neuf)
    return {nom: n for nom, n in lignes.items() if n}


@contextlib.contextmanager
def _en_francais() -> Iterator[None]:
    try:
        yield
    except (sqlcipher.Error, DBAPIError, OSError, MemoryError) as erreur:
        raise traduire(erreur) from erreur
