"""A list where several things are ticked by the keyboard or the mouse: risks of the library, structures to fill."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ui.models.lignes import Index
from ui.models.table import Colonne, ModeleTable
from ui.widgets.tableaux.tableau_large import TableauLarge

T = TypeVar("T")
_CHOISI, _LIBRE = "Choisi", "—"


class ModeleChoix(ModeleTable[T], Generic[T]):
    """Rows of `T`, whose first column says which are ticked.

    Args:
        colonnes: the columns after it.
        cle: what tells a row from another.
        exclu: why a row cannot be ticked, in a word; empty when it can.
    """

    def __init__(
        self,
        colonnes: Sequence[Colonne[T]],
        cle: Callable[[T], Any],
        exclu: Callable[[T], str] = lambda _: "",
    ) -> None:
        premiere: Colonne[T] = Colonne("Choix", self._etat, badge=self._genre, tri=self._etat)
        super().__init__((premiere, *colonnes), cle)
        self._cle, self._exclu = cle, exclu
        self.choisis: set[Any] = set()

    def _etat(self, objet: T) -> str:
        return self._exclu(objet) or (_CHOISI if self.est_choisi(objet) else _LIBRE)

    def _genre(self, objet: T) -> str | None:
        if self._exclu(objet):
            return "neutre"
        return "ok" if self.est_choisi(objet) else None

    def est_choisi(self, objet: T) -> bool:
        """True when its row is ticked."""
        return self._cle(objet) in self.choisis

    def cocher(self, objets: Iterable[T], oui: bool | None = None) -> None:
        """Ticks rows or not; None turns them over, all alike."""
        cles = {self._cle(o) for o in objets if not self._exclu(o)}
        if oui is None:
            oui = not cles <= self.choisis
        self.choisis = self.choisis | cles if oui else self.choisis - cles
        for rang in range(self.rowCount()):
            self.relire(rang)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; assistive tools hear the tick."""
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid() and index.column() == 0:
            etat = self._etat(self.objet(index.row()))
            return {_CHOISI: "choisi", _LIBRE: "non choisi"}.get(etat, etat)
        return super().data(index, role)


class TableauChoix(TableauLarge):
    """The list: Space ticks the rows selected, a click in the first column or a double click ticks one.

    `change()`: the ticks changed.
    """

    change = Signal()

    def __init__(
        self, nom: str, modele: ModeleChoix[Any], poids: Sequence[float], confort: dict[int, int]
    ) -> None:
        super().__init__(nom, poids, confort)
        self.modele = modele
        self.setModel(modele)
        self.activee.connect(lambda rang: self._cocher([rang]))

    def objets_choisis(self) -> list[Any]:
        """The objects ticked, in the order of the model."""
        tous = [self.modele.objet(r) for r in range(self.modele.rowCount())]
        return [o for o in tous if self.modele.est_choisi(o)]

    def visibles(self) -> list[Any]:
        """The objects the search leaves in sight."""
        return [self.modele.objet(self._source(self.proxy.index(r, 0))) for r in range(self.proxy.rowCount())]

    def cocher(self, objets: Iterable[Any], oui: bool | None = None) -> None:
        """Ticks rows or not."""
        self.modele.cocher(objets, oui)
        self.change.emit()

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """Space ticks all the rows selected."""
        if evenement.key() == Qt.Key.Key_Space:
            self._cocher(self.lignes_choisies())
        else:
            super().keyPressEvent(evenement)

    def mouseReleaseEvent(self, evenement: QMouseEvent) -> None:
        """A click in the first column ticks its row."""
        super().mouseReleaseEvent(evenement)
        index: QModelIndex = self.indexAt(evenement.position().toPoint())
        simple = not evenement.modifiers() and evenement.button() is Qt.MouseButton.LeftButton
        if index.isValid() and index.column() == 0 and simple:
            self._cocher([self._source(index)])

    def _activer(self, index: QModelIndex) -> None:
        if index.column():
            self.activee.emit(self._source(index))

    def _cocher(self, rangs: Sequence[int]) -> None:
        self.cocher([self.modele.objet(r) for r in rangs if r >= 0])
