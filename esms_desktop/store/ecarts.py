"""Row diffs: what a transaction changed, whoever did it (ORM, cascade of the base), and how to replay it either way.

Temporary triggers note every row before and after in memory, and sign it. Keys, cascades and `SET NULL` are thus seen as
they happen, and replaying the notes in reverse order passes through the same states: no uniqueness can fail on the way.
Undoing is writing: the version of a row moves on, its author is who undid; neither makes a difference of its own.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, Table

from esms_desktop.model import HORS_DOSSIER, Base
from esms_desktop.model.suivi import COLONNES_DE_SUIVI, colonnes_dites

# Every table a person writes in, parents first. Bytes and journal only grow: they are neither undone nor told.
CLASSES: tuple[type[Base], ...] = tuple(
    sorted(
        (m.class_ for m in Base.registry.mappers if m.class_ not in HORS_DOSSIER),
        key=lambda c: list(Base.metadata.sorted_tables).index(c.__table__),  # type: ignore[arg-type]
    )
)
CLASSE_DE: dict[str, type[Base]] = {c.__tablename__: c for c in CLASSES}
TABLES: dict[str, Table] = {c.__tablename__: c.__table__ for c in CLASSES}  # type: ignore[misc]
# Rows that know their dossier through their OG only.
_PAR_OG = frozenset(
    nom for nom, t in TABLES.items() if "dossier_id" not in t.columns and "og_id" in t.columns
)

Ligne = Mapping[str, Any]


class Ecart(NamedTuple):
    """One row, before and after, in the values SQLite keeps; None: the row is not there."""

    table: str
    cle: int
    avant: Ligne | None
    apres: Ligne | None

    def inverse(self) -> "Ecart":
        """The diff that brings back."""
        return Ecart(self.table, self.cle, self.apres, self.avant)

    def colonnes(self) -> frozenset[str]:
        """The columns that differ; all of them when the row comes or goes."""
        if self.avant is None or self.apres is None:
            return frozenset(self.avant or self.apres or ())
        return frozenset(c for c in self.apres if self.avant.get(c) != self.apres[c])

    @property
    def dit(self) -> tuple[Ligne | None, Ligne | None]:
        """What the row says, before and after: neither how many times nor by whom it was written."""
        return _dit(self.avant), _dit(self.apres)


def _dit(ligne: Ligne | None) -> Ligne | None:
    return ligne and {c: v for c, v in ligne.items() if c not in COLONNES_DE_SUIVI}


class Conflit(Exception):
    """A row is no longer as the replay expects it."""


def _objet_json(table: Table, prefixe: str = "") -> str:
    return "json_object(" + ", ".join(f"'{c.name}', {prefixe}\"{c.name}\"" for c in table.columns) + ")"


@cache
def _ecoute(qui: str) -> str:
    """What lays the table of the notes, then three triggers for each table.

    The order of these triggers and of those of the base is not ours: a row is read again once it is written and signed.
    """
    auteur = qui.replace("'", "''")
    ordres = [
        "CREATE TEMP TABLE _ecart (id INTEGER PRIMARY KEY, nom TEXT, cle INTEGER, avant TEXT, apres TEXT)"
    ]
    for nom, table in TABLES.items():
        avant, apres = _objet_json(table, "OLD."), _objet_json(table)
        noter = "INSERT INTO _ecart (nom, cle, avant, apres)"
        relu = f"SELECT '{nom}', id, {{avant}}, {apres} FROM {nom} WHERE id = NEW.id;"
        signer = f"UPDATE {nom} SET {{version}}auteur = '{auteur}' WHERE id = NEW.id;"
        for evenement, corps in (
            ("INSERT", f"{signer.format(version='')} {noter} {relu.format(avant='NULL')}"),
            (
                f"UPDATE OF {', '.join(colonnes_dites(table))}",
                f"{signer.format(version='version = OLD.version + 1, ')} {noter} {relu.format(avant=avant)}",
            ),
            ("DELETE", f"{noter} VALUES ('{nom}', OLD.id, {avant}, NULL);"),
        ):
            verbe = evenement.split()[0].lower()
            ordres.append(
                f"CREATE TEMP TRIGGER _ecart_{nom}_{verbe} AFTER {evenement} ON main.{nom} BEGIN {corps} END"
            )
    return ";\n".join(ordres) + ";"


def ecouter(connexion: Connection, qui: str) -> None:
    """Lays the triggers on this connection (temporary: nothing of it reaches the file). `qui`: who writes by it."""
    brute: Any = connexion.connection.driver_connection
    brute.executescript(_ecoute(qui))


def ramasser(connexion: Connection) -> tuple[Ecart, ...]:
    """Takes the notes away: the writes since the last call, in order."""
    lignes = connexion.exec_driver_sql("SELECT nom, cle, avant, apres FROM _ecart ORDER BY id").fetchall()
    if lignes:
        connexion.exec_driver_sql("DELETE FROM _ecart")
    return tuple(
        Ecart(nom, cle, json.loads(avant) if avant else None, json.loads(apres) if apres else None)
        for nom, cle, avant, apres in lignes
    )


def fusionner(pas: Iterable[Ecart]) -> tuple[Ecart, ...]:
    """One diff per row, from its first state to its last; a row that says again what it said is left out."""
    return tuple(e for e in par_ligne(pas) if e.dit[0] != e.dit[1])


def oublier_les_retours(connexion: Connection, pas: Iterable[Ecart]) -> None:
    """A row that says again what it said was not written: its version and its author are again what they were."""
    for e in par_ligne(pas):
        if e.avant and e.apres and e.avant != e.apres and e.dit[0] == e.dit[1]:
            connexion.exec_driver_sql(
                f'UPDATE "{e.table}" SET version = ?, auteur = ? WHERE id = ?',
                (e.avant["version"], e.avant["auteur"], e.cle),
            )


def rejouer(connexion: Connection, pas: Iterable[Ecart]) -> tuple[Ecart, ...]:
    """Applies diffs in the order given, inside the transaction under way; answers what that wrote, just the same rows.

    Raises:
        Conflit: a row is not as expected, or a cascade took more than the diffs say. The caller rolls back.
    """
    connexion.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    pas = tuple(pas)
    for e in pas:
        if e.apres is None:
            connexion.exec_driver_sql(f'DELETE FROM "{e.table}" WHERE id = ?', (e.cle,))
        elif e.avant is None:
            valeurs = {**e.apres, "version": e.apres["version"] + 1}
            colonnes = ", ".join(f'"{c}"' for c in valeurs)
            marques = ", ".join("?" * len(valeurs))
            connexion.exec_driver_sql(
                f'INSERT INTO "{e.table}" ({colonnes}) VALUES ({marques})', tuple(valeurs.values())
            )
        elif changees := sorted(e.colonnes() - COLONNES_DE_SUIVI):
            marques = ", ".join(f'"{c}" = ?' for c in changees)
            connexion.exec_driver_sql(
                f'UPDATE "{e.table}" SET {marques} WHERE id = ?', (*(e.apres[c] for c in changees), e.cle)
            )
    if connexion.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise Conflit("foreign key")
    # The notes hold whole rows: a row someone else changed, removed or hung something on shows here.
    ecrits = ramasser(connexion)
    if _dits(ecrits) != _dits(pas):
        raise Conflit("cascade")
    return ecrits


def par_ligne(pas: Iterable[Ecart]) -> tuple[Ecart, ...]:
    """One diff per row, from its first state to its last, whatever it says."""
    nets: dict[tuple[str, int], Ecart] = {}
    for e in pas:
        premier = nets.get((e.table, e.cle), e)
        nets[e.table, e.cle] = Ecart(e.table, e.cle, premier.avant, e.apres)
    return tuple(nets.values())


def _dits(pas: Iterable[Ecart]) -> dict[tuple[str, int], tuple[Ligne | None, Ligne | None]]:
    return {(e.table, e.cle): e.dit for e in fusionner(pas)}


def dossiers_touches(connexion: Connection, nets: Iterable[Ecart]) -> dict[tuple[str, int], int | None]:
    """The dossier of each row of the diffs (an ESSMS says it through its OG, even when the OG has just gone)."""
    nets = tuple(nets)
    des_og = {e.cle: (e.apres or e.avant or {})["dossier_id"] for e in nets if e.table == "og"}
    for og_id in {(e.apres or e.avant or {})["og_id"] for e in nets if e.table in _PAR_OG} - des_og.keys():
        des_og[og_id] = connexion.exec_driver_sql("SELECT dossier_id FROM og WHERE id = ?", (og_id,)).scalar()
    resultat: dict[tuple[str, int], int | None] = {}
    for e in nets:
        ligne = e.apres or e.avant or {}
        if e.table == "dossier":
            resultat[e.table, e.cle] = e.cle
        elif e.table in _PAR_OG:
            resultat[e.table, e.cle] = des_og[ligne["og_id"]]
        else:
            resultat[e.table, e.cle] = ligne["dossier_id"]
    return resultat


def pour_journal(table: str, ligne: Ligne | None, colonnes: frozenset[str]) -> dict[str, Any] | None:
    """The given columns as the journal keeps them: JSON values, yes and no as booleans, dates in ISO form."""
    if ligne is None:
        return None
    types = TABLES[table].columns
    return {
        c: bool(v) if isinstance(types[c].type, Boolean) and v is not None else v
        for c, v in ligne.items()
        if c in colonnes
    }
