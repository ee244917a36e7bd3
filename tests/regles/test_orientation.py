"""Orientation: each line of the table of referentiel 01 § 4."""

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.errors import ErreurSaisie
from esms_desktop.nomenclature.territoires import Territoire
from esms_desktop.regles.recevabilite.orientation import orienter, orienter_dossier
from tests.regles.fabrique import dossier, essms

NATIONAL = "National (CNSA - PAI Numérique)"
IDF, CVL, CORSE, GUADELOUPE = "ARS Île-de-France", "ARS Centre-Val de Loire", "ARS Corse", "01"


@pytest.mark.parametrize(
    ("campagne", "par_region", "portee", "porteur", "niveau", "financeur"),
    [
        ("2022", {"11": 49}, None, None, "regional", IDF),
        ("2022", {"11": 49}, False, None, "regional", IDF),
        ("2022", {"11": 49}, True, None, "national", NATIONAL),
        ("2022", {"11": 50}, None, None, "national", NATIONAL),
        ("2022", {"11": 30, "24": 25}, None, None, "national", NATIONAL),
        ("2022", {"11": 10, "24": 15}, False, "11", "regional", CVL),
        ("2022-centre-val-de-loire", {"24": 20}, False, None, "regional", CVL),
        ("2023", {"11": 49}, None, None, "regional", IDF),
        ("2023", {"11": 80}, None, None, "regional", IDF),
        ("2023", {"11": 30, "24": 20}, None, "11", "national", NATIONAL),
        ("2023", {"11": 30, "24": 19}, True, "24", "regional", CVL),
        ("2023", {"11": 10, "24": 15}, None, None, "regional", "ARS de rattachement du porteur"),
        ("2021-amorcage", {"11": 60}, True, None, "regional", "Sans objet (appels à projets des ARS)"),
    ],
)
def test_niveau_et_financeur(campagne, par_region, portee, porteur, niveau, financeur) -> None:
    resultat = orienter(charger(campagne), par_region, None, portee, porteur)
    assert (resultat.niveau, resultat.financeur) == (niveau, financeur)
    assert resultat.sources and all("(" in s for s in resultat.sources)


@pytest.mark.parametrize(
    ("campagne", "par_region", "territoire", "porteur", "minimum", "atteint"),
    [
        ("2022", {"11": 15}, None, None, 15, True),
        ("2022", {"11": 14}, None, None, 15, False),
        ("2022", {"94": 8}, None, None, 8, True),
        ("2022", {"94": 7}, None, None, 8, False),
        ("2022", {GUADELOUPE: 8}, None, None, 8, True),
        ("2022", {"11": 8}, Territoire.OUTRE_MER, None, 8, True),
        ("2022", {"94": 8}, Territoire.METROPOLE, None, 15, False),
        ("2022", {"94": 6, "93": 4}, None, None, 15, False),
        ("2022", {"94": 7, "93": 1}, None, None, 15, False),
        ("2022", {"94": 14, "93": 1}, None, None, 15, True),
        ("2022", {"94": 7, GUADELOUPE: 1}, None, None, 8, True),
        ("2022", {"94": 4, "93": 6}, None, None, 15, False),
        ("2022", {"94": 5, "93": 5}, None, None, 15, False),
        ("2023", {"94": 6, "93": 4}, None, "94", 15, False),
        ("2023", {"94": 6, "93": 4}, None, None, 15, False),
        ("2023", {"94": 9}, None, None, 8, True),
        ("2021-amorcage", {"94": 8}, None, None, 8, True),
        ("sons-vague-1", {"11": 1}, None, None, 1, True),
        ("2022", {}, None, None, 15, False),
    ],
)
def test_seuil(campagne, par_region, territoire, porteur, minimum, atteint) -> None:
    resultat = orienter(charger(campagne), par_region, territoire, False, porteur)
    assert (resultat.minimum, resultat.atteint) == (minimum, atteint)
    assert resultat.nombre == sum(par_region.values())


def test_le_prorata_de_2021_nomme_chaque_ars() -> None:
    resultat = orienter(charger("2021-amorcage"), {"11": 10, "24": 8}, None, None, None)
    assert resultat.ars == f"{IDF} et {CVL}"
    assert any("prorata" in n for n in resultat.notes)


def test_une_egalite_est_dite_et_la_region_du_porteur_l_emporte() -> None:
    sans = orienter(charger("2022"), {"11": 10, "24": 10}, None, False, None)
    avec = orienter(charger("2022"), {"11": 10, "24": 10}, None, False, "11")
    assert (sans.ars, avec.ars) == (CVL, IDF)
    assert any("Égalité" in n and IDF in n and CVL in n for n in sans.notes)


def test_le_sons_ne_s_oriente_pas() -> None:
    resultat = orienter(charger("sons-vague-1"), {"11": 60}, None, True, None)
    assert (resultat.niveau, resultat.financeur, resultat.ars) == ("indetermine", "Sans objet", "")


@pytest.mark.parametrize(
    ("par_region", "morceau"),
    [({"99": 3}, "«\u00a099\u00a0»"), ({"11": -1}, "négatif"), ({"ile": 2}, "«\u00a0ile\u00a0»")],
)
def test_saisie_refusee(par_region, morceau) -> None:
    with pytest.raises(ErreurSaisie, match=morceau):
        orienter(charger("2022"), par_region, None, None, None)


def test_des_essms_sans_region_laissent_le_niveau_de_2023_ouvert() -> None:
    resultat = orienter(charger("2023"), {"11": 40}, None, None, "11", sans_region=10)
    assert resultat.niveau == "indetermine"
    assert (
        orienter(charger("2023"), {"11": 40, "24": 1}, None, None, "11", sans_region=9).niveau == "national"
    )


def test_un_inconnu_n_abaisse_pas_le_seuil() -> None:
    assert orienter(charger("2022"), {"94": 6, "93": 2}, None, False, None, sans_region=5).minimum == 15
    assert orienter(charger("2022"), {"94": 9}, None, False, None, sans_region=2).minimum == 15
    assert orienter(charger("2022"), {"94": 9}, None, False, None).minimum == 8


def test_une_grappe_melee_entend_les_deux_seuils() -> None:
    melee = orienter(charger("2022"), {"94": 7, "93": 1}, None, False, None)
    assert melee.melee and any("ne tranchent pas" in n for n in melee.notes)
    for par_region in ({"94": 8}, {"11": 8}, {"94": 14, "93": 1}):
        seule = orienter(charger("2022"), par_region, None, False, None)
        assert not any("ne tranchent pas" in n for n in seule.notes)


def test_dossier_de_plusieurs_regions() -> None:
    d = dossier(10, 12)
    for e in d.ogs[1].essms:
        e.departement, e.code_postal = "45", "45000"
    d.ogs[0].essms.append(essms(900, categorie="362"))
    vue = orienter_dossier(d, charger("2022"))
    assert (vue.niveau, vue.ars, vue.nombre) == ("regional", CVL, 22)
    assert orienter_dossier(d, charger("2023")).ars == IDF
    assert vue.regions == (("24", "Centre-Val de Loire", 12), ("11", "Île-de-France", 10))


def test_question_sans_reponse_jamais_un_oui() -> None:
    d = dossier(20, complet=False)
    vue = orienter_dossier(d, charger("2022"))
    assert vue.niveau == "regional"
    assert any("portée nationale n’est pas répondue" in n for n in vue.notes)
