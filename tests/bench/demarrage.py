"""From spawn to the first paint and to a ready portfolio of 60 dossiers, against an empty window."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.outils import TOURS, dossier, medianes_alternees

_PHRASE = "ESMS_DESKTOP_PHRASE"
PAR_PHRASE = {_PHRASE: "quatre canards sous l’érable"}
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
    """Yields the lines of this bench: with the key behind a phrase, then, where there is one, in a real keyring."""
    with tempfile.TemporaryDirectory() as temp:
        m = releves(Path(temp), PAR_PHRASE)
    a, v, s = m["app"], m["vide"], m["sqlalchemy"]
    yield f"premier affichage : application {a['premier_affichage']:.0f} ms, fenêtre vide {v['premier_affichage']:.0f} ms"
    yield f"premier affichage ÷ fenêtre vide : {a['premier_affichage'] / v['premier_affichage']:.2f} (visé : 1,3 au plus)"
    yield f"prêt, 60 dossiers : application {a['pret']:.0f} ms, fenêtre vide + SQLAlchemy {s['pret']:.0f} ms"
    yield f"prêt, phrase secrète ÷ fenêtre vide + SQLAlchemy : {a['pret'] / s['pret']:.2f} (visé : 1,5 au plus)"
    yield _au_trousseau()


def _au_trousseau() -> str:
    """The same, the key being where most people have it; in a session bus of its own, with a keyring that is open."""
    debut = "prêt, clé au trousseau ÷ fenêtre vide + SQLAlchemy :"
    manquants = [n for n in ("dbus-run-session", "gnome-keyring-daemon") if not shutil.which(n)]
    if manquants:
        return f"{debut} non mesuré, absent : {', '.join(manquants)}"
    with tempfile.TemporaryDirectory() as temp:
        (Path(temp) / "run").mkdir(mode=0o700)
        caches = (_PHRASE, "DBUS_SESSION_BUS_ADDRESS", "DISPLAY")
        env = {n: v for n, v in os.environ.items() if n not in caches}
        env |= {"HOME": temp, "XDG_RUNTIME_DIR": f"{temp}/run"}
        env |= {f"XDG_{n}_HOME": f"{temp}/{n.lower()}" for n in ("DATA", "CONFIG", "CACHE")}
        ouverture = "printf mesure | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        ici = f'exec "{sys.executable}" -m tests.bench.demarrage "{temp}"'
        sortie = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", ouverture + ici],
            env=env,
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        ).stdout
    m = json.loads(sortie)
    rapport = m["app"]["pret"] / m["sqlalchemy"]["pret"]
    return f"{debut} {rapport:.2f} ({m['app']['pret']:.0f} ms et {m['sqlalchemy']['pret']:.0f} ms ; visé : 1,5 au plus)"


def releves(temp: Path, cle: dict[str, str]) -> dict[str, dict[str, float]]:
    """The medians on a base of 60 dossiers made in `temp`, opened as `cle` says."""
    base = temp / "base.sqlite"
    env = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "ESMS_DESKTOP_BASE": str(base),
        "HOME": str(temp),
        "XDG_CONFIG_HOME": str(temp),
        "XDG_DATA_HOME": str(temp),
        **cle,
    }
    subprocess.run([sys.executable, "-m", "tests.bench.demarrage", "remplir", str(base)], env=env, check=True)

    def vide(apres: str) -> Callable[[], dict[str, float]]:
        return lambda: _lancer([sys.executable, "-c", _VIDE.format(avant="", apres=apres)], env)

    application = [sys.executable, "-m", "ui.lancement"]
    return medianes_alternees(
        {
            "vide": vide("pass"),
            "sqlalchemy": vide("import sqlalchemy.orm"),
            "app": lambda: _lancer(application, env | {"ESMS_DESKTOP_MESURE": "1"}),
        },
        TOURS,
    )


def _remplir(base: Path) -> None:
    from esms_desktop.base.ouverture import ouvrir_base

    with ouvrir_base(base) as porte, porte.geste("Remplir"):
        for i in range(60):
            porte.ajouter(dossier(17, nom=f"Dossier de mesure {i + 1}"), libelle="Remplir")


if __name__ == "__main__":
    if sys.argv[1] == "remplir":
        _remplir(Path(sys.argv[2]))
    else:
        print(json.dumps(releves(Path(sys.argv[1]), {})))
