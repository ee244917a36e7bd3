"""ESSMS that may be one: by number, by SIRET, by name and place; the surest sign first, each group once."""

from typing import Any

import pytest

from esms_desktop.model import Dossier
from esms_desktop.regles.dossier.doublons import doublons
from tests.echanges.listes import essms, finess, grappe, siret


def avec(*deux: dict[str, Any]) -> Dossier:
    dossier = grappe(0)
    dossier.ogs[0].essms = [essms(rang, **autres) for rang, autres in enumerate(deux)]
    return dossier


CAS: list[tuple[str, tuple[dict[str, Any], ...], list[tuple[str, bool, set[int]]]]] = [
    ("rien de commun", ({}, {}), []),
    ("même numéro", ({}, {"finess": finess(0)}, {}), [("finess", True, {1, 2})]),
    (
        "numéro écrit autrement",
        ({}, {"finess": f"{finess(0)[:2]} {finess(0)[2:]}"}),
        [("finess", True, {1, 2})],
    ),
    ("deux numéros faux", ({"finess": "010854116"}, {"finess": "010854116"}), []),
    ("même SIRET", ({}, {"siret": siret(0)}), [("siret", False, {1, 2})]),
    ("sans SIRET", ({"siret": ""}, {"siret": ""}), []),
    (
        "même nom au même endroit",
        ({"nom": "Foyer L’Été", "commune": "Oyonnax"}, {"nom": "FOYER L'ETE", "commune": "OYONNAX"}),
        [("nom", True, {1, 2})],
    ),
    ("même nom ailleurs", ({"nom": "F", "commune": "Oyonnax"}, {"nom": "F", "commune": "Gex"}), []),
    (
        "même nom à deux adresses",
        (
            {"nom": "F", "commune": "Oyonnax", "adresse": "1 rue A"},
            {"nom": "F", "commune": "Oyonnax", "adresse": "9 rue B"},
        ),
        [],
    ),
    (
        "tout en commun n’est dit qu’une fois",
        ({}, {"finess": finess(0), "siret": siret(0)}),
        [("finess", True, {1, 2})],
    ),
]


@pytest.mark.parametrize(("nom", "deux", "attendu"), CAS, ids=[c[0] for c in CAS])
def test_ce_qui_se_ressemble_se_dit(nom: str, deux: Any, attendu: Any) -> None:
    assert [(d.genre, d.sur, {e.id for e in d.essms}) for d in doublons(avec(*deux))] == attendu
