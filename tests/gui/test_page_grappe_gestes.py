"""The page Grappe, by what a person decides: answer for several, remove, add, import, and undo; nothing is cut."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from esms_desktop.gestes.echanges.annuaire import importer
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import StatutSolution, TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.finess import fabrique as annuaire
from tests.gui import exemples
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import (
    choisir,
    curseur_dans,
    ouvrir,
    poser,
    relire,
    repondre_a_la_question,
    taper,
)
from ui.fenetre import Fenetre
from ui.pages.annuaire.comparaison import DialogueComparaison
from ui.pages.grappe.finess import DialogueAjout
from ui.pages.grappe.page import ESSMS, ORGANISMES, SOLUTIONS, PageGrappe
from ui.pages.grappe.reponse import DialogueReponse
from ui.widgets.question import Question

EJ = annuaire.numero("06990001")


@pytest.fixture
def fichier(tmp_path: Path) -> Path:
    """A directory of one fictitious body and its five ESSMS."""
    essms = [annuaire.ege(f"0699010{i}") for i in range(5)]
    return annuaire.ecrire(tmp_path, annuaire.annuaire_json(annuaire.pmej(EJ, *essms)), gz=True)


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageGrappe:
    return ouvrir(fenetre, exemple)


# -- gestures --------------------------------------------------------------------------------------------------


def test_repondre_pour_plusieurs_est_un_seul_geste(page: PageGrappe, fenetre: Fenetre, qtbot: Any) -> None:
    dossier = relire(page)
    dialogue = DialogueReponse(page, dossier.essms, dossier.essms[:2], "sons_autre_solution")
    qtbot.addWidget(dialogue)
    assert dialogue.portee.valeur == "choisis"
    choisir(dialogue.portee, "tous")
    dialogue.reponse.boutons[False].click()
    assert "18" in dialogue.effet.text()

    def accepter() -> None:
        boite = QApplication.activeModalWidget()
        if not isinstance(boite, DialogueReponse):
            QTimer.singleShot(20, accepter)
            return
        choisir(boite.question, "sons_autre_solution")
        boite.reponse.boutons[False].click()
        choisir(boite.portee, "tous")
        boite.accept()

    page.montrer_onglet(ESSMS)
    QTimer.singleShot(0, accepter)
    page.essms.repondre.click()
    poser()
    assert {e.sons_autre_solution for e in relire(page).essms} == {False}
    fenetre.annuler()
    poser()
    assert {e.sons_autre_solution for e in relire(page).essms} == {None}


def test_retirer_un_og_dit_ce_qui_part_et_s_annule(page: PageGrappe, fenetre: Fenetre) -> None:
    porteur = relire(page).porteur
    assert porteur is not None
    page.ogs.aller(porteur.id)
    vues: list[str] = []
    repondre_a_la_question(False, vues)
    page.ogs.retirer.click()
    assert len(relire(page).ogs) == 3
    repondre_a_la_question(True, vues)
    page.ogs.retirer.click()
    poser()
    assert "6\u00a0ESSMS" in vues[0] and "porteur" in vues[0]
    assert len(relire(page).ogs) == 2 and len(relire(page).essms) == 12
    assert "aucun porteur" in page.entete.phrase.text()
    fenetre.annuler()
    poser()
    assert len(relire(page).ogs) == 3 and len(relire(page).essms) == 18


def test_retirer_plusieurs_essms(page: PageGrappe) -> None:
    page.montrer_onglet(ESSMS)
    page.essms.tableau.selectAll()
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    page.essms.retirer.click()
    poser()
    assert relire(page).essms == []
    assert "Résidence 1.1" in vues[0]


def test_designer_un_autre_porteur(page: PageGrappe) -> None:
    page.ogs.aller(relire(page).ogs[1].id)
    page.ogs.designer.click()
    poser()
    assert [og.nom for og in relire(page).ogs if og.est_porteur] == ["Association du Val 2"]
    assert not page.ogs.designer.isEnabled()


def test_ajouter_un_og_puis_un_essms_met_lecurseur_dans_le_nom(page: PageGrappe) -> None:
    page.ogs.nouveau()
    poser()
    assert len(relire(page).ogs) == 4
    assert curseur_dans(page, page.ogs.fiche.formulaire.champs["nom"])
    page.montrer_onglet(ESSMS)
    page.essms.aller(relire(page).ogs[1].essms[0].id)
    page.essms.nouveau()
    poser()
    neuf = relire(page).ogs[1].essms[-1]
    assert neuf.nom == "Nouvel ESSMS" and neuf.solution is not None and neuf.solution.retenue
    assert page.essms.fiche.formulaire.objet.id == neuf.id


def test_les_solutions_se_comparent_et_equipent_tous_les_essms(page: PageGrappe, fenetre: Fenetre) -> None:
    page.montrer_onglet(SOLUTIONS)
    page.solutions.nouvelle()
    poser()
    taper(page.solutions.fiche.formulaire.champs["nom"], "DUI Plus")
    page.solutions.retenir.click()
    poser()
    assert relire(page).solution is not None and relire(page).solution.nom == "DUI Plus"
    assert "18" in page.solutions.equipement.text()
    page.solutions.equiper.click()
    poser()
    assert {e.solution.nom for e in relire(page).essms if e.solution} == {"DUI Plus"}
    assert not page.solutions.equiper.isEnabled()
    fenetre.annuler()
    poser()
    assert {e.solution.nom for e in relire(page).essms if e.solution} == {"Usager+"}


def test_une_solution_s_enregistre_champ_par_champ(page: PageGrappe) -> None:
    solution = relire(page).solutions[0]
    page.aller_a(Cible(Page.GRAPPE, "solution", solution.id, "prix_cents"))
    poser()
    assert page.vues.currentIndex() == SOLUTIONS
    taper(page.solutions.fiche.formulaire.champs["prix_cents"], "12500,50")
    choisir(page.solutions.fiche.formulaire.champs["statut"], StatutSolution.REFERENCEE)
    poser()
    assert relire(page).solutions[0].prix_cents == 1_250_050
    assert relire(page).solutions[0].statut is StatutSolution.REFERENCEE


def test_une_cible_mene_au_champ(page: PageGrappe) -> None:
    essms = relire(page).ogs[2].essms[3]
    page.aller_a(Cible(Page.GRAPPE, "essms", essms.id, "finess"))
    poser()
    assert page.vues.currentIndex() == ESSMS
    assert curseur_dans(page, page.essms.fiche.formulaire.champs["finess"])
    assert page.essms.fiche.formulaire.objet.id == essms.id


def test_annuler_pendant_que_l_objet_montre_disparait(page: PageGrappe, fenetre: Fenetre) -> None:
    page.ogs.nouveau()
    poser()
    fenetre.annuler()
    poser()
    assert len(relire(page).ogs) == 3
    assert page.ogs.fiche.formulaire.objet.id in {og.id for og in relire(page).ogs}


# -- empty, directory, geometry --------------------------------------------------------------------------------


def test_une_grappe_vide_dit_a_quoi_elle_sert(fenetre: Fenetre, porte: Porte) -> None:
    vide = Dossier(nom="Vide", campagne_id="2023", type_projet=TypeProjet.ACQUISITION)
    porte.ajouter(vide, libelle="Créer")
    page = ouvrir(fenetre, vide)
    assert page.vide.isVisible() and page.vide.bouton is not None
    assert page.vide.bouton.text() == "Importer depuis FINESS"
    page.ogs.nouveau()
    poser()
    assert not page.vide.isVisible() and page.vues.currentIndex() == ORGANISMES
    assert relire(page).porteur is not None


@pytest.fixture
def dialogue(page: PageGrappe, fichier: Path, qtbot: Any) -> DialogueAjout:
    importer(fichier)
    ouvert = DialogueAjout(page.contexte, page.dossier_id, page)
    qtbot.addWidget(ouvert)
    ouvert.show()
    return ouvert


def chercher(dialogue: DialogueAjout, texte: str) -> None:
    dialogue.choix.recherche.saisie.setText(texte)
    dialogue.choix.recherche.chercher()


def test_chercher_choisir_ajouter_puis_completer(
    page: PageGrappe, fenetre: Fenetre, dialogue: DialogueAjout, qtbot: Any
) -> None:
    assert not dialogue.accord.isEnabled()
    chercher(dialogue, "asociation lilas")
    assert "association lilas" in dialogue.choix.recherche.dit.text()
    assert len(dialogue.choix.choisis) == 5 and dialogue.accord.isEnabled()
    dialogue.choix.tableau.cocher([dialogue.choix.modele.objet(0)], False)
    assert "4\u00a0ESSMS sur 5" in dialogue.effet.text()
    assert page.finess.ecrire(page.dossier_id, EJ, dialogue.choix.choisis)
    poser()
    neuf = relire(page).ogs[-1]
    assert neuf.finess_ej == EJ and len(neuf.essms) == 4 and not neuf.est_porteur
    # The grappe changed under the dialog: what is there cannot be chosen again.
    assert dialogue.choix.choisis == [annuaire.numero("06990100")]
    assert "déjà dans la grappe" in dialogue.effet.text()
    assert page.finess.ecrire(page.dossier_id, EJ, dialogue.choix.choisis)
    poser()
    assert len(relire(page).ogs) == 4 and len(relire(page).ogs[-1].essms) == 5
    assert not dialogue.accord.isEnabled()
    fenetre.annuler()
    poser()
    assert len(relire(page).ogs[-1].essms) == 4


def test_un_numero_inconnu_ne_s_ajoute_pas(dialogue: DialogueAjout) -> None:
    chercher(dialogue, exemples.finess(99_999, "06"))
    assert not dialogue.accord.isEnabled() and "Rien de tel" in dialogue.choix.recherche.dit.text()


def test_sans_annuaire_il_se_demande_et_s_importe(page: PageGrappe, fichier: Path, qtbot: Any) -> None:
    ouvert = DialogueAjout(page.contexte, page.dossier_id, page)
    qtbot.addWidget(ouvert)
    recherche = ouvert.choix.recherche
    assert recherche.pile.currentIndex() == 0 and recherche.repertoire is None
    for source, dit in ((fichier.with_name("rien"), "n’existe pas"), (fichier, "1\u00a0organisme")):
        recherche.prendre(source)
        qtbot.waitUntil(lambda: page.contexte.taches.en_cours == "", timeout=30_000)
        assert dit in recherche.etat.text()
    assert recherche.repertoire is not None
    chercher(ouvert, "nice")
    assert ouvert.accord.isEnabled()
    ouvert.reject()
    assert recherche.repertoire is None


def test_la_grappe_se_compare_et_se_met_a_jour(
    page: PageGrappe, fenetre: Fenetre, tmp_path: Path, qtbot: Any
) -> None:
    page.comparer()
    assert "Aucun annuaire" in page.bandeau.texte.text()
    premier = relire(page).ogs[0]
    autre = annuaire.pmej(premier.finess_ej, annuaire.ege("06990100"), denominationLonguePmSmsse="NOM NEUF")
    importer(annuaire.ecrire(tmp_path, annuaire.annuaire_json(autre)))

    def accepter() -> None:
        boite = QApplication.activeModalWidget()
        assert isinstance(boite, DialogueComparaison)
        assert boite.phrase.text().startswith("2")
        assert len(boite.choisies) > 2 and len(boite.choisies) < boite.modele.rowCount()
        boite.tableau.cocher(boite.tableau.visibles(), False)
        assert not boite.accord.isEnabled()
        boite.tableau.cocher([d for d in boite.tableau.visibles() if d.champ == "nom"], True)
        boite.accept()

    QTimer.singleShot(0, accepter)
    page.comparer()
    poser()
    assert relire(page).ogs[0].nom == "NOM NEUF"
    fenetre.annuler()
    poser()
    assert relire(page).ogs[0].nom == premier.nom


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_rien_n_est_coupe_avec_de_longs_noms(
    echelle: float,
    exemple_long: Dossier,
    habillee: Any,
    fenetre: Fenetre,
    qtbot: Any,
) -> None:
    habillee(echelle)
    page = ouvrir(fenetre, exemple_long)
    for onglet in (ORGANISMES, ESSMS, SOLUTIONS):
        page.montrer_onglet(onglet)
        qtbot.wait(80)
        assert [(onglet, d) for d in defauts(fenetre)] == []


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_rien_n_est_coupe_dans_les_dialogues(
    echelle: float, porte: Porte, exemple_long: Dossier, contexte: Any, habillee: Any, qtbot: Any
) -> None:
    habillee(echelle)
    dossier = dossier_vivant(porte, exemple_long.id)
    assert dossier is not None
    for dialogue in (
        DialogueReponse(None, dossier.essms, dossier.essms[:3]),
        DialogueAjout(contexte, dossier.id),
        Question(
            None,
            "Retirer ?",
            dossier.ogs[0].nom,
            "Retirer",
            danger=True,
            lignes=tuple(e.nom for e in dossier.essms),
        ),
    ):
        qtbot.addWidget(dialogue)
        dialogue.show()
        qtbot.wait(60)
        assert defauts(dialogue) == []
