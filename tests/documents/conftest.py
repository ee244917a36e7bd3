"""What the tests of the documents share: a complete dossier, its campaign, the day."""

from collections.abc import Callable
from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.model import Dossier

from .outils import JOUR, fabriquer


@pytest.fixture
def dossier() -> Dossier:
    """Three OG, eighteen ESSMS, nothing missing."""
    return fabriquer()


@pytest.fixture
def fabrique() -> Callable[..., Dossier]:
    """Builds a complete dossier of the size asked."""
    return fabriquer


@pytest.fixture
def campagne() -> Campagne:
    """The campaign of 2022."""
    return charger("2022")


@pytest.fixture
def jour() -> date:
    """The day the documents are printed."""
    return JOUR
