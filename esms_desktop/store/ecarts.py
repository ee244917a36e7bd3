"""Row diffs: what a transaction changed, whoever did it (ORM, cascade of the base). How they are seen: `capture`.

Undoing is writing: the version of a row moves on, its author is who undid; neither makes a difference of its own.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, Table

from esms_desktop.model import HORS_DOSSIER, Base
from esms_desktop.model.suivi import COLONNES_DE_SUIVI

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


def fusionner(pas: Iterable[Ecart]) -> tuple[Ecart, ...]:
    """One diff per row, from its first state to its last; a row that says again what it said is left out."""
    return tuple(e for e in par_ligne(pas) if e.dit[0] != e.dit[1])


def par_ligne(pas: Iterable[Ecart]) -> tuple[Ecart, ...]:
    """One diff per row, from its first state to its last, whatever it says."""
    nets: dict[tuple[str, int], Ecart] = {}
    for e in pas:
        premier = nets.get((e.table, e.cle), e)
        nets[e.table, e.cle] = Ecart(e.table, e.cle, premier.avant, e.apres)
    return tuple(nets.values())


def dits(pas: Iterable[Ecart]) -> dict[tuple[str, int], tuple[Ligne | None, Ligne | None]]:
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
