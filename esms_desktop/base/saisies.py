"""What is typed and not in the base: kept beside it, given back at the next start."""

from esms_desktop.store.saisies import Saisie, Saisies

__all__ = ["Saisie", "Saisies"]
