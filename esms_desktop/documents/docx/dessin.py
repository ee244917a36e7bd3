"""A drawing of the printed page in our Word files: as pictures, with words for those who do not see them."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from docx.document import Document as Fichier
from docx.oxml.shape import CT_Inline
from docx.shared import Pt

from esms_desktop.documents.docx.texte_office import propre
from esms_desktop.documents.docx.xml import el, paragraphe
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.morceaux import BlocPdf
from esms_desktop.documents.pdf.pdfium import VERROU
from esms_desktop.documents.pdf.polices import NORMAL

# Sharp once printed: 220 dots an inch.
_FINESSE = 220 / 72
# What a page holds beside a picture: the heading and the words before it.
HAUTEUR_MAX = s.HAUTEUR * 0.82

# A picture: PNG, then its width and height in points.
Image = tuple[bytes, float, float]


def dessiner(blocs: Sequence[BlocPdf]) -> Image:
    """Drawings one under the other as one picture."""
    import pypdfium2
    from reportlab.pdfgen.canvas import Canvas

    large, haut = max(float(b.width) for b in blocs), sum(float(b.height) for b in blocs)
    tampon = io.BytesIO()
    reglages: dict[str, Any] = {"invariant": 1, "initialFontName": NORMAL}
    toile = Canvas(tampon, pagesize=(large, haut), **reglages)
    y = haut
    for bloc in blocs:
        y -= float(bloc.height)
        bloc.drawOn(toile, 0, y)
    toile.save()
    with VERROU, pypdfium2.PdfDocument(tampon.getvalue()) as pdf:
        image = pdf[0].render(scale=_FINESSE).to_pil().convert("P", palette=1, colors=128)
    sortie = io.BytesIO()
    image.save(sortie, "PNG", optimize=True)
    return sortie.getvalue(), large, haut


def poser(
    images: Sequence[Image], fichier: Fichier, premier: int, nom: str, description: str
) -> Iterator[Any]:
    """The pictures, one paragraph each; `premier`: a number no other picture has."""
    for rang, (png, large, haut) in enumerate(images, premier):
        relation, _ = fichier.part.get_or_add_image(io.BytesIO(png))
        inline = CT_Inline.new_pic_inline(rang, relation, f"{nom}-{rang}.png", Pt(large), Pt(haut))
        # Left out, they are not nought for every program: the picture would stand beyond the margin.
        for cote in ("distT", "distB", "distL", "distR"):
            inline.set(cote, "0")
        inline.docPr.set("descr", propre(description))
        dessin = el("drawing")
        dessin.append(inline)
        yield paragraphe("", el("r", dessin))
