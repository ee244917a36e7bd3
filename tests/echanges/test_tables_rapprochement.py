"""A list against a grappe: who its lines are about, never their place; the same whatever the order of rows and columns."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from esms_desktop.echanges.tables.ecarts import EtatAnnuaire, OgVoulu
from esms_desktop.echanges.tables.rapprochement import OG_A_NOMMER
from esms_desktop.nomenclature.vocabulaire import Champ
from tests.conftest import DONNEES

from .fabrique import plat
from .listes import dits, ecarts, essms, finess, grappe, ligne, siret, texte

GRAPPE = 6


def test_une_liste_dans_une_grappe_vide_cree_ses_lignes() -> None:
    r = ecarts(grappe(ogs=0), texte([ligne(0), ligne(1)]))
    assert [n.nom for n in r.nouveaux] == ["EHPAD Les Glycines 0", "MAS Le Bosquet 1"]
    assert {n.og.titre for n in r.nouveaux} == {OG_A_NOMMER}
    colonnes = r.nouveaux[0].colonnes
    assert (colonnes["finess"], colonnes["categorie"], colonnes["champ"]) == (finess(0), "500", Champ.PA)
    assert (colonnes["departement"], colonnes["capacite"]) == ("01", 10)


def test_une_ligne_se_reconnait_par_son_finess_meme_si_tout_le_reste_a_change() -> None:
    r = ecarts(grappe(3), texte([ligne(1) | {"Nom": "Autre nom", "SIRET": siret(50), "Places": 99}]))
    assert {(c.essms.id, c.champ, c.avant, c.apres) for c in r.changes} == {
        (2, "nom", "MAS Le Bosquet 1", "Autre nom"),
        (2, "siret", siret(1), siret(50)),
        (2, "categorie", "—", "255 M.A.S."),
        (2, "champ", "—", "PH"),
        (2, "capacite", "11", "99"),
    }
    assert {c.champ: c.cellule for c in r.changes}["capacite"] == "E2"


def test_sans_finess_par_son_siret_puis_par_son_nom_et_sa_commune() -> None:
    dossier = grappe(3)
    r = ecarts(dossier, texte([{"Nom": "M.A.S. Le Bosquet", "SIRET": siret(1), "Places": 5}]))
    assert [(c.essms.id, c.champ) for c in r.changes] == [(2, "nom"), (2, "capacite")]
    r = ecarts(dossier, texte([{"Nom": "IME L'ETOILE 2", "Commune": "BOURG EN BRESSE", "Places": 5}]))
    assert [(c.essms.id, c.champ, c.apres) for c in r.changes] == [(3, "capacite", "5")]
    # The same name elsewhere is somebody else.
    r = ecarts(dossier, texte([{"Nom": "IME L'ETOILE 2", "Commune": "Oyonnax", "Places": 5}]))
    assert not r.changes and [n.nom for n in r.nouveaux] == ["IME L'ETOILE 2"]


def test_un_essms_sans_numero_recoit_le_sien_et_cela_se_voit() -> None:
    dossier = grappe(1)
    dossier.essms[0].finess = ""
    r = ecarts(dossier, texte([ligne(0)]))
    assert ("finess", "—", finess(0)) in {(c.champ, c.avant, c.apres) for c in r.changes}
    # A SIRET of several places does not make the one of the other.
    r = ecarts(dossier, texte([ligne(5) | {"SIRET": siret(0)}]))
    assert not r.changes and len(r.nouveaux) == 1


A_DECIDER = [
    ("doublon", [ligne(1) | {"Places": 1}, ligne(1) | {"Places": 2}]),
    ("inconnu", [{"FINESS": finess(40), "Places": 3}]),
    ("cle", [ligne(1) | {"FINESS": "010854116"}]),
    ("autre-numero", [ligne(1) | {"FINESS": finess(40)}]),
    ("autre-nom", [{"Nom": "SAVS tout à fait différent", "SIRET": siret(1)}]),
    ("sans-nom", [{"Commune": "Oyonnax", "Places": 3, "Nom": ""}]),
]


@pytest.mark.parametrize(("genre", "lignes"), A_DECIDER)
def test_ce_qui_doit_etre_decide_n_est_ni_ecrit_ni_perdu(genre: str, lignes: list[dict[str, object]]) -> None:
    r = ecarts(grappe(3), texte(lignes))
    assert [a.genre for a in r.a_decider] == [genre]
    assert r.vide and r.inchanges == 0
    assert r.a_decider[0].choix[0].code == "laisser" and r.a_decider[0].cellules[0]


def test_ce_qui_est_decide_se_fait() -> None:
    lignes = [ligne(1) | {"Places": 1}, ligne(1) | {"Places": 2}, ligne(9) | {"FINESS": "010854116"}]
    dossier = grappe(3)
    r = ecarts(dossier, texte(lignes), decisions={"2+3": "garder:3", "4": "ajouter"})
    assert ("capacite", "2") in {(c.champ, c.apres) for c in r.changes}
    (neuf,) = r.nouveaux
    assert neuf.nom == ligne(9)["Nom"] and "finess" not in neuf.colonnes
    assert [a.retenu for a in r.a_decider] == ["garder:3", "ajouter"]
    # A choice that no longer stands is no choice.
    assert ecarts(dossier, texte(lignes), decisions={"2+3": "garder:77"}).vide


def test_deux_lignes_qui_disent_la_meme_chose_n_en_font_qu_une_et_cela_se_dit() -> None:
    r = ecarts(grappe(), texte([ligne(1), ligne(1)]))
    assert len(r.nouveaux) == 1 and "ligne 3" in str(r.laisses[-1])


def test_un_nouvel_essms_d_une_grappe_de_plusieurs_organismes_attend_le_sien() -> None:
    dossier = grappe(0, ogs=2)
    r = ecarts(dossier, texte([ligne(1)]))
    assert [a.genre for a in r.a_decider] == ["organisme"]
    assert [c.code for c in r.a_decider[0].choix] == ["laisser", "ajouter:1", "ajouter:2"]
    choisi = ecarts(dossier, texte([ligne(1)]), decisions={"2": "ajouter:2"})
    assert [n.og.titre for n in choisi.nouveaux] == ["Association 2"]
    nommee = ecarts(dossier, texte([ligne(1) | {"Gestionnaire": "ASSOCIATION 2"}]))
    assert [n.og.titre for n in nommee.nouveaux] == ["Association 2"]
    impose = ecarts(dossier, texte([ligne(1)]), og=OgVoulu(dossier.ogs[0]))
    assert [n.og.titre for n in impose.nouveaux] == ["Association 1"]


def test_un_numero_que_l_annuaire_dit_ferme_se_decide() -> None:
    ferme = EtatAnnuaire("X", False, date(2022, 12, 31))
    r = ecarts(grappe(), texte([ligne(1), ligne(2)]), annuaire=lambda n: ferme if n == finess(1) else None)
    assert [a.genre for a in r.a_decider] == ["ferme"] and "31/12/2022" in r.a_decider[0].raison
    assert [n.nom for n in r.nouveaux] == [ligne(2)["Nom"]]


def test_une_cellule_vide_n_efface_rien_et_une_valeur_refusee_est_dite_avec_sa_cellule() -> None:
    r = ecarts(grappe(3), texte([ligne(1) | {"Places": "beaucoup", "SIRET": ""}]))
    assert {c.champ for c in r.changes} == {"categorie", "champ"}
    (refus,) = r.refus
    assert (refus.cellule, refus.avant) == ("E2", "beaucoup")


def test_la_casse_et_les_accents_ne_sont_pas_un_changement_ni_un_ancien_nom_de_categorie() -> None:
    dossier = grappe(5)
    dossier.essms[4].categorie = "448"
    r = ecarts(dossier, texte([ligne(4) | {"Nom": "FAM JEAN ZAY 4", "Commune": "AMBERIEU EN BUGEY"}]))
    assert r.vide and r.inchanges == 1


@pytest.fixture(scope="module")
def lignes() -> list[dict[str, object]]:
    """Six of the grappe, four of which say something new, and three that it does not have."""
    connues = [ligne(r) | ({"Places": 500 + r} if r % 3 else {}) for r in range(GRAPPE)]
    return [*connues, *(ligne(r) for r in (20, 21, 22))]


@given(data=st.data())
def test_l_ordre_des_lignes_et_des_colonnes_ne_change_rien(
    data: st.DataObject, lignes: list[dict[str, object]]
) -> None:
    dossier = grappe(GRAPPE)
    droit = ecarts(dossier, texte(lignes))
    autres = data.draw(st.permutations(lignes))
    colonnes = data.draw(st.permutations(list(lignes[0])))
    assert dits(ecarts(dossier, texte(autres, colonnes))) == dits(droit)


@given(data=st.data())
def test_une_partie_des_lignes_change_ce_qu_elles_changent(
    data: st.DataObject, lignes: list[dict[str, object]]
) -> None:
    dossier = grappe(GRAPPE)
    partie = data.draw(st.lists(st.sampled_from(lignes), min_size=1, unique_by=id))
    entier = ecarts(dossier, texte(lignes))
    noms = {str(x["Nom"]) for x in partie}
    vu = ecarts(dossier, texte(partie))
    assert {(c.essms.nom, c.champ, c.apres) for c in vu.changes} == {
        (c.essms.nom, c.champ, c.apres) for c in entier.changes if c.essms.nom in noms
    }
    assert {n.nom for n in vu.nouveaux} == {n.nom for n in entier.nouveaux if n.nom in noms}


_NUMEROS = st.sampled_from([*(finess(r) for r in range(5)), "", "010854116", "10854115", "7,5E+08", "NC"])
_SIRETS = st.sampled_from([*(siret(r) for r in range(5)), "", "123"])
_NOMS = st.sampled_from([*(str(ligne(r)["Nom"]) for r in range(4)), "", "Foyer", "TOTAL"])


@given(st.lists(st.tuples(_NUMEROS, _SIRETS, _NOMS), min_size=1, max_size=6))
def test_aucun_numero_ne_change_sans_etre_montre(tirees: list[tuple[str, str, str]]) -> None:
    assume(any(t != ("", "", "TOTAL") for t in tirees))
    dossier = grappe(4)
    donne = [{"FINESS": f, "SIRET": s, "Nom": n, "Places": 3} for f, s, n in tirees]
    r = ecarts(dossier, texte(donne))
    for change in r.changes:
        # What is written is what is shown, and nothing else of an identity.
        ecrits = {k for k in change.colonnes if k in ("finess", "siret", "nom")}
        assert ecrits <= {change.champ}
        assert change.apres != change.avant
    comptees = (
        {x.adresse for x in r.laisses} | {c.cellule for c in r.changes} | {n.cellule for n in r.nouveaux}
    )
    assert comptees or r.inchanges or r.a_decider or r.refus
    # No two ESSMS of the grappe end up with the same good number.
    numeros = {e.id: e.finess for e in dossier.essms} | {
        c.essms.id: c.apres for c in r.changes if c.champ == "finess"
    }
    tous = [*numeros.values(), *(n.colonnes["finess"] for n in r.nouveaux if "finess" in n.colonnes)]
    assert len(tous) == len(set(tous))


@pytest.mark.skipif(not (DONNEES / "cas/listes").is_dir(), reason="données réelles absentes")
def test_la_mise_a_jour_donnee_se_lit_comme_elle_est_ecrite() -> None:
    from esms_desktop.echanges.tables.liste_essms import lire_liste

    dossier = grappe()
    numeros = ("010876605", "010811248", "010828168", "010783934", "010880094", "010820504")
    dossier.ogs[0].essms = [essms(i, finess=n, nom=f"E{i}") for i, n in enumerate(numeros)]
    chemin = DONNEES / "cas/listes/03-mise-a-jour-doublon-inconnu-faux.xlsx"
    r = ecarts(dossier, lire_liste(chemin))
    assert {(c.essms.finess, c.apres, c.cellule) for c in r.changes} == {
        ("010811248", "47", "B3"),
        ("010828168", "116", "B4"),
        ("010783934", "17", "B5"),
        ("010880094", "50", "B6"),
        ("010820504", "72", "B7"),
    }
    assert [(a.genre, a.cellules) for a in r.a_decider] == [
        ("doublon", ("B2", "B8")),
        ("cle", ("A9",)),
        ("inconnu", ("A10",)),
    ]
    assert "111" in plat(r.a_decider[0].choix[1].libelle) and "999" in r.a_decider[0].choix[2].libelle


@given(data=st.data(), tirees=st.lists(st.tuples(_NUMEROS, _SIRETS, _NOMS), min_size=2, max_size=6))
def test_l_ordre_ne_change_rien_meme_quand_des_lignes_se_contredisent(
    data: st.DataObject, tirees: list[tuple[str, str, str]]
) -> None:
    assume(any(t != ("", "", "TOTAL") for t in tirees))
    lignes = [{"FINESS": f, "SIRET": s, "Nom": n, "Places": i % 2} for i, (f, s, n) in enumerate(tirees)]
    autres = data.draw(st.permutations(lignes))
    dossier = grappe(4)
    assert dits(ecarts(dossier, texte(autres))) == dits(ecarts(dossier, texte(lignes)))


def test_ce_qui_ne_change_pas_se_compte() -> None:
    dossier = grappe(3)
    for e in dossier.essms:
        e.categorie = {1: "500", 2: "255", 3: "183"}[e.id]
    r = ecarts(dossier, texte([ligne(0), ligne(1) | {"Places": 99}, ligne(2)]))
    assert (r.inchanges, [c.champ for c in r.changes]) == (2, ["capacite"])
