"""Rows and entries of a copy, poured in the base: ids of this base, values judged as if they were typed, parents first."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import EntreeJournal
from esms_desktop.nomenclature.tables import libelle_table
from esms_desktop.store import validation
from esms_desktop.store.copies.extraire import EntreeExtraite, cles_etrangeres
from esms_desktop.store.ecarts import CLASSE_DE, TABLES
from esms_desktop.store.suivre import en_lecture

Ligne = Mapping[str, Any]
# One row of a dossier has it at most.
MARQUES = {"og": "est_porteur", "solution": "retenue"}
_RIEN = "Rien n’a été changé."


@cache
def valeurs_vides(table: str) -> dict[str, Any]:
    """What each column of a table holds before anyone has written in it, as SQLite keeps it."""
    vides: dict[str, Any] = {}
    for colonne in TABLES[table].columns:
        defaut: Any = colonne.default
        arg = defaut.arg if defaut is not None and defaut.is_scalar else None
        vides[colonne.name] = getattr(arg, "value", arg)
    return vides


class Verseur:
    """Pours into one dossier, inside the transaction under way.

    Args:
        dossier_id: the dossier; 0 for one that is to be made.
        ids: for each table, the id of each `uid` that the dossier has.
    """

    def __init__(self, connexion: Connection, dossier_id: int, ids: dict[str, dict[str, int]]) -> None:
        self._connexion = connexion
        self.dossier_id = dossier_id
        self._ids = {nom: dict(ids.get(nom, {})) for nom in TABLES}
        connexion.exec_driver_sql("PRAGMA defer_foreign_keys = ON")

    def numeroter(self, uids: Mapping[str, Iterable[str]]) -> None:
        """Gives ids to rows that have none here, whether they are still or were once: never one that served."""
        for table, voulus in uids.items():
            neufs = [u for u in dict.fromkeys(voulus) if u not in self._ids[table]]
            if not neufs:
                continue
            suivant = self._connexion.exec_driver_sql(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
            ).scalar()
            debut = int(suivant or 0)
            if suivant is None:
                self._connexion.exec_driver_sql("INSERT INTO sqlite_sequence VALUES (?, 0)", (table,))
            self._connexion.exec_driver_sql(
                "UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (debut + len(neufs), table)
            )
            self._ids[table].update((u, debut + i) for i, u in enumerate(neufs, 1))
        if not self.dossier_id and self._ids["dossier"]:
            self.dossier_id = next(iter(self._ids["dossier"].values()))

    def ajouter(self, lignes: Sequence[tuple[str, str, Ligne]]) -> None:
        """Inserts rows: (table, uid, columns).

        Raises:
            ErreurSaisie: a value the base does not take.
        """
        ordre = list(TABLES)
        for table, uid, ligne in sorted(lignes, key=lambda x: ordre.index(x[0])):
            valeurs = self._brutes(table, ligne) | {"id": self._ids[table][uid], "uid": uid}
            colonnes = TABLES[table].columns
            if "dossier_id" in colonnes:
                valeurs["dossier_id"] = self.dossier_id
            for nom, vide in valeurs_vides(table).items():
                if vide is not None:
                    valeurs.setdefault(nom, vide)
            noms = ", ".join(f'"{c}"' for c in valeurs)
            marques = ", ".join("?" * len(valeurs))
            self._executer(
                table, f'INSERT INTO "{table}" ({noms}) VALUES ({marques})', tuple(valeurs.values())
            )

    def modifier(self, table: str, uid: str, champs: Ligne) -> None:
        """Writes columns of a row.

        Raises:
            ErreurSaisie: a value the base does not take.
        """
        valeurs = self._brutes(table, champs)
        egal = ", ".join(f'"{c}" = ?' for c in valeurs)
        cle = self._ids[table][uid]
        self._executer(table, f'UPDATE "{table}" SET {egal} WHERE id = ?', (*valeurs.values(), cle))

    def retirer(self, table: str, uid: str) -> None:
        """Removes a row, with what hangs on it."""
        self._executer(table, f'DELETE FROM "{table}" WHERE id = ?', (self._ids[table][uid],))

    def verifier(self) -> None:
        """Refuses rows that name what is not there.

        Raises:
            ErreurSaisie: one does.
        """
        if self._connexion.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise ErreurSaisie(
                "Le fichier nomme des éléments qu’il ne contient pas\u00a0: il est abîmé.", _RIEN
            )

    def noter(self, entrees: Sequence[EntreeExtraite]) -> None:
        """Puts entries done elsewhere in the journal, before all those of this base: what follows it sees only what is new.

        They stand among themselves in the order of their moments, with those that came in before.
        """
        if not entrees:
            return
        table = EntreeJournal.__table__
        recues = [dict(r) for r in self._connexion.execute(select(table).where(table.c.id <= 0)).mappings()]
        for e in entrees:
            recues.append(
                {
                    "quand": _instant(e.quand),
                    "qui": e.qui[:120],
                    # Another geste than any of those that are there.
                    "geste": ("neuf", e.geste),
                    "libelle": e.libelle[:300],
                    "sens": e.sens[:10],
                    "dossier_id": self.dossier_id,
                    "table_": e.table,
                    "cle": str(self._ids[e.table][e.uid]),
                    "avant": self._racontee(e, e.avant, e.apres is None),
                    "apres": self._racontee(e, e.apres, e.avant is None),
                }
            )
        recues.sort(key=lambda r: r["quand"])
        gestes: dict[Any, int] = {}
        for numero, r in enumerate(recues, 1 - len(recues)):
            r |= {"id": numero, "geste": gestes.setdefault(r["geste"], numero)}
        self._connexion.execute(delete(table).where(table.c.id <= 0))  # type: ignore[arg-type]
        self._connexion.execute(insert(table), recues)  # type: ignore[arg-type]

    def _racontee(self, e: EntreeExtraite, valeurs: Ligne | None, entiere: bool) -> dict[str, Any] | None:
        if valeurs is None:
            return None
        cles = cles_etrangeres(e.table)
        dite = {
            c: self._ids[cles[c]].get(v) if c in cles and v is not None else v
            for c, v in valeurs.items()
            if c in TABLES[e.table].columns
        }
        if entiere:
            # A row told whole comes back by it.
            dite |= {"id": self._ids[e.table][e.uid], "uid": e.uid, "version": 1, "auteur": e.qui[:120]}
            if "dossier_id" in TABLES[e.table].columns:
                dite["dossier_id"] = self.dossier_id
        return dite

    def _brutes(self, table: str, ligne: Ligne) -> dict[str, Any]:
        """Columns as SQLite keeps them, judged; a row that is named gets the id it has here.

        Raises:
            ErreurSaisie: a column the table does not have, a value that it does not take, a row that is not known.
        """
        cles, colonnes = cles_etrangeres(table), TABLES[table].columns
        brutes: dict[str, Any] = {}
        for colonne, valeur in ligne.items():
            if colonne not in colonnes or colonne in ("id", "uid", "version", "auteur", "dossier_id"):
                raise _refus(table, colonne)
            if colonne in cles and valeur is not None:
                if not isinstance(valeur, str) or valeur not in self._ids[cles[colonne]]:
                    raise _refus(table, colonne)
                brutes[colonne] = self._ids[cles[colonne]][valeur]
            elif isinstance(valeur, list | dict | float):
                raise _refus(table, colonne)
            else:
                brutes[colonne] = int(valeur) if isinstance(valeur, bool) else valeur
                if (
                    isinstance(valeur, bool) is not (colonnes[colonne].type.python_type is bool)
                    and valeur is not None
                ):
                    raise _refus(table, colonne)
        try:
            lues = en_lecture(table, brutes)
            validation.valider_champs(CLASSE_DE[table], lues)
        except (TypeError, ValueError, LookupError, AttributeError) as e:
            raise _refus(table, "") from e
        return brutes

    def _executer(self, table: str, sql: str, valeurs: tuple[Any, ...]) -> None:
        try:
            self._connexion.exec_driver_sql(sql, valeurs)
        except IntegrityError as e:
            raise _refus(table, "") from e


def _refus(table: str, colonne: str) -> ErreurSaisie:
    ou = f" («\u00a0{colonne[:40]}\u00a0»)" if colonne else ""
    return ErreurSaisie(
        f"Le fichier contient une valeur que la base n’accepte pas, dans «\u00a0{libelle_table(table)[:40]}\u00a0»{ou}.",
        f"Il est abîmé, ou vient d’un autre logiciel. {_RIEN}",
    )


def _instant(texte: str) -> Any:
    from datetime import UTC, datetime

    try:
        return datetime.fromisoformat(texte).replace(tzinfo=UTC)
    except ValueError as e:
        raise ErreurSaisie("Le journal du fichier est abîmé.", _RIEN) from e
