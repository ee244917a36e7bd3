"""The scheduling engine: forward and backward pass, total slack, critical path, on days already counted as worked.

Pure numbers: a position is a boundary between two worked days, so a task of 3 days placed at 10 runs over days 10, 11
and 12 and ends at boundary 13. `planning.py` turns worked days into dates.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from esms_desktop.errors import ErreurSaisie


class TypeLien(StrEnum):
    """What a link holds: a start or an end, by a start or an end."""

    FIN_DEBUT = "fin-debut"
    DEBUT_DEBUT = "debut-debut"
    FIN_FIN = "fin-fin"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {"fin-debut": "Fin à début", "debut-debut": "Début à début", "fin-fin": "Fin à fin"}[
            self.value
        ]


class Boucle(ErreurSaisie):
    """Tasks that wait for one another in a circle. `cles`: the loop, in order, each one once."""

    def __init__(self, cles: tuple[int, ...], noms: tuple[str, ...]) -> None:
        tour = " → ".join(f"« {n} »" for n in (*noms, noms[0]))
        super().__init__(
            f"Ces tâches s’attendent l’une l’autre : {tour}.", "Retirez l’un des liens de cette boucle."
        )
        self.cles = cles


@dataclass(frozen=True, slots=True)
class Activite:
    """What the engine places.

    Args:
        cle: its key.
        duree: worked days, 0 for a milestone.
        pas_avant: boundary before which it may not start; None when free.
        fixe: boundary at which it starts whatever its links say; None when free.
        nom: how to name it when it is part of a loop.
    """

    cle: int
    duree: int
    pas_avant: int | None = None
    fixe: int | None = None
    nom: str = ""


@dataclass(frozen=True, slots=True)
class Attache:
    """A link: `apres` waits for `avant`. `decalage`: worked days to add, negative to overlap."""

    avant: int
    apres: int
    type: TypeLien = TypeLien.FIN_DEBUT
    decalage: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """Where an activity falls, in boundaries.

    Args:
        debut, fin: earliest start and end; `fin - debut` is the duration.
        debut_tard, fin_tard: latest ones that leave the end of the project where it is.
        tenue_par: keys of the activities that decide its start; empty when its own date or the start of the project does.
    """

    debut: int
    fin: int
    debut_tard: int
    fin_tard: int
    tenue_par: tuple[int, ...] = ()

    @property
    def marge(self) -> int:
        """Total slack, in worked days; negative only when a fixed date contradicts a link."""
        return self.debut_tard - self.debut

    @property
    def critique(self) -> bool:
        """True when a day late is a day lost for the whole project."""
        return self.marge <= 0


@dataclass(frozen=True, slots=True)
class Ordre:
    """The whole schedule. `chemin`: the critical path, first activity first; `contredites`: links a fixed date breaks."""

    positions: Mapping[int, Position]
    debut: int
    fin: int
    chemin: tuple[int, ...]
    contredites: tuple[Attache, ...]


def ordonner(activites: Iterable[Activite], attaches: Iterable[Attache], depart: int = 0) -> Ordre:
    """Places every activity as early as its links and dates allow, none before `depart` unless its own date says so.

    Links whose ends are not among the activities are left aside.

    Raises:
        Boucle: some activities wait for one another.
    """
    par_cle = {a.cle: a for a in activites}
    liens = [x for x in attaches if x.avant in par_cle and x.apres in par_cle]
    entrants: dict[int, list[Attache]] = {c: [] for c in par_cle}
    sortants: dict[int, list[Attache]] = {c: [] for c in par_cle}
    for lien in liens:
        entrants[lien.apres].append(lien)
        sortants[lien.avant].append(lien)
    suite = _suite(par_cle, entrants, sortants)
    tot: dict[int, int] = {}
    tenues: dict[int, tuple[int, ...]] = {}
    for cle in suite:
        tot[cle], tenues[cle] = _au_plus_tot(par_cle[cle], entrants[cle], par_cle, tot, depart)
    fin = max((tot[c] + par_cle[c].duree for c in suite), default=depart)
    tard: dict[int, int] = {}
    for cle in reversed(suite):
        tard[cle] = _au_plus_tard(par_cle[cle], sortants[cle], par_cle, tard, fin)
    positions = {
        c: Position(tot[c], tot[c] + a.duree, tard[c], tard[c] + a.duree, tenues[c])
        for c, a in par_cle.items()
    }
    return Ordre(
        positions,
        min(tot.values(), default=depart),
        fin,
        _chemin(positions, fin),
        tuple(x for x in liens if _besoin(x, par_cle, tot) > tot[x.apres]),
    )


def _suite(
    par_cle: Mapping[int, Activite],
    entrants: Mapping[int, list[Attache]],
    sortants: Mapping[int, list[Attache]],
) -> list[int]:
    """Keys such that each comes after all it waits for."""
    attentes = {c: len(entrants[c]) for c in par_cle}
    libres = [c for c, n in attentes.items() if not n]
    suite: list[int] = []
    while libres:
        cle = libres.pop()
        suite.append(cle)
        for lien in sortants[cle]:
            attentes[lien.apres] -= 1
            if not attentes[lien.apres]:
                libres.append(lien.apres)
    if len(suite) < len(par_cle):
        cles = _boucle({c for c, n in attentes.items() if n}, entrants)
        raise Boucle(cles, tuple(par_cle[c].nom or f"n° {c}" for c in cles))
    return suite


def _boucle(restantes: set[int], entrants: Mapping[int, list[Attache]]) -> tuple[int, ...]:
    """A loop among activities none of which can come first, told in the order of the links."""
    vus: dict[int, int] = {}
    parcours: list[int] = []
    cle = min(restantes)
    while cle not in vus:
        vus[cle] = len(parcours)
        parcours.append(cle)
        cle = min(x.avant for x in entrants[cle] if x.avant in restantes)
    tour = parcours[vus[cle] :][::-1]
    depart = tour.index(min(tour))
    return tuple(tour[depart:] + tour[:depart])


def _besoin(lien: Attache, par_cle: Mapping[int, Activite], tot: Mapping[int, int]) -> int:
    """The earliest start the link leaves to the one that waits."""
    avant = tot[lien.avant]
    if lien.type is TypeLien.DEBUT_DEBUT:
        return avant + lien.decalage
    fin = avant + par_cle[lien.avant].duree + lien.decalage
    return fin if lien.type is TypeLien.FIN_DEBUT else fin - par_cle[lien.apres].duree


def _au_plus_tot(
    activite: Activite,
    entrants: list[Attache],
    par_cle: Mapping[int, Activite],
    tot: Mapping[int, int],
    depart: int,
) -> tuple[int, tuple[int, ...]]:
    if activite.fixe is not None:
        return activite.fixe, ()
    besoins = [(_besoin(x, par_cle, tot), x.avant) for x in entrants]
    # A date of its own may come before the start of the project; a link may not take it there.
    seuil = depart if activite.pas_avant is None else activite.pas_avant
    debut = max((seuil, *(b for b, _ in besoins)))
    return debut, tuple(sorted({c for b, c in besoins if b == debut}))


def _au_plus_tard(
    activite: Activite,
    sortants: list[Attache],
    par_cle: Mapping[int, Activite],
    tard: Mapping[int, int],
    fin: int,
) -> int:
    """The latest start; what a fixed activity leaves to those before it is its own date, not its slack."""
    debut = fin - activite.duree
    for lien in sortants:
        suivante = par_cle[lien.apres]
        borne = tard[lien.apres] if suivante.fixe is None else suivante.fixe
        if lien.type is TypeLien.DEBUT_DEBUT:
            limite = borne - lien.decalage
        elif lien.type is TypeLien.FIN_DEBUT:
            limite = borne - lien.decalage - activite.duree
        else:
            limite = borne + suivante.duree - lien.decalage - activite.duree
        debut = min(debut, limite)
    return debut


def _chemin(positions: Mapping[int, Position], fin: int) -> tuple[int, ...]:
    """From the last activity back through what decides each start."""
    finales = [c for c, p in positions.items() if p.fin == fin]
    if not finales:
        return ()
    # Among those that end last, the longest story; the smallest key when they tie.
    chemin = [min(finales, key=lambda c: (_debut_du_fil(c, positions), c))]
    while tenue_par := positions[chemin[-1]].tenue_par:
        chemin.append(min(tenue_par, key=lambda c: (positions[c].debut, c)))
    return tuple(reversed(chemin))


def _debut_du_fil(cle: int, positions: Mapping[int, Position]) -> int:
    while tenue_par := positions[cle].tenue_par:
        cle = min(tenue_par, key=lambda c: (positions[c].debut, c))
    return positions[cle].debut
