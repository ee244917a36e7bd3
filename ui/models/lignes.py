"""A table that only shows: one object a row, columns described by functions."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from esms_desktop.francais import cle
from ui.widgets.libelle import bulle
from ui.widgets.tableaux.cellule import ROLE_TRI

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


@dataclass(frozen=True)
class ColonneLue(Generic[T]):
    """A column: its title, what it shows, what it sorts on (the text by default)."""

    titre: str
    affiche: Callable[[T], str]
    tri: Callable[[T], Any] | None = None
    a_droite: bool = False
    bulle: Callable[[T], str] | None = None


class ModeleLignes(QAbstractTableModel, Generic[T]):
    """Rows of `T`. `identite` tells the same object from one reading to the next, so the selection stays."""

    def __init__(self, colonnes: Sequence[ColonneLue[T]], identite: Callable[[T], object]) -> None:
        super().__init__()
        self.colonnes = tuple(colonnes)
        self._identite = identite
        self._lignes: list[T] = []
        self._cles: list[object] = []
        # What each row shows: a view hears of the rows that show something else, and of no other.
        self._lues: list[Sequence[object]] = []

    def charger(self, lignes: Sequence[T]) -> None:
        """Shows `lignes`: rows come, go and change places one by one, so that what is chosen or typed in stays."""
        cles = [self._identite(ligne) for ligne in lignes]
        communes = self._cles_communes(cles)
        if cles != self._cles and not communes:
            self.beginResetModel()
            self._lignes, self._cles, self._lues = list(lignes), cles, [self._lue(x) for x in lignes]
            self.endResetModel()
            return
        if cles != self._cles:
            self._oter(communes)
            self._ranger([c for c in cles if c in communes])
            self._inserer(lignes, cles)
        avant, self._lignes = self._lues, list(lignes)
        self._lues = [self._lue(ligne) for ligne in lignes]
        self._signaler([rang for rang, lue in enumerate(self._lues) if lue != avant[rang]])

    def remplacer(self, rang: int, objet: T) -> None:
        """Shows something else of the same object."""
        self._lignes[rang] = objet
        self.relire(rang)

    def relire(self, rang: int) -> None:
        """Shows a row again, whose object is the same and no longer says the same."""
        lue = self._lue(self._lignes[rang])
        if lue != self._lues[rang]:
            self._lues[rang] = lue
            self._signaler([rang])

    def _lue(self, objet: T) -> Sequence[object]:
        """All that the cells of a row show, as far as it decides how they are measured and painted."""
        return [c.affiche(objet) for c in self.colonnes]

    def _cles_communes(self, cles: Sequence[object]) -> set[object]:
        """The objects shown already and still; none when two rows cannot be told apart."""
        if len(set(cles)) < len(cles) or len(set(self._cles)) < len(self._cles):
            return set()
        return set(cles) & set(self._cles)

    def _oter(self, restent: Collection[object]) -> None:
        dernier = len(self._cles) - 1
        while dernier >= 0:
            premier = dernier
            if self._cles[dernier] not in restent:
                while premier and self._cles[premier - 1] not in restent:
                    premier -= 1
                self.beginRemoveRows(QModelIndex(), premier, dernier)
                for liste in (self._lignes, self._cles, self._lues):
                    del liste[premier : dernier + 1]
                self.endRemoveRows()
            dernier = premier - 1

    def _ranger(self, cles: list[object]) -> None:
        if cles == self._cles:
            return
        self.layoutAboutToBeChanged.emit()
        places = {cle: rang for rang, cle in enumerate(cles)}
        anciens = self.persistentIndexList()
        nouveaux = [self.index(places[self._cles[i.row()]], i.column()) for i in anciens]
        ordre = [self._cles.index(cle) for cle in cles]
        self._lignes = [self._lignes[rang] for rang in ordre]
        self._lues = [self._lues[rang] for rang in ordre]
        self._cles = cles
        self.changePersistentIndexList(anciens, nouveaux)
        self.layoutChanged.emit()

    def _inserer(self, lignes: Sequence[T], cles: list[object]) -> None:
        presentes = set(self._cles)
        rang = 0
        while rang < len(cles):
            fin = rang
            while fin < len(cles) and cles[fin] not in presentes:
                fin += 1
            if fin > rang:
                self.beginInsertRows(QModelIndex(), rang, fin - 1)
                self._lignes[rang:rang] = lignes[rang:fin]
                self._cles[rang:rang] = cles[rang:fin]
                self._lues[rang:rang] = [self._lue(x) for x in lignes[rang:fin]]
                self.endInsertRows()
            rang = fin + 1

    def _signaler(self, rangs: list[int]) -> None:
        """Tells the views which rows show something else, by blocks."""
        derniere = len(self.colonnes) - 1
        debut = 0
        for place in range(1, len(rangs) + 1):
            if place == len(rangs) or rangs[place] != rangs[place - 1] + 1:
                self.dataChanged.emit(self.index(rangs[debut], 0), self.index(rangs[place - 1], derniere))
                debut = place

    @property
    def objets(self) -> Sequence[T]:
        """What all the rows show, in order."""
        return self._lignes

    def objet(self, ligne: int) -> T:
        """What row `ligne` shows (0 for the first)."""
        return self._lignes[ligne]

    def en(self, ligne: int) -> T | None:
        """What row `ligne` shows; None when there is no such row."""
        return self._lignes[ligne] if 0 <= ligne < len(self._lignes) else None

    def ligne_de(self, identite: object) -> int:
        """Row of an object, -1 when it is not here."""
        return self._cles.index(identite) if identite in self._cles else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lignes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.colonnes)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.colonnes[section].titre
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignement(section)
        return None

    def _alignement(self, section: int) -> int:
        cote = Qt.AlignmentFlag.AlignRight if self.colonnes[section].a_droite else Qt.AlignmentFlag.AlignLeft
        return int(cote | Qt.AlignmentFlag.AlignVCenter)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        objet, colonne = self._lignes[index.row()], self.colonnes[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return colonne.affiche(objet)
        if role == Qt.ItemDataRole.ToolTipRole:
            return bulle((colonne.bulle or colonne.affiche)(objet)) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignement(index.column())
        if role == ROLE_TRI:
            return colonne.tri(objet) if colonne.tri else cle(colonne.affiche(objet))
        return None
