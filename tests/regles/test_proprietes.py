"""What holds for every dossier: money grows with n, shares sum to the cent, an unanswered fact never helps."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from esms_desktop.campagnes.chargement import charger, identifiants
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import Champ, ExceptionSad, StatutSolution, TypeProjet
from esms_desktop.regles.dossier.pieces import etat_pieces
from esms_desktop.regles.financement.financement import POSTES, Demande, calculer, financer_dossier
from esms_desktop.regles.financement.repartition import repartir
from esms_desktop.regles.recevabilite.recevabilite import Verdict, points
from tests.regles.fabrique import JOUR, dossier

campagnes = st.sampled_from(identifiants())
tri_etat = st.sampled_from([True, False, None])
statuts = st.sampled_from([*StatutSolution, None])
jours = st.none() | st.dates(date(2021, 1, 1), date(2026, 1, 1))

FAITS_DOSSIER = (
    "portee_nationale",
    "sad",
    "sad_exception",
    "pilotage_demande",
    "equipement_demande",
    "mise_en_ordre_marche",
    "date_mise_en_ordre_marche",
    "date_debut_parametrage",
    "date_debut_projet",
    "date_fin_deploiement",
)
FAITS_ESSMS = (
    "financement_europeen",
    "esms_numerique_anterieur",
    "sons_autre_solution",
    "rattache_entite_nationale",
    "accord_entite_nationale",
    "part_confort",
    "solution",
)
VIDES_ESSMS = ("finess", "categorie", "departement")
FAITS_SOLUTION = ("statut", "date_referencement_prevue", "dans_sad")


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """A dossier of one to three OG, every fact drawn."""
    d = dossier(
        *draw(st.lists(st.integers(0, 9) | st.just(26), min_size=1, max_size=3)),
        type_projet=draw(st.sampled_from(TypeProjet)),
        sad_exception=draw(st.none() | st.sampled_from(ExceptionSad)),
        date_mise_en_ordre_marche=draw(jours),
        date_debut_parametrage=draw(jours),
        **{f: draw(tri_etat) for f in FAITS_DOSSIER[:2] + FAITS_DOSSIER[3:6]},
    )
    retenue = d.solutions[0]
    retenue.statut, retenue.dans_sad = draw(statuts), draw(tri_etat)
    retenue.date_referencement_prevue = draw(jours)
    retenue.prix_cents = draw(st.none() | st.integers(0, 50_000_000))
    for o in d.ogs:
        o.nb_essms_total = draw(st.none() | st.integers(0, 40))
        o.association = draw(tri_etat)
    for e in d.essms[:4]:
        for fait in FAITS_ESSMS[:-1]:
            setattr(e, fait, draw(tri_etat))
        e.departement = draw(st.sampled_from(["91", "45", "2A", "9A", "9E", ""]))
        e.categorie = draw(st.sampled_from(["500", "362", "460", "183", "218", ""]))
        e.champ = draw(st.sampled_from([Champ.PA, Champ.PDE, Champ.DOM]))
        e.solution = draw(st.sampled_from([retenue, None]))
    return d


@given(
    campagnes,
    st.sampled_from(TypeProjet),
    statuts,
    st.integers(0, 120),
    st.booleans(),
    st.booleans(),
    st.sampled_from([True, False, None]),
    st.sampled_from(["tous", "aucun"]),
    st.none() | st.integers(0, 200_000_000),
)
def test_le_total_croit_avec_le_nombre(
    campagne, type_projet, statut, n, sad, pilotage, national, petits, prix
) -> None:
    def total(essms: int) -> int:
        k = essms if petits == "tous" else 0
        demande = Demande(type_projet, statut, essms, k, sad, pilotage, national, prix_cents=prix)
        return calculer(charger(campagne), demande).total_cents

    assert total(n) <= total(n + 1)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 500), min_size=1, max_size=12))
def test_les_parts_font_le_tout_et_suivent_les_poids(total, poids) -> None:
    parts = repartir(total, poids)
    assert sum(parts) == (total if sum(poids) else 0)
    for p, w in zip(parts, poids, strict=True):
        assert not sum(poids) or abs(p * sum(poids) - total * w) < sum(poids)


@settings(deadline=None)
@given(campagnes, dossiers())
def test_la_ventilation_par_og_fait_le_projet_au_centime(campagne, d) -> None:
    resultat = financer_dossier(d, charger(campagne))
    for poste in POSTES:
        assert sum(p.postes_cents[poste] for p in resultat.parts) == resultat.projet.postes_cents[poste]
    assert sum(p.total_cents for p in resultat.parts) == resultat.projet.total_cents
    assert sum(m for _, _, m in resultat.par_annee) == resultat.projet.total_cents
    assert sum(p.essms for p in resultat.parts) == resultat.demande.essms


@given(campagnes, dossiers(), st.data())
def test_effacer_une_reponse_n_aide_jamais(campagne, d, data) -> None:
    k = charger(campagne)

    def bilan() -> tuple[int, int, int]:
        satisfaits = sum(p.verdict is Verdict.SATISFAIT for p in points(d, k, JOUR))
        fournies = sum(e.satisfaite for e in etat_pieces(d, k))
        return satisfaits, financer_dossier(d, k).projet.total_cents, fournies

    cibles: list[tuple[object, str, object]] = [(d, f, None) for f in FAITS_DOSSIER]
    cibles += [(d.solutions[0], f, None) for f in FAITS_SOLUTION]
    cibles += [(o, "nb_essms_total", None) for o in d.ogs]
    cibles += [(e, f, None) for e in d.essms[:4] for f in FAITS_ESSMS]
    cibles += [(e, f, "") for e in d.essms[:4] for f in VIDES_ESSMS]
    avant = bilan()
    objet, champ, vide = data.draw(st.sampled_from(cibles), label="effacé")
    setattr(objet, champ, vide)
    if champ == "categorie":
        objet.champ = None
    apres = bilan()
    assert all(a >= b for a, b in zip(avant, apres, strict=True)), (champ, avant, apres)


@settings(deadline=None)
@given(campagnes, st.sampled_from(TypeProjet), st.lists(st.integers(0, 20), max_size=3))
def test_rien_de_repondu_rien_de_declare_n_est_satisfait(campagne, type_projet, tailles) -> None:
    d = dossier(*tailles, complet=False, type_projet=type_projet)
    d.solutions[0].retenue = False
    for e in d.essms:
        for fait in FAITS_ESSMS:
            setattr(e, fait, None)
    k = charger(campagne)
    sans_objet = k.recevabilite.points_sans_objet.valeur
    for point in points(d, k, JOUR):
        if point.numero in (6, 7, 8, 9, 10) and point.numero not in sans_objet:
            assert point.verdict is Verdict.A_VERIFIER
