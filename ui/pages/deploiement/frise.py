"""The timeline of the deployment: months across, a bar per wave, a mark per dated event, and the same in words."""

from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from esms_desktop.francais import MOIS_COURTS, date_courte, ou_tiret
from esms_desktop.lecture import Dossier
from ui import theme
from ui.pages.deploiement.modele import Barre, Repere, barres, frise_en_mots, reperes
from ui.widgets.carte_dessinee import CarteDessinee
from ui.widgets.libelle import secable

_PAS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
_MARGE, _BARRE, _SIGNE = 10, 20, 5
_HABILLAGE = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def _fort() -> QFont:
    return theme.police(0.95, QFont.Weight.DemiBold)


def _petit() -> QFont:
    return theme.police(0.9)


def _mois(jour: date) -> int:
    """Months since year 0."""
    return jour.year * 12 + jour.month - 1


class Frise(QWidget):
    """The drawing. Its text equivalent is its accessible description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._barres: tuple[Barre, ...] = ()
        self._reperes: tuple[Repere, ...] = ()
        self.setAccessibleName("Frise du déploiement")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)

    def charger(self, dossier: Dossier) -> None:
        """Draws the waves and the events of a dossier."""
        self._barres, self._reperes = barres(dossier), reperes(dossier)
        self.setAccessibleDescription("\n".join(frise_en_mots(dossier)))
        self.updateGeometry()
        self.update()

    # -- measures ----------------------------------------------------------------------------------------------

    def bornes(self) -> tuple[int, int] | None:
        """First and last month drawn, counted since year 0; None when no date is known."""
        jours = [j for b in self._barres for j in (b.debut, b.fin) if j]
        jours += [r.jour for r in self._reperes]
        return (_mois(min(jours)), _mois(max(jours))) if jours else None

    def _noms(self, largeur: int) -> int:
        """Width of the column of names."""
        return max(min(largeur * 32 // 100, 340), 120)

    def _rangs(self) -> list[tuple[str, str, Barre | None, tuple[Repere, ...]]]:
        lignes: list[tuple[str, str, Barre | None, tuple[Repere, ...]]] = [
            (b.nom, b.detail, b, ()) for b in self._barres
        ]
        for genre in ("Jalon", "Formation", "Communication"):
            siens = tuple(r for r in self._reperes if r.genre == genre)
            if siens:
                nom = {"Jalon": "Jalons", "Formation": "Formations"}.get(genre, genre)
                lignes.append((nom, "", None, siens))
        return lignes

    def _hauteur(self, nom: str, detail: str, largeur: int) -> int:
        place = QRect(0, 0, self._noms(largeur) - _MARGE, 100_000)
        haut = QFontMetrics(_fort()).boundingRect(place, _HABILLAGE, secable(nom)).height()
        if detail:
            haut += QFontMetrics(_petit()).boundingRect(place, _HABILLAGE, detail).height()
        return max(haut, _BARRE) + 12

    def _entete(self) -> int:
        return 2 * QFontMetrics(_petit()).height() + 8

    def hasHeightForWidth(self) -> bool:
        """The names wrap."""
        return True

    def heightForWidth(self, largeur: int) -> int:
        """The height that holds every row."""
        return self._entete() + sum(self._hauteur(n, d, largeur) for n, d, *_ in self._rangs()) + 6

    def sizeHint(self) -> QSize:
        """A page wide."""
        return QSize(720, self.heightForWidth(720))

    def minimumSizeHint(self) -> QSize:
        """Names and a few months."""
        return QSize(320, 60)

    # -- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Paints the months, then a row per wave and per kind of event."""
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        bornes = self.bornes()
        if bornes is not None:
            self._peindre_mois(peintre, *bornes)
        y = self._entete()
        for nom, detail, barre, siens in self._rangs():
            haut = self._hauteur(nom, detail, self.width())
            peintre.setPen(theme.couleur("ligne"))
            peintre.drawLine(0, y, self.width(), y)
            self._peindre_nom(peintre, nom, detail, y + 6)
            milieu = y + haut / 2
            if barre is not None:
                self._peindre_barre(peintre, barre, milieu, bornes)
            for repere in siens:
                self._peindre_repere(peintre, repere, milieu)
            y += haut
        if self.hasFocus():
            peintre.setPen(QPen(theme.couleur("accent"), 2))
            peintre.setBrush(Qt.BrushStyle.NoBrush)
            peintre.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _x(self, mois: float) -> float:
        bornes = self.bornes()
        assert bornes is not None
        debut, fin = bornes
        gauche = self._noms(self.width()) + _MARGE
        return gauche + (self.width() - gauche - _MARGE) * (mois - debut) / (fin + 1 - debut)

    def _x_jour(self, jour: date, apres: bool = False) -> float:
        return self._x(_mois(jour) + (jour.day - (0 if apres else 1)) / 31)

    def _peindre_mois(self, peintre: QPainter, debut: int, fin: int) -> None:
        metrique = QFontMetrics(_petit())
        par_mois = self._x(debut + 1) - self._x(debut)
        large = max(map(metrique.horizontalAdvance, MOIS_COURTS)) + 10
        pas = next((p for p in _PAS if p * par_mois >= large), _PAS[-1])
        ligne = metrique.height()
        peintre.setFont(_petit())
        for mois in range(debut, fin + 1):
            janvier, premier = mois % 12 == 0, mois == debut
            if (mois - debut) % pas and not janvier:
                continue
            x = self._x(mois)
            peintre.setPen(theme.couleur("ligne"))
            peintre.drawLine(QPointF(x, ligne + 4), QPointF(x, self.height()))
            peintre.setPen(theme.couleur("muet"))
            if (mois - debut) % pas == 0:
                peintre.drawText(QPointF(x + 3, 2 * ligne), MOIS_COURTS[mois % 12])
            if premier or (janvier and x - self._x(debut) > metrique.horizontalAdvance("20000")):
                peintre.drawText(QPointF(x + 3, ligne - 1), str(mois // 12))

    def _peindre_nom(self, peintre: QPainter, nom: str, detail: str, y: int) -> None:
        place = QRect(0, y, self._noms(self.width()) - _MARGE, 100_000)
        peintre.setFont(_fort())
        peintre.setPen(theme.couleur("encre"))
        zone = QFontMetrics(_fort()).boundingRect(place, _HABILLAGE, secable(nom))
        peintre.drawText(QRect(0, y, place.width(), zone.height()), _HABILLAGE, secable(nom))
        if detail:
            peintre.setFont(_petit())
            peintre.setPen(theme.couleur("muet"))
            bas = y + zone.height()
            haut = QFontMetrics(_petit()).height()
            peintre.drawText(QRect(0, bas, place.width(), haut), _HABILLAGE, detail)

    def _peindre_barre(
        self, peintre: QPainter, barre: Barre, milieu: float, bornes: tuple[int, int] | None
    ) -> None:
        gauche = self._noms(self.width()) + _MARGE
        if bornes is None or (barre.debut is None and barre.fin is None):
            peintre.setFont(_petit())
            peintre.setPen(theme.couleur("warn"))
            texte = "Dates à préciser"
            peintre.drawText(QPointF(gauche + 3, milieu + QFontMetrics(_petit()).ascent() / 2 - 1), texte)
            return
        debut, fin = barre.debut or barre.fin, barre.fin or barre.debut
        assert debut is not None and fin is not None
        x1, x2 = self._x_jour(min(debut, fin)), self._x_jour(max(debut, fin), apres=True)
        zone = QRectF(x1, milieu - _BARRE / 2, max(x2 - x1, 6), _BARRE)
        trait = QPen(theme.couleur("accent"), 1.4)
        # Pilot sites are hatched, a wave with one date only is dashed: colour is never alone.
        if barre.debut is None or barre.fin is None:
            trait.setStyle(Qt.PenStyle.DashLine)
        peintre.setPen(trait)
        peintre.setBrush(theme.couleur("info_fond"))
        peintre.drawRoundedRect(zone, 4, 4)
        if barre.pilote:
            peintre.setPen(Qt.PenStyle.NoPen)
            peintre.setBrush(QBrush(theme.couleur("accent"), Qt.BrushStyle.BDiagPattern))
            peintre.drawRoundedRect(zone, 4, 4)
        texte = f"{ou_tiret(date_courte, barre.debut)} – {ou_tiret(date_courte, barre.fin)}"
        self._etiqueter(peintre, texte, zone, barre.pilote)

    def _etiqueter(self, peintre: QPainter, texte: str, zone: QRectF, pilote: bool) -> None:
        metrique = QFontMetrics(_petit())
        large = metrique.horizontalAdvance(texte)
        y = zone.center().y() + metrique.ascent() / 2 - 1
        if large + 12 <= zone.width() and not pilote:
            x = zone.left() + 6
        elif zone.right() + 6 + large <= self.width():
            x = zone.right() + 6
        else:
            x = max(zone.left() - 6 - large, self._noms(self.width()) + _MARGE)
            if x + large > zone.left():
                # No room beside the bar: a ground under the words keeps them readable.
                fond = QRectF(x - 2, zone.center().y() - metrique.height() / 2, large + 4, metrique.height())
                peintre.setPen(Qt.PenStyle.NoPen)
                peintre.setBrush(theme.couleur("carte"))
                peintre.drawRoundedRect(fond, 3, 3)
        peintre.setFont(_petit())
        peintre.setPen(theme.couleur("encre"))
        peintre.drawText(QPointF(x, y), texte)

    def _peindre_repere(self, peintre: QPainter, repere: Repere, milieu: float) -> None:
        x = self._x_jour(repere.jour)
        peintre.setPen(QPen(theme.couleur("accent"), 1.4))
        peintre.setBrush(theme.couleur("carte" if repere.genre == "Communication" else "accent"))
        if repere.genre == "Jalon":
            losange = [
                QPointF(x, milieu - 7),
                QPointF(x + 7, milieu),
                QPointF(x, milieu + 7),
                QPointF(x - 7, milieu),
            ]
            peintre.drawPolygon(QPolygonF(losange))
        elif repere.genre == "Formation":
            peintre.drawRect(QRectF(x - _SIGNE, milieu - _SIGNE, 2 * _SIGNE, 2 * _SIGNE))
        else:
            peintre.drawEllipse(QPointF(x, milieu), _SIGNE, _SIGNE)


class PanneauFrise(CarteDessinee[Frise]):
    """The drawing, and the same in words under it."""

    def __init__(self) -> None:
        super().__init__(
            "Calendrier",
            "Hachures : sites pilotes. Losange : jalon du dossier. Carré : formation. Rond : communication.",
            Frise(),
        )

    def charger(self, dossier: Dossier) -> None:
        """Draws the timeline of a dossier."""
        self.dessin.charger(dossier)
        mots = frise_en_mots(dossier)
        self.mots.setText("\n".join(mots) if mots else "Aucune vague ni date pour l’instant.")
