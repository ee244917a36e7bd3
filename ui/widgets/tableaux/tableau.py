"""A table one can sort, filter, copy to Excel and paste from it, whose rows grow so that no text is cut."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from esms_desktop.francais import cle
from ui.widgets.tableaux.cellule import MARGE_X, ROLE_TRI, Cellule, largeur_minimale
from ui.widgets.tableaux.tableau_mesures import MesuresTableau

Index = QModelIndex | QPersistentModelIndex
# Rows out of sight are measured after the paint, this many at each turn of the loop.
_LIGNES_PAR_TOUR = 60
_TOUTES = 1_000_000


class _Filtre(QSortFilterProxyModel):
    """Sorts by `ROLE_TRI` when the model gives it; filters on the text of all the columns, accents and case aside."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mots: list[str] = []
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setSortLocaleAware(True)

    def fixer(self, texte: str) -> None:
        self._mots = cle(texte).split()
        self.invalidate()

    def filterAcceptsRow(self, ligne: int, parent: Index) -> bool:
        if not self._mots:
            return True
        m = self.sourceModel()
        tout = cle(
            " ".join(str(m.index(ligne, c, parent).data() or "") for c in range(m.columnCount(parent)))
        )
        return all(mot in tout for mot in self._mots)

    def lessThan(self, gauche: Index, droite: Index) -> bool:
        a, b = gauche.data(ROLE_TRI), droite.data(ROLE_TRI)
        if a is None and b is None:
            return bool(super().lessThan(gauche, droite))
        if a is None or b is None:
            return a is None
        return bool(a < b)


