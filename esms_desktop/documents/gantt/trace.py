"""What is drawn of a Gantt on a canvas: bars, milestones, links, the days that count. Coordinates in points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from esms_desktop.documents.arbre.arbre_gantt import LigneGantt
from esms_desktop.documents.gantt.echelle import Case, Echelle, Unite
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.polices import GRAS, NORMAL, largeur
from esms_desktop.documents.pdf.texte import Fragment, Plume

# Dark and light of each planning.
TEINTES: Mapping[str, tuple[Color, Color]] = {
    "projet": (s.ACCENT, HexColor("#bdd3d9")),
    "changement": (HexColor("#6b4a94"), HexColor("#d9d0e3")),
    "deploiement": (HexColor("#1a6b43"), HexColor("#c6dccf")),
}
AUJOURDHUI = HexColor("#c2410c")
LIMITE, FOND_LIMITE = s.MANQUE, s.FOND_MANQUE
LIEN = HexColor("#7b8694")
REFERENCE = HexColor("#8a94a1")
CRITIQUE = s.ENCRE
# Never invisible, whatever the scale.
_LARGEUR_MIN = 1.0
_CROCHET, _RAYON = 3.0, 4.6


@dataclass(frozen=True)
class Traceur:
    """Draws on a canvas, the first day of `echelle` at `gauche`."""

    canvas: Canvas
    echelle: Echelle
    gauche: float

    def bornes(self, ligne: LigneGantt) -> tuple[float, float]:
        """Left and right of the bar of a line."""
        if ligne.debut is None or ligne.fin is None:
            raise ValueError(f"nothing to draw for {ligne.libelle}")
        x = self.gauche + self.echelle.x(ligne.debut)
        return x, max(self.gauche + self.echelle.x(ligne.fin, fin=True), x + _LARGEUR_MIN)

    def barre(self, ligne: LigneGantt, y: float, haut: float) -> None:
        """A task on its days, centred on `y`: its part done filled, its critical outline thick and hatched."""
        c, (x, fin) = self.canvas, self.bornes(ligne)
        sombre, clair = TEINTES.get(ligne.plan, TEINTES["projet"])
        bas = y - haut / 2
        c.setFillColor(clair)
        c.rect(x, bas, fin - x, haut, stroke=0, fill=1)
        if ligne.critique:
            self._hachurer(x, bas, fin - x, haut)
        if ligne.avancement:
            c.setFillColor(sombre)
            c.rect(x, bas, (fin - x) * ligne.avancement / 100, haut, stroke=0, fill=1)
        c.setStrokeColor(CRITIQUE if ligne.critique else sombre)
        epais = 1.3 if ligne.critique else 0.5
        c.setLineWidth(epais)
        # The outline stays inside: the edges of the bar are those of its days.
        retrait = min(epais / 2, (fin - x) / 2)
        c.rect(x + retrait, bas + retrait, fin - x - 2 * retrait, haut - 2 * retrait, stroke=1, fill=0)

    def _hachurer(self, x: float, bas: float, large: float, haut: float) -> None:
        c = self.canvas
        c.saveState()
        trace = c.beginPath()
        trace.rect(x, bas, large, haut)
        c.clipPath(trace, stroke=0, fill=0)
        c.setStrokeColor(CRITIQUE)
        c.setLineWidth(0.35)
        traits, depart = [], x - haut
        while depart < x + large:
            traits.append((depart, bas, depart + haut, bas + haut))
            depart += 3.4
        c.lines(traits)
        c.restoreState()

    def jalon(self, ligne: LigneGantt, y: float, haut: float) -> None:
        """A milestone: a diamond over its day; on the critical path, a ring around it."""
        centre, rayon = self._centre(ligne), min(haut / 2, _RAYON)
        sombre, _ = TEINTES.get(ligne.plan, TEINTES["projet"])
        c = self.canvas
        if ligne.critique:
            c.setStrokeColor(CRITIQUE)
            c.setLineWidth(0.9)
            self._losange(centre, y, rayon + 1.6, plein=False)
        c.setFillColor(sombre)
        self._losange(centre, y, rayon, plein=True)
        if ligne.avancement >= 100:
            c.setFillColor(s.BLANC)
            self._losange(centre, y, rayon * 0.45, plein=True)

    def _losange(self, x: float, y: float, rayon: float, plein: bool) -> None:
        trace = self.canvas.beginPath()
        trace.moveTo(x, y + rayon)
        trace.lineTo(x + rayon, y)
        trace.lineTo(x, y - rayon)
        trace.lineTo(x - rayon, y)
        trace.close()
        self.canvas.drawPath(trace, stroke=int(not plein), fill=int(plein))

    def reference(self, ligne: LigneGantt, y: float, haut: float) -> None:
        """Where the line was when the reference was taken: a thin bar, or an empty small diamond."""
        if ligne.reference is None:
            return
        c, (debut, fin) = self.canvas, ligne.reference
        x, bout = self.gauche + self.echelle.x(debut), self.gauche + self.echelle.x(fin, fin=True)
        if ligne.genre == "jalon":
            c.setStrokeColor(REFERENCE)
            c.setLineWidth(0.8)
            self._losange((self.gauche + self.echelle.x(fin) + bout) / 2, y, min(haut, 3.4), plein=False)
            return
        c.setFillColor(REFERENCE)
        c.rect(x, y - haut / 2, max(bout - x, _LARGEUR_MIN), haut, stroke=0, fill=1)

    def lien(
        self, avant: LigneGantt, apres: LigneGantt, de: float, vers: float, type_: str, demi: float
    ) -> None:
        """An arrow between two lines centred on `de` and `vers`; `demi`: half the height of a line."""
        (g1, d1), (g2, d2) = self._attaches(avant), self._attaches(apres)
        if type_ == "debut-debut":
            coude = min(g1, g2) - _CROCHET
            points = [(g1, de), (coude, de), (coude, vers), (g2, vers)]
        elif type_ == "fin-fin":
            coude = max(d1, d2) + _CROCHET
            points = [(d1, de), (coude, de), (coude, vers), (d2, vers)]
        elif g2 >= d1 + 2 * _CROCHET:
            points = [(d1, de), (d1 + _CROCHET, de), (d1 + _CROCHET, vers), (g2, vers)]
        else:
            entre = vers + demi if vers < de else vers - demi
            points = [
                (d1, de),
                (d1 + _CROCHET, de),
                (d1 + _CROCHET, entre),
                (g2 - _CROCHET, entre),
                (g2 - _CROCHET, vers),
                (g2, vers),
            ]
        c = self.canvas
        c.setStrokeColor(LIEN)
        c.setLineWidth(0.55)
        c.lines([(*a, *b) for a, b in pairwise(points)])
        bout, sens = points[-1][0], 1 if points[-1][0] >= points[-2][0] else -1
        trace = c.beginPath()
        trace.moveTo(bout, vers)
        trace.lineTo(bout - 2.6 * sens, vers + 1.5)
        trace.lineTo(bout - 2.6 * sens, vers - 1.5)
        trace.close()
        c.setFillColor(LIEN)
        c.drawPath(trace, stroke=0, fill=1)

    def _attaches(self, ligne: LigneGantt) -> tuple[float, float]:
        if ligne.genre != "jalon":
            return self.bornes(ligne)
        centre = self._centre(ligne)
        return centre - _RAYON, centre + _RAYON

    def _centre(self, ligne: LigneGantt) -> float:
        """The middle of the day of a milestone."""
        if ligne.fin is None:
            raise ValueError(f"nothing to draw for {ligne.libelle}")
        return self.gauche + self.echelle.x(ligne.fin) + self.echelle.pas / 2

    def lignes_de_temps(self, cases: Sequence[Case], haut: float, bas: float) -> None:
        """A thin line where each division begins."""
        c = self.canvas
        c.setStrokeColor(s.FILET)
        c.setLineWidth(0.4)
        c.lines([(self.gauche + x.x, haut, self.gauche + x.x, bas) for x in cases if x.x > 0])

    def bande(self, plume: Plume, cases: Sequence[Case], y: float, corps: float, centre: bool) -> None:
        """The words of one band of dates, their baseline at `y`."""
        for case in cases:
            if case.texte:
                police = NORMAL if centre else GRAS
                ligne = ((Fragment(case.texte, police), largeur(case.texte, police, corps)),)
                x, place = self.gauche + case.x, case.fin - case.x
                # On the left, the words never leave the case: it was measured with this gap.
                plume.ecrire(
                    ligne,
                    x if centre else x + 0.5,
                    y,
                    place,
                    corps,
                    "centre" if centre else "gauche",
                    s.DISCRET,
                )

    def apres_limite(self, limite: date, haut: float, bas: float) -> None:
        """The ground past the day not to pass."""
        x = self.gauche + self.echelle.x(limite, fin=True)
        droite = self.gauche + self.echelle.largeur
        if x < droite:
            x = max(x, self.gauche)
            self.canvas.setFillColor(FOND_LIMITE)
            self.canvas.rect(x, bas, droite - x, haut - bas, stroke=0, fill=1)

    def limite(self, limite: date, haut: float, bas: float) -> None:
        """The day not to pass, a thick dashed line at its end."""
        x = self.gauche + self.echelle.x(limite, fin=True)
        if self.gauche <= x <= self.gauche + self.echelle.largeur:
            c = self.canvas
            c.saveState()
            c.setStrokeColor(LIMITE)
            c.setLineWidth(1.2)
            c.setDash(4, 2.4)
            c.line(x, haut, x, bas)
            c.restoreState()

    def aujourdhui(self, jour: date, haut: float, bas: float) -> None:
        """Today, a full line with a mark at its top."""
        if not self.echelle.premier <= jour <= self.echelle.dernier:
            return
        x = self.gauche + self.echelle.x(jour) + self.echelle.pas / 2
        c = self.canvas
        c.setStrokeColor(AUJOURDHUI)
        c.setFillColor(AUJOURDHUI)
        c.setLineWidth(1.0)
        c.line(x, haut, x, bas)
        trace = c.beginPath()
        trace.moveTo(x - 2.6, haut + 3.4)
        trace.lineTo(x + 2.6, haut + 3.4)
        trace.lineTo(x, haut - 0.6)
        trace.close()
        c.drawPath(trace, stroke=0, fill=1)


def mesure(corps: float, police: str = NORMAL) -> "_Mesure":
    """How wide words of that size are."""
    return _Mesure(corps, police)


@dataclass(frozen=True)
class _Mesure:
    corps: float
    police: str

    def __call__(self, texte: str) -> float:
        return largeur(texte, self.police, self.corps)


def bandes(echelle: Echelle, corps: float) -> tuple[Unite, tuple[Case, ...], tuple[Case, ...]]:
    """The two bands of dates of a scale, in words of that size; measured in bold, the wider face."""
    return echelle.bandes(mesure(corps, GRAS))
