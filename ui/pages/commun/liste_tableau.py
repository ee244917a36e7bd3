"""The table of a list one types in: its clipboard speaks with a spreadsheet, headers first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.models.saisie import ModeleSaisie
from ui.widgets.tableaux.tableau_large import TableauLarge


class TableauSaisie(TableauLarge):
    """The table.

    Args:
        nom: accessible name: what the rows are.
        a_coller: called on Ctrl+V with the whole text of the clipboard, and True when one cell goes to the rows chosen.
    """

    def __init__(
        self,
        nom: str,
        modele: ModeleSaisie[Any],
        poids: Sequence[float],
        confort: Mapping[int, int],
        a_coller: Callable[[str, bool], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(nom, poids, confort, parent)
        self.setModel(modele)
        self.modele = modele
        self._a_coller = a_coller
        self.fixer_collage(self._recevoir_collage)

    def _recevoir_collage(self, texte: str) -> None:
        seule = not any(c in texte.strip() for c in "\t\n")
        self._a_coller(texte, seule and len(self.lignes_choisies()) > 1)

    def copier(self) -> None:
        """Puts the selected rows on the clipboard, headers first, as values that paste back."""
        colonnes = range(self.proxy.columnCount())
        lignes = sorted({i.row() for i in self.selectionModel().selectedIndexes()})
        tete = [c.titre for c in self.modele.colonnes]
        corps = [
            [str(self.proxy.index(r, c).data(Qt.ItemDataRole.EditRole) or "") for c in colonnes]
            for r in lignes
        ]
        tsv = "\n".join("\t".join(map(_cellule, ligne)) for ligne in (tete, *corps))
        QGuiApplication.clipboard().setText(tsv)

    def sous_la_courante(self) -> list[Any]:
        """The objects from the current row down, in the order shown."""
        depart = max(self.currentIndex().row(), 0)
        return [self._objet(r) for r in range(depart, self.proxy.rowCount())]

    def toutes(self) -> list[Any]:
        """All the objects, those that a filter hides included."""
        return [self.modele.objet(rang) for rang in range(self.modele.rowCount())]

    def choisis(self) -> list[Any]:
        """The objects selected, in the order shown."""
        return [self.modele.objet(rang) for rang in self.lignes_choisies()]

    def _objet(self, rang: int) -> Any:
        return self.modele.objet(self.proxy.mapToSource(self.proxy.index(rang, 0)).row())


def _cellule(texte: str) -> str:
    if any(c in texte for c in '\t\n"'):
        return '"' + texte.replace('"', '""') + '"'
    return texte
