"""Funding: the worked cases of referentiel 02 § 2, each campaign, the limits, the split by OG."""

from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.errors import ErreurSaisie
from esms_desktop.nomenclature.vocabulaire import StatutSolution, TypeProjet
from esms_desktop.regles.financement.financement import POSTES, Demande, calculer, financer_dossier
from esms_desktop.regles.financement.repartition import repartir
from tests.regles.fabrique import dossier, essms

ACQ, CONF = TypeProjet.ACQUISITION, TypeProjet.CONFORMITE
REF, COURS, NON = StatutSolution.REFERENCEE, StatutSolution.EN_COURS, StatutSolution.NON_REFERENCEE


@pytest.mark.parametrize(
    ("campagne", "demande", "postes"),
    [
        # A, B, C, and the rule at 64 ESSMS.
        ("2022", Demande(ACQ, REF, 46), (322_000, 667_000, 0, 0, 0)),
        (
            "2022",
            Demande(ACQ, REF, 8, 8, sad=True, pilotage=True),
            (56_000, 116_000, 160_000, 15_000, 100_000),
        ),
        ("2022", Demande(CONF, REF, 72, national=True), (291_000, 0, 0, 0, 0)),
        ("2022", Demande(ACQ, REF, 64, national=True), (373_000, 755_500, 0, 0, 0)),
        # The brochure's other line: 7 + 12 = 19 k€ an ESSMS.
        ("2022", Demande(ACQ, NON, 49), (343_000, 588_000, 0, 0, 0)),
        ("2022", Demande(ACQ, NON, 50), (345_000, 589_000, 0, 0, 0)),
        ("2022", Demande(ACQ, COURS, 50), (345_000, 589_000, 0, 0, 0)),
        ("2022", Demande(ACQ, None, 50), (345_000, 0, 0, 0, 0)),
        # Small OG: each measure and its condition.
        ("2022", Demande(CONF, REF, 8, 8, sad=True, pilotage=True), (40_000, 0, 160_000, 0, 100_000)),
        ("2022", Demande(ACQ, REF, 20, 8, sad=True, pilotage=True), (140_000, 290_000, 160_000, 15_000, 0)),
        ("2022", Demande(ACQ, REF, 20, 0, sad=True, pilotage=True), (140_000, 290_000, 0, 0, 0)),
        ("2022", Demande(ACQ, REF, 8, 8, equipement=False), (56_000, 116_000, 0, 0, 0)),
        ("2022", Demande(ACQ, REF, 60, 8, national=True), (365_000, 743_500, 0, 0, 0)),
        ("2022", Demande(ACQ, REF, 20, 8, national=None), (140_000, 290_000, 0, 0, 0)),
        # Real price below the ceiling, above it.
        ("2022", Demande(ACQ, REF, 10, prix_cents=9_999_901), (70_000, 99_999.01, 0, 0, 0)),
        ("2022", Demande(ACQ, REF, 10, prix_cents=99_000_000), (70_000, 145_000, 0, 0, 0)),
        # 2023.
        ("2023", Demande(CONF, REF, 72), (291_000, 0, 0, 0, 0)),
        ("2023", Demande(ACQ, REF, 50), (345_000, 713_500, 0, 0, 0)),
        ("2023", Demande(ACQ, COURS, 50), (345_000, 713_500, 0, 0, 0)),
        ("2023", Demande(ACQ, NON, 50), (345_000, 0, 0, 0, 0)),
        # 2021: thirty structures at most, equipment for small OG whatever the type.
        ("2021-amorcage", Demande(ACQ, None, 20, 20, sad=True, pilotage=True), (500_000, 0, 400_000, 0, 0)),
        ("2021-amorcage", Demande(ACQ, REF, 45), (750_000, 0, 0, 0, 0)),
        ("2021-amorcage", Demande(CONF, REF, 20, 5), (200_000, 0, 100_000, 0, 0)),
        ("2021-amorcage", Demande(CONF, REF, 40, 40), (300_000, 0, 600_000, 0, 0)),
        ("sons-vague-1", Demande(CONF, REF, 40), (0, 0, 0, 0, 0)),
        ("2022", Demande(ACQ, REF, 0), (0, 0, 0, 0, 0)),
    ],
)
def test_postes(campagne, demande, postes) -> None:
    resultat = calculer(charger(campagne), demande)
    assert tuple(resultat.postes_cents[p] / 100 for p in POSTES) == postes
    assert (
        resultat.total_cents
        == sum(resultat.postes_cents.values())
        == resultat.avance_cents + resultat.solde_cents
    )
    assert sum(ligne.montant_cents for ligne in resultat.lignes) == resultat.total_cents


