"""The colours of the chart: one per plan, light and dark; a shape or a pattern always says the same."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from ui import theme

_CLAIRES = (("#0b5a6f", "#bcd3d9"), ("#6a4c93", "#d6cee2"), ("#17713f", "#c3dccd"))
_SOMBRES = (("#6cc0d6", "#1f4551"), ("#b79be0", "#3d3157"), ("#7bd6a3", "#1d4733"))


class Teinte(NamedTuple):
    """A plan: `trait` and `fait` (what is done), `fond` (what is left to do)."""

    trait: QPen
    fait: QColor
    fond: QColor


class Pinceaux(NamedTuple):
    """Everything the chart is painted with, made once for a theme."""

    teintes: tuple[Teinte, ...]
    titre: QColor
    choisi: QColor
    ligne: QColor
    grille: QColor
    grille_forte: QColor
    chome: QColor
    fond_limite: QColor
    raies_limite: QColor
    bord_limite: QPen
    aujourd_hui: QColor
    lien: QPen
    lien_critique: QPen
    lien_rompu: QPen
    critique: QPen
    hachures: QBrush
    encre: QColor
    reference: QPen
    fond_reference: QColor


def pinceaux() -> Pinceaux:
    """What to paint with in the theme in use; ask again at each paint."""
    return _pour(theme.couleurs())


@lru_cache(maxsize=4)
def _pour(c: theme.Couleurs) -> Pinceaux:
    paires = _SOMBRES if c is theme.SOMBRE else _CLAIRES
    bad = QColor(c.bad)
    hachures = QColor(bad)
    hachures.setAlpha(150)
    chome = QColor(c.neutre_fond)
    chome.setAlpha(110)
    return Pinceaux(
        tuple(Teinte(QPen(QColor(t), 1), QColor(t), QColor(f)) for t, f in paires),
        QColor(c.survol),
        QColor(c.selection),
        QColor(c.ligne),
        QColor(c.ligne),
        _melange(c.bord, c.carte, 0.45),
        chome,
        _melange(c.bad_fond, c.carte, 0.6),
        _melange(c.bad, c.carte, 0.3),
        QPen(bad, 2, Qt.PenStyle.DashLine),
        QColor(c.warn),
        QPen(QColor(c.bord), 1),
        QPen(bad, 2),
        QPen(bad, 1, Qt.PenStyle.DashLine),
        QPen(bad, 2),
        QBrush(hachures, Qt.BrushStyle.BDiagPattern),
        QColor(c.encre),
        QPen(QColor(c.muet), 1),
        QColor(c.neutre_fond),
    )


def _melange(a: str, b: str, part: float) -> QColor:
    """An opaque colour between two others: opaque paints faster."""
    x, y = QColor(a), QColor(b)
    return QColor(
        round(x.red() * part + y.red() * (1 - part)),
        round(x.green() * part + y.green() * (1 - part)),
        round(x.blue() * part + y.blue() * (1 - part)),
    )
