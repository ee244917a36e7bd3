"""The gestures of the Gantt chart: the same by mouse and by keyboard, and nothing but signals going out."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.outils_gantt import DEPLOIEMENT, JALON, PROJET, A, B, C, J, ecouter, monter
from ui.widgets.gantt.disposition import Zone
from ui.widgets.gantt.vue import Gantt


@pytest.fixture
def gantt(qtbot: Any, habillee: Any) -> Gantt:
    return monter(qtbot)


def _tirer(g: Gantt, depart: QPoint, arrivee: QPoint, lacher: bool = True) -> None:
    vue = g.viewport()
    QTest.mousePress(vue, Qt.MouseButton.LeftButton, pos=depart)
    milieu = QPoint((depart.x() + arrivee.x()) // 2, (depart.y() + arrivee.y()) // 2)
    for point in (milieu, arrivee):
        QTest.mouseMove(vue, point)
        QApplication.processEvents()
    if lacher:
        QTest.mouseRelease(vue, Qt.MouseButton.LeftButton, pos=arrivee)


def _milieu(g: Gantt, cle: int) -> QPoint:
    return g.zone_de(cle).center().toPoint()


def _de_jours(g: Gantt, point: QPoint, jours: int) -> QPoint:
    return point + QPoint(round(jours * g.disposition.echelle.par_jour), 0)


# -- the mouse -------------------------------------------------------------------------------------------------


def test_tirer_une_barre_demande_un_jour_ouvre(gantt: Gantt) -> None:
    recus = ecouter(gantt.deplacee)
    _tirer(gantt, _milieu(gantt, A), _de_jours(gantt, _milieu(gantt, A), 2))
    assert recus == [(A, J("2024-03-13"))]
    assert gantt.disposition.contenu.barres[1].debut == J("2024-03-11")
    # Saturday is nobody's day: the next worked one.
    _tirer(gantt, _milieu(gantt, A), _de_jours(gantt, _milieu(gantt, A), 5))
    assert recus[1:] == [(A, J("2024-03-18"))]


def test_l_ebauche_garde_la_duree(gantt: Gantt) -> None:
    _tirer(gantt, _milieu(gantt, A), _de_jours(gantt, _milieu(gantt, A), 3), lacher=False)
    e = gantt._ebauche
    assert e is not None and (e.debut, e.fin) == (J("2024-03-14"), J("2024-03-20"))
    QTest.mouseRelease(gantt.viewport(), Qt.MouseButton.LeftButton)
    assert gantt._ebauche is None


def test_tirer_la_fin_change_la_duree(gantt: Gantt) -> None:
    recus = ecouter(gantt.etiree)
    zone = gantt.zone_de(A)
    bord = QPointF(zone.right() - 1, zone.center().y()).toPoint()
    _tirer(gantt, bord, _de_jours(gantt, bord, 4))
    assert recus == [(A, J("2024-03-19"))]
    _tirer(gantt, bord, _de_jours(gantt, bord, -20))
    assert recus[1:] == [(A, J("2024-03-11"))]


def test_echap_abandonne_ce_qui_est_tire(gantt: Gantt) -> None:
    recus = ecouter(gantt.deplacee)
    _tirer(gantt, _milieu(gantt, A), _de_jours(gantt, _milieu(gantt, A), 3), lacher=False)
    QTest.keyClick(gantt, Qt.Key.Key_Escape)
    QTest.mouseRelease(gantt.viewport(), Qt.MouseButton.LeftButton)
    assert recus == [] and gantt._ebauche is None


def test_un_clic_choisit_sans_rien_deplacer(gantt: Gantt) -> None:
    deplaces, choisis = ecouter(gantt.deplacee), ecouter(gantt.choisie)
    QTest.mouseClick(gantt.viewport(), Qt.MouseButton.LeftButton, pos=_milieu(gantt, C))
    assert (choisis, deplaces) == ([(C,)], [])
    assert gantt.accessibleDescription() == f"Tout de T{C}."


@pytest.mark.parametrize(("debut", "genre"), [(False, "fin-debut"), (True, "debut-debut")])
def test_tirer_un_point_vers_une_autre_barre_lie(gantt: Gantt, debut: bool, genre: str) -> None:
    recus = ecouter(gantt.liee)
    zone = gantt.zone_de(B)
    x = zone.left() - 7 if debut else zone.right() + 7
    point = QPointF(x, zone.center().y()).toPoint()
    attendu = Zone.POINT_DEBUT if debut else Zone.POINT_FIN
    assert gantt.disposition.sous(gantt.du_contenu(point))[1] is attendu
    _tirer(gantt, point, _milieu(gantt, C))
    assert recus == [(B, C, genre)]


def test_un_lien_lache_dans_le_vide_n_est_pas_pose(gantt: Gantt) -> None:
    recus = ecouter(gantt.liee)
    zone = gantt.zone_de(B)
    point = QPointF(zone.right() + 7, zone.center().y()).toPoint()
    _tirer(gantt, point, QPoint(point.x() + 40, gantt.viewport().height() - 5))
    _tirer(gantt, point, _milieu(gantt, DEPLOIEMENT))
    _tirer(gantt, point, _milieu(gantt, B))
    assert recus == []


def test_tirer_le_vide_deplace_la_vue(gantt: Gantt) -> None:
    avant = gantt.horizontalScrollBar().value()
    _tirer(gantt, QPoint(600, gantt.viewport().height() - 10), QPoint(540, gantt.viewport().height() - 10))
    assert gantt.horizontalScrollBar().value() == avant + 60


def test_un_double_clic_ouvre_la_tache_ou_replie_le_plan(gantt: Gantt) -> None:
    ouvertes, repliees = ecouter(gantt.ouverte), ecouter(gantt.repliee)
    for cle in (A, PROJET):
        QTest.mouseDClick(gantt.viewport(), Qt.MouseButton.LeftButton, pos=_milieu(gantt, cle))
    assert (ouvertes, repliees) == ([(A,)], [(PROJET,)])


# -- the keyboard ----------------------------------------------------------------------------------------------


def _touche(gantt: Gantt, cle: Qt.Key, *modifs: Qt.KeyboardModifier) -> None:
    tous = Qt.KeyboardModifier.NoModifier
    for m in modifs:
        tous |= m
    QTest.keyClick(gantt, cle, tous)


ALT, MAJ = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def test_les_fleches_parcourent_les_rangees(gantt: Gantt) -> None:
    gantt.choisir(PROJET)
    cles = []
    for touche in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home):
        _touche(gantt, touche)
        cles.append(gantt.courante.cle if gantt.courante else None)
    assert cles == [A, B, C, DEPLOIEMENT, PROJET]


def test_alt_et_les_fleches_deplacent_d_un_jour_ouvre(gantt: Gantt) -> None:
    deplaces, etires = ecouter(gantt.deplacee), ecouter(gantt.etiree)
    gantt.choisir(A)
    _touche(gantt, Qt.Key.Key_Right, ALT)
    _touche(gantt, Qt.Key.Key_Left, ALT)
    # From Monday 11, the worked day before is Friday 8; the end of Friday 15 goes to Monday 18.
    assert deplaces == [(A, J("2024-03-12")), (A, J("2024-03-08"))]
    _touche(gantt, Qt.Key.Key_Right, ALT, MAJ)
    _touche(gantt, Qt.Key.Key_Left, ALT, MAJ)
    assert etires == [(A, J("2024-03-18")), (A, J("2024-03-14"))]


def test_un_jalon_n_a_pas_de_duree(gantt: Gantt) -> None:
    etires, dits = ecouter(gantt.etiree), ecouter(gantt.dit)
    gantt.choisir(JALON)
    _touche(gantt, Qt.Key.Key_Right, ALT, MAJ)
    assert etires == [] and "jalon" in dits[-1][0]


@pytest.mark.parametrize(
    ("type_", "attendu"),
    [(None, "fin-debut"), (Qt.Key.Key_D, "debut-debut"), (Qt.Key.Key_F, "fin-fin")],
)
def test_un_lien_se_pose_au_clavier(gantt: Gantt, type_: Qt.Key | None, attendu: str) -> None:
    recus, dits = ecouter(gantt.liee), ecouter(gantt.dit)
    gantt.choisir(B)
    _touche(gantt, Qt.Key.Key_L)
    assert gantt.lien_en_cours and "T2" in dits[-1][0]
    if type_ is not None:
        _touche(gantt, type_)
    _touche(gantt, Qt.Key.Key_End)
    assert recus == []
    _touche(gantt, Qt.Key.Key_Return)
    assert recus == [(B, C, attendu)] and not gantt.lien_en_cours


def test_echap_abandonne_le_lien(gantt: Gantt) -> None:
    recus, ouvertes = ecouter(gantt.liee), ecouter(gantt.ouverte)
    gantt.choisir(B)
    _touche(gantt, Qt.Key.Key_L)
    _touche(gantt, Qt.Key.Key_Escape)
    _touche(gantt, Qt.Key.Key_Return)
    assert recus == [] and ouvertes == [(B,)]


def test_suppr_et_les_titres(gantt: Gantt) -> None:
    retires, repliees = ecouter(gantt.a_retirer), ecouter(gantt.repliee)
    gantt.choisir(B)
    _touche(gantt, Qt.Key.Key_Delete)
    gantt.choisir(PROJET)
    _touche(gantt, Qt.Key.Key_Delete)
    _touche(gantt, Qt.Key.Key_Left)
    _touche(gantt, Qt.Key.Key_Right)
    _touche(gantt, Qt.Key.Key_Return)
    assert retires == [(B,)]
    # Already open: the right arrow travels instead.
    assert repliees == [(PROJET,), (PROJET,)]
