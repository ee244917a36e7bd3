"""The chart itself: a scroll area that paints the rows and the days in sight, and says by signals what is asked of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ui import theme
from ui.widgets.gantt.clavier import Clavier
from ui.widgets.gantt.contenu import Barre, Contenu
from ui.widgets.gantt.dessin import Dessin, Ebauche, Options
from ui.widgets.gantt.disposition import Disposition, barre_de
from ui.widgets.gantt.echelle import PAS, Echelle, Unite
from ui.widgets.gantt.entete import Entete
from ui.widgets.gantt.souris import Souris
from ui.widgets.libelle import bulle


class Gantt(QAbstractScrollArea):
    """A Gantt chart. It never changes what it shows: it asks, and is given another content.

    Signals, all by key: `choisie` (a row became current), `ouverte` (Enter, double click), `deplacee` (another first
    day), `etiree` (another last day), `liee` (from, to, type of link), `a_retirer`, `repliee` (a plan is closed or
    opened), `zoome` (the scale changed), `dit` (a sentence for the person, empty to take it away).
    """

    choisie = Signal(object)
    ouverte = Signal(object)
    deplacee = Signal(object, object)
    etiree = Signal(object, object)
    liee = Signal(object, object, str)
    a_retirer = Signal(object)
    repliee = Signal(object)
    zoome = Signal()
    dit = Signal(str)

    def __init__(self, nom: str = "Diagramme de Gantt", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nom = nom
        self.setAccessibleName(nom)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setCornerWidget(QWidget())
        self.viewport().setMouseTracking(True)
        self.options = Options()
        self.disposition = Disposition(Contenu())
        self.clavier, self.souris = Clavier(self), Souris(self)
        self._hauteurs: Sequence[int] = ()
        self._cle: int | None = None
        self._ebauche: Ebauche | None = None
        self._ajuste = False
        self.entete = Entete(self)
        self.fixer_entete(self.entete.sizeHint().height())

    # -- what is shown -----------------------------------------------------------------------------------------

    def montrer(self, contenu: Contenu) -> None:
        """Shows another content at the same scale and, as far as it can, at the same place."""
        avant = self.disposition
        gauche = avant.echelle.ordinal(self.horizontalScrollBar().value())
        vide = not avant.contenu.barres
        self._disposer(contenu, avant.echelle.par_jour)
        if self._cle not in contenu.rangs:
            self._cle = None
        self._borner()
        if self._ajuste or vide:
            self.tout_voir()
        else:
            self.horizontalScrollBar().setValue(round(self.disposition.echelle.x(gauche)))
        self._decrire()
        self._suivre()

    def fixer_hauteurs(self, hauteurs: Sequence[int]) -> None:
        """Gives each row its height in pixels, so that it stands beside the row of a table."""
        if list(hauteurs) != list(self._hauteurs):
            self._hauteurs = list(hauteurs)
            self.disposition.fixer_hauteurs(self._hauteurs)
            self._borner()
            self.viewport().update()

    def fixer_entete(self, hauteur: int) -> None:
        """Height in pixels of the bands of dates."""
        self.setViewportMargins(0, hauteur, 0, 0)
        self._placer_entete(hauteur)

    def fixer_options(self, options: Options) -> None:
        """Shows or hides the critical path, the reference, the links."""
        self.options = options
        self.viewport().update()

    def _disposer(self, contenu: Contenu, par_jour: float) -> None:
        haut_barre = max(QFontMetrics(theme.police()).height() - 4, 12)
        self.disposition = Disposition(contenu, par_jour, self._hauteurs, haut_barre)

    # -- the current row ---------------------------------------------------------------------------------------

    @property
    def courante(self) -> Barre | None:
        """The current row, None when there is none."""
        return barre_de(self.disposition.contenu, self._cle)

    @property
    def rang_courant(self) -> int:
        """Rank of the current row, -1 when there is none."""
        return -1 if self._cle is None else self.disposition.contenu.rangs.get(self._cle, -1)

    def choisir(self, cle: int | None, montrer: bool = True, dire: bool = True) -> None:
        """Makes a row current. `montrer`: scrolls to it; `dire`: emits `choisie`."""
        if cle is not None and cle not in self.disposition.contenu.rangs:
            return
        change = cle != self._cle
        self._cle = cle
        if montrer and cle is not None:
            self._montrer_rang(self.rang_courant)
        if change:
            self._decrire(annoncer=self.hasFocus())
            self.viewport().update()
            if dire:
                self.choisie.emit(cle)

    def nom_de(self, cle: int | None) -> str:
        """How a row is called."""
        b = barre_de(self.disposition.contenu, cle)
        return "" if b is None else b.nom

    @property
    def lien_en_cours(self) -> bool:
        """True while the keyboard draws a link."""
        return self.clavier.source is not None

    def lien_change(self) -> None:
        """The keyboard began or ended a link."""
        self.viewport().update()

    def _decrire(self, annoncer: bool = False) -> None:
        b = self.courante
        texte = b.description if b is not None else "Aucune tâche choisie"
        if texte == self.accessibleDescription():
            return
        self.setAccessibleDescription(texte)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        if annoncer:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, texte))

    def _montrer_rang(self, rang: int) -> None:
        d, vue = self.disposition, self.viewport().rect()
        barre = self.verticalScrollBar()
        haut, bas = d.hauts[rang], d.hauts[rang + 1]
        if haut < barre.value():
            barre.setValue(haut)
        elif bas > barre.value() + vue.height():
            barre.setValue(bas - vue.height())
        zone, h = d.zone(rang), self.horizontalScrollBar()
        if zone.right() < h.value() + 10 or zone.left() > h.value() + vue.width() - 10:
            h.setValue(round(zone.left() - vue.width() / 4))

    # -- scale and place ---------------------------------------------------------------------------------------

    @property
    def unite(self) -> Unite:
        """What the lower band counts."""
        return self.disposition.echelle.unite

    def zoomer(self, crans: int, x: float | None = None) -> None:
        """Closer or further; the day at pixel `x` of the window stays there (the current task, else the middle)."""
        self.fixer_echelle(self.disposition.echelle.zoomee(crans).par_jour, x)

    def fixer_unite(self, unite: Unite) -> None:
        """A scale at which the lower band counts that."""
        self.fixer_echelle(unite.par_jour)

    def fixer_echelle(self, par_jour: float, x: float | None = None, ajuste: bool = False) -> None:
        """Sets how many pixels a day takes."""
        d, barre = self.disposition, self.horizontalScrollBar()
        if x is None:
            rang = self.rang_courant
            au_centre = self.viewport().width() / 2
            place = d.zone(rang).left() - barre.value() if rang >= 0 else au_centre
            x = place if 0 <= place <= self.viewport().width() else au_centre
        jour = d.echelle.origine + (barre.value() + x) / d.echelle.par_jour
        self._ajuste = ajuste
        d.echelle = Echelle(d.echelle.origine, d.echelle.fin, min(max(par_jour, PAS[0] / 4), PAS[-1]))
        self._borner()
        barre.setValue(round(d.echelle.x(jour) - x))
        self._suivre()
        self.zoome.emit()

    def tout_voir(self) -> None:
        """The scale at which the whole fits in the window; it follows the window until another is chosen."""
        e = self.disposition.echelle
        self.fixer_echelle((self.viewport().width() - 1) / max(e.fin - e.origine, 1), 0, ajuste=True)

    def aller_au(self, jour: date) -> None:
        """Brings a day to the first third of the window."""
        x = self.disposition.echelle.x(jour.toordinal())
        self.horizontalScrollBar().setValue(round(x - self.viewport().width() / 3))

    def _borner(self) -> None:
        vue, d = self.viewport().size(), self.disposition
        for barre, tout, page in (
            (self.horizontalScrollBar(), d.echelle.largeur, vue.width()),
            (self.verticalScrollBar(), d.hauteur, vue.height()),
        ):
            barre.setRange(0, max(tout - page, 0))
            barre.setPageStep(max(page, 1))
            barre.setSingleStep(34)

    def _suivre(self) -> None:
        self.entete.montrer(self.disposition, self.horizontalScrollBar().value())
        self.viewport().update()

    def _placer_entete(self, hauteur: int) -> None:
        vue = self.viewport().geometry()
        self.entete.setGeometry(vue.left(), 0, vue.width(), hauteur)

    # -- geometry, for gestures and tests ----------------------------------------------------------------------

    def du_contenu(self, point: QPoint) -> QPointF:
        """A point of the window, in content pixels."""
        return QPointF(
            point.x() + self.horizontalScrollBar().value(), point.y() + self.verticalScrollBar().value()
        )

    def zone_de(self, cle: int) -> QRectF:
        """Where a bar is in the window."""
        zone = self.disposition.zone(self.disposition.contenu.rangs[cle])
        return zone.translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def sizeHint(self) -> QSize:
        """Half a page."""
        return QSize(520, 320)

    def minimumSizeHint(self) -> QSize:
        """A few weeks of a few tasks."""
        return QSize(200, 160)

    # -- painting ----------------------------------------------------------------------------------------------

    def ebaucher(self, ebauche: Ebauche | None) -> None:
        """Shows a gesture under way, or none."""
        self._ebauche = ebauche
        self.viewport().update()

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Paints what is in sight and not already there."""
        p = QPainter(self.viewport())
        gauche, haut = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        ebauche = self._ebauche
        if ebauche is None and self.lien_en_cours:
            source = self.disposition.contenu.rangs.get(self.clavier.source or 0, -1)
            ebauche = Ebauche(source, cible=self.rang_courant)
        fond = QColor(theme.couleurs().carte)
        # After a scroll, only the strips that came into sight.
        # The stubs of PySide6 do not say that a region gives its rectangles.
        for zone in cast(Iterable[QRect], evenement.region()):
            p.setClipRect(zone)
            p.fillRect(zone, fond)
            p.translate(-gauche, -haut)
            dessin = Dessin(p, self.disposition, self.options, zone.translated(gauche, haut))
            dessin.tout(self.rang_courant, self.hasFocus(), ebauche)
            p.resetTransform()

    # -- events ------------------------------------------------------------------------------------------------

    def resizeEvent(self, evenement: QResizeEvent) -> None:
        """Another size: the bands follow, and the scale when the whole was fitted."""
        super().resizeEvent(evenement)
        self._placer_entete(self.viewportMargins().top())
        self._borner()
        if self._ajuste and evenement.size().width() != evenement.oldSize().width():
            self.tout_voir()
        self._suivre()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Moves what is painted; only what comes into sight is painted anew."""
        self.viewport().scroll(dx, dy)
        if dx:
            self.entete.montrer(self.disposition, self.horizontalScrollBar().value())

    def mousePressEvent(self, evenement: QMouseEvent) -> None:
        """Begins a gesture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.souris.appui(evenement)

    def mouseMoveEvent(self, evenement: QMouseEvent) -> None:
        """Goes on with it."""
        self.souris.mouvement(evenement)

    def mouseReleaseEvent(self, evenement: QMouseEvent) -> None:
        """Ends it."""
        self.souris.relache(evenement)

    def mouseDoubleClickEvent(self, evenement: QMouseEvent) -> None:
        """Opens the task, closes or opens the plan."""
        rang = self.disposition.rang_a(self.du_contenu(evenement.position().toPoint()).y())
        if rang >= 0 and evenement.button() == Qt.MouseButton.LeftButton:
            b = self.disposition.contenu.barres[rang]
            (self.repliee if b.titre else self.ouverte).emit(b.cle)

    def wheelEvent(self, evenement: QWheelEvent) -> None:
        """Ctrl zooms where the pointer is, Shift travels in time."""
        pas = evenement.angleDelta().y() or evenement.angleDelta().x()
        if evenement.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if pas:
                self.zoomer(1 if pas > 0 else -1, evenement.position().x())
            evenement.accept()
        elif evenement.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            barre = self.horizontalScrollBar()
            barre.setValue(barre.value() - pas)
            evenement.accept()
        else:
            super().wheelEvent(evenement)

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """The keyboard does all that the mouse does."""
        if not self.clavier.touche(evenement):
            evenement.ignore()

    def focusInEvent(self, evenement: QFocusEvent) -> None:
        """A first row is current as soon as the keyboard arrives."""
        super().focusInEvent(evenement)
        if self._cle is None and self.disposition.contenu.barres:
            self.choisir(self.disposition.contenu.barres[0].cle, montrer=False)
        self.viewport().update()

    def focusOutEvent(self, evenement: QFocusEvent) -> None:
        """The outline of the focus goes."""
        super().focusOutEvent(evenement)
        self.viewport().update()

    def viewportEvent(self, evenement: QEvent) -> bool:
        """Says in a tooltip all that is known of the bar under the pointer."""
        if isinstance(evenement, QHelpEvent):
            rang, zone = self.disposition.sous(self.du_contenu(evenement.pos()))
            if rang >= 0 and zone is not None:
                QToolTip.showText(
                    evenement.globalPos(), bulle(self.disposition.contenu.barres[rang].description), self
                )
            else:
                QToolTip.hideText()
            return True
        return bool(super().viewportEvent(evenement))

    def changeEvent(self, evenement: QEvent) -> None:
        """Another font: bars and bands are measured again."""
        super().changeEvent(evenement)
        if evenement.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._disposer(self.disposition.contenu, self.disposition.echelle.par_jour)
            self._borner()
            self.entete.oublier()
            self._suivre()
