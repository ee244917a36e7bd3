"""The organisation chart, drawn as the dossier changes, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from esms_desktop.lecture import Dossier
from ui import theme
from ui.pages.gouvernance.modele_organigramme import Boite, Niveau, en_mots, niveaux
from ui.widgets.carte_dessinee import CarteDessinee
from ui.widgets.libelle import secable

_ECART, _DEDANS, _BUS, _CANAL = 16, 10, 14, 12
# Width of a box, in average characters of the font.
_ETROIT, _LARGE = 24, 40
_HABILLAGE = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True)
class _Place:
    """A box and where it stands."""

    boite: Boite
    zone: QRect


@dataclass(frozen=True)
class _Rang:
    """A line of boxes. `premier`: it opens a level named `nom`."""

    nom: str
    premier: bool
    haut: int
    places: tuple[_Place, ...]

    @property
    def bas(self) -> int:
        return max(p.zone.bottom() for p in self.places)


def _titre() -> QFont:
    return theme.police(0.98, QFont.Weight.DemiBold)


def _texte() -> QFont:
    return theme.police(0.92)


def _hauteur(boite: Boite, largeur: int) -> int:
    dedans = QRect(0, 0, largeur - 2 * _DEDANS, 100_000)
    haut = QFontMetrics(_titre()).boundingRect(dedans, _HABILLAGE, secable(boite.titre)).height()
    metrique = QFontMetrics(_texte())
    haut += sum(metrique.boundingRect(dedans, _HABILLAGE, secable(t)).height() + 2 for t in boite.lignes)
    return haut + 2 * _DEDANS


def _disposer(tous: Sequence[Niveau], largeur: int) -> list[_Rang]:
    lettre = QFontMetrics(_texte()).averageCharWidth()
    etiquette = QFontMetrics(_texte()).height()
    y, rangs = 0, []
    for niveau in tous:
        y += etiquette + _BUS
        place = largeur - 2 * _CANAL
        par_rang = max(1, min(len(niveau.boites), (place + _ECART) // (_ETROIT * lettre + _ECART)))
        nombre = -(-len(niveau.boites) // par_rang)
        # Balanced lines: 5 boxes on two lines are 3 and 2, not 4 and 1.
        par_rang = -(-len(niveau.boites) // nombre)
        large = min((place - (par_rang - 1) * _ECART) // par_rang, _LARGE * lettre)
        for rang in range(nombre):
            boites = niveau.boites[rang * par_rang : (rang + 1) * par_rang]
            haut = max(_hauteur(b, large) for b in boites)
            x = _CANAL + (place - len(boites) * large - (len(boites) - 1) * _ECART) // 2
            places = tuple(
                _Place(b, QRect(x + i * (large + _ECART), y, large, haut)) for i, b in enumerate(boites)
            )
            rangs.append(_Rang(niveau.nom, rang == 0, y, places))
            y += haut + 2 * _BUS
        y -= _BUS
    return rangs


class Organigramme(QWidget):
    """The drawing. Its text equivalent is its accessible description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._niveaux: tuple[Niveau, ...] = ()
        self.setAccessibleName("Organigramme du projet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)

    def charger(self, dossier: Dossier) -> None:
        """Draws the chart of a dossier."""
        self._niveaux = niveaux(dossier)
        self.setAccessibleDescription("\n".join(en_mots(dossier)))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The boxes wrap."""
        return True

    def heightForWidth(self, largeur: int) -> int:
        """The height that holds every box."""
        rangs = _disposer(self._niveaux, max(largeur, 200))
        return max((r.bas for r in rangs), default=0) + 6

    def sizeHint(self) -> QSize:
        """A page wide."""
        return QSize(720, self.heightForWidth(720))

    def minimumSizeHint(self) -> QSize:
        """One box wide."""
        return QSize(260, 60)

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Paints the links, then the boxes."""
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        rangs = _disposer(self._niveaux, self.width())
        peintre.setPen(QPen(theme.couleur("bord"), 1.2))
        for avant, rang in zip([None, *rangs], rangs, strict=False):
            self._lier(peintre, avant, rang)
        for rang in rangs:
            if rang.premier:
                peintre.setFont(_texte())
                peintre.setPen(theme.couleur("muet"))
                etiquette = QFontMetrics(_texte()).height()
                y = rang.haut - _BUS - etiquette
                peintre.drawText(QRect(_CANAL + 6, y, self.width(), etiquette), 0, rang.nom)
            for place in rang.places:
                _peindre(peintre, place)
        if self.hasFocus():
            peintre.setPen(QPen(theme.couleur("accent"), 2))
            peintre.setBrush(Qt.BrushStyle.NoBrush)
            peintre.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _lier(self, peintre: QPainter, avant: _Rang | None, rang: _Rang) -> None:
        """A bus above the line, a drop to each box; the bus hangs on the line before."""
        if avant is None:
            return
        bus = rang.haut - _BUS // 2
        milieux = [p.zone.center().x() for p in rang.places]
        for x in milieux:
            peintre.drawLine(QPointF(x, bus), QPointF(x, rang.haut))
        if rang.premier:
            tronc = self.width() // 2
            merge = avant.bas + _BUS // 2
            hauts = [p.zone.center().x() for p in avant.places]
            for p, x in zip(avant.places, hauts, strict=True):
                peintre.drawLine(QPointF(x, p.zone.bottom()), QPointF(x, merge))
            peintre.drawLine(QPointF(min(*hauts, tronc), merge), QPointF(max(*hauts, tronc), merge))
            peintre.drawLine(QPointF(tronc, merge), QPointF(tronc, bus))
            peintre.drawLine(QPointF(min(*milieux, tronc), bus), QPointF(max(*milieux, tronc), bus))
        else:
            # The next lines of a level hang on the channel at the left of the boxes.
            canal, bus_avant = _CANAL // 2, avant.haut - _BUS // 2
            peintre.drawLine(QPointF(canal, bus), QPointF(max(milieux), bus))
            peintre.drawLine(QPointF(canal, bus_avant), QPointF(canal, bus))
            if avant.premier:
                premier = avant.places[0].zone.center().x()
                peintre.drawLine(QPointF(canal, bus_avant), QPointF(premier, bus_avant))


def _peindre(peintre: QPainter, place: _Place) -> None:
    trait = QPen(theme.couleur("warn" if place.boite.manque else "bord"), 1.2)
    if place.boite.manque:
        trait.setStyle(Qt.PenStyle.DashLine)
    peintre.setPen(trait)
    peintre.setBrush(theme.couleur("warn_fond") if place.boite.manque else theme.couleur("carte"))
    peintre.drawRoundedRect(QRectF(place.zone).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    dedans = place.zone.adjusted(_DEDANS, _DEDANS, -_DEDANS, -_DEDANS)
    y = dedans.top()
    for rang, texte in enumerate((place.boite.titre, *place.boite.lignes)):
        fonte = _titre() if rang == 0 else _texte()
        peintre.setFont(fonte)
        peintre.setPen(theme.couleur("encre"))
        besoin = QFontMetrics(fonte).boundingRect(
            QRect(0, 0, dedans.width(), 100_000), _HABILLAGE, secable(texte)
        )
        peintre.drawText(QRect(dedans.left(), y, dedans.width(), besoin.height()), _HABILLAGE, secable(texte))
        y += besoin.height() + (2 if rang else 0)


class PanneauOrganigramme(CarteDessinee[Organigramme]):
    """The drawing, and the same in words under it."""

    def __init__(self) -> None:
        super().__init__(
            "Organigramme",
            "Il se dessine avec ce que vous saisissez ; la pièce 2 le reprend. Un cadre en tirets attend un nom.",
            Organigramme(),
        )

    def charger(self, dossier: Dossier) -> None:
        """Draws the chart of a dossier."""
        self.dessin.charger(dossier)
        self.mots.setText("\n".join(en_mots(dossier)))
