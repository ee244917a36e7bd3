"""What is never broken over two lines, what may be; tables whose columns keep their numbers whole, read back from the page."""

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import Bloc, Colonne, Document, Manque, Paragraphe, Tableau
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.pdf import jetons
from esms_desktop.documents.pdf.polices import NORMAL, enregistrer, largeur
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.documents.pdf.texte import Fragment, lignes

from .jetons_entiers import attendus, casses
from .outils import JOUR as JOUR_DU_DOSSIER
from .outils import fabriquer, textes

JOUR = date(2026, 2, 1)
NB = "\u00a0"
NOM = "Établissement d’hébergement pour personnes âgées de la Vallée-de-la-Haute-Corrèze et de Saint-Jean-de-la-Ruelle "
# One of each kind, spaces as a person types them.
ENTIERS = (
    "1 128 500,00 €",
    "−12 500 €",
    "12,5 %",
    "12 mars 2026",
    "1er février 2026",
    "12/03/2026",
    "06 002 044 3",
    "2A 000 123 4",
    "732 829 320",
    "732 829 320 00074",
    "FR76 3000 6000 0112 3456 7890 189",
    "01 02 03 04 05",
    "+33 1 02 03 04 05",
    "060020443",
    "73282932000074",
    "45000",
    "1.2",
    "2023-2024",
    "[à compléter]",
)


@pytest.mark.parametrize("jeton", ENTIERS)
def test_a_number_a_date_a_gap_are_one_word(jeton: str) -> None:
    """Alone, in a sentence, against brackets; whatever space was typed."""
    for blanc in (" ", NB):
        soude = jetons.souder(f"le numéro ({jeton.replace(' ', blanc)}), dit-on")
        (mot,) = [m for m in soude.split(" ") if "(" in m]
        assert mot == f"({jeton.replace(' ', NB)}),"
        assert jetons.entiers(mot) == [mot]


@pytest.mark.parametrize(
    "texte",
    ["12 rue de l’Église", "en 2023 et 2024", "Foyer 3 bis", "la mise en mai", "5 à 7 mois", "a [à voir]"],
)
def test_other_words_keep_their_spaces(texte: str) -> None:
    assert jetons.souder(texte) == texte


@pytest.mark.parametrize(
    ("mot", "parts"),
    [
        ("Saint-Jean-de-la-Ruelle", ["Saint-", "Jean-", "de-", "la-", "Ruelle"]),
        ("jeunes/adultes", ["jeunes/", "adultes"]),
        ("12/03/2026", ["12/03/2026"]),
        ("2023-2024", ["2023-2024"]),
        ("marie-anne@saint-jean.example", ["marie-anne@saint-jean.example"]),
        ("https://saint-jean.example/a/b", ["https://saint-jean.example/a/b"]),
        ("-x-", ["-x-"]),
    ],
)
def test_a_line_may_end_at_the_hyphens_of_a_name(mot: str, parts: list[str]) -> None:
    assert jetons.secables(mot) == parts


def test_a_paste_held_by_no_break_spaces_may_be_broken_around_its_numbers() -> None:
    colle = NOM.replace(" ", NB) + f"FINESS{NB}06{NB}002{NB}044{NB}3"
    assert f" 06{NB}002{NB}044{NB}3" in jetons.souder(colle)
    assert len(jetons.souder(colle).split(" ")) > 10


_MOTS = st.sampled_from(
    [
        *(e.replace(" ", NB) for e in ENTIERS),
        "Saint-Jean-de-la-Ruelle",
        "x" * 60,
        "et",
        "a@b.example",
        "«",
        "",
    ]
)


@given(st.lists(st.tuples(_MOTS, st.booleans()), max_size=12), st.floats(75, 400))
def test_lines_lose_nothing_and_break_no_number(mots: list[tuple[str, bool]], place: float) -> None:
    """Words one after the other, in one fragment or stuck to the next one."""
    enregistrer()
    suite = tuple(Fragment(mot + " " * colle, NORMAL) for mot, colle in mots)
    rangs = ["".join(f.texte for f, _ in ligne) for ligne in lignes(suite, 8.4, place)]
    tout = "".join(f.texte for f in suite)
    assert "".join(rangs).replace(" ", "") == tout.replace(" ", "")
    assert all(largeur(rang, NORMAL, 8.4) <= place + 0.02 for rang in rangs)
    for mot, _ in mots:
        for jeton in jetons.entiers(mot):
            if largeur(jeton, NORMAL, 8.4) <= place:
                assert any(jeton in rang for rang in rangs), (jeton, rangs)


def _doc(*blocs: Bloc) -> Document:
    return Document("essai", "Note", "Campagne", "Grappe", "Porteur", blocs)


_CELLULES = st.sampled_from(
    [
        *ENTIERS,
        NOM,
        NOM.replace(" ", ""),
        "E" * 200,
        "a",
        "",
        Manque("date", "-"),
        Manque(NOM),
        "🏠 مرحبا بكم",
    ]
)


@st.composite
def _tableaux(draw: st.DrawFn) -> Tableau:
    n = draw(st.integers(1, 12))
    colonnes = tuple(
        Colonne(
            draw(st.sampled_from(["N°", "Raison sociale", "2026", "Coût annuel chargé"])),
            draw(st.sampled_from([0.3, 1, 3])),
            draw(st.sampled_from(["gauche", "droite"])),
        )
        for _ in range(n)
    )
    rangees = draw(st.lists(st.tuples(*[_CELLULES] * n), min_size=1, max_size=5))
    return Tableau(colonnes, tuple(rangees), draw(st.none() | st.tuples(*[_CELLULES] * n)))


