"""The overview: what remains and the button that goes there, the money, and the fields of the dossier itself."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from esms_desktop.francais import euros
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import EtatDossier, RoleContact
from esms_desktop.regles.constats import Page
from esms_desktop.regles.dossier.demarche import TITRES, demarche
from ui.contexte import Contexte
from ui.models.avancement import mesures
from ui.pages.vue_ensemble.contacts import DialogueContact
from ui.pages.vue_ensemble.page import PageVueEnsemble
from ui.widgets.impression import DialogueImpression


@pytest.fixture
def page(contexte: Contexte, exemple: Dossier, qtbot: Any) -> PageVueEnsemble:
    p = PageVueEnsemble(contexte)
    qtbot.addWidget(p)
    p.resize(1044, 760)
    p.ouvrir(exemple.id)
    p.show()
    contexte.change.connect(p.rafraichir)
    contexte.fil.finir()
    return p


def test_un_seul_pas_a_la_fois_nomme_et_mene_a_sa_place(
    page: PageVueEnsemble, exemple: Dossier, qtbot: Any
) -> None:
    suite = demarche(page.lecture().dossier, page.contexte.examens.complet(exemple.id))
    acte = suite.prochain
    assert acte is not None and page.pas.acte == acte
    assert page.pas.geste.text() == acte.phrase == page.pas.bouton.accessibleName()
    assert page.pas.pourquoi.text() == acte.pourquoi
    primaires = [
        b for b in page.findChildren(QPushButton) if b.property("role") == "primaire" and b.isVisible()
    ]
    assert primaires == [page.pas.bouton]
    with qtbot.waitSignal(page.demande_page) as signal:
        page.pas.bouton.click()
    assert signal.args == [acte.cible]


def test_la_suite_est_repliee_dans_l_ordre_du_kit_et_s_ouvre(
    page: PageVueEnsemble, exemple: Dossier, qtbot: Any
) -> None:
    suite = demarche(page.lecture().dossier, page.contexte.examens.complet(exemple.id))
    sections = page.ensuite.sections
    assert sections and not any(s.ouverte or s.lignes for s in sections)
    titres = list(dict.fromkeys(TITRES[a.etape] for a in suite.ensuite))
    assert [s.titre for s in sections] == [*titres, "Conseils"]
    sections[0].tete.click()
    siens = [a for a in suite.ensuite if TITRES[a.etape] == titres[0]]
    assert [x.acte for x in sections[0].lignes] == siens and sections[0].corps.isVisible()
    with qtbot.waitSignal(page.demande_page) as signal:
        sections[0].lignes[0].bouton.click()
    assert signal.args == [siens[0].cible]
    # What was open stays open when a write changes the list.
    page.contexte.modifier(page.lecture().dossier, amoa=None)
    page.contexte.fil.finir()
    assert page.ensuite.sections[0].ouverte
    page.ensuite.sections[0].tete.click()
    assert not page.ensuite.sections[0].corps.isVisible()


def test_un_retard_se_lit_avant_le_pas(page: PageVueEnsemble, exemple: Dossier) -> None:
    page.contexte.modifier(exemple, etat=EtatDossier.PREPARATION, date_depot_prevue=date(2020, 1, 6))
    page.contexte.fil.finir()
    retards = demarche(page.lecture().dossier, page.contexte.examens.complet(exemple.id)).retards
    assert retards and [x.constat for x in page.pas.retards] == list(retards)
    assert "jours" in retards[0].titre and page.pas.acte is not None


def test_l_avancement_et_le_financement_sont_ceux_des_regles(page: PageVueEnsemble) -> None:
    vue = page.lecture()
    attendus = mesures(vue, page.examen())
    faites = [p for p in vue.pieces_lues if p.due and p.production == "generee"]
    lus = {2, 3}
    assert len(faites) == 7 and [m.fait for m in mesures(vue, None)] == [None] * 4
    # The size, and what the directory settles, are no progress.
    assert [(m.fait, m.total) for m in attendus[:3]] == [
        (None, 0),
        (sum(p.verdict == "satisfait" and p.numero not in lus for p in vue.points), 8),
        (sum(p.satisfaite for p in faites), 7),
    ]
    for (texte, barre), mesure in zip(page.barres, attendus, strict=True):
        assert texte.text() == barre.accessibleName() == mesure.texte
        assert barre.isHidden() == (mesure.fait is None)
        if mesure.fait is not None:
            assert (barre.value(), barre.maximum()) == (mesure.fait, mesure.total)
    projet = vue.financement.projet
    assert page.total.text() == euros(projet.total_cents)
    assert euros(projet.avance_cents) in page.versements.text()
    assert page.sources.text().startswith("Source")
    assert str(vue.orientation.nombre) in page.instruction.text()


def test_preparer_le_depot_mene_a_la_page_depot(page: PageVueEnsemble, qtbot: Any) -> None:
    bouton = page.entete._actions.itemAt(1).widget()
    with qtbot.waitSignal(page.demande_page) as signal:
        bouton.click()
    assert signal.args[0].page is Page.DEPOT


def test_les_champs_s_enregistrent_et_se_relisent(page: PageVueEnsemble, exemple: Dossier) -> None:
    champs = page.projet.champs
    champs["nom"].saisie.setText("Grappe du Loing")
    assert champs["nom"].valider()
    champs["date_depot_prevue"].saisie.setText("3/7/2023")
    assert champs["date_depot_prevue"].valider()
    champs["objectifs"].saisie.setPlainText("Un seul dossier par personne.")
    assert champs["objectifs"].valider()
    champs["etat"].liste.setCurrentIndex(list(EtatDossier).index(EtatDossier.COMPLET))
    champs["etat"].liste.activated.emit(1)
    dossier = page.lecture().dossier
    assert (dossier.nom, dossier.date_depot_prevue) == ("Grappe du Loing", date(2023, 7, 3))
    assert (dossier.objectifs, dossier.etat) == ("Un seul dossier par personne.", EtatDossier.COMPLET)
    assert page.contexte.base.libelle_annuler == "Changer l’état du dossier"


def test_chaque_champ_de_la_page_existe_dans_le_modele(page: PageVueEnsemble) -> None:
    dossier = page.lecture().dossier
    for nom, champ in page.projet.champs.items():
        assert champ.valeur == getattr(dossier, nom), nom


def test_un_nom_vide_est_refuse_sans_perdre_l_ancien(page: PageVueEnsemble, exemple: Dossier) -> None:
    champ = page.projet.champs["nom"]
    champ.saisie.setText("")
    assert not champ.valider()
    assert page.lecture().dossier.nom == exemple.nom and not champ.erreur.isHidden()


def test_un_contact_s_ajoute_se_modifie_et_se_retire(
    page: PageVueEnsemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saisir(nom: str) -> Any:
        def executer(dialogue: DialogueContact) -> int:
            dialogue.nom.saisie.setText(nom)
            dialogue.role.fixer(RoleContact.DIRECTION)
            dialogue._garder()
            return dialogue.result()

        return executer

    monkeypatch.setattr(DialogueContact, "exec", saisir("Paul Petit"))
    page.contacts.nouveau()
    noms = [c.nom for c in page.lecture().dossier.contacts]
    assert noms == ["Amélie Roche", "Paul Petit"]
    cle = page.lecture().dossier.contacts[1].id
    monkeypatch.setattr(DialogueContact, "exec", saisir("Paule Petit"))
    page.contacts.modifier(cle)
    assert page.lecture().dossier.contacts[1].nom == "Paule Petit"
    page.contacts.retirer(cle)
    assert [c.nom for c in page.lecture().dossier.contacts] == ["Amélie Roche"]
    page.contexte.annuler()
    assert [c.nom for c in page.lecture().dossier.contacts] == ["Amélie Roche", "Paule Petit"]


def test_un_contact_sans_nom_n_est_pas_garde(page: PageVueEnsemble, qtbot: Any) -> None:
    dialogue = DialogueContact(page.lecture().dossier, None)
    qtbot.addWidget(dialogue)
    dialogue._garder()
    assert dialogue.nom.erreur.text() and not dialogue.result()


def test_les_blancs_des_documents_sont_dans_la_meme_liste(contexte: Contexte, exemple: Dossier) -> None:
    def blancs() -> list[str]:
        return [
            c.preuve
            for c in contexte.examens.complet(exemple.id).de_page(Page.FINANCEMENT)
            if "convention" in c.preuve
        ]

    contexte.modifier(exemple, date_convention=None)
    assert any("date de la convention" in preuve for preuve in blancs())
    contexte.modifier(exemple, date_convention=date(2023, 12, 1))
    assert not any("date de la convention" in preuve for preuve in blancs())


def test_la_liste_s_imprime_apres_l_apercu(page: PageVueEnsemble, qtbot: Any) -> None:
    page.liste.click()
    qtbot.waitUntil(lambda: page.findChild(DialogueImpression) is not None, timeout=20_000)
    dialogue = page.findChild(DialogueImpression)
    assert dialogue.apercu.nombre_pages >= 1
    dialogue.reject()
