"""Numbers and amounts in French: written, read as people and spreadsheets write them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie

N = "\u00a0"
EXEMPLE = "un nombre est attendu, par exemple 12 500 ou 12 500,50"


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        (francais.nombre(999), "999"),
        (francais.nombre(1_234_567), f"1{N}234{N}567"),
        (francais.nombre(-1_234), f"−1{N}234"),
        (francais.euros(0), f"0{N}€"),
        (francais.euros(112_850_000), f"1{N}128{N}500{N}€"),
        (francais.euros(700_000, True), f"7{N}000,00{N}€"),
        (francais.euros(3_333_334), f"33{N}333,34{N}€"),
        (francais.euros(5), f"0,05{N}€"),
        (francais.euros(-5), f"−0,05{N}€"),
        (francais.euros(-150_000), f"−1{N}500{N}€"),
        (francais.euros(-123_450), f"−1{N}234,50{N}€"),
        (francais.euros_signes(1_500_000), f"+{N}15{N}000{N}€"),
        (francais.euros_signes(-300_050), f"−{N}3{N}000,50{N}€"),
        (francais.euros_signes(0), f"0{N}€"),
        (francais.decimal(123_456_789, milliers=False), "1234567,89"),
        (francais.kilo_euros(163_849_900), f"1{N}638{N}k€"),
        (francais.kilo_euros(163_850_000), f"1{N}639{N}k€"),
        (francais.decimal(50), "0,50"),
        (francais.decimal(550, zeros=False), "5,5"),
        (francais.decimal(-500, zeros=False), "−5"),
        (francais.decimal(12_345_678, 3), f"12{N}345,678"),
        (francais.decimal(1_000, 0), f"1{N}000"),
        (francais.pour_cent(2_000), f"20{N}%"),
        (francais.pour_cent(9_950), f"99,50{N}%"),
        (francais.pour_cent(550, zeros=False), f"5,5{N}%"),
        (francais.pour_cent(3_333), f"33,33{N}%"),
        (francais.taille(0), f"0{N}o"),
        (francais.taille(999), f"999{N}o"),
        (francais.taille(1_000), f"1{N}ko"),
        (francais.taille(1_499), f"1{N}ko"),
        (francais.taille(1_501), f"2{N}ko"),
        (francais.taille(999_499), f"999{N}ko"),
        (francais.taille(999_500), f"1,0{N}Mo"),
        (francais.taille(2_149_000), f"2,1{N}Mo"),
        (francais.ou_tiret(francais.euros, None), "—"),
        (francais.ou_tiret(francais.euros, 0), f"0{N}€"),
    ],
)
def test_un_nombre_s_ecrit(ecrit: str, attendu: str) -> None:
    assert ecrit == attendu


@pytest.mark.parametrize(
    ("ecrit", "cents"),
    [
        ("12500", 1_250_000),
        ("12 500", 1_250_000),
        ("12\u202f500,5", 1_250_050),
        ("12\u00a0500,50\u00a0€", 1_250_050),
        ("12500.50", 1_250_050),
        ("12500€", 1_250_000),
        ("12 500 euros", 1_250_000),
        ("12 500 EUR", 1_250_000),
        ("12.500,50", 1_250_050),
        ("1,234,567.5", 123_456_750),
        ("1500 000", 150_000_000),
        ("0,500", 50),
        ("12,5000", 1_250),
        ("007", 700),
        ("0", 0),
        ("", None),
        (" - ", None),
        ("—", None),
    ],
)
def test_un_montant_comme_on_l_ecrit(ecrit: str, cents: int | None) -> None:
    assert francais.lire_euros(ecrit) == cents


@pytest.mark.parametrize(
    ("ecrit", "raison"),
    [
        ("12,500", "ce nombre se lit de deux façons : écrivez 12 500 ou 12,5"),
        ("12.000", "ce nombre se lit de deux façons : écrivez 12 000 ou 12,0"),
        ("12,345", EXEMPLE),
        ("12 50", EXEMPLE),
        ("12.50,00", EXEMPLE),
        ("12,", EXEMPLE),
        ("1,2,3", EXEMPLE),
        ("-5", EXEMPLE),
        ("x", EXEMPLE),
        ("€", EXEMPLE),
        ("12²", EXEMPLE),
        ("9" * 5_000, "ce nombre est trop grand"),
        ("100 000 000 001", "ce montant est trop grand"),
    ],
)
def test_un_montant_qui_ne_se_lit_pas_dit_pourquoi(ecrit: str, raison: str) -> None:
    with pytest.raises(ErreurSaisie) as refus:
        francais.lire_euros(ecrit)
    assert refus.value.message.replace(N, " ") == raison


@given(st.integers(0, 10**13), st.booleans())
def test_un_montant_ecrit_se_relit(cents: int, decimales: bool) -> None:
    ecrit = francais.euros(cents, decimales)
    assert francais.lire_euros(ecrit) == cents
    assert francais.lire_euros(ecrit.replace(N, "")) == cents
    assert (
        francais.lire_euros(ecrit.removesuffix(f"{N}€").replace(N, ".") if "," in ecrit else ecrit) == cents
    )


@given(st.integers(0, 10**9), st.integers(0, 4))
def test_un_nombre_decimal_ecrit_se_relit(valeur: int, decimales: int) -> None:
    for zeros in (True, False):
        ecrit = francais.decimal(valeur, decimales, zeros).replace(N, " ")
        try:
            assert francais.lire_decimal(ecrit, decimales, "1") == valeur
        except ErreurSaisie as refus:
            # Never written with two decimals or less.
            assert decimales == 3 and "deux façons" in refus.message


@pytest.mark.parametrize(
    ("lire", "lu"),
    [
        (lambda: francais.lire_entier(" 1 234 "), 1234),
        (lambda: francais.lire_entier("1\u202f234"), 1234),
        (lambda: francais.lire_entier("0042"), 42),
        (lambda: francais.lire_entier(""), None),
        (lambda: francais.lire_entier("—"), None),
        (lambda: francais.lire_entier("100", 100), 100),
        (lambda: francais.lire_entier("101", 100), "ce nombre dépasse 100"),
        (lambda: francais.lire_entier("9" * 5_000), "ce nombre dépasse 999 999"),
        (lambda: francais.lire_entier("douze"), "un nombre entier est attendu, par exemple 42"),
        (lambda: francais.lire_entier("-3"), "un nombre entier est attendu, par exemple 42"),
        (lambda: francais.lire_entier("1,5"), "un nombre entier est attendu, par exemple 42"),
        (lambda: francais.lire_entier("١٢"), "un nombre entier est attendu, par exemple 42"),
        (lambda: francais.lire_decimal("5,5 %", 4, "20", ("%",)), 55_000),
        (lambda: francais.lire_decimal("1,25 ETP", 2, "1", ("etp",)), 125),
    ],
)
def test_un_nombre_comme_on_l_ecrit(lire: Callable[[], int | None], lu: int | str | None) -> None:
    try:
        assert lire() == lu
    except ErreurSaisie as refus:
        assert refus.message.replace(N, " ") == lu
