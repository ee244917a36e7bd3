"""The page Planning: what is typed in its table and its card, pasted over it, pasted into it, read from a file."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from esms_desktop.gestes.planning.exporter import FormatPlanning
from esms_desktop.model import Dossier, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.gui.outils_grappe import choisir, repondre_a_la_question, taper
from tests.gui.outils_planning import (
    dates,
    dialogue,
    noms,
    ouvrir,
    petit_planning,
    poser,
    relire,
    saisir,
    tache,
)
from ui.fenetre import Fenetre
from ui.pages.planning import sorties as planning_sorties
from ui.pages.planning.importation import DialogueImport
from ui.pages.planning.page import PagePlanning
from ui.pages.planning.tache import DialogueTache

D = date


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier, porte: Porte) -> PagePlanning:
    petit_planning(porte, exemple)
    return ouvrir(fenetre, exemple)


def _presse(texte: str) -> None:
    QGuiApplication.clipboard().setText(texte)


def _taches(page: PagePlanning) -> list[Tache]:
    return [p.tache for p in page.lu().taches]


# -- the table -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colonne", "texte", "attendu"),
    [
        ("Durée", "3", (D(2023, 9, 4), D(2023, 9, 6))),
        ("Durée", "2 semaines", (D(2023, 9, 4), D(2023, 9, 15))),
        ("Début", "12/09/2023", (D(2023, 9, 12), D(2023, 9, 18))),
        ("Fin", "13 sept. 2023", (D(2023, 9, 4), D(2023, 9, 13))),
    ],
)
def test_les_dates_se_tapent(
    page: PagePlanning, fenetre: Fenetre, colonne: str, texte: str, attendu: tuple[date, date]
) -> None:
    assert saisir(page, "Cadrage", colonne, texte)
    assert dates(page, "Cadrage") == attendu
    assert dates(page, "Paramétrage")[0] > attendu[1]
    fenetre.annuler()
    poser()
    assert dates(page, "Cadrage") == (D(2023, 9, 4), D(2023, 9, 8))


@pytest.mark.parametrize(
    ("colonne", "texte", "raison"),
    [
        ("Durée", "longtemps", "n’est pas une durée"),
        ("Début", "31/02/2024", "n’existe pas"),
        ("Début", "", "une date est attendue"),
        ("Fin", "01/09/2023", "finirait avant de commencer"),
        ("Prédécesseurs", "42", "n° 42 n’existe pas"),
        ("Prédécesseurs", "3", "Cadrage"),
        ("Avancement", "150", "dépasse"),
        ("Plan", "Ailleurs", "sont admis"),
        ("Concerne", "Nulle part", "ni vague ni structure"),
        ("Tâche", " ", "ne peut pas être vide"),
    ],
)
def test_une_saisie_refusee_dit_pourquoi_et_ne_change_rien(
    page: PagePlanning, colonne: str, texte: str, raison: str
) -> None:
    avant = page.modele.textes(0), page.modele.textes(3), page.modele.textes(5)
    assert not saisir(page, "Cadrage", colonne, texte)
    assert raison in page.bandeau.texte.text()
    assert (page.modele.textes(0), page.modele.textes(3), page.modele.textes(5)) == avant


def test_une_duree_nulle_fait_un_jalon_et_retour(page: PagePlanning) -> None:
    saisir(page, "Cadrage", "Durée", "0")
    assert tache(page, "Cadrage").jalon and page.modele.textes(2)[1] == "Jalon"
    saisir(page, "Cadrage", "Durée", "4")
    assert not tache(page, "Cadrage").jalon and tache(page, "Cadrage").duree == 4


def test_les_predecesseurs_se_tapent_comme_partout(page: PagePlanning) -> None:
    assert saisir(page, "Déployer ailleurs", "Prédécesseurs", "2FD+2 j ; 4DD ; Cadrage FF")
    lus = {x.avant.nom: (x.type, x.decalage) for x in tache(page, "Déployer ailleurs").entrants}
    assert lus == {
        "Paramétrage": ("fin-debut", 2),
        "Groupe de travail": ("debut-debut", 0),
        "Cadrage": ("fin-fin", 0),
    }
    rang = page.modele.ligne_de(tache(page, "Déployer ailleurs").id)
    assert page.modele.textes(5)[rang].replace("\u00a0", " ") == "1FF ; 2FD+2 j ; 4DD"
    assert saisir(page, "Déployer ailleurs", "Prédécesseurs", "")
    assert tache(page, "Déployer ailleurs").entrants == []


def test_une_tache_change_de_plan_et_de_sujet(page: PagePlanning) -> None:
    saisir(page, "Groupe de travail", "Plan", "déploiement")
    assert noms(page)[-1] == "Groupe de travail" or noms(page)[-3] == "Groupe de travail"
    saisir(page, "Groupe de travail", "Concerne", "Vague 1")
    assert tache(page, "Groupe de travail").vague is not None
    saisir(page, "Groupe de travail", "Concerne", "Résidence 2.2")
    t = tache(page, "Groupe de travail")
    assert t.vague is None and t.essms is not None and t.essms.nom == "Résidence 2.2"


# -- pasting over ----------------------------------------------------------------------------------------------


def _coller_a(page: PagePlanning, nom: str, colonne: int, texte: str) -> None:
    rang = page.modele.ligne_de(tache(page, nom).id)
    page.tableau.choisir(rang)
    page.tableau.setCurrentIndex(page.tableau.proxy.mapFromSource(page.modele.index(rang, colonne)))
    _presse(texte)
    page.tableau.coller()
    poser()


def test_un_bloc_colle_saute_les_titres_et_s_annule_d_un_coup(page: PagePlanning, fenetre: Fenetre) -> None:
    _coller_a(page, "Début du service", 6, "Alice\nBob\nChloé\n")
    assert [t.responsable for t in _taches(page)][2:5] == ["Alice", "Bob", "Chloé"]
    fenetre.annuler()
    poser()
    assert [t.responsable for t in _taches(page)][2:5] == ["", "Amélie Roche", ""]


def test_un_bloc_colle_dit_ses_lignes_fausses_et_offre_les_autres(page: PagePlanning) -> None:
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    _coller_a(page, "Cadrage", 2, "4\t04/09/2023\t31/02/2024\n7\t\t01/01/2020\n")
    assert "Ligne 1" in vues[0] and "Ligne 2" in vues[0] and "avant de commencer" in vues[0]
    assert tache(page, "Cadrage").duree == 4 and tache(page, "Paramétrage").duree == 7


def test_des_predecesseurs_qui_bouclent_sont_refuses_ligne_par_ligne(page: PagePlanning) -> None:
    vues: list[str] = []
    repondre_a_la_question(True, vues)
    # 1 would wait for 3, which waits for 2, which waits for 1; the second line is good.
    _coller_a(page, "Cadrage", 5, "3\n1FD+5 j\n")
    assert "Ligne 1" in vues[0] and "s’attendraient" in vues[0] and "Ligne 2" not in vues[0]
    assert tache(page, "Cadrage").entrants == []
    assert [x.decalage for x in tache(page, "Paramétrage").entrants] == [5]


def test_refuser_un_collage_ne_change_rien(page: PagePlanning) -> None:
    repondre_a_la_question(False, [])
    _coller_a(page, "Cadrage", 2, "4\nlongtemps\n")
    assert tache(page, "Cadrage").duree == 5


def test_des_lignes_copiees_et_collees_s_ajoutent_sans_en_recouvrir(
    page: PagePlanning, fenetre: Fenetre
) -> None:
    page.tableau.selectAll()
    page.tableau.copier()
    texte = QGuiApplication.clipboard().text()
    assert texte.splitlines()[0].split("\t")[:3] == ["N°", "Tâche", "Durée"]
    avant = [(t.id, t.nom, t.duree) for t in _taches(page)]
    page.montrer_tache(tache(page, "Cadrage").id)
    page.tableau.coller()
    boite = dialogue(page, DialogueImport)
    # The headings of the plans were copied too; they are no tasks.
    assert sorted(boite.modele.objet(r).nom for r in range(boite.modele.rowCount())) == sorted(
        n for _, n, _ in avant
    )
    assert ["Marge" in str(x) for x in boite.dites] == [True]
    boite.accord.click()
    poser()
    apres = [(t.id, t.nom, t.duree) for t in _taches(page)]
    assert set(avant) < set(apres)
    assert sorted(n for _, n, _ in apres) == sorted([n for _, n, _ in avant] * 2)
    fenetre.annuler()
    poser()
    assert [(t.id, t.nom, t.duree) for t in _taches(page)] == avant


# -- pasting in ------------------------------------------------------------------------------------------------

_TABLE = (
    "Tâche\tDébut\tFin\tDurée\tPrédécesseurs\tJalon\n"
    "Former\t02/10/2023\t06/10/2023\t\t\t\n"
    "Basculer\t31/02/2024\t\t\t1\t\n"
    "Vérifier\t\t\t2\t1FD+1\t\n"
    "Boucle A\t\t\t1\t5\t\n"
    "Boucle B\t\t\t1\t4\t\n"
    "Recette\t\t\t0\tVérifier\tOui\n"
)


def test_un_tableau_colle_montre_tout_avant_d_ajouter(page: PagePlanning, fenetre: Fenetre) -> None:
    _presse(_TABLE)
    page.menus.coller()
    boite = dialogue(page, DialogueImport)
    assert [boite.modele.objet(r).nom for r in range(boite.modele.rowCount())] == [
        "Former",
        "Vérifier",
        "Recette",
    ]
    dites = "\n".join(str(x) for x in boite.dites).replace("\u00a0", " ")
    assert "Ligne 2 « Basculer »" in dites and "31/02/2024" in dites
    assert "Ligne 4" in dites and "Ligne 5" in dites and "« Boucle A »" in dites
    assert len(relire(page).taches) == 6
    boite.accord.click()
    poser()
    assert dates(page, "Former") == (D(2023, 10, 2), D(2023, 10, 6))
    assert dates(page, "Vérifier") == (D(2023, 10, 10), D(2023, 10, 11))
    assert tache(page, "Recette").jalon
    fenetre.annuler()
    poser()
    assert len(relire(page).taches) == 6


def test_renoncer_au_tableau_colle_n_ajoute_rien(page: PagePlanning) -> None:
    _presse(_TABLE)
    page.menus.coller()
    dialogue(page, DialogueImport).renoncer.click()
    poser()
    assert len(relire(page).taches) == 6


def test_rien_de_bon_n_offre_rien(page: PagePlanning) -> None:
    _presse("Tâche\tDébut\nX\tjamais\n")
    page.menus.coller()
    boite = dialogue(page, DialogueImport)
    assert not boite.accord.isVisible() and not boite.tableau.isVisible()


def test_un_presse_papiers_vide_dit_ce_qui_est_attendu(page: PagePlanning) -> None:
    _presse("")
    page.menus.coller()
    assert "Prédécesseurs" in page.bandeau.texte.text()


# -- the card --------------------------------------------------------------------------------------------------


def _fiche(page: PagePlanning, nom: str, champ: str = "") -> Any:
    page.ouvrir_tache(tache(page, nom).id, champ)
    return dialogue(page, DialogueTache)


def test_entree_ouvre_la_fiche_et_chaque_champ_s_enregistre(page: PagePlanning, fenetre: Fenetre) -> None:
    page.montrer_tache(tache(page, "Groupe de travail").id)
    page.gantt.setFocus()
    QTest.keyClick(page.gantt, Qt.Key.Key_Return)
    boite = dialogue(page, DialogueTache)
    taper(boite.champs["responsable"], "Ali Ben")
    taper(boite.champs["duree"], "3")
    taper(boite.champs["fixe"], "04/10/2023")
    taper(boite.champs["echeance"], "05/10/2023")
    choisir(boite.champs["sujet"], ("vague", relire(page).vagues[0].id))
    poser()
    t = tache(page, "Groupe de travail")
    assert (t.responsable, t.duree, t.fixe, t.echeance) == ("Ali Ben", 3, D(2023, 10, 4), D(2023, 10, 5))
    assert t.vague is not None
    assert dates(page, "Groupe de travail") == (D(2023, 10, 4), D(2023, 10, 6))
    assert "dépassée de 1" in boite.resume.text().replace("\u00a0", " ")
    taper(boite.champs["duree"], "0")
    assert tache(page, "Groupe de travail").jalon and not boite.champs["duree"].isEnabled()


def test_la_fiche_vise_le_champ_d_un_constat(page: PagePlanning, fenetre: Fenetre) -> None:
    page.aller_a(Cible(Page.PLANNING, "tache", tache(page, "Cadrage").id, "echeance"))
    boite = dialogue(page, DialogueTache)
    assert boite.focusWidget() is boite.champs["echeance"].saisie


def test_les_liens_se_posent_se_changent_et_se_retirent(page: PagePlanning) -> None:
    boite = _fiche(page, "Groupe de travail")
    liens = boite.liens
    liens.qui.setCurrentIndex(liens._candidates.index(tache(page, "Cadrage").id))
    liens.genre.setCurrentIndex(1)
    QTest.keyClicks(liens.decalage, "-2")
    liens.ajouter.click()
    poser()
    lu = tache(page, "Groupe de travail").entrants[0]
    assert (lu.avant.nom, lu.type, lu.decalage) == ("Cadrage", "debut-debut", -2)
    assert liens.modele.rowCount() == 1 and not liens.rien.isVisible()
    assert liens.modele.setData(liens.modele.index(0, 2), "3")
    assert liens.modele.setData(liens.modele.index(0, 1), "Fin à fin")
    poser()
    lu = tache(page, "Groupe de travail").entrants[0]
    assert (lu.type, lu.decalage) == ("fin-fin", 3)
    liens.retirer.click()
    poser()
    assert tache(page, "Groupe de travail").entrants == [] and liens.rien.isVisible()


def test_une_boucle_est_refusee_dans_la_fiche(page: PagePlanning) -> None:
    boite = _fiche(page, "Cadrage")
    liens = boite.liens
    liens.qui.setCurrentIndex(liens._candidates.index(tache(page, "Début du service").id))
    liens.ajouter.click()
    poser()
    assert "Paramétrage" in boite.bandeau.texte.text() and tache(page, "Cadrage").entrants == []


def test_la_fiche_passe_d_une_tache_a_l_autre_et_se_ferme_quand_elle_part(
    page: PagePlanning, fenetre: Fenetre
) -> None:
    boite = _fiche(page, "Cadrage")
    assert not boite.precedente.isEnabled()
    boite.suivante.click()
    assert boite.titre.text() == "Paramétrage"
    assert page.partage.courante is not None and page.partage.courante.cle == tache(page, "Paramétrage").id
    repondre_a_la_question(True, [])
    boite.retirer.click()
    poser()
    assert not any(d.isVisible() for d in page.findChildren(DialogueTache))
    assert len(relire(page).taches) == 5


# -- going out -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nature", [FormatPlanning.ICS, FormatPlanning.XML, FormatPlanning.XLSX])
def test_le_planning_s_exporte(
    page: PagePlanning, tmp_path: Path, qtbot: Any, nature: FormatPlanning
) -> None:
    fichier = tmp_path / f"planning.{nature.value}"
    planning_sorties.ecrire(page, nature, fichier)
    qtbot.waitUntil(lambda: page.bandeau.isVisible() and "est écrit dans" in page.bandeau.texte.text())
    debut = {FormatPlanning.ICS: b"BEGIN:VCALENDAR", FormatPlanning.XML: b"<?xml", FormatPlanning.XLSX: b"PK"}
    assert fichier.read_bytes().startswith(debut[nature])


def test_un_dossier_qui_refuse_le_dit(page: PagePlanning, tmp_path: Path, qtbot: Any) -> None:
    planning_sorties.ecrire(page, FormatPlanning.ICS, tmp_path / "absent" / "planning.ics")
    qtbot.waitUntil(lambda: page.bandeau.isVisible())
    assert page.bandeau.property("genre") == "bad"


def test_le_gantt_se_voit_avant_d_etre_imprime(page: PagePlanning, qtbot: Any) -> None:
    from ui.widgets.impression import DialogueImpression

    page.barre.plans[Plan.CHANGEMENT].click()
    page.menus.sortir(FormatPlanning.PDF)
    boite = dialogue(page, planning_sorties.DialogueGantt)
    assert [p for p, c in boite.plans.items() if c.isChecked()] == [Plan.PROJET, Plan.DEPLOIEMENT]
    choisir(boite.format, "A3")
    choisir(boite.tuiles, True)
    options = boite.options()
    assert (options.format, options.tuiles, options.og) == ("A3", True, None)
    boite.apercevoir()
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(DialogueImpression)), timeout=20_000)
    apercu = dialogue(page, DialogueImpression)
    assert apercu.feuillets[0].octets.startswith(b"%PDF")
    apercu.reject()
