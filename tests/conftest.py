"""What every test shares: no test reads the person's own base, keyring or settings."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from esms_desktop.store.porte import Porte
from tests.bases import base_neuve

# Real data that may lie beside the project; the tests have their own, and try these too when they are there.
DONNEES = Path(__file__).resolve().parents[2] / "shared" / "donnees"


def pytest_report_header() -> list[str]:
    """Says once that the real data were not tried."""
    return (
        []
        if DONNEES.is_dir()
        else ["données réelles absentes (../shared/donnees) : les essais font avec les leurs"]
    )


# `make fiabilite` tries many more cases than a usual run.
settings.register_profile("ordinaire", max_examples=40, deadline=None)
settings.register_profile("fiabilite", max_examples=1_000, deadline=None)
settings.load_profile(os.environ.get("ESMS_DESKTOP_ESSAIS", "ordinaire"))


def pytest_collection_finish() -> None:
    """The thousands of tests collected stay to the end: the collector need not walk them again at each turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def maison_a_part(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, and no ESMS_DESKTOP_* variable from outside."""
    maison = tmp_path_factory.mktemp("maison")
    for nom in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(nom, str(maison))
    for nom in ("BASE", "PHRASE", "PHRASE_FICHIER", "CAMPAGNES", "ANNUAIRE", "MESURE"):
        monkeypatch.delenv(f"ESMS_DESKTOP_{nom}", raising=False)
    return maison


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bases of the tests stand, one after the other."""
    return tmp_path_factory.mktemp("base") / "base.sqlite"


@pytest.fixture
def porte(place: Path) -> Iterator[Porte]:
    """An encrypted base of its own."""
    with base_neuve(place) as p:
        yield p
