"""The schema of a base: the revisions this program knows, the one it writes, how a file says its own.

A new revision is a script in migrations/versions, its number in `SCHEMA`, and the dump of a base in tests/store/schemas.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_mock_engine
from sqlalchemy.schema import SchemaItem

from esms_desktop.errors import ErreurBase
from esms_desktop.model import Base


@dataclass(frozen=True)
class Schema:
    """Known revisions, oldest first (the last one is what the program writes), and the folder of the Alembic scripts."""

    revisions: tuple[str, ...]
    scripts: Path

    @property
    def courante(self) -> str:
        """The revision the program reads and writes."""
        return self.revisions[-1]


SCHEMA = Schema(
    revisions=("0001", "0002", "0003", "0004", "0005", "0006", "0007"),
    scripts=Path(__file__).parent / "migrations",
)


def lire_revision(connexion: Any) -> str | None:
    """The revision a base says by plain SQL (importing Alembic costs 150 ms); None when it says none."""
    try:
        lignes = connexion.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlcipher.OperationalError as erreur:
        if "no such table" in str(erreur):
            return None
        raise
    return str(lignes[0][0]) if len(lignes) == 1 else None


def creer_tables(connexion: Any, revision: str) -> None:
    """Creates the tables of the present model and stamps them, without Alembic, in one transaction."""
    ordres: list[str] = []

    def noter(element: SchemaItem, *_: object, **__: object) -> None:
        ordres.append(str(element.compile(dialect=faux.dialect)))  # type: ignore[attr-defined]

    faux = create_mock_engine("sqlite+pysqlite://", noter)
    Base.metadata.create_all(faux, checkfirst=False)
    connexion.execute("BEGIN IMMEDIATE")
    for ordre in ordres:
        connexion.execute(ordre)
    connexion.execute(
        "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n"
        "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
    )
    connexion.execute("INSERT INTO alembic_version (version_num) VALUES (?)", (revision,))
    connexion.execute("COMMIT")


def accepter(chemin: Path, revision: str | None, schema: Schema) -> None:
    """Refuses a base that this program does not know.

    Raises:
        ErreurBase: it says no revision, or one that came later.
    """
    if revision is None:
        raise ErreurBase(
            f"« {chemin.name} » s’ouvre mais ne contient pas les tables d’ESMS Desktop.",
            "Le fichier n’a pas été modifié ; indiquez une autre base.",
        )
    if revision not in schema.revisions:
        raise ErreurBase(
            f"« {chemin.name} » a été enregistrée par une version plus récente d’ESMS Desktop (schéma {revision}).",
            "Le fichier n’a pas été modifié ; installez la dernière version du logiciel.",
        )
