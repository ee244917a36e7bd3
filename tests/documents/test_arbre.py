"""The tree: its gaps and its fingerprint."""

from dataclasses import replace

import pytest

from esms_desktop.documents.arbre.arbre import (
    Colonne,
    Document,
    Encadre,
    Liste,
    Manque,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
    champ,
    empreinte,
    manques,
    texte_brut,
)

DOC = Document(
    "essai",
    "Titre",
    "",
    "Dossier",
    "Porteur",
    (
        Titre(1, "Un"),
        Paragraphe(("Le DPO est ", Manque("DPO"), ".")),
        Liste((Manque("référent"), "rien")),
        Tableau((Colonne("A"), Colonne("B")), (("x", Manque("capacité", "-")),), ("Total", Manque("DPO"))),
    ),
)


def test_gaps_are_named_once_in_reading_order() -> None:
    assert manques(DOC) == ["DPO", "référent", "capacité"]


@pytest.mark.parametrize(
    ("manque", "lu"),
    [
        (Manque("DPO"), "[à\u00a0compléter\u00a0: DPO]"),
        (Manque("DPO (X)", "DPO"), "[à\u00a0compléter\u00a0: DPO]"),
        (Manque("capacité", "-"), "[à\u00a0compléter]"),
    ],
)
def test_what_a_gap_prints(manque: Manque, lu: str) -> None:
    assert manque.texte == lu


@pytest.mark.parametrize("vide", ["", "  ", "\u00a0\n"])
def test_an_empty_field_is_a_gap(vide: str) -> None:
    assert champ(vide, "siège") == Manque("siège")
    assert champ(" Nice ", "siège") == Texte("Nice")


@pytest.mark.parametrize(
    "autre",
    [
        replace(DOC, titre="Autre"),
        replace(DOC, dossier_nom="Autre"),
        replace(DOC, blocs=DOC.blocs[:-1]),
        replace(DOC, blocs=(Titre(2, "Un"), *DOC.blocs[1:])),
        replace(DOC, blocs=(*DOC.blocs, Encadre("info", "mot"))),
    ],
)
def test_the_fingerprint_moves_with_the_content(autre: Document) -> None:
    assert empreinte(autre) != empreinte(DOC)


def test_the_fingerprint_tells_kinds_of_blocks_apart() -> None:
    paragraphe, encadre = (replace(DOC, blocs=(b,)) for b in (Paragraphe("a"), Encadre("info", "a")))
    assert empreinte(paragraphe) != empreinte(encadre)


def test_the_fingerprint_ignores_the_draft_notice() -> None:
    assert empreinte(replace(DOC, brouillon="Projet")) == empreinte(DOC)
    assert len(empreinte(DOC)) == 64


def test_a_ragged_table_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        Tableau((Colonne("A"), Colonne("B")), (("x",),))


def test_words_of_a_content() -> None:
    assert texte_brut(("a ", Texte("b", gras=True), Manque("c", "-"))) == "a b[à\u00a0compléter]"
