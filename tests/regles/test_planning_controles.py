"""The findings on a planning: each with a remedy in days, none twice, none on a planning that holds."""

from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger, identifiants
from esms_desktop.model import Dossier, LienTache, Tache, Vague
from esms_desktop.nomenclature.vocabulaire import EtatDossier, StatutSolution, TypeProjet
from esms_desktop.regles.constats import Constat, Gravite, Page
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.financement.durees import fin_deploiement
from esms_desktop.regles.planning.planning import lire
from esms_desktop.regles.planning.planning_controles import controler_planning
from esms_desktop.regles.planning.reports import champs_planifies, reports
from tests.regles.fabrique import JOUR, dossier, preparer

N = "\u00a0"


def complet(**champs) -> Dossier:
    return preparer(dossier(9, 9, **champs))


def de(d: Dossier, origine: str) -> Tache:
    return next(t for t in d.taches if t.origine == origine)


def constats(d: Dossier, campagne: str = "2022", jour: date = JOUR) -> dict[str, Constat]:
    return {c.code: c for c in examiner(d, charger(campagne), jour)}


def du_planning(d: Dossier, campagne: str = "2022", jour: date = JOUR) -> set[str]:
    return {c for c in constats(d, campagne, jour) if c.startswith(("planning", "calendrier"))}


def retirer(d: Dossier, *origines: str) -> None:
    for t in [t for t in d.taches if t.origine in origines]:
        for lien in [*t.entrants, *t.sortants]:
            if lien in d.liens_taches:
                d.liens_taches.remove(lien)
                lien.avant.sortants.remove(lien)
                lien.apres.entrants.remove(lien)
        d.taches.remove(t)


def test_un_planning_pose_sur_les_dates_du_dossier_ne_dit_rien() -> None:
    d = complet()
    assert du_planning(d) == set()
    controles = controler_planning(d, charger("2022"), JOUR)
    assert len({c.code for c in controles}) == len(controles) == 13
    assert all(c.page is Page.PLANNING for c in controles)


@pytest.mark.parametrize("campagne", identifiants())
def test_sans_tache_un_seul_constat_qui_propose_le_plan_type(campagne: str) -> None:
    (controle,) = controler_planning(dossier(15), charger(campagne), JOUR)
    (constat,) = controle.constats
    assert constat.code == "planning.construire" and "plan type" in constat.remede
    assert controle.satisfait is (campagne == "sons-vague-1")


def placer_vague(d: Dossier, ouvres: int) -> Tache:
    """Makes the last wave end that many worked days later."""
    vague = [t for t in d.taches if t.origine == "vague"][-1]
    vague.duree += ouvres
    return vague


def test_trop_long_la_tache_a_raccourcir_est_nommee_avec_ses_jours() -> None:
    d = complet()
    vague = placer_vague(d, 30)
    planning = lire(d, JOUR)
    fin = planning.de(de(d, "fin-deploiement")).fin
    limite = date(2024, 6, 1)
    assert fin > limite
    constat = constats(d)["planning.duree"]
    jours, ouvres = (fin - limite).days, planning.calendrier.compter(date(2024, 6, 2), fin)
    assert constat.titre == f"Le déploiement finit {jours}{N}jours après la durée maximale de 18{N}mois"
    assert constat.remede.startswith(f"Raccourcissez «{N}Suite{N}» de {ouvres}{N}jours ouvrés")
    assert (constat.cible.objet, constat.cible.id) == ("tache", vague.id)
    # The remedy is enough, and one day less is not.
    vague.duree -= ouvres - 1
    assert "planning.duree" in constats(d)
    vague.duree -= 1
    assert "planning.duree" not in constats(d)


