"""What a portfolio of 60 dossiers keeps in memory once each has been examined, in a process of its own.

Run as a file it measures the code it stands in: `python -m tests.bench.memoire BASE traces|processus`.
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

DOSSIERS, ESSMS = 60, 30
JOUR = date(2023, 6, 1)
# A plain secret: the base holds fictions, and two processes open it.
_SECRET = bytes(range(32))


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    with tempfile.TemporaryDirectory() as temp:
        base = Path(temp) / "base.sqlite"
        _lancer(base, "creer")
        traces, processus = _lancer(base, "traces"), _lancer(base, "processus")
    yield (
        f"mémoire, portefeuille de {DOSSIERS} dossiers de {ESSMS} ESSMS examinés : {traces['garde']:.1f} Mo gardés, "
        f"{traces['pointe']:.1f} Mo au plus fort, de ce qu’alloue Python"
    )
    if processus:
        yield (
            f"mémoire, le même, processus entier : {processus['avant']:.0f} Mo avant d’ouvrir la base, "
            f"{processus['garde']:.0f} Mo ensuite, {processus['pointe']:.0f} Mo au plus fort"
        )


def _lancer(base: Path, quoi: str) -> dict[str, float]:
    commande = [sys.executable, "-m", "tests.bench.memoire", str(base), quoi]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    sortie = subprocess.run(commande, env=env, capture_output=True, text=True, check=True).stdout
    return {nom: float(valeur) for nom, valeur in (ligne.split() for ligne in sortie.splitlines())}


def _creer(base: Path) -> None:
    from esms_desktop.model import Risque, Tache
    from esms_desktop.store.base import ouvrir
    from esms_desktop.store.cles.chiffrement import Cle
    from tests.bench.outils import dossier

    with ouvrir(base, Cle(_SECRET)) as porte:
        for i in range(DOSSIERS):
            d = dossier(ESSMS, nom=f"Grappe {i}")
            d.date_debut_projet = date(2023, 9, 4)
            d.taches = [Tache(nom=f"Tâche {k}", rang=k, duree=3 + k % 7) for k in range(40)]
            d.risques = [Risque(intitule=f"Risque {k}", rang=k, probabilite=2, gravite=2) for k in range(20)]
            porte.ajouter(d, libelle="Ajouter")


def _etat() -> dict[str, float]:
    """Megabytes of the process now and at most, where the system tells."""
    try:
        lignes = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return {}
    dits = dict(ligne.split(":", 1) for ligne in lignes)
    return {nom: int(dits[cle].split()[0]) / 1024 for nom, cle in (("garde", "VmRSS"), ("pointe", "VmHWM"))}


def _portefeuille(base: Path, traces: bool) -> None:
    from PySide6.QtWidgets import QApplication

    from esms_desktop.store.base import ouvrir
    from esms_desktop.store.cles.chiffrement import Cle
    from ui.contexte import Contexte
    from ui.pages.accueil.portefeuille import PagePortefeuille

    app = QApplication([])
    gc.collect()
    avant = _etat().get("garde")
    if traces:
        tracemalloc.start()
    with ouvrir(base, Cle(_SECRET)) as porte:
        page = PagePortefeuille(Contexte(porte, lambda: JOUR))
        page.resize(1280, 800)
        page.show()
        page.rafraichir()
        limite = time.monotonic() + 600
        while not page.examine and time.monotonic() < limite:
            app.processEvents()
        assert page.examine, "the portfolio was never examined whole"
        gc.collect()
        if traces:
            garde, pointe = (octets / 1e6 for octets in tracemalloc.get_traced_memory())
            print(f"garde {garde}\npointe {pointe}")
        elif avant is not None:
            etat = _etat()
            print(f"avant {avant}\ngarde {etat['garde']}\npointe {etat['pointe']}")
        page.arreter()


if __name__ == "__main__":
    if sys.argv[2] == "creer":
        _creer(Path(sys.argv[1]))
    else:
        _portefeuille(Path(sys.argv[1]), sys.argv[2] == "traces")
