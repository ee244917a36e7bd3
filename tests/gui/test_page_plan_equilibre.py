"""The page Financement, its plan: emplois and ressources by year, the balance, the key, where a finding leads."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from esms_desktop.campagnes.chargement import charger
from esms_desktop.gestes.financement import proposer_equilibre
from esms_desktop.model import Cout, Dossier, Ressource
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.financement.pluriannuel import plan
from tests.bases import porte_de
from tests.gui import exemples
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import choisir, poser, repondre_a_la_question
from tests.gui.remplissage_financement import remplir
from ui.fenetre import Fenetre
from ui.pages.financement.page import COUTS, MATERIELS, PLAN, RH, PageFinancement
from ui.widgets.libelle import Libelle
from ui.widgets.question import Question

from .outils_plan import NBSP, textes


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageFinancement:
    """The page of the sample dossier, in the window."""
    fenetre.activateWindow()
    fenetre.ouvrir_dossier(exemple.id, Page.FINANCEMENT)
    assert fenetre.dossier is not None
    montree = fenetre.dossier.page
    assert isinstance(montree, PageFinancement)
    return montree


@pytest.fixture
def pleine(page: PageFinancement) -> PageFinancement:
    """The same, with costs, people, materials and a grant."""
    remplir(porte_de(page.contexte), page.lecture().dossier)
    poser()
    return page


def ajouter(page: PageFinancement, cents: int, annee: int, og: int | None = None) -> None:
    """A cost without tax."""
    dossier = page.lecture().dossier
    cout = Cout(
        dossier_id=dossier.id,
        og_id=og,
        nature="autre",
        annee=annee,
        montant_ht_cents=cents,
        tva_pour_dix_mille=0,
    )
    porte_de(page.contexte).ajouter(cout, libelle="Ajouter un coût")
    poser()


def lignes_du_plan(page: PageFinancement) -> dict[str, list[str]]:
    """Rows of the plan by their label: the amounts of each column."""
    m = page.plan.modele
    return {
        str(m.index(r, 0).data()): [str(m.index(r, c).data()) for c in range(1, m.columnCount())]
        for r in range(m.rowCount())
    }


def test_le_plan_met_les_emplois_et_les_ressources_par_annee(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(PLAN)
    poser()
    lignes = lignes_du_plan(pleine)
    assert [c.titre for c in pleine.plan.modele.colonnes][1:] == ["2023", "2024", "Total"]
    assert lignes["Chef de projet"] == [f"26{NBSP}000{NBSP}€"] * 2 + [f"52{NBSP}000{NBSP}€"]
    assert lignes["Total des emplois"][-1] == f"299{NBSP}250,60{NBSP}€"
    assert lignes["Usages (maîtrise d’ouvrage)"] == [f"63{NBSP}000{NBSP}€"] * 2 + [f"126{NBSP}000{NBSP}€"]
    assert lignes["Équilibre"][0] == f"+{NBSP}37{NBSP}000{NBSP}€"
    sources = [pleine.plan.modele.objet(r).second for r in range(pleine.plan.modele.rowCount())]
    assert any("AAP § 5.1" in s and "Hypothèse" in s for s in sources)


def test_une_date_deplace_l_argent(pleine: PageFinancement) -> None:
    # Without a date of its own, the balance is asked some months after the end of the deployment.
    assert pleine.contexte.modifier(pleine.lecture().dossier, date_solde=None)
    pleine.montrer_onglet(PLAN)
    poser()
    pleine.plan.equilibre.deploiement.saisie.setText("15/02/2025")
    assert pleine.plan.equilibre.deploiement.valider()
    poser()
    assert [c.titre for c in pleine.plan.modele.colonnes][1:] == ["2023", "2024", "2025", "Total"]
    assert lignes_du_plan(pleine)["Usages (maîtrise d’ouvrage)"][2] == f"63{NBSP}000{NBSP}€"


def test_equilibrer_est_un_seul_geste_qui_s_annule(pleine: PageFinancement, qtbot: Any) -> None:
    ajouter(pleine, 10_000_001, 2023)
    ajouter(pleine, 20_000_000, 2024, pleine.lecture().dossier.ogs[0].id)
    taper_le_montant_manquant(pleine)
    pleine.montrer_onglet(PLAN)
    poser()
    assert pleine.plan.equilibre.badge.genre == "bad"
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    pleine.plan.equilibre.equilibrer.click()
    poser()
    assert "2023" in vues[0] and "AV1" in vues[0]
    assert pleine.plan.equilibre.badge.texte == "Équilibré"
    assert set(lignes_du_plan(pleine)["Équilibre"]) == {"Équilibré"}
    # Each OG puts in the plan what it has to pay, to the cent.
    restes = pleine.plan.reste.modele
    assert textes(restes, 5) == textes(restes, 6)
    assert not pleine.plan.equilibre.equilibrer.isEnabled()
    pleine.contexte.annuler()
    poser()
    assert [r.genre for r in pleine.lecture().dossier.ressources] == ["autre"]


def taper_le_montant_manquant(page: PageFinancement) -> None:
    """Gives its amount to the cost that has none."""
    cout = next(c for c in page.lecture().dossier.couts if c.montant_ht_cents is None)
    assert page.contexte.modifier(cout, "Chiffrer", montant_ht_cents=100_000)
    poser()


def test_equilibrer_abaisse_un_autofinancement_de_trop(pleine: PageFinancement) -> None:
    ajouter(pleine, 10_000_000, 2023)
    pleine.montrer_onglet(PLAN)
    poser()
    for montant in (9_000_000, 500_000):
        pleine.plan.ressources.nouveau()
        poser()
        ressource = pleine.lecture().dossier.ressources[-1]
        assert (ressource.genre, ressource.annee) == ("autofinancement", 2023)
        assert pleine.contexte.modifier(ressource, "Montant", montant_cents=montant)
        poser()
    # 2023: 246 000 of costs, 183 000 of the programme, 95 000 of own funds: 32 000 too much.
    dossier = pleine.lecture().dossier
    propose = proposer_equilibre(dossier, plan(dossier, pleine.lecture().campagne))
    assert [(r.montant_cents, cents) for r, cents in propose.baisses] == [
        (500_000, 0),
        (9_000_000, 6_300_000),
    ]


def test_les_annees_en_excedent_se_disent(pleine: PageFinancement) -> None:
    dossier = pleine.lecture().dossier
    propose = proposer_equilibre(dossier, plan(dossier, pleine.lecture().campagne))
    assert not propose.ajouts and not propose.baisses
    assert [a for a, _ in propose.surplus] == [2023, 2024]
    pleine.montrer_onglet(PLAN)
    poser()
    vues: list[str] = []

    def fermer() -> None:
        boite = QApplication.activeModalWidget()
        if not isinstance(boite, Question):
            QTimer.singleShot(20, fermer)
            return
        vues.append(" ".join(x.text() for x in boite.findChildren(Libelle)))
        assert not boite.accord.isVisible()
        boite.refus.click()

    QTimer.singleShot(0, fermer)
    pleine.plan.equilibre.equilibrer.click()
    assert "L’autofinancement n’y peut rien" in vues[0]


@pytest.mark.parametrize("ogs", [1, 2, 3, 7])
@pytest.mark.parametrize("centimes", [1, 100, 33_333_333, 90_000_007])
def test_equilibrer_tombe_au_centime(ogs: int, centimes: int) -> None:
    dossier = exemples.construire("Essai", ogs, 3)
    for rang, og in enumerate(dossier.ogs, 1):
        og.id = rang
    dossier.couts = [
        Cout(nature="autre", annee=annee, montant_ht_cents=centimes * (annee - 2022), tva_pour_dix_mille=0)
        for annee in (2023, 2024, 2025)
    ]
    campagne = charger(dossier.campagne_id)
    dossier.solution.prix_cents = 0  # type: ignore[union-attr]
    for og in dossier.ogs:
        og.essms = og.essms[:0] if og.id > 1 else og.essms[:1]
    dossier.cle_repartition = "etp"
    for og in dossier.ogs:
        og.etp_centiemes = 100 + 37 * og.id
    proposees = proposer_equilibre(dossier, plan(dossier, campagne)).ajouts
    dossier.ressources = [Ressource(**r.valeurs) for r in proposees]
    apres = plan(dossier, campagne)
    assert all(s.ecart_cents >= 0 for s in apres.par_annee)
    if not any(s.ecart_cents for s in apres.par_annee):
        assert [r.prevu_cents for r in apres.restes] == [r.total_cents for r in apres.restes]


@pytest.mark.parametrize(
    ("cle", "saisies", "parts"),
    [
        ("essms", (), ["33,34", "33,33", "33,33"]),
        ("places", (), ["33,34", "33,33", "33,33"]),
        ("etp", ("10", "20,5", "9,5"), ["25", "51,25", "23,75"]),
        ("libre", ("50", "30 %", "20"), ["50", "30", "20"]),
    ],
)
def test_la_cle_partage_le_reste(
    pleine: PageFinancement, cle: str, saisies: tuple[str, ...], parts: list[str]
) -> None:
    ajouter(pleine, 30_000_000, 2024)
    pleine.montrer_onglet(PLAN)
    poser()
    reste = pleine.plan.reste
    choisir(reste.cle, cle)
    poser()
    assert pleine.lecture().dossier.cle_repartition == cle
    assert reste.manque.isHidden() is (not saisies)
    for rang, saisi in enumerate(saisies):
        assert reste.modele.setData(reste.modele.index(rang, 1), saisi)
        poser()
    assert reste.manque.isHidden()
    assert [t.replace(f"{NBSP}%", "") for t in textes(reste.modele, 2)[:3]] == parts
    assert textes(reste.modele, 5)[-1] == f"223{NBSP}250,60{NBSP}€"


def test_les_poids_se_collent(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(PLAN)
    choisir(pleine.plan.reste.cle, "etp")
    poser()
    tableau = pleine.plan.reste.tableau
    tableau.setCurrentIndex(tableau.proxy.index(0, 1))
    QGuiApplication.clipboard().setText("12\n8,5\n3")
    tableau.coller()
    poser()
    assert [og.etp_centiemes for og in pleine.lecture().dossier.ogs] == [1200, 850, 300]


@pytest.mark.parametrize(
    ("cible", "onglet", "widget"),
    [
        (lambda d: Cible(Page.FINANCEMENT, "cout", d.couts[3].id, "montant_ht_cents"), COUTS, "couts"),
        (lambda d: Cible(Page.FINANCEMENT, "cout_rh", d.couts_rh[1].id, "etp_centiemes"), RH, "rh"),
        (
            lambda d: Cible(Page.FINANCEMENT, "materiel", d.materiels[1].id, "quantite"),
            MATERIELS,
            "materiels",
        ),
        (lambda _: Cible(Page.FINANCEMENT), COUTS, "couts"),
    ],
)
def test_un_constat_mene_a_sa_cellule(
    pleine: PageFinancement, cible: Callable[[Dossier], Cible], onglet: int, widget: str
) -> None:
    visee = cible(pleine.lecture().dossier)
    pleine.aller_a(visee)
    poser()
    assert pleine._rang == onglet
    panneau = getattr(pleine, widget).panneau
    assert pleine.window().focusWidget() is panneau.tableau
    objet = panneau.modele.objet(panneau.tableau.ligne_courante())
    if visee.champ:
        assert objet.id == visee.id
        titre = panneau.table.colonnes[panneau.tableau.currentIndex().column()].titre
        assert titre in ("Montant HT", "ETP", "Quantité")
    else:
        assert objet.montant_ht_cents is None


def test_un_double_clic_du_plan_mene_a_la_ligne(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(PLAN)
    poser()
    rang = textes(pleine.plan.modele, 0).index("Reprise des données")
    pleine.plan.tableau.activee.emit(rang)
    poser()
    assert pleine._rang == COUTS
    assert (
        pleine.couts.panneau.modele.objet(pleine.couts.panneau.tableau.ligne_courante()).nature == "reprise"
    )


def test_la_cle_d_un_constat_se_vise(pleine: PageFinancement) -> None:
    pleine.aller_a(Cible(Page.FINANCEMENT, "dossier", None, "cle_repartition"))
    poser()
    assert pleine._rang == PLAN
    assert pleine.window().focusWidget() is pleine.plan.reste.cle.liste


@pytest.mark.parametrize("echelle", [1.0, 1.25])
@pytest.mark.parametrize("rempli", [False, True])
def test_rien_n_est_coupe(
    fenetre: Fenetre, exemple_long: Dossier, habillee: Any, qtbot: Any, echelle: float, rempli: bool
) -> None:
    habillee(echelle)
    fenetre.ouvrir_dossier(exemple_long.id, Page.FINANCEMENT)
    assert fenetre.dossier is not None
    page = fenetre.dossier.page
    assert isinstance(page, PageFinancement)
    page.contexte.modifier(page.lecture().dossier, "Demander", equipement_demande=True, cle_repartition="etp")
    if rempli:
        remplir(porte_de(page.contexte), page.lecture().dossier)
    for onglet in (COUTS, RH, MATERIELS, PLAN):
        page.montrer_onglet(onglet)
        qtbot.wait(80)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: defauts(fenetre) == [], timeout=10_000)
    assert (fenetre.width(), fenetre.height()) == (1280, 800)
