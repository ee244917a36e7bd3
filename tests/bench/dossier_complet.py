"""Pages per second of the complete filing, against reportlab drawing bare pages."""

import io
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from esms_desktop.campagnes.chargement import charger
from esms_desktop.depot.publication import deposer
from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from tests.bench.outils import medianes_alternees


def _brut(pages: int) -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()["BodyText"]
    phrase = "Une phrase ordinaire, longue d’une ligne ou deux, comme un dossier en compte beaucoup sur chaque page. "
    blocs = []
    for _ in range(pages):
        blocs += [Paragraph(phrase * 3, style) for _ in range(9)]
        blocs.append(PageBreak())
    SimpleDocTemplate(io.BytesIO()).build(blocs)


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    with (
        tempfile.TemporaryDirectory() as atelier,
        ouvrir(Path(atelier) / "base.sqlite", cle_jetable()) as porte,
    ):
        exemple = creer_exemple(porte)
        campagne = charger(exemple.campagne_id)
        pages = deposer(exemple, campagne, JOUR, Path(atelier) / "sortie", porte.contenu).pages

        def filing() -> dict[str, float]:
            debut = time.perf_counter()
            deposer(exemple, campagne, JOUR, Path(atelier) / "sortie", porte.contenu)
            return {"s": time.perf_counter() - debut}

        def brut() -> dict[str, float]:
            debut = time.perf_counter()
            _brut(pages)
            return {"s": time.perf_counter() - debut}

        m = medianes_alternees({"depot": filing, "reportlab": brut}, 5)
    ours, floor = pages / m["depot"]["s"], pages / m["reportlab"]["s"]
    yield f"dépôt complet ({pages} pages, ZIP, manifeste et preuve compris) : {ours:.0f} pages/s"
    yield f"reportlab seul, même nombre de pages de texte : {floor:.0f} pages/s"
    yield f"dépôt ÷ reportlab : {ours / floor:.2f}"
