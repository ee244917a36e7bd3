"""The changes of a connection to SQLite: temporary triggers note every row before and after in memory, and sign it.

Keys, cascades and `SET NULL` are thus seen as they happen, and replaying the notes in reverse order passes through the same
states: no uniqueness can fail on the way.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from esms_desktop.model.suivi import COLONNES_DE_SUIVI, colonnes_dites
from esms_desktop.store.ecarts import TABLES, Conflit, Ecart, dits, par_ligne


class CaptureSqlite:
    """See `Capture`."""

    def ecouter(self, connexion: Connection, qui: str) -> None:
        """Lays the triggers on this connection (temporary: nothing of it reaches the file). `qui`: who writes by it."""
        brute: Any = connexion.connection.driver_connection
        brute.executescript(_ecoute(qui))

    def commencer(self, connexion: Connection) -> None:
        """Takes the one lock that writes."""
        connexion.exec_driver_sql("BEGIN IMMEDIATE")

    def ramasser(self, connexion: Connection) -> tuple[Ecart, ...]:
        """Takes the notes away: the writes since the last call, in order."""
        lignes = connexion.exec_driver_sql("SELECT nom, cle, avant, apres FROM _ecart ORDER BY id").fetchall()
        if lignes:
            connexion.exec_driver_sql("DELETE FROM _ecart")
        return tuple(
            Ecart(nom, cle, json.loads(avant) if avant else None, json.loads(apres) if apres else None)
            for nom, cle, avant, apres in lignes
        )

    def rejouer(self, connexion: Connection, pas: Iterable[Ecart]) -> tuple[Ecart, ...]:
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
        ecrits = self.ramasser(connexion)
        if dits(ecrits) != dits(pas):
            raise Conflit("cascade")
        return ecrits

    def oublier_les_retours(self, connexion: Connection, pas: Iterable[Ecart]) -> None:
        """A row that says again what it said was not written: its version and its author are again what they were."""
        for e in par_ligne(pas):
            if e.avant and e.apres and e.avant != e.apres and e.dit[0] == e.dit[1]:
                connexion.exec_driver_sql(
                    f'UPDATE "{e.table}" SET version = ?, auteur = ? WHERE id = ?',
                    (e.avant["version"], e.avant["auteur"], e.cle),
                )

    def prochaine_entree(self, connexion: Connection) -> int:
        """What AUTOINCREMENT gives next, and never gives again."""
        donne = "SELECT seq FROM sqlite_sequence WHERE name = 'journal'"
        return int(connexion.exec_driver_sql(donne).scalar() or 0) + 1

    def ecrit_ailleurs(self, connexion: Connection) -> int:
        """What the file says of other connections, a read of four bytes."""
        return int(connexion.exec_driver_sql("PRAGMA data_version").scalar_one())


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
