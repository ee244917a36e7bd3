"""Backups of the open base."""

from collections.abc import Callable
from pathlib import Path

import pytest

from esms_desktop.store.cles import emplacements
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.porte import Porte
from esms_desktop.store.sauvegarde.sauvegarde import (
    Sauvegarde,
    sauvegarder,
)

from .outils import LIGNEE


@pytest.fixture
def dossier_sauvegardes(tmp_path: Path) -> Path:
    return tmp_path / "sauvegardes"


@pytest.fixture
def prendre(porte: Porte, chemin: Path, cle: Cle, dossier_sauvegardes: Path) -> Callable[..., Sauvegarde]:
    """Takes a backup of the open base."""

    def faire(motif: str = "quotidienne", **options: object) -> Sauvegarde:
        slots = [
            emplacements.du_code(cle, "ab" * 16),
            emplacements.mettre_en_attente(cle, "ab" * 16, bytes(20)),
        ]
        return sauvegarder(chemin, cle, dossier_sauvegardes, motif, slots, LIGNEE, **options)  # type: ignore[arg-type]

    return faire
