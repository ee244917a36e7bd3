"""The next reading of a dossier: the one before, and what was written since, whoever wrote it, as the journal tells it."""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite.pysqlcipher import dialect as dialecte_de_la_base

from esms_desktop.lecture.memoire import Tables
from esms_desktop.model import EntreeJournal
from esms_desktop.store.ecarts import TABLES, Ecart

# Past so many entries, reading the dossier whole is sooner done.
ENTREES_MAX = 5000
_DIALECTE = dialecte_de_la_base()


class _Ecrit(NamedTuple):
    """What is known of a row written since: all of its columns or some, as SQLite keeps them; None when it is gone."""

    entier: bool
    brut: Mapping[str, Any] | None


class _Perdu(Exception):
    """What was written since does not say all that the next reading needs."""


def derniere_entree(connexion: Connection) -> int:
    """The number of the last entry of the journal, zero when it has none."""
    return connexion.scalar(select(func.max(EntreeJournal.__table__.c.id))) or 0


def suivre(
    connexion: Connection, dossier_id: int, tables: Tables, depuis: int, en_cours: Iterable[Ecart] = ()
) -> tuple[Tables, int] | None:
    """The tables as they are now, and the entry of the journal they go to; None when they must be read whole.

    Tables and rows that say the same are the very same objects.

    Args:
        connexion: inside a transaction.
        dossier_id: whose rows they are.
        tables: what a former reading said.
        depuis: the last entry of the journal it knew.
        en_cours: what a transaction under way has written on top.
    """
    j = EntreeJournal.__table__.c
    requete = select(j.id, j.table_, j.cle, j.avant, j.apres).where(j.id >= depuis).order_by(j.id)
    # The last one known comes first: a journal that does not hold it is another one.
    entrees = list(connexion.execute(requete.limit(ENTREES_MAX + 2)))
    if depuis:
        if not entrees or entrees[0].id != depuis:
            return None
        del entrees[0]
    if len(entrees) > ENTREES_MAX:
        return None
    try:
        ecrits = _cumuler(
            [(e.table_, int(e.cle), e.avant is None, e.apres) for e in entrees]
            + [(e.table, e.cle, True, e.apres) for e in en_cours]
        )
        suivantes = dict(tables)
        for table in TABLES:
            if table in ecrits:
                suivantes[table] = _table_suivante(table, ecrits[table], dossier_id, suivantes)
    except _Perdu:
        return None
    return suivantes, entrees[-1].id if entrees else depuis


def en_lecture(table: str, brut: Mapping[str, Any]) -> dict[str, Any]:
    """A row as SQLite keeps it, in the values that a reading gives."""
    return {c: lire(brut[c]) for c, lire in _lecteurs(table).items() if c in brut}


def _cumuler(
    entrees: Iterable[tuple[str, int, bool, Mapping[str, Any] | None]],
) -> dict[str, dict[int, _Ecrit]]:
    """What each row has become, table by table."""
    ecrits: dict[str, dict[int, _Ecrit]] = {}
    for table, cle, entier, brut in entrees:
        lignes = ecrits.setdefault(table, {})
        connu = lignes.get(cle, _Ecrit(False, {}))
        if brut is None or entier:
            lignes[cle] = _Ecrit(True, brut)
        elif connu.brut is None:
            raise _Perdu
        else:
            lignes[cle] = _Ecrit(connu.entier, {**connu.brut, **brut})
    return ecrits


def _table_suivante(
    table: str, ecrits: Mapping[int, _Ecrit], dossier_id: int, tables: Tables
) -> Mapping[int, dict[str, Any]]:
    avant = tables[table]
    changees: dict[int, dict[str, Any] | None] = {}
    for cle, ecrit in ecrits.items():
        connue = avant.get(cle)
        ligne = _ligne_suivante(table, ecrit, connue, dossier_id, tables)
        if ligne != connue:
            changees[cle] = ligne
    if not changees:
        return avant
    suivante = {cle: ligne for cle, ligne in {**avant, **changees}.items() if ligne is not None}
    return suivante if changees.keys() <= avant.keys() else dict(sorted(suivante.items()))


def _ligne_suivante(
    table: str, ecrit: _Ecrit, connue: Mapping[str, Any] | None, dossier_id: int, tables: Tables
) -> dict[str, Any] | None:
    """What the row says now; None when the dossier has no such row."""
    brut, colonnes = ecrit.brut, TABLES[table].columns
    if brut is None:
        return None
    parent = next(c for c in ("dossier_id", "og_id", "id") if c in colonnes)
    siens: Container[Any] = tables["og"] if parent == "og_id" else (dossier_id,)
    if not ecrit.entier and connue is None:
        # A row of another dossier: the rest of it is not known, were it to come from there.
        if brut.get(parent) in siens:
            raise _Perdu
        return None
    if table == "og" and not ecrit.entier and "dossier_id" in brut:
        # What hangs on it moves along, and no entry says so.
        raise _Perdu
    valeurs = en_lecture(table, brut)
    ligne = valeurs if ecrit.entier or connue is None else {**connue, **valeurs}
    if ligne[parent] not in siens:
        return None
    if len(ligne) != len(colonnes):
        raise _Perdu
    return ligne


@cache
def _lecteurs(table: str) -> dict[str, Callable[[Any], Any]]:
    """For each column, what turns a value of SQLite into the one a reading gives."""
    lecteurs: dict[str, Callable[[Any], Any]] = {}
    for colonne in TABLES[table].columns:
        genre = colonne.type.dialect_impl(_DIALECTE)
        lecteurs[colonne.name] = genre.result_processor(_DIALECTE, None) or _tel_quel
    return lecteurs


def _tel_quel(valeur: Any) -> Any:
    return valeur
