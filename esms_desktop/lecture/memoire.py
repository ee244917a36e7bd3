"""What was computed from a dossier, kept as long as the columns it was read from say the same."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

Tables = Mapping[str, Mapping[int, dict[str, Any]]]
# For each table, the stamp of its columns; under LIGNES that of its rows, which stands for the columns without their own.
Marques = Mapping[str, Mapping[str, int]]
# Which rows a table has, read by whoever goes through them, finds one, or finds none.
LIGNES = ""
_suivante = count(1).__next__
_ABSENTE: Mapping[str, int] = {LIGNES: 0}


def marquer(tables: Tables, avant: Tables, marques: Marques) -> Marques:
    """The stamps of a version: two versions of a dossier with the same stamp for a column say the same in it.

    Args:
        tables: those of the version. A row, or a table, that is the very same object as before is not looked at.
        avant, marques: the version it comes from; empty for a first reading.
    """
    suivantes: dict[str, Mapping[str, int]] = {}
    for nom, table in tables.items():
        ancienne, siennes = avant.get(nom), marques.get(nom)
        if ancienne is None or siennes is None:
            suivantes[nom] = {LIGNES: _suivante()}
        elif table is ancienne:
            suivantes[nom] = siennes
        else:
            changees = _changees(table, ancienne)
            if LIGNES in changees:
                suivantes[nom] = {LIGNES: _suivante()}
            else:
                suivantes[nom] = {**siennes, **{c: _suivante() for c in changees}} if changees else siennes
    return suivantes


def _changees(table: Mapping[int, dict[str, Any]], ancienne: Mapping[int, dict[str, Any]]) -> set[str]:
    """The columns that say something else; LIGNES alone when rows came, went or moved."""
    if list(table) != list(ancienne):
        return {LIGNES}
    changees: set[str] = set()
    for ligne, avant in zip(table.values(), ancienne.values(), strict=True):
        if ligne is avant:
            continue
        if ligne.keys() != avant.keys():
            return {LIGNES}
        changees.update(c for c, valeur in ligne.items() if valeur != avant[c])
    return changees


class Appel(NamedTuple):
    """What is computed: a function of a dossier, for a subject (ids, codes), under conditions (the campaign, the day)."""

    fonction: Any
    dossier_id: int
    sujet: tuple[Hashable, ...]
    conditions: tuple[object, ...]
    arguments: tuple[Any, ...]

    @property
    def cle(self) -> Hashable:
        """One value is kept for each subject: other conditions take its place."""
        return self.fonction, self.dossier_id, self.sujet


# What was read: for each table, some columns.
Lues = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True, eq=False)
class Retenu:
    """A value, what it was read from, and the other values it was made of, in the order they were asked.

    Args:
        vu: the stamps of the last version it was found to be right for.
    """

    appel: Appel
    valeur: Any
    lues: Lues
    faits: tuple["Retenu", ...]
    vu: Marques

    def memes_colonnes(self, marques: Marques) -> bool:
        """Whether the columns it was read from say the same."""
        vu = self.vu
        for table, colonnes in self.lues:
            siennes, avant = marques.get(table, _ABSENTE), vu.get(table, _ABSENTE)
            if siennes is not avant:
                lignes, lignes_avant = siennes[LIGNES], avant[LIGNES]
                if any(siennes.get(c, lignes) != avant.get(c, lignes_avant) for c in colonnes):
                    return False
        return True


def par_table(colonnes: Iterable[tuple[str, str]]) -> Lues:
    """These (table, column), table by table."""
    groupes: dict[str, list[str]] = {}
    for table, colonne in colonnes:
        groupes.setdefault(table, []).append(colonne)
    return _partager(tuple((table, tuple(sorted(groupes[table]))) for table in sorted(groupes)))


@lru_cache(maxsize=4096)
def _partager(lues: Lues) -> Lues:
    """What reads the same, in any dossier, shares one answer."""
    return lues


class Memoire:
    """Values kept from one version of a dossier to the next. Any thread may use it.

    A value holds no row: a row belongs to its version, and would go on saying what that one said.

    Args:
        sous: the memory of the versions a draft was made from. The draft reads it and leaves it alone.
    """

    def __init__(self, sous: "Memoire | None" = None) -> None:
        self._sous = sous
        self._retenus: dict[Hashable, Retenu] = {}
        # How many values were computed so far: the same before and after, all that was asked was remembered.
        self.calculs = 0

    def candidats(self, cle: Hashable) -> Iterable[Retenu]:
        """What is kept under that key, which may be of another version: the nearest first."""
        memoire: Memoire | None = self
        while memoire is not None:
            retenu = memoire._retenus.get(cle)
            if retenu is not None:
                yield retenu
            memoire = memoire._sous

    def garder(self, retenu: Retenu) -> None:
        """Keeps a value in the place of the one it had."""
        self._retenus[retenu.appel.cle] = retenu
        self.calculs += 1

    def brouillon(self) -> "Memoire":
        """The memory of a draft made from a version of this one."""
        return Memoire(self)
