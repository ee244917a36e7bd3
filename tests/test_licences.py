"""The licences of what is shipped are listed, as the declared dependencies and the installed packages say them."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[1]
PROJET = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TEXTE = (RACINE / "LICENCES-TIERCES.md").read_text(encoding="utf-8")
# Words of the metadata that name a family of licences, and how our list says it.
_FAMILLES = {
    "apache": "Apache",
    "bsd": "BSD",
    "hpnd": "MIT-CMU",
    "lesser": "LGPL",
    "lgpl": "LGPL",
    "mit": "MIT",
    "mpl": "MPL",
    "mozilla": "MPL",
    "psf": "PSF",
}


def _nom(exigence: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ (]", exigence, maxsplit=1)[0]).lower()


def _versions(exigence: str) -> str:
    return re.sub(r"^[A-Za-z0-9_.-]+", "", exigence).partition(";")[0].strip()


# The rows of both tables: name, range (of the declared ones), licence.
_LIGNES = [ligne.strip("| ").split(" | ") for ligne in TEXTE.splitlines() if ligne.startswith("| ")]
DECLAREES = {_nom(c[0]): c for c in _LIGNES if len(c) == 4 and c[0] != "bibliothèque"}
APPORTEES = {_nom(c[0]): [c[0], "", c[1]] for c in _LIGNES if len(c) == 2 and c[0] != "bibliothèque"}


def _installees() -> set[str]:
    """What the declared dependencies bring on this system, themselves included."""
    vues: set[str] = set()
    file = [_nom(e) for e in PROJET["dependencies"]]
    while file:
        nom = file.pop()
        if nom in vues:
            continue
        try:
            suite = requires(nom) or []
        except PackageNotFoundError:  # For another system, or another Python.
            continue
        vues.add(nom)
        file += [_nom(e) for e in suite if "extra ==" not in e]
    return vues


def test_each_declared_dependency_is_listed_with_its_range() -> None:
    assert {n: c[1] for n, c in DECLAREES.items()} == {_nom(e): _versions(e) for e in PROJET["dependencies"]}


def test_each_package_they_bring_is_listed() -> None:
    assert _installees() - DECLAREES.keys() <= APPORTEES.keys()


@pytest.mark.parametrize("nom", sorted(_installees()))
def test_the_licence_listed_is_the_one_the_package_says(nom: str) -> None:
    def champ(cle: str) -> list[str]:
        return metadata(nom).get_all(cle) or []

    classes = [c for c in champ("Classifier") if c.startswith("License")]
    dites = [*champ("License-Expression"), *(x.split("\n")[0] for x in champ("License")), *classes]
    dite = " ".join(dites).lower()
    familles = {ecrite for mot, ecrite in _FAMILLES.items() if re.search(rf"(?<![a-z]){mot}", dite)}
    listee = {**APPORTEES, **DECLAREES}[nom][2]
    assert listee and (not familles or any(f in listee for f in familles)), (dite, listee)


def test_the_fonts_and_the_licences_travel_with_the_application() -> None:
    assert PROJET["license"] == "MIT"
    for motif in PROJET["license-files"]:
        assert list(RACINE.glob(motif)), motif
    for police in (RACINE / "resources/fonts").glob("*.ttf"):
        assert police.name.startswith("IBMPlex")
    assert "Les auteurs d'ESMS Desktop" in (RACINE / "LICENSE").read_text(encoding="utf-8")
