"""How a letter is drawn: as airy as its page allows, its head whole, its table never over its words."""

from dataclasses import replace
from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import (
    Correspondants,
    Document,
    Paragraphe,
    deposee,
    empreinte,
)
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.rendu import paginer, rendre

from .outils import bas_de, fabriquer, textes
from .test_rendu_pdf import doc

JOUR = date(2026, 2, 1)
PHRASE = "Les organismes avancent ensemble vers un même outil et une même méthode. "


def _lettre(essms: int, nom: str) -> Document:
    d = fabriquer(2, essms)
    for e in d.ogs[1].essms:
        e.nom = nom
    return deposee(catalogue.produire("lettre-engagement", d, charger("2022"), JOUR, d.ogs[1]))


@pytest.mark.parametrize("essms", range(6, 16))
def test_a_letter_is_no_closer_than_its_page_asks(essms: int) -> None:
    rendu = rendre(_lettre(essms, "Résidence du Lac"), JOUR)
    assert rendu.pages == 1
    # Nothing is taken from the letter that its page does not need: the place to sign and a few lines are left at most.
    assert essms < 9 or bas_de(rendu.octets, "Signature et cachet") < s.BAS_LETTRE + 110


@pytest.mark.parametrize(
    ("essms", "nom", "pages", "entiere"),
    [
        (10, "Établissement d’hébergement pour personnes âgées", 1, True),
        (17, "ÉTABLISSEMENT D’HÉBERGEMENT POUR PERSONNES ÂGÉES DÉPENDANTES", 1, False),
        (30, "Établissement d’hébergement pour personnes âgées", 2, True),
    ],
)
def test_the_narrow_table_of_a_letter_serves_to_hold_on_a_page(
    essms: int, nom: str, pages: int, entiere: bool
) -> None:
    document = _lettre(essms, nom)
    rendu = rendre(document, JOUR)
    assert rendu.pages == pages
    assert ("Catégorie" in textes(rendu.octets)[0]) is entiere
    # The narrow form is a way to draw the letter, not something it says.
    assert empreinte(document) == empreinte(replace(document, etroit=None))


def test_no_letter_hides_a_category_to_be_completed() -> None:
    d = fabriquer(2, 17)
    for e in d.ogs[1].essms:
        e.nom = "ÉTABLISSEMENT D’HÉBERGEMENT POUR PERSONNES ÂGÉES DÉPENDANTES"
    d.ogs[1].essms[3].categorie = d.ogs[1].essms[3].categorie_libelle = ""
    document = catalogue.produire("lettre-engagement", d, charger("2022"), JOUR, d.ogs[1])
    lus = " ".join(textes(rendre(document, JOUR).octets))
    assert "Catégorie" in lus and "[à compléter]" in lus


@pytest.mark.parametrize("essms", [9, 13, 17])
def test_no_line_of_a_letter_is_under_its_table(essms: int) -> None:
    rendu = rendre(_lettre(essms, "CH - HCO foyer d’accueil médicalisé"), JOUR)
    # The ground of the header is 2.4 points above its words.
    assert bas_de(rendu.octets, "vaut pour") - bas_de(rendu.octets, "Raison sociale") > 14


@pytest.mark.parametrize("genere", [g.code for g in catalogue.generes() if not g.par_og])
def test_placing_without_drawing_gives_the_same_pages(genere: str) -> None:
    document = catalogue.produire(genere, fabriquer(3, 20), charger("2022"), JOUR)
    dessine, place = rendre(document, JOUR), paginer(document, JOUR)
    assert (place.pages, place.plan) == (dessine.pages, dessine.plan) and not place.octets


@pytest.mark.parametrize("lignes", [1, 4])
def test_the_head_of_a_letter_loses_no_word_of_the_longest_name_and_address(lignes: int) -> None:
    """The longest that the base keeps: a name of 300 letters, an address of 300, a commune of 120."""
    mots = [f"mot{i:03d}é" for i in range(38)]
    adresse = " ".join(f"voie{i:03d}" for i in range(52))
    rendu = rendre(
        doc(
            Correspondants(
                (" ".join(mots), *(f"{adresse} fin{i}" for i in range(lignes))), ("À l’attention de", "l’ARS")
            ),
            Paragraphe(PHRASE),
        ),
        JOUR,
    )
    lu = " ".join(textes(rendu.octets)).split()
    attendus = [*mots, *(f"fin{i}" for i in range(lignes) if lignes == 1)]
    assert [m for m in attendus if m not in lu] == []
    assert ("…" in lu) == (lignes > 1), "what cannot stand says that it goes on"
