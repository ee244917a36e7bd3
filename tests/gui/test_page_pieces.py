"""The Pièces page: attach, refuse, assign, draw, export, remove."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage, QKeySequence
from PySide6.QtWidgets import QApplication

from esms_desktop.documents.arbre.arbre import Document, Paragraphe
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.depot.difficiles import image
from tests.depot.fabrique_images import HEIC_TOURNEE
from tests.depot.test_portefeuille import DEUX, portefeuille_de
from tests.gui.conftest import JOUR
from tests.gui.marcheur import defauts
from ui.fenetre import Fenetre
from ui.pages.pieces.modele import og_probable
from ui.pages.pieces.mot_de_passe import DialogueMotDePasse
from ui.pages.pieces.page import PagePieces
from ui.widgets.impression import DialogueImpression


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


def fini(qtbot: Any, page: PagePieces) -> str:
    """Waits for the message of a gesture, and gives it."""
    qtbot.waitUntil(lambda: not page.bandeau.isHidden() and not page.contexte.taches.en_cours, timeout=60_000)
    return str(page.bandeau.texte.text()).replace("\u200b", "")


def joints(porte: Porte, dossier: Dossier, numero: int) -> list[str]:
    """Names of the files a piece holds, read again."""
    relu = porte.dossier_par_id(dossier.id)
    assert relu is not None
    return [f.nom for f in relu.fichiers_de(numero)]


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
    relu = porte.dossier_par_id(exemple.id)
    assert relu is not None
    assert [f.og_id for f in relu.fichiers_de(10)] == [None, ids[1]]
    page.tableau.choisir_numero(10)
    page.panneau.liste.choisir(0)
    assert not page.panneau.organisme.isHidden()
    page.panneau.organisme.liste.setCurrentIndex(3)
    assert page.panneau.organisme.valider()
    relu = porte.dossier_par_id(exemple.id)
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
    relu = porte.dossier_par_id(exemple.id)
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
