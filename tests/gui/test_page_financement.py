"""The Financement page: facts that move the amounts, the simulator that writes nothing, the plan on paper."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from esms_desktop.model import Cout, Dossier
from esms_desktop.nomenclature.vocabulaire import StatutSolution, TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant, porte_de
from tests.gui.remplissage_financement import remplir
from ui.fenetre import Fenetre
from ui.pages.financement.page import MATERIELS, PageFinancement
from ui.widgets.impression import DialogueImpression


def textes(modele: Any, colonne: int) -> list[str]:
    """What a column shows."""
    return [str(modele.index(r, colonne).data()) for r in range(modele.rowCount())]


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageFinancement:
    """The page of the sample dossier, in the window."""
    fenetre.ouvrir_dossier(exemple.id, Page.FINANCEMENT)
    assert fenetre.dossier is not None
    montree = fenetre.dossier.montrer(Page.FINANCEMENT)
    assert isinstance(montree, PageFinancement)
    return montree


def cliquer(qtbot: Any, bouton: Any) -> None:
    """A click of the left button."""
    qtbot.mouseClick(bouton, Qt.MouseButton.LeftButton)


def test_les_montants_et_leur_calcul_sont_montres(page: PageFinancement) -> None:
    # 18 ESSMS: usages 18 × 7 000; software 18 × 14 500 brought down to the price, 240 000.
    assert page.demande.total.total.text() == "366\u00a0000\u00a0€"
    assert textes(page.demande.calcul.modele, 1)[0] == "18\u00a0× 7\u00a0000\u00a0€"
    assert "366\u00a0000\u00a0€" in page.entete.phrase.text()
    totaux = textes(page.demande.repartition.modele, 6)
    assert totaux == ["122\u00a0000\u00a0€"] * 3 + ["366\u00a0000\u00a0€"]


def test_repondre_change_le_montant_et_s_annule(
    page: PageFinancement, porte: Porte, exemple: Dossier, qtbot: Any
) -> None:
    cliquer(qtbot, page.demande.faits.equipement.choix.boutons[True])
    qtbot.waitUntil(lambda: page.demande.total.total.text() == "726\u00a0000\u00a0€")
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None
    assert relu.equipement_demande is True
    page.contexte.annuler()
    qtbot.waitUntil(lambda: page.demande.total.total.text() == "366\u00a0000\u00a0€")
    assert page.demande.faits.equipement.choix.valeur is None


def test_le_prix_de_l_editeur_plafonne_le_logiciel(page: PageFinancement, porte: Porte, qtbot: Any) -> None:
    page.demande.faits.prix.saisie.setText("100 000")
    assert page.demande.faits.prix.valider()
    qtbot.waitUntil(lambda: page.demande.total.total.text() == "226\u00a0000\u00a0€")
    page.demande.faits.prix.saisie.setText("")
    assert page.demande.faits.prix.valider()
    qtbot.waitUntil(lambda: page.demande.total.total.text() == "387\u00a0000\u00a0€")
    page.demande.faits.prix.saisie.setText("cent mille")
    assert not page.demande.faits.prix.valider()
    assert page.demande.faits.prix.erreur.text()
    assert page.demande.total.total.text() == "387\u00a0000\u00a0€"


def test_une_date_place_le_versement_dans_son_annee(page: PageFinancement, qtbot: Any) -> None:
    assert textes(page.demande.versements.modele, 0) == ["À fixer", "À fixer"]
    assert not page.demande.versements.fixer_dates.isHidden()
    page.demande.versements.convention.saisie.setText("01/09/2023")
    assert page.demande.versements.convention.valider()
    qtbot.waitUntil(lambda: textes(page.demande.versements.modele, 0) == ["2023", "À fixer"])
    page.demande.versements.deploiement.saisie.setText("28/02/2025")
    assert page.demande.versements.deploiement.valider()
    qtbot.waitUntil(lambda: textes(page.demande.versements.modele, 0) == ["2023", "2025"])
    assert page.demande.versements.fixer_dates.isHidden()


def simuler(page: PageFinancement) -> Any:
    """The simulator, on a plan that has costs."""
    remplir(porte_de(page.contexte), page.lecture().dossier)
    page.rafraichir()
    return page.demande.simulateur


def choisir(champ: Any, valeur: object) -> None:
    """Chooses a value in a list, as a person does."""
    rang = champ._valeurs.index(valeur)
    champ.liste.setCurrentIndex(rang)
    champ.liste.activated.emit(rang)


@pytest.mark.parametrize(
    ("geste", "total"),
    [
        (lambda s: s.ajoute._ajouter(1), "373\u00a0000\u00a0€"),
        (lambda s: choisir(s.retire, s._lu.dossier.ogs[2].id), "258\u00a0000\u00a0€"),
        (lambda s: choisir(s.statut, StatutSolution.REFERENCEE), "366\u00a0000\u00a0€"),
        (lambda s: s.equipement._choisir(True), "726\u00a0000\u00a0€"),
        (lambda s: s.sad._choisir(True), "381\u00a0000\u00a0€"),
        (lambda s: s.pilotage._choisir(True), "466\u00a0000\u00a0€"),
    ],
)
def test_le_simulateur_compare_et_n_ecrit_rien(
    page: PageFinancement, porte: Porte, geste: Callable[[Any], None], total: str
) -> None:
    s = simuler(page)
    avant = len(porte.journal())
    geste(s)
    rang = textes(s.modele, 0).index("Total")
    assert textes(s.modele, 2)[rang] == total
    assert textes(s.modele, 1)[rang] == "366\u00a0000\u00a0€"
    assert s.bilan.text().startswith(total)
    assert len(porte.journal()) == avant
    s.revenir()
    assert textes(s.modele, 3) == ["="] * len(textes(s.modele, 3))
    assert not s.retour.isEnabled()


def test_le_simulateur_dit_le_reste_a_charge_de_chacun(page: PageFinancement) -> None:
    s = simuler(page)
    dossier = page.lecture().dossier
    porte_de(page.contexte).ajouter(
        Cout(
            dossier_id=dossier.id,
            nature="autre",
            annee=2024,
            montant_ht_cents=30_000_000,
            tva_pour_dix_mille=0,
        ),
        libelle="Coût",
    )
    page.rafraichir()
    reste = textes(s.modele, 0).index("Reste à charge")
    # 599 250,60 of costs, 366 000 of the programme, 10 000 of the foundation.
    assert textes(s.modele, 1)[reste] == "223\u00a0250,60\u00a0€"
    choisir(s.retire, dossier.ogs[0].id)
    # Its own cost, 15 000,60, leaves with it; 12 ESSMS give 12 × 7 000 and 12 × 14 500.
    assert textes(s.modele, 2)[reste] == "316\u00a0250\u00a0€"
    assert textes(s.restes, 2) == ["0\u00a0€", "158\u00a0125\u00a0€", "158\u00a0125\u00a0€"]
    s.revenir()
    s.ajoute._ajouter(6)
    assert textes(s.restes, 0) == ["AV1", "AV2", "AV3", "Organisme ajouté"]
    assert "Hypothèse de l’essai" in s.notes.text()


def test_le_simulateur_tient_son_hypothese_tant_que_le_projet_ne_bouge_pas(
    page: PageFinancement, qtbot: Any
) -> None:
    s = page.demande.simulateur
    choisir(s.statut, StatutSolution.REFERENCEE)
    page.rafraichir()
    assert s.essai is not None
    assert s.essai.statut is StatutSolution.REFERENCEE
    cliquer(qtbot, page.demande.faits.sad.choix.boutons[True])
    qtbot.waitUntil(lambda: not s.retour.isEnabled())
    assert s.essai.statut is StatutSolution.EN_COURS


def test_une_mise_en_conformite_ne_demande_pas_le_sad(
    page: PageFinancement, exemple: Dossier, qtbot: Any
) -> None:
    assert not page.demande.faits.sad.isHidden()
    assert page.contexte.modifier(exemple, "Changer de type", type_projet=TypeProjet.CONFORMITE)
    qtbot.waitUntil(lambda: page.demande.faits.sad.isHidden())
    assert page.demande.faits.exception.isHidden()


def test_un_constat_mene_a_son_champ(page: PageFinancement) -> None:
    for champ, saisie in (
        ("date_fin_deploiement", page.demande.versements.deploiement.saisie),
        ("prix_cents", page.demande.faits.prix.saisie),
        ("pilotage_demande", page.demande.faits.pilotage.choix.boutons[None]),
    ):
        page.aller_a(Cible(Page.FINANCEMENT, "dossier", None, champ))
        assert page.window().focusWidget() is saisie


def test_le_plan_s_imprime_apres_l_apercu(page: PageFinancement, tmp_path: Path, qtbot: Any) -> None:
    cliquer(qtbot, page.bouton_imprimer)
    qtbot.waitUntil(lambda: page.findChild(DialogueImpression) is not None, timeout=60_000)
    dialogue = page.findChild(DialogueImpression)
    assert dialogue.apercu.nombre_pages >= 1
    dialogue.enregistrer_dans(tmp_path / "plan.pdf")
    qtbot.waitUntil(lambda: bool(dialogue.message.text()), timeout=60_000)
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")
    assert [p.name for p in tmp_path.iterdir() if "plan" in p.name] == ["plan.pdf"]
    dialogue.reject()


def choisir_fichier(monkeypatch: pytest.MonkeyPatch, chemin: Path) -> None:
    """The person answers the system's question with that path."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chemin), ""))


