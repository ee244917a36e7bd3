"""The preview of what takes time to draw, a document of ours or a file to convert: beside the window, the last asked wins."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.progress import Progress
from ui.tasks import Taches
from ui.widgets.apercu import Apercu

if TYPE_CHECKING:
    from esms_desktop.documents.arbre.arbre import Document
    from esms_desktop.documents.pdf.rendu import PdfRendu

    # A PDF, and what its layout told when we laid it out.
    _Rendu = tuple[bytes, PdfRendu | None]
    _Travail = Callable[[Progress], _Rendu]

_GARDES = 12


class ApercuDocument(Apercu):
    """`rendu(PdfRendu)`: the document asked last is on show.

    Args:
        taches: where it is laid out, without a dialog in the way.
    """

    rendu = Signal(object)

    def __init__(self, taches: Taches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taches = taches
        self._rendus: dict[str, _Rendu] = {}
        self._attendu = ""
        self._occupe = False
        self._suivant: tuple[str, _Travail, bool] | None = None

    def montrer_document(self, document: "Document", jour: date, sur_place: bool = False) -> None:
        """Shows a document as it will print.

        Args:
            sur_place: True for a new state of the document already shown: it stays on screen until the new one is
                ready, at the same page.
        """
        from esms_desktop.documents.arbre.arbre import empreinte

        cle = f"{empreinte(document)} {document.brouillon} {jour}"

        def travail(progress: Progress) -> "_Rendu":
            from esms_desktop.documents.pdf.rendu import rendre

            progress.etape(0, 0, f"{document.titre}\u00a0: mise en page")
            rendu = rendre(document, jour)
            return rendu.octets, rendu

        self._demander(cle, travail, "Mise en page du document…", sur_place)

    def montrer_converti(self, cle: str, convertir: Callable[[], bytes]) -> None:
        """Shows the PDF that `convertir` makes beside the window of a file known by `cle`."""

        def travail(progress: Progress) -> "_Rendu":
            progress.etape(0, 0, "Lecture du fichier joint")
            return convertir(), None

        self._demander(cle, travail, "Lecture du fichier joint…", False)

    def converti(self, cle: str) -> bytes | None:
        """The PDF made of the file known by `cle`; None when it was not made yet."""
        connu = self._rendus.get(cle)
        return connu[0] if connu is not None else None

    def _demander(self, cle: str, travail: "_Travail", attente: str, sur_place: bool) -> None:
        if cle == self._attendu:
            return
        self._attendu = cle
        connu = self._rendus.get(cle)
        if connu is not None:
            self._suivant = None
            self._presenter_rendu(connu, sur_place)
            return
        if not (sur_place and self.nombre_pages):
            self._message(attente)
        self._suivant = (cle, travail, sur_place)
        self._avancer()

    def montrer_message(self, texte: str) -> None:
        """Shows a sentence; a document on its way is given up."""
        self.oublier()
        self._message(texte)

    def montrer_pdf(self, octets: bytes, sur_place: bool = False) -> None:
        """Shows a PDF given whole; a document on its way is given up."""
        self.oublier()
        super().montrer_pdf(octets, sur_place)

    def montrer_image(self, octets: bytes) -> None:
        """Shows an image; a document on its way is given up."""
        self.oublier()
        super().montrer_image(octets)

    def oublier(self) -> None:
        """Gives up the document on its way."""
        self._attendu, self._suivant = "", None

    def _message(self, texte: str) -> None:
        super().montrer_message(texte)

    def _avancer(self) -> None:
        if self._occupe or self._suivant is None:
            return
        (cle, travail, sur_place), self._suivant = self._suivant, None
        self._occupe = True
        self._taches.lancer(
            "Préparation de l’aperçu",
            travail,
            lambda rendu: self._fini(cle, rendu, sur_place),
            lambda erreur: self._echec(cle, erreur),
            discret=True,
        )

    def _fini(self, cle: str, rendu: "_Rendu", sur_place: bool) -> None:
        self._occupe = False
        while len(self._rendus) >= _GARDES:
            self._rendus.pop(next(iter(self._rendus)))
        self._rendus[cle] = rendu
        if self._attendu == cle:
            self._presenter_rendu(rendu, sur_place)
        self._avancer()

    def _presenter_rendu(self, rendu: "_Rendu", sur_place: bool) -> None:
        octets, mis_en_page = rendu
        super().montrer_pdf(octets, sur_place)
        if mis_en_page is not None:
            self.rendu.emit(mis_en_page)

    def _echec(self, cle: str, erreur: ErreurEsms) -> None:
        self._occupe = False
        if self._attendu == cle:
            self._attendu = ""
            self._message("L’aperçu a été arrêté." if isinstance(erreur, Interruption) else str(erreur))
        self._avancer()
