"""The deposit checklist is ticked and dated at any time, and undone; SONS has neither GALIS nor pieces nor « complet »."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from esms_desktop.model import Dossier
from tests.gui.conftest import JOUR
from ui.contexte import Contexte
from ui.pages.depot.page import PageDepot
from ui.pages.pieces.dispense import DialogueDispense
from ui.pages.pieces.page import PagePieces
from ui.pages.vue_ensemble.page import PageVueEnsemble


def page(classe: Any, contexte: Contexte, exemple: Dossier, qtbot: Any) -> Any:
    p = classe(contexte)
    qtbot.addWidget(p)
    p.resize(1044, 900)
    contexte.change.connect(p.rafraichir)
    contexte.examens.change.connect(lambda _: p.montrer_examen(p.examen()))
    p.ouvrir(exemple.id)
    p.show()
    contexte.fil.finir()
    return p


def test_chaque_ligne_se_coche_se_date_et_s_annule(contexte: Contexte, exemple: Dossier, qtbot: Any) -> None:
    p = page(PageDepot, contexte, exemple, qtbot)
    cochables = [x for x in p.galis.lignes if x._etape.champ]
    champs = ["galis_compte_le", "galis_depot_le", "galis_consulte_le", "galis_complements_le"]
    assert [x._etape.champ for x in cochables] == champs
    for rang, champ in enumerate(champs):
        ligne = [x for x in p.galis.lignes if x._etape.champ][rang]
        assert not ligne.case.isChecked() and ligne.date.isHidden()
        ligne.case.click()
        contexte.fil.finir()
        assert getattr(p.lecture().dossier, champ) == JOUR
        assert ligne.badge.texte == "Fait" and not ligne.date.isHidden()
    compte = cochables[0]
    compte.date.saisie.setText("2/5/2023")
    assert compte.date.valider()
    assert p.lecture().dossier.galis_compte_le == date(2023, 5, 2)
    compte.date.saisie.setText("2/6/2023")
    assert not compte.date.valider() and "avenir" in compte.date.erreur.text()
    assert p.lecture().dossier.galis_compte_le == date(2023, 5, 2)
    contexte.annuler()
    assert p.lecture().dossier.galis_compte_le == JOUR
    compte.case.click()
    assert p.lecture().dossier.galis_compte_le is None


def test_ce_qui_manque_ne_s_appelle_pas_rien(contexte: Contexte, exemple: Dossier, qtbot: Any) -> None:
    p = page(PageDepot, contexte, exemple, qtbot)
    assert "manquent" in p.obstacles.rien.text() and "incomplet" in p.obstacles.rien.text()


def test_le_sons_n_a_ni_galis_ni_piece_ni_complet(contexte: Contexte, exemple: Dossier, qtbot: Any) -> None:
    contexte.modifier(exemple, campagne_id="sons-vague-1")
    for classe in (PageDepot, PagePieces, PageVueEnsemble):
        p = page(classe, contexte, exemple, qtbot)
        visibles = " ".join(x.text() for x in p.findChildren(QLabel) if x.isVisible()).lower()
        assert "complet" not in visibles.replace("complétez", ""), visibles
        if classe is not PageVueEnsemble:
            assert "bon de commande" in visibles
        if classe is PageVueEnsemble:
            etats = [p.projet.champs["etat"].liste.itemText(i) for i in range(4)]
            assert etats == ["En préparation", "En déploiement", "Soldé", ""]
    p = page(PageDepot, contexte, exemple, qtbot)
    assert not p.onglets.isVisible() and not p.bouton_produire.isVisible()
    assert "28\u00a0février 2024" in p.sans_depot.texte.text()


def test_une_piece_se_dit_sans_objet_avec_un_motif(
    contexte: Contexte, exemple: Dossier, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    p = page(PagePieces, contexte, exemple, qtbot)
    p.tableau.choisir_numero(9)

    def repondre(dialogue: DialogueDispense) -> int:
        assert not dialogue.accord.isEnabled()
        dialogue.saisie.setText("  ")
        assert not dialogue.accord.isEnabled()
        dialogue.saisie.setText("dispense de l’ARS")
        assert dialogue.accord.isEnabled()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(DialogueDispense, "exec", repondre)
    p.panneau.b_dispense.click()
    contexte.fil.finir()
    assert p.panneau.badge.texte == "Sans objet" and "dispense de l’ARS" in p.panneau.raison.text()
    p.panneau.b_dispense.click()
    contexte.fil.finir()
    assert p.panneau.badge.texte != "Sans objet"
    contexte.annuler()
    contexte.fil.finir()
    assert p.panneau.badge.texte == "Sans objet"


def test_les_pieces_a_trame_le_disent(contexte: Contexte, exemple: Dossier, qtbot: Any) -> None:
    p = page(PagePieces, contexte, exemple, qtbot)
    dites = []
    for numero in range(1, 15):
        p.tableau.choisir_numero(numero)
        if p.panneau.trame.isVisible():
            assert "CNSA" in p.panneau.trame.text() and "KIT § 4" in p.panneau.trame.text()
            dites.append(numero)
    assert dites == [2, 5, 6, 7, 8]
