"""The frame of a printed page: header, footer, page x / y, bookmarks, and how far down the last page is used."""

import io
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate

from esms_desktop import francais
from esms_desktop.documents.arbre.arbre import Alignement, Document
from esms_desktop.documents.pdf import blocs as blocs_pdf
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.jetons import souder
from esms_desktop.documents.pdf.morceaux import SautPdf
from esms_desktop.documents.pdf.polices import GRAS, NORMAL, largeur
from esms_desktop.documents.pdf.texte import Fragment, Ligne, Plume, fragments_du_texte, lignes

_AUTEUR = "ESMS Desktop"
# How wide the place of one's initials is, with the white after it; where the last one ends at the latest.
_PARAPHE, _PARAPHES = 40.0, 380.0
# What a reader sees above a heading reached by its bookmark.
_AU_DESSUS = 14.0


class Toile(Canvas):
    """A canvas that writes « page x / y » once y is known: each page calls a form, drawn when the file is saved."""

    # Where the numbers stand, from the foot of the page.
    folio = s.MARGE_BAS - 26

    def save(self) -> None:
        """Draws the numbers, then writes the file."""
        total = self.getPageNumber() - 1
        for numero in range(1, total + 1):
            self.beginForm(f"folio{numero}", 0, 0, s.PAGE_L, s.PAGE_H)
            self.setFont(NORMAL, 7.6)
            self.setFillColor(s.DISCRET)
            texte = f"page\u00a0{numero}\u00a0/\u00a0{total}"
            self.drawRightString(s.PAGE_L - s.MARGE, self.folio, texte)
            self.endForm()
        super().save()


class ToileLettre(Toile):
    """The same, for a letter."""

    folio = s.BAS_LETTRE - 22


class ToileMuette(Canvas):
    """A canvas that is never written: only where things fall is asked."""

    def save(self) -> None:
        """Writes nothing."""


class _CadreMuet(Frame):
    """A frame that places without drawing."""

    def add(self, flowable: Any, canv: Canvas, trySplit: int = 0) -> Literal[0, 1]:
        """Places a flowable; says whether it fits."""
        flowable.drawOn = _ne_rien_dessiner
        return super().add(flowable, canv, trySplit)


def _ne_rien_dessiner(*_: object, **__: object) -> None:
    """Stands for the drawing of what is only placed."""


