"""Deployment: waves, pilots, training, communication, and dates that hold together."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import SessionFormation, Vague
from esms_desktop.regles.constats import Constat, Page
from esms_desktop.regles.planning.deploiement import controler_deploiement, sans_vague
from tests.regles.fabrique import dossier, preparer

UN = timedelta(days=1)


def constats(d) -> list[Constat]:
    vus = controler_deploiement(d, charger("2022"))
    assert all(
        k.page is Page.DEPLOIEMENT and c.cible.page is Page.DEPLOIEMENT for k in vus for c in k.constats
    )
    return [c for k in vus for c in k.constats]


def codes(d) -> list[str]:
    return [c.code.removeprefix("deploiement.") for c in constats(d)]


def test_un_deploiement_complet_et_un_vide() -> None:
    assert codes(preparer(dossier(3))) == []
    assert codes(dossier(3)) == ["vagues", "formation", "communication"]


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_chaque_essms_est_dans_une_vague(places) -> None:
    d = preparer(dossier(len(places)))
    for e, place in zip(d.essms, places, strict=True):
        if not place:
            e.vague = None
    assert len(sans_vague(d)) == places.count(False)
    vus = [c for c in constats(d) if c.code == "deploiement.vagues"]
    assert bool(vus) is (False in places)
    if vus:
        assert vus[0].preuve.startswith(f"{places.count(False)}\u00a0ESSMS")


@pytest.mark.parametrize(
    ("geste", "code", "morceau"),
    [
        (lambda d: setattr(d.vagues[0], "debut", None), "dates", "Pilotes"),
        (lambda d: setattr(d.vagues[0], "fin", d.vagues[0].debut - UN), "dates", "avant de commencer"),
        (
            lambda d: setattr(d.vagues[0], "debut", d.date_debut_parametrage - UN),
            "dates",
            "avant le paramétrage",
        ),
        (lambda d: setattr(d.vagues[1], "fin", d.date_fin_deploiement + UN), "dates", "après la fin"),
        (
            lambda d: setattr(d.vagues[0], "rang", 5) or d.vagues.reverse(),
            "ordre",
            "Pilotes commence avant Suite",
        ),
        (lambda d: setattr(d.vagues[0], "pilote", False), "pilote", ""),
        (
            lambda d: d.vagues.append(
                Vague(nom="Vide", pilote=False, debut=date(2024, 5, 1), fin=date(2024, 5, 2))
            ),
            "vague-vide",
            "Vide",
        ),
        (lambda d: setattr(d.formations[0], "effectif", None), "formation", "Prise en main"),
        (
            lambda d: setattr(d.formations[0], "date", date(2024, 6, 1)),
            "dates-formation",
            "1er\u00a0juin 2024",
        ),
        (
            lambda d: setattr(d.formations[0], "date", date(2022, 11, 30)),
            "dates-formation",
            "30\u00a0novembre",
        ),
        (lambda d: setattr(d.communications[0], "cible", ""), "communication", "Annonce"),
        (lambda d: setattr(d.communications[0], "date", date(2023, 6, 1)), "sensibilisation", ""),
    ],
)
def test_chaque_manque_donne_son_constat(geste, code, morceau) -> None:
    d = preparer(dossier(3))
    geste(d)
    (constat,) = constats(d)
    assert constat.code == f"deploiement.{code}" and morceau in constat.preuve


def test_une_vague_avant_les_pilotes() -> None:
    d = preparer(dossier(3))
    d.vagues[0].pilote, d.vagues[1].pilote = False, True
    (constat,) = constats(d)
    assert (constat.code, constat.preuve) == ("deploiement.pilote", "Pilotes")


def test_une_formation_apres_la_fin_de_sa_vague() -> None:
    d = preparer(dossier(3))
    d.vagues[0].id = 1
    d.formations.append(SessionFormation(intitule="Tardive", effectif=3, vague_id=1, date=date(2023, 9, 1)))
    assert codes(d) == ["dates-formation"]
