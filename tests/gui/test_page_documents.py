"""The Documents page: states, gaps, the text that is theirs, what leaves it."""

import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from esms_desktop.documents import catalogue, modeles
from esms_desktop.documents.arbre.arbre import Titre
from esms_desktop.model import Dossier, TexteDocument
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.gui import exemples
from tests.gui.marcheur import defauts
from ui.fenetre import Fenetre
from ui.fil import EN_COURS
from ui.pages.documents.modele import etat
from ui.pages.documents.page import PageDocuments
from ui.widgets.impression import DialogueImpression

CODE = "note-presentation"


def ouvrir(fenetre: Fenetre, dossier: Dossier) -> PageDocuments:
    fenetre.ouvrir_dossier(dossier.id, Page.DOCUMENTS)
    assert fenetre.dossier is not None
    page = fenetre.dossier.montrer(Page.DOCUMENTS)
    assert isinstance(page, PageDocuments)
    return page


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageDocuments:
    """The page of the sample dossier, in the window."""
    return ouvrir(fenetre, exemple)


def choisir(page: PageDocuments, code: str) -> None:
    page.aller_a(Cible(Page.DOCUMENTS, "document", None, code))
    assert page.choisi is not None and page.choisi.genere.code == code


def textes(porte: Porte, dossier: Dossier) -> dict[tuple[str, str], str]:
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None
    return {(t.document, t.section): t.texte for t in relu.textes}


def poser(page: PageDocuments, qtbot: Any) -> None:
    """Waits for the preview and for what the change woke."""
    qtbot.waitUntil(lambda: not page.contexte.taches.en_cours, timeout=30_000)
    for _ in range(6):
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not page.contexte.taches.en_cours, timeout=30_000)


def message(page: PageDocuments, qtbot: Any) -> str:
    qtbot.waitUntil(lambda: not page.bandeau.isHidden() and not page.contexte.taches.en_cours, timeout=30_000)
    return str(page.bandeau.texte.text()).replace("\u200b", "")


def test_chaque_document_a_sa_ligne_et_son_etat(page: PageDocuments, exemple: Dossier) -> None:
    page.contexte.modifier(page.lecture().dossier, nom="Autre nom")
    page.rafraichir()
    attendus = [(g.code, og.id if og else None) for g, og in catalogue.tous(exemple)]
    lus = [page.modele.objet(r) for r in range(page.modele.rowCount())]
    assert sorted(d.cle for d in lus) == sorted(attendus, key=lambda c: (c[0], c[1] or 0))
    attendent = [ligne for ligne in lus if etat(ligne) == (EN_COURS, "neutre")]
    assert len(attendent) > len(lus) - 4 and page.choisi not in attendent, "the name is in all of them"
    assert page.entete.phrase.text().endswith(EN_COURS)
    page.contexte.fil.finir()
    for ligne in page.modele.objets:
        assert etat(ligne)[1] == ("warn" if ligne.manques else "ok")
    assert EN_COURS not in page.entete.phrase.text()
    assert "à compléter" in page.entete.phrase.text()


def test_chaque_manque_mene_ou_il_se_remplit(page: PageDocuments, qtbot: Any) -> None:
    choisir(page, "convention")
    lignes = page.panneau.manques.lignes
    assert page.choisi is not None and len(page.choisi.manques) > len(lignes) == 3
    page.panneau.manques.suite.click()
    assert len(page.panneau.manques.lignes) == len(page.choisi.manques)
    dpo = next(x for x in page.panneau.manques.lignes if "DPO" in x.texte.text())
    with qtbot.waitSignal(page.demande_page) as recu:
        dpo.bouton.click()
    assert recu.args[0].page is Page.GRAPPE


def test_un_texte_reecrit_s_imprime_se_garde_et_s_annule(
    page: PageDocuments, porte: Porte, exemple: Dossier, qtbot: Any
) -> None:
    choisir(page, CODE)
    page.modifier()
    editeur = page.editeur
    assert editeur.isVisible() and not page.liste.isVisible()
    section = editeur.section
    assert section is not None and not editeur.b_origine.isEnabled()
    editeur.editeur.saisie.setPlainText("Notre **propre** contexte, porté par {porteur.nom}.")
    assert textes(porte, exemple) == {}
    poser(page, qtbot)
    qtbot.waitUntil(
        lambda: "propre contexte, porté par Association du Val 1" in _apercu(page), timeout=20_000
    )
    editeur.fermer()
    assert textes(porte, exemple) == {
        (CODE, section.code): "Notre **propre** contexte, porté par {porteur.nom}."
    }
    poser(page, qtbot)
    assert page.liste.isVisible()
    assert page.choisi is not None and page.choisi.reecrites == 1
    assert "modifié" in page.panneau.texte.text()
    assert page.contexte.annuler() is not None
    assert textes(porte, exemple) == {}


