"""Preparation: themes, bricks, autodiagnostics; an unanswered point is never a yes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.model import Autodiagnostic, Brique, PointPreparation
from esms_desktop.nomenclature.listes import briques, points_controle
from esms_desktop.regles.constats import Controle, Gravite, Page
from esms_desktop.regles.dossier.preparation import (
    controler_preparation,
    etat_autodiagnostics,
    etat_briques,
    etat_themes,
)
from tests.regles.fabrique import dossier, preparer


def controles(d, campagne: str = "2022") -> dict[str, Controle]:
    vus = controler_preparation(d, charger(campagne))
    assert all(k.page is Page.PREPARATION for k in vus)
    return {k.code: k for k in vus}


def test_rien_de_repondu_une_ligne_par_theme() -> None:
    vus = controles(dossier(4, 4))
    objectifs = vus["preparation.objectifs"]
    assert [c.titre for c in objectifs.constats] == [
        "Objectifs\u00a0: 3\u00a0points de préparation attendent une réponse"
    ]
    assert not objectifs.satisfait
    assert vus["preparation.facteurs"].satisfait
    assert vus["preparation.facteurs"].constats[0].gravite is Gravite.CONSEIL
    assert {len(k.constats) for k in vus.values()} == {1}


@given(
    st.lists(
        st.sampled_from([True, False, None]), min_size=len(points_controle()), max_size=len(points_controle())
    )
)
def test_chaque_theme_est_satisfait_quand_tout_est_repondu(reponses) -> None:
    d = dossier(1, 1)
    for code, reponse in zip(points_controle(), reponses, strict=True):
        d.points_preparation.append(PointPreparation(code=code, reponse=reponse))
    vus = controles(d)
    for etat in etat_themes(d, charger("2022")):
        controle = vus[f"preparation.{etat.theme.code}"]
        dits = [p.reponse for p in etat.points]
        assert etat.repondus == sum(r is not None for r in dits) and etat.acquis == dits.count(True)
        assert controle.satisfait is (None not in dits or etat.theme.conseil)
        assert len(controle.constats) == (None in dits) + dits.count(False)


def test_un_non_donne_un_conseil_avec_son_remede() -> None:
    d = preparer(dossier(2))
    point = d.points_preparation[0]
    point.reponse = False
    (constat,) = controles(d)["preparation.objectifs"].constats
    attendu = points_controle()[point.code]
    assert (constat.gravite, constat.remede, constat.cible.champ) == (
        Gravite.CONSEIL,
        attendu.remede,
        point.code,
    )


@pytest.mark.parametrize(
    ("campagne", "tailles", "themes"),
    [("2022", (3,), 6), ("2022", (3, 3), 7), ("2022-centre-val-de-loire", (3, 3), 9), ("2023", (3,), 6)],
)
def test_les_themes_selon_la_campagne_et_la_grappe(campagne, tailles, themes) -> None:
    assert len(etat_themes(dossier(*tailles), charger(campagne))) == themes


def test_les_briques_se_groupent() -> None:
    d = dossier(2, 2, 2)
    assert len(etat_briques(d.ogs[0])) == len(briques()) == 10
    (constat,) = controles(d)["preparation.briques"].constats
    assert constat.preuve.count("(10 sur 10)") == 3 and constat.gravite is Gravite.CONSEIL
    assert constat.source == MAISON and "ne les demande" in constat.explication
    (regional,) = controles(d, "2022-centre-val-de-loire")["preparation.briques"].constats
    assert (regional.gravite, regional.source) == (Gravite.A_FAIRE, "AAP § 1")
    for o in d.ogs:
        o.briques.extend(Brique(code=c, acquise=c != "ins") for c in briques())
    controle = controles(d)["preparation.briques"]
    assert controle.satisfait
    assert [c.preuve for c in controle.constats] == [
        "INS\u00a0: Association 1, Association 2 et Association 3"
    ]


@pytest.mark.parametrize(
    ("campagne", "realise", "gravite"),
    [
        ("2022", None, Gravite.A_FAIRE),
        ("2022-centre-val-de-loire", False, Gravite.A_FAIRE),
        ("2022", True, None),
        ("2023", None, Gravite.A_FAIRE),
        ("2023", False, Gravite.CONSEIL),
        ("2023", True, None),
        ("sons-vague-1", None, Gravite.CONSEIL),
    ],
)
@pytest.mark.parametrize("genre", ["si", "cyber"])
def test_la_campagne_decide_des_autodiagnostics(campagne, realise, gravite, genre) -> None:
    d = dossier(2)
    d.ogs[0].autodiagnostics.append(Autodiagnostic(genre=genre, realise=realise))
    constats = controles(d, campagne)[f"preparation.autodiagnostic-{genre}"].constats
    assert [c.gravite for c in constats] == ([gravite] if gravite else [])
    assert len(etat_autodiagnostics(d)) == 2
