"""The bands above the chart: dates, and under them what today and the limit are called."""

from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPixmap, QPolygon
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.gantt.disposition import Disposition
from ui.widgets.gantt.echelle import Echelle, Graduation

AUJOURD_HUI = "Aujourd’hui"
# Pixels painted ahead on each side: scrolling only shows them.
_AVANCE = 500


class Entete(QWidget):
    """Years and months, months and days… painted once, then moved with the chart."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._d: Disposition | None = None
        self._echelle: Echelle | None = None
        self._gauche = 0
        self._image: QPixmap | None = None
        self._origine = 0
        self._annees: list[tuple[int, int, str]] = []
        self.setAccessibleName("Échelle de temps")

    def montrer(self, disposition: Disposition, gauche: int) -> None:
        """Shows the dates of a disposition, from a left edge in content pixels."""
        if disposition is not self._d or disposition.echelle is not self._echelle:
            self._image = None
        elif gauche == self._gauche:
            return
        self._d, self._echelle, self._gauche = disposition, disposition.echelle, gauche
        self.update()

    def oublier(self) -> None:
        """The font or the colours changed."""
        self._image = None
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines of small text."""
        return QSize(200, 3 * self._ligne() + 4)

    def _ligne(self) -> int:
        return QFontMetrics(theme.police(0.88)).height() + 3

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Shows what was painted; the year that began before the window is written at its left edge."""
        p = QPainter(self)
        if self._d is None:
            p.fillRect(self.rect(), QColor(theme.couleurs().carte))
            return
        image = self._image
        dpr = self.devicePixelRatioF()
        if (
            image is None
            or image.height() != round(self.height() * dpr)
            or not self._origine <= self._gauche
            or self._gauche + self.width() > self._origine + image.width() / dpr
        ):
            image = self._image = self._peindre()
        p.drawPixmap(self._origine - self._gauche, 0, image)
        self._rappeler(p)

    def _rappeler(self, p: QPainter) -> None:
        """Writes again, at the left edge, the year or the month that began out of sight."""
        for x1, x2, texte in self._annees:
            x1, x2 = x1 - self._gauche, x2 - self._gauche
            if x1 + 5 < 4 < x2:
                p.setFont(theme.police(0.88))
                large = p.fontMetrics().horizontalAdvance(texte)
                zone = QRect(0, 0, max(min(x2, large + 8), 0), self._ligne())
                p.fillRect(zone, QColor(theme.couleurs().carte))
                if x2 > large + 6:
                    p.setPen(theme.couleur("encre"))
                    p.drawText(zone.adjusted(4, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), texte)

    # -- painting ahead ----------------------------------------------------------------------------------------

    def _peindre(self) -> QPixmap:
        assert self._d is not None
        c, dpr = theme.couleurs(), self.devicePixelRatioF()
        self._origine = max(self._gauche - _AVANCE, 0)
        large = self._gauche - self._origine + self.width() + _AVANCE
        image = QPixmap(round(large * dpr), round(self.height() * dpr))
        image.setDevicePixelRatio(dpr)
        image.fill(QColor(c.carte))
        p = QPainter(image)
        p.setFont(theme.police(0.88))
        e, h = self._d.echelle, self._ligne()
        hautes, basses = e.bandes(e.ordinal(self._origine), e.ordinal(self._origine + large) + 2)
        self._annees = [(round(e.x(g.debut)), round(e.x(g.fin)), g.texte) for g in hautes]
        p.setPen(QColor(c.ligne))
        p.drawLine(0, self.height() - 1, large, self.height() - 1)
        self._bande(p, hautes, 0, h, "encre")
        self._bande(p, basses, h, h, "muet")
        self._reperes(p, 2 * h, self.height() - 2 * h)
        p.end()
        return image

    def _bande(self, p: QPainter, marques: list[Graduation], haut: int, hauteur: int, encre: str) -> None:
        assert self._d is not None
        e, m = self._d.echelle, QFontMetrics(p.font())
        largeurs = {texte: m.horizontalAdvance(texte) for texte in {g.texte for g in marques}}
        pas = e.x(marques[0].fin) - e.x(marques[0].debut) if marques else 0
        # All of them, or one in two, in three…: never one over the next.
        saut = max(int(-(-(max(largeurs.values(), default=0) + 8) // pas)), 1) if pas > 0 else 1
        trait, couleur = QColor(theme.couleurs().ligne), theme.couleur(encre)
        for g in marques:
            x1, x2 = round(e.x(g.debut)) - self._origine, round(e.x(g.fin)) - self._origine
            p.fillRect(x1, haut + 3, 1, hauteur - 3, trait)
            besoin = largeurs[g.texte]
            if encre == "encre":
                x, place = x1 + 5, x2
            elif saut > 1 and _numero(g) % saut:
                continue
            else:
                x = x1 + 4 if saut > 1 or x2 - x1 > 3 * besoin else x1 + (x2 - x1 - besoin) // 2
                place = x1 + saut * (x2 - x1)
            if x < 0 or x + besoin > place - 1:
                continue
            p.setPen(couleur)
            zone = QRect(x, haut, besoin + 4, hauteur)
            p.drawText(zone, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), g.texte)

    def _reperes(self, p: QPainter, haut: int, hauteur: int) -> None:
        """What the two strong lines of the chart are: their names, and a triangle on each."""
        assert self._d is not None
        e, contenu = self._d.echelle, self._d.contenu
        marques = []
        if contenu.limite is not None:
            marques.append((e.x(contenu.limite[0].toordinal() + 1), contenu.limite[1], "bad"))
        if contenu.aujourd_hui is not None:
            marques.append((e.x(contenu.aujourd_hui.toordinal()), AUJOURD_HUI, "warn"))
        pris: list[QRect] = []
        for ou, texte, couleur in marques:
            x, large = round(ou) - self._origine, p.fontMetrics().horizontalAdvance(texte)
            bas = haut + hauteur - 1
            p.setPen(theme.couleur(couleur))
            p.setBrush(theme.couleur(couleur))
            p.drawPolygon(QPolygon([QPoint(x - 4, bas - 6), QPoint(x + 4, bas - 6), QPoint(x, bas - 1)]))
            # Before the line, as what it ends; after it when there is no room, or when the other is there.
            for gauche in (x - large - 8, x + 8):
                zone = QRect(gauche, haut, large, hauteur - 2)
                dedans = gauche + self._origine >= 2 and not any(zone.intersects(z) for z in pris)
                if dedans:
                    p.drawText(zone, int(Qt.AlignmentFlag.AlignVCenter), texte)
                    pris.append(zone)
                    break


def _numero(g: Graduation) -> int:
    """A number that goes up by one from a step to the next, so that the labels do not jump while scrolling."""
    jour = date.fromordinal(g.debut)
    duree = g.fin - g.debut
    if duree > 300:
        return jour.year
    if duree > 80:
        return jour.month // 3
    return jour.month - 1 if duree > 20 else g.debut // duree
