"""What a base must hold through, a round or two of what is quick: the rest is for `python -m tests.fiabilite.garde`."""

import os
from importlib import import_module

import pytest

from tests.fiabilite.garde import __main__ as garde
from tests.fiabilite.garde import arrets, dommages
from tests.fiabilite.garde.outils import Compte, machine, tuer_pendant

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="sans fork")


def test_a_process_killed_loses_nothing_it_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrets, "SORTES", arrets.SORTES[:1])
    [compte] = arrets.mesurer(2)
    assert (compte.tours, compte.echecs) == (2, [])


def test_every_part_can_be_run() -> None:
    assert all(callable(import_module(f"tests.fiabilite.garde.{nom}").mesurer) for nom in garde.PARTS)


def test_a_loss_is_counted() -> None:
    editions = arrets.SORTES[0]
    with machine() as ici:
        base = ici / "base.sqlite"
        editions.faire(base)
        # Acknowledged, and never written.
        acquis, fini, _ = tuer_pendant(lambda acquitter: acquitter("1000"), 5)
        compte = Compte("mensonge")
        compte.tour(editions.verifier, base, acquis)
    assert acquis == ["1000"] and fini
    assert (compte.tours, len(compte.echecs)) == (1, 1) and "acknowledged 1000" in compte.echecs[0]


def test_a_damage_is_told_and_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dommages, "SORTES", dict(list(dommages.SORTES.items())[:1]))
    for compte in dommages.mesurer(1):
        assert (compte.tours, compte.echecs) == (1, [])
