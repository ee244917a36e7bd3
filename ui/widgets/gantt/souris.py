"""What the mouse does on the chart: move a bar, stretch it, link it to another, pan."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from ui.widgets.gantt.contenu import Barre, Calendrier
from ui.widgets.gantt.dessin import Ebauche
from ui.widgets.gantt.disposition import Zone

if TYPE_CHECKING:
    from ui.widgets.gantt.vue import Gantt

# Pixels before a press becomes a drag.
_SEUIL = 4
_CURSEURS = {
    Zone.CORPS: Qt.CursorShape.OpenHandCursor,
    Zone.BORD_FIN: Qt.CursorShape.SizeHorCursor,
    Zone.POINT_FIN: Qt.CursorShape.CrossCursor,
    Zone.POINT_DEBUT: Qt.CursorShape.CrossCursor,
}


def deplacee(b: Barre, calendrier: Calendrier | None, jours: int) -> tuple[date, date]:
    """The dates of a bar moved by calendar days, on worked days, its duration kept."""
    debut = _borner(b.debut, jours)
    if calendrier is None:
        return debut, _borner(b.fin, jours)
    rang = calendrier.indice(debut)
    duree = calendrier.indice(b.fin) - calendrier.indice(b.debut)
    return calendrier.jour(rang), calendrier.jour(rang + duree)


def etiree(b: Barre, calendrier: Calendrier | None, jours: int) -> date:
    """The last day of a bar stretched by calendar days: a worked day, the first day at the earliest."""
    fin = max(_borner(b.fin, jours), b.debut)
    if calendrier is None:
        return fin
    duree = max(calendrier.compter(b.debut, fin), 1)
    return calendrier.jour(calendrier.indice(b.debut) + duree - 1)


def _borner(jour: date, jours: int) -> date:
    return date.fromordinal(min(max(jour.toordinal() + jours, 1), date.max.toordinal()))


class Souris:
    """The gesture under way, if any."""

    def __init__(self, gantt: "Gantt") -> None:
        self.gantt = gantt
        self.zone: Zone | None = None
        self.rang = -1
        self.enfoncee = False
        self.partie = False
        self._depart = QPoint()
        self._barres = (0, 0)

    # -- events ------------------------------------------------------------------------------------------------

    def appui(self, e: QMouseEvent) -> None:
        """Begins a gesture on what is under the pointer; an empty place pans."""
        g = self.gantt
        point = e.position().toPoint()
        if e.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self.rang, self.zone = g.disposition.sous(g.du_contenu(point))
        if e.button() == Qt.MouseButton.MiddleButton or self.rang < 0:
            self.zone = None
        elif not g.lien_en_cours:
            g.choisir(g.disposition.contenu.barres[self.rang].cle, montrer=False)
        self.enfoncee, self.partie, self._depart = True, False, point
        self._barres = g.horizontalScrollBar().value(), g.verticalScrollBar().value()

    def mouvement(self, e: QMouseEvent) -> None:
        """Follows the pointer: the sketch of the gesture, or the cursor that says what could be done."""
        g, point = self.gantt, e.position().toPoint()
        if not self.enfoncee:
            self._montrer_curseur(point)
            return
        if not self.partie and (point - self._depart).manhattanLength() < _SEUIL:
            return
        self.partie = True
        if self.zone is None:
            ecart = self._depart - point
            g.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            g.horizontalScrollBar().setValue(self._barres[0] + ecart.x())
            g.verticalScrollBar().setValue(self._barres[1] + ecart.y())
            return
        self._suivre_le_bord(point)
        g.ebaucher(self._ebauche(point))

    def relache(self, e: QMouseEvent) -> None:
        """Ends the gesture: what it asks is said by a signal of the chart."""
        g, point = self.gantt, e.position().toPoint()
        if not self.enfoncee:
            return
        faite, zone, rang = self.partie, self.zone, self.rang
        ebauche = self._ebauche(point) if faite and zone is not None else None
        self.abandonner()
        if g.lien_en_cours and not faite and rang >= 0:
            g.clavier.conclure_lien(g.disposition.contenu.barres[rang].cle)
        elif ebauche is not None and zone is not None:
            self._demander(zone, rang, ebauche)
        self._montrer_curseur(point)

    def abandonner(self) -> None:
        """Forgets the gesture: nothing was asked."""
        self.enfoncee = self.partie = False
        self.zone = None
        self.gantt.ebaucher(None)
        self.gantt.viewport().unsetCursor()

    # -- what they mean ----------------------------------------------------------------------------------------

    def _jours(self, point: QPoint) -> int:
        g = self.gantt
        pixels = point.x() - self._depart.x() + g.horizontalScrollBar().value() - self._barres[0]
        return round(pixels / g.disposition.echelle.par_jour)

    def _ebauche(self, point: QPoint) -> Ebauche:
        g, d = self.gantt, self.gantt.disposition
        b, calendrier = d.contenu.barres[self.rang], d.contenu.calendrier
        if self.zone is Zone.CORPS:
            return Ebauche(self.rang, *deplacee(b, calendrier, self._jours(point)))
        if self.zone is Zone.BORD_FIN:
            return Ebauche(self.rang, b.debut, etiree(b, calendrier, self._jours(point)))
        ici = g.du_contenu(point)
        cible, _ = d.sous(ici)
        if cible >= 0 and (d.contenu.barres[cible].titre or cible == self.rang):
            cible = -1
        de = d.attache(self.rang, self.zone is Zone.POINT_DEBUT)
        return Ebauche(self.rang, de=de, vers=QPointF(ici), cible=cible)

    def _demander(self, zone: Zone, rang: int, e: Ebauche) -> None:
        g = self.gantt
        barres = g.disposition.contenu.barres
        b = barres[rang]
        if zone is Zone.CORPS:
            if e.debut != b.debut:
                g.deplacee.emit(b.cle, e.debut)
        elif zone is Zone.BORD_FIN:
            if e.fin != b.fin:
                g.etiree.emit(b.cle, e.fin)
        elif e.cible >= 0:
            g.liee.emit(
                b.cle, barres[e.cible].cle, "debut-debut" if zone is Zone.POINT_DEBUT else "fin-debut"
            )

    def _suivre_le_bord(self, point: QPoint) -> None:
        """A drag that leaves the window scrolls it."""
        g, vue = self.gantt, self.gantt.viewport().rect()
        for barre, position, fin in (
            (g.horizontalScrollBar(), point.x(), vue.right()),
            (g.verticalScrollBar(), point.y(), vue.bottom()),
        ):
            if position < 0 or position > fin:
                barre.setValue(barre.value() + (position if position < 0 else position - fin))

    def _montrer_curseur(self, point: QPoint) -> None:
        g = self.gantt
        _, zone = g.disposition.sous(g.du_contenu(point))
        if zone is None:
            g.viewport().unsetCursor()
        else:
            g.viewport().setCursor(_CURSEURS[zone])
