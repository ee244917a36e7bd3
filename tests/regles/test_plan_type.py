"""The model plan: it holds in its limit, keeps the dates already said, and says all that the texts ask."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop import assets
from esms_desktop.campagnes.chargement import charger
from esms_desktop.errors import ErreurEsms
from esms_desktop.exemples.dossier import dossier_exemple
from esms_desktop.exemples.planning import accrocher
from esms_desktop.model import Dossier, Vague
from esms_desktop.nomenclature.vocabulaire import Plan, TypeProjet
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.financement.durees import ajouter_mois
from esms_desktop.regles.planning import jalons
from esms_desktop.regles.planning.plan_modeles import lire_modeles, modeles
from esms_desktop.regles.planning.plan_type import PlanType, TacheType, proposer
from esms_desktop.regles.planning.planning import lire
from tests.regles.fabrique import JOUR, dossier

ACQ, CONF = TypeProjet.ACQUISITION, TypeProjet.CONFORMITE
DATES = (
    "date_depot_prevue",
    "date_convention",
    "date_debut_projet",
    "date_debut_parametrage",
    "date_fin_deploiement",
)


def sans_date(*tailles: int, vagues: tuple[int, ...] = (), pilote: bool = True, type_projet=ACQ) -> Dossier:
    """A dossier without a date; `vagues`: how many ESSMS each wave takes, the first one pilot."""
    d = dossier(*tailles, type_projet=type_projet, **dict.fromkeys(DATES))
    reste = iter(d.essms)
    for rang, taille in enumerate(vagues):
        v = Vague(nom=f"Vague {rang + 1}", rang=rang, pilote=pilote and rang == 0)
        d.vagues.append(v)
        for _, e in zip(range(taille), reste, strict=False):
            e.vague = v
    return d


def par_cle(plan: PlanType) -> dict[str, TacheType]:
    return {t.cle: t for t in plan.taches}


@pytest.mark.parametrize(("type_projet", "mois"), [(ACQ, 18), (CONF, 9)])
@pytest.mark.parametrize("vagues", [(), (2, 6, 9), (17,), (3, 3, 3, 3, 3, 2)])
@pytest.mark.parametrize("debut", [date(2023, 7, 3), date(2024, 2, 29), date(2022, 12, 24)])
def test_le_plan_tient_dans_sa_duree(type_projet, mois, vagues, debut) -> None:
    plan = proposer(sans_date(9, 8, vagues=vagues, type_projet=type_projet), charger("2022"), debut)
    assert plan.limite == ajouter_mois(debut, mois)
    assert plan.tient and plan.fin_deploiement <= plan.limite
    taches = par_cle(plan)
    assert set(jalons.JALONS) | {jalons.SERVICES_SOCLES, jalons.CONTRAT_EDITEUR} <= set(taches)
    assert {t.plan for t in plan.taches} == set(Plan)
    assert all(taches[cle].jalon for cle in jalons.JALONS)
    assert all((t.duree == 0) is t.jalon for t in plan.taches)
    ordre = (
        "depot",
        "decision",
        "convention",
        "choix-solution",
        "debut-parametrage",
        "va",
        "vsr",
        "fin-deploiement",
        "cibles",
        "solde",
    )
    places = [taches[cle].debut for cle in ordre]
    # The choice may come before the agreement, everything else follows in that order.
    assert places[:3] == sorted(places[:3]) and places[3:] == sorted(places[3:])
    assert taches["debut-projet"].debut >= debut
    assert taches["segur"].debut <= taches["debut-parametrage"].debut


def test_chaque_vague_a_sa_tache_dans_l_ordre_entre_va_et_vsr() -> None:
    plan = proposer(sans_date(9, 8, vagues=(2, 6, 9)), charger("2022"), date(2023, 7, 3))
    taches = par_cle(plan)
    vagues = [t for t in plan.taches if t.origine == jalons.VAGUE]
    assert [(t.nom, t.vague, t.plan) for t in vagues] == [
        (f"Vague {i + 1}", i, Plan.DEPLOIEMENT) for i in range(3)
    ]
    assert vagues[0].fin <= taches["va"].debut < vagues[1].debut
    assert vagues[1].fin < vagues[2].debut and vagues[2].fin < taches["vsr"].debut
    # More ESSMS, more days.
    assert vagues[0].duree < vagues[1].duree < vagues[2].duree
    formations = [t for t in plan.taches if t.origine == "formation-vague"]
    assert [(f.vague, f.debut) for f in formations] == [(v.vague, v.debut) for v in vagues]


def test_sans_vague_une_seule_pour_toutes_et_la_va_apres_la_recette() -> None:
    plan = proposer(sans_date(17), charger("2022"), date(2023, 7, 3))
    taches = par_cle(plan)
    (vague,) = [t for t in plan.taches if t.origine == jalons.VAGUE]
    assert (vague.vague, vague.nom) == (None, "Déploiement dans toutes les structures")
    assert taches["va"].debut == taches["recette"].fin < vague.debut
    sans_pilote = proposer(sans_date(17, vagues=(8, 9), pilote=False), charger("2022"), date(2023, 7, 3))
    taches = par_cle(sans_pilote)
    assert taches["va"].debut == taches["recette"].fin < taches["vague:1"].debut


def test_les_dates_deja_dites_sont_tenues_et_le_plan_ne_contredit_pas_le_dossier() -> None:
    d = dossier_exemple()
    plan = proposer(d, charger(d.campagne_id), date(2023, 10, 2))
    taches = par_cle(plan)
    for cle, champ in jalons.CHAMPS.items():
        assert taches[cle].fin == getattr(d, champ), cle
    for rang, vague in enumerate(d.vagues):
        posee = taches[f"vague:{rang + 1}"]
        assert (posee.debut, posee.fin) == (vague.debut, vague.fin)
    codes = {c.code for c in examiner(d, charger(d.campagne_id), date(2023, 6, 1)).constats}
    assert not {c for c in codes if c.startswith(("planning", "calendrier"))}


def test_un_autre_debut_deplace_tout_ce_qui_le_suit() -> None:
    d = dossier_exemple()
    plan = proposer(d, charger(d.campagne_id), date(2024, 1, 8))
    taches = par_cle(plan)
    assert taches["depot"].fin == d.date_depot_prevue
    assert taches["debut-parametrage"].pas_avant is None
    assert all(t.pas_avant is None for t in plan.taches if t.origine == jalons.VAGUE)
    assert plan.tient
    assert taches["vague:1"].debut > taches["debut-parametrage"].debut >= date(2024, 1, 8)


def test_le_depot_propose_tombe_dans_une_fenetre_et_laisse_le_temps_de_la_decision() -> None:
    libre = par_cle(proposer(sans_date(17), charger("2023"), date(2023, 10, 2)))
    assert libre["convention"].fin < libre["debut-projet"].debut
    assert libre["dossier"].fin < libre["depot"].debut == date(2023, 7, 6)
    campagne = charger("2022-centre-val-de-loire")
    fenetres = campagne.fenetres
    for debut in (date(2022, 4, 4), date(2022, 9, 1), date(2023, 3, 1), date(2024, 3, 1)):
        depot = par_cle(proposer(sans_date(17), campagne, debut))["depot"]
        assert any(f.contient(depot.fin) for f in fenetres), (debut, depot.fin)


def test_le_referencement_attendu_repousse_le_parametrage() -> None:
    d = sans_date(17)
    d.solutions[0].date_referencement_prevue = date(2024, 3, 15)
    taches = par_cle(proposer(d, charger("2022"), date(2023, 7, 3)))
    assert taches["segur"].debut == date(2024, 3, 15)
    assert taches["debut-parametrage"].debut > date(2024, 3, 15)
    d.solutions[0].date_referencement = date(2021, 1, 4)
    acquis = par_cle(proposer(d, charger("2022"), date(2023, 7, 3)))["segur"]
    assert acquis.debut == date(2023, 7, 3) and acquis.nom.endswith("depuis le 4\u00a0janvier 2021")


def test_un_plan_qui_ne_peut_pas_tenir_le_dit() -> None:
    d = sans_date(60, vagues=(1,) * 60, type_projet=CONF)
    plan = proposer(d, charger("2022"), date(2023, 7, 3))
    assert not plan.tient and plan.limite is not None and plan.fin_deploiement > plan.limite
    assert proposer(d, charger("2021-amorcage"), date(2023, 7, 3)).tient


def test_les_phases_couvrent_leurs_taches() -> None:
    plan = proposer(sans_date(17, vagues=(2, 15)), charger("2022"), date(2023, 7, 3))
    phases = plan.phases()
    assert sum(p.taches for p in phases) == len(plan.taches)
    assert [p.plan for p in phases] == sorted((p.plan for p in phases), key=list(Plan).index)
    for p in phases:
        siennes = [t for t in plan.taches if (t.plan, t.phase) == (p.plan, p.nom)]
        assert (p.debut, p.fin) == (min(t.debut for t in siennes), max(t.fin for t in siennes))


@given(
    st.dates(date(2021, 1, 1), date(2030, 1, 1)),
    st.lists(st.integers(0, 12), max_size=5),
    st.sampled_from(TypeProjet),
    st.booleans(),
)
def test_le_plan_accroche_tombe_ou_il_est_propose(debut, vagues, type_projet, pilote) -> None:
    d = sans_date(20, 12, vagues=tuple(vagues), pilote=pilote, type_projet=type_projet)
    d.date_debut_projet = debut
    plan = proposer(d, charger("2022"), debut)
    accrocher(d, plan)
    planning = lire(d, JOUR)
    assert planning.boucle is None and planning.contredits == ()
    placees = {(p.tache.origine, p.tache.nom, p.debut, p.fin) for p in planning.taches}
    assert placees == {(t.origine, t.nom, t.debut, t.fin) for t in plan.taches}
    assert len(planning.taches) == len(plan.taches)


@pytest.mark.parametrize("type_projet", list(TypeProjet))
def test_les_deux_plans_disent_les_memes_cles(type_projet) -> None:
    assert [m.code for m in modeles(type_projet)] == [m.code for m in modeles(ACQ)]
    assert all(len(m.nom) < 100 and "'" not in m.nom + m.phase for m in modeles(type_projet))


@pytest.mark.parametrize(
    ("avant", "apres", "raison"),
    [
        ('apres = "cadrage DD+5"', 'apres = "cadrag DD+5"', "« besoin » n’existe pas"),
        ('apres = "cadrage DD+5"', 'apres = "cadrage XX+5"', "« cadrage XX.5 » n’est pas un lien"),
        ('plan = "changement"', 'plan = "chgt"', "n’existe pas"),
        ("par_essms = 6", "par_essm = 6", "clé inconnue « par_essm »"),
        ("duree = 25", 'duree = "25"', "valeur inattendue"),
    ],
)
def test_un_plan_casse_est_refuse(avant, apres, raison) -> None:
    texte = assets.texte("plans/acquisition.toml")
    assert avant in texte
    with pytest.raises(ErreurEsms, match=raison):
        lire_modeles("acquisition", texte.replace(avant, apres, 1))


def test_un_plan_qui_finit_le_dernier_jour_tient() -> None:
    plan = proposer(sans_date(17), charger("2022"), date(2023, 7, 3))
    limites = [plan.fin_deploiement + timedelta(days=j) for j in (-1, 0, 1)]
    assert [replace(plan, limite=x).tient for x in (*limites, None)] == [False, True, True, True]
