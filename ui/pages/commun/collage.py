"""A block pasted over a table: read, what is wrong told line by line, the good values offered. Nothing is written here."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from esms_desktop.echanges.tables.bloc import lire_bloc as lire_tableau_colle
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import pluriel
from esms_desktop.lecture import Dossier
from ui.models.collage_lignes import CollageLignes, analyser
from ui.widgets.question import demander

T = TypeVar("T")


def lire_bloc(
    parent: QWidget,
    refuser: Callable[[str], object],
    texte: str,
    colonnes: Sequence[Any],
    dossier: Dossier,
    lignes: Sequence[T] = (),
    premiere: int = 0,
    ajoute: bool = True,
    repeter: int = 1,
    calculees: Collection[str] = (),
    toutes: Sequence[T] = (),
) -> CollageLignes[T] | None:
    """What may be written of a block, once the person agreed to leave the faults out; None when nothing may.

    Args:
        parent: the widget the question is asked over.
        refuser: told why the block cannot be read at all.
        calculees: titles of the columns that are reckoned: what is pasted there comes back with the rest, and is no fault.
        texte, colonnes, dossier, lignes, premiere, ajoute, repeter, toutes: as `collage_lignes.analyser`; under 0 and 1 are taken
            for 0 and 1.
    """
    try:
        collage: CollageLignes[T] = analyser(
            texte, colonnes, dossier, lignes, max(premiere, 0), ajoute, max(repeter, 1), toutes
        )
    except ErreurSaisie as refus:
        refuser(str(refus))
        return None
    collage.fautes = [f for f in collage.fautes if f.colonne not in calculees]
    aucune = not (collage.fautes or collage.laisses)
    return collage if aucune or accepter(parent, collage) else None


def a_des_titres(texte: str, titres: Sequence[str]) -> bool:
    """Whether a block was copied with titles of a list; False for what is no table at all."""
    try:
        return lire_tableau_colle(texte, titres).colonnes is not None
    except ErreurSaisie:
        return False


def accepter(parent: QWidget, collage: CollageLignes[Any]) -> bool:
    """Shows what a paste refuses, line by line; True when the person agrees to paste the rest."""
    fautes = pluriel(len(collage.fautes), "valeur n’a pas été comprise", "valeurs n’ont pas été comprises")
    lignes = (*map(str, collage.fautes), *collage.laisses)
    if not collage.valeurs:
        texte = f"{fautes}, et il n’y en a pas d’autre : rien n’a été changé."
        return demander(parent, "Rien ne peut être collé", texte, "", "Fermer", lignes=lignes)
    if not collage.fautes:
        fautes = pluriel(len(collage.laisses), "élément est laissé de côté", "éléments sont laissés de côté")
    bonnes = pluriel(collage.valeurs, "valeur peut être collée", "valeurs peuvent être collées")
    return demander(
        parent,
        "Coller les valeurs correctes ?",
        f"{fautes} ; {bonnes}. Rien n’est encore changé.",
        f"Coller {pluriel(collage.valeurs, 'valeur')}",
        "Ne rien coller",
        lignes=lignes,
    )
