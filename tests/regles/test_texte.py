"""Numbers, amounts, dates and lists of names, as they are said; what is rounded to the cent."""

from collections.abc import Callable
from datetime import date

import pytest

from esms_desktop.regles import texte
from esms_desktop.regles.materiels import avec_tva
from esms_desktop.regles.plan_lignes import cout_rh_cents


@pytest.mark.parametrize(
    ("dire", "attendu"),
    [
        (lambda: texte.nombre(999), "999"),
        (lambda: texte.nombre(1_234_567), "1 234 567"),
        (lambda: texte.euros(0), "0 €"),
        (lambda: texte.euros(100), "1 €"),
        (lambda: texte.euros(105), "1,05 €"),
        (lambda: texte.euros(-123_450), "-1 234,50 €"),
        (lambda: texte.euros(-1), "-0,01 €"),
        (lambda: texte.jour_fr(date(2023, 1, 1)), "1er janvier 2023"),
        (lambda: texte.jour_fr(date(2023, 12, 2)), "2 décembre 2023"),
        (lambda: texte.compte(0, "jour"), "0 jour"),
        (lambda: texte.compte(1, "jour"), "1 jour"),
        (lambda: texte.compte(2, "jour"), "2 jours"),
        (lambda: texte.compte(2, "jour ouvré", "jours ouvrés"), "2 jours ouvrés"),
        (lambda: texte.essms(2), "2 ESSMS"),
        (lambda: texte.enumerer([]), ""),
        (lambda: texte.enumerer(["a"]), "a"),
        (lambda: texte.enumerer(["a", "b"]), "a et b"),
        (lambda: texte.enumerer(["a", "b", "c"]), "a, b et c"),
        (lambda: texte.enumerer(["a", "b", "c", "d"]), "a, b, c et 1 autre"),
        (lambda: texte.enumerer(list("abcde")), "a, b, c et 2 autres"),
        (lambda: texte.enumerer(list("abc"), 1), "a et 2 autres"),
        (lambda: texte.net(None), ""),  # type: ignore[arg-type]
        (lambda: texte.net(" a b "), "a b"),
    ],
)
def test_ce_qui_se_dit_en_francais(dire: Callable[[], str], attendu: str) -> None:
    assert dire().replace("\u00a0", " ") == attendu


@pytest.mark.parametrize(
    ("ht", "taux", "ttc"),
    [
        (100, 2000, 120),
        (1, 2000, 1),
        (3, 2000, 4),
        (10_000, 550, 10_550),
        (10, 550, 11),
        (9, 550, 9),
        (100, 0, 100),
    ],
)
def test_la_tva_s_arrondit_au_centime_le_demi_montant(ht: int, taux: int, ttc: int) -> None:
    assert avec_tva(ht, taux) == ttc


@pytest.mark.parametrize(
    ("etp", "cout", "part", "cents"),
    [
        (100, 5_000_000, 100, 5_000_000),
        (50, 5_000_000, 100, 2_500_000),
        (100, 5_000_000, 10, 500_000),
        (1, 50, 100, 1),
        (1, 49, 100, 0),
        (33, 100, 33, 11),
    ],
)
def test_un_temps_de_personnel_se_compte_au_prorata(etp: int, cout: int, part: int, cents: int) -> None:
    assert cout_rh_cents(etp, cout, part) == cents
