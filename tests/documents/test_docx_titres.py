"""Headings numbered by Word, drawings inside the margins, letters on one page: the Word copies read back."""

import copy
import io
import re
from collections import Counter
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Boite,
    Document,
    Organigramme,
    Paragraphe,
    Titre,
    texte_brut,
)
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.model import Dossier

from .outils import JOUR, fabriquer
from .plans import planifier


def titres(octets: bytes) -> list[str]:
    """The headings as Word shows them, their numbers counted here from what the file defines."""
    fichier = docx.Document(io.BytesIO(octets))
    definitions = fichier.part.numbering_part.element
    looks = {a.get(qn("w:abstractNumId")): a for a in definitions.iterchildren(qn("w:abstractNum"))}
    listes = {n.get(qn("w:numId")): n for n in definitions.iterchildren(qn("w:num"))}
    comptes: Counter[str] = Counter()
    lus = []
    for p in fichier.paragraphs:
        if not (p.style and p.style.name and p.style.name.startswith("Heading ")):
            continue
        numero = p._p.pPr.numPr
        if numero is None:
            lus.append(p.text)
            continue
        cle = str(numero.numId.val)
        liste = listes[cle]
        look = looks[liste.find(qn("w:abstractNumId")).get(qn("w:val"))].find(qn("w:lvl"))
        debut = int(liste.find(qn("w:lvlOverride")).find(qn("w:startOverride")).get(qn("w:val")))
        n = debut + comptes[cle]
        comptes[cle] += 1
        forme = look.find(qn("w:numFmt")).get(qn("w:val"))
        ecrit = chr(ord("A") + n - 1) if forme == "upperLetter" else str(n)
        lus.append(f"{look.find(qn('w:lvlText')).get(qn('w:val')).replace('%1', ecrit)} {p.text}")
    return [t.replace("\u00a0", " ") for t in lus]


def document(*blocs: Bloc) -> Document:
    return Document("x", "Titre", "", "Grappe", "Porteur", blocs)


@pytest.mark.parametrize("dossier", [fabriquer(), fabriquer(1, 16), planifier(12, 10)])
def test_sections_and_articles_are_numbered_by_word_as_they_are_on_paper(dossier: Dossier) -> None:
    campagne = charger("2022")
    comptes = 0
    for genere, og in catalogue.tous(dossier):
        if genere.par_og:
            continue
        arbre = catalogue.produire(genere.code, dossier, campagne, JOUR, og)
        octets = rendre_docx(arbre, JOUR)
        voulus = [b.texte for b in arbre.blocs if isinstance(b, Titre)]
        assert titres(octets) == [t.replace("\u00a0", " ") for t in voulus], genere.code
        typed = [
            p.text
            for p in docx.Document(io.BytesIO(octets)).paragraphs
            if p.style.name.startswith("Heading ")
        ]
        assert not [t for t in typed if re.match(r"(?:Article |Annexe |Document )?\d+\. ", t)]
        comptes += sum(t != v for t, v in zip(typed, voulus, strict=True))
    assert comptes > 40


def test_an_article_added_renumbers_the_others() -> None:
    arbre = document(
        Titre(1, "1. Un"), Titre(2, "Article 1. A"), Titre(2, "Article 2. B"), Titre(1, "2. Deux")
    )
    fichier = docx.Document(io.BytesIO(rendre_docx(arbre, JOUR)))
    premier = next(p for p in fichier.paragraphs if p.text == "A")
    premier._p.addnext(copy.deepcopy(premier._p))
    sortie = io.BytesIO()
    fichier.save(sortie)
    assert titres(sortie.getvalue()) == ["1. Un", "Article 1. A", "Article 2. A", "Article 3. B", "2. Deux"]


@pytest.mark.parametrize(
    "textes",
    [
        ["1. A", "2. B", "1. C", "2. D", "7. E", "8. F"],
        [
            "Annexe 3. A",
            "Annexe 4. B",
            "2024. Une année",
            "0. Zéro",
            "01. Un",
            "3.5 places",
            "1.",
            "Article 1. ",
        ],
        ["A. Un", "B. Deux", "M. Martin", "A.B.C.", "C. Trois"],
        ["1. A", "Sans numéro", "2. B", "Article 12 bis. X"],
    ],
)
def test_whatever_their_numbers_headings_read_the_same(textes: list[str]) -> None:
    arbre = document(*(b for t in textes for b in (Titre(1, t), Paragraphe("x"))))
    assert titres(rendre_docx(arbre, JOUR)) == [t.strip() for t in textes]


def test_drawings_stand_inside_the_margins() -> None:
    d = planifier(24, 10, fabriquer(12, 2))
    campagne = charger("2022")
    dessins = 0
    for code in ("gouvernance", "planning"):
        fichier = docx.Document(io.BytesIO(rendre_docx(catalogue.produire(code, d, campagne, JOUR), JOUR)))
        section = fichier.sections[0]
        large = section.page_width - section.left_margin - section.right_margin
        haut = section.page_height - section.top_margin - section.bottom_margin
        for forme in fichier.inline_shapes:
            assert forme.width <= large
            assert forme.height <= haut
            # What is left out is not nought for every program.
            assert [forme._inline.get(c) for c in ("distT", "distB", "distL", "distR")] == ["0"] * 4
            assert len(forme._inline.docPr.get("descr")) > 40
            dessins += 1
    assert dessins >= 4


def test_the_chart_is_drawn_and_said_in_words() -> None:
    racine = Boite("Comité", ("Président",), tuple(Boite(f"OG {i}", (f"{i} ESSMS",)) for i in range(60)))
    fichier = docx.Document(io.BytesIO(rendre_docx(document(Organigramme(racine)), JOUR)))
    assert len(fichier.inline_shapes) > 1
    for forme in fichier.inline_shapes:
        dit = forme._inline.docPr.get("descr").replace("\u00a0", " ")
        assert all(mots in dit for mots in ("Comité, Président", "– OG 59, 59 ESSMS"))


def test_a_letter_has_its_own_head_and_closer_lines() -> None:
    d = fabriquer(2, 12)
    lettre = catalogue.produire("lettre-engagement", d, charger("2022"), date(2022, 5, 2), d.ogs[1])
    fichier = docx.Document(io.BytesIO(rendre_docx(lettre, JOUR)))
    section = fichier.sections[0]
    assert section.different_first_page_header_footer
    dits = [
        "".join(x._element.itertext()).replace("\u00a0", " ")
        for x in (section.first_page_header, section.header, section.footer, section.first_page_footer)
    ]
    assert [d.ogs[1].nom in dit for dit in dits] == [False, True, True, True]
    normal, autre = (
        f.styles["Normal"].paragraph_format.line_spacing
        for f in (fichier, docx.Document(io.BytesIO(rendre_docx(document(), JOUR))))
    )
    assert normal < autre
    assert texte_brut(lettre.blocs[0].expediteur[0]) == d.ogs[1].nom  # type: ignore[union-attr]
