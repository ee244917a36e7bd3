"""Who declared what and when, beside each declared fact; declared, computed and proved told apart."""

from typing import Any

import pytest

from esms_desktop.francais import date_longue
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.recevabilite.recevabilite import Etabli
from tests.bases import porte_de
from ui.contexte import Contexte
from ui.models import declarations
from ui.pages.financement.faits import CarteFaits
from ui.pages.grappe.page import PageGrappe
from ui.pages.preparation.points import CartePoint
from ui.pages.recevabilite.page import PageRecevabilite


@pytest.fixture
def ligne(contexte: Contexte, exemple: Dossier) -> Any:
    return contexte.lecture(exemple.id).dossier.essms[0]


def attendu(contexte: Contexte) -> str:
    [entree, *_] = porte_de(contexte).journal(limite=1)
    return f"Déclaré par {entree.qui} le {date_longue(entree.quand.date())}"


def test_une_reponse_dit_qui_l_a_donnee_et_quand(contexte: Contexte, exemple: Dossier, ligne: Any) -> None:
    assert contexte.modifier(ligne, financement_europeen=not ligne.financement_europeen)
    frais = contexte.lecture(exemple.id).dossier.essms[0]
    dits = declarations.de_la_ligne(contexte, exemple.id, frais)
    assert dits["financement_europeen"] == attendu(contexte)
    # What the directory gave, nobody declared.
    assert dits.get("champ", "").startswith("Lu à la création")
    assert contexte.modifier(frais, financement_europeen=None)
    frais = contexte.lecture(exemple.id).dossier.essms[0]
    assert declarations.de_la_ligne(contexte, exemple.id, frais)["financement_europeen"] == ""


def test_la_fiche_de_l_essms_le_montre(contexte: Contexte, exemple: Dossier, ligne: Any, qtbot: Any) -> None:
    page = PageGrappe(contexte)
    qtbot.addWidget(page)
    contexte.change.connect(page.rafraichir)
    page.ouvrir(exemple.id)
    page.essms.aller(ligne.id)
    choix = page.essms.fiche.formulaire.champs["part_confort"]
    assert contexte.modifier(ligne, part_confort=True)
    assert choix.origine.text() == attendu(contexte) and not choix.origine.isHidden()
    contexte.annuler()
    assert choix.origine.isHidden()


def test_un_point_dit_s_il_est_calcule_declare_ou_prouve(
    contexte: Contexte, exemple: Dossier, qtbot: Any
) -> None:
    page = PageRecevabilite(contexte)
    qtbot.addWidget(page)
    contexte.change.connect(page.rafraichir)
    page.ouvrir(exemple.id)
    etablis = {p.numero: p.etabli for p in page.lecture().points}
    assert [n for n, e in etablis.items() if e is Etabli.CALCULE] == [2, 3, 4, 9]
    for e in page.lecture().dossier.essms:
        contexte.modifier(e, financement_europeen=None)
        contexte.modifier(contexte.lecture(exemple.id).dossier.essms[0], financement_europeen=False)
    page.choisir(6)
    page._montrer()
    assert page.detail.etabli.texte == "À déclarer"
    dit = page.detail.fait.origine.text()
    assert dit.startswith("Déclaré par ") and dit.endswith("(1\u00a0ESSMS).")
    contexte.modifier(page.lecture().dossier, type_projet=TypeProjet.CONFORMITE)
    assert {p.numero: p.etabli for p in page.lecture().points}[5] is Etabli.CALCULE


def test_les_questions_du_projet_le_disent_aussi(contexte: Contexte, exemple: Dossier, qtbot: Any) -> None:
    carte = CarteFaits(contexte, lambda: contexte.lecture(exemple.id).dossier)
    qtbot.addWidget(carte)
    assert contexte.modifier(contexte.lecture(exemple.id).dossier, pilotage_demande=None)
    carte.afficher(contexte.lecture(exemple.id))
    assert carte.pilotage.choix.origine.isHidden()
    assert contexte.modifier(contexte.lecture(exemple.id).dossier, pilotage_demande=True)
    carte.afficher(contexte.lecture(exemple.id))
    assert carte.pilotage.choix.origine.text() == attendu(contexte)


def test_un_point_de_preparation_le_dit(contexte: Contexte, exemple: Dossier, qtbot: Any) -> None:
    from esms_desktop.regles.dossier.preparation import etat_themes

    def point() -> Any:
        lu = contexte.lecture(exemple.id)
        return etat_themes(lu.dossier, lu.campagne)[0].points[0]

    ligne = CartePoint(contexte, point())
    qtbot.addWidget(ligne)
    ligne.charger(contexte.lecture(exemple.id).dossier, point())
    ligne.choix.boutons[not point().reponse].click()
    ligne.charger(contexte.lecture(exemple.id).dossier, point())
    assert ligne.choix.origine.text() == attendu(contexte)
