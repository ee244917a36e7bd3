"""The page Risques across the structures: library, copies, heat map, roll-up, action plan; where findings lead; cut texts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from esms_desktop.gestes.risques import renommer_echelle
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier import risques as regles
from esms_desktop.store.porte import Porte
from tests.gui import exemples
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import repondre_a_la_question
from tests.gui.outils_risques import ouvrir, poser, presse, relire, repondre
from tests.gui.risques_exemple import remplir
from ui.fenetre import Fenetre
from ui.pages.risques.bibliotheque import DialogueBibliotheque
from ui.pages.risques.copie import DialogueCopie
from ui.pages.risques.page import ACTIONS, CHALEUR, REMONTEE, STRUCTURES, PageRisques
from ui.widgets.tableaux.carte_chaleur import ROLE_NIVEAU

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier, porte: Porte) -> PageRisques:
    remplir(porte, exemple)
    return ouvrir(fenetre, exemple)


def _cotes(page: PageRisques) -> list[tuple[int | None, int | None]]:
    return [(r.probabilite, r.gravite) for r in regles.risques_grappe(relire(page))]


def _index(page: PageRisques, ligne: int, titre: str) -> Any:
    registre = page.grappe.registre
    titres = [c.titre for c in registre.modele.colonnes]
    return registre.tableau.proxy.mapFromSource(registre.modele.index(ligne, titres.index(titre)))


# -- the library and the structures ----------------------------------------------------------------------------


def test_la_bibliotheque_remplit_en_un_geste_ce_qui_manque(page: PageRisques, fenetre: Fenetre) -> None:
    def choisir(d: DialogueBibliotheque) -> None:
        etats = [d.modele.index(r, 0).data() for r in range(d.modele.rowCount())]
        assert etats.count("Déjà là") == 8 and not d.accord.isEnabled()
        d.tableau.selectAll()
        QTest.keyClick(d.tableau, Qt.Key.Key_Space)
        assert "Déjà là" in [d.modele.index(r, 0).data() for r in range(d.modele.rowCount())]
        d.tableau.choisir(0)
        d.avec_actions.setChecked(False)
        d.accord.click()

    repondre(DialogueBibliotheque, choisir)
    page.ouvrir_bibliotheque()
    poser()
    siens = regles.risques_grappe(relire(page))
    assert len(siens) > 20 and len({r.origine for r in siens}) == len(siens)
    assert all(r.probabilite is None and not r.actions for r in siens[8:])
    fenetre.annuler()
    poser()
    assert len(regles.risques_grappe(relire(page))) == 8


def test_une_structure_sans_risque_propre_est_evaluee(page: PageRisques, fenetre: Fenetre) -> None:
    page.montrer_onglet(STRUCTURES)
    quatrieme = relire(page).essms[3]
    page.structures.aller(quatrieme.id)
    poser()
    assert fenetre.focusWidget() is page.structures.sans_risque.boutons[None]
    page.structures.sans_risque.boutons[True].click()
    poser()
    assert regles.structure_evaluee(relire(page), relire(page).essms[3]) is True
    assert page.onglets.boutons[STRUCTURES].text() == "Par &structure (3/18)"
    assert page.structures.modele.index(3, 1).data() == "Sans risque"
    fenetre.annuler()
    poser()
    assert page.structures.sans_risque.valeur is None
    page.structures.aller(relire(page).essms[0].id)
    assert not page.structures.sans_risque.isVisible()


def test_copier_une_carte_vers_douze_structures(page: PageRisques, fenetre: Fenetre) -> None:
    page.montrer_onglet(STRUCTURES)
    page.structures.aller(relire(page).essms[0].id)

    def choisir(d: DialogueCopie) -> None:
        assert d.source is not None and d.source.nom == "Résidence 1.1" and not d.accord.isEnabled()
        d.toutes.click()
        assert len(d.cibles) == 17 and "1\u00a0structure a déjà des risques" in d.phrase.text()
        d.accord.click()

    repondre(DialogueCopie, choisir)
    page.structures.copier_vers.click()
    poser()
    cartes = regles.par_carte(relire(page))
    assert [len(cartes[e]) for e in relire(page).essms] == [3] * 18
    # What the second structure had stays, unrated; the others came rated.
    assert [regles.criticite(r) for r in cartes[relire(page).essms[1]]] == [None, 12, 8]
    fenetre.annuler()
    poser()
    cartes = regles.par_carte(relire(page))
    assert [len(cartes[e]) for e in relire(page).essms][:4] == [3, 1, 0, 0]


def test_remplacer_demande_et_peut_etre_refuse(page: PageRisques) -> None:
    premiere = relire(page).essms[0]
    vues: list[str] = []

    def choisir(d: DialogueCopie) -> None:
        d.mode.fixer(True)
        d.tableau.cocher([premiere])
        assert "3\u00a0risques seront retirés" in d.phrase.text()
        repondre_a_la_question(False, vues)
        d.accord.click()
        d.reject()

    repondre(DialogueCopie, choisir)
    page.copier(None, ())
    poser()
    assert "Résidence 1.1\u00a0: 3\u00a0risques" in vues[0]
    assert len(regles.risques_structure(relire(page), relire(page).essms[0])) == 3


# -- all the structures at once, the actions -------------------------------------------------------------------


def test_la_carte_de_chaleur_se_lit_et_mene_a_la_carte(page: PageRisques) -> None:
    page.montrer_onglet(CHALEUR)
    tableau, modele = page.chaleur.tableau, page.chaleur.modele
    assert (modele.rowCount(), modele.columnCount()) == (19, 9)
    case = modele.index(1, 2)
    assert case.data() == "8" and case.data(ROLE_NIVEAU) == regles.Niveau.ELEVE
    lu = case.data(Qt.ItemDataRole.AccessibleTextRole).replace("\u00a0", " ")
    assert lu.startswith("Résidence 1.1, Humain : criticité la plus haute 8, élevé\nR3 · ")
    assert modele.index(2, 1).data() == "À coter" and modele.index(3, 1).data() == ""
    tableau.setCurrentIndex(tableau.proxy.mapFromSource(case))
    QTest.keyClick(tableau, Qt.Key.Key_Return)
    poser()
    assert page.vues.currentIndex() == STRUCTURES
    assert page.structures.essms is not None and page.structures.essms.nom == "Résidence 1.1"
    assert (
        page.structures.panneau.registre.courant()
        == regles.risques_structure(relire(page), relire(page).essms[0])[2].id
    )


def test_la_remontee_propose_a_la_grappe(page: PageRisques, porte: Porte, fenetre: Fenetre) -> None:
    seul = regles.risques_grappe(relire(page))[5]
    assert "Résistance" in seul.intitule
    porte.retirer(seul, libelle="x")
    page.montrer_onglet(REMONTEE)
    poser()
    modele = page.remontee.modele
    etats = [modele.index(r, 4).data() for r in range(modele.rowCount())]
    assert etats.count("À proposer") == 1
    page.remontee.tableau.selectAll()
    page.remontee.proposer.click()
    poser()
    dernier = regles.risques_grappe(relire(page))[-1]
    assert "Résistance" in dernier.intitule and regles.cotation(dernier) == (2, 4)
    assert not page.remontee.proposer.isEnabled()
    fenetre.annuler()
    poser()
    assert len(regles.risques_grappe(relire(page))) == 7


def test_le_plan_d_actions_trie_filtre_et_se_modifie(page: PageRisques) -> None:
    page.montrer_onglet(ACTIONS)
    actions = page.plan
    modele = actions.tableau.lignes
    assert modele.rowCount() == 30 and "dont 1 en retard" in actions.phrase.text()
    assert "Coût total\u00a0: 4\u00a0500\u00a0€" in actions.phrase.text()
    premiere = modele.objet(0).action
    assert premiere.echeance == date(2023, 5, 15)
    titres = [c.titre for c in modele.colonnes]
    assert modele.setData(modele.index(0, titres.index("État")), "Faite")
    poser()
    assert modele.rowCount() == 29
    actions.filtre.liste.setCurrentIndex(2)
    actions.filtre.liste.activated.emit(2)
    poser()
    assert [modele.objet(0).action.intitule, modele.rowCount()] == [premiere.intitule, 1]
    page.aller_a(Cible(Page.RISQUES, "action_risque", relire(page).risques[1].actions[0].id, "responsable"))
    assert actions.tableau.choisies() == [relire(page).risques[1].actions[0]]
    assert actions.tableau.currentIndex().column() == titres.index("Responsable")


def test_une_colonne_de_responsables_se_colle_sur_le_plan(page: PageRisques, fenetre: Fenetre) -> None:
    page.montrer_onglet(ACTIONS)
    tableau = page.plan.tableau
    tableau.setCurrentIndex(tableau.proxy.index(28, 2))
    presse("Direction\nQualité\nPersonne de plus")
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    QTest.keyClick(tableau, Qt.Key.Key_V, CTRL)
    poser()
    assert "Ligne 3, ligne entière" in vues[0]
    assert [a.responsable for a in regles.actions(relire(page))].count("Direction") == 1
    fenetre.annuler()
    poser()
    assert "Direction" not in [a.responsable for a in regles.actions(relire(page))]


def test_une_carte_se_copie_vers_une_structure_vide(page: PageRisques) -> None:
    page.montrer_onglet(STRUCTURES)
    page.structures.aller(relire(page).essms[4].id)
    assert page.structures.copier_vers.text() == "&Copier une carte ici…"

    def choisir(d: DialogueCopie) -> None:
        assert d.source is None and [e.nom for e in d.cibles] == ["Résidence 1.5"]
        d.accord.click()

    repondre(DialogueCopie, choisir)
    page.structures.copier_vers.click()
    poser()
    assert len(regles.risques_structure(relire(page), relire(page).essms[4])) == 8
    assert page.structures.copier_vers.text() == "&Copier vers d’autres structures…"


def test_les_actions_deviennent_des_taches_du_planning(page: PageRisques, fenetre: Fenetre) -> None:
    page.montrer_onglet(ACTIONS)
    page.plan.tableau.choisir(1)
    page.plan.au_planning.click()
    poser()
    taches = relire(page).taches
    assert [(t.echeance, t.responsable) for t in taches] == [(date(2023, 11, 15), "Éditeur")]
    assert "1\u00a0tâche ajoutée" in page.bandeau.texte.text()
    page.plan.au_planning.click()
    poser()
    assert "déjà au planning" in page.bandeau.texte.text() and len(relire(page).taches) == 1
    fenetre.annuler()
    poser()
    assert relire(page).taches == []


# -- going there, reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("champ", "titre", "apres"),
    [("gravite", "G", False), ("probabilite_residuelle", "P après", True)],
)
def test_un_constat_mene_a_la_case(page: PageRisques, champ: str, titre: str, apres: bool) -> None:
    risque = regles.risques_structure(relire(page), relire(page).essms[1])[0]
    page.aller_a(Cible(Page.RISQUES, "risque", risque.id, champ))
    poser()
    registre = page.structures.panneau.registre
    assert page.vues.currentIndex() == STRUCTURES and registre.courant() == risque.id
    assert registre.modele.colonnes[registre.tableau.currentIndex().column()].titre == titre
    assert page.structures.panneau.carte.quand.boutons[1].isChecked() is apres


def _mots_longs(porte: Porte, dossier: Dossier) -> None:
    notre = regles.echelle_type()
    mots = ("Négligeable", "Supportable quelque temps", "Considérable", "Catastrophique")
    gravite = tuple(replace(n, libelle=mot) for n, mot in zip(notre.gravite, mots, strict=True))
    renommer_echelle(porte, dossier, replace(notre, gravite=gravite))


@pytest.mark.parametrize("echelle", [1.0, 1.25])
@pytest.mark.parametrize("plein", [True, False])
def test_aucun_texte_coupe(
    plein: bool, echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any, qtbot: Any
) -> None:
    habillee(echelle)
    dossier = exemples.exemple_long(porte)
    if plein:
        remplir(porte, dossier)
    if plein and echelle > 1:
        _mots_longs(porte, dossier)
    page = ouvrir(fenetre, dossier)
    for onglet in range(5):
        page.montrer_onglet(onglet)
        qtbot.wait(80)
        poser()
        assert (fenetre.width(), fenetre.height()) == (1280, 800)
        assert [(onglet, d) for d in defauts(fenetre)] == []


def test_une_page_vide_se_lit_aussi(porte: Porte, fenetre: Fenetre) -> None:
    vide = Dossier(nom="Vide", campagne_id="2022", type_projet=TypeProjet.ACQUISITION)
    porte.ajouter(vide, libelle="Créer")
    page = ouvrir(fenetre, vide)
    for onglet in range(5):
        page.montrer_onglet(onglet)
        poser()
        assert page.entete.phrase.text() == "Grappe\u00a0: aucun risque."
        assert [(onglet, d) for d in defauts(fenetre)] == []


def test_une_touche_tenue_ne_retire_pas_la_ligne_choisie(page: PageRisques, qtbot: Any) -> None:
    page.montrer_onglet(ACTIONS)
    tableau = page.plan.tableau
    # Qt remembers Ctrl as held until another key says otherwise.
    qtbot.keyPress(tableau, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        action = relire(page).risques[1].actions[0]
        page.aller_a(Cible(Page.RISQUES, "action_risque", action.id, "responsable"))
        assert tableau.choisies() == [action]
    finally:
        qtbot.keyRelease(tableau, Qt.Key.Key_Control)
