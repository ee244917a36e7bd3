"""The tables of the directory: categories and their champ, departments, regions, places, legal forms."""

from collections import Counter

import pytest

from esms_desktop.finess.statuts import statut_de, statuts
from esms_desktop.nomenclature.categories import categories, champ_de
from esms_desktop.nomenclature.territoires import (
    Territoire,
    departement,
    departement_du_lieu,
    departement_du_numero,
    departements,
    regions,
)
from esms_desktop.nomenclature.vocabulaire import Champ
from tests.finess.fabrique import numero


def test_categories_are_all_there() -> None:
    assert len(categories()) == 312
    assert sum(c.ouverte for c in categories().values()) == 179
    assert all(c.sociale for c in categories().values() if champ_de(c.code))


@pytest.mark.parametrize(
    ("code", "champ"),
    [
        ("500", Champ.PA),
        ("202", Champ.PA),
        ("183", Champ.PH),
        ("445", Champ.PH),
        ("209", Champ.DOM),
        ("354", Champ.DOM),
        ("460", Champ.DOM),
        ("177", Champ.PDE),
        ("241", Champ.PDE),
        ("214", Champ.AHI),
        ("165", Champ.PDS),
        ("197", Champ.PDS),
        ("340", Champ.PJM),
        ("362", None),
        ("258", None),
        ("462", None),
        ("355", None),
        ("620", None),
        ("000", None),
        ("", None),
    ],
)
def test_champ_of_a_category(code: str, champ: Champ | None) -> None:
    assert champ_de(code) is champ


def test_departments_and_regions() -> None:
    assert (len(departements()), len(regions())) == (103, 18)
    assert Counter(r.territoire for r in regions().values()) == {
        Territoire.METROPOLE: 12,
        Territoire.CORSE: 1,
        Territoire.OUTRE_MER: 5,
    }
    assert [d.code for d in departements().values() if d.region is None] == ["9E", "9J"]
    assert departement("971") is departement("9A")
    assert departement("20") is None


@pytest.mark.parametrize(
    ("numero", "code"),
    [
        ("060020443", "06"),
        ("2A0002408", "2A"),
        ("970302477", "9C"),
        ("980501506", "9F"),
        ("990000000", None),
        ("", None),
    ],
)
def test_department_of_a_number(numero: str, code: str | None) -> None:
    trouve = departement_du_numero(numero)
    assert (trouve.code if trouve else None) == code


@pytest.mark.parametrize(
    ("commune", "code_postal", "code"),
    [
        ("06088", "06100", "06"),
        ("2A004", "20000", "2A"),
        ("2b033", "20200", "2B"),
        ("97302", "97300", "9C"),
        ("9D407", "97829", "9D"),
        ("97701", "97133", "9A"),
        ("97801", "97150", "9A"),
        ("97502", "97500", "9E"),
        ("98613", "98600", "9J"),
        ("", "97829", "9D"),
        ("", "97150", "9A"),
        ("", "20090", "2A"),
        ("", "20250", "2B"),
        ("", "20407", "2B"),
        ("", "20538", "2A"),
        ("", "20700", "2A"),
        ("", "75116", "75"),
        ("99999", "75116", "75"),
        ("", "98800", None),
        ("", "1440", None),
        ("", "", None),
    ],
)
def test_department_of_a_place(commune: str, code_postal: str, code: str | None) -> None:
    trouve = departement_du_lieu(commune, code_postal)
    assert (trouve.code if trouve else None) == code


@pytest.mark.parametrize("code", [c for c, d in departements().items() if c not in ("2A", "2B", "9E")])
def test_the_places_and_the_numbers_of_a_department_agree(code: str) -> None:
    attendu = departements()[code]
    assert departement_du_numero(numero(f"{attendu.prefixe}0000123"[:8])) is attendu
    # The directory writes an overseas commune with its own code of the department or with the one of INSEE.
    for commune in (f"{code}001", f"{attendu.code_insee}001"[:5]):
        assert departement_du_lieu(commune) is attendu
    assert departement_du_lieu("", f"{attendu.code_insee}100"[:5]) is attendu


def test_legal_forms() -> None:
    assert [s.code for s in statuts().values() if s.association] == ["60", "61", "62"]
    assert statut_de("63").association is False
    assert statut_de("65").association is None
    assert statut_de("inconnu").libelle == ""
    assert all("'" not in s.libelle for s in statuts().values())
