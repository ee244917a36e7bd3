"""The one reader of tables: encodings, workbooks, headers anywhere, what is left out; each refusal has its cause."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.echanges.tables.grille import Cellule, Genre, Source
from esms_desktop.echanges.tables.source import lire_fichier, lire_octets
from esms_desktop.echanges.tables.texte import presse_papiers
from esms_desktop.errors import ErreurSaisie

from .fabrique import plat
from .listes import classeur, ligne, lu, texte

TITRES = ["Nom de la structure", "N° FINESS ET", "Nb places", "Ville"]
CORPS = [["IME L’Étoile", "010787976", 65, "Oyonnax"], ["CMPP Cœur", "010828168", 115, "Châtillon"]]


def textes(source: Source) -> list[list[str]]:
    return [[c.texte for _, c in sorted(r.cellules.items())] for r in source.grilles[0].rangees]


@pytest.mark.parametrize(
    "codage", ["utf-8", "utf-8-sig", "cp1252", "mac-roman", "utf-16", "utf-16-le", "utf-16-be", "cp850"]
)
@pytest.mark.parametrize("separateur", [";", ",", "\t", "|"])
def test_un_csv_se_lit_quel_que_soit_son_codage(codage: str, separateur: str) -> None:
    rangees = [
        ["Nom", "Commune", "Places"],
        [
            "Foyer Cœur Été" if codage != "cp850" else "Foyer Été",
            "Île-d’Abeau" if codage != "cp850" else "Mâcon",
            "12",
        ],
    ]
    source = lire_octets("\r\n".join(separateur.join(r) for r in rangees).encode(codage), "liste.csv")
    assert textes(source) == rangees


def test_une_cellule_entre_guillemets_garde_son_saut_de_ligne_et_son_separateur() -> None:
    assert textes(presse_papiers('"a\nb"\t"c ""d"""\ne\tf\n')) == [["a\nb", 'c "d"'], ["e", "f"]]


def test_un_guillemet_seul_n_avale_pas_les_lignes_d_apres() -> None:
    lus = textes(presse_papiers("Nom\tPlaces\n\"IME l'Étoile\t65\nCMPP\t115\nMAS\t12"))
    assert [ligne[-1] for ligne in lus] == ["Places", "65", "115", "12"]


def test_excel_dit_son_separateur_sur_la_premiere_ligne() -> None:
    source = lire_octets(b"sep=,\r\nNom,Places\r\nMAS,12\r\n", "l.csv")
    assert textes(source) == [["Nom", "Places"], ["MAS", "12"]]
    assert source.grilles[0].rangees[1].cellules[0].adresse == "A3"


@pytest.mark.parametrize("decalage", [0, 1, 5, 19])
def test_l_entete_se_trouve_sur_l_une_des_vingt_premieres_lignes(decalage: int) -> None:
    dessus = [[f"Association fictive, page {i}"] for i in range(decalage)]
    tableau = lu(lire_octets(classeur([*dessus, TITRES, *CORPS, ["TOTAL", None, 180]]), "l.xlsx"))
    assert (tableau.entete, [c.rubrique for c in tableau.colonnes]) == (
        decalage + 1,
        ["nom", "finess", "capacite", "commune"],
    )
    assert [li.cellules["nom"].texte for li in tableau.lignes] == ["IME L’Étoile", "CMPP Cœur"]
    assert len(tableau.laisses) == decalage + 1 and "total" in str(tableau.laisses[-1])


def test_une_ligne_de_total_un_titre_de_partie_et_des_titres_repetes_sont_laisses_et_dits() -> None:
    def fusionner(wb: Any) -> None:
        wb.active.merge_cells("A3:D3")

    octets = classeur(
        [TITRES, CORPS[0], ["Pôle adultes"], TITRES, CORPS[1], [], ["Sous-total", None, 180]], apres=fusionner
    )
    tableau = lu(lire_octets(octets, "l.xlsx"))
    assert [li.numero for li in tableau.lignes] == [2, 5]
    dits = {x.adresse: x.raison for x in tableau.laisses}
    assert set(dits) == {"A3", "A4", "A7"} and "partie" in dits["A3"] and "répétés" in dits["A4"]


