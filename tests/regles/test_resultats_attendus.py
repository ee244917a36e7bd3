"""What each rule returns, in full: amounts and how they are counted, where to file, which dates, which plan, which map."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger, toutes
from esms_desktop.exemples.dossier import dossier_exemple
from esms_desktop.model import Dossier, Signature
from esms_desktop.nomenclature.territoires import Territoire
from esms_desktop.nomenclature.vocabulaire import StatutSolution, TypeProjet
from esms_desktop.regles.dossier import changements, pieces, preparation, risques, signatures
from esms_desktop.regles.financement import cle, materiels
from esms_desktop.regles.financement.calcul import Demande, calculer
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.regles.financement.pluriannuel import plan
from esms_desktop.regles.planning import calendrier, planning, reports
from esms_desktop.regles.planning.plan_type import proposer
from esms_desktop.regles.recevabilite import cumul, orientation, recevabilite
from tests.attendus import comparer, en_lignes
from tests.regles.fabrique import JOUR, dossier
from tests.regles.scenarios_outils import pret

ATTENDUS = Path(__file__).parent / "attendus"
ACQ, CONF = TypeProjet.ACQUISITION, TypeProjet.CONFORMITE


def exemple() -> Dossier:
    """The sample dossier, with keys."""
    d = dossier_exemple()
    for rangee in (
        d.ogs,
        d.essms,
        d.contacts,
        d.vagues,
        d.taches,
        d.risques,
        d.couts,
        d.materiels,
        d.formations,
    ):
        for numero, objet in enumerate(rangee, 1):
            objet.id = numero
    return d


@cache
def lu() -> Dossier:
    """The same, read by the tests that change nothing."""
    return exemple()


@pytest.mark.parametrize("campagne", ["2021-amorcage", "2022", "2023", "sons-vague-1"])
def test_les_calculs(campagne: str) -> None:
    lignes = []
    for type_projet in TypeProjet:
        for statut in (*StatutSolution, None):
            for demande in (
                Demande(type_projet, statut, 49, 8, sad=True, pilotage=True, national=None),
                Demande(type_projet, statut, 50, 50, sad=True, pilotage=True, prix_cents=50_000_001),
                Demande(type_projet, statut, 16, 0, sad=True, national=True),
                Demande(type_projet, statut, 8, 3, national=True, pilotage=True, equipement=False),
                Demande(type_projet, statut, 0, 0, sad=True, pilotage=True),
            ):
                if statut is StatutSolution.REFERENCEE or demande.essms == 50:
                    lignes += ["", f"== {demande}", *en_lignes(calculer(charger(campagne), demande))]
    comparer(ATTENDUS / f"calcul-{campagne}.txt", lignes)


def test_les_orientations() -> None:
    cas = [
        ({"11": 15}, {}),
        ({"11": 14}, {"portee_nationale": False}),
        ({"11": 49}, {"portee_nationale": True}),
        ({"11": 50}, {}),
        ({"11": 49, "24": 1}, {}),
        ({"11": 50}, {"sans_region": 1}),
        ({"11": 25, "24": 25}, {"region_porteur": "24"}),
        ({"11": 8, "24": 8}, {}),
        ({"24": 8, "11": 8}, {"region_porteur": "24"}),
        ({"11": 8, "24": 7}, {"sans_region": 1}),
        ({"94": 8}, {"region_porteur": "94"}),
        ({"94": 8, "11": 7}, {}),
        ({"94": 7, "11": 8}, {"region_porteur": "94"}),
        ({"04": 6}, {"territoire": Territoire.OUTRE_MER, "sans_region": 2}),
        ({}, {"sans_region": 3}),
        ({}, {}),
    ]
    lignes = []
    for campagne in toutes():
        for par_region, options in cas:
            lignes += ["", f"== {campagne.id} {par_region} {options}"]
            lignes += en_lignes(orientation.orienter(campagne, par_region, **options))
    comparer(ATTENDUS / "orientations.txt", lignes)


@pytest.mark.parametrize("campagne", [c.id for c in toutes()])
def test_les_echeances_et_les_fenetres(campagne: str) -> None:
    lignes = []
    for nom, d in (("sans dates", dossier(15, complet=False)), ("daté", dossier(15))):
        d.portee_nationale = nom == "daté" or None
        for jour in (date(2021, 5, 1), JOUR, date(2023, 9, 30)):
            lignes += [
                "",
                f"== {nom}, le {jour}",
                *en_lignes(calendrier.echeances(d, charger(campagne), jour)),
            ]
    comparer(ATTENDUS / f"echeances-{campagne}.txt", lignes)


def test_le_financement_et_le_plan_de_l_exemple() -> None:
    d, c = lu(), charger(lu().campagne_id)
    comparer(ATTENDUS / "exemple-financement.txt", en_lignes(financer_dossier(d, c)))
    comparer(ATTENDUS / "exemple-plan.txt", en_lignes(plan(d, c)))
    comparer(ATTENDUS / "exemple-materiels.txt", en_lignes(materiels.liste(d)))
    comparer(ATTENDUS / "exemple-cle.txt", en_lignes(cle.cle(d)))


def test_le_cumul_de_chaque_campagne() -> None:
    lignes = [
        x
        for c in toutes()
        for t in TypeProjet
        for version in (None, True, False)
        for x in (f"== {c.id} {t} {version}", *en_lignes(cumul.cumul(c, t, version)))
    ]
    comparer(ATTENDUS / "cumul.txt", lignes)


@pytest.mark.parametrize("campagne", [c.id for c in toutes()])
def test_les_dix_points_et_les_pieces(campagne: str) -> None:
    c = charger(campagne)
    lignes = [
        x
        for d in (pret(), lu())
        for x in (*en_lignes(recevabilite.points(d, c, JOUR)), *en_lignes(pieces.etat_pieces(d, c)))
    ]
    comparer(ATTENDUS / f"points-pieces-{campagne}.txt", lignes)


def test_la_preparation_de_l_exemple() -> None:
    d, c = exemple(), charger("2023-ile-de-france")
    d.ogs[1].briques[0].acquise, d.points_preparation[0].reponse = None, False
    lignes = [
        f"{t.theme.code} {t.repondus} {t.acquis} : {' '.join(f'{p.point.code}={p.reponse}' for p in t.points)}"
        for t in preparation.etat_themes(d, c)
    ]
    lignes += [f"{b.brique.code} {b.acquise} {b.commentaire}" for b in preparation.etat_briques(d.ogs[1])]
    lignes += [f"{a.og.nom_court} {a.genre} {a.realise}" for a in preparation.etat_autodiagnostics(d)]
    lignes += [str(preparation.autodiagnostics_exiges(x)) for x in toutes()]
    comparer(ATTENDUS / "exemple-preparation.txt", lignes)


@pytest.mark.parametrize("type_projet", TypeProjet)
def test_le_plan_type(type_projet: TypeProjet) -> None:
    d = dossier(9, 7, type_projet=type_projet)
    seul = dossier(3, complet=False, type_projet=type_projet)
    lignes = [
        *en_lignes(proposer(d, charger("2022"), date(2022, 12, 1))),
        *en_lignes(proposer(pret(), charger("2023"), date(2023, 1, 7))),
        *en_lignes(proposer(seul, charger("sons-vague-1"), date(2024, 2, 29))),
    ]
    comparer(ATTENDUS / f"plan-type-{type_projet}.txt", lignes)


def test_le_planning_de_l_exemple() -> None:
    d = exemple()
    d.taches[3].echeance, d.taches[5].fixe = date(2023, 1, 5), date(2024, 1, 3)
    p = planning.lire(d, date(2023, 9, 1))
    lignes = [
        f"{x.tache.nom} [{x.tache.plan}] {x.debut} → {x.fin} {en_lignes(x.position, ' ')} retard {x.retard} "
        f"critique {x.critique} tenue par {[t.nom for t in x.tenue_par]}"
        for x in p.taches
    ]
    lignes += [f"contredit : {x.avant.nom} → {x.apres.nom} ({p.manque([x])})" for x in p.contredits]
    lignes += [f"{r.quoi} : {r.presente} → {r.voulue}" for r in reports.reports(d, p)]
    comparer(ATTENDUS / "exemple-planning.txt", lignes)


def test_les_risques_de_l_exemple() -> None:
    d = lu()
    lignes = [x for apres in (False, True) for rangee in risques.chaleur(d, apres) for x in en_lignes(rangee)]
    lignes += [x for ligne in risques.remontee(d) for x in en_lignes(ligne)]
    lignes += [f"{code} {r.intitule}" for r, code in risques.numero(d).items()]
    lignes += [f"{a.intitule} {a.echeance} {a.etat}" for a in risques.trier_actions(risques.actions(d))]
    lignes += [f"{e.nom} {dit}" for e, dit in risques.evaluations(d).items()]
    lignes += en_lignes(risques.echelles(d))
    lignes.append(str(risques.cout_total_cents(risques.actions(d))))
    comparer(ATTENDUS / "exemple-risques.txt", lignes)


def test_ce_qu_une_signature_engage() -> None:
    d, c = exemple(), charger("2022")
    documents = [(code, d.ogs[1]) for code in ("convention", "lettre-engagement")]
    avant = {code: signatures.donnees(d, c, code, og) for code, og in documents}
    lignes = [x for code in avant for x in (f"== {code}", *en_lignes(avant[code]))]
    d.signatures.append(
        Signature(
            og_id=2,
            document="convention",
            genere_le=date(2022, 5, 1),
            signe_le=date(2022, 5, 2),
            donnees=avant["convention"],
        )
    )
    d.ogs[1].representant_nom, d.ogs[0].siret = "Personne Nouvelle", ""
    d.ogs[1].essms.pop()
    d.objectifs, d.date_fin_deploiement = "Autre objectif.", date(2025, 3, 1)
    d.solutions[0].prix_cents, d.cle_repartition = 1_000_000, "places"
    for code, og in documents:
        lignes += [f"== {code} : changements"]
        lignes += changements.changements(avant[code], signatures.donnees(d, c, code, og))
    sans = {"postes": {"usages": 5, "logiciel": 7}, "parts": {"1": {"nom": "Un", "cents": 3}}}
    avec = {
        "postes": {"usages": 5, "equipement": 7},
        "parts": {"1": {"nom": "Un", "cents": 3}, "2": {"nom": "Deux", "cents": 4}},
    }
    for ancien, nouveau in ((sans, avec), (avec, sans), ({"postes": {}}, {"postes": {"usages": 0}})):
        lignes.append("== montants")
        lignes += changements.changements(avant["convention"] | ancien, avant["convention"] | nouveau)
    lignes += [x for etat in signatures.etats(d, c) for x in en_lignes(etat)]
    # Each piece has its own source.
    c = replace(c, pieces={n: replace(p, source=f"Pièce {n}") for n, p in c.pieces.items()})
    for controle in signatures.controler_signatures(d, c):
        lignes += en_lignes(controle)
    comparer(ATTENDUS / "signatures.txt", lignes)
