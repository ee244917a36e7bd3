"""The page Recevabilité, by what a person does: read a point, mend it, answer for all, print the sheet."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.recevabilite.recevabilite import Verdict
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant, porte_de
from tests.gui.marcheur import defauts
from ui.fenetre import Fenetre
from ui.pages.grappe.page import PageGrappe
from ui.pages.recevabilite.modele_points import abrege
from ui.pages.recevabilite.page import PageRecevabilite, phrase
from ui.widgets.impression import DialogueImpression


def _poser() -> None:
    for _ in range(6):
        QApplication.processEvents()


def _ouvrir(fenetre: Fenetre, dossier: Dossier) -> PageRecevabilite:
    fenetre.activateWindow()
    fenetre.ouvrir_dossier(dossier.id, Page.RECEVABILITE)
    _poser()
    assert fenetre.dossier is not None
    page = fenetre.dossier.page
    assert isinstance(page, PageRecevabilite)
    return page


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageRecevabilite:
    return _ouvrir(fenetre, exemple)


def _relire(page: PageRecevabilite) -> Dossier:
    dossier = dossier_vivant(porte_de(page.contexte), page.dossier_id)
    assert dossier is not None
    return dossier


def _verdict(page: PageRecevabilite, numero: int) -> Verdict:
    return next(p.verdict for p in page.lecture().points if p.numero == numero)


def test_la_page_s_ouvre_sur_le_premier_point_a_regler(page: PageRecevabilite) -> None:
    reste = next(p for p in page.lecture().points if p.verdict is not Verdict.SATISFAIT)
    assert page.detail.titre.text().startswith(f"Point {reste.numero} ")
    assert page.modele.rowCount() == 10
    assert "sur 10" in page.entete.phrase.text()


def test_le_point_choisi_montre_son_remede_et_y_mene(page: PageRecevabilite, fenetre: Fenetre) -> None:
    page.tableau.choisir(page.modele.ligne_de(4))
    _poser()
    point = page.lecture().points[3]
    assert page.detail.badge.texte == point.verdict.libelle == "À vérifier"
    assert page.detail.remede.text() == point.remede != ""
    assert point.source in page.detail.source.text()
    boutons = [b for b in page.detail.findChildren(QPushButton) if b.text() == "&Y aller" and b.isVisible()]
    assert len(boutons) == 1
    boutons[0].click()
    _poser()
    assert fenetre.dossier is not None and isinstance(fenetre.dossier.page, PageGrappe)
    siret = fenetre.dossier.page.ogs.fiche.formulaire.champs["siret"]
    assert fenetre.focusWidget() is siret.saisie  # type: ignore[union-attr]


def test_les_fleches_passent_d_un_point_a_l_autre(page: PageRecevabilite) -> None:
    page.tableau.choisir(0)
    page.tableau.setFocus()
    QTest.keyClick(page.tableau, Qt.Key.Key_Down)
    _poser()
    assert page.detail.titre.text().startswith("Point 2 ")
    assert page.detail.badge.texte == page.lecture().points[1].verdict.libelle


def test_aucun_essms_n_est_concerne_en_un_geste(page: PageRecevabilite, fenetre: Fenetre) -> None:
    page.choisir(7)
    _poser()
    assert "« Non répondu » : 18" in page.detail.fait.compte.text()
    assert _verdict(page, 7) is Verdict.A_VERIFIER
    page.detail.fait.aucun.click()
    _poser()
    assert {e.esms_numerique_anterieur for e in _relire(page).essms} == {False}
    assert _verdict(page, 7) is Verdict.SATISFAIT
    assert page.detail.badge.texte == "Satisfait" and page.detail.titre.text().startswith("Point 7 ")
    assert not page.detail.fait.aucun.isEnabled()
    fenetre.annuler()
    _poser()
    assert {e.esms_numerique_anterieur for e in _relire(page).essms} == {None}


def test_un_oui_deja_donne_n_est_pas_remplace(page: PageRecevabilite) -> None:
    essms = _relire(page).essms[0]
    page.contexte.modifier(essms, sons_autre_solution=True)
    page.choisir(8)
    _poser()
    assert "autres" in page.detail.fait.aucun.text()
    page.detail.fait.aucun.click()
    _poser()
    reponses = [e.sons_autre_solution for e in _relire(page).essms]
    assert reponses == [True] + [False] * 17
    assert _verdict(page, 8) is Verdict.NON_SATISFAIT


def test_la_liste_des_sans_reponse_mene_a_la_fiche(page: PageRecevabilite, fenetre: Fenetre) -> None:
    page.choisir(6)
    _poser()
    liens = [b for b in page.detail.fait.liste.findChildren(QPushButton) if b.isVisible()]
    assert len(liens) == 3
    liens[1].click()
    _poser()
    assert fenetre.dossier is not None and isinstance(fenetre.dossier.page, PageGrappe)
    assert fenetre.dossier.page.essms.fiche.formulaire.objet.nom == "Résidence 2.1"


def test_le_point_5_se_declare_sur_place(page: PageRecevabilite) -> None:
    page.aller_a(Cible(Page.RECEVABILITE, "dossier", None, "mise_en_ordre_marche"))
    _poser()
    operation = page.detail.operation
    assert operation.isVisible() and operation.reponse.valeur is None
    operation.reponse.boutons[True].click()
    _poser()
    operation.date.saisie.setText("01/03/2022")  # type: ignore[attr-defined]
    operation.date.valider()
    _poser()
    assert _relire(page).mise_en_ordre_marche is True
    assert _relire(page).date_mise_en_ordre_marche == date(2022, 3, 1)
    assert _verdict(page, 5) is Verdict.NON_SATISFAIT


def test_la_portee_nationale_change_l_orientation(page: PageRecevabilite, porte: Porte) -> None:
    assert page.orientation.portee.valeur is None
    assert page.orientation.faits["ars"].text() == "ARS Île-de-France"
    assert page.orientation.seuil.texte == "Minimum 15 atteint"
    page.orientation.portee.boutons[True].click()
    _poser()
    assert _relire(page).portee_nationale is True
    assert page.orientation.notes.text()


def test_sans_essms_rien_n_est_satisfait(fenetre: Fenetre, porte: Porte) -> None:
    vide = Dossier(nom="Vide", campagne_id="2023", type_projet=TypeProjet.ACQUISITION)
    porte.ajouter(vide, libelle="Créer")
    page = _ouvrir(fenetre, vide)
    assert Verdict.SATISFAIT not in {p.verdict for p in page.lecture().points}
    assert page.entete.phrase.text().startswith("Aucun des 10 points")
    assert defauts(fenetre) == []


def test_la_fiche_s_imprime_apres_l_apercu(page: PageRecevabilite, tmp_path: Path, qtbot: Any) -> None:
    page.imprimer.click()
    qtbot.waitUntil(lambda: page.findChild(DialogueImpression) is not None, timeout=20_000)
    dialogue = page.findChild(DialogueImpression)
    assert dialogue.apercu.nombre_pages >= 1
    dialogue.enregistrer_dans(tmp_path / "fiche.pdf")
    qtbot.waitUntil(lambda: bool(dialogue.message.text()), timeout=20_000)
    assert (tmp_path / "fiche.pdf").read_bytes().startswith(b"%PDF")
    assert [f.name for f in tmp_path.iterdir() if "fiche" in f.name] == ["fiche.pdf"]
    dialogue.reject()


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_rien_n_est_coupe_avec_de_longs_noms(
    echelle: float, fenetre: Fenetre, exemple_long: Dossier, habillee: Any, qtbot: Any
) -> None:
    habillee(echelle)
    page = _ouvrir(fenetre, exemple_long)
    for numero in range(1, 11):
        page.choisir(numero)
        qtbot.wait(60)
        assert page.detail.titre.text().startswith(f"Point {numero} ")
        assert [(numero, d) for d in defauts(fenetre)] == []


def test_la_phrase_dit_le_compte(page: PageRecevabilite) -> None:
    points = page.lecture().points
    texte = phrase(points)
    assert texte.startswith(f"{sum(p.verdict is Verdict.SATISFAIT for p in points)} points sur 10")
    assert texte.endswith(".") and "à vérifier" in texte


def test_une_preuve_longue_garde_son_debut_et_ses_mots() -> None:
    longue = "mot " * 80
    assert abrege("courte") == "courte"
    assert abrege(longue).endswith("mot…") and len(abrege(longue)) < 160
