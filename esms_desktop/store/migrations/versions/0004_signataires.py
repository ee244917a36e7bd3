"""Who signs and by what right, what the porteur is towards the data of the others, the annexes of the note."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SUIVI = {"id", "uid", "version", "auteur"}


def upgrade() -> None:
    """Adds the columns at the end of both tables; a change of theirs counts as a version too."""
    vide = sa.text("''")
    op.add_column(
        "og", sa.Column("representant_civilite", sa.String(10), server_default=vide, nullable=False)
    )
    op.add_column("og", sa.Column("habilitation_organe", sa.String(200), server_default=vide, nullable=False))
    op.add_column("og", sa.Column("habilitation_date", sa.Date(), nullable=True))
    op.add_column("dossier", sa.Column("role_donnees", sa.String(32), nullable=True))
    op.add_column("dossier", sa.Column("annexer_cibles", sa.Boolean(), nullable=True))
    op.add_column("dossier", sa.Column("annexer_risques", sa.Boolean(), nullable=True))
    base = op.get_bind()
    for table in ("dossier", "og"):
        colonnes = [x[1] for x in base.exec_driver_sql(f"PRAGMA table_info({table})") if x[1] not in _SUIVI]
        base.exec_driver_sql(f"DROP TRIGGER {table}_version")
        base.exec_driver_sql(
            f"CREATE TRIGGER {table}_version AFTER UPDATE OF {', '.join(colonnes)} ON {table} BEGIN "
            f"UPDATE {table} SET version = OLD.version + 1 WHERE id = NEW.id; END"
        )
