"""The drawing of the Gantt chart: every bar on its days, at every scale, whole after a scroll."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from esms_desktop.regles.planning.jours_ouvres import JoursOuvres
from tests.gui.outils_gantt import B, J, barre, monter
from ui.widgets.gantt.contenu import Barre, Contenu, Trait
from ui.widgets.gantt.dessin import Options
from ui.widgets.gantt.disposition import Disposition
from ui.widgets.gantt.echelle import Echelle, Unite
from ui.widgets.gantt.vue import Gantt


@pytest.fixture
def gantt(qtbot: Any, habillee: Any) -> Gantt:
    return monter(qtbot)


# -- where things stand ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("unite", list(Unite))
def test_chaque_barre_est_posee_au_jour_pres(gantt: Gantt, unite: Unite) -> None:
    gantt.fixer_unite(unite)
    e = gantt.disposition.echelle
    assert gantt.unite is unite
    for rang, b in enumerate(gantt.disposition.contenu.barres):
        zone = gantt.disposition.zone(rang)
        if b.jalon:
            assert zone.center().x() == pytest.approx(e.x(b.debut.toordinal() + 0.5))
        else:
            assert zone.left() == pytest.approx(e.x(b.debut.toordinal()))
            assert zone.width() == pytest.approx(max(((b.fin - b.debut).days + 1) * e.par_jour, 3))
            assert e.ordinal(zone.left() + 0.01) == b.debut.toordinal()


def test_les_rangees_suivent_les_hauteurs_donnees(gantt: Gantt) -> None:
    gantt.fixer_hauteurs([30, 50, 30, 70, 30, 40])
    assert [gantt.disposition.rang_a(y) for y in (0, 29, 30, 79, 80, 110, 179, 249, 250)] == [
        0, 0, 1, 1, 2, 3, 3, 5, -1,
    ]  # fmt: skip
    zone = gantt.disposition.zone(1)
    assert zone.center().y() == pytest.approx(55)


@pytest.mark.parametrize(
    ("debut", "fin"), [(date(1, 1, 1), date(1, 1, 2)), (date(9998, 1, 1), date(9998, 12, 31))]
)
def test_des_dates_folles_se_dessinent(qtbot: Any, habillee: Any, debut: date, fin: date) -> None:
    g = Gantt()
    qtbot.addWidget(g)
    folle = Barre(1, "Folle", lambda: "", debut, fin, reference=(date(1500, 1, 1), date(1500, 2, 1)))
    g.montrer(Contenu((folle,), (), JoursOuvres(J("2024-01-01")), J("2024-01-01")))
    g.show()
    for unite in Unite:
        g.fixer_unite(unite)
        assert not g.grab().isNull()
    # A reference centuries away does not make the chart endless.
    assert g.disposition.echelle.largeur < 100_000


@pytest.mark.parametrize("unite", list(Unite))
def test_l_echelle_nomme_des_jours_qui_se_suivent(unite: Unite) -> None:
    origine = J("2023-11-20").toordinal()
    e = Echelle(origine, origine + 900, unite.par_jour)
    hautes, basses = e.bandes(e.origine, e.fin)
    for bande in (hautes, basses):
        assert all(x.fin == y.debut for x, y in pairwise(bande))
        if bande:
            assert bande[0].debut <= e.origine and bande[-1].fin >= e.fin
    textes = {g.texte for g in basses}
    attendus = {"jour": "29", "semaine": "1", "mois": "févr.", "trimestre": "T3", "annee": "2025"}
    assert attendus[unite.value] in textes


def test_un_lien_se_voit_entre_deux_rangees_lointaines() -> None:
    barres = [barre(i, "2024-03-11", "2024-03-15") for i in range(1, 301)]
    d = Disposition(Contenu(barres, (Trait(1, 300), Trait(2, 3))))
    vus = d.traits(range(150, 160), 0, 10_000, 600)
    assert [(a, b) for _, a, b in vus] == [(0, 299)]
    assert d.traits(range(150, 160), 50_000, 60_000, 600) == []


# -- the scale -------------------------------------------------------------------------------------------------


def test_ctrl_et_la_molette_zooment_sous_le_pointeur(gantt: Gantt) -> None:
    gantt.fixer_unite(Unite.SEMAINE)
    e = gantt.disposition.echelle
    x = 500.0
    jour = e.origine + (gantt.horizontalScrollBar().value() + x) / e.par_jour
    for sens in (120, -120):
        avant = gantt.disposition.echelle.par_jour
        gantt.wheelEvent(
            QWheelEvent(
                QPointF(x, 60),
                gantt.mapToGlobal(QPointF(x, 60)),
                QPoint(),
                QPoint(0, sens),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.ControlModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
        )
        e = gantt.disposition.echelle
        assert (e.par_jour > avant) is (sens > 0)
        ici = e.origine + (gantt.horizontalScrollBar().value() + x) / e.par_jour
        assert ici == pytest.approx(jour, abs=2 / e.par_jour)


def test_plus_et_moins_changent_l_echelle_jusqu_au_bout(gantt: Gantt) -> None:
    vues = set()
    for _ in range(20):
        QTest.keyClicks(gantt, "-")
        vues.add(gantt.unite)
    for _ in range(20):
        QTest.keyClicks(gantt, "+")
        vues.add(gantt.unite)
    assert vues == set(Unite) and gantt.unite is Unite.JOUR


def test_tout_voir_suit_la_fenetre(gantt: Gantt) -> None:
    gantt.tout_voir()
    assert gantt.horizontalScrollBar().maximum() == 0
    gantt.resize(600, 400)
    QApplication.processEvents()
    assert gantt.horizontalScrollBar().maximum() == 0
    gantt.zoomer(3)
    par_jour = gantt.disposition.echelle.par_jour
    gantt.resize(900, 400)
    QApplication.processEvents()
    assert gantt.disposition.echelle.par_jour == par_jour


# -- painting --------------------------------------------------------------------------------------------------


def test_ce_qui_a_defile_est_peint_comme_tout_le_reste(qtbot: Any, habillee: Any) -> None:
    """What scrolling leaves on the screen is what a whole paint gives: no seam, no ghost."""
    barres = [
        Barre(
            i,
            f"T{i}",
            lambda: "",
            J("2024-01-01") + timedelta(days=i % 90),
            J("2024-01-20") + timedelta(days=i % 90),
            i % 3,
            jalon=i % 5 == 0,
            critique=i % 4 == 0,
            avancement=i % 100,
        )
        for i in range(120)
    ]
    traits = [Trait(i, i + 1, i % 3 == 0, i % 7 == 0, i % 11 == 0) for i in range(119)]
    g = Gantt()
    qtbot.addWidget(g)
    g.resize(500, 300)
    jours = JoursOuvres(J("2024-01-01"))
    g.montrer(Contenu(barres, traits, jours, J("2024-02-01"), (J("2024-02-15"), "9 mois")))
    g.show()
    qtbot.waitExposed(g)
    g.fixer_unite(Unite.SEMAINE)
    QApplication.processEvents()
    for pas in range(9):
        g.verticalScrollBar().setValue(37 * pas)
        g.horizontalScrollBar().setValue(200 + 13 * pas)
        QApplication.processEvents()
    ecran = g.screen().grabWindow(g.winId()).toImage()
    assert ecran.size() == g.size() and len({ecran.pixel(x, 150) for x in range(0, 490, 3)}) > 4
    g.viewport().update()
    QApplication.processEvents()
    assert ecran == g.screen().grabWindow(g.winId()).toImage()


@pytest.mark.parametrize("sombre", [False, True])
def test_le_chemin_critique_se_voit_et_se_cache(
    gantt: Gantt, habillee: Callable[..., Any], sombre: bool
) -> None:
    habillee(1.0, sombre)
    QApplication.processEvents()
    avec = gantt.grab().toImage()
    gantt.fixer_options(Options(critique=False))
    sans = gantt.grab().toImage()
    gantt.fixer_options(Options(reference=False, liens=False))
    rien = gantt.grab().toImage()
    assert avec != sans and sans != rien


def test_la_description_suit_la_tache_courante(gantt: Gantt) -> None:
    assert gantt.accessibleName() == "Diagramme de Gantt"
    gantt.choisir(B)
    assert gantt.accessibleDescription() == "Tout de T2."
    gantt.montrer(Contenu())
    assert gantt.accessibleDescription() == "Aucune tâche choisie"
