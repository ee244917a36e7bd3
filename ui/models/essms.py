"""The table of the ESSMS of a dossier: what each column shows, sorts on and accepts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature import numeros
from ui.models import valeurs
from ui.widgets.cellule import ROLE_BADGE, ROLE_TRI

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Colonne:
    """A column. `lire` turns what was typed into the fields to write; None when the column is not typed in."""

    titre: str
    affiche: Callable[[Essms], str]
    lire: Callable[[str, Dossier], dict[str, object]] | None = None
    tri: Callable[[Essms], Any] | None = None
    defaut: Callable[[Essms], str | None] = field(default=lambda _: None)


def _simple(champ: str, lecture: Callable[[str], object]) -> Callable[[str, Dossier], dict[str, object]]:
    return lambda saisi, _: {champ: lecture(saisi)}


def _nombre(valeur: int | None) -> str:
    return "" if valeur is None else str(valeur)


def _tri_nombre(valeur: int | None) -> int:
    return -1 if valeur is None else valeur


COLONNES: tuple[Colonne, ...] = (
    Colonne("Nom", lambda e: e.nom, _simple("nom", valeurs.texte_obligatoire)),
    Colonne("Organisme", lambda e: e.og.nom_court),
    Colonne(
        "FINESS",
        lambda e: e.finess,
        _simple("finess", valeurs.finess),
        defaut=lambda e: numeros.defaut_finess(e.finess),
    ),
    Colonne(
        "SIRET",
        lambda e: e.siret,
        _simple("siret", valeurs.siret),
        defaut=lambda e: numeros.defaut_siret(e.siret) if e.siret else None,
    ),
    Colonne(
        "Catégorie",
        lambda e: valeurs.libelle_court(e.categorie) or e.categorie_libelle or e.categorie,
        lambda saisi, _: valeurs.champs_de_la_categorie(valeurs.categorie(saisi)),
    ),
    Colonne("Champ", lambda e: e.champ.value if e.champ else "", _simple("champ", valeurs.champ)),
    Colonne("Commune", lambda e: e.commune, _simple("commune", lambda s: valeurs.texte(s, 120))),
    Colonne(
        "Département",
        lambda e: valeurs.libelle_departement(e.departement),
        _simple("departement", valeurs.code_departement),
        tri=lambda e: e.departement,
    ),
    Colonne(
        "Capacité",
        lambda e: _nombre(e.capacite),
        _simple("capacite", francais.lire_entier),
        tri=lambda e: _tri_nombre(e.capacite),
    ),
    Colonne("DUI actuel", lambda e: e.dui_actuel, _simple("dui_actuel", lambda s: valeurs.texte(s, 200))),
    Colonne(
        "Solution",
        lambda e: e.solution.nom if e.solution else "",
        lambda saisi, dossier: {"solution_id": valeurs.solution_id(saisi, dossier)},
    ),
)
NUMERIQUES = frozenset({8})


class ModeleEssms(QAbstractTableModel):
    """Rows of the table. It never writes: a typed value goes to `ecrire(essms_id, champs)`, the one door of the page."""

    def __init__(
        self, ecrire: Callable[[int, dict[str, object]], bool], refuser: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._ecrire = ecrire
        self._refuser = refuser
        self._dossier: Dossier | None = None
        self._lignes: list[Essms] = []

    def charger(self, dossier: Dossier) -> None:
        """Shows the ESSMS of `dossier`; the selection stays when the rows are the same."""
        lignes = dossier.essms
        memes = [e.id for e in lignes] == [e.id for e in self._lignes]
        if not memes:
            self.beginResetModel()
        self._dossier, self._lignes = dossier, lignes
        if not memes:
            self.endResetModel()
        elif lignes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lignes) - 1, len(COLONNES) - 1))

    def essms(self, ligne: int) -> Essms:
        """The ESSMS of row `ligne` (0 for the first)."""
        return self._lignes[ligne]

    def ligne_de(self, essms_id: int) -> int:
        """Row of an ESSMS, -1 when it is not here."""
        return next((i for i, e in enumerate(self._lignes) if e.id == essms_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lignes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLONNES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLONNES[section].titre
        if role == Qt.ItemDataRole.TextAlignmentRole and section in NUMERIQUES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        essms, colonne = self._lignes[index.row()], COLONNES[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            texte = colonne.affiche(essms)
            vide = role == Qt.ItemDataRole.DisplayRole and not texte and colonne.defaut(essms)
            return "À saisir" if vide else texte
        if role == ROLE_BADGE:
            return "warn" if colonne.defaut(essms) else None
        if role == Qt.ItemDataRole.ToolTipRole:
            defaut = colonne.defaut(essms)
            texte = essms.categorie_libelle if colonne.titre == "Catégorie" else colonne.affiche(essms)
            return f"{texte}\n{colonne.titre} : {defaut}".strip() if defaut else texte or None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in NUMERIQUES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == ROLE_TRI:
            return colonne.tri(essms) if colonne.tri else francais.cle(colonne.affiche(essms))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        drapeaux = super().flags(index)
        if index.isValid() and COLONNES[index.column()].lire:
            drapeaux |= Qt.ItemFlag.ItemIsEditable
        return drapeaux

    def setData(self, index: Index, valeur: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        lire = COLONNES[index.column()].lire
        if role != Qt.ItemDataRole.EditRole or lire is None or self._dossier is None:
            return False
        essms = self._lignes[index.row()]
        if str(valeur) == COLONNES[index.column()].affiche(essms):
            return False
        try:
            champs = lire(str(valeur), self._dossier)
        except ErreurSaisie as erreur:
            self._refuser(
                f"{COLONNES[index.column()].titre} de « {essms.nom} » : {erreur}. La valeur d’avant est gardée."
            )
            return False
        return self._ecrire(essms.id, champs)
