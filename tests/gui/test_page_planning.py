"""The page Planning, by what a person does: lay a plan, move, link, filter, compare, carry the dates."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from esms_desktop.model import Dossier, Vague
from esms_desktop.nomenclature.vocabulaire import Plan, TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.gui import exemples
from tests.gui.outils_grappe import repondre_a_la_question, taper
from tests.gui.outils_planning import (
    dates,
    dialogue,
    noms,
    ouvrir,
    petit_planning,
    poser,
    relire,
    saisir,
    tache,
)
from ui.fenetre import Fenetre
from ui.pages.planning.constat import DialogueConstats
from ui.pages.planning.modele import cle_du_plan
from ui.pages.planning.page import PagePlanning
from ui.pages.planning.plan_type import DialoguePlanType
from ui.pages.planning.reglages import DialogueReglages

D = date


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier, porte: Porte) -> PagePlanning:
    petit_planning(porte, exemple)
    return ouvrir(fenetre, exemple)


@pytest.fixture
def vide(fenetre: Fenetre, exemple: Dossier) -> PagePlanning:
    return ouvrir(fenetre, exemple)


# -- from nothing ----------------------------------------------------------------------------------------------


def test_une_page_vide_enseigne_et_offre_le_plan_type(vide: PagePlanning) -> None:
    assert vide.vide.isVisible() and not vide.travail.isVisible()
    assert not vide.exporter.isVisible()
    assert vide.etat_vide.bouton is not None
    vide.etat_vide.bouton.click()
    assert dialogue(vide, DialoguePlanType).plan is not None


def test_le_plan_type_se_pose_en_un_geste(vide: PagePlanning, fenetre: Fenetre) -> None:
    vide.menus.plan_type()
    boite = dialogue(vide, DialoguePlanType)
    taper(boite.debut, "04/09/2023")
    phases = [boite.modele.objet(r).nom for r in range(boite.modele.rowCount())]
    assert "Déploiement" in {boite.modele.objet(r).plan.libelle for r in range(len(phases))}
    boite.poser.click()
    poser()
    dossier = relire(vide)
    assert len(dossier.taches) > 20 and dossier.date_debut_projet == D(2023, 9, 4)
    assert vide.travail.isVisible() and vide.partage.isVisible()
    assert not vide.menus.a_plan_type.isEnabled()
    fenetre.annuler()
    poser()
    assert relire(vide).taches == [] and vide.vide.isVisible()


def test_une_date_impossible_ne_pose_rien(vide: PagePlanning) -> None:
    vide.menus.plan_type()
    boite = dialogue(vide, DialoguePlanType)
    taper(boite.debut, "\b")
    assert not boite.poser.isEnabled() and boite.modele.rowCount() == 0
    taper(boite.debut, "02/10/2023")
    assert boite.poser.isEnabled() and boite.modele.rowCount() > 5


# -- what is shown ---------------------------------------------------------------------------------------------


def test_la_phrase_dit_les_dates_les_comptes_et_le_calendrier(page: PagePlanning) -> None:
    phrase = page.entete.phrase.text().replace("\u00a0", " ")
    assert phrase.startswith("01/09/2023 → ")
    assert "5 tâches, 1 jalon" in phrase and "jours fériés : France métropolitaine" in phrase


def test_le_tableau_et_le_diagramme_ont_les_memes_rangees(habillee: Any, page: PagePlanning) -> None:
    habillee()
    poser()
    d = page.gantt.disposition
    assert [b.nom for b in d.contenu.barres if not b.titre] == [
        "Cadrage",
        "Paramétrage",
        "Début du service",
        "Groupe de travail",
        "Déployer la vague 1",
        "Déployer ailleurs",
    ]
    assert page.tableau.viewport().height() == page.gantt.viewport().height()
    for rang, barre in enumerate(d.contenu.barres):
        assert page.modele.objet(rang).cle == barre.cle
        assert page.tableau.rowViewportPosition(rang) == d.hauts[rang]
        assert page.tableau.rowHeight(rang) == d.hauts[rang + 1] - d.hauts[rang]


def test_les_rangees_restent_en_face_quand_un_nom_s_allonge(page: PagePlanning) -> None:
    saisir(
        page, "Cadrage", "Tâche", "Un nom de tâche qui prend plusieurs lignes parce qu’il est fort long " * 2
    )
    hauts = page.gantt.disposition.hauts
    assert hauts[2] - hauts[1] > 1.5 * (hauts[3] - hauts[2])
    assert [page.tableau.rowViewportPosition(r) for r in range(9)] == hauts[:9]


def test_la_tache_courante_est_la_meme_des_deux_cotes(page: PagePlanning) -> None:
    cle = tache(page, "Groupe de travail").id
    page.tableau.choisir(page.modele.ligne_de(cle))
    assert page.gantt.courante is not None and page.gantt.courante.nom == "Groupe de travail"
    page.gantt.setFocus()
    QTest.keyClick(page.gantt, Qt.Key.Key_Down)
    QTest.keyClick(page.gantt, Qt.Key.Key_Down)
    poser()
    assert page.partage.courante is not None
    assert page.partage.courante.cle == tache(page, "Déployer la vague 1").id
    assert "Déployer la vague 1" in page.gantt.accessibleDescription()


def test_les_plans_se_cachent_et_se_replient(page: PagePlanning) -> None:
    page.barre.plans[Plan.CHANGEMENT].click()
    assert "Groupe de travail" not in noms(page) and len(noms(page)) == 7
    page.replier(cle_du_plan(Plan.PROJET))
    assert [n.replace("\u00a0", " ") for n in noms(page)] == [
        "Projet : 2 tâches, 1 jalon",
        "Déploiement : 2 tâches",
        "Déployer la vague 1",
        "Déployer ailleurs",
    ]
    # Numbers are those of the whole planning, whatever is hidden.
    assert page.modele.textes(0)[-2:] == ["5", "6"]
    page.replier(cle_du_plan(Plan.PROJET))
    assert "Cadrage" in noms(page)


def test_le_filtre_d_un_organisme_garde_ce_qui_est_commun(page: PagePlanning) -> None:
    page.barre.og.setCurrentIndex(1)
    assert "Cadrage" in noms(page) and "Déployer ailleurs" not in noms(page)
    # The wave has no structure of that OG.
    assert "Déployer la vague 1" not in noms(page)
    page.barre.og.setCurrentIndex(2)
    assert "Déployer ailleurs" in noms(page)


def test_la_recherche_ignore_accents_et_casse(page: PagePlanning, fenetre: Fenetre) -> None:
    fenetre.rechercher()
    assert fenetre.focusWidget() is page.barre.recherche
    QTest.keyClicks(page.barre.recherche, "PARAMETRAGE")
    assert noms(page)[1:] == ["Paramétrage"]
    QTest.keyClicks(page.barre.recherche, " rien de tel")
    assert noms(page) == [] and "Aucune tâche ne répond" in page.pied.text()


def test_aller_a_une_tache_la_montre_meme_cachee(page: PagePlanning) -> None:
    page.barre.plans[Plan.PROJET].click()
    page.aller_a(Cible(Page.PLANNING, "tache", tache(page, "Paramétrage").id))
    poser()
    assert page.partage.courante is not None and page.partage.courante.cle == tache(page, "Paramétrage").id


# -- moving ----------------------------------------------------------------------------------------------------


def test_deplacer_une_barre_entraine_ses_suites_et_s_annule_d_un_coup(
    page: PagePlanning, fenetre: Fenetre
) -> None:
    avant = dates(page, "Cadrage"), dates(page, "Paramétrage"), dates(page, "Début du service")
    assert avant[0] == (D(2023, 9, 4), D(2023, 9, 8))
    page.gantt.deplacee.emit(tache(page, "Cadrage").id, D(2023, 9, 11))
    poser()
    assert dates(page, "Cadrage") == (D(2023, 9, 11), D(2023, 9, 15))
    assert dates(page, "Paramétrage") == (D(2023, 9, 18), D(2023, 9, 29))
    assert dates(page, "Début du service") == (D(2023, 9, 29), D(2023, 9, 29))
    fenetre.annuler()
    poser()
    assert (dates(page, "Cadrage"), dates(page, "Paramétrage"), dates(page, "Début du service")) == avant


def test_une_tache_retenue_dit_par_quoi(page: PagePlanning) -> None:
    page.gantt.deplacee.emit(tache(page, "Paramétrage").id, D(2023, 9, 5))
    poser()
    assert dates(page, "Paramétrage")[0] == D(2023, 9, 11)
    texte = page.bandeau.texte.text().replace("\u00a0", " ")
    assert "commence le 11/09/2023 : elle attend « Cadrage »" in texte


def test_etirer_au_clavier_depuis_le_tableau(page: PagePlanning) -> None:
    page.tableau.choisir(page.modele.ligne_de(tache(page, "Cadrage").id))
    page.tableau.setFocus()
    modifs = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.tableau, Qt.Key.Key_Right, modifs)
    poser()
    assert tache(page, "Cadrage").duree == 6 and dates(page, "Cadrage")[1] == D(2023, 9, 11)
    QTest.keyClick(page.tableau, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    poser()
    assert dates(page, "Cadrage")[0] == D(2023, 9, 1)


def test_un_lien_tire_se_pose_et_une_boucle_est_refusee_avec_ses_noms(page: PagePlanning) -> None:
    page.gantt.liee.emit(tache(page, "Cadrage").id, tache(page, "Groupe de travail").id, "debut-debut")
    poser()
    liens = tache(page, "Groupe de travail").entrants
    assert [(x.avant.nom, x.type) for x in liens] == [("Cadrage", "debut-debut")]
    combien = len(relire(page).liens_taches)
    page.gantt.liee.emit(tache(page, "Début du service").id, tache(page, "Cadrage").id, "fin-debut")
    poser()
    texte = page.bandeau.texte.text()
    assert all(nom in texte for nom in ("Cadrage", "Paramétrage", "Début du service"))
    assert len(relire(page).liens_taches) == combien


def test_ajouter_sous_la_tache_choisie_ouvre_son_nom(page: PagePlanning, fenetre: Fenetre) -> None:
    page.montrer_tache(tache(page, "Cadrage").id)
    page.ajouter_action.click()
    poser()
    assert noms(page)[1:4] == ["Cadrage", "Nouvelle tâche", "Paramétrage"]
    editeur = page.tableau.findChild(object, "qt_spinbox_lineedit") or fenetre.focusWidget()
    assert editeur.accessibleName() == "Tâche"  # type: ignore[union-attr]
    QTest.keyClicks(editeur, "Reunion")  # type: ignore[arg-type]
    QTest.keyClick(editeur, Qt.Key.Key_Return)  # type: ignore[arg-type]
    poser()
    assert noms(page)[2] == "Reunion"
    fenetre.annuler()
    fenetre.annuler()
    poser()
    assert len(relire(page).taches) == 6


def test_monter_et_descendre_restent_dans_le_plan(page: PagePlanning) -> None:
    page.montrer_tache(tache(page, "Paramétrage").id)
    page.monter(-1)
    poser()
    assert noms(page)[1:4] == ["Paramétrage", "Cadrage", "Début du service"]
    page.monter(-1)
    poser()
    assert noms(page)[1:3] == ["Paramétrage", "Cadrage"]
    page.monter(1)
    poser()
    assert noms(page)[1:3] == ["Cadrage", "Paramétrage"]


def test_retirer_dit_ce_qui_part(page: PagePlanning, fenetre: Fenetre) -> None:
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    page.gantt.a_retirer.emit(tache(page, "Paramétrage").id)
    poser()
    assert "2\u00a0liens" in vues[0]
    assert len(relire(page).taches) == 5 and len(relire(page).liens_taches) == 1
    fenetre.annuler()
    poser()
    assert len(relire(page).taches) == 6 and len(relire(page).liens_taches) == 3


def test_dupliquer_garde_ce_que_la_tache_attend(page: PagePlanning) -> None:
    page.montrer_tache(tache(page, "Paramétrage").id)
    page.menus.dupliquer()
    poser()
    copie = tache(page, "Paramétrage (copie)")
    assert [x.avant.nom for x in copie.entrants] == ["Cadrage"]


# -- reference, dates, findings, calendar ----------------------------------------------------------------------


def test_la_reference_se_prend_et_montre_la_derive(page: PagePlanning) -> None:
    assert not page.barre.reference.isEnabled()
    page.menus.prendre_reference()
    poser()
    page.gantt.deplacee.emit(tache(page, "Cadrage").id, D(2023, 9, 11))
    poser()
    rang = page.modele.ligne_de(tache(page, "Cadrage").id)
    assert page.modele.textes(13)[rang] == "08/09/2023 (+7\u00a0j)"
    barre = page.gantt.disposition.contenu.barres[rang]
    assert barre.reference == (D(2023, 9, 4), D(2023, 9, 8))
    vues: list[str] = []
    repondre_a_la_question(False, vues)
    page.menus.prendre_reference()
    assert "01/06/2023" in vues[0]
    page.menus.effacer_reference()
    poser()
    assert page.modele.textes(13)[rang] == ""


def test_les_dates_se_reportent_dans_le_dossier(page: PagePlanning, fenetre: Fenetre) -> None:
    page.contexte.modifier(tache(page, "Début du service"), nom="Début du paramétrage")
    poser()
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    page.menus.reporter()
    poser()
    assert "Début du paramétrage" in vues[0].replace("\u00a0", " ")
    dossier = relire(page)
    assert dossier.date_debut_parametrage == D(2023, 9, 22)
    assert dossier.vagues[0].debut == dates(page, "Déployer la vague 1")[0]
    fenetre.annuler()
    poser()
    assert relire(page).date_debut_parametrage is None


def test_le_constat_le_plus_lourd_a_son_remede(page: PagePlanning) -> None:
    page.contexte.fil.finir()
    poser()
    assert page.constat.isVisible()
    codes = [c.code for c in page.constat.constats]
    assert "planning.jalons" in codes and "planning.construire" not in codes
    page.constat.montrer_tous()
    boite = dialogue(page, DialogueConstats)
    assert [x.constat.code for x in boite.liste.lignes] == codes[: len(boite.liste.lignes)]
    boite.reject()
    page.constat.constats = [c for c in page.constat.constats if c.code == "planning.jalons"]
    page.constat.montrer(page.constat.constats)
    assert page.constat.remede.text() == "Ajouter un jalon"
    page.constat.remede.click()
    poser()
    assert tache(page, "Nouveau jalon").jalon


def test_le_chemin_critique_se_montre(page: PagePlanning) -> None:
    page.barre.critique.setChecked(False)
    page.montrer_le_chemin()
    assert page.planning is not None and page.planning.chemin
    assert page.gantt.options.critique
    assert page.partage.courante is not None and page.partage.courante.cle == page.planning.chemin[0].id
    rang = page.modele.ligne_de(page.planning.chemin[0].id)
    assert page.modele.textes(12)[rang] == "Critique"


def test_une_fermeture_repousse_ce_qui_suit(page: PagePlanning, fenetre: Fenetre) -> None:
    page.menus.regler()
    boite = dialogue(page, DialogueReglages)
    taper(boite.motif, "Seminaire")
    taper(boite.du, "05/09/2023")
    taper(boite.au, "06/09/2023")
    # Typed but not added yet: it is kept all the same.
    boite.enregistrer.click()
    poser()
    assert [(f.motif, f.debut) for f in relire(page).fermetures] == [("Seminaire", D(2023, 9, 5))]
    assert dates(page, "Cadrage") == (D(2023, 9, 4), D(2023, 9, 12))
    fenetre.annuler()
    poser()
    assert relire(page).fermetures == [] and dates(page, "Cadrage")[1] == D(2023, 9, 8)


def test_les_jours_feries_d_un_territoire_se_choisissent(page: PagePlanning) -> None:
    page.menus.regler()
    boite = dialogue(page, DialogueReglages)
    assert boite.territoire.valeur == "porteur"
    boite.territoire.liste.setCurrentIndex(boite.territoire._valeurs.index("974"))
    boite.territoire.valider()
    boite.enregistrer.click()
    poser()
    assert relire(page).reglage_planning is not None
    assert "La Réunion" in page.entete.phrase.text()


def test_une_fermeture_a_l_envers_est_refusee(page: PagePlanning) -> None:
    page.menus.regler()
    boite = dialogue(page, DialogueReglages)
    taper(boite.du, "06/09/2023")
    taper(boite.au, "05/09/2023")
    boite.enregistrer.click()
    poser()
    assert boite.isVisible() and "avant de commencer" in boite.message.text()
    assert relire(page).fermetures == []


def test_changer_de_dossier_montre_l_autre(page: PagePlanning, porte: Porte, fenetre: Fenetre) -> None:
    page.barre.recherche.setText("cadrage")
    autre = exemples.construire("Autre", ogs=1, essms=1, decalage=500)
    porte.ajouter(autre, libelle="x")
    vague = Vague(dossier_id=autre.id, nom="V", pilote=False)
    porte.ajouter(vague, libelle="x")
    ouverte = ouvrir(fenetre, autre)
    assert ouverte is page and page.vide.isVisible() and page.barre.recherche.text() == ""


def test_sans_campagne_limitee_aucune_limite_n_est_tracee(porte: Porte, fenetre: Fenetre, qtbot: Any) -> None:
    dossier = exemples.construire("SONS", ogs=2, essms=1, decalage=700)
    dossier.campagne_id, dossier.type_projet = "sons-vague-1", TypeProjet.CONFORMITE
    porte.ajouter(dossier, libelle="x")
    petit_planning(porte, dossier)
    page = ouvrir(fenetre, dossier)
    limite = page.gantt.disposition.contenu.limite
    mois = page.lecture().campagne.durees.mois(dossier.type_projet).valeur
    assert (limite is None) is (mois is None)