@pytest.mark.parametrize(
    ("demande", "total"),
    [
        (Demande(ACQ, REF, 46), 989_000),
        (Demande(ACQ, REF, 8, 8, sad=True, pilotage=True), 447_000),
        (Demande(CONF, REF, 72, national=True), 291_000),
        (Demande(ACQ, REF, 64, national=True), 1_128_500),
    ],
)
def test_cas_des_brochures(demande, total) -> None:
    assert calculer(charger("2022"), demande).total_cents == total * 100


def test_moitie_a_la_convention_le_reste_a_la_fin() -> None:
    resultat = calculer(charger("2022"), Demande(ACQ, REF, 10, prix_cents=9_999_901))
    assert (resultat.avance_cents, resultat.solde_cents) == (8_499_951, 8_499_950)


@pytest.mark.parametrize(
    ("n", "petits", "unitaire", "total"),
    [
        (8, 8, 219_000, 1_752_000),
        (8, 0, 123_200, 985_600),
        (16, 16, 219_000, 3_504_000),
        (35, 0, 123_200, 4_312_000),
        (72, 0, 123_200, 8_870_400),
        (20, 5, None, 5 * 219_000 + 15 * 123_200),
    ],
)
def test_prestation_segur_a_titre_indicatif(n, petits, unitaire, total) -> None:
    resultat = calculer(charger("2022"), Demande(CONF, REF, n, petits, equipement=False))
    prestation = resultat.prestation_segur
    assert prestation is not None and prestation.indicatif
    assert (prestation.unitaire_cents, prestation.total_cents) == (unitaire, total)
    assert prestation.avance_cents == round(total * 0.3)
    assert prestation.avance_cents + prestation.solde_cents == prestation.total_cents
    assert resultat.total_cents == n * 5_000_00 - max(0, n - 49) * 3_000_00
    assert any("Prestation Ségur" in h for h in resultat.hypotheses)


@pytest.mark.parametrize(("campagne", "type_projet"), [("2022", ACQ), ("2021-amorcage", CONF)])
def test_pas_de_prestation_segur(campagne, type_projet) -> None:
    assert calculer(charger(campagne), Demande(type_projet, REF, 20)).prestation_segur is None


def test_ce_qui_n_est_pas_certain_est_dit() -> None:
    b = calculer(charger("2022"), Demande(ACQ, REF, 8, 8, sad=True, pilotage=True))
    assert any("sous réserve de la décision de l’ARS" in h for h in b.hypotheses)
    assert not calculer(charger("2022"), Demande(ACQ, REF, 46)).hypotheses
    assert any("non référencé" in h for h in calculer(charger("2022"), Demande(ACQ, COURS, 20)).hypotheses)
    en_2023 = calculer(charger("2023"), Demande(ACQ, REF, 20)).hypotheses
    assert any("montants 2022, à confirmer auprès de l’ARS" in h for h in en_2023)
    en_2021 = calculer(charger("2021-amorcage"), Demande(ACQ, None, 20)).hypotheses
    assert any("lecture de l’application" in h for h in en_2021)


SOCIAL = frozenset({"PDE"})


@pytest.mark.parametrize(
    ("demande", "dits"),
    [
        (Demande(ACQ, REF, 64, national=True), ["1 123"]),
        (Demande(ACQ, NON, 64, national=True), ["19,5"]),
        (Demande(ACQ, REF, 63, national=True), []),
        (Demande(ACQ, REF, 65, national=True), []),
        (Demande(ACQ, COURS, 64, national=True), []),
        (Demande(CONF, REF, 64, national=True), []),
        (Demande(ACQ, REF, 20, 8, sad=True, champs=SOCIAL), ["AMOA marché si"]),
        (Demande(ACQ, REF, 20, 8, sad=False, champs=SOCIAL), []),
        (Demande(ACQ, REF, 20, 8, sad=True, champs=frozenset({"PA"})), []),
        (Demande(ACQ, REF, 20, 8, sad=True), []),
    ],
)
def test_une_remarque_ne_parait_que_dans_son_cas(demande, dits) -> None:
    remarques = ("1 123", "19,5", "AMOA marché si")
    notes = " ".join(calculer(charger("2022"), demande).notes).replace("\u00a0", " ")
    assert [r for r in remarques if r in notes] == dits


def test_ce_qui_n_est_pas_compte_est_dit() -> None:
    national = calculer(charger("2022"), Demande(ACQ, REF, 60, 8, national=True, pilotage=True))
    assert any("au cas par cas" in n for n in national.notes)
    assert any("Pilotage non compté" in n for n in national.notes)
    sans_statut = calculer(charger("2022"), Demande(ACQ, None, 10))
    assert any("145\u00a0000\u00a0€" in n for n in sans_statut.notes)


@pytest.mark.parametrize(
    "demande", [Demande(ACQ, REF, 3, 4), Demande(ACQ, REF, -1), Demande(ACQ, REF, 3, prix_cents=-5)]
)
def test_saisie_impossible(demande) -> None:
    with pytest.raises(ErreurSaisie):
        calculer(charger("2022"), demande)


