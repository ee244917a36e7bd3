"""A calendar on the page: months across, one line per thing that lasts, the day not to pass."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esms_desktop import francais
from esms_desktop.documents.arbre.arbre import Barre, Frise
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.morceaux import BlocPdf, rangs_du_premier
from esms_desktop.documents.pdf.polices import GRAS, NORMAL, Nettoyeur, largeur
from esms_desktop.documents.pdf.texte import Fragment, Ligne, Plume, fragments, lignes

_LIBELLE, _DATES = 120.0, 98.0
_ETIQUETTE = _LIBELLE + _DATES
_CORPS, _HAUT = 7.6, 9.8
_CORPS_MOIS = 6.4
_PAD = 4.0
_ENTETE = 25.0
# Under this width (points) the initial of a month would not be read: only the years are written.
_MOIS_LISIBLE = 6.6
_LEGENDE = 15.0


@dataclass(frozen=True)
class _Rang:
    """A line: its label set, and what it draws."""

    barre: Barre
    textes: tuple[Ligne, ...]
    dates: tuple[Ligne, ...]

    @property
    def hauteur(self) -> float:
        return max(len(self.textes), len(self.dates)) * _HAUT + 2 * _PAD


def _mois(jour: date) -> int:
    return jour.year * 12 + jour.month - 1


class FrisePdf(BlocPdf):
    """The calendar as a flowable; cut between two lines, its months are written again."""

    def __init__(self, frise: Frise, rangs: Sequence[_Rang], nettoyer: Nettoyeur) -> None:
        super().__init__()
        self._frise, self._rangs, self._nettoyer = frise, rangs, nettoyer
        limites = [frise.debut, frise.fin, *([frise.limite] if frise.limite else [])]
        self._premier = min(_mois(j) for j in limites)
        self._nombre = max(_mois(j) for j in limites) - self._premier + 1
        self._pas = (s.LARGEUR - _ETIQUETTE) / self._nombre
        self.width = s.LARGEUR
        self.height = _ENTETE + sum(r.hauteur for r in rangs) + (_LEGENDE if frise.limite else 4)
        self.spaceBefore, self.spaceAfter = 4, 10

    @property
    def minimum(self) -> float:
        """Height of the smallest piece that may begin on a page: all of it when short, else the months and three lines."""
        if self.height < s.HAUTEUR * 0.4:
            return float(self.height)
        return _ENTETE + sum(r.hauteur for r in self._rangs[:3])

    def couper(self, haut: float) -> Sequence[BlocPdf]:
        """Whole lines on both sides, never one alone."""
        n = rangs_du_premier([r.hauteur for r in self._rangs], _ENTETE + _LEGENDE, haut)
        if not n:
            return ()
        return [FrisePdf(self._frise, r, self._nettoyer) for r in (self._rangs[:n], self._rangs[n:])]

    def _x(self, jour: date, fin: bool = False) -> float:
        jours = calendar.monthrange(jour.year, jour.month)[1]
        part = (jour.day if fin else jour.day - 1) / jours
        return _ETIQUETTE + (_mois(jour) - self._premier + part) * self._pas

    def dessiner(self) -> None:
        """Draws months, lines, bars, then the limit."""
        c = self.canv
        plume = Plume(c)
        bas = self.height - _ENTETE - sum(r.hauteur for r in self._rangs)
        self._entete(plume, bas)
        y = self.height - _ENTETE
        for rang in self._rangs:
            c.setStrokeColor(s.FILET)
            c.setLineWidth(0.5)
            c.line(0, y, self.width, y)
            texte = y - _PAD - 6.6
            for i, ligne in enumerate(rang.textes):
                plume.ecrire(ligne, 2, texte - i * _HAUT, _LIBELLE - 8, _CORPS)
            for i, ligne in enumerate(rang.dates):
                plume.ecrire(ligne, _LIBELLE, texte - i * _HAUT, _DATES - 6, _CORPS - 0.6, couleur=s.DISCRET)
            self._tracer(rang.barre, y - rang.hauteur / 2)
            y -= rang.hauteur
        c.setStrokeColor(s.ACCENT)
        c.setLineWidth(0.9)
        c.line(0, self.height - _ENTETE, self.width, self.height - _ENTETE)
        self._limite(plume, bas)
        plume.poser()

    def _entete(self, plume: Plume, bas: float) -> None:
        c = self.canv
        c.setFillColor(s.FOND)
        c.rect(0, self.height - _ENTETE, self.width, _ENTETE, stroke=0, fill=1)
        lisible = self._pas >= _MOIS_LISIBLE
        for rang in range(self._nombre):
            mois = self._premier + rang
            x = _ETIQUETTE + rang * self._pas
            if mois % 12 == 0 or rang == 0:
                texte = str(mois // 12)
                reste = 12 - mois % 12
                if min(reste, self._nombre - rang) * self._pas > largeur(texte, GRAS, 7.4) + 2:
                    ligne = ((Fragment(texte, GRAS), largeur(texte, GRAS, 7.4)),)
                    plume.ecrire(ligne, x + 1.5, self.height - 10, self._pas, 7.4, couleur=s.DISCRET)
            c.setStrokeColor(s.TRAIT if mois % 12 == 0 and rang else s.FILET)
            c.setLineWidth(0.7 if mois % 12 == 0 and rang else 0.4)
            if lisible or mois % 12 == 0:
                c.line(x, self.height - _ENTETE, x, bas)
            if lisible:
                mot = francais.MOIS_INITIALES[mois % 12]
                ligne = ((Fragment(mot, NORMAL), largeur(mot, NORMAL, _CORPS_MOIS)),)
                plume.ecrire(ligne, x, self.height - 20.5, self._pas, _CORPS_MOIS, "centre", s.DISCRET)

    def _tracer(self, barre: Barre, y: float) -> None:
        c = self.canv
        c.setFillColor(s.ACCENT)
        c.setStrokeColor(s.ACCENT)
        if barre.debut >= barre.fin:
            x = (self._x(barre.debut) + self._x(barre.debut, fin=True)) / 2
            trace = c.beginPath()
            for i, (dx, dy) in enumerate(((0, 4.4), (4.4, 0), (0, -4.4), (-4.4, 0))):
                (trace.lineTo if i else trace.moveTo)(x + dx, y + dy)
            trace.close()
            c.drawPath(trace, stroke=0, fill=1)
            return
        x, fin = self._x(barre.debut), self._x(barre.fin, fin=True)
        c.setLineWidth(0.8)
        if not barre.fort:
            c.setFillColor(s.FOND_ACCENT)
        c.roundRect(x, y - 4, max(fin - x, 2.0), 8, min(2.5, max(fin - x, 2.0) / 2), stroke=1, fill=1)

    def _limite(self, plume: Plume, bas: float) -> None:
        limite = self._frise.limite
        if limite is None:
            return
        c, x = self.canv, self._x(limite, fin=True)
        c.saveState()
        c.setStrokeColor(s.ALERTE)
        c.setLineWidth(1.1)
        c.setDash(3, 2)
        c.line(x, self.height - _ENTETE, x, bas - 3)
        c.restoreState()
        texte = f"{self._frise.libelle_limite or 'Limite'} : {francais.date_longue(limite)}"
        morceaux = fragments(texte, self._nettoyer)
        (ligne, *_) = lignes(morceaux, 7.0, s.LARGEUR)
        place = sum(large for _, large in ligne)
        depart = min(max(x - place / 2, 0), s.LARGEUR - place)
        plume.ecrire(ligne, depart, bas - 11, place, 7.0, couleur=s.ALERTE)


def composer(frise: Frise, nettoyer: Nettoyeur) -> FrisePdf:
    """The calendar set for the width of the page."""
    rangs = []
    for barre in frise.barres:
        dates = francais.date_courte(barre.debut)
        if barre.fin > barre.debut:
            dates = f"{dates} – {francais.date_courte(barre.fin)}"
        rangs.append(
            _Rang(
                barre,
                lignes(fragments(barre.libelle, nettoyer), _CORPS, _LIBELLE - 8)[:8],
                lignes(fragments(dates, nettoyer), _CORPS - 0.6, _DATES - 4),
            )
        )
    return FrisePdf(frise, rangs, nettoyer)
