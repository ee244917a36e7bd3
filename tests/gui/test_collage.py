"""The paste from a spreadsheet: what is read, what is refused and why; nothing is written here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Dossier, Essms, Og, Solution
from esms_desktop.nomenclature.categories import lire_categorie, lire_champ
from esms_desktop.nomenclature.territoires import lire_departement
from esms_desktop.nomenclature.vocabulaire import Champ, TypeProjet
from ui.models import valeurs
from ui.models.collage import analyser, lignes_collees
from ui.pages.grappe.modele_essms import COLONNES

TOUTES = list(range(len(COLONNES)))
TITRES = [c.titre for c in COLONNES]


def _dossier(nombre: int = 3) -> Dossier:
    dossier = Dossier(nom="D", campagne_id="2023", type_projet=TypeProjet.ACQUISITION)
    dossier.solutions = [Solution(id=7, nom="Dui+")]
    og = Og(nom="APEI", sigle="APEI", dossier=dossier)
    og.essms = [Essms(id=i + 1, nom=f"Foyer {i + 1}") for i in range(nombre)]
    return dossier


def _depuis(titre: str) -> list[int]:
    return TOUTES[TITRES.index(titre) :]


def test_un_bloc_se_lit_cellule_par_cellule() -> None:
    dossier = _dossier()
    texte = "Ivry\t94\t42\r\nMarseille\tBouches-du-Rhône\t\r\n"
    collage = analyser(texte, dossier.essms, _depuis("Commune"), dossier)
    assert collage.fautes == ()
    assert collage.champs == {
        1: {"commune": "Ivry", "departement": "94", "capacite": 42},
        2: {"commune": "Marseille", "departement": "13", "capacite": None},
    }
    assert collage.valeurs == 6


def test_les_fautes_disent_leur_ligne_et_les_bonnes_valeurs_restent_offertes() -> None:
    dossier = _dossier(2)
    texte = "42\nbeaucoup\n12\n"
    collage = analyser(texte, dossier.essms, _depuis("Capacité"), dossier)
    assert collage.champs == {1: {"capacite": 42}}
    assert [(f.ligne, f.colonne) for f in collage.fautes] == [(2, "Capacité"), (3, "ligne entière")]
    assert "« beaucoup »" in str(collage.fautes[0])
    assert "nombre entier" in str(collage.fautes[0])


def test_une_seule_valeur_va_a_toutes_les_lignes_choisies() -> None:
    dossier = _dossier()
    collage = analyser("Dui+", dossier.essms, _depuis("Solution"), dossier, repeter=3)
    assert collage.champs == {i: {"solution_id": 7} for i in (1, 2, 3)}


def test_la_categorie_donne_son_libelle_et_son_champ() -> None:
    dossier = _dossier(1)
    collage = analyser("500", dossier.essms, _depuis("Catégorie"), dossier)
    assert collage.champs[1]["categorie"] == "500"
    assert collage.champs[1]["champ"] is Champ.PA
    assert collage.champs[1]["categorie_libelle"]


def test_une_colonne_calculee_ne_se_colle_pas() -> None:
    dossier = _dossier(1)
    assert analyser("APEI", dossier.essms, _depuis("Organisme"), dossier).fautes == ()
    assert analyser("Autre", dossier.essms, _depuis("Organisme"), dossier).fautes


def test_une_cellule_entre_guillemets_garde_son_saut_de_ligne() -> None:
    assert lignes_collees('"a\nb"\tc\nd\te\n') == [["a\nb", "c"], ["d", "e"]]


@pytest.mark.parametrize(
    ("lecture", "saisi", "attendu"),
    [
        (lire_departement, "94", "94"),
        (lire_departement, "1", "01"),
        (lire_departement, "971", "9A"),
        (lire_departement, "2a", "2A"),
        (lire_departement, "val-de-marne", "94"),
        (lire_departement, "94 Val-de-Marne", "94"),
        (lire_champ, "Domicile", Champ.DOM),
        (lire_champ, "ph", Champ.PH),
        (lire_champ, "", None),
        (francais.lire_entier, "1\u00a0250", 1250),
        (valeurs.finess, "06 002 044 3", "060020443"),
        (valeurs.siret, "", ""),
    ],
)
def test_ce_qui_se_comprend(lecture, saisi, attendu) -> None:
    assert lecture(saisi) == attendu


@pytest.mark.parametrize(
    ("lecture", "saisi"),
    [
        (lire_departement, "Atlantide"),
        (lire_champ, "XYZ"),
        (francais.lire_entier, "-4"),
        (francais.lire_entier, "12,5"),
        (valeurs.finess, "060020444"),
        (valeurs.siret, "123"),
        (lire_categorie, "99999"),
        (valeurs.texte_obligatoire, "   "),
        (valeurs.texte, "x" * 301),
    ],
)
def test_ce_qui_est_refuse_dit_pourquoi(lecture, saisi) -> None:
    with pytest.raises(ErreurSaisie) as refus:
        lecture(saisi)
    assert refus.value.message


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=13), max_size=6))
def test_aucun_bloc_ne_fait_tomber_la_lecture(bloc) -> None:
    dossier = _dossier()
    texte = "\n".join("\t".join(ligne) for ligne in bloc)
    collage = analyser(texte, dossier.essms, TOUTES, dossier)
    assert set(collage.champs) <= {1, 2, 3}
