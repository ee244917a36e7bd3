"""The page Pièces: what is looked at, printed, asked a password, reached by the keyboard."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage, QKeySequence
from PySide6.QtWidgets import QApplication

from esms_desktop.documents.arbre.arbre import Document, Paragraphe
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.gui.conftest import JOUR
from tests.gui.marcheur import defauts
from ui.fenetre import Fenetre
from ui.pages.pieces.mot_de_passe import DialogueMotDePasse
from ui.pages.pieces.page import PagePieces
from ui.widgets.impression import DialogueImpression

from .outils_pieces import fini, joints


@pytest.fixture
def page(pdf: Path, fenetre: Fenetre, exemple: Dossier) -> PagePieces:
    """The page of the sample dossier, in the window. The PDF is made before: its preview draws in a thread of its own."""
    fenetre.ouvrir_dossier(exemple.id, Page.PIECES)
    assert fenetre.dossier is not None
    montree = fenetre.dossier.montrer(Page.PIECES)
    assert isinstance(montree, PagePieces)
    return montree


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A real PDF of one page."""
    chemin = tmp_path / "rib du porteur.pdf"
    document = Document("rib", "RIB", "", "essai", "essai", (Paragraphe("FR76 0000"),))
    chemin.write_bytes(rendre(document, JOUR).octets)
    return chemin


def test_les_apercus(page: PagePieces, tmp_path: Path, qtbot: Any) -> None:
    apercu = page.panneau.apercu
    page.tableau.choisir_numero(1)
    qtbot.waitUntil(lambda: apercu.nombre_pages > 1, timeout=60_000)
    assert (apercu.page, apercu.precedente.isEnabled()) == (1, False)
    largeur = apercu.pages.image.width()
    assert largeur <= apercu.pages.width()
    apercu.suivante.click()
    assert apercu.page == 2
    apercu.plus.click()
    assert apercu.pages.image.width() > largeur
    apercu.ajuster.click()
    assert apercu.pages.image.width() == largeur
    apercu.tourner(10_000)
    assert apercu.page == apercu.nombre_pages
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#0b5a6f"))
    chemin = tmp_path / "logo.png"
    assert image.save(str(chemin))
    page.joindre(13, [chemin])
    fini(qtbot, page)
    assert apercu.nombre_pages == 1
    apercu.montrer_pdf(b"%PDF-1.7 rien")
    assert apercu.nombre_pages == 0
    assert "ne peut pas être affiché" in apercu.message.text()


def test_un_fichier_joint_s_exporte_octet_par_octet(
    page: PagePieces, pdf: Path, tmp_path: Path, qtbot: Any
) -> None:
    page.joindre(9, [pdf])
    fini(qtbot, page)
    page.bandeau.fermer()
    element = page.panneau.element
    assert element is not None
    page.exporter_vers(element, tmp_path / "copie.pdf")
    assert "copie.pdf" in fini(qtbot, page)
    assert (tmp_path / "copie.pdf").read_bytes() == pdf.read_bytes()


@pytest.mark.parametrize(("numero", "code"), [(3, "convention"), (4, "lettre-engagement")])
def test_une_piece_a_signer_mene_au_circuit(
    page: PagePieces, exemple: Dossier, qtbot: Any, numero: int, code: str
) -> None:
    page.tableau.choisir_numero(numero)
    assert not page.panneau.b_signer.isHidden()
    with qtbot.waitSignal(page.demande_page) as recu:
        page.panneau.b_signer.click()
    assert recu.args[0] == Cible(Page.DOCUMENTS, "document", exemple.ogs[0].id, code)


def apercu(page: PagePieces, qtbot: Any) -> DialogueImpression:
    """The preview of what is about to be printed."""
    qtbot.waitUntil(lambda: page.findChild(DialogueImpression) is not None, timeout=30_000)
    trouve = page.findChild(DialogueImpression)
    assert isinstance(trouve, DialogueImpression)
    return trouve


def test_l_impression_passe_par_l_apercu(page: PagePieces, pdf: Path, qtbot: Any) -> None:
    page.tableau.choisir_numero(1)
    page.panneau.b_imprimer.click()
    genere = apercu(page, qtbot)
    assert genere.apercu.nombre_pages >= 2
    genere.reject()
    genere.setParent(None)
    page.joindre(9, [pdf])
    fini(qtbot, page)
    page.panneau.b_imprimer.click()
    joint = apercu(page, qtbot)
    assert joint.apercu.nombre_pages == 1
    joint.reject()


