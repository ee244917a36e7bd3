"""The four lines of the deposit checklist can be dated: account made, application filed, account looked at, complements filed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_COLONNES = ("galis_compte_le", "galis_depot_le", "galis_consulte_le", "galis_complements_le")
_SUIVI = {"id", "uid", "version", "auteur"}


def upgrade() -> None:
    """Adds the dates at the end of the dossier; a change of theirs counts as a version too."""
    for colonne in _COLONNES:
        op.add_column("dossier", sa.Column(colonne, sa.Date(), nullable=True))
    base = op.get_bind()
    dites = [x[1] for x in base.exec_driver_sql("PRAGMA table_info(dossier)") if x[1] not in _SUIVI]
    base.exec_driver_sql("DROP TRIGGER dossier_version")
    base.exec_driver_sql(
        f"CREATE TRIGGER dossier_version AFTER UPDATE OF {', '.join(dites)} ON dossier BEGIN "
        "UPDATE dossier SET version = OLD.version + 1 WHERE id = NEW.id; END"
    )