def test_une_cellule_fusionnee_vaut_pour_les_lignes_du_dessous_et_pas_pour_les_colonnes_d_a_cote() -> None:
    def fusionner(wb: Any) -> None:
        wb.active.merge_cells("D2:D3")
        wb.active.merge_cells("A2:B2")

    octets = classeur(
        [TITRES, ["IME L’Étoile", None, 65, "Oyonnax"], ["MAS", "010876605", 110, None]], apres=fusionner
    )
    premiere, seconde = lu(lire_octets(octets, "l.xlsx")).lignes
    assert seconde.cellules["commune"].texte == "Oyonnax"
    assert "finess" not in premiere.cellules


def test_des_titres_sur_deux_lignes_se_lisent_ensemble() -> None:
    def fusionner(wb: Any) -> None:
        for plage in ("A1:A2", "B1:B2", "C1:D1"):
            wb.active.merge_cells(plage)

    rangees = [
        ["Établissement", "FINESS", "Capacité", None],
        [None, None, "autorisée", "occupée"],
        ["MAS", "010876605", 110, 98],
    ]
    tableau = lu(lire_octets(classeur(rangees, apres=fusionner), "l.xlsx"))
    (seule,) = tableau.lignes
    assert {n: c.texte for n, c in seule.cellules.items()} == {
        "nom": "MAS",
        "finess": "010876605",
        "capacite": "110",
    }


def test_la_feuille_qui_ressemble_a_une_liste_est_lue_et_les_autres_dites() -> None:
    def cacher(wb: Any) -> None:
        wb.worksheets[2].sheet_state = "hidden"
        wb.worksheets[1].row_dimensions[2].hidden = True

    octets = classeur([["Voir l’onglet suivant"]], [TITRES, *CORPS], [TITRES, *CORPS, *CORPS], apres=cacher)
    tableau = lu(lire_octets(octets, "l.xlsx"))
    assert tableau.feuille == "Feuille 2"
    dit = plat(" ".join(tableau.remarques))
    assert "« Feuille 1 »" in dit and "« Feuille 3 » (masquée)" in dit and "1 ligne masquée" in dit
    assert len(lu(lire_octets(octets, "l.xlsx"), feuille="Feuille 3").lignes) == 4


def test_les_valeurs_des_nombres_des_dates_et_des_formules() -> None:
    octets = classeur([[750000012.0, date(2023, 3, 14), True, "=A1+1", 0.1 + 0.2, 77907796500720]])
    cellules = lire_octets(octets, "l.xlsx").grilles[0].rangees[0].cellules
    assert {c.texte: c.genre for c in cellules.values()} == {
        "750000012": Genre.NOMBRE,
        "14/03/2023": Genre.DATE,
        "vrai": Genre.BOOLEEN,
        # openpyxl keeps no value for a formula.
        "=": Genre.FORMULE,
        "0,3": Genre.NOMBRE,
        "77907796500720": Genre.NOMBRE,
    }


def test_deux_colonnes_qui_disent_la_meme_chose_la_plus_sure_est_lue_et_l_autre_dite() -> None:
    tableau = lu(
        "Nom du directeur\tNom\tFINESS\tCapacité installée en 2020\tCapacité autorisée\nX\tMAS\t010876605\t9\t110\n"
    )
    assert {c.titre: c.rubrique for c in tableau.colonnes}["Capacité autorisée"] == "capacite"
    assert "une autre dit déjà" in " ".join(map(str, tableau.laisses))


