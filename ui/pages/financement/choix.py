"""The cells of the tables of money: a list opens in those whose value is chosen, the others are typed."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyleOptionViewItem, QWidget

from ui.frappe import visite
from ui.widgets.tableaux.cellule import ROLE_OBJET, Cellule, Index

Options = Callable[[int], tuple[Sequence[str], bool] | None]


class CelluleChoix(Cellule):
    """Paints as the other tables do; edits with a list where there is one.

    Args:
        options: the choices of a column and whether other texts may be typed; None for a column that is typed.
    """

    def __init__(self, options: Options, parent: QWidget) -> None:
        super().__init__(parent)
        self._options = options

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list that opens at once, or the usual line."""
        self._vu = index.data(ROLE_OBJET)
        choix = self._options(index.column())
        if choix is None:
            editeur: QWidget = super().createEditor(parent, option, index)
        else:
            editeur = liste = self._liste(parent, *choix)
            if (ligne := liste.lineEdit()) is not None:
                self._suivre(liste, ligne, index)
        titre = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editeur.setAccessibleName(str(titre or ""))
        return editeur

    def _liste(self, parent: QWidget, textes: Sequence[str], libre: bool) -> QComboBox:
        liste = QComboBox(parent)
        liste.addItems(list(textes))
        liste.setEditable(libre)
        liste.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        liste.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        liste.view().setMinimumWidth(liste.view().sizeHintForColumn(0) + 30)
        liste.activated.connect(lambda _: self._rendre(liste))
        if not libre:
            QTimer.singleShot(0, liste, liste.showPopup)
        return liste

    def _rendre(self, liste: QComboBox) -> None:
        self.commitData.emit(liste)
        self.closeEditor.emit(liste)

    def setEditorData(self, editeur: QWidget, index: Index) -> None:
        """Shows the value of the cell; what is being typed stays, whatever was saved elsewhere meanwhile."""
        ligne = editeur.lineEdit() if isinstance(editeur, QComboBox) else editeur
        if isinstance(ligne, QLineEdit) and ligne.isModified():
            return
        self._vu = index.data(ROLE_OBJET)
        texte = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editeur, QComboBox):
            editeur.setCurrentIndex(editeur.findText(texte))
        if isinstance(ligne, QLineEdit):
            ligne.setText(texte)
            ligne.selectAll()

    def setModelData(self, editeur: QWidget, modele: QAbstractItemModel, index: Any) -> None:
        """Hands the text chosen or typed to the model, which reads it."""
        if isinstance(editeur, QComboBox):
            with visite.pendant(self._visite if editeur is self._editeur else None):
                self._rendre_au_modele(modele, index, editeur.currentText())
        else:
            super().setModelData(editeur, modele, index)
