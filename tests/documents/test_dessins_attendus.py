"""Where each thing is drawn, and in what: small pages read back object by object."""

from datetime import date
from pathlib import Path

import pytest

from esms_desktop.documents.gantt_options import OptionsGantt, Zoom
from esms_desktop.documents.gantt_pdf import composer
from esms_desktop.documents.rendu_pdf import rendre
from esms_desktop.model.planning import Plan
from esms_desktop.regles.campagnes import charger
from tests.attendus import comparer

from .blocs import TOUS, document
from .dessin_lu import lire
from .plans import planifier

ATTENDUS = Path(__file__).parent / "attendus"
JOUR = date(2023, 1, 2)


@pytest.mark.parametrize("nom", TOUS)
def test_ou_chaque_bloc_est_dessine(nom: str) -> None:
    comparer(ATTENDUS / f"dessin-{nom}.txt", lire(rendre(document(*TOUS[nom]()), JOUR).octets))


@pytest.mark.parametrize(
    ("nom", "taches", "mois", "options"),
    [
        ("a4", 9, 6, OptionsGantt()),
        ("a3", 4, 30, OptionsGantt(format="A3", reference=False)),
        ("mois", 14, 14, OptionsGantt(tuiles=True)),
        ("semaine", 4, 3, OptionsGantt(tuiles=True, zoom=Zoom.SEMAINE, plans=(Plan.PROJET,))),
        ("jour", 2, 1, OptionsGantt(tuiles=True, zoom=Zoom.JOUR)),
        ("trimestre", 5, 30, OptionsGantt(tuiles=True, zoom=Zoom.TRIMESTRE)),
        ("annee", 5, 60, OptionsGantt(tuiles=True, zoom=Zoom.ANNEE)),
    ],
)
def test_ou_chaque_barre_est_dessinee(nom: str, taches: int, mois: int, options: OptionsGantt) -> None:
    impression = composer(planifier(taches, mois), charger("2022"), JOUR, options)
    comparer(ATTENDUS / f"gantt-{nom}.txt", lire(impression.octets))
