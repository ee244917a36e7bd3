"""The planning as a workbook: filters, and a calendar of cells that follows the dates of the tasks."""

import io
from datetime import date, timedelta
from itertools import pairwise

import openpyxl
import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.classeur import planning as classeur_planning
from esms_desktop.documents.classeur.classeur import serie
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.documents.classeur.xlsx_barres import semaines

from .outils import JOUR
from .plans import planifier
from .xlsx_outils import cellules, formules


@pytest.mark.parametrize("jours", [0, 6, 7, 90, 769, 770, 3_000])
def test_the_weeks_hold_the_first_and_the_last_day_and_no_more_than_a_page(jours: int) -> None:
    debut = date(2022, 11, 2)
    fin = debut + timedelta(jours)
    lundis = semaines(debut, fin)
    pas = lundis[1] - lundis[0] if len(lundis) > 1 else timedelta(7)
    assert all(j.weekday() == 0 for j in lundis)
    assert {b - a for a, b in pairwise(lundis)} <= {pas}
    assert lundis[0] <= debut < lundis[0] + pas
    assert lundis[-1] <= fin < lundis[-1] + pas
    assert len(lundis) <= 110


def test_the_calendar_of_cells_follows_the_dates_of_the_tasks() -> None:
    octets = rendre_xlsx(classeur_planning.classeur(planifier(20, 12), charger("2022"), JOUR), JOUR)
    fichier = openpyxl.load_workbook(io.BytesIO(octets))
    for nom in ("Tâches", "Gantt", "Jalons", "Suivi"):
        assert fichier[nom].auto_filter.ref, nom
    gantt = fichier["Gantt"]
    calculees = formules(octets)
    assert calculees[("Gantt", "C6")] == "=SUM('Tâches'!E6)"
    valeurs = cellules(octets, valeurs=True)
    assert valeurs[("Gantt", "C6")] == valeurs[("Tâches", "E6")]
    # Weeks are days: they head the columns after the dates, from the Monday of the first task.
    semaine = [c.value for c in gantt[5][4:] if c.value]
    assert all((b - a).days == 7 for a, b in pairwise(semaine))
    (regle, *_) = [
        r for rs in gantt.conditional_formatting._cf_rules.values() for r in rs if "AND(" in str(r.formula)
    ]
    assert regle.formula == ["AND(ISNUMBER($C6),$C6<E$5+7,$D6>=E$5)"]
    debuts = [
        v
        for (f, c), v in valeurs.items()
        if f == "Gantt" and c[0] == "C" and c[1:].isdigit() and int(c[1:]) > 5
    ]
    assert min(d.date() if hasattr(d, "date") else d for d in debuts) >= semaine[0].date()
    assert serie(date(2022, 11, 2)) == 44867
