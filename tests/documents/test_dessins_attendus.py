"""Where each thing is drawn, and in what: small pages read back object by object."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.arbre.arbre import Paragraphe, Titre
from esms_desktop.documents.gantt import lignes as gantt_lignes
from esms_desktop.documents.gantt.options import OptionsGantt, Zoom
from esms_desktop.documents.gantt.pdf import composer
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.planning import lire as lire_planning
from tests.attendus import comparer

from .blocs import LONGS, PHRASE, TOUS, document
from .dessin_lu import lire
from .plans import planifier

ATTENDUS = Path(__file__).parent / "attendus"
JOUR = date(2023, 1, 2)


@pytest.mark.parametrize("nom", TOUS)
def test_ou_chaque_bloc_est_dessine(nom: str) -> None:
    comparer(ATTENDUS / f"dessin-{nom}.txt", lire(rendre(document(*TOUS[nom]()), JOUR).octets))


@pytest.mark.parametrize(
    ("nom", "taches", "mois", "options"),
    [
        ("a4", 9, 6, OptionsGantt()),
        ("a3", 4, 30, OptionsGantt(format="A3", reference=False)),
        ("mois", 14, 14, OptionsGantt(tuiles=True)),
        ("semaine", 4, 3, OptionsGantt(tuiles=True, zoom=Zoom.SEMAINE, plans=(Plan.PROJET,))),
        ("jour", 2, 1, OptionsGantt(tuiles=True, zoom=Zoom.JOUR)),
        ("trimestre", 5, 30, OptionsGantt(tuiles=True, zoom=Zoom.TRIMESTRE)),
        ("annee", 5, 60, OptionsGantt(tuiles=True, zoom=Zoom.ANNEE)),
    ],
)
def test_ou_chaque_barre_est_dessinee(nom: str, taches: int, mois: int, options: OptionsGantt) -> None:
    impression = composer(planifier(taches, mois), charger("2022"), JOUR, options)
    comparer(ATTENDUS / f"gantt-{nom}.txt", lire(impression.octets))


def test_ce_qui_ne_tient_pas_sur_une_page_se_suit_sur_les_autres() -> None:
    lus = lire(rendre(document(*LONGS()), JOUR).octets)
    comparer(ATTENDUS / "dessin-longs.txt", [x for x in lus if x.startswith(("«", "==", ">"))])


def test_un_plan_qui_se_suit_redit_son_titre_en_haut_de_la_page_suivante() -> None:
    options = OptionsGantt(tuiles=True, zoom=Zoom.TRIMESTRE, plans=(Plan.PROJET,), reference=False)
    lus = lire(composer(planifier(105, 8), charger("2022"), JOUR, options).octets)
    comparer(ATTENDUS / "gantt-suite.txt", [x for x in lus if x.startswith(("«", "=="))])


def test_le_planning_d_un_seul_organisme() -> None:
    d = planifier(9, 6)
    d.taches[1].essms, d.taches[2].essms = d.ogs[0].essms[0], d.ogs[1].essms[0]
    d.taches[4].vague, d.taches[5].vague = d.vagues[0], d.vagues[1]
    for og in d.ogs:
        for e in og.essms:
            e.vague = d.vagues[0] if og is d.ogs[1] else d.vagues[2]
    impression = composer(d, charger("2022"), JOUR, OptionsGantt(og=d.ogs[1]))
    comparer(ATTENDUS / "gantt-og.txt", lire(impression.octets))


def test_chaque_zoom_a_son_nom() -> None:
    assert [z.libelle for z in Zoom] == ["Jour", "Semaine", "Mois", "Trimestre", "Année"]


def test_un_titre_plus_haut_qu_une_page_a_un_signet_a_sa_premiere_page() -> None:
    lus = lire(rendre(document(Titre(1, PHRASE * 60), Titre(2, "Dedans"), Paragraphe("x")), JOUR).octets)
    assert [x[:40] for x in lus if x.startswith("==")][:2] == [
        "== page 1, 595.3 × 841.9",
        "== page 2, 595.3 × 841.9",
    ]
    assert [x.strip()[:12] for x in lus if x.lstrip().startswith(">")] == ["> Les organi", "> Dedans"]
    comparer(ATTENDUS / "dessin-titre.txt", [x for x in lus if x.startswith(("«", "==", ">"))])


@pytest.mark.parametrize("taches", [24, 25, 26, 27, 28, 51, 52, 53])
def test_aucune_ligne_d_un_planning_ne_passe_seule_a_la_page_suivante(taches: int) -> None:
    lignes = gantt_lignes.lignes(
        lire_planning(planifier(taches, 12), JOUR).taches, reference=False, titres=False
    )
    dessin = gantt_lignes.gantt(lignes, None, None, "")
    assert dessin is not None
    pages = "\n".join(lire(rendre(document(dessin), JOUR).octets)).split("== page ")[1:]
    combien = [sum("n° 0" in x for x in page.splitlines()) for page in pages]
    assert sum(combien) == taches and all(n >= 2 for n in combien)


def test_un_nom_trop_long_prend_deux_lignes_en_haut_et_en_bas_puis_s_abrege() -> None:
    lignes: list[str] = []
    for fois in (1, 2, 4):
        court = document(Paragraphe("x"))
        d = replace(court, titre=PHRASE * fois, dossier_nom=PHRASE * fois, porteur=PHRASE * fois)
        lignes += lire(rendre(d, JOUR).octets)
    comparer(ATTENDUS / "dessin-entetes.txt", lignes)
