"""What a person sees on the pages of an attached PDF: which are blank, which only ask for another program."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from esms_desktop.documents.pdf.pdfium import VERROU
from esms_desktop.francais import enumerer

if TYPE_CHECKING:
    import pypdfium2

# Half a pixel for a point is enough to see a signature, and smooths the grain of a scan.
_ECHELLE = 0.55
_POINTS_VUS = 400_000
# Pages that say nothing in text are drawn; beyond these, they are taken for full.
DESSINEES_MAX = 200
# The edges of a scan show the glass and the holes of the sheet.
_BORD = 0.03
_ECART, _TACHES = 30, 3
_TEXTE_MAX, _MOTS_BREFS = 1_500, 40
# What Adobe's programs write on the only page that others show of a dynamic form, of a portfolio.
_ATTENTE = re.compile(r"(?i)(please wait|veuillez patienter)[\s\S]*(viewer|message|visual|affich)")
_INVITATION = re.compile(
    r"(?i)(pdf\s+(portfolio|package)|(portfolio|package|portefeuille|porte-documents)\s+pdf)[\s\S]*(acrobat|reader)"
)


@dataclass(frozen=True)
class Vue:
    """What was seen of a PDF.

    Args:
        pages: how many it has; 0 when it cannot be drawn here.
        blanches: the pages, from 1, that look blank.
        texte: the text of its only page; empty when it has several, or a long text.
    """

    pages: int = 0
    blanches: tuple[int, ...] = ()
    texte: str = ""

    @property
    def attente(self) -> bool:
        """True when the only page is what stands for a dynamic form in other programs than Adobe's."""
        return bool(_ATTENTE.search(self.texte))

    @property
    def invitation(self) -> bool:
        """True when the only page is what stands for a portfolio in other programs than Adobe's."""
        return bool(_INVITATION.search(self.texte))


def regarder(octets: bytes) -> Vue:
    """Looks at the pages of a PDF that opens without a password."""
    import pypdfium2

    vue = Vue()
    try:
        with VERROU:
            document = pypdfium2.PdfDocument(octets)
            pages = len(document)
    except pypdfium2.PdfiumError:
        return vue
    try:
        blanches, dessinees, texte = [], 0, ""
        for rang in range(pages):
            # One page at a time: a preview that waits is drawn between two.
            with VERROU:
                page = document[rang]
                try:
                    dit, vide = _lire(page, pages == 1, dessinees < DESSINEES_MAX)
                finally:
                    page.close()
            texte = texte or dit
            dessinees += vide is not None
            if vide:
                blanches.append(rang + 1)
        vue = Vue(pages, tuple(blanches), texte)
    except pypdfium2.PdfiumError:
        return vue
    finally:
        with VERROU:
            document.close()
    return vue


def phrase_blanches(vue: Vue, image: bool = False) -> str:
    """What to say of the blank pages; empty when there is none. `image`: the pages were made of an image."""
    nombre = len(vue.blanches)
    if not nombre:
        return ""
    if nombre == vue.pages:
        seule = "L’image paraît blanche" if image else "La seule page paraît blanche"
        quoi = seule if nombre == 1 else f"Les {nombre}\u00a0pages paraissent blanches"
        return f"{quoi}\u00a0: le fichier est joint tel quel\u00a0; ouvrez-le, et remplacez-le si ce n’est pas le bon."
    if nombre == 1:
        quoi = f"La page {vue.blanches[0]} paraît blanche"
    else:
        quoi = f"{nombre}\u00a0pages paraissent blanches ({_suites(vue.blanches)})"
    return f"{quoi}\u00a0: elle{'s sont gardées' if nombre > 1 else ' est gardée'}\u00a0; numérisez de nouveau si c’est un verso de trop ou un feuillet passé à l’envers."


def _suites(pages: Sequence[int]) -> str:
    suites = [
        [p for _, p in groupe]
        for _, groupe in groupby(enumerate(pages), lambda couple: couple[1] - couple[0])
    ]
    dites = [str(s[0]) if len(s) == 1 else f"{s[0]} à {s[-1]}" for s in suites]
    return enumerer(dites) if len(dites) <= 8 else f"{', '.join(dites[:8])}…"


def _lire(page: "pypdfium2.PdfPage", seule: bool, dessiner: bool) -> tuple[str, bool | None]:
    """(text of an only page, whether it is blank: None when it was not drawn)."""
    from pypdfium2 import raw

    mots = page.get_textpage()
    try:
        nombre = mots.count_chars()
        # Spaces alone say nothing; a long text is not made of spaces alone.
        texte = mots.get_text_range() if 0 < nombre < (_TEXTE_MAX if seule else _MOTS_BREFS) else ""
    finally:
        mots.close()
    ecrite = bool(texte.strip()) if texte else nombre > 0
    if ecrite or raw.FPDFPage_GetAnnotCount(page.raw):
        return (texte if seule else ""), None
    return "", _uni(page) if dessiner else None


def _uni(page: "pypdfium2.PdfPage") -> bool:
    """True when what is drawn, edges apart, is of one colour."""
    large, haut = page.get_size()
    echelle = min(_ECHELLE, (_POINTS_VUS / max(large * haut, 1)) ** 0.5)
    trame = page.render(scale=echelle, grayscale=True)
    image = trame.to_pil()
    x, y = int(image.width * _BORD), int(image.height * _BORD)
    compte: list[int] = image.crop(
        (x, y, max(image.width - x, x + 1), max(image.height - y, y + 1))
    ).histogram()
    trame.close()
    fond = max(range(256), key=compte.__getitem__)
    return sum(n for niveau, n in enumerate(compte) if abs(niveau - fond) > _ECART) <= _TACHES
