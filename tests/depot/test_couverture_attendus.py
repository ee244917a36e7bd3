"""The first pages of the bundle: what they say, and where each thing is drawn."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.depot.demande import lire as lire_demande
from esms_desktop.depot.reunion.couverture import LigneSommaire, composer
from esms_desktop.depot.reunion.texte_couverture import Couverture, redige
from esms_desktop.model import Complement, Dossier
from tests.attendus import comparer, en_lignes
from tests.depot import fabrique as f
from tests.documents.dessin_lu import lire

ATTENDUS = Path(__file__).parent / "attendus"
SIMPLE = Couverture(
    programme="ESMS numérique",
    campagne="ESMS numérique 2022, généralisation",
    dossier="Grappe Val de Sèvre",
    objet="Acquisition d’une solution",
    faits=(("Porteur", "Association Les Tilleuls"), ("Grappe", "3 organismes gestionnaires, 18 ESSMS")),
    postes=(("Usages", 12_600_000), ("Logiciel", 26_100_001)),
    total_cents=38_700_001,
    note_montants="",
    manquantes=(),
)
LIGNES = tuple(
    LigneSommaire(numero, titre, 3 + 4 * numero, 4 if numero else 1, mention)
    for numero, titre, mention in (
        (0, "Fiche de recevabilité", ""),
        (1, "Note de présentation du projet", ""),
        (3, "Convention entre les parties", "Non signée : modèle à faire signer"),
        (6, "Un titre si long qu’il passe à la ligne " * 4, "À compléter"),
    )
)
MANQUE = tuple(f"Pièce {n} – Un titre : il manque quelque chose" for n in range(1, 5))
CAS: dict[str, tuple[Couverture, int]] = {
    "simple": (SIMPLE, 4),
    "incomplete": (replace(SIMPLE, manquantes=MANQUE, note_montants="Avec des hypothèses."), 2),
    "tres-incomplete": (replace(SIMPLE, manquantes=tuple(f"{m} {'x ' * 90}" for m in MANQUE * 4)), 1),
    "reponse": (
        replace(
            SIMPLE, nature="Réponse", postes=(), total_cents=None, manquantes=MANQUE[:1], dossier="D" * 49
        ),
        2,
    ),
    "volume": (
        replace(
            SIMPLE,
            volume="Volume 2 sur 3",
            autres_volumes=("Volume 1 : pièce 1", "Volume 3 : pièces 4 et 5"),
            dossier="d " * 49,
        ),
        3,
    ),
}


@pytest.mark.parametrize("nom", CAS)
def test_ou_chaque_chose_est_dessinee(nom: str) -> None:
    couverture, combien = CAS[nom]
    tete = composer(couverture, LIGNES[:combien], date(2023, 6, 1))
    zones = [f"lien p. {page} {' '.join(f'{v:.1f}' for v in zone)}" for page, zone in tete.zones]
    comparer(ATTENDUS / f"couverture-{nom}.txt", [*lire(tete.octets), f"{tete.pages} pages", *zones])


def test_un_sommaire_de_deux_pages_reprend_son_titre() -> None:
    lignes = tuple(LigneSommaire(n % 14 + 1, f"Pièce {n}", n, 1) for n in range(30))
    tete = composer(SIMPLE, lignes, date(2023, 6, 1))
    assert tete.pages == 3
    assert [p for p, _ in tete.zones] == [1] * (pages := [p for p, _ in tete.zones].count(1)) + [2] * (
        30 - pages
    )
    assert sum("« Sommaire »" in x for x in lire(tete.octets)) == 2
    hauts = [zone[3] for page, zone in tete.zones if page == 1]
    assert hauts == sorted(hauts, reverse=True) and min(zone[1] for _, zone in tete.zones) > 40


def test_le_nombre_de_manquantes_tues_est_dit() -> None:
    octets = composer(CAS["tres-incomplete"][0], LIGNES, date(2023, 6, 1)).octets
    dites = sum("« •" in x for x in lire(octets)[:400] if "Pièce" in x)
    assert any(f"… et {16 - dites} autres, nommées au sommaire." in x for x in lire(octets))


def _mots(nom: str) -> Couverture:
    d: Dossier = f.dossier()
    campagne = charger("2023" if nom == "2023" else "2022")
    if nom == "muet":
        d.solutions.clear()
        for og in d.ogs:
            og.est_porteur, og.essms = False, []
    if nom == "editeur-tu":
        d.solutions[0].editeur, d.solutions[0].statut = "", None
    if nom in ("prevu", "veille"):
        d.date_depot_prevue = f.JOUR if nom == "prevu" else date(2023, 5, 31)
    if nom == "reponse":
        complements = [
            Complement(numero=9, demande="Le RIB.", demande_le=date(2023, 7, 1), echeance=date(2023, 7, 15)),
            Complement(numero=None, demande="précisez ", demande_le=None, echeance=date(2023, 8, 1)),
            Complement(numero=3, demande="", demande_le=date(2023, 7, 2), echeance=None),
            Complement(numero=None, demande="", demande_le=None, echeance=None),
        ]
        demande = lire_demande(complements, (4, 9))
        assert demande.numeros == (3, 4, 9)
        return redige(d, campagne, ("Pièce 9",), f.JOUR, demande)
    return redige(d, campagne, (), f.JOUR)


@pytest.mark.parametrize("nom", ["complet", "2023", "muet", "editeur-tu", "prevu", "veille", "reponse"])
def test_ce_que_dit_la_couverture(nom: str) -> None:
    comparer(ATTENDUS / f"mots-couverture-{nom}.txt", en_lignes(_mots(nom)))