class Tableau(QTableView):
    """A table over any Qt model. `activee(int)`: source row opened by a double click or Enter; `choisie(int)`: source row
    that became current, -1 when none.

    Args:
        nom: accessible name: what the rows are.
        poids: relative width of each column; equal when not given.
    """

    activee = Signal(int)
    choisie = Signal(int)
    # Whether its size hint depends on its rows: such a table is measured even while it is hidden.
    hauteur_suit_lignes = False

    def __init__(self, nom: str, poids: Sequence[float] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._poids = list(poids)
        self._coller: Callable[[str], object] | None = None
        self._mesures = MesuresTableau()
        self.setAccessibleName(nom)
        self.proxy = _Filtre(self)
        super().setModel(self.proxy)
        self.setItemDelegate(Cellule(self))
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().hide()
        tete = self.horizontalHeader()
        tete.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        tete.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        tete.setHighlightSections(False)
        tete.setMinimumSectionSize(32)
        self.setSortingEnabled(True)
        tete.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)
        self._minuterie.setInterval(0)
        self._minuterie.timeout.connect(self._ajuster_si_vu)
        self._en_retard = False
        tete.sectionResized.connect(lambda *_: self._lignes_plus_tard())
        # Sorted or filtered otherwise, rows keep their heights and change places.
        for signal in (self.proxy.layoutChanged, self.proxy.rowsInserted, self.proxy.rowsRemoved):
            signal.connect(lambda *_: self._minuterie.start())
        self._ajuste = False
        self._modele: QAbstractItemModel | None = None
        self.doubleClicked.connect(self._activer)

    # -- model -------------------------------------------------------------------------------------------------

    def setModel(self, modele: QAbstractItemModel | None) -> None:
        """Shows `modele` through the sort and the filter."""
        if modele is None:
            return
        # Neither the proxy nor the view keeps the model alive.
        self._modele = modele
        self.proxy.setSourceModel(modele)
        modele.rowsInserted.connect(self._lignes_venues)
        modele.rowsRemoved.connect(self._lignes_parties)
        modele.dataChanged.connect(self._lignes_changees)
        for signal in (modele.modelReset, modele.layoutChanged, modele.headerDataChanged):
            signal.connect(self._tout_plus_tard)
        selection = self.selectionModel()
        selection.currentRowChanged.connect(lambda courant, _avant: self.choisie.emit(self._source(courant)))
        self._tout_plus_tard()

    def filtrer(self, texte: str) -> None:
        """Keeps the rows that hold every word of `texte`, accents and case aside."""
        self.proxy.fixer(texte)
        self._minuterie.start()

    def fixer_collage(self, coller: Callable[[str], object] | None) -> None:
        """Calls `coller(text)` on Ctrl+V, with the whole of what was copied: the reader of tables knows what is in it."""
        self._coller = coller

    def ligne_courante(self) -> int:
        """The source row that is current, -1 when none."""
        return self._source(self.currentIndex())

    def lignes_choisies(self) -> list[int]:
        """The source rows selected, in the order shown."""
        lignes = sorted(i.row() for i in self.selectionModel().selectedRows())
        return [self.proxy.mapToSource(self.proxy.index(r, 0)).row() for r in lignes]

    def choisir(self, ligne: int) -> None:
        """Selects a source row and scrolls to it; does nothing when the filter hides it."""
        index = self.proxy.mapFromSource(self.proxy.sourceModel().index(ligne, 0))
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def setCurrentIndex(self, index: Any) -> None:
        """Makes a cell current, and what it stands for the only thing selected.

        Said in full: Qt's own reads the keyboard, and a Ctrl still held would take the row out of the selection.
        """
        drapeaux = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if self.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows:
            drapeaux |= QItemSelectionModel.SelectionFlag.Rows
        if self.selectionMode() is QAbstractItemView.SelectionMode.NoSelection:
            drapeaux = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(index, drapeaux)

    def _source(self, index: Any) -> int:
        return self.proxy.mapToSource(index).row() if index.isValid() else -1

    def _activer(self, index: QModelIndex) -> None:
        if not (index.flags() & Qt.ItemFlag.ItemIsEditable):
            self.activee.emit(self._source(index))
        else:
            self.edit(index)

    # -- keyboard ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """Ctrl+C copies for Excel, Ctrl+V pastes, Enter opens the row."""
        if evenement.matches(QKeySequence.StandardKey.Copy):
            self.copier()
        elif evenement.matches(QKeySequence.StandardKey.Paste) and self._coller is not None:
            self.coller()
        elif evenement.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activee.emit(self.ligne_courante())
        else:
            super().keyPressEvent(evenement)

    def copier(self) -> None:
        """Puts the selected rows on the clipboard, headers first, cells apart by tabs."""
        m, colonnes = self.proxy, [c for c in range(self.proxy.columnCount()) if not self.isColumnHidden(c)]
        lignes = sorted({i.row() for i in self.selectionModel().selectedIndexes()})
        tete = [str(m.headerData(c, Qt.Orientation.Horizontal) or "") for c in colonnes]
        corps = [[str(m.index(r, c).data() or "") for c in colonnes] for r in lignes]
        tsv = "\n".join("\t".join(_cellule(t) for t in ligne) for ligne in (tete, *corps))
        QGuiApplication.clipboard().setText(tsv)

    def coller(self) -> None:
        """Hands what was copied to the paste hook, when a cell is current."""
        texte = QGuiApplication.clipboard().text()
        if self._coller is not None and texte.strip() and self.currentIndex().isValid():
            self._coller(texte)

    # -- geometry ----------------------------------------------------------------------------------------------

    def resizeEvent(self, evenement: QResizeEvent) -> None:
        """Columns share the width again."""
        super().resizeEvent(evenement)
        self._colonnes()
        self._lignes_en_vue()
        self._minuterie.start()

    def changeEvent(self, evenement: QEvent) -> None:
        """Another font or style: everything is measured again."""
        super().changeEvent(evenement)
        if evenement.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._tout_plus_tard()

    def showEvent(self, evenement: QShowEvent) -> None:
        """What changed while it was hidden is measured before it is painted."""
        super().showEvent(evenement)
        if self._en_retard:
            self._colonnes()
            self._lignes_en_vue()
            self._minuterie.start()

    def _ajuster_si_vu(self) -> None:
        # Measuring a table on a tab nobody looks at would make each edit wait for it.
        if self.hauteur_suit_lignes:
            self.ajuster()
        elif self.isVisible():
            self._en_retard = False
            self._colonnes()
            self._lignes_en_vue()
            # The others after the paint, a few at each turn of the loop.
            if self._mesurer_lignes(range(self.proxy.rowCount()), _LIGNES_PAR_TOUR):
                self._minuterie.start()
            self.updateGeometry()
        else:
            self._en_retard = True

    def ajuster(self) -> None:
        """Measures now the columns and the rows that are not."""
        self._minuterie.stop()
        self._en_retard = False
        self._colonnes()
        self.ajuster_lignes()

    def hauteur_contenu(self) -> int:
        """Height in pixels that shows every row without a scroll bar."""
        lignes = sum(self.rowHeight(r) for r in range(self.proxy.rowCount()))
        return lignes + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 4

    def ajuster_lignes(self) -> None:
        """Gives each row the height its texts need."""
        self._mesurer_lignes(range(self.proxy.rowCount()))
        self.updateGeometry()

    def _lignes_en_vue(self) -> None:
        """Sizes the rows on screen at once; the timer sizes the others after the paint."""
        ligne = max(self.rowAt(0), 0)
        reste = self.viewport().height()
        while ligne < self.proxy.rowCount() and reste > 0:
            self._mesurer_lignes((ligne,))
            reste -= self.rowHeight(ligne)
            ligne += 1

    def _mesurer_lignes(self, lignes: Iterable[int], au_plus: int = _TOUTES) -> bool:
        """Gives rows the height their texts need, measuring those that are not; True when some are left."""
        largeurs = tuple(
            0 if self.isColumnHidden(c) else self.columnWidth(c) for c in range(self.proxy.columnCount())
        )
        hauteurs = self._mesures.hauteurs_a(largeurs, self._lignes_du_modele())
        entete = self.verticalHeader()
        reste = False
        for ligne in lignes:
            source = self._source(self.proxy.index(ligne, 0))
            haut = hauteurs[source]
            if haut is None:
                if au_plus <= 0:
                    reste = True
                    continue
                au_plus -= 1
                haut = hauteurs[source] = max(self.sizeHintForRow(ligne), entete.minimumSectionSize())
            if entete.sectionSize(ligne) != haut:
                entete.resizeSection(ligne, haut)
        return reste

    def _lignes_du_modele(self) -> int:
        return self._modele.rowCount() if self._modele is not None else 0

    def _lignes_venues(self, _parent: Index, premiere: int, derniere: int) -> None:
        self._mesures.inserer(premiere, derniere)
        self._minuterie.start()

    def _lignes_parties(self, _parent: Index, premiere: int, derniere: int) -> None:
        self._mesures.oter(premiere, derniere)
        self._minuterie.start()

    def _lignes_changees(self, debut: Index, fin: Index, *_: Any) -> None:
        self._mesures.oublier(debut.row(), fin.row())
        self._minuterie.start()

    def _tout_plus_tard(self, *_: Any) -> None:
        self._mesures = MesuresTableau()
        self._minuterie.start()

    def _lignes_plus_tard(self) -> None:
        if not self._ajuste:
            self._minuterie.start()

    def _colonnes(self) -> None:
        n = self.proxy.columnCount()
        if not n:
            return
        visibles = [c for c in range(n) if not self.isColumnHidden(c)]
        poids = [self._poids[c] if c < len(self._poids) else 1.0 for c in visibles]
        largeurs = _partage(self.viewport().width(), [self._minimum(c) for c in visibles], poids)
        self._ajuste = True
        for c, largeur in zip(visibles, largeurs, strict=True):
            if self.columnWidth(c) != largeur:
                self.setColumnWidth(c, largeur)
        self._ajuste = False

    def _minimum(self, colonne: int) -> int:
        """Pixels that a column needs so that neither its title nor a word of its cells is cut."""
        entete = str(self.proxy.headerData(colonne, Qt.Orientation.Horizontal) or "")
        fonte = self.horizontalHeader().font()
        fonte.setBold(True)
        besoin = QFontMetrics(fonte).horizontalAdvance(entete) + 2 * MARGE_X + 22
        besoins = self._mesures.besoins(colonne, self._lignes_du_modele())
        metrique = QFontMetrics(self.font())
        for ligne in [r for r, connu in enumerate(besoins) if connu is None]:
            assert self._modele is not None
            besoins[ligne] = self._besoin(self._modele.index(ligne, colonne), metrique)
        return max(besoin, *(b for b in besoins if b is not None)) if besoins else besoin

    def _besoin(self, index: QModelIndex, metrique: QFontMetrics) -> int:
        """Pixels that a column needs for one cell, by its index in the model itself."""
        return largeur_minimale(index, metrique)


def _partage(total: int, minima: list[int], poids: list[float]) -> list[int]:
    """Widths by weight, none under its minimum; they overflow `total` when the minima do."""
    largeurs = list(minima)
    libres = set(range(len(minima)))
    while libres:
        reste = total - sum(largeurs[i] for i in range(len(minima)) if i not in libres)
        somme = sum(poids[i] for i in libres) or 1.0
        trop = {i for i in libres if reste * poids[i] / somme < minima[i]}
        if not trop:
            for i in libres:
                largeurs[i] = int(reste * poids[i] / somme)
            break
        for i in trop:
            largeurs[i] = minima[i]
        libres -= trop
    return largeurs


def _cellule(texte: str) -> str:
    net = texte.replace("\t", " ").replace("\r", "")
    return f'"{net.replace(chr(34), chr(34) * 2)}"' if "\n" in net or '"' in net else net
