"""The planning of the sample dossier: the model plan, with who does what and what is done on the day of the sample."""

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Dossier, LienTache, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.plan_type import PlanType, proposer
from esms_desktop.store.lire import figer

_RESPONSABLES = {
    Plan.PROJET.value: "Claire Modèle",
    Plan.CHANGEMENT.value: "Référents",
    Plan.DEPLOIEMENT.value: "Claire Modèle",
}
_AUTRES = {
    "dossier": "Hélène Fictive",
    "instruction": "ARS Île-de-France",
    "decision": "ARS Île-de-France",
    "convention": "Hélène Fictive",
    "contrat-editeur": "Hélène Fictive",
    "segur": "Éditions Spécimen",
    "prerequis": "Omar Gabarit",
    "reprise": "Éditions Spécimen",
    "demarches-ans": "Omar Gabarit",
    "services-socles": "Omar Gabarit",
}
_FAITES = {"cadrage": 100, "besoin": 100, "dossier": 60}


def ajouter_planning(dossier: Dossier) -> None:
    """Hangs the model plan on a dossier not saved yet, from the start it gives, and fills it in."""
    if dossier.date_debut_projet is None:
        raise ValueError("the sample has no start")
    plan = proposer(figer(dossier), charger(dossier.campagne_id), dossier.date_debut_projet)
    for tache in accrocher(dossier, plan):
        tache.responsable = _AUTRES.get(tache.origine, _RESPONSABLES[tache.plan])
        tache.avancement = _FAITES.get(tache.origine, 0)


def accrocher(dossier: Dossier, plan: PlanType) -> list[Tache]:
    """Hangs the tasks of a plan and their links on a dossier not saved yet; one that is saved is written through the door."""
    taches = {
        t.cle: Tache(
            dossier=dossier,
            rang=rang,
            plan=t.plan.value,
            phase=t.phase,
            nom=t.nom[:200],
            jalon=t.jalon,
            duree=max(t.duree, 1),
            pas_avant=t.pas_avant,
            responsable="",
            avancement=0,
            vague=None if t.vague is None else dossier.vagues[t.vague],
            origine=t.origine,
            notes="",
        )
        for rang, t in enumerate(plan.taches)
    }
    for t in plan.taches:
        for x in t.liens:
            LienTache(
                dossier=dossier,
                avant=taches[x.avant],
                apres=taches[t.cle],
                type=x.type.value,
                decalage=x.decalage,
            )
    return list(taches.values())
