"""A ring that shows how much of the checks of a page is satisfied."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from esms_desktop.francais import NBSP, pluriel
from ui.fil import EN_COURS
from ui.widgets.libelle import bulle

_DIAMETRE = 20


def phrase_avancement(quoi: str, fait: int, total: int) -> str:
    """« Grappe : 4 contrôles sur 6 », as the ring's tooltip and accessible name say it."""
    if total == 0:
        return f"{quoi}{NBSP}: aucun contrôle"
    return f"{quoi}{NBSP}: {pluriel(fait, 'contrôle')} sur {total}"


class Anneau(QWidget):
    """A ring, full and ticked when all is done, partial otherwise, empty when there is nothing to check; grey while it is
    not known."""

    def __init__(self, fait: int = 0, total: int = 0, quoi: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.fixer(fait, total, quoi)

    def fixer(self, fait: int, total: int, quoi: str = "") -> None:
        """Shows `fait` checks satisfied out of `total`; `quoi` names the page in the tooltip."""
        self.fait, self.total, self.connu = fait, total, True
        self._dire(phrase_avancement(quoi, fait, total) if quoi else f"{fait} sur {total}")

    def attendre(self, quoi: str = "") -> None:
        """Not known for now: neither a tick nor a figure."""
        self.connu = False
        self._dire(f"{quoi}{NBSP}: {EN_COURS}" if quoi else EN_COURS)

    def _dire(self, phrase: str) -> None:
        self.phrase = phrase
        self.setToolTip(bulle(phrase))
        self.setAccessibleName(phrase)
        self.update()

    def sizeHint(self) -> QSize:
        """A fixed square: there is no text in it."""
        return QSize(_DIAMETRE, _DIAMETRE)

    def minimumSizeHint(self) -> QSize:
        """The same square."""
        return self.sizeHint()

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Paints the track, then the part done; a tick inside when all is done."""
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        cercle = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        peintre.setPen(QPen(QColor("#4d6a75"), 2.4))
        peintre.drawEllipse(cercle)
        if not self.connu:
            # Three dots on the track: told by their shape, not by their colour alone.
            peintre.setPen(Qt.PenStyle.NoPen)
            peintre.setBrush(QColor("#8fa6af"))
            for x in (-4.0, 0.0, 4.0):
                peintre.drawEllipse(cercle.center() + QPointF(x, 0), 1.3, 1.3)
            return
        if not self.total or not self.fait:
            return
        complet = self.fait >= self.total
        trait = QPen(QColor("#74d3a0" if complet else "#f0bc52"), 2.4)
        trait.setCapStyle(Qt.PenCapStyle.RoundCap)
        peintre.setPen(trait)
        peintre.drawArc(cercle, 90 * 16, -round(360 * 16 * self.fait / self.total))
        if complet:
            milieu = cercle.center()
            peintre.drawPolyline(
                [milieu + d for d in (QPointF(-3.2, 0.3), QPointF(-0.8, 2.6), QPointF(3.2, -2.4))]
            )
