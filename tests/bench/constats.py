"""How long all the findings of a dossier take to be computed again."""

from collections.abc import Iterator
from datetime import date

from esms_desktop.campagnes.chargement import charger
from esms_desktop.regles.examen import examiner
from tests.bench.outils import dossier, mediane_ms


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    campagne, jour = charger("2023"), date(2023, 6, 1)
    durees = {}
    for n in (50, 500):
        d = dossier(n)
        for i, og in enumerate(d.ogs):
            og.id = i + 1
        for i, e in enumerate(d.essms):
            e.id = i + 1
        d.solutions[0].id = 1
        for e in d.essms:
            e.solution_id = 1
        durees[n] = mediane_ms(lambda d=d: examiner(d, campagne, jour), 15)
        yield f"constats, {n} ESSMS : {durees[n]:.1f} ms" + (" (visé : 16 ms au plus)" if n == 500 else "")
    yield f"constats, 500 ÷ 50 ESSMS : {durees[500] / durees[50]:.1f} (linéaire : 10 au plus)"