class Gabarit(BaseDocTemplate):
    """The page template and the bookmarks of one document. `muet`: places everything and draws nothing."""

    def __init__(self, tampon: io.BytesIO, document: Document, jour: date, muet: bool = False) -> None:
        self.document, self.jour = document, jour
        self.plan: list[tuple[int, str, int]] = []
        self.hauts: list[float] = []
        self._profondeur = -1
        # Where each part begins, and where the last thing drawn ends: its page, and the share of that page used.
        self._debut, self._ou = 1, (1, 1.0)
        self._finies: list[tuple[int, float]] = []
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
        self.haut = s.HAUT_LETTRE if document.lettre else s.MARGE_HAUT
        self.bas = s.BAS_LETTRE if document.lettre else s.MARGE_BAS
        self.hauteur = s.PAGE_H - self.haut - self.bas
        cadre = (_CadreMuet if muet else Frame)(
            s.MARGE,
            self.bas,
            s.LARGEUR,
            self.hauteur,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        autour = _ne_rien_dessiner if muet else self._entourer
        self.addPageTemplates(PageTemplate("page", [cadre], onPage=autour))

    def afterFlowable(self, flowable: Flowable) -> None:
        """Makes a bookmark of each heading, where it has just been drawn; notes where each part of the document ends."""
        if isinstance(flowable, SautPdf):
            self._finies.append(self._partie())
            self._debut = self._ou[0] + 1
        elif isinstance(self.frame, Frame) and not isinstance(flowable, PageBreak):
            self._ou = self.page, (s.PAGE_H - self.haut - vars(self.frame)["_y"]) / self.hauteur
        if not isinstance(flowable, blocs_pdf.TitrePdf) or not flowable.cle:
            return
        # A level may go down by one step only, whatever the tree says.
        self._profondeur = min(flowable.niveau - 1, self._profondeur + 1)
        # A little white above the words.
        haut = round(min(vars(self.frame)["_y"] + flowable.height + _AU_DESSUS, s.PAGE_H), 2)
        self.canv.bookmarkPage(flowable.cle, fit="XYZ", left=0, top=haut, zoom=0)
        self.canv.addOutlineEntry(
            flowable.intitule, flowable.cle, self._profondeur, closed=self._profondeur > 0
        )
        self.plan.append((self._profondeur + 1, flowable.intitule, self.page))
        self.hauts.append(haut)

    def _partie(self) -> tuple[int, float]:
        return self._ou[0] - self._debut + 1, self._ou[1]

    @property
    def parties(self) -> tuple[tuple[int, float], ...]:
        """The pages of each part of the document, from one page break asked for to the next, and how full its last one is."""
        return (*self._finies, self._partie())

    def _entourer(self, canvas: Canvas, _gabarit: BaseDocTemplate) -> None:
        d, droite = self.document, s.PAGE_L - s.MARGE
        canvas.saveState()
        haut = s.PAGE_H - self.haut + (13 if d.lettre else 34)
        moitie = s.LARGEUR / 2 - 12
        if d.brouillon:
            moitie = s.LARGEUR / 2 - largeur(d.brouillon, GRAS, 7.4) / 2 - 16
            self._bandeau(canvas, d.brouillon, haut)
        canvas.setStrokeColor(s.FILET)
        canvas.setLineWidth(0.6)
        if not d.lettre:
            self._ligne(canvas, d.dossier_nom, s.MARGE, haut, moitie, "gauche", 9.0)
            self._ligne(canvas, d.titre, droite - moitie, haut, moitie, "droite", 9.0)
            canvas.line(s.MARGE, haut - 9, droite, haut - 9)
        elif self.page > 1:
            # On each side of the middle of the notice when it takes two lines.
            self._ligne(canvas, d.dossier_nom, s.MARGE, haut, moitie, "gauche", 4.5)
        bas = self.bas - (22 if d.lettre else 26)
        canvas.line(s.MARGE, bas + 13, droite, bas + 13)
        jour = souder(francais.date_longue(self.jour))
        fin = f" ·\u00a0{jour}" if d.porteur else jour
        self._ligne(canvas, d.porteur, s.MARGE, bas, s.LARGEUR - 80, "gauche", 0.0, fin)
        if d.paraphes:
            self._paraphes(canvas, bas - 8)
        canvas.restoreState()
        canvas.doForm(f"folio{self.page}")

    def _paraphes(self, canvas: Canvas, haut: float) -> None:
        """The place of the initials of each party, under the foot of the page."""
        canvas.setFont(NORMAL, 7.6)
        canvas.setFillColor(s.DISCRET)
        canvas.drawString(s.MARGE, haut - 10, "Paraphes")
        x = s.MARGE + largeur("Paraphes", NORMAL, 7.6) + 8
        pas = min(_PARAPHE, (_PARAPHES - x) / self.document.paraphes)
        canvas.setStrokeColor(s.TRAIT)
        for rang in range(self.document.paraphes):
            canvas.rect(x + rang * pas, haut - 19, pas - 4, 18, stroke=1, fill=0)

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
        fin: str = "",
    ) -> None:
        """One line of header or footer. Too long, it takes two, the first raised by `remonte`; longer still, an ellipsis before `fin`."""
        corps = 7.6
        morceaux = (*fragments_du_texte(texte.replace("\n", " "), NORMAL), Fragment(fin, NORMAL))
        rangs = list(lignes(morceaux, corps, place))
        if len(rangs) > 2:
            large = largeur(fin, NORMAL, corps)
            debut = _abreger(rangs[1], corps, place - large)
            rangs = [rangs[0], (*debut, (Fragment(fin, NORMAL), large))]
        y += remonte * (len(rangs) - 1)
        plume = Plume(canvas)
        for rang, ligne in enumerate(rangs):
            plume.ecrire(ligne, x, y - 9.0 * rang, place, corps, alignement, s.DISCRET)
        plume.poser()


def _abreger(ligne: Ligne, corps: float, place: float) -> Ligne:
    """The line cut so that an ellipsis fits after it."""
    gardes = [fragment for fragment, _ in ligne]
    suite = largeur("…", NORMAL, corps)
    while gardes and sum(largeur(f.texte, f.police, corps) for f in gardes) + suite > place:
        dernier = gardes.pop()
        if dernier.texte[:-1]:
            gardes.append(replace(dernier, texte=dernier.texte[:-1]))
    return tuple((f, largeur(f.texte, f.police, corps)) for f in (*gardes, Fragment("…", NORMAL)))
