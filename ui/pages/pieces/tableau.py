"""The table of the fourteen pieces, onto whose rows files are dropped."""

from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.models.table import ModeleTable
from ui.pages.pieces.modele import COLONNES
from ui.widgets.tableaux.tableau import Tableau


class TableauPieces(Tableau):
    """`fichiers_deposes(int, list)`: number of the piece, and the paths dropped on its row."""

    fichiers_deposes = Signal(int, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Les quatorze pièces du dossier", (0.3, 2.2, 1, 2), parent)
        self.modele = ModeleTable(COLONNES, lambda p: p.numero)
        self.setModel(self.modele)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setMinimumHeight(320)
        self.setAccessibleDescription(
            "Chaque ligne est une pièce. Un fichier glissé sur une ligne est joint à cette pièce."
        )

    def numero(self) -> int:
        """Number of the piece selected, 0 when none."""
        ligne = self.ligne_courante()
        return self.modele.objet(ligne).numero if ligne >= 0 else 0

    def choisir_numero(self, numero: int) -> None:
        """Selects a piece."""
        ligne = self.modele.ligne_de(numero)
        if ligne >= 0:
            self.choisir(ligne)

    def _ligne_sous(self, point: QPoint) -> int:
        return self._source(self.indexAt(point))

    def dragEnterEvent(self, evenement: QDragEnterEvent) -> None:
        """Takes files only."""
        if evenement.mimeData().hasUrls():
            evenement.acceptProposedAction()

    def dragMoveEvent(self, evenement: QDragMoveEvent) -> None:
        """Selects the row under the pointer, so that the target is seen before the drop."""
        ligne = self._ligne_sous(evenement.position().toPoint())
        if ligne < 0 or not evenement.mimeData().hasUrls():
            evenement.ignore()
            return
        self.choisir(ligne)
        evenement.acceptProposedAction()

    def dropEvent(self, evenement: QDropEvent) -> None:
        """Hands the files dropped on a row."""
        ligne = self._ligne_sous(evenement.position().toPoint())
        chemins = [Path(u.toLocalFile()) for u in evenement.mimeData().urls() if u.isLocalFile()]
        if ligne >= 0 and chemins:
            evenement.acceptProposedAction()
            self.fichiers_deposes.emit(self.modele.objet(ligne).numero, chemins)
