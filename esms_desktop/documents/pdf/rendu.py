"""The tree drawn as a PDF: pages, headers, footers, bookmarks, metadata."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
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
from esms_desktop.documents.pdf.morceaux import BlancPdf, SautPdf
from esms_desktop.documents.pdf.polices import ARABE_GRAS, Nettoyeur

# A last page used less than this looks like an accident.
_PRESQUE_VIDE = 0.3
# A document of more pages than this is not drawn again for one of them.
_COURT = 16
# How close things are drawn: what is left of the lines' height, and of the white around blocks.
_Densite = tuple[float, float]
# Drawn with less white than that, the place to sign is smaller too.
_SIGNATURE = 0.5
# White kept above a block, in points, however close the rest stands.
_SOUS_LES_LETTRES = 2.4
_LARGE: _Densite = (1.0, 1.0)
# From the airiest to the closest a letter is drawn; what it does not need is left to it.
_REPERES: tuple[_Densite, ...] = (_LARGE, (0.95, 0.72), (0.83, 0.3), (0.77, 0.14), (0.755, 0.02))
_CRANS_LETTRE = 32
# Closer than that, a letter looks crammed.
_AERE = 18
# The same for the pages of a document whose last one holds a few lines: little enough to be unseen.
_SERRES: tuple[_Densite, ...] = ((0.97, 0.85), (0.95, 0.72), (0.92, 0.55), (0.89, 0.42))

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
            return [SautPdf()]
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
    presse = _Presse(propre, jour, nettoyer)
    rendu = presse.une_page(muet) if document.lettre else presse.sans_queue(muet)
    return PdfRendu(rendu.octets, rendu.pages, rendu.plan, nettoyer.remarques, rendu.hauts)


class _Presse:
    """One document, drawn as many times as it takes to find how close its lines stand."""

    def __init__(self, document: Document, jour: date, nettoyer: Nettoyeur) -> None:
        self.document, self.jour, self.nettoyer = document, jour, nettoyer

    def dessiner(
        self, densites: Sequence[_Densite], muet: bool, document: Document | None = None
    ) -> "_Dessin":
        return _dessiner(document or self.document, self.jour, self.nettoyer, densites, muet)

    def une_page(self, muet: bool) -> "_Dessin":
        """A letter on one page if it can be, as airy as the page allows: its table whole, else the narrow one."""
        rendu = self.dessiner((_LARGE,), muet)
        if rendu.pages == 1:
            return rendu
        etroit = self.document.etroit
        formes = [self.document]
        if etroit is not None:
            blocs = tuple(etroit[1] if b == etroit[0] else b for b in self.document.blocs)
            formes.append(replace(self.document, blocs=blocs))
        crans = [(cran, forme) for forme in formes if (cran := self._cran_le_plus_large(forme)) is not None]
        if not crans:
            return rendu
        # The table is told on fewer lines only where it would leave no white to the rest.
        if crans[0][1] is self.document and crans[0][0] <= _AERE:
            crans = crans[:1]
        cran, forme = min(crans, key=itemgetter(0))
        return self.dessiner((_cran(cran),), muet, forme)

    def _cran_le_plus_large(self, lettre: Document) -> int | None:
        """The airiest way to draw a letter on one page; None when it takes more whatever is done."""
        trop, assez = 0, _CRANS_LETTRE
        if self.dessiner((_cran(assez),), True, lettre).pages > 1:
            return None
        while assez - trop > 1:
            milieu = (trop + assez) // 2
            if self.dessiner((_cran(milieu),), True, lettre).pages > 1:
                trop = milieu
            else:
                assez = milieu
        return assez

    def sans_queue(self, muet: bool) -> "_Dessin":
        """A document none of whose parts ends with a few lines alone on a page, where a little less white brings them back."""
        densites = [_LARGE] * (1 + sum(isinstance(b, SautPage) for b in self.document.blocs))
        rendu = self.dessiner(densites, muet)
        if not 1 < rendu.pages <= _COURT:
            return rendu
        pages = rendu.pages
        for partie, (longue, remplie) in enumerate(rendu.parties):
            if longue > 1 and remplie < _PRESQUE_VIDE and (serre := self._serrer(densites, partie, pages)):
                densites, pages = serre, pages - 1
        return rendu if pages == rendu.pages else self.dessiner(densites, muet)

    def _serrer(self, densites: Sequence[_Densite], partie: int, pages: int) -> list[_Densite]:
        """The airiest way to draw one part that takes a page less; nothing when none does."""

        def avec(densite: _Densite) -> list[_Densite]:
            return [*densites[:partie], densite, *densites[partie + 1 :]]

        essais = map(avec, _SERRES)
        if self.dessiner(avec(_SERRES[-1]), True).pages >= pages:
            return []
        return next(e for e in essais if self.dessiner(e, True).pages < pages)


def _cran(rang: int) -> _Densite:
    """How close a letter is drawn, from 0 (airy) to `_CRANS_LETTRE`: leads from each mark to the next."""
    ou = rang / _CRANS_LETTRE * (len(_REPERES) - 1)
    avant = min(int(ou), len(_REPERES) - 2)
    (i, b), (j, c) = _REPERES[avant], _REPERES[avant + 1]
    return i + (j - i) * (ou - avant), b + (c - b) * (ou - avant)


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
    """One drawing of a document; `parties`: for each of its parts, its pages and the share of the last one that is used."""

    octets: bytes
    pages: int
    plan: tuple[tuple[int, str, int], ...]
    hauts: tuple[float, ...]
    parties: tuple[tuple[int, float], ...]


def _dessiner(
    document: Document, jour: date, nettoyer: Nettoyeur, densites: Sequence[_Densite], muet: bool
) -> _Dessin:
    tete = [] if document.lettre else _tete(document, nettoyer)
    groupes = list(_grouper(document, nettoyer))
    _resserrer(groupes, densites)
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
        gabarit.parties,
    )


def _resserrer(groupes: Sequence[list[Flowable]], densites: Sequence[_Densite]) -> None:
    """Takes a part of the white around and inside texts: for each part of the document its own density."""
    partie = 0
    connus: dict[tuple[int, str], ParagraphStyle] = {}
    for f in (f for groupe in groupes for f in groupe):
        partie += isinstance(f, SautPdf)
        interligne, blanc = densites[min(partie, len(densites) - 1)]
        if blanc == 1.0:
            continue
        if isinstance(f, Paragraph) and not isinstance(f, blocs_pdf.TitrePdf):
            style = f.style
            if (partie, style.name) not in connus:
                connus[partie, style.name] = style.clone(
                    style.name,
                    leading=style.leading * interligne,
                    spaceBefore=style.spaceBefore * blanc,
                    spaceAfter=style.spaceAfter * blanc,
                )
            f.style = connus[partie, style.name]
        elif isinstance(f, blocs_pdf.TitrePdf):
            f.spaceBefore = f.getSpaceBefore() * blanc
        elif isinstance(f, blocs_pdf.SignaturesPdf) and blanc < _SIGNATURE:
            f.serrer()
        elif not isinstance(f, PageBreak | Spacer):
            # Never so close that a table would cover the feet of the letters above it.
            f.spaceBefore = max(f.spaceBefore * blanc, min(f.spaceBefore, _SOUS_LES_LETTRES))
            f.spaceAfter *= blanc
            if isinstance(f, tableau_pdf.TableauPdf):
                f.serrer(blanc)
