"""What tells a level of risk in a table: a gauge, a number, a ground; and the heat map structures × categories made of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QStyle, QStyleOptionViewItem, QWidget

from esms_desktop.francais import NBSP
from esms_desktop.regles.dossier.risques import Niveau
from ui import theme
from ui.widgets.tableaux.cellule import MARGE_X, MARGE_Y, Cellule, Index
from ui.widgets.tableaux.matrice_mesures import fond_niveau
from ui.widgets.tableaux.tableau_large import TableauLarge

# What a model answers, besides the usual roles: the `Niveau` of the cell, None when it has none.
ROLE_NIVEAU = Qt.ItemDataRole.UserRole + 20
_BARRES, _BARRE, _ENTRE, _JAUGE = 4, 3, 2, 12
_DEDANS_X, _DEDANS_Y = 8, 3
_FACTEUR = 0.92
# Pixels the titles of the heat map give up.
_SERRE = 14
# The criticalities of each level.
BORNES: Mapping[Niveau, str] = {
    Niveau.FAIBLE: "1 à 3",
    Niveau.MODERE: "4 à 6",
    Niveau.ELEVE: "8 à 9",
    Niveau.CRITIQUE: "12 à 16",
}


def _fonte() -> QFont:
    return theme.police(_FACTEUR, QFont.Weight.DemiBold)


def _large_jauge() -> int:
    return _BARRES * _BARRE + (_BARRES - 1) * _ENTRE


def taille_niveau(texte: str) -> QSize:
    """The room a level needs, in pixels."""
    return QSize(*_taille(texte, theme.taille(_FACTEUR)))


# Asked for each cell at each layout, of a handful of words.
@lru_cache(maxsize=512)
def _taille(texte: str, points: float) -> tuple[int, int]:
    metrique = QFontMetrics(_fonte())
    largeur = metrique.horizontalAdvance(texte) + _large_jauge() + 6 + 2 * _DEDANS_X
    return largeur, metrique.height() + 2 * _DEDANS_Y


def peindre_niveau(peintre: QPainter, zone: QRect, texte: str, quel: Niveau) -> None:
    """Paints a level at the left of `zone`, centred in its height: as many bars full as the level is high."""
    besoin = taille_niveau(texte)
    pilule = QRectF(
        zone.left(), zone.center().y() - besoin.height() / 2 + 0.5, besoin.width(), besoin.height()
    )
    peintre.save()
    peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
    peintre.setPen(Qt.PenStyle.NoPen)
    peintre.setBrush(fond_niveau(quel))
    peintre.drawRoundedRect(pilule, 6, 6)
    encre = theme.couleur("encre")
    x, bas = pilule.left() + _DEDANS_X, pilule.center().y() + _JAUGE / 2
    for rang in range(_BARRES):
        haut = _JAUGE * (rang + 1) / _BARRES
        barre = QRectF(x + rang * (_BARRE + _ENTRE), bas - haut, _BARRE, haut)
        pleine = rang <= quel.rang
        peintre.setPen(Qt.PenStyle.NoPen if pleine else QPen(encre, 0.6))
        peintre.setBrush(encre if pleine else Qt.BrushStyle.NoBrush)
        peintre.drawRect(barre if pleine else barre.adjusted(0.3, 0.3, -0.3, -0.3))
    peintre.setPen(encre)
    peintre.setFont(_fonte())
    mots = pilule.adjusted(_DEDANS_X + _large_jauge() + 6, 0, 0, 0)
    peintre.drawText(mots, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), texte)
    peintre.restore()


class CelluleNiveau(Cellule):
    """A cell that may hold a level."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole pill."""
        texte = str(index.data() or "")
        if index.data(ROLE_NIVEAU) is None or not texte:
            return super().sizeHint(option, index)
        besoin = taille_niveau(texte)
        return QSize(besoin.width() + 2 * MARGE_X, besoin.height() + 2 * MARGE_Y)

    def paint(self, peintre: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the ground of the row, then the level."""
        quel, texte = index.data(ROLE_NIVEAU), str(index.data() or "")
        if quel is None or not texte:
            super().paint(peintre, option, index)
            return
        c, zone = theme.couleurs(), option.rect
        peintre.save()
        if option.state & QStyle.StateFlag.State_Selected:
            peintre.fillRect(zone, QColor(c.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            peintre.fillRect(zone, QColor(c.survol))
        peintre.setPen(QColor(c.ligne))
        peintre.drawLine(zone.bottomLeft(), zone.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            peintre.setPen(QColor(c.accent))
            peintre.drawRect(zone.adjusted(1, 1, -2, -2))
        peindre_niveau(peintre, zone.adjusted(MARGE_X, MARGE_Y, -MARGE_X, -MARGE_Y), texte, Niveau(quel))
        peintre.restore()


def besoin_niveau(index: Index) -> int:
    """Pixels a column needs so that the level of a cell is not cut; 0 when it holds none."""
    if index.data(ROLE_NIVEAU) is None:
        return 0
    return taille_niveau(str(index.data() or "")).width() + 2 * MARGE_X


class TableauNiveaux(TableauLarge):
    """A table that only shows, some of whose columns hold levels."""

    def __init__(
        self, nom: str, poids: Sequence[float], confort: Mapping[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(nom, poids, confort, parent)
        self.setItemDelegate(CelluleNiveau(self))

    def _besoin(self, index: QModelIndex, metrique: QFontMetrics) -> int:
        return max(super()._besoin(index, metrique), besoin_niveau(index))


class Legende(QWidget):
    """The four levels and their numbers, on as many lines as the width asks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._textes = {n: f"{n.libelle}{NBSP}: {BORNES[n].replace(' ', NBSP)}" for n in Niveau}
        self.setAccessibleName("Niveaux")
        self.setAccessibleDescription(" ; ".join(self._textes.values()))
        politique = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)

    def _places(self, largeur: int) -> dict[Niveau, QRect]:
        places, x, y = {}, 0, 0
        for quel, texte in self._textes.items():
            taille = taille_niveau(texte)
            if x and x + taille.width() > largeur:
                x, y = 0, y + taille.height() + 5
            places[quel] = QRect(x, y, taille.width(), taille.height())
            x += taille.width() + 6
        return places

    def hasHeightForWidth(self) -> bool:
        """The levels wrap."""
        return True

    def heightForWidth(self, largeur: int) -> int:
        """The height of all the lines."""
        return max(z.bottom() for z in self._places(largeur).values()) + 2

    def sizeHint(self) -> QSize:
        """On one line."""
        return QSize(
            sum(taille_niveau(t).width() + 6 for t in self._textes.values()), self.heightForWidth(9999)
        )

    def minimumSizeHint(self) -> QSize:
        """The widest level."""
        large = max(taille_niveau(t).width() for t in self._textes.values())
        return QSize(large, self.heightForWidth(max(self.width(), large)))

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Paints the levels."""
        peintre = QPainter(self)
        for quel, zone in self._places(self.width()).items():
            peindre_niveau(peintre, zone, self._textes[quel], quel)


class CarteChaleur(TableauNiveaux):
    """The heat map: a structure a row, a category a column. `ouvrir(row, column)`: a cell was opened.

    It is a table, so it is read cell by cell, walked with the arrows, copied and sorted as any other.
    """

    def __init__(self, ouvrir: Callable[[int, int], object]) -> None:
        super().__init__("Structures × catégories, criticité la plus haute", (2.6,), {0: 17})
        self._ouvrir_case = ouvrir
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def _minimum(self, colonne: int) -> int:
        # Eight titles in one sight: they stand closer than elsewhere.
        return super()._minimum(colonne) - (_SERRE if colonne else 0)

    def case(self) -> tuple[int, int]:
        """Source row and column of the current cell, -1 when there is none."""
        index = self.currentIndex()
        return self._source(index), index.column()

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """Enter and Space open the cell."""
        ouvre = evenement.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if ouvre and self.currentIndex().isValid():
            self._ouvrir_case(*self.case())
        else:
            super().keyPressEvent(evenement)

    def _activer(self, index: QModelIndex) -> None:
        self._ouvrir_case(self._source(index), index.column())


class PastilleNiveau(QWidget):
    """A criticality and its level, beside a form; « À coter » in plain words while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texte, self._niveau = "", Niveau.FAIBLE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def fixer(self, texte: str, quel: Niveau | None) -> None:
        """Shows a level; hides when there is none."""
        self._texte = texte
        if quel is not None:
            self._niveau = quel
        self.setVisible(quel is not None)
        self.setAccessibleName(texte)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The whole text."""
        return taille_niveau(self._texte)

    def minimumSizeHint(self) -> QSize:
        """The whole text: never cut."""
        return taille_niveau(self._texte)

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Paints the level."""
        peindre_niveau(QPainter(self), self.rect(), self._texte, self._niveau)