def test_trop_long_par_une_date_la_tache_s_avance() -> None:
    d = complet()
    tache = de(d, "service-regulier")
    tache.pas_avant = date(2024, 5, 27)
    constat = constats(d)["planning.duree"]
    fin = lire(d, JOUR).de(de(d, "fin-deploiement")).fin
    avance = int(constat.remede.split("» de ")[1].split(N)[0])
    assert constat.remede.startswith(f"Avancez «{N}Observer le service régulier{N}» de ")
    assert avance >= (fin - date(2024, 6, 1)).days - 4
    tache.pas_avant = date.fromordinal(tache.pas_avant.toordinal() - avance)
    assert "planning.duree" not in constats(d)


def test_trop_long_une_tache_finie_ne_se_raccourcit_plus_et_plusieurs_se_partagent() -> None:
    d = complet()
    vague = placer_vague(d, 60)
    vague.avancement = 100
    constat = constats(d)["planning.duree"]
    assert "«\u00a0Suite\u00a0»" not in constat.remede
    for t in d.taches:
        t.duree = min(t.duree, 40)
    retirer(d, "vague")
    for rang in range(40):
        seule = Tache(
            dossier=d, nom=f"Étape {rang}", plan="deploiement", jalon=False, duree=14, rang=500 + rang
        )
        avant = d.taches[-2] if rang else de(d, "recette")
        LienTache(dossier=d, avant=avant, apres=seule, type="fin-debut", decalage=0)
    LienTache(dossier=d, avant=seule, apres=de(d, "fin-deploiement"), type="fin-debut", decalage=0)
    assert "jours ouvrés en tout sur le chemin critique" in constats(d)["planning.duree"].remede.replace(
        N, " "
    )


def test_la_limite_court_du_jalon_sinon_du_dossier_et_finit_avec_la_derniere_tache() -> None:
    d = complet()
    retirer(d, "fin-deploiement", "debut-projet")
    # The balance of the planning moves with them, that of the dossier does not.
    assert du_planning(d) == {"planning.jalons", "planning.dates"}
    placer_vague(d, 60)
    trouves = constats(d)
    assert "planning.duree" in trouves
    assert "planning.duree" not in constats(d, "2021-amorcage")
    d.date_debut_projet = None
    assert "planning.duree" not in constats(d)
    assert "calendrier.duree" in constats(d)


def test_trop_long_par_une_vague_que_les_taches_ne_suivent_pas() -> None:
    d = complet()
    vague = d.vagues[-1]
    vague.fin = date(2024, 6, 3)
    constat = constats(d)["planning.duree"]
    assert f"« {vague.nom} » de 2 jours." in constat.remede.replace(N, " ")
    assert (constat.cible.objet, constat.cible.champ) == ("vague", "fin")
    fin = fin_deploiement(d, lire(d, JOUR))
    assert fin is not None and (fin.jour, fin.vague) == (vague.fin, vague)
    vague.fin = date(2024, 6, 1)
    assert "planning.duree" not in constats(d)


def test_la_fin_du_deploiement_est_la_derniere_que_dit_le_dossier() -> None:
    d = complet()
    tache = lire(d, JOUR).de(de(d, "fin-deploiement")).fin
    d.date_fin_deploiement = date.fromordinal(tache.toordinal() + 1)
    fin = fin_deploiement(d, lire(d, JOUR))
    assert fin is not None and (fin.jour, fin.tache, fin.vague) == (d.date_fin_deploiement, None, None)
    d.date_fin_deploiement = None
    fin = fin_deploiement(d, lire(d, JOUR))
    assert fin is not None and fin.jour == tache and fin.tache is not None
    # Some waves may still have no date: alone, they do not tell.
    assert fin_deploiement(d, None) is None


def test_une_date_du_planning_n_est_pas_redemandee_par_le_calendrier() -> None:
    d = complet(date_depot_prevue=None, date_convention=None, date_fin_deploiement=None)
    assert du_planning(d) == {"planning.dates"}
    constat = constats(d)["planning.dates"]
    assert "Reportez les dates du planning dans le dossier" in constat.remede
    assert "dépôt de la demande" in constat.preuve and "dossier\u00a0: rien" in constat.preuve
    d.taches.clear()
    assert {"calendrier.duree", "calendrier.convention", "calendrier.fenetre"} <= du_planning(d)


