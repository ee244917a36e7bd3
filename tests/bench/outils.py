"""Timing helpers of the benches: interleaved runs, medians, and dossiers of a given size."""

import statistics
import time
from collections.abc import Callable, Mapping

from stdnum import luhn

from esms_desktop.model import Dossier, Essms, Og, Solution
from esms_desktop.nomenclature.vocabulaire import Champ, StatutSolution, TypeProjet

TOURS = 7


def mediane_ms(fonction: Callable[[], object], tours: int = TOURS) -> float:
    """Median duration of `tours` calls, in milliseconds, after one call that does not count."""
    fonction()
    durees = []
    for _ in range(tours):
        debut = time.perf_counter()
        fonction()
        durees.append((time.perf_counter() - debut) * 1000)
    return statistics.median(durees)


def medianes_alternees(
    fonctions: Mapping[str, Callable[[], dict[str, float]]], tours: int = TOURS
) -> dict[str, dict[str, float]]:
    """Runs the functions in turn, `tours` times; answers the median of each figure each of them gives."""
    releves: dict[str, dict[str, list[float]]] = {nom: {} for nom in fonctions}
    for tour in range(tours + 1):
        for nom, fonction in fonctions.items():
            for cle, valeur in fonction().items():
                if tour:
                    releves[nom].setdefault(cle, []).append(valeur)
    return {nom: {cle: statistics.median(v) for cle, v in r.items()} for nom, r in releves.items()}


def finess(departement: str, rang: int) -> str:
    """A FINESS number with a valid key, not a real one."""
    base = f"{departement}0{rang:05d}"
    return base + luhn.calc_check_digit(base)


def dossier(essms: int, og: int = 3, nom: str = "Mesure", porteur_rang: int = 0) -> Dossier:
    """A fictitious dossier of `essms` ESSMS spread over `og` OG, most facts answered."""
    d = Dossier(nom=nom, campagne_id="2023", type_projet=TypeProjet.ACQUISITION, portee_nationale=False)
    solution = Solution(
        nom="Solution fictive", editeur="Éditeur fictif", statut=StatutSolution.REFERENCEE, retenue=True
    )
    d.solutions.append(solution)
    for k in range(og):
        o = Og(
            nom=f"Organisme fictif {k + 1}",
            rang=k,
            est_porteur=k == porteur_rang,
            finess_ej=finess("91", 90000 + k),
            nb_essms_total=essms // og,
        )
        for i in range(k, essms, og):
            o.essms.append(
                Essms(
                    nom=f"Établissement fictif {i + 1}",
                    rang=i,
                    finess=finess("91", 10000 + i),
                    categorie="500",
                    categorie_libelle="EHPAD",
                    champ=Champ.PA,
                    departement="91",
                    commune="Évry-Courcouronnes",
                    capacite=60,
                    solution=solution,
                    financement_europeen=False,
                    esms_numerique_anterieur=False if i % 2 else None,
                    sons_autre_solution=False,
                    rattache_entite_nationale=False,
                )
            )
        d.ogs.append(o)
    return d
