"""Dates: the longest duration, the windows, the deadlines (referentiel 01 §§ 7 and 9)."""

from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.nomenclature.vocabulaire import EtatDossier, TypeProjet
from esms_desktop.regles.constats import Constat, Gravite
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.financement.durees import ajouter_mois
from esms_desktop.regles.planning.calendrier import echeances
from tests.regles.fabrique import JOUR, dossier

ACQ, CONF = TypeProjet.ACQUISITION, TypeProjet.CONFORMITE


def constat(d, code: str, campagne: str = "2022", jour: date = JOUR) -> Constat | None:
    return next((c for c in examiner(d, charger(campagne), jour) if c.code == code), None)


# Before the first filing planned: a date that has passed is told as such.
VEILLE = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("debut", "mois", "fin"),
    [
        (date(2022, 1, 31), 1, date(2022, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 12, 1), 18, date(2024, 6, 1)),
        (date(2022, 12, 31), 12, date(2023, 12, 31)),
        (date(9999, 6, 1), 6, date(9999, 12, 1)),
        (date(9999, 6, 1), 18, date.max),
    ],
)
def test_ajouter_des_mois(debut, mois, fin) -> None:
    assert ajouter_mois(debut, mois) == fin


@pytest.mark.parametrize(
    ("campagne", "type_projet", "debut", "fin", "morceau"),
    [
        ("2022", ACQ, date(2022, 12, 1), date(2024, 6, 1), None),
        ("2022", ACQ, date(2022, 12, 1), date(2024, 6, 2), "de 1\u00a0jour,"),
        ("2022", CONF, date(2022, 12, 1), date(2023, 9, 13), "de 12\u00a0jours,"),
        ("2022", CONF, date(2022, 12, 1), date(2023, 9, 1), None),
        ("2022", ACQ, None, date(2023, 9, 1), "Saisissez"),
        ("2022", ACQ, date(2022, 12, 1), None, "Saisissez"),
        ("2021-amorcage", ACQ, date(2021, 1, 1), date(2029, 1, 1), None),
    ],
)
def test_duree_maximale(campagne, type_projet, debut, fin, morceau) -> None:
    d = dossier(15, type_projet=type_projet, date_debut_projet=debut, date_fin_deploiement=fin)
    d.date_debut_parametrage = None
    trouve = constat(d, "calendrier.duree", campagne)
    assert (trouve is None) is (morceau is None)
    assert morceau is None or morceau in trouve.remede


@pytest.mark.parametrize(
    ("campagne", "portee", "prevu", "jour", "morceau"),
    [
        ("2022-centre-val-de-loire", False, date(2022, 3, 17), VEILLE, None),
        ("2022-centre-val-de-loire", False, date(2022, 3, 16), VEILLE, "hors des fenêtres"),
        ("2022-centre-val-de-loire", False, date(2022, 9, 30), JOUR, None),
        ("2022-centre-val-de-loire", False, date(2022, 10, 1), JOUR, "hors des fenêtres"),
        ("2022", False, date(2022, 3, 15), VEILLE, None),
        ("2022", False, None, JOUR, "n’est pas fixée"),
        ("2022", False, None, date(2022, 10, 1), "closes"),
        ("2022", True, date(2022, 12, 1), JOUR, None),
        ("2022", True, date(2022, 3, 31), VEILLE, "hors des fenêtres"),
        ("2023", False, date(2023, 9, 15), JOUR, None),
        ("2023", False, date(2023, 9, 16), JOUR, "hors des fenêtres"),
        ("2024", False, date(2024, 9, 15), JOUR, None),
        ("2024", False, date(2024, 9, 16), JOUR, "hors des fenêtres"),
        ("2024", False, date(2024, 1, 14), JOUR, "hors des fenêtres"),
        ("2024", False, date(2024, 9, 10), date(2024, 9, 11), "a 1\u00a0jour de retard"),
        ("2024", False, date(2024, 9, 10), date(2024, 9, 10), None),
        ("2024", False, date(2024, 9, 10), date(2024, 9, 16), "closes depuis 1\u00a0jour"),
        ("2023-ile-de-france", False, date(2023, 6, 12), date(2026, 11, 27), "sans doute close"),
        ("2025", False, None, JOUR, None),
        ("2025", False, None, date(2025, 12, 31), None),
        ("2025", False, None, date(2026, 1, 1), "sans doute close"),
        ("2022", True, None, date(2022, 12, 31), "n’est pas fixée"),
        ("2022", True, None, date(2023, 1, 1), "sans doute close"),
        ("2022", True, date(2023, 1, 1), JOUR, "sans doute close"),
        ("2023-ile-de-france", False, None, date(2023, 12, 31), "après la date conseillée"),
        ("2023-ile-de-france", False, None, date(2023, 6, 15), None),
        ("2023-ile-de-france", False, date(2023, 6, 1), date(2023, 6, 4), "a 3\u00a0jours de retard"),
        ("2023-ile-de-france", False, None, date(2024, 1, 1), "sans doute close"),
        ("2023-ile-de-france", False, date(2023, 11, 1), JOUR, "après la date conseillée"),
        ("sons-vague-1", False, date(2024, 2, 28), JOUR, None),
        ("sons-vague-1", False, date(2024, 2, 29), JOUR, "hors des fenêtres"),
    ],
)
def test_fenetres(campagne, portee, prevu, jour, morceau) -> None:
    d = dossier(15, portee_nationale=portee, date_depot_prevue=prevu)
    trouve = constat(d, "calendrier.fenetre", campagne, jour)
    assert (trouve is None) is (morceau is None)
    assert morceau is None or morceau in trouve.titre


def test_un_dossier_depose_n_attend_plus_de_fenetre() -> None:
    d = dossier(15, date_depot_prevue=None)
    d.etat = EtatDossier.DEPOSE
    assert constat(d, "calendrier.fenetre", jour=date(2023, 1, 1)) is None


@pytest.mark.parametrize(
    "champs",
    [
        {"date_debut_parametrage": date(2022, 11, 30)},
        {"date_fin_deploiement": date(2022, 12, 2)},
        {"date_convention": date(2022, 5, 31)},
    ],
)
def test_dates_en_desordre(champs) -> None:
    trouve = constat(dossier(15, **champs), "calendrier.ordre")
    assert trouve is not None and trouve.gravite is Gravite.CONSEIL
    assert constat(dossier(15), "calendrier.ordre") is None


def test_echeances_dans_l_ordre_et_comptees() -> None:
    vues = echeances(dossier(15), charger("2022-centre-val-de-loire"), JOUR)
    assert [e.date for e in vues] == sorted(e.date for e in vues)
    fin = next(e for e in vues if e.date == date(2022, 6, 15))
    assert (fin.jours_restants, fin.source) == (44, "AAP § 8")
    assert any(e.date == date(2024, 6, 1) and "déploiement" in e.libelle for e in vues)
    assert any(e.date == date(2022, 6, 16) and e.libelle.startswith("Ouverture") for e in vues)


def test_une_date_conseillee_se_dit_comme_telle() -> None:
    vues = echeances(dossier(15, complet=False), charger("2023-ile-de-france"), date(2023, 6, 20))
    assert [(e.date, e.jours_restants, e.conseillee) for e in vues] == [(date(2023, 6, 15), -5, True)]
