"""The page Risques, by what a person does on one map: see it, rate it, move a risk, type and paste in the register."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from esms_desktop.model import Dossier
from esms_desktop.regles.dossier import risques as regles
from esms_desktop.store.porte import Porte
from tests.gui.outils_grappe import repondre_a_la_question
from tests.gui.outils_risques import dialogue, ouvrir, poser, presse, relire
from tests.gui.risques_exemple import remplir
from ui.fenetre import Fenetre
from ui.pages.risques.fiche import DialogueRisque
from ui.pages.risques.page import GRAPPE, STRUCTURES, PageRisques
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


# -- the map ---------------------------------------------------------------------------------------------------


def test_la_page_dit_ou_en_sont_les_cartes(page: PageRisques) -> None:
    dite = page.entete.phrase.text().replace("\u00a0", " ")
    assert dite == (
        "Grappe : 8 risques, 1 à coter, 2 critiques, 8 avec action · Structures : 2 sur 18 évaluées."
    )
    assert page.onglets.boutons[GRAPPE].text() == "&Grappe (8)"
    assert (
        page.grappe.carte.absents.text().replace("\u00a0", " ")
        == "R8 n’est pas sur la carte : donnez P et G."
    )


def test_les_fleches_parcourent_la_matrice_et_le_registre_suit(page: PageRisques) -> None:
    matrice, registre = page.grappe.matrice, page.grappe.registre
    vus = set()
    matrice.setFocus()
    for _ in range(10):
        QTest.keyClick(matrice, Qt.Key.Key_Right)
        assert matrice.courante == registre.courant()
        vus.add(registre.courant())
    assert "quasi sûr" not in matrice.accessibleName() and "R7" in matrice.accessibleName()
    for _ in range(10):
        QTest.keyClick(matrice, Qt.Key.Key_Left)
        vus.add(registre.courant())
    siens = regles.risques_grappe(relire(page))
    assert vus == {r.id for r in siens if regles.cotation(r)}
    QTest.keyClick(matrice, Qt.Key.Key_Left)
    assert matrice.accessibleName().startswith("Matrice des risques de la grappe. R3, ")
    assert "probabilité «\u00a0Quasi sûr\u00a0»" in matrice.accessibleName()


def test_ctrl_fleche_deplace_un_risque_en_un_geste(page: PageRisques, fenetre: Fenetre) -> None:
    matrice = page.grappe.matrice
    premier = regles.risques_grappe(relire(page))[0].id
    page.grappe.choisir(premier)
    QTest.keyClick(matrice, Qt.Key.Key_Down, CTRL)
    QTest.keyClick(matrice, Qt.Key.Key_Left, CTRL)
    poser()
    assert _cotes(page)[0] == (3, 3)
    QTest.keyClick(matrice, Qt.Key.Key_Up, CTRL)
    QTest.keyClick(matrice, Qt.Key.Key_Up, CTRL)
    poser()
    assert _cotes(page)[0] == (4, 3)
    fenetre.annuler()
    poser()
    assert _cotes(page)[0] == (3, 3)


def test_glisser_un_risque_change_sa_cotation(page: PageRisques, fenetre: Fenetre) -> None:
    matrice = page.grappe.matrice
    premier = regles.risques_grappe(relire(page))[0].id
    zone = matrice.zone(premier)
    assert zone is not None
    but = matrice.mesures().case(1, 2).center().toPoint()
    QTest.mousePress(matrice, Qt.MouseButton.LeftButton, pos=zone.center().toPoint())
    QTest.mouseMove(matrice, but)
    QTest.mouseRelease(matrice, Qt.MouseButton.LeftButton, pos=but)
    poser()
    assert _cotes(page)[0] == (1, 2)
    fenetre.annuler()
    poser()
    assert _cotes(page)[0] == (4, 4)
    QTest.mouseClick(matrice, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    poser()
    assert _cotes(page)[0] == (4, 4)


def test_apres_actions_montre_et_modifie_ce_qui_reste(page: PageRisques) -> None:
    page.grappe.carte.quand.boutons[1].click()
    poser()
    matrice, registre = page.grappe.matrice, page.grappe.registre
    siens = regles.risques_grappe(relire(page))
    assert [matrice.zone(r.id) is not None for r in siens] == [True, True, *[False] * 6]
    assert "avant actions" in matrice.mots()[0]
    titres = [c.titre for c in registre.tableau.saisies()]
    assert titres == ["Risque", "P après", "G après", "Catégorie"]
    page.grappe.choisir(siens[0].id)
    QTest.keyClick(matrice, Qt.Key.Key_Right, CTRL)
    poser()
    relu = regles.risques_grappe(relire(page))[0]
    assert regles.cotation(relu) == (4, 4) and regles.cotation(relu, True) == (2, 4)
    page.montrer_onglet(STRUCTURES)
    assert page.structures.panneau.carte.quand.boutons[1].isChecked()


# -- the register ----------------------------------------------------------------------------------------------


def test_une_cotation_se_tape_et_se_dit_en_niveau(page: PageRisques) -> None:
    modele = page.grappe.registre.modele
    for titre, tape in (("P", "3"), ("G", "critique")):
        rang = [c.titre for c in modele.colonnes].index(titre)
        assert modele.setData(modele.index(7, rang), tape)
        poser()
    assert _cotes(page)[7] == (3, 4)
    case = _index(page, 7, "P × G")
    assert case.data() == "12" and case.data(ROLE_NIVEAU) == regles.Niveau.CRITIQUE
    assert case.data(Qt.ItemDataRole.AccessibleTextRole) == "Criticité 12\u00a0: Critique"


def test_une_cotation_fausse_est_refusee(page: PageRisques) -> None:
    modele = page.grappe.registre.modele
    rang = [c.titre for c in modele.colonnes].index("P")
    assert not modele.setData(modele.index(0, rang), "5")
    assert "1 (Rare)" in page.bandeau.texte.text()
    assert _cotes(page)[0] == (4, 4)


def test_une_liste_se_colle_dans_une_carte_vide(fenetre: Fenetre, exemple: Dossier) -> None:
    page = ouvrir(fenetre, exemple)
    presse("Réseau insuffisant\t4\t3\nReprise de données\tprobable\tForte\n")
    page.grappe.registre.coller_tout()
    poser()
    siens = regles.risques_grappe(relire(page))
    assert [(r.intitule, r.probabilite, r.gravite, r.rang) for r in siens] == [
        ("Réseau insuffisant", 4, 3, 0),
        ("Reprise de données", 3, 3, 1),
    ]
    fenetre.annuler()
    poser()
    assert relire(page).risques == []


def test_coller_avec_titres_et_des_fautes_dit_chaque_ligne(page: PageRisques, fenetre: Fenetre) -> None:
    registre = page.grappe.registre
    presse(
        "Risque\tCause\tP\tCatégorie\n"
        "Panne du réseau\tUn seul lien\t9\tTechnique\n"
        "Fuite de données\tPoste volé\t2\tSécurité et RGPD\n"
    )
    registre.tableau.choisir(7)
    registre.tableau.setCurrentIndex(_index(page, 7, "Risque"))
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    registre.tableau.coller()
    poser()
    assert "Ligne 2, P «" in vues[0]
    # Lines with titles are those of their name: the risk under the cursor is not one of them.
    siens = regles.risques_grappe(relire(page))
    assert [(r.intitule, r.cause, r.probabilite, r.categorie) for r in siens[8:]] == [
        ("Panne du réseau", "Un seul lien", None, "technique"),
        ("Fuite de données", "Poste volé", 2, "securite"),
    ]
    fenetre.annuler()
    poser()
    assert len(regles.risques_grappe(relire(page))) == 8


def test_ce_qui_est_copie_se_recolle_tel_quel(page: PageRisques) -> None:
    registre = page.grappe.registre
    avant = _cotes(page)
    registre.tableau.selectAll()
    registre.tableau.copier()
    registre.tableau.setCurrentIndex(_index(page, 0, "Risque"))
    registre.tableau.coller()
    poser()
    assert _cotes(page) == avant and "collées" in page.bandeau.texte.text()
    # Added to a map, the columns that are reckoned are left aside without a word.
    registre.coller_tout()
    poser()
    assert _cotes(page) == avant * 2


def test_chercher_trier_monter(page: PageRisques, fenetre: Fenetre) -> None:
    registre = page.grappe.registre
    fenetre.rechercher()
    assert fenetre.focusWidget() is registre.recherche
    QTest.keyClicks(registre.recherche, "resistance")
    poser()
    assert registre.tableau.proxy.rowCount() == 1
    registre.recherche.clear()
    poser()
    colonne = [c.titre for c in registre.modele.colonnes].index("P × G")
    registre.tableau.sortByColumn(colonne, Qt.SortOrder.DescendingOrder)
    valeurs = [registre.tableau.proxy.index(r, colonne).data() for r in range(8)]
    assert valeurs == ["16", "12", "9", "8", "6", "6", "1", "À coter"]
    noms = [r.intitule for r in regles.risques_grappe(relire(page))]
    registre.tableau.choisir(1)
    registre.deplacer(-1)
    poser()
    assert [r.intitule for r in regles.risques_grappe(relire(page))] == [noms[1], noms[0], *noms[2:]]
    assert registre.tableau.proxy.index(0, 0).data() == "R1"
    assert registre.tableau.proxy.index(0, 1).data() == noms[1]


def test_retirer_dit_ce_qui_part_et_s_annule(page: PageRisques, fenetre: Fenetre) -> None:
    page.grappe.registre.tableau.choisir(0)
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    page.grappe.registre.retirer.click()
    poser()
    assert "avec 3\u00a0actions" in vues[0]
    assert len(regles.risques_grappe(relire(page))) == 7
    fenetre.annuler()
    poser()
    assert len(regles.risques_grappe(relire(page))) == 8
    assert len(regles.risques_grappe(relire(page))[0].actions) == 3


def test_entree_ouvre_la_fiche_depuis_la_matrice_et_le_registre(page: PageRisques) -> None:
    troisieme = regles.risques_grappe(relire(page))[2]
    for depart in (page.grappe.matrice, page.grappe.registre.tableau):
        page.grappe.choisir(troisieme.id)
        QTest.keyClick(depart, Qt.Key.Key_Return)
        fiche = dialogue(DialogueRisque)
        assert fiche.risque == troisieme
        fiche.reject()
        poser()
