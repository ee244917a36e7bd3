"""An organisation chart in our Word files: drawn as on the printed page, and in words for those who do not see it."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document as Fichier

from esms_desktop.documents.arbre.arbre import Organigramme, en_liste, texte_brut
from esms_desktop.documents.docx import dessin as docx_dessin
from esms_desktop.documents.pdf import organigramme as organigramme_pdf
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.morceaux import BlocPdf
from esms_desktop.documents.pdf.polices import Nettoyeur


def organigramme(bloc: Organigramme, fichier: Fichier, premier: int) -> Iterator[Any]:
    """The chart as one paragraph per picture, each at most a page high; `premier`: a number no other picture has."""
    yield from docx_dessin.poser(images(bloc), fichier, premier, "organigramme", description(bloc))


def images(bloc: Organigramme) -> list[docx_dessin.Image]:
    """The chart as pictures, cut between two rows when it is long."""
    morceaux: list[list[BlocPdf]] = [[]]
    for bande in _bandes(bloc):
        haut = sum(float(b.height) for b in morceaux[-1])
        if morceaux[-1] and haut + float(bande.height) > docx_dessin.HAUTEUR_MAX:
            morceaux.append([])
        morceaux[-1].append(bande)
    return [docx_dessin.dessiner(m) for m in morceaux]


def _bandes(bloc: Organigramme) -> Iterator[BlocPdf]:
    pile = [
        b for b in reversed(organigramme_pdf.composer(bloc, Nettoyeur(arabe=True))) if isinstance(b, BlocPdf)
    ]
    while pile:
        bande = pile.pop()
        coupes = bande.split(s.LARGEUR, docx_dessin.HAUTEUR_MAX) if bande.height > s.HAUTEUR else []
        if coupes:
            pile += [b for b in reversed(coupes) if isinstance(b, BlocPdf)]
        else:
            yield bande


def description(bloc: Organigramme) -> str:
    """The chart in words, one sentence a box."""
    return "Organigramme. " + ". ".join(texte_brut(e) for e in en_liste(bloc).elements) + "."
