"""What the base itself keeps of each row: who it is whatever the base, how many times it was written, who wrote it last.

The classes do not map these columns: the base fills them (triggers), and only a reading says them.
"""

from uuid import uuid4

from sqlalchemy import DDL, Column, Integer, String, Table, event, text

# Columns that say nothing of the dossier: a row whose other columns are the same has not changed.
COLONNES_DE_SUIVI = frozenset({"version", "auteur"})
# A random UUID (version 4), for a row that comes without one.
UID_SQL = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || "
    "substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
)


def suivre_les_lignes(table: Table) -> None:
    """Adds the columns to a table."""
    table.append_column(
        Column(
            "uid",
            String(36),
            default=_uid,
            server_default=text("''"),
            nullable=False,
            index=True,
            unique=True,
        )
    )
    table.append_column(Column("version", Integer, server_default=text("1"), nullable=False))
    table.append_column(Column("auteur", String(120), server_default=text("''"), nullable=False))


def declencher(table: Table) -> None:
    """Adds the triggers, that no write can go around, to a table whose columns are all there."""
    for ordre in declencheurs(table.name, colonnes_dites(table)):
        event.listen(table, "after_create", DDL(ordre))  # type: ignore[no-untyped-call]


def colonnes_dites(table: Table) -> tuple[str, ...]:
    """The columns that say something of the dossier, the only ones that a write changes."""
    return tuple(c.name for c in table.columns if c.name not in COLONNES_DE_SUIVI | {"id", "uid"})


def declencheurs(nom: str, colonnes: tuple[str, ...]) -> tuple[str, str]:
    """The triggers of a table: a row without a `uid` gets one, any change moves `version` on by one."""
    return (
        f"CREATE TRIGGER {nom}_uid AFTER INSERT ON {nom} WHEN NEW.uid = '' BEGIN "
        f"UPDATE {nom} SET uid = {UID_SQL} WHERE id = NEW.id; END",
        f"CREATE TRIGGER {nom}_version AFTER UPDATE OF {', '.join(colonnes)} ON {nom} BEGIN "
        f"UPDATE {nom} SET version = OLD.version + 1 WHERE id = NEW.id; END",
    )


def _uid() -> str:
    return str(uuid4())
