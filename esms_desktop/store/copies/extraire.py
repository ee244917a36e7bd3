"""A dossier out of the base, whole: rows and journal, named by their `uid` and no longer by the ids of this base."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, select

from esms_desktop.model import EntreeJournal
from esms_desktop.model.suivi import COLONNES_DE_SUIVI
from esms_desktop.store.ecarts import TABLES

# What an entry says that undoes nothing and writes nothing new: rows poured in from a file.
IMPORTER = "importer"
_TUES = COLONNES_DE_SUIVI | {"id", "uid"}


class EntreeExtraite(NamedTuple):
    """An entry of the journal, its row and those it names by their `uid`. See `echanges.esms.copie.Entree`."""

    quand: str
    qui: str
    geste: int
    libelle: str
    sens: str
    table: str
    uid: str
    avant: dict[str, Any] | None
    apres: dict[str, Any] | None


class Extrait(NamedTuple):
    """Rows by table and `uid`, and the journal, in the order of the base."""

    tables: dict[str, dict[str, dict[str, Any]]]
    journal: list[EntreeExtraite]


@cache
def cles_etrangeres(table: str) -> dict[str, str]:
    """The columns of a table that name a row of a dossier, and the table of that row."""
    return {
        c.name: cible
        for c in TABLES[table].columns
        for k in c.foreign_keys
        if (cible := k.column.table.name) in TABLES
    }


@cache
def booleennes(table: str) -> frozenset[str]:
    """The columns that hold yes or no."""
    return frozenset(c.name for c in TABLES[table].columns if isinstance(c.type, Boolean))


def extraire(connexion: Connection, dossier_id: int) -> Extrait:
    """All that the base holds of a dossier, but for the bytes of its files. Inside a read."""
    brutes = {nom: list(_lignes(connexion, nom, dossier_id)) for nom in TABLES}
    uids: dict[tuple[str, int], str] = {
        (nom, ligne["id"]): ligne["uid"] for nom, lignes in brutes.items() for ligne in lignes
    }
    j = EntreeJournal.__table__.c
    entrees = connexion.exec_driver_sql(
        "SELECT id, quand, qui, geste, libelle, sens, table_, cle FROM journal WHERE dossier_id = ? ORDER BY id",
        (dossier_id,),
    ).fetchall()
    dits = {
        n: (avant, apres)
        for n, avant, apres in connexion.execute(
            select(j.id, j.avant, j.apres).where(j.dossier_id == dossier_id)
        )
    }
    for e in entrees:
        for entiere in dits[e.id]:
            # Only a row that comes or goes is told whole: those that are gone are known by it.
            if entiere and entiere.get("uid") and e.cle.lstrip("-").isdigit():
                uids.setdefault((e.table_, int(e.cle)), entiere["uid"])
    tables = {
        nom: {ligne["uid"]: _dite(nom, ligne, uids) for ligne in lignes} for nom, lignes in brutes.items()
    }
    return Extrait(tables, list(_journal(entrees, dits, uids)))


def ids_connus(connexion: Connection, dossier_id: int) -> dict[str, dict[str, int]]:
    """For each table, the id of each row that a dossier has, or had as far as the journal goes, by its `uid`."""
    ids: dict[str, dict[str, int]] = {nom: {} for nom in TABLES}
    j = EntreeJournal.__table__.c
    entrees = connexion.execute(select(j.table_, j.cle, j.avant, j.apres).where(j.dossier_id == dossier_id))
    for table, cle, avant, apres in entrees:
        for entiere in (avant, apres):
            if entiere and entiere.get("uid") and table in TABLES and cle.isdigit():
                ids[table][entiere["uid"]] = int(cle)
    for nom in TABLES:
        ids[nom].update((ligne["uid"], ligne["id"]) for ligne in _lignes(connexion, nom, dossier_id))
    return ids


def deja_la(connexion: Connection, uids: Mapping[str, Iterable[str]]) -> str:
    """The name of the dossier of this base that has some of these rows; empty when none has."""
    for table, voulus in uids.items():
        voulus = set(voulus)
        ou = {"dossier": "id", "og": "dossier_id"}.get(table, "")
        if not ou or not voulus:
            continue
        for uid, dossier in connexion.exec_driver_sql(f'SELECT uid, {ou} FROM "{table}"').fetchall():
            if uid in voulus:
                nom = connexion.exec_driver_sql("SELECT nom FROM dossier WHERE id = ?", (dossier,)).scalar()
                return str(nom or "")
    return ""


def _lignes(connexion: Connection, nom: str, dossier_id: int) -> Iterator[dict[str, Any]]:
    if nom == "dossier":
        ou = "id = ?"
    elif "dossier_id" in TABLES[nom].columns:
        ou = "dossier_id = ?"
    else:
        ou = "og_id IN (SELECT id FROM og WHERE dossier_id = ?)"
    lues = connexion.exec_driver_sql(f'SELECT * FROM "{nom}" WHERE {ou} ORDER BY id', (dossier_id,))
    for ligne in lues.mappings():
        yield dict(ligne)


def _dite(table: str, ligne: Mapping[str, Any], uids: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    """A row as a copy says it: neither its id nor how it was written; what it names by its `uid`."""
    cles, oui_non = cles_etrangeres(table), booleennes(table)
    dite: dict[str, Any] = {}
    for colonne, valeur in ligne.items():
        if colonne in _TUES or colonne == "dossier_id" or colonne not in TABLES[table].columns:
            continue
        if colonne in cles and valeur is not None:
            uid = uids.get((cles[colonne], valeur))
            # What is known no more cannot be named.
            if uid is None:
                continue
            dite[colonne] = uid
        else:
            dite[colonne] = bool(valeur) if colonne in oui_non and valeur is not None else valeur
    return dite


def _journal(
    entrees: Iterable[Any],
    dits: Mapping[int, tuple[dict[str, Any] | None, dict[str, Any] | None]],
    uids: Mapping[tuple[str, int], str],
) -> Iterator[EntreeExtraite]:
    entrees = list(entrees)
    # What was poured in was not done here; neither was it when it is undone.
    poures = {e.libelle for e in entrees if e.sens == IMPORTER}
    numeros: dict[int, int] = {}
    for e in entrees:
        avant, apres = dits[e.id]
        uid = uids.get((e.table_, int(e.cle))) if e.cle.isdigit() and e.table_ in TABLES else None
        if uid is None or (avant is None and apres is None):
            continue
        if e.sens != "faire" and e.libelle in poures:
            continue
        yield EntreeExtraite(
            e.quand,
            e.qui,
            numeros.setdefault(e.geste, len(numeros)),
            e.libelle,
            e.sens,
            e.table_,
            uid,
            None if avant is None else _dite(e.table_, avant, uids),
            None if apres is None else _dite(e.table_, apres, uids),
        )
