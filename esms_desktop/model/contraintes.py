"""The rules of names and of the porteur, as the base itself holds them: no write, by whatever door, goes around them.

One dossier of a name (case, usual accents, apostrophes and spaces aside), never empty; one OG porteur and one retained
solution for a dossier, the last marked taking the mark of the others.
"""

from sqlalchemy import DDL, Table, event

# What French writes most, as `francais.cle` folds it; lower() of SQLite knows the twenty-six letters only. No more of them: a
# usual build of SQLite reads 27 calls one in the other, and what it cannot read of a schema closes the whole base to it.
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


def plie(colonne: str) -> str:
    """The SQL of a name folded to be compared, with what every server knows: replace, lower, trim."""
    sql = colonne
    for pli, signes in _PLIS.items():
        for signe in signes:
            sql = f"replace({sql}, '{signe}', '{pli}')"
    return f"lower(trim(replace({sql}, '  ', ' ')))"


def contraindre(dossier: Table, marques: tuple[tuple[Table, str], ...]) -> None:
    """Adds the rules to the tables. `marques`: a table and its column that one row of a dossier holds at most."""
    _apres(dossier, *regles_du_nom(dossier.name))
    for table, colonne in marques:
        _apres(table, *regles_de_la_marque(table.name, colonne))


def regles_du_nom(table: str) -> tuple[str, ...]:
    """The orders that hold the rules of a name."""
    vide = "WHEN trim(NEW.nom) = '' BEGIN SELECT RAISE(ABORT, 'nom vide'); END"
    return (
        f"CREATE UNIQUE INDEX uq_{table}_nom_plie ON {table} ({plie('nom')})",
        f"CREATE TRIGGER {table}_nom_insere BEFORE INSERT ON {table} {vide}",
        f"CREATE TRIGGER {table}_nom_change BEFORE UPDATE OF nom ON {table} {vide}",
    )


def regles_de_la_marque(table: str, colonne: str) -> tuple[str, ...]:
    """The orders that hold a mark on one row of a dossier at most."""
    oter = f"UPDATE {table} SET {colonne} = 0 WHERE dossier_id = NEW.dossier_id AND {colonne} AND id != NEW.id; END"
    return (
        f"CREATE UNIQUE INDEX uq_{table}_{colonne} ON {table} (dossier_id) WHERE {colonne}",
        f"CREATE TRIGGER {table}_{colonne}_insere BEFORE INSERT ON {table} WHEN NEW.{colonne} BEGIN {oter}",
        f"CREATE TRIGGER {table}_{colonne}_change BEFORE UPDATE OF {colonne}, dossier_id ON {table} "
        f"WHEN NEW.{colonne} BEGIN {oter}",
    )


def _apres(table: Table, *ordres: str) -> None:
    for ordre in ordres:
        # What SQLAlchemy reads as its own in a DDL.
        event.listen(table, "after_create", DDL(ordre.replace("%", "%%")))  # type: ignore[no-untyped-call]
