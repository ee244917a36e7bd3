"""The Word renderer: what the file holds, without any word processor."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue
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
    texte_brut,
)
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.docx.texte_office import propre
from esms_desktop.documents.pdf.jetons import souder
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.documents.pdf.tableau import couverture
from esms_desktop.model import Dossier

from .test_docx_titres import titres

JOUR = date(2026, 2, 1)
NOMS_DIFFICILES = [
    "L’Oasis & <fils> </w:t> <b>",
    "x" * 700,
    "Établissement d’hébergement pour personnes âgées dépendantes " * 12,
    "مرحبا بكم في البيت",
    "Foyer 😀👩‍👩‍👧 du Lac",
    "a\x00b\x07c\ud800d\ufffee\ufefff\x1b",
    "&amp; &#60; {0} %s $ ]]>",
    "1\u202f000 € ● ▲",
    "\n\n",
    "",
]


def doc(*blocs: Bloc, **champs: str) -> Document:
    valeurs = {"titre": "Note", "sous_titre": "Campagne", "dossier_nom": "Grappe", "porteur": "Porteur"}
    return Document("essai", blocs=blocs, **(valeurs | champs))


def tableau(n: int, total: bool = True) -> Tableau:
    return Tableau(
        (Colonne("Rang", 1), Colonne("Raison sociale", 4), Colonne("Montant", 1, "droite")),
        tuple((f"rang{i:04d}", f"Établissement {i}", f"{i} €") for i in range(n)),
        ("Total", "", "9 999 €") if total else None,
    )


COMPLET = doc(
    Titre(1, "Premier"),
    Paragraphe((Texte("penché", italique=True), " et ", Texte("gras", gras=True), Manque("DPO"))),
    Titre(2, "Dedans"),
    Liste(("a", "b"), numerotee=True),
    Liste(("c", "d"), numerotee=True),
    Liste(("e", "f")),
    Titre(3, "Plus bas"),
    tableau(30),
    Encadre("alerte", "Attention"),
    SautPage(),
    Titre(1, "Second"),
    Espace(20),
    Titre(2, "Encore"),
    Titre(2, "Toujours"),
    Paragraphe("Fait à Nice."),
    *(BlocSignature(f"Partie {i}", "Claude Martin", Manque("qualité"), "Porteur") for i in range(3)),
)


def ouvrir(octets: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(octets))


def membre(octets: bytes, nom: str) -> str:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return archive.read(nom).decode()


@pytest.fixture(scope="module")
def complet() -> bytes:
    return rendre_docx(COMPLET, JOUR)


def test_same_tree_same_day_same_bytes(complet: bytes) -> None:
    assert rendre_docx(COMPLET, JOUR) == complet
    assert rendre_docx(COMPLET, date(2026, 2, 2)) != complet
    with zipfile.ZipFile(io.BytesIO(complet)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(2026, 2, 1, 0, 0, 0)}


def test_headings_are_real_headings_in_the_same_order_as_the_pdf(complet: bytes) -> None:
    titres = [
        (int(p.style.name[-1]), p.text)
        for p in ouvrir(complet).paragraphs
        if p.style.name.startswith("Heading ")
    ]
    assert titres == [(niveau, titre) for niveau, titre, _ in rendre(COMPLET, JOUR).plan]


def test_styles_of_paragraphs_and_lists(complet: bytes) -> None:
    styles = {p.text: p.style.name for p in ouvrir(complet).paragraphs}
    assert styles["Note"] == "Title"
    assert styles["Campagne"] == "Subtitle"
    assert styles["e"] == "List Bullet"
    assert styles["a"] == styles["d"] == "List Number"


def test_each_numbered_list_starts_again_at_one(complet: bytes) -> None:
    numeros = [p._p.pPr.numPr.numId.val for p in ouvrir(complet).paragraphs if p.style.name == "List Number"]
    assert numeros[0] == numeros[1] != numeros[2] == numeros[3]
    definitions = membre(complet, "word/numbering.xml")
    assert all(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/><w:lvlOverride' in definitions for n in numeros
    )


def test_a_gap_is_bold_red_on_a_tinted_ground_everywhere(complet: bytes) -> None:
    corps = membre(complet, "word/document.xml")
    assert len(re.findall(r'<w:rStyle w:val="Manque"/></w:rPr><w:t[^>]*>\[à\u00a0compléter', corps)) == 4
    style = re.search(r'w:styleId="Manque".*?</w:style>', membre(complet, "word/styles.xml"), re.S)
    assert style
    assert "<w:b/>" in style[0]
    assert 'w:val="B3261E"' in style[0]
    assert "w:shd" in style[0]


def test_tables_repeat_their_header_and_never_cut_a_row(complet: bytes) -> None:
    (table,) = [t for t in ouvrir(complet).tables if len(t.columns) == 3 and len(t.rows) > 3]
    assert table.style.name == "Tableau ESMS"
    rangees = table._tbl.tr_lst
    assert len(rangees) == 32
    assert [bool(r.xpath("./w:trPr/w:tblHeader")) for r in rangees] == [True] + [False] * 31
    assert all(r.xpath("./w:trPr/w:cantSplit") for r in rangees)
    # The header stays with two rows, the total with the last one.
    garde = [bool(r.xpath(".//w:keepNext")) for r in rangees]
    assert garde == [True, True] + [False] * 27 + [True, True, False]


def test_signatures_are_side_by_side_and_stay_with_the_words_before(complet: bytes) -> None:
    fichier = ouvrir(complet)
    cadres = [t for t in fichier.tables if "Date, signature et cachet" in t._tbl.xpath("string(.)")]
    assert [len(t._tbl.xpath(".//w:t[starts-with(., 'Partie ')]")) for t in cadres] == [2, 1]
    assert all(t._tbl.xpath(".//w:cantSplit") for t in cadres)
    (fait,) = [p for p in fichier.paragraphs if p.text == "Fait à Nice."]
    assert fait._p.pPr.keepNext is not None
    assert cadres[0]._tbl.xpath(".//w:keepNext")
    assert not cadres[1]._tbl.xpath(".//w:keepNext")


def test_a_page_break_starts_the_heading_on_a_new_page(complet: bytes) -> None:
    (second,) = [p for p in ouvrir(complet).paragraphs if p.style.name == "Heading 1" and p.text == "Second"]
    assert second._p.pPr.xpath("./w:pageBreakBefore")


def test_the_table_of_contents_has_its_entries_and_their_targets(complet: bytes) -> None:
    corps = membre(complet, "word/document.xml")
    assert 'TOC \\o "1-2" \\h' in corps
    entrees = re.findall(r'<w:hyperlink w:anchor="(\w+)".*?</w:hyperlink>', corps, re.S)
    signets = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"/>', corps)
    assert len(entrees) == 5
    assert set(entrees) <= set(signets)
    assert len(set(signets)) == 6
    assert corps.count('w:fldCharType="begin"') == corps.count('w:fldCharType="end"')
    assert "w:updateFields" not in membre(complet, "word/settings.xml")


def test_a_short_document_has_no_table_of_contents() -> None:
    court = doc(*(Titre(2, f"t{i}") for i in range(4)))
    assert "TOC" not in membre(rendre_docx(court, JOUR), "word/document.xml")


def test_header_footer_page_language_and_metadata() -> None:
    octets = rendre_docx(
        Document("x", "Convention", "", "Grappe", "Porteur", (Paragraphe("a"),), brouillon="À revoir"), JOUR
    )
    fichier = ouvrir(octets)
    section = fichier.sections[0]
    assert (section.page_width.pt, section.page_height.pt) == pytest.approx((595.3, 841.9), abs=0.1)
    entete = section.header.tables[0]._tbl.xpath("string(.)")
    assert entete == "GrappeÀ revoirConvention"
    pied = section.footer._element
    assert "Porteur · 1er février 2026" in pied.xpath("string(.)").replace("\u00a0", " ")
    assert [i.text.strip() for i in pied.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert 'w:lang w:val="fr-FR"' in membre(octets, "word/styles.xml")
    proprietes = fichier.core_properties
    assert (proprietes.title, proprietes.author, proprietes.language) == ("Convention", "Porteur", "fr-FR")
    assert proprietes.created.date() == proprietes.modified.date() == JOUR


def test_the_font_is_embedded_and_has_a_fallback(complet: bytes) -> None:
    table = membre(complet, "word/fontTable.xml")
    assert 'w:altName w:val="Calibri"' in table
    liens = membre(complet, "word/_rels/fontTable.xml.rels")
    with zipfile.ZipFile(io.BytesIO(complet)) as archive:
        for role in ("embedRegular", "embedBold", "embedItalic"):
            trouve = re.search(rf'<w:{role} r:id="(\w+)" w:fontKey="\{{([-\w]+)\}}"', table)
            assert trouve
            cible = re.search(rf'Id="{trouve[1]}"[^>]*Target="([^"]+)"', liens) or re.search(
                rf'Target="([^"]+)"[^>]*Id="{trouve[1]}"', liens
            )
            assert cible
            octets = bytearray(archive.read("word/" + cible[1]))
            cle = bytes.fromhex(trouve[2].replace("-", ""))[::-1]
            clair = bytes(o ^ cle[i % 16] for i, o in enumerate(octets[:32]))
            assert clair[:4] == b"\x00\x01\x00\x00"


@pytest.mark.parametrize("nom", NOMS_DIFFICILES)
def test_no_name_breaks_the_file(nom: str) -> None:
    octets = rendre_docx(
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
    paragraphes = [p.text for p in ouvrir(octets).paragraphs]
    assert propre(nom) in paragraphes


def test_arabic_is_told_right_to_left_and_emoji_stay() -> None:
    octets = rendre_docx(doc(Paragraphe("Foyer مرحبا بكم 😀")), JOUR)
    assert re.search(r"<w:rtl/>.*?مرحبا بكم</w:t>", membre(octets, "word/document.xml"))
    assert "Foyer مرحبا بكم 😀" in [p.text for p in ouvrir(octets).paragraphs]


@given(st.text(st.characters(), max_size=60))
def test_cleaned_words_are_legal_and_stay_clean(texte: str) -> None:
    net = propre(texte)
    assert propre(net) == net
    assert all(c == "\n" or ord(c) >= 32 for c in net)
    net.encode("utf-8")
    assert "\u202f" not in net


def test_four_hundred_rows_are_fast() -> None:
    document = doc(tableau(400))
    debut = time.perf_counter()
    octets = rendre_docx(document, JOUR)
    assert time.perf_counter() - debut < 4
    assert membre(octets, "word/document.xml").count("Établissement ") == 400


def test_an_empty_document_and_an_empty_table() -> None:
    assert ouvrir(rendre_docx(doc(), JOUR)).paragraphs[0].text == "Note"
    vide = ouvrir(rendre_docx(doc(Tableau((Colonne("A"), Colonne("B")), ())), JOUR))
    assert [c.text for c in vide.tables[0].rows[1].cells] == ["—", ""]


def test_every_document_of_the_catalogue_keeps_its_words(
    fabrique: Callable[..., Dossier], campagne: Campagne, jour: date
) -> None:
    dossier = fabrique(12, 4)
    for genere, og in catalogue.tous(dossier):
        document = catalogue.produire(genere.code, dossier, campagne, jour, og)
        octets = rendre_docx(document, jour)
        fichier = ouvrir(octets)
        voulus = [propre(b.texte).replace("\u00a0", " ") for b in document.blocs if isinstance(b, Titre)]
        assert titres(octets) == voulus
        lues = [
            [cellule.xpath("string(.)") for cellule in rangee.tc_lst]
            for table in fichier.tables
            if table.style.name == "Tableau ESMS"
            for rangee in table._tbl.tr_lst
        ]
        assert lues == list(_rangees(document))


def _rangees(document: Document) -> list[list[str]]:
    resultat: list[list[str]] = []
    for bloc in document.blocs:
        if isinstance(bloc, Tableau):
            # The label of a total stands over the empty cells that follow it.
            total = [[bloc.total[0], *bloc.total[couverture(bloc.total) :]]] if bloc.total else []
            lignes = [[c.entete for c in bloc.colonnes], *bloc.lignes, *total]
            resultat += [
                ["".join(souder(propre(texte_brut(c))).split("\n")) for c in ligne] for ligne in lignes
            ]
    return resultat
