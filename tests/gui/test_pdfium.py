"""The one door to pypdfium2: pages as images, several PDFs as one, nothing open at the exit."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from esms_desktop.documents.arbre.arbre import Document, Paragraphe, SautPage
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.errors import ErreurEsms
from ui.pdfium import Pdf, reunir

JOUR = date(2023, 6, 1)
RACINE = Path(__file__).resolve().parents[2]
SORTIE = """
import sys, tempfile
# Python then ends its finalizers after pdfium is gone, as it does in the application.
dossier = tempfile.TemporaryDirectory()
from PySide6.QtWidgets import QApplication
from ui.widgets.apercu import Apercu
app = QApplication([])
apercu = Apercu()
apercu.montrer_pdf(open(sys.argv[1], "rb").read())
apercu.show()
app.processEvents()
assert apercu.nombre_pages == 2
sys.garde = apercu
"""


@pytest.fixture(scope="module")
def octets() -> bytes:
    blocs = (Paragraphe("Un"), SautPage(), Paragraphe("Deux"))
    return rendre(Document("essai", "Essai", "", "Essai", "Essai", blocs), JOUR).octets


def test_une_page_en_image(qapp: Any, octets: bytes) -> None:
    pdf = Pdf(octets)
    assert len(pdf) == 2
    largeur, hauteur = pdf.taille(1)
    image = pdf.image(1, 2.0)
    assert abs(image.width() - 2 * largeur) <= 1 and abs(image.height() - 2 * hauteur) <= 1
    pdf.fermer()
    pdf.fermer()


def test_plusieurs_pdf_en_un(octets: bytes) -> None:
    tout = Pdf(reunir([octets, octets, octets]))
    assert len(tout) == 6
    tout.fermer()


@pytest.mark.parametrize("abime", [b"", b"%PDF-1.7\nrien", b"PK\x03\x04"])
def test_un_pdf_illisible_se_dit(octets: bytes, abime: bytes) -> None:
    with pytest.raises(ErreurEsms, match="affiché"):
        Pdf(abime)
    with pytest.raises(ErreurEsms, match="affiché"):
        reunir([octets, abime])


def test_quitter_avec_un_apercu_ouvert_n_ecrit_rien(octets: bytes, tmp_path: Path) -> None:
    chemin = tmp_path / "essai.pdf"
    chemin.write_bytes(octets)
    fini = subprocess.run(
        [sys.executable, "-c", SORTIE, str(chemin)],
        capture_output=True,
        text=True,
        cwd=RACINE,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "QT_LOGGING_RULES": "*.warning=false"},
        timeout=60,
        check=False,
    )
    assert (fini.returncode, fini.stdout, fini.stderr) == (0, "", "")
