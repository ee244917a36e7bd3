"""Several ESSMS at once: one value for a column; those that look alike."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from esms_desktop.model import Dossier
from tests.gui.outils_grappe import ouvrir, poser, relire, repondre_a_la_question
from ui.fenetre import Fenetre
from ui.pages.grappe.doublons import DialogueDoublons
from ui.pages.grappe.page import ESSMS, PageGrappe
from ui.pages.grappe.plusieurs import DialogueValeur


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageGrappe:
    page = ouvrir(fenetre, exemple)
    page.montrer_onglet(ESSMS)
    return page


def dans_le_dialogue(colonne: str, valeur: str, vues: list[str]) -> None:
    """Fills the next dialog in and agrees, when it lets."""

    def remplir() -> None:
        boite = QApplication.activeModalWidget()
        if not isinstance(boite, DialogueValeur):
            QTimer.singleShot(20, remplir)
            return
        boite.colonne.fixer(colonne)
        boite.valeur.saisie.setText(valeur)
        boite._actualiser()
        vues.append(boite.effet.text())
        (boite.accept if boite.accord.isEnabled() else boite.reject)()

    QTimer.singleShot(0, remplir)


def test_une_valeur_va_a_tous_les_essms_choisis_et_s_annule_d_un_coup(
    page: PageGrappe, fenetre: Fenetre
) -> None:
    page.essms.tableau.selectAll()
    vues: list[str] = []
    dans_le_dialogue("Catégorie", "ehpad", vues)
    page.essms.valeur.click()
    poser()
    assert {(e.categorie, e.champ) for e in relire(page).essms} == {("500", "PA")}
    assert "remplacée" in vues[0] or "changer" in vues[0]
    avant = {e.categorie for e in relire(page).essms}
    fenetre.annuler()
    poser()
    assert {e.categorie for e in relire(page).essms} != avant


def test_une_valeur_refusee_dit_pourquoi(page: PageGrappe) -> None:
    page.essms.tableau.selectAll()
    vues: list[str] = []
    dans_le_dialogue("Capacité", "beaucoup", vues)
    page.essms.valeur.click()
    poser()
    assert "nombre entier" in vues[0]
    assert {e.capacite for e in relire(page).essms} == {40}


def test_les_doublons_se_montrent_et_se_resolvent(page: PageGrappe, fenetre: Fenetre) -> None:
    assert not page.essms.doublons.isVisible()
    premier, second = relire(page).essms[:2]
    assert page.contexte.modifier(second, finess=premier.finess)
    poser()
    assert page.essms.doublons.isVisible() and "(1)" in page.essms.doublons.text()
    page.essms.doublons.click()
    poser()
    (boite,) = page.findChildren(DialogueDoublons)
    assert [boite.modele.objet(r).essms.id for r in range(boite.modele.rowCount())] == [premier.id, second.id]
    boite.structures.click()
    poser()
    assert [e.plusieurs_structures for e in relire(page).essms[:2]] == [True, True]
    assert not boite.structures.isEnabled()
    boite.tableau.choisir(1)
    repondre_a_la_question(True, [])
    boite.retirer.click()
    poser()
    # Nothing is alike any more: the list of those that are closes.
    assert second.id not in {e.id for e in relire(page).essms}
    assert not page.essms.doublons.isVisible()
