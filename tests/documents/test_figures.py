"""What is drawn: organisation charts and calendars, and words in Arabic script."""

import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from esms_desktop.documents.arbre.arbre import (
    Barre,
    Bloc,
    BlocSignature,
    Boite,
    Colonne,
    Document,
    Encadre,
    Frise,
    Liste,
    Organigramme,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
    empreinte,
    en_liste,
    texte_brut,
)
from esms_desktop.documents.arbre.ecritures import contient_arabe, retourner, troncons
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.pdf.rendu import rendre

from .outils import JOUR, textes

ARABE = "جمعية البيت الكبير"


def doc(*blocs: Bloc) -> Document:
    return Document("essai", "Titre", "", "Dossier", "Porteur", blocs)


def arbre(n: int, nom: str = "Organisme") -> Organigramme:
    feuilles = tuple(Boite(f"{nom} {i:02d}", (f"ligne {i:02d}",)) for i in range(n))
    return Organigramme(Boite("Pilotage", (), (Boite("Appui"), Boite("Équipe", (), feuilles))))


@pytest.mark.parametrize("n", [1, 3, 4, 5, 12, 60])
@pytest.mark.parametrize("nom", ["Organisme", "Association départementale & <fils> " * 6])
def test_every_box_of_a_chart_is_drawn_once(n: int, nom: str) -> None:
    rendu = rendre(doc(Titre(1, "Organisation"), arbre(n, nom)), JOUR)
    pages = textes(rendu.octets)
    assert re.findall(r"ligne (\d\d)", " ".join(pages)) == [f"{i:02d}" for i in range(n)]
    assert all(mot in pages[0] for mot in ("Organisation", "Pilotage", "Appui", "Équipe", "ligne 00"))
    assert rendu.pages == 1 or n > 4


@pytest.mark.parametrize("avant", range(10, 44, 3))
def test_the_head_of_a_chart_stays_with_its_heading_and_its_first_row(avant: int) -> None:
    blocs = [*(Paragraphe("ligne") for _ in range(avant)), Titre(1, "Organisation"), arbre(12)]
    (page,) = [p for p in textes(rendre(doc(*blocs), JOUR).octets) if "Organisation" in p]
    assert "Pilotage" in page
    assert "Organisme 02" in page


def test_a_box_as_long_as_a_page_still_prints() -> None:
    geant = Boite("Nom " * 400, ("ligne " * 800,))
    assert rendre(doc(Organigramme(Boite("Tête", (), (geant,) * 5))), JOUR).pages >= 1


def test_a_chart_reads_as_a_list() -> None:
    liste = en_liste(arbre(2))
    assert isinstance(liste, Liste)
    assert [texte_brut(e) for e in liste.elements] == [
        "Pilotage",
        "–\u00a0Appui",
        "–\u00a0Équipe",
        "–\u00a0–\u00a0Organisme 00, ligne 00",
        "–\u00a0–\u00a0Organisme 01, ligne 01",
    ]


def frise(n: int, mois: int, limite: bool = True) -> Frise:
    debut = date(2023, 10, 2)
    barres = tuple(
        Barre(f"tâche {i:03d}", debut + timedelta(7 * i), debut + timedelta(7 * i + 30 * (i % 3)), i % 2 == 0)
        for i in range(n)
    )
    fin = debut + timedelta(30 * mois)
    return Frise(debut, fin, barres, fin + timedelta(20) if limite else None, "Date limite")


@pytest.mark.parametrize("n", [1, 15, 60])
@pytest.mark.parametrize("mois", [1, 9, 18, 36, 120])
def test_every_line_of_a_calendar_is_drawn_once_with_its_dates(n: int, mois: int) -> None:
    dessin = frise(n, mois)
    rendu = rendre(doc(Titre(1, "Calendrier"), dessin), JOUR)
    pages = textes(rendu.octets)
    tout = " ".join(pages)
    assert re.findall(r"tâche (\d\d\d)", tout) == [f"{i:03d}" for i in range(n)]
    assert "02/10/2023" in tout
    assert "Date limite : " in pages[-1]
    for page in pages:
        assert re.search(r"\b20\d\d\b", page)
    assert "tâche 000" in pages[0]
    if mois == 36:
        assert "J F M A M J J A S O N D" in pages[0]


def test_no_letter_of_a_calendar_is_under_six_points() -> None:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(rendre(doc(frise(20, 36)), JOUR).octets)) as pdf:
        corps = [
            float(op.operands[1])
            for page in pdf.pages
            for op in pikepdf.parse_content_stream(page)
            if str(op.operator) == "Tf"
        ]
    assert corps
    assert min(corps) >= 6


def test_drawings_move_the_fingerprint_and_do_not_break_word() -> None:
    un, deux = doc(frise(3, 9), arbre(3)), doc(frise(4, 9), arbre(3))
    assert empreinte(un) != empreinte(deux)
    assert rendre_docx(un, JOUR).startswith(b"PK")


def test_arabic_names_print_in_their_own_embedded_font(tmp_path: Path) -> None:
    document = Document(
        "x",
        f"Note {ARABE}",
        ARABE,
        ARABE,
        ARABE,
        (
            Titre(1, f"Foyer {ARABE}"),
            Paragraphe((ARABE, Texte(f" {ARABE}", gras=True))),
            Paragraphe(f"{ARABE} " * 30),
            Encadre("info", ARABE),
            Tableau((Colonne("A"), Colonne(ARABE)), ((ARABE, f"Foyer {ARABE} du Lac"),)),
            BlocSignature(ARABE, ARABE, "x"),
            Organigramme(Boite(ARABE, (ARABE,))),
        ),
    )
    rendu = rendre(document, JOUR)
    assert rendu.remarques == ()
    tout = " ".join(textes(rendu.octets))
    assert "?" not in tout
    assert "◊" not in tout
    fichier = tmp_path / "x.pdf"
    fichier.write_bytes(rendu.octets)
    polices = subprocess.run(["pdffonts", fichier], check=True, capture_output=True, text=True).stdout
    assert "IBMPlexSansArabic" in polices
    assert all(re.search(r"yes yes yes +\d+ +0$", ligne) for ligne in polices.splitlines()[2:])
    subprocess.run(["qpdf", "--check", fichier], check=True, capture_output=True)
    assert rendu.plan[0][1] == f"Foyer {ARABE}"


def test_arabic_words_are_joined_and_turned() -> None:
    assert not contient_arabe("Foyer du Lac")
    (latin, un), (arabe, deux), (fin, trois) = troncons("Foyer بيت du Lac")
    assert (latin, un, fin, trois, deux) == ("Foyer ", False, " du Lac", False, True)
    # Initial, medial and final forms, the last letter drawn first.
    assert [f"{ord(c):04X}" for c in arabe] == ["FE96", "FEF4", "FE91"]
    assert retourner(" a b c ") == " c b a "
    assert retourner("  ") == "  "


@pytest.mark.parametrize("n", [5, 10, 12, 20, 31])
def test_the_last_row_of_a_chart_is_never_alone_on_its_page(n: int) -> None:
    for avant in range(0, 40, 4):
        blocs = (*(Paragraphe("ligne") for _ in range(avant)), arbre(n))
        pages = textes(rendre(doc(*blocs), JOUR).octets)
        derniere = [p for p in pages if f"Organisme {n - 1:02d}" in p][-1]
        assert n < 4 or f"Organisme {(n - 1) // 3 * 3 - 1:02d}" in derniere
