"""The Gantt with 2,000 bars: its first frame and a pan, against a bare QGraphicsView with the same rectangles."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QGraphicsScene, QGraphicsView

from esms_desktop.regles.planning.jours_ouvres import JoursOuvres
from tests.bench.outils import medianes_alternees
from ui import theme
from ui.widgets.gantt.contenu import Barre, Contenu, Trait
from ui.widgets.gantt.vue import Gantt

_BARRES, _PAS = 2000, 40
_LARGEUR, _HAUTEUR = 1000, 560
_DEBUT = date(2023, 7, 3)


def _contenu() -> Contenu:
    barres = []
    for i in range(_BARRES):
        debut = _DEBUT + timedelta(days=i % 540)
        fin = debut + timedelta(days=5 + i % 40)
        barres.append(
            Barre(
                i,
                f"Tâche {i}",
                lambda i=i: f"Tâche {i}",
                debut,
                fin,
                i % 3,
                jalon=i % 12 == 0,
                avancement=i % 101,
                critique=i % 9 == 0,
            )
        )
    traits = [Trait(i, i + 1, critique=i % 9 == 0) for i in range(_BARRES - 1)]
    jours = JoursOuvres(_DEBUT)
    return Contenu(barres, traits, jours, date(2024, 1, 15), (date(2025, 1, 3), "18 mois"))


def _premiere(vue: QAbstractScrollArea) -> None:
    vue.resize(_LARGEUR, _HAUTEUR)
    vue.show()
    # Nothing is painted before the window system says the window is there.
    while not vue.windowHandle().isExposed():
        QApplication.processEvents()
    vue.viewport().repaint()


def _deplacer(vue: QAbstractScrollArea) -> None:
    """Forty steps sideways and down, a frame each."""
    for i in range(_PAS):
        vue.verticalScrollBar().setValue(i * 60)
        vue.horizontalScrollBar().setValue(i * 8)
        QApplication.processEvents()


def _chronometrer(fabriquer: Callable[[], QAbstractScrollArea]) -> dict[str, float]:
    debut = time.perf_counter()
    vue = fabriquer()
    _premiere(vue)
    premiere = time.perf_counter()
    _deplacer(vue)
    fin = time.perf_counter()
    vue.hide()
    vue.deleteLater()
    QApplication.processEvents()
    return {"premiere": (premiere - debut) * 1000, "image": (fin - premiere) * 1000 / _PAS}


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.charger_police()
    theme.appliquer(app)
    contenu = _contenu()
    modele = Gantt()
    modele.montrer(contenu)
    modele.fixer_echelle(1.8)
    zones = [modele.disposition.zone(rang) for rang in range(_BARRES)]
    cadre = QRectF(0, 0, modele.disposition.echelle.largeur, modele.disposition.hauteur)

    def le_notre() -> QAbstractScrollArea:
        gantt = Gantt()
        gantt.montrer(contenu)
        gantt.fixer_echelle(1.8)
        return gantt

    def nu() -> QAbstractScrollArea:
        scene = QGraphicsScene(cadre)
        for zone in zones:
            scene.addRect(zone)
        vue = QGraphicsView(scene)
        scene.setParent(vue)
        return vue

    m = medianes_alternees({"gantt": lambda: _chronometrer(le_notre), "nu": lambda: _chronometrer(nu)})
    g, n = m["gantt"], m["nu"]
    yield f"Gantt, {_BARRES} barres, première image : {g['premiere']:.1f} ms, QGraphicsView nu {n['premiere']:.1f} ms"
    yield f"Gantt, première image ÷ QGraphicsView nu : {g['premiere'] / n['premiere']:.2f} (visé : 1,5 au plus)"
    yield f"Gantt, {_BARRES} barres, image en déplacement : {g['image']:.2f} ms, QGraphicsView nu {n['image']:.2f} ms"
    yield f"Gantt, déplacement ÷ QGraphicsView nu : {g['image'] / n['image']:.2f} (visé : 1,5 au plus)"
