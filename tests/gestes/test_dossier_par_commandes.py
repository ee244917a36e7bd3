"""A whole dossier without the window: the script given as an example, replayed command by command, files and proves it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from esms_desktop.cli import main
from tests.conftest import DONNEES
from tests.depot.fabrique import pdf
from tests.finess.fabrique import EJ, EJ_MEMBRE, ecrire, petit

SCRIPT = Path(__file__).parents[2] / "docs" / "dossier-par-commandes.sh"
# Notes what it is given, and does nothing.
GREFFIER = '#!/bin/sh\nfor mot in "$@"; do printf "%s\\037" "$mot" >> "{carnet}"; done\nprintf "\\036" >> "{carnet}"\n'
FIABILITE = os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite"
REEL = DONNEES / "finess" / "finess-structures-extrait-20260813.json.gz"


def commandes(place: Path, *arguments: str) -> list[list[str]]:
    """The commands that the script runs, each as its words."""
    carnet, greffier = place / "carnet", place / "greffier"
    greffier.write_text(GREFFIER.format(carnet=carnet), encoding="utf-8")
    greffier.chmod(0o700)
    subprocess.run(
        ["sh", str(SCRIPT), *arguments],
        check=True,
        env=os.environ | {"ESMS_DESKTOP": str(greffier)},
        timeout=60,
    )
    return [ligne.split("\037")[:-1] for ligne in carnet.read_text(encoding="utf-8").split("\036")[:-1]]


def test_the_script_builds_a_dossier_that_files_and_proves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(tmp_path / "base.sqlite"))
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "une longue phrase d’essai")
    finess, porteur, membre = REEL, "060020443", "970302477"
    # The real one, of 37 ESSMS, where time is not counted.
    if not (FIABILITE and REEL.is_file()):
        finess, porteur, membre = ecrire(tmp_path, petit(), "annuaire.json.gz", gz=True), EJ, EJ_MEMBRE
    piece = tmp_path / "piece.pdf"
    piece.write_bytes(pdf("RIB"))
    sortie = tmp_path / "sortie"
    for mots in commandes(tmp_path, str(finess), porteur, membre, str(piece), str(sortie)):
        code = main(mots)
        assert code == (1 if mots[0] == "deposer" else 0), (mots, capsys.readouterr())
    capsys.readouterr()
    assert main(["dossier", "verifier", "Grappe des commandes", "--json"]) == 1
    dit = json.loads(capsys.readouterr().out)
    etats = {p["numero"]: p["etat"] for p in dit["pieces"]}
    assert etats[9] == "jointe" and etats[4] != "vide"
    manifeste = json.loads((sortie / "manifest.json").read_text(encoding="utf-8"))
    assert manifeste["dossier"] == "Grappe des commandes" and (sortie / "dossier.pdf").is_file()
