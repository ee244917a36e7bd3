"""The matrix 4 × 4 of the risks: a numbered mark per risk in the cell it falls in, moved by the mouse or the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from esms_desktop.francais import NBSP, minuscule
from esms_desktop.regles.dossier.risques import DEGRES, niveau
from ui import theme
from ui.widgets.libelle import bulle, secable
from ui.widgets.tableaux.matrice_mesures import (
    DEDANS,
    HABILLAGE,
    MARGE,
    Mesures,
    Pastille,
    fond_niveau,
    largeur_minimale,
    police_code,
    police_mots,
    taille_pastille,
)

__all__ = ["MatriceRisques", "Pastille", "fond_niveau"]

_PAS = {
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class MatriceRisques(QWidget):
    """The drawing; `mots()` says it in full, and the accessible name follows the risk chosen.

    Arrows go from one risk to the next, Ctrl and an arrow moves the risk by one level, Enter opens it. `choisie(key)`:
    chosen by the person; `activee(key)`: to be opened; `deplacee(key, probabilité, gravité)`: dropped elsewhere.
    """

    choisie = Signal(object)
    activee = Signal(object)
    deplacee = Signal(object, int, int)

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nom = nom
        self._pastilles: tuple[Pastille, ...] = ()
        self._probabilites: tuple[str, ...] = ("", "", "", "")
        self._gravites: tuple[str, ...] = ("", "", "", "")
        self._courante: object = None
        self._prise: object = None
        self._visee: tuple[int, int] | None = None
        self._mesures: dict[int, Mesures] = {}
        self.setAccessibleName(nom)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)

    # -- what is shown -----------------------------------------------------------------------------------------

    def charger(
        self, pastilles: Sequence[Pastille], probabilites: Sequence[str], gravites: Sequence[str]
    ) -> None:
        """Shows risks; `probabilites` and `gravites` are the words of the four levels, the lowest first."""
        # Reading order: the highest row first, then from left to right, as the eye goes.
        self._pastilles = tuple(sorted(pastilles, key=lambda p: (-p.place[0], p.place[1])))
        self._probabilites, self._gravites = tuple(probabilites), tuple(gravites)
        if self._courante not in [p.cle for p in self._pastilles]:
            self._courante = None
        self._mesures.clear()
        self.setAccessibleDescription("\n".join(self.mots()) or "Aucun risque coté.")
        self._dire()
        self.updateGeometry()
        self.update()

    @property
    def courante(self) -> object:
        """The key of the risk chosen, None when there is none."""
        return self._courante

    def choisir(self, cle: object) -> None:
        """Shows which risk is chosen, without emitting `choisie`."""
        self._courante = cle if cle in [p.cle for p in self._pastilles] else None
        self._dire()
        self.update()

    def mots(self) -> tuple[str, ...]:
        """The drawing in words, a line per risk, the heaviest first."""
        ordre = sorted(self._pastilles, key=lambda p: -p.place[0] * p.place[1])
        return tuple(map(self.mot, ordre))

    def mot(self, pastille: Pastille) -> str:
        """One risk in words."""
        dit = f"{pastille.code}, {pastille.nom}{NBSP}: {self._cotation(pastille.place)}"
        if pastille.depuis is not None and pastille.depuis != pastille.place:
            dit += f" ; avant actions{NBSP}: {self._cotation(pastille.depuis)}"
        return f"{dit}."

    def _cotation(self, place: tuple[int, int]) -> str:
        p, g = place
        valeur = p * g
        return (
            f"probabilité «{NBSP}{self._probabilites[p - 1]}{NBSP}», gravité «{NBSP}{self._gravites[g - 1]}{NBSP}», "
            f"criticité {valeur}, {minuscule(niveau(valeur).libelle)}"
        )

    def _dire(self) -> None:
        une = self._pastille(self._courante)
        self.setAccessibleName(f"{self._nom}. {self.mot(une)}" if une else self._nom)

    def _pastille(self, cle: object) -> Pastille | None:
        return next((p for p in self._pastilles if p.cle == cle), None)

    # -- measures ----------------------------------------------------------------------------------------------

    def mesures(self, largeur: int = 0) -> Mesures:
        """The geometry at a width, that of the widget by default."""
        largeur = max(largeur or self.width(), self._largeur_minimale())
        if largeur not in self._mesures:
            self._mesures[largeur] = Mesures(self._pastilles, self._probabilites, self._gravites, largeur)
        return self._mesures[largeur]

    def zone(self, cle: object) -> QRectF | None:
        """Where the mark of a risk is drawn; None when it is not on the matrix."""
        une = self._pastille(cle)
        return self.mesures().zone(une) if une else None

    def _largeur_minimale(self) -> int:
        return largeur_minimale(self._probabilites, self._gravites)

    def changeEvent(self, evenement: QEvent) -> None:
        """Another font or style: measured again."""
        super().changeEvent(evenement)
        if evenement.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._mesures.clear()
            self.updateGeometry()

    def resizeEvent(self, evenement: QResizeEvent) -> None:
        """Another width asks another height."""
        super().resizeEvent(evenement)
        if evenement.size().width() != evenement.oldSize().width():
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Rows grow with what they hold."""
        return True

    def heightForWidth(self, largeur: int) -> int:
        """The height that holds every mark."""
        return self.mesures(largeur).hauteur

    def sizeHint(self) -> QSize:
        """As on a usual page."""
        return QSize(460, self.heightForWidth(460))

    def minimumSizeHint(self) -> QSize:
        """No word of the scales is cut."""
        largeur = self._largeur_minimale()
        return QSize(largeur, self.heightForWidth(max(largeur, self.width())))

    # -- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Paints the cells with their criticality, the words of the scales, then the marks."""
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        for p in DEGRES:
            for g in DEGRES:
                self._peindre_case(peintre, p, g)
        self._peindre_mots(peintre)
        courante = self._pastille(self._courante)
        if courante is not None and courante.depuis not in (None, courante.place):
            self._peindre_trajet(peintre, courante)
        for pastille in self._pastilles:
            self._peindre_pastille(peintre, pastille)
        if self.hasFocus():
            peintre.setPen(QPen(theme.couleur("accent"), 2))
            peintre.setBrush(Qt.BrushStyle.NoBrush)
            peintre.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _peindre_case(self, peintre: QPainter, p: int, g: int) -> None:
        case = self.mesures().case(p, g)
        visee = self._visee == (p, g)
        peintre.setPen(QPen(theme.couleur("accent"), 2.4) if visee else Qt.PenStyle.NoPen)
        peintre.setBrush(fond_niveau(niveau(p * g)))
        peintre.drawRoundedRect(case, 6, 6)
        peintre.setPen(theme.couleur("encre"))
        peintre.setFont(police_mots())
        coin = case.adjusted(0, 0, -DEDANS, -4)
        peintre.drawText(coin, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, str(p * g))

    def _peindre_mots(self, peintre: QPainter) -> None:
        peintre.setFont(police_mots())
        peintre.setPen(theme.couleur("muet"))
        mesures = self.mesures()
        gauche = mesures.gauche
        ligne = QFontMetrics(police_mots()).height()
        peintre.drawText(QRectF(MARGE + 2, 3, self.width(), ligne), 0, f"Probabilité{NBSP}↑")
        droite = int(HABILLAGE | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        milieu = int(HABILLAGE | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for p in DEGRES:
            case = self.mesures().case(p, 1)
            zone = QRectF(MARGE, case.top(), gauche - 12, case.height())
            peintre.drawText(zone, droite, secable(self._probabilites[p - 1]))
        bas = self.mesures().case(1, 1).bottom() + 6
        for g in DEGRES:
            case = self.mesures().case(1, g)
            peintre.drawText(
                QRectF(case.left(), bas, case.width(), 1000), milieu, secable(self._gravites[g - 1])
            )
        pied = QRectF(
            MARGE + gauche, mesures.hauteur - ligne - 6, self.width() - gauche - 2 * MARGE, ligne + 2
        )
        peintre.drawText(pied, int(Qt.AlignmentFlag.AlignHCenter), f"Gravité{NBSP}→")

    def _peindre_pastille(self, peintre: QPainter, pastille: Pastille) -> None:
        zone = self.mesures().zone(pastille)
        if pastille.cle == self._courante:
            # A ring, not another colour only.
            peintre.setPen(QPen(theme.couleur("accent"), 2.6))
            peintre.setBrush(theme.couleur("carte"))
            autour = zone.adjusted(-3, -3, 3, 3)
            peintre.drawRoundedRect(autour, autour.height() / 2, autour.height() / 2)
        peintre.setPen(Qt.PenStyle.NoPen)
        peintre.setBrush(theme.couleur("encre"))
        peintre.drawRoundedRect(zone, zone.height() / 2, zone.height() / 2)
        peintre.setPen(theme.couleur("carte"))
        peintre.setFont(police_code())
        peintre.drawText(zone, int(Qt.AlignmentFlag.AlignCenter), pastille.code)

    def _peindre_trajet(self, peintre: QPainter, pastille: Pastille) -> None:
        """Where the risk was before its actions: a dotted mark, and an arrow to where it is."""
        assert pastille.depuis is not None
        arrivee = self.mesures().zone(pastille)
        taille = taille_pastille(pastille.code)
        depart = QRectF(0, 0, taille.width(), taille.height())
        depart.moveCenter(self.mesures().case(*pastille.depuis).center())
        trait = QPen(theme.couleur("encre"), 1.6, Qt.PenStyle.DashLine)
        peintre.setPen(trait)
        peintre.setBrush(Qt.BrushStyle.NoBrush)
        peintre.drawRoundedRect(depart, depart.height() / 2, depart.height() / 2)
        peintre.setFont(police_code())
        peintre.drawText(depart, int(Qt.AlignmentFlag.AlignCenter), pastille.code)
        a, b = depart.center(), arrivee.center()
        long = max(((b.x() - a.x()) ** 2 + (b.y() - a.y()) ** 2) ** 0.5, 1)
        pas = QPointF((b.x() - a.x()) / long, (b.y() - a.y()) / long)
        debut, fin = a + pas * (taille.height() / 2 + 2), b - pas * (taille.width() / 2 + 5)
        peintre.drawLine(debut, fin)
        cote = QPointF(-pas.y(), pas.x())
        peintre.setPen(QPen(theme.couleur("encre"), 1))
        peintre.setBrush(theme.couleur("encre"))
        peintre.drawPolygon(QPolygonF([fin, fin - pas * 9 + cote * 4.5, fin - pas * 9 - cote * 4.5]))

    # -- mouse and keyboard ------------------------------------------------------------------------------------

    def sous(self, point: QPointF) -> object:
        """The key of the risk whose mark is under a point, None when there is none."""
        for pastille in self._pastilles:
            if self.mesures().zone(pastille).contains(point):
                return pastille.cle
        return None

    def _case_sous(self, point: QPointF) -> tuple[int, int] | None:
        cases = ((p, g) for p in DEGRES for g in DEGRES)
        return next((c for c in cases if self.mesures().case(*c).contains(point)), None)

    def mousePressEvent(self, evenement: QMouseEvent) -> None:
        """Chooses the risk under the pointer, ready to be dragged."""
        super().mousePressEvent(evenement)
        cle = self.sous(evenement.position())
        if evenement.button() is Qt.MouseButton.LeftButton and cle is not None:
            self._prise = cle
            self._prendre(cle)
        evenement.accept()

    def mouseMoveEvent(self, evenement: QMouseEvent) -> None:
        """Shows the cell where the risk would be dropped."""
        if self._prise is not None:
            self._visee = self._case_sous(evenement.position())
            self.update()
            return
        dessus = self.sous(evenement.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if dessus else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, evenement: QMouseEvent) -> None:
        """Drops the risk."""
        une, visee = self._pastille(self._prise), self._visee
        self._prise = self._visee = None
        self.update()
        if une is not None and visee is not None and visee != une.place:
            self.deplacee.emit(une.cle, *visee)

    def mouseDoubleClickEvent(self, evenement: QMouseEvent) -> None:
        """Opens the risk under the pointer."""
        self._prise = self._visee = None
        cle = self.sous(evenement.position())
        if cle is not None:
            self.activee.emit(cle)

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """Arrows choose, Ctrl and an arrow moves, Enter opens, Escape leaves a drag."""
        touche = Qt.Key(evenement.key())
        une = self._pastille(self._courante)
        if touche == Qt.Key.Key_Escape and self._prise is not None:
            self._prise = self._visee = None
            self.update()
        elif touche in _PAS and self._pastilles:
            if evenement.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._pousser(une, _PAS[touche])
            else:
                self._suivante(-1 if touche in (Qt.Key.Key_Up, Qt.Key.Key_Left) else 1)
        elif touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and une is not None:
            self.activee.emit(une.cle)
        else:
            super().keyPressEvent(evenement)

    def _suivante(self, pas: int) -> None:
        cles = [p.cle for p in self._pastilles]
        rang = cles.index(self._courante) + pas if self._courante in cles else 0
        if 0 <= rang < len(cles):
            self._prendre(cles[rang])

    def _pousser(self, une: Pastille | None, pas: tuple[int, int]) -> None:
        if une is None:
            return
        p, g = une.place[0] + pas[0], une.place[1] + pas[1]
        if 1 <= p <= 4 and 1 <= g <= 4:
            self.deplacee.emit(une.cle, p, g)

    def _prendre(self, cle: object) -> None:
        if cle != self._courante:
            self.choisir(cle)
            self.choisie.emit(cle)

    def event(self, evenement: QEvent) -> bool:
        """The tooltip of a mark is the risk in words."""
        if isinstance(evenement, QHelpEvent) and evenement.type() == QEvent.Type.ToolTip:
            une = self._pastille(self.sous(QPointF(evenement.pos())))
            QToolTip.showText(evenement.globalPos(), bulle(self.mot(une) if une else ""), self)
            return True
        return super().event(evenement)
