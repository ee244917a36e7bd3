"""What a text field of a dossier says; what is rounded to the cent."""

import pytest

from esms_desktop.regles.financement.materiels import avec_tva
from esms_desktop.regles.financement.plan_lignes import cout_rh_cents
from esms_desktop.regles.texte import net


@pytest.mark.parametrize(("champ", "dit"), [(None, ""), ("", ""), (" a b ", "a b"), ("\u00a0", "")])
def test_ce_que_dit_un_champ_de_texte(champ: str | None, dit: str) -> None:
    assert net(champ) == dit  # type: ignore[arg-type]


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
