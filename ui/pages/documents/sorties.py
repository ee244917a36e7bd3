"""What leaves the Documents page: a PDF, a Word copy, an Excel copy, each written beside the window."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from esms_desktop.errors import ErreurEsms
from esms_desktop.progress import Progress
from ui import sorties
from ui.tasks import Taches

if TYPE_CHECKING:
    from esms_desktop.documents.arbre.arbre import Document
    from esms_desktop.documents.classeur.classeur import Classeur

FILTRE_WORD = "Document Word (*.docx)"
FILTRE_EXCEL = "Classeur Excel (*.xlsx)"
_Fini = Callable[[list[Path]], object]
_Echoue = Callable[[ErreurEsms], object]


def ecrire_word(
    taches: Taches, document: "Document", chemin: Path, jour: date, fini: _Fini, echoue: _Echoue
) -> None:
    """Writes a document as a .docx."""

    def travail(progress: Progress) -> list[Path]:
        from esms_desktop.documents.docx.rendu import rendre_docx

        progress.etape(0, 0, f"{document.titre}\u00a0: document Word")
        return [sorties.ecrire(chemin, rendre_docx(document, jour))]

    taches.lancer("Écriture du document Word", travail, fini, echoue)


def ecrire_excel(
    taches: Taches, classeur: "Classeur", chemin: Path, jour: date, fini: _Fini, echoue: _Echoue
) -> None:
    """Writes a workbook as a .xlsx."""

    def travail(progress: Progress) -> list[Path]:
        from esms_desktop.documents.classeur.rendu import rendre_xlsx

        progress.etape(0, 0, "Classeur Excel")
        return [sorties.ecrire(chemin, rendre_xlsx(classeur, jour))]

    taches.lancer("Écriture du classeur Excel", travail, fini, echoue)
