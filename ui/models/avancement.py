"""How far a dossier is, in four measures: its size, its recevabilité, its pieces, its organisation."""

from typing import TYPE_CHECKING, NamedTuple

from esms_desktop.francais import NBSP, nombre, pluriel
from esms_desktop.regles.constats import Page

if TYPE_CHECKING:
    from ui.contexte import Vue

_ORGANISATION = (Page.PREPARATION, Page.GOUVERNANCE, Page.DEPLOIEMENT, Page.PLANNING, Page.RISQUES)


class Mesure(NamedTuple):
    """A measure: what it says, how much is there, how much it takes (0: nothing is asked)."""

    texte: str
    fait: int
    total: int


def mesures(vue: "Vue") -> tuple[Mesure, ...]:
    """The four measures of a dossier, in the order of the kit."""
    essms, minimum = vue.orientation.nombre, vue.orientation.minimum
    seuil = f" sur {nombre(minimum)} requis" if minimum else ""
    points = sum(p.verdict == "satisfait" for p in vue.points)
    dues = [p for p in vue.pieces if p.due]
    pretes = sum(p.satisfaite for p in dues)
    faits, total = (sum(x) for x in zip(*(vue.examen.avancement(p) for p in _ORGANISATION), strict=True))
    return (
        Mesure(f"{nombre(essms)} ESSMS{seuil}", min(essms, minimum), minimum),
        Mesure(f"{pluriel(points, 'point')} de recevabilité sur {len(vue.points)}", points, len(vue.points)),
        Mesure(
            f"{pluriel(pretes, 'pièce prête', 'pièces prêtes')} sur {len(dues)} à fournir",
            pretes,
            len(dues),
        ),
        Mesure(
            f"Préparation, gouvernance, déploiement, planning et risques{NBSP}: {nombre(faits)} sur {nombre(total)}",
            faits,
            total,
        ),
    )
