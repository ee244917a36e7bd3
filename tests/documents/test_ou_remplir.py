"""Each gap of a document names the field that fills it, and that field has its page."""

from dataclasses import replace

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import Lacune, Manque, Paragraphe, empreinte
from esms_desktop.documents.constats import cible_du_manque
from esms_desktop.documents.ou_remplir import page_du_champ
from esms_desktop.model import ActionCommunication, Contact, Dossier, Instance, SessionFormation, Vague
from esms_desktop.nomenclature.champs import CHAMPS
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.constats import Page

from .outils import JOUR, fabriquer

CAMPAGNES = ("2023-ile-de-france", "2022", "2021-amorcage")


def _dossiers() -> list[Dossier]:
    """One that holds nothing, one whose rows are there and say nothing."""
    entame = fabriquer(2, 2)
    for e in entame.essms:
        e.finess, e.categorie, e.commune, e.capacite, e.file_active = "", "", "", None, None
    for og in entame.ogs:
        og.siren = og.siret = og.finess_ej = og.commune = og.forme_juridique = ""
        og.representant_nom = og.representant_qualite = ""
    entame.vagues.append(Vague(nom="Vague 1"))
    entame.formations.append(SessionFormation(intitule="Prise en main"))
    entame.communications.append(ActionCommunication(objet="Réunion"))
    entame.instances.append(Instance(nom="Comité"))
    entame.contacts.append(Contact(nom="Camille", role=RoleContact.CHEF_DE_PROJET))
    return [Dossier(nom="Vide", type_projet=entame.type_projet, campagne_id="2022"), entame]


def _lacunes(dossier: Dossier, campagne: str) -> list[tuple[str, Lacune]]:
    dossier.campagne_id = campagne
    return [
        (g.code, x)
        for g, og in catalogue.tous(dossier)
        for x in catalogue.lacunes(g.code, dossier, charger(campagne), JOUR, og)
    ]


@pytest.mark.parametrize("campagne", CAMPAGNES)
def test_each_gap_names_the_field_that_fills_it(campagne: str) -> None:
    vues = [x for d in _dossiers() for x in _lacunes(d, campagne)]
    assert len({lacune.nom for _, lacune in vues}) > 60
    assert [(doc, x.nom) for doc, x in vues if x.code not in CHAMPS] == []


@pytest.mark.parametrize(
    ("code", "page"),
    [
        ("og.siren", Page.GRAPPE),
        ("essms.capacite", Page.GRAPPE),
        ("essms.vague_id", Page.DEPLOIEMENT),
        ("essms.sons_autre_solution", Page.RECEVABILITE),
        ("solution.statut", Page.RECEVABILITE),
        ("solution.prix_cents", Page.FINANCEMENT),
        ("dossier.date_convention", Page.FINANCEMENT),
        ("dossier.date_depot_prevue", Page.DEPOT),
        ("contact.role", Page.GOUVERNANCE),
        ("risque.intitule", Page.RISQUES),
        ("tache.nom", Page.PLANNING),
        ("dossier.contexte", None),
        ("texte_document.texte", None),
    ],
)
def test_a_field_has_its_page(code: str, page: Page | None) -> None:
    assert code in CHAMPS and page_du_champ(code) is page


def test_a_gap_opens_its_page_its_question_or_its_document() -> None:
    assert cible_du_manque("convention", Lacune("SIREN", "og.siren")).page is Page.GRAPPE
    question = cible_du_manque("note", Lacune("enjeux", "point_preparation.commentaire", "enjeux"))
    assert (question.page, question.champ) == (Page.PREPARATION, "enjeux")
    texte = cible_du_manque("note", Lacune("contexte du projet", "dossier.contexte"))
    assert (texte.page, texte.champ) == (Page.DOCUMENTS, "note")


def test_the_field_of_a_gap_is_not_what_a_document_says() -> None:
    dossier = fabriquer()
    document = catalogue.produire("note-presentation", dossier, charger(dossier.campagne_id), JOUR)
    avec = [replace(document, blocs=(Paragraphe(Manque("x", code=c)),)) for c in ("og.nom", "og.siren")]
    assert empreinte(avec[0]) == empreinte(avec[1])
