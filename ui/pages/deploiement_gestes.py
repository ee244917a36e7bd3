"""What the page Déploiement does to the dossier: each function is one gesture, undone in one step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.lecture import Dossier, Essms, Vague
from ui.models.deploiement import Proposition, en_vague

if TYPE_CHECKING:
    from ui.contexte import Contexte


def affecter(contexte: "Contexte", essms: Sequence[Essms], vague: Vague | None) -> int:
    """Puts ESSMS in a wave, or in none; says how many moved."""
    voulue = vague.id if vague else None
    autres = [e for e in essms if e.vague_id != voulue]
    if not autres:
        return 0
    ou = f"à «{NBSP}{vague.nom}{NBSP}»" if vague else "à aucune vague"

    def ecritures() -> None:
        for un in autres:
            contexte.porte.modifier(un, vague_id=voulue)

    return (
        len(autres)
        if contexte.faire(f"Affecter {pluriel(len(autres), 'ESSMS', 'ESSMS')} {ou}", ecritures)
        else 0
    )


def repartir(contexte: "Contexte", dossier: Dossier, propositions: Sequence[Proposition]) -> int:
    """Makes the waves proposed and puts their ESSMS in; says how many ESSMS were placed."""
    combien = sum(len(p.essms) for p in propositions)
    if not combien:
        return 0
    # Ranks are reckoned before anything is added.
    neuves = [en_vague(dossier, p, rang) if p.vague is None else None for rang, p in enumerate(propositions)]

    def ecritures() -> None:
        for proposition, neuve in zip(propositions, neuves, strict=True):
            if neuve is not None:
                contexte.porte.ajouter(neuve, libelle="Ajouter une vague")
            vague = neuve or proposition.vague
            for essms in proposition.essms:
                contexte.porte.modifier(essms, vague_id=vague and vague.id)

    return (
        combien
        if contexte.faire(f"Répartir {pluriel(combien, 'ESSMS', 'ESSMS')} en vagues", ecritures)
        else 0
    )
