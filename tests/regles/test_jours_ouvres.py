"""Worked days: weekends, the public holidays of each territory, the closures of the grappe."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.regles.planning.jours_ouvres import (
    TERRITOIRES,
    Arret,
    JoursOuvres,
    territoire_du_departement,
)

ETE = Arret(date(2024, 7, 29), date(2024, 8, 16), "Fermeture d’été")


@pytest.mark.parametrize(
    ("territoire", "jour", "raison"),
    [
        ("", date(2024, 3, 29), ""),
        ("6AE", date(2024, 3, 29), "Vendredi saint"),
        ("57", date(2023, 12, 26), "Saint-Étienne"),
        ("", date(2023, 12, 26), ""),
        ("971", date(2024, 5, 27), "Abolition de l'esclavage"),
        ("972", date(2024, 5, 22), "Abolition de l'esclavage"),
        ("973", date(2024, 6, 10), "Abolition de l'esclavage"),
        ("974", date(2024, 12, 20), "Abolition de l'esclavage"),
        ("", date(2024, 5, 27), ""),
        ("", date(2024, 5, 9), "Ascension"),
        ("", date(2024, 5, 20), "Lundi de Pentecôte"),
        ("", date(2024, 11, 2), "samedi"),
        ("", date(2024, 7, 14), "dimanche"),
        ("", date(2024, 7, 29), "Fermeture d’été"),
        ("", date(2024, 8, 16), "Fermeture d’été"),
        ("", date(2024, 8, 19), ""),
    ],
)
def test_pourquoi_on_ne_travaille_pas(territoire: str, jour: date, raison: str) -> None:
    jours = JoursOuvres(date(2024, 1, 1), territoire, [ETE])
    assert jours.raison(jour) == raison
    assert jours.ouvre(jour) is (not raison)
    assert jours.compter(jour, jour) == (not raison)


@pytest.mark.parametrize(
    ("departement", "territoire"),
    [("67", "6AE"), ("68", "6AE"), ("57", "57"), ("54", ""), ("91", ""), ("2A", ""), ("", ""), ("zz", "")],
)
def test_le_territoire_d_un_departement(departement: str, territoire: str) -> None:
    assert territoire_du_departement(departement) == territoire


def test_chaque_territoire_a_son_calendrier() -> None:
    de_2024 = {t: JoursOuvres(date(2024, 1, 1), t) for t in TERRITOIRES}
    comptes = {t: j.compter(date(2024, 1, 1), date(2024, 12, 31)) for t, j in de_2024.items()}
    # 262 weekdays, less the public holidays that fall on one.
    assert comptes[""] == 252
    assert comptes["6AE"] == comptes["57"] == 250
    assert comptes["971"] == 249


def test_les_numeros_passent_d_une_annee_a_l_autre() -> None:
    jours = JoursOuvres(date(2023, 7, 3))
    vendredi = jours.indice(date(2023, 12, 29))
    assert jours.jour(vendredi + 1) == date(2024, 1, 2)
    assert jours.indice(date(2023, 12, 30)) == vendredi + 1
    assert jours.jour(jours.indice(date(2023, 1, 2)) - 1) == date(2022, 12, 30)
    assert jours.indice(date(2023, 1, 1)) == 0
    assert jours.ecart(date(2024, 1, 2), date(2023, 12, 29)) == -1
    assert jours.compter(date(2024, 1, 2), date(2023, 12, 29)) == 0


def test_une_date_absurde_ne_dure_pas() -> None:
    jours = JoursOuvres(date(2023, 7, 3), "", [Arret(date(2023, 1, 1), date(2999, 1, 1))])
    assert jours.jour(0) == date(2023, 1, 2)
    assert jours.raison(date(2023, 7, 4)) == ""
    assert jours.jour(10**9).year == 2063
    assert jours.jour(-(10**9)).year == 2003
    assert jours.indice(date(9999, 12, 31)) == jours.indice(date(2064, 1, 1))
    toujours_ferme = [Arret(date(a, 1, 1), date(a, 12, 31)) for a in range(2003, 2064)]
    assert JoursOuvres(date(2023, 7, 3), "", toujours_ferme).jour(0) == date(2023, 1, 2)


@st.composite
def arrets(tirer) -> list[Arret]:
    debuts = tirer(st.lists(st.dates(date(2021, 1, 1), date(2027, 1, 1)), max_size=4))
    return [Arret(d, d + timedelta(days=tirer(st.integers(0, 40)))) for d in debuts]


JOURS = st.dates(date(2020, 6, 1), date(2027, 6, 1))


@given(st.sampled_from(sorted(TERRITOIRES)), arrets(), JOURS, JOURS)
def test_compter_et_numeroter_disent_la_meme_chose_qu_un_a_un(territoire, fermetures, debut, fin) -> None:
    jours = JoursOuvres(date(2024, 1, 1), territoire, fermetures)
    un_a_un = [d for i in range((fin - debut).days + 1) if jours.ouvre(d := debut + timedelta(days=i))]
    assert jours.compter(debut, fin) == len(un_a_un)
    # A calendar nobody asked anything yet knows one year only.
    assert JoursOuvres(date(2024, 1, 1), territoire, fermetures).compter(debut, fin) == len(un_a_un)
    assert JoursOuvres(date(2024, 1, 1), territoire, fermetures).indice(debut) == jours.indice(debut)
    assert JoursOuvres(date(2024, 1, 1), territoire, fermetures).ecart(debut, fin) == jours.ecart(debut, fin)
    for rang, d in enumerate(un_a_un[:40]):
        assert jours.jour(jours.indice(d)) == d
        assert jours.indice(d) == jours.indice(debut) + rang
    assert jours.jour(jours.indice(debut)) >= debut
