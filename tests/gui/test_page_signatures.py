"""The signature circuit: printed, sent, signed, and what changed since."""

from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from esms_desktop.documents.arbre.arbre import Document, Paragraphe
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.exemples.dossier import creer_exemple
from esms_desktop.model import Dossier, Signature
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier.signatures import Etape
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.gui import exemples
from tests.gui.conftest import JOUR
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import repondre_a_la_question
from ui.fenetre import Fenetre
from ui.pages.documents.modele import etat
from ui.pages.documents.page import PageDocuments
from ui.pages.documents.signatures import PanneauSignatures
from ui.widgets.impression import DialogueImpression


def ouvrir(fenetre: Fenetre, dossier: Dossier) -> PageDocuments:
    fenetre.ouvrir_dossier(dossier.id, Page.DOCUMENTS)
    assert fenetre.dossier is not None
    page = fenetre.dossier.montrer(Page.DOCUMENTS)
    assert isinstance(page, PageDocuments)
    page.montrer(1)
    return page


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageDocuments:
    """The page of the sample dossier, on its signatures."""
    return ouvrir(fenetre, exemple)


@pytest.fixture
def complet(porte: Porte) -> Any:
    """A dossier whose documents to sign have no gap left."""
    return creer_exemple(porte)


@pytest.fixture
def prete(fenetre: Fenetre, complet: Any) -> PageDocuments:
    """The page of that dossier, on its signatures."""
    return ouvrir(fenetre, complet)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scan of one page."""
    chemin = tmp_path / "convention signée.pdf"
    document = Document("scan", "Scan", "", "essai", "essai", (Paragraphe("Lu et approuvé"),))
    chemin.write_bytes(rendre(document, JOUR).octets)
    return chemin


def poser(page: PageDocuments, qtbot: Any) -> None:
    for _ in range(3):
        qtbot.waitUntil(lambda: not page.contexte.taches.en_cours, timeout=30_000)
        for _ in range(6):
            QApplication.processEvents()


def signatures(porte: Porte, dossier: Dossier) -> list[Signature]:
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None
    return list(relu.signatures)


def imprimer(
    panneau: PanneauSignatures, sortie: Path, page: PageDocuments, qtbot: Any, og: Any = None
) -> list[str]:
    """Prints the set to a PDF through the preview, and gives the titles of what left."""
    panneau.imprimer_jeu(og)
    qtbot.waitUntil(lambda: panneau.findChild(DialogueImpression) is not None, timeout=30_000)
    dialogue = panneau.findChild(DialogueImpression)
    titres = [f.titre for f in dialogue.feuillets]
    imprimante = QPrinter()
    imprimante.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    imprimante.setOutputFileName(str(sortie))
    dialogue.imprimer_sur(imprimante)
    qtbot.waitUntil(lambda: bool(dialogue.message.text()), timeout=60_000)
    dialogue.reject()
    dialogue.setParent(None)
    poser(page, qtbot)
    return titres


def test_le_jeu_de_signature_part_partie_par_partie_et_se_date(
    prete: PageDocuments, porte: Porte, complet: Any, tmp_path: Path, qtbot: Any
) -> None:
    page, exemple = prete, complet
    panneau = page.signatures
    assert [e.etape for e in panneau.vus] == [Etape.A_GENERER] * 6
    titres = imprimer(panneau, tmp_path / "jeu.pdf", page, qtbot)
    assert [t.split(" — ") for t in titres] == [
        [nom, og.nom_court]
        for og in page.lecture().dossier.ogs
        for nom in ("Convention de regroupement", "Lettre d’engagement")
    ]
    with pypdfium2.PdfDocument(tmp_path / "jeu.pdf") as lu:
        assert len(lu) > 6
    suivies = signatures(porte, exemple)
    assert len(suivies) == 6
    for s in suivies:
        assert (s.genere_le, s.imprime_le, s.signe_le) == (JOUR, JOUR, None)
        assert len(s.empreinte) == 64 and s.donnees
    assert [e.etape for e in panneau.vus] == [Etape.IMPRIME] * 6
    # One gesture, one undo.
    page.contexte.annuler()
    assert signatures(porte, exemple) == []


def test_le_jeu_d_un_seul_organisme(prete: PageDocuments, complet: Any, tmp_path: Path, qtbot: Any) -> None:
    og = prete.lecture().dossier.ogs[1]
    titres = imprimer(prete.signatures, tmp_path / "jeu.pdf", prete, qtbot, og)
    assert [t.split(" — ")[1] for t in titres] == [og.nom_court] * 2
    assert {e.og.id for e in prete.signatures.vus if e.etape is Etape.IMPRIME} == {og.id}


def test_un_jeu_a_completer_demande_et_n_est_jamais_date(
    page: PageDocuments, porte: Porte, exemple: Dossier, tmp_path: Path, qtbot: Any
) -> None:
    dits: list[str] = []
    repondre_a_la_question(False, dits)
    page.signatures.imprimer_jeu()
    assert page.signatures.findChild(DialogueImpression) is None and signatures(porte, exemple) == []
    [dit] = dits
    assert "valeurs à saisir" in dit and dit.count("AV1 :") + dit.count("AV1\u00a0:") == 2
    repondre_a_la_question(True, dits)
    imprimer(page.signatures, tmp_path / "jeu.pdf", page, qtbot)
    assert signatures(porte, exemple) == []
    assert "ne sont pas datés" in page.bandeau.texte.text()


def test_un_aperçu_ferme_sans_imprimer_ne_date_rien(
    prete: PageDocuments, porte: Porte, complet: Any, qtbot: Any
) -> None:
    page, exemple = prete, complet
    page.signatures.b_jeu.click()
    qtbot.waitUntil(lambda: page.signatures.findChild(DialogueImpression) is not None, timeout=30_000)
    page.signatures.findChild(DialogueImpression).reject()
    assert signatures(porte, exemple) == []


def test_les_dates_se_tapent_et_s_annulent(
    page: PageDocuments, porte: Porte, exemple: Dossier, qtbot: Any
) -> None:
    panneau = page.signatures
    panneau.dates["envoye_le"].saisie.setText("12/05/2023")
    assert panneau.dates["envoye_le"].valider()
    assert [s.envoye_le for s in signatures(porte, exemple)] == [date(2023, 5, 12)]
    poser(page, qtbot)
    assert panneau.choisi is not None and panneau.choisi.etape is Etape.ENVOYE
    panneau.dates["envoye_le"].saisie.setText("pas une date")
    assert not panneau.dates["envoye_le"].valider()
    assert "Une date est attendue" in panneau.dates["envoye_le"].erreur.text()
    page.contexte.annuler()
    assert signatures(porte, exemple) == []


def test_le_scan_rejoint_sa_piece_et_date_la_signature(
    page: PageDocuments, porte: Porte, exemple: Dossier, scan: Path, qtbot: Any
) -> None:
    panneau = page.signatures
    panneau.choisir("lettre-engagement", exemple.ogs[1].id)
    panneau.joindre_scan(scan)
    qtbot.waitUntil(lambda: len(signatures(porte, exemple)) == 1, timeout=30_000)
    poser(page, qtbot)
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None
    [fichier] = relu.fichiers
    assert (fichier.numero, fichier.og_id, fichier.nom) == (4, exemple.ogs[1].id, "convention signée.pdf")
    [suivie] = relu.signatures
    assert (suivie.fichier_id, suivie.signe_le) == (fichier.id, JOUR)
    assert "convention signée.pdf" in panneau.scan.text()
    assert panneau.badge.texte == "Signé"
    with qtbot.waitSignal(page.demande_page) as recu:
        panneau.b_voir.click()
    assert recu.args[0] == Cible(Page.PIECES, "piece", 4)
    page.contexte.annuler()
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None
    assert relu.fichiers == [] and relu.signatures == []


def test_un_scan_refuse_n_est_pas_joint(
    page: PageDocuments, porte: Porte, exemple: Dossier, tmp_path: Path, qtbot: Any
) -> None:
    menteur = tmp_path / "menteur.pdf"
    menteur.write_bytes(b"PK\x03\x04 rien")
    page.signatures.joindre_scan(menteur)
    qtbot.waitUntil(lambda: not page.bandeau.isHidden(), timeout=30_000)
    assert "Rien n’a été joint" in page.bandeau.texte.text()
    assert signatures(porte, exemple) == []


def test_ce_qui_change_apres_la_signature_se_dit_puis_se_refait(
    prete: PageDocuments, porte: Porte, complet: Any, scan: Path, tmp_path: Path, qtbot: Any
) -> None:
    page, exemple = prete, complet
    avant = len(complet.fichiers)
    panneau = page.signatures
    imprimer(panneau, tmp_path / "jeu.pdf", page, qtbot)
    panneau.choisir("convention", exemple.ogs[0].id)
    panneau.joindre_scan(scan)
    qtbot.waitUntil(lambda: any(s.signe_le for s in signatures(porte, exemple)), timeout=30_000)
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None and relu.porteur is not None
    page.contexte.modifier(relu.porteur, "Changer", representant_nom="Nadia Benali")
    poser(page, qtbot)
    assert panneau.badge.texte == "Signé, à refaire"
    assert "Nadia Benali" in panneau.changements.text()
    convention = next(
        page.modele.objet(r)
        for r in range(page.modele.rowCount())
        if page.modele.objet(r).genere.code == "convention"
    )
    assert etat(convention) == ("À régénérer", "bad")
    # Printing it again starts its circuit anew; the former scan stays attached.
    imprimer(panneau, tmp_path / "jeu2.pdf", page, qtbot, relu.porteur)
    assert "repart" in page.bandeau.texte.text()
    panneau.choisir("convention", exemple.ogs[0].id)
    assert panneau.choisi is not None
    assert (panneau.choisi.etape, panneau.choisi.changements) == (Etape.IMPRIME, ())
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None and len(relu.fichiers) == avant + 1


def test_un_constat_mene_au_signataire(page: PageDocuments, exemple: Dossier) -> None:
    page.montrer(0)
    page.aller_a(Cible(Page.DOCUMENTS, "document", exemple.ogs[2].id, "lettre-engagement"))
    assert page.signatures.isVisible()
    assert page.signatures.choisi is not None
    assert (page.signatures.choisi.document, page.signatures.choisi.og.id) == (
        "lettre-engagement",
        exemple.ogs[2].id,
    )


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_rien_n_est_coupe(fenetre: Fenetre, porte: Porte, habillee: Any, echelle: float, qtbot: Any) -> None:
    habillee(echelle)
    page = ouvrir(fenetre, exemples.exemple_long(porte))
    poser(page, qtbot)
    assert defauts(fenetre) == []
