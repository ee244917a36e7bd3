"""The heat map and the roll-up as tables: each cell a number, its level, and the same in words."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from esms_desktop.francais import NBSP, decimal, minuscule, pluriel
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.vocabulaire import CategorieRisque
from esms_desktop.regles.dossier.risques import (
    CaseChaleur,
    LigneRemontee,
    chaleur,
    codes,
    intitule,
    niveau,
    risques_de,
)
from ui.models.lignes import Index
from ui.models.table import Colonne, ModeleTable
from ui.pages.risques.modele import NON_COTE
from ui.widgets.libelle import bulle
from ui.widgets.tableaux.carte_chaleur import ROLE_NIVEAU
from ui.widgets.tableaux.cellule import ROLE_SECOND, ROLE_TRI

_CATEGORIES = tuple(CategorieRisque)
GRAPPE = "La grappe"


class ModeleChaleur(QAbstractTableModel):
    """Rows: the grappe, then each structure. Columns: their name, then the eight categories."""

    def __init__(self) -> None:
        super().__init__()
        self._lignes: list[list[CaseChaleur]] = []
        self._codes: dict[Any, str] = {}

    def montrer(self, dossier: Dossier, apres: bool) -> None:
        """Shows the heat map of a dossier, before or after the actions; the current cell stays when it can."""
        neuves = chaleur(dossier, apres)
        memes = [_cle(x[0].essms) for x in self._lignes] == [_cle(x[0].essms) for x in neuves]
        if not memes:
            self.beginResetModel()
        self._lignes = neuves
        self._codes = {}
        for ligne in neuves:
            self._codes.update(
                codes(risques_de(dossier, ligne[0].essms)) if any(c.nombre for c in ligne) else {}
            )
        if not memes:
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(len(neuves) - 1, self.columnCount() - 1))

    def essms(self, ligne: int) -> Essms | None:
        """The structure of a row, None for the grappe."""
        return self._lignes[ligne][0].essms

    def case(self, ligne: int, colonne: int) -> CaseChaleur | None:
        """What a cell holds, None for a name."""
        return self._lignes[ligne][colonne - 1] if colonne else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The grappe and the structures."""
        return 0 if parent.isValid() else len(self._lignes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The name and the categories."""
        return 0 if parent.isValid() else 1 + len(_CATEGORIES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The categories."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return "Carte" if not section else _CATEGORIES[section - 1].libelle

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A number and its level; the risks in the tooltip and for assistive tools."""
        if not index.isValid():
            return None
        essms, case = self.essms(index.row()), self.case(index.row(), index.column())
        if case is None:
            return self._nom(essms, index.row(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            if not case.nombre:
                return ""
            return NON_COTE if case.criticite is None else str(case.criticite)
        if role == ROLE_NIVEAU:
            return None if case.criticite is None else niveau(case.criticite)
        if role == ROLE_TRI:
            return (case.criticite or 0, case.nombre)
        if role == Qt.ItemDataRole.ToolTipRole:
            return bulle(self._en_mots(case))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._en_mots(case)
        return None

    def _nom(self, essms: Essms | None, rang: int, role: int) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            return bulle(essms.nom if essms else GRAPPE)
        if role == Qt.ItemDataRole.DisplayRole:
            return essms.nom if essms else GRAPPE
        if role == ROLE_SECOND:
            nombre = sum(c.nombre for c in self._lignes[rang])
            return pluriel(nombre, "risque") if nombre else "Aucun risque"
        if role == ROLE_TRI:
            # The order of the grappe: the maps as they come.
            return rang
        return None

    def _en_mots(self, case: CaseChaleur) -> str:
        ou = f"{case.essms.nom if case.essms else GRAPPE}, {case.categorie.libelle}"
        if not case.nombre:
            return f"{ou}{NBSP}: aucun risque"
        cote = (
            minuscule(NON_COTE)
            if case.criticite is None
            else f"criticité la plus haute {case.criticite}, {minuscule(niveau(case.criticite).libelle)}"
        )
        risques = "\n".join(f"{self._codes[r]} · {intitule(r)}" for r in case.risques)
        return f"{ou}{NBSP}: {cote}\n{risques}"


def _cle(essms: Essms | None) -> int:
    return essms.id if essms else 0


class ModeleRemontee(ModeleTable[LigneRemontee]):
    """The risks that structures share; the highest criticality is a level."""

    def __init__(self) -> None:
        super().__init__(_COLONNES_REMONTEE, lambda x: x.cle)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; the level of the highest criticality."""
        if role == ROLE_NIVEAU and index.isValid():
            valeur = self.objet(index.row()).maximum
            return niveau(valeur) if index.column() == _MAXIMUM and valeur is not None else None
        return super().data(index, role)


def _moyenne(ligne: LigneRemontee) -> str:
    if ligne.moyenne is None:
        return ""
    return decimal(round(ligne.moyenne * 10), 1, zeros=False)


def _noms(structures: Sequence[Essms]) -> str:
    montres = ", ".join(e.nom for e in structures[:3])
    reste = len(structures) - 3
    return f"{montres} et {pluriel(reste, 'autre')}" if reste > 0 else montres


_COLONNES_REMONTEE: tuple[Colonne[LigneRemontee], ...] = (
    Colonne(entete_de("risque.intitule"), lambda x: x.intitule, second=lambda x: x.categorie.libelle),
    Colonne(
        "Structures",
        lambda x: str(len(x.structures)),
        second=lambda x: _noms(x.structures),
        tri=lambda x: len(x.structures),
        bulle=lambda x: "\n".join(e.nom for e in x.structures),
    ),
    Colonne(
        "Au plus haut",
        lambda x: NON_COTE if x.maximum is None else str(x.maximum),
        tri=lambda x: x.maximum or 0,
        bulle=lambda x: (
            NON_COTE if x.maximum is None else f"Criticité {x.maximum}{NBSP}: {niveau(x.maximum).libelle}"
        ),
    ),
    Colonne("Moyenne", _moyenne, tri=lambda x: float(x.moyenne or 0), a_droite=True),
    Colonne(
        "Carte de la grappe",
        lambda x: "Déjà là" if x.a_la_grappe else "À proposer",
        badge=lambda x: "ok" if x.a_la_grappe else "info",
    ),
)
_MAXIMUM = 2
