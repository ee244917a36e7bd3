"""A Gantt inside a document: every line once with its dates, cut between lines, the same in Word as a picture that is described."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from PIL import Image

from esms_desktop.documents.arbre.arbre import Bloc, Document, Paragraphe, Titre, empreinte
from esms_desktop.documents.arbre.arbre_gantt import Gantt, LigneGantt
from esms_desktop.documents.docx import gantt as docx_gantt
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.gantt.trace import TEINTES
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.documents.pdf.style import hexa

from .gantt_lu import corps, formes
from .outils import JOUR, textes

DEBUT = date(2023, 1, 9)


def doc(*blocs: Bloc) -> Document:
    return Document("essai", "Titre", "", "Dossier", "Porteur", blocs)


def gantt(nombre: int, mois: int, nom: str = "Tâche", limite: bool = True) -> Gantt:
    lignes = []
    for i in range(nombre):
        debut = DEBUT + timedelta(i * (mois * 30 - 40) // nombre)
        jalon = i % 5 == 4
        lignes.append(
            LigneGantt(
                f"{nom} {i:03d}",
                "jalon" if jalon else "tache",
                ("projet", "changement", "deploiement")[i % 3],
                debut,
                debut if jalon else debut + timedelta(9 + i % 20),
                critique=i % 2 == 0,
                attend=((i - 1, ("fin-debut", "debut-debut", "fin-fin")[i % 3]),) if i else (),
            )
        )
    fin = DEBUT + timedelta(mois * 30)
    return Gantt(DEBUT, fin, tuple(lignes), fin + timedelta(12) if limite else None, "Durée maximale")


@pytest.mark.parametrize(
    "nom", ["Tâche", "Réunir les équipes de l’association départementale, service par service,"]
)
@pytest.mark.parametrize("mois", [1, 9, 18, 36])
@pytest.mark.parametrize("nombre", [1, 2, 15, 60])
def test_every_line_is_drawn_once_whole_with_its_dates(nombre: int, mois: int, nom: str) -> None:
    rendu = rendre(doc(Titre(1, "Planning"), gantt(nombre, mois, nom)), JOUR)
    pages = textes(rendu.octets)
    tout = " ".join(pages)
    assert re.findall(rf"{nom} (\d\d\d)", tout) == [f"{i:03d}" for i in range(nombre)]
    assert "09/01/2023" in tout
    assert "Durée maximale : fin autorisée le" in pages[-1]
    assert f"{nom} 000" in pages[0]
    for page in pages:
        assert re.search(r"\b20\d\d\b", page)
    assert min(corps(rendu.octets)) >= 6


def test_bars_are_on_their_days() -> None:
    dessin = gantt(15, 9)
    (page,) = formes(rendre(doc(dessin), JOUR).octets)
    clairs = {hexa(clair) for _, clair in TEINTES.values()}
    taches = [x for x in dessin.lignes if x.genre == "tache"]
    barres = [f for f in page if f.couleur in clairs][: len(taches)]
    # Two bars give the scale; all the others must agree with it.
    jours = [(x.debut - DEBUT).days for x in taches if x.debut]
    pas = (barres[-1].x - barres[0].x) / (jours[-1] - jours[0])
    for ligne, barre in zip(taches, barres, strict=True):
        assert ligne.debut is not None
        assert ligne.fin is not None
        assert (barre.x - barres[0].x) / pas == pytest.approx((ligne.debut - DEBUT).days, abs=0.02)
        assert barre.large / pas == pytest.approx((ligne.fin - ligne.debut).days + 1, abs=0.02)


@pytest.mark.parametrize("avant", range(0, 40, 3))
def test_the_head_of_a_gantt_stays_with_its_heading(avant: int) -> None:
    blocs = [*(Paragraphe("ligne") for _ in range(avant)), Titre(1, "Planning"), gantt(40, 18)]
    (page,) = [p for p in textes(rendre(doc(*blocs), JOUR).octets) if "Planning" in p]
    assert "Tâche 002" in page


def test_a_change_of_a_line_changes_the_fingerprint() -> None:
    assert empreinte(doc(gantt(5, 9))) == empreinte(doc(gantt(5, 9)))
    assert empreinte(doc(gantt(5, 9))) != empreinte(doc(gantt(5, 9, limite=False)))


def test_word_holds_the_drawing_and_says_it_in_words() -> None:
    octets = rendre_docx(doc(Titre(1, "A"), gantt(15, 9), Titre(1, "B"), gantt(12, 9, "Autre")), JOUR)
    assert octets == rendre_docx(doc(Titre(1, "A"), gantt(15, 9), Titre(1, "B"), gantt(12, 9, "Autre")), JOUR)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        images = [n for n in archive.namelist() if n.startswith("word/media/")]
        xml = archive.read("word/document.xml").decode()
        assert len(images) == 2
        for nom in images:
            image = Image.open(io.BytesIO(archive.read(nom)))
            assert image.width > 1200
    descriptions = re.findall(r'<wp:docPr id="(\d+)"[^>]*descr="([^"]*)"', xml)
    assert len({identifiant for identifiant, _ in descriptions}) == 2
    assert descriptions[0][1].startswith("Diagramme de Gantt du 9")
    assert "12\u00a0tâches et 3\u00a0jalons" in descriptions[0][1]


def test_a_long_drawing_is_cut_in_pictures_that_fit_a_page() -> None:
    from esms_desktop.documents.pdf.style import HAUTEUR, LARGEUR

    morceaux = docx_gantt.images(gantt(90, 18))
    assert len(morceaux) > 1
    for png, large, haut in morceaux:
        assert large == LARGEUR
        assert haut < HAUTEUR
        image = Image.open(io.BytesIO(png))
        assert image.width / image.height == pytest.approx(large / haut, rel=0.01)
