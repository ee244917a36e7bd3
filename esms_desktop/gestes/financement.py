"""What is done to the money of a project: its own funds brought to what balances the plan."""

from collections.abc import Sequence

from esms_desktop.gestes.lignes import Neuve, inscrire
from esms_desktop.lecture import Ressource
from esms_desktop.store.porte import Porte


def equilibrer(porte: Porte, baisses: Sequence[tuple[Ressource, int]], ajouts: Sequence[Neuve]) -> int:
    """Lowers own funds to these amounts (in cents, 0 takes one away) and adds those lines; says how many lines moved."""
    with porte.geste("Équilibrer par autofinancement"):
        for ressource, cents in baisses:
            if cents:
                porte.modifier(ressource, montant_cents=cents)
            else:
                porte.retirer(ressource, libelle="Retirer un autofinancement")
        if ajouts:
            inscrire(porte, *ajouts, libelle="Ajouter un autofinancement")
    return len(ajouts) + len(baisses)
