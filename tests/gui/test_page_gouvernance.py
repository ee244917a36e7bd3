"""The page Gouvernance, by what a person does: the team, the référents, the instances, the DPO, the chart."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from esms_desktop.gestes import gouvernance as gestes
from esms_desktop.model import Contact, Dossier
from esms_desktop.nomenclature.vocabulaire import RoleContact, TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant, porte_de
from tests.gui import exemples
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import choisir, repondre_a_la_question, taper
from ui.fenetre import Fenetre
from ui.pages.gouvernance.modele import Personne, referents
from ui.pages.gouvernance.modele_organigramme import en_mots, niveaux
from ui.pages.gouvernance.page import (
    APPUIS,
    LISTE_EQUIPE,
    LISTE_INSTANCES,
    ORGANIGRAMME,
    REFERENTS,
    PageGouvernance,
)
from ui.pages.gouvernance.referents import DialogueReferent


def _poser() -> None:
    for _ in range(60):
        QApplication.processEvents()


def _ouvrir(fenetre: Fenetre, dossier: Dossier) -> PageGouvernance:
    fenetre.activateWindow()
    fenetre.ouvrir_dossier(dossier.id, Page.GOUVERNANCE)
    _poser()
    assert fenetre.dossier is not None
    page = fenetre.dossier.page
    assert isinstance(page, PageGouvernance)
    return page


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageGouvernance:
    return _ouvrir(fenetre, exemple)


def _relire(page: PageGouvernance) -> Dossier:
    dossier = dossier_vivant(porte_de(page.contexte), page.dossier_id)
    assert dossier is not None
    return dossier


def _presse(texte: str) -> None:
    QGuiApplication.clipboard().setText(texte)


# -- the team --------------------------------------------------------------------------------------------------


def test_ajouter_une_personne_et_la_remplir(page: PageGouvernance, fenetre: Fenetre) -> None:
    page.ajouter_personne()
    _poser()
    champs = page.equipe.fiche.formulaire.champs
    assert fenetre.focusWidget() is champs["nom"].saisie  # type: ignore[union-attr]
    taper(champs["nom"], "Paul Durand")
    choisir(champs["role"], RoleContact.RSI)  # type: ignore[arg-type]
    _poser()
    taper(champs["part_temps_pour_cent"], "20")
    contact = _relire(page).contacts[-1]
    assert (contact.nom, contact.role, contact.part_temps_pour_cent) == ("Paul Durand", RoleContact.RSI, 20)
    for _ in range(4):
        fenetre.annuler()
    _poser()
    assert [c.nom for c in _relire(page).contacts] == ["Amélie Roche"]


def test_une_part_de_temps_impossible_est_refusee(page: PageGouvernance) -> None:
    champ = page.equipe.fiche.formulaire.champs["part_temps_pour_cent"]
    taper(champ, "150")
    assert _relire(page).contacts[0].part_temps_pour_cent is None
    assert "100" in champ.erreur.text()  # type: ignore[union-attr]


def test_une_cellule_se_tape_et_se_refuse(page: PageGouvernance) -> None:
    modele = page.equipe.modele
    assert modele.setData(modele.index(0, 1), "direction")
    _poser()
    assert _relire(page).contacts[0].role is RoleContact.DIRECTION
    assert not modele.setData(modele.index(0, 1), "grand chef")
    _poser()
    assert "rôle inconnu" in page.bandeau.texte.text()


def test_coller_des_lignes_modifie_et_ajoute_en_un_geste(page: PageGouvernance, fenetre: Fenetre) -> None:
    tableau = page.equipe.tableau
    tableau.setCurrentIndex(tableau.proxy.index(0, 0))
    _presse("Amélie Roche\tChef de projet\tCheffe de projet\tAV1\t50 %\nLéa Brun\tDPO\t\tAV2\n")
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    QTest.keyClick(tableau, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    _poser()
    # « DPO » is the code of a role, whatever the case.
    assert vues == [] or "DPO" in vues[0]
    contacts = _relire(page).contacts
    assert [c.nom for c in contacts] == ["Amélie Roche", "Léa Brun"]
    assert (contacts[0].part_temps_pour_cent, contacts[0].fonction) == (50, "Cheffe de projet")
    assert contacts[1].og_id == _relire(page).ogs[1].id
    fenetre.annuler()
    _poser()
    assert [(c.nom, c.part_temps_pour_cent) for c in _relire(page).contacts] == [("Amélie Roche", None)]


@pytest.mark.parametrize("accord", [True, False])
def test_un_mauvais_collage_dit_ses_lignes(page: PageGouvernance, accord: bool) -> None:
    _presse("Nom\tOrganisme\nLéa Brun\tAV2\n\tAV3\nJo Lenoir\tPersonne")
    vues: list[str] = []
    repondre_a_la_question(accord, vues)
    page.equipe.coller_tout()
    _poser()
    assert "Ligne 3" in vues[0] and "Ligne 4" in vues[0]
    noms = [c.nom for c in _relire(page).contacts]
    assert noms == (["Amélie Roche", "Léa Brun", "Jo Lenoir"] if accord else ["Amélie Roche"])


def test_ce_qui_est_copie_se_recolle_tel_quel(page: PageGouvernance) -> None:
    page.equipe.tableau.selectAll()
    page.equipe.tableau.copier()
    avant = [(c.nom, c.role, c.og_id, c.fonction) for c in _relire(page).contacts]
    page.equipe.tableau.setCurrentIndex(page.equipe.tableau.proxy.index(0, 0))
    page.equipe.tableau.coller()
    _poser()
    assert [(c.nom, c.role, c.og_id, c.fonction) for c in _relire(page).contacts] == avant


def test_retirer_demande_puis_s_annule(page: PageGouvernance, fenetre: Fenetre) -> None:
    vues: list[str] = []
    page.equipe.tableau.choisir(0)
    _poser()
    repondre_a_la_question(True, vues)
    page.equipe.retirer.click()
    _poser()
    assert "Amélie Roche" in vues[0] and "Ctrl+Z" in vues[0]
    assert _relire(page).contacts == [] and page.equipe.tableau.isVisible() is False
    fenetre.annuler()
    _poser()
    assert len(_relire(page).contacts) == 1 and page.equipe.tableau.isVisible()


def test_un_role_sans_personne_offre_de_l_ajouter(page: PageGouvernance) -> None:
    page.aller_a(Cible(Page.GOUVERNANCE, "role", None, "rsi"))
    _poser()
    assert "Responsable du système d’information" in page.bandeau.texte.text()
    page.bandeau._action.click()  # type: ignore[union-attr]
    _poser()
    assert _relire(page).contacts[-1].role is RoleContact.RSI


# -- the référents ---------------------------------------------------------------------------------------------


def test_chaque_structure_a_son_referent_ou_a_designer(page: PageGouvernance) -> None:
    dossier = _relire(page)
    assert {r.contact for r in referents(dossier)} == {None}
    porte, og = porte_de(page.contexte), dossier.ogs[1]
    porte.ajouter(
        Contact(dossier_id=dossier.id, nom="Rose", role=RoleContact.REFERENT, og_id=og.id), libelle="x"
    )
    _poser()
    lignes = referents(_relire(page))
    assert [r.contact.nom if r.contact else "" for r in lignes] == [""] * 6 + ["Rose"] * 6 + [""] * 6
    page.montrer_onglet(REFERENTS)
    assert page.referents.phrase.text().startswith("12")


def test_designer_pour_plusieurs_est_un_seul_geste(page: PageGouvernance, fenetre: Fenetre) -> None:
    lignes = referents(_relire(page))
    dialogue = DialogueReferent(page, [Personne("Rose", "Cadre", "01", "r@x.fr")], lignes, lignes[:3])
    choisir(dialogue.connue, "Rose")
    assert dialogue.valeurs() == {"nom": "Rose", "fonction": "Cadre", "telephone": "01", "courriel": "r@x.fr"}
    assert len(dialogue.lignes) == 3
    choisir(dialogue.portee, "toutes")
    assert (
        page.contexte.accomplir(gestes.designer, [x.essms for x in dialogue.lignes], **dialogue.valeurs())
        == 18
    )
    dialogue.deleteLater()
    _poser()
    assert {r.propre.nom for r in referents(_relire(page)) if r.propre} == {"Rose"}
    assert len(page.equipe.description.lister(_relire(page))) == 1
    fenetre.annuler()
    _poser()
    assert all(r.contact is None for r in referents(_relire(page)))


def test_le_dialogue_reclame_un_nom(page: PageGouvernance) -> None:
    dialogue = DialogueReferent(page, [], referents(_relire(page)), [])
    dialogue.accord.click()
    assert not dialogue.result() and "nom" in dialogue.nom.erreur.text()
    dialogue.deleteLater()


def test_une_colonne_de_noms_se_colle_et_un_nom_efface_retire(
    page: PageGouvernance, fenetre: Fenetre
) -> None:
    page.montrer_onglet(REFERENTS)
    tableau = page.referents.tableau
    tableau.setCurrentIndex(tableau.proxy.index(0, 2))
    _presse("Ali\nRose\n")
    tableau.coller()
    _poser()
    noms = [r.propre.nom for r in referents(_relire(page)) if r.propre]
    assert noms == ["Ali", "Rose"]
    assert tableau.lignes.setData(tableau.lignes.index(0, 2), "")
    _poser()
    assert [r.propre.nom for r in referents(_relire(page)) if r.propre] == ["Rose"]
    fenetre.annuler()
    fenetre.annuler()
    _poser()
    assert not any(r.contact for r in referents(_relire(page)))


# -- the instances ---------------------------------------------------------------------------------------------


def test_proposer_ajoute_deux_instances_en_un_geste(page: PageGouvernance, fenetre: Fenetre) -> None:
    page.montrer_onglet(LISTE_INSTANCES)
    page.proposer()
    _poser()
    instances = _relire(page).instances
    assert [i.nom for i in instances] == ["Comité de pilotage", "Comité opérationnel"]
    assert all(i.role and i.composition and i.frequence for i in instances)
    assert page.instances.proposer is not None and page.instances.proposer.isHidden()
    fenetre.annuler()
    _poser()
    assert _relire(page).instances == []


def test_les_instances_changent_d_ordre(page: PageGouvernance, fenetre: Fenetre) -> None:
    page.montrer_onglet(LISTE_INSTANCES)
    page.proposer()
    _poser()
    page.instances.tableau.choisir(1)
    page.instances.deplacer(-1)
    _poser()
    assert [i.nom for i in _relire(page).instances] == ["Comité opérationnel", "Comité de pilotage"]
    assert page.instances.choisi().nom == "Comité opérationnel"  # type: ignore[union-attr]
    fenetre.annuler()
    _poser()
    assert [i.nom for i in _relire(page).instances] == ["Comité de pilotage", "Comité opérationnel"]


# -- DPO, AMOA, mutualisation ----------------------------------------------------------------------------------


def test_le_meme_dpo_pour_tous(page: PageGouvernance, fenetre: Fenetre) -> None:
    page.montrer_onglet(APPUIS)
    lignes = page.appuis.tableau.lignes
    assert lignes.setData(lignes.index(0, 1), "Claire Voisin")
    _poser()
    page.appuis.tableau.choisir(0)
    _poser()
    page.appuis.tous.click()
    _poser()
    assert {og.dpo_nom for og in _relire(page).ogs} == {"Claire Voisin"}
    fenetre.annuler()
    _poser()
    assert [og.dpo_nom for og in _relire(page).ogs] == ["Claire Voisin", "", ""]


def test_l_amoa_et_la_mutualisation_se_repondent(page: PageGouvernance, fenetre: Fenetre) -> None:
    page.aller_a(Cible(Page.GOUVERNANCE, "dossier", None, "amoa"))
    assert page.vues.currentIndex() == APPUIS and not page.appuis.amoa_nom.isVisible()
    page.appuis.amoa.boutons[True].click()
    _poser()
    assert page.appuis.amoa_nom.isVisible()
    taper(page.appuis.amoa_nom, "Cabinet Aval")
    dossier = _relire(page)
    assert (dossier.amoa, dossier.amoa_nom) == (True, "Cabinet Aval")
    fenetre.annuler()
    fenetre.annuler()
    _poser()
    assert (_relire(page).amoa, page.appuis.amoa.valeur) == (None, None)


# -- the chart -------------------------------------------------------------------------------------------------


def test_l_organigramme_suit_les_saisies_et_se_lit(page: PageGouvernance) -> None:
    page.montrer_onglet(ORGANIGRAMME)
    dossier = _relire(page)
    assert [n.nom for n in niveaux(dossier)] == ["Conduite du projet", "Organismes"]
    avant = page.organigramme.dessin.heightForWidth(900)
    page.contexte.accomplir(gestes.proposer_instances, dossier)
    _poser()
    mots = page.organigramme.dessin.accessibleDescription()
    assert mots == "\n".join(en_mots(_relire(page))) == page.organigramme.mots.text().replace("\u200b", "")
    assert (
        "Comité de pilotage" in mots
        and "Amélie Roche" in mots
        and "6 référents à désigner" in mots.replace("\u00a0", " ")
    )
    assert page.organigramme.dessin.heightForWidth(900) > avant


@pytest.mark.parametrize("ogs", [1, 3, 12])
def test_l_organigramme_garde_toutes_ses_boites_dans_sa_place(
    page: PageGouvernance, porte: Porte, ogs: int
) -> None:
    from ui.pages.gouvernance.organigramme import _disposer

    dossier = exemples.construire("Autre", ogs=ogs, essms=2, long=True, decalage=500)
    porte.ajouter(dossier, libelle="x")
    for largeur in (300, 640, 1100):
        rangs = _disposer(niveaux(dossier), largeur)
        zones = [p.zone for r in rangs for p in r.places]
        assert len(zones) == 1 + ogs
        assert all(z.left() >= 0 and z.right() <= largeur for z in zones)
        assert not any(a.intersects(b) for i, a in enumerate(zones) for b in zones[i + 1 :])


# -- the page --------------------------------------------------------------------------------------------------


def test_un_contact_de_la_gouvernance_reste_sur_la_page(page: PageGouvernance, fenetre: Fenetre) -> None:
    contact = _relire(page).contacts[0]
    assert fenetre.dossier is not None
    fenetre.dossier.aller_a(Cible(Page.GOUVERNANCE, "contact", contact.id, "part_temps_pour_cent"))
    _poser()
    assert fenetre.dossier.page is page and page.vues.currentIndex() == LISTE_EQUIPE
    champ = page.equipe.fiche.formulaire.champs["part_temps_pour_cent"]
    assert fenetre.focusWidget() is champ.saisie  # type: ignore[union-attr]


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_aucun_texte_coupe(echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any, qtbot: Any) -> None:
    habillee(echelle)
    page = _ouvrir(fenetre, exemples.exemple_long(porte))
    page.proposer()
    for onglet in range(5):
        page.montrer_onglet(onglet)
        qtbot.wait(80)
        _poser()
        assert (fenetre.width(), fenetre.height()) == (1280, 800)
        assert [(onglet, d) for d in defauts(fenetre)] == []


def test_une_page_vide_se_lit_aussi(porte: Porte, fenetre: Fenetre) -> None:
    vide = Dossier(nom="Vide", campagne_id="2022", type_projet=TypeProjet.ACQUISITION)
    porte.ajouter(vide, libelle="Créer")
    page = _ouvrir(fenetre, vide)
    for onglet in range(5):
        page.montrer_onglet(onglet)
        _poser()
        assert [(onglet, d) for d in defauts(fenetre)] == []
