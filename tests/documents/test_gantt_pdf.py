"""A printed planning: every name whole, every bar on its days, headers repeated, nothing too small to be read."""

import re
import subprocess
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.gantt import lignes as gantt_lignes
from esms_desktop.documents.gantt.options import OptionsGantt, Zoom
from esms_desktop.documents.gantt.pages import (
    MARGE,
    lettres,
    mettre_en_page,
)
from esms_desktop.documents.gantt.pdf import Impression, composer, imprimer
from esms_desktop.documents.gantt.trace import TEINTES
from esms_desktop.documents.pdf.polices import Nettoyeur
from esms_desktop.documents.pdf.style import hexa
from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Dossier, ReglagePlanning, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.planning import lire

from .gantt_lu import corps, formes
from .outils import textes
from .plans import planifier

AUJOURDHUI = date(2023, 5, 2)
TAILLES = [(15, 9), (15, 18), (15, 36), (60, 9), (60, 18), (60, 36), (300, 9), (300, 18), (300, 36)]
A4, A3 = OptionsGantt(), OptionsGantt(format="A3")
TUILES = OptionsGantt(tuiles=True)


@cache
def dossier(nombre: int, mois: int) -> Dossier:
    return planifier(nombre, mois)


@cache
def imprime(nombre: int, mois: int, options: OptionsGantt) -> Impression:
    return composer(dossier(nombre, mois), charger("2022"), AUJOURDHUI, options)


def noms(page: str) -> list[str]:
    return re.findall(r"n° (\d{3})\b", page)


@pytest.mark.parametrize("options", [A4, A3, TUILES], ids=["A4", "A3", "tuiles"])
@pytest.mark.parametrize(("nombre", "mois"), TAILLES)
def test_every_label_is_whole_and_no_letter_is_under_six_points(
    nombre: int, mois: int, options: OptionsGantt
) -> None:
    octets = imprime(nombre, mois, options).octets
    pages = textes(octets)
    par_colonne: dict[str, list[str]] = {}
    for rang, page in enumerate(pages, 1):
        repere = re.search(r"page (\d+)/(\d+)(?: — colonne ([A-Z]+), ligne (\d+))?", page)
        assert repere is not None
        assert (int(repere[1]), int(repere[2])) == (rang, len(pages))
        par_colonne.setdefault(repere[3] or "A", []).append(page)
    voulus = [p.tache.nom for p in lire(dossier(nombre, mois), AUJOURDHUI).taches]
    for colonne in par_colonne.values():
        tout = " ".join(colonne)
        assert noms(tout) == [v[-3:] for v in voulus]
        for voulu in voulus:
            assert voulu in tout
    assert min(corps(octets)) >= 6


@pytest.mark.parametrize("options", [A4, TUILES, OptionsGantt(tuiles=True, zoom=Zoom.SEMAINE)], ids=str)
@pytest.mark.parametrize(("nombre", "mois"), [(15, 9), (60, 18), (300, 36)])
def test_every_bar_is_placed_to_the_day_beside_its_name(
    nombre: int, mois: int, options: OptionsGantt
) -> None:
    d = dossier(nombre, mois)
    impression = imprime(nombre, mois, options)
    octets, mise = impression.octets, impression.mise
    clairs = {hexa(clair): plan for plan, (_, clair) in TEINTES.items()}
    placees = {p.tache.nom: p for p in lire(d, AUJOURDHUI).taches}
    vues: set[str] = set()
    for page, toutes in zip(mise.pages, formes(octets), strict=True):
        rangs = [r for r in range(page.premier, page.dernier + 1) if mise.rangs[r].ligne.genre == "tache"]
        # The legend, at the foot, draws samples of bars.
        barres = [f for f in toutes if f.couleur in clairs and f.y > MARGE + mise.pied]
        assert len(barres) == len(rangs)
        for rang, barre in zip(rangs, barres, strict=True):
            placee = placees[mise.rangs[rang].ligne.libelle]
            debut = page.de + timedelta(round((barre.x - mise.gauche) / mise.echelle.pas, 3))
            fin = page.de + timedelta(round((barre.x + barre.large - mise.gauche) / mise.echelle.pas, 3))
            assert debut == placee.debut
            assert fin == placee.fin + timedelta(1) or barre.large == pytest.approx(1.0, abs=0.01)
            assert clairs[barre.couleur] == placee.tache.plan
            vues.add(placee.tache.nom)
    assert vues == {nom for nom, p in placees.items() if not p.tache.jalon}


