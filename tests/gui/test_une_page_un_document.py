"""Adding a page or a document is adding one folder or one file: what is declared is shown, opened, made."""

import sys
from collections.abc import Iterator
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue, registre
from esms_desktop.documents.arbre.arbre import Document, Paragraphe
from esms_desktop.exemples.dossier import creer_exemple
from esms_desktop.lecture import Dossier
from tests.bases import porte_de
from tests.gui.conftest import JOUR
from ui import inscriptions
from ui.contexte import Contexte
from ui.pages.commun.page import PageDossier
from ui.vue_dossier import VueDossier


class PageNotes(PageDossier):
    """A page that says the notes of the dossier."""

    cle = "notes"
    titre = "Notes"

    def rafraichir(self) -> None:
        self.dites = self.lecture().dossier.notes


@pytest.fixture
def de_plus() -> Iterator[None]:
    module = ModuleType("page_de_plus")
    module.PageNotes = PageNotes  # type: ignore[attr-defined]
    sys.modules["page_de_plus"] = module

    @registre.produit("releve-notes", "Relevé des notes", rang=9)
    def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
        return Document(
            code="releve-notes",
            titre="Relevé des notes",
            sous_titre="",
            dossier_nom=dossier.nom,
            porteur="",
            blocs=(Paragraphe(dossier.notes or "Aucune note."),),
        )

    inscriptions.inscrire("notes", "Notes", "Organiser", 99, "page_de_plus:PageNotes")
    yield
    inscriptions.oublier("notes")
    registre.oublier("releve-notes")
    del sys.modules["page_de_plus"]


def test_a_page_and_a_document_declared_are_there(de_plus: None, contexte: Contexte, qtbot: Any) -> None:
    dossier = creer_exemple(porte_de(contexte))
    vue = VueDossier(contexte)
    qtbot.addWidget(vue)
    vue.ouvrir(dossier.id, "notes")
    assert isinstance(vue.page, PageNotes) and vue.page.dites == contexte.lecture(dossier.id).dossier.notes
    assert [e.titre for e in vue.barre.entrees.values()][-1] == "Notes"
    lu = contexte.lecture(dossier.id)
    assert catalogue.produire("releve-notes", lu.dossier, lu.campagne, JOUR).titre == "Relevé des notes"
    page: Any = vue.montrer("documents")
    titres = [page.modele.objet(i).titre for i in range(page.modele.rowCount())]
    assert "Relevé des notes" in titres


def test_two_of_the_same_name_are_refused(de_plus: None) -> None:
    with pytest.raises(ValueError):
        inscriptions.inscrire("notes", "Autre", "", 1, "x:Y")
    with pytest.raises(ValueError):
        registre.produit("releve-notes", "Autre")(lambda *_: Document("x", "", "", "", "", ()))
