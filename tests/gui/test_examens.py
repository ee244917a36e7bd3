"""The findings come behind the gestures: their place says so meanwhile, and nothing of yesterday is shown as today's."""

import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from esms_desktop.errors import ErreurCampagne
from esms_desktop.francais import majuscule
from esms_desktop.gestes.verifier import Verification, verifier_dossier
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Examen, Gravite, Page
from esms_desktop.regles.dossier.demarche import demarche
from esms_desktop.store.porte import Porte
from tests.bases import porte_de
from tests.gui import exemples
from tests.gui.conftest import JOUR
from ui.contexte import Contexte
from ui.fenetre import Fenetre
from ui.fil import EN_COURS, Fil
from ui.pages.accueil.modele_portefeuille import COLONNES
from ui.pages.depot.page import PageDepot
from ui.pages.vue_ensemble.page import PageVueEnsemble
from ui.registre import VUE_ENSEMBLE


def frais(contexte: Contexte, cle: int) -> Examen:
    """The findings as nothing ever kept would give them."""
    dossier = contexte.base.lire(cle)
    assert dossier is not None
    return verifier_dossier(dossier, JOUR)


def anneaux(fenetre: Fenetre) -> list[tuple[bool, str]]:
    assert fenetre.dossier is not None
    entrees = fenetre.dossier.barre.entrees.values()
    return [(e.anneau.connu, e.accessibleName()) for e in entrees if e.anneau is not None]


def test_un_pas_a_chaque_tour_le_dernier_demande_d_abord(qtbot: Any) -> None:
    faits: list[str] = []

    def travail(nom: str, pas: int) -> Iterator[None]:
        for i in range(pas):
            faits.append(f"{nom}{i}")
            yield

    fil = Fil()
    fil.lancer("a", travail("a", 3))
    fil.lancer("b", travail("b", 2))
    fil.lancer("c", travail("c", 1), devant=False)
    tours = QTimer()
    tours.timeout.connect(lambda: faits.append("tour"))
    tours.start(0)
    qtbot.waitUntil(lambda: not fil.en_cours)
    tours.stop()
    assert [f for f in faits if f != "tour"] == ["b0", "b1", "a0", "a1", "a2", "c0"]
    assert all(f == "tour" or suite == "tour" for f, suite in pairwise(faits)), (
        "the loop turns between two steps"
    )


def test_ce_qui_est_redemande_abandonne_ce_qui_etait_en_cours(qtbot: Any) -> None:
    faits: list[str] = []

    def neuf() -> Iterator[None]:
        faits.append("neuf")
        yield

    def ancien() -> Iterator[None]:
        faits.append("ancien")
        yield
        fil.lancer("a", neuf())
        yield
        faits.append("de trop")

    fil = Fil()
    fil.lancer("a", ancien())
    qtbot.waitUntil(lambda: not fil.en_cours)
    assert faits == ["ancien", "neuf"]


def test_ce_qui_se_casse_ne_recommence_pas_et_n_arrete_pas_les_autres(qtbot: Any) -> None:
    def casse() -> Iterator[None]:
        yield
        raise ZeroDivisionError

    faits: list[int] = []

    def sain() -> Iterator[None]:
        faits.append(1)
        yield

    fil = Fil()
    with qtbot.captureExceptions() as erreurs:
        fil.lancer("sain", sain())
        fil.lancer("casse", casse())
        qtbot.waitUntil(lambda: not fil.en_cours)
    assert [e[0] for e in erreurs] == [ZeroDivisionError] and faits == [1]


def test_pas_a_pas_ou_d_un_coup_l_examen_est_le_meme(porte: Porte) -> None:
    dossier = porte.lire(exemples.exemple(porte).id)
    assert dossier is not None
    pas, verification = 0, Verification(dossier, JOUR)
    while (examen := verification.avancer()) is None:
        pas += 1
    assert pas > 25 and examen == verifier_dossier(dossier, JOUR)


