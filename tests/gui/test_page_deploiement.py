"""The page Déploiement, by what a person does: waves, structures, training, communication, strategy."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from esms_desktop.model import Dossier, Vague
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.planning.vagues import proposer
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant, porte_de
from tests.gui import exemples
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import repondre_a_la_question, taper
from ui.fenetre import Fenetre
from ui.pages.deploiement.modele import frise_en_mots
from ui.pages.deploiement.page import (
    AFFECTATION,
    CALENDRIER,
    LISTE_COMMUNICATIONS,
    LISTE_FORMATIONS,
    LISTE_VAGUES,
    STRATEGIE,
    PageDeploiement,
)


def _poser() -> None:
    for _ in range(8):
        QApplication.processEvents()


def _ouvrir(fenetre: Fenetre, dossier: Dossier) -> PageDeploiement:
    fenetre.activateWindow()
    fenetre.ouvrir_dossier(dossier.id, Page.DEPLOIEMENT)
    _poser()
    assert fenetre.dossier is not None
    page = fenetre.dossier.page
    assert isinstance(page, PageDeploiement)
    return page


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageDeploiement:
    return _ouvrir(fenetre, exemple)


def _relire(page: PageDeploiement) -> Dossier:
    dossier = dossier_vivant(porte_de(page.contexte), page.dossier_id)
    assert dossier is not None
    return dossier


def _presse(texte: str) -> None:
    QGuiApplication.clipboard().setText(texte)


def _repartir(page: PageDeploiement, accord: bool = True) -> str:
    vues: list[str] = []
    repondre_a_la_question(accord, vues)
    page.repartir()
    _poser()
    return vues[0]


# -- waves and structures --------------------------------------------------------------------------------------


def test_repartir_montre_puis_place_en_un_geste(page: PageDeploiement, fenetre: Fenetre) -> None:
    texte = _repartir(page)
    assert "Sites pilotes" in texte and "AV2" in texte and "Résidence 1.1" in texte
    dossier = _relire(page)
    assert [(v.nom, v.pilote, len(v.essms)) for v in dossier.vagues] == [
        ("Sites pilotes", True, 2),
        ("Vague 1 — AV1", False, 4),
        ("Vague 2 — AV2", False, 6),
        ("Vague 3 — AV3", False, 6),
    ]
    assert {e.champ for e in dossier.vagues[0].essms} == {"PA", "PH"}
    assert not page.repartir_action.isEnabled()
    fenetre.annuler()
    _poser()
    assert _relire(page).vagues == [] and {e.vague_id for e in _relire(page).essms} == {None}


def test_refuser_la_proposition_ne_change_rien(page: PageDeploiement) -> None:
    _repartir(page, accord=False)
    assert _relire(page).vagues == []


def test_la_proposition_respecte_ce_qui_est_place_et_partage_le_temps(
    page: PageDeploiement, porte: Porte
) -> None:
    dossier = _relire(page)
    porte.modifier(dossier, date_debut_parametrage=date(2024, 1, 1), date_fin_deploiement=date(2024, 12, 31))
    vague = Vague(dossier_id=dossier.id, nom="Premières", pilote=True, fin=date(2024, 3, 31))
    courante = Vague(dossier_id=dossier.id, nom="Courante", rang=1, pilote=False)
    porte.ajouter(vague, courante, libelle="x")
    porte.modifier(dossier.ogs[0].essms[0], vague_id=vague.id)
    porte.modifier(dossier.ogs[1].essms[0], vague_id=courante.id)
    propositions = proposer(_relire(page))
    assert [(p.nom, p.vague and p.vague.nom, len(p.essms)) for p in propositions] == [
        ("Vague 2 — AV1", None, 5),
        ("", "Courante", 5),
        ("Vague 4 — AV3", None, 6),
    ]
    assert (propositions[0].debut, propositions[2].fin) == (date(2024, 4, 1), date(2024, 12, 31))
    assert propositions[0].fin is not None and propositions[2].debut is not None
    assert (propositions[2].debut - propositions[0].fin).days == 1


def test_chaque_essms_est_propose_une_fois(porte: Porte) -> None:
    for ogs, essms in ((1, 1), (1, 9), (4, 1), (12, 5)):
        dossier = exemples.construire(f"{ogs}-{essms}", ogs=ogs, essms=essms, decalage=ogs * 100)
        porte.ajouter(dossier, libelle="x")
        places = [e.id for p in proposer(dossier) for e in p.essms]
        assert sorted(places) == sorted(e.id for e in dossier.essms)


def test_affecter_les_lignes_choisies_est_un_seul_geste(page: PageDeploiement, fenetre: Fenetre) -> None:
    page.vagues.nouveau()
    _poser()
    page.montrer_onglet(AFFECTATION)
    page.affectation.tableau.selectAll()
    page.affectation.vague.setCurrentIndex(0)
    page.affectation.placer.click()
    _poser()
    assert len(_relire(page).vagues[0].essms) == 18
    assert page.affectation.phrase.text() == "Chaque structure a sa vague."
    fenetre.annuler()
    _poser()
    assert _relire(page).vagues[0].essms == []


def test_une_colonne_de_vagues_se_colle(page: PageDeploiement, fenetre: Fenetre) -> None:
    _repartir(page)
    page.montrer_onglet(AFFECTATION)
    tableau = page.affectation.tableau
    tableau.setCurrentIndex(tableau.proxy.index(0, 3))
    _presse("Vague 3 — AV3\nvague 2 — av2\nVague 9\n")
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    tableau.coller()
    _poser()
    assert "Ligne 3" in vues[0] and "Vague 9" in vues[0]
    noms = [e.vague.nom for e in _relire(page).essms[:3] if e.vague]
    assert noms == ["Vague 3 — AV3", "Vague 2 — AV2", "Vague 1 — AV1"]
    fenetre.annuler()
    _poser()
    assert [e.vague.nom for e in _relire(page).essms[:2] if e.vague] == ["Sites pilotes", "Sites pilotes"]


def test_retirer_une_vague_dit_ce_qui_part_et_s_annule(page: PageDeploiement, fenetre: Fenetre) -> None:
    _repartir(page)
    page.vagues.tableau.choisir(2)
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    page.vagues.retirer.click()
    _poser()
    assert "6\u00a0ESSMS n’auront plus de vague" in vues[0]
    assert sum(e.vague_id is None for e in _relire(page).essms) == 6
    fenetre.annuler()
    _poser()
    assert sum(e.vague_id is None for e in _relire(page).essms) == 0


def test_une_vague_se_date_et_change_de_place(page: PageDeploiement) -> None:
    _repartir(page)
    page.aller_a(Cible(Page.DEPLOIEMENT, "vague", _relire(page).vagues[1].id, "debut"))
    champs = page.vagues.fiche.formulaire.champs
    taper(champs["debut"], "05/02/2024")
    assert _relire(page).vagues[1].debut == date(2024, 2, 5)
    taper(champs["fin"], "31/02/2024")
    assert _relire(page).vagues[1].fin is None and champs["fin"].erreur.isVisible()  # type: ignore[union-attr]
    page.vagues.deplacer(1)
    _poser()
    assert [v.nom for v in _relire(page).vagues][1:3] == ["Vague 2 — AV2", "Vague 1 — AV1"]


# -- training, communication, strategy -------------------------------------------------------------------------


def test_les_formations_se_collent_dans_une_liste_vide(page: PageDeploiement, fenetre: Fenetre) -> None:
    page.montrer_onglet(LISTE_FORMATIONS)
    _presse("Prise en main\tSoignants\t120\t10\t7\tÉditeur\t15/01/2024\nRéférents\tRéférents\t18\n")
    page.formations.coller_tout()
    _poser()
    lues = _relire(page).formations
    assert [(f.intitule, f.effectif, f.sessions, f.duree_heures, f.date) for f in lues] == [
        ("Prise en main", 120, 10, 7, date(2024, 1, 15)),
        ("Référents", 18, None, None, None),
    ]
    assert "138\u00a0personnes" in page.entete.phrase.text()
    fenetre.annuler()
    _poser()
    assert _relire(page).formations == []


def test_un_presse_papiers_vide_dit_ce_qui_est_attendu(page: PageDeploiement) -> None:
    page.montrer_onglet(LISTE_COMMUNICATIONS)
    _presse("")
    page.communications.coller_tout()
    assert "Action, Cible, Support" in page.bandeau.texte.text()


def test_une_action_s_ajoute_au_clavier(page: PageDeploiement, fenetre: Fenetre) -> None:
    page.montrer_onglet(LISTE_COMMUNICATIONS)
    page.communications.nouveau()
    _poser()
    champs = page.communications.fiche.formulaire.champs
    assert fenetre.focusWidget() is champs["objet"].saisie  # type: ignore[union-attr]
    taper(champs["objet"], "Lancement")
    taper(champs["date"], "02/10/2023")
    action = _relire(page).communications[0]
    assert (action.objet, action.date) == ("Lancement", date(2023, 10, 2))
    taper(champs["objet"], "\b")
    assert _relire(page).communications[0].objet == "Lancement"
    assert "ne peut pas être vide" in champs["objet"].erreur.text()  # type: ignore[union-attr]


@pytest.mark.parametrize("champ", ["strategie_deploiement", "strategie_formation"])
def test_les_strategies_se_gardent(page: PageDeploiement, fenetre: Fenetre, champ: str) -> None:
    page.aller_a(Cible(Page.DEPLOIEMENT, "dossier", None, champ))
    assert page.vues.currentIndex() == STRATEGIE
    saisie = page.strategies[champ].saisie
    assert fenetre.focusWidget() is saisie
    QTest.keyClicks(saisie, "Par vagues")
    QApplication.sendEvent(saisie, QFocusEvent(QEvent.Type.FocusOut))
    _poser()
    assert getattr(_relire(page), champ) == "Par vagues"
    fenetre.annuler()
    _poser()
    assert getattr(_relire(page), champ) == ""


# -- the timeline ----------------------------------------------------------------------------------------------


def test_la_frise_se_lit_en_toutes_lettres(page: PageDeploiement, porte: Porte) -> None:
    dossier = _relire(page)
    porte.ajouter(
        Vague(
            dossier_id=dossier.id, nom="Pilotes", pilote=True, debut=date(2024, 1, 8), fin=date(2024, 3, 29)
        ),
        Vague(dossier_id=dossier.id, nom="Suite", rang=1, pilote=False),
        libelle="x",
    )
    _poser()
    page.montrer_onglet(CALENDRIER)
    mots = frise_en_mots(_relire(page))
    assert page.frise.dessin.accessibleDescription() == "\n".join(mots)
    assert mots[0].replace("\u00a0", " ") == (
        "Pilotes : du 08/01/2024 au 29/03/2024, 0 ESSMS, sites pilotes."
    )
    assert "dates à préciser" in mots[1]
    assert page.frise.dessin.bornes() == (2023 * 12 + 8, 2024 * 12 + 2)


@pytest.mark.parametrize(
    ("debut", "fin"),
    [
        (None, None),
        (date(2024, 5, 1), None),
        (date(2024, 6, 1), date(2024, 5, 1)),
        (date(1, 1, 1), date(9999, 12, 31)),
    ],
)
def test_la_frise_se_dessine_quelles_que_soient_les_dates(
    page: PageDeploiement, porte: Porte, debut: date | None, fin: date | None
) -> None:
    dossier = _relire(page)
    porte.ajouter(Vague(dossier_id=dossier.id, nom="Vague", pilote=True, debut=debut, fin=fin), libelle="x")
    page.montrer_onglet(CALENDRIER)
    _poser()
    assert not page.frise.dessin.grab().isNull()


# -- the page --------------------------------------------------------------------------------------------------


def test_chercher_vise_les_structures(page: PageDeploiement, fenetre: Fenetre) -> None:
    fenetre.rechercher()
    _poser()
    assert page.vues.currentIndex() == AFFECTATION
    assert fenetre.focusWidget() is page.affectation.recherche
    QTest.keyClicks(page.affectation.recherche, "residence 2.")
    _poser()
    assert page.affectation.tableau.proxy.rowCount() == 6


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_aucun_texte_coupe(echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any, qtbot: Any) -> None:
    habillee(echelle)
    page = _ouvrir(fenetre, exemples.exemple_long(porte))
    _repartir(page)
    page.bandeau.fermer()
    page.formations.nouveau()
    page.communications.nouveau()
    for onglet in range(6):
        page.montrer_onglet(onglet)
        qtbot.wait(80)
        _poser()
        assert (fenetre.width(), fenetre.height()) == (1280, 800)
        assert [(onglet, d) for d in defauts(fenetre)] == []


def test_une_page_vide_se_lit_aussi(porte: Porte, fenetre: Fenetre) -> None:
    vide = Dossier(nom="Vide", campagne_id="2022", type_projet=TypeProjet.ACQUISITION)
    porte.ajouter(vide, libelle="Créer")
    page = _ouvrir(fenetre, vide)
    for onglet in range(6):
        page.montrer_onglet(onglet)
        _poser()
        assert [(onglet, d) for d in defauts(fenetre)] == []
        assert page.vues.currentIndex() == onglet or onglet == LISTE_VAGUES
