"""The page Historique, the bin and the personal data: what they show is what the base says, and what they do is undone or told."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.lecture import Dossier
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import cle_jetable
from tests.fiabilite.pages import calmer
from tests.gui.marcheur import defauts
from ui.contexte import Contexte
from ui.dialogues import montrer_corbeille
from ui.fenetre import Fenetre
from ui.pages.base import corbeille, donnees_personnelles
from ui.pages.base.corbeille import DialogueCorbeille
from ui.pages.base.donnees_personnelles import DialogueDonnees
from ui.pages.historique.page import PageHistorique


class Poste:
    """A window on a dossier."""

    def __init__(self, fenetre: Fenetre, cle: Cle, dossier_id: int) -> None:
        self.fenetre, self.cle, self.dossier_id = fenetre, cle, dossier_id
        assert fenetre.contexte is not None
        self.contexte: Contexte = fenetre.contexte

    def dossier(self) -> Dossier:
        return self.contexte.lecture(self.dossier_id).dossier

    def page(self) -> PageHistorique:
        self.fenetre.ouvrir_dossier(self.dossier_id, "historique")
        QApplication.processEvents()
        assert self.fenetre.dossier is not None
        page = self.fenetre.dossier.page
        assert isinstance(page, PageHistorique)
        return page


@pytest.fixture
def poste(tmp_path: Path, habillee: Any, qtbot: Any) -> Iterator[Poste]:
    cle = cle_jetable()
    with ouvrir(tmp_path / "base.sqlite", cle) as porte:
        dossier = creer_exemple(porte)
        f = Fenetre()
        f.resize(1280, 800)
        f.show()
        f.installer(Contexte(porte, lambda: JOUR, f))
        yield Poste(f, cle, dossier.id)
        if f.contexte is not None:
            f.contexte.taches.arreter()
        f.close()
        f.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_une_valeur_se_remet_et_s_annule(poste: Poste) -> None:
    avant = poste.dossier().essms[0].capacite
    poste.contexte.modifier(poste.dossier().essms[0], capacite=7)
    page = poste.page()
    ligne = page.choisie
    assert ligne is not None and (ligne.avant, ligne.apres) == (str(avant), "7")
    page.remettre.click()
    QApplication.processEvents()
    assert poste.dossier().essms[0].capacite == avant
    assert page.modele.objet(0).apres == str(avant), "the page follows"
    poste.fenetre.annuler()
    assert poste.dossier().essms[0].capacite == 7


def test_la_recherche_et_l_auteur_gardent_ce_qui_leur_repond(poste: Poste, qtbot: Any) -> None:
    poste.contexte.modifier(poste.dossier(), notes="un mot rare")
    page = poste.page()
    tout = page.modele.rowCount()
    page.recherche.setText("MOT RARE")
    qtbot.waitUntil(lambda: page.modele.rowCount() == 1)
    page.recherche.setText("introuvable")
    qtbot.waitUntil(lambda: page.modele.rowCount() == 0)
    assert page.rien.isVisible() and not page.remettre.isEnabled()
    page.recherche.clear()
    qtbot.waitUntil(lambda: page.modele.rowCount() == tout)
    # Older ones come when asked.
    if page.plus.isVisible():
        page.plus.click()
        assert page.modele.rowCount() > tout


def test_ce_qui_fut_retire_revient_de_la_corbeille(poste: Poste) -> None:
    og = poste.dossier().ogs[1]
    combien = len(poste.dossier().essms)
    poste.contexte.retirer(og, libelle="Retirer")
    poste.page().b_corbeille.click()
    (dialogue,) = poste.fenetre.findChildren(DialogueCorbeille)
    QApplication.processEvents()
    assert defauts(dialogue) == []
    dialogue.b_remettre.click()
    assert len(poste.dossier().essms) == combien and og.nom in dialogue.bandeau.texte.text()
    assert dialogue.vide.isVisible()
    poste.fenetre.annuler()
    assert len(poste.dossier().essms) < combien


def test_un_dossier_quitte_la_corbeille_pour_de_bon(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    poste.contexte.retirer(poste.dossier(), libelle="Supprimer")
    poste.fenetre.montrer_portefeuille()
    montrer_corbeille(poste.fenetre)
    (dialogue,) = poste.fenetre.findChildren(DialogueCorbeille)
    monkeypatch.setattr(corbeille, "demander", lambda *_a, **_k: False)
    dialogue.b_effacer.click()
    assert dialogue.modele.rowCount() == 1
    monkeypatch.setattr(corbeille, "demander", lambda *_a, **_k: True)
    dialogue.b_effacer.click()
    assert dialogue.modele.rowCount() == 0 and "effacé pour de bon" in dialogue.bandeau.texte.text()
    assert poste.contexte.base.libelle_annuler is None


def test_une_personne_se_donne_et_s_efface(
    poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nom = poste.dossier().contacts[0].nom
    poste.page()
    dialogue = DialogueDonnees(poste.contexte, poste.cle, poste.fenetre)
    dialogue.open()
    QApplication.processEvents()
    assert defauts(dialogue) == []
    dialogue.b_donner.click()
    assert not dialogue.nom.erreur.isHidden()
    dialogue.nom.saisie.setText(f"  {nom.upper()} ")
    dialogue.donner_vers(tmp_path / "elle.json")
    calmer(poste.contexte)
    assert dialogue.b_effacer.isEnabled() and "cette personne" in dialogue.bandeau.texte.text()
    assert json.loads((tmp_path / "elle.json").read_text(encoding="utf-8"))["donnees"]
    monkeypatch.setattr(donnees_personnelles, "demander", lambda *_a, **_k: True)
    dialogue.b_effacer.click()
    calmer(poste.contexte)
    assert nom not in [c.nom for c in poste.dossier().contacts]
    assert "sauvegardes" in dialogue.bandeau.texte.text()
    dialogue.mois.saisie.setText("12")
    dialogue.mois.valider()
    dialogue.copier()
    assert (
        "12\u00a0mois" in QGuiApplication.clipboard().text() and nom not in QGuiApplication.clipboard().text()
    )
