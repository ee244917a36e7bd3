"""Keys of FINESS, SIREN and SIRET numbers, on tables of cases and properties; how they are written."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.numeros import defaut_finess, defaut_siren, defaut_siret, normaliser

debuts = st.builds(
    lambda departement, suite: f"{departement}0{suite:05}",
    st.sampled_from(["01", "06", "2A", "2B", "75", "97", "98"]),
    st.integers(0, 99_999),
)
finess = debuts.map(lambda d: d + luhn.calc_check_digit(d.replace("A", "1").replace("B", "2")))


@pytest.mark.parametrize(
    "numero",
    [
        "060020443",
        "970302477",
        "2A0002408",
        "2b0002638",
        "060 020 443",
        "06\u202f002\u00a00443",
        "0600-20443",
    ],
)
def test_valid_finess(numero: str) -> None:
    assert defaut_finess(numero) is None


@pytest.mark.parametrize(
    ("numero", "raison"),
    [
        ("", "vide"),
        (" ", "vide"),
        ("060020442", "clé"),
        ("06002044", "8 caractères"),
        ("0", "1 caractère au"),
        ("0600204430", "10 caractères"),
        ("06002044X", "que des chiffres"),
        ("O60020443", "que des chiffres"),
        ("٠60020443", "que des chiffres"),
        ("1A0002408", "Corse"),
        ("061020443", "troisième"),
        ("12345678901", "groupement"),
        ("41051615700402", "SIRET"),
    ],
)
def test_wrong_finess(numero: str, raison: str) -> None:
    assert raison in (defaut_finess(numero) or "")


@given(finess, st.integers(0, 8), st.integers(1, 9))
def test_one_changed_digit_is_always_seen(numero: str, position: int, ecart: int) -> None:
    assert defaut_finess(numero) is None
    if numero[position].isdigit():
        change = str((int(numero[position]) + ecart) % 10)
        assert defaut_finess(numero[:position] + change + numero[position + 1 :]) is not None


@given(finess, st.integers(3, 7))
def test_two_swapped_digits_are_seen_except_0_and_9(numero: str, position: int) -> None:
    a, b = numero[position], numero[position + 1]
    echange = numero[:position] + b + a + numero[position + 2 :]
    assert (defaut_finess(echange) is None) == (a == b or {a, b} == {"0", "9"})


@given(st.text())
def test_normaliser_is_idempotent(texte: str) -> None:
    assert normaliser(normaliser(texte)) == normaliser(texte)


@pytest.mark.parametrize(
    ("numero", "raison"),
    [
        ("410516157", None),
        ("410 516 157", None),
        ("410516158", "clé"),
        ("41051615", "8 caractères"),
        ("", "vide"),
    ],
)
def test_siren(numero: str, raison: str | None) -> None:
    defaut = defaut_siren(numero)
    assert defaut is None if raison is None else raison in (defaut or "")


@pytest.mark.parametrize(
    ("numero", "raison"),
    [
        ("41051615700402", None),
        ("410 516 157 00402", None),
        # La Poste has a key of its own.
        ("35600000049837", None),
        ("41051615700403", "clé"),
        ("410516157", "SIREN"),
        ("4105161570040", "13 caractères"),
        ("", "vide"),
    ],
)
def test_siret(numero: str, raison: str | None) -> None:
    defaut = defaut_siret(numero)
    assert defaut is None if raison is None else raison in (defaut or "")


@pytest.mark.parametrize(
    ("ecrire", "numero", "ecrit"),
    [
        (numeros.ecrire_finess, "060020443", "06 002 044 3"),
        (numeros.ecrire_finess, "2a 002 044 3", "2A 002 044 3"),
        (numeros.ecrire_finess, " 1234 ", "1234"),
        (numeros.ecrire_siren, "732829320", "732 829 320"),
        (numeros.ecrire_siret, "73282932000074", "732 829 320 00074"),
        (numeros.ecrire_siret, "", ""),
    ],
)
def test_numbers_are_written_in_groups(ecrire: Callable[[str], str], numero: str, ecrit: str) -> None:
    assert ecrire(numero) == ecrit.replace(" ", "\u00a0")
