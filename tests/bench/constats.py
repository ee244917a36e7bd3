"""How long all the findings of a dossier take the first time."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from esms_desktop.campagnes.chargement import charger
from esms_desktop.lecture import Version
from esms_desktop.lecture.memoire import Tables
from esms_desktop.regles.examen import examiner
from esms_desktop.store.lire import figer
from tests.bench.outils import dossier, mediane_ms


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    campagne, jour = charger("2023"), date(2023, 6, 1)
    durees = {}
    for n in (50, 500):
        d = dossier(n)
        tables = figer(d).version.tables

        def neuf(tables: Tables = tables) -> object:
            lu: Any = Version(tables).ligne("dossier", next(iter(tables["dossier"])))
            return examiner(lu, campagne, jour)

        durees[n] = mediane_ms(neuf, 15)
        yield f"constats, {n} ESSMS : {durees[n]:.1f} ms" + (" (visé : 16 ms au plus)" if n == 500 else "")
    yield f"constats, 500 ÷ 50 ESSMS : {durees[500] / durees[50]:.1f} (linéaire : 10 au plus)"
