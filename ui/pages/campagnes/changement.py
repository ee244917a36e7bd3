"""What a change of campaign would change, told before it is made."""

from PySide6.QtWidgets import QWidget

from esms_desktop.francais import NBSP, euros
from esms_desktop.gestes.changer_campagne import Apercu
from ui.widgets.question import demander


def lignes(vu: Apercu) -> tuple[str, ...]:
    """Amounts, then pieces, then findings, a line each."""
    montants = [
        f"{m.libelle}{NBSP}: {euros(m.avant_cents)} → {euros(m.apres_cents)}"
        for m in (*vu.montants, vu.total)
    ]
    pieces = [f"Pièce {p.numero}, {p.titre}{NBSP}: {p.avant} → {p.apres}" for p in vu.pieces]
    nouveaux = [f"Nouveau{NBSP}: {c.titre}" for c in vu.nouveaux]
    disparus = [f"N’est plus dit{NBSP}: {c.titre}" for c in vu.disparus]
    return (*montants, *pieces, *nouveaux, *disparus)


def demander_changement(parent: QWidget | None, vu: Apercu) -> bool:
    """Shows it, and tells whether the person agrees."""
    if vu.avant.id == vu.apres.id:
        return False
    dit = (
        "Aucun constat, aucun montant, aucune pièce ne change."
        if vu.rien
        else "Voici ce qui change. Ce que vous avez saisi reste comme il est."
    )
    return demander(
        parent,
        f"Suivre «{NBSP}{vu.apres.titre}{NBSP}»{NBSP}?",
        f"{dit} Ce changement s’annule (Ctrl+Z).",
        "Changer de campagne",
        f"Garder «{NBSP}{vu.avant.titre}{NBSP}»",
        lignes=lignes(vu),
    )
