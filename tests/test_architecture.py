"""The house keeps its shape: arrows, file sizes, first lines, one reader of resources."""

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

RACINE = Path(__file__).resolve().parents[1]
SOURCES = sorted(p for d in ("esms_desktop", "ui", "resources") for p in (RACINE / d).rglob("*.py"))


def test_arrows_point_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(RACINE)
    assert lint_imports(config_filename=str(RACINE / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("fichier", SOURCES, ids=lambda p: str(p.relative_to(RACINE)))
def test_each_file_is_one_small_room(fichier: Path) -> None:
    texte = fichier.read_text(encoding="utf-8")
    if "migrations" not in fichier.parts:
        assert len(texte.splitlines()) <= 400, "past 400 lines: look for the two things it is"
    assert ast.get_docstring(ast.parse(texte)), "the first line says what belongs there"


def test_only_assets_reads_resources() -> None:
    lecteurs = [
        p for p in SOURCES if "import resources" in p.read_text(encoding="utf-8") and p.name != "assets.py"
    ]
    assert lecteurs == []


def test_no_path_of_a_machine() -> None:
    fautifs = [p for p in SOURCES if "/work/" in p.read_text(encoding="utf-8")]
    assert fautifs == []
