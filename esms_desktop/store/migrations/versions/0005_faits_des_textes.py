"""What the texts ask of each ESSMS: its nature, its hours, its entity, its self-assessments; the date of the balance."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# A column that refers to another table is added whole: SQLite adds no constraint afterwards.
COLONNES = {
    "dossier": ("date_solde DATE",),
    "essms": (
        "nature_confirmee BOOLEAN",
        "plusieurs_structures BOOLEAN",
        "heures_eligibles INTEGER",
        "heures_totales INTEGER",
        "entite_nationale VARCHAR(300) DEFAULT '' NOT NULL",
        "diagnostic_si_id INTEGER CONSTRAINT fk_essms_diagnostic_si_id_fichier REFERENCES fichier (id) ON DELETE SET NULL",
        "diagnostic_cyber_id INTEGER CONSTRAINT fk_essms_diagnostic_cyber_id_fichier REFERENCES fichier (id) "
        "ON DELETE SET NULL",
    ),
    "fichier": ("entite VARCHAR(300) DEFAULT '' NOT NULL",),
}
_SUIVI = ("id", "uid", "version", "auteur")


def upgrade() -> None:
    """Adds the columns; a write of one of them counts as a write of its row."""
    base = op.get_bind()
    for table, colonnes in COLONNES.items():
        for colonne in colonnes:
            base.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {colonne}")
        suivies = [c for c in _colonnes(base, table) if c not in _SUIVI]
        base.exec_driver_sql(f"DROP TRIGGER {table}_version")
        base.exec_driver_sql(
            f"CREATE TRIGGER {table}_version AFTER UPDATE OF {', '.join(suivies)} ON {table} BEGIN "
            f"UPDATE {table} SET version = OLD.version + 1 WHERE id = NEW.id; END"
        )


def _colonnes(base: sa.Connection, table: str) -> list[str]:
    return [ligne[1] for ligne in base.exec_driver_sql(f"PRAGMA table_info({table})")]
