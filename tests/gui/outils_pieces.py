"""What the tests of the page Pièces share."""

from typing import Any

from esms_desktop.model import Dossier
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from ui.pages.pieces.page import PagePieces


def fini(qtbot: Any, page: PagePieces) -> str:
    """Waits for the message of a gesture, and gives it."""
    qtbot.waitUntil(lambda: not page.bandeau.isHidden() and not page.contexte.taches.en_cours, timeout=60_000)
    return str(page.bandeau.texte.text()).replace("\u200b", "")


def joints(porte: Porte, dossier: Dossier, numero: int) -> list[str]:
    """Names of the files a piece holds, read again."""
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None
    return [f.nom for f in relu.fichiers_de(numero)]