def _apercu(page: PageDocuments) -> str:
    """The words of the page on show."""
    rendus = list(page.editeur.apercu._rendus.values())
    with pypdfium2.PdfDocument(rendus[-1][0]) as lu:
        return " ".join(p.get_textpage().get_text_bounded() for p in lu).replace("\r\n", " ")


def test_revenir_au_texte_d_origine_retire_la_ligne_et_s_annule(
    page: PageDocuments, porte: Porte, exemple: Dossier, qtbot: Any
) -> None:
    premiere = modeles.sections(CODE)[0]
    porte.ajouter(
        TexteDocument(dossier_id=exemple.id, document=CODE, section=premiere.code, texte="À nous."),
        libelle="Texte",
    )
    poser(page, qtbot)
    choisir(page, CODE)
    page.modifier()
    editeur = page.editeur
    assert editeur.editeur.texte() == "À nous."
    editeur.b_origine.click()
    assert editeur.editeur.texte() == premiere.defaut
    assert textes(porte, exemple) == {}
    assert "texte d’origine" in message(page, qtbot)
    page.contexte.annuler()
    poser(page, qtbot)
    assert textes(porte, exemple) == {(CODE, premiere.code): "À nous."}
    qtbot.waitUntil(lambda: editeur.editeur.texte() == "À nous.")
    # Typing the first text again is going back to it.
    editeur.editeur.saisie.setPlainText(premiere.defaut)
    assert editeur.enregistrer()
    assert textes(porte, exemple) == {}


def test_changer_de_section_garde_ce_qui_est_tape(
    page: PageDocuments, porte: Porte, exemple: Dossier, qtbot: Any
) -> None:
    choisir(page, CODE)
    page.modifier()
    editeur = page.editeur
    editeur.editeur.saisie.setPlainText("Premier.")
    editeur.choisir_section(modeles.sections(CODE)[1].code)
    assert textes(porte, exemple) == {(CODE, modeles.sections(CODE)[0].code): "Premier."}
    assert editeur.editeur.texte() == modeles.sections(CODE)[1].defaut
    poser(page, qtbot)
    assert editeur.modele.index(0, 1).data() == "Modifié"


def test_le_texte_se_garde_quand_le_curseur_le_quitte(
    page: PageDocuments, porte: Porte, exemple: Dossier, fenetre: Fenetre, qtbot: Any
) -> None:
    fenetre.activateWindow()
    choisir(page, CODE)
    page.modifier()
    poser(page, qtbot)
    saisie = page.editeur.editeur.saisie
    saisie.setFocus()
    poser(page, qtbot)
    assert fenetre.focusWidget() is saisie
    saisie.setPlainText("Tapé puis quitté.")
    page.editeur.liste.setFocus()
    poser(page, qtbot)
    assert list(textes(porte, exemple).values()) == ["Tapé puis quitté."]


def test_une_ecriture_refusee_laisse_le_texte_a_l_ecran(
    page: PageDocuments, porte: Porte, exemple: Dossier
) -> None:
    choisir(page, CODE)
    page.modifier()
    page.editeur.editeur.saisie.setPlainText("Un caractère illisible\x00ici.")
    page.editeur.fermer()
    if textes(porte, exemple):
        pytest.fail("the unreadable text was written")
    assert page.editeur.isVisible()
    assert page.editeur.editeur.texte().startswith("Un caractère")
    page.editeur.revenir()


def test_un_champ_inconnu_et_un_manque_se_disent(page: PageDocuments, qtbot: Any) -> None:
    choisir(page, CODE)
    page.modifier()
    editeur = page.editeur
    editeur.editeur.saisie.setPlainText("{porteur.nomm} et {porteur.dpo}")
    assert "{porteur.nomm}" in editeur.inconnus.text()
    assert "DPO" in editeur.manques.text() and "nomm" not in editeur.manques.text()
    editeur.editeur.saisie.setPlainText("")
    assert "vide" in editeur.manques.text()
    editeur.revenir()


