"""`make mutations GRAINE=1 N=60`: draws faults, puts each one in a clone of the last commit, says which test notices it."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutations.points import PAQUETS, Mutation, tirer

RACINE = Path(__file__).resolve().parents[2]
# Seconds: for one mutation with the tests that call its function, then with the rest of the suite.
DELAI, DELAI_RESTE = 240, 900
# CPU seconds of tests calling the function that are tried first, the quickest first.
BUDGET = 40.0
_ESSAIS = tuple(f"tests/{p}" for p in (*PAQUETS, "travaux"))
_PYTEST = (
    "-m",
    "pytest",
    "-q",
    "-n0",
    "-p",
    "no:randomly",
    "-p",
    "no:cacheprovider",
    "--no-header",
    "--tb=no",
)


def _lancer(copie: Path, arguments: Sequence[str], delai: int, **variables: str) -> tuple[int, str]:
    """Runs Python in the clone; (-1, "") past the time given."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"} | variables
    try:
        fait = subprocess.run(
            [sys.executable, *arguments],
            cwd=copie,
            env=env,
            capture_output=True,
            text=True,
            timeout=delai,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, ""
    return fait.returncode, fait.stdout


def _cloner(vers: Path) -> Path:
    """The last commit, alone: no real data beside it."""
    copie = vers / "seul" / "projet"
    subprocess.run(["git", "clone", "--quiet", str(RACINE), str(copie)], check=True)
    return copie


def _appels(copie: Path) -> tuple[dict[str, list[str]], dict[str, float]]:
    """Which tests of the four packages, and of what calls them, call each function; the others come last anyway."""
    notes = copie.parent / "appels.json"
    code, sortie = _lancer(
        copie,
        [*_PYTEST, "-p", "tests.mutations.appels", *_ESSAIS],
        3600,
        ESMS_DESKTOP_APPELS=str(notes),
    )
    if code != 0:
        raise SystemExit(f"The suite must be green before it is measured:\n{sortie[-3000:]}")
    lu = json.loads(notes.read_text(encoding="utf-8"))
    return lu["essais"], lu["durees"]


def _premier_echec(sortie: str) -> str:
    echecs = [x for x in sortie.splitlines() if x.startswith(("FAILED", "ERROR"))]
    return echecs[0].split(" - ")[0].split(" ", 1)[1] if echecs else "import"


def eprouver(copie: Path, mutation: Mutation, essais: Sequence[str], durees: dict[str, float]) -> str:
    """The test that notices the mutation, « délai » when it never ends, "" when nothing notices it."""
    cible = copie / mutation.fichier.relative_to(copie)
    avant = cible.read_text(encoding="utf-8")
    cible.write_text(mutation.source, encoding="utf-8")
    try:
        restes, cout = list(essais), 0.0
        choisis = []
        while restes and cout < BUDGET:
            choisis.append(restes.pop(0))
            cout += durees[choisis[-1]]
        if choisis:
            liste = copie.parent / "essais.txt"
            liste.write_text("\n".join(choisis), encoding="utf-8")
            code, sortie = _lancer(copie, [*_PYTEST, "-x", f"@{liste}"], DELAI)
            if code:
                return "délai" if code == -1 else _premier_echec(sortie)
        code, sortie = _lancer(copie, [*_PYTEST, "-x", "--ignore=tests/gui"], DELAI_RESTE)
        if code:
            return "délai" if code == -1 else _premier_echec(sortie)
        return ""
    finally:
        cible.write_text(avant, encoding="utf-8")


def main() -> None:
    """Prints a line for each mutation, then how many were noticed."""
    lire = argparse.ArgumentParser(description=__doc__)
    lire.add_argument("--graine", type=int, required=True, help="seed of the draw")
    lire.add_argument("--nombre", type=int, default=60, help="how many mutations")
    options = lire.parse_args()
    with contextlib.ExitStack() as pile:
        copie = _cloner(Path(pile.enter_context(tempfile.TemporaryDirectory(prefix="mutations-"))))
        essais, durees = _appels(copie)
        vues, survivantes = 0, []
        for rang, m in enumerate(tirer(copie, options.graine, options.nombre), 1):
            debut = time.monotonic()
            ou = m.fichier.relative_to(copie).as_posix()
            par = eprouver(copie, m, essais.get(f"{ou}::{m.fonction}", ()), durees)
            vues += bool(par)
            ligne = f"{rang:3} {ou}:{m.ligne} {m.fonction} [{m.genre}]\n      {m.avant}\n    → {m.apres}"
            if not par:
                survivantes.append(ligne)
            print(f"{ligne}\n    {par or 'SURVIT'} ({time.monotonic() - debut:.0f} s)", flush=True)
        print(f"\nGraine {options.graine} : {vues} sur {options.nombre} vues.")
        print("\n".join(["Survivantes :", *survivantes] if survivantes else []))


if __name__ == "__main__":
    main()
