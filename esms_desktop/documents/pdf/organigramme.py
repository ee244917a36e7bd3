"""The organisation chart on the page: boxes and lines, in bands that follow each other from page to page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from esms_desktop.documents.arbre.arbre import Boite, Organigramme
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.morceaux import BlocPdf
from esms_desktop.documents.pdf.polices import Nettoyeur
from esms_desktop.documents.pdf.texte import Ligne, Plume, fragments, lignes

_CORPS_TITRE, _CORPS_LIGNE = 8.4, 7.6
_HAUT_TITRE, _HAUT_LIGNE = 11.2, 10.2
_PAD = 6.0
_GOUTTIERE = 12.0
# Space above a band, where its lines run.
_ECART = 20.0
# The same in a chart so high that it would not go with its heading, and the share of a page that is too high.
_ECART_SERRE, _HAUT = 10.0, 0.5
# Where the line that serves several rows goes down.
_TRONC = 3.0
_COLONNES = 3
# A box never shows more lines than that: beyond, an ellipsis.
_LIGNES_MAX = 34


@dataclass(frozen=True)
class _BoitePdf:
    """A box set for its width."""

    titre: tuple[Ligne, ...]
    textes: tuple[Ligne, ...]
    large: float

    @property
    def hauteur(self) -> float:
        return len(self.titre) * _HAUT_TITRE + len(self.textes) * _HAUT_LIGNE + 2 * _PAD

    def dessiner(
        self, toile: Canvas, plume: Plume, x: float, haut: float, hauteur: float, fort: bool
    ) -> None:
        toile.setFillColor(s.FOND_ACCENT if fort else s.FOND)
        toile.setStrokeColor(s.ACCENT if fort else s.FILET)
        toile.setLineWidth(0.9)
        toile.roundRect(x, haut - hauteur, self.large, hauteur, 4, stroke=1, fill=1)
        y = haut - _PAD - 7.6
        for ligne in self.titre:
            plume.ecrire(ligne, x + _PAD, y, self.large - 2 * _PAD, _CORPS_TITRE, "centre")
            y -= _HAUT_TITRE
        y += _HAUT_TITRE - _HAUT_LIGNE
        for ligne in self.textes:
            plume.ecrire(ligne, x + _PAD, y, self.large - 2 * _PAD, _CORPS_LIGNE, "centre", s.DISCRET)
            y -= _HAUT_LIGNE


def _mettre(boite: Boite, large: float, nettoyer: Nettoyeur) -> _BoitePdf:
    place = large - 2 * _PAD
    titre = lignes(fragments(boite.titre, nettoyer, en_gras=True), _CORPS_TITRE, place)[:_LIGNES_MAX]
    textes = [m for ligne in boite.lignes for m in lignes(fragments(ligne, nettoyer), _CORPS_LIGNE, place)]
    reste = max(_LIGNES_MAX - len(titre), 1)
    if len(textes) > reste:
        textes = [*textes[: reste - 1], *lignes(fragments("…", nettoyer), _CORPS_LIGNE, place)]
    return _BoitePdf(titre, tuple(textes), large)


class BandePdf(BlocPdf):
    """One band of the chart, never cut. Its lines start at its top edge and, when something follows, reach its bottom."""

    def __init__(self, boites: Sequence[_BoitePdf], premiere: bool, derniere: bool) -> None:
        super().__init__()
        self._boites, self._premiere, self._derniere = boites, premiere, derniere
        self._haut_boites = max(b.hauteur for b in boites)
        self._ecart = _ECART
        self.width = s.LARGEUR
        self.height = self._haut_boites + (0 if premiere else _ECART)
        self.spaceBefore = 4 if premiere else 0
        self.spaceAfter = 12 if derniere else 0

    def dessiner(self) -> None:
        """Draws the lines, then the boxes over them."""
        self.canv.setStrokeColor(s.TRAIT)
        self.canv.setLineWidth(0.9)
        places = self._places()
        self._liens(places)
        plume = Plume(self.canv)
        for boite, x in zip(self._boites, places, strict=True):
            boite.dessiner(self.canv, plume, x, self._haut_boites, self._haut_boites, self._fort)
        plume.poser()

    def serrer(self) -> None:
        """Leaves less room to the lines above it."""
        self._ecart = _ECART_SERRE
        self.height = self._haut_boites + (0 if self._premiere else _ECART_SERRE)

    _fort = False

    def _places(self) -> list[float]:
        large = sum(b.large for b in self._boites) + _GOUTTIERE * (len(self._boites) - 1)
        x = (s.LARGEUR - large) / 2
        places = []
        for boite in self._boites:
            places.append(x)
            x += boite.large + _GOUTTIERE
        return places

    def _liens(self, places: Sequence[float]) -> None:
        """Lines of a single row: from the middle of the page to the middle of each box."""
        if self._premiere:
            return
        milieu, bus = s.LARGEUR / 2, self._haut_boites + self._ecart / 2
        centres = [x + b.large / 2 for x, b in zip(places, self._boites, strict=True)]
        self.canv.line(milieu, self.height, milieu, bus)
        self.canv.line(min(*centres, milieu), bus, max(*centres, milieu), bus)
        for x in centres:
            self.canv.line(x, bus, x, self._haut_boites)


class TetePdf(BandePdf):
    """A box alone in the middle, above what it leads."""

    _fort = True

    def _liens(self, places: Sequence[float]) -> None:
        if not self._premiere:
            self.canv.line(s.LARGEUR / 2, self.height, s.LARGEUR / 2, self._haut_boites)


class AppuiPdf(BandePdf):
    """One or two boxes on the sides of the line that goes down: those who advise."""

    def _places(self) -> list[float]:
        return [0.0, s.LARGEUR - self._boites[-1].large][: len(self._boites)]

    def _liens(self, places: Sequence[float]) -> None:
        milieu, y = s.LARGEUR / 2, self._haut_boites / 2
        self.canv.line(milieu, self.height, milieu, 0)
        for boite, x in zip(self._boites, places, strict=True):
            self.canv.line(milieu, y, x + boite.large if x < milieu else x, y)


class RangPdf(BandePdf):
    """A row among several: the line that serves them all goes down on the left."""

    tete = False

    def _places(self) -> list[float]:
        return [_TRONC + 9 + i * (self._boites[0].large + _GOUTTIERE) for i in range(len(self._boites))]

    def _liens(self, places: Sequence[float]) -> None:
        bus = self._haut_boites + self._ecart / 2
        haut = self.height
        if self.tete:
            haut = self.height - 3
            self.canv.line(s.LARGEUR / 2, self.height, s.LARGEUR / 2, haut)
            self.canv.line(_TRONC, haut, s.LARGEUR / 2, haut)
        self.canv.line(_TRONC, haut, _TRONC, bus if self._derniere else 0)
        self.canv.line(_TRONC, bus, places[-1] + self._boites[-1].large / 2, bus)
        for boite, x in zip(self._boites, places, strict=True):
            self.canv.line(x + boite.large / 2, bus, x + boite.large / 2, self._haut_boites)


class EnsemblePdf(BlocPdf):
    """Bands that stay on the same page: the head of a chart and its first row."""

    def __init__(self, bandes: Sequence[BandePdf]) -> None:
        super().__init__()
        self._bandes = bandes
        self.width = s.LARGEUR
        self.height = sum(b.height for b in bandes)
        self.spaceBefore, self.spaceAfter = bandes[0].spaceBefore, bandes[-1].spaceAfter

    def couper(self, haut: float) -> Sequence[BlocPdf]:
        """Cut only when a whole page cannot hold it, between two bands."""
        if self.height <= s.HAUTEUR:
            return ()
        cumul, n = 0.0, 0
        while n < len(self._bandes) and cumul + self._bandes[n].height <= haut:
            cumul += self._bandes[n].height
            n += 1
        if not n:
            return ()
        return [EnsemblePdf(self._bandes[:n]), EnsemblePdf(self._bandes[n:])]

    def dessiner(self) -> None:
        """Draws each band under the one before."""
        y = self.height
        for bande in self._bandes:
            y -= bande.height
            bande.canv = self.canv
            self.canv.saveState()
            self.canv.translate(0, y)
            bande.dessiner()
            self.canv.restoreState()


def composer(organigramme: Organigramme, nettoyer: Nettoyeur) -> list[Flowable]:
    """The chart set for the width of the page: head and first row together, then one flowable per row, the last two together."""
    bandes = list(_bandes(organigramme.racine, nettoyer, True, True))
    if sum(b.height for b in bandes) > s.HAUTEUR * _HAUT:
        for bande in bandes:
            bande.serrer()
    tete = next((i for i, b in enumerate(bandes) if type(b) in (BandePdf, RangPdf)), len(bandes) - 1)
    suite: list[Flowable] = list(bandes[tete + 1 :])
    # A row of boxes never begins a page alone.
    if len(suite) > 1:
        suite[-2:] = [EnsemblePdf(bandes[-2:])]
    return [EnsemblePdf(bandes[: tete + 1]), *suite]


def _bandes(boite: Boite, nettoyer: Nettoyeur, premiere: bool, derniere: bool) -> Iterator[BandePdf]:
    feuilles = [e for e in boite.enfants if not e.enfants]
    menees = [e for e in boite.enfants if e.enfants]
    yield TetePdf([_mettre(boite, s.LARGEUR * 0.58, nettoyer)], premiere, derniere and not boite.enfants)
    if not menees:
        yield from _rangs(feuilles, nettoyer, derniere)
        return
    large = (s.LARGEUR - 40) / 2
    for i in range(0, len(feuilles), 2):
        yield AppuiPdf([_mettre(f, large, nettoyer) for f in feuilles[i : i + 2]], False, False)
    for i, menee in enumerate(menees):
        yield from _bandes(menee, nettoyer, False, derniere and i == len(menees) - 1)


def _rangs(boites: Sequence[Boite], nettoyer: Nettoyeur, derniere: bool) -> Iterator[BandePdf]:
    if not boites:
        return
    if len(boites) <= _COLONNES + 1:
        n = len(boites)
        large = min((s.LARGEUR - _GOUTTIERE * (n - 1)) / n, s.LARGEUR * 0.46)
        yield BandePdf([_mettre(b, large, nettoyer) for b in boites], False, derniere)
        return
    large = (s.LARGEUR - _TRONC - 9 - _GOUTTIERE * (_COLONNES - 1)) / _COLONNES
    for i in range(0, len(boites), _COLONNES):
        fin = i + _COLONNES >= len(boites)
        rang = RangPdf([_mettre(b, large, nettoyer) for b in boites[i : i + _COLONNES]], False, fin)
        rang.tete = i == 0
        yield rang
