"""Bases that a phrase or a key store opens, at no cost."""

from pathlib import Path

import keyring
import pytest

from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import cle_neuve
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import VARIABLE, cle_de_la_base
from tests.store.aide import graphe

from .outils import PHRASE, TrousseauEnMemoire


@pytest.fixture(autouse=True)
def scrypt_leger(monkeypatch: pytest.MonkeyPatch) -> None:
    """New phrases cost nothing; the numbers of a real base are checked apart, in a program of its own."""
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)


@pytest.fixture
def avec_phrase(chemin: Path, monkeypatch: pytest.MonkeyPatch) -> Cle:
    """A base made with the phrase of the environment."""
    monkeypatch.setenv(VARIABLE, PHRASE)
    cle = cle_de_la_base(chemin, None, creer=True)
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    assert cle_de_la_base(chemin) == cle
    return cle


@pytest.fixture
def avec_trousseau(monkeypatch: pytest.MonkeyPatch) -> TrousseauEnMemoire:
    garde = TrousseauEnMemoire()
    monkeypatch.setattr(keyring, "get_password", garde.get_password)
    monkeypatch.setattr(keyring, "set_password", garde.set_password)
    return garde