def test_les_dates_qui_different_se_disent_une_fois_et_pesent_moins_apres_le_depot() -> None:
    d = complet()
    d.vagues[1].fin = date(2024, 4, 1)
    d.date_convention = date(2022, 11, 10)
    constat = constats(d)["planning.dates"]
    assert constat.gravite is Gravite.A_FAIRE
    assert "convention" in constat.preuve and "fin de «\u00a0Suite\u00a0»" in constat.preuve
    assert constat.cible.objet == "tache" and constat.cible.id == de(d, "convention").id
    d.etat = EtatDossier.DEPOSE
    assert constats(d)["planning.dates"].gravite is Gravite.CONSEIL


def test_une_date_du_dossier_un_jour_chome_est_celle_du_lendemain_ouvre() -> None:
    d = complet()
    d.date_convention = date(2022, 10, 30)
    de(d, "convention").pas_avant = date(2022, 11, 1)
    # All Saints: the Wednesday; the dossier says the Sunday before the Monday.
    assert [r.champ for r in reports(d, lire(d, JOUR))] == ["date_convention"]
    d.date_convention = date(2022, 11, 1)
    assert reports(d, lire(d, JOUR)) == []
    d.vagues[1].fin = date(2024, 5, 1)
    assert reports(d, lire(d, JOUR)) == []


def test_deux_jalons_pour_une_date_ne_disent_plus_laquelle() -> None:
    d = complet()
    Tache(dossier=d, nom="Signature de la convention", plan="projet", jalon=True, duree=1, rang=99)
    d.date_convention = date(2022, 11, 20)
    assert "date_convention" not in champs_planifies(d, JOUR)
    assert reports(d, lire(d, JOUR)) == []


def test_les_jalons_absents_sont_nommes_et_un_nom_de_la_personne_suffit() -> None:
    d = complet()
    retirer(d, "va", "solde")
    constat = constats(d)["planning.jalons"]
    assert constat.preuve == "vérification d’aptitude (VA) et demande du solde"
    Tache(dossier=d, nom="PV de V.A.", plan="projet", jalon=True, duree=1, rang=99)
    Tache(dossier=d, nom="Verification d'aptitude", plan="projet", jalon=True, duree=1, rang=99)
    Tache(dossier=d, nom="Versement du SOLDE", plan="projet", jalon=True, duree=1, rang=99)
    assert "planning.jalons" not in constats(d)


def test_le_jalon_segur_ne_manque_pas_quand_la_campagne_ne_le_demande_pas() -> None:
    d = complet(campagne_id="2023")
    retirer(d, "segur")
    assert constats(d, "2023")["planning.jalons"].preuve == "référencement Ségur acquis"
    for campagne in ("2021-amorcage", "2022"):
        assert "planning.jalons" not in {
            c.code for k in controler_planning(d, charger(campagne), JOUR) for c in k.constats
        }


def test_services_socles_absents() -> None:
    d = complet()
    retirer(d, "services-socles")
    assert "planning.services-socles" in constats(d)
    Tache(dossier=d, nom="Raccorder MSSanté et DMP", plan="deploiement", jalon=False, duree=5, rang=99)
    assert "planning.services-socles" not in constats(d)


def test_chaque_vague_a_sa_tache() -> None:
    d = complet()
    d.vagues.append(Vague(nom="Suite bis", rang=2, debut=date(2024, 3, 1), fin=date(2024, 4, 1)))
    assert constats(d)["planning.vagues"].preuve == "Suite bis"
    Tache(dossier=d, nom="Basculer", plan="deploiement", jalon=False, duree=5, rang=99, vague=d.vagues[-1])
    assert "planning.vagues" not in constats(d)
    d.vagues.clear()
    for e in d.essms:
        e.vague = None
    assert "planning.vagues" not in constats(d)
    retirer(d, "vague")
    for t in d.taches:
        t.vague = None
    assert constats(d)["planning.vagues"].titre == "Le planning ne dit pas quand déployer"


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