@pytest.mark.parametrize(
    ("total", "poids", "parts"),
    [(100, [1, 1, 1], [34, 33, 33]), (0, [2, 3], [0, 0]), (7, [0, 0], [0, 0]), (10, [0, 3, 1], [0, 8, 2])],
)
def test_plus_fort_reste(total, poids, parts) -> None:
    assert repartir(total, poids) == parts


def test_dossier_de_trois_og_dont_deux_petits() -> None:
    d = dossier(10, 5, 7, equipement_demande=True)
    d.ogs[1].nb_essms_total, d.ogs[2].nb_essms_total = 5, 14
    resultat = financer_dossier(d, charger("2022"))
    assert resultat.demande == Demande(
        ACQ, REF, 22, 12, True, False, False, True, 100_000_000, frozenset({"PA"})
    )
    assert [p.petit for p in resultat.parts] == [False, True, True]
    assert [p.postes_cents["equipement"] for p in resultat.parts] == [0, 10_000_000, 14_000_000]
    assert sum(p.total_cents for p in resultat.parts) == resultat.projet.total_cents == 72_800_000


def test_ineligible_doublon_et_categorie_inconnue_ne_sont_pas_payes() -> None:
    d = dossier(20)
    d.ogs[0].essms += [
        essms(500, categorie="362"),
        essms(501, categorie="355"),
        essms(502, categorie="", champ=None),
        essms(1),
    ]
    assert financer_dossier(d, charger("2022")).demande.essms == 20


def test_versements_dans_leur_annee() -> None:
    k = charger("2022")
    resultat = financer_dossier(dossier(20), k)
    assert [(a, m) for a, _, m in resultat.par_annee] == [(2022, 21_500_000), (2024, 21_500_000)]
    sans = financer_dossier(dossier(20, date_convention=None, date_fin_deploiement=date(2025, 1, 1)), k)
    assert [a for a, _, _ in sans.par_annee] == [None, 2025]


@pytest.mark.parametrize(
    ("champ", "valeur", "poste"),
    [
        ("sad", None, "amoa_marche"),
        ("pilotage_demande", None, "pilotage"),
        ("equipement_demande", None, "equipement"),
    ],
)
def test_un_fait_sans_reponse_n_ajoute_rien(champ, valeur, poste) -> None:
    d = dossier(8, 8, pilotage_demande=True, equipement_demande=True)
    for o in d.ogs:
        o.nb_essms_total = 8
    avant = financer_dossier(d, charger("2022")).projet.postes_cents
    assert all(avant.values())
    setattr(d, champ, valeur)
    assert financer_dossier(d, charger("2022")).projet.postes_cents == {**avant, poste: 0}


def test_taille_d_og_inconnue_n_est_pas_petite() -> None:
    d = dossier(8, 8, pilotage_demande=True, equipement_demande=True)
    d.ogs[0].nb_essms_total, d.ogs[1].nb_essms_total = 8, None
    resultat = financer_dossier(d, charger("2022"))
    assert resultat.projet.postes_cents["pilotage"] == 0
    assert resultat.projet.postes_cents["equipement"] == 16_000_000
    assert any("Pilotage non compté" in n for n in resultat.projet.notes)


@pytest.mark.parametrize(("portee", "equipement"), [(False, 16_000_000), (True, 0), (None, 0)])
def test_une_portee_nationale_sans_reponse_retient_l_equipement(portee, equipement) -> None:
    d = dossier(8, 8, equipement_demande=True, portee_nationale=portee)
    d.ogs[1].nb_essms_total = 8
    resultat = financer_dossier(d, charger("2022")).projet
    assert resultat.postes_cents["equipement"] == equipement
    assert any("Équipement non compté" in n for n in resultat.notes) is (not equipement)


def test_un_essms_incertain_d_un_grand_og_retient_le_pilotage() -> None:
    d = dossier(8, 1, pilotage_demande=True)
    d.ogs[0].nb_essms_total = 8
    d.essms[8].categorie, d.essms[8].champ = "", None
    assert financer_dossier(d, charger("2022")).projet.postes_cents["pilotage"] == 0
    d.essms[8].categorie = "362"
    assert financer_dossier(d, charger("2022")).projet.postes_cents["pilotage"] == 10_000_000


def test_cinquante_essms_dont_un_incertain_retiennent_l_equipement() -> None:
    d = dossier(40, 10, equipement_demande=True)
    d.ogs[1].nb_essms_total = 10
    d.essms[0].categorie, d.essms[0].champ = "", None
    assert financer_dossier(d, charger("2022")).projet.postes_cents["equipement"] == 0
    d.essms[0].categorie = "362"
    assert financer_dossier(d, charger("2022")).projet.postes_cents["equipement"] == 20_000_000