def test_apres_une_ecriture_chaque_place_dit_la_mise_a_jour_puis_ce_qui_est_vrai(
    fenetre: Fenetre, exemple: Dossier, qtbot: Any
) -> None:
    contexte, cle = fenetre.contexte, exemple.id
    assert contexte is not None
    fenetre.ouvrir_dossier(cle)
    assert fenetre.dossier is not None
    page = fenetre.dossier.page
    assert isinstance(page, PageVueEnsemble)
    contexte.fil.finir()
    avant = contexte.examens.de(cle)
    assert avant == frais(contexte, cle) and all(connu for connu, _ in anneaux(fenetre))
    assert contexte.modifier(contexte.lecture(cle).dossier, type_projet=TypeProjet.CONFORMITE)
    fenetre.dossier.rafraichir()
    assert contexte.examens.de(cle) is None
    assert page.entete.phrase.text().lower().startswith(EN_COURS)
    assert page.barres[3][0].text().endswith(EN_COURS) and not page.barres[3][1].isVisible()
    assert page.pas.attente.isVisible() and page.pas._ancien.isEnabled()
    for connu, dit in anneaux(fenetre):
        assert not connu and dit.endswith(EN_COURS)
    qtbot.waitUntil(lambda: not contexte.fil.en_cours)
    apres = contexte.examens.de(cle)
    assert apres is not None and apres == frais(contexte, cle) and apres != avant
    assert f"{apres.nombre(Gravite.A_FAIRE)}\u00a0points restent" in page.entete.phrase.text()
    suite = demarche(page.lecture().dossier, apres)
    assert page.pas.acte == suite.prochain and not page.pas.attente.isVisible()
    assert not page.pas._ancien.isEnabled()
    for page_, (_, dit) in zip(Page, anneaux(fenetre), strict=True):
        fait, total = apres.avancement(page_)
        assert (f"sur {total}" in dit and f"{fait}\u00a0contrôle" in dit) or not total
    assert page.barres[3][1].isVisible()


def test_ce_qu_une_autre_ecriture_depasse_est_abandonne(
    contexte: Contexte, exemple: Dossier, qtbot: Any
) -> None:
    cle, vus = exemple.id, []
    contexte.examens.change.connect(lambda _: vus.append(contexte.examens.de(cle)))
    assert contexte.examens.de(cle) is None
    qtbot.wait(1)
    contexte.fil._tour()
    contexte.fil._tour()
    assert contexte.modifier(contexte.lecture(cle).dossier, portee_nationale=True)
    assert contexte.examens.de(cle) is None
    qtbot.waitUntil(lambda: bool(vus))
    qtbot.waitUntil(lambda: not contexte.fil.en_cours)
    assert vus == [frais(contexte, cle)], "told once, of the version that is"


def test_ce_que_rien_ne_lit_ne_fait_rien_attendre(fenetre: Fenetre, exemple: Dossier) -> None:
    contexte, cle = fenetre.contexte, exemple.id
    assert contexte is not None
    fenetre.ouvrir_dossier(cle)
    contexte.fil.finir()
    assert contexte.modifier(contexte.lecture(cle).dossier, notes="Rappeler l’ARS lundi.")
    assert contexte.examens.de(cle) == frais(contexte, cle) and not contexte.fil.en_cours
    assert all(connu for connu, _ in anneaux(fenetre))


def test_un_depot_qui_s_ecrit_ne_les_fait_pas_attendre(
    contexte: Contexte, exemple: Dossier, qtbot: Any
) -> None:
    bout = threading.Event()
    contexte.taches.lancer("Production", lambda _: bout.wait(20), lambda _: None, discret=True)
    try:
        assert contexte.examens.de(exemple.id) is None
        qtbot.waitUntil(lambda: contexte.examens.de(exemple.id) is not None)
        assert contexte.taches.en_cours
    finally:
        bout.set()


def test_qui_ne_peut_attendre_les_a_entiers(contexte: Contexte, exemple: Dossier) -> None:
    assert contexte.examens.complet(exemple.id) == frais(contexte, exemple.id)
    assert contexte.modifier(contexte.lecture(exemple.id).dossier, sad=True)
    assert contexte.examens.complet(exemple.id) == frais(contexte, exemple.id)


def test_un_dossier_qu_on_ne_sait_pas_examiner_le_dit(contexte: Contexte, exemple: Dossier) -> None:
    porte_de(contexte).modifier(exemple, campagne_id="inconnue")
    with pytest.raises(ErreurCampagne):
        contexte.examens.de(exemple.id)