@pytest.mark.parametrize(
    ("titres", "lues"),
    [
        ("Nom|Prénom|Établissement|FINESS", {"Établissement": "nom", "FINESS": "finess"}),
        ("Nom|Prénom|FINESS|Places", {"FINESS": "finess", "Places": "capacite"}),
        ("Nom|Structure|FINESS", {"Structure": "nom", "FINESS": "finess"}),
        (
            "Libellé|N° FINESS ET|N° FINESS EJ|SIREN",
            {"Libellé": "nom", "N° FINESS ET": "finess", "N° FINESS EJ": "og_finess", "SIREN": "og_siren"},
        ),
        (
            "ESMS|Numéro FINESS géographique|Code INSEE commune|Commune",
            {"ESMS": "nom", "Numéro FINESS géographique": "finess", "Commune": "commune"},
        ),
        (
            "Raison sociale|Adresse|Adresse mail|CP|Ville",
            {"Raison sociale": "nom", "Adresse": "adresse", "CP": "code_postal", "Ville": "commune"},
        ),
        (
            "Organisme gestionnaire|Nom de l'établissement ou du service|Type d'établissement|Capacité installée|Capacité autorisée",
            {
                "Organisme gestionnaire": "og",
                "Nom de l'établissement ou du service": "nom",
                "Type d'établissement": "categorie",
                "Capacité autorisée": "capacite",
            },
        ),
        (
            "Nom|Places|Places occupées|Date de prise de capacité|DUI actuel (éditeur)|Logiciel paie",
            {"Nom": "nom", "Places": "capacite", "DUI actuel (éditeur)": "dui_actuel"},
        ),
        (
            "nofinesset;nofinessej;rs;categetab;siret".replace(";", "|"),
            {
                "nofinesset": "finess",
                "nofinessej": "og_finess",
                "rs": "nom",
                "categetab": "categorie",
                "siret": "siret",
            },
        ),
    ],
)
def test_les_titres_que_l_on_rencontre(titres: str, lues: dict[str, str]) -> None:
    noms = titres.split("|")
    tableau = lu("\t".join(noms) + "\n" + "\t".join("x" for _ in noms))
    assert {c.titre: c.rubrique for c in tableau.colonnes if c.rubrique} == lues


def test_une_colonne_se_choisit_a_la_main() -> None:
    donne = "Machin\tTruc\n010876605\t110\n"
    with_choix = lu(donne, choix={"machin": "finess", "truc": "capacite"})
    assert [c.rubrique for c in with_choix.colonnes] == ["finess", "capacite"] and with_choix.entete == 1
    assert lu("Nom\tPlaces\nMAS\t110", choix={"places": ""}).rubriques == {"nom"}


def test_une_liste_sans_titres_se_devine_par_ce_que_disent_ses_cellules() -> None:
    donne = "\n".join(f"{x['Nom']}\t{x['FINESS']}\t{x['SIRET']}\t{x['Type']}" for x in map(ligne, range(4)))
    tableau = lu(donne)
    assert [c.rubrique for c in tableau.colonnes] == ["nom", "finess", "siret", "categorie"]
    assert (tableau.entete, len(tableau.lignes)) == (0, 4)


REFUS = {
    "vide": (b"", "vide"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "html": (b"<html><table><tr><td>Nom</td></tr></table></html>", "page web"),
    "annuaire": (b"finess;etalab;96;2026-05-12\n", "annuaire FINESS national"),
    "annuaire JSON": (b'{"generatedAt": "2026-08-13", "pmej": []}', "annuaire FINESS national"),
    "json": (b'{"a": 1}', "JSON"),
    "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ancien format"),
    "mot de passe": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "mot de passe",
    ),
    "coupé": (classeur([TITRES, *CORPS])[:-400], "abîmé"),
    "image": (b"\x89PNG\r\n\x1a\n", "image"),
    "octets": (bytes(range(256)) * 20, "lisible"),
    "sans ligne": (b"Nom;FINESS\n", "aucune ligne"),
}


@pytest.mark.parametrize("cas", REFUS)
def test_ce_qui_n_est_pas_une_liste_est_refuse_avec_sa_cause(cas: str) -> None:
    octets, cause = REFUS[cas]
    with pytest.raises(ErreurSaisie) as refus:
        lu(lire_octets(octets, "l.xlsx"))
    assert cause in plat(str(refus.value)) and refus.value.remede


