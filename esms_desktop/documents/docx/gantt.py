"""A Gantt in our Word files: the drawing of the printed page as pictures, cut between two lines when it is long."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document as Fichier

from esms_desktop import francais
from esms_desktop.documents.arbre.arbre_gantt import Gantt
from esms_desktop.documents.docx import dessin as docx_dessin
from esms_desktop.documents.gantt import figure as gantt_figure
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.polices import Nettoyeur


def gantt(bloc: Gantt, fichier: Fichier, premier: int) -> Iterator[Any]:
    """The drawing as one paragraph per picture, each at most a page high; `premier`: a number no other picture has."""
    yield from docx_dessin.poser(images(bloc), fichier, premier, "gantt", _description(bloc))


def images(bloc: Gantt) -> list[docx_dessin.Image]:
    """The drawing as pictures."""
    haut = docx_dessin.HAUTEUR_MAX
    morceaux = [gantt_figure.composer(bloc, Nettoyeur(arabe=True))]
    while morceaux[-1].height > haut and (coupes := morceaux[-1].split(s.LARGEUR, haut)):
        morceaux[-1:] = [m for m in coupes if isinstance(m, gantt_figure.GanttPdf)]
    return [docx_dessin.dessiner([m]) for m in morceaux]


def _description(bloc: Gantt) -> str:
    dates = [x for x in bloc.lignes if x.debut is not None]
    jalons = sum(x.genre == "jalon" for x in dates)
    return (
        f"Diagramme de Gantt du {francais.date_longue(bloc.debut)} au {francais.date_longue(bloc.fin)} : "
        f"{francais.pluriel(len(dates) - jalons, 'tâche')} et {francais.pluriel(jalons, 'jalon')}. "
        "Le tableau qui l’accompagne donne les mêmes dates."
    )
