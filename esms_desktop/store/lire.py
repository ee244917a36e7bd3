"""A dossier read whole, frozen: one transaction, one query per table, no object of the session."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, inspect, select
from sqlalchemy.orm import MANYTOONE, Mapper

from esms_desktop import model
from esms_desktop.lecture import Dossier, Version
from esms_desktop.lecture.ligne import CLASSES, NON_ECRITE
from esms_desktop.lecture.memoire import Tables
from esms_desktop.store.ecarts import TABLES, Ecart
from esms_desktop.store.suivre import derniere_entree, suivre


def lire(
    connexion: Connection,
    dossier_id: int,
    apres: Dossier | None = None,
    en_cours: tuple[Ecart, ...] | None = None,
) -> Dossier | None:
    """The dossier as it is now, None when it is gone.

    Args:
        connexion: in autocommit or inside a transaction; the whole reading is then of one moment all the same.
        apres: the same dossier as it was read before: only what was written since is read, the rest is shared with it.
        en_cours: what the transaction under way has written; None when none is.
    """
    with _un_seul_instant(connexion):
        depuis = apres.version.position if apres is not None and apres.id == dossier_id else None
        suite = None
        if apres is not None and depuis is not None:
            suite = suivre(connexion, dossier_id, apres.version.tables, depuis, en_cours or ())
        tables, position = suite or (_tout(connexion, dossier_id), derniere_entree(connexion))
    # What is not committed yet may never be: nothing is read after it.
    su = position if en_cours is None else None
    if apres is None:
        version = Version(tables, position=su)
    elif suite is not None and position == depuis and not en_cours:
        return apres
    else:
        version = apres.version.suivante(tables, su)
    trouve: Dossier | None = version.ligne("dossier", dossier_id)
    return trouve


def _tout(connexion: Connection, dossier_id: int) -> Tables:
    tables: dict[str, dict[int, dict[str, Any]]] = {}
    for table, requete in _requetes().items():
        lignes = connexion.execute(requete, {"dossier": dossier_id})
        colonnes = list(lignes.keys())
        # Copied at once: a dictionary that grew keeps twice the room it needs.
        tables[table] = {ligne[0]: dict(dict(zip(colonnes, ligne, strict=True))) for ligne in lignes}
        if table == "dossier" and not tables[table]:
            break
    return tables


def figer(dossier: model.Dossier) -> Dossier:
    """A dossier that is not saved yet, as it would be read; what has no id gets one below zero.

    Columns that were given no value have that of the model.
    """
    objets = list(_graphe(dossier))
    # Below zero, the first one first: rows without a rank keep the order they were made in, as once saved.
    cles = {id(o): o.id if o.id is not None else rang - len(objets) for rang, o in enumerate(objets)}
    tables: dict[str, dict[int, dict[str, Any]]] = {nom: {} for nom in TABLES}
    for objet in objets:
        genre: Mapper[Any] = inspect(type(objet))
        valeurs = {c.name: _valeur(objet, c) for c in genre.columns} | {"id": cles[id(objet)], **NON_ECRITE}
        for relation in genre.relationships:
            parent = getattr(objet, relation.key) if relation.direction is MANYTOONE else None
            if parent is not None and id(parent) in cles:
                valeurs[next(iter(relation.local_columns)).name] = cles[id(parent)]
        if "dossier_id" in valeurs:
            valeurs["dossier_id"] = cles[id(dossier)]
        tables[objet.__tablename__][cles[id(objet)]] = valeurs
    fige: Any = Version(tables).ligne("dossier", cles[id(dossier)])
    resultat: Dossier = fige
    return resultat


def _graphe(dossier: model.Dossier) -> Iterator[Any]:
    vus: set[int] = set()
    pile: list[Any] = [dossier]
    while pile:
        objet = pile.pop(0)
        if id(objet) in vus:
            continue
        vus.add(id(objet))
        yield objet
        for relation in inspect(type(objet)).relationships:
            if relation.uselist:
                pile += getattr(objet, relation.key)


def _valeur(objet: Any, colonne: Any) -> Any:
    valeur = getattr(objet, colonne.name)
    if valeur is None and colonne.default is not None and not colonne.nullable:
        return colonne.default.arg
    return valeur


@cache
def _requetes() -> dict[str, Select[Any]]:
    """For each table of the reading, the rows of one dossier in the order of their ids, the id first."""
    og = TABLES["og"]
    des_og = select(og.c.id).where(og.c.dossier_id == bindparam("dossier"))
    requetes: dict[str, Select[Any]] = {}
    for nom, table in TABLES.items():
        assert nom in CLASSES, nom
        requete = select(table).order_by(table.c.id)
        if nom == "dossier":
            requete = requete.where(table.c.id == bindparam("dossier"))
        elif "dossier_id" in table.c:
            requete = requete.where(table.c.dossier_id == bindparam("dossier"))
        else:
            requete = requete.where(table.c.og_id.in_(des_og))
        requetes[nom] = requete
    return requetes


@contextmanager
def _un_seul_instant(connexion: Connection) -> Iterator[None]:
    """A read transaction, unless one is already open: what other programs commit meanwhile is not seen by half."""
    brute: Any = connexion.connection.driver_connection
    if brute.in_transaction:
        yield
        return
    brute.execute("BEGIN")
    try:
        yield
    finally:
        brute.rollback()
