"""The renderer: pages, bookmarks, fonts, tables, signatures, and words no font expects."""

import re
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest

from esms_desktop.documents.arbre.arbre import (
    Bloc,
    BlocSignature,
    Colonne,
    Document,
    Encadre,
    Espace,
    Liste,
    Manque,
    Paragraphe,
    SautPage,
    Tableau,
    Texte,
    Titre,
)
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.pdf.rendu import rendre

from .outils import bas_de, signets, textes

JOUR = date(2026, 2, 1)
PHRASE = "Les organismes avancent ensemble vers un même outil et une même méthode. "


def doc(*blocs: Bloc, **champs: str) -> Document:
    valeurs = {
        "titre": "Note",
        "sous_titre": "Campagne",
        "dossier_nom": "Grappe",
        "porteur": "Porteur",
    } | champs
    return Document("essai", blocs=blocs, **valeurs)


def tableau(n: int, total: bool = True) -> Tableau:
    return Tableau(
        (Colonne("Rang", 1), Colonne("Raison sociale", 4), Colonne("Montant", 1, "droite")),
        tuple((f"rang{i:04d}", f"Établissement {i}", f"{i}\u00a0000\u00a0€") for i in range(n)),
        ("Total", "", "9\u00a0999\u00a0€") if total else None,
    )


LONG = doc(
    Titre(1, "Premier"),
    Paragraphe(PHRASE * 60),
    Titre(2, "Dedans"),
    tableau(90),
    Titre(3, "Plus bas"),
    Encadre("alerte", PHRASE * 40),
    Titre(1, "Second"),
    Liste((PHRASE, (Texte("gras", gras=True), Manque("DPO"))), numerotee=True),
    Paragraphe((Texte("penché", italique=True), " et ", Texte("les deux", gras=True, italique=True))),
)


