"""Keeping objects in memory true after a write: relationships that moved are read again, the others stay loaded."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import inspect
from sqlalchemy.orm import MANYTOONE, Mapper, Session
from sqlalchemy.orm.attributes import set_committed_value

from esms_desktop.model import Base
from esms_desktop.store.ecarts import CLASSES, Ecart


class _Lien(NamedTuple):
    """A foreign key of a table. `classe` and `enfants`: the parent and its collection, when the model has them."""

    colonne: str
    vers: str | None
    classe: type[Base] | None
    enfants: str | None
    # Columns that move a row out of its collection or inside it.
    sensibles: frozenset[str]


@cache
def _liens() -> dict[str, tuple[type[Base], tuple[_Lien, ...]]]:
    resultat: dict[str, tuple[type[Base], tuple[_Lien, ...]]] = {}
    for classe in CLASSES:
        mapper: Mapper[Any] = inspect(classe)
        par_colonne = {
            next(iter(r.local_columns)).name: r for r in mapper.relationships if r.direction is MANYTOONE
        }
        liens = []
        for colonne in mapper.local_table.columns:
            if not colonne.foreign_keys:
                continue
            relation = par_colonne.get(colonne.name)
            # A key without a relationship, or one the parent does not look back at: no collection to read again.
            if relation is None or relation.back_populates is None:
                vers = relation.key if relation else None
                liens.append(_Lien(colonne.name, vers, None, None, frozenset({colonne.name})))
                continue
            parent = relation.mapper
            ordre = parent.relationships[relation.back_populates].order_by or ()
            textes = " ".join(str(o) for o in ordre)
            ranges = {c.name for c in mapper.local_table.columns if f"{c.table.name}.{c.name}" in textes}
            liens.append(
                _Lien(
                    colonne.name,
                    relation.key,
                    parent.class_,
                    relation.back_populates,
                    frozenset({colonne.name} | ranges),
                )
            )
        resultat[classe.__tablename__] = (classe, tuple(liens))
    return resultat


def rafraichir(session: Session, nets: Iterable[Ecart]) -> None:
    """After a commit: expires the collections whose rows came, went or moved, and aligns the keys the base itself set."""
    for e in nets:
        classe, liens = _liens()[e.table]
        objet = session.identity_map.get(session.identity_key(classe, e.cle))
        changees = e.colonnes()
        for lien in liens:
            if not changees & lien.sensibles:
                continue
            if objet is not None and e.apres is not None:
                set_committed_value(objet, lien.colonne, e.apres[lien.colonne])
                if lien.vers:
                    session.expire(objet, [lien.vers])
            for ligne in (e.avant, e.apres):
                if lien.classe and ligne and ligne[lien.colonne] is not None:
                    cle = session.identity_key(lien.classe, ligne[lien.colonne])
                    parent = session.identity_map.get(cle)
                    if parent is not None:
                        session.expire(parent, [str(lien.enfants)])
