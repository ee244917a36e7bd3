"""How a cell of a table is painted: text that wraps, a second line, a badge, a bar of progress."""

from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.frappe import visite
from ui.widgets.badge import peindre_badge, taille_badge
from ui.widgets.libelle import secable

# What a model may answer besides the usual roles.
ROLE_BADGE = Qt.ItemDataRole.UserRole + 1  # str: kind of the badge that holds the text
ROLE_AVANCEMENT = Qt.ItemDataRole.UserRole + 2  # (done, total): a bar under or instead of the text
ROLE_TRI = Qt.ItemDataRole.UserRole + 3  # anything comparable: the sort key
ROLE_SECOND = Qt.ItemDataRole.UserRole + 4  # str: a quieter second text under the first
ROLE_OBJET = Qt.ItemDataRole.UserRole + 5  # what the row shows, of a model that is typed in

MARGE_X, MARGE_Y = 9, 9
_BARRE = 6
_HABILLAGE = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
Index = QModelIndex | QPersistentModelIndex


class Saisie(NamedTuple):
    """What was typed in a cell, what its row said to the person then, and what she typed there that is already saved."""

    texte: str
    vu: Any
    ecrit: str | None = None


# Rows are measured, then painted, at each layout of a table: the same texts at the same widths.
_RECTS: dict[tuple[str, int, str], QRect] = {}
_RECTS_MAX = 20_000


def _rect_texte(fonte: QFont, largeur: int, texte: str) -> QRect:
    cle = (fonte.key(), largeur, texte)
    rect = _RECTS.get(cle)
    if rect is None:
        if len(_RECTS) >= _RECTS_MAX:
            _RECTS.clear()
        zone = QRect(0, 0, max(largeur, 1), 100_000)
        rect = _RECTS[cle] = QFontMetrics(fonte).boundingRect(zone, int(_HABILLAGE), texte)
    return rect


def largeur_minimale(index: Index, metrique: QFontMetrics) -> int:
    """Pixels a column needs so that no word of this cell is cut."""
    texte = str(index.data() or "")
    if index.data(ROLE_BADGE) is not None and texte:
        return taille_badge(texte).width() + 2 * MARGE_X
    if not texte and index.data(ROLE_AVANCEMENT) is not None:
        return 70 + 2 * MARGE_X
    mots = secable(f"{texte} {index.data(ROLE_SECOND) or ''}").replace("\u200b", " ").split(" ")
    return max((metrique.horizontalAdvance(m) for m in mots), default=0) + 2 * MARGE_X + 4


