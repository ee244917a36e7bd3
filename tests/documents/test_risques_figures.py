"""The figures of the maps of risks: each mark in its cell, each word whole, the header on each page."""

import io
import re
import subprocess
from itertools import product
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from esms_desktop.documents import risques_figures
from esms_desktop.documents.arbre.arbre import Bloc, Document, Paragraphe, Titre, empreinte
from esms_desktop.documents.arbre.arbre_risques import CarteChaude, CaseChaude, LigneChaude, Matrices
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Dossier, NiveauEchelle

from .outils import JOUR, fabriquer, textes
from .risques_outils import ajouter, places, remplir

LONG = "Établissement d’hébergement & d’accueil <de jour> de l’ancien couvent 😀 البيت "


def doc(*blocs: Bloc) -> Document:
    return Document("essai", "Titre", "", "Dossier", "Porteur", blocs)


def figure(dossier: Dossier) -> Matrices:
    faite = risques_figures.matrices(dossier, list(dossier.risques))
    assert faite is not None
    return faite


def test_each_mark_stands_in_the_cell_of_its_probability_and_gravity() -> None:
    dossier = fabriquer(1, 1)
    for p, g in product(range(1, 5), repeat=2):
        ajouter(dossier, f"{p}{g}", probabilite=p, gravite=g, probabilite_residuelle=g, gravite_residuelle=p)
    rendu = rendre(doc(figure(dossier)), JOUR)
    avant, apres = {}, {}
    for rang, cote in enumerate(product(range(1, 5), repeat=2), 1):
        # The matrix before stands at the left of the matrix after, whatever the order of the words.
        (gauche, droite) = sorted(places(rendu.octets, f"R{rang}"))
        avant[cote], apres[cote[::-1]] = gauche, droite
    for marques in (avant, apres):
        for p, g in product(range(1, 5), repeat=2):
            x, y = marques[p, g]
            assert x == pytest.approx(marques[1, g][0], abs=2)
            assert y == pytest.approx(marques[p, 1][1], abs=2)
        assert [marques[1, g][0] for g in range(1, 5)] == sorted(marques[1, g][0] for g in range(1, 5))
        # Probability goes up.
        assert [marques[p, 1][1] for p in range(1, 5)] == sorted(marques[p, 1][1] for p in range(1, 5))
    assert max(x for x, _ in avant.values()) < min(x for x, _ in apres.values())
    # Its words stand at the height of their row, and over their column.
    (quasi, _) = sorted(places(rendu.octets, "Quasi sûr"))
    assert quasi[1] == pytest.approx(avant[4, 1][1], abs=12)
    (mineure, _) = sorted(places(rendu.octets, "Mineure"))
    assert mineure[0] == pytest.approx(avant[1, 1][0], abs=4)


@pytest.mark.parametrize(("nombre", "pages"), [(1, 1), (6, 1), (40, 2), (110, 2)])
def test_a_crowded_cell_keeps_every_number(nombre: int, pages: int) -> None:
    dossier = fabriquer(1, 1)
    for i in range(nombre):
        ajouter(dossier, str(i), probabilite=4, gravite=4, probabilite_residuelle=1, gravite_residuelle=1)
    rendu = rendre(doc(Titre(1, "Carte"), figure(dossier)), JOUR)
    vus = re.findall(r"\bR(\d+)\b", " ".join(textes(rendu.octets)))
    assert sorted(map(int, vus)) == sorted([*range(1, nombre + 1)] * 2)
    assert rendu.pages == pages
    assert "Carte" in textes(rendu.octets)[0] and "Avant actions" in textes(rendu.octets)[0]


def test_a_cell_too_full_for_a_page_counts_its_risks() -> None:
    dossier = fabriquer(1, 1)
    for i in range(700):
        ajouter(dossier, str(i), probabilite=2, gravite=2)
    assert "700 risques" in " ".join(textes(rendre(doc(figure(dossier)), JOUR).octets))


