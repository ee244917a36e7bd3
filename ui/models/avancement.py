"""How far a dossier is, in four measures: its size, its recevabilité, its pieces, its organisation."""

from typing import TYPE_CHECKING, NamedTuple

from esms_desktop.francais import NBSP, nombre, pluriel
from esms_desktop.regles.constats import Page
from esms_desktop.regles.dossier.pieces import phrase_pieces
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
    """The four measures of a dossier, in the order of the kit; all but the first wait for the findings.

    The size is a fact, and so is what the directory settles: only what a person gave moves a bar.
    """
    essms, minimum = lu.orientation.nombre, lu.orientation.minimum
    seuil = f" sur {nombre(minimum)} requis" if minimum > 1 else ""
    return (
        Mesure(f"{nombre(essms)} ESSMS{seuil}", None, 0),
        _points(lu, examen),
        _pieces(lu, examen),
        _organisation(examen),
    )


def _points(lu: "Lecture", examen: "Examen | None") -> Mesure:
    if examen is None:
        return Mesure(f"Points de recevabilité{NBSP}: {EN_COURS}", None, 0)
    satisfaits = {p.numero for p in lu.points if p.verdict == "satisfait"}
    lus = {n for n in satisfaits if f"recevabilite.point-{n}" in examen.acquis}
    texte = f"{pluriel(len(satisfaits), 'point')} de recevabilité sur {len(lu.points)}"
    if lus:
        texte += f", dont {len(lus)} d’après l’annuaire"
    return Mesure(texte, len(satisfaits - lus), len(lu.points) - len(lus))


def _pieces(lu: "Lecture", examen: "Examen | None") -> Mesure:
    if examen is None:
        return Mesure(f"Pièces à fournir{NBSP}: {EN_COURS}", None, 0)
    faites = [p for p in lu.pieces_lues if p.due and p.production == "generee"]
    fait = sum(p.satisfaite for p in faites) if faites else None
    return Mesure(phrase_pieces(lu.pieces_lues), fait, len(faites))


def _organisation(examen: "Examen | None") -> Mesure:
    quoi = f"Préparation, gouvernance, déploiement, planning et risques{NBSP}:"
    if examen is None:
        return Mesure(f"{quoi} {EN_COURS}", None, 0)
    faits, total = (sum(x) for x in zip(*(examen.avancement(p) for p in _ORGANISATION), strict=True))
    if not total:
        return Mesure(f"{quoi} rien n’est demandé", None, 0)
    return Mesure(f"{quoi} {nombre(faits)} sur {nombre(total)}", faits, total)
