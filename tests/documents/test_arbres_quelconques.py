"""Every tree is drawn, whatever its sizes; a block cut between two pages keeps the white around it."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, note

from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Document,
    Espace,
    Paragraphe,
    SautPage,
    Tableau,
    Titre,
)
from esms_desktop.documents.pdf.rendu import paginer, rendre

from .arbres import documents

JOUR = date(2026, 2, 1)


@given(documents())
def test_every_tree_is_drawn(document: Document) -> None:
    note(repr(document))
    rendu = rendre(document, JOUR)
    with pypdfium2.PdfDocument(BytesIO(rendu.octets)) as pdf:
        assert len(pdf) == rendu.pages >= 1


def doc(*blocs: Bloc) -> Document:
    return Document("essai", "Note", "Campagne", "Grappe", "Porteur", blocs)


@pytest.mark.parametrize("avant", range(124, 132))
def test_a_table_of_a_tight_layout_is_cut_where_it_was_measured(avant: int) -> None:
    """The white before a piece is the one its whole was measured with: 0.84 points more cost the document."""
    table = Tableau(
        (Colonne("Nom"), Colonne("Ville")), tuple((f"Nom {i}", "Nice") for i in range(26)), ("", "")
    )
    mots = (Titre(1, "Ici"), *(Paragraphe("ligne") for _ in range(9)), Espace(avant / 2))
    assert paginer(doc(*mots, table, Paragraphe("fin"), table), JOUR).pages >= 2


def test_page_breaks_that_follow_each_other_are_one() -> None:
    assert rendre(doc(Paragraphe("a"), *[SautPage()] * 30, Paragraphe("b")), JOUR).pages == 2
