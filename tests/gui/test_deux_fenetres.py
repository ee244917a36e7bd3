"""Two windows on one base: what one writes is what the other shows, prints and files; nothing stale, nothing broken."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from esms_desktop.errors import ErreurSaisie
from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.regles.constats import Page
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from ui.contexte import Contexte
from ui.vue_dossier import VueDossier


@pytest.fixture
def deux(tmp_path: Path, qapp: QApplication) -> Iterator[tuple[Contexte, Contexte, int]]:
    cle = cle_jetable()
    with ouvrir(tmp_path / "base.sqlite", cle) as une, ouvrir(tmp_path / "base.sqlite", cle) as autre:
        dossier = creer_exemple(une)
        ici, la = Contexte(une, lambda: JOUR), Contexte(autre, lambda: JOUR)
        ici.guetter()
        la.guetter()
        yield ici, la, dossier.id
        for contexte in (ici, la):
            contexte._guet.stop()
            contexte.fil.arreter()


def test_ce_que_l_une_ecrit_l_autre_le_voit_sans_qu_on_le_lui_demande(
    deux: tuple[Contexte, Contexte, int], qtbot: Any
) -> None:
    ici, la, cle = deux
    avant = la.lecture(cle)
    with qtbot.waitSignal(la.change, timeout=5_000):
        assert ici.modifier(ici.lecture(cle).dossier, notes="vu d’ici")
    assert la.lecture(cle).dossier.notes == "vu d’ici"
    assert avant.dossier.notes != "vu d’ici", "a version that was read never changes"


def test_une_page_ouverte_dit_les_chiffres_de_maintenant(
    deux: tuple[Contexte, Contexte, int], qtbot: Any
) -> None:
    ici, la, cle = deux
    vue = VueDossier(la)
    qtbot.addWidget(vue)
    vue.ouvrir(cle, Page.GRAPPE)
    partent = ici.lecture(cle).dossier.essms[-3:]
    with qtbot.waitSignal(la.change, timeout=5_000):
        assert ici.retirer(*partent, libelle="Retirer trois ESSMS")
    qtbot.waitUntil(lambda: la.lecture(cle).dossier.essms == ici.lecture(cle).dossier.essms, timeout=5_000)
    assert la.lecture(cle).financement == ici.lecture(cle).financement
    for page in Page:
        vue.montrer(page)
    vue.rafraichir()


def test_ecrire_ce_qui_a_ete_retire_ailleurs_se_dit(deux: tuple[Contexte, Contexte, int]) -> None:
    ici, la, cle = deux
    perdu = la.lecture(cle).dossier.essms[0]
    assert ici.retirer(ici.lecture(cle).dossier.essms[0], libelle="Retirer")
    refus: list[str] = []
    la.ecriture_echouee.connect(refus.append)
    assert not la.modifier(perdu, nom="Trop tard")
    assert "n’existe plus" in refus[0]


def test_un_dossier_supprime_ailleurs_ramene_au_portefeuille(
    deux: tuple[Contexte, Contexte, int], qtbot: Any
) -> None:
    ici, la, cle = deux
    vue = VueDossier(la)
    qtbot.addWidget(vue)
    vue.ouvrir(cle, Page.RISQUES)
    with qtbot.waitSignal(vue.retour, timeout=5_000) as retour:
        assert ici.retirer(ici.lecture(cle).dossier, libelle="Supprimer")
    assert "n’existe plus" in retour.args[0]
    with pytest.raises(ErreurSaisie):
        la.lecture(cle)
