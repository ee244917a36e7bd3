"""Euros, dates and numbers as French writes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.documents import typo

N = "\u00a0"


@pytest.mark.parametrize(
    ("cents", "decimales", "attendu"),
    [
        (0, False, f"0{N}€"),
        (112_850_000, False, f"1{N}128{N}500{N}€"),
        (700_000, True, f"7{N}000,00{N}€"),
        (3_333_334, False, f"33{N}333,34{N}€"),
        (5, False, f"0,05{N}€"),
        (-150_000, False, f"−1{N}500{N}€"),
    ],
)
def test_euros(cents: int, decimales: bool, attendu: str) -> None:
    assert typo.euros(cents, decimales) == attendu


@given(st.integers(-(10**12), 10**12))
def test_euros_lose_no_cent(cents: int) -> None:
    lu = typo.euros(cents, True).removesuffix(f"{N}€").replace(N, "").replace(",", "").replace("−", "-")
    assert int(lu) == cents


@pytest.mark.parametrize(
    ("fonction", "valeur", "attendu"),
    [
        (typo.finess, "060020443", f"06{N}002{N}044{N}3"),
        (typo.finess, "2a 002 044 3", f"2A{N}002{N}044{N}3"),
        (typo.finess, "1234", "1234"),
        (typo.siren, "732829320", f"732{N}829{N}320"),
        (typo.siret, "73282932000074", f"732{N}829{N}320{N}00074"),
        (typo.siret, "", ""),
    ],
)
def test_identifiers(fonction: object, valeur: str, attendu: str) -> None:
    assert fonction(valeur) == attendu  # type: ignore[operator]


def test_dates() -> None:
    assert typo.date_longue(date(2026, 2, 1)) == f"1er{N}février 2026"
    assert typo.date_longue(date(2026, 8, 11)) == f"11{N}août 2026"
    assert typo.date_courte(date(2026, 2, 1)) == "01/02/2026"


def test_words() -> None:
    assert typo.pluriel(1, "ESSMS", "ESSMS") == f"1{N}ESSMS"
    assert typo.pluriel(1200, "place") == f"1{N}200{N}places"
    assert typo.enumeration(["a", "b", "c"]) == "a, b et c"
    assert typo.enumeration([]) == ""
    assert typo.minuscule("À apprécier par l’ARS") == "à apprécier par l’ARS"
    assert typo.majuscule("") == ""
