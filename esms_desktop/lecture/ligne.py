"""One row of a dossier as it was read, and the version of the dossier it belongs to."""

import threading
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, Self

from esms_desktop.lecture.memoire import Marques, Memoire, Tables, marquer

Valeurs = Mapping[str, Any]
# What the base keeps of a row that no base holds.
NON_ECRITE: Valeurs = {"uid": "", "version": 0, "auteur": ""}
_VIDES: dict[Any, Any] = {str: "", int: 0, bool: False}


class Version:
    """All the rows of one dossier at one moment. It never changes, and any thread may read it.

    Args:
        tables: for each table, the values of its rows by id. Never written to afterwards.
        memoire: what was computed from the versions before this one.
        position: the last entry of the journal that it knows; None when it is not what a base has committed.
        marques: the stamps of its columns (see `marquer`).
    """

    def __init__(
        self,
        tables: Tables,
        memoire: Memoire | None = None,
        position: int | None = None,
        marques: Marques | None = None,
    ) -> None:
        self.tables = tables
        self.position = position
        self.memoire = memoire or Memoire()
        self.marques = marquer(tables, {}, {}) if marques is None else marques
        # Each thread that computes facts of it reads it in its own way (fait.py).
        self.regards = threading.local()
        self._lignes: dict[tuple[str, int], Ligne] = {}
        self._rangees: dict[str, list[Any]] = {}
        self._enfants: dict[tuple[str, str], dict[int | None, list[Any]]] = {}

    def ligne(self, table: str, cle: int | None) -> Any | None:
        """The row of that id, the same object each time; None when there is none."""
        connue = self._lignes.get((table, cle))  # type: ignore[arg-type]
        if connue is None and cle is not None:
            valeurs = self.tables.get(table, {}).get(cle)
            if valeurs is None:
                return None
            # Two threads may make it at once: one of the two stays for both.
            connue = self._lignes.setdefault((table, cle), self.classe(table).de(self, valeurs))
        return connue

    def lignes(self, table: str) -> list[Any]:
        """All the rows of a table, in its order."""
        connues = self._rangees.get(table)
        if connues is None:
            lues = [self.ligne(table, cle) for cle in self.tables.get(table, ())]
            connues = self._rangees.setdefault(table, sorted(lues, key=CLASSES[table].ordre))
        return list(connues)

    def enfants(self, table: str, cle: str, parent: int) -> list[Any]:
        """The rows of a table whose column `cle` names `parent`, in the order of the table."""
        groupes = self._enfants.get((table, cle))
        if groupes is None:
            groupes = {}
            for ligne in self.lignes(table):
                groupes.setdefault(getattr(ligne, cle), []).append(ligne)
            groupes = self._enfants.setdefault((table, cle), groupes)
        return list(groupes.get(parent, ()))

    def avec(self, remplacees: Mapping[str, Mapping[int, Valeurs | None]]) -> "Version":
        """The version where these rows have these values instead; None takes a row out. The other rows are shared."""
        tables = dict(self.tables)
        for table, lignes in remplacees.items():
            nouvelles = dict(tables.get(table, {}))
            for cle, valeurs in lignes.items():
                if valeurs is None:
                    nouvelles.pop(cle, None)
                else:
                    nouvelles[cle] = dict(valeurs)
            tables[table] = nouvelles
        return Version(tables, self.memoire.brouillon(), marques=marquer(tables, self.tables, self.marques))

    def suivante(self, tables: Tables, position: int | None = None) -> "Version":
        """The version that holds these tables: what says the same is shared, and what was computed from it is kept."""
        partagees = {nom: _partagee(self.tables.get(nom, {}), table) for nom, table in tables.items()}
        return Version(partagees, self.memoire, position, marquer(partagees, self.tables, self.marques))

    def classe(self, table: str) -> "type[Ligne]":
        """The class of its rows of a table."""
        return CLASSES[table]


def _partagee(
    avant: Mapping[int, dict[str, Any]], table: Mapping[int, dict[str, Any]]
) -> Mapping[int, dict[str, Any]]:
    if avant is table:
        return avant
    if avant == table and list(avant) == list(table):
        return avant
    return {cle: avant[cle] if avant.get(cle) == ligne else ligne for cle, ligne in table.items()}


