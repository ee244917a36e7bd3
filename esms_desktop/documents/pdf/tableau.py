"""A table on the page: columns that fit their words, rows never cut, the header on each page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from reportlab.lib.colors import Color

from esms_desktop.documents.arbre.arbre import Alignement, Contenu, Tableau, texte_brut
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
# A row higher than that, in points, may be the only one of its table on a page.
_HAUTE = 64.0
# A header or a total takes no more than this share of the page.
_BORD = 0.3
# What a column that does not need all its width keeps of it, past its words.
_AISE = 1.0
# White between numbers on the right of their column and words on the left of the next.
_GOUTTIERE = 7.0
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


def _intertitre(rangee: Rangee) -> bool:
    """Whether a row of several cells has words in one of them only."""
    return len(rangee.cellules) > 2 and sum(any(ligne for ligne in c) for c in rangee.cellules) == 1


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
        self.retraits = retraits(alignements)
        # How many columns the label of the total stands over.
        self.couvre = 1
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
        """Height of the smallest piece that may begin on a page: a small table whole, else its header and two rows, or a high one."""
        if self.height <= s.HAUTEUR * _PETIT:
            return float(self.height) + self.suite
        fin = self.total.hauteur if self.total and len(self.rangees) < 3 else 0
        # A row as high as a paragraph stands by itself.
        combien = 1 if self.rangees[0].hauteur > _HAUTE else 2
        return self.entete.hauteur + sum(r.hauteur for r in self.rangees[:combien]) + fin

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
        # The words above some rows go with them.
        while n > 1 and _intertitre(self.rangees[n - 1]):
            n -= 1
        if n < 1:
            return ()
        debut = self._morceau(self.rangees[:n], None)
        suite = self._morceau(self.rangees[n:], self.total)
        suite.suite = self.suite
        return [debut, suite]

    def _morceau(self, rangees: Sequence[Rangee], total: Rangee | None) -> "TableauPdf":
        morceau = TableauPdf(self.colonnes, self.alignements, self.entete, rangees, total, self.dense)
        morceau.blanc, morceau.couvre = self.blanc, self.couvre
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
            self._ecrire(plume, self.total, y, s.ENCRE, self.couvre)
        plume.poser()

    def _ecrire(self, plume: Plume, rangee: Rangee, haut: float, couleur: Color, couvre: int = 1) -> None:
        x = 0.0
        alignements = ["gauche", *self.alignements[1:]] if couvre > 1 else self.alignements
        for contenu, large, alignement, retrait in zip(
            rangee.cellules, self.colonnes, alignements, self.retraits, strict=True
        ):
            y = haut - self.blanc - _MONTANTE
            place = large - 2 * _PAD_X - retrait
            for ligne in contenu:
                plume.ecrire(ligne, x + _PAD_X, y, place, s.CORPS_TABLEAU, alignement, couleur)
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
    # The label of a total stands over the empty cells that follow it: it asks no width of its own column.
    couvre = couverture(tableau.total)
    chiffres = [((), *total[1:])] if total and couvre > 1 else [total] if total else []
    toutes: list[Cellules] = [entete, *contenus, *chiffres]
    voulues = [reduce(Exigence.avec, map(exigence, colonne)) for colonne in zip(*toutes, strict=True)]
    # Rather a table in two parts than a word cut.
    marges = retraits([c.alignement for c in tableau.colonnes])
    if sum(map(_ESSAIS[-1].minimum, voulues)) + sum(marges) > s.LARGEUR and len(voulues) > 2:
        return [p for g in _groupes(voulues, marges) for p in composer(_extraire(tableau, g), nettoyer)]
    colonnes = _mettre_au_large(tableau, voulues, marges)
    blanc, pas = _blanc_et_pas(tableau.dense)

    def mettre(cellules: Cellules, couvre: int = 1) -> Rangee:
        larges = [c - r for c, r in zip(colonnes, marges, strict=True)]
        larges[0] = sum(colonnes[:couvre]) - marges[couvre - 1]
        mises = [
            lignes(c, s.CORPS_TABLEAU, large - 2 * _PAD_X) for c, large in zip(cellules, larges, strict=True)
        ]
        return _rangee(mises, pas, blanc)

    tete, *suite_tete = _decouper(mettre(entete), s.HAUTEUR * _BORD, pas, blanc)
    *debut_pied, pied = _decouper(mettre(total, couvre), s.HAUTEUR * _BORD, pas, blanc) if total else [None]
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
    dessin.couvre = couvre
    return [(tableau, dessin)]


def couverture(total: Sequence[Contenu] | None) -> int:
    """How many columns the label of a total stands over: its own and the empty ones after it."""
    suite = total[1:] if total else ()
    return 1 + next((i for i, c in enumerate(suite) if texte_brut(c)), len(suite))


def retraits(alignements: Sequence[Alignement]) -> list[float]:
    """White kept on the right of each column: a number does not touch the words of the next column."""
    suivants = [*alignements[1:], "droite"]
    return [
        _GOUTTIERE if a == "droite" and suivant == "gauche" else 0.0
        for a, suivant in zip(alignements, suivants, strict=True)
    ]


def _mettre_au_large(tableau: Tableau, voulues: Sequence[Exigence], marges: Sequence[float]) -> list[float]:
    """The widths of the columns: no word cut if it can be, nothing else in any case."""
    place = s.LARGEUR - sum(marges)
    tient = (e for e in _ESSAIS if sum(map(e.minimum, voulues)) <= place)
    sans_mot = (e for e in _ESSAIS if sum(map(e.plancher, voulues)) <= place)
    essai = next(tient, None) or next(sans_mot, _ESSAIS[-1])
    minimales, planchers = list(map(essai.minimum, voulues)), list(map(essai.plancher, voulues))
    larges = largeurs(_a_leur_aise(tableau, voulues, minimales, place), minimales, planchers, place)
    return [large + marge for large, marge in zip(larges, marges, strict=True)]


def _a_leur_aise(
    tableau: Tableau, voulues: Sequence[Exigence], minimales: Sequence[float], place: float
) -> list[float]:
    """The widths asked for; where a text would take several lines, the columns that have more than they need give it."""
    somme = sum(c.largeur for c in tableau.colonnes)
    demandees = [place * c.largeur / somme for c in tableau.colonnes]
    aises = [e.ligne * s.CORPS_TABLEAU + 2 * _PAD_X + _AISE for e in voulues]
    serrees = [i for i, a in enumerate(aises) if a > demandees[i] + _AISE]
    # Those whose words fit keep what they need; the others share the rest, each no more than its words take.
    resultat = [
        m if i in serrees else max(min(d, a), m)
        for i, (d, a, m) in enumerate(zip(demandees, aises, minimales, strict=True))
    ]
    donne = place - sum(resultat)
    if not serrees or donne < 0:
        return demandees
    while donne > 0.5 and serrees:
        part = donne / sum(demandees[i] for i in serrees)
        pris = {i: min(demandees[i] * part, aises[i] - resultat[i]) for i in serrees}
        for i, large in pris.items():
            resultat[i] += large
        donne -= sum(pris.values())
        serrees = [i for i in serrees if aises[i] - resultat[i] > 0.5]
    # What nobody needs goes back to all, as asked.
    return [large + d * donne / place for large, d in zip(resultat, demandees, strict=True)]


def _groupes(voulues: Sequence[Exigence], marges: Sequence[float]) -> list[list[int]]:
    """The columns of each part of a table too wide: the first one, then as many as fit at the usual size."""
    larges = [_ESSAIS[2].minimum(e) + marge for e, marge in zip(voulues, marges, strict=True)]
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