def test_une_bombe_est_refusee_sans_etre_depliee() -> None:
    source = io.BytesIO(classeur([TITRES, *CORPS]))
    gros = io.BytesIO()
    with zipfile.ZipFile(source) as avant, zipfile.ZipFile(gros, "w", zipfile.ZIP_DEFLATED) as apres:
        for nom in avant.namelist():
            apres.writestr(nom, avant.read(nom))
        apres.writestr("xl/sharedStrings.xml", b" " * (65 * 2**20))
    with pytest.raises(ErreurSaisie, match="trop gros"):
        lire_octets(gros.getvalue(), "bombe.xlsx")


def test_des_milliers_de_lignes_vides_et_mises_en_forme_ne_comptent_pas() -> None:
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.append(TITRES)
    ws.append(CORPS[0])
    tampon = io.BytesIO()
    wb.save(tampon)
    vides = "".join(f'<row r="{i}" ht="12"><c r="A{i}" s="0"/></row>' for i in range(3, 30_000))
    sortie = io.BytesIO()
    with zipfile.ZipFile(tampon) as avant, zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as apres:
        for nom in avant.namelist():
            contenu = avant.read(nom).decode()
            if nom.endswith("sheet1.xml"):
                contenu = contenu.replace("</sheetData>", f"{vides}</sheetData>")
            apres.writestr(nom, contenu)
    (seule,) = lu(lire_octets(sortie.getvalue(), "l.xlsx")).lignes
    assert seule.numero == 2


def test_un_titre_qui_se_suffit_ne_prend_pas_celui_du_dessus() -> None:
    def fusionner(wb: Any) -> None:
        wb.active.merge_cells("A1:B1")
        wb.active.merge_cells("C1:D1")

    rangees = [
        ["Identité", None, "Capacité", None],
        ["Nom", "FINESS", "Autorisée", "HT"],
        ["MAS", "010876605", 110, 2],
    ]
    tableau = lu(lire_octets(classeur(rangees, apres=fusionner), "l.xlsx"))
    assert [c.rubrique for c in tableau.colonnes] == ["nom", "finess", "capacite", ""]


def test_des_lignes_de_csv_restees_dans_une_cellule_se_coupent() -> None:
    tableau = lu(
        lire_octets(classeur([["Nom;FINESS;Places"], ["MAS;010876605;110"], ['"A;B";010787976;2']]), "l.xlsx")
    )
    assert [[c.texte for c in li.cellules.values()] for li in tableau.lignes] == [
        ["MAS", "010876605", "110"],
        ["A;B", "010787976", "2"],
    ]
    assert tableau.lignes[0].cellules["finess"].adresse == "A2" and "coupée" in tableau.remarques[0]


def test_un_tableau_ecrit_de_haut_en_bas_est_refuse() -> None:
    with pytest.raises(ErreurSaisie, match="transposant"):
        lu("Nom\tIME A\nFINESS\t010787976\nPlaces\t65\nCommune\tOyonnax")


def test_un_fichier_absent_ou_un_dossier_se_dit(tmp_path: Path) -> None:
    for chemin in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(ErreurSaisie, match="n’a pas pu être lu"):
            lire_fichier(chemin)


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=9), max_size=6))
def test_aucun_texte_ne_fait_tomber_la_lecture(bloc: list[list[str]]) -> None:
    try:
        tableau = lu("\n".join("\t".join(r) for r in bloc))
    except ErreurSaisie as refus:
        assert refus.message
    else:
        assert all(isinstance(c, Cellule) for li in tableau.lignes for c in li.cellules.values())


@given(st.binary(max_size=300))
def test_aucun_fichier_ne_fait_tomber_la_lecture(octets: bytes) -> None:
    for debut in (b"", b"PK\x03\x04", classeur([TITRES])[:300]):
        try:
            lire_octets(debut + octets, "l.xlsx")
        except ErreurSaisie as refus:
            assert refus.message


def test_tout_ce_que_la_feuille_disait_est_lu_ou_laisse() -> None:
    lignes = [ligne(r) for r in range(3)]
    tableau = lu(texte(lignes))
    assert [[c.texte for c in li.cellules.values()] for li in tableau.lignes] == [
        [str(v) for v in x.values()] for x in lignes
    ]
