"""The locks hold what pyproject.toml asks: every dependency within its range, by its hashes, at no address."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

RACINE = Path(__file__).resolve().parents[1]
PROJET = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXECUTION = [Requirement(r) for r in PROJET["dependencies"]]
ESSAIS = [Requirement(r) for r in PROJET["optional-dependencies"]["dev"]]


def _entrees(verrou: str) -> dict[str, tuple[Version, str]]:
    """Each locked package: its version, and all that is written of it."""
    texte = (RACINE / verrou).read_text(encoding="utf-8")
    blocs = re.split(r"(?m)^(?=[a-z0-9])", texte)[1:]
    trouves = {}
    for bloc in blocs:
        nom, version = re.match(r"([a-z0-9._-]+)==(\S+)", bloc).groups()  # type: ignore[union-attr]
        trouves[canonicalize_name(nom)] = (Version(version), bloc)
    return trouves


@pytest.mark.parametrize(
    ("verrou", "voulus"),
    [("requirements.lock", EXECUTION), ("requirements-dev.lock", [*EXECUTION, *ESSAIS])],
    ids=["execution", "essais"],
)
def test_each_dependency_is_locked_within_its_range(verrou: str, voulus: list[Requirement]) -> None:
    entrees = _entrees(verrou)
    for voulu in voulus:
        version, _ = entrees[canonicalize_name(voulu.name)]
        assert version in voulu.specifier, f"{voulu}: `make verrou`"


@pytest.mark.parametrize("verrou", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_gives_hashes_and_no_address(verrou: str) -> None:
    entrees = _entrees(verrou)
    assert len(entrees) > 40
    assert [nom for nom, (_, bloc) in entrees.items() if "--hash=sha256:" not in bloc] == []
    texte = (RACINE / verrou).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|@ ", texte)


def test_both_locks_agree() -> None:
    execution, essais = _entrees("requirements.lock"), _entrees("requirements-dev.lock")
    assert {nom: version for nom, (version, _) in execution.items()}.items() <= {
        nom: version for nom, (version, _) in essais.items()
    }.items()


def test_the_three_systems_are_locked() -> None:
    entrees = _entrees("requirements.lock")
    for nom, marque in (("secretstorage", "linux"), ("pywin32-ctypes", "win32")):
        assert f"sys_platform == '{marque}'" in entrees[nom][1]


def test_every_range_has_two_ends() -> None:
    """A dependency without an upper bound breaks at a stranger's first release."""
    libres = [r.name for r in EXECUTION if not {s.operator for s in r.specifier} & {"<", "~=", "=="}]
    assert libres == []
