"""The page Grappe, by what a person types: fields, cells, blocks pasted from a spreadsheet."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from esms_desktop.model import Dossier, Essms, Og, Solution
from esms_desktop.nomenclature.vocabulaire import Champ
from esms_desktop.regles.constats import Cible, Page
from tests.gui.outils_grappe import (
    TITRES,
    cellule,
    curseur_dans,
    ouvrir,
    poser,
    relire,
    taper,
)
from ui.fenetre import Fenetre
from ui.pages.grappe.liste import COLONNES as COLONNES_A_LIRE
from ui.pages.grappe.page import ESSMS, PageGrappe
from ui.widgets.champs.champ import Champ as ChampSaisi
from ui.widgets.champs.tri_etat import ChoixTriEtat


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageGrappe:
    return ouvrir(fenetre, exemple)


# -- fields ----------------------------------------------------------------------------------------------------


def test_un_champ_s_enregistre_seul_et_annuler_le_rend(page: PageGrappe, fenetre: Fenetre) -> None:
    champs = page.ogs.fiche.formulaire.champs
    taper(champs["representant_nom"], "Paul Durand")
    assert relire(page).ogs[0].representant_nom == "Paul Durand"
    fenetre.annuler()
    poser()
    assert relire(page).ogs[0].representant_nom == "Jeanne Martin"
    assert champs["representant_nom"].saisie.text() == "Jeanne Martin"  # type: ignore[union-attr]


def test_un_numero_faux_est_garde_et_dit_pourquoi(page: PageGrappe) -> None:
    champ = page.ogs.fiche.formulaire.champs["siret"]
    assert isinstance(champ, ChampSaisi)
    taper(champ, "123456789")
    assert relire(page).ogs[0].siret == "123456789"
    assert champ.erreur.isVisible() and "SIREN" in champ.erreur.text()
    taper(champ, "732 829 320 00074")
    assert relire(page).ogs[0].siret == "73282932000074"


def test_un_nom_ne_peut_pas_etre_efface(page: PageGrappe) -> None:
    champ = page.ogs.fiche.formulaire.champs["nom"]
    taper(champ, "\b")
    assert relire(page).ogs[0].nom == "Association du Val 1"
    assert "ne peut pas être vide" in champ.erreur.text()  # type: ignore[union-attr]


def test_un_fait_sans_reponse_se_lit_non_repondu_puis_se_repond(page: PageGrappe) -> None:
    page.montrer_onglet(ESSMS)
    essms = relire(page).ogs[0].essms[0]
    page.essms.aller(essms.id, "financement_europeen")
    choix = page.essms.fiche.formulaire.champs["financement_europeen"]
    assert isinstance(choix, ChoixTriEtat)
    assert choix.valeur is None and choix.boutons[None].isChecked()
    choix.boutons[False].click()
    poser()
    assert relire(page).ogs[0].essms[0].financement_europeen is False


def test_un_essms_compte_deux_fois_se_dit_sur_sa_fiche(page: PageGrappe) -> None:
    premier, second = relire(page).essms[:2]
    page.aller_a(Cible(Page.GRAPPE, "essms", second.id, "finess"))
    assert page.essms.fiche.motif.text() == ""
    assert page.contexte.modifier(relire(page).essms[1], finess=premier.finess)
    poser()
    assert page.essms.fiche.motif.text() == "Un autre ESSMS du projet porte le même numéro FINESS."


def test_la_categorie_apporte_son_champ(page: PageGrappe) -> None:
    page.aller_a(Cible(Page.GRAPPE, "essms", relire(page).essms[0].id, "categorie"))
    champ = page.essms.fiche.formulaire.champs["categorie"]
    taper(champ, "354")
    essms = relire(page).essms[0]
    assert (essms.categorie, essms.champ) == ("354", Champ.DOM)
    taper(champ, "99999")
    assert relire(page).essms[0].categorie == "99999"
    assert "nomenclature" in champ.erreur.text()  # type: ignore[union-attr]


def test_toutes_les_donnees_du_modele_ont_leur_champ(page: PageGrappe) -> None:
    # Kept by the gestures of the page, or asked by the plans (financing, deployment).
    tenus = {"id", "dossier_id", "og_id", "rang", "est_porteur", "retenue", "categorie_libelle"}
    tenus |= {
        "etp_centiemes",
        "part_libre_pour_dix_mille",
        "vague_id",
        "diagnostic_si_id",
        "diagnostic_cyber_id",
    }
    for classe, panneau in (
        (Og, page.ogs),
        (Essms, page.essms),
        (Solution, page.solutions),
    ):
        colonnes = {c.name for c in classe.__mapper__.columns} - tenus
        assert colonnes == set(panneau.fiche.formulaire.champs)


def test_changer_de_ligne_pendant_la_saisie_garde_ce_qui_est_tape(page: PageGrappe) -> None:
    page.montrer_onglet(ESSMS)
    premier, second = relire(page).essms[:2]
    page.essms.aller(premier.id, "nom")
    champ = page.essms.fiche.formulaire.champs["nom"]
    champ.saisie.selectAll()  # type: ignore[union-attr]
    QTest.keyClicks(champ.saisie, "Renomme")  # type: ignore[union-attr]
    page.essms.aller(second.id)
    poser()
    assert [e.nom for e in relire(page).essms[:2]] == ["Renomme", second.nom]


# -- table -----------------------------------------------------------------------------------------------------


def test_unecellule_se_modifie_dans_le_tableau(page: PageGrappe) -> None:
    modele = page.essms.modele
    assert modele.setData(modele.index(0, TITRES.index("Département")), "Hauts-de-Seine")
    poser()
    assert relire(page).essms[0].departement == "92"
    assert not modele.setData(modele.index(0, TITRES.index("Capacité")), "beaucoup")
    assert relire(page).essms[0].capacite == 40
    assert "nombre entier" in page.bandeau.texte.text()


def test_une_valeur_se_colle_dans_les_lignes_choisies_et_annuler_rend_tout(
    page: PageGrappe, fenetre: Fenetre
) -> None:
    page.montrer_onglet(ESSMS)
    tableau = page.essms.tableau
    tableau.setCurrentIndex(cellule(page, 0, "Capacité"))
    drapeaux = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    tableau.selectionModel().select(cellule(page, 1, "Capacité"), drapeaux)
    QGuiApplication.clipboard().setText("12")
    QTest.keyClick(tableau, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    poser()
    assert [e.capacite for e in relire(page).essms[:3]] == [12, 12, 40]
    fenetre.annuler()
    poser()
    assert {e.capacite for e in relire(page).essms} == {40}
    QGuiApplication.clipboard().setText("beaucoup")
    tableau.coller()
    assert "« beaucoup »" in page.bandeau.texte.text().replace("\u00a0", " ")
    assert {e.capacite for e in relire(page).essms} == {40}


def test_des_lignes_sans_identite_ne_vont_a_personne(page: PageGrappe) -> None:
    page.montrer_onglet(ESSMS)
    page.essms.tableau.setCurrentIndex(cellule(page, 0, "Capacité"))
    QGuiApplication.clipboard().setText("10\t20\n20\t30")
    QTest.keyClick(page.essms.tableau, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    poser()
    dialogue = page.liste.dialogue
    assert dialogue is not None and dialogue.isVisible() and not dialogue.accord.isEnabled()
    assert "Rien ne dit à quels ESSMS" in dialogue.message.text()
    assert dialogue.vues.currentIndex() == COLONNES_A_LIRE
    dialogue.reject()
    poser()
    assert {e.capacite for e in relire(page).essms} == {40}


def test_ce_qui_est_copie_se_recolle_tel_quel(page: PageGrappe) -> None:
    page.montrer_onglet(ESSMS)
    page.essms.tableau.selectAll()
    page.essms.tableau.copier()
    copie = QGuiApplication.clipboard().text()
    assert copie.splitlines()[0].split("\t") == TITRES
    avant = [(e.nom, e.finess, e.categorie, e.departement, e.solution_id) for e in relire(page).essms]
    page.essms.tableau.setCurrentIndex(page.essms.tableau.proxy.index(0, 0))
    page.essms.tableau.coller()
    poser()
    dialogue = page.liste.dialogue
    assert dialogue is not None and dialogue.lu is not None
    assert (dialogue.lu.vide, dialogue.lu.inchanges, dialogue.lu.a_decider) == (True, len(avant), ())
    dialogue.reject()
    poser()
    apres = [(e.nom, e.finess, e.categorie, e.departement, e.solution_id) for e in relire(page).essms]
    assert apres == avant


def test_la_recherche_filtre_et_compte(page: PageGrappe, fenetre: Fenetre) -> None:
    fenetre.rechercher()
    poser()
    assert page.vues.currentIndex() == ESSMS
    assert fenetre.focusWidget() is page.essms.recherche
    QTest.keyClicks(page.essms.recherche, "residence 2.")
    poser()
    assert page.essms.tableau.proxy.rowCount() == 6
    assert "6" in page.essms.compte.text() and "18" in page.essms.compte.text()


def test_entree_ouvre_la_fiche_meme_cachee(page: PageGrappe) -> None:
    page.montrer_onglet(ESSMS)
    page.essms.bascule.click()
    assert page.essms.fiche.isHidden()
    page.essms.tableau.setFocus()
    QTest.keyClick(page.essms.tableau, Qt.Key.Key_Return)
    poser()
    assert page.essms.fiche.isVisible()
    assert curseur_dans(page, page.essms.fiche.formulaire.champs["nom"])
