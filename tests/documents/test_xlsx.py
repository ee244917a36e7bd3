"""Workbooks: live formulas with their values, balance checks, texts no spreadsheet calculates, LibreOffice as the judge."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.classeur import financement as classeur_financement
from esms_desktop.documents.classeur.classeur import (
    Classeur,
    ColonneXl,
    Difference,
    Equilibre,
    Euros,
    Feuille,
    LigneXl,
    Part,
    Rapport,
    Ref,
    Somme,
    TableXl,
    Total,
)
from esms_desktop.documents.classeur.rendu import rendre_xlsx, texte_sur
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import StatutSolution, TypeProjet
from esms_desktop.regles.financement.calcul import LIBELLES_POSTES
from esms_desktop.regles.financement.financement import financer_dossier

from .libreoffice import convertir
from .outils import fabriquer
from .xlsx_outils import cellules, classeur, formules

JOUR = date(2026, 2, 1)


def _sans_prix() -> Dossier:
    dossier = fabriquer(2, 8)
    dossier.solution.prix_cents = None
    dossier.date_convention = None
    dossier.ogs[1].nb_essms_total = None
    return dossier


def _conformite() -> Dossier:
    dossier = fabriquer(3, 24)
    dossier.type_projet = TypeProjet.CONFORMITE
    return dossier


def _centimes() -> Dossier:
    dossier = fabriquer(7, 3)
    dossier.solution.prix_cents = 12_345_677
    dossier.solution.statut = StatutSolution.EN_COURS
    return dossier


def _hostile() -> Dossier:
    dossier = fabriquer(3, 6)
    for og, nom in zip(dossier.ogs, ("=1+1", "@SUM(A1)", "Foyer 😀 & <fils> مرحبا\x07"), strict=True):
        og.nom = og.sigle = nom
    dossier.nom = '=Grappe & "co" &P'
    return dossier


CAS: dict[str, tuple[Callable[[], Dossier], str]] = {
    "complet": (lambda: fabriquer(3, 6), "2022"),
    "sans-prix": (_sans_prix, "2022"),
    "conformite": (_conformite, "sons-vague-1"),
    "centimes": (_centimes, "2023"),
    "hostile": (_hostile, "2022"),
    "soixante": (lambda: fabriquer(12, 5), "2021-amorcage"),
    "vide": (lambda: fabriquer(1, 0), "2022"),
}


def _toutes_les_operations() -> bytes:
    """A workbook with each kind of calculation where it could go wrong: halves of a cent, zero, negative, gaps in the rows."""
    return rendre_xlsx(
        classeur(
            LigneXl("a", ("a", Euros(101))),
            LigneXl("milieu", ("total au milieu", Total("montant")), "total"),
            LigneXl("b", ("b", Euros(-250))),
            LigneXl("part", ("part", Part(Ref("a", "montant"), 50)), "total"),
            LigneXl("negatif", ("négatif", Difference(Ref("b", "montant"), Ref("a", "montant"))), "total"),
            LigneXl("zero", ("zéro", Difference(Ref("b", "montant"), Ref("a", "montant"), True)), "total"),
            LigneXl("rapport", ("rapport", Rapport(Ref("a", "montant"), Ref("b", "montant"))), "total"),
            LigneXl("rien", ("rien", Rapport(Ref("a", "montant"), Ref("zero", "montant"))), "total"),
            LigneXl(
                "imbrique",
                (
                    "imbriqué",
                    Difference(
                        Ref("a", "montant"), Difference(Ref("b", "montant"), Somme((Ref("a", "montant"),)))
                    ),
                ),
                "total",
            ),
            nom="L'été",
            autres=(
                Feuille(
                    "Renvoi",
                    "Titre",
                    (
                        TableXl(
                            "u",
                            "U",
                            (ColonneXl("nom", "Nom"), ColonneXl("montant", "Montant", "euros")),
                            (LigneXl("x", ("x", Somme((Ref("a", "montant", "t"), Total("montant", "t"))))),),
                        ),
                    ),
                ),
            ),
        ),
        JOUR,
    )


@pytest.fixture(scope="module")
def financements() -> dict[str, bytes]:
    """The workbook of the financing of each case."""
    return {
        nom: rendre_xlsx(classeur_financement.classeur(construire(), charger(campagne), JOUR), JOUR)
        for nom, (construire, campagne) in CAS.items()
    }


def test_libreoffice_recalculates_the_values_that_are_stored(
    financements: dict[str, bytes], tmp_path: Path
) -> None:
    entrees = []
    for nom, octets in {**financements, "operations": _toutes_les_operations()}.items():
        entrees.append(tmp_path / "avant" / f"{nom}.xlsx")
        entrees[-1].parent.mkdir(exist_ok=True)
        entrees[-1].write_bytes(octets)
    # A workbook whose stored value is wrong proves that the judge does calculate.
    temoin = tmp_path / "avant" / "temoin.xlsx"
    temoin.write_bytes(_falsifier(financements["complet"]))
    *sorties, faux = convertir([*entrees, temoin], "xlsx", tmp_path)
    for entree, sortie in zip(entrees, sorties, strict=True):
        avant = cellules(entree.read_bytes(), valeurs=True)
        apres = cellules(sortie.read_bytes(), valeurs=True)
        calculees = formules(entree.read_bytes())
        assert calculees
        for place in calculees:
            # An empty text is read as no cell at all.
            dit = avant.get(place, "")
            if isinstance(dit, str):
                assert apres.get(place, "") == dit, place
            else:
                assert apres[place] == pytest.approx(dit, abs=0.0049), place
    place = ("Par poste", _trouver(financements["complet"], "Par poste", "Total demandé", 5))
    assert cellules(temoin.read_bytes(), valeurs=True)[place] == 1
    assert cellules(faux.read_bytes(), valeurs=True)[place] == 862_000


def _falsifier(octets: bytes) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as source, zipfile.ZipFile(tampon, "w") as sortie:
        for nom in source.namelist():
            contenu = source.read(nom)
            if nom == "xl/worksheets/sheet4.xml":
                contenu = re.sub(rb"(<f>SUM\(F\d+:F\d+\)</f><v>)[\d.]+", rb"\g<1>1", contenu)
            sortie.writestr(nom, contenu)
    return tampon.getvalue()


def _trouver(octets: bytes, feuille: str, libelle: str, decalage: int) -> str:
    for (nom, place), valeur in cellules(octets, valeurs=True).items():
        if nom == feuille and valeur == libelle and re.fullmatch(r"[AB]\d+", place):
            return f"{chr(ord(place[0]) + decalage)}{place[1:]}"
    raise AssertionError(libelle)


@pytest.mark.parametrize("nom", CAS)
def test_the_workbook_says_what_the_rules_say(nom: str, financements: dict[str, bytes]) -> None:
    construire, campagne = CAS[nom]
    attendu = financer_dossier(construire(), charger(campagne))
    valeurs = cellules(financements[nom], valeurs=True)

    def cents(feuille: str, libelle: str, decalage: int) -> int:
        return round(
            float(str(valeurs[(feuille, _trouver(financements[nom], feuille, libelle, decalage))])) * 100
        )

    assert list(dict.fromkeys(f for f, _ in valeurs)) == [
        "Coûts du projet",
        "Coûts RH",
        "Plan pluriannuel",
        "Par poste",
        "Par organisme",
        "Par année",
        "Listes",
    ]
    assert cents("Par poste", "Total demandé", 5) == attendu.projet.total_cents
    assert cents("Par année", "Total", 2) == attendu.projet.total_cents
    logiciel = attendu.projet.postes_cents["logiciel"]
    prix = attendu.demande.prix_cents
    if logiciel:
        assert cents("Par poste", "Part logiciel demandée", 5) == logiciel
    if logiciel and prix is not None:
        assert cents("Par poste", "Reste à charge des organismes", 5) == prix - logiciel
    for _, libelle, montant in attendu.par_annee:
        assert cents("Par année", libelle, 1) == montant
    postes = [p for p in LIBELLES_POSTES if attendu.projet.postes_cents[p]]
    assert cents("Par organisme", "Total", 4 + len(postes)) == attendu.projet.total_cents
    for part in attendu.parts:
        libelle = texte_sur(part.nom)
        assert cents("Par organisme", libelle, 1) == part.essms * 100
        for rang, poste in enumerate(postes):
            assert cents("Par organisme", libelle, 4 + rang) == part.postes_cents[poste]


def test_totals_shares_and_checks_are_formulas(financements: dict[str, bytes]) -> None:
    octets = financements["complet"]
    calculees = formules(octets)
    for feuille, libelle, decalage in (
        ("Par poste", "Total demandé", 5),
        ("Par poste", "Reste à charge des organismes", 5),
        ("Par organisme", "Total", 1),
        ("Par organisme", "ALT1", 9),
        ("Par année", "Total", 2),
    ):
        assert (feuille, _trouver(octets, feuille, libelle, decalage)) in calculees
    assert any("'Par poste'!" in f for (feuille, _), f in calculees.items() if feuille == "Par année")
    assert sum("équilibré" in f for f in calculees.values()) >= 6


def test_a_gap_is_told_and_never_a_number(financements: dict[str, bytes]) -> None:
    octets = financements["sans-prix"]
    valeurs = cellules(octets, valeurs=True)
    for libelle in ("Prix de la prestation, toutes taxes comprises", "Reste à charge des organismes"):
        assert valeurs[("Par poste", _trouver(octets, "Par poste", libelle, 5))] == "[à compléter]"
    assert "[à compléter]" in valeurs.values()


def test_a_check_tells_the_difference_and_libreoffice_agrees(tmp_path: Path) -> None:
    cas = {10_000: "équilibré", 10_001: "écart de −0,01\u00a0€", -234_56: "écart de 334,56\u00a0€"}
    entrees = []
    for rang, droite in enumerate(cas):
        octets = rendre_xlsx(
            classeur(
                LigneXl("a", ("a", Euros(10_000))),
                LigneXl("b", ("b", Euros(droite))),
                LigneXl("c", ("c", Equilibre(Ref("a", "montant"), Ref("b", "montant"))), "controle"),
            ),
            JOUR,
        )
        entrees.append(tmp_path / "avant" / f"{rang}.xlsx")
        entrees[-1].parent.mkdir(exist_ok=True)
        entrees[-1].write_bytes(octets)
    place = ("Essai", "B8")
    for fichiers in (entrees, convertir(entrees, "xlsx", tmp_path)):
        assert [cellules(f.read_bytes(), valeurs=True)[place] for f in fichiers] == list(cas.values())


def test_same_workbook_same_day_same_bytes(
    financements: dict[str, bytes], dossier: Dossier, campagne: Campagne
) -> None:
    arbre = classeur_financement.classeur(dossier, campagne, JOUR)
    assert rendre_xlsx(arbre, JOUR) == financements["complet"]
    assert rendre_xlsx(arbre, date(2026, 2, 2)) != financements["complet"]


def test_a_sheet_too_wide_to_be_read_is_printed_on_a_larger_page() -> None:
    def papier(colonnes: int) -> int:
        table = TableXl(
            "t", "Table", tuple(ColonneXl(f"c{i}", f"Colonne {i}", largeur=20) for i in range(colonnes)), ()
        )
        arbre = Classeur("x", "Titre", "Grappe", "Porteur", (Feuille("Essai", "Titre", (table,)),))
        (feuille,) = openpyxl.load_workbook(io.BytesIO(rendre_xlsx(arbre, JOUR)))
        assert feuille.page_setup.orientation == "landscape"
        return int(feuille.page_setup.paperSize)

    assert [papier(n) for n in (3, 10, 12, 30)] == [9, 9, 8, 8]


def test_print_set_up_and_frozen_header(financements: dict[str, bytes]) -> None:
    fichier = openpyxl.load_workbook(io.BytesIO(financements["hostile"]))
    for feuille in fichier:
        assert feuille.page_setup.orientation == "landscape"
        assert feuille.page_setup.paperSize == 9
        assert feuille.sheet_properties.pageSetUpPr.fitToPage
        # The lists on one page, however many; the others as wide as the page, as long as they need.
        haute = None if feuille.title == "Listes" else 0
        assert (feuille.page_setup.fitToHeight, feuille.page_setup.fitToWidth or 1) == (haute, 1)
        seule = feuille.title in ("Par organisme", "Par année")
        assert feuille.freeze_panes == ("B6" if seule else "B4")
        # Each page tells its columns where one table has the sheet for itself, else its sheet.
        assert feuille.print_title_rows == ("$5:$5" if seule else "$1:$2")
        # What is written and no more, but for the room of a title over a narrow table.
        fin = re.fullmatch(r".*!\$A\$1:\$([A-Z]+)\$(\d+)", feuille.print_area)
        assert fin and int(fin[2]) == feuille.max_row
        colonnes = column_index_from_string(fin[1])
        assert feuille.max_column <= colonnes <= max(feuille.max_column, 9)
        # The & typed by a person is not a code: this « &P » is not the page number.
    with zipfile.ZipFile(io.BytesIO(financements["hostile"])) as archive:
        page = html.unescape(archive.read("xl/worksheets/sheet1.xml").decode())
    assert '&L&8=Grappe && "co" &&P&R&8Plan de financement' in page
    assert "&R&8page &P / &N" in page
    assert fichier.properties.created.date() == JOUR


def test_columns_are_as_wide_as_their_amounts(financements: dict[str, bytes]) -> None:
    feuille = openpyxl.load_workbook(io.BytesIO(financements["soixante"]))["Par organisme"]
    # Neighbours of the same width are kept as one.
    largeurs = {
        colonne: dimension.width
        for dimension in feuille.column_dimensions.values()
        for colonne in range(dimension.min, dimension.max + 1)
    }
    for colonne in (5, 6):
        assert largeurs[colonne] >= len("1 128 500,00 €")


def test_exact_amounts_show_no_cents(financements: dict[str, bytes]) -> None:
    """Cents stay only where there are some: the rule follows what is typed later."""
    feuille = openpyxl.load_workbook(io.BytesIO(financements["soixante"]))["Par organisme"]
    regles = [
        (plage.sqref, regle)
        for plage in feuille.conditional_formatting
        for regle in plage.rules
        if regle.dxf and regle.dxf.numFmt and regle.dxf.numFmt.formatCode.startswith('#,##0" €"')
    ]
    assert regles
    for plage, regle in regles:
        place = str(plage).partition(":")[0]
        assert regle.formula == [f"AND(ISNUMBER({place}),{place}<>0,ROUND({place},2)=ROUND({place},0))"]