@given(_tableaux())
def test_no_table_breaks_a_number(tableau: Tableau) -> None:
    document = _doc(tableau)
    assert casses(rendre(document, JOUR).octets, attendus(document)) == {}


def _longs(n: int) -> list[Document]:
    """Every document of a dossier whose names have `n` characters."""
    dossier = fabriquer(4, 5)
    for rang, og in enumerate(dossier.ogs):
        og.nom, og.commune = f"{rang} {NOM * 3}"[:n], "Saint-Jean-de-la-Ruelle"
    for rang, e in enumerate(dossier.essms):
        e.nom, e.commune = f"{rang} {NOM * 3}"[:n], "Saint-Germain-les-Belles-Roches"
        if rang % 4 == 1:
            e.finess, e.capacite, e.champ = "", None, None
    campagne = charger("2022")
    return [
        catalogue.produire(g.code, dossier, campagne, JOUR_DU_DOSSIER, og)
        for g, og in catalogue.tous(dossier)
        if og is None or og.rang < 2
    ]


@pytest.mark.parametrize("n", [60, 200])
def test_no_document_breaks_a_number_whatever_the_names(n: int) -> None:
    for document in _longs(n):
        assert casses(rendre(document, JOUR_DU_DOSSIER).octets, attendus(document)) == {}, document.code


def test_a_broken_number_would_be_seen() -> None:
    """The reading itself: a number over two lines, and one that is not there."""
    document = _doc(Tableau((Colonne("A"),), (("06 002\n044 3",), ("12/03/2026",))))
    lu = casses(rendre(document, JOUR).octets, ["06 002 044 3", "12/03/2026", "1 500 €"])
    assert lu == {"06 002 044 3": "en morceaux : 06 002|044 3", "1 500 €": "0 fois au lieu de 1"}


_ANNEES = tuple(Colonne(str(2020 + i), 1, "droite") for i in range(14))
_LARGE = Tableau(
    (Colonne("Poste", 2), *_ANNEES),
    tuple((f"Poste {r}", *(f"{r + 1} {i:03d} 500,00 €" for i in range(14))) for r in range(40)),
    ("Total", *("9 999 999,99 €" for _ in _ANNEES)),
)


def test_a_table_too_wide_is_told_in_groups_of_columns_with_their_rows_named_again() -> None:
    document = _doc(_LARGE)
    octets = rendre(document, JOUR).octets
    assert casses(octets, attendus(document)) == {}
    pages = textes(octets)
    for page in pages:
        for ligne in re.findall(r"Poste \d+ [^P]*?€(?= (?:Poste|Total|Porteur|$))", page):
            assert ligne.startswith("Poste ")
    assert all("Poste 20" in " ".join(pages) for _ in pages)
    # Each group has every row: as many times as there are groups.
    groupes = sum(page.count("Total") for page in pages)
    assert groupes >= 3
    assert " ".join(pages).count("Poste 7 ") == groupes


def test_the_word_file_has_the_same_groups() -> None:
    tables = docx.Document(BytesIO(rendre_docx(_doc(_LARGE), JOUR))).tables
    assert len(tables) >= 3
    entetes = [[c.text for c in t.rows[0].cells] for t in tables]
    assert all(e[0] == "Poste" for e in entetes)
    assert [a for e in entetes for a in e[1:]] == [c.entete for c in _ANNEES]
    assert all(
        [c.text for c in t.columns[0].cells][1:3] == [f"Poste{s}0", f"Poste{s}1"] for t in tables for s in " "
    )


def test_a_table_too_wide_for_its_words_goes_on_below_with_none_cut() -> None:
    serre = Tableau(
        tuple(Colonne("Responsabilité", 1) for _ in range(7)), (tuple("intercommunalité" for _ in range(7)),)
    )
    lu = textes(rendre(_doc(serre), JOUR).octets)[0]
    # Seven, and the first column once more where the table goes on.
    assert lu.count("intercommunalité") == lu.count("Responsabilité") == 8
    tables = docx.Document(BytesIO(rendre_docx(_doc(serre), JOUR))).tables
    assert sum(len(t.columns) for t in tables) == 8
    assert all(c.text == "intercommunalité" for t in tables for c in t.rows[1].cells)


def test_the_day_stays_at_the_foot_of_the_page_whatever_the_bearer() -> None:
    document = Document("essai", "Note", "Campagne", "Grappe", "É" * 200, (Paragraphe("mots"),))
    assert "… · 1er février 2026" in textes(rendre(document, JOUR).octets)[0]


@pytest.mark.parametrize("fois", range(2, 9))
def test_a_table_is_never_cut_inside_a_page(fois: int) -> None:
    """High rows: what the page has left after the cut could hold a header and one of them."""
    for n in range(4, 18):
        rangees = tuple((f"rang{i:02d}", NOM * fois) for i in range(n))
        document = _doc(Tableau((Colonne("Rang", 1), Colonne("Nom", 2)), rangees))
        assert {page.count("Rang Nom") for page in textes(rendre(document, JOUR).octets)} == {1}
