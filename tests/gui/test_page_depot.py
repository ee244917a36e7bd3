"""The Dépôt page: obstacles, the filing and its proof, cancellation, errors that lose nothing."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from esms_desktop.depot.fichiers.modifiables import ECRIVAINS
from esms_desktop.depot.publication import deposer
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import EtatDossier, TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.depot import fabrique as f
from ui.fenetre import Fenetre
from ui.pages.depot.modele import Produit, fichiers_ecrits
from ui.pages.depot.page import PageDepot
from ui.pages.depot.resultat import CarteResultat


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageDepot:
    """The page of the sample dossier, in the window."""
    fenetre.ouvrir_dossier(exemple.id, Page.DEPOT)
    assert fenetre.dossier is not None
    montree = fenetre.dossier.montrer(Page.DEPOT)
    assert isinstance(montree, PageDepot)
    montree.contexte.fil.finir()
    return montree


def fini(qtbot: Any, page: PageDepot) -> str:
    """Waits for the message of the filing, and gives it."""
    qtbot.waitUntil(
        lambda: not page.bandeau.isHidden() and not page.contexte.taches.en_cours, timeout=120_000
    )
    return str(page.bandeau.texte.text()).replace("\u200b", "")


def test_ce_qui_empeche_mene_a_sa_page(page: PageDepot, qtbot: Any) -> None:
    lignes = page.obstacles.lignes
    assert lignes
    with qtbot.waitSignal(page.demande_page) as recu:
        lignes[0].bouton.click()
    assert recu.args[0].page in (Page.PIECES, Page.GRAPPE)
    assert page.bundle.badge.texte == "Dossier incomplet"
    assert "9. RIB" in page.bundle.liste.text()


def test_la_suite_des_points_se_montre(page: PageDepot) -> None:
    avant = len(page.conseils.lignes)
    assert not page.conseils.suite.isHidden()
    page.conseils.suite.click()
    assert len(page.conseils.lignes) > avant
    while not page.conseils.suite.isHidden():
        avant = len(page.conseils.lignes)
        page.conseils.suite.click()
        assert len(page.conseils.lignes) > avant


def test_une_copie_perdue_est_dite_avec_le_depot(tmp_path: Path, qtbot: Any) -> None:
    projet = f.dossier(1, 1)
    rien = [replace(e, ecrire=lambda *_: 1 / 0) for e in ECRIVAINS]
    depot = deposer(projet, f.campagne(), f.JOUR, tmp_path / "sortie", {}.__getitem__, ecrivains=rien)
    carte = CarteResultat()
    qtbot.addWidget(carte)
    carte.afficher(Produit(depot, fichiers_ecrits(depot)))
    dit = carte.manquantes.text()
    assert "Copies à refaire" in dit and "La copie Word de «\u00a0Note de présentation" in dit
    assert "page Documents" in dit and carte.preuve.text().count("✓") >= 5


def test_le_depot_s_ecrit_se_prouve_et_se_montre(page: PageDepot, tmp_path: Path, qtbot: Any) -> None:
    sortie = tmp_path / "depot"
    page.produire_dans(sortie)
    assert "incomplet" in fini(qtbot, page)
    resultat = page.resultat
    assert not resultat.isHidden()
    assert resultat.badge.texte == "Dossier incomplet"
    assert "RIB" in resultat.manquantes.text()
    assert resultat.preuve.text().count("✓") >= 5
    ecrits = page.produits[page.dossier_id].fichiers
    sur_disque = {p.relative_to(sortie).as_posix() for p in sortie.rglob("*") if p.is_file()}
    assert {f.nom for f in ecrits} == sur_disque
    for fichier in ecrits:
        assert hashlib.sha256(fichier.chemin.read_bytes()).hexdigest() == fichier.sha256
    resultat.tableau.choisir(1)
    resultat.copier.click()
    assert QGuiApplication.clipboard().text() == ecrits[1].sha256


def test_annuler_ne_laisse_rien(page: PageDepot, tmp_path: Path, qtbot: Any) -> None:
    sortie = tmp_path / "depot"
    page.produire_dans(sortie)
    page.contexte.taches.arreter()
    assert "annulée" in fini(qtbot, page)
    assert not sortie.exists()
    assert page.resultat.isHidden()


def test_une_sortie_impossible_se_dit(page: PageDepot, tmp_path: Path, qtbot: Any) -> None:
    fichier = tmp_path / "fichier"
    fichier.write_text("à garder")
    page.produire_dans(fichier)
    assert "dossier" in fini(qtbot, page)
    assert page.bandeau.property("genre") == "bad"
    assert fichier.read_text() == "à garder"
    assert page.resultat.isHidden()


def test_les_echeances_disent_ce_qui_reste(page: PageDepot) -> None:
    modele = page.echeances.modele
    reste = [str(modele.index(r, 1).data()) for r in range(modele.rowCount())]
    assert "dans 14\u00a0jours" in reste


def test_l_etat_et_la_date_s_enregistrent_et_s_annulent(
    page: PageDepot, porte: Porte, exemple: Dossier, qtbot: Any
) -> None:
    page.galis.etat.liste.setCurrentIndex(list(EtatDossier).index(EtatDossier.DEPOSE))
    assert page.galis.etat.valider()
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None
    assert relu.etat is EtatDossier.DEPOSE
    page.contexte.annuler()
    qtbot.waitUntil(lambda: page.galis.etat.valeur is EtatDossier.PREPARATION)
    page.aller_a(Cible(Page.DEPOT, "dossier", None, "date_depot_prevue"))
    assert page.window().focusWidget() is page.echeances.date.saisie


def test_un_dossier_vide_mene_a_la_grappe(fenetre: Fenetre, porte: Porte, qtbot: Any) -> None:
    vide = Dossier(nom="Vide", campagne_id="2022", type_projet=TypeProjet.ACQUISITION)
    porte.ajouter(vide, libelle="Créer")
    fenetre.ouvrir_dossier(vide.id, Page.DEPOT)
    assert fenetre.dossier is not None
    page = fenetre.dossier.montrer(Page.DEPOT)
    assert isinstance(page, PageDepot)
    assert page.contenu.isHidden()
    assert not page.bouton_produire.isEnabled()
    with qtbot.waitSignal(page.demande_page) as recu:
        qtbot.mouseClick(page.vide.bouton, Qt.MouseButton.LeftButton)
    assert recu.args[0].page is Page.GRAPPE
