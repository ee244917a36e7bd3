"""Printing through a preview: what leaves, on a printer or in one PDF, and what is said of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from esms_desktop.documents.arbre.arbre import Document, Paragraphe, SautPage
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.errors import Interruption
from esms_desktop.progress import SansProgress
from tests.gui.marcheur import defauts
from ui.contexte import Contexte
from ui.widgets.impression import DialogueImpression, Feuillet, apercevoir, imprimer_sur

JOUR = date(2023, 6, 1)


def arbre(titre: str, pages: int) -> Document:
    blocs: list[Any] = [Paragraphe(f"{titre}, page 1")]
    for rang in range(2, pages + 1):
        blocs += [SautPage(), Paragraphe(f"{titre}, page {rang}")]
    return Document("essai", titre, "", "Essai", "Essai", tuple(blocs))


@pytest.fixture
def feuillets() -> list[Feuillet]:
    return [
        Feuillet(titre, rendre(arbre(titre, pages), JOUR).octets)
        for titre, pages in (("Convention", 3), ("Lettre", 1))
    ]


def imprimante(chemin: Path) -> QPrinter:
    p = QPrinter(QPrinter.PrinterMode.HighResolution)
    p.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    p.setOutputFileName(str(chemin))
    return p


def pages(chemin: Path) -> int:
    with pypdfium2.PdfDocument(chemin) as lu:
        return len(lu)


def test_chaque_page_part_a_200_points_par_pouce_au_moins(
    qapp: Any, feuillets: list[Feuillet], tmp_path: Path
) -> None:
    sortie = tmp_path / "imprime.pdf"
    assert imprimer_sur(imprimante(sortie), feuillets, SansProgress()) == 4
    with pypdfium2.PdfDocument(sortie) as lu:
        assert len(lu) == 4
        for page in lu:
            largeur, hauteur = page.get_size()
            assert (round(largeur), round(hauteur)) == (595, 842)
            image = next(iter(page.get_objects()))
            assert image.get_px_size()[0] * 72 / largeur >= 200
            # The ink is there, and within the sheet.
            trame = page.render(scale=1, grayscale=True)
            assert min(bytes(trame.buffer)) < 128


def test_recto_verso_chaque_document_prend_une_feuille_neuve(
    qapp: Any, feuillets: list[Feuillet], tmp_path: Path
) -> None:
    sortie = tmp_path / "imprime.pdf"
    assert imprimer_sur(imprimante(sortie), feuillets, SansProgress(), recto_verso=True) == 4
    assert pages(sortie) == 5


def test_une_partie_des_pages(qapp: Any, feuillets: list[Feuillet], tmp_path: Path) -> None:
    sortie = tmp_path / "imprime.pdf"
    p = imprimante(sortie)
    p.setPrintRange(QPrinter.PrintRange.PageRange)
    p.setFromTo(2, 3)
    assert imprimer_sur(p, feuillets, SansProgress()) == 2
    assert pages(sortie) == 2


def test_annuler_arrete_l_impression(qapp: Any, feuillets: list[Feuillet], tmp_path: Path) -> None:
    class Arret:
        def etape(self, fait: int, total: int, message: str) -> None:
            if fait == 2:
                raise Interruption("Arrêt.")

    with pytest.raises(Interruption):
        imprimer_sur(imprimante(tmp_path / "imprime.pdf"), feuillets, Arret())


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_l_apercu_puis_l_imprimante_puis_le_pdf(
    contexte: Contexte, habillee: Any, qtbot: Any, tmp_path: Path, echelle: float
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    habillee(echelle)
    partis: list[int] = []
    apercevoir(
        parent,
        contexte.taches,
        "Jeu de signature",
        "jeu-de-signature",
        [("Convention", arbre("Convention", 3)), ("Lettre", arbre("Lettre", 1))],
        JOUR,
        lambda e: pytest.fail(str(e)),
        lambda: partis.append(1),
    )
    qtbot.waitUntil(lambda: parent.findChild(DialogueImpression) is not None, timeout=20_000)
    dialogue = parent.findChild(DialogueImpression)
    assert dialogue.apercu.nombre_pages == 3
    assert "2\u00a0documents, 4\u00a0pages" in dialogue.resume.text()
    dialogue.choix.liste.setCurrentIndex(1)
    dialogue.choix.valider()
    assert dialogue.apercu.nombre_pages == 1
    assert defauts(dialogue) == []
    dialogue.imprimer_sur(imprimante(tmp_path / "imprime.pdf"))
    qtbot.waitUntil(lambda: partis == [1], timeout=20_000)
    assert dialogue.message.text() == "4\u00a0pages imprimées."
    dialogue.enregistrer_dans(tmp_path / "tout.pdf")
    qtbot.waitUntil(lambda: partis == [1, 1], timeout=20_000)
    assert pages(tmp_path / "tout.pdf") == 4
    dialogue.enregistrer_dans(tmp_path / "absent" / "tout.pdf")
    qtbot.waitUntil(lambda: dialogue.message.property("genre") == "bad", timeout=20_000)
    assert partis == [1, 1]
    dialogue.reject()
