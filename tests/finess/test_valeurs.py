"""What the directory writes in a field, made plain."""

import pytest

from esms_desktop.finess.valeurs import texte


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("ADULTE \\\\ TED", "ADULTE / TED"),
        ("AUTISME\\TED", "AUTISME / TED"),
        ("  deux   mots ", "deux mots"),
        (None, ""),
        (12, "12"),
        (True, ""),
    ],
)
def test_le_texte_d_un_champ(ecrit: object, lu: str) -> None:
    assert texte(ecrit) == lu
