"""The first pages of the bundle: names and requests of any length, nothing off the page, links where their line stands."""

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.depot.reunion.couverture import LigneSommaire, composer
from esms_desktop.depot.reunion.texte_couverture import Couverture, redige
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from tests.documents.jetons_entiers import casses, jetons
from tests.documents.outils import fabriquer

JOUR = date(2026, 2, 1)
SIMPLE = Couverture(
    programme="ESMS numérique",
    campagne="ESMS numérique 2026",
    dossier="Grappe Val de Sèvre",
    objet="Acquisition d’une solution",
    faits=(("Porteur", "Association Les Tilleuls"), ("Dépôt prévu", "1er mars 2026")),
    postes=(("Usages", 126_000_00), ("Logiciel", 261_000_00)),
    total_cents=1_128_500_50,
    note_montants="Montants calculés avec des hypothèses.",
    manquantes=(),
)
LIGNES = tuple(LigneSommaire(i, f"Pièce {i}", 10 * i, 1_234) for i in range(1, 20))
MOTS = " ".join(f"mot{i:04d}" for i in range(1_200))


def _lire(octets: bytes) -> list[tuple[str, float]]:
    """The words of each page, and how low the lowest of them is (points above the foot)."""
    with pypdfium2.PdfDocument(octets) as pdf:
        textes = [page.get_textpage() for page in pdf]
        return [
            (" ".join(t.get_text_range().split()), min(t.get_charbox(i)[1] for i in range(t.count_chars())))
            for t in textes
        ]


@pytest.mark.parametrize("long", ["W" * 200, "Établissement d’hébergement " * 7, "a"])
@pytest.mark.parametrize("manquantes", [0, 15])
def test_names_of_any_length_leave_the_amounts_on_the_page(long: str, manquantes: int) -> None:
    couverture = replace(
        SIMPLE,
        dossier=long,
        faits=(("Porteur", long), ("Solution", f"{long} ({long})"), ("Dépôt prévu", "1er mars 2026")),
        manquantes=tuple(f"{i}. {long}" for i in range(manquantes)),
    )
    tete = composer(couverture, LIGNES, JOUR)
    pages = _lire(tete.octets)
    assert all(bas > 20 for _, bas in pages)
    attendus = [*jetons("126 000 € 261 000 €"), "1 128 500,50 €", "1er mars 2026", "1er février 2026"]
    assert casses(tete.octets, attendus) == {}
    for (page, _), ligne in zip(tete.zones, LIGNES, strict=True):
        assert f"{ligne.titre} 1 234 pages p. {ligne.page}" in pages[page][0]


def test_a_long_request_goes_on_from_page_to_page() -> None:
    couverture = replace(SIMPLE, faits=(("Demande 1", MOTS), ("Demande 2", "le RIB")), total_cents=None)
    pages = _lire(composer(couverture, LIGNES, JOUR).octets)
    tout = " ".join(texte for texte, _ in pages)
    assert MOTS in tout.replace(" ESMS numérique", "")
    assert "Demande 2 le RIB" in tout
    assert all(bas > 20 for _, bas in pages)


def test_a_cover_without_anything_known_asks_for_nothing_and_counts_nothing() -> None:
    vide = Dossier(nom="Vide", campagne_id="2023", type_projet=TypeProjet.ACQUISITION)
    couverture = redige(vide, charger("2023"), (), JOUR)
    ((page, _), *_) = _lire(composer(couverture, (), JOUR).octets)
    assert "Total à préciser" in page
    assert not re.search(r"(?<!\d)0 (?:€|ESSMS|organisme)", page)


@pytest.mark.parametrize(("campagne", "national"), [("2022", True), ("2021-amorcage", False)])
def test_the_cover_names_who_pays_not_the_label_of_a_list(campagne: str, national: bool) -> None:
    d = fabriquer(3, 6)
    d.campagne_id, d.portee_nationale = campagne, national
    faits = dict(redige(d, charger(campagne), (), JOUR).faits)
    assert not re.search(r"Sans objet|PAI Numérique", faits["Orientation"])
    assert ("solidarité pour l’autonomie" in faits["Orientation"]) is national
