"""An edit that meets someone else's: what the window is told of it."""

from esms_desktop.store.conflits import RETRAIT, Divergence, ErreurConflit

__all__ = ["RETRAIT", "Divergence", "ErreurConflit"]
