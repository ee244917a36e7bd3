"""What comes back: what was removed, and what a field said before."""

from esms_desktop.store.corbeille import Retire
from esms_desktop.store.historique import Evenement
from esms_desktop.store.porte import Porte


def remettre(porte: Porte, retire: Retire) -> None:
    """Brings back what was removed, with what went with it. Refusals as `Porte.remettre`."""
    porte.remettre(retire)


def remettre_valeur(porte: Porte, evenement: Evenement, champ: str) -> bool:
    """Writes back what a field said before an event; says whether it changed something."""
    return porte.remettre_valeur(evenement, champ)
