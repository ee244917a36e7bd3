"""Where the planning and the dossier say two different dates for the same thing, and what the planning would write."""

from dataclasses import dataclass
from datetime import date

from esms_desktop.lecture import Dossier, Tache, Vague
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.planning import jalons
from esms_desktop.regles.planning.jours_ouvres import JoursOuvres
from esms_desktop.regles.planning.planning import Planning, TachePlacee, lire


@dataclass(frozen=True)
class Report:
    """A field of the dossier, or of a wave, that the planning would change.

    Args:
        quoi: what it is, as the person reads it.
        presente: the date kept in the dossier, None when there is none.
        voulue: that of the planning.
        tache: the milestone, or the first task of the wave, that says so.
    """

    objet: Dossier | Vague
    champ: str
    quoi: str
    presente: date | None
    voulue: date
    tache: Tache


def reports(dossier: Dossier, planning: Planning) -> list[Report]:
    """The dates of the planning that the dossier does not have, in the order of the project; none when there is a loop."""
    if planning.boucle is not None:
        return []
    trouves: list[Report] = []

    def comparer(objet: Dossier | Vague, champ: str, quoi: str, tache: Tache, voulue: date) -> None:
        presente = getattr(objet, champ)
        if presente is None or not meme_jour(planning.calendrier, presente, voulue):
            trouves.append(Report(objet, champ, quoi, presente, voulue, tache))

    par_role: dict[str, list[TachePlacee]] = {}
    for placee in planning.taches:
        if cle := jalons.role(placee.tache):
            par_role.setdefault(cle, []).append(placee)
    for cle, champ in jalons.CHAMPS.items():
        placees = par_role.get(cle, [])
        # Two milestones for one date: the planning does not tell which.
        if len(placees) == 1:
            comparer(dossier, champ, jalons.JALONS[cle], placees[0].tache, placees[0].fin)
    par_vague: dict[int, list[TachePlacee]] = {}
    for placee in par_role.get(jalons.VAGUE, []):
        if placee.tache.vague is not None:
            par_vague.setdefault(id(placee.tache.vague), []).append(placee)
    for vague in dossier.vagues if par_vague else ():
        if siennes := par_vague.get(id(vague), []):
            premiere, derniere = min(siennes, key=_debut), max(siennes, key=_fin)
            comparer(vague, "debut", f"début de « {vague.nom} »", premiere.tache, premiere.debut)
            comparer(vague, "fin", f"fin de « {vague.nom} »", derniere.tache, derniere.fin)
    return trouves


@fait
def champs_planifies(dossier: Dossier, jour: date) -> tuple[str, ...]:
    """Fields of the dossier that one milestone of the planning gives; none when there is a loop."""
    if not dossier.taches:
        return ()
    planning = lire(dossier, jour)
    if planning.boucle is not None:
        return ()
    vus = [jalons.role(p.tache) for p in planning.taches]
    return tuple(champ for cle, champ in jalons.CHAMPS.items() if vus.count(cle) == 1)


def _debut(placee: TachePlacee) -> date:
    return placee.debut


def _fin(placee: TachePlacee) -> date:
    return placee.fin


def meme_jour(jours: JoursOuvres, presente: date, voulue: date) -> bool:
    """Two days with no worked day from one to the other: a project that starts on a Sunday starts on the Monday."""
    return jours.compter(min(presente, voulue), max(presente, voulue)) <= 1
