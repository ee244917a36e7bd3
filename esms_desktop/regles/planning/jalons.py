"""The milestones and the tasks the rules look for in a planning, and how they are recognised (referentiel 04 § 1)."""

from collections.abc import Mapping
from functools import lru_cache

from esms_desktop import francais
from esms_desktop.lecture import Tache
from esms_desktop.nomenclature.vocabulaire import Plan

# Keys kept in `Tache.origine`. They never change: what was saved under them is read for ever.
DEBUT_PROJET = "debut-projet"
DEPOT = "depot"
DECISION = "decision"
CONVENTION = "convention"
CHOIX_SOLUTION = "choix-solution"
CONTRAT_EDITEUR = "contrat-editeur"
SEGUR = "segur"
DEBUT_PARAMETRAGE = "debut-parametrage"
VA = "va"
VSR = "vsr"
FIN_DEPLOIEMENT = "fin-deploiement"
CIBLES = "cibles"
SOLDE = "solde"
SERVICES_SOCLES = "services-socles"
VAGUE = "vague"

# The milestones the texts name, in their order, and what the person reads.
JALONS: Mapping[str, str] = {
    DEPOT: "dépôt de la demande",
    DECISION: "décision de l’ARS",
    CONVENTION: "convention avec l’ARS",
    DEBUT_PROJET: "début du projet",
    CHOIX_SOLUTION: "choix de la solution",
    SEGUR: "référencement Ségur acquis",
    DEBUT_PARAMETRAGE: "début du paramétrage",
    VA: "vérification d’aptitude (VA)",
    VSR: "vérification de service régulier (VSR)",
    FIN_DEPLOIEMENT: "fin du déploiement",
    CIBLES: "atteinte des cibles d’usage",
    SOLDE: "demande du solde",
}
# Fields of the dossier that say the same thing as a milestone.
CHAMPS: Mapping[str, str] = {
    DEPOT: "date_depot_prevue",
    CONVENTION: "date_convention",
    DEBUT_PROJET: "date_debut_projet",
    DEBUT_PARAMETRAGE: "date_debut_parametrage",
    FIN_DEPLOIEMENT: "date_fin_deploiement",
    SOLDE: "date_solde",
}
# Words that tell a milestone the person named; the first line all of whose words are there wins.
_MOTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (FIN_DEPLOIEMENT, ("fin", "deploiement")),
    (DEBUT_PARAMETRAGE, ("debut", "parametrage")),
    (DEBUT_PROJET, ("debut", "projet")),
    (DEBUT_PROJET, ("lancement", "projet")),
    (SEGUR, ("segur",)),
    (SEGUR, ("referencement",)),
    (CHOIX_SOLUTION, ("choix",)),
    (VSR, ("vsr",)),
    (VSR, ("verification", "service", "regulier")),
    (VA, ("va",)),
    (VA, ("verification", "aptitude")),
    (CIBLES, ("cibles",)),
    (SOLDE, ("solde",)),
    (CONVENTION, ("convention",)),
    (DECISION, ("decision",)),
    (DEPOT, ("depot",)),
)
_SOCLES = ("socles", "mssante", "dmp", "ins", "psc")


@lru_cache(maxsize=8192)
def mots(texte: str) -> frozenset[str]:
    """The words of a text without accents or capitals."""
    return frozenset(francais.mots(texte))


def role(tache: Tache) -> str:
    """Which milestone or task of the texts this one is: its key, else what its name says; empty for any other."""
    if tache.origine:
        return tache.origine
    vus = mots(tache.nom or "")
    if tache.jalon:
        return next((cle for cle, attendus in _MOTS if vus.issuperset(attendus)), "")
    if vus.intersection(_SOCLES):
        return SERVICES_SOCLES
    if tache.plan == Plan.DEPLOIEMENT and (tache.vague is not None or tache.vague_id is not None):
        return VAGUE
    return ""
