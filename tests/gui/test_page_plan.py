"""The tabs of the page Financement where one types: costs, people, materials, and the plan that balances them."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

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
from ui.pages.financement.saisie import PanneauTable
from ui.widgets.libelle import Libelle
from ui.widgets.question import Question

NBSP = "\u00a0"


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


def textes(modele: Any, colonne: int) -> list[str]:
    """What a column shows."""
    return [str(modele.index(r, colonne).data()) for r in range(modele.rowCount())]


def cellule(panneau: PanneauTable[Any], ligne: int, titre: str) -> QModelIndex:
    """A cell, as shown."""
    rang = [c.titre for c in panneau.table.colonnes].index(titre)
    return panneau.tableau.proxy.mapFromSource(panneau.modele.index(ligne, rang))


def taper(panneau: PanneauTable[Any], ligne: int, titre: str, texte: str) -> None:
    """Types in a cell with the keyboard alone: F2, the text, Enter."""
    panneau.tableau.setFocus()
    panneau.tableau.setCurrentIndex(cellule(panneau, ligne, titre))
    QTest.keyClick(panneau.tableau, Qt.Key.Key_F2)
    editeur = next(e for e in panneau.tableau.findChildren(QLineEdit) if e.isVisible())
    editeur.selectAll()
    QTest.keyClicks(editeur, texte)
    QTest.keyClick(editeur, Qt.Key.Key_Return)
    poser()


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


# -- costs -----------------------------------------------------------------------------------------------------


def test_une_liste_vide_propose_les_lignes_habituelles_en_un_geste(page: PageFinancement) -> None:
    page.montrer_onglet(COUTS)
    panneau = page.couts.panneau
    assert panneau.plein.isHidden() and panneau.etat_vide.bouton is not None
    panneau.etat_vide.bouton.click()
    poser()
    dossier = page.lecture().dossier
    assert {"licences", "reprise", "formation"} <= {c.nature for c in dossier.couts}
    assert all(c.montant_ht_cents is None for c in dossier.couts)
    assert textes(panneau.modele, 4) == ["À chiffrer"] * len(dossier.couts)
    avant = len(dossier.couts)
    panneau.habituelles.click()
    poser()
    assert len(page.lecture().dossier.couts) == avant
    page.contexte.annuler()
    poser()
    assert page.lecture().dossier.couts == [] and not panneau.vide.isHidden()


def test_un_cout_se_saisit_au_clavier_et_se_totalise(page: PageFinancement) -> None:
    page.montrer_onglet(COUTS)
    page.couts.panneau.nouveau()
    poser()
    editeur = page.couts.panneau.tableau.findChild(QLineEdit)
    assert editeur is not None and editeur.accessibleName() == "Libellé"
    QTest.keyClicks(editeur, "Licences du logiciel")
    QTest.keyClick(editeur, Qt.Key.Key_Return)
    poser()
    taper(page.couts.panneau, 0, "Montant HT", "12 500,50")
    taper(page.couts.panneau, 0, "Année", "2024")
    (cout,) = page.lecture().dossier.couts
    assert (cout.libelle, cout.montant_ht_cents, cout.annee) == ("Licences du logiciel", 1_250_050, 2024)
    assert textes(page.couts.panneau.modele, 6) == [f"15{NBSP}000,60{NBSP}€"]
    assert textes(page.couts.totaux.modele, 3) == [f"15{NBSP}000,60{NBSP}€"] * 2
    taper(page.couts.panneau, 0, "Montant HT", "douze mille")
    assert "douze mille" in page.bandeau.texte.text()
    assert page.lecture().dossier.couts[0].montant_ht_cents == 1_250_050


def test_ce_qu_on_tape_survit_a_un_enregistrement(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(COUTS)
    poser()
    panneau = pleine.couts.panneau
    panneau.tableau.setCurrentIndex(cellule(panneau, 0, "Libellé"))
    panneau.tableau.ouvrir_cellule()
    editeur = next(e for e in panneau.tableau.findChildren(QLineEdit) if e.isVisible())
    QTest.keyClicks(editeur, "Licence")
    assert pleine.contexte.modifier(pleine.lecture().dossier.couts[1], "Ailleurs", annee=2025)
    poser()
    assert editeur.text() == "Licence"
    QTest.keyClick(editeur, Qt.Key.Key_Escape)
    poser()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", "does not support (raise|grabbing)")
def test_une_nature_se_choisit_dans_une_liste(pleine: PageFinancement, qtbot: Any) -> None:
    pleine.montrer_onglet(COUTS)
    poser()
    panneau = pleine.couts.panneau
    panneau.tableau.setCurrentIndex(cellule(panneau, 0, "Nature"))
    panneau.tableau.setFocus()
    QTest.keyClick(panneau.tableau, Qt.Key.Key_Return)
    liste = panneau.tableau.findChild(QComboBox)
    assert liste is not None and not liste.isEditable()
    assert liste.currentText() == "Licences, abonnement et hébergement"
    qtbot.waitUntil(lambda: liste.view().isVisible())
    liste.hidePopup()
    liste.setCurrentIndex(liste.findText("Interfaces"))
    liste.activated.emit(liste.currentIndex())
    poser()
    assert pleine.lecture().dossier.couts[0].nature == "interfaces"


def test_un_bloc_d_excel_s_ajoute_en_un_geste(page: PageFinancement) -> None:
    page.montrer_onglet(COUTS)
    QGuiApplication.clipboard().setText(
        "Nature\tLibellé\tPour qui\tAnnée\tMontant HT\tTVA\tMontant TTC\r\n"
        "Reprise des données\tReprise\tAV2\t2024\t10 000,00 €\t20 %\t12 000,00 €\r\n"
        "licences\tAbonnement\t\t2024\t5000\t0,055\t\r\n"
    )
    page.couts.panneau.coller_tout()
    poser()
    dossier = page.lecture().dossier
    assert [(c.nature, c.montant_ht_cents, c.tva_pour_dix_mille) for c in dossier.couts] == [
        ("reprise", 1_000_000, 2000),
        ("licences", 500_000, 550),
    ]
    assert dossier.couts[0].og_id == dossier.ogs[1].id and dossier.couts[1].og_id is None
    page.contexte.annuler()
    poser()
    assert page.lecture().dossier.couts == []


def test_un_bloc_faux_dit_ses_lignes_et_garde_les_bonnes(page: PageFinancement) -> None:
    page.montrer_onglet(COUTS)
    QGuiApplication.clipboard().setText("Reprise des données\tA\t\t2024\t100\nVoyages\tB\t\t2024\t200")
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    page.couts.panneau.coller_tout()
    poser()
    assert "Ligne 2, Nature" in vues[0] and "nature inconnue" in vues[0]
    assert [c.libelle for c in page.lecture().dossier.couts] == ["A"]


def test_copier_puis_coller_redonne_les_memes_valeurs(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(COUTS)
    poser()
    panneau = pleine.couts.panneau
    avant = [
        (c.nature, c.annee, c.montant_ht_cents, c.tva_pour_dix_mille, c.og_id) for c in panneau.modele._lignes
    ]
    panneau.tableau.selectAll()
    panneau.tableau.copier()
    panneau.coller_tout()
    poser()
    apres = [
        (c.nature, c.annee, c.montant_ht_cents, c.tva_pour_dix_mille, c.og_id)
        for c in pleine.lecture().dossier.couts
    ]
    assert apres == avant + avant


def test_reporter_d_un_an_et_retirer(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(COUTS)
    poser()
    panneau = pleine.couts.panneau
    panneau.tableau.choisir(1)
    panneau.reporter.click()
    poser()
    neuf = pleine.lecture().dossier.couts[-1]
    assert (neuf.nature, neuf.annee, neuf.montant_ht_cents) == ("licences", 2025, 6_000_000)
    vues: list[str] = []
    panneau.tableau.choisir(0)
    repondre_a_la_question(True, vues)
    panneau.retirer.click()
    poser()
    assert "Abonnement, 2023" in vues[0]
    assert len(pleine.lecture().dossier.couts) == 6


# -- people and materials --------------------------------------------------------------------------------------


def test_un_profil_se_chiffre_au_prorata(page: PageFinancement) -> None:
    page.montrer_onglet(RH)
    panneau = page.rh.panneau
    panneau.nouveau()
    poser()
    editeur = panneau.tableau.findChild(QLineEdit)
    assert editeur is not None and editeur.text() == "Chef de projet"
    QTest.keyClick(editeur, Qt.Key.Key_Escape)
    poser()
    taper(panneau, 0, "ETP", "0,5")
    taper(panneau, 0, "Coût annuel chargé", "52 000")
    taper(panneau, 0, "Part projet", "80 %")
    ligne = page.lecture().dossier.couts_rh[0]
    assert (ligne.etp_centiemes, ligne.cout_annuel_cents, ligne.part_projet_pour_cent) == (50, 5_200_000, 80)
    assert textes(panneau.modele, 6) == [f"20{NBSP}800{NBSP}€"]
    assert textes(page.rh.totaux.modele, 1)[0] == "0,4"


def test_une_demande_d_equipement_sans_liste_le_dit_et_y_mene(page: PageFinancement, qtbot: Any) -> None:
    assert page.contexte.modifier(page.lecture().dossier, "Demander", equipement_demande=True)
    page.montrer_onglet(MATERIELS)
    page.contexte.fil.finir()
    poser()
    titres = [ligne.constat.titre for ligne in page.materiels.constats.lignes]
    assert any("liste des matériels est vide" in t for t in titres)
    page.materiels.constats.lignes[0].bouton.click()
    poser()
    assert page.window().focusWidget() is page.materiels.panneau.etat_vide.bouton
    assert textes(page.materiels.totaux.modele, 5)[-1] == f"Liste inférieure de 360{NBSP}000{NBSP}€"


def test_un_materiel_prend_l_organisme_de_sa_structure(pleine: PageFinancement) -> None:
    pleine.montrer_onglet(MATERIELS)
    poser()
    panneau = pleine.materiels.panneau
    assert textes(panneau.modele, 7) == [f"5{NBSP}400{NBSP}€", "—"]
    modele = panneau.modele
    assert modele.setData(modele.index(1, 3), "Résidence 2.1")
    poser()
    dossier = pleine.lecture().dossier
    assert (dossier.materiels[1].essms_id, dossier.materiels[1].og_id) == (
        dossier.ogs[1].essms[0].id,
        dossier.ogs[1].id,
    )
    taper(panneau, 1, "Quantité", "4")
    taper(panneau, 1, "Prix unitaire HT", "300")
    assert textes(pleine.materiels.totaux.modele, 3)[-1] == f"6{NBSP}840{NBSP}€"


# -- the plan --------------------------------------------------------------------------------------------------


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