def par(*champs: str) -> Callable[[Any], Any]:
    """The order of a table by these columns, none of which is ever empty, then by id."""
    return attrgetter(*champs, "id")


class Ligne:
    """A row that never changes: its columns are attributes, its relations are resolved in its own version."""

    __slots__ = ("__dict__", "__weakref__", "_version")
    table: ClassVar[str]
    # What rows of this table are sorted by.
    ordre: Any = attrgetter("id")
    id: int
    # The same row in any base; who wrote it last.
    uid: str
    auteur: str
    _version: Version

    def __init_subclass__(cls) -> None:
        if "table" in vars(cls):
            CLASSES[cls.table] = cls

    @classmethod
    def colonnes(cls) -> dict[str, Any]:
        """The columns of the table and what each holds; relations apart."""
        declares = vars(CLASSES[cls.table])["__annotations__"]
        return {nom: genre for nom, genre in declares.items() if not isinstance(genre, str)}

    @classmethod
    def de(cls, version: Version, valeurs: dict[str, Any]) -> Self:
        """The row of these values in a version."""
        ligne = cls.__new__(cls)
        object.__setattr__(ligne, "_version", version)
        # The values themselves, shared by all the versions where the row is the same.
        object.__setattr__(ligne, "__dict__", valeurs)
        return ligne

    @classmethod
    def vierge(cls, **valeurs: Any) -> dict[str, Any]:
        """The values of a row nobody has filled in, but for `valeurs`: empty texts, zeros, no; unknown where it may be.

        Raises:
            TypeError: a column the table does not have.
        """
        colonnes = cls.colonnes()
        if inconnues := valeurs.keys() - colonnes.keys():
            raise TypeError(f"{cls.table}: {sorted(inconnues)}")
        return {n: _VIDES.get(genre) for n, genre in colonnes.items()} | valeurs | dict(NON_ECRITE)

    @classmethod
    def vide(cls) -> Self:
        """A row nobody has filled in, of no dossier: what is shown while there is none."""
        return cls.de(Version({}), cls.vierge(id=0))

    @property
    def version(self) -> Version:
        """The version of the dossier it belongs to."""
        return self._version

    @property
    def revision(self) -> int:
        """How many times the row was written: its column `version`, which moves at each change. No fact depends on it."""
        revision: int = self.__dict__["version"]
        return revision

    def __setattr__(self, nom: str, valeur: object) -> NoReturn:
        raise AttributeError(f"a reading never changes: {type(self).__name__}.{nom}")

    def __delattr__(self, nom: str) -> NoReturn:
        raise AttributeError(f"a reading never changes: {type(self).__name__}.{nom}")

    def __eq__(self, autre: object) -> bool:
        """The same row, whatever its version says of it."""
        return isinstance(autre, Ligne) and (self.table, self.id) == (autre.table, autre.id)

    def __hash__(self) -> int:
        return hash((self.table, self.id))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id})"


# The class of the rows of each table.
CLASSES: dict[str, type[Ligne]] = {}


class _Parent:
    def __init__(self, table: str, cle: str) -> None:
        self._table, self._cle = table, cle

    def __get__(self, ligne: Ligne | None, _classe: type[Ligne]) -> Any:
        return self if ligne is None else ligne.version.ligne(self._table, getattr(ligne, self._cle))


class _Enfants:
    def __init__(self, table: str, cle: str) -> None:
        self._table, self._cle = table, cle

    def __get__(self, ligne: Ligne | None, _classe: type[Ligne]) -> Any:
        return self if ligne is None else ligne.version.enfants(self._table, self._cle, ligne.id)


def parent(table: str, cle: str) -> Any:
    """The row of `table` that the column `cle` names; None when it names none."""
    return _Parent(table, cle)


def enfants(table: str, cle: str) -> Any:
    """The rows of `table` whose column `cle` names this one, in the order of the table."""
    return _Enfants(table, cle)