class Cellule(QStyledItemDelegate):
    """Paints and measures cells with the same code, so that a row is as tall as its texts.

    What is typed in a cell is saved at each pause, the rows staying where they are until it is left. What cannot be saved yet is
    kept apart, and so is what is typed in a row that goes meanwhile.
    """

    # Air above and under the texts; a tighter table sets less.
    marge_y: int = MARGE_Y

    # What the row said when its cell was opened.
    _vu: Any = None
    # What is being typed in: the editor, its line, its cell, the title of its column, what it said before.
    _editeur: QWidget | None = None
    _ligne: QLineEdit | None = None
    _place: QPersistentModelIndex | None = None
    _titre, _avant = "", ""
    # What was typed there and saved since the cell was opened.
    _ecrit: str | None = None
    _visite: object = None
    _pause: QTimer | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Before the view hears of it, and takes the editor away.
        self.closeEditor.connect(self._quitter)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The usual line; what the row says now is what the person sees while she types."""
        self._vu = index.data(ROLE_OBJET)
        editeur = super().createEditor(parent, option, index)
        if isinstance(editeur, QLineEdit):
            self._suivre(editeur, editeur, index)
        return editeur

    def _suivre(self, editeur: QWidget, ligne: QLineEdit, index: Index) -> None:
        self._editeur, self._ligne, self._place = editeur, ligne, QPersistentModelIndex(index)
        self._ecrit, self._visite = None, object()
        self._titre = str(index.model().headerData(index.column(), Qt.Orientation.Horizontal) or "")
        self._avant = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if self._pause is None:
            self._pause = QTimer(self)
            self._pause.setSingleShot(True)
            self._pause.setInterval(visite.PAUSE_MS)
            self._pause.timeout.connect(self.garder)
            visite.SOURCES.add(self)
        ligne.textEdited.connect(self._pause.start)
        # Saved under the fingers, a row would leave for its place in the order, or for none.
        self._ordonner(False)

    def _ordonner(self, oui: bool) -> None:
        modele = self._place.model() if self._place is not None else None
        if isinstance(modele, QSortFilterProxyModel):
            modele.setDynamicSortFilter(oui)

    def garder(self) -> bool:
        """Saves what is typed while the person goes on typing; True when it is in the base. What is refused is kept apart."""
        if self._pause is not None:
            self._pause.stop()
        attente, place = self.en_attente(), self._place
        if attente is None or place is None or not place.isValid():
            visite.relever()
            return attente is None
        with visite.pendant(self._visite, frappe=True):
            if self._rendre_au_modele(place.model(), place, attente[1]):
                self._ecrit = attente[1]
        visite.relever()
        return self._ecrit == attente[1]

    def _quitter(self, editeur: QWidget, comment: object = None) -> None:
        """The person left the cell, with what she typed or without it."""
        typee, place = self._ligne, self._place
        self._editeur = self._ligne = None
        if self._pause is not None:
            self._pause.stop()
        if (
            comment is QAbstractItemDelegate.EndEditHint.RevertModelCache
            and self._ecrit is not None
            and place is not None
            and place.isValid()
        ):
            with visite.pendant(self._visite):
                self._rendre_au_modele(place.model(), place, self._avant)
        self._ordonner(True)
        if typee is not None and typee.isModified():
            visite.relever()

    def destroyEditor(self, editeur: QWidget, index: Index) -> None:
        """The line goes; when nobody left it, its row went: what is typed in it is kept."""
        if editeur is self._editeur:
            attente = self.en_attente()
            self._editeur = self._ligne = None
            # Once the view is done with the row that goes.
            QTimer.singleShot(0, self, lambda: self._ordonner(self._ligne is None))
            if attente is not None:
                visite.perdre(self, *attente)
        super().destroyEditor(editeur, index)

    def en_attente(self) -> tuple[str, str] | None:
        """The title of the column and what is typed in the cell that is open; None when nothing is."""
        ligne = self._ligne
        if ligne is None or not ligne.isModified() or ligne.text() == self._ecrit:
            return None
        return self._titre, ligne.text()

    @property
    def ligne(self) -> Any:
        """The row whose cell is open, as the person sees it."""
        return self._vu

    def setEditorData(self, editeur: QWidget, index: Index) -> None:
        """Shows the value of the cell; what is being typed stays, whatever was saved elsewhere meanwhile."""
        if not (isinstance(editeur, QLineEdit) and editeur.isModified()):
            self._vu = index.data(ROLE_OBJET)
            super().setEditorData(editeur, index)

    def setModelData(self, editeur: QWidget, modele: QAbstractItemModel, index: Any) -> None:
        """Hands the text typed to the model, which reads it."""
        if isinstance(editeur, QLineEdit):
            with visite.pendant(self._visite):
                self._rendre_au_modele(modele, index, editeur.text())
        else:
            super().setModelData(editeur, modele, index)

    def _rendre_au_modele(self, modele: QAbstractItemModel, index: Any, texte: str) -> bool:
        saisie = texte if self._vu is None else Saisie(texte, self._vu, self._ecrit)
        return modele.setData(index, saisie, Qt.ItemDataRole.EditRole)

    def _textes(self, index: Index, option: QStyleOptionViewItem) -> list[tuple[str, QFont, str]]:
        """(text, font, colour) of each text, top to bottom."""
        c = theme.couleurs()
        fonte = index.data(Qt.ItemDataRole.FontRole) or option.font
        morceaux = []
        texte = index.data()
        if texte not in (None, ""):
            morceaux.append((secable(str(texte)), fonte, c.encre))
        second = index.data(ROLE_SECOND)
        if second:
            petite = QFont(option.font)
            petite.setPointSizeF(option.font.pointSizeF() * 0.92)
            morceaux.append((secable(str(second)), petite, c.muet))
        return morceaux

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height all the texts need at the width of the column."""
        vue: Any = option.widget
        largeur = (vue.columnWidth(index.column()) if vue is not None else 200) - 2 * MARGE_X
        texte = str(index.data() or "")
        if index.data(ROLE_BADGE) is not None and texte:
            besoin = taille_badge(texte)
            return QSize(besoin.width() + 2 * MARGE_X, besoin.height() + 2 * self.marge_y)
        haut, large = 0, 0
        for morceau, fonte, _ in self._textes(index, option):
            zone = _rect_texte(fonte, largeur, morceau)
            haut += zone.height()
            large = max(large, zone.width())
        if index.data(ROLE_AVANCEMENT) is not None:
            haut += _BARRE + 6
        return QSize(large + 2 * MARGE_X, max(haut, option.fontMetrics.height()) + 2 * self.marge_y)

    def paint(self, peintre: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the ground, the texts, the badge or the bar, and the line under the row."""
        c = theme.couleurs()
        peintre.save()
        zone = option.rect
        etat = option.state
        if etat & QStyle.StateFlag.State_Selected:
            peintre.fillRect(zone, QColor(c.selection))
        elif etat & QStyle.StateFlag.State_MouseOver:
            peintre.fillRect(zone, QColor(c.survol))
        peintre.setPen(QColor(c.ligne))
        peintre.drawLine(zone.bottomLeft(), zone.bottomRight())
        if etat & QStyle.StateFlag.State_HasFocus:
            peintre.setPen(QColor(c.accent))
            peintre.drawRect(zone.adjusted(1, 1, -2, -2))
        dedans = zone.adjusted(MARGE_X, self.marge_y, -MARGE_X, -self.marge_y)
        genre = index.data(ROLE_BADGE)
        if genre is not None and index.data():
            peindre_badge(peintre, dedans, str(index.data()), str(genre))
        else:
            self._peindre_textes(peintre, option, index, dedans)
        peintre.restore()

    def _peindre_textes(
        self, peintre: QPainter, option: QStyleOptionViewItem, index: Index, dedans: QRect
    ) -> None:
        alignement = index.data(Qt.ItemDataRole.TextAlignmentRole)
        droite = alignement is not None and bool(int(alignement) & int(Qt.AlignmentFlag.AlignRight))
        cote = Qt.AlignmentFlag.AlignRight if droite else Qt.AlignmentFlag.AlignLeft
        drapeaux = int(Qt.TextFlag.TextWordWrap | cote | Qt.AlignmentFlag.AlignTop)
        mesures = [
            (t, f, k, _rect_texte(f, dedans.width(), t).height()) for t, f, k in self._textes(index, option)
        ]
        avancement = index.data(ROLE_AVANCEMENT)
        total = sum(h for *_, h in mesures) + (_BARRE + 6 if avancement is not None else 0)
        y = dedans.top() + max((dedans.height() - total) // 2, 0)
        for texte, fonte, encre, haut in mesures:
            peintre.setFont(fonte)
            peintre.setPen(QColor(encre))
            peintre.drawText(QRect(dedans.left(), y, dedans.width(), haut), drapeaux, texte)
            y += haut
        if avancement is not None:
            _barre(peintre, QRectF(dedans.left(), y + 3, min(dedans.width(), 110), _BARRE), *avancement)


def _barre(peintre: QPainter, zone: QRectF, fait: int, total: int) -> None:
    c = theme.couleurs()
    peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
    peintre.setPen(Qt.PenStyle.NoPen)
    peintre.setBrush(QColor(c.neutre_fond))
    peintre.drawRoundedRect(zone, _BARRE / 2, _BARRE / 2)
    if total and fait:
        pleine = QRectF(zone)
        pleine.setWidth(max(zone.width() * min(fait / total, 1.0), _BARRE))
        peintre.setBrush(QColor(c.ok if fait >= total else c.accent))
        peintre.drawRoundedRect(pleine, _BARRE / 2, _BARRE / 2)
