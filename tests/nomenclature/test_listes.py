"""The lists of the resources: whole, coherent, and refused when they are not."""

import re
from dataclasses import astuple

import pytest

from esms_desktop.errors import ErreurEsms
from esms_desktop.nomenclature.listes import (
    THEMES_NATURES,
    Nature,
    briques,
    libelle_nature,
    lire,
    natures,
    points_controle,
    themes,
)

BON = '[[nature]]\ncode = "a"\nlibelle = "A"\ntheme = "autre"\n'


def test_chaque_theme_a_ses_points_et_chaque_point_se_lit() -> None:
    assert list(themes())[:5] == ["objectifs", "enjeux", "gouvernance", "changement", "risques"]
    for code, theme in themes().items():
        assert [p for p in points_controle().values() if p.theme == code], code
        assert theme.conseil or theme.code == "garanties" or not (theme.region or theme.regroupement)
    assert [sum(p.theme == t for p in points_controle().values()) for t in list(themes())[:5]] == [
        3,
        7,
        6,
        4,
        3,
    ]
    for point in points_controle().values():
        assert point.question.endswith("\u00a0?") and point.remede.endswith(".") and point.aide.endswith(".")


def test_les_dix_briques_et_les_natures() -> None:
    assert len(briques()) == 10
    assert {n.theme for n in natures().values()} == set(THEMES_NATURES)
    assert libelle_nature("amoa") == "Assistance à maîtrise d’ouvrage"
    assert libelle_nature("inconnue") == "inconnue"


def test_typographie() -> None:
    for objet in (*themes().values(), *points_controle().values(), *briques().values(), *natures().values()):
        for texte in astuple(objet):
            if isinstance(texte, str):
                assert "'" not in texte and "\u202f" not in texte
                assert not re.search(r" [:;!?»€%]|« ", texte), texte


@pytest.mark.parametrize(
    ("texte", "morceau"),
    [
        ("[[nature", "TOML"),
        ("", "aucune entrée"),
        (BON + BON, "deux fois"),
        (BON.replace('code = "a"\n', ""), "clé manquante « code »"),
        (BON + 'prix = "1"\n', "clé inconnue « prix »"),
        (BON.replace('"A"', '""'), "valeur inattendue"),
        (BON.replace('"A"', "3"), "valeur inattendue"),
        ("nature = [1]", "une table est attendue"),
    ],
)
def test_une_liste_fautive_est_refusee(texte: str, morceau: str) -> None:
    with pytest.raises(ErreurEsms) as refus:
        lire("essai", "nature", Nature, texte)
    assert morceau in str(refus.value).replace("\u00a0", " ") and "essai.toml" in str(refus.value)
    assert lire("essai", "nature", Nature, BON) == (Nature("a", "A", "autre"),)
