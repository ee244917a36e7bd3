"""The matrix of the maturity bricks: a brick a row, an OG a column, an answer in each cell."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from esms_desktop.francais import NBSP
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature.listes import BriqueMaturite, briques
from esms_desktop.regles.dossier.preparation import EtatBrique, etat_briques
from ui.models.lignes import Index
from ui.widgets.libelle import bulle
from ui.widgets.tableaux.cellule import ROLE_BADGE

_MOTS = {True: "Oui", False: "Non", None: "—"}
_LUS = {True: "oui", False: "non", None: "non répondu"}
_GENRES = {True: "ok", False: "bad", None: None}
_NOM_COURT = 14


class ModeleMaturite(QAbstractTableModel):
    """Rows: the ten bricks. Columns: their title, then each OG."""

    def __init__(self) -> None:
        super().__init__()
        self.ogs: list[Og] = []
        self.briques: list[BriqueMaturite] = list(briques().values())
        self._etats: list[tuple[EtatBrique, ...]] = []

    def montrer(self, dossier: Dossier) -> None:
        """Shows the answers of a dossier; the current cell stays when the OG are the same."""
        memes = [og.id for og in self.ogs] == [og.id for og in dossier.ogs]
        if not memes:
            self.beginResetModel()
        self.ogs = list(dossier.ogs)
        self._etats = [etat_briques(og) for og in self.ogs]
        if not memes:
            self.endResetModel()
        elif self.ogs:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def etat(self, index: Index) -> tuple[Og, EtatBrique] | None:
        """The OG and the answer of a cell; None for a title."""
        if not index.isValid() or not 1 <= index.column() <= len(self.ogs):
            return None
        rang = index.column() - 1
        return self.ogs[rang], self._etats[rang][index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The ten bricks."""
        return 0 if parent.isValid() else len(self.briques)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The title and the OG."""
        return 0 if parent.isValid() else 1 + len(self.ogs)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """A short name of each OG; its tooltip gives the whole."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "Brique" if not section else _court(self.ogs[section - 1], section)
        if role == Qt.ItemDataRole.ToolTipRole and section:
            return bulle(self.ogs[section - 1].nom)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A badge per answer, with a word in it; the comment in the tooltip."""
        if not index.isValid():
            return None
        case = self.etat(index)
        if case is None:
            brique = self.briques[index.row()]
            return {
                int(Qt.ItemDataRole.DisplayRole): brique.titre,
                int(Qt.ItemDataRole.ToolTipRole): bulle(brique.contenu),
            }.get(int(role))
        og, etat = case
        if role == Qt.ItemDataRole.DisplayRole:
            return _MOTS[etat.acquise] + ("*" if etat.commentaire else "")
        if role == ROLE_BADGE:
            return _GENRES[etat.acquise]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            lu = f"{etat.brique.titre}, {og.nom}{NBSP}: {_LUS[etat.acquise]}"
            lu = f"{lu}\n{etat.commentaire}" if etat.commentaire else lu
            return bulle(lu) if role == Qt.ItemDataRole.ToolTipRole else lu
        return None


def _court(og: Og, rang: int) -> str:
    nom = og.nom_court
    if len(nom) <= _NOM_COURT:
        return nom
    # Long names often begin alike: the rank tells them apart.
    return f"{rang}. {nom[: _NOM_COURT - 4].rstrip(' ,’')}…"
