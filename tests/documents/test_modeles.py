"""The texts that are theirs: our defaults, what a dossier puts in their place, fields, Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop import assets
from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue, modeles
from esms_desktop.documents.arbre import champs
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Liste,
    Manque,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
    empreinte,
    manques,
    runs,
    texte_brut,
)
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Dossier, TexteDocument
from esms_desktop.nomenclature.vocabulaire import TypeProjet

from .arbre_lu import lire
from .outils import JOUR, fabriquer, textes

CODES = [g.code for g in catalogue.generes() if modeles.sections(g.code)]


def blocs(texte: str, dossier: Dossier, campagne: Campagne) -> tuple[Bloc, ...]:
    return modeles.blocs_du_texte(texte, dossier, campagne)


def reecrire(dossier: Dossier, document: str, section: str, texte: str) -> None:
    dossier.textes.append(TexteDocument(document=document, section=section, texte=texte))


def test_every_text_file_belongs_to_a_document_and_names_known_fields() -> None:
    fichiers = {nom.removesuffix(".md") for nom in assets.noms("modeles", ".md")}
    assert fichiers == set(CODES)
    for code in CODES:
        sections = modeles.sections(code)
        assert len({s.code for s in sections}) == len(sections)
        for s in sections:
            assert s.titre
            assert s.defaut
            assert modeles.champs_inconnus(s.defaut) == ()


@pytest.mark.parametrize("code", CODES)
def test_every_section_prints_and_can_be_rewritten(code: str, dossier: Dossier, campagne: Campagne) -> None:
    og = dossier.ogs[0] if catalogue.genere(code).par_og else None
    avant = empreinte(catalogue.produire(code, dossier, campagne, JOUR, og))
    for rang, s in enumerate(modeles.sections(code)):
        reecrire(dossier, code, s.code, f"Passage réécrit numéro {rang}.")
    apres = catalogue.produire(code, dossier, campagne, JOUR, og)
    assert empreinte(apres) != avant
    imprime = " ".join(textes(rendre(apres, JOUR).octets))
    for rang, _ in enumerate(modeles.sections(code)):
        assert f"Passage réécrit numéro {rang}." in imprime
    dossier.textes.clear()
    assert empreinte(catalogue.produire(code, dossier, campagne, JOUR, og)) == avant


def test_the_text_of_a_dossier_comes_before_ours(dossier: Dossier) -> None:
    defaut = modeles.section("convention", "litiges").defaut
    assert modeles.texte_de(dossier, "convention", "litiges") == defaut
    reecrire(dossier, "convention", "litiges", "Autrement.")
    reecrire(dossier, "convention", "objet", "Ailleurs.")
    assert modeles.texte_de(dossier, "convention", "litiges") == "Autrement."
    with pytest.raises(ErreurSaisie, match="pas de section"):
        modeles.texte_de(dossier, "convention", "inconnue")
    assert modeles.sections("fiche-recevabilite") == ()


def test_an_emptied_section_is_a_gap(dossier: Dossier, campagne: Campagne) -> None:
    reecrire(dossier, "gouvernance", "equipe", " \n ")
    (bloc,) = modeles.blocs_de(dossier, campagne, "gouvernance", "equipe")
    assert isinstance(bloc, Paragraphe)
    assert isinstance(bloc.contenu, Manque)


def test_fields_give_their_value_or_a_gap(dossier: Dossier, campagne: Campagne) -> None:
    (p,) = blocs("Porteur : **{porteur.nom}**, {inconnu}, {og.nom}.", dossier, campagne)
    assert isinstance(p, Paragraphe)
    assert runs(p.contenu)[1] == Texte(dossier.ogs[0].nom, gras=True)
    absents = [r.nom for r in runs(p.contenu) if isinstance(r, Manque)]
    assert absents[0] == "champ inconnu «\u00a0inconnu\u00a0»"
    assert absents[1].startswith("nom de l’organisme")
    assert modeles.champs_inconnus("{inconnu} {porteur.nom} {inconnu}") == ("inconnu",)


def test_every_field_of_a_complete_dossier_has_a_value_and_none_of_an_empty_one_crashes() -> None:
    plein, campagne = fabriquer(), charger("2022")
    vide = Dossier(nom="Vide", campagne_id="2022", type_projet=plein.type_projet)
    for nom, description in modeles.champs_disponibles():
        assert description
        for valeur in champs.valeur(nom, champs.Sujet(plein, campagne, plein.ogs[0])):
            assert not isinstance(valeur, Manque), nom
        champs.valeur(nom, champs.Sujet(vide, campagne))


def test_a_free_text_alone_in_its_paragraph_keeps_its_lists(dossier: Dossier, campagne: Campagne) -> None:
    intro, liste = blocs("Objectifs :\n\n{dossier.objectifs}", dossier, campagne)
    assert isinstance(intro, Paragraphe)
    assert isinstance(liste, Liste)
    assert len(liste.elements) == 2
    (phrase,) = blocs("Nos objectifs sont {dossier.objectifs} Voilà.", dossier, campagne)
    assert isinstance(phrase, Paragraphe)
    assert "des échanges sécurisés. Voilà." in texte_brut(phrase.contenu)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("a **b** *c* ***d***", [Paragraphe(("a ", "b", " ", "c", " ", "d"))]),
        ("# T\n\n### U", [Titre(2, "T"), Titre(3, "U")]),
        ("1. a\n2. b", [Liste(("a", "b"), numerotee=True)]),
        ("- a\n  - b\n- c", [Liste(("a", "–\u00a0b", "c"))]),
        ("- a\n\n  b\n- c", [Liste(("a\nb", "c"))]),
        ("ligne\nautre", [Paragraphe(("ligne\nautre",))]),
        ("<b>x</b> &amp; [y](z) `k` ![i](j)", [Paragraphe("<b>x</b> &amp; [y](z) `k` ![i](j)")]),
        ("    quatre espaces", [Paragraphe("quatre espaces")]),
        ("a\n---", [Paragraphe("a\n---")]),
        ("", []),
    ],
)
def test_markdown_as_blocks(texte: str, attendu: list[Bloc], dossier: Dossier, campagne: Campagne) -> None:
    def mots(bloc: Bloc) -> object:
        match bloc:
            case Paragraphe():
                return ("p", texte_brut(bloc.contenu))
            case Liste():
                return ("l", bloc.numerotee, tuple(texte_brut(e) for e in bloc.elements))
            case _:
                return bloc

    assert [mots(b) for b in blocs(texte, dossier, campagne)] == [mots(b) for b in attendu]


def test_styles_and_tables(dossier: Dossier, campagne: Campagne) -> None:
    (p,) = blocs("a **b** *c*", dossier, campagne)
    assert isinstance(p, Paragraphe)
    assert [(r.texte, r.gras, r.italique) for r in runs(p.contenu) if isinstance(r, Texte)] == [
        ("a ", False, False),
        ("b", True, False),
        (" ", False, False),
        ("c", False, True),
    ]
    (t,) = blocs("| A | B |\n|---|--:|\n| {dossier.nom} | 2 |\n| 3 |", dossier, campagne)
    assert isinstance(t, Tableau)
    assert [c.alignement for c in t.colonnes] == ["gauche", "droite"]
    assert [[texte_brut(c) for c in ligne] for ligne in t.lignes] == [[dossier.nom, "2"], ["3", ""]]


@given(st.text(alphabet="ab *_#-|\n`<>&[](){}.1\\~!é\u0645", max_size=80))
def test_no_text_breaks_a_page(texte: str) -> None:
    dossier, campagne = fabriquer(1, 1), charger("2022")
    reecrire(dossier, "liste-materiels", "presentation", texte)
    document = catalogue.produire("liste-materiels", dossier, campagne, JOUR)
    assert rendre(document, JOUR).pages >= 1


def test_a_rewritten_text_with_an_empty_field_is_a_gap_of_the_document(
    dossier: Dossier, campagne: Campagne
) -> None:
    dossier.date_convention = None
    reecrire(dossier, "planning", "presentation", "Convention le {date.convention}.")
    document = catalogue.produire("planning", dossier, campagne, JOUR)
    assert "date de la convention" in manques(document)
    assert document.brouillon


@pytest.mark.parametrize("type_projet", list(TypeProjet))
def test_un_organisme_seul_n_est_pas_un_regroupement(type_projet: TypeProjet) -> None:
    d = fabriquer(1, 17)
    d.type_projet, d.contexte, d.mutualisation = type_projet, "Contexte.", "Mise en commun."
    for i in d.instances:
        i.composition = "La direction et le chef de projet"
    campagne = charger("2022")
    pluriel = re.compile(
        r"les organismes|des organismes|aux organismes|[Rr]egroupement|[Cc]haque organisme|entre les parties|leur convention"
    )
    for genere, og in catalogue.tous(d):
        if genere.code in ("convention", "liste-controle", "fiche-recevabilite"):
            continue
        dits = "\n".join(lire(catalogue.produire(genere.code, d, campagne, JOUR, og)))
        assert not pluriel.search(dits), (genere.code, pluriel.findall(dits))


def test_un_projet_national_s_adresse_a_la_caisse_par_son_nom() -> None:
    d = fabriquer(3, 20)
    d.portee_nationale = True
    lettre = "\n".join(lire(catalogue.produire("lettre-engagement", d, charger("2022"), JOUR, d.ogs[0])))
    assert "Caisse nationale de solidarité pour l’autonomie (CNSA)" in lettre
    assert "PAI Numérique" not in lettre


def test_l_amorcage_s_ecrit_a_l_agence_regionale() -> None:
    d = fabriquer(3, 6)
    d.campagne_id = "2021-amorcage"
    lettre = "\n".join(
        lire(catalogue.produire("lettre-engagement", d, charger(d.campagne_id), JOUR, d.ogs[0]))
    )
    assert "Sans objet" not in lettre
    assert "ARS " in lettre or "[financeur|]" in lettre
