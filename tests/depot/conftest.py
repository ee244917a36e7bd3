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


@pytest.fixture(autouse=True)
def sans_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word and Excel attachments are only named, unless a test asks for LibreOffice."""
    monkeypatch.setenv("ESMS_DESKTOP_LIBREOFFICE", "aucun")
