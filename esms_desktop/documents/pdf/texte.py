"""Runs of words set into lines: what table cells and signature blocks need, without reportlab's paragraphs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from esms_desktop.documents.arbre.arbre import Alignement, Contenu, Manque, runs
from esms_desktop.documents.arbre.ecritures import retourner, troncons
from esms_desktop.documents.pdf import jetons
from esms_desktop.documents.pdf.polices import (
    ARABE,
    ARABE_GRAS,
    GRAS,
    GRAS_ITALIQUE,
    ITALIQUE,
    NORMAL,
    Nettoyeur,
    largeur,
    police_arabe,
)
from esms_desktop.documents.pdf.style import ENCRE, FOND_MANQUE, MANQUE


@dataclass(frozen=True)
class Fragment:
    """Words in one font on one line; `manque` when they stand for a missing value."""

    texte: str
    police: str
    manque: bool = False


Ligne = tuple[tuple[Fragment, float], ...]


def fragments(contenu: Contenu, nettoyer: Nettoyeur, en_gras: bool = False) -> tuple[Fragment, ...]:
    """The content as fragments, cleaned; `en_gras` sets all of it in bold."""
    resultat: list[Fragment] = []
    for run in runs(contenu):
        if isinstance(run, Manque):
            resultat += fragments_du_texte(nettoyer(run.texte), GRAS, True)
        else:
            fort = run.gras or en_gras
            police = (GRAS_ITALIQUE if fort else ITALIQUE) if run.italique else GRAS if fort else NORMAL
            resultat += fragments_du_texte(nettoyer(run.texte), police)
    return tuple(resultat)


def fragments_du_texte(texte: str, police: str, manque: bool = False) -> list[Fragment]:
    """Clean words as fragments, those in Arabic script in their own face."""
    return [
        Fragment(mots, police_arabe(police) if arabe else police, manque) for mots, arabe in troncons(texte)
    ]


def _couper(mot: str, police: str, corps: float, place: float) -> list[str]:
    """A word wider than the line, cut at its signs, else where the line ends; through a number only when a line cannot hold it."""
    morceaux, courant, cumul = [], "", 0.0
    for partie, _ in jetons.parties(mot):
        entiere = largeur(partie, police, corps) <= place
        for c in (partie,) if entiere else partie:
            pas = largeur(c, police, corps)
            if courant and cumul + pas > place:
                morceaux.append(courant)
                courant, cumul = "", 0.0
            courant += c
            cumul += pas
    return [*morceaux, courant]


def _dans_le_sens(fragment: Fragment) -> Fragment:
    """A fragment alone on its line, its words in drawing order."""
    if fragment.police in (ARABE, ARABE_GRAS):
        return Fragment(retourner(fragment.texte), fragment.police, fragment.manque)
    return fragment


@lru_cache(maxsize=20_000)
def lignes(contenu: tuple[Fragment, ...], corps: float, place: float) -> tuple[Ligne, ...]:
    """The fragments wrapped to `place` points: each line is its fragments and their widths. At least one line."""
    if len(contenu) == 1 and "\n" not in contenu[0].texte:
        net = contenu[0].texte.strip(" ")
        large = float(stringWidth(net, contenu[0].police, corps))
        if net and large <= place:
            seul = Fragment(net, contenu[0].police, contenu[0].manque)
            return (((_dans_le_sens(seul), large),),)
    resultat: list[Ligne] = []
    courante: list[tuple[Fragment, float]] = []
    reste = place

    def finir() -> None:
        nonlocal courante, reste
        if courante and courante[-1][0].texte.endswith(" "):
            dernier = courante[-1][0]
            court = Fragment(dernier.texte.rstrip(" "), dernier.police, dernier.manque)
            courante[-1] = (court, largeur(court.texte, court.police, corps))
        resultat.append(tuple((_dans_le_sens(f), large) for f, large in courante))
        courante, reste = [], place

    def poser(texte: str, modele: Fragment, large: float) -> None:
        nonlocal reste
        if courante and (courante[-1][0].police, courante[-1][0].manque) == (modele.police, modele.manque):
            avant, deja = courante[-1]
            courante[-1] = (Fragment(avant.texte + texte, modele.police, modele.manque), deja + large)
        else:
            courante.append((Fragment(texte, modele.police, modele.manque), large))
        reste -= large

    def placer(atome: _Atome, large: float) -> None:
        if large > reste + 0.01 and any(f.texte.strip() for f, _ in courante):
            finir()
        for mot, fragment in atome:
            if large > reste + 0.01 and largeur(mot.rstrip(" "), fragment.police, corps) > reste:
                # Wider than a line.
                if courante:
                    finir()
                *morceaux, mot = _couper(mot, fragment.police, corps, place)
                for m in morceaux:
                    poser(m, fragment, largeur(m, fragment.police, corps))
                    finir()
            if mot and (courante or mot != " "):
                poser(mot, fragment, largeur(mot, fragment.police, corps))

    for atome in _atomes(contenu):
        if atome is None:
            finir()
            continue
        large = _large(atome, corps)
        # The hyphens of a name end a line only when no line can hold it whole.
        for partie in [atome] if large <= place else _aux_traits(atome):
            placer(partie, _large(partie, corps))
    finir()
    return tuple(resultat)


# Words that no line end parts: what they are, each part in its fragment, the space after them included.
_Atome = list[tuple[str, Fragment]]


def _large(atome: _Atome, corps: float) -> float:
    """Width without the space that may end it."""
    return sum(largeur(mot.rstrip(" "), f.police, corps) for mot, f in atome)


def _atomes(contenu: tuple[Fragment, ...]) -> Iterator[_Atome | None]:
    """The words between which a line may end; None where it must. A fragment sticks to the next when no space parts them."""
    atome: _Atome = []
    for fragment in contenu:
        for rang, alinea in enumerate(fragment.texte.split("\n")):
            if rang:
                if atome:
                    yield atome
                    atome = []
                yield None
            *mots, dernier = alinea.split(" ")
            for mot in mots:
                yield [*atome, (mot + " ", fragment)]
                atome = []
            if dernier:
                atome.append((dernier, fragment))
    if atome:
        yield atome


def _aux_traits(atome: _Atome) -> Iterator[_Atome]:
    """The word in parts that end at its hyphens and slashes."""
    partie: _Atome = []
    for mot, fragment in atome:
        *debuts, fin = jetons.secables(mot)
        for debut in debuts:
            yield [*partie, (debut, fragment)]
            partie = []
        partie.append((fin, fragment))
    yield partie


@dataclass(frozen=True)
class Exigence:
    """Widths a text asks for, at size 1.

    Args:
        entier: of the widest thing that is never broken.
        partie: of the widest word, cut at its hyphens; `mot`: not cut.
        ligne: of the text without a line end of ours.
    """

    entier: float = 0.0
    partie: float = 0.0
    mot: float = 0.0
    ligne: float = 0.0

    def avec(self, autre: "Exigence") -> "Exigence":
        """What both ask for."""
        return Exigence(
            max(self.entier, autre.entier),
            max(self.partie, autre.partie),
            max(self.mot, autre.mot),
            max(self.ligne, autre.ligne),
        )


@lru_cache(maxsize=20_000)
def exigence(contenu: tuple[Fragment, ...]) -> Exigence:
    """What a column needs to hold that text."""
    entier = partie = entiere = ligne = cumul = 0.0
    for atome in _atomes(contenu):
        if atome is None:
            cumul = 0.0
            continue
        large = _large(atome, 1.0)
        entiere, ligne = max(entiere, large), max(ligne, cumul + large)
        if large > partie:
            partie = max(partie, *(_large(p, 1.0) for p in _aux_traits(atome)))
        cumul += large
        for mot, f in atome:
            if mot.endswith(" "):
                cumul += largeur(" ", f.police, 1.0)
            for jeton in jetons.entiers(mot.rstrip(" ")):
                entier = max(entier, largeur(jeton, f.police, 1.0))
    return Exigence(entier, partie, entiere, ligne)


def mot_le_plus_long(contenu: tuple[Fragment, ...], corps: float) -> float:
    """Width of the widest word, in points."""
    return exigence(contenu).partie * corps


class Plume:
    """Writes lines on a canvas in one text object: fonts and colours are set only when they change."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._texte = canvas.beginText()
        self._police: tuple[str, float] | None = None
        self._couleur: Color | None = None

    def ecrire(
        self,
        ligne: Ligne,
        x: float,
        y: float,
        place: float,
        corps: float,
        alignement: Alignement = "gauche",
        couleur: Color = ENCRE,
    ) -> None:
        """Writes a line, its baseline at `y`, in the `place` points that start at `x`."""
        if alignement != "gauche":
            libre = place - sum(large for _, large in ligne)
            x += libre if alignement == "droite" else libre / 2
        for fragment, large in ligne:
            if not fragment.texte:
                continue
            if fragment.manque:
                # The ground goes straight to the page: the words come over it when the pen is put down.
                self._canvas.setFillColor(FOND_MANQUE)
                self._canvas.rect(x - 1, y - corps * 0.28, large + 2, corps * 1.25, stroke=0, fill=1)
            self._regler(fragment.police, corps, MANQUE if fragment.manque else couleur)
            self._texte.setTextOrigin(x, y)
            self._texte.textOut(fragment.texte)
            x += large

    def _regler(self, police: str, corps: float, couleur: Color) -> None:
        if self._police != (police, corps):
            self._police = (police, corps)
            self._texte.setFont(police, corps)
        if self._couleur is not couleur:
            self._couleur = couleur
            self._texte.setFillColor(couleur)

    def poser(self) -> None:
        """Puts the words on the page."""
        self._canvas.drawText(self._texte)