@pytest.mark.parametrize("numero", [1, 2, 5, 6, 7, 8])
def test_les_pieces_generees_se_voient(page: PagePieces, qtbot: Any, numero: int) -> None:
    page.tableau.choisir_numero(numero)
    assert page.panneau.element is not None and page.panneau.element.genere
    qtbot.waitUntil(lambda: page.panneau.apercu.nombre_pages >= 1, timeout=30_000)


@pytest.fixture
def protege(tmp_path: Path, pdf: Path) -> Path:
    """A PDF that opens with the password « sésame » only."""
    import pikepdf

    chemin = tmp_path / "protégé.pdf"
    with pikepdf.open(pdf) as lu:
        lu.save(chemin, encryption=pikepdf.Encryption(user="sésame", owner="maître"))
    return chemin


def repondre(*mots: str | None) -> list[DialogueMotDePasse]:
    """Answers the passwords asked, one after the other; None gives up."""
    vus: list[DialogueMotDePasse] = []

    def regarder() -> None:
        dialogue = next(
            (
                w
                for w in QApplication.topLevelWidgets()
                if isinstance(w, DialogueMotDePasse) and w.isVisible() and w not in vus
            ),
            None,
        )
        if dialogue is None:
            QTimer.singleShot(20, regarder)
            return
        mot = mots[len(vus)]
        vus.append(dialogue)
        dits.append(dialogue.erreur.text())
        coupes.extend(defauts(dialogue))
        if mot is None:
            dialogue.reject()
        else:
            dialogue.saisie.setText(mot)
            dialogue.accept()
        if len(vus) < len(mots):
            QTimer.singleShot(20, regarder)

    dits: list[str] = []
    coupes: list[str] = []
    QTimer.singleShot(20, regarder)
    repondre.dits, repondre.coupes = dits, coupes  # type: ignore[attr-defined]
    return vus


def test_un_pdf_protege_demande_son_mot_de_passe(
    page: PagePieces, porte: Porte, exemple: Dossier, protege: Path, pdf: Path, qtbot: Any
) -> None:
    vus = repondre("faux", "sésame")
    page.joindre(9, [protege, pdf])
    dit = fini(qtbot, page)
    assert len(vus) == 2
    assert repondre.dits == ["", "Ce n’est pas le bon mot de passe."]  # type: ignore[attr-defined]
    assert repondre.coupes == []  # type: ignore[attr-defined]
    assert "copie sans mot de passe" in dit
    assert sorted(joints(porte, exemple, 9)) == ["protégé.pdf", "rib du porteur.pdf"]
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None
    for fichier in relu.fichiers_de(9):
        with pypdfium2.PdfDocument(porte.contenu(fichier.sha256)) as lu:
            assert len(lu) == 1


def test_un_mot_de_passe_refuse_ne_joint_que_les_autres(
    page: PagePieces, porte: Porte, exemple: Dossier, protege: Path, pdf: Path, qtbot: Any
) -> None:
    repondre(None)
    page.joindre(9, [protege, pdf])
    assert "protégé.pdf" in fini(qtbot, page)
    assert joints(porte, exemple, 9) == ["rib du porteur.pdf"]


def test_le_clavier_et_les_noms(page: PagePieces) -> None:
    assert page.tableau.accessibleName()
    assert page.panneau.liste.accessibleName()
    boutons = {b.shortcut().toString() for b in page.entete.findChildren(type(page.panneau.b_signer))}
    assert QKeySequence("Ctrl+J").toString() in boutons
    page.aller_a(Cible(Page.PIECES, "piece", 12))
    assert page.tableau.numero() == 12
    assert page.window().focusWidget() is page.tableau


def test_un_dossier_vide_montre_les_pieces_sans_document(fenetre: Fenetre, porte: Porte) -> None:
    vide = Dossier(nom="Vide", campagne_id="2022", type_projet=TypeProjet.ACQUISITION)
    porte.ajouter(vide, libelle="Créer")
    fenetre.ouvrir_dossier(vide.id, Page.PIECES)
    assert fenetre.dossier is not None
    page = fenetre.dossier.montrer(Page.PIECES)
    assert isinstance(page, PagePieces)
    page.tableau.choisir_numero(4)
    assert page.panneau.element is None
    assert page.panneau.b_signer.isHidden()
    assert page.panneau.apercu.message.text()
