"""One dossier of a name, one porteur and one retained solution of a dossier: held by the base; the register of what is erased."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_PLIS = {
    "a": "àâÀÂ",
    "c": "çÇ",
    "e": "éèêëÉÈÊË",
    "i": "îï",
    "o": "ôÔ",
    "u": "ûù",
    "''": "’",
    " ": "\u00a0",
}
_MARQUES = (("og", "est_porteur"), ("solution", "retenue"))
_NOM_MAX = 200


def upgrade() -> None:
    """Mends what the rules would refuse (nothing, unless something else than the application wrote), then lays them."""
    base = op.get_bind()
    op.create_table(
        "registre",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quand", sa.DateTime(), nullable=False),
        sa.Column("qui", sa.String(length=120), nullable=False),
        sa.Column("genre", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registre")),
        sqlite_autoincrement=True,
    )
    _distinguer(base)
    for table, colonne in _MARQUES:
        base.exec_driver_sql(
            f"UPDATE {table} SET {colonne} = 0 WHERE {colonne} AND id NOT IN "
            f"(SELECT min(id) FROM {table} WHERE {colonne} GROUP BY dossier_id)"
        )
        oter = f"UPDATE {table} SET {colonne} = 0 WHERE dossier_id = NEW.dossier_id AND {colonne} AND id != NEW.id; END"
        for ordre in (
            f"CREATE UNIQUE INDEX uq_{table}_{colonne} ON {table} (dossier_id) WHERE {colonne}",
            f"CREATE TRIGGER {table}_{colonne}_insere BEFORE INSERT ON {table} WHEN NEW.{colonne} BEGIN {oter}",
            f"CREATE TRIGGER {table}_{colonne}_change BEFORE UPDATE OF {colonne}, dossier_id ON {table} "
            f"WHEN NEW.{colonne} BEGIN {oter}",
        ):
            base.exec_driver_sql(ordre)
    vide = "WHEN trim(NEW.nom) = '' BEGIN SELECT RAISE(ABORT, 'nom vide'); END"
    for ordre in (
        f"CREATE UNIQUE INDEX uq_dossier_nom_plie ON dossier ({_plie('nom')})",
        f"CREATE TRIGGER dossier_nom_insere BEFORE INSERT ON dossier {vide}",
        f"CREATE TRIGGER dossier_nom_change BEFORE UPDATE OF nom ON dossier {vide}",
    ):
        base.exec_driver_sql(ordre)


def _distinguer(base: sa.Connection) -> None:
    """Gives another name to a dossier whose name is empty, or that of an older one."""
    pris: set[str] = set()
    noms = base.exec_driver_sql(f"SELECT id, nom, {_plie('nom')} FROM dossier ORDER BY id").fetchall()
    for cle, nom, plie in noms:
        if plie and plie not in pris:
            pris.add(plie)
            continue
        suite = f" ({cle})"
        neuf = (nom.strip() or "Dossier")[: _NOM_MAX - len(suite)] + suite
        base.exec_driver_sql("UPDATE dossier SET nom = ? WHERE id = ?", (neuf, cle))
        pris.add(
            base.exec_driver_sql(f"SELECT {_plie('nom')} FROM dossier WHERE id = ?", (cle,)).scalar_one()
        )


def _plie(colonne: str) -> str:
    sql = colonne
    for pli, signes in _PLIS.items():
        for signe in signes:
            sql = f"replace({sql}, '{signe}', '{pli}')"
    return f"lower(trim(replace({sql}, '  ', ' ')))"
