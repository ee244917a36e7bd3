"""A window on a base of its own, where one types; what was typed and kept is looked at from elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.regles.constats import Page
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from esms_desktop.store.saisies import Saisie, Saisies
from ui.contexte import Contexte
from ui.fenetre import Fenetre
from ui.frappe import visite
from ui.frappe.saisies import SaisiesDeFenetre
from ui.frappe.saisies_gardees import DialogueSaisies
from ui.registre import VUE_ENSEMBLE
from ui.widgets.champs.champ import Champ

# As it is, before the tests of the window answer it.
_QUESTION = SaisiesDeFenetre._question


class Poste:
    """A window on a base, that can be closed and opened again, and another program that writes there."""

    def __init__(self, chemin: Path) -> None:
        self.chemin, self.cle = chemin, cle_jetable()
        with ouvrir(chemin, self.cle) as porte:
            self.dossier_id = creer_exemple(porte).id
        self.ouvrir()

    def ouvrir(self) -> Fenetre:
        self.fenetre = Fenetre()
        self.fenetre.resize(1280, 800)
        self.fenetre.show()
        self.contexte = Contexte(ouvrir(self.chemin, self.cle), lambda: JOUR, self.fenetre)
        self.fenetre.installer(self.contexte)
        self.fenetre.activateWindow()
        QApplication.processEvents()
        return self.fenetre

    def page(self, cle: str) -> Any:
        self.fenetre.ouvrir_dossier(self.dossier_id, cle)
        QApplication.processEvents()
        assert self.fenetre.dossier is not None
        return self.fenetre.dossier.page

    @property
    def dossier(self) -> Any:
        return self.contexte.lecture(self.dossier_id).dossier

    def ailleurs(self) -> Porte:
        return ouvrir(self.chemin, self.cle)

    def gardees(self) -> list[Saisie]:
        return Saisies(self.chemin, self.cle).lire()

    def dialogue(self) -> DialogueSaisies | None:
        return next((d for d in self.fenetre.findChildren(DialogueSaisies) if d.isVisible()), None)

    def fermer(self) -> None:
        if self.fenetre.contexte is not None:
            self.contexte.taches.arreter()
            self.fenetre.desinstaller()
        self.fenetre.close()
        self.fenetre.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def poste(tmp_path: Path, habillee: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Poste]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "chez-soi"))
    monkeypatch.setattr(visite, "PAUSE_MS", 1)
    p = Poste(tmp_path / "base.sqlite")
    yield p
    p.fermer()


def taper(champ: Champ[Any], texte: str) -> None:
    champ.viser()
    QTest.keyClicks(champ.saisie, texte)


def pause(source: Any) -> None:
    """The person stops typing for a while."""
    minuterie = source._pause
    assert minuterie is not None
    while minuterie.isActive():
        QApplication.processEvents()
    QApplication.processEvents()


def hebergement(poste: Poste) -> Champ[Any]:
    champ: Champ[Any] = poste.page(VUE_ENSEMBLE).projet.champs["hebergement"]
    champ.viser()
    if isinstance(champ.saisie, QLineEdit):
        champ.saisie.clear()
    else:
        champ.saisie.selectAll()  # type: ignore[attr-defined]
    return champ


def capacite(poste: Poste) -> Champ[Any]:
    page = poste.page(Page.GRAPPE)
    page.essms.aller(poste.dossier.essms[0].id, "capacite")
    champ: Champ[Any] = page.essms.fiche.formulaire.champs["capacite"]
    champ.viser()
    assert isinstance(champ.saisie, QLineEdit)
    champ.saisie.selectAll()
    return champ
