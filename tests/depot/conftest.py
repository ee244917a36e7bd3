"""What the tests of the filing share."""

import pytest


@pytest.fixture(autouse=True)
def sans_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word and Excel attachments are only named, unless a test asks for LibreOffice."""
    monkeypatch.setenv("ESMS_DESKTOP_LIBREOFFICE", "aucun")
