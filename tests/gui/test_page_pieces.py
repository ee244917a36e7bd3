"""The Pièces page: attach, refuse, assign, draw, export, remove."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from esms_desktop.documents.arbre.arbre import Document, Paragraphe
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Dossier
from esms_desktop.regles.constats import Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.depot.difficiles import image
from tests.depot.fabrique_images import HEIC_TOURNEE
from tests.depot.test_portefeuille import DEUX, portefeuille_de
from tests.gui.conftest import JOUR
from ui.fenetre import Fenetre
from ui.pages.pieces.modele import og_probable
from ui.pages.pieces.page import PagePieces

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


def etat(page: PagePieces, numero: int) -> str:
    """Words of the badge of a piece."""
    return str(page.tableau.modele.index(numero - 1, 2).data())


def test_les_quatorze_pieces_et_leur_etat(page: PagePieces, exemple: Dossier) -> None:
    page.contexte.examens.complet(exemple.id)
    page.montrer_examen(page.examen())
    assert page.tableau.modele.rowCount() == 14
    # Its documents have gaps: nothing is ready.
    assert [etat(page, n) for n in (1, 3, 4, 9, 11, 13)] == [
        "À compléter",
        "À compléter",
        "À compléter",
        "Manque",
        "À préciser",
        "Non jointe",
    ]
    assert "prête" not in page.entete.phrase.text()
    assert "valeurs à saisir" in page.tableau.modele.index(0, 3).data()


def test_l_etat_d_une_piece_attend_la_lecture_de_son_document(page: PagePieces, exemple: Dossier) -> None:
    page.montrer_examen(None)
    assert [etat(page, n) for n in (1, 3, 9)] == ["Mise à jour…", "Mise à jour…", "Manque"]
    assert page.entete.phrase.text().endswith("mise à jour…")
    page.contexte.examens.complet(exemple.id)
    page.montrer_examen(page.examen())
    assert etat(page, 1) == "À compléter" and page.panneau.badge.texte == "À compléter"


def test_un_fichier_glisse_sur_une_ligne_y_est_joint(
    page: PagePieces, porte: Porte, exemple: Dossier, pdf: Path, qtbot: Any
) -> None:
    donnees = QMimeData()
    donnees.setUrls([QUrl.fromLocalFile(str(pdf))])
    tableau = page.tableau
    tableau.choisir_numero(9)
    zone = tableau.visualRect(tableau.currentIndex())
    depot = QDropEvent(
        zone.center(),
        Qt.DropAction.CopyAction,
        donnees,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tableau.dropEvent(depot)
    assert "joint à la pièce 9" in fini(qtbot, page)
    assert joints(porte, exemple, 9) == ["rib du porteur.pdf"]
    qtbot.waitUntil(lambda: etat(page, 9) == "Jointe")
    assert page.panneau.apercu.nombre_pages == 1
    page.contexte.annuler()
    assert joints(porte, exemple, 9) == []
    qtbot.waitUntil(lambda: etat(page, 9) == "Manque")


def test_a_cote_des_lignes_rien_n_est_joint(page: PagePieces, pdf: Path, qtbot: Any) -> None:
    donnees = QMimeData()
    donnees.setUrls([QUrl.fromLocalFile(str(pdf))])
    depot = QDropEvent(
        QPoint(-5, -5),
        Qt.DropAction.CopyAction,
        donnees,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.assertNotEmitted(page.tableau.fichiers_deposes):
        page.tableau.dropEvent(depot)


@pytest.mark.parametrize(
    ("nom", "octets", "mot"),
    [
        ("menteur.pdf", b"PK\x03\x04 rien d'un PDF", "menteur.pdf"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0", "photo.jpeg\u00a0» est une image abîmée"),
        ("vide.pdf", b"", "vide"),
        ("absent.pdf", None, "n’existe pas"),
    ],
)
def test_un_fichier_refuse_se_dit_et_n_est_pas_joint(
    page: PagePieces,
    porte: Porte,
    exemple: Dossier,
    tmp_path: Path,
    qtbot: Any,
    nom: str,
    octets: bytes | None,
    mot: str,
) -> None:
    chemin = tmp_path / nom
    if octets is not None:
        chemin.write_bytes(octets)
    page.joindre(9, [chemin])
    phrase = fini(qtbot, page)
    assert mot in phrase
    assert phrase.endswith("Rien n’a été joint.")
    assert page.bandeau.property("genre") == "bad"
    assert joints(porte, exemple, 9) == []


def test_ce_qu_il_faut_savoir_nomme_son_fichier_et_reste_a_lire(
    page: PagePieces, porte: Porte, exemple: Dossier, pdf: Path, tmp_path: Path, qtbot: Any
) -> None:
    scan = tmp_path / "statuts.jpeg"
    scan.write_bytes(image("JPEG"))
    page.joindre(13, [scan, pdf])
    phrase = fini(qtbot, page)
    assert "«\u00a0statuts.jpg\u00a0» – Le téléservice n’admet pas l’extension .jpeg" in phrase
    assert page.bandeau.property("genre") == "warn"
    assert joints(porte, exemple, 13) == ["statuts.jpg", "rib du porteur.pdf"]


@pytest.mark.parametrize(
    ("nom", "octets", "pages"),
    [
        ("telephone.heic", HEIC_TOURNEE, 1),
        ("fax.tif", image("TIFF", save_all=True, append_images=[Image.new("1", (9, 9))]), 2),
        ("envoi.pdf", portefeuille_de(DEUX), 3),
    ],
)
def test_l_apercu_montre_les_pages_du_dossier(
    page: PagePieces, tmp_path: Path, qtbot: Any, nom: str, octets: bytes, pages: int
) -> None:
    """Not those of the file, which are not there or only say to open it with another program."""
    (tmp_path / nom).write_bytes(octets)
    page.joindre(13, [tmp_path / nom])
    assert f"«\u00a0{nom}\u00a0» est joint" in fini(qtbot, page)
    qtbot.waitUntil(lambda: page.panneau.apercu.nombre_pages == pages, timeout=20_000)
    element = page.panneau.element
    assert element is not None and element.titre == nom and page.panneau.b_imprimer.isVisibleTo(page)
    imprimees = page.panneau.pages_du_dossier(element)
    assert imprimees is not None
    with pypdfium2.PdfDocument(imprimees) as lu:
        assert len(lu) == pages


def test_un_refus_n_empeche_pas_les_autres_et_un_seul_geste_suffit(
    page: PagePieces, porte: Porte, exemple: Dossier, pdf: Path, tmp_path: Path, qtbot: Any
) -> None:
    mauvais = tmp_path / "note.txt"
    mauvais.write_text("bonjour")
    autre = tmp_path / "second.pdf"
    autre.write_bytes(pdf.read_bytes())
    page.joindre(13, [pdf, mauvais, autre])
    phrase = fini(qtbot, page)
    assert "2\u00a0fichiers sont joints" in phrase
    assert "note.txt" in phrase
    assert len(joints(porte, exemple, 13)) == 2
    page.contexte.annuler()
    assert joints(porte, exemple, 13) == []


def test_retirer_puis_annuler_rend_le_fichier(
    page: PagePieces, porte: Porte, exemple: Dossier, pdf: Path, qtbot: Any
) -> None:
    page.joindre(9, [pdf])
    fini(qtbot, page)
    element = page.panneau.element
    assert element is not None
    qtbot.mouseClick(page.panneau.b_retirer, Qt.MouseButton.LeftButton)
    assert joints(porte, exemple, 9) == []
    qtbot.waitUntil(lambda: etat(page, 9) == "Manque")
    assert page.bandeau._action is not None
    qtbot.mouseClick(page.bandeau._action, Qt.MouseButton.LeftButton)
    assert joints(porte, exemple, 9) == ["rib du porteur.pdf"]
    qtbot.waitUntil(lambda: etat(page, 9) == "Jointe")


def test_l_organisme_se_devine_ou_se_choisit(
    page: PagePieces, porte: Porte, exemple: Dossier, pdf: Path, tmp_path: Path, qtbot: Any
) -> None:
    ids = [og.id for og in exemple.ogs]
    nomme = tmp_path / "AV2 - autodiagnostic.pdf"
    nomme.write_bytes(pdf.read_bytes())
    page.joindre(10, [pdf, nomme])
    fini(qtbot, page)
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None
    assert [f.og_id for f in relu.fichiers_de(10)] == [None, ids[1]]
    page.tableau.choisir_numero(10)
    page.panneau.liste.choisir(0)
    assert not page.panneau.organisme.isHidden()
    page.panneau.organisme.liste.setCurrentIndex(3)
    assert page.panneau.organisme.valider()
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None
    assert [f.og_id for f in relu.fichiers_de(10)] == [ids[2], ids[1]]


@pytest.mark.parametrize(
    ("nom", "rang"),
    [
        ("AV1.pdf", 0),
        ("lettre_av3_signee.pdf", 2),
        ("Association du Val 2.pdf", 1),
        ("av1 et av2.pdf", None),
        ("lettre.pdf", None),
        ("AV12.pdf", None),
    ],
)
def test_un_nom_de_fichier_designe_un_organisme_ou_aucun(
    exemple: Dossier, nom: str, rang: int | None
) -> None:
    assert og_probable(nom, exemple) is (None if rang is None else exemple.ogs[rang])
