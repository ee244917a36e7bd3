"""What the tests of the filing share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from esms_desktop.depot.publication import Depot, deposer
from tests.depot import fabrique as f


@pytest.fixture(autouse=True)
def sans_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word and Excel attachments are only named, unless a test asks for LibreOffice."""
    monkeypatch.setenv("ESMS_DESKTOP_LIBREOFFICE", "aucun")


@pytest.fixture(scope="session")
def depose(tmp_path_factory: pytest.TempPathFactory) -> Depot:
    """The filing of the complete dossier, made once: to be read, never changed."""
    projet, contenus = f.complet()
    sortie = tmp_path_factory.mktemp("depot") / "sortie"
    return deposer(projet, f.campagne(), f.JOUR, sortie, contenus.__getitem__)


@pytest.fixture
def deja_depose(depose: Depot) -> Callable[[Path], Path]:
    """Puts a copy of that filing at the place given, as if it had been made there."""
    return lambda sortie: shutil.copytree(depose.dossier, sortie, symlinks=True)
