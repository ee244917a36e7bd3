"""What every test shares: no test reads the person's own base, keyring or settings."""

from pathlib import Path

import pytest

DONNEES = Path(__file__).resolve().parents[2] / "shared" / "donnees"


@pytest.fixture(autouse=True)
def maison_a_part(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, and no ESMS_DESKTOP_* variable from outside."""
    maison = tmp_path_factory.mktemp("maison")
    for nom in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(nom, str(maison))
    for nom in ("ESMS_DESKTOP_BASE", "ESMS_DESKTOP_PHRASE", "ESMS_DESKTOP_CAMPAGNES", "ESMS_DESKTOP_MESURE"):
        monkeypatch.delenv(nom, raising=False)
    return maison


@pytest.fixture
def donnees() -> Path:
    """The folder of real data beside the project; the test is skipped when it is absent."""
    if not DONNEES.is_dir():
        pytest.skip("données réelles absentes : ../shared/donnees")
    return DONNEES
