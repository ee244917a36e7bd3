"""A table that only shows, with what the cells of `ui.widgets.tableaux.cellule` can paint: badges, second lines, totals in bold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from esms_desktop.francais import cle
from ui import theme
from ui.models.lignes import ColonneLue, Index, ModeleLignes
from ui.widgets.tableaux.cellule import ROLE_BADGE, ROLE_SECOND, ROLE_TRI

T = TypeVar("T")


@dataclass(frozen=True)
class Colonne(ColonneLue[T]):
    """A column. `badge`: kind of the badge that holds the text; `second`: a quieter text under the first."""

    badge: Callable[[T], str | None] | None = None
    second: Callable[[T], str] | None = None


class ModeleTable(ModeleLignes[T]):
    """Rows of `T`. `gras` tells the rows set in bold (a total)."""

    def __init__(
        self,
        colonnes: Sequence[Colonne[T]],
        identite: Callable[[T], object],
        gras: Callable[[T], bool] | None = None,
    ) -> None:
        super().__init__(colonnes, identite)
        self.colonnes: tuple[Colonne[T], ...] = tuple(colonnes)
        self._gras = gras

    def _lue(self, objet: T) -> Sequence[object]:
        """Text, second text and badge of each cell, then whether the row is in bold."""
        cellules: list[object] = [
            (
                c.affiche(objet),
                c.second(objet) if c.second else "",
                (c.badge(objet) or "") if c.badge else "",
            )
            for c in self.colonnes
        ]
        if self._gras is not None:
            cellules.append(self._gras(objet))
        return cellules

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, in each of the roles the tables of the window know."""
        if not index.isValid():
            return None
        objet, colonne = self.objet(index.row()), self.colonnes[index.column()]
        if role == ROLE_BADGE:
            return colonne.badge(objet) if colonne.badge else None
        if role == ROLE_SECOND:
            return (colonne.second(objet) or None) if colonne.second else None
        if role == ROLE_TRI:
            return colonne.tri(objet) if colonne.tri else cle(colonne.affiche(objet))
        if role == Qt.ItemDataRole.FontRole and self._gras is not None and self._gras(objet):
            return theme.police(graisse=QFont.Weight.DemiBold)
        return super().data(index, role)
