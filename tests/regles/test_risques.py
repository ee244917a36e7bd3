"""The maps of risks: criticality, scales, matrices, heat map, roll-up, what counts as assessed."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.model import ActionRisque, Dossier, Essms, EvaluationStructure, NiveauEchelle, Risque
from esms_desktop.nomenclature.risques_types import actions_types, risques_types
from esms_desktop.nomenclature.vocabulaire import CategorieRisque, EtatAction, NatureAction
from esms_desktop.regles.dossier import risques as r
from tests.regles.fabrique import JOUR, dossier

COTES = st.none() | st.integers(1, 4)


def ajouter(d: Dossier, titre: str, essms: Essms | None = None, **champs) -> Risque:
    risque = Risque(intitule=titre, essms=essms, rang=len(d.risques), **champs)
    d.risques.append(risque)
    return risque


@pytest.mark.parametrize(
    ("criticite", "niveau"),
    [
        (1, "faible"),
        (2, "faible"),
        (3, "faible"),
        (4, "modere"),
        (6, "modere"),
        (8, "eleve"),
        (9, "eleve"),
        (12, "critique"),
        (16, "critique"),
    ],
)
def test_les_niveaux(criticite, niveau) -> None:
    assert r.niveau(criticite) == niveau


@given(COTES, COTES)
def test_rien_n_est_evalue_sans_ses_deux_cotes(p, g) -> None:
    risque = Risque(probabilite=p, gravite=g, probabilite_residuelle=g, gravite_residuelle=p)
    attendu = None if p is None or g is None else p * g
    assert r.criticite(risque) == r.residuelle(risque) == attendu
    assert list(r.matrice([risque]).values()) == ([] if attendu is None else [[risque]])


@given(st.lists(st.tuples(COTES, COTES, COTES, COTES), max_size=12))
def test_la_matrice_place_chaque_risque_evalue_une_fois(cotes) -> None:
    tous = [
        Risque(rang=i, probabilite=a, gravite=b, probabilite_residuelle=c, gravite_residuelle=d)
        for i, (a, b, c, d) in enumerate(cotes)
    ]
    for apres in (False, True):
        cases = r.matrice(tous, apres)
        places = [x for case in cases.values() for x in case]
        assert sorted(x.rang for x in places) == [x.rang for x in tous if r.criticite(x, apres) is not None]
        assert all(r.cotation(x, apres) == case for case, siens in cases.items() for x in siens)


def test_les_numeros_comptent_par_carte_et_suivent_le_rang() -> None:
    d = dossier(2)
    un, deux = d.essms
    b, a = Risque(intitule="B", rang=1), Risque(intitule="A", rang=0)
    d.risques.extend([b, a])
    c = ajouter(d, "C", un)
    e = ajouter(d, "E", deux)
    f = ajouter(d, "F", deux)
    codes = r.numero(d)
    assert [codes[x] for x in (a, b, c, e, f)] == ["R1", "R2", "R1", "R1", "R2"]
    assert r.risques_grappe(d) == [a, b]
    assert r.risques_structure(d, deux) == [e, f]
    assert r.codes(r.risques_structure(d, deux)) == {e: "R1", f: "R2"}


def test_les_mots_de_la_personne_passent_devant_les_notres() -> None:
    d = dossier(1)
    notres = r.echelles(d)
    assert [n.libelle for n in notres.probabilite] == ["Rare", "Possible", "Probable", "Quasi sûr"]
    assert [n.libelle for n in notres.gravite] == ["Mineure", "Modérée", "Forte", "Critique"]
    d.niveaux_echelle.append(NiveauEchelle(axe="gravite", niveau=4, libelle="Vitale", definition=" "))
    dits = r.echelles(d)
    assert dits.libelle("gravite", 4) == "Vitale"
    assert dits.gravite[3].definition == notres.gravite[3].definition
    assert dits.probabilite == notres.probabilite
    assert dits.libelle("gravite", None) == ""


def test_la_carte_de_chaleur_a_une_ligne_par_structure_et_huit_categories() -> None:
    d = dossier(2, 1)
    seconde = d.essms[1]
    ajouter(d, "A", probabilite=2, gravite=2, categorie="technique")
    ajouter(d, "B", seconde, probabilite=4, gravite=3, categorie="technique")
    ajouter(d, "C", seconde, probabilite=2, gravite=3, categorie="technique", probabilite_residuelle=1)
    ajouter(d, "D", seconde, categorie="humain")
    lignes = r.chaleur(d, False)
    assert [ligne[0].essms for ligne in lignes] == [None, *d.essms]
    assert all([c.categorie for c in ligne] == list(CategorieRisque) for ligne in lignes)
    par = {c.categorie: c for c in lignes[2]}
    assert (par[CategorieRisque.TECHNIQUE].criticite, par[CategorieRisque.TECHNIQUE].nombre) == (12, 2)
    assert (par[CategorieRisque.HUMAIN].criticite, par[CategorieRisque.HUMAIN].nombre) == (None, 1)
    assert (par[CategorieRisque.JURIDIQUE].criticite, par[CategorieRisque.JURIDIQUE].nombre) == (None, 0)
    assert [c.criticite for c in r.chaleur(d, True)[2]] == [None] * 8


def test_la_remontee_groupe_la_meme_entree_ou_le_meme_titre() -> None:
    d = dossier(3)
    un, deux, trois = d.essms
    ajouter(d, "Réseau insuffisant", un, origine="reseau", probabilite=2, gravite=2)
    ajouter(d, "Réseau du bâtiment B", deux, origine="reseau", probabilite=4, gravite=4)
    ajouter(d, "réseau  INSUFFISANT", trois)
    ajouter(d, "Travaux", trois, probabilite=1, gravite=1)
    ajouter(d, "Travaux", trois, probabilite=1, gravite=3)
    lignes = r.remontee(d)
    assert [(x.cle, x.structures, x.maximum) for x in lignes] == [
        ("reseau", (un, deux, trois), 16),
        ("travaux", (trois,), 3),
    ]
    assert lignes[0].intitule == "Réseau du bâtiment B"
    assert lignes[0].moyenne == Fraction(10)
    assert lignes[0].a_la_grappe is None
    grappe = ajouter(d, "Réseau", origine="reseau")
    assert r.remontee(d)[0].a_la_grappe is grappe


def test_une_structure_est_evaluee_par_ses_risques_ou_par_une_reponse() -> None:
    d = dossier(4)
    evaluee, commencee, sans, muette = d.essms
    ajouter(d, "A", evaluee, probabilite=1, gravite=1)
    ajouter(d, "B", commencee, probabilite=1, gravite=1)
    ajouter(d, "C", commencee, probabilite=1)
    d.evaluations_structures.append(EvaluationStructure(essms=sans, sans_risque=True))
    dits = [r.structure_evaluee(d, e) for e in d.essms]
    assert dits == list(r.evaluations(d).values()) == [True, False, True, None]
    d.evaluations_structures[0].sans_risque = False
    assert r.structure_evaluee(d, sans) is False
    # What is written counts before what is said.
    d.evaluations_structures.append(EvaluationStructure(essms=commencee, sans_risque=True))
    assert r.structure_evaluee(d, commencee) is False
    assert r.structure_evaluee(d, muette) is None


def test_les_actions_par_date_puis_par_responsable() -> None:
    d = dossier(1)
    risque = ajouter(d, "A")
    for nom, quand, qui in (
        ("quatre", None, "Alix"),
        ("trois", date(2023, 5, 1), ""),
        ("deux", date(2023, 5, 1), "Éva"),
        ("un", date(2023, 5, 1), "alix"),
        ("zéro", date(2023, 4, 1), "Zoé"),
    ):
        risque.actions.append(ActionRisque(intitule=nom, echeance=quand, responsable=qui, cout_cents=100))
    assert [a.intitule for a in r.actions(d)] == ["zéro", "un", "deux", "trois", "quatre"]
    risque.actions[0].etat = EtatAction.ABANDONNEE.value
    assert r.cout_total_cents(risque.actions) == 400


@pytest.mark.parametrize(
    ("etat", "responsable", "echeance", "attendu"),
    [
        (EtatAction.A_FAIRE, "", JOUR, True),
        (EtatAction.EN_COURS, "Lou", None, True),
        (EtatAction.EN_COURS, "  ", JOUR, True),
        (EtatAction.A_FAIRE, "Lou", JOUR, False),
        (EtatAction.FAITE, "", None, False),
        (EtatAction.ABANDONNEE, "", None, False),
    ],
)
def test_une_action_a_completer_est_encore_a_faire(etat, responsable, echeance, attendu) -> None:
    action = ActionRisque(etat=etat, responsable=responsable, echeance=echeance)
    assert r.a_completer(action) is attendu


@pytest.mark.parametrize(
    ("etat", "echeance", "tard"),
    [
        ("a-faire", date(2022, 5, 1), True),
        ("en-cours", date(2022, 5, 1), True),
        ("faite", date(2022, 5, 1), False),
        ("abandonnee", date(2022, 5, 1), False),
        ("a-faire", JOUR, False),
        ("a-faire", None, False),
    ],
)
def test_une_action_en_retard(etat, echeance, tard) -> None:
    assert r.en_retard(ActionRisque(etat=etat, echeance=echeance), JOUR) is tard


def test_la_bibliotheque_couvre_les_huit_categories_aux_deux_niveaux() -> None:
    types = risques_types()
    assert len(types) >= 30
    assert {t.categorie for t in types.values()} == {c.value for c in CategorieRisque}
    for structure in (False, True):
        couvertes = {t.categorie for t in types.values() if t.convient(structure)}
        assert couvertes == {c.value for c in CategorieRisque}
    for code, t in types.items():
        natures = {a.nature for a in actions_types()[code]}
        assert natures == {n.value for n in NatureAction}, code
        for texte in (t.intitule, t.cause, t.consequence, *(a.intitule for a in actions_types()[code])):
            assert "'" not in texte and "\u202f" not in texte and texte[0] == texte[0].upper(), texte
        assert t.cause.endswith(".") and t.consequence.endswith(".") and not t.intitule.endswith(".")
    assert len({r.comparable(t.intitule) for t in types.values()}) == len(types)
