"""The Financement page: facts that move the amounts, the simulator that writes nothing, the plan on paper."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from esms_desktop.model import Dossier, StatutSolution, TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from ui.fenetre import Fenetre
from ui.pages.financement import PageFinancement


def textes(modele: Any, colonne: int) -> list[str]:
    """What a column shows."""
    return [str(modele.index(r, colonne).data()) for r in range(modele.rowCount())]


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageFinancement:
    """The page of the sample dossier, in the window."""
    fenetre.ouvrir_dossier(exemple.id)
    assert fenetre.dossier is not None
    montree = fenetre.dossier.montrer(Page.FINANCEMENT)
    assert isinstance(montree, PageFinancement)
    return montree


def cliquer(qtbot: Any, bouton: Any) -> None:
    """A click of the left button."""
    qtbot.mouseClick(bouton, Qt.MouseButton.LeftButton)


def test_les_montants_et_leur_calcul_sont_montres(page: PageFinancement) -> None:
    # 18 ESSMS: usages 18 × 7 000; software 18 × 14 500 brought down to the price, 240 000.
    assert page.total.total.text() == "366\u00a0000\u00a0€"
    assert textes(page.calcul.modele, 1)[0] == "18\u00a0× 7\u00a0000\u00a0€"
    assert "366\u00a0000\u00a0€" in page.entete.phrase.text()
    totaux = textes(page.repartition.modele, 6)
    assert totaux == ["122\u00a0000\u00a0€"] * 3 + ["366\u00a0000\u00a0€"]


def test_repondre_change_le_montant_et_s_annule(
    page: PageFinancement, porte: Porte, exemple: Dossier, qtbot: Any
) -> None:
    cliquer(qtbot, page.faits.equipement.choix.boutons[True])
    qtbot.waitUntil(lambda: page.total.total.text() == "726\u00a0000\u00a0€")
    relu = porte.dossier_par_id(exemple.id)
    assert relu is not None
    assert relu.equipement_demande is True
    page.contexte.annuler()
    qtbot.waitUntil(lambda: page.total.total.text() == "366\u00a0000\u00a0€")
    assert page.faits.equipement.choix.valeur is None


def test_le_prix_de_l_editeur_plafonne_le_logiciel(page: PageFinancement, porte: Porte, qtbot: Any) -> None:
    page.faits.prix.saisie.setText("100 000")
    assert page.faits.prix.valider()
    qtbot.waitUntil(lambda: page.total.total.text() == "226\u00a0000\u00a0€")
    page.faits.prix.saisie.setText("")
    assert page.faits.prix.valider()
    qtbot.waitUntil(lambda: page.total.total.text() == "387\u00a0000\u00a0€")
    page.faits.prix.saisie.setText("cent mille")
    assert not page.faits.prix.valider()
    assert page.faits.prix.erreur.text()
    assert page.total.total.text() == "387\u00a0000\u00a0€"


def test_une_date_place_le_versement_dans_son_annee(page: PageFinancement, qtbot: Any) -> None:
    assert textes(page.versements.modele, 0) == ["À fixer", "À fixer"]
    assert not page.versements.fixer_dates.isHidden()
    page.versements.convention.saisie.setText("01/09/2023")
    assert page.versements.convention.valider()
    qtbot.waitUntil(lambda: textes(page.versements.modele, 0) == ["2023", "À fixer"])
    page.versements.deploiement.saisie.setText("28/02/2025")
    assert page.versements.deploiement.valider()
    qtbot.waitUntil(lambda: textes(page.versements.modele, 0) == ["2023", "2025"])
    assert page.versements.fixer_dates.isHidden()


@pytest.mark.parametrize(
    ("geste", "total"),
    [
        (lambda s: s.essms._ajouter(1), "373\u00a0000\u00a0€"),
        (lambda s: s.essms._ajouter(-1), "359\u00a0000\u00a0€"),
        (lambda s: s.equipement._choisir(True), "726\u00a0000\u00a0€"),
        (lambda s: s.sad._choisir(True), "381\u00a0000\u00a0€"),
        (lambda s: s.pilotage._choisir(True), "466\u00a0000\u00a0€"),
    ],
)
def test_le_simulateur_compare_et_n_ecrit_rien(
    page: PageFinancement, porte: Porte, exemple: Dossier, geste: Callable[[Any], None], total: str
) -> None:
    avant = len(porte.journal())
    s = page.simulateur
    geste(s)
    assert textes(s.modele, 2)[-1] == total
    assert textes(s.modele, 1)[-1] == "366\u00a0000\u00a0€"
    assert s.bilan.text().startswith(total)
    assert s.retour.isEnabled()
    assert len(porte.journal()) == avant
    s.revenir()
    assert textes(s.modele, 3)[-1] == "="
    assert not s.retour.isEnabled()


def test_les_petits_organismes_du_simulateur_ne_depassent_pas_le_total(page: PageFinancement) -> None:
    s = page.simulateur
    s.essms.saisie.setText("5")
    assert s.essms.valider()
    assert s.petits.nombre == 5
    assert s.essai is not None
    assert (s.essai.essms, s.essai.petits_og) == (5, 5)


def test_le_simulateur_tient_son_hypothese_tant_que_le_projet_ne_bouge_pas(
    page: PageFinancement, qtbot: Any
) -> None:
    s = page.simulateur
    s.statut.liste.setCurrentIndex(list(StatutSolution).index(StatutSolution.REFERENCEE))
    assert s.statut.valider()
    page.rafraichir()
    assert s.essai is not None
    assert s.essai.statut is StatutSolution.REFERENCEE
    cliquer(qtbot, page.faits.sad.choix.boutons[True])
    qtbot.waitUntil(lambda: not s.retour.isEnabled())
    assert s.essai.statut is StatutSolution.EN_COURS


def test_une_mise_en_conformite_ne_demande_pas_le_sad(
    page: PageFinancement, exemple: Dossier, qtbot: Any
) -> None:
    assert not page.faits.sad.isHidden()
    assert page.contexte.modifier(exemple, "Changer de type", type_projet=TypeProjet.CONFORMITE)
    qtbot.waitUntil(lambda: page.faits.sad.isHidden())
    assert page.faits.exception.isHidden()


def test_un_constat_mene_a_son_champ(page: PageFinancement) -> None:
    for champ, saisie in (
        ("date_fin_deploiement", page.versements.deploiement.saisie),
        ("prix_cents", page.faits.prix.saisie),
        ("pilotage_demande", page.faits.pilotage.choix.boutons[None]),
    ):
        page.aller_a(Cible(Page.FINANCEMENT, "dossier", None, champ))
        assert page.window().focusWidget() is saisie


def test_le_plan_s_imprime_en_pdf(page: PageFinancement, tmp_path: Path, qtbot: Any) -> None:
    chemin = tmp_path / "plan.pdf"
    page.imprimer_vers(chemin)
    qtbot.waitUntil(lambda: not page.bandeau.isHidden(), timeout=60_000)
    assert chemin.read_bytes().startswith(b"%PDF-")
    assert str(chemin) in page.bandeau.texte.text().replace("\u200b", "")
    assert [p.name for p in tmp_path.iterdir() if "plan" in p.name] == ["plan.pdf"]


def test_un_dossier_de_sortie_absent_se_dit_et_rien_n_est_ecrit(
    page: PageFinancement, tmp_path: Path, qtbot: Any
) -> None:
    page.imprimer_vers(tmp_path / "absent" / "plan.pdf")
    qtbot.waitUntil(lambda: not page.bandeau.isHidden(), timeout=60_000)
    assert "n’a pas pu être écrit" in page.bandeau.texte.text()
    assert page.bandeau.property("genre") == "bad"


def test_un_dossier_vide_mene_a_la_grappe(fenetre: Fenetre, porte: Porte, qtbot: Any) -> None:
    vide = Dossier(
        nom="Vide", campagne_id="2022", type_projet=TypeProjet.ACQUISITION, date_depot_prevue=date(2022, 6, 1)
    )
    porte.ajouter(vide, libelle="Créer")
    fenetre.ouvrir_dossier(vide.id)
    assert fenetre.dossier is not None
    page = fenetre.dossier.montrer(Page.FINANCEMENT)
    assert isinstance(page, PageFinancement)
    assert page.contenu.isHidden()
    assert not page.bouton_imprimer.isEnabled()
    with qtbot.waitSignal(page.demande_page) as recu:
        cliquer(qtbot, page.vide.bouton)
    assert recu.args[0].page is Page.GRAPPE
