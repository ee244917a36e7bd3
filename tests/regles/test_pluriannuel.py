"""The plan de financement: sums to the cent, balance, rest to pay, and nothing missing taken for zero."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Cout, CoutRh, Dossier, Materiel, Ressource
from esms_desktop.nomenclature.listes import natures
from esms_desktop.regles.constats import Constat, Page
from esms_desktop.regles.financement.cle import CLES, UN, cle
from esms_desktop.regles.financement.financement import POSTES, financer_dossier
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel, cout_rh_cents, plan
from tests.regles.fabrique import dossier, preparer

annees = st.none() | st.integers(2022, 2026)
cents = st.none() | st.integers(0, 10**9)
ogs = st.none() | st.integers(1, 4)
tva = st.sampled_from([0, 550, 1000, 2000])


def lire(d: Dossier, campagne: str = "2022") -> PlanPluriannuel:
    return plan(d, charger(campagne))


def constats(d: Dossier, campagne: str = "2022") -> dict[str, Constat]:
    vus = lire(d, campagne).controles
    assert all(k.page is Page.FINANCEMENT for k in vus)
    return {c.code: c for k in vus for c in k.constats}


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """A dossier with any costs, people, resources, key and dates; some amounts and years unknown."""
    d = dossier(*draw(st.lists(st.integers(0, 6), min_size=1, max_size=4)))
    d.cle_repartition = draw(st.sampled_from([*CLES]))
    d.date_convention = draw(st.none() | st.dates(date(2022, 1, 1), date(2026, 1, 1)))
    d.date_fin_deploiement = draw(st.none() | st.dates(date(2022, 1, 1), date(2026, 1, 1)))
    d.equipement_demande = draw(st.booleans())
    for o in d.ogs:
        o.etp_centiemes = draw(st.none() | st.integers(0, 50_000))
        o.part_libre_pour_dix_mille = draw(st.none() | st.just(UN // len(d.ogs)))
        o.nb_essms_total = draw(st.sampled_from([8, 60]))
    for e in d.essms[:2]:
        e.capacite = draw(st.none() | st.integers(0, 90))
    for _ in range(draw(st.integers(0, 5))):
        d.couts.append(
            Cout(
                nature=draw(st.sampled_from([*natures(), "inconnue"])),
                libelle=draw(st.sampled_from(["", "a", "b"])),
                og_id=draw(ogs),
                annee=draw(annees),
                montant_ht_cents=draw(cents),
                tva_pour_dix_mille=draw(tva),
            )
        )
    for _ in range(draw(st.integers(0, 4))):
        d.couts_rh.append(
            CoutRh(
                profil=draw(st.sampled_from(["Chef de projet", "Référents"])),
                og_id=draw(ogs),
                annee=draw(annees),
                etp_centiemes=draw(st.none() | st.integers(0, 1000)),
                cout_annuel_cents=draw(cents),
                part_projet_pour_cent=draw(st.integers(0, 100)),
            )
        )
    for _ in range(draw(st.integers(0, 4))):
        d.ressources.append(
            Ressource(
                genre=draw(st.sampled_from(["autofinancement", "autre"])),
                og_id=draw(ogs),
                annee=draw(annees),
                montant_cents=draw(cents),
            )
        )
    return d


@given(dossiers())
def test_tout_s_additionne_au_centime(d) -> None:
    p = lire(d)
    assert sum(s.emplois_cents for s in p.par_annee) == p.emplois_cents == p.couts_cents + p.rh_cents
    assert sum(s.ressources_cents for s in p.par_annee) == p.ressources_cents
    assert sum(s.ecart_cents for s in p.par_annee) == p.ressources_cents - p.emplois_cents
    assert sum(p.origine_cents(o) for o in ("programme", "autofinancement", "autre")) == p.ressources_cents
    assert p.couts_ht_cents == sum(c.montant_ht_cents or 0 for c in d.couts) <= p.couts_cents
    projet = financer_dossier(d, charger("2022")).projet
    assert {x.poste: x.total_cents for x in p.ressources if x.poste} == {
        poste: projet.postes_cents[poste] for poste in POSTES if projet.postes_cents[poste]
    }
    assert sum(x.avance_cents for x in p.ressources) == projet.avance_cents
    assert sum(x.solde_cents for x in p.ressources) == projet.solde_cents
    assert all(x.avance_cents >= 0 and x.solde_cents >= 0 for x in p.ressources)
    # The rest to pay, shared to the cent.
    assert p.reste_cents - p.excedent_cents == p.emplois_cents - p.origine_cents(
        "programme"
    ) - p.origine_cents("autre")
    assert 0 in (p.reste_cents, p.excedent_cents)
    assert len(p.restes) == len(d.ogs)
    if p.cle.complete:
        assert sum(r.total_cents for r in p.restes) == p.reste_cents
        assert all(r.propre_cents >= 0 and r.commun_cents >= 0 for r in p.restes)
        assert sum(r.part_pour_dix_mille for r in p.restes) == UN
    else:
        assert all(r.total_cents is None and r.part_pour_dix_mille is None for r in p.restes)
        assert "plan.cle" in constats(d)


@given(dossiers())
def test_rien_d_inconnu_ne_passe_pour_zero(d) -> None:
    p, vus = lire(d), constats(d)
    manquants = sum(c.montant_ht_cents is None for c in d.couts)
    manquants += sum(c.etp_centiemes is None or c.cout_annuel_cents is None for c in d.couts_rh)
    manquants += sum(r.montant_cents is None for r in d.ressources)
    assert p.manquants == manquants and ("plan.montants" in vus) is bool(manquants)
    assert (None in p.annees) is ("plan.annees" in vus)
    if p.equilibre:
        assert not manquants and None not in p.annees
        assert not {"plan.equilibre", "plan.montants", "plan.annees", "plan.couts"} & set(vus) - {
            "plan.couts"
        }
        assert p.emplois_cents == p.ressources_cents
    connues = [a for a in p.annees if a is not None]
    assert connues == sorted(set(connues)) and None not in p.annees[:-1]


@given(
    st.integers(0, 10**10),
    st.lists(st.integers(0, 500), min_size=1, max_size=8),
    st.sampled_from(["etp", "libre"]),
)
def test_la_cle_partage_tout(montant, poids, code) -> None:
    d = dossier(*[1] * len(poids), cle_repartition=code)
    for o, p in zip(d.ogs, poids, strict=True):
        o.etp_centiemes = p
        o.part_libre_pour_dix_mille = p
    d.ogs[0].part_libre_pour_dix_mille = UN - sum(poids[1:])
    c = cle(d)
    if len(poids) > 1 and code == "etp" and not sum(poids):
        assert not c.complete and c.parts_pour_dix_mille == ()
        with pytest.raises(ValueError, match="etp"):
            c.partager(montant)
        return
    assert c.complete and sum(c.parts_pour_dix_mille) == UN
    assert sum(c.partager(montant)) == montant


@pytest.mark.parametrize(
    ("code", "champ", "valeurs", "parts", "manque"),
    [
        ("essms", None, (), (5000, 3333, 1667), ""),
        ("places", None, (), (5000, 3333, 1667), ""),
        ("etp", "etp_centiemes", (1000, 500, 500), (5000, 2500, 2500), ""),
        ("etp", "etp_centiemes", (1000, None, 500), (), "Association 2"),
        ("etp", "etp_centiemes", (0, 0, 0), (), "aucun organisme n’a de poids"),
        ("libre", "part_libre_pour_dix_mille", (5000, 3000, 2000), (5000, 3000, 2000), ""),
        ("libre", "part_libre_pour_dix_mille", (5000, 3000, 1950), (), "99,50\u00a0%"),
        ("libre", "part_libre_pour_dix_mille", (12000, -3000, 1000), (), "poids"),
        ("autre", None, (), (5000, 3333, 1667), ""),
    ],
)
def test_les_quatre_cles(code, champ, valeurs, parts, manque) -> None:
    d = dossier(3, 2, 1, cle_repartition=code)
    for o, valeur in zip(d.ogs, valeurs, strict=False):
        setattr(o, champ, valeur)
    c = cle(d)
    assert c.parts_pour_dix_mille == parts and manque in c.manque and c.complete is not bool(manque)


def test_une_capacite_inconnue_suspend_la_cle() -> None:
    d = preparer(dossier(9, 9, cle_repartition="places"))
    assert "plan.cle" not in constats(d)
    d.essms[0].capacite = None
    assert (
        constats(d)["plan.cle"].preuve
        == "La capacité de chaque ESSMS n’est pas connue pour\u00a0: Association 1."
    )
    assert lire(d).restes[0].total_cents is None
    seul = preparer(dossier(18, cle_repartition="places"))
    seul.essms[0].capacite = None
    assert lire(seul).restes[0].total_cents == lire(seul).reste_cents


@pytest.mark.parametrize(
    ("etp", "annuel", "part", "attendu"),
    [
        (100, 5_000_000, 100, 5_000_000),
        (50, 5_500_000, 40, 1_100_000),
        (33, 100, 50, 17),
        (1, 1, 1, 0),
        (25, 2, 100, 1),
    ],
)
def test_cout_d_un_profil(etp, annuel, part, attendu) -> None:
    assert cout_rh_cents(etp, annuel, part) == attendu


def test_plan_equilibre() -> None:
    p = lire(preparer(dossier(9, 9)))
    assert p.annees == (2022, 2023, 2024)
    assert [s.ecart_cents for s in p.par_annee] == [0, 0, 0] and p.equilibre
    assert p.emplois_cents == 115_000_000 and p.origine_cents("programme") == 38_700_000
    assert p.reste_cents == 76_300_000 == p.origine_cents("autofinancement")
    assert [r.total_cents for r in p.restes] == [38_150_000, 38_150_000]
    usages = next(x for x in p.ressources if x.poste == "usages")
    assert usages.par_annee == {2022: 6_300_000, 2024: 6_300_000}
    assert [(x.libelle, len(x.ids)) for x in p.emplois] == [("Licences, abonnement et hébergement", 3)]
    assert [k.code for k in p.controles if k.constats] == []


def test_le_reste_d_un_organisme() -> None:
    """Its own costs stay with it; what the programme leaves of the common costs follows the key."""
    d = dossier(9, 9)
    d.couts.append(Cout(nature="licences", annee=2023, montant_ht_cents=40_000_000, tva_pour_dix_mille=0))
    d.couts.append(
        Cout(nature="equipements", og_id=2, annee=2023, montant_ht_cents=10_000_00, tva_pour_dix_mille=2000)
    )
    p = lire(d)
    assert p.reste_cents == 40_000_000 + 1_200_000 - 38_700_000
    assert [(r.propre_cents, r.commun_cents) for r in p.restes] == [(0, 650_000), (1_200_000, 650_000)]
    # The programme covers the common costs and a part of its own ones.
    d.couts[0].montant_ht_cents = 38_000_000
    assert [(r.propre_cents, r.commun_cents) for r in lire(d).restes] == [(0, 0), (500_000, 0)]
    d.couts[0].montant_ht_cents = 30_000_000
    p = lire(d)
    assert (p.reste_cents, p.excedent_cents) == (0, 7_500_000) and [r.total_cents for r in p.restes] == [0, 0]
    assert "plan.ressources-publiques" in constats(d)


def test_sans_date_une_colonne_attend_son_annee() -> None:
    d = preparer(dossier(9, 9))
    d.date_convention = None
    p = lire(d)
    assert p.annees[-1] is None and p.par_annee[-1].ressources_cents == 19_350_000
    vu = constats(d)["plan.annees"]
    assert vu.cible.champ == "date_convention" and vu.preuve == "193\u00a0500\u00a0€ à placer"


def test_une_annee_fautive_n_ouvre_pas_mille_colonnes() -> None:
    d = preparer(dossier(9, 9))
    d.couts.append(Cout(nature="amoa", annee=20235, montant_ht_cents=100))
    assert lire(d).annees == (2022, 2023, 2024, 20235)
    assert "20235" in constats(d)["plan.annees-hors-projet"].preuve


@pytest.mark.parametrize(
    ("geste", "code", "morceau"),
    [
        (lambda d: d.couts.clear(), "plan.couts", ""),
        (lambda d: d.couts_rh.clear(), "plan.rh", ""),
        (lambda d: setattr(d.couts_rh[0], "etp_centiemes", None), "plan.montants", "Chef de projet"),
        (lambda d: setattr(d.couts[0], "annee", None), "plan.annees", "300\u00a0000\u00a0€"),
        (lambda d: setattr(d.couts[0], "annee", 2021), "plan.annees-hors-projet", "2021"),
        (lambda d: [setattr(c, "nature", "amoa") for c in d.couts], "plan.logiciel", "261\u00a0000\u00a0€"),
        (lambda d: setattr(d.solutions[0], "prix_cents", 90_000_000), "plan.prix-editeur", "900\u00a0000"),
        (
            lambda d: d.ressources.append(Ressource(genre="autre", annee=2023, montant_cents=100_000_000)),
            "plan.ressources-publiques",
            "Excédent",
        ),
        (
            lambda d: setattr(d.ressources[0], "montant_cents", 0),
            "plan.equilibre",
            "2022\u00a0: il manque 156\u00a0500\u00a0€",
        ),
        (
            lambda d: setattr(d.ressources[1], "montant_cents", 45_000_001),
            "plan.equilibre",
            "0,01\u00a0€ de trop",
        ),
    ],
)
def test_chaque_ecart_donne_son_constat(geste, code, morceau) -> None:
    d = preparer(dossier(9, 9))
    assert code not in constats(d)
    geste(d)
    assert morceau in constats(d)[code].preuve


@pytest.mark.parametrize(
    ("prix_euros", "vus"), [(20_000, set()), (9_999, {"plan.equipement"}), (25_000, {"plan.materiels"})]
)
def test_l_equipement_se_compare_a_la_liste(prix_euros, vus) -> None:
    """8 ESSMS of a small OG: 160 000 € of equipment asked, 240 000 € in the plan."""
    d = preparer(dossier(8, 9, equipement_demande=True))
    d.ogs[0].nb_essms_total = 8
    d.couts.append(
        Cout(nature="equipements", og_id=1, annee=2023, montant_ht_cents=20_000_000, tva_pour_dix_mille=2000)
    )
    d.materiels.append(
        Materiel(libelle="Postes", og_id=1, quantite=10, prix_unitaire_ht_cents=prix_euros * 100)
    )
    codes = {"plan.equipement", "plan.materiels"} & set(constats(d))
    assert codes - ({"plan.materiels"} if vus == {"plan.equipement"} else set()) == vus
