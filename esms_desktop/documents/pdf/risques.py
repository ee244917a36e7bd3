"""The figures of the maps of risks on the page: matrices that grow with their risks, heat map that follows from page to page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from esms_desktop import francais
from esms_desktop.documents.arbre.arbre_risques import (
    CarteChaude,
    CaseChaude,
    CaseMatrice,
    LigneChaude,
    Matrice,
    Matrices,
    Teinte,
)
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.morceaux import BlocPdf, rangs_du_premier
from esms_desktop.documents.pdf.polices import GRAS, NORMAL, Nettoyeur, largeur
from esms_desktop.documents.pdf.texte import Ligne, Plume, fragments, lignes

_CORPS, _HAUT = 7.2, 9.2
_CORPS_MARQUE = 7.2
_CORPS_TITRE = 8.8
_CORPS_LEGENDE = 7.4
_LEGENDE = 20.0
_ECART_MATRICES = 12.0
# A matrix: its title and the name of the vertical axis above it, the name of the other below.
_TETE, _PIED = 30.0, 14.0
_LARGE_NIVEAUX = 45.0
_JOUR = 2.0
_CASE_MIN = 36.0
# A mark: white on ink, as wide as its number.
_MARQUE_H, _MARQUE_PAD, _MARQUE_ECART = 13.0, 2.6, 2.0
_CASE_PAD = 2.0
_COIN = 9.0
_LIBELLE = 132.0
_RANG_MIN = 21.0


def _ligne(texte: str, police: str, corps: float, nettoyer: Nettoyeur) -> Ligne:
    """Our own words on one line."""
    return lignes(fragments(texte, nettoyer, en_gras=police == GRAS), corps, s.LARGEUR)[0]


def _legende(c: Canvas, plume: Plume, legende: Sequence[Teinte], y: float, nettoyer: Nettoyeur) -> None:
    """The levels: a swatch and its words, one after the other."""
    x = 0.0
    for teinte in legende:
        c.setFillColor(s.RISQUES[teinte.niveau])
        c.setStrokeColor(s.TRAIT)
        c.setLineWidth(0.4)
        c.roundRect(x, y - 1.6, 12, 8.5, 1.5, stroke=1, fill=1)
        ligne = _ligne(teinte.texte, NORMAL, _CORPS_LEGENDE, nettoyer)
        plume.ecrire(ligne, x + 16, y, s.LARGEUR, _CORPS_LEGENDE, couleur=s.DISCRET)
        x += 16 + sum(large for _, large in ligne) + 16


@dataclass(frozen=True)
class _Grille:
    """A matrix set for its width: the height of its rows, the words of its scales."""

    matrice: Matrice
    large: float
    cote: float
    hauteurs: tuple[float, ...]
    lignes: tuple[tuple[Ligne, ...], ...]
    colonnes: tuple[tuple[Ligne, ...], ...]

    @property
    def pied(self) -> float:
        return max(len(c) for c in self.colonnes) * _HAUT + 6 + _PIED

    @property
    def hauteur(self) -> float:
        return _TETE + sum(self.hauteurs) + self.pied


def _rangs_de_marques(case: CaseMatrice, cote: float) -> list[list[str]]:
    """The marks of a cell, as many on a line as its width takes."""
    rangs: list[list[str]] = []
    reste = 0.0
    for marque in case.marques:
        large = _large_marque(marque) + _MARQUE_ECART
        if not rangs or large > reste + _MARQUE_ECART:
            rangs.append([])
            reste = cote - 2 * _CASE_PAD
        rangs[-1].append(marque)
        reste -= large
    return rangs


def _large_marque(marque: str) -> float:
    # Never narrower than high.
    return max(largeur(marque, GRAS, _CORPS_MARQUE) + 2 * _MARQUE_PAD, _MARQUE_H)


def _mettre(matrice: Matrice, bloc: Matrices, large: float, nettoyer: Nettoyeur) -> _Grille:
    cote = (large - _LARGE_NIVEAUX) / 4 - _JOUR
    libelles = tuple(lignes(fragments(t, nettoyer), _CORPS, _LARGE_NIVEAUX - 6) for t in bloc.lignes)
    colonnes = tuple(lignes(fragments(t, nettoyer), _CORPS, cote - 2) for t in bloc.colonnes)
    hauteurs = []
    for rang, textes in zip(matrice.rangees, libelles, strict=True):
        marques = max(len(_rangs_de_marques(case, cote)) for case in rang)
        voulu = _COIN + 2 * _CASE_PAD + marques * (_MARQUE_H + _MARQUE_ECART)
        hauteurs.append(max(_CASE_MIN, voulu, len(textes) * _HAUT + 6) + _JOUR)
    return _Grille(matrice, large, cote, tuple(hauteurs), libelles, colonnes)


class MatricesPdf(BlocPdf):
    """One or two matrices on a row, never cut; `legende` under the last row."""

    def __init__(
        self, grilles: Sequence[_Grille], bloc: Matrices, nettoyer: Nettoyeur, legende: bool
    ) -> None:
        super().__init__()
        # Two matrices of a row share the height of their rows: the same risk moves to the same height.
        communes = tuple(max(h) for h in zip(*(g.hauteurs for g in grilles), strict=True))
        self._grilles = [replace(g, hauteurs=communes) for g in grilles]
        self._bloc, self._nettoyer, self._legende = bloc, nettoyer, legende
        self.width = s.LARGEUR
        self.height = max(g.hauteur for g in self._grilles) + (_LEGENDE if legende else 0)
        self.spaceBefore, self.spaceAfter = 4, 10

    def dessiner(self) -> None:
        """Draws the grids, then the marks, then the words."""
        plume = Plume(self.canv)
        x = 0.0
        for grille in self._grilles:
            self._dessiner(grille, x, plume)
            x += grille.large + _ECART_MATRICES
        if self._legende:
            _legende(self.canv, plume, self._bloc.legende, 6, self._nettoyer)
        plume.poser()

    def _dessiner(self, g: _Grille, x: float, plume: Plume) -> None:
        titre = _ligne(g.matrice.titre, GRAS, _CORPS_TITRE, self._nettoyer)
        plume.ecrire(titre, x, self.height - 10, g.large, _CORPS_TITRE)
        axe = _ligne(f"{self._bloc.axe_lignes} ↑", NORMAL, _CORPS, self._nettoyer)
        plume.ecrire(axe, x, self.height - 24, g.large, _CORPS, couleur=s.DISCRET)
        gauche, y = x + _LARGE_NIVEAUX, self.height - _TETE
        # From the highest probability down.
        for rang in reversed(range(4)):
            haut = g.hauteurs[rang]
            milieu = y - haut / 2 + len(g.lignes[rang]) * _HAUT / 2 - 7
            for i, ligne in enumerate(g.lignes[rang]):
                plume.ecrire(ligne, x, milieu - i * _HAUT, _LARGE_NIVEAUX - 6, _CORPS, "droite", s.DISCRET)
            for i, case in enumerate(g.matrice.rangees[rang]):
                self._case(case, gauche + i * (g.cote + _JOUR), y, g.cote, haut - _JOUR, plume)
            y -= haut
        for i, textes in enumerate(g.colonnes):
            for j, ligne in enumerate(textes):
                depart = gauche + i * (g.cote + _JOUR)
                plume.ecrire(ligne, depart, y - 9 - j * _HAUT, g.cote, _CORPS, "centre", s.DISCRET)
        axe = _ligne(f"{self._bloc.axe_colonnes} →", NORMAL, _CORPS, self._nettoyer)
        bas = y - g.pied + _PIED - 6
        plume.ecrire(axe, gauche, bas, g.large - _LARGE_NIVEAUX, _CORPS, "droite", s.DISCRET)

    def _case(
        self, case: CaseMatrice, x: float, haut: float, cote: float, hauteur: float, plume: Plume
    ) -> None:
        c = self.canv
        c.setFillColor(s.RISQUES[case.niveau])
        c.roundRect(x, haut - hauteur, cote, hauteur, 3, stroke=0, fill=1)
        coin = _ligne(str(case.criticite), NORMAL, 6.4, self._nettoyer)
        plume.ecrire(coin, x, haut - 8.2, cote - 3.5, 6.4, "droite")
        rangs = _rangs_de_marques(case, cote)
        pas = _MARQUE_H + _MARQUE_ECART
        y = haut - _COIN - (hauteur - _COIN - len(rangs) * pas) / 2
        for marques in rangs:
            larges = [_large_marque(m) for m in marques]
            depart = x + (cote - sum(larges) - _MARQUE_ECART * (len(marques) - 1)) / 2
            for marque, large in zip(marques, larges, strict=True):
                c.setFillColor(s.ENCRE)
                c.roundRect(depart, y - _MARQUE_H, large, _MARQUE_H, _MARQUE_H / 2, stroke=0, fill=1)
                ligne = _ligne(marque, GRAS, _CORPS_MARQUE, self._nettoyer)
                plume.ecrire(ligne, depart, y - 9.4, large, _CORPS_MARQUE, "centre", s.BLANC)
                depart += large + _MARQUE_ECART
            y -= pas


def composer_matrices(bloc: Matrices, nettoyer: Nettoyeur) -> list[Flowable]:
    """The matrices side by side when they are low enough, else one under the other; too full for a page, they count."""
    etroit = (s.LARGEUR - _ECART_MATRICES) / 2
    ensemble = [_mettre(m, bloc, etroit, nettoyer) for m in bloc.matrices]
    if max(g.hauteur for g in ensemble) <= s.HAUTEUR * 0.5:
        return [MatricesPdf(ensemble, bloc, nettoyer, legende=True)]
    rangees = []
    for i, matrice in enumerate(bloc.matrices):
        grille = _mettre(matrice, bloc, s.LARGEUR, nettoyer)
        if grille.hauteur + _LEGENDE > s.HAUTEUR * 0.9:
            grille = _mettre(_compter(matrice), bloc, s.LARGEUR, nettoyer)
        rangees.append(MatricesPdf([grille], bloc, nettoyer, legende=i == len(bloc.matrices) - 1))
    return list(rangees)


def _compter(matrice: Matrice) -> Matrice:
    """The matrix with how many risks each cell holds: the table beside it names them."""

    def compter(case: CaseMatrice) -> CaseMatrice:
        n = len(case.marques)
        return replace(case, marques=(francais.pluriel(n, "risque"),) if n else ())

    return replace(matrice, rangees=tuple(tuple(map(compter, rang)) for rang in matrice.rangees))


@dataclass(frozen=True)
class _RangChaud:
    """A row set: its label in lines, its cells."""

    ligne: LigneChaude
    textes: tuple[Ligne, ...]

    @property
    def hauteur(self) -> float:
        return max(len(self.textes) * _HAUT + 6, _RANG_MIN)


class CarteChaudePdf(BlocPdf):
    """The heat map; cut between two rows, its header is written again."""

    def __init__(self, bloc: CarteChaude, rangs: Sequence[_RangChaud], nettoyer: Nettoyeur) -> None:
        super().__init__()
        self._bloc, self._rangs, self._nettoyer = bloc, rangs, nettoyer
        # Headers stand upright: as high as the longest.
        self._entete = max(largeur(nettoyer(t), GRAS, _CORPS) for t in bloc.colonnes) + 10
        self._pas = (s.LARGEUR - _LIBELLE) / len(bloc.colonnes)
        self.width = s.LARGEUR
        self.height = self._entete + sum(r.hauteur for r in rangs) + _LEGENDE
        self.spaceBefore, self.spaceAfter = 4, 10

    @property
    def minimum(self) -> float:
        """Height of the smallest piece that may begin on a page: all of it when short, else the header and three rows."""
        if self.height < s.HAUTEUR * 0.4:
            return float(self.height)
        return float(self._entete + sum(r.hauteur for r in self._rangs[:3]) + _LEGENDE)

    def couper(self, haut: float) -> Sequence[BlocPdf]:
        """Whole rows on both sides, never one alone."""
        n = rangs_du_premier([r.hauteur for r in self._rangs], self._entete + _LEGENDE, haut)
        if not n:
            return ()
        return [CarteChaudePdf(self._bloc, r, self._nettoyer) for r in (self._rangs[:n], self._rangs[n:])]

    def dessiner(self) -> None:
        """Draws the header upright, the rows, the legend."""
        c, plume = self.canv, Plume(self.canv)
        y = self.height - self._entete
        coin = _ligne(self._bloc.coin, GRAS, _CORPS, self._nettoyer)
        plume.ecrire(coin, 2, y + 5, _LIBELLE, _CORPS, couleur=s.DISCRET)
        for i, texte in enumerate(self._bloc.colonnes):
            c.saveState()
            c.translate(_LIBELLE + (i + 0.5) * self._pas + _CORPS * 0.35, y + 5)
            c.rotate(90)
            c.setFont(GRAS, _CORPS)
            c.setFillColor(s.DISCRET)
            c.drawString(0, 0, self._nettoyer(texte))
            c.restoreState()
        c.setStrokeColor(s.ACCENT)
        c.setLineWidth(0.9)
        c.line(0, y, self.width, y)
        for rang in self._rangs:
            self._rang(rang, y, plume)
            y -= rang.hauteur
        _legende(c, plume, self._bloc.legende, 6, self._nettoyer)
        plume.poser()

    def _rang(self, rang: _RangChaud, y: float, plume: Plume) -> None:
        c, hauteur = self.canv, rang.hauteur
        milieu = y - hauteur / 2 + len(rang.textes) * _HAUT / 2 - 7
        for i, ligne in enumerate(rang.textes):
            plume.ecrire(ligne, 2, milieu - i * _HAUT, _LIBELLE - 8, _CORPS)
        for i, case in enumerate(rang.ligne.cases):
            self._case(case, _LIBELLE + i * self._pas, y, hauteur, plume)
        c.setStrokeColor(s.FILET)
        c.setLineWidth(0.5)
        c.line(0, y - hauteur, self.width, y - hauteur)

    def _case(self, case: CaseChaude, x: float, y: float, hauteur: float, plume: Plume) -> None:
        fort = case.niveau is not None
        if case.niveau is not None:
            self.canv.setFillColor(s.RISQUES[case.niveau])
            self.canv.roundRect(x + 1.5, y - hauteur + 1.5, self._pas - 3, hauteur - 3, 2.5, stroke=0, fill=1)
        textes = lignes(fragments(case.texte, self._nettoyer, en_gras=fort), 6.8, self._pas - 4)
        milieu = y - hauteur / 2 + len(textes) * 7.8 / 2 - 6
        for i, ligne in enumerate(textes):
            couleur = s.ENCRE if fort else s.DISCRET
            plume.ecrire(ligne, x + 2, milieu - i * 7.8, self._pas - 4, 6.8, "centre", couleur)


def composer_carte(bloc: CarteChaude, nettoyer: Nettoyeur) -> CarteChaudePdf:
    """The heat map set for the width of the page."""
    rangs = [
        _RangChaud(
            ligne, lignes(fragments(ligne.libelle, nettoyer, en_gras=ligne.fort), _CORPS, _LIBELLE - 8)
        )
        for ligne in bloc.lignes
    ]
    return CarteChaudePdf(bloc, rangs, nettoyer)
