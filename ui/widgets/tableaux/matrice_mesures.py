"""Where things go on the matrix of the risks at a given width: cells that grow with their marks, words never cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics

from esms_desktop.regles.dossier.risques import DEGRES, Niveau
from ui import theme
from ui.widgets.libelle import secable

MARGE, DEDANS = 3, 6
_ECART = 4
HABILLAGE = Qt.TextFlag.TextWordWrap
Case = tuple[int, int]
# Grounds of the four levels, light and dark: the ink of the theme keeps its contrast on each.
_FONDS: Mapping[Niveau, tuple[str, str]] = {
    Niveau.FAIBLE: ("#dff1e6", "#16382a"),
    Niveau.MODERE: ("#fdf3d0", "#3d3610"),
    Niveau.ELEVE: ("#fbd9bd", "#573214"),
    Niveau.CRITIQUE: ("#f5bfba", "#66231f"),
}


def fond_niveau(quel: Niveau) -> QColor:
    """The ground of a level in the theme in use."""
    clair, sombre = _FONDS[quel]
    return QColor(sombre if theme.couleurs() is theme.SOMBRE else clair)


@dataclass(frozen=True)
class Pastille:
    """A risk on the matrix.

    Args:
        cle: what tells it from the others.
        code: what its mark says (« R3 »).
        nom: its title.
        place: (probabilité, gravité), 1 to 4, where it is drawn.
        depuis: where it was before the actions; None when it is drawn there.
    """

    cle: object
    code: str
    nom: str
    place: Case
    depuis: Case | None = None


def police_code() -> QFont:
    """The font of the marks."""
    return theme.police(0.86, QFont.Weight.DemiBold)


def police_mots() -> QFont:
    """The font of the words of the scales."""
    return theme.police(0.88)


def taille_pastille(code: str) -> QSize:
    """The room a mark needs."""
    return QSize(*_taille(code, theme.taille()))


# Measured once at each size of text: Qt asks a matrix for its height hundreds of times while a page finds its layout.
@lru_cache(maxsize=512)
def _taille(code: str, points: float) -> tuple[int, int]:
    metrique = QFontMetrics(police_code())
    cote = round(metrique.height() * 1.75)
    return max(cote, metrique.horizontalAdvance(code) + 14), cote


def _hauteur(texte: str, largeur: int) -> int:
    zone = QRect(0, 0, max(largeur, 1), 100_000)
    return QFontMetrics(police_mots()).boundingRect(zone, int(HABILLAGE), secable(texte)).height()


def _plus_long_mot(textes: Sequence[str]) -> int:
    return _large_mot(tuple(textes), theme.taille())


@lru_cache(maxsize=64)
def _large_mot(textes: tuple[str, ...], points: float) -> int:
    metrique = QFontMetrics(police_mots())
    mots = [m for t in textes for m in secable(t).replace("\u200b", " ").split(" ")]
    return max((metrique.horizontalAdvance(m) for m in mots), default=0)


def largeur_minimale(probabilites: Sequence[str], gravites: Sequence[str]) -> int:
    """The narrowest matrix where no word is cut."""
    case = max(_plus_long_mot(gravites), taille_pastille("R10").width() + 2 * DEDANS)
    return _plus_long_mot(probabilites) + 12 + 2 * MARGE + 3 * _ECART + 4 * case


class Mesures:
    """The geometry of a matrix.

    Args:
        pastilles: the risks, in reading order.
        probabilites, gravites: the words of the four levels, the lowest first.
        largeur: width of the widget.
    """

    def __init__(
        self,
        pastilles: Sequence[Pastille],
        probabilites: Sequence[str],
        gravites: Sequence[str],
        largeur: int,
    ) -> None:
        self._dans: dict[Case, list[Pastille]] = {}
        for pastille in pastilles:
            self._dans.setdefault(pastille.place, []).append(pastille)
        ligne = QFontMetrics(police_mots()).height()
        metrique = QFontMetrics(police_mots())
        voulue = max(map(metrique.horizontalAdvance, probabilites)) + 3
        self.gauche = max(min(voulue, largeur * 22 // 100), _plus_long_mot(probabilites)) + 12
        self.haut = ligne + 8
        self.large = (largeur - self.gauche - 2 * MARGE - 3 * _ECART) / 4
        pied = ligne + 6
        moindre = max(round(min(self.large * 0.66, 96)), taille_pastille("R1").height() + 2 * DEDANS + pied)
        self._hauteurs: dict[int, int] = {}
        # From the top left corner of its cell, by the key of the mark.
        self._places: dict[object, QRectF] = {}
        for p in DEGRES:
            plein = max(self._ranger(self._dans.get((p, g), [])) for g in DEGRES)
            mots = _hauteur(probabilites[p - 1], self.gauche - 12)
            self._hauteurs[p] = max(moindre, round(plein) + pied + 2, mots + 8)
        self.bas = 6 + max(_hauteur(t, int(self.large)) for t in gravites) + ligne + 8 + MARGE

    @property
    def hauteur(self) -> int:
        """Height that holds everything."""
        return self.haut + sum(self._hauteurs.values()) + 3 * _ECART + self.bas

    def case(self, probabilite: int, gravite: int) -> QRectF:
        """Where a cell is drawn."""
        dessus = [p for p in DEGRES if p > probabilite]
        x = MARGE + self.gauche + (gravite - 1) * (self.large + _ECART)
        y = self.haut + sum(self._hauteurs[p] + _ECART for p in dessus)
        return QRectF(x, y, self.large, self._hauteurs[probabilite])

    def zone(self, pastille: Pastille) -> QRectF:
        """Where a mark is drawn."""
        return self._places[pastille.cle].translated(self.case(*pastille.place).topLeft())

    def _ranger(self, dans: Sequence[Pastille]) -> float:
        """Finds where each mark of a cell goes, and answers how far down they reach."""
        x = y = float(DEDANS)
        bas = 0.0
        for pastille in dans:
            taille = taille_pastille(pastille.code)
            if x > DEDANS and x + taille.width() > self.large - DEDANS:
                x, y = float(DEDANS), bas + 5
            self._places[pastille.cle] = QRectF(x, y, taille.width(), taille.height())
            x += taille.width() + 4
            bas = max(bas, y + taille.height())
        return bas
