"""A Gantt in our Word files: the drawing of the printed page as pictures, with words for those who do not see them."""

import io
from collections.abc import Iterator
from typing import Any

from docx.document import Document as Fichier
from docx.oxml.shape import CT_Inline
from docx.shared import Pt

from esms_desktop import francais
from esms_desktop.documents import gantt_figure
from esms_desktop.documents import style_pdf as s
from esms_desktop.documents.arbre_gantt import Gantt
from esms_desktop.documents.docx_xml import el, paragraphe
from esms_desktop.documents.pdfium import VERROU
from esms_desktop.documents.polices import NORMAL, Nettoyeur

# Sharp once printed: 220 dots an inch.
_FINESSE = 220 / 72
# What a page holds beside a picture: the heading and the words before it.
_HAUTEUR_MAX = s.HAUTEUR * 0.82


def gantt(bloc: Gantt, fichier: Fichier, premier: int) -> Iterator[Any]:
    """The drawing as one paragraph per picture, each at most a page high; `premier`: a number no other picture has."""
    for rang, (png, large, haut) in enumerate(images(bloc)):
        relation, _ = fichier.part.get_or_add_image(io.BytesIO(png))
        inline = CT_Inline.new_pic_inline(
            premier + rang, relation, f"gantt-{premier + rang}.png", Pt(large), Pt(haut)
        )
        inline.docPr.set("descr", _description(bloc))
        dessin = el("drawing")
        dessin.append(inline)
        yield paragraphe("", el("r", dessin))


def images(bloc: Gantt) -> list[tuple[bytes, float, float]]:
    """The drawing as PNG files with their width and height in points, cut between two lines when it is long."""
    import pypdfium2
    from reportlab.pdfgen.canvas import Canvas

    entier = gantt_figure.composer(bloc, Nettoyeur(arabe=True))
    morceaux = [entier]
    while morceaux[-1].height > _HAUTEUR_MAX and (coupes := morceaux[-1].split(s.LARGEUR, _HAUTEUR_MAX)):
        morceaux[-1:] = [m for m in coupes if isinstance(m, gantt_figure.GanttPdf)]
    resultat = []
    for morceau in morceaux:
        tampon = io.BytesIO()
        reglages: dict[str, Any] = {"invariant": 1, "initialFontName": NORMAL}
        toile = Canvas(tampon, pagesize=(morceau.width, morceau.height), **reglages)
        morceau.drawOn(toile, 0, 0)
        toile.save()
        with VERROU, pypdfium2.PdfDocument(tampon.getvalue()) as pdf:
            image = pdf[0].render(scale=_FINESSE).to_pil().convert("P", palette=1, colors=128)
        sortie = io.BytesIO()
        image.save(sortie, "PNG", optimize=True)
        resultat.append((sortie.getvalue(), float(morceau.width), float(morceau.height)))
    return resultat


def _description(bloc: Gantt) -> str:
    dates = [x for x in bloc.lignes if x.debut is not None]
    jalons = sum(x.genre == "jalon" for x in dates)
    return (
        f"Diagramme de Gantt du {francais.date_longue(bloc.debut)} au {francais.date_longue(bloc.fin)} : "
        f"{francais.pluriel(len(dates) - jalons, 'tâche')} et {francais.pluriel(jalons, 'jalon')}. "
        "Le tableau qui l’accompagne donne les mêmes dates."
    )
