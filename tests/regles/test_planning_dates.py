"""What the planning is told of its dates: the referencing, the floors, the windows of filing, deadlines, fixed days."""

from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import LienTache, Tache, Vague
from esms_desktop.nomenclature.vocabulaire import EtatDossier, StatutSolution, TypeProjet
from esms_desktop.regles.constats import Page
from esms_desktop.regles.planning.planning import lire
from esms_desktop.regles.planning.planning_controles import controler_planning
from tests.regles.fabrique import JOUR

from .planning_outils import N, complet, constats, de, du_planning, placer_vague, retirer


@pytest.mark.parametrize(
    ("prevue", "obtenu", "jours"),
    [
        (date(2023, 3, 20), None, "6"),
        (date(2023, 3, 15), None, "1"),
        (date(2023, 3, 14), None, None),
        (None, date(2023, 4, 3), "20"),
    ],
)
def test_le_parametrage_avant_le_referencement(prevue, obtenu, jours) -> None:
    d = complet(campagne_id="2023")
    d.date_debut_parametrage = date(2023, 3, 1)
    de(d, "debut-parametrage").pas_avant = date(2023, 3, 15)
    solution = d.solutions[0]
    solution.date_referencement_prevue, solution.date_referencement = prevue, obtenu
    trouve = constats(d, "2023").get("planning.segur")
    assert (trouve is None) is (jours is None)
    if trouve is not None:
        assert (
            trouve.remede
            == f"Repoussez le début du paramétrage de {jours}{N}jour{'s' if jours != '1' else ''}."
        )
        assert trouve.cible.id == de(d, "debut-parametrage").id


def test_le_referencement_que_le_point_10_juge_n_est_pas_dit_deux_fois() -> None:
    d = complet(campagne_id="2023")
    d.solutions[0].statut = StatutSolution.EN_COURS
    d.solutions[0].date_referencement_prevue = date(2023, 4, 3)
    trouves = constats(d, "2023")
    assert "recevabilite.point-10" in trouves and "planning.segur" not in trouves
    # Without a date of the solution, the milestone speaks.
    d.solutions[0].date_referencement_prevue = None
    de(d, "segur").pas_avant = date(2023, 4, 3)
    for lien in list(d.liens_taches):
        if lien.avant is de(d, "segur"):
            d.liens_taches.remove(lien)
            lien.apres.entrants.remove(lien)
    assert "planning.segur" in constats(d, "2023")


@pytest.mark.parametrize(
    ("type_projet", "campagne", "attendu"),
    [
        (TypeProjet.ACQUISITION, "2023", True),
        (TypeProjet.CONFORMITE, "2023", False),
        (TypeProjet.ACQUISITION, "2022", False),
    ],
)
def test_rien_ne_s_engage_avant_la_date_plancher(type_projet, campagne, attendu) -> None:
    d = complet(type_projet=type_projet)
    contrat = de(d, "contrat-editeur")
    contrat.fixe, contrat.duree = date(2022, 12, 12), 5
    trouve = constats(d, campagne).get("planning.plancher")
    assert (trouve is not None) is attendu
    if trouve is not None:
        # From 16 December 2022 to 16 January 2023.
        assert trouve.remede.endswith(f"» de 31{N}jours.")
        contrat.fixe = date(2023, 1, 10)
        assert "planning.plancher" not in constats(d, campagne)


@pytest.mark.parametrize(
    ("depot", "campagne", "remede"),
    [
        (date(2022, 6, 1), "2022-centre-val-de-loire", None),
        (date(2022, 3, 7), "2022-centre-val-de-loire", f"Repoussez-le d’au moins 10{N}jours."),
        (date(2022, 10, 3), "2022-centre-val-de-loire", f"Avancez le dépôt d’au moins 3{N}jours."),
        (date(2023, 9, 4), "2023", None),
        (date(2023, 10, 3), "2023", f"Avancez le dépôt d’au moins 18{N}jours."),
        (date(2024, 10, 3), "2023-ile-de-france", None),
    ],
)
def test_le_depot_place_hors_des_fenetres(depot, campagne, remede) -> None:
    d = complet()
    jalon = de(d, "depot")
    jalon.fixe = depot
    trouve = constats(d, campagne).get("planning.depot")
    assert (trouve.remede if trouve else None) == remede
    if trouve:
        # Once the dossier says the same day, its calendar says it.
        d.date_depot_prevue = depot
        codes = du_planning(d, campagne)
        assert "planning.depot" not in codes and "calendrier.fenetre" in codes
        d.etat = EtatDossier.DEPOSE
        assert not {"planning.depot", "calendrier.fenetre"} & du_planning(d, campagne)


def test_une_boucle_se_dit_seule_de_toutes_les_dates() -> None:
    d = complet()
    LienTache(dossier=d, avant=de(d, "vsr"), apres=de(d, "recette"), type="fin-debut", decalage=0)
    assert du_planning(d) == {"planning.boucle"}
    assert "« Éprouver le paramétrage et les données reprises »" in constats(d)[
        "planning.boucle"
    ].preuve.replace(N, " ")
    d.date_fin_deploiement = None
    assert "calendrier.duree" in constats(d)


def test_une_date_fixe_contredite_dit_de_combien() -> None:
    d = complet()
    recette = de(d, "recette")
    fin = lire(d, JOUR).de(de(d, "parametrage")).fin
    recette.fixe = fin
    constat = constats(d)["planning.date-fixe"]
    assert constat.remede.startswith("Repoussez «\u00a0Éprouver le paramétrage")
    assert f"de 1{N}jour ouvré, ou retirez sa date fixe." in constat.remede
    assert (constat.cible.id, constat.cible.champ) == (recette.id, "fixe")


@pytest.mark.parametrize(
    ("echeance", "avancement", "jour", "debut_remede"),
    [
        (date(2023, 5, 26), 0, JOUR, f"Avancez «{N}Témoin{N}» de 7{N}jours"),
        (date(2023, 6, 2), 0, JOUR, None),
        (date(2023, 6, 2), 50, date(2023, 6, 12), f"Terminez «{N}Témoin{N}», en retard de 10{N}jours"),
        (date(2023, 6, 2), 100, date(2023, 6, 12), None),
        (date(2023, 5, 26), 100, JOUR, None),
        (None, 0, date(2030, 1, 1), None),
    ],
)
def test_une_echeance_depassee(echeance, avancement, jour, debut_remede) -> None:
    """A task from 29 May to 2 June 2023, Whit Monday being not worked."""
    d = complet()
    Tache(
        dossier=d,
        id=999,
        nom="Témoin",
        plan="projet",
        jalon=False,
        duree=4,
        rang=99,
        pas_avant=date(2023, 5, 29),
        echeance=echeance,
        avancement=avancement,
    )
    trouve = constats(d, jour=jour).get("planning.echeance")
    assert (trouve is None) is (debut_remede is None)
    if trouve is not None:
        assert trouve.remede.startswith(debut_remede)
        assert (trouve.cible.id, trouve.cible.champ) == (999, "echeance")


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
