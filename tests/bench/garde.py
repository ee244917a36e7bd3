"""What watching over a base costs: edits while 200 MB are copied beside the window, the look at the base at each start."""

import os
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from esms_desktop.store import capture_sqlite
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from esms_desktop.store.sante import sante
from esms_desktop.store.sauvegarde.sauvegarde import sauvegarder
from tests.bench import demarrage
from tests.bench.outils import TOURS, dossier, mediane_ms, medianes_alternees

_MO = 200
_PIECE = 4 << 20
_PAUSE_S = 0.015
_LIGNEE = "0" * 32


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    with tempfile.TemporaryDirectory() as temp:
        base, cle = Path(temp) / "base.sqlite", cle_jetable()
        with ouvrir(base, cle) as porte:
            for i in range(60):
                porte.ajouter(dossier(17, nom=f"Dossier de mesure {i + 1}"), libelle="Remplir")
        regard = mediane_ms(lambda: sante.exiger_lisible(base, cle), TOURS)
        entier = mediane_ms(lambda: ouvrir(base, cle).fermer(), TOURS)
        yield (
            f"regard à l’ouverture d’une base de 60 dossiers : {regard:.1f} ms, ouverture avec ÷ sans : "
            f"{entier / (entier - regard):.2f} (démarrage entier visé : 1,1 au plus)"
        )
        yield _demarrage(regard)
        yield _avec_histoire(Path(temp))
        yield from _pendant_une_copie(base, cle)


def _demarrage(regard: float) -> str:
    """The whole start of the window, that look being part of it, against what it would last without it."""
    with tempfile.TemporaryDirectory() as temp:
        pret = demarrage.releves(Path(temp), demarrage.PAR_PHRASE)["app"]["pret"]
    return (
        f"démarrage avec regard rapide ÷ sans : {pret / (pret - regard):.3f} ({pret:.0f} ms dont {regard:.1f} ms de regard ; "
        "visé : 1,1 au plus)"
    )


# What signs a row in the triggers that note it (`capture_sqlite`).
_SIGNATURE = re.compile(
    r"UPDATE \w+ SET (version = OLD\.version \+ 1, )?auteur = '[^']*' WHERE id = NEW\.id;"
)


def _avec_histoire(temp: Path) -> str:
    """One edit: as it is; without version nor author on the row; without anything noted, neither history nor undo."""
    entiere = capture_sqlite._ecoute
    ecoutes: dict[str, Callable[[str], str]] = {
        "avec": entiere,
        "sans version": lambda qui: _SIGNATURE.sub("", entiere(qui)),
        "sans rien": lambda qui: entiere(qui).split(";\n")[0] + ";",
    }
    with ExitStack() as pile:
        portes = {}
        for nom, ecoute in ecoutes.items():
            capture_sqlite._ecoute = ecoute  # type: ignore[assignment]
            porte = portes[nom] = pile.enter_context(ouvrir(temp / f"{nom}.sqlite", cle_jetable()))
            porte.ajouter(dossier(17, nom="Dossier de mesure"), libelle="Remplir")
            if nom == "sans rien":
                # Nothing noted, the door gave the object no number to be read again by: it is there all the same.
                assert porte.resumes()
        capture_sqlite._ecoute = entiere

        def editer(porte: Porte) -> Callable[[], dict[str, float]]:
            suite = iter(range(1_000_000))
            dossier_id = porte.resumes()[0].id

            def une() -> dict[str, float]:
                lu = porte.lire(dossier_id)
                debut = time.perf_counter()
                porte.modifier(lu, notes=f"n {next(suite)}")  # type: ignore[arg-type]
                return {"ms": (time.perf_counter() - debut) * 1000}

            return une

        m = medianes_alternees({n: editer(p) for n, p in portes.items()}, 60)
    avec, version, rien = (m[n]["ms"] for n in ecoutes)
    return (
        f"modification avec historique et version : {avec:.1f} ms, ÷ sans version ni auteur : {avec / version:.2f} (visé : 1,2 "
        f"au plus), ÷ sans rien noter : {avec / rien:.2f}"
    )


def _pendant_une_copie(base: Path, cle: Cle) -> Iterator[str]:
    with ouvrir(base, cle) as porte:
        d = porte.lire(porte.resumes()[0].id)
        for i in range(_MO * (1 << 20) // _PIECE):
            porte.joindre(d, 9, f"{i}.pdf", "pdf", os.urandom(_PIECE))  # type: ignore[arg-type]
        soixante = iter(range(60))
        seules = _editer(porte, lambda: next(soixante, None) is not None)
        fini = threading.Event()
        durees: list[float] = []

        def copier() -> None:
            debut = time.perf_counter()
            sauvegarder(base, cle, base.parent / "copies", "quotidienne", [], _LIGNEE, doucement=True)
            durees.append(time.perf_counter() - debut)
            fini.set()

        fil = threading.Thread(target=copier)
        fil.start()
        pendant = _editer(porte, lambda: not fini.is_set())
        fil.join()
    taille = base.stat().st_size >> 20
    yield (
        f"sauvegarde de {taille} Mo à côté : {durees[0]:.1f} s, {len(pendant)} modifications pendant ; médiane "
        f"{statistics.median(pendant):.1f} ms (seules {statistics.median(seules):.1f} ms), la plus longue {max(pendant):.0f} ms "
        f"(seules {max(seules):.0f} ms ; visé : 50 ms au plus), au-delà de 50 ms : {sum(x > 50 for x in pendant)}"
    )


def _editer(porte: Porte, encore: Callable[[], bool]) -> list[float]:
    """Edits as a person would, each timed in milliseconds."""
    d, durees, i = porte.resumes()[1].id, [], 0
    while encore():
        lu = porte.lire(d)
        debut = time.perf_counter()
        porte.modifier(lu, notes=str(i))  # type: ignore[arg-type]
        durees.append((time.perf_counter() - debut) * 1000)
        i += 1
        time.sleep(_PAUSE_S)
    return durees
