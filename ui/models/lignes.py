"""A table that only shows: one object a row, columns described by functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from esms_desktop.francais import cle
from ui.widgets.cellule import ROLE_TRI

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

    def charger(self, lignes: Sequence[T]) -> None:
        """Shows `lignes`; the model is reset only when they are not the same objects as before."""
        cles = [self._identite(ligne) for ligne in lignes]
        memes = cles == self._cles
        if not memes:
            self.beginResetModel()
        self._lignes, self._cles = list(lignes), cles
        if not memes:
            self.endResetModel()
        elif lignes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lignes) - 1, len(self.colonnes) - 1))

    def objet(self, ligne: int) -> T:
        """What row `ligne` shows (0 for the first)."""
        return self._lignes[ligne]

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
            return (colonne.bulle or colonne.affiche)(objet) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignement(index.column())
        if role == ROLE_TRI:
            return colonne.tri(objet) if colonne.tri else cle(colonne.affiche(objet))
        return None
