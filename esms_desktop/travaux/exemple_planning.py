"""The planning of the sample dossier: the model plan, with who does what and what is done on the day of the sample."""

from esms_desktop.model import Dossier
from esms_desktop.model.planning import Plan
from esms_desktop.regles.campagnes import charger
from esms_desktop.regles.plan_type import accrocher, proposer

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
    plan = proposer(dossier, charger(dossier.campagne_id), dossier.date_debut_projet)
    for tache in accrocher(dossier, plan):
        tache.responsable = _AUTRES.get(tache.origine, _RESPONSABLES[tache.plan])
        tache.avancement = _FAITES.get(tache.origine, 0)
