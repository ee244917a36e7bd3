"""How long a project lasts and may last, from its start to the end of its deployment (referentiel 01 § 7)."""

import calendar
from dataclasses import dataclass
from datetime import date

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier, Vague
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning import jalons
from esms_desktop.regles.planning.planning import Planning, TachePlacee, lire


def ajouter_mois(jour: date, mois: int) -> date:
    """The same day `mois` months later, or the last of the month when it is shorter; never past the calendar."""
    total = jour.month - 1 + mois
    annee, rang = jour.year + total // 12, total % 12 + 1
    if not date.min.year <= annee <= date.max.year:
        # A year typed with a slip of the finger: the last day there is stands for all that come after it.
        return date.min if annee < date.min.year else date.max
    return date(annee, rang, min(jour.day, calendar.monthrange(annee, rang)[1]))


def date_solde(dossier: Dossier, campagne: Campagne) -> date | None:
    """When the balance is asked: the day the dossier says, else some months after the end of the deployment."""
    if dossier.date_solde is not None:
        return dossier.date_solde
    fin = dossier.date_fin_deploiement
    return None if fin is None else ajouter_mois(fin, campagne.versements.delai_solde_mois.valeur)


def debut_projet(dossier: Dossier, planning: Planning) -> date | None:
    """The day the project starts: that of its milestone, else the date of the dossier. Dates of a loop mean nothing."""
    if planning.boucle is None:
        jalon = next((p for p in planning.taches if jalons.role(p.tache) == jalons.DEBUT_PROJET), None)
        if jalon is not None:
            return jalon.debut
    return dossier.date_debut_projet


@dataclass(frozen=True)
class FinDeploiement:
    """The end of the deployment, and what says it: a task, else a wave, else the date of the dossier (both None)."""

    jour: date
    tache: TachePlacee | None = None
    vague: Vague | None = None


def fin_des_taches(planning: Planning) -> TachePlacee | None:
    """The task the planning ends the deployment with: the milestone, else the last one of the deployment."""
    if planning.boucle is not None:
        return None
    jalon = next((p for p in planning.taches if jalons.role(p.tache) == jalons.FIN_DEPLOIEMENT), None)
    return jalon or max(planning.du_plan(Plan.DEPLOIEMENT), key=lambda p: p.fin, default=None)


def fin_deploiement(dossier: Dossier, planning: Planning | None) -> FinDeploiement | None:
    """The latest end the dossier gives its deployment: its planning, its date, its waves.

    The papers print all three: none may say that a limit holds when another prints a later day. Waves alone do not tell,
    some may still have no date.
    """
    derniere = fin_des_taches(planning) if planning is not None else None
    dites = [FinDeploiement(derniere.fin, derniere)] if derniere else []
    if dossier.date_fin_deploiement is not None:
        dites.append(FinDeploiement(dossier.date_fin_deploiement))
    if dites:
        dites += [FinDeploiement(v.fin, None, v) for v in dossier.vagues if v.fin is not None]
    return max(dites, key=lambda f: f.jour, default=None)


def limite_depuis(dossier: Dossier, campagne: Campagne, debut: date | None) -> date | None:
    """The last day the deployment of a project started on `debut` may end; None when the campaign or the start does not tell."""
    mois = campagne.durees.mois(dossier.type_projet).valeur
    return ajouter_mois(debut, mois) if mois is not None and debut is not None else None


def limite(dossier: Dossier, campagne: Campagne, planning: Planning) -> date | None:
    """The last day the deployment may end."""
    return limite_depuis(dossier, campagne, debut_projet(dossier, planning))


@fait
def debut_et_limite(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[date | None, date | None]:
    """The day the project starts, and the last day its deployment may end; `jour`: where a plan without any date starts."""
    debut = debut_projet(dossier, lire(dossier, jour))
    return debut, limite_depuis(dossier, campagne, debut)
