"""The table of the ESSMS: what goes to a spreadsheet, what comes from it, and what is said of a bad paste."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from esms_desktop.lecture import Essms
from ui.models.essms import COLONNES, ModeleEssms
from ui.widgets.tableau_large import TableauLarge

_POIDS = (3.0, 1.2, 1, 1.2, 2, 0.7, 1.4, 1.4, 0.7, 1.2, 1.2)
# Columns that stay wide enough to be read when all of them do not fit, in average characters.
_CONFORT = {0: 24, 4: 16, 6: 14, 9: 14, 10: 14}


class TableauEssms(TableauLarge):
    """The table, whose clipboard speaks with Excel: `a_coller(texte)` is called on Ctrl+V."""

    def __init__(self, modele: ModeleEssms, a_coller: Callable[[str], None]) -> None:
        super().__init__("ESSMS de la grappe", _POIDS, _CONFORT)
        self.setModel(modele)
        self.modele = modele
        self._a_coller = a_coller
        self.fixer_collage(lambda *_: None)

    def coller(self) -> None:
        """Hands the whole text of the clipboard: cells may hold line breaks."""
        texte = QGuiApplication.clipboard().text()
        if texte.strip() and self.currentIndex().isValid():
            self._a_coller(texte)

    def copier(self) -> None:
        """Puts the selected rows on the clipboard, headers first, as values that paste back."""
        lignes = sorted({i.row() for i in self.selectionModel().selectedIndexes()})
        tete = [c.titre for c in COLONNES]
        corps = [
            [str(self.proxy.index(r, c).data(Qt.ItemDataRole.EditRole) or "") for c in range(len(COLONNES))]
            for r in lignes
        ]
        QGuiApplication.clipboard().setText(
            "\n".join("\t".join(map(_cellule, ligne)) for ligne in (tete, *corps))
        )

    def sous_la_courante(self) -> list[Essms]:
        """The ESSMS from the current row down, in the order shown."""
        depart = self.currentIndex().row()
        return [self._essms(r) for r in range(max(depart, 0), self.proxy.rowCount())]

    def choisis(self) -> list[Essms]:
        """The ESSMS selected, in the order shown."""
        return [self.modele.essms(ligne) for ligne in self.lignes_choisies()]

    def _essms(self, rang: int) -> Essms:
        return self.modele.essms(self.proxy.mapToSource(self.proxy.index(rang, 0)).row())


def _cellule(texte: str) -> str:
    if any(c in texte for c in '\t\n"'):
        return '"' + texte.replace('"', '""') + '"'
    return texte
