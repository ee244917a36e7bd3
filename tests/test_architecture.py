"""The house keeps its shape: arrows, file sizes, first lines, one reader of resources, declared libraries."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[1]
SOURCES = sorted(p for d in ("esms_desktop", "ui", "resources") for p in (RACINE / d).rglob("*.py"))


def test_arrows_point_down() -> None:
    # In a process of its own: import-linter silences the loggers of the one it runs in.
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    fini = subprocess.run(
        [sys.executable, "-c", lint], cwd=RACINE, capture_output=True, text=True, check=False
    )
    assert fini.returncode == 0, fini.stdout + fini.stderr


@pytest.mark.parametrize("fichier", SOURCES, ids=lambda p: str(p.relative_to(RACINE)))
def test_each_file_is_one_small_room(fichier: Path) -> None:
    texte = fichier.read_text(encoding="utf-8")
    if "migrations" not in fichier.parts:
        assert len(texte.splitlines()) <= 400, "past 400 lines: look for the two things it is"
    assert ast.get_docstring(ast.parse(texte)), "the first line says what belongs there"


def test_no_file_of_tests_is_longer_than_a_room() -> None:
    longs = {
        p.relative_to(RACINE).as_posix(): n
        for p in (RACINE / "tests").rglob("*.py")
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert longs == {}, "past 400 lines: look for the two things it tests"


def test_no_folder_holds_more_than_thirty_files() -> None:
    pleins = Counter(p.parent for p in SOURCES)
    assert [str(d.relative_to(RACINE)) for d, n in pleins.items() if n > 30] == []


def _importe(noeuds: Iterable[ast.stmt], connus: Collection[str]) -> Iterator[str]:
    """The modules of the house that these statements import when they are read; those for the types only apart."""
    for noeud in noeuds:
        if isinstance(noeud, ast.If):
            if "TYPE_CHECKING" not in ast.unparse(noeud.test):
                yield from _importe(noeud.body, connus)
        elif isinstance(noeud, ast.Import):
            yield from (a.name for a in noeud.names if a.name in connus)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            for a in noeud.names:
                entier = f"{noeud.module}.{a.name}"
                yield entier if entier in connus else noeud.module


def test_no_circle_of_imports() -> None:
    modules = {
        ".".join(p.relative_to(RACINE).with_suffix("").parts).removesuffix(".__init__"): p for p in SOURCES
    }
    suites = {
        nom: sorted(set(_importe(ast.parse(p.read_text(encoding="utf-8")).body, modules)) & modules.keys())
        for nom, p in modules.items()
    }
    vus: dict[str, bool] = {}

    def suivre(nom: str, chemin: tuple[str, ...]) -> None:
        assert nom not in chemin, " → ".join((*chemin, nom))
        if not vus.get(nom):
            vus[nom] = True
            for suite in suites[nom]:
                suivre(suite, (*chemin, nom))

    for nom in modules:
        suivre(nom, ())


def _de_la_fenetre() -> Iterator[tuple[str, ast.AST]]:
    for fichier in (p for p in SOURCES if p.is_relative_to(RACINE / "ui")):
        nom = fichier.relative_to(RACINE).as_posix()
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            yield f"{nom}:{getattr(noeud, 'lineno', 0)}", noeud


def test_the_window_imports_neither_the_store_nor_the_tables() -> None:
    """Not even for a type or inside a function: what it needs of them, `base` gives."""
    fautes = [
        ou
        for ou, noeud in _de_la_fenetre()
        if isinstance(noeud, ast.ImportFrom | ast.Import)
        for module in [getattr(noeud, "module", None) or "", *(a.name for a in noeud.names)]
        if re.match(r"esms_desktop\.(store|model)\b", module)
    ]
    assert fautes == []


def test_the_window_holds_no_door() -> None:
    """It gives the door to the context when a base opens, and no page gets it back."""
    fautes = [
        ou
        for ou, noeud in _de_la_fenetre()
        if isinstance(noeud, ast.Attribute) and noeud.attr.lstrip("_") == "porte"
    ]
    assert fautes == []
    from esms_desktop.base.seance import Porte, Seance

    rendus = {
        nom: str(getattr(membre.fget if isinstance(membre, property) else membre, "__annotations__", {}))
        for nom, membre in vars(Seance).items()
        if not nom.startswith("_")
    }
    assert not any("'return': " + repr(Porte) in dit for dit in rendus.values())


def test_only_assets_reads_resources() -> None:
    lecteurs = [
        p for p in SOURCES if "import resources" in p.read_text(encoding="utf-8") and p.name != "assets.py"
    ]
    assert lecteurs == []


def test_no_path_of_a_machine() -> None:
    fautifs = [p for p in SOURCES if "/work/" in p.read_text(encoding="utf-8")]
    assert fautifs == []


PROJET = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Declared without an import of ours: reportlab loads rl_accel.
CHARGEES_PAR_UNE_AUTRE = {"rl-accel"}
# Tools that the tests and the checks run.
OUTILS = {
    "import-linter",
    "editables",
    "hatchling",
    "mypy",
    "pytest-qt",
    "pytest-randomly",
    "pytest-xdist",
    "ruff",
    "types-reportlab",
    "uv",
}


def _nom(exigence: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", exigence, maxsplit=1)[0]).lower()


def _importees(fichiers: Iterable[Path]) -> set[str]:
    """The distributions that the files import, out of the standard library and of the house."""
    modules = set()
    for fichier in fichiers:
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, ast.Import):
                modules |= {a.name.partition(".")[0] for a in noeud.names}
            elif isinstance(noeud, ast.ImportFrom) and not noeud.level:
                modules.add(str(noeud.module).partition(".")[0])
    tiers = modules - sys.stdlib_module_names - {"esms_desktop", "ui", "resources", "tests"}
    distributions = packages_distributions()
    return {_nom(d) for m in tiers for d in distributions.get(m, [m])}


def test_what_is_imported_is_what_is_declared() -> None:
    declarees = {_nom(e) for e in PROJET["dependencies"]}
    assert _importees(SOURCES) == declarees - CHARGEES_PAR_UNE_AUTRE
    assert declarees >= CHARGEES_PAR_UNE_AUTRE


def test_what_the_tests_import_is_declared() -> None:
    essais = {_nom(e) for e in PROJET["optional-dependencies"]["dev"]}
    declarees = {_nom(e) for e in PROJET["dependencies"]}
    importees = _importees((RACINE / "tests").rglob("*.py"))
    assert importees - declarees == essais - OUTILS
    assert essais >= OUTILS


def test_what_a_backup_of_precaution_answers_is_heeded() -> None:
    """Without it, the person is asked whether to go on: a page that does not read the answer goes on all the same."""
    sourds = [
        f"{p.relative_to(RACINE).as_posix()}:{n.lineno}"
        for p in sorted((RACINE / "ui").rglob("*.py"))
        for n in ast.walk(ast.parse(p.read_text(encoding="utf-8")))
        if isinstance(n, ast.Expr)
        and isinstance(n.value, ast.Call)
        and isinstance(n.value.func, ast.Attribute)
        and n.value.func.attr == "precaution"
        # The backup itself, which raises what it refuses.
        and ast.unparse(n.value.func.value) != "sauvegardes"
    ]
    assert sourds == []
