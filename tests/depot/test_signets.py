"""Bookmarks and links of the bundle: where they land on the page, what they are called, the way back to the contents."""

import re

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name, Pdf

from esms_desktop.depot.publication import Depot, deposer
from esms_desktop.depot.reunion.intitules import en_mots, intitules
from esms_desktop.model import Fichier, Og
from tests.depot import fabrique as f

EXTENSION = re.compile(r"\.(pdf|docx?|xlsx?|png|jpe?g|gif)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def relie(tmp_path_factory: pytest.TempPathFactory) -> Depot:
    projet = f.dossier(ogs=2)
    contenus: dict[str, bytes] = {}
    for og in projet.ogs:
        f.joindre(projet, contenus, 4, f"lettre_{og.id} signée.PDF", f.pdf("Lettre"), og.id)
    f.joindre(projet, contenus, 9, "rib.pdf", f.pdf("RIB", 1, (595.0, 842.0), 90))
    sortie = tmp_path_factory.mktemp("signets") / "sortie"
    return deposer(projet, f.campagne(), f.JOUR, sortie, contenus.__getitem__)


def _plan(pdf: Pdf) -> list[pikepdf.OutlineItem]:
    trouves: list[pikepdf.OutlineItem] = []
    pile = list(reversed(pdf.open_outline().root))
    while pile:
        item = pile.pop()
        trouves.append(item)
        pile += reversed(item.children)
    return trouves


def test_every_bookmark_lands_on_its_words(relie: Depot) -> None:
    with Pdf.open(relie.bundle) as pdf, pypdfium2.PdfDocument(relie.bundle) as lu:
        rangs = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        trouves = 0
        for item in _plan(pdf):
            page, genre, _, haut, _ = item.destination
            assert genre == Name.XYZ, item.title
            textes = lu[rangs[page.objgen]].get_textpage()
            recherche = textes.search(item.title)
            places = []
            while (place := recherche.get_next()) is not None:
                places.append(textes.get_charbox(place[0])[3])
            # The words stand just under the place where the reader lands: a heading, not the head of the page.
            trouves += any(0 < float(haut) - y < 30 for y in places)
        assert trouves > 40


def test_bookmarks_are_called_by_what_they_are(relie: Depot) -> None:
    with Pdf.open(relie.bundle) as pdf:
        titres = [item.title for item in _plan(pdf)]
    assert titres[:3] == ["Couverture", "Sommaire", "Fiche de recevabilité"]
    assert not [t for t in titres if EXTENSION.search(t) or "_" in t]
    assert "Lettre d’engagement signée – AF1" in titres


def test_each_page_leads_back_to_the_contents(relie: Depot) -> None:
    with Pdf.open(relie.bundle) as pdf, pypdfium2.PdfDocument(relie.bundle) as lu:
        sommaire = pdf.pages[1].obj.objgen
        for rang, page in enumerate(pdf.pages):
            liens = [
                a
                for a in page.obj.get(Name.Annots, [])
                if str(a.get(Name.Contents, "")) == "Retour au sommaire"
            ]
            dit = "Retour au sommaire" in lu[rang].get_textpage().get_text_bounded()
            assert (len(liens), dit) == ((0, False) if rang < 2 else (1, True)), rang
            for lien in liens:
                assert lien[Name.A][Name.D][0].objgen == sommaire
                # The link is where the words are: read in the box alone.
                boite = [float(x) for x in lien[Name.Rect]]
                assert lu[rang].get_textpage().get_text_bounded(*boite).strip() == "Retour au sommaire"


def test_titles_of_attached_files_are_never_twice_the_same() -> None:
    ogs = [Og(id=1, nom="Association A"), Og(id=2, nom="Association B")]
    fichiers = [
        Fichier(nom="a.pdf", og_id=1, entite=""),
        Fichier(nom="b.pdf", og_id=1, entite=""),
        Fichier(nom="c.pdf", og_id=2, entite=""),
        Fichier(nom="d.pdf", og_id=None, entite=""),
    ]
    assert intitules(10, "Autodiagnostics", fichiers, ogs) == [
        "Autodiagnostic – Association A (1)",
        "Autodiagnostic – Association A (2)",
        "Autodiagnostic – Association B",
        "Autodiagnostic",
    ]
    assert intitules(12, "x", [Fichier(nom="a.pdf", entite="Croix-Rouge")], []) == [
        "Autorisation de l’entité nationale – Croix-Rouge"
    ]
    assert intitules(6, "Plan de financement pluriannuel", [Fichier(nom="a.pdf", entite="")], []) == [
        "Plan de financement pluriannuel"
    ]


@pytest.mark.parametrize(
    ("nom", "mots"),
    [
        ("Compte_rendu  2022.final.pdf", "Compte rendu 2022.final"),
        ("___.pdf", "Fichier sans nom"),
        ("x", "x"),
    ],
)
def test_the_name_of_an_inner_file_as_words(nom: str, mots: str) -> None:
    assert en_mots(nom) == mots
