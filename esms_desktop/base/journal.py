"""What the base tells of its dossiers and of what was done in them: lines of the portfolio, events, what was removed."""

from esms_desktop.store.corbeille import Retire
from esms_desktop.store.ecoute import Changement
from esms_desktop.store.historique import Changement as ChangementDeChamp
from esms_desktop.store.historique import Evenement
from esms_desktop.store.lectures import Ecrit, Resume

__all__ = ["Changement", "ChangementDeChamp", "Ecrit", "Evenement", "Resume", "Retire"]
