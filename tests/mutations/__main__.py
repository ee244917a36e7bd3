"""`make mutations GRAINE="1 2" N=60`: draws faults, puts each one in a clone of the last commit, says which test notices it."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
_PYTEST = (
    "-m",
    "pytest",
    "-p",
    "no:randomly",
    "-p",
    "no:cacheprovider",
    "--ignore=tests/gui",
    "--ignore=tests/fiabilite",
)


def _lancer(copie: Path, arguments: Sequence[str], **variables: str) -> None:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"} | variables
    subprocess.run([sys.executable, *_PYTEST, *arguments], cwd=copie, env=env, check=True)


def main() -> None:
    """Prints a line for each mutation as it is tried, then for each seed how many were noticed, and the others."""
    lire = argparse.ArgumentParser(description=__doc__)
    lire.add_argument("--graine", type=int, nargs="+", required=True, help="seeds of the draws")
    lire.add_argument("--nombre", type=int, default=60, help="how many mutations for each")
    options = lire.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutations-") as place:
        # The last commit, alone: no real data beside it.
        copie, notes = Path(place) / "seul" / "projet", Path(place) / "notes"
        notes.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(RACINE), str(copie)], check=True)
        _lancer(
            copie,
            ["-n2", "--dist=loadfile", "-p", "tests.mutations.appels"],
            ESMS_DESKTOP_MUTATIONS=str(notes),
        )
        _lancer(
            copie,
            ["-n0", "-s", "-p", "tests.mutations.epreuve"],
            ESMS_DESKTOP_MUTATIONS=str(notes),
            ESMS_DESKTOP_GRAINES=" ".join(map(str, options.graine)),
            ESMS_DESKTOP_NOMBRE=str(options.nombre),
        )


if __name__ == "__main__":
    main()
