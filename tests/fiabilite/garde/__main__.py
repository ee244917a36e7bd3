"""Prints rounds and failures of each kind; the exit code is that of a failure."""

import argparse
import importlib
import sys
import time

# Each with the rounds of a full run; the reduced one divides them.
PARTS = {"cles": 5, "arrets": 500, "copies": 20, "dommages": 200, "deux": 20, "disque": 400, "traces": 4}
_MONTRES = 5


def main() -> int:
    """Runs the parts asked."""
    analyseur = argparse.ArgumentParser()
    analyseur.add_argument("--part", action="append", choices=tuple(PARTS))
    analyseur.add_argument("--tours", type=int, help="rounds of each part, in place of those of a full run")
    options = analyseur.parse_args()
    echecs = 0
    for nom in options.part or PARTS:
        debut = time.monotonic()
        for compte in importlib.import_module(f"tests.fiabilite.garde.{nom}").mesurer(
            options.tours or PARTS[nom]
        ):
            print(compte, flush=True)
            for dit in compte.echecs[:_MONTRES]:
                print(f"    {dit}", flush=True)
            echecs += len(compte.echecs)
        print(f"  ({nom} : {time.monotonic() - debut:.0f} s)", file=sys.stderr, flush=True)
    return 1 if echecs else 0


if __name__ == "__main__":
    sys.exit(main())