def test_a_milestone_stands_over_the_middle_of_its_day() -> None:
    d = dossier(15, 9)
    impression = imprime(15, 9, A4)
    mise = impression.mise
    sombres = {hexa(sombre) for sombre, _ in TEINTES.values()}
    (page,) = formes(impression.octets)
    losanges = [
        f for f in page if f.couleur in sombres and abs(f.large - f.haut) < 0.01 and f.y > MARGE + mise.pied
    ]
    voulus = [p.fin for p in lire(d, AUJOURDHUI).taches if p.tache.jalon]
    centres = [(f.x + f.large / 2 - mise.gauche) / mise.echelle.pas for f in losanges]
    assert [mise.echelle.premier + timedelta(int(c)) for c in centres] == voulus
    assert [c % 1 for c in centres] == pytest.approx([0.5] * len(centres), abs=0.05)


def hauteurs(octets: bytes, mots: str) -> list[float]:
    """How high the words stand on the first page."""
    with pypdfium2.PdfDocument(octets) as pdf:
        texte = pdf[0].get_textpage()
        trouve = texte.search(mots)
        resultat = []
        while place := trouve.get_next():
            _, bas, _, haut = texte.get_charbox(place[0])
            resultat.append((bas + haut) / 2)
        return resultat


def test_a_bar_stands_at_the_height_of_its_name() -> None:
    impression = imprime(15, 18, A4)
    clairs = {hexa(clair) for _, clair in TEINTES.values()}
    barres = [
        f for f in formes(impression.octets)[0] if f.couleur in clairs and f.y > MARGE + impression.mise.pied
    ]
    rangs = [r for r in impression.mise.rangs if r.ligne.genre == "tache"]
    for rang, barre in zip(rangs, barres, strict=True):
        (haut,) = hauteurs(impression.octets, rang.debut + " " + rang.fin) or hauteurs(
            impression.octets, rang.ligne.libelle[-6:]
        )
        assert barre.y - 8 < haut < barre.y + barre.haut + 8


def test_tiles_repeat_names_dates_and_headings() -> None:
    options = OptionsGantt(tuiles=True, zoom=Zoom.MOIS)
    impression = imprime(60, 36, options)
    pages = textes(impression.octets)
    assert len(pages) == len(impression.mise.pages) > 4
    assert {p.colonne for p in impression.mise.pages} == set(range(4))
    for page, texte in zip(impression.mise.pages, pages, strict=True):
        assert page.repere in texte
        assert "Tâche Début Fin" in texte
        assert re.search(r"\b20\d\d\b", texte)
        assert "Chemin critique" in texte
        premier = impression.mise.rangs[page.premier].ligne
        assert premier.genre == "titre" or "(suite)" in texte
        # No heading ends a page.
        assert impression.mise.rangs[page.dernier].ligne.genre != "titre"
    jours = [(p.de, p.a) for p in impression.mise.pages if p.rangee == 0]
    assert all(b[0] - a[1] == timedelta(1) for a, b in pairwise(jours))


def test_no_tile_is_printed_for_a_limit_far_from_the_tasks() -> None:
    d = dossier(15, 9)
    fin = max(p.fin for p in lire(d, AUJOURDHUI).taches)
    tuiles = imprime(15, 9, OptionsGantt(tuiles=True, zoom=Zoom.SEMAINE))
    assert max(p.a for p in tuiles.mise.pages) < fin + timedelta(7)
    assert all("fin autorisée le 02/05/2024" in t for t in textes(tuiles.octets))
    assert imprime(15, 9, A4).mise.echelle.dernier == date(2024, 5, 31)


def test_what_does_not_fit_one_page_says_so() -> None:
    trop = imprime(60, 18, A4)
    assert trop.mise.avis
    assert len(trop.mise.pages) == 2
    assert all("Sur une seule page A4" in t for t in textes(trop.octets))
    tient = imprime(60, 18, A3)
    assert not tient.mise.avis
    assert len(tient.mise.pages) == 1


