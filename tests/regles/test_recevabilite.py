"""The ten points: each verdict, in a table."""

from collections.abc import Callable
from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.model import Dossier, Solution
from esms_desktop.nomenclature.vocabulaire import Champ, StatutSolution, TypeProjet
from esms_desktop.regles.constats import Gravite
from esms_desktop.regles.recevabilite.eligibilite import relever
from esms_desktop.regles.recevabilite.recevabilite import Verdict, constats_du_point, eligibilite, points
from tests.regles.fabrique import JOUR, dossier, essms, finess

S, N, V, A = Verdict.SATISFAIT, Verdict.NON_SATISFAIT, Verdict.A_VERIFIER, Verdict.A_APPRECIER


def verdict(d: Dossier, numero: int, campagne: str = "2022", jour: date = JOUR) -> Verdict:
    return points(d, charger(campagne), jour)[numero - 1].verdict


def de(**champs: object) -> Callable[[Dossier], None]:
    """Changes the dossier."""
    return lambda d: [setattr(d, c, v) for c, v in champs.items()] and None


def essms_(rang: int = 0, **champs: object) -> Callable[[Dossier], None]:
    """Changes one ESSMS."""
    return lambda d: [setattr(d.essms[rang], c, v) for c, v in champs.items()] and None


def solution(**champs: object) -> Callable[[Dossier], None]:
    """Changes the retained solution."""
    return lambda d: [setattr(d.solutions[0], c, v) for c, v in champs.items()] and None


def porteur(**champs: object) -> Callable[[Dossier], None]:
    """Changes the porteur."""
    return lambda d: [setattr(d.ogs[0], c, v) for c, v in champs.items()] and None


def champs_de(champ: Champ, combien: int) -> Callable[[Dossier], None]:
    """Puts the first ESSMS in another champ, without the PA category."""
    return lambda d: [setattr(e, "champ", champ) for e in d.essms[:combien]] and None


def tous(*gestes: Callable[[Dossier], None]) -> Callable[[Dossier], None]:
    """Several changes."""
    return lambda d: [g(d) for g in gestes] and None


EN_COURS = solution(statut=StatutSolution.EN_COURS, date_referencement_prevue=date(2023, 2, 28))
NON_REF = solution(statut=StatutSolution.NON_REFERENCEE)
CONFORMITE = de(type_projet=TypeProjet.CONFORMITE)


def test_un_dossier_tout_repondu_satisfait_les_dix_points() -> None:
    for campagne in ("2022", "2022-centre-val-de-loire", "2023", "2023-ile-de-france"):
        resultat = points(dossier(9, 9), charger(campagne), JOUR)
        assert [p.verdict for p in resultat] == [S] * 10, campagne
        assert all(p.preuve and p.explication and p.source and not p.cibles for p in resultat)


