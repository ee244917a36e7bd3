"""The paste from a spreadsheet over a list: what is read, what is refused and why; nothing is written here."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.nomenclature.categories import lire_categorie, lire_champ
from esms_desktop.nomenclature.territoires import lire_departement
from esms_desktop.nomenclature.vocabulaire import Champ
from ui.models import saisie, valeurs
from ui.models.collage_lignes import CollageLignes, analyser
from ui.models.saisie import ColonneSaisie


@dataclass
class Achat:
    nom: str
    pour: str = ""
    nombre: int | None = None


COLONNES: tuple[ColonneSaisie[Achat], ...] = (
    ColonneSaisie("Nom", lambda a: a.nom, lire=saisie.ligne_obligatoire("nom"), obligatoire=True),
    ColonneSaisie("Pour qui", lambda a: a.pour, lire=saisie.ligne("pour"), repere=True),
    ColonneSaisie("Nombre", lambda a: str(a.nombre or ""), lire=saisie.entier("nombre")),
    ColonneSaisie("Total", lambda a: "12"),
)


def coller(texte: str, *achats: Achat, **options: Any) -> CollageLignes[Achat]:
    return analyser(texte, COLONNES, None, achats, toutes=achats, **options)  # type: ignore[arg-type]


def changes(collage: CollageLignes[Achat]) -> list[tuple[str, dict[str, Any]]]:
    return [(a.nom, champs) for a, champs in collage.modifs]


def test_des_cellules_sans_titres_vont_de_la_courante_vers_le_bas() -> None:
    collage = coller("Tablette\t\t3\r\n\r\nÉcran\t\t\r\n", Achat("A"), Achat("B"), Achat("C"))
    assert changes(collage) == [
        ("A", {"nom": "Tablette", "pour": "", "nombre": 3}),
        ("C", {"nom": "Écran", "pour": "", "nombre": None}),
    ]
    assert collage.valeurs == 6 and not collage.fautes


def test_sous_des_titres_une_ligne_est_celle_de_son_nom_ou_qu_elle_soit() -> None:
    achats = (Achat("Tablette", "APEI"), Achat("Écran"), Achat("Tablette", "ADMR"))
    collage = coller("Nombre\tNom\tPour qui\n7\tTABLETTE\tadmr\n2\técran\t\n9\tCasque\t", *achats)
    assert [(id(a), c["nombre"]) for a, c in collage.modifs] == [(id(achats[2]), 7), (id(achats[1]), 2)]
    assert [n["nom"] for n in collage.neufs] == ["Casque"]


def test_sous_des_titres_rien_ne_depend_de_la_place() -> None:
    achats = (Achat("A"), Achat("B"), Achat("C"))
    lignes = ["A\t1", "B\t2", "C\t3"]
    for ordre in (lignes, lignes[::-1], lignes[1:]):
        collage = coller("\n".join(("Nom\tNombre", *ordre)), *achats, premiere=2)
        assert sorted((a.nom, c["nombre"]) for a, c in collage.modifs) == sorted(
            (x[0], int(x[2])) for x in ordre
        )


def test_deux_lignes_du_meme_nom_se_distinguent_par_le_reste_ou_sont_refusees() -> None:
    achats = (Achat("A", "", 1), Achat("A", "", 2))
    collage = coller("Nom\tNombre\nA\t2\nA\t1", *achats)
    assert [id(a) for a, _ in collage.modifs] == [id(achats[1]), id(achats[0])]
    with pytest.raises(ErreurSaisie, match="Plusieurs lignes"):
        coller("Nom\tNombre\nA\t5", *achats)


def test_des_lignes_pareilles_sont_chacune_d_un_seul_objet() -> None:
    achats = (Achat("A", "", 1), Achat("A", "", 1))
    collage = coller("Nom\tNombre\nA\t1\nA\t1\nA\t1", *achats)
    assert {id(a) for a, _ in collage.modifs} == set(map(id, achats)) and len(collage.neufs) == 1


def test_une_valeur_qui_est_aussi_un_titre_reste_une_valeur() -> None:
    collage = coller("Alice\nNombre\nBob", Achat("A"), Achat("B"), Achat("C"))
    assert [c["nom"] for _, c in collage.modifs] == ["Alice", "Nombre", "Bob"]


def test_un_total_et_une_colonne_inconnue_sont_laisses_et_dits() -> None:
    collage = coller("Achats 2023\n\nNom\tCouleur\tNombre\nA\tbleu\t3\nTOTAL\t\t3", Achat("A"))
    assert changes(collage) == [("A", {"nom": "A", "nombre": 3})]
    assert [x.split(",")[0] for x in collage.laisses] == ["A1", "colonne B", "A5"]


def test_une_liste_fermee_refuse_une_ligne_qu_elle_n_a_pas() -> None:
    collage = coller("Nom\tNombre\nB\t5", Achat("A"), ajoute=False)
    assert not collage.modifs and "aucune ligne" in str(collage.fautes[0])


def test_les_fautes_disent_leur_ligne_et_les_bonnes_valeurs_restent_offertes() -> None:
    collage = coller("42\nbeaucoup\n12\n", Achat("A"), Achat("B"), premiere=2, ajoute=False)
    assert changes(collage) == [("A", {"nombre": 42})]
    assert [(f.ligne, f.colonne) for f in collage.fautes] == [(2, "Nombre"), (3, "ligne entière")]
    assert "« beaucoup »" in str(collage.fautes[0])


def test_une_seule_valeur_va_a_toutes_les_lignes_choisies() -> None:
    collage = coller("4", Achat("A"), Achat("B"), Achat("C"), premiere=2, repeter=3)
    assert changes(collage) == [(nom, {"nombre": 4}) for nom in "ABC"]


def test_une_colonne_calculee_ne_se_colle_pas() -> None:
    assert coller("12", Achat("A"), premiere=3).fautes == []
    assert coller("13", Achat("A"), premiere=3).fautes


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


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=6), max_size=6))
def test_aucun_bloc_ne_fait_tomber_la_lecture(bloc: list[list[str]]) -> None:
    texte = "\n".join("\t".join(ligne) for ligne in bloc)
    try:
        collage = coller(texte, Achat("A"), Achat("B"))
    except ErreurSaisie as refus:
        assert refus.message
    else:
        assert {a.nom for a, _ in collage.modifs} <= {"A", "B"}