def test_nothing_is_drawn_of_what_is_not_assessed() -> None:
    dossier = fabriquer(1, 1)
    ajouter(dossier, "Muet", probabilite=3)
    assert risques_figures.matrices(dossier, list(dossier.risques)) is None
    ajouter(dossier, "Coté", probabilite=3, gravite=2)
    faite = figure(dossier)
    # Nothing was assessed after the actions: there is no matrix of it.
    assert [m.titre for m in faite.matrices] == ["Avant actions"]
    assert [c.marques for rang in faite.matrices[0].rangees for c in rang if c.marques] == [("R2",)]


def test_the_words_of_the_scales_are_whole_even_long() -> None:
    dossier = fabriquer(1, 1)
    mots = {
        ("probabilite", 4): "Presque certain, nous l’avons déjà vécu deux fois cette année",
        ("gravite", 3): "Insupportable pour les personnes accompagnées et leurs proches",
    }
    for (axe, niveau), libelle in mots.items():
        dossier.niveaux_echelle.append(NiveauEchelle(axe=axe, niveau=niveau, libelle=libelle))
    ajouter(dossier, "Un", probabilite=1, gravite=1, probabilite_residuelle=1, gravite_residuelle=1)
    imprime = "".join(textes(rendre(doc(figure(dossier)), JOUR).octets)).replace(" ", "")
    compact = imprime.replace("\u0002", "").replace("-", "")
    for libelle in mots.values():
        for mot in re.findall(r"\w+", libelle):
            assert compact.count(mot) >= 2, mot


def chaleur(n: int) -> CarteChaude:
    cases = (CaseChaude("16\nCritique", 3), CaseChaude("À évaluer"), CaseChaude("—"))
    lignes = tuple(LigneChaude(f"structure {i:03d}", cases) for i in range(n))
    return CarteChaude("Structure", ("Humain", "Technique", "Juridique"), lignes, risques_figures.teintes())


@pytest.mark.parametrize("avant", [0, 11, 27])
@pytest.mark.parametrize("n", [1, 2, 17, 60, 200])
def test_every_structure_is_drawn_once_under_a_header(n: int, avant: int) -> None:
    blocs = [*(Paragraphe("ligne") for _ in range(avant)), Titre(1, "Carte"), chaleur(n)]
    pages = textes(rendre(doc(*blocs), JOUR).octets)
    tout = " ".join(pages)
    assert re.findall(r"structure (\d\d\d)", tout) == [f"{i:03d}" for i in range(n)]
    assert len(re.findall(r"16 Critique\b", tout)) == n
    portees = [page for page in pages if "structure " in page]
    for page in portees:
        assert "Humain" in page and "Critique : 12 à 16" in page
    (debut,) = [page for page in pages if re.search(r"\bCarte\b", page)]
    assert "structure 000" in debut


@pytest.mark.parametrize("avant", range(24))
def test_no_row_goes_to_the_next_page_alone(avant: int) -> None:
    # What follows keeps the last page from being drawn closer.
    suite = [Paragraphe("suite") for _ in range(20)]
    rendu = rendre(doc(*(Paragraphe("ligne") for _ in range(avant)), chaleur(17), *suite), JOUR)
    comptes = [len(re.findall(r"structure \d", page)) for page in textes(rendu.octets)]
    assert sum(comptes) == 17 and 1 not in comptes


def test_no_letter_of_the_figures_is_under_six_points() -> None:
    dossier = remplir(fabriquer(2, 6))
    document = doc(figure_grappe(dossier), risques_figures.chaleur(dossier, apres=False))
    with pikepdf.open(io.BytesIO(rendre(document, JOUR).octets)) as pdf:
        corps = [
            float(op.operands[1])
            for page in pdf.pages
            for op in pikepdf.parse_content_stream(page)
            if str(op.operator) == "Tf"
        ]
    assert corps
    assert min(corps) >= 6