def test_the_legend_tells_only_what_is_drawn() -> None:
    d = planifier(15, 9)
    (complet,) = textes(imprimer(d, charger("2022"), AUJOURDHUI, A4))
    for mots in (
        "Part réalisée",
        "Chemin critique : contour épais",
        "Jalon",
        "Planning de référence",
        "Attend",
    ):
        assert mots in complet
    assert "Aujourd’hui, 02/05/2023" in complet
    assert "18 mois : fin autorisée le 02/05/2024" in complet
    d.reglages_planning.append(ReglagePlanning(reference_le=date(2022, 6, 1)))
    (page,) = textes(imprimer(d, charger("2022"), AUJOURDHUI, A4))
    assert "Planning de référence du 01/06/2022" in page
    sobre = planifier(3, 9)
    for t in sobre.taches:
        t.avancement, t.reference_debut, t.reference_fin = 0, None, None
    sobre.liens_taches.clear()
    (page,) = textes(imprimer(sobre, charger("2022"), date(2020, 1, 1), A4))
    for mots in ("Part réalisée", "Planning de référence", "Attend", "Aujourd’hui"):
        assert mots not in page


def test_plans_and_organisme_choose_the_tasks() -> None:
    d = planifier(15, 9)
    seul = imprimer(d, charger("2022"), AUJOURDHUI, OptionsGantt(plans=(Plan.DEPLOIEMENT,)))
    (page,) = textes(seul)
    assert noms(page) == ["011", "012", "013", "014", "015"]
    assert "Planning : déploiement" in page
    og, autre = d.ogs[0], d.ogs[1]
    d.taches[0].essms, d.taches[1].essms = og.essms[0], autre.essms[0]
    placees = gantt_lignes.choisir(lire(d, AUJOURDHUI), tuple(Plan), og)
    assert d.taches[0] in [p.tache for p in placees]
    assert d.taches[1] not in [p.tache for p in placees]
    assert len(placees) == 14
    with pytest.raises(ErreurSaisie, match="Aucune tâche"):
        imprimer(planifier(3, 9), charger("2022"), AUJOURDHUI, OptionsGantt(plans=()))


def test_the_reference_can_be_left_out() -> None:
    d = dossier(15, 9)
    sans = imprimer(d, charger("2022"), AUJOURDHUI, OptionsGantt(reference=False))
    assert "référence" not in textes(sans)[0]


HOSTILE = "Réunion <b>&amp; « café » 😀 جمعية البيت الكبير " + "mot " * 35 + "x" * 40


@pytest.mark.parametrize("options", [A4, TUILES], ids=["page", "tuiles"])
def test_hostile_names_and_dates_still_print(options: OptionsGantt, tmp_path: Path) -> None:
    d = planifier(3, 9)
    d.nom = "Grappe " + "très longue " * 15
    d.taches.append(Tache(rang=9, plan="projet", nom=HOSTILE, duree=1, avancement=100, phase=""))
    d.taches.append(
        Tache(rang=10, plan="projet", nom="Très tard", duree=1, fixe=date(2039, 1, 3), avancement=0)
    )
    fichier = tmp_path / "gantt.pdf"
    fichier.write_bytes(imprimer(d, charger("2022"), AUJOURDHUI, options))
    verdict = subprocess.run(["qpdf", "--check", str(fichier)], capture_output=True, text=True, check=False)
    assert verdict.returncode == 0, verdict.stdout
    polices = subprocess.run(["pdffonts", str(fichier)], capture_output=True, text=True, check=True).stdout
    assert all(ligne.split()[-5] == "yes" for ligne in polices.splitlines()[2:])
    assert " ".join(textes(fichier.read_bytes())).count("Très tard") >= 1


def test_same_planning_same_day_same_bytes() -> None:
    d, campagne = planifier(15, 9), charger("2022")
    assert imprimer(d, campagne, AUJOURDHUI, A4) == imprimer(d, campagne, AUJOURDHUI, A4)


def test_columns_of_tiles_are_named_like_those_of_a_spreadsheet() -> None:
    assert [lettres(i) for i in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_no_page_holds_more_lines_than_it_has_room_for() -> None:
    dessin = gantt_lignes.gantt(gantt_lignes.lignes(lire(dossier(300, 18), AUJOURDHUI).taches, True))
    assert dessin is not None
    for options in (A4, A3, TUILES, OptionsGantt(tuiles=True, zoom=Zoom.JOUR)):
        mise = mettre_en_page(dessin, options, Nettoyeur(), 40.0, 20.0)
        vues = []
        for page in mise.pages:
            haut = sum(mise.rangs[i].hauteur for i in range(page.premier, page.dernier + 1))
            haut += mise.rangs[page.rappel].hauteur if page.rappel is not None else 0
            assert haut <= mise.place + 0.01
            assert mise.gauche + mise.echelle.fenetre(page.de, page.a).largeur <= mise.page[0] - MARGE + 0.01
            if page.colonne == 0:
                vues += range(page.premier, page.dernier + 1)
        assert vues == list(range(len(dessin.lignes)))
