"""How long a planning of 300 tasks takes to be printed, beside the same shapes and words drawn with bare reportlab."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.gantt.options import OptionsGantt, Zoom
from esms_desktop.documents.gantt.pdf import Impression, composer
from esms_desktop.documents.pdf.polices import NORMAL, enregistrer
from tests.bench.ordonnancement import DEBUT, dossier
from tests.bench.outils import medianes_alternees

TACHES = 300


def _brut(impression: Impression) -> bytes:
    """The same pages with their names, dates, bars and links, nothing measured nor laid out."""
    mise, tampon = impression.mise, io.BytesIO()
    reglages: dict[str, Any] = {"initialFontName": NORMAL}
    toile = Canvas(tampon, pagesize=mise.page, **reglages)
    for page in mise.pages:
        y = mise.haut
        for i in range(page.premier, page.dernier + 1):
            rang = mise.rangs[i]
            toile.setFont(NORMAL, mise.corps)
            toile.setFillGray(0.1)
            toile.drawString(28, y - mise.corps, rang.ligne.libelle)
            toile.drawString(300, y - mise.corps, rang.debut)
            toile.drawString(350, y - mise.corps, rang.fin)
            if rang.ligne.debut is not None and rang.ligne.fin is not None:
                x = mise.gauche + mise.echelle.x(rang.ligne.debut)
                large = (rang.ligne.fin - rang.ligne.debut).days + 1
                toile.setFillGray(0.8)
                toile.rect(x, y - rang.hauteur, large * mise.echelle.pas, rang.hauteur / 2, stroke=1, fill=1)
            for _ in rang.ligne.attend:
                toile.lines([(x, y, x + 9, y), (x + 9, y, x + 9, y - 20), (x + 9, y - 20, x + 20, y - 20)])
            y -= rang.hauteur
            toile.line(28, y, mise.page[0] - 28, y)
        toile.showPage()
    toile.save()
    return tampon.getvalue()


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    from time import perf_counter

    enregistrer()
    d, campagne = dossier(TACHES), charger("2023")
    jour = date(DEBUT.year + 1, 1, 15)
    for nom, options in (
        ("une page de large", OptionsGantt(format="A3")),
        ("tuiles", OptionsGantt(tuiles=True, zoom=Zoom.MOIS)),
    ):
        modele = composer(d, campagne, jour, options)

        def chrono(travail: Any) -> dict[str, float]:
            debut = perf_counter()
            travail()
            return {"ms": (perf_counter() - debut) * 1000}

        durees = medianes_alternees(
            {
                "nous": lambda o=options: chrono(lambda: composer(d, campagne, jour, o)),
                "brut": lambda m=modele: chrono(lambda: _brut(m)),
            }
        )
        nous, brut = durees["nous"]["ms"], durees["brut"]["ms"]
        yield (
            f"Gantt en PDF, {TACHES} tâches, {nom} ({len(modele.mise.pages)} pages) : {nous:.0f} ms ; "
            f"reportlab nu, mêmes formes : {brut:.0f} ms ; rapport {nous / brut:.1f}"
        )
