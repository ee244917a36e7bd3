"""A list imported by the window: differences before anything, columns and decisions chosen, one step of undo."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from esms_desktop.echanges.tables.source import lire_octets
from esms_desktop.gestes.creer import creer_vide
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from tests.bases import porte_de
from tests.echanges.listes import classeur, finess, ligne, texte
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import ouvrir, poser, relire
from ui.fenetre import Fenetre
from ui.pages.grappe.doublons import DialogueDoublons
from ui.pages.grappe.liste import A_DECIDER, COLONNES, DITS, ECARTS, DialogueListe
from ui.pages.grappe.page import ESSMS, PageGrappe
from ui.pages.grappe.plusieurs import DialogueValeur


@pytest.fixture
def vide(fenetre: Fenetre) -> PageGrappe:
    """The page of a dossier whose grappe is empty."""
    cle = creer_vide(porte_de(fenetre.contexte), "Vide", "2023", TypeProjet.ACQUISITION)
    dossier = fenetre.contexte.base.lire(cle)
    assert dossier is not None
    return ouvrir(fenetre, dossier)  # type: ignore[arg-type]


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageGrappe:
    return ouvrir(fenetre, exemple)


def ouvert(page: PageGrappe) -> DialogueListe:
    poser()
    dialogue = page.liste.dialogue
    assert dialogue is not None and dialogue.isVisible()
    return dialogue


def test_coller_dans_une_grappe_vide_cree_les_lignes_et_annuler_les_rend(
    vide: PageGrappe, fenetre: Fenetre
) -> None:
    QGuiApplication.clipboard().setText(texte([ligne(0), ligne(1)]))
    vide.vide.setFocus()
    QTest.keyClick(fenetre, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialogue = ouvert(vide)
    assert dialogue.ecarts.rowCount() == 2 and "2 nouveaux ESSMS" in dialogue.bilan.text().replace(
        "\u00a0", " "
    )
    dialogue.organisme.setText("Les Tilleuls")
    QTest.keyClick(dialogue.organisme, Qt.Key.Key_Tab)
    dialogue.accord.click()
    poser()
    dossier = relire(vide)
    assert [(o.nom, o.est_porteur) for o in dossier.ogs] == [("Les Tilleuls", True)]
    assert [(e.nom, e.finess, e.capacite, e.categorie) for e in dossier.essms] == [
        (ligne(0)["Nom"], finess(0), 10, "500"),
        (ligne(1)["Nom"], finess(1), 11, "255"),
    ]
    fenetre.annuler()
    poser()
    assert not relire(vide).ogs


def test_un_presse_papiers_vide_dit_quoi_copier(vide: PageGrappe) -> None:
    QGuiApplication.clipboard().setText("")
    vide.coller_liste()
    assert "presse-papiers est vide" in vide.bandeau.texte.text()


def test_un_fichier_montre_ses_differences_et_n_ecrit_que_ce_qui_est_garde(
    page: PageGrappe, fenetre: Fenetre, tmp_path: Path
) -> None:
    premier, deuxieme = relire(page).essms[:2]
    chemin = tmp_path / "liste.xlsx"
    chemin.write_bytes(
        classeur(
            [["FINESS", "Places"], [deuxieme.finess, "52 places"], [premier.finess, 51], [premier.finess, 51]]
        )
    )
    page.liste.lire(page.dossier_id, chemin)
    fenetre.contexte.taches.attendre()
    dialogue = ouvert(page)
    assert dialogue.vues.currentIndex() == ECARTS
    lignes = [
        (e.nom, e.avant, e.apres) for e in map(dialogue.ecarts.objet, range(dialogue.ecarts.rowCount()))
    ]
    assert lignes == [(deuxieme.nom, "40", "52"), (premier.nom, "40", "51")]
    assert {e.capacite for e in relire(page).essms} == {40}
    dialogue.table_ecarts.choisir(1)
    dialogue.ecarter.click()
    assert dialogue.ecarts.objet(1).etat == "Écarté"
    dialogue.accord.click()
    poser()
    assert [e.capacite for e in relire(page).essms[:3]] == [40, 52, 40]
    assert "1 ESSMS" in page.bandeau.texte.text().replace("\u00a0", " ")
    fenetre.annuler()
    poser()
    assert {e.capacite for e in relire(page).essms} == {40}


def test_une_ligne_a_decider_se_decide(page: PageGrappe) -> None:
    premier = relire(page).essms[0]
    page.montrer_onglet(ESSMS)
    page.liste.coller(page.dossier_id, f"FINESS\tPlaces\n{premier.finess}\t1\n{premier.finess}\t2")
    dialogue = ouvert(page)
    assert dialogue.vues.currentIndex() == A_DECIDER and not dialogue.accord.isEnabled()
    liste = dialogue.decisions.liste
    rang = next(i for i in range(liste.count()) if "ligne 3" in liste.itemText(i))
    liste.setCurrentIndex(rang)
    liste.activated.emit(rang)
    assert dialogue.accord.isEnabled()
    dialogue.accord.click()
    poser()
    assert relire(page).essms[0].capacite == 2


def test_une_colonne_se_choisit_et_le_choix_est_garde(page: PageGrappe) -> None:
    premier = relire(page).essms[0]
    donne = f"Machin\tEffectif théorique\n{premier.finess}\t7"
    page.liste.coller(page.dossier_id, donne)
    dialogue = ouvert(page)
    # Without titles that say something, the numbers still tell whose the lines are.
    dialogue.montrer_onglet(COLONNES)
    for rang, libelle in ((0, "FINESS de l’ESSMS (ET)"), (1, "Capacité")):
        dialogue.colonnes.table.choisir(rang)
        liste = dialogue.colonnes.liste
        choix = liste.findText(libelle)
        liste.setCurrentIndex(choix)
        liste.activated.emit(choix)
    assert dialogue.ecarts.rowCount() == 1
    dialogue.accord.click()
    poser()
    assert relire(page).essms[0].capacite == 7
    page.liste.coller(page.dossier_id, donne.replace("\t7", "\t8"))
    encore = ouvert(page)
    assert encore.lu is not None and [c.apres for c in encore.lu.changes] == ["8"]
    encore.reject()


def test_la_feuille_lue_se_change(page: PageGrappe) -> None:
    premier, deuxieme = relire(page).essms[:2]
    titres = ["FINESS", "Places"]
    octets = classeur([titres, [premier.finess, 3], [deuxieme.finess, 3]], [titres, [premier.finess, 4]])
    page.liste.ouvrir(page.dossier_id, lire_octets(octets, "deux.xlsx"))
    dialogue = ouvert(page)
    assert dialogue.ecarts.rowCount() == 2
    dialogue.feuilles.setCurrentIndex(1)
    dialogue.feuilles.activated.emit(1)
    assert [dialogue.ecarts.objet(r).apres for r in range(dialogue.ecarts.rowCount())] == ["4"]
    dialogue.reject()


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_rien_n_est_coupe_dans_les_dialogues(
    echelle: float, exemple: Dossier, habillee: Any, fenetre: Fenetre
) -> None:
    habillee(echelle)
    page = ouvrir(fenetre, exemple)
    premier, second = relire(page).essms[:2]
    assert page.contexte.modifier(second, finess=premier.finess)
    lignes = [ligne(r) | {"Nom": f"{ligne(r)['Nom']} du Pays de Bourg-en-Bresse", "DUI": "x"} for r in (0, 1)]
    page.liste.coller(
        page.dossier_id, texte([*lignes, lignes[0] | {"FINESS": "7,5E+08"}, lignes[1] | {"Places": 3}])
    )
    dialogue = ouvert(page)
    for vue in (ECARTS, A_DECIDER, DITS, COLONNES):
        dialogue.montrer_onglet(vue)
        poser()
        assert [(vue, d) for d in defauts(dialogue)] == []
    dialogue.reject()
    doublons = DialogueDoublons(page.contexte, page.dossier_id, print, print, print, page)
    valeur = DialogueValeur(page, relire(page), relire(page).essms)
    for boite in (doublons, valeur):
        boite.show()
        poser()
        assert defauts(boite) == []
        boite.close()
