"""A grappe of 500 ESSMS: its list shown, sorted, filtered; a workbook of 500 lines read and set against it. CPU time."""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt

from esms_desktop.echanges.tables.liste_essms import lire_tableau
from esms_desktop.echanges.tables.rapprochement import rapprocher
from esms_desktop.echanges.tables.source import lire_octets
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from tests.bench.gestes import JOUR
from tests.bench.outils import TOURS, dossier

NOMBRE = 500


def _classeur() -> bytes:
    import io

    import xlsxwriter

    tampon = io.BytesIO()
    wb = xlsxwriter.Workbook(tampon)
    ws = wb.add_worksheet("Liste")
    ws.write_row(0, 0, ["Liste des ESSMS"])
    ws.write_row(3, 0, ["Nom", "FINESS", "Places", "Commune"])
    for rang, e in enumerate(dossier(NOMBRE).essms):
        ws.write_row(4 + rang, 0, [e.nom, e.finess, f"{40 + rang} places", e.commune])
    wb.close()
    return tampon.getvalue()


def _cpu(faire: Callable[[], object], tours: int = TOURS) -> float:
    """Median CPU of what is done and of the paint that follows, in ms."""
    from PySide6.QtWidgets import QApplication

    durees = []
    for _ in range(tours):
        debut = time.process_time()
        faire()
        QApplication.processEvents()
        durees.append((time.process_time() - debut) * 1000)
    return sorted(durees)[len(durees) // 2]


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.app import creer_application, finir, menager
    from ui.contexte import Contexte
    from ui.fenetre import Fenetre
    from ui.pages.grappe.page import ESSMS, PageGrappe

    finir(creer_application())
    with tempfile.TemporaryDirectory() as atelier, ouvrir(Path(atelier) / "b.sqlite", cle_jetable()) as porte:
        d = dossier(NOMBRE)
        porte.ajouter(d, libelle="Mesure")
        cle: int = d.id
        octets = _classeur()
        lu = porte.lire(cle)
        assert lu is not None
        tableau = lire_tableau(lire_octets(octets, "liste.xlsx"))
        lecture = _cpu(lambda: lire_tableau(lire_octets(octets, "liste.xlsx")))
        ecarts = _cpu(lambda: rapprocher(lu, tableau))
        yield (
            f"liste de {NOMBRE} ESSMS : classeur lu en {lecture:.0f} ms, différences avec la grappe en {ecarts:.0f} ms "
            f"({len(rapprocher(lu, tableau).changes)} changements)"
        )
        fenetre = Fenetre()
        theme.habiller(fenetre)
        menager(fenetre)
        fenetre.resize(1280, 800)
        fenetre.show()
        contexte = Contexte(porte, lambda: JOUR, fenetre)
        fenetre.installer(contexte)
        fenetre.ouvrir_dossier(cle)
        fenetre.montrer_page("grappe")
        for _ in range(20):
            QApplication.processEvents()
        page = fenetre.dossier.page if fenetre.dossier else None
        assert isinstance(page, PageGrappe)
        premier = _cpu(lambda: page.montrer_onglet(ESSMS), 1)
        table = page.essms.tableau
        sens = [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder]

        def trier() -> None:
            table.sortByColumn(8, sens[0])
            sens.reverse()

        textes = ["essms 1", "fictif 2", "zzz", ""]

        def filtrer() -> None:
            page.essms.recherche.setText(textes[0])
            textes.append(textes.pop(0))

        tri, filtre = _cpu(trier), _cpu(filtrer)
        yield (
            f"  la liste : premier affichage {premier:.0f} ms (visé : 300), tri {tri:.0f} ms (visé : 100), "
            f"filtre {filtre:.0f} ms (visé : 100)"
        )
        contexte.taches.arreter()
        fenetre.close()
        fenetre.deleteLater()
        gc.collect()