@pytest.mark.parametrize(
    ("numero", "geste", "attendu"),
    [
        (1, essms_(categorie="362"), N),
        (1, essms_(categorie="355"), N),
        (1, essms_(categorie="", champ=None), V),
        (1, essms_(categorie="999"), V),
        (1, essms_(rattache_entite_nationale=None), V),
        (1, essms_(rattache_entite_nationale=True), V),
        (1, essms_(rattache_entite_nationale=True, accord_entite_nationale=True), S),
        (1, essms_(rattache_entite_nationale=True, accord_entite_nationale=False), N),
        (2, lambda d: d.ogs.pop(), A),
        (3, essms_(finess="910000019"), N),
        (3, essms_(finess=""), V),
        (3, essms_(finess=finess("91", 90001)), N),
        (4, porteur(siret=""), V),
        (4, porteur(siret="12345678901234"), N),
        (4, porteur(est_porteur=False), V),
        (5, de(mise_en_ordre_marche=None), V),
        (5, de(mise_en_ordre_marche=True, date_mise_en_ordre_marche=date(2020, 1, 1)), A),
        (5, tous(CONFORMITE, de(mise_en_ordre_marche=None)), S),
        (6, essms_(financement_europeen=True), N),
        (6, essms_(financement_europeen=None), V),
        (7, essms_(esms_numerique_anterieur=True), N),
        (7, essms_(esms_numerique_anterieur=None), V),
        (8, essms_(sons_autre_solution=True), N),
        (8, essms_(sons_autre_solution=None), V),
        (9, essms_(solution=None), V),
        (9, essms_(solution=Solution(nom="Autre")), N),
        (9, solution(retenue=False), V),
        (10, solution(retenue=False), V),
        (10, solution(statut=None), V),
        (10, solution(date_referencement=date(2030, 1, 1)), V),
        (10, EN_COURS, S),
        (10, tous(EN_COURS, solution(date_referencement_prevue=None)), S),
        (10, tous(EN_COURS, solution(date_referencement_prevue=date(2022, 1, 1))), V),
        (10, tous(EN_COURS, de(date_debut_parametrage=date(2023, 2, 28))), S),
        (10, tous(EN_COURS, CONFORMITE), N),
        (10, tous(EN_COURS, champs_de(Champ.PDE, 9)), N),
        (10, tous(EN_COURS, champs_de(Champ.PDE, 8)), S),
        (10, NON_REF, S),
        (10, tous(NON_REF, solution(dans_sad=None)), V),
        (10, tous(NON_REF, solution(dans_sad=False)), N),
        (10, tous(NON_REF, CONFORMITE), N),
        (10, tous(NON_REF, champs_de(Champ.PDE, 8)), S),
        (10, tous(NON_REF, champs_de(Champ.PDE, 9)), N),
    ],
)
def test_verdicts_de_2022(numero, geste, attendu) -> None:
    d = dossier(9, 9)
    geste(d)
    point = points(d, charger("2022"), JOUR)[numero - 1]
    assert (point.numero, point.verdict) == (numero, attendu)
    constats = constats_du_point(point)
    if attendu is S:
        assert not constats
        return
    assert point.remede
    bloque = attendu is N and point.fondement is Fondement.TEXTE
    assert [c.gravite for c in constats] == [
        Gravite.BLOQUANT if bloque else {N: Gravite.A_FAIRE, V: Gravite.A_FAIRE, A: Gravite.CONSEIL}[attendu]
    ]
    assert constats[0].code == f"recevabilite.point-{numero}"


@pytest.mark.parametrize(
    ("campagne", "numero", "geste", "attendu"),
    [
        ("2023", 5, de(mise_en_ordre_marche=True, date_mise_en_ordre_marche=date(2023, 1, 15)), N),
        ("2023", 5, de(mise_en_ordre_marche=True, date_mise_en_ordre_marche=date(2023, 1, 16)), S),
        ("2023", 5, de(mise_en_ordre_marche=True), V),
        ("2023", 10, NON_REF, N),
        ("2023", 10, EN_COURS, S),
        ("2023", 10, tous(EN_COURS, solution(date_referencement_prevue=None)), V),
        ("2023", 10, tous(EN_COURS, de(date_debut_parametrage=None)), V),
        ("2023", 10, tous(EN_COURS, de(date_debut_parametrage=date(2023, 2, 28))), N),
        ("2021-amorcage", 10, solution(), A),
        ("2021-amorcage", 1, champs_de(Champ.PDE, 1), V),
        ("2021-amorcage", 2, solution(), A),
        ("2021-amorcage", 2, CONFORMITE, A),
        ("sons-vague-1", 1, essms_(categorie="340", champ=None), S),
        ("sons-vague-1", 1, essms_(categorie="218", champ=None), N),
        ("sons-vague-1", 7, essms_(esms_numerique_anterieur=True), S),
        ("sons-vague-1", 2, solution(), S),
    ],
)
def test_verdicts_des_autres_campagnes(campagne, numero, geste, attendu) -> None:
    d = dossier(9, 9)
    geste(d)
    assert verdict(d, numero, campagne) is attendu


@pytest.mark.parametrize("campagne", ["2021-amorcage", "2022", "2023", "sons-vague-1"])
def test_une_grappe_vide_ne_satisfait_rien(campagne) -> None:
    for d in (dossier(), dossier(complet=False), dossier(0, type_projet=TypeProjet.CONFORMITE)):
        assert all(p.verdict is not S for p in points(d, charger(campagne), JOUR))


