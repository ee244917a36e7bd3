"""The page Préparation, by what a person does: answer, comment, answer for all, paste, undo."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from esms_desktop.model import Brique, Dossier
from esms_desktop.nomenclature.listes import briques
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant, porte_de
from tests.gui import exemples
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import repondre_a_la_question
from ui.fenetre import Fenetre
from ui.pages.preparation.page import AUTODIAGNOSTICS, MATURITE, POINTS, PagePreparation


def _poser() -> None:
    for _ in range(8):
        QApplication.processEvents()


def _ouvrir(fenetre: Fenetre, dossier: Dossier) -> PagePreparation:
    fenetre.activateWindow()
    fenetre.ouvrir_dossier(dossier.id, Page.PREPARATION)
    _poser()
    assert fenetre.dossier is not None
    page = fenetre.dossier.page
    assert isinstance(page, PagePreparation)
    return page


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PagePreparation:
    return _ouvrir(fenetre, exemple)


def _relire(page: PagePreparation) -> Dossier:
    dossier = dossier_vivant(porte_de(page.contexte), page.dossier_id)
    assert dossier is not None
    return dossier


def _reponses(page: PagePreparation) -> dict[str, bool | None]:
    return {p.code: p.reponse for p in _relire(page).points_preparation}


def _briques(page: PagePreparation) -> dict[tuple[int, str], bool | None]:
    return {(b.og_id, b.code): b.acquise for og in _relire(page).ogs for b in og.briques}


def _choisir(page: PagePreparation, *cases: tuple[int, int]) -> None:
    matrice = page.maturite.matrice
    page.montrer_onglet(MATURITE)
    matrice.setFocus()
    selection = matrice.selectionModel()
    matrice.setCurrentIndex(matrice.proxy.index(*cases[0]))
    for case in cases[1:]:
        selection.select(matrice.proxy.index(*case), selection.SelectionFlag.Select)


# -- check points ----------------------------------------------------------------------------------------------


def test_une_reponse_cree_sa_ligne_et_annuler_l_efface(page: PagePreparation, fenetre: Fenetre) -> None:
    code, carte = next(iter(page.points.cartes.items()))
    assert _reponses(page) == {} and carte.choix.valeur is None
    carte.choix.boutons[True].click()
    _poser()
    assert _reponses(page) == {code: True}
    assert page.entete.phrase.text().startswith("1\u00a0question a")
    fenetre.annuler()
    _poser()
    assert _reponses(page) == {}
    assert page.points.cartes[code].choix.valeur is None


@pytest.mark.parametrize(
    ("touche", "attendue"), [(Qt.Key.Key_O, True), (Qt.Key.Key_N, False), (Qt.Key.Key_Delete, None)]
)
def test_le_clavier_repond(page: PagePreparation, touche: Qt.Key, attendue: bool | None) -> None:
    code, carte = next(iter(page.points.cartes.items()))
    carte.choix.boutons[False].click()
    _poser()
    carte = page.points.cartes[code]
    carte.choix.viser()
    QTest.keyClick(carte.choix.boutons[False], touche)
    _poser()
    assert _reponses(page) == {code: attendue}


def test_un_non_dit_quoi_faire(page: PagePreparation) -> None:
    carte = next(iter(page.points.cartes.values()))
    assert carte.remede.isHidden()
    carte.choix.boutons[False].click()
    _poser()
    assert carte.remede.isVisible() and carte.remede.text().startswith("À faire")


def test_un_commentaire_s_ouvre_se_tape_et_se_garde(page: PagePreparation, fenetre: Fenetre) -> None:
    code, carte = next(iter(page.points.cartes.items()))
    assert not carte.commentaire.isVisible()
    carte.commenter.click()
    _poser()
    saisie = carte.commentaire.saisie
    assert isinstance(saisie, QPlainTextEdit) and fenetre.focusWidget() is saisie
    QTest.keyClicks(saisie, "On en parle non oui")
    QApplication.sendEvent(saisie, QFocusEvent(QEvent.Type.FocusOut))
    _poser()
    fait = _relire(page).points_preparation[0]
    assert (fait.code, fait.reponse, fait.commentaire) == (code, None, "On en parle non oui")


def test_la_question_suivante_est_la_premiere_sans_reponse(page: PagePreparation, fenetre: Fenetre) -> None:
    page.montrer_onglet(AUTODIAGNOSTICS)
    codes = list(page.points.cartes)
    for code in codes:
        page.points.cartes[code].choix.boutons[True].click()
        _poser()
    page.suivant.click()
    _poser()
    assert page.vues.currentIndex() == POINTS
    assert page.points.carte.titre.text() != "Objectifs"
    assert fenetre.focusWidget() in next(iter(page.points.cartes.values())).choix.boutons.values()


def test_les_themes_disent_leur_avancement(page: PagePreparation) -> None:
    carte = next(iter(page.points.cartes.values()))
    carte.choix.boutons[False].click()
    _poser()
    etat = page.points.modele.objet(0)
    assert (etat.repondus, etat.acquis) == (1, 0)
    assert page.points.badge.texte == f"1 sur {len(etat.points)}"


def test_un_constat_mene_a_sa_question(page: PagePreparation, fenetre: Fenetre) -> None:
    page.aller_a(Cible(Page.PREPARATION, "point", None, "risques-grappe"))
    _poser()
    assert page.points.carte.titre.text() == "Risques"
    assert fenetre.focusWidget() in page.points.cartes["risques-grappe"].choix.boutons.values()


# -- maturity --------------------------------------------------------------------------------------------------


def test_une_touche_repond_pour_toutes_les_cases_choisies_en_un_geste(
    page: PagePreparation, fenetre: Fenetre
) -> None:
    _choisir(page, (0, 1), (1, 1), (0, 3))
    QTest.keyClick(page.maturite.matrice, Qt.Key.Key_O)
    _poser()
    assert sorted(_briques(page).values()) == [True, True, True]
    QTest.keyClick(page.maturite.matrice, Qt.Key.Key_Delete)
    _poser()
    assert set(_briques(page).values()) == {None}
    fenetre.annuler()
    fenetre.annuler()
    _poser()
    assert _briques(page) == {}


def test_repondre_pour_tous_les_og_s_annule_en_une_fois(page: PagePreparation, fenetre: Fenetre) -> None:
    _choisir(page, (2, 1))
    page.maturite.choix.boutons[False].click()
    _poser()
    page.maturite.tous.click()
    _poser()
    code = list(briques())[2]
    assert _briques(page) == {(og.id, code): False for og in _relire(page).ogs}
    fenetre.annuler()
    _poser()
    assert list(_briques(page).values()) == [False]


def test_l_espace_passe_a_la_reponse_suivante(page: PagePreparation) -> None:
    _choisir(page, (0, 1))
    vues = []
    for _ in range(3):
        QTest.keyClick(page.maturite.matrice, Qt.Key.Key_Space)
        _poser()
        vues.append(next(iter(_briques(page).values())))
    assert vues == [True, False, None]


def test_le_commentaire_suit_sa_case(page: PagePreparation) -> None:
    _choisir(page, (0, 1))
    QTest.keyClick(page.maturite.matrice, Qt.Key.Key_Return)
    saisie = page.maturite.commentaire.saisie
    QTest.keyClicks(saisie, "INS en cours")
    page.maturite.matrice.setCurrentIndex(page.maturite.matrice.proxy.index(1, 1))
    _poser()
    faits: list[Brique] = _relire(page).ogs[0].briques
    assert [(b.code, b.acquise, b.commentaire) for b in faits] == [("ins", None, "INS en cours")]
    assert page.maturite.commentaire.valeur == ""
    assert page.maturite.modele.index(0, 1).data() == "—*"


@pytest.mark.parametrize("accord", [True, False])
def test_un_collage_dit_ses_fautes_et_offre_le_reste(
    page: PagePreparation, fenetre: Fenetre, accord: bool
) -> None:
    _choisir(page, (0, 1))
    QGuiApplication.clipboard().setText("Oui\tnon\tpeut-être\nO\t\tX")
    vues: list[str] = []
    repondre_a_la_question(accord, vues)
    page.maturite.matrice.coller()
    _poser()
    assert "peut-être" in vues[0] and "Ligne 1" in vues[0]
    assert sorted(_briques(page).values()) == ([False, True, True, True] if accord else [])
    if accord:
        fenetre.annuler()
        _poser()
        assert _briques(page) == {}


# -- autodiagnostics -------------------------------------------------------------------------------------------


def test_un_autodiagnostic_se_renseigne_et_s_annule(page: PagePreparation, fenetre: Fenetre) -> None:
    page.aller_a(Cible(Page.PREPARATION, "og", _relire(page).ogs[1].id, "autodiagnostic-cyber"))
    _poser()
    panneau = page.autodiagnostics
    panneau.choix.boutons[True].click()
    _poser()
    panneau.date.saisie.setFocus()
    QTest.keyClicks(panneau.date.saisie, "15/02/2023")
    QTest.keyClick(panneau.date.saisie, Qt.Key.Key_Return)
    _poser()
    fait = _relire(page).ogs[1].autodiagnostics[0]
    assert (fait.genre, fait.realise, str(fait.date)) == ("cyber", True, "2023-02-15")
    assert not _relire(page).ogs[0].autodiagnostics
    fenetre.annuler()
    fenetre.annuler()
    _poser()
    assert _relire(page).ogs[1].autodiagnostics == []


def test_joindre_mene_a_la_piece_10(page: PagePreparation, fenetre: Fenetre) -> None:
    page.montrer_onglet(AUTODIAGNOSTICS)
    page.autodiagnostics.joindre.click()
    _poser()
    assert fenetre.dossier is not None and fenetre.dossier.page is not None
    assert fenetre.dossier.page.cle == Page.PIECES


# -- the page --------------------------------------------------------------------------------------------------


def test_sans_organisme_la_page_dit_ou_commencer(porte: Porte, fenetre: Fenetre) -> None:
    vide = Dossier(nom="Vide", campagne_id="2022", type_projet=TypeProjet.ACQUISITION)
    porte.ajouter(vide, libelle="Créer")
    page = _ouvrir(fenetre, vide)
    for rang in (MATURITE, AUTODIAGNOSTICS):
        page.montrer_onglet(rang)
        _poser()
        assert page.vues.widget(rang).currentIndex() == 1
        assert defauts(fenetre) == []


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_aucun_texte_coupe(echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any, qtbot: Any) -> None:
    habillee(echelle)
    page = _ouvrir(fenetre, exemples.exemple_long(porte))
    for onglet in (POINTS, MATURITE, AUTODIAGNOSTICS):
        page.montrer_onglet(onglet)
        next(iter(page.points.cartes.values())).choix.boutons[False].click()
        qtbot.wait(80)
        _poser()
        assert (fenetre.width(), fenetre.height()) == (1280, 800)
        assert [(onglet, d) for d in defauts(fenetre)] == []


def test_chaque_controle_a_un_nom(page: PagePreparation) -> None:
    for onglet in (POINTS, MATURITE, AUTODIAGNOSTICS):
        page.montrer_onglet(onglet)
        _poser()
        muets = [
            type(w).__name__
            for w in page.vues.currentWidget().findChildren(QWidget)
            if w.isVisible()
            and w.focusPolicy() & Qt.FocusPolicy.TabFocus
            and w.isEnabled()
            and not w.accessibleName()
            and not w.objectName().startswith("qt_")
            and not (getattr(w, "text", lambda: "")() or "")
        ]
        assert muets == []


def test_ce_que_dit_la_note_se_tape_a_la_question(page: PagePreparation) -> None:
    page.aller_a(Cible(Page.PREPARATION, "point", None, "enjeux-perimetre"))
    _poser()
    ecrits = {
        "enjeux-perimetre": lambda d: next(
            p.commentaire for p in d.points_preparation if p.code == "enjeux-perimetre"
        ),
        # The same words as on the page of the project: written at either place, read at both.
        "enjeux-hebergement": lambda d: d.hebergement,
    }
    for code, lire in ecrits.items():
        carte = page.points.cartes[code]
        assert carte.commentaire.isVisible() and not carte.commenter.isVisible()
        carte.commentaire.saisie.setPlainText(f"Dit de {code}.")
        QApplication.sendEvent(carte.commentaire.saisie, QFocusEvent(QEvent.Type.FocusOut))
        _poser()
        assert lire(_relire(page)) == f"Dit de {code}."
    page.contexte.annuler()
    _poser()
    assert page.points.cartes["enjeux-hebergement"].commentaire.valeur != "Dit de enjeux-hebergement."
    assert not defauts(page)
