"""A fact: a pure function of a dossier, computed once and again only when a column it read says something else."""

from collections.abc import Callable, Set
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from esms_desktop.lecture.ligne import CLASSES, Ligne, Valeurs, Version
from esms_desktop.lecture.memoire import LIGNES, Appel, Retenu, par_table

D = TypeVar("D")
P = ParamSpec("P")
T = TypeVar("T")
# Each is small, and says whose or which value is asked: a letter of one OG, a code of document.
_SUJETS = (int, str, type(None))


def fait(fonction: Callable[Concatenate[D, P], T]) -> Callable[Concatenate[D, P], T]:
    """Makes a fact of a function of a dossier: it reads nothing but the dossier and its arguments, and returns values.

    The dossier comes first. The arguments that follow are given by position: numbers and texts say what is asked, one value
    being kept for each; any other (the campaign, the day) is a condition, and another condition takes the place of the
    value. A row is never an argument, nor part of what is returned: give its id. What is returned is shared: it does not
    change.

    A dossier that no version holds (objects not read yet) is computed each time.
    """

    @wraps(fonction)
    def lire(dossier: D, /, *arguments: P.args, **nommes: P.kwargs) -> T:
        if not isinstance(dossier, Ligne):
            return fonction(dossier, *arguments, **nommes)
        if nommes:
            raise TypeError(f"{fonction.__name__}: a fact takes its arguments by position")
        sujet = tuple([a for a in arguments if isinstance(a, _SUJETS)])
        conditions = tuple([a for a in arguments if not isinstance(a, _SUJETS)])
        if any(isinstance(a, Ligne) for a in conditions):
            raise TypeError(f"{fonction.__name__}: a fact takes the id of a row")
        valeur: T = regard(dossier.version).fait(Appel(fonction, dossier.id, sujet, conditions, arguments))
        return valeur

    return lire


def regard(version: Version) -> "Regard":
    """The way this thread computes facts of a version."""
    if isinstance(version, Regard):
        return version
    connu: Regard | None = getattr(version.regards, "regard", None)
    if connu is None:
        connu = version.regards.regard = Regard(version)
    return connu


