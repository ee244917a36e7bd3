"""Each finding of a planning tells all that a finding tells."""

from datetime import date

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Vague
from esms_desktop.regles.constats import Page
from esms_desktop.regles.planning.planning_controles import controler_planning
from tests.regles.fabrique import JOUR
from tests.regles.test_planning_controles import complet, de, placer_vague, retirer

N = "\u00a0"


def test_chaque_constat_du_planning_dit_tout() -> None:
    d = complet(date_depot_prevue=None)
    placer_vague(d, 80)
    retirer(d, "va", "services-socles")
    de(d, "recette").fixe = date(2023, 3, 6)
    de(d, "consultation").echeance = date(2022, 12, 5)
    d.vagues.append(Vague(nom="Oubliée", rang=2))
    trouves = [c for k in controler_planning(d, charger("2022"), JOUR) for c in k.constats]
    assert len(trouves) == 7
    for c in trouves:
        assert all((c.titre, c.explication, c.remede, c.source)), c
        tout = " ".join((c.titre, c.explication, c.remede, c.source, c.preuve))
        assert "'" not in tout and "\u202f" not in tout and "None" not in tout, c
        assert c.remede.endswith(".") and c.remede[0].isupper()
        assert c.cible.page is Page.PLANNING
