"""The time scale of a Gantt: days where they are, words that fit, units that follow one another."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esms_desktop.documents.gantt.echelle import Echelle, Unite, au_large, etendue, unites
from esms_desktop.documents.gantt.trace import bandes, mesure
from esms_desktop.documents.pdf.polices import GRAS, enregistrer

JOURS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
enregistrer()


@given(JOURS, st.integers(0, 1500), st.floats(0.15, 20))
def test_words_fit_their_case_and_cases_fill_the_scale(debut: date, duree: int, pas: float) -> None:
    echelle = Echelle(debut, debut + timedelta(duree), pas)
    _, dessus, dessous = bandes(echelle, 7.0)
    mesurer = mesure(7.0, GRAS)
    for cases in (c for c in (dessus, dessous) if c):
        assert cases[0].x == 0
        assert cases[-1].fin == pytest.approx(echelle.largeur)
        assert all(a.fin == pytest.approx(b.x) for a, b in pairwise(cases))
        assert all(mesurer(c.texte) <= c.fin - c.x for c in cases if c.texte)


@given(JOURS | st.just(date.max - timedelta(900)), st.integers(0, 900), st.sampled_from(list(Unite)))
@example(date(9999, 12, 1), 30, Unite.SEMAINE)
@example(date(9999, 12, 31), 0, Unite.ANNEE)
def test_units_follow_one_another_and_hold_the_span(debut: date, duree: int, unite: Unite) -> None:
    fin = debut + timedelta(duree)
    suite = unites(unite, debut, fin)
    assert suite[0][0] <= debut <= suite[0][1]
    assert suite[-1][0] <= fin <= suite[-1][1]
    assert all(b[0] - a[1] == timedelta(1) for a, b in pairwise(suite))
    assert etendue(debut, fin, unite) == (suite[0][0], suite[-1][1])


@pytest.mark.parametrize(
    ("pas", "unite", "dessus", "dessous"),
    [
        (13.0, Unite.JOUR, "juillet 2023", "3"),
        (3.2, Unite.SEMAINE, "juillet 2023", "3"),
        (1.1, Unite.MOIS, "2023", "juil."),
        (0.5, Unite.INITIALE, "2023", "J"),
        (0.2, Unite.TRIMESTRE, "2023", "T3"),
        (0.06, Unite.ANNEE, "", "2024"),
    ],
)
def test_the_finest_unit_that_can_be_read_is_written(
    pas: float, unite: Unite, dessus: str, dessous: str
) -> None:
    echelle = Echelle(date(2023, 7, 3), date(2025, 7, 2), pas)
    trouvee, haut, bas = bandes(echelle, 7.0)
    assert trouvee is unite
    assert (haut[0].texte if haut else "") == dessus
    assert next(c.texte for c in bas if c.texte) == dessous


def test_a_day_begins_and_ends_where_it_must() -> None:
    echelle = Echelle(date(2024, 2, 1), date(2024, 3, 31), 2.0)
    assert echelle.x(date(2024, 2, 1)) == 0
    assert echelle.x(date(2024, 2, 29), fin=True) == echelle.x(date(2024, 3, 1)) == 58
    assert echelle.largeur == 120
    assert echelle.fenetre(date(2024, 3, 1), date(2024, 3, 31)).x(date(2024, 3, 2)) == 2


def test_une_marque_au_dernier_jour_tient_dans_le_cadre() -> None:
    large = 300.0
    for fin, dernier in (
        (date(2023, 3, 31), date(2023, 4, 30)),
        (date(2023, 3, 30), date(2023, 4, 30)),
        (date(2023, 3, 1), date(2023, 3, 31)),
        (date(2023, 12, 31), date(2024, 1, 31)),
    ):
        debut = date(2023, 1, 9)
        bornes = au_large(debut, fin, large)
        assert bornes == (date(2023, 1, 1), dernier)
        pas = large / ((bornes[1] - bornes[0]).days + 1)
        assert Echelle(*bornes, pas).x(fin, fin=True) <= large - 8
    assert au_large(date(9999, 11, 1), date.max, large)[1] == date.max
