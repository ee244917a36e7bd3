"""The gestures on a planning: one step of undo each, refusals that leave nothing behind."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.errors import ErreurEsms, ErreurSaisie
from esms_desktop.exemples.dossier import dossier_exemple
from esms_desktop.gestes import deposer
from esms_desktop.gestes.planning import plan as p
from esms_desktop.model import ActionRisque, Dossier, Risque, Tache
from esms_desktop.nomenclature.vocabulaire import EtatAction, Plan
from esms_desktop.regles.planning import jalons
from esms_desktop.regles.planning.ordonnancement import Boucle, TypeLien
from esms_desktop.regles.planning.plan_type import proposer
from esms_desktop.regles.planning.planning import lire
from esms_desktop.store.base import ouvrir
from esms_desktop.store.conflits import ErreurConflit
from esms_desktop.store.porte import Porte
from tests.bases import CLE, dossier_vivant
from tests.depot import fabrique as f

JOUR = date(2023, 6, 1)
DEBUT = date(2023, 10, 2)


@pytest.fixture
def dossier(porte: Porte) -> Dossier:
    projet = dossier_exemple()
    projet.liens_taches.clear()
    projet.taches.clear()
    porte.ajouter(projet, libelle="Créer")
    return projet


def poser(porte: Porte, dossier: Dossier, debut: date = DEBUT) -> dict[str, Tache]:
    p.poser_plan_type(porte, dossier, charger(dossier.campagne_id), debut)
    return {t.origine: t for t in dossier.taches}


def taches(porte: Porte, dossier: Dossier, *noms: str) -> list[Tache]:
    return p.ajouter_taches(porte, dossier, [p.TacheVoulue(i, nom, duree=5) for i, nom in enumerate(noms)])


def ou(dossier: Dossier, tache: Tache) -> tuple[date, date]:
    placee = lire(dossier, JOUR).de(tache)
    return placee.debut, placee.fin


def test_le_plan_type_se_pose_et_se_retire_en_un_geste(porte: Porte, dossier: Dossier) -> None:
    du_plan = poser(porte, dossier)
    assert set(jalons.JALONS) <= set(du_plan)
    planning = lire(dossier, JOUR)
    assert planning.boucle is None
    assert {t.plan for t in dossier.taches} == {plan.value for plan in Plan}
    assert [t.vague.nom for t in dossier.taches if t.origine == "vague"] == [v.nom for v in dossier.vagues]
    with pytest.raises(ErreurSaisie, match="déjà dans ce planning"):
        poser(porte, dossier)
    assert porte.annuler() == "Partir du plan type"
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None and not relu.taches and not relu.liens_taches
    assert porte.refaire() == "Partir du plan type"
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None and len(relu.taches) == len(planning.taches)
    assert lire(relu, JOUR).fin == planning.fin


def test_le_plan_pose_tombe_ou_la_proposition_le_disait(porte: Porte, dossier: Dossier) -> None:
    propose = proposer(dossier, charger(dossier.campagne_id), DEBUT)
    poser(porte, dossier)
    placees = [(t.tache.nom, t.debut, t.fin) for t in lire(dossier, JOUR).taches]
    assert sorted(placees) == sorted((t.nom, t.debut, t.fin) for t in propose.taches)


def test_deplacer_entraine_les_suivantes_en_un_seul_pas(porte: Porte, dossier: Dossier) -> None:
    a, b, c = taches(porte, dossier, "A", "B", "C")
    p.lier(porte, a, b)
    p.lier(porte, b, c, TypeLien.FIN_DEBUT, 2)
    assert ou(dossier, c)[0] == date(2023, 10, 18)
    assert p.deplacer(porte, a, date(2023, 10, 9))
    assert ou(dossier, a) == (date(2023, 10, 9), date(2023, 10, 13))
    assert ou(dossier, b) == (date(2023, 10, 16), date(2023, 10, 20))
    assert ou(dossier, c)[0] == date(2023, 10, 25)
    assert porte.annuler() == "Déplacer « A »"
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None
    assert ou(relu, relu.taches[2])[0] == date(2023, 10, 18)
    a = relu.taches[0]
    porte.modifier(a, fixe=date(2023, 11, 6))
    p.deplacer(porte, a, date(2023, 11, 7))
    assert (a.fixe, a.pas_avant) == (date(2023, 11, 7), None)
    with pytest.raises(ErreurSaisie, match="2100"):
        p.deplacer(porte, a, date(203, 1, 1))


def test_une_boucle_est_refusee_avec_ses_noms(porte: Porte, dossier: Dossier) -> None:
    a, b, c, d = taches(porte, dossier, "Cadrer", "Choisir", "Former", "Vérifier")
    p.lier(porte, a, b)
    p.lier(porte, b, c)
    p.lier(porte, a, d)
    with pytest.raises(Boucle) as refus:
        p.lier(porte, c, a)
    assert str(refus.value).startswith(
        "Ces tâches s’attendent l’une l’autre : « Former » → « Cadrer » → « Choisir » → « Former »."
    )
    with pytest.raises(ErreurSaisie, match="attend déjà"):
        p.lier(porte, a, b, TypeLien.FIN_FIN)
    with pytest.raises(ErreurSaisie, match="elle-même"):
        p.lier(porte, a, a)
    assert len(dossier.liens_taches) == 3


def test_les_predecesseurs_se_remplacent_d_un_coup(porte: Porte, dossier: Dossier) -> None:
    a, b, c = taches(porte, dossier, "A", "B", "C")
    p.lier(porte, a, c)
    assert p.remplacer_predecesseurs(porte, c, [(b, TypeLien.DEBUT_DEBUT, 3), (a, TypeLien.FIN_DEBUT, -1)])
    assert {(x.avant.nom, x.type, x.decalage) for x in c.entrants} == {
        ("B", "debut-debut", 3),
        ("A", "fin-debut", -1),
    }
    assert not p.remplacer_predecesseurs(
        porte, c, [(a, TypeLien.FIN_DEBUT, -1), (b, TypeLien.DEBUT_DEBUT, 3)]
    )
    with pytest.raises(Boucle):
        p.remplacer_predecesseurs(porte, a, [(c, TypeLien.FIN_DEBUT, 0)])
    with pytest.raises(ErreurSaisie, match="attend déjà"):
        p.remplacer_predecesseurs(porte, c, [(a, TypeLien.FIN_DEBUT, 0), (a, TypeLien.FIN_FIN, 0)])
    assert len(dossier.liens_taches) == 2
    assert p.remplacer_predecesseurs(porte, c, [])
    assert not c.entrants
    porte.annuler()
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None and len(relu.liens_taches) == 2


def test_la_duree_se_donne_en_jours_ou_par_la_fin(porte: Porte, dossier: Dossier) -> None:
    a, b = taches(porte, dossier, "A", "B")
    p.lier(porte, a, b)
    assert p.changer_duree(porte, a, date(2023, 11, 3), JOUR)
    # Toussaint is not worked: 5 weeks of 5 days but one.
    assert (a.duree, ou(dossier, b)[0]) == (24, date(2023, 11, 6))
    p.changer_duree(porte, a, 2)
    assert ou(dossier, b)[0] == date(2023, 10, 4)
    for voulue in (0, 5000, date(2023, 9, 29), date(1023, 9, 29)):
        with pytest.raises(ErreurSaisie):
            p.changer_duree(porte, a, voulue, JOUR)
    porte.modifier(a, jalon=True)
    with pytest.raises(ErreurSaisie, match="jalon"):
        p.changer_duree(porte, a, 3)
    assert a.duree == 2


def test_la_reference_garde_ou_tout_tombait(porte: Porte, dossier: Dossier) -> None:
    a, b = taches(porte, dossier, "A", "B")
    p.lier(porte, a, b)
    p.prendre_reference(porte, dossier, JOUR)
    assert dossier.reglage_planning is not None and dossier.reglage_planning.reference_le == JOUR
    p.changer_duree(porte, a, 10)
    placee = lire(dossier, JOUR).de(b)
    assert (placee.tache.reference_fin, placee.derive) == (date(2023, 10, 13), 7)
    p.prendre_reference(porte, dossier, date(2023, 7, 1))
    assert len(dossier.reglages_planning) == 1
    assert lire(dossier, JOUR).de(b).derive == 0
    p.effacer_reference(porte, dossier)
    assert b.reference_debut is b.reference_fin is dossier.reglage_planning.reference_le is None
    assert porte.annuler() == "Effacer le planning de référence"
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None and relu.reglage_planning.reference_le == date(2023, 7, 1)


def test_les_dates_se_reportent_dans_le_dossier_et_les_vagues(porte: Porte, dossier: Dossier) -> None:
    du_plan = poser(porte, dossier)
    assert p.reporter_dates(porte, dossier, JOUR) == 0
    p.deplacer(porte, du_plan["debut-parametrage"], date(2024, 1, 29))
    vague = dossier.vagues[2]
    premiere = next(t for t in dossier.taches if t.origine == "vague" and t.vague is vague)
    p.changer_duree(porte, premiere, premiere.duree + 3)
    assert p.reporter_dates(porte, dossier, JOUR) >= 3
    planning = lire(dossier, JOUR)
    assert dossier.date_debut_parametrage == date(2024, 1, 29)
    assert dossier.date_fin_deploiement == planning.de(du_plan["fin-deploiement"]).fin
    assert (vague.debut, vague.fin) == (planning.de(premiere).debut, planning.de(premiere).fin)
    assert p.reporter_dates(porte, dossier, JOUR) == 0
    assert porte.annuler() == "Reporter les dates du planning dans le dossier"
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None and relu.date_debut_parametrage == date(2024, 1, 15)


def test_un_lot_mal_lie_ne_laisse_rien(porte: Porte, dossier: Dossier) -> None:
    (deja,) = taches(porte, dossier, "Déjà là")
    fd, ff = TypeLien.FIN_DEBUT, TypeLien.FIN_FIN

    def voulue(cle: int, *predecesseurs: tuple[int, TypeLien, int]) -> p.TacheVoulue:
        return p.TacheVoulue(cle, f"Tâche {cle}", predecesseurs=predecesseurs)

    lots = [
        [voulue(0, (1, fd, 0)), voulue(1, (0, fd, 0))],
        [voulue(0, (4, fd, 0))],
        [voulue(0, (0, fd, 0))],
        [voulue(0), voulue(1, (0, fd, 0), (0, ff, 0))],
        [voulue(0), p.TacheVoulue(1, "  ")],
        [p.TacheVoulue(0, "X", pas_avant=date(23, 7, 3))],
    ]
    for lot in lots:
        with pytest.raises(ErreurSaisie):
            p.ajouter_taches(porte, dossier, lot)
        assert [t.nom for t in dossier.taches] == ["Déjà là"] and not dossier.liens_taches
    (x,) = p.ajouter_taches(porte, dossier, [p.TacheVoulue(0, "X", predecesseurs=((deja, fd, 2),))])
    assert [(lien.avant.nom, lien.decalage) for lien in x.entrants] == [("Déjà là", 2)]


def test_les_actions_deviennent_des_taches_qui_finissent_a_leur_date(porte: Porte, dossier: Dossier) -> None:
    structure = dossier.essms[3]
    risque = Risque(dossier_id=dossier.id, essms_id=structure.id, intitule="Réseau insuffisant")
    porte.ajouter(risque, libelle="Risque")
    actions = [
        ActionRisque(
            dossier_id=dossier.id, risque_id=risque.id, rang=i, intitule=nom, echeance=quand, etat=etat
        )
        for i, (nom, quand, etat) in enumerate(
            [
                ("Mesurer le débit", date(2024, 1, 12), EtatAction.FAITE),
                ("Poser une liaison de secours", date(2024, 2, 4), EtatAction.EN_COURS),
                ("Renoncer", date(2024, 2, 4), EtatAction.ABANDONNEE),
                ("Suivre", None, EtatAction.A_FAIRE),
            ]
        )
    ]
    porte.ajouter(*actions, libelle="Actions")
    posees = p.taches_des_actions(porte, dossier, risque.actions)
    assert [t.nom for t in posees] == ["Mesurer le débit", "Poser une liaison de secours", "Suivre"]
    assert [t.avancement for t in posees] == [100, 0, 0]
    assert {t.essms for t in posees} == {structure}
    # 4 February 2024 is a Sunday.
    assert ou(dossier, posees[0])[1] == date(2024, 1, 12)
    assert ou(dossier, posees[1])[1] == date(2024, 2, 2)
    assert p.taches_des_actions(porte, dossier, risque.actions) == []


def test_dupliquer_garde_les_liens_entre_copies(porte: Porte, dossier: Dossier) -> None:
    a, b, c = taches(porte, dossier, "A", "B", "C")
    p.lier(porte, a, b, TypeLien.FIN_FIN, 1)
    p.lier(porte, b, c)
    copies = p.dupliquer(porte, [b, c])
    assert [t.nom for t in copies] == ["B (copie)", "C (copie)"]
    assert [(x.avant.nom, x.type) for x in copies[0].entrants] == [("A", "fin-fin")]
    assert [x.avant.nom for x in copies[1].entrants] == ["B (copie)"]
    assert porte.annuler() == "Dupliquer 2\u00a0tâches"


def test_retirer_emporte_les_liens(porte: Porte, dossier: Dossier) -> None:
    a, b, c = taches(porte, dossier, "A", "B", "C")
    p.lier(porte, a, b)
    p.lier(porte, b, c)
    p.retirer_taches(porte, [b])
    assert [t.nom for t in dossier.taches] == ["A", "C"] and not dossier.liens_taches
    assert porte.annuler() == "Retirer « B »"
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None and len(relu.liens_taches) == 2


@pytest.mark.parametrize(
    ("prises", "rang", "attendu"),
    [((0,), 4, "BCDEA"), ((3, 4), 0, "DEABC"), ((1, 3), 2, "ACBDE"), ((2,), 2, "ABCDE")],
)
def test_ranger(porte: Porte, dossier: Dossier, prises, rang, attendu) -> None:
    posees = taches(porte, dossier, *"ABCDE")
    assert p.ranger(porte, [posees[i] for i in prises], rang) is (attendu != "ABCDE")
    assert "".join(t.nom for t in dossier.taches) == attendu


def test_un_depot_complet_prend_la_reference(porte: Porte, tmp_path: Path) -> None:
    exemple = f.dossier()
    for og in exemple.ogs:
        og.id = None
    porte.ajouter(exemple, libelle="Créer")
    taches(porte, exemple, "A", "B")
    depot = deposer.produire(porte, exemple, tmp_path / "sortie", JOUR)
    assert not depot.complet
    deposer.garder(porte, exemple, depot)
    assert exemple.reglage_planning is None
    (fait,) = deposer.garder(porte, exemple, replace(depot, complet=True))
    assert exemple.reglage_planning is not None
    assert exemple.reglage_planning.reference_le == fait.produit_le.date()
    # Without any date a planning starts on the day it is read.
    assert [t.derive for t in lire(exemple, fait.produit_le.date()).taches] == [0, 0]
    assert porte.annuler() == deposer.LIBELLE
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None and relu.reglage_planning is None
    assert {t.reference_fin for t in relu.taches} == {None}


def test_un_depot_se_garde_quoi_qu_on_ait_ecrit_pendant_qu_il_se_faisait(
    porte: Porte, tmp_path: Path
) -> None:
    exemple = f.dossier()
    for og in exemple.ogs:
        og.id = None
    porte.ajouter(exemple, libelle="Créer")
    _, b = taches(porte, exemple, "A", "B")
    porte.modifier(b, pas_avant=DEBUT)
    depose = porte.relire(exemple)
    depot = replace(deposer.produire(porte, depose, tmp_path / "sortie", JOUR), complet=True)
    # Elsewhere, meanwhile.
    p.prendre_reference(porte, porte.relire(exemple), JOUR)
    p.retirer_taches(porte, [porte.relire(exemple).taches[0]])
    porte.modifier(porte.relire(exemple).taches[0], pas_avant=date(2024, 1, 8))
    (fait,) = deposer.garder(porte, depose, depot)
    relu = porte.relire(exemple)
    [reglage], [reste] = relu.reglages_planning, relu.taches
    assert reglage.reference_le == fait.produit_le.date() and (reste.id, reste.nom) == (b.id, "B")
    assert reste.reference_debut == DEBUT, "la référence est ce qui fut déposé"
    porte.retirer(porte.relire(exemple), libelle="Supprimer")
    with pytest.raises(ErreurEsms, match="a changé dans la base pendant"):
        deposer.deposer_dossier(porte, depose, tmp_path / "encore", JOUR)


def test_deux_fenetres_ne_font_qu_un_reglage(porte: Porte, dossier: Dossier) -> None:
    vu = porte.relire(dossier)
    p.regler(porte, vu, territoire="974")
    p.regler(porte, vu, reference_le=JOUR)
    [reglage] = porte.relire(dossier).reglages_planning
    assert (reglage.territoire, reglage.reference_le) == ("974", JOUR)
    p.regler(porte, vu, territoire="972")
    with ouvrir(porte.chemin, CLE) as la_bas:
        p.regler(la_bas, la_bas.relire(dossier), territoire="973")
    with pytest.raises(ErreurConflit):
        p.regler(porte, vu, territoire="974")


def test_une_tache_a_date_fixe_se_deplace_sans_ses_liens(porte: Porte, dossier: Dossier) -> None:
    a, b = taches(porte, dossier, "A", "B")
    lien = p.lier(porte, a, b)
    porte.modifier(b, fixe=date(2023, 10, 4))
    assert lire(dossier, JOUR).contredits == (lien,)
    assert p.changer_lien(porte, lien, TypeLien.DEBUT_DEBUT, 2)
    assert not p.changer_lien(porte, lien, TypeLien.DEBUT_DEBUT, 2)
    assert lire(dossier, JOUR).contredits == ()
    p.delier(porte, [lien])
    assert not dossier.liens_taches and not b.entrants
    assert porte.annuler() == "Retirer un lien"


def test_le_territoire_se_regle_une_fois(porte: Porte, dossier: Dossier) -> None:
    p.regler(porte, dossier, territoire="974")
    p.regler(porte, dossier, territoire=None)
    assert [r.territoire for r in dossier.reglages_planning] == [None]
