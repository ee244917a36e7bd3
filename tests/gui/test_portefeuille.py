"""The portfolio: dossiers listed at once, examined after, sorted, searched, opened, deleted and brought back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox

from esms_desktop.gestes.echanges.annuaire import importer
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.finess import fabrique
from tests.gui import exemples
from tests.store.aide import vivants
from ui.contexte import Contexte
from ui.fenetre import Fenetre
from ui.pages.accueil.modele_portefeuille import COLONNES
from ui.pages.accueil.nouveau import DialogueFiness, DialogueVide
from ui.pages.accueil.portefeuille import PagePortefeuille

PORTEUR, MEMBRE = fabrique.EJ, fabrique.EJ_MEMBRE
FAUX = PORTEUR[:-1] + str((int(PORTEUR[-1]) + 1) % 10)


@pytest.fixture
def page(contexte: Contexte, qtbot: Any) -> PagePortefeuille:
    p = PagePortefeuille(contexte)
    qtbot.addWidget(p)
    p.resize(1280, 760)
    return p


def _prete(page: PagePortefeuille, qtbot: Any) -> None:
    page.show()
    page.rafraichir()
    qtbot.waitUntil(lambda: page.examine, timeout=20_000)


def _texte(page: PagePortefeuille, ligne: int, colonne: str) -> str:
    return str(page.modele.index(ligne, COLONNES.index(colonne)).data())


def test_un_portefeuille_vide_apprend_par_quoi_commencer(page: PagePortefeuille, qtbot: Any) -> None:
    _prete(page, qtbot)
    assert page.pile.currentIndex() == 1
    with qtbot.waitSignal(page.nouveau_finess):
        page.vide.bouton.click()


def test_chaque_dossier_dit_sa_grappe_son_etat_et_ce_qui_bloque(
    page: PagePortefeuille, porte: Porte, qtbot: Any
) -> None:
    exemples.exemple(porte)
    _prete(page, qtbot)
    fait, total = page.contexte.examens.complet(page.modele.lignes[0].id).avancement()
    assert _texte(page, 0, "Grappe") == "3\u00a0OG · 18\u00a0ESSMS"
    assert _texte(page, 0, "État") == "En préparation"
    assert _texte(page, 0, "Avancement") == f"{fait} sur {total}"
    assert "bloquant" in _texte(page, 0, "À surveiller")
    assert page.modele.lignes[0].echeance_jours is not None
    assert page.chiffres[1].chiffre.text() == "18"
    assert page.entete.phrase.text().startswith("1\u00a0dossier · 18\u00a0ESSMS")


def test_la_liste_s_affiche_avant_l_examen_de_soixante_dossiers(
    page: PagePortefeuille, porte: Porte, qtbot: Any
) -> None:
    with porte.geste("Créer soixante dossiers"):
        for i in range(60):
            dossier = exemples.construire(f"Dossier {i:02d}", 2, 8, decalage=i * 20)
            porte.ajouter(dossier, libelle="Créer")
    page.show()
    page.rafraichir()
    assert len(page.modele.lignes) == 60 and not page.examine
    assert "Examen des dossiers" in page.entete.phrase.text()
    # The window is never held for all of them: it breathes between slices.
    tranches: list[int] = []
    while not page.examine:
        avant = sum(ligne.examinee for ligne in page.modele.lignes)
        QApplication.processEvents()
        tranches.append(sum(ligne.examinee for ligne in page.modele.lignes) - avant)
    assert sum(tranches) == 60
    assert len([n for n in tranches if n]) > 3 and max(tranches) <= 20


def test_la_recherche_et_le_tri_gardent_le_bon_dossier(
    page: PagePortefeuille, porte: Porte, qtbot: Any
) -> None:
    petit = dossier_vivant(porte, exemples._sauver(porte, exemples.construire("Évasion", 1, 2)).id)
    exemples._sauver(porte, exemples.construire("Atelier", 2, 5, decalage=50))
    _prete(page, qtbot)
    page.tableau.sortByColumn(COLONNES.index("Grappe"), Qt.SortOrder.AscendingOrder)
    page.filtre.setText("evasion")
    assert page.tableau.proxy.rowCount() == 1
    page.tableau.setCurrentIndex(page.tableau.proxy.index(0, 0))
    with qtbot.waitSignal(page.ouvrir_dossier) as signal:
        qtbot.keyClick(page.tableau, Qt.Key.Key_Return)
    assert signal.args == [petit.id]


def test_ctrl_f_mene_a_la_recherche(fenetre: Fenetre, porte: Porte, qtbot: Any) -> None:
    exemples.exemple(porte)
    fenetre.activateWindow()
    qtbot.waitUntil(fenetre.isActiveWindow)
    qtbot.waitUntil(lambda: fenetre.portefeuille.filtre.isVisible())
    fenetre.rechercher()
    assert fenetre.portefeuille.filtre.hasFocus()


def _repondre(texte: str, vues: list[str]) -> None:
    boite = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
    vues.append(f"{boite.text()} {boite.informativeText()}")
    next(b for b in boite.buttons() if b.text() == texte).click()


def test_supprimer_dit_ce_qui_part_et_se_defait(fenetre: Fenetre, porte: Porte, qtbot: Any) -> None:
    dossier = exemples.exemple(porte)
    page = fenetre.portefeuille
    qtbot.waitUntil(lambda: len(page.modele.lignes) == 1 and page.examine)
    vues: list[str] = []
    QTimer.singleShot(50, lambda: _repondre("Garder le dossier", vues))
    page.supprimer(page.modele.lignes[0])
    assert dossier_vivant(porte, dossier.id) is not None
    QTimer.singleShot(50, lambda: _repondre("Supprimer", vues))
    page.supprimer(page.modele.lignes[0])
    assert "18\u00a0ESSMS" in vues[1] and "1\u00a0contact" in vues[1]
    assert porte.resumes() == []
    assert "est supprimé" in fenetre.bandeau.texte.text()
    fenetre.bandeau._action.click()
    qtbot.waitUntil(lambda: len(page.modele.lignes) == 1)
    assert len(vivants(porte)[0].essms) == 18


def test_renommer_refuse_un_nom_deja_pris(
    fenetre: Fenetre, porte: Porte, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    exemples._sauver(porte, exemples.construire("Un", 1, 1))
    exemples._sauver(porte, exemples.construire("Deux", 1, 1, decalage=9))
    page = fenetre.portefeuille
    qtbot.waitUntil(lambda: len(page.modele.lignes) == 2 and page.examine)
    monkeypatch.setattr(QInputDialog, "getText", lambda *a, **k: ("Un", True))
    page.renommer(next(x for x in page.modele.lignes if x.nom == "Deux"))
    assert sorted(d.nom for d in porte.resumes()) == ["Deux", "Un"]
    assert "n’a pas abouti" in fenetre.bandeau.texte.text()


def test_le_dossier_d_exemple_se_cree_d_un_clic(page: PagePortefeuille, porte: Porte, qtbot: Any) -> None:
    _prete(page, qtbot)
    with qtbot.waitSignal(page.ouvrir_dossier):
        page._exemple()
    assert len(porte.resumes()) == 1


def test_un_dossier_vide_demande_un_nom_libre(contexte: Contexte, porte: Porte, qtbot: Any) -> None:
    exemples._sauver(porte, exemples.construire("Pris", 1, 1))
    dialogue = DialogueVide(contexte)
    qtbot.addWidget(dialogue)
    dialogue.creer.click()
    assert "nom" in dialogue.nom.erreur.text()
    dialogue.nom.saisie.setText("Pris")
    dialogue.creer.click()
    assert "Pris" in dialogue.nom.erreur.text() and dialogue.nom.saisie.text() == "Pris"
    dialogue.nom.saisie.setText("Libre")
    dialogue.type_projet.fixer(TypeProjet.CONFORMITE)
    with qtbot.waitSignal(dialogue.cree) as signal:
        dialogue.creer.click()
    dossier = dossier_vivant(porte, signal.args[0])
    assert dossier is not None
    assert (dossier.nom, dossier.type_projet, dossier.ogs) == ("Libre", TypeProjet.CONFORMITE, [])


@pytest.fixture
def finess(contexte: Contexte, tmp_path: Path, qtbot: Any) -> DialogueFiness:
    importer(fabrique.ecrire(tmp_path, fabrique.petit(), "annuaire.json.gz", gz=True))
    dialogue = DialogueFiness(contexte)
    qtbot.addWidget(dialogue)
    dialogue.show()
    return dialogue


def _ajouter(dialogue: DialogueFiness, texte: str) -> None:
    dialogue.choix.recherche.saisie.setText(texte)
    dialogue.choix.recherche.chercher()
    dialogue.ajout.click()


def test_un_premier_dossier_sans_connaitre_aucun_numero(
    finess: DialogueFiness, porte: Porte, qtbot: Any
) -> None:
    assert not finess.creer.isEnabled() and not finess.ajout.isEnabled()
    _ajouter(finess, "lilas nice")
    assert "laissés de côté" in finess.choix.notes.text()
    assert not finess.ajout.isEnabled()
    finess.choix.recherche.saisie.setText("ete")
    finess.choix.recherche.chercher()
    _ajouter(finess, "été guyane")
    assert [r.numero for r in finess.retenus] == [PORTEUR, MEMBRE]
    finess.nom.saisie.setText("Porteur et membre")
    with qtbot.waitSignal(finess.cree) as signal:
        finess.creer.click()
    dossier = dossier_vivant(porte, signal.args[0])
    assert dossier is not None and dossier.porteur is not None
    assert dossier.porteur.finess_ej == PORTEUR
    assert [len(og.essms) for og in dossier.ogs] == [2, 1]
    porte.annuler()
    assert porte.resumes() == []


def test_un_organisme_se_retire_et_se_choisit_en_partie(finess: DialogueFiness) -> None:
    _ajouter(finess, "lilas")
    finess.retrait.click()
    assert finess.retenus == [] and not finess.creer.isEnabled()
    assert len(finess.choix.choisis) == 2
    finess.choix.tableau.cocher([finess.choix.modele.objet(1)], False)
    finess.ajout.click()
    assert [len(r.essms) for r in finess.retenus] == [1]
    assert "1\u00a0ESSMS" in finess.creer.text()


def test_un_nom_pris_ne_perd_rien(finess: DialogueFiness, porte: Porte) -> None:
    exemples._sauver(porte, exemples.construire("Pris", 1, 1))
    _ajouter(finess, "lilas")
    finess.nom.saisie.setText("pris")
    finess.creer.click()
    assert "Pris" in finess.nom.erreur.text() and len(finess.retenus) == 1
    assert [r.nom for r in porte.resumes()] == ["Pris"]


def test_le_jour_vient_du_contexte(contexte: Contexte, porte: Porte) -> None:
    dossier = exemples.exemple(porte)
    assert contexte.lecture(dossier.id).jour == date(2023, 6, 1)
    assert contexte.lecture(dossier.id) is contexte.lecture(dossier.id)
    contexte.modifier(dossier, "Renommer", nom="Autre")
    assert contexte.lecture(dossier.id).dossier.nom == "Autre"
