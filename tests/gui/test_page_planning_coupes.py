"""The page Planning and its dialogues never cut a text: long names, 1280×800, usual font and one 25 % larger."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from esms_desktop.gestes.planning.exporter import FormatPlanning
from esms_desktop.store.porte import Porte
from tests.gui import exemples
from tests.gui.marcheur import defauts
from tests.gui.outils_planning import ouvrir, petit_planning, poser
from ui.fenetre import Fenetre
from ui.pages.planning.page import PagePlanning
from ui.pages.planning.partage import Vue

_LONGUE = "Tâche\tDébut\tPrédécesseurs\n" + "\n".join(
    f"Une tâche au nom interminable qui va d’un bord à l’autre de la page et au-delà, n° {i}\t{jour}\t{avant}"
    for i, (jour, avant) in enumerate((("02/10/2023", ""), ("31/02/2024", "1"), ("", "1FD+3 j")), 1)
)


def _page(porte: Porte, fenetre: Fenetre) -> PagePlanning:
    dossier = exemples.exemple_long(porte)
    taches = petit_planning(porte, dossier, long=True)
    porte.modifier(taches[0], echeance=date(2023, 9, 1), reference_fin=date(2023, 9, 1))
    return ouvrir(fenetre, dossier)


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_aucun_texte_coupe(echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any, qtbot: Any) -> None:
    habillee(echelle)
    page = _page(porte, fenetre)
    for rang, vue in enumerate(Vue):
        page.barre.vues.boutons[rang].click()
        qtbot.wait(80)
        poser()
        assert (fenetre.width(), fenetre.height()) == (1280, 800)
        assert [(vue, d) for d in defauts(fenetre)] == []
        hauts = page.gantt.disposition.hauts
        assert [page.tableau.rowHeight(r) for r in range(page.modele.rowCount())] == [
            b - a for a, b in pairwise(hauts)
        ]


def _coller(page: PagePlanning) -> None:
    QGuiApplication.clipboard().setText(_LONGUE)
    page.menus.coller()


_DIALOGUES: dict[str, Callable[[PagePlanning], object]] = {
    "tache": lambda p: p.ouvrir_tache(p.lu().taches[1].tache.id),
    "plan-type": lambda p: p.menus.plan_type(),
    "reglages": lambda p: p.menus.regler(),
    "constats": lambda p: p.constat.montrer_tous(),
    "import": _coller,
    "gantt": lambda p: p.menus.sortir(FormatPlanning.PDF),
}


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_aucun_texte_coupe_dans_les_dialogues(
    echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any, qtbot: Any
) -> None:
    habillee(echelle)
    page = _page(porte, fenetre)
    for nom, demander in _DIALOGUES.items():
        demander(page)
        qtbot.wait(60)
        poser()
        (boite,) = [d for d in page.findChildren(QDialog) if d.isVisible()]
        assert [(nom, d) for d in defauts(boite)] == []
        boite.reject()
        poser()


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_une_page_vide_se_lit_aussi(echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any) -> None:
    habillee(echelle)
    page = ouvrir(fenetre, exemples.exemple_long(porte))
    assert page.vide.isVisible()
    assert defauts(fenetre) == []
