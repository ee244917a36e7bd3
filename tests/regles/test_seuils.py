"""To the day and to the unit: where each date and each number begins to make the examination say something else."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Dossier, Solution
from esms_desktop.nomenclature.vocabulaire import StatutSolution
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.planning.calendrier import echeances
from esms_desktop.regles.recevabilite.orientation import orienter_dossier
from tests.attendus import comparer
from tests.regles.fabrique import JOUR, dossier
from tests.regles.scenarios_outils import poser, pret

ATTENDUS = Path(__file__).parent / "attendus"
UN = timedelta(days=1)
_CHIFFRES = re.compile(r"\d+(?:er)?\s\w+\s\d{4}|\d+")
DATES = (
    "date_depot_prevue",
    "date_convention",
    "date_debut_projet",
    "date_debut_parametrage",
    "date_fin_deploiement",
    "vagues.0.debut",
    "vagues.0.fin",
    "vagues.1.debut",
    "vagues.1.fin",
    "formations.0.date",
    "communications.0.date",
    "risques.0.actions.0.echeance",
    "solutions.0.date_referencement",
    "solutions.1.date_referencement_prevue",
)
NOMBRES: dict[str, Iterable[int]] = {
    "ogs.0.nb_essms_total": range(17),
    "ogs.1.nb_essms_total": range(6, 17),
    "ogs.0.essms.0.capacite": range(3),
    "ogs.*.essms.*.capacite": range(3),
    "contacts.0.part_temps_pour_cent": (0, 1, 49, 50, 99, 100),
    "formations.0.effectif": (0, 1, 2, 119, 120, 121),
    "formations.0.sessions": range(3),
    "risques.0.probabilite": range(1, 5),
    "risques.0.gravite": range(1, 5),
    "risques.0.probabilite_residuelle": range(1, 5),
    "taches.0.avancement": (0, 1, 99, 100),
    "taches.*.avancement": (0, 1, 99, 100),
    "solutions.0.prix_cents": (0, 1),
    "couts.0.montant_ht_cents": (29_999_999, 30_000_000, 30_000_001),
    "ressources.0.montant_cents": (15_649_999, 15_650_000, 15_650_001),
    "couts.0.annee": (2021, 2022, 2023, 2024, 2025, 2032),
    "couts_rh.0.annee": (2021, 2022, 2023, 2025),
    "couts_rh.0.etp_centiemes": (0, 1, 99, 100, 101),
    "couts_rh.0.part_projet_pour_cent": (0, 1, 99, 100),
}


def deux_solutions() -> Dossier:
    """The solution kept is referenced; another one will be."""
    d = pret()
    d.solutions[0].date_referencement = date(2022, 3, 1)
    d.solutions.append(
        Solution(nom="Autre", statut=StatutSolution.EN_COURS, date_referencement_prevue=date(2023, 3, 1))
    )
    d.ogs[1].essms[0].solution = d.solutions[1]
    return d


def lire(d: Dossier, chemin: str) -> Any:
    objet: Any = d
    for etape in chemin.replace("*", "0").split("."):
        objet = objet[int(etape)] if etape.isdigit() else getattr(objet, etape)
    return objet


def dits(d: Dossier, campagne: str = "2022") -> dict[str, str]:
    """What the examination says, by finding; whatever day or number a title repeats."""
    vus = examiner(d, charger(campagne), JOUR)
    return {f"{c.code} {c.cible.champ}".strip(): _CHIFFRES.sub("…", c.titre) for c in vus}


def marches(d: Dossier, chemin: str, valeurs: Iterable[Any], dire: Callable[[Any], str]) -> list[str]:
    """The values at which something else is said, with what begins and what ends there."""
    present, avant = lire(d, chemin), dits(d)
    lignes = [f"== {chemin}"]
    for valeur in valeurs:
        poser(d, chemin, valeur)
        apres = dits(d)
        if apres != avant:
            lignes.append(dire(valeur))
            lignes += [f"  + {k} : {t}" for k, t in apres.items() if avant.get(k) != t]
            lignes += [f"  - {k}" for k in avant if k not in apres]
        avant = apres
    poser(d, chemin, present)
    return lignes


def test_a_quel_jour_chaque_date_change_ce_qui_est_dit() -> None:
    d, lignes = deux_solutions(), []
    reperes = {lire(d, c) for c in DATES} - {None}
    reperes |= {b for f in charger("2022").fenetres for b in (f.debut, f.fin) if b} | {JOUR}
    jours = sorted({j + e for j in reperes for e in (-UN, 0 * UN, UN)})
    for chemin in DATES[:5]:
        lignes += marches(d, chemin, [None, *jours], str)
    lignes += ["", "Sans planning"]
    d.taches.clear()
    for chemin in DATES:
        lignes += marches(d, chemin, [None, *jours], str)
    comparer(ATTENDUS / "seuils-dates.txt", lignes)


def test_a_quel_nombre_ce_qui_est_dit_change() -> None:
    d, lignes = deux_solutions(), []
    for chemin, valeurs in NOMBRES.items():
        lignes += marches(d, chemin, [None, *valeurs], str)
    comparer(ATTENDUS / "seuils-nombres.txt", lignes)


@pytest.mark.parametrize("nom", ["prêt", "sans date de dépôt ni planning"])
def test_quel_jour_on_examine_change_ce_qui_est_dit(nom: str) -> None:
    d, avant, lignes = deux_solutions(), {}, []
    reperes = {lire(d, c) for c in DATES} | {t.echeance for t in d.taches if t.echeance}
    reperes |= {b for f in charger("2022").fenetres for b in (f.debut, f.fin) if b}
    if nom != "prêt":
        d.date_depot_prevue = None
        d.taches.clear()
    for jour in sorted({j + e for j in reperes if j for e in (-UN, 0 * UN, UN)}):
        apres = {c.code: f"{c.titre} {c.preuve}" for c in examiner(d, charger("2022"), jour)}
        apres["échéances"] = " ; ".join(e.libelle for e in echeances(d, charger("2022"), jour))
        if apres != avant:
            lignes.append(str(jour))
            lignes += [f"  + {k} : {t}" for k, t in apres.items() if avant.get(k) != t]
            lignes += [f"  - {k}" for k in avant if k not in apres]
        avant = apres
    comparer(ATTENDUS / f"seuils-jours{'' if nom == 'prêt' else '-sans-depot'}.txt", lignes)


@pytest.mark.parametrize("campagne", ["2021-amorcage", "2022"])
def test_a_quelle_taille_ce_qui_est_dit_change(campagne: str) -> None:
    avant, lignes = dits(dossier(1), campagne), []
    for tailles in (
        (7,),
        (8,),
        (14,),
        (15,),
        (30,),
        (31,),
        (7, 7),
        (7, 8),
        (15, 14),
        (15, 15),
        (15, 16),
        (5, 5, 5),
    ):
        d = dossier(*tailles)
        oriente = orienter_dossier(d, charger(campagne))
        lignes += [
            f"== {tailles} : {oriente.niveau}, {oriente.nombre}, atteint {oriente.atteint}",
            *oriente.notes,
        ]
        apres = dits(d, campagne)
        lignes += [f"  + {k} : {t}" for k, t in apres.items() if avant.get(k) != t]
        lignes += [f"  - {k}" for k in avant if k not in apres]
        avant = apres
    comparer(ATTENDUS / f"seuils-tailles-{campagne}.txt", lignes)
