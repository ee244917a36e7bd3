"""A pill that says a state: a shape and words, never a colour alone."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

GENRES = ("ok", "warn", "bad", "info", "neutre")
_MARGE_X, _MARGE_Y, _SIGNE = 9, 3, 10
_FACTEUR = 0.88


def taille_badge(texte: str) -> QSize:
    """The room a badge needs, in pixels."""
    return QSize(*_taille(texte, theme.taille(_FACTEUR)))


# A column asks it again for each of its rows, and Qt for each of its layouts.
@lru_cache(maxsize=512)
def _taille(texte: str, points: float) -> tuple[int, int]:
    metrique = QFontMetrics(theme.police(_FACTEUR, QFont.Weight.DemiBold))
    largeur = metrique.horizontalAdvance(texte)
    return largeur + 2 * _MARGE_X + _SIGNE + 6, metrique.height() + 2 * _MARGE_Y


def peindre_badge(peintre: QPainter, zone: QRect, texte: str, genre: str) -> None:
    """Paints a badge at the left of `zone`, centred in its height."""
    encre, fond = theme.couleurs().genre(genre)
    besoin = taille_badge(texte)
    pilule = QRectF(
        zone.left(), zone.center().y() - besoin.height() / 2 + 0.5, besoin.width(), besoin.height()
    )
    peintre.save()
    peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
    peintre.setPen(Qt.PenStyle.NoPen)
    peintre.setBrush(QColor(fond))
    peintre.drawRoundedRect(pilule, besoin.height() / 2, besoin.height() / 2)
    signe = QRectF(pilule.left() + _MARGE_X, pilule.center().y() - _SIGNE / 2, _SIGNE, _SIGNE)
    _signe(peintre, signe, genre, QColor(encre))
    peintre.setPen(QColor(encre))
    peintre.setFont(theme.police(_FACTEUR, QFont.Weight.DemiBold))
    zone_texte = pilule.adjusted(_MARGE_X + _SIGNE + 6, 0, -2, 0)
    peintre.drawText(zone_texte, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, texte)
    peintre.restore()


def _signe(peintre: QPainter, zone: QRectF, genre: str, encre: QColor) -> None:
    trait = QPen(encre, 1.8)
    trait.setCapStyle(Qt.PenCapStyle.RoundCap)
    peintre.setPen(trait)
    peintre.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w, h = zone.x(), zone.y(), zone.width(), zone.height()
    if genre == "ok":
        peintre.drawPolyline(
            QPolygonF(
                [
                    QPointF(x + 1, y + h * 0.55),
                    QPointF(x + w * 0.4, y + h - 1.5),
                    QPointF(x + w - 0.5, y + 1.5),
                ]
            )
        )
    elif genre == "bad":
        peintre.drawLine(QPointF(x + 1.5, y + 1.5), QPointF(x + w - 1.5, y + h - 1.5))
        peintre.drawLine(QPointF(x + w - 1.5, y + 1.5), QPointF(x + 1.5, y + h - 1.5))
    elif genre == "warn":
        peintre.drawPolygon(
            QPolygonF([QPointF(x + w / 2, y + 0.5), QPointF(x + w, y + h - 1), QPointF(x, y + h - 1)])
        )
    elif genre == "info":
        peintre.drawEllipse(zone.adjusted(1, 1, -1, -1))
    else:
        peintre.drawLine(QPointF(x + 1, y + h / 2), QPointF(x + w - 1, y + h / 2))


class Badge(QWidget):
    """A state in a word or two.

    Args:
        texte: the words.
        genre: "ok", "warn", "bad", "info" or "neutre": colour **and** sign.
    """

    def __init__(self, texte: str = "", genre: str = "neutre", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.fixer(texte, genre)

    @property
    def texte(self) -> str:
        """The words shown."""
        return self._texte

    @property
    def genre(self) -> str:
        """The kind shown."""
        return self._genre

    def fixer(self, texte: str, genre: str = "neutre") -> None:
        """Shows other words and another kind."""
        self._texte, self._genre = texte, genre
        self.setAccessibleName(texte)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The whole text."""
        return taille_badge(self._texte)

    def minimumSizeHint(self) -> QSize:
        """The whole text: never cut."""
        return taille_badge(self._texte)

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """Paints the pill."""
        peintre = QPainter(self)
        peindre_badge(peintre, self.rect(), self._texte, self._genre)
