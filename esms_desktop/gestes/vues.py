"""What the person saw, for the writes that carry it: a row as it was under her eyes, even when there was none yet."""

from typing import TypeVar

from esms_desktop.lecture import Ligne

L = TypeVar("L", bound=Ligne)


def comme_vue(ligne: L, **valeurs: object) -> L:
    """A row as the person saw it, with these values instead of those it says now."""
    table, cle = ligne.table, ligne.id
    vue: L | None = ligne.version.avec({table: {cle: {**ligne.__dict__, **valeurs}}}).ligne(table, cle)
    assert vue is not None
    return vue


def vue_vide(seule: L | None, **vierges: object) -> L | None:
    """A row that someone else made while the person saw none, as empty as she saw it; None when there is still none."""
    return None if seule is None else comme_vue(seule, **vierges)
