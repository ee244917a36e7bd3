"""The table beside the chart: rows measured quickly, headings that close, the keys of the chart."""

from typing import Any

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from ui import theme
from ui.pages.commun.liste_tableau import TableauSaisie
from ui.pages.financement.choix import CelluleChoix, Options
from ui.pages.planning.modele import LignePlan
from ui.pages.planning.modele_colonnes import CONFORT, NOM, POIDS, ROLE_TITRE, ModelePlanning
from ui.widgets.badge import taille_badge
from ui.widgets.libelle import secable
from ui.widgets.tableaux.cellule import MARGE_X, Index

_HABILLAGE = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_TRIANGLE = 16


class CelluleTache(CelluleChoix):
    """Cells close to one another, so that rows stand beside bars; a heading has its triangle."""

    marge_y = 5

    def __init__(self, options: Options, parent: QWidget) -> None:
        super().__init__(options, parent)

    def paint(self, peintre: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints a cell, or a whole heading."""
        repliee = index.data(ROLE_TITRE)
        if repliee is None:
            super().paint(peintre, option, index)
            return
        c = theme.couleurs()
        zone: QRect = option.rect
        choisie = bool(option.state & QStyle.StateFlag.State_Selected)
        peintre.save()
        peintre.fillRect(zone, QColor(c.selection if choisie else c.survol))
        peintre.setPen(QColor(c.ligne))
        peintre.drawLine(zone.bottomLeft(), zone.bottomRight())
        if index.column() == NOM:
            self._triangle(peintre, zone, bool(repliee))
            peintre.setFont(index.data(Qt.ItemDataRole.FontRole))
            peintre.setPen(QColor(c.encre))
            texte = zone.adjusted(MARGE_X + _TRIANGLE, 0, 0, 0)
            peintre.drawText(texte, int(Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        peintre.restore()

    def _triangle(self, peintre: QPainter, zone: QRect, repliee: bool) -> None:
        x, y = zone.left() + MARGE_X + 5.0, zone.top() + zone.height() / 2
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        peintre.setPen(Qt.PenStyle.NoPen)
        peintre.setBrush(theme.couleur("muet"))
        points = ((-3, -5), (4, 0), (-3, 5)) if repliee else ((-5, -3), (5, -3), (0, 4))
        peintre.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points]))


class TableauPlanning(TableauSaisie):
    """The table. `hauteurs(list)`: height of every row; `repliee(key)`: a heading is closed or opened; `touche`: a key the
    chart understands, on the current row."""

    hauteurs = Signal(list)
    repliee = Signal(object)
    touche = Signal(object)

    def __init__(self, modele: ModelePlanning, options: Options, a_coller: Any) -> None:
        self._avances: dict[str, int] = {}
        self.lignes = modele
        super().__init__("Tâches du planning", modele, POIDS, CONFORT, a_coller)
        self.setProperty("role", "accolee")
        self.setSortingEnabled(False)
        self.setItemDelegate(CelluleTache(options, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMinimumHeight(160)
        self.setMinimumWidth(180)
        for signal in (modele.modelReset, modele.rowsInserted, modele.rowsRemoved, modele.layoutChanged):
            signal.connect(self._etendre_titres)

    # -- rows --------------------------------------------------------------------------------------------------

    def objet(self, ligne: int) -> LignePlan | None:
        """What a row shows."""
        return self.lignes.objet(ligne) if 0 <= ligne < self.lignes.rowCount() else None

    def choisies(self) -> list[LignePlan]:
        """The tasks selected, headings aside, in the order shown."""
        return [x for x in self.choisis() if x.placee is not None]

    def sous_la_courante(self) -> list[LignePlan]:
        """The tasks from the current row down, headings aside: those a pasted block goes to."""
        return [x for x in super().sous_la_courante() if x.placee is not None]

    def ouvrir_cellule(self, ligne: int, colonne: int) -> None:
        """Opens a cell to type in."""
        self.choisir(ligne)
        index = self.proxy.mapFromSource(self.lignes.index(ligne, colonne))
        self.setCurrentIndex(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(index)

    def _etendre_titres(self, *_: object) -> None:
        """A heading takes the whole row."""
        self.clearSpans()
        dernieres = len(self.lignes.colonnes) - NOM
        for ligne in range(self.lignes.rowCount()):
            if self.lignes.objet(ligne).placee is None:
                self.setSpan(ligne, NOM, 1, dernieres)

    # -- measures ----------------------------------------------------------------------------------------------

    def _avance(self, texte: str, m: QFontMetrics) -> int:
        """Width of a text; the same ones come again and again."""
        connue = self._avances.get(texte)
        if connue is None:
            connue = self._avances[texte] = m.horizontalAdvance(texte)
        return connue

    def changeEvent(self, evenement: Any) -> None:
        """Another font: texts are measured again."""
        self._avances.clear()
        super().changeEvent(evenement)

    def _minimum(self, colonne: int) -> int:
        """The longest word of the column; its headings run over the others."""
        m = QFontMetrics(self.font())
        gras = self.horizontalHeader().font()
        gras.setBold(True)
        titre = QFontMetrics(gras).horizontalAdvance(self.lignes.colonnes[colonne].titre) + 2 * MARGE_X + 8
        badges = {b for b in self.lignes.badges(colonne) if b}
        if badges:
            return max(titre, *(taille_badge(b).width() + 2 * MARGE_X for b in badges))
        mots = {
            mot
            for texte in set(self.lignes.textes(colonne))
            for mot in secable(texte).replace("\u200b", " ").split(" ")
        }
        large = max((self._avance(mot, m) for mot in mots), default=0) + 2 * MARGE_X + 4
        return max(titre, large, self._confort.get(colonne, 0) * m.averageCharWidth())

    def ajuster_lignes(self) -> None:
        """Gives each row the height its texts need, then tells it."""
        m = QFontMetrics(self.font())
        marge = 2 * CelluleTache.marge_y
        simple = m.boundingRect(QRect(0, 0, 10_000, 10_000), _HABILLAGE, "Ag").height()
        hauts = [max(simple, m.height()) + marge] * self.lignes.rowCount()
        for colonne in range(len(self.lignes.colonnes)):
            if not self.isColumnHidden(colonne):
                self._monter(hauts, colonne, m, marge)
        entete = self.verticalHeader()
        entete.setMinimumSectionSize(10)
        for ligne, haut in enumerate(hauts):
            if entete.sectionSize(ligne) != haut:
                entete.resizeSection(ligne, haut)
        self.updateGeometry()
        self.hauteurs.emit(hauts)

    def _monter(self, hauts: list[int], colonne: int, m: QFontMetrics, marge: int) -> None:
        largeur = self.columnWidth(colonne) - 2 * MARGE_X
        hauteurs: dict[str, int] = {}
        for texte in set(self.lignes.textes(colonne)):
            if self._avance(texte, m) > largeur:
                zone = QRect(0, 0, max(largeur, 1), 100_000)
                hauteurs[texte] = m.boundingRect(zone, _HABILLAGE, secable(texte)).height() + marge
        badges = self.lignes.badges(colonne)
        # One line each: their height does not depend on what they say.
        haut_badge = taille_badge("Critique").height() + marge if any(badges) else 0
        if not hauteurs and not haut_badge:
            return
        for ligne, texte in enumerate(self.lignes.textes(colonne)):
            if badges[ligne]:
                hauts[ligne] = max(hauts[ligne], haut_badge)
            elif texte in hauteurs and self.lignes.objet(ligne).placee is not None:
                hauts[ligne] = max(hauts[ligne], hauteurs[texte])

    def _lignes_en_vue(self) -> None:
        """Rows are all measured at once, quickly: none is measured apart."""

    # -- gestures ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """Enter opens or closes a heading; the gestures of the chart serve here too."""
        objet = self.objet(self.ligne_courante())
        cle, alt = evenement.key(), bool(evenement.modifiers() & Qt.KeyboardModifier.AltModifier)
        edite = self.state() == QAbstractItemView.State.EditingState
        fleches = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        entree = cle in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if objet is not None and objet.placee is None and (entree or (cle in fleches and not alt)):
            if entree or objet.repliee == (cle == Qt.Key.Key_Right):
                self.repliee.emit(objet.cle)
        elif not edite and ((alt and cle in fleches) or cle == Qt.Key.Key_Delete):
            self.touche.emit(evenement)
        else:
            super().keyPressEvent(evenement)

    def mousePressEvent(self, evenement: QMouseEvent) -> None:
        """A click on the triangle of a heading closes or opens it."""
        super().mousePressEvent(evenement)
        index = self.indexAt(evenement.position().toPoint())
        objet = self.objet(self._source(index))
        if objet is not None and objet.placee is None and evenement.button() == Qt.MouseButton.LeftButton:
            gauche = self.visualRect(index).left()
            if evenement.position().x() <= gauche + MARGE_X + _TRIANGLE:
                self.repliee.emit(objet.cle)
