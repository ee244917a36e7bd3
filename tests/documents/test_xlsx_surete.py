"""Workbooks whatever is typed: texts no spreadsheet calculates, exact values, names of tabs, long tables."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from esms_desktop.documents.classeur.valeurs import Evaluation
from esms_desktop.documents.classeur.xlsx_formules import noms_onglets

from .libreoffice import convertir
from .xlsx_outils import cellules, classeur, formules

JOUR = date(2026, 2, 1)
INJECTIONS = [
    "=1+1",
    '=HYPERLINK("http://exemple.test","x")',
    "+33 6 12 34 56 78",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n\t =cmd|' /C calc'!A0",
    "\x00=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "\u00a0=1+1",
    "{=1+1}",
    "http://exemple.test",
    "0123",
]


def test_no_text_is_ever_a_formula_or_a_link() -> None:
    octets = rendre_xlsx(
        Classeur(
            "x",
            "=T",
            "=D",
            "=P",
            (
                Feuille(
                    "=F",
                    "=1+1",
                    (
                        TableXl(
                            "t",
                            "=1+1",
                            (ColonneXl("a", "=1+1"), ColonneXl("b", "+B")),
                            tuple(LigneXl(str(i), (mots, mots)) for i, mots in enumerate(INJECTIONS)),
                            ("=note",),
                        ),
                    ),
                    ("=note",),
                ),
            ),
        ),
        JOUR,
    )
    assert formules(octets) == {}
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        feuille = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in feuille
    assert "hyperlink" not in feuille
    textes_ = [v for v in cellules(octets, valeurs=True).values() if isinstance(v, str)]
    assert len(textes_) >= 2 * len(INJECTIONS)
    assert not [t for t in textes_ if t.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "http://exemple.test" in textes_
    assert "0123" in textes_


def test_a_csv_made_of_the_sheet_holds_no_formula(tmp_path: Path) -> None:
    fichier = tmp_path / "avant" / "x.xlsx"
    fichier.parent.mkdir()
    fichier.write_bytes(
        rendre_xlsx(
            classeur(*(LigneXl(str(i), (mots, Euros(-100))) for i, mots in enumerate(INJECTIONS))), JOUR
        )
    )
    (sortie,) = convertir([fichier], "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path)
    lues = [ligne[0] for ligne in csv.reader(io.StringIO(sortie.read_text(encoding="utf-8"))) if ligne]
    assert "'=1+1" in lues
    assert not [t for t in lues if t.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.text(st.characters(), max_size=30))
def test_safe_words_never_start_a_formula(texte: str) -> None:
    sur = texte_sur(texte)
    assert not sur.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    sur.encode("utf-8")
    assert texte_sur(sur) == sur


def test_tabs_have_names_excel_accepts() -> None:
    noms = noms_onglets(
        tuple(
            Feuille(nom, "", ())
            for nom in ("a/b:c*[d]", "x" * 40, "x" * 40, "X" * 40, "'q'", "", "\x00", "History")
        )
    )
    assert noms == [
        "a b c d",
        "x" * 31,
        "x" * 29 + " 2",
        "X" * 29 + " 3",
        "q",
        "Feuille",
        "Feuille 2",
        "History 2",
    ]


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8),
    st.integers(0, 100),
)
def test_values_are_exact_to_the_cent(cents: list[int], pourcent: int) -> None:
    lignes = [LigneXl(str(i), ("x", Euros(c))) for i, c in enumerate(cents)]
    arbre = classeur(
        *lignes,
        LigneXl("total", ("t", Total("montant")), "total"),
        LigneXl("part", ("p", Part(Ref("total", "montant"), pourcent)), "total"),
        LigneXl("reste", ("r", Difference(Ref("total", "montant"), Ref("part", "montant"))), "total"),
        LigneXl(
            "juste",
            ("j", Equilibre(Somme((Ref("part", "montant"), Ref("reste", "montant"))), Total("montant"))),
            "controle",
        ),
    )
    valeurs = Evaluation(arbre)
    assert valeurs.cellule("t", "total", "montant") * 100 == sum(cents)
    part = valeurs.cellule("t", "part", "montant") * 100
    assert part.denominator == 1
    assert abs(part - sum(cents) * pourcent / 100) <= 0.5 + 1e-3
    assert valeurs.cellule("t", "juste", "montant") == "équilibré"


def test_a_ratio_over_nothing_is_nothing_and_a_circle_is_refused() -> None:
    arbre = classeur(
        LigneXl("a", ("a", Rapport(Ref("b", "montant"), Ref("b", "montant")))), LigneXl("b", ("b", None))
    )
    assert Evaluation(arbre).cellule("t", "a", "montant") == 0
    with pytest.raises(ValueError, match="circular"):
        rendre_xlsx(
            classeur(
                LigneXl("a", ("a", Somme((Ref("b", "montant"),)))), LigneXl("b", ("b", Total("montant")))
            ),
            JOUR,
        )


@pytest.mark.parametrize("positive", [True, False])
def test_a_difference_may_be_held_at_zero(positive: bool) -> None:
    arbre = classeur(
        LigneXl("a", ("a", Euros(100))),
        LigneXl("b", ("b", Difference(Ref("c", "montant"), Ref("a", "montant"), positive))),
        LigneXl("c", ("c", Euros(40))),
    )
    assert Evaluation(arbre).cellule("t", "b", "montant") * 100 == (0 if positive else -60)


def test_a_long_table_is_written_whole() -> None:
    octets = rendre_xlsx(
        classeur(
            *(LigneXl(str(i), (f"Établissement {i}", Euros(i))) for i in range(400)),
            LigneXl("total", ("Total", Total("montant")), "total"),
        ),
        JOUR,
    )
    assert cellules(octets, valeurs=True)[("Essai", "B406")] == sum(range(400)) / 100
    assert formules(octets)[("Essai", "B406")] == "=SUM(B6:B405)"