class Regard(Version):
    """A version as one thread reads it in a fact: each column read is noted, and each other fact.

    Its rows are of no use once the fact is computed: they refuse to be read.
    """

    def __init__(self, version: Version) -> None:
        super().__init__(version.tables, version.memoire, version.position, version.marques)
        self.lues: set[tuple[str, str]] | None = None
        self._faits: dict[int, Retenu] = {}
        self._ordres: dict[tuple[str, str], set[tuple[str, str]]] = {}

    def noter(self, colonnes: Set[tuple[str, str]]) -> None:
        """Says that these (table, column) are read.

        Raises:
            LookupError: a row of a fact is read after it.
        """
        if self.lues is None:
            raise LookupError("a row read in a fact is of no use outside of it")
        self.lues |= colonnes

    def ligne(self, table: str, cle: int | None) -> Any | None:
        """The row of that id, whose columns say that they are read."""
        self.noter(_lignes(table))
        return super().ligne(table, cle)

    def lignes(self, table: str) -> list[Any]:
        """The rows of a table: which they are, and what puts them in order, is read."""
        rangee = (table, LIGNES)
        if rangee not in self._ordres:
            self._apprendre(rangee, lambda: super(Regard, self).lignes(table))
        self.noter(self._ordres[rangee])
        return super().lignes(table)

    def enfants(self, table: str, cle: str, parent: int) -> list[Any]:
        """The same for the rows of one parent."""
        rangee = (table, cle)
        if rangee not in self._ordres:
            self._apprendre(rangee, lambda: super(Regard, self).enfants(table, cle, parent))
        self.noter(self._ordres[rangee])
        return super().enfants(table, cle, parent)

    def avec(self, remplacees: Any) -> Version:
        """Refused: what a draft reads would not be noted."""
        raise TypeError("a fact makes no draft")

    def suivante(self, tables: Any, position: int | None = None) -> Version:
        """Refused: a version follows a version."""
        raise TypeError("a fact is of one version")

    def classe(self, table: str) -> type[Ligne]:
        """The rows of a table that say what is read of them."""
        return _observee(table)

    def fait(self, appel: Appel) -> Any:
        """The value of a fact; the one under way in this thread is made of it."""
        retenu = self._obtenir(appel)
        if self.lues is not None:
            self._faits[id(retenu)] = retenu
        return retenu.valeur

    def _obtenir(self, appel: Appel) -> Retenu:
        for retenu in self.memoire.candidats(appel.cle):
            if self._valable(retenu, appel):
                return retenu
        return self._calculer(appel)

    def _valable(self, retenu: Retenu, appel: Appel) -> bool:
        """Whether a value kept from some version is that of this one: what it read says the same, and it would ask the
        same facts, which answer the same."""
        if not all(map(_memes, retenu.appel.conditions, appel.conditions)):
            return False
        if retenu.vu is self.marques:
            return True
        if not retenu.memes_colonnes(self.marques):
            return False
        actuels = []
        for avant in retenu.faits:
            try:
                actuel = self._obtenir(avant.appel)
            except Exception:
                # It fails now: what is made of it is computed again, and fails in its turn or does without.
                return False
            if actuel is not avant and actuel.valeur is not avant.valeur and actuel.valeur != avant.valeur:
                return False
            actuels.append(actuel)
        retenu.faits = tuple(actuels)
        retenu.vu = self.marques
        return True

    def _calculer(self, appel: Appel) -> Retenu:
        autour = self.lues, self._faits
        self.lues, self._faits = set(), {}
        try:
            valeur = appel.fonction(self.ligne("dossier", appel.dossier_id), *appel.arguments)
            retenu = Retenu(appel, valeur, par_table(self.lues), tuple(self._faits.values()), self.marques)
        except BaseException:
            # Nothing is kept; what is around may do without it, and then depends on what made it fail.
            if autour[0] is not None:
                autour[0].update(self.lues)
                autour[1].update(self._faits)
            raise
        finally:
            self.lues, self._faits = autour
        self.memoire.garder(retenu)
        return retenu

    def _apprendre(self, rangee: tuple[str, str], ranger: Callable[[], object]) -> None:
        """Keeps what puts rows in order, or in groups: done once, it is what each reader of them depends on."""
        autour, self.lues = self.lues, set(_lignes(rangee[0]))
        try:
            ranger()
            self._ordres[rangee] = self.lues
        finally:
            self.lues = autour


def _memes(avant: object, apres: object) -> bool:
    return avant is apres or avant == apres


@cache
def _lignes(table: str) -> frozenset[tuple[str, str]]:
    return frozenset({(table, LIGNES)})


@cache
def _observee(table: str) -> type[Ligne]:
    """The class of the rows of a table whose columns say that they are read."""
    classe = CLASSES[table]
    toutes = {(table, colonne) for colonne in classe.colonnes()}

    def de(cls: type[Ligne], version: Version, valeurs: dict[str, Any]) -> Ligne:
        ligne = cls.__new__(cls)
        object.__setattr__(ligne, "_version", version)
        object.__setattr__(ligne, "_valeurs", valeurs)
        return ligne

    def tout(ligne: Any) -> Valeurs:
        ligne._version.noter(toutes)
        valeurs: Valeurs = ligne._valeurs
        return valeurs

    espace: dict[str, Any] = {colonne: _colonne(table, colonne) for colonne in classe.colonnes()}
    espace |= {"__slots__": ("_valeurs",), "__dict__": property(tout), "de": classmethod(de)}
    espace |= dict.fromkeys(("uid", "revision", "auteur"), property(_refuser))
    return type(classe.__name__, (classe,), espace)


def _refuser(ligne: Ligne) -> Any:
    raise LookupError("a fact depends on what a row says, not on who wrote it")


def _colonne(table: str, colonne: str) -> property:
    cle = (table, colonne)

    def lire(ligne: Any) -> Any:
        lues = ligne._version.lues
        if lues is None:
            raise LookupError("a row read in a fact is of no use outside of it")
        lues.add(cle)
        return ligne._valeurs[colonne]

    return property(lire)
