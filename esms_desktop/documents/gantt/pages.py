"""A planning laid out on A4 or A3 landscape pages, pure: one page, or tiles with repeated names and dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from esms_desktop import francais
from esms_desktop.documents.arbre.arbre_gantt import Gantt, LigneGantt
from esms_desktop.documents.gantt import echelle as gantt_echelle
from esms_desktop.documents.gantt.echelle import Echelle, Unite
from esms_desktop.documents.gantt.options import OptionsGantt, Zoom
from esms_desktop.documents.pdf.polices import GRAS, NORMAL, Nettoyeur, largeur
from esms_desktop.documents.pdf.texte import Fragment, Ligne, fragments_du_texte, lignes, mot_le_plus_long

FORMATS = {"A4": (841.89, 595.28), "A3": (1190.55, 841.89)}
MARGE = 28.0
# No letter is ever smaller.
CORPS_MIN = 6.0
_CORPS_MAX, _CORPS_TUILE = 9.0, 8.0
_CORPS_REPARTI = (8.0, 7.5, 7.0)
_PAS_CORPS = 0.25
_ETIQUETTE_MAX = 0.3
_ECART = 5.0
# Around a name: its indent, and what keeps it apart from the dates.
RETRAIT, _APRES_NOM = 8.0, 7.0
# The words of the time scale are no larger: the finer the unit they leave room for, the better.
_CORPS_ECHELLE = 7.0
# Room left to spread the lines of a short planning, as a share of their height.
_ETIREMENT = 1.7
_PROCHE = timedelta(31)


# Least points a day, and what a page may be cut between.
_PAS = {
    Zoom.JOUR: (13.0, Unite.SEMAINE),
    Zoom.SEMAINE: (3.2, Unite.SEMAINE),
    Zoom.MOIS: (1.1, Unite.MOIS),
    Zoom.TRIMESTRE: (0.45, Unite.TRIMESTRE),
    Zoom.ANNEE: (0.2, Unite.ANNEE),
}

# The names of the lines, cleaned once: they are measured at several sizes.
_Noms = Sequence[tuple[Fragment, ...]]


@dataclass(frozen=True)
class Rang:
    """A line set: its words, its dates, its height in points."""

    ligne: LigneGantt
    textes: tuple[Ligne, ...]
    debut: str
    fin: str
    hauteur: float


@dataclass(frozen=True)
class PageGantt:
    """A page.

    Args:
        colonne, rangee: where it stands among the tiles, from 0.
        premier, dernier: its lines, both included; `rappel`: the heading written again above them, None when none is.
        de, a: the days it shows, both included.
    """

    colonne: int
    rangee: int
    premier: int
    dernier: int
    rappel: int | None
    de: date
    a: date

    @property
    def repere(self) -> str:
        """Where the page stands: « colonne B, ligne 1 »."""
        return f"colonne {lettres(self.colonne)}, ligne {self.rangee + 1}"


@dataclass(frozen=True)
class MiseEnPage:
    """The pages and what they share, in points.

    Args:
        page: width and height of the paper.
        corps: size of the words of the lines, never under `CORPS_MIN`.
        etiquette, dates: width of the column of names, and of each of the two columns of dates.
        tete, echelle_haut, pied: height of the title, of the time scale, of the legend.
        echelle: the whole time scale.
        rangs: every line set.
        avis: what the person must be told of the layout; empty when nothing.
    """

    page: tuple[float, float]
    corps: float
    etiquette: float
    dates: float
    tete: float
    echelle_haut: float
    pied: float
    echelle: Echelle
    rangs: tuple[Rang, ...]
    pages: tuple[PageGantt, ...]
    avis: str = ""

    @property
    def corps_echelle(self) -> float:
        """Size of the words of the time scale."""
        return min(self.corps, _CORPS_ECHELLE)

    @property
    def gauche(self) -> float:
        """Where the time scale begins, from the left of the paper."""
        return MARGE + self.etiquette + 2 * self.dates

    @property
    def haut(self) -> float:
        """Where the lines begin, from the bottom of the paper."""
        return self.page[1] - MARGE - self.tete - self.echelle_haut

    @property
    def place(self) -> float:
        """The height there is for lines on a page."""
        return self.haut - MARGE - self.pied


@dataclass(frozen=True)
class _Cadre:
    """The measures a layout starts from."""

    page: tuple[float, float]
    tete: float
    pied: float

    def place(self, corps: float) -> float:
        return self.page[1] - 2 * MARGE - self.tete - self.pied - haut_echelle(corps)


def lettres(rang: int) -> str:
    """The name of a column of tiles: A… Z, AA…"""
    nom = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        nom = chr(65 + reste) + nom
    return nom


def haut_echelle(corps: float) -> float:
    """The height of the two bands of dates."""
    return 2 * corps * 1.35 + 3


def mettre_en_page(
    gantt: Gantt, options: OptionsGantt, nettoyer: Nettoyeur, tete: float, pied: float
) -> MiseEnPage:
    """Lays the lines on pages.

    Args:
        gantt: what is drawn; it has at least one line.
        options: the paper, one page or tiles.
        nettoyer: makes the names drawable.
        tete, pied: height of the title and of the legend, in points.
    """
    cadre = _Cadre(FORMATS[options.format], tete, pied)
    noms = [_mots(x, nettoyer) for x in gantt.lignes]
    jours = [gantt.debut, gantt.fin]
    # A limit far from the tasks is told by the legend: tiles with nothing else on them would only be paper.
    if gantt.limite is not None and not (options.tuiles and gantt.limite > gantt.fin + _PROCHE):
        jours.append(gantt.limite)
    debut, fin = min(jours), max(jours)
    if options.tuiles:
        return _tuiler(gantt, options.zoom, noms, cadre, debut, fin)
    corps = _plus_grand_corps(gantt, noms, cadre)
    if corps is not None:
        colonnes = _colonnes(noms, corps, cadre.page[0])
        rangs = _etirer(_composer(gantt, noms, corps, colonnes[0]), cadre.place(corps))
        return _une_page(cadre, corps, colonnes, rangs, debut, fin)
    # As few pages as a size that is read without effort allows.
    essais = [_tuiler(gantt, None, noms, cadre, debut, fin, corps) for corps in _CORPS_REPARTI]
    mise = min(essais, key=lambda m: len(m.pages))
    avis = (
        f"Sur une seule page {options.format}, les textes descendraient sous {int(CORPS_MIN)} points : "
        "ce planning est réparti sur plusieurs pages."
    )
    return replace(mise, avis=avis)


def _plus_grand_corps(gantt: Gantt, noms: _Noms, cadre: _Cadre) -> float | None:
    """The largest size at which all the lines hold on one page; None when none does."""

    def tient(corps: float) -> bool:
        etiquette, _ = _colonnes(noms, corps, cadre.page[0])
        return sum(r.hauteur for r in _composer(gantt, noms, corps, etiquette)) <= cadre.place(corps)

    if not tient(CORPS_MIN):
        return None
    bas, haut = 0, round((_CORPS_MAX - CORPS_MIN) / _PAS_CORPS)
    while bas < haut:
        milieu = (bas + haut + 1) // 2
        if tient(CORPS_MIN + milieu * _PAS_CORPS):
            bas = milieu
        else:
            haut = milieu - 1
    return CORPS_MIN + bas * _PAS_CORPS


def _colonnes(noms: _Noms, corps: float, page: float) -> tuple[float, float]:
    """Widths of the column of names and of a column of dates."""
    entiers = max(sum(largeur(f.texte, f.police, corps) for f in nom) for nom in noms)
    mot = max(mot_le_plus_long(nom, corps) for nom in noms)
    maximum = (page - 2 * MARGE) * _ETIQUETTE_MAX
    # A word longer than the column is cut by the line, not by the edge.
    etiquette = min(max(min(entiers, maximum), min(mot, maximum)), maximum) + RETRAIT + _APRES_NOM
    return etiquette, largeur("00/00/0000", NORMAL, corps) + _ECART


def _mots(ligne: LigneGantt, nettoyer: Nettoyeur) -> tuple[Fragment, ...]:
    police = GRAS if ligne.genre == "titre" else NORMAL
    return tuple(fragments_du_texte(nettoyer(ligne.libelle).replace("\n", " "), police))


def _composer(gantt: Gantt, noms: _Noms, corps: float, etiquette: float) -> list[Rang]:
    rangs = []
    for ligne, nom in zip(gantt.lignes, noms, strict=True):
        textes = lignes(nom, corps, etiquette - RETRAIT - _APRES_NOM + 0.1)
        debut = "" if ligne.debut is None else francais.date_courte(ligne.debut)
        fin = (
            ""
            if ligne.fin is None
            else "jalon"
            if ligne.genre == "jalon"
            else francais.date_courte(ligne.fin)
        )
        rangs.append(Rang(ligne, textes, debut, fin, len(textes) * corps * 1.22 + corps * 0.3))
    return rangs


def _etirer(rangs: list[Rang], place: float) -> list[Rang]:
    """The lines of a short planning spread over the page, within reason."""
    total = sum(r.hauteur for r in rangs)
    facteur = min(place / total, _ETIREMENT)
    return [Rang(r.ligne, r.textes, r.debut, r.fin, r.hauteur * facteur) for r in rangs]


def _une_page(
    cadre: _Cadre, corps: float, colonnes: tuple[float, float], rangs: list[Rang], debut: date, fin: date
) -> MiseEnPage:
    dispo = cadre.page[0] - 2 * MARGE - colonnes[0] - 2 * colonnes[1]
    premier, dernier = gantt_echelle.au_large(debut, fin, dispo)
    echelle = Echelle(premier, dernier, dispo / ((dernier - premier).days + 1))
    page = PageGantt(0, 0, 0, len(rangs) - 1, None, premier, dernier)
    return _mise(cadre, corps, colonnes, echelle, rangs, (page,))


def _tuiler(
    gantt: Gantt,
    zoom: Zoom | None,
    noms: _Noms,
    cadre: _Cadre,
    debut: date,
    fin: date,
    corps: float = _CORPS_TUILE,
) -> MiseEnPage:
    """Tiles; without a zoom, the whole length on the width of a page."""
    colonnes = _colonnes(noms, corps, cadre.page[0])
    rangs = _composer(gantt, noms, corps, colonnes[0])
    place = cadre.place(corps)
    if sum(r.hauteur for r in rangs) <= place:
        rangs = _etirer(rangs, place)
    dispo = cadre.page[0] - 2 * MARGE - colonnes[0] - 2 * colonnes[1]
    fenetres = _fenetres(zoom, debut, fin, dispo)
    pas = dispo / max((a - de).days + 1 for de, a in fenetres)
    echelle = Echelle(fenetres[0][0], fenetres[-1][1], pas)
    pages = tuple(
        PageGantt(colonne, rangee, premier, dernier, rappel, de, a)
        for rangee, (premier, dernier, rappel) in enumerate(_equilibrer(rangs, place))
        for colonne, (de, a) in enumerate(fenetres)
    )
    return _mise(cadre, corps, colonnes, echelle, rangs, pages)


def _fenetres(zoom: Zoom | None, debut: date, fin: date, dispo: float) -> list[tuple[date, date]]:
    """The days of each column of tiles: whole units, shared out evenly."""
    if zoom is None:
        return [gantt_echelle.au_large(debut, fin, dispo)]
    pas, unite = _PAS[zoom]
    unites = gantt_echelle.unites(unite, debut, fin)
    tient = max(int(dispo / pas / max((a - de).days + 1 for de, a in unites)), 1)
    combien = -(-len(unites) // tient)
    resultat, reste = [], list(unites)
    for rang in range(combien, 0, -1):
        n = -(-len(reste) // rang)
        resultat.append((reste[0][0], reste[n - 1][1]))
        del reste[:n]
    return resultat


def _equilibrer(rangs: Sequence[Rang], place: float) -> list[tuple[int, int, int | None]]:
    """The rows of tiles, as few as possible, then as even as possible: no last page with two lines."""
    pages = _rangees(rangs, place)
    bas, haut = max(r.hauteur for r in rangs), place
    for _ in range(10):
        milieu = (bas + haut) / 2
        if len(essai := _rangees(rangs, milieu)) > len(pages):
            bas = milieu
        else:
            haut, pages = milieu, essai
    return pages


def _rangees(rangs: Sequence[Rang], place: float) -> list[tuple[int, int, int | None]]:
    """First and last line of each row of tiles, and the heading written again above; no heading ends a page."""
    pages: list[tuple[int, int, int | None]] = []
    debut = 0
    titre: int | None = None
    while debut < len(rangs):
        rappel = titre if titre is not None and rangs[debut].ligne.genre != "titre" else None
        reste = place - (rangs[rappel].hauteur if rappel is not None else 0.0)
        fin = debut
        while fin < len(rangs) and (rangs[fin].hauteur <= reste or fin == debut):
            reste -= rangs[fin].hauteur
            fin += 1
        while fin < len(rangs) and fin - 1 > debut and rangs[fin - 1].ligne.genre == "titre":
            fin -= 1
        pages.append((debut, fin - 1, rappel))
        titre = next((i for i in range(fin - 1, -1, -1) if rangs[i].ligne.genre == "titre"), None)
        debut = fin
    return pages


def _mise(
    cadre: _Cadre,
    corps: float,
    colonnes: tuple[float, float],
    echelle: Echelle,
    rangs: Sequence[Rang],
    pages: tuple[PageGantt, ...],
) -> MiseEnPage:
    return MiseEnPage(
        page=cadre.page,
        corps=corps,
        etiquette=colonnes[0],
        dates=colonnes[1],
        tete=cadre.tete,
        echelle_haut=haut_echelle(corps),
        pied=cadre.pied,
        echelle=echelle,
        rangs=tuple(rangs),
        pages=pages,
    )
