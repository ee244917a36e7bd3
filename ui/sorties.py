"""What the window writes outside the base: a PDF it draws, a file it gives back. Written beside, then renamed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.progress import Progress
from esms_desktop.sorties import ecrire
from ui.tasks import Taches

__all__ = ["demander_dossier", "demander_fichier", "dessiner", "ecrire", "imprimer", "ouvrir"]

if TYPE_CHECKING:
    from esms_desktop.documents.arbre.arbre import Document
    from esms_desktop.documents.pdf.rendu import PdfRendu


def imprimer(
    taches: Taches,
    travaux: "list[tuple[Document, Path]]",
    jour: date,
    fini: Callable[[list[Path]], object],
    echoue: Callable[[ErreurEsms], object],
) -> None:
    """Draws each document and writes it to its path, beside the window.

    Args:
        taches: the long jobs.
        travaux: (document, path of the PDF) pairs.
        jour: date printed on the documents.
        fini: called with the files written.
        echoue: called with the error; the files already whole stay.
    """

    def travail(progress: Progress) -> list[Path]:
        from esms_desktop.documents.pdf.rendu import rendre

        ecrits = []
        for rang, (document, chemin) in enumerate(travaux):
            progress.etape(rang, len(travaux), f"{document.titre}\u00a0: mise en page")
            ecrits.append(ecrire(chemin, rendre(document, jour).octets))
        return ecrits

    titre = "Mise en page du document" if len(travaux) == 1 else "Mise en page des documents"
    taches.lancer(titre, travail, fini, echoue)


def dessiner(
    taches: Taches,
    document: "Document",
    jour: date,
    fini: "Callable[[PdfRendu], object]",
    echoue: Callable[[ErreurEsms], object],
) -> None:
    """Draws a document beside the window, for its preview."""

    def travail(progress: Progress) -> "PdfRendu":
        from esms_desktop.documents.pdf.rendu import rendre

        progress.etape(0, 0, f"{document.titre}\u00a0: mise en page")
        return rendre(document, jour)

    taches.lancer("Préparation de l’aperçu", travail, fini, echoue)


def demander_fichier(parent: QWidget, titre: str, propose: str, filtre: str = "PDF (*.pdf)") -> Path | None:
    """Asks where to write a file; None when the person gives up."""
    choisi, _ = QFileDialog.getSaveFileName(parent, titre, str(Path.home() / propose), filtre)
    return Path(choisi) if choisi else None


def demander_dossier(parent: QWidget, titre: str) -> Path | None:
    """Asks for a folder; None when the person gives up."""
    choisi = QFileDialog.getExistingDirectory(parent, titre, str(Path.home()))
    return Path(choisi) if choisi else None


def ouvrir(chemin: Path) -> bool:
    """Opens a file or a folder with the program of the system; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(chemin)))
