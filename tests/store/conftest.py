"""A base in a temporary folder, and a machine without a keyring."""

import random
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as TrousseauAbsent

from esms_desktop.model import Dossier
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.porte import Porte
from tests.store.aide import graphe


@pytest.fixture
def cle() -> Cle:
    return Cle(random.Random(7).randbytes(32))


@pytest.fixture
def chemin(tmp_path: Path) -> Path:
    return tmp_path / "base.sqlite"


@pytest.fixture
def porte(chemin: Path, cle: Cle) -> Iterator[Porte]:
    with ouvrir(chemin, cle) as ouverte:
        yield ouverte


@pytest.fixture
def dossier(porte: Porte) -> Dossier:
    exemple = graphe()
    porte.ajouter(exemple, libelle="Créer")
    return exemple


@pytest.fixture
def sans_trousseau(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a keyring, and without a phrase in its environment."""
    monkeypatch.delenv("ESMS_DESKTOP_PHRASE", raising=False)
    avant = keyring.get_keyring()
    keyring.set_keyring(TrousseauAbsent())
    yield
    keyring.set_keyring(avant)
