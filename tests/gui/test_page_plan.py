"""The tabs of the page Financement where one types: costs, people, materials, and the plan that balances them."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from esms_desktop.model import Dossier
from esms_desktop.regles.constats import Page
from tests.bases import porte_de
from tests.gui.outils_grappe import poser, repondre_a_la_question
from tests.gui.remplissage_financement import remplir
from ui.fenetre import Fenetre
from ui.pages.financement.page import COUTS, MATERIELS, RH, PageFinancement
from ui.pages.financement.saisie import PanneauTable

from .outils_plan import NBSP, textes


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageFinancement:
    """The page of the sample dossier, in the window."""
    fenetre.activateWindow()
    fenetre.ouvrir_dossier(exemple.id, Page.FINANCEMENT)
    assert fenetre.dossier is not None
    montree = fenetre.dossier.page
    assert isinstance(montree, PageFinancement)
    return montree


@pytest.fixture
def pleine(page: PageFinancement) -> PageFinancement:
    """The same, with costs, people, materials and a grant."""
    remplir(porte_de(page.contexte), page.lecture().dossier)
    poser()
    return page


def cellule(panneau: PanneauTable[Any], ligne: int, titre: str) -> QModelIndex:
    """A cell, as shown."""
    rang = [c.titre for c in panneau.table.colonnes].index(titre)
    return panneau.tableau.proxy.mapFromSource(panneau.modele.index(ligne, rang))


def taper(panneau: PanneauTable[Any], ligne: int, titre: str, texte: str) -> None:
    """Types in a cell with the keyboard alone: F2, the text, Enter."""
    panneau.tableau.setFocus()
    panneau.tableau.setCurrentIndex(cellule(panneau, ligne, titre))
    QTest.keyClick(panneau.tableau, Qt.Key.Key_F2)
    editeur = next(e for e in panneau.tableau.findChildren(QLineEdit) if e.isVisible())
    editeur.selectAll()
    QTest.keyClicks(editeur, texte)
    QTest.keyClick(editeur, Qt.Key.Key_Return)
    poser()


def test_une_liste_vide_propose_les_lignes_habituelles_en_un_geste(page: PageFinancement) -> None:
    page.montrer_onglet(COUTS)
    panneau = page.couts.panneau
    assert panneau.plein.isHidden() and panneau.etat_vide.bouton is not None
    panneau.etat_vide.bouton.click()
    poser()
    dossier = page.lecture().dossier
    assert {"licences", "reprise", "formation"} <= {c.nature for c in dossier.couts}
    assert all(c.montant_ht_cents is None for c in dossier.couts)
    assert textes(panneau.modele, 4) == ["À chiffrer"] * len(dossier.couts)
    avant = len(dossier.couts)
    panneau.habituelles.click()
    poser()
    assert len(page.lecture().dossier.couts) == avant
    page.contexte.annuler()
    poser()
    assert page.lecture().dossier.couts == [] and not panneau.vide.isHidden()


def test_un_cout_se_saisit_au_clavier_et_se_totalise(page: PageFinancement) -> None:
    page.montrer_onglet(COUTS)
    page.couts.panneau.nouveau()
    poser()
    editeur = page.couts.panneau.tableau.findChild(QLineEdit)
    assert editeur is not None and editeur.accessibleName() == "Libellé"
    QTest.keyClicks(editeur, "Licences du logiciel")
    QTest.keyClick(editeur, Qt.Key.Key_Return)
    poser()
    taper(page.couts.panneau, 0, "Montant HT", "12 500,50")
    taper(page.couts.panneau, 0, "Année", "2024")
    (cout,) = page.lecture().dossier.couts
    assert (cout.libelle, cout.montant_ht_cents, cout.annee) == ("Licences du logiciel", 1_250_050, 2024)
    assert textes(page.couts.panneau.modele, 6) == [f"15{NBSP}000,60{NBSP}€"]
    assert textes(page.couts.totaux.modele, 3) == [f"15{NBSP}000,60{NBSP}€"] * 2
    taper(page.couts.panneau, 0, "Montant HT", "douze mille")
    assert "douze mille" in page.bandeau.texte.text()
    assert page.lecture().dossier.couts[0].montant_ht_cents == 1_250_050


def test_ce_qu_on_tape_survit_a_un_enregistrement(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(COUTS)
    poser()
    panneau = pleine.couts.panneau
    panneau.tableau.setCurrentIndex(cellule(panneau, 0, "Libellé"))
    panneau.tableau.ouvrir_cellule()
    editeur = next(e for e in panneau.tableau.findChildren(QLineEdit) if e.isVisible())
    QTest.keyClicks(editeur, "Licence")
    assert pleine.contexte.modifier(pleine.lecture().dossier.couts[1], "Ailleurs", annee=2025)
    poser()
    assert editeur.text() == "Licence"
    QTest.keyClick(editeur, Qt.Key.Key_Escape)
    poser()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", "does not support (raise|grabbing)")
def test_une_nature_se_choisit_dans_une_liste(pleine: PageFinancement, qtbot: Any) -> None:
    pleine.montrer_onglet(COUTS)
    poser()
    panneau = pleine.couts.panneau
    panneau.tableau.setCurrentIndex(cellule(panneau, 0, "Nature"))
    panneau.tableau.setFocus()
    QTest.keyClick(panneau.tableau, Qt.Key.Key_Return)
    liste = panneau.tableau.findChild(QComboBox)
    assert liste is not None and not liste.isEditable()
    assert liste.currentText() == "Licences, abonnement et hébergement"
    qtbot.waitUntil(lambda: liste.view().isVisible())
    liste.hidePopup()
    liste.setCurrentIndex(liste.findText("Interfaces"))
    liste.activated.emit(liste.currentIndex())
    poser()
    assert pleine.lecture().dossier.couts[0].nature == "interfaces"


def test_un_bloc_d_excel_s_ajoute_en_un_geste(page: PageFinancement) -> None:
    page.montrer_onglet(COUTS)
    QGuiApplication.clipboard().setText(
        "Nature\tLibellé\tPour qui\tAnnée\tMontant HT\tTVA\tMontant TTC\r\n"
        "Reprise des données\tReprise\tAV2\t2024\t10 000,00 €\t20 %\t12 000,00 €\r\n"
        "licences\tAbonnement\t\t2024\t5000\t0,055\t\r\n"
    )
    page.couts.panneau.coller_tout()
    poser()
    dossier = page.lecture().dossier
    assert [(c.nature, c.montant_ht_cents, c.tva_pour_dix_mille) for c in dossier.couts] == [
        ("reprise", 1_000_000, 2000),
        ("licences", 500_000, 550),
    ]
    assert dossier.couts[0].og_id == dossier.ogs[1].id and dossier.couts[1].og_id is None
    page.contexte.annuler()
    poser()
    assert page.lecture().dossier.couts == []


def test_un_bloc_faux_dit_ses_lignes_et_garde_les_bonnes(page: PageFinancement) -> None:
    page.montrer_onglet(COUTS)
    QGuiApplication.clipboard().setText("Reprise des données\tA\t\t2024\t100\nVoyages\tB\t\t2024\t200")
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    page.couts.panneau.coller_tout()
    poser()
    assert "Ligne 2, Nature" in vues[0] and "nature inconnue" in vues[0]
    assert [c.libelle for c in page.lecture().dossier.couts] == ["A"]


def test_copier_puis_coller_redonne_les_memes_valeurs(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(COUTS)
    poser()
    panneau = pleine.couts.panneau
    avant = [
        (c.nature, c.annee, c.montant_ht_cents, c.tva_pour_dix_mille, c.og_id) for c in panneau.modele._lignes
    ]
    panneau.tableau.selectAll()
    panneau.tableau.copier()
    panneau.coller_tout()
    poser()
    apres = [
        (c.nature, c.annee, c.montant_ht_cents, c.tva_pour_dix_mille, c.og_id)
        for c in pleine.lecture().dossier.couts
    ]
    assert apres == avant + avant


def test_reporter_d_un_an_et_retirer(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(COUTS)
    poser()
    panneau = pleine.couts.panneau
    panneau.tableau.choisir(1)
    panneau.reporter.click()
    poser()
    neuf = pleine.lecture().dossier.couts[-1]
    assert (neuf.nature, neuf.annee, neuf.montant_ht_cents) == ("licences", 2025, 6_000_000)
    vues: list[str] = []
    panneau.tableau.choisir(0)
    repondre_a_la_question(True, vues)
    panneau.retirer.click()
    poser()
    assert "Abonnement, 2023" in vues[0]
    assert len(pleine.lecture().dossier.couts) == 6


def test_un_profil_se_chiffre_au_prorata(page: PageFinancement) -> None:
    page.montrer_onglet(RH)
    panneau = page.rh.panneau
    panneau.nouveau()
    poser()
    editeur = panneau.tableau.findChild(QLineEdit)
    assert editeur is not None and editeur.text() == "Chef de projet"
    QTest.keyClick(editeur, Qt.Key.Key_Escape)
    poser()
    taper(panneau, 0, "ETP", "0,5")
    taper(panneau, 0, "Coût annuel chargé", "52 000")
    taper(panneau, 0, "Part projet", "80 %")
    ligne = page.lecture().dossier.couts_rh[0]
    assert (ligne.etp_centiemes, ligne.cout_annuel_cents, ligne.part_projet_pour_cent) == (50, 5_200_000, 80)
    assert textes(panneau.modele, 6) == [f"20{NBSP}800{NBSP}€"]
    assert textes(page.rh.totaux.modele, 1)[0] == "0,4"


def test_une_demande_d_equipement_sans_liste_le_dit_et_y_mene(page: PageFinancement, qtbot: Any) -> None:
    assert page.contexte.modifier(page.lecture().dossier, "Demander", equipement_demande=True)
    page.montrer_onglet(MATERIELS)
    page.contexte.fil.finir()
    poser()
    titres = [ligne.constat.titre for ligne in page.materiels.constats.lignes]
    assert any("liste des matériels est vide" in t for t in titres)
    page.materiels.constats.lignes[0].bouton.click()
    poser()
    assert page.window().focusWidget() is page.materiels.panneau.etat_vide.bouton
    assert textes(page.materiels.totaux.modele, 5)[-1] == f"Liste inférieure de 360{NBSP}000{NBSP}€"


def test_un_materiel_prend_l_organisme_de_sa_structure(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(MATERIELS)
    poser()
    panneau = pleine.materiels.panneau
    assert textes(panneau.modele, 7) == [f"5{NBSP}400{NBSP}€", "—"]
    modele = panneau.modele
    assert modele.setData(modele.index(1, 3), "Résidence 2.1")
    poser()
    dossier = pleine.lecture().dossier
    assert (dossier.materiels[1].essms_id, dossier.materiels[1].og_id) == (
        dossier.ogs[1].essms[0].id,
        dossier.ogs[1].id,
    )
    taper(panneau, 1, "Quantité", "4")
    taper(panneau, 1, "Prix unitaire HT", "300")
    assert textes(pleine.materiels.totaux.modele, 3)[-1] == f"6{NBSP}840{NBSP}€"
