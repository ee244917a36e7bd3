"""Blank pages: told page by page, never for a page that says or shows something."""

import io
from collections.abc import Callable

import img2pdf
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from esms_desktop.depot.fichiers.fichiers import verifier_fichier
from esms_desktop.depot.reunion.apparence import Vue, phrase_blanches, regarder
from tests.depot import fabrique as f
from tests.depot.difficiles import formulaire, image


def dessine(*pages: Callable[[Canvas], object]) -> bytes:
    tampon = io.BytesIO()
    toile = Canvas(tampon, invariant=1)
    for page in pages:
        page(toile)
        toile.showPage()
    toile.save()
    return tampon.getvalue()


def vierge(_: Canvas) -> None:
    """Nothing."""


def espaces(toile: Canvas) -> None:
    toile.drawString(50, 50, "   ")


def fond(toile: Canvas) -> None:
    toile.setFillGray(1)
    toile.rect(0, 0, 600, 850, stroke=0, fill=1)


def mot(toile: Canvas) -> None:
    toile.drawString(50, 50, "3")


def signature(toile: Canvas) -> None:
    toile.setLineWidth(0.7)
    toile.bezier(300, 200, 320, 260, 340, 160, 380, 220)


def test_each_kind_of_page() -> None:
    vue = regarder(dessine(vierge, mot, espaces, signature, fond, fond))
    assert (vue.pages, vue.blanches, vue.texte) == (6, (1, 3, 5, 6), "")


def scan(genre: str = "L", grain: int = 12, trait: bool = False, cadre: bool = False) -> bytes:
    """A sheet scanned at 100 ppi, with the grain of its paper."""
    page = Image.effect_noise((827, 1169), grain).point(lambda v: min(255, v + 110)).convert(genre)
    crayon = ImageDraw.Draw(page)
    if trait:
        crayon.line([(500, 900), (560, 860), (600, 930), (680, 870)], fill=60, width=3)
    if cadre:
        crayon.rectangle((0, 0, 15, 1168), fill=0)
    sortie = io.BytesIO()
    page.save(sortie, "JPEG", quality=60, dpi=(100, 100))
    return bytes(img2pdf.convert(sortie.getvalue()))


@pytest.mark.parametrize(
    ("octets", "blanche"),
    [
        (scan(), True),
        (scan(cadre=True), True),
        (scan(trait=True), False),
        (bytes(img2pdf.convert(image("PNG", (827, 1169), "1"))), True),
        (formulaire("nom"), False),
    ],
)
def test_a_scanned_page_is_blank_when_only_its_paper_shows(octets: bytes, blanche: bool) -> None:
    assert bool(regarder(octets).blanches) is blanche


@pytest.mark.parametrize(
    ("vue", "debut"),
    [
        (Vue(3, ()), ""),
        (Vue(1, (1,)), "La seule page paraît blanche : le fichier est joint tel quel"),
        (Vue(3, (1, 2, 3)), "Les 3 pages paraissent blanches : le fichier est joint tel quel"),
        (Vue(4, (2,)), "La page 2 paraît blanche : elle est gardée"),
        (Vue(9, (2, 4, 5, 6)), "4 pages paraissent blanches (2 et 4 à 6) : elles sont gardées"),
        (Vue(40, tuple(range(2, 40, 2))), "19 pages paraissent blanches (2, 4, 6, 8, 10, 12, 14, 16…)"),
    ],
)
def test_what_is_said_of_them(vue: Vue, debut: str) -> None:
    assert phrase_blanches(vue).replace("\u00a0", " ").startswith(debut)


def test_they_are_told_when_the_file_is_attached() -> None:
    dite, *_ = verifier_fichier("a.pdf", dessine(vierge, signature), f.EXTENSIONS).remarques
    assert dite.startswith("La page 1 paraît blanche")
    (dite,) = verifier_fichier("a.png", image("PNG", (90, 90), "1"), f.EXTENSIONS).remarques
    assert dite.startswith("L’image paraît blanche")


@pytest.mark.parametrize("octets", [b"", b"%PDF-1.7 rien", f.pdf("x")[:400]])
def test_what_cannot_be_drawn_is_not_judged(octets: bytes) -> None:
    assert regarder(octets) == Vue()
