"""How far a dossier is, in four measures: its size, its recevabilité, its pieces, its organisation."""

from typing import TYPE_CHECKING, NamedTuple

from esms_desktop.francais import NBSP, nombre, pluriel
from esms_desktop.regles.constats import Page
from ui.fil import EN_COURS

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Examen
    from ui.lecture import Lecture

_ORGANISATION = (Page.PREPARATION, Page.GOUVERNANCE, Page.DEPLOIEMENT, Page.PLANNING, Page.RISQUES)


class Mesure(NamedTuple):
    """A measure: what it says, how much is there (None: not known yet), how much it takes (0: nothing is asked)."""

    texte: str
    fait: int | None
    total: int


def mesures(lu: "Lecture", examen: "Examen | None") -> tuple[Mesure, ...]:
    """The four measures of a dossier, in the order of the kit; the last two wait for the findings."""
    essms, minimum = lu.orientation.nombre, lu.orientation.minimum
    seuil = f" sur {nombre(minimum)} requis" if minimum else ""
    points = sum(p.verdict == "satisfait" for p in lu.points)
    return (
        Mesure(f"{nombre(essms)} ESSMS{seuil}", min(essms, minimum), minimum),
        Mesure(f"{pluriel(points, 'point')} de recevabilité sur {len(lu.points)}", points, len(lu.points)),
        _pieces(lu, examen),
        _organisation(examen),
    )


def _pieces(lu: "Lecture", examen: "Examen | None") -> Mesure:
    dues = sum(p.due for p in lu.pieces)
    if examen is None:
        return Mesure(f"Pièces à fournir{NBSP}: {EN_COURS}", None, 0)
    pretes = sum(p.due and p.satisfaite for p in lu.pieces_lues)
    return Mesure(f"{pluriel(pretes, 'pièce prête', 'pièces prêtes')} sur {dues} à fournir", pretes, dues)


def _organisation(examen: "Examen | None") -> Mesure:
    quoi = f"Préparation, gouvernance, déploiement, planning et risques{NBSP}:"
    if examen is None:
        return Mesure(f"{quoi} {EN_COURS}", None, 0)
    faits, total = (sum(x) for x in zip(*(examen.avancement(p) for p in _ORGANISATION), strict=True))
    return Mesure(f"{quoi} {nombre(faits)} sur {nombre(total)}", faits, total)
