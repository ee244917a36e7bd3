"""A table on the page: columns that fit their words, rows never cut, the header on each page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from reportlab.lib.colors import Color

from esms_desktop.documents.arbre.arbre import Alignement, Contenu, Tableau
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.morceaux import BlocPdf
from esms_desktop.documents.pdf.polices import Nettoyeur
from esms_desktop.documents.pdf.texte import Exigence, Fragment, Ligne, Plume, exigence, fragments, lignes

_PAD_X = 4.5
_PAD_Y = 4.0
# The same, in a dense table, and what is left of its lines' height.
_PAD_DENSE, _PAS_DENSE = 1.6, 0.93
_MONTANTE = 8.3
# A table lower than this share of the page is not cut.
_PETIT = 0.34
# A header or a total takes no more than this share of the page.
_BORD = 0.3
# More lines than that in a cell: the other columns leave it what they do not need.
_LIGNES_MAX = 3
# Share of the width a name with hyphens may ask for to stand on one line.
_NOM_MAX = 0.2
# A column is never narrower than some letters.
_COLONNE_MIN = 20.0

Cellules = tuple[tuple[Fragment, ...], ...]


def _blanc_et_pas(dense: bool) -> tuple[float, float]:
    """The white above and under the words of a row, and from one of their lines to the next."""
    return (_PAD_DENSE, s.INTERLIGNE_TABLEAU * _PAS_DENSE) if dense else (_PAD_Y, s.INTERLIGNE_TABLEAU)


@dataclass(frozen=True)
class Rangee:
    """A row set into lines: one list of lines per cell, and its height in points."""

    cellules: tuple[tuple[Ligne, ...], ...]
    hauteur: float


def _rangee(cellules: Sequence[tuple[Ligne, ...]], interligne: float, blanc: float) -> Rangee:
    return Rangee(tuple(cellules), max(len(c) for c in cellules) * interligne + 2 * blanc)


def largeurs(
    demandees: Sequence[float], minimales: Sequence[float], planchers: Sequence[float], place: float
) -> list[float]:
    """Widths in points that add up to `place`: as asked, but no column under its widest word while others can give.

    Where the words do not all fit, they give before what is never broken (`planchers`).
    """
    somme = sum(demandees)
    resultat = [place * d / somme for d in demandees]
    if sum(planchers) >= place:
        return [place * p / sum(planchers) for p in planchers]
    if sum(minimales) >= place:
        part = (place - sum(planchers)) / (sum(minimales) - sum(planchers))
        return [p + (m - p) * part for m, p in zip(minimales, planchers, strict=True)]
    fixes: set[int] = set()
    while True:
        serrees = {i for i, large in enumerate(resultat) if i not in fixes and large < minimales[i]}
        if not serrees:
            return resultat
        fixes |= serrees
        libre = place - sum(minimales[i] for i in fixes)
        part = sum(demandees[i] for i in range(len(demandees)) if i not in fixes)
        resultat = [
            minimales[i] if i in fixes else libre * demandees[i] / part for i in range(len(demandees))
        ]


class TableauPdf(BlocPdf):
    """The table as a flowable; splitting it leaves whole rows on both sides."""

    def __init__(
        self,
        colonnes: Sequence[float],
        alignements: Sequence[Alignement],
        entete: Rangee,
        rangees: Sequence[Rangee],
        total: Rangee | None,
        dense: bool = False,
    ) -> None:
        super().__init__()
        self.dense = dense
        self.blanc, self.pas = _blanc_et_pas(dense)
        self.colonnes = colonnes
        self.alignements = alignements
        self.entete = entete
        self.rangees = rangees
        self.total = total
        self.spaceBefore = 3
        self.spaceAfter = 11 if total is not None or rangees else 6
        # Room asked under the last row, for the note that goes with the table.
        self.suite = 0.0
        self.width = sum(colonnes)
        self.height = entete.hauteur + sum(r.hauteur for r in rangees) + (total.hauteur if total else 0)

    def serrer(self, blanc: float) -> None:
        """Keeps that share of the white above and under the words of each row, and no less than a dense table does."""
        reste = max(self.blanc * blanc, min(self.blanc, _PAD_DENSE + 0.8))
        moins, self.blanc = 2 * (self.blanc - reste), reste
        self.entete = replace(self.entete, hauteur=self.entete.hauteur - moins)
        self.rangees = [replace(r, hauteur=r.hauteur - moins) for r in self.rangees]
        self.total = replace(self.total, hauteur=self.total.hauteur - moins) if self.total else None
        self.height -= moins * (1 + len(self.rangees) + bool(self.total))

    @property
    def minimum(self) -> float:
        """Height of the smallest piece that may begin on a page: a small table whole, else its header and two rows."""
        if self.height <= s.HAUTEUR * _PETIT:
            return float(self.height) + self.suite
        fin = self.total.hauteur if self.total and len(self.rangees) < 3 else 0
        return self.entete.hauteur + sum(r.hauteur for r in self.rangees[:2]) + fin

    def wrap(self, _large: float, haut: float) -> tuple[float, float]:
        """The size of the table, known since it was built; a little more than the page has left when its note would go alone."""
        if self.height <= haut < self.height + self.suite and len(self.rangees) > 2:
            return self.width, haut + 1
        return self.width, self.height

    def couper(self, haut: float) -> Sequence[BlocPdf]:
        """The rows that fit, then the others. The total never stands without the row before it."""
        cumul, n = self.entete.hauteur, 0
        for rangee in self.rangees:
            if cumul + rangee.hauteur > haut:
                break
            cumul += rangee.hauteur
            n += 1
        # Neither a total nor a last row goes to the next page alone.
        reste = len(self.rangees) - n
        if reste == 0 or (reste == 1 and n > 2):
            n -= 1 if reste or self.total else min(2, n)
        if n < 1:
            return ()
        debut = self._morceau(self.rangees[:n], None)
        suite = self._morceau(self.rangees[n:], self.total)
        suite.suite = self.suite
        return [debut, suite]

    def _morceau(self, rangees: Sequence[Rangee], total: Rangee | None) -> "TableauPdf":
        morceau = TableauPdf(self.colonnes, self.alignements, self.entete, rangees, total, self.dense)
        morceau.blanc = self.blanc
        return morceau

    def dessiner(self) -> None:
        """Draws header, rows and total from the top."""
        c = self.canv
        y = self.height
        plume = Plume(c)
        c.setLineCap(0)
        c.setFillColor(s.FOND)
        c.rect(0, y - self.entete.hauteur, self.width, self.entete.hauteur, stroke=0, fill=1)
        self._ecrire(plume, self.entete, y, s.DISCRET)
        y -= self.entete.hauteur
        c.setStrokeColor(s.ACCENT)
        c.setLineWidth(0.9)
        c.line(0, y, self.width, y)
        for rangee in self.rangees:
            self._ecrire(plume, rangee, y, s.ENCRE)
            y -= rangee.hauteur
            c.setStrokeColor(s.FILET)
            c.setLineWidth(0.5)
            c.line(0, y, self.width, y)
        if self.total:
            c.setFillColor(s.FOND_ACCENT)
            c.rect(0, y - self.total.hauteur, self.width, self.total.hauteur, stroke=0, fill=1)
            c.setStrokeColor(s.ACCENT)
            c.setLineWidth(0.9)
            c.line(0, y, self.width, y)
            self._ecrire(plume, self.total, y, s.ENCRE)
        plume.poser()

    def _ecrire(self, plume: Plume, rangee: Rangee, haut: float, couleur: Color) -> None:
        x = 0.0
        for contenu, large, alignement in zip(rangee.cellules, self.colonnes, self.alignements, strict=True):
            y = haut - self.blanc - _MONTANTE
            for ligne in contenu:
                plume.ecrire(ligne, x + _PAD_X, y, large - 2 * _PAD_X, s.CORPS_TABLEAU, alignement, couleur)
                y -= self.pas
            x += large


def _decouper(rangee: Rangee, maximum: float, pas: float, blanc: float) -> list[Rangee]:
    """A row too high for a page, as several rows that follow each other; otherwise the row itself."""
    if rangee.hauteur <= maximum:
        return [rangee]
    par_rangee = int((maximum - 2 * blanc) // pas)
    nombre = max(len(c) for c in rangee.cellules)
    return [
        _rangee([c[i : i + par_rangee] or ((),) for c in rangee.cellules], pas, blanc)
        for i in range(0, nombre, par_rangee)
    ]


@dataclass(frozen=True)
class _Essai:
    """A way to give each column its width: share of the width one word may ask for, names cut at hyphens or not."""

    part: float
    traits: bool

    def plancher(self, e: Exigence) -> float:
        """Under it, something that is never broken would be; a column is never narrower than some letters either."""
        return max(e.entier * s.CORPS_TABLEAU, min(e.mot * s.CORPS_TABLEAU, _COLONNE_MIN)) + 2 * _PAD_X + 0.1

    def minimum(self, e: Exigence) -> float:
        """Under it, a word would be cut."""
        mot = min(e.partie * s.CORPS_TABLEAU, s.LARGEUR * self.part)
        if not self.traits:
            mot = max(mot, min(e.mot * s.CORPS_TABLEAU, s.LARGEUR * _NOM_MAX))
        return max(mot + 2 * _PAD_X + 0.1, self.plancher(e))


# What is tried, the first that holds kept. Letters are never smaller: a table too wide goes on below.
_ESSAIS = (
    _Essai(0.34, traits=False),
    _Essai(0.34, traits=True),
    _Essai(0.2, traits=True),
)


def composer(tableau: Tableau, nettoyer: Nettoyeur) -> list[tuple[Tableau, TableauPdf]]:
    """The table set for the width of the page: each part of it with its drawing. An empty table says so in its only row.

    One part, unless what is never broken asks for more than the page: then groups of columns, the first column in each.
    A header or a total that would take most of a page is told in rows; what is left of it stands at its place.
    """
    entete = tuple(fragments(c.entete, nettoyer, en_gras=True) for c in tableau.colonnes)
    contenus = [tuple(fragments(c, nettoyer) for c in ligne) for ligne in tableau.lignes]
    if not contenus:
        vide = ("—",) + ("",) * (len(tableau.colonnes) - 1)
        contenus = [tuple(fragments(c, nettoyer) for c in vide)]
    total = tuple(fragments(c, nettoyer, en_gras=True) for c in tableau.total) if tableau.total else None
    toutes: list[Cellules] = [entete, *contenus, *([total] if total else [])]
    voulues = [reduce(Exigence.avec, map(exigence, colonne)) for colonne in zip(*toutes, strict=True)]
    # Rather a table in two parts than a word cut.
    if sum(map(_ESSAIS[-1].minimum, voulues)) > s.LARGEUR and len(voulues) > 2:
        return [p for g in _groupes(voulues) for p in composer(_extraire(tableau, g), nettoyer)]
    colonnes = _mettre_au_large(tableau, voulues)
    blanc, pas = _blanc_et_pas(tableau.dense)

    def mettre(cellules: Cellules) -> Rangee:
        mises = [
            lignes(c, s.CORPS_TABLEAU, large - 2 * _PAD_X)
            for c, large in zip(cellules, colonnes, strict=True)
        ]
        return _rangee(mises, pas, blanc)

    tete, *suite_tete = _decouper(mettre(entete), s.HAUTEUR * _BORD, pas, blanc)
    *debut_pied, pied = _decouper(mettre(total), s.HAUTEUR * _BORD, pas, blanc) if total else [None]
    maximum = s.HAUTEUR - tete.hauteur - (pied.hauteur if pied else 0) - 12
    dessin = TableauPdf(
        colonnes,
        [c.alignement for c in tableau.colonnes],
        tete,
        [
            *suite_tete,
            *(r for cellules in contenus for r in _decouper(mettre(cellules), maximum, pas, blanc)),
            *(r for r in debut_pied if r is not None),
        ],
        pied,
        tableau.dense,
    )
    return [(tableau, dessin)]


def _mettre_au_large(tableau: Tableau, voulues: Sequence[Exigence]) -> list[float]:
    """The widths of the columns: no word cut if it can be, nothing else in any case."""
    tient = (e for e in _ESSAIS if sum(map(e.minimum, voulues)) <= s.LARGEUR)
    sans_mot = (e for e in _ESSAIS if sum(map(e.plancher, voulues)) <= s.LARGEUR)
    essai = next(tient, None) or next(sans_mot, _ESSAIS[-1])
    minimales, planchers = list(map(essai.minimum, voulues)), list(map(essai.plancher, voulues))
    return largeurs(_a_leur_aise(tableau, voulues), minimales, planchers, s.LARGEUR)


def _a_leur_aise(tableau: Tableau, voulues: Sequence[Exigence]) -> list[float]:
    """The widths asked for; where a text would take many lines, the columns that have more than they need give it."""
    somme = sum(c.largeur for c in tableau.colonnes)
    demandees = [s.LARGEUR * c.largeur / somme for c in tableau.colonnes]
    aises = [e.ligne * s.CORPS_TABLEAU + 2 * _PAD_X + 0.1 for e in voulues]
    if not any(a > d * _LIGNES_MAX for a, d in zip(aises, demandees, strict=True)):
        return demandees
    serrees = [i for i, a in enumerate(aises) if a > demandees[i]]
    donne = sum(demandees[i] - a for i, a in enumerate(aises) if i not in serrees)
    part = 1 + donne / sum(demandees[i] for i in serrees)
    return [demandees[i] * part if i in serrees else a for i, a in enumerate(aises)]


def _groupes(voulues: Sequence[Exigence]) -> list[list[int]]:
    """The columns of each part of a table too wide: the first one, then as many as fit at the usual size."""
    larges = [_ESSAIS[2].minimum(e) for e in voulues]
    groupes = [[0]]
    for i in range(1, len(larges)):
        if len(groupes[-1]) > 1 and sum(larges[j] for j in groupes[-1]) + larges[i] > s.LARGEUR:
            groupes.append([0])
        groupes[-1].append(i)
    return groupes


def _extraire(tableau: Tableau, rangs: Sequence[int]) -> Tableau:
    def prendre(cellules: Sequence[Contenu]) -> tuple[Contenu, ...]:
        return tuple(cellules[i] for i in rangs)

    return Tableau(
        tuple(tableau.colonnes[i] for i in rangs),
        tuple(map(prendre, tableau.lignes)),
        prendre(tableau.total) if tableau.total else None,
        tableau.dense,
    )
