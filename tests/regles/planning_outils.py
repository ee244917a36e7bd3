"""What the tests of the checks of the planning share."""

from datetime import date

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Dossier, Tache
from esms_desktop.regles.constats import Constat
from esms_desktop.regles.examen import examiner
from tests.regles.fabrique import JOUR, dossier, preparer

N = "\u00a0"


def complet(**champs) -> Dossier:
    return preparer(dossier(9, 9, **champs))


def de(d: Dossier, origine: str) -> Tache:
    return next(t for t in d.taches if t.origine == origine)


def constats(d: Dossier, campagne: str = "2022", jour: date = JOUR) -> dict[str, Constat]:
    return {c.code: c for c in examiner(d, charger(campagne), jour)}


def du_planning(d: Dossier, campagne: str = "2022", jour: date = JOUR) -> set[str]:
    return {c for c in constats(d, campagne, jour) if c.startswith(("planning", "calendrier"))}


def retirer(d: Dossier, *origines: str) -> None:
    for t in [t for t in d.taches if t.origine in origines]:
        for lien in [*t.entrants, *t.sortants]:
            if lien in d.liens_taches:
                d.liens_taches.remove(lien)
                lien.avant.sortants.remove(lien)
                lien.apres.entrants.remove(lien)
        d.taches.remove(t)


def placer_vague(d: Dossier, ouvres: int) -> Tache:
    """Makes the last wave end that many worked days later."""
    vague = [t for t in d.taches if t.origine == "vague"][-1]
    vague.duree += ouvres
    return vague