def test_la_barre_d_outils(page: PageDocuments) -> None:
    choisir(page, CODE)
    page.modifier()
    e = page.editeur.editeur
    e.saisie.setPlainText("un mot")
    e.saisie.selectAll()
    e.gras.click()
    assert e.texte() == "**un mot**"
    e.gras.click()
    assert e.texte() == "un mot"
    e.italique.click()
    assert e.texte() == "*un mot*"
    e.saisie.setPlainText("un\ndeux")
    e.saisie.selectAll()
    e.liste.click()
    assert e.texte() == "- un\n- deux"
    e.liste.click()
    assert e.texte() == "un\ndeux"
    actions = [
        a
        for m in (e.inserer.menu(), *(x.menu() for x in e.inserer.menu().actions() if x.menu()))
        for a in m.actions()
    ]
    nommees = {a.data(): a for a in actions if a.data()}
    assert set(nommees) == {n for n, _ in modeles.champs_disponibles()}
    e.saisie.setPlainText("")
    nommees["porteur.nom"].trigger()
    assert e.texte() == "{porteur.nom}"
    page.editeur.revenir()


def test_les_trois_fichiers_se_lisent(page: PageDocuments, tmp_path: Path, qtbot: Any) -> None:
    choisir(page, "plan-financement")
    assert not page.panneau.b_excel.isHidden()
    for nom, ecrire in (
        ("plan.pdf", page.enregistrer_pdf_vers),
        ("plan.docx", page.enregistrer_word_vers),
        ("plan.xlsx", page.enregistrer_excel_vers),
    ):
        page.bandeau.fermer()
        ecrire(tmp_path / nom)
        assert nom in message(page, qtbot)
    with pypdfium2.PdfDocument(tmp_path / "plan.pdf") as lu:
        assert len(lu) >= 1
    assert "word/document.xml" in zipfile.ZipFile(tmp_path / "plan.docx").namelist()
    assert "xl/workbook.xml" in zipfile.ZipFile(tmp_path / "plan.xlsx").namelist()
    page.bandeau.fermer()
    page.enregistrer_word_vers(tmp_path / "absent" / "plan.docx")
    assert "n’a pas pu être écrit" in message(page, qtbot)


def test_ctrl_p_montre_l_apercu_avant_d_imprimer(page: PageDocuments, fenetre: Fenetre, qtbot: Any) -> None:
    fenetre.activateWindow()
    choisir(page, CODE)
    poser(page, qtbot)
    QTest.keyClick(fenetre, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.findChild(DialogueImpression) is not None, timeout=20_000)
    dialogue = page.findChild(DialogueImpression)
    assert dialogue.apercu.nombre_pages >= 2
    dialogue.reject()


def test_un_document_sans_texte_le_dit(page: PageDocuments) -> None:
    choisir(page, "fiche-recevabilite")
    assert page.panneau.b_modifier.isHidden()
    page.modifier()
    assert "pas de texte" in page.bandeau.texte.text()
    assert page.liste.isVisible()


def test_un_dossier_vide_a_ses_documents(fenetre: Fenetre, porte: Porte, qtbot: Any) -> None:
    vide = Dossier(nom="Vide", campagne_id="2022", type_projet=TypeProjet.ACQUISITION)
    porte.ajouter(vide, libelle="Créer")
    page = ouvrir(fenetre, vide)
    poser(page, qtbot)
    assert page.modele.rowCount() >= 8
    page.montrer(1)
    assert page.signatures.vide.isVisible() and not page.signatures.carte.isVisible()
    with qtbot.waitSignal(page.demande_page) as recu:
        page.signatures.vide.bouton.click()
    assert recu.args[0].page is Page.GRAPPE


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_rien_n_est_coupe_dans_l_editeur(
    fenetre: Fenetre, porte: Porte, habillee: Any, echelle: float, qtbot: Any
) -> None:
    habillee(echelle)
    page = ouvrir(fenetre, exemples.exemple_long(porte))
    choisir(page, CODE)
    page.modifier()
    page.editeur.editeur.saisie.setPlainText("{porteur.nomm} et {porteur.dpo} " * 12)
    poser(page, qtbot)
    trouves = defauts(fenetre)
    page.editeur.revenir()
    assert trouves == []


def test_les_annexes_de_la_note_se_choisissent_et_s_annulent(
    page: PageDocuments, exemple: Dossier, qtbot: Any
) -> None:
    choisir(page, CODE)
    cases = page.panneau.annexes
    assert all(not c.isHidden() and not c.isChecked() for c in cases.values())
    for case in cases.values():
        case.click()
        poser(page, qtbot)
    assert page.arbre is not None
    titres = [b.texte for b in page.arbre.blocs if isinstance(b, Titre)]
    assert [t for t in titres if t.startswith("Annexe")] == [
        "Annexe 1. Cibles d’usage",
        "Annexe 2. Carte des risques de la grappe",
    ]
    page.contexte.annuler()
    poser(page, qtbot)
    assert [c.isChecked() for c in cases.values()] == [True, False]
    choisir(page, "convention")
    poser(page, qtbot)
    assert all(c.isHidden() for c in cases.values())