@pytest.mark.parametrize(
    ("quoi", "feuilles"),
    [
        (
            "plan",
            [
                "Coûts du projet",
                "Coûts RH",
                "Plan pluriannuel",
                "Par poste",
                "Par organisme",
                "Par année",
                "Listes",
            ],
        ),
        ("materiels", ["Matériels", "Récapitulatif"]),
    ],
)
def test_le_plan_et_les_materiels_s_exportent_en_excel(
    page: PageFinancement,
    quoi: str,
    feuilles: list[str],
    tmp_path: Path,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remplir(porte_de(page.contexte), page.lecture().dossier)
    choisir_fichier(monkeypatch, tmp_path / quoi)
    if quoi == "materiels":
        page.montrer_onglet(MATERIELS)
        bouton = page.materiels.bouton_excel
    else:
        bouton = page.bouton_excel
    assert bouton.isVisible()
    cliquer(qtbot, bouton)
    qtbot.waitUntil(lambda: not page.bandeau.isHidden(), timeout=60_000)
    chemin = tmp_path / f"{quoi}.xlsx"
    assert str(chemin) in page.bandeau.texte.text().replace("\u200b", "")
    assert load_workbook(chemin).sheetnames == feuilles


def test_un_dossier_de_sortie_absent_se_dit_et_rien_n_est_ecrit(
    page: PageFinancement, tmp_path: Path, qtbot: Any
) -> None:
    page.exporter_vers("plan-financement", tmp_path / "absent" / "plan.xlsx")
    qtbot.waitUntil(lambda: not page.bandeau.isHidden(), timeout=60_000)
    assert "n’a pas pu être écrit" in page.bandeau.texte.text()
    assert page.bandeau.property("genre") == "bad"
    assert not (tmp_path / "absent").exists()


def test_un_dossier_vide_mene_a_la_grappe(fenetre: Fenetre, porte: Porte, qtbot: Any) -> None:
    vide = Dossier(
        nom="Vide", campagne_id="2022", type_projet=TypeProjet.ACQUISITION, date_depot_prevue=date(2022, 6, 1)
    )
    porte.ajouter(vide, libelle="Créer")
    fenetre.ouvrir_dossier(vide.id, Page.FINANCEMENT)
    assert fenetre.dossier is not None
    page = fenetre.dossier.montrer(Page.FINANCEMENT)
    assert isinstance(page, PageFinancement)
    assert page.demande.contenu.isHidden()
    assert not page.bouton_imprimer.isEnabled()
    with qtbot.waitSignal(page.demande_page) as recu:
        cliquer(qtbot, page.demande.vide.bouton)
    assert recu.args[0].page is Page.GRAPPE
