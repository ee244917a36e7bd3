"""From spawn to the first paint and to a ready portfolio of 60 dossiers, against an empty window."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.outils import TOURS, dossier, medianes_alternees

_VIDE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
{avant}
class Fenetre(QMainWindow):
    peinte = False
    def paintEvent(self, e):
        super().paintEvent(e)
        if not self.peinte:
            self.peinte = True
            print("premier_affichage", time.monotonic_ns(), flush=True)
            QTimer.singleShot(0, suite)
def suite():
    {apres}
    print("pret", time.monotonic_ns(), flush=True)
    app.quit()
app = QApplication([])
f = Fenetre()
f.resize(1280, 800)
f.show()
app.exec()
"""


def _lancer(commande: list[str], env: dict[str, str]) -> dict[str, float]:
    debut = time.monotonic_ns()
    sortie = subprocess.run(commande, env=env, capture_output=True, text=True, timeout=60, check=True).stdout
    releves = {}
    for ligne in sortie.splitlines():
        cle, _, valeur = ligne.partition(" ")
        if cle in {"premier_affichage", "pret"}:
            releves[cle] = (int(valeur) - debut) / 1e6
    return releves


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    with tempfile.TemporaryDirectory() as temp:
        base = Path(temp) / "base.sqlite"
        env = os.environ | {
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "ESMS_DESKTOP_PHRASE": "mesure",
            "ESMS_DESKTOP_BASE": str(base),
            "HOME": temp,
            "XDG_CONFIG_HOME": temp,
            "XDG_DATA_HOME": temp,
        }
        _remplir(base)

        def vide(apres: str) -> Callable[[], dict[str, float]]:
            return lambda: _lancer([sys.executable, "-c", _VIDE.format(avant="", apres=apres)], env)

        application = [sys.executable, "-m", "ui.lancement"]
        m = medianes_alternees(
            {
                "vide": vide("pass"),
                "sqlalchemy": vide("import sqlalchemy.orm"),
                "app": lambda: _lancer(application, env | {"ESMS_DESKTOP_MESURE": "1"}),
            },
            TOURS,
        )
    a, v, s = m["app"], m["vide"], m["sqlalchemy"]
    yield f"premier affichage : application {a['premier_affichage']:.0f} ms, fenêtre vide {v['premier_affichage']:.0f} ms"
    yield f"premier affichage ÷ fenêtre vide : {a['premier_affichage'] / v['premier_affichage']:.2f} (visé : 1,3 au plus)"
    yield f"prêt, 60 dossiers : application {a['pret']:.0f} ms, fenêtre vide + SQLAlchemy {s['pret']:.0f} ms"
    yield f"prêt ÷ fenêtre vide + SQLAlchemy : {a['pret'] / s['pret']:.2f} (visé : 1,5 au plus)"


def _remplir(base: Path) -> None:
    from esms_desktop.travaux.base import ouvrir_base

    os.environ["ESMS_DESKTOP_PHRASE"] = "mesure"
    with ouvrir_base(base) as porte, porte.geste("Remplir"):
        for i in range(60):
            porte.ajouter(dossier(17, nom=f"Dossier de mesure {i + 1}"), libelle="Remplir")
