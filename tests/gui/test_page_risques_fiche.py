"""The dialogs of the page Risques: the card of a risk, the words of the scales, what is printed and exported."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from esms_desktop.model import Dossier
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier import risques as regles
from esms_desktop.store.porte import Porte
from tests.bases import porte_de
from tests.gui import exemples
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import choisir, repondre_a_la_question, taper
from tests.gui.outils_risques import dialogue, ouvrir, poser, presse, relire, repondre
from tests.gui.risques_exemple import remplir
from ui.fenetre import Fenetre
from ui.pages.risques.bibliotheque import DialogueBibliotheque
from ui.pages.risques.copie import DialogueCopie
from ui.pages.risques.echelles import DialogueEchelles
from ui.pages.risques.fiche import DialogueRisque
from ui.pages.risques.page import STRUCTURES, PageRisques
from ui.pages.risques.sorties import EXCEL, GRAPPE, IMPRIMER, STRUCTURE, TOUT, WORD, DialogueSortie
from ui.widgets.impression import DialogueImpression


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier, porte: Porte) -> PageRisques:
    remplir(porte, exemple)
    return ouvrir(fenetre, exemple)


def _premier(page: PageRisques) -> Any:
    return regles.risques_grappe(relire(page))[0]


# -- the card --------------------------------------------------------------------------------------------------


def test_un_nouveau_risque_se_remplit_au_clavier(page: PageRisques, fenetre: Fenetre) -> None:
    page.neuf.click()
    fiche = dialogue(DialogueRisque)
    champs = fiche.mots.champs
    assert fiche.focusWidget() is champs["intitule"].saisie  # type: ignore[union-attr]
    taper(champs["intitule"], "Panne du lien")
    choisir(champs["categorie"], "technique")  # type: ignore[arg-type]
    choisir(fiche.avant.formulaire.champs["probabilite"], 3)  # type: ignore[arg-type]
    assert fiche.avant.attente.isVisible() and not fiche.avant.niveau.isVisible()
    choisir(fiche.avant.formulaire.champs["gravite"], 4)  # type: ignore[arg-type]
    poser()
    assert fiche.avant.niveau.accessibleName() == "P × G = 12 · Critique"
    assert "Le projet s’arrête" in fiche.avant.formulaire.champs["gravite"].aide.text()  # type: ignore[union-attr]
    neuf = regles.risques_grappe(relire(page))[-1]
    assert (neuf.intitule, neuf.categorie, neuf.probabilite, neuf.gravite) == (
        "Panne du lien",
        "technique",
        3,
        4,
    )
    assert fiche.windowTitle() == "R9 · Panne du lien"
    fiche.fermer.click()
    poser()
    assert page.grappe.registre.courant() == neuf.id
    for _ in range(5):
        fenetre.annuler()
    poser()
    assert len(relire(page).risques) == 12


def test_annuler_dans_la_fiche_la_met_a_jour_puis_la_ferme(page: PageRisques) -> None:
    page.neuf.click()
    fiche = dialogue(DialogueRisque)
    taper(fiche.mots.champs["intitule"], "Panne du lien")
    assert fiche.titre.text() == "R9 · Panne du lien"
    fiche.fermer.setFocus()
    QTest.keyClick(fiche.fermer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    poser()
    assert fiche.titre.text() == "R9 · Nouveau risque"
    QTest.keyClick(fiche.fermer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    poser()
    assert QApplication.activeModalWidget() is None and len(relire(page).risques) == 12


def test_un_intitule_vide_est_refuse_et_reste_affiche(page: PageRisques) -> None:
    page.ouvrir_risque(_premier(page).id)
    fiche = dialogue(DialogueRisque)
    avant = _premier(page).intitule
    taper(fiche.mots.champs["intitule"], "\b")
    assert "ne peut pas être vide" in fiche.mots.champs["intitule"].erreur.text()  # type: ignore[union-attr]
    assert _premier(page).intitule == avant
    fiche.reject()


def test_les_textes_longs_se_gardent(page: PageRisques) -> None:
    page.ouvrir_risque(_premier(page).id, "cause")
    fiche = dialogue(DialogueRisque)
    saisie = fiche.mots.champs["cause"].saisie  # type: ignore[union-attr]
    assert fiche.focusWidget() is saisie
    saisie.selectAll()
    QTest.keyClicks(saisie, "Un seul lien")
    QApplication.sendEvent(saisie, QFocusEvent(QEvent.Type.FocusOut))
    poser()
    assert _premier(page).cause == "Un seul lien"
    fiche.reject()


def test_les_actions_s_ajoutent_se_collent_et_se_retirent(page: PageRisques) -> None:
    risque = regles.risques_grappe(relire(page))[3]
    for action in list(risque.actions):
        porte_de(page.contexte).retirer(action, libelle="x")
    page.aller_a(Cible(Page.RISQUES, "risque", risque.id, "actions"))
    fiche = dialogue(DialogueRisque)
    assert fiche.focusWidget() is fiche.ajouter
    assert fiche.sans_action.isVisible() and not fiche.tableau.isVisible()
    fiche.ajouter.click()
    poser()
    assert [a.intitule for a in regles.risques_grappe(relire(page))[3].actions] == ["Nouvelle action"]
    presse("Audit du réseau\t15/09/2023\tSI\tEn cours\tCorrective\t1 200,50\nDoubler le lien\t31/02/2024\n")
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    fiche.coller()
    poser()
    assert "Ligne 2, Échéance" in vues[0]
    actions = regles.risques_grappe(relire(page))[3].actions
    assert [(a.intitule, a.echeance, a.responsable, a.etat, a.nature, a.cout_cents) for a in actions[1:]] == [
        ("Audit du réseau", date(2023, 9, 15), "SI", "en-cours", "corrective", 120_050),
        ("Doubler le lien", None, "", "a-faire", "preventive", None),
    ]
    fiche.tableau.selectAll()
    repondre_a_la_question(True, vues)
    fiche.retirer.click()
    poser()
    assert regles.risques_grappe(relire(page))[3].actions == [] and fiche.sans_action.isVisible()
    fiche.reject()


# -- the scales ------------------------------------------------------------------------------------------------


def test_les_mots_des_echelles_se_changent_et_se_reprennent(page: PageRisques, fenetre: Fenetre) -> None:
    def changer(d: DialogueEchelles) -> None:
        d.libelles["gravite", 4].saisie.setText("Catastrophique")  # type: ignore[attr-defined]
        d.accord.click()

    repondre(DialogueEchelles, changer)
    page.changer_echelles()
    poser()
    assert regles.echelles(relire(page)).gravite[3].libelle == "Catastrophique"
    assert any("Catastrophique" in m for m in page.grappe.matrice.mots())
    fenetre.annuler()
    poser()
    assert regles.echelles(relire(page)) == regles.echelle_type()


def test_deux_niveaux_de_meme_nom_sont_refuses_dans_le_dialogue(page: PageRisques) -> None:
    def changer(d: DialogueEchelles) -> None:
        d.libelles["probabilite", 1].saisie.setText("Possible")  # type: ignore[attr-defined]
        d.accord.click()
        assert d.isVisible() and "même nom" in d.erreur.text()
        next(b for b in d.findChildren(QPushButton) if "origine" in b.text()).click()
        assert d.valeur() == regles.echelle_type()
        d.accord.click()

    repondre(DialogueEchelles, changer)
    page.changer_echelles()
    assert relire(page).niveaux_echelle == []


# -- choosing --------------------------------------------------------------------------------------------------


def test_la_bibliotheque_se_filtre(page: PageRisques) -> None:
    dossier = relire(page)
    d = DialogueBibliotheque(dossier, dossier.essms[3], page)
    tous = d.modele.rowCount()
    choisir(d.categorie, "securite")
    assert 0 < d.modele.rowCount() < tous
    assert {d.modele.index(r, 2).data() for r in range(d.modele.rowCount())} == {"Sécurité et RGPD"}
    choisir(d.portee, False)
    choisir(d.categorie, None)
    assert d.modele.rowCount() > tous
    d.tableau.choisir(2)
    assert d.cause.text() and "Préventive" in d.proposees.text()
    QTest.keyClick(d.tableau, Qt.Key.Key_Space)
    choisir(d.portee, True)
    assert len(d.codes()) == 1 and d.accord.text() == "&Ajouter 1\u00a0risque"
    d.deleteLater()


def test_la_copie_choisit_par_organisme_et_par_categorie(page: PageRisques) -> None:
    dossier = relire(page)
    d = DialogueCopie(dossier, dossier.essms[0], (), page)
    d.tableau.choisir(5)
    d.og.click()
    assert [e.og.nom_court for e in d.cibles] == ["AV2"] * 6
    d.categorie.click()
    assert len(d.cibles) == 5 and len({e.categorie for e in d.cibles}) == 1
    d.vides.click()
    assert len(d.cibles) == 16
    choisir(d.depuis, 0)
    assert d.source is None and d.modele.rowCount() == 18
    choisir(d.depuis, dossier.essms[4].id) if dossier.essms[4].id in d.depuis._valeurs else None
    d.aucune.click()
    assert d.cibles == [] and not d.accord.isEnabled()
    d.deleteLater()


# -- out -------------------------------------------------------------------------------------------------------


def test_ctrl_p_imprime_ce_qui_est_montre(page: PageRisques, fenetre: Fenetre, qtbot: Any) -> None:
    page.montrer_onglet(STRUCTURES)
    poser()

    def choisir_sortie(d: DialogueSortie) -> None:
        assert d.quoi.valeur == STRUCTURE and d.essms is not None and d.essms.nom == "Résidence 1.1"
        QTest.keyClick(d, Qt.Key.Key_Return)
        assert d.forme == IMPRIMER

    repondre(DialogueSortie, choisir_sortie)
    fenetre.activateWindow()
    poser()
    QTest.keyClick(fenetre, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.findChild(DialogueImpression) is not None, timeout=20_000)
    apercu = page.findChild(DialogueImpression)
    assert [f.octets[:5] for f in apercu.feuillets] == [b"%PDF-"]
    assert "Résidence 1.1" in apercu.feuillets[0].titre
    apercu.reject()


@pytest.mark.parametrize("quoi", [TOUT, GRAPPE, STRUCTURE])
def test_word_et_excel_s_ecrivent(page: PageRisques, quoi: str, tmp_path: Path, qtbot: Any) -> None:
    vue = page.lecture()
    essms = vue.dossier.essms[0] if quoi == STRUCTURE else None
    for forme, nom in ((WORD, "carte"), (EXCEL, "carte.xlsx")):
        page.sorties.ecrire(vue, quoi, essms, forme, tmp_path / nom)
        qtbot.waitUntil(page.bandeau.isVisible, timeout=20_000)
        assert nom in page.bandeau.texte.text()
        page.bandeau.fermer()
    assert (tmp_path / "carte.docx").read_bytes()[:2] == b"PK"
    feuille = openpyxl.load_workbook(tmp_path / "carte.xlsx")["Registre"]
    textes = {str(c.value) for ligne in feuille.iter_rows() for c in ligne if c.value}
    grappe = _premier(page).intitule in textes
    structure = "Résidence 1.1" in textes
    assert (grappe, structure) == {TOUT: (True, True), GRAPPE: (True, False)}.get(quoi, (False, True))


# -- reading ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_aucun_texte_coupe_dans_les_dialogues(
    echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any, qtbot: Any
) -> None:
    habillee(echelle)
    dossier = exemples.exemple_long(porte)
    remplir(porte, dossier)
    page = ouvrir(fenetre, dossier)
    dossier = relire(page)
    dialogues: tuple[Callable[[], QDialog], ...] = (
        lambda: DialogueRisque(page.contexte, dossier.id, _premier(page).id, "", page),
        lambda: DialogueBibliotheque(dossier, dossier.essms[0], page),
        lambda: DialogueCopie(dossier, dossier.essms[0], dossier.essms[1:3], page),
        lambda: DialogueEchelles(regles.echelles(dossier), lambda _: None, page),
        lambda: DialogueSortie(dossier, STRUCTURE, dossier.essms[0], page),
    )
    for fabriquer in dialogues:
        ouvert = fabriquer()
        ouvert.open()
        qtbot.wait(80)
        trouves = defauts(ouvert)
        assert ouvert.width() <= 1280 and ouvert.height() <= 800
        ouvert.reject()
        poser()
        assert [(type(ouvert).__name__, d) for d in trouves] == []
