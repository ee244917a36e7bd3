"""Pictures of every page on the sample dossier: `make captures` writes them under docs/captures."""

import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from ui import theme
from ui.app import creer_application, finir
from ui.contexte import Contexte
from ui.fenetre import Fenetre
from ui.registre import pages


def _laisser_peindre(app: QApplication, contexte: Contexte) -> None:
    fin = time.monotonic() + 10
    while time.monotonic() < fin:
        app.processEvents()
        if contexte.taches.en_vue is None or not contexte.taches.en_vue:
            break
    for _ in range(50):
        app.processEvents()


def photographier(
    sortie: Path, largeur: int = 1280, hauteur: int = 800, echelle: float = 1.0, sombre: bool = False
) -> None:
    """Writes one PNG per page into `sortie`; `echelle` enlarges the font, `sombre` picks the dark colours."""
    sortie.mkdir(parents=True, exist_ok=True)
    app = creer_application()
    finir(app)
    theme.appliquer(app, echelle, sombre)
    with (
        tempfile.TemporaryDirectory() as atelier,
        ouvrir(Path(atelier) / "base.sqlite", cle_jetable()) as porte,
    ):
        dossier = creer_exemple(porte)
        fenetre = Fenetre()
        theme.habiller(fenetre)
        fenetre.resize(largeur, hauteur)
        fenetre.show()
        contexte = Contexte(porte, lambda: JOUR, fenetre)
        fenetre.installer(contexte)
        _laisser_peindre(app, contexte)
        fenetre.grab().save(str(sortie / "portefeuille.png"))
        fenetre.ouvrir_dossier(dossier.id)
        for rang, page in enumerate(pages(), start=1):
            fenetre.montrer_page(page.cle)
            _laisser_peindre(app, contexte)
            fenetre.grab().save(str(sortie / f"{rang:02}-{page.cle}.png"))
        contexte.taches.arreter()
        fenetre.close()


if __name__ == "__main__":
    photographier(
        Path(sys.argv[1]),
        echelle=float(sys.argv[2]) if len(sys.argv) > 2 else 1.0,
        sombre="sombre" in sys.argv,
    )
