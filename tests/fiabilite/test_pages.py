"""A page that follows the edits says what a page just built says: whatever is written, undone, removed."""

import os
import random
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from tests.fiabilite.pages import TOUTES, Ecran
from tests.fiabilite.trois_programmes import Carnet, Fenetre
from ui.contexte import Contexte

FIABILITE = os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite"
PREMIERE = int(os.environ.get("ESMS_DESKTOP_GRAINE", "0"))
GESTES = 150 if FIABILITE else 16


@pytest.mark.parametrize("graine", range(PREMIERE, PREMIERE + (10 if FIABILITE else 1)))
@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_page_followed_says_what_a_new_one_says(graine: int, tmp_path: Path, qapp: QApplication) -> None:
    hasard = random.Random(graine)
    cle = cle_jetable()
    with ouvrir(tmp_path / "base.sqlite", cle) as porte:
        dossier_id = creer_exemple(porte).id
    # Opened again: the dossier itself cannot be undone.
    with ouvrir(tmp_path / "base.sqlite", cle) as porte:
        ecran = Ecran(Contexte(porte, lambda: JOUR), dossier_id)
        programme = Fenetre(porte, dossier_id, "seule", graine, Carnet(tmp_path / "carnet"))
        pages = hasard.sample(TOUTES, len(TOUTES))
        try:
            for rang in range(GESTES):
                programme.avant, programme.lu = programme.lu, porte.relire(programme.lu)
                programme.agir()
                page = pages[rang % len(pages)] if rang < len(pages) else hasard.choice(TOUTES)
                assert not ecran.comparer(page), f"{page}, after {rang + 1} gestes"
        finally:
            ecran.fermer()
