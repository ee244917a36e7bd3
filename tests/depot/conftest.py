"""What the tests of the filing share."""

from pathlib import Path

import pytest


@pytest.fixture
def pieces_jointes(donnees: Path) -> Path:
    """The folder of awkward real files; the test is skipped when it is absent."""
    dossier = donnees / "pieces-jointes"
    if not dossier.is_dir():
        pytest.skip("données réelles absentes : ../shared/donnees")
    return dossier
