"""A dossier in a base, the files it goes out in, and an empty base."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esms_desktop.echanges.esms import scelle
from esms_desktop.exemples.dossier import creer_exemple
from esms_desktop.gestes.echanges.dossiers import exporter
from esms_desktop.gestes.lignes import saisir
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from tests.bases import base_neuve
from tests.echanges.esms.outils import PHRASE, lire


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Porte, int]]:
    """A base with the sample dossier: every table, files, and a journal where rows came, changed and went."""
    with ouvrir(tmp_path_factory.mktemp("esms") / "base.sqlite", cle_jetable()) as porte:
        cle = creer_exemple(porte).id
        lu = lire(porte, cle)
        saisir(porte, lu.ogs[1], sigle="AVANT")
        porte.retirer(lu.essms[-1], libelle="Retirer")
        porte.annuler()
        porte.retirer(lu.contacts[0], libelle="Retirer un contact")
        yield porte, cle


@pytest.fixture(scope="module")
def fichiers(source: tuple[Porte, int], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample dossier sealed, and in clear."""
    dossier = tmp_path_factory.mktemp("fichiers")
    porte, cle = source
    with pytest.MonkeyPatch.context() as leger:
        # Each opening derives the key again: a lighter one, that the header tells.
        leger.setattr(scelle, "_LOG_N", 10)
        return (
            exporter(porte, cle, dossier / "scelle.esms", PHRASE),
            exporter(porte, cle, dossier / "clair.esms", None),
        )


@pytest.fixture(scope="module")
def ailleurs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the other bases stand, one after the other."""
    return tmp_path_factory.mktemp("ailleurs") / "autre.sqlite"


@pytest.fixture
def vide(ailleurs: Path) -> Iterator[Porte]:
    """Another base, empty."""
    with base_neuve(ailleurs) as porte:
        yield porte
