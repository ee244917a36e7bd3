"""Nothing typed is lost: saved at each pause, one step of undo a visit; refused, it waits; what loses its place is kept."""

from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from esms_desktop import model
from esms_desktop.regles.constats import Page
from tests.bases import porte_de
from tests.gui.poste import _QUESTION, Poste, capacite, hebergement, pause, taper
from ui.frappe import visite
from ui.frappe.saisies import SaisiesDeFenetre
from ui.pages.commun.liste_tableau import TableauSaisie
from ui.pages.commun.page import PageDossier
from ui.registre import VUE_ENSEMBLE, pages
from ui.widgets.champs.champ import Champ
from ui.widgets.conflit import DialogueConflit
from ui.widgets.question import Question


def test_une_pause_enregistre_et_toute_la_visite_s_annule_d_un_coup(poste: Poste) -> None:
    champ = hebergement(poste)
    avant = poste.dossier.hebergement
    for morceau in ("Chez ", "un tiers ", "certain"):
        QTest.keyClicks(champ.saisie, morceau)
        pause(champ)
        assert poste.dossier.hebergement.endswith(morceau.strip())
        assert champ.saisie.hasFocus()
    champ.saisie.clearFocus()
    assert poste.dossier.hebergement == "Chez un tiers certain"
    poste.fenetre.annuler()
    assert poste.dossier.hebergement == avant


def test_ce_qui_est_refuse_reste_et_revient_au_prochain_demarrage(poste: Poste) -> None:
    champ = capacite(poste)
    QTest.keyClicks(champ.saisie, "douze")
    pause(champ)
    # Already kept, were the program killed now.
    assert [s.texte for s in poste.gardees()] == ["douze"]
    champ.saisie.clearFocus()
    # What happens elsewhere does not take it away.
    poste.contexte.modifier(poste.dossier, notes="autre chose")
    QApplication.processEvents()
    assert champ.texte_saisi() == "douze"
    (saisie,) = poste.gardees()
    assert (saisie.champ, saisie.page, saisie.table) == ("Capacité (places)", "grappe", "essms")
    poste.fermer()
    poste.ouvrir()
    dialogue = poste.dialogue()
    assert dialogue is not None
    dialogue._a_sa_place(saisie)
    QApplication.processEvents()
    assert poste.fenetre.dossier is not None
    page: Any = poste.fenetre.dossier.page
    rendu = page.essms.fiche.formulaire.champs["capacite"]
    assert rendu.texte_saisi() == "douze"
    assert poste.fenetre.focusWidget() is rendu.saisie
    rendu.saisie.setText("12")
    rendu.valider()
    assert poste.gardees() == []
    assert poste.dossier.essms[0].capacite == 12


def test_ce_qui_fut_repris_n_attend_plus(poste: Poste) -> None:
    champ = capacite(poste)
    avant = champ.texte_saisi()
    QTest.keyClicks(champ.saisie, "x")
    pause(champ)
    assert len(poste.gardees()) == 1
    champ.saisie.selectAll()
    QTest.keyClicks(champ.saisie, avant)
    pause(champ)
    assert poste.gardees() == []


def test_fermer_demande_puis_garde(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SaisiesDeFenetre, "_question", _QUESTION)
    champ = capacite(poste)
    QTest.keyClicks(champ.saisie, "douze")
    dits: list[Any] = []

    def repondre(question: Question) -> int:
        dits.append(question)
        return reponses.pop(0)

    reponses = [Question.DialogCode.Rejected, Question.DialogCode.Accepted]
    monkeypatch.setattr(Question, "exec", repondre)
    assert not poste.fenetre.close()
    assert champ.texte_saisi() == "douze"
    assert poste.fenetre.close()
    assert len(dits) == 2
    assert [s.texte for s in poste.gardees()] == ["douze"]