def figure_grappe(dossier: Dossier) -> Matrices:
    faite = risques_figures.matrices(dossier, [r for r in dossier.risques if r.essms is None])
    assert faite is not None
    return faite


def test_a_structure_without_a_risk_has_no_row() -> None:
    dossier = remplir(fabriquer(2, 3))
    carte = risques_figures.chaleur(dossier, apres=False)
    assert [ligne.libelle for ligne in carte.lignes] == ["Grappe", "Résidence du Lac 1", "Résidence du Lac 4"]


def test_difficult_names_print_whole_and_without_a_lozenge(tmp_path: Path) -> None:
    dossier = remplir(fabriquer(2, 3))
    for e in dossier.essms:
        e.nom = LONG * 3 + e.nom
        ajouter(dossier, "Réseau lent", e, probabilite=2, gravite=2)
    rendu = rendre(doc(risques_figures.chaleur(dossier, apres=False)), JOUR)
    tout = " ".join(textes(rendu.octets))
    for rang in range(1, 7):
        assert f"Lac {rang}" in tout.replace(f"Lac{rang}", f"Lac {rang}")
    fichier = tmp_path / "x.pdf"
    fichier.write_bytes(rendu.octets)
    subprocess.run(["qpdf", "--check", fichier], check=True, capture_output=True)


def test_figures_move_the_fingerprint_and_the_same_figure_does_not() -> None:
    un, deux = fabriquer(1, 2), fabriquer(1, 2)
    for d in (un, deux):
        ajouter(d, "A", probabilite=2, gravite=2)
    assert empreinte(doc(figure(un))) == empreinte(doc(figure(deux)))
    deux.risques[0].gravite = 3
    assert empreinte(doc(figure(un))) != empreinte(doc(figure(deux)))
    chauds = [empreinte(doc(risques_figures.chaleur(d, apres=False))) for d in (un, deux)]
    assert chauds[0] != chauds[1]


def fonds(table: object) -> list[list[tuple[str, str]]]:
    """(words, ground) of each cell of a Word table."""
    lues = []
    for rangee in table.rows:  # type: ignore[attr-defined]
        cellules = []
        for cellule in rangee.cells:
            fond = cellule._tc.tcPr.find(qn("w:shd"))
            couleur = "" if fond is None else fond.get(qn("w:fill"))
            cellules.append((" ".join(cellule.text.split()), couleur))
        lues.append(cellules)
    return lues


def test_word_places_the_same_numbers_on_the_same_colours() -> None:
    dossier = fabriquer(1, 2)
    ajouter(dossier, "A", probabilite=4, gravite=4, probabilite_residuelle=1, gravite_residuelle=2)
    ajouter(dossier, "B", probabilite=4, gravite=4)
    ajouter(dossier, "C", probabilite=1, gravite=3)
    octets = rendre_docx(doc(figure(dossier), risques_figures.chaleur(dossier, apres=False)), JOUR)
    avant, apres, chaude = (fonds(t) for t in docx.Document(io.BytesIO(octets)).tables)
    assert [ligne[0][0] for ligne in avant] == ["Quasi sûr", "Probable", "Possible", "Rare", ""]
    assert avant[0][4] == ("16 R1, R2", "F5C1BE")
    assert avant[3][3] == ("3 R3", "DFF0E6")
    assert avant[3][4] == ("4", "FDF2D6")
    assert [c[0] for c in avant[4]] == ["", "Mineure", "Modérée", "Forte", "Critique"]
    assert apres[3][2] == ("2 R1", "DFF0E6")
    assert chaude[0][0][0] == "Structure" and chaude[0][3][0] == "Technique"
    assert chaude[1][3] == ("16 Critique", "F5C1BE")
    assert chaude[1][1] == ("—", "")
    entete = docx.Document(io.BytesIO(octets)).tables[2].rows[0]
    assert entete._tr.trPr.find(qn("w:tblHeader")) is not None
