"""What the examination says of the risks: the map, the structures, the actions."""

from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import ActionRisque, Dossier, EvaluationStructure, Risque
from esms_desktop.regles.constats import Constat, Gravite, Page
from esms_desktop.regles.dossier.risques_controles import controler_risques
from tests.regles.fabrique import JOUR, dossier, preparer


def constats(d: Dossier, campagne: str = "2022") -> list[Constat]:
    vus = controler_risques(d, charger(campagne), JOUR)
    assert all(k.page is Page.RISQUES and c.cible.page is Page.RISQUES for k in vus for c in k.constats)
    assert len({k.code for k in vus}) == len(vus)
    return [c for k in vus for c in k.constats]


def codes(d: Dossier) -> list[str]:
    return [c.code.removeprefix("risques.") for c in constats(d)]


def action(**champs) -> ActionRisque:
    valeurs = {"intitule": "Agir", "responsable": "Alix", "echeance": date(2023, 1, 2), "etat": "a-faire"}
    return ActionRisque(**(valeurs | champs))


def risque(d: Dossier) -> Risque:
    return d.risques[0]


def test_une_carte_complete_et_une_vide() -> None:
    assert codes(preparer(dossier(3))) == []
    (seul,) = constats(dossier(40))
    assert (seul.code, seul.gravite) == ("risques.carte", Gravite.A_FAIRE)


def test_sons_ne_demande_rien() -> None:
    d = preparer(dossier(3))
    assert [c.gravite for c in constats(dossier(3), "sons-vague-1")] == [Gravite.CONSEIL]
    risque(d).actions.clear()
    assert {c.gravite for c in constats(d, "sons-vague-1")} == {Gravite.CONSEIL}


@pytest.mark.parametrize(
    ("geste", "code", "morceau", "champ"),
    [
        (lambda d: setattr(risque(d), "essms", d.essms[0]), "carte", "", ""),
        (lambda d: d.evaluations_structures.pop(), "structures", "1\u00a0ESSMS (Résidence 3)", ""),
        (
            lambda d: setattr(d.evaluations_structures[0], "sans_risque", None),
            "structures",
            "Résidence 1",
            "",
        ),
        (lambda d: setattr(risque(d), "gravite", None), "cotation", "R1 Réseau", "gravite"),
        (
            lambda d: setattr(risque(d), "gravite_residuelle", 2),
            "cotation",
            "R1 Réseau",
            "probabilite_residuelle",
        ),
        (lambda d: risque(d).actions.clear(), "critique-sans-action", "R1 Réseau", "actions"),
        (
            lambda d: setattr(risque(d).actions[0], "etat", "abandonnee"),
            "critique-sans-action",
            "R1 Réseau",
            "actions",
        ),
        (
            lambda d: setattr(risque(d).actions[0], "echeance", date(2022, 5, 1)),
            "action-retard",
            "Mesurer le réseau, prévue le 1er\u00a0mai 2022",
            "echeance",
        ),
        (
            lambda d: setattr(risque(d).actions[0], "responsable", " "),
            "action-incomplete",
            "1\u00a0action : Mesurer",
            "responsable",
        ),
        (
            lambda d: setattr(risque(d).actions[0], "echeance", None),
            "action-incomplete",
            "1\u00a0action : Mesurer",
            "echeance",
        ),
    ],
)
def test_chaque_manque_donne_son_constat(geste, code, morceau, champ) -> None:
    d = preparer(dossier(3))
    geste(d)
    (constat,) = constats(d)
    assert constat.code == f"risques.{code}"
    assert morceau in constat.preuve
    assert constat.cible.champ == champ


@pytest.mark.parametrize(
    ("avant", "apres", "actions", "attendu"),
    [
        ((2, 3), (3, 3), 1, ["residuel-superieur"]),
        ((2, 3), (2, 3), 0, []),
        ((2, 3), (1, 3), 0, ["baisse-sans-action"]),
        ((2, 3), (1, 3), 1, []),
        ((4, 4), (3, 4), 1, ["reste-critique"]),
        ((4, 4), (4, 4), 0, ["critique-sans-action", "reste-critique"]),
        ((4, 4), (1, 1), 0, ["critique-sans-action", "baisse-sans-action"]),
        ((3, 3), (None, None), 0, []),
        ((None, 3), (3, 3), 1, ["cotation"]),
    ],
)
def test_avant_et_apres_les_actions(avant, apres, actions, attendu) -> None:
    d = preparer(dossier(1))
    r = risque(d)
    r.probabilite, r.gravite = avant
    r.probabilite_residuelle, r.gravite_residuelle = apres
    r.actions[:] = [action() for _ in range(actions)]
    assert codes(d) == attendu


def test_une_action_abandonnee_ne_compte_pas_une_faite_ne_demande_plus_rien() -> None:
    d = preparer(dossier(1))
    r = risque(d)
    r.probabilite, r.gravite, r.probabilite_residuelle, r.gravite_residuelle = 2, 2, 1, 1
    r.actions[:] = [action(etat="abandonnee", responsable="", echeance=date(2020, 1, 1))]
    assert codes(d) == ["baisse-sans-action"]
    r.actions[:] = [action(etat="faite", responsable="", echeance=None)]
    assert codes(d) == []


def test_une_action_sans_nom_ne_presse_que_sur_un_risque_critique() -> None:
    d = preparer(dossier(1))
    d.risques.append(
        Risque(intitule="Petit", rang=1, probabilite=1, gravite=2, actions=[action(responsable="")])
    )
    assert [(c.code, c.gravite) for c in constats(d)] == [("risques.action-incomplete", Gravite.CONSEIL)]
    risque(d).actions.append(action(echeance=None))
    assert [c.gravite for c in constats(d)] == [Gravite.A_FAIRE, Gravite.CONSEIL]


def test_quarante_structures_sans_carte_une_seule_ligne() -> None:
    d = preparer(dossier(40))
    d.evaluations_structures.clear()
    d.evaluations_structures.append(EvaluationStructure(essms=d.essms[0], sans_risque=True))
    (constat,) = constats(d)
    assert constat.preuve == "39\u00a0ESSMS (Résidence 2, Résidence 3, Résidence 4 et 36 autres)"
    assert (constat.cible.objet, constat.cible.id) == ("essms", d.essms[1].id)


def test_le_risque_d_une_structure_dit_laquelle() -> None:
    d = preparer(dossier(2))
    d.risques.append(Risque(intitule="Travaux", essms=d.essms[1], rang=0))
    (constat,) = constats(d)
    assert constat.preuve == "R1 Travaux (Résidence 2)"