def test_le_systeme_arrete_tout_est_garde(poste: Poste) -> None:
    champ = hebergement(poste)
    QTest.keyClicks(champ.saisie, "A demi dit")
    poste.fenetre.finir()
    with poste.ailleurs() as porte:
        lu = porte.lire(poste.dossier_id)
        assert lu is not None and lu.hebergement == "A demi dit"


def test_la_ligne_retiree_ailleurs_laisse_ce_qu_on_tapait_dans_sa_cellule(poste: Poste) -> None:
    page = poste.page(Page.GOUVERNANCE)
    tableau = next(t for t in page.findChildren(TableauSaisie) if t.isVisible() and t.modele.rowCount())
    tableau.setCurrentIndex(tableau.proxy.index(0, 0))
    tableau.edit(tableau.currentIndex())
    editeur = tableau.findChild(QLineEdit)
    assert editeur is not None
    editeur.selectAll()
    QTest.keyClicks(editeur, "Un groupe de plus")
    objet = tableau.modele.objet(0)
    with poste.ailleurs() as porte:
        porte.retirer(objet, libelle="Retirer")
    poste.contexte.suivre_la_base()
    QApplication.processEvents()
    assert [s.texte for s in poste.gardees()] == ["Un groupe de plus"]
    assert "Un groupe de plus" in poste.fenetre.bandeau.texte.text()


def test_en_tapant_un_conflit_attend_la_fin_de_la_saisie(poste: Poste) -> None:
    champ = hebergement(poste)
    QTest.keyClicks(champ.saisie, "le mien")
    with poste.ailleurs() as porte:
        lu = porte.lire(poste.dossier_id)
        assert lu is not None
        porte.modifier(lu, hebergement="le leur")
    pause(champ)
    conflits = [d for d in poste.fenetre.findChildren(DialogueConflit) if d.isVisible()]
    assert conflits == []
    assert [s.texte for s in poste.gardees()] == ["le mien"]
    champ.saisie.clearFocus()
    (conflit,) = [d for d in poste.fenetre.findChildren(DialogueConflit) if d.isVisible()]
    conflit.garder.click()
    QApplication.processEvents()
    assert champ.texte_saisi() == "le leur"
    assert poste.gardees() == []


def test_un_autre_dossier_ne_prend_pas_ce_qui_fut_refuse(poste: Poste) -> None:
    with porte_de(poste.contexte).geste("x"):
        autre = model.Dossier(
            nom="Un autre", campagne_id=poste.dossier.campagne_id, type_projet=poste.dossier.type_projet
        )
        porte_de(poste.contexte).ajouter(autre, libelle="Créer")
    page = poste.page(VUE_ENSEMBLE)
    champ = page.projet.champs["date_depot_prevue"]
    taper(champ, "le 45")
    champ.saisie.clearFocus()
    poste.fenetre.ouvrir_dossier(autre.id, VUE_ENSEMBLE)
    QApplication.processEvents()
    assert "le 45" not in champ.texte_saisi()
    (saisie,) = poste.gardees()
    assert (saisie.dossier, saisie.texte.endswith("le 45")) == (poste.dossier_id, True)


@pytest.mark.parametrize("cle", [p.cle for p in pages()])
def test_enregistrer_en_tapant_ne_derange_aucun_champ(poste: Poste, cle: str) -> None:
    page: PageDossier = poste.page(cle)
    for champ in sorted(
        (c for c in visite.vivantes() if isinstance(c, Champ) and page.isAncestorOf(c)),
        key=lambda c: c.etiquette.text(),
    ):
        if not champ.isVisible() or not isinstance(champ.saisie, QLineEdit) or champ.saisie.isReadOnly():
            continue
        champ.viser()
        QTest.keyClicks(champ.saisie, "7")
        texte = champ.texte_saisi()
        champ.garder()
        QApplication.processEvents()
        assert champ.saisie.hasFocus(), champ.etiquette.text()
        assert champ.texte_saisi() == texte
        assert champ.saisie.cursorPosition() == len(texte)