def test_la_page_depot_ne_dit_jamais_trop_tot_qu_on_peut_deposer(fenetre: Fenetre, exemple: Dossier) -> None:
    fenetre.ouvrir_dossier(exemple.id, Page.DEPOT)
    assert fenetre.dossier is not None and fenetre.contexte is not None
    page = fenetre.dossier.page
    assert isinstance(page, PageDepot)
    assert EN_COURS in page.entete.phrase.text() and "complet" not in page.entete.phrase.text()
    assert page.obstacles.attente.isVisible() and not page.obstacles.rien.isVisible()
    assert page.obstacles.lignes == []
    attend = majuscule(EN_COURS)
    assert page.bundle.badge.texte == attend and not page.bundle.liste.isVisible()
    en_attente = [x.titre.text() for x in page.galis.lignes if x.badge.texte == attend]
    assert en_attente == ["Les pièces obligatoires sont réunies"] and EN_COURS in page.galis.phrase.text()
    fenetre.contexte.fil.finir()
    assert page.obstacles.lignes and not page.obstacles.attente.isVisible()
    absentes = [e.numero for e in page.lecture().pieces_lues if e.manquante]
    assert page.bundle.badge.texte == "Dossier incomplet"
    assert [int(x.partition(".")[0]) for x in page.bundle.liste.text().splitlines()] == absentes
    assert attend not in {x.badge.texte for x in page.galis.lignes}


def test_le_portefeuille_ne_donne_ni_zero_ni_somme_avant_de_savoir(
    fenetre: Fenetre, porte: Porte, qtbot: Any
) -> None:
    page, contexte = fenetre.portefeuille, fenetre.contexte
    assert page is not None and contexte is not None
    premier = exemples.exemple(porte)
    exemples.exemple(porte, "Grappe de l’Yerres")
    qtbot.waitUntil(lambda: len(page.modele.lignes) == 2)

    def cellule(rang: int, colonne: str) -> str:
        return str(page.modele.index(rang, COLONNES.index(colonne)).data())

    page.rafraichir()
    assert [cellule(r, c) for r in (0, 1) for c in ("Avancement", "Prochaine échéance", "À surveiller")] == [
        EN_COURS
    ] * 6
    assert [c.chiffre.text() for c in page.chiffres[2:]] == ["…", "…"]
    qtbot.waitUntil(lambda: page.examine)
    assert EN_COURS not in {cellule(r, c) for r in (0, 1) for c in COLONNES}
    assert page.chiffres[2].chiffre.text() != "…"
    # A write puts only its own dossier back in doubt.
    porte.modifier(premier, notes="vu")
    rang = page.modele.rang(premier.id)
    assert cellule(rang, "Avancement") == EN_COURS and cellule(1 - rang, "Avancement") != EN_COURS
    qtbot.waitUntil(lambda: page.examine)
    assert cellule(rang, "Avancement") != EN_COURS


def test_on_n_examine_pas_les_autres_dossiers_pendant_que_l_un_est_ouvert(
    fenetre: Fenetre, porte: Porte, qtbot: Any
) -> None:
    dossiers = [exemples.exemple(porte, f"Grappe {i}") for i in range(6)]
    page, contexte = fenetre.portefeuille, fenetre.contexte
    assert page is not None and contexte is not None
    fenetre.ouvrir_dossier(dossiers[0].id, VUE_ENSEMBLE)
    qtbot.waitUntil(lambda: not contexte.fil.en_cours)
    assert contexte.examens.de(dossiers[0].id) is not None and not page.examine
    fenetre.montrer_portefeuille()
    qtbot.waitUntil(lambda: page.examine)


def test_le_lendemain_les_pages_relisent(
    porte: Porte, exemple: Dossier, habillee: Any, tmp_path: Path
) -> None:
    jours = [JOUR]
    contexte = Contexte(porte, lambda: jours[0])
    lecture, changes = contexte.lecture(exemple.id), []
    contexte.change.connect(lambda: changes.append(contexte.lecture(exemple.id).jour))
    contexte.suivre_la_base()
    assert changes == [] and contexte.lecture(exemple.id) is lecture
    jours[0] = JOUR.replace(day=2)
    contexte.suivre_la_base()
    assert changes == [JOUR.replace(day=2)] and contexte.lecture(exemple.id) is not lecture
    contexte.fil.arreter()


def test_les_lectures_gardees_sont_peu_nombreuses(
    contexte: Contexte, porte: Porte, qapp: QApplication
) -> None:
    dossiers = [exemples.exemple(porte, f"Grappe {i}") for i in range(8)]
    for d in dossiers:
        contexte.examens.complet(d.id)
    assert sum(contexte.connue(d.id) is not None for d in dossiers) == 3
    assert contexte.lecture(dossiers[0].id).dossier.nom == "Grappe 0"
