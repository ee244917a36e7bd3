"""Where everything stands: rows, bars, what is under a point. Pixels of the content, before any scrolling."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum
from functools import cached_property

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF

from ui.widgets.gantt.contenu import Barre, Contenu, Trait
from ui.widgets.gantt.echelle import Echelle

HAUTEUR = 34
# A bar never gets thinner than this, whatever the scale.
_MINIMUM = 3.0
BORD, POINT = 5.0, 6.0
# How far a link goes beyond the bars it joins.
_DEBORD = 12
# Pixels drawn after the last day.
_AU_DELA = 3000
# Links are looked for by groups of so many rows.
_GROUPE = 16
# A date typed decades away must not make a chart one cannot travel.
_LOIN = timedelta(days=366 * 5)


class Zone(Enum):
    """What of a bar is under a point."""

    CORPS = "corps"
    BORD_FIN = "bord-fin"
    POINT_DEBUT = "point-debut"
    POINT_FIN = "point-fin"


class Disposition:
    """The geometry of a content at a scale.

    Args:
        hauteurs: height of each row; the usual one when empty.
    """

    def __init__(
        self,
        contenu: Contenu,
        par_jour: float = 1.8,
        hauteurs: Sequence[int] = (),
        hauteur_barre: int = 16,
    ) -> None:
        self.contenu = contenu
        self.hauteur_barre = hauteur_barre
        self._zones: dict[int, QRectF] = {}
        self._bornes: dict[int, tuple[float, float]] = {}
        self._grille: list[tuple[int, bool]] | None = None
        self._echelle = Echelle(*etendue(contenu), par_jour)
        self.fixer_hauteurs(hauteurs)

    @property
    def echelle(self) -> Echelle:
        """The scale."""
        return self._echelle

    @echelle.setter
    def echelle(self, echelle: Echelle) -> None:
        self._echelle = echelle
        self._zones.clear()
        self._bornes.clear()
        self._grille = None

    def fixer_hauteurs(self, hauteurs: Sequence[int]) -> None:
        """Gives each row its height."""
        self._zones.clear()
        n = len(self.contenu.barres)
        if len(hauteurs) != n:
            hauteurs = [HAUTEUR] * n
        self.hauts = [0]
        for h in hauteurs:
            self.hauts.append(self.hauts[-1] + h)

    @property
    def hauteur(self) -> int:
        """Pixels from the top of the first row to the bottom of the last."""
        return self.hauts[-1]

    def rangs(self, haut: int, bas: int) -> range:
        """Ranks of the rows seen between two heights."""
        n = len(self.contenu.barres)
        premier = max(bisect_right(self.hauts, haut) - 1, 0)
        dernier = min(bisect_right(self.hauts, bas), n)
        return range(premier, dernier)

    def rang_a(self, y: float) -> int:
        """Rank of the row at a height, -1 when none."""
        rang = bisect_right(self.hauts, y) - 1
        return rang if 0 <= rang < len(self.contenu.barres) else -1

    def zone(self, rang: int) -> QRectF:
        """The bar of a row; the square around its diamond for a milestone."""
        zone = self._zones.get(rang)
        if zone is None:
            b = self.contenu.barres[rang]
            zone = self._zones[rang] = self.zone_de(rang, b.debut, b.fin, b.jalon)
        return zone

    def zone_de(self, rang: int, debut: date, fin: date, jalon: bool) -> QRectF:
        """A bar on this row with other dates."""
        haut, bas = self.hauts[rang], self.hauts[rang + 1]
        h = self.hauteur_barre
        y = haut + (bas - haut - h) / 2 - (2 if self.contenu.barres[rang].reference else 0)
        if jalon:
            # The diamond stands on the middle of its day.
            milieu = self.echelle.x(debut.toordinal() + 0.5)
            return QRectF(milieu - h / 2, y, h, h)
        x = self.echelle.x(debut.toordinal())
        return QRectF(x, y, max(self.echelle.x(fin.toordinal() + 1) - x, _MINIMUM), h)

    def traits(
        self, rangs: range, gauche: float, droite: float, maximum: int
    ) -> list[tuple[Trait, int, int]]:
        """The links seen in a part of the chart, with the ranks of their two rows; not more than `maximum`."""
        premier, dernier = rangs.start, rangs.stop - 1
        vus: dict[int, tuple[Trait, int, int]] = {}
        for groupe in range(premier // _GROUPE, dernier // _GROUPE + 1):
            for vu in self._par_groupe.get(groupe, ()):
                trait, a, b = vu
                if (a < premier and b < premier) or (a > dernier and b > dernier) or id(trait) in vus:
                    continue
                bornes = self._bornes.get(id(trait)) or self._bornes_de(vu)
                if bornes[1] < gauche or bornes[0] > droite:
                    continue
                vus[id(trait)] = vu
                if len(vus) == maximum:
                    return list(vus.values())
        return list(vus.values())

    def _bornes_de(self, vu: tuple[Trait, int, int]) -> tuple[float, float]:
        """Leftmost and rightmost pixels of a link."""
        za, zb = self.zone(vu[1]), self.zone(vu[2])
        bornes = min(za.left(), zb.left()) - _DEBORD, max(za.right(), zb.right()) + _DEBORD
        self._bornes[id(vu[0])] = bornes
        return bornes

    def chemin(self, trait: Trait, a: int, b: int) -> list[QPoint]:
        """The corners of a link between two rows."""
        depart = self.zone(a)
        if self.contenu.barres[a].jalon:
            # From the middle of the diamond: what follows begins on that very day.
            depart = QRectF(depart.center().x(), depart.top(), 0, depart.height())
        return chemin(depart.toRect(), self.zone(b).toRect(), trait)

    def grille(self, gauche: int, droite: int) -> list[tuple[int, bool]]:
        """The vertical lines between two pixels: where, and whether they are strong."""
        if self._grille is None:
            e = self._echelle
            # A window wider than the chart shows what lies after it.
            hautes, basses = e.bandes(e.origine, e.fin + round(_AU_DELA / e.par_jour))
            tous = {g.debut: g.forte for g in basses}
            tous.update((g.debut, True) for g in hautes)
            self._grille = sorted((round(e.x(o)), forte) for o, forte in tous.items())
        premier = bisect_left(self._grille, (gauche, False))
        return self._grille[premier : bisect_left(self._grille, (droite + 1, False))]

    @cached_property
    def _par_groupe(self) -> dict[int, list[tuple[Trait, int, int]]]:
        rangs = self.contenu.rangs
        groupes: dict[int, list[tuple[Trait, int, int]]] = {}
        for trait in self.contenu.traits:
            a, b = rangs.get(trait.avant), rangs.get(trait.apres)
            if a is not None and b is not None:
                for groupe in range(min(a, b) // _GROUPE, max(a, b) // _GROUPE + 1):
                    groupes.setdefault(groupe, []).append((trait, a, b))
        return groupes

    def attache(self, rang: int, debut: bool) -> QPointF:
        """Where a link leaves or reaches a bar."""
        zone = self.zone(rang)
        return QPointF(zone.left() if debut else zone.right(), zone.center().y())

    def sous(self, point: QPointF) -> tuple[int, Zone | None]:
        """(rank of the row, what of its bar) under a point."""
        rang = self.rang_a(point.y())
        if rang < 0 or self.contenu.barres[rang].titre:
            return rang, None
        b, zone = self.contenu.barres[rang], self.zone(rang)
        if not zone.top() - 4 <= point.y() <= zone.bottom() + 4:
            return rang, None
        x = point.x()
        if zone.right() + 2 <= x <= zone.right() + 2 + 2 * POINT:
            return rang, Zone.POINT_FIN
        if zone.left() - 2 - 2 * POINT <= x <= zone.left() - 2:
            return rang, Zone.POINT_DEBUT
        if not b.jalon and zone.right() - min(BORD, zone.width() / 3) <= x < zone.right() + 2:
            return rang, Zone.BORD_FIN
        return (rang, Zone.CORPS) if zone.left() - 2 < x < zone.right() + 2 else (rang, None)


def etendue(contenu: Contenu) -> tuple[int, int]:
    """Ordinals of the first day drawn and of the day after the last: whole months, with some air around."""
    jours = [j for b in contenu.barres for j in (b.debut, b.fin)]
    if not jours:
        jours = [contenu.aujourd_hui or date(2026, 1, 1)]
    premier, dernier = min(jours), max(jours)
    autres = [j for b in contenu.barres for j in (*(b.reference or ()), b.echeance) if j is not None]
    autres += [j for j in (contenu.aujourd_hui, contenu.limite and contenu.limite[0]) if j is not None]
    proches = [j for j in autres if _vers(premier, -_LOIN) <= j <= _vers(dernier, _LOIN)]
    premier, dernier = min((premier, *proches)), max((dernier, *proches))
    debut = _vers(premier, timedelta(days=-12)).replace(day=1)
    fin = _vers(dernier, timedelta(days=40)).replace(day=1)
    return debut.toordinal(), fin.toordinal() + 31


def _vers(jour: date, ecart: timedelta) -> date:
    """A day further, kept where a whole year can still be drawn around it."""
    try:
        return min(max(jour + ecart, date(2, 1, 1)), date(9997, 12, 1))
    except OverflowError:
        return date(9997, 12, 1) if ecart > timedelta(0) else date(2, 1, 1)


def barre_de(contenu: Contenu, cle: int | None) -> Barre | None:
    """The row of a key, None when it is not shown."""
    rang = contenu.rangs.get(cle) if cle is not None else None
    return None if rang is None else contenu.barres[rang]


def chemin(avant: QRect, apres: QRect, trait: Trait) -> list[QPoint]:
    """The corners of a link between two bars: it leaves an end of one and reaches the other, seen from outside."""
    ecart = 8
    y1, y2 = avant.center().y(), apres.center().y()
    gauche, droite = apres.left(), apres.left() + apres.width()
    if trait.du_debut or trait.a_la_fin:
        # Same side: one elbow beyond the furthest of the two.
        x1 = avant.left() if trait.du_debut else avant.left() + avant.width()
        x2 = droite if trait.a_la_fin else gauche
        x = max(x1, x2) + ecart if trait.a_la_fin else min(x1, x2) - ecart
        return [QPoint(x1, y1), QPoint(x, y1), QPoint(x, y2), QPoint(x2, y2)]
    x1 = avant.left() + avant.width()
    descend = y2 >= y1
    # It comes down on the first days of the one that waits.
    x = max(gauche + min(6, apres.width() // 2), x1 + 3)
    if x <= max(droite - 1, gauche + apres.width() // 2):
        return [QPoint(x1, y1), QPoint(x, y1), QPoint(x, apres.top() if descend else apres.bottom() + 1)]
    # The one that waits begins before: the link goes round between the two rows.
    y = apres.top() - 5 if descend else apres.bottom() + 6
    sortie, entree = x1 + ecart, gauche - ecart
    return [
        QPoint(x1, y1),
        QPoint(sortie, y1),
        QPoint(sortie, y),
        QPoint(entree, y),
        QPoint(entree, y2),
        QPoint(gauche, y2),
    ]