def test_la_preuve_compte_et_nomme_sans_reciter() -> None:
    d = dossier(49)
    for e in d.essms:
        e.financement_europeen = None
    point = points(d, charger("2022"), JOUR)[5]
    assert (
        point.preuve
        == "Sans réponse\u00a0: 49\u00a0ESSMS (Résidence 1, Résidence 2, Résidence 3 et 46 autres)."
    )
    assert len(point.cibles) == 12
    assert len(constats_du_point(point)) == 1


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({}, True),
        ({"categorie": "460", "champ": None}, True),
        ({"categorie": "362"}, False),
        ({"categorie": "620"}, False),
        ({"categorie": "218", "champ": None}, False),
        ({"categorie": "219", "champ": None}, True),
        ({"categorie": "258", "champ": None}, None),
        ({"finess": ""}, None),
    ],
)
def test_eligibilite(champs, attendu) -> None:
    eligible, motif = eligibilite(essms(1, **champs), charger("2022"))
    assert eligible is attendu
    assert bool(motif) is (attendu is not True)


@pytest.mark.parametrize("type_projet", list(TypeProjet))
@pytest.mark.parametrize(
    ("tailles", "verdict"),
    [
        # Three OG and fifteen ESSMS, whatever the type; a large OG may be let alone.
        ((6, 6, 6), "satisfait"),
        ((8, 7, 3), "satisfait"),
        ((5, 5, 5), "satisfait"),
        ((5, 5, 4), "a-apprecier"),
        ((10, 8), "non-satisfait"),
        ((14, 1), "non-satisfait"),
        ((5, 4), "non-satisfait"),
        ((14,), "non-satisfait"),
        ((15,), "a-apprecier"),
        ((16,), "a-apprecier"),
        ((15, 3), "a-apprecier"),
    ],
)
def test_en_2021_trois_organismes_et_quinze_essms(
    tailles: tuple[int, ...], verdict: str, type_projet: TypeProjet
) -> None:
    d = dossier(*tailles, type_projet=type_projet)
    for o in d.ogs:
        o.nb_essms_total = len(o.essms)
    point = points(d, charger("2021-amorcage"), date(2021, 5, 1))[1]
    assert (point.numero, point.verdict) == (2, verdict)
    releve = relever(d, charger("2021-amorcage"))
    assert [releve.nombre_de(og) for og in releve.ogs] == list(tailles)


@pytest.mark.parametrize(
    ("nom", "preuve"),
    [
        ("Airmes", "Le référencement d’Airmes n’est pas renseigné."),
        ("NetSoins", "Le référencement de NetSoins n’est pas renseigné."),
    ],
)
def test_le_nom_d_une_solution_s_elide(nom: str, preuve: str) -> None:
    d = dossier(9, 9)
    tous(solution(nom=nom), solution(statut=None))(d)
    assert points(d, charger("2022"), JOUR)[9].preuve == preuve


def test_ce_qui_ne_se_complete_pas_se_demande() -> None:
    """A field the campaign does not open is not a gap of the fiche."""
    d = dossier(9, 9)
    for e in d.essms[:2]:
        e.champ = Champ.DOM

    def remede() -> str:
        return points(d, charger("2021-amorcage"), JOUR)[0].remede

    assert remede().startswith("Demandez à l’ARS si elle admet ces ESSMS")
    for e in d.essms[2:5]:
        e.champ = Champ.DOM
    # The same where they are what the threshold lacks.
    assert "ou élargissez la grappe" in points(d, charger("2021-amorcage"), JOUR)[1].remede
    for e in d.essms[2:5]:
        e.champ = Champ.PA
    d.essms[2].categorie = ""
    assert remede().startswith("Complétez la fiche") and "demandez à l’ARS" in remede()
    for e in d.essms[:2]:
        e.champ = Champ.PA
    assert remede() == "Complétez la fiche de ces ESSMS\u00a0: numéro FINESS, catégorie et champ."


@pytest.mark.parametrize(
    ("statut", "quand", "dit"),
    [
        (StatutSolution.REFERENCEE, date(2022, 3, 15), "déclarée référencée depuis le 15"),
        (StatutSolution.REFERENCEE, None, "déclarée référencée depuis."),
        (StatutSolution.EN_COURS, None, "référencement en cours\u00a0» aujourd’hui"),
        (None, None, "n’est pas renseigné"),
    ],
)
def test_en_2021_l_etat_declare_de_la_solution_est_dit_aussi(
    statut: StatutSolution | None, quand: date | None, dit: str
) -> None:
    d = dossier(9, 9)
    d.solutions[0].statut, d.solutions[0].date_referencement = statut, quand
    preuve = points(d, charger("2021-amorcage"), JOUR)[9].preuve
    assert "n’existait pas quand la campagne a été écrite" in preuve and dit in preuve
