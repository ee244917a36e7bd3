"""The one door to pypdfium2: pages of a PDF as images, pages of several PDFs as one. Nothing stays open at the exit.

The library is loaded at the first PDF: a page is shown before its preview is drawn.
"""

import atexit
import io
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from esms_desktop.documents.pdf.pdfium import VERROU
from esms_desktop.errors import ErreurEsms

if TYPE_CHECKING:
    import pypdfium2

POINTS_PAR_POUCE = 72.0
_ouverts: "dict[int, pypdfium2.PdfDocument]" = {}


@cache
def _pdfium() -> ModuleType:
    pdfium = import_module("pypdfium2")
    # Registered after pypdfium2 took its own turn, hence called before it.
    atexit.register(_fermer_tout)
    return pdfium


class Pdf:
    """An open PDF. Any thread may use it; `fermer` lets it go.

    Raises:
        ErreurEsms: pdfium cannot read these bytes.
    """

    def __init__(self, octets: bytes) -> None:
        with VERROU:
            try:
                document = _pdfium().PdfDocument(octets)
                self._pages = len(document)
            except _pdfium().PdfiumError as e:
                raise _illisible() from e
            _ouverts[id(self)] = document

    def __len__(self) -> int:
        return self._pages

    def taille(self, page: int) -> tuple[float, float]:
        """Width and height in points of a page, counted from 0."""
        with VERROU:
            largeur, hauteur = self._document().get_page_size(page)
            return float(largeur), float(hauteur)

    def image(self, page: int, echelle: float) -> QImage:
        """A page (from 0) as an opaque image; `echelle` in pixels per point."""
        with VERROU:
            try:
                lue = self._document()[page]
                trame = lue.render(scale=echelle, rev_byteorder=True, prefer_bgrx=True)
            except _pdfium().PdfiumError as e:
                raise _illisible() from e
            octets, format_ = bytes(trame.buffer), QImage.Format.Format_RGBX8888
            image = QImage(octets, trame.width, trame.height, trame.stride, format_).copy()
            trame.close()
            lue.close()
            return image

    def fermer(self) -> None:
        """Lets the document go; may be called twice."""
        _fermer(id(self))

    def _document(self) -> "pypdfium2.PdfDocument":
        return _ouverts[id(self)]

    def __del__(self) -> None:
        _fermer(id(self))


def reunir(documents: Iterable[bytes]) -> bytes:
    """Several PDFs as one, their pages one after the other.

    Raises:
        ErreurEsms: one of them cannot be read.
    """
    with VERROU:
        tout = _pdfium().PdfDocument.new()
        try:
            for octets in documents:
                morceau = _pdfium().PdfDocument(octets)
                try:
                    tout.import_pages(morceau)
                finally:
                    morceau.close()
            sortie = io.BytesIO()
            tout.save(sortie)
        except _pdfium().PdfiumError as e:
            raise _illisible() from e
        finally:
            tout.close()
    return sortie.getvalue()


def _illisible() -> ErreurEsms:
    return ErreurEsms(
        "Ce PDF ne peut pas être affiché ici.", "Exportez-le pour l’ouvrir avec un autre logiciel."
    )


def _fermer(cle: int) -> None:
    document = _ouverts.pop(cle, None)
    if document is not None:
        with VERROU:
            document.close()


def _fermer_tout() -> None:
    for cle in list(_ouverts):
        _fermer(cle)
