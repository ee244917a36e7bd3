"""Each row says who it is, how many times it was written and by whom; moments are kept in UTC."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = [
    "action_communication",
    "action_risque",
    "autodiagnostic",
    "brique",
    "complement",
    "contact",
    "cout",
    "cout_rh",
    "depot_fait",
    "dossier",
    "essms",
    "evaluation_structure",
    "fermeture",
    "fichier",
    "instance",
    "lien_tache",
    "materiel",
    "niveau_echelle",
    "og",
    "point_preparation",
    "reglage_planning",
    "ressource",
    "risque",
    "session_formation",
    "signature",
    "solution",
    "tache",
    "texte_document",
    "vague",
]
UID = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || "
    "substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
)
MOMENTS = (("journal", "quand"), ("fichier", "joint_le"), ("depot_fait", "produit_le"))


def upgrade() -> None:
    """Adds three columns and two triggers to each table of a dossier; turns the moments of this machine into UTC."""
    base = op.get_bind()
    for table, colonne in MOMENTS:
        _en_utc(base, table, colonne)
    _journal_en_utc(base)
    auteurs = _auteurs(base)
    for table in TABLES:
        colonnes = [c for c in _colonnes(base, table) if c != "id"]
        op.add_column(table, sa.Column("uid", sa.String(36), server_default=sa.text("''"), nullable=False))
        op.add_column(table, sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
        op.add_column(
            table, sa.Column("auteur", sa.String(120), server_default=sa.text("''"), nullable=False)
        )
        base.exec_driver_sql(f"UPDATE {table} SET uid = {UID}")
        _ecrire(base, f"UPDATE {table} SET auteur = ? WHERE id = ?", auteurs.get(table, ()))
        op.create_index(f"ix_{table}_uid", table, ["uid"], unique=True)
        base.exec_driver_sql(
            f"CREATE TRIGGER {table}_uid AFTER INSERT ON {table} WHEN NEW.uid = '' BEGIN "
            f"UPDATE {table} SET uid = {UID} WHERE id = NEW.id; END"
        )
        base.exec_driver_sql(
            f"CREATE TRIGGER {table}_version AFTER UPDATE OF {', '.join(colonnes)} ON {table} BEGIN "
            f"UPDATE {table} SET version = OLD.version + 1 WHERE id = NEW.id; END"
        )


def _colonnes(base: sa.Connection, table: str) -> list[str]:
    return [ligne[1] for ligne in base.exec_driver_sql(f"PRAGMA table_info({table})")]


def _ecrire(base: sa.Connection, ordre: str, lignes: Iterable[tuple[Any, ...]]) -> None:
    if lignes := list(lignes):
        base.exec_driver_sql(ordre, lignes)


def _auteurs(base: sa.Connection) -> dict[str, list[tuple[str, int]]]:
    """For each table, who wrote each row last, as the journal says."""
    derniers = base.exec_driver_sql(
        "SELECT table_, cle, qui FROM journal WHERE id IN (SELECT max(id) FROM journal GROUP BY table_, cle)"
    )
    auteurs: dict[str, list[tuple[str, int]]] = {}
    for table, cle, qui in derniers:
        auteurs.setdefault(table, []).append((qui, int(cle)))
    return auteurs


def _utc(local: str) -> str:
    """A moment of this machine, as SQLite keeps it, in UTC."""
    moment = datetime.fromisoformat(local).astimezone(UTC)
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def _en_utc(base: sa.Connection, table: str, colonne: str) -> None:
    lignes = base.exec_driver_sql(f"SELECT id, {colonne} FROM {table}").fetchall()
    _ecrire(base, f"UPDATE {table} SET {colonne} = ? WHERE id = ?", [(_utc(m), cle) for cle, m in lignes])


def _journal_en_utc(base: sa.Connection) -> None:
    """The moments that the journal holds among the values of the rows."""
    for table, colonne in MOMENTS[1:]:
        for cote in ("avant", "apres"):
            lignes = base.exec_driver_sql(
                f"SELECT id, {cote} FROM journal WHERE table_ = ? AND {cote} IS NOT NULL", (table,)
            ).fetchall()
            valeurs = [(cle, json.loads(texte)) for cle, texte in lignes]
            _ecrire(
                base,
                f"UPDATE journal SET {cote} = ? WHERE id = ?",
                [
                    (json.dumps({**v, colonne: _utc(v[colonne])}), cle)
                    for cle, v in valeurs
                    if v.get(colonne) is not None
                ],
            )
