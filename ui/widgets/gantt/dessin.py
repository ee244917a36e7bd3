"""How the chart is painted: only what comes into sight, state told by shape as well as colour."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLine, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygon, QPolygonF

from esms_desktop.francais import date_courte
from ui import theme
from ui.widgets.gantt.contenu import Barre
from ui.widgets.gantt.couleurs import pinceaux
from ui.widgets.gantt.disposition import POINT, Disposition

_FLECHE = 5
# Links drawn at a time: past that, a picture of links says nothing more.
_TRAITS_MAX = 600
_RAIES = 20
_LISSE = QPainter.RenderHint.Antialiasing


@dataclass(frozen=True)
class Options:
    """What is shown besides the bars."""

    critique: bool = True
    reference: bool = True
    liens: bool = True


@dataclass(frozen=True)
class Ebauche:
    """A gesture under way: a bar somewhere else, or a link being drawn. Points in content pixels."""

    rang: int = -1
    debut: date | None = None
    fin: date | None = None
    de: QPointF | None = None
    vers: QPointF | None = None
    cible: int = -1


class Dessin:
    """Paints a part of the content.

    Args:
        peintre: already moved so that content pixels can be used, and cut to `vue`.
        vue: the part to paint, in content pixels.
    """

    def __init__(self, peintre: QPainter, d: Disposition, options: Options, vue: QRect) -> None:
        self.p, self.d, self.options, self.vue = peintre, d, options, vue
        self.gauche, self.droite = vue.left(), vue.right()
        self.rangs = d.rangs(vue.top(), vue.bottom())
        self.k = pinceaux()

    def tout(self, courante: int, avec_focus: bool, ebauche: Ebauche | None) -> None:
        """Paints everything. `courante`: rank of the current row, -1 when none."""
        self._fonds(courante)
        self._jours_chomes()
        self._grille()
        self._raies_de_la_limite()
        if self.options.liens:
            self._liens()
        for rang in self.rangs:
            self._barre(rang)
        self._aujourd_hui()
        if courante in self.rangs and not self.d.contenu.barres[courante].titre:
            self._contour(courante, avec_focus)
        if ebauche is not None:
            self._ebauche(ebauche)

    # -- ground ------------------------------------------------------------------------------------------------

    def _fonds(self, courante: int) -> None:
        p, vue, barres, hauts = self.p, self.vue, self.d.contenu.barres, self.d.hauts
        limite = self._limite()
        if limite is not None:
            gauche = max(limite, self.gauche)
            p.fillRect(gauche, vue.top(), self.droite - gauche + 1, vue.height(), self.k.fond_limite)
        lignes = []
        for rang in self.rangs:
            haut, bas = hauts[rang], hauts[rang + 1]
            if rang == courante:
                p.fillRect(self.gauche, haut, vue.width(), bas - haut, self.k.choisi)
            elif barres[rang].titre:
                p.fillRect(self.gauche, haut, vue.width(), bas - haut, self.k.titre)
            lignes.append(QLine(self.gauche, bas - 1, self.droite, bas - 1))
        p.setPen(self.k.ligne)
        p.drawLines(lignes)

    def _jours_chomes(self) -> None:
        """Shades the days nobody works, when they are wide enough to be seen."""
        calendrier, e = self.d.contenu.calendrier, self.d.echelle
        if calendrier is None or e.par_jour < 4:
            return
        haut, bas = self.vue.top(), min(self.vue.bottom() + 1, self.d.hauteur)
        for o in range(max(e.ordinal(self.gauche), e.origine), min(e.ordinal(self.droite) + 1, e.fin)):
            if not calendrier.ouvre(date.fromordinal(o)):
                x = round(e.x(o))
                self.p.fillRect(x, haut, round(e.x(o + 1)) - x, bas - haut, self.k.chome)

    def _grille(self) -> None:
        haut, h = self.vue.top(), self.vue.height()
        for x, forte in self.d.grille(self.gauche, self.droite):
            self.p.fillRect(x, haut, 1, h, self.k.grille_forte if forte else self.k.grille)

    def _raies_de_la_limite(self) -> None:
        """Stripes after the last day allowed, and the line that begins them."""
        x = self._limite()
        if x is None:
            return
        gauche, haut, bas = max(x, self.gauche), self.vue.top(), self.vue.bottom()
        raies = []
        # Each stripe is where x + y is a multiple: they meet from one part painted to the next.
        for somme in range(-(-(gauche + haut) // _RAIES) * _RAIES, self.droite + bas + 1, _RAIES):
            de, a = max(haut, somme - self.droite), min(bas, somme - gauche)
            if de <= a:
                raies.append(QLine(somme - de, de, somme - a, a))
        self.p.setPen(self.k.raies_limite)
        self.p.drawLines(raies)
        if x >= self.gauche - 2:
            self.p.setPen(self.k.bord_limite)
            # From a fixed point, or the dashes would not meet either.
            self.p.drawLine(x, haut - haut % 240, x, bas + 1)

    def _limite(self) -> int | None:
        """Where the last day allowed ends, None when that is out of sight on the right."""
        limite = self.d.contenu.limite
        x = None if limite is None else round(self.d.echelle.x(limite[0].toordinal() + 1))
        return x if x is not None and x <= self.droite + 2 else None

    def _aujourd_hui(self) -> None:
        if self.d.contenu.aujourd_hui is None:
            return
        x = round(self.d.echelle.x(self.d.contenu.aujourd_hui.toordinal()))
        if self.gauche - 2 <= x <= self.droite + 2:
            self.p.fillRect(x - 1, self.vue.top(), 2, self.vue.height(), self.k.aujourd_hui)

    # -- links -------------------------------------------------------------------------------------------------

    def _liens(self) -> None:
        vus = self.d.traits(self.rangs, self.gauche, self.droite, _TRAITS_MAX)
        critiques = self.options.critique
        # The critical ones last: they lie over the others.
        for trait, a, b in sorted(vus, key=lambda v: v[0].critique and critiques):
            fort = trait.critique and critiques
            plume = self.k.lien_rompu if trait.rompu else self.k.lien_critique if fort else self.k.lien
            points = self.d.chemin(trait, a, b)
            self.p.setPen(plume)
            self.p.drawPolyline(points)
            self._fleche(points[-2], points[-1], plume.color())

    def _fleche(self, avant: QPoint, pointe: QPoint, couleur: QColor) -> None:
        x, y = pointe.x(), pointe.y()
        if avant.x() == x:
            recul = -_FLECHE if y >= avant.y() else _FLECHE
            coins = [pointe, QPoint(x - 3, y + recul), QPoint(x + 3, y + recul)]
        else:
            recul = -_FLECHE if x >= avant.x() else _FLECHE
            coins = [pointe, QPoint(x + recul, y - 3), QPoint(x + recul, y + 3)]
        self.p.setPen(couleur)
        self.p.setBrush(couleur)
        self.p.drawPolygon(QPolygon(coins))

    # -- bars --------------------------------------------------------------------------------------------------

    def _barre(self, rang: int) -> None:
        b = self.d.contenu.barres[rang]
        if b.reference is not None and self.options.reference:
            self._reference(rang, b)
        zone = self.d.zone(rang)
        if b.echeance is not None:
            self._echeance(zone, b.echeance, b.retard)
        if zone.right() < self.gauche - 14 or zone.left() > self.droite + 14:
            return
        if b.titre:
            self._resume(zone, self.k.teintes[b.teinte].fait)
        elif b.jalon:
            self._jalon(zone, b)
        else:
            self._tache(zone, b)

    def _tache(self, zone: QRectF, b: Barre) -> None:
        p, teinte = self.p, self.k.teintes[b.teinte]
        # Qt does not clip for us what lies thousands of pixels out of sight.
        gauche, droite = max(round(zone.left()), self.gauche - 20), min(round(zone.right()), self.droite + 20)
        haut, h = round(zone.top()), round(zone.height())
        fait = min(round(zone.left() + zone.width() * b.avancement / 100), droite) if b.avancement else gauche
        if fait > gauche:
            p.fillRect(gauche, haut, fait - gauche, h, teinte.fait)
        else:
            fait = gauche
        if fait < droite:
            p.fillRect(fait, haut, droite - fait, h, teinte.fond)
        p.setBrush(Qt.BrushStyle.NoBrush)
        if b.critique and self.options.critique:
            p.fillRect(gauche, haut, droite - gauche, h, self.k.hachures)
            p.setPen(self.k.critique)
        else:
            p.setPen(teinte.trait)
        p.drawRect(gauche, haut, droite - gauche, h)

    def _jalon(self, zone: QRectF, b: Barre) -> None:
        p = self.p
        critique = b.critique and self.options.critique
        p.setRenderHint(_LISSE, True)
        p.setPen(self.k.critique if critique else QPen(self.k.encre, 1.2))
        # Once reached it takes the colour of its plan, and a tick.
        fait = b.avancement >= 100
        p.setBrush(self.k.teintes[b.teinte].fait if fait else self.k.encre)
        p.drawPolygon(losange(zone))
        if fait:
            p.setPen(QPen(QColor(theme.couleurs().carte), 1.8))
            x, y = zone.center().x(), zone.center().y()
            p.drawPolyline([QPointF(x - 3.5, y), QPointF(x - 1, y + 2.5), QPointF(x + 3.5, y - 2.5)])
        p.setRenderHint(_LISSE, False)

    def _resume(self, zone: QRectF, couleur: QColor) -> None:
        haut, gauche, droite = round(zone.center().y() - 3), round(zone.left()), round(zone.right())
        debut, fin = max(gauche, self.gauche - 20), min(droite, self.droite + 20)
        p = self.p
        p.fillRect(debut, haut, fin - debut, 5, couleur)
        p.setPen(couleur)
        p.setBrush(couleur)
        for x, sens in ((gauche, 1), (droite, -1)):
            p.drawPolygon(QPolygon([QPoint(x, haut), QPoint(x + 7 * sens, haut), QPoint(x, haut + 10)]))

    def _reference(self, rang: int, b: Barre) -> None:
        assert b.reference is not None
        zone = self.d.zone_de(rang, *b.reference, b.jalon)
        p = self.p
        p.setPen(self.k.reference)
        if b.jalon:
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setRenderHint(_LISSE, True)
            p.drawPolygon(losange(zone.translated(0, 5).adjusted(3, 3, -3, -3)))
            p.setRenderHint(_LISSE, False)
            return
        gauche, droite = max(round(zone.left()), self.gauche - 20), min(round(zone.right()), self.droite + 20)
        if droite > gauche:
            p.setBrush(self.k.fond_reference)
            p.drawRect(gauche, round(zone.bottom()) + 2, droite - gauche, 4)

    def _echeance(self, zone: QRectF, jour: date, retard: int) -> None:
        """A flag on the evening of the deadline, filled when it is missed."""
        x, haut = round(self.d.echelle.x(jour.toordinal() + 1)), round(zone.top())
        if not self.gauche - 12 <= x <= self.droite + 12:
            return
        couleur = QColor(theme.couleurs().bad if retard else theme.couleurs().encre)
        p = self.p
        p.setPen(QPen(couleur, 1.6))
        p.drawLine(x, haut - 4, x, round(zone.bottom()) + 3)
        p.setBrush(couleur if retard else Qt.BrushStyle.NoBrush)
        p.setRenderHint(_LISSE, True)
        p.drawPolygon(QPolygon([QPoint(x, haut - 4), QPoint(x + 8, haut), QPoint(x, haut + 4)]))
        p.setRenderHint(_LISSE, False)

    # -- what is under way -------------------------------------------------------------------------------------

    def _contour(self, rang: int, avec_focus: bool) -> None:
        zone, c, p = self.d.zone(rang), theme.couleurs(), self.p
        p.setRenderHint(_LISSE, True)
        p.setBrush(Qt.BrushStyle.NoBrush)
        if avec_focus:
            p.setPen(QPen(QColor(c.encre), 1.6))
            p.drawRoundedRect(zone.adjusted(-3, -3, 3, 3), 4, 4)
        p.setPen(QPen(QColor(c.accent), 1.6))
        p.setBrush(QColor(c.carte))
        y = zone.center().y()
        for x in (zone.left() - 2 - POINT, zone.right() + 2 + POINT):
            p.drawEllipse(QPointF(x, y), POINT - 2, POINT - 2)
        p.setRenderHint(_LISSE, False)

    def _ebauche(self, e: Ebauche) -> None:
        p, accent = self.p, QColor(theme.couleurs().accent)
        p.setRenderHint(_LISSE, True)
        if e.debut is not None and e.fin is not None and e.rang in self.rangs:
            b = self.d.contenu.barres[e.rang]
            zone = self.d.zone_de(e.rang, e.debut, e.fin, b.jalon)
            p.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawPolygon(losange(zone) if b.jalon else QPolygonF(zone))
            texte = date_courte(e.debut) if b.jalon else f"{date_courte(e.debut)} – {date_courte(e.fin)}"
            self._etiquette(texte, zone)
        if e.cible in self.rangs and e.cible != e.rang:
            p.setPen(QPen(accent, 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(self.d.zone(e.cible).adjusted(-4, -4, 4, 4), 5, 5)
        if e.de is not None and e.vers is not None:
            p.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
            p.drawLine(e.de, e.vers)
        p.setRenderHint(_LISSE, False)

    def _etiquette(self, texte: str, zone: QRectF) -> None:
        p, c = self.p, theme.couleurs()
        fonte = theme.police(0.9)
        m = QFontMetrics(fonte)
        large = m.horizontalAdvance(texte) + 12
        x = min(max(zone.left(), self.gauche + 4.0), self.droite - large - 4.0)
        y = zone.top() - m.height() - 8
        if y < self.vue.top():
            y = zone.bottom() + 4
        fond = QRectF(x, y, large, m.height() + 4)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(c.accent))
        p.drawRoundedRect(fond, 4, 4)
        p.setFont(fonte)
        p.setPen(QColor(c.sur_accent))
        p.drawText(fond, int(Qt.AlignmentFlag.AlignCenter), texte)


def losange(zone: QRectF) -> QPolygonF:
    """The diamond that touches the four sides of a square."""
    x, y = zone.center().x(), zone.center().y()
    return QPolygonF(
        [QPointF(x, zone.top()), QPointF(zone.right(), y), QPointF(x, zone.bottom()), QPointF(zone.left(), y)]
    )
