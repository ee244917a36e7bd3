"""The tree drawn as a PDF: pages, headers, footers, bookmarks, metadata."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from esms_desktop.documents import blocs_pdf, tableau_pdf, typo
from esms_desktop.documents import style_pdf as s
from esms_desktop.documents.arbre import (
    Alignement,
    Bloc,
    BlocSignature,
    Document,
    Encadre,
    Espace,
    Liste,
    Paragraphe,
    SautPage,
    Tableau,
    Titre,
)
from esms_desktop.documents.polices import GRAS, NORMAL, Nettoyeur, largeur
from esms_desktop.documents.texte_pdf import Fragment, Plume, lignes

_AUTEUR = "ESMS Desktop"
# A paragraph lower than this (points) may introduce a table; a longer one stands by itself.
_ANNONCE = 76.0


@dataclass(frozen=True)
class PdfRendu:
    """A document as a file.

    Args:
        octets: the PDF.
        pages: how many pages it has.
        plan: its headings in order: level (1 to 3), words, page from 1.
        remarques: what the drawing had to change, in French; empty when nothing.
    """

    octets: bytes
    pages: int
    plan: tuple[tuple[int, str, int], ...]
    remarques: tuple[str, ...] = ()


class _Toile(Canvas):
    """A canvas that writes « page x / y » once y is known: each page calls a form, drawn when the file is saved."""

    def save(self) -> None:
        """Draws the numbers, then writes the file."""
        total = self.getPageNumber() - 1
        for numero in range(1, total + 1):
            self.beginForm(f"folio{numero}", 0, 0, s.PAGE_L, s.PAGE_H)
            self.setFont(NORMAL, 7.6)
            self.setFillColor(s.DISCRET)
            texte = f"page\u00a0{numero}\u00a0/\u00a0{total}"
            self.drawRightString(s.PAGE_L - s.MARGE, s.MARGE_BAS - 26, texte)
            self.endForm()
        super().save()


class _Gabarit(BaseDocTemplate):
    """The page template and the bookmarks of one document."""

    def __init__(self, tampon: io.BytesIO, document: Document, jour: date) -> None:
        self.document, self.jour = document, jour
        self.plan: list[tuple[int, str, int]] = []
        self._profondeur = -1
        super().__init__(
            tampon,
            pagesize=(s.PAGE_L, s.PAGE_H),
            title=document.titre,
            author=document.porteur or _AUTEUR,
            subject=document.sous_titre or document.dossier_nom,
            creator=_AUTEUR,
            lang=document.langue,
            initialFontName=NORMAL,
            invariant=1,
            displayDocTitle=1,
        )
        cadre = Frame(
            s.MARGE,
            s.MARGE_BAS,
            s.LARGEUR,
            s.HAUTEUR,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(PageTemplate("page", [cadre], onPage=self._entourer))

    def afterFlowable(self, flowable: Flowable) -> None:
        """Makes a bookmark of each heading, where it has just been drawn."""
        if not isinstance(flowable, blocs_pdf.TitrePdf):
            return
        # A level may go down by one step only, whatever the tree says.
        self._profondeur = min(flowable.niveau - 1, self._profondeur + 1)
        self.canv.addOutlineEntry(
            flowable.intitule, flowable.cle, self._profondeur, closed=self._profondeur > 0
        )
        self.plan.append((self._profondeur + 1, flowable.intitule, self.page))

    def _entourer(self, canvas: Canvas, _gabarit: BaseDocTemplate) -> None:
        d, droite = self.document, s.PAGE_L - s.MARGE
        canvas.saveState()
        haut = s.PAGE_H - s.MARGE_HAUT + 34
        moitie = s.LARGEUR / 2 - 12
        if d.brouillon:
            moitie = s.LARGEUR / 2 - largeur(d.brouillon, GRAS, 7.4) / 2 - 16
            self._bandeau(canvas, d.brouillon, haut)
        self._ligne(canvas, d.dossier_nom, s.MARGE, haut, moitie, "gauche", 9.0)
        self._ligne(canvas, d.titre, droite - moitie, haut, moitie, "droite", 9.0)
        canvas.setStrokeColor(s.FILET)
        canvas.setLineWidth(0.6)
        canvas.line(s.MARGE, haut - 9, droite, haut - 9)
        bas = s.MARGE_BAS - 26
        canvas.line(s.MARGE, bas + 13, droite, bas + 13)
        pied = " · ".join(p for p in (d.porteur, typo.date_longue(self.jour)) if p)
        self._ligne(canvas, pied, s.MARGE, bas, s.LARGEUR - 80, "gauche", 0.0)
        canvas.restoreState()
        canvas.doForm(f"folio{self.page}")

    def _bandeau(self, canvas: Canvas, texte: str, y: float) -> None:
        large = largeur(texte, GRAS, 7.4) + 14
        canvas.setFillColor(s.FOND_ALERTE)
        canvas.roundRect(s.PAGE_L / 2 - large / 2, y - 4, large, 13, 6.5, stroke=0, fill=1)
        canvas.setFillColor(s.ALERTE)
        canvas.setFont(GRAS, 7.4)
        canvas.drawCentredString(s.PAGE_L / 2, y, texte)

    def _ligne(
        self,
        canvas: Canvas,
        texte: str,
        x: float,
        y: float,
        place: float,
        alignement: Alignement,
        remonte: float,
    ) -> None:
        """One line of header or footer. Too long, it takes two, the first raised by `remonte`; longer still, an ellipsis."""
        corps = 7.6
        rangs = list(lignes((Fragment(texte.replace("\n", " "), NORMAL),), corps, place))
        if len(rangs) > 2:
            suite = "".join(f.texte for f, _ in rangs[1])
            while largeur(suite + "…", NORMAL, corps) > place:
                suite = suite[:-1]
            rangs = [rangs[0], *lignes((Fragment(suite.rstrip() + "…", NORMAL),), corps, place)]
        y += remonte * (len(rangs) - 1)
        plume = Plume(canvas)
        for rang, ligne in enumerate(rangs):
            plume.ecrire(ligne, x, y - 9.0 * rang, place, corps, alignement, s.DISCRET)
        plume.poser()


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
            return [blocs_pdf.TitrePdf(bloc, nettoyer)]
        case Paragraphe():
            return [blocs_pdf.paragraphe(bloc, nettoyer)]
        case Liste():
            return list(blocs_pdf.liste(bloc, nettoyer))
        case Encadre():
            return [blocs_pdf.encadre(bloc, nettoyer)]
        case Tableau():
            return [tableau_pdf.composer(bloc, nettoyer)]
        case BlocSignature():
            return [blocs_pdf.SignaturesPdf([bloc], nettoyer, serre=False)]
        case SautPage():
            return [PageBreak()]
        case Espace():
            return [Spacer(1, bloc.hauteur)]


def _hauteur(flowable: Flowable) -> float:
    _, haut = flowable.wrap(s.LARGEUR, s.HAUTEUR)
    return float(haut) + float(flowable.getSpaceBefore()) + float(flowable.getSpaceAfter())


def _amorce(flowable: Flowable) -> float:
    """Height a flowable needs to begin decently at the foot of a page."""
    if isinstance(flowable, tableau_pdf.TableauPdf):
        return flowable.minimum + 4
    if isinstance(flowable, Paragraph) and not isinstance(flowable, blocs_pdf.TitrePdf):
        return min(_hauteur(flowable), 3 * float(flowable.style.leading) + 14)
    return _hauteur(flowable)


def _annonce(groupe: list[Flowable], suivant: list[Flowable]) -> bool:
    """Whether a group is a few words that introduce what follows: the list, the table, the signatures."""
    tete = groupe[0]
    if isinstance(tete, blocs_pdf.TitrePdf) or len(groupe) > 1 or not isinstance(tete, Paragraph):
        return isinstance(tete, blocs_pdf.TitrePdf)
    if isinstance(suivant[0], blocs_pdf.SignaturesPdf):
        return True
    introduit = len(suivant) > 1 or isinstance(suivant[0], tableau_pdf.TableauPdf)
    return introduit and _hauteur(tete) < _ANNONCE


def _enchainer(groupes: Sequence[list[Flowable]]) -> list[Flowable]:
    """The story. Before each group, room is asked for all that must stay on the same page."""
    histoire: list[Flowable] = []
    # Walking from the end: what the group being added must be kept with, and how high that is.
    lie = 0.0
    suivant: list[Flowable] = [Spacer(1, 0)]
    # Texts kept with the signatures so far; None once they have enough: nobody signs a page without an article on it.
    signes: int | None = None
    for groupe in reversed(groupes):
        haut = sum(_hauteur(f) for f in groupe)
        titre = isinstance(groupe[0], blocs_pdf.TitrePdf)
        if isinstance(groupe[0], blocs_pdf.SignaturesPdf):
            # All the signatures on one page when one page can hold them and the words before them.
            lie = haut if haut < s.HAUTEUR * 0.85 else _hauteur(groupe[0])
            signes = 0
        elif _annonce(groupe, suivant):
            lie += haut
            signes = None if signes is None or (titre and signes > 1) else signes + (not titre)
        elif signes is not None and isinstance(groupe[0], Paragraph) and lie + haut < s.HAUTEUR * 0.8:
            lie += haut
            signes += 1
        else:
            lie = _amorce(groupe[0])
            signes = None
        neutre = isinstance(groupe[0], PageBreak | Spacer)
        histoire[:0] = groupe if neutre else [CondPageBreak(min(lie, s.HAUTEUR - 1)), *groupe]
        suivant = groupe
    return histoire


def _grouper(document: Document, nettoyer: Nettoyeur) -> Iterator[list[Flowable]]:
    for signature, suite in groupby(document.blocs, key=lambda b: isinstance(b, BlocSignature)):
        blocs = list(suite)
        if signature:
            rangs = _par_deux([b for b in blocs if isinstance(b, BlocSignature)], nettoyer)
            yield list(rangs)
        else:
            yield from (f for f in (_flowables(b, nettoyer) for b in blocs) if f)


def rendre(document: Document, jour: date) -> PdfRendu:
    """Draws `document` on A4 pages.

    Args:
        document: the tree.
        jour: the date printed in the footer. The same tree and day give the same bytes.
    """
    nettoyer = Nettoyeur()
    propre = replace(
        document,
        titre=nettoyer(document.titre),
        sous_titre=nettoyer(document.sous_titre),
        dossier_nom=nettoyer(document.dossier_nom),
        porteur=nettoyer(document.porteur),
        brouillon=nettoyer(document.brouillon) if document.brouillon else None,
    )
    styles = s.styles()
    tete: list[Flowable] = [Paragraph(blocs_pdf.balises(propre.titre, nettoyer), styles["document"])]
    if propre.sous_titre:
        tete.append(Paragraph(blocs_pdf.balises(propre.sous_titre, nettoyer), styles["sous-titre"]))
    corps = _enchainer(list(_grouper(propre, nettoyer)))
    for rang, titre in enumerate(f for f in corps if isinstance(f, blocs_pdf.TitrePdf)):
        titre.cle = f"titre{rang}"
    tampon = io.BytesIO()
    gabarit = _Gabarit(tampon, propre, jour)
    gabarit.build([*tete, _Filet(), *corps], canvasmaker=_Toile)
    return PdfRendu(
        tampon.getvalue(), gabarit.canv.getPageNumber() - 1, tuple(gabarit.plan), nettoyer.remarques
    )
