"""What is done to the deployment: which structure goes in which wave."""

from collections.abc import Sequence

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes.lignes import Neuve, dernier_rang, inscrire, saisir_tous
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, Essms, Vague
from esms_desktop.regles.planning.vagues import Proposition, proposer
from esms_desktop.store.porte import Porte


@geste("deploiement.affecter", "Mettre des ESSMS dans une vague", vague="rien\u00a0: dans aucune")
def affecter(porte: Porte, essms: Sequence[Essms], vague: Vague | None) -> int:
    """Puts ESSMS in a wave, or in none; says how many moved."""
    voulue = vague.id if vague else None
    autres = [(e, {"vague_id": voulue}) for e in essms if e.vague_id != voulue]
    ou = f"à «{NBSP}{vague.nom}{NBSP}»" if vague else "à aucune vague"
    libelle = f"Affecter {pluriel(len(autres), 'ESSMS', 'ESSMS')} {ou}"
    return saisir_tous(porte, autres, libelle) if autres else 0


@geste("deploiement.repartir", "Répartir en vagues les ESSMS qui n’en ont pas")
def repartir_tous(porte: Porte, dossier: Dossier) -> int:
    """Makes the waves that `regles.vagues` proposes and puts their ESSMS in; says how many ESSMS were placed."""
    return repartir(porte, dossier, proposer(dossier))


def repartir(porte: Porte, dossier: Dossier, propositions: Sequence[Proposition]) -> int:
    """Makes the waves proposed and puts their ESSMS in; says how many ESSMS were placed."""
    combien = sum(len(p.essms) for p in propositions)
    if not combien:
        return 0
    # Ranks are reckoned before anything is added.
    rang = dernier_rang(dossier.vagues)
    with porte.geste(f"Répartir {pluriel(combien, 'ESSMS', 'ESSMS')} en vagues"):
        for place, p in enumerate(propositions):
            cle = p.vague.id if p.vague else _nouvelle(porte, dossier, p, rang + place)
            saisir_tous(porte, [(e, {"vague_id": cle}) for e in p.essms], "Affecter")
    return combien


def _nouvelle(porte: Porte, dossier: Dossier, p: Proposition, rang: int) -> int:
    valeurs = {
        "dossier_id": dossier.id,
        "rang": rang,
        "nom": p.nom,
        "pilote": p.pilote,
        "debut": p.debut,
        "fin": p.fin,
    }
    return inscrire(porte, Neuve("vague", valeurs), libelle="Ajouter une vague")[0]
