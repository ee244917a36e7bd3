"""The tree drawn as a PDF: pages, headers, footers, bookmarks, metadata."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from threading import RLock

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    Spacer,
)

from esms_desktop.documents.arbre.arbre import (
    Bloc,
    BlocSignature,
    Correspondants,
    Document,
    Encadre,
    Espace,
    Frise,
    Liste,
    Organigramme,
    Paragraphe,
    SautPage,
    Tableau,
    Titre,
)
from esms_desktop.documents.arbre.arbre_gantt import Gantt
from esms_desktop.documents.arbre.arbre_risques import CarteChaude, Matrices
from esms_desktop.documents.gantt import figure as gantt_figure
from esms_desktop.documents.pdf import blocs as blocs_pdf
from esms_desktop.documents.pdf import frise as frise_pdf
from esms_desktop.documents.pdf import organigramme as organigramme_pdf
from esms_desktop.documents.pdf import risques as risques_pdf
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf import tableau as tableau_pdf
from esms_desktop.documents.pdf.enchainement import enchainer
from esms_desktop.documents.pdf.gabarit import Gabarit, Toile, ToileLettre, ToileMuette
from esms_desktop.documents.pdf.morceaux import BlancPdf
from esms_desktop.documents.pdf.polices import ARABE_GRAS, Nettoyeur

# A last page used less than this looks like an accident.
_PRESQUE_VIDE = 0.3
# A document of more pages than this is not drawn twice for one of them.
_COURT = 12
# How close things are drawn: what is left of the lines' height, and of the white around blocks.
_Densite = tuple[float, float]
# Drawn closer than that, the place to sign is smaller too.
_SIGNATURE = 0.5
_LARGE, _COMPACT, _DENSE, _TASSE = (1.0, 1.0), (0.95, 0.72), (0.82, 0.3), (0.76, 0.02)

_UN_A_LA_FOIS = RLock()


@dataclass(frozen=True)
class PdfRendu:
    """A document as a file.

    Args:
        octets: the PDF.
        pages: how many pages it has.
        plan: its headings in order: level (1 to 3), words, page from 1.
        hauts: how high each of these stands on its page, in points from its foot.
        remarques: what the drawing had to change, in French; empty when nothing.
    """

    octets: bytes
    pages: int
    plan: tuple[tuple[int, str, int], ...]
    remarques: tuple[str, ...] = ()
    hauts: tuple[float, ...] = ()


class _Filet(Flowable):
    """The short bar under the title block."""

    def wrap(self, _large: float, _haut: float) -> tuple[float, float]:
        """Its size."""
        return s.LARGEUR, 22.0

    def draw(self) -> None:
        """Draws it."""
        self.canv.setFillColor(s.ACCENT)
        self.canv.rect(0, 10, 42, 2.6, stroke=0, fill=1)


def _par_deux(blocs: Sequence[BlocSignature], nettoyer: Nettoyeur) -> Iterator[Flowable]:
    suite = iter(blocs)
    while paire := list(islice(suite, 2)):
        yield blocs_pdf.SignaturesPdf(paire, nettoyer, serre=len(blocs) > 4)


def _flowables(bloc: Bloc, nettoyer: Nettoyeur) -> list[Flowable]:
    match bloc:
        case Titre():
            return [blocs_pdf.titre(bloc, nettoyer)]
        case Paragraphe():
            return [blocs_pdf.paragraphe(bloc, nettoyer)]
        case Liste():
            return list(blocs_pdf.liste(bloc, nettoyer))
        case Encadre():
            return [blocs_pdf.encadre(bloc, nettoyer)]
        case Tableau():
            return [dessin for _, dessin in tableau_pdf.composer(bloc, nettoyer)]
        case BlocSignature():
            return [blocs_pdf.SignaturesPdf([bloc], nettoyer, serre=False)]
        case Correspondants():
            return [blocs_pdf.CorrespondantsPdf(bloc, nettoyer)]
        case SautPage():
            return [PageBreak()]
        case Espace():
            return [BlancPdf(1, bloc.hauteur)]
        case Organigramme():
            return organigramme_pdf.composer(bloc, nettoyer)
        case Frise():
            return [frise_pdf.composer(bloc, nettoyer)]
        case Gantt():
            return [gantt_figure.composer(bloc, nettoyer)]
        case Matrices():
            return risques_pdf.composer_matrices(bloc, nettoyer)
        case CarteChaude():
            return [risques_pdf.composer_carte(bloc, nettoyer)]


def _grouper(document: Document, nettoyer: Nettoyeur) -> Iterator[list[Flowable]]:
    for signature, suite in groupby(document.blocs, key=lambda b: isinstance(b, BlocSignature)):
        blocs = list(suite)
        if signature:
            rangs = _par_deux([b for b in blocs if isinstance(b, BlocSignature)], nettoyer)
            yield list(rangs)
        else:
            yield from (f for f in (_flowables(b, nettoyer) for b in _sans_page_vide(blocs)) if f)


def _sans_page_vide(blocs: Sequence[Bloc]) -> Iterator[Bloc]:
    """The blocks without the page breaks that would follow another."""
    for rang, bloc in enumerate(blocs):
        if not (rang and isinstance(bloc, SautPage) and isinstance(blocs[rang - 1], SautPage)):
            yield bloc


def rendre(document: Document, jour: date) -> PdfRendu:
    """Draws `document` on A4 pages.

    Args:
        document: the tree.
        jour: the date printed in the footer. The same tree and day give the same bytes.

    One document is drawn at a time: reportlab keeps its fonts and their subsets in one place for the whole process.
    """
    with _UN_A_LA_FOIS:
        return _rendre(document, jour)


def paginer(document: Document, jour: date) -> PdfRendu:
    """Where everything would fall, at half the price: as `rendre`, without a byte."""
    with _UN_A_LA_FOIS:
        return _rendre(document, jour, muet=True)


def _rendre(document: Document, jour: date, muet: bool = False) -> PdfRendu:
    nettoyer = Nettoyeur(arabe=True)
    propre = replace(
        document,
        titre=nettoyer(document.titre),
        sous_titre=nettoyer(document.sous_titre),
        dossier_nom=nettoyer(document.dossier_nom),
        porteur=nettoyer(document.porteur),
        brouillon=nettoyer(document.brouillon) if document.brouillon else None,
    )
    rendu = _dessiner(propre, jour, nettoyer, _LARGE, muet)
    if document.lettre:
        # A letter on one page if it can be.
        for densite in (_COMPACT, _DENSE, _TASSE):
            if rendu.pages > 1:
                serre = _dessiner(propre, jour, nettoyer, densite, muet)
                rendu = serre if serre.pages < rendu.pages else rendu
    elif 1 < rendu.pages <= _COURT and rendu.derniere < _PRESQUE_VIDE:
        # A few lines alone on the last page: tried again with a little less white, kept when they come back.
        compact = _dessiner(propre, jour, nettoyer, _COMPACT, muet)
        rendu = compact if compact.pages < rendu.pages else rendu
    return PdfRendu(rendu.octets, rendu.pages, rendu.plan, nettoyer.remarques, rendu.hauts)


def _tete(document: Document, nettoyer: Nettoyeur) -> list[Flowable]:
    """The title block."""
    styles = s.styles()
    titre = blocs_pdf.balises_du_texte(document.titre, ARABE_GRAS)
    tete: list[Flowable] = [blocs_pdf.Texte(titre, styles["document"])]
    if document.sous_titre:
        sous_titre = blocs_pdf.balises(document.sous_titre, nettoyer)
        tete.append(blocs_pdf.Texte(sous_titre, styles["sous-titre"]))
    return [*tete, _Filet()]


@dataclass(frozen=True)
class _Dessin:
    """One drawing of a document; `derniere`: share of the last page that is used."""

    octets: bytes
    pages: int
    plan: tuple[tuple[int, str, int], ...]
    hauts: tuple[float, ...]
    derniere: float


def _dessiner(document: Document, jour: date, nettoyer: Nettoyeur, densite: _Densite, muet: bool) -> _Dessin:
    tete = [] if document.lettre else _tete(document, nettoyer)
    groupes = list(_grouper(document, nettoyer))
    if densite != _LARGE:
        _resserrer([f for groupe in groupes for f in groupe], densite)
    corps = enchainer(groupes)
    for rang, flowable in enumerate(f for f in corps if isinstance(f, blocs_pdf.TitrePdf)):
        flowable.cle = f"titre{rang}"
    tampon = io.BytesIO()
    gabarit = Gabarit(tampon, document, jour, muet)
    gabarit.build(
        [*tete, *corps], canvasmaker=ToileMuette if muet else ToileLettre if document.lettre else Toile
    )
    return _Dessin(
        tampon.getvalue(),
        gabarit.canv.getPageNumber() - 1,
        tuple(gabarit.plan),
        tuple(gabarit.hauts),
        gabarit.remplissage,
    )


def _resserrer(flowables: Sequence[Flowable], densite: _Densite) -> None:
    """Takes a part of the white around and inside texts, little enough to be unseen."""
    interligne, blanc = densite
    connus: dict[str, ParagraphStyle] = {}
    for f in flowables:
        if isinstance(f, Paragraph) and not isinstance(f, blocs_pdf.TitrePdf):
            style = f.style
            if style.name not in connus:
                connus[style.name] = style.clone(
                    style.name,
                    leading=style.leading * interligne,
                    spaceBefore=style.spaceBefore * blanc,
                    spaceAfter=style.spaceAfter * blanc,
                )
            f.style = connus[style.name]
        elif isinstance(f, blocs_pdf.TitrePdf):
            f.spaceBefore = f.getSpaceBefore() * blanc
        elif isinstance(f, blocs_pdf.SignaturesPdf) and blanc < _SIGNATURE:
            f.serrer()
        elif not isinstance(f, PageBreak | Spacer):
            f.spaceBefore *= blanc
            f.spaceAfter *= blanc