def test_the_file_is_clean_and_all_fonts_are_embedded(tmp_path: Path) -> None:
    fichier = tmp_path / "x.pdf"
    fichier.write_bytes(rendre(LONG, JOUR).octets)
    subprocess.run(["qpdf", "--check", fichier], check=True, capture_output=True)
    lignes = subprocess.run(
        ["pdffonts", fichier], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert len(lignes) == 4
    for ligne in lignes:
        assert "IBMPlexSans" in ligne
        assert re.search(r"yes yes yes +\d+ +0$", ligne), ligne


def test_same_tree_same_day_same_bytes() -> None:
    assert rendre(LONG, JOUR).octets == rendre(LONG, JOUR).octets
    assert rendre(LONG, JOUR).octets != rendre(LONG, date(2026, 2, 2)).octets


def test_every_page_carries_its_number_the_dossier_and_the_day() -> None:
    rendu = rendre(LONG, JOUR)
    pages = textes(rendu.octets)
    assert rendu.pages == len(pages) > 3
    for rang, page in enumerate(pages, 1):
        assert re.findall(r"page (\d+) / (\d+)", page) == [(str(rang), str(len(pages)))]
        assert "Grappe" in page
        assert "Porteur · 1er février 2026" in page


def test_bookmarks_nest_and_land_on_the_page_of_their_heading() -> None:
    rendu = rendre(LONG, JOUR)
    pages = textes(rendu.octets)
    assert list(rendu.plan) == signets(rendu.octets)
    assert [(niveau, titre) for niveau, titre, _ in rendu.plan] == [
        (1, "Premier"),
        (2, "Dedans"),
        (3, "Plus bas"),
        (1, "Second"),
    ]
    assert len({page for _, _, page in rendu.plan}) > 1
    for _, titre, page in rendu.plan:
        assert titre in pages[page - 1]


def test_a_level_skipped_in_the_tree_is_still_a_valid_outline() -> None:
    rendu = rendre(doc(Titre(3, "a"), Titre(1, "b"), Titre(3, "c")), JOUR)
    assert rendu.plan == ((1, "a", 1), (1, "b", 1), (2, "c", 1))
    assert list(rendu.plan) == signets(rendu.octets)


def test_metadata_and_language() -> None:
    with pikepdf.open(BytesIO(rendre(doc(Paragraphe("x"), titre="Convention d’été"), JOUR).octets)) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert str(pdf.docinfo.Title) == "Convention d’été"
        assert str(pdf.docinfo.Author) == "Porteur"
        assert str(pdf.docinfo.Subject) == "Campagne"
        assert [float(v) for v in pdf.pages[0].MediaBox] == pytest.approx([0, 0, 595.28, 841.89], abs=0.01)


def test_the_header_of_a_table_is_on_each_of_its_pages_and_no_row_is_lost_or_cut() -> None:
    pages = textes(rendre(doc(tableau(120)), JOUR).octets)
    assert len(pages) > 2
    for page in pages:
        assert page.count("Rang Raison sociale Montant") == 1
    rangs = re.findall(r"rang(\d{4}) Établissement (\d+) (\d+) 000 €", " ".join(pages))
    assert [(int(a), int(b), int(c)) for a, b, c in rangs] == [(i, i, i) for i in range(120)]
    assert "Total" in pages[-1]


@pytest.mark.parametrize("n", range(30, 45))
def test_no_total_and_no_last_row_goes_alone_to_the_next_page(n: int) -> None:
    for total in (True, False):
        pages = textes(rendre(doc(tableau(n, total)), JOUR).octets)
        assert len(re.findall(r"rang\d{4}", pages[-1])) + total >= 2


@pytest.mark.parametrize("avant", range(26, 44))
def test_a_heading_stays_with_what_follows(avant: int) -> None:
    """Whatever the height already used, heading, words and table begin on the same page."""
    blocs = [Paragraphe("ligne") for _ in range(avant)]
    rendu = rendre(
        doc(*blocs, Titre(1, "Chapitre"), Titre(2, "Section"), Paragraphe("Voici :"), tableau(50)), JOUR
    )
    pages = textes(rendu.octets)
    (page,) = [p for p in pages if "Chapitre" in p]
    assert "Section" in page
    assert "Voici :" in page
    assert "rang0001" in page


@pytest.mark.parametrize("avant", range(20, 44, 2))
@pytest.mark.parametrize("parties", [1, 3, 12])
def test_signatures_stay_with_the_last_words(parties: int, avant: int) -> None:
    blocs = [Paragraphe("ligne") for _ in range(avant)]
    signatures = [
        BlocSignature(f"Partie {i:02d}", "Claude Martin", Manque("qualité")) for i in range(parties)
    ]
    pages = textes(
        rendre(doc(*blocs, Titre(1, "Signatures"), Paragraphe("Fait à Nice."), *signatures), JOUR).octets
    )
    (page,) = [p for p in pages if "Fait à Nice." in p]
    assert "Signatures" in page
    assert "Partie 00" in page
    tout = " ".join(pages)
    assert re.findall(r"Partie (\d\d)", tout) == [f"{i:02d}" for i in range(parties)]
    assert tout.count("Date, signature et cachet") == parties
    if parties == 3:
        assert "Partie 02" in page


@pytest.mark.parametrize(
    "nom",
    [
        "L’Oasis & <fils> </para> <b>",
        "x" * 700,
        "Établissement d’hébergement pour personnes âgées dépendantes " * 12,
        "مرحبا بكم في البيت",
        "Foyer 😀👩‍👩‍👧 du Lac",
        "e\u0301te\u0301 \u0000\u0007 \ud800 \ufeff",
        "&amp; &#60; {0} %s $",
        "1\u202f000\u2009€ ● ▲ ⚠",
        "\n\n",
    ],
)
def test_no_name_breaks_a_page(nom: str) -> None:
    rendu = rendre(
        doc(
            Titre(1, nom),
            Paragraphe((nom, Texte(nom, gras=True), Manque(nom))),
            Liste((nom,)),
            Encadre("info", nom),
            Tableau((Colonne(nom), Colonne("B")), ((nom, Texte(nom, italique=True)),), (nom, nom)),
            BlocSignature(nom, nom, nom),
            titre=nom,
            sous_titre=nom,
            dossier_nom=nom,
            porteur=nom,
        ),
        JOUR,
    )
    assert rendu.pages == len(textes(rendu.octets)) >= 1


def test_special_characters_come_out_as_typed() -> None:
    nom = "ISATIS & <fils> l’Été « œuvre » Łódź"
    (page,) = textes(
        rendre(doc(Titre(1, nom), Paragraphe(nom), Tableau((Colonne("A"),), ((nom,),))), JOUR).octets
    )
    assert page.count(nom) == 3


def test_a_character_the_font_lacks_is_told() -> None:
    rendu = rendre(doc(Paragraphe("Foyer 😀 du Lac")), JOUR)
    assert "Foyer ◊ du Lac" in textes(rendu.octets)[0]
    (remarque,) = rendu.remarques
    assert "U+1F600" in remarque
    assert rendre(doc(Paragraphe("1\u202f000 € ● été")), JOUR).remarques == ()


def test_a_narrow_space_becomes_a_no_break_space() -> None:
    assert "1 000 €" in textes(rendre(doc(Paragraphe("1\u202f000\u202f€")), JOUR).octets)[0]


def test_a_gap_is_visible_everywhere_it_may_stand() -> None:
    manque = Manque("DPO")
    blocs = (
        Paragraphe(manque),
        Liste((manque,)),
        Encadre("info", manque),
        Tableau((Colonne("A"),), ((manque,),)),
        BlocSignature("X", manque, "Y"),
    )
    (page,) = textes(rendre(doc(*blocs), JOUR).octets)
    assert page.count("[à compléter : DPO]") == 5


def test_the_draft_notice_is_on_each_page() -> None:
    document = Document(
        "x",
        "T",
        "",
        "D",
        "P",
        (Paragraphe("a"), SautPage(), Espace(20), Paragraphe("b")),
        brouillon="À revoir",
    )
    pages = textes(rendre(document, JOUR).octets)
    assert ["À revoir" in p for p in pages] == [True, True]


def test_a_row_higher_than_the_page_goes_on_the_next() -> None:
    mots = " ".join(f"mot{i:04d}" for i in range(3000))
    lu = " ".join(
        textes(
            rendre(doc(Tableau((Colonne("A"), Colonne("B")), ((mots, "x"),), ("Total", "y"))), JOUR).octets
        )
    )
    assert re.findall(r"mot(\d{4})", lu) == [f"{i:04d}" for i in range(3000)]


def test_an_empty_document_and_an_empty_table_have_a_page() -> None:
    assert rendre(doc(), JOUR).pages == 1
    assert "A B" in textes(rendre(doc(Tableau((Colonne("A"), Colonne("B")), ())), JOUR).octets)[0]


@pytest.mark.parametrize("avant", range(14, 40))
def test_nobody_signs_a_page_without_an_article(avant: int) -> None:
    blocs = [
        *(Paragraphe("ligne") for _ in range(avant)),
        Titre(2, "Article 14"),
        Paragraphe("Le Porteur rend compte."),
        Titre(1, "Signatures"),
        Paragraphe("Fait à Nice."),
        *(BlocSignature(f"Partie {i}", "Claude Martin", "Présidence") for i in range(3)),
    ]
    pages = textes(rendre(doc(*blocs), JOUR).octets)
    (page,) = [p for p in pages if "Date, signature et cachet" in p]
    assert "Article 14 Le Porteur rend compte." in page


@pytest.mark.parametrize("avant", range(24, 42))
def test_no_item_of_a_list_stands_alone_on_a_page(avant: int) -> None:
    blocs = [*(Paragraphe("ligne") for _ in range(avant)), Liste(tuple(f"point{i}" for i in range(5)))]
    pages = textes(rendre(doc(*blocs), JOUR).octets)
    assert all(len(re.findall(r"point\d", p)) != 1 for p in pages)


@pytest.mark.parametrize("n", range(20, 40))
def test_a_note_stays_with_its_table(n: int) -> None:
    pages = textes(rendre(doc(tableau(n), Paragraphe("Une note.", discret=True)), JOUR).octets)
    (page,) = [p for p in pages if "Une note." in p]
    assert "Total" in page
    assert len(re.findall(r"rang\d{4}", page)) >= 1


@pytest.mark.parametrize(("chapitres", "pages"), [(10, 1), (11, 1), (13, 1), (15, 2), (40, 4)])
def test_a_few_lines_alone_on_the_last_page_come_back(chapitres: int, pages: int) -> None:
    """At their usual size, eleven chapters already take a second page, for one of them."""
    blocs = [b for i in range(chapitres) for b in (Titre(1, f"T{i}"), Paragraphe("ligne"))]
    assert rendre(doc(*blocs), JOUR).pages == pages


def test_a_few_lines_alone_before_the_annexes_come_back_too() -> None:
    """The first part is drawn closer; the second keeps its white."""
    partie = [b for i in range(12) for b in (Titre(1, f"T{i}"), Paragraphe("ligne"))]
    annexe = [Titre(1, "Annexe 1"), Paragraphe("ligne"), Titre(1, "Annexe 2")]
    rendu = rendre(doc(*partie, SautPage(), *annexe), JOUR)
    assert [page for _, mots, page in rendu.plan if mots in ("T0", "T11", "Annexe 1")] == [1, 1, 2]
    seule = rendre(doc(SautPage(), *annexe), JOUR)
    ecarts = [hauts[-2] - hauts[-1] for hauts in (rendu.hauts, seule.hauts)]
    assert ecarts[0] == pytest.approx(ecarts[1])
    assert rendu.hauts[0] - rendu.hauts[1] < ecarts[0] - 1


def test_the_label_of_a_total_stands_over_the_empty_cells_after_it() -> None:
    etroite = Tableau(
        (Colonne("An", 0.3), Colonne("Quoi", 3), Colonne("Montant", 1, "droite")),
        (("2023", "Une action", "1 €"),),
        ("Total, sans les actions abandonnées", "", "1 €"),
    )
    octets = rendre(doc(etroite), JOUR).octets
    assert bas_de(octets, "Total, sans") == bas_de(octets, "abandonnées")
    word = rendre_docx(doc(etroite), JOUR)
    (table,) = docx.Document(BytesIO(word)).tables
    assert [c._tc.grid_span for c in table.rows[-1].cells][:2] == [2, 2]


@pytest.mark.parametrize("avant", range(16, 30))
def test_words_above_some_rows_go_with_them(avant: int) -> None:
    lignes = [(f"{i}", f"rang{i}", "x") for i in range(avant)]
    groupe = Tableau(
        (Colonne("N°", 1), Colonne("Nom", 3), Colonne("Ville", 1)),
        (*lignes, ("", "Organisme du bas", ""), *((str(i), f"suite{i}", "y") for i in range(20))),
    )
    pages = textes(rendre(doc(groupe), JOUR).octets)
    (page,) = [p for p in pages if "Organisme du bas" in p]
    assert "suite0" in page


def test_a_number_does_not_touch_the_words_of_the_next_column() -> None:
    tableau_serre = Tableau(
        (Colonne("Durée", 1, "droite"), Colonne("Attend", 1)), (("12 345 j", "après 9"),) * 2
    )
    octets = rendre(doc(tableau_serre), JOUR).octets
    with pypdfium2.PdfDocument(octets) as pdf:
        page = pdf[0].get_textpage()
        bords = []
        for mots in ("12 345 j", "après 9"):
            debut, combien = page.search(mots).get_next()
            boites = [page.get_charbox(debut + i) for i in range(combien)]
            bords.append((min(b[0] for b in boites), max(b[2] for b in boites)))
    assert bords[1][0] - bords[0][1] > 14
