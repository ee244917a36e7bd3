"""The scheduling engine: forward and backward pass, total slack, critical path, on days already counted as worked.

Pure numbers: a position is a boundary between two worked days, so a task of 3 days placed at 10 runs over days 10, 11
and 12 and ends at boundary 13. `planning.py` turns worked days into dates.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
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
        tour = " → ".join(f"« {n} »" for n in (*noms, noms[0]))
        super().__init__(
            f"Ces tâches s’attendent l’une l’autre : {tour}.", "Retirez l’un des liens de cette boucle."
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
        soir: of a milestone, whether it falls in the evening before its boundary: it waits for an end, whatever the lag. Without
            an end to wait for, or on the day the person gave, it falls in the morning after it.
    """

    debut: int
    fin: int
    debut_tard: int
    fin_tard: int
    tenue_par: tuple[int, ...] = ()
    soir: bool = False

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


# For each key: those at the other end of its links, and the worked days from one start to the other.
_Liens = Mapping[int, list[tuple[int, int]]]


def ordonner(activites: Iterable[Activite], attaches: Iterable[Attache], depart: int = 0) -> Ordre:
    """Places every activity as early as its links and dates allow, none before `depart` unless its own date, or that of
    one it waits for, comes earlier.

    Links whose ends are not among the activities are left aside.

    Raises:
        Boucle: some activities wait for one another.
    """
    par_cle = {a.cle: a for a in activites}
    liens = [x for x in attaches if x.avant in par_cle and x.apres in par_cle]
    entrants: _Liens = {c: [] for c in par_cle}
    sortants: _Liens = {c: [] for c in par_cle}
    ecarts = [ecart(x.type, x.decalage, par_cle[x.avant].duree, par_cle[x.apres].duree) for x in liens]
    for lien, jours in zip(liens, ecarts, strict=True):
        entrants[lien.apres].append((lien.avant, jours))
        sortants[lien.avant].append((lien.apres, jours))
    suite = _suite(par_cle, entrants, sortants)
    tot, tenues = _au_plus_tot(suite, par_cle, entrants, depart)
    fin = max((tot[c] + par_cle[c].duree for c in suite), default=depart)
    tard = _au_plus_tard(suite, par_cle, sortants, fin)
    soirs = _soirs(suite, par_cle, zip(liens, ecarts, strict=True), tot)
    positions = {}
    for cle, activite in par_cle.items():
        tot_, tard_, duree = tot[cle], tard[cle], activite.duree
        positions[cle] = Position(tot_, tot_ + duree, tard_, tard_ + duree, tenues[cle], cle in soirs)
    return Ordre(
        positions,
        min(tot.values(), default=depart),
        fin,
        _chemin(positions, fin),
        tuple(x for x, jours in zip(liens, ecarts, strict=True) if tot[x.avant] + jours > tot[x.apres]),
    )


def ecart(type: TypeLien, decalage: int, avant: int, apres: int) -> int:
    """Worked days a link leaves from one start to the other, at the least; `avant`, `apres`: how long the two tasks last."""
    if type is TypeLien.DEBUT_DEBUT:
        return decalage
    return avant + decalage if type is TypeLien.FIN_DEBUT else avant + decalage - apres


def tour(attaches: Iterable[Attache], avant: int, apres: int) -> tuple[int, ...]:
    """The shortest loop a new link from `avant` to `apres` would close, `avant` first; empty when it closes none."""
    suivantes: dict[int, list[int]] = {}
    for attache in attaches:
        suivantes.setdefault(attache.avant, []).append(attache.apres)
    venues: dict[int, int] = {apres: avant}
    file = deque([apres])
    while file:
        cle = file.popleft()
        if cle == avant:
            chemin = [cle]
            while chemin[-1] != apres:
                chemin.append(venues[chemin[-1]])
            return (avant, *chemin[:0:-1])
        for suivante in suivantes.get(cle, ()):
            if suivante not in venues:
                venues[suivante] = cle
                file.append(suivante)
    return ()


def _suite(par_cle: Mapping[int, Activite], entrants: _Liens, sortants: _Liens) -> list[int]:
    """Keys such that each comes after all it waits for."""
    attentes = {c: len(liens) for c, liens in entrants.items()}
    libres = [c for c, n in attentes.items() if not n]
    suite: list[int] = []
    while libres:
        cle = libres.pop()
        suite.append(cle)
        for apres, _ in sortants[cle]:
            attentes[apres] -= 1
            if not attentes[apres]:
                libres.append(apres)
    if len(suite) < len(par_cle):
        cles = _boucle({c for c, n in attentes.items() if n}, entrants)
        raise Boucle(cles, tuple(par_cle[c].nom or f"n° {c}" for c in cles))
    return suite


def _boucle(restantes: set[int], entrants: _Liens) -> tuple[int, ...]:
    """A loop among activities none of which can come first, told in the order of the links."""
    vus: dict[int, int] = {}
    parcours: list[int] = []
    cle = min(restantes)
    while cle not in vus:
        vus[cle] = len(parcours)
        parcours.append(cle)
        cle = min(avant for avant, _ in entrants[cle] if avant in restantes)
    tour = parcours[vus[cle] :][::-1]
    depart = tour.index(min(tour))
    return tuple(tour[depart:] + tour[:depart])


def _au_plus_tot(
    suite: Sequence[int], par_cle: Mapping[int, Activite], entrants: _Liens, depart: int
) -> tuple[dict[int, int], dict[int, tuple[int, ...]]]:
    """Earliest starts, and what decides each."""
    tot: dict[int, int] = {}
    tenues: dict[int, tuple[int, ...]] = {}
    # A date of its own may come before the start of the project; what waits for it may then start as early, no earlier.
    planchers: dict[int, int] = {}
    for cle in suite:
        activite, liens = par_cle[cle], entrants[cle]
        tenues[cle] = ()
        propre = activite.pas_avant if activite.fixe is None else activite.fixe
        plancher = min([depart, *[planchers[avant] for avant, _ in liens]]) if propre is None else propre
        tot[cle] = planchers[cle] = plancher
        if activite.fixe is None and liens:
            besoins = [(tot[avant] + jours, avant) for avant, jours in liens]
            debut = tot[cle] = max(plancher, max(besoins)[0])
            tenues[cle] = tuple(sorted({avant for besoin, avant in besoins if besoin == debut}))
    return tot, tenues


def _soirs(
    suite: Sequence[int],
    par_cle: Mapping[int, Activite],
    liens: Iterable[tuple[Attache, int]],
    tot: Mapping[int, int],
) -> set[int]:
    """The milestones that fall in an evening: one at least of the links that hold them starts from one.

    A task ends in the evening and starts in the morning; a lag, of either sign, carries the one or the other.
    """
    tenants: dict[int, list[Attache]] = {}
    for lien, jours in liens:
        if not par_cle[lien.apres].duree and tot[lien.avant] + jours == tot[lien.apres]:
            tenants.setdefault(lien.apres, []).append(lien)
    soirs: set[int] = set()
    for cle in suite:
        propre = par_cle[cle]
        # On the day the person gave, not the evening before.
        if propre.duree or propre.fixe is not None or propre.pas_avant == tot[cle]:
            continue
        for lien in tenants.get(cle, ()):
            if par_cle[lien.avant].duree:
                du_soir = lien.type is not TypeLien.DEBUT_DEBUT
            else:
                du_soir = lien.avant in soirs
            if du_soir:
                soirs.add(cle)
                break
    return soirs


def _au_plus_tard(
    suite: Sequence[int], par_cle: Mapping[int, Activite], sortants: _Liens, fin: int
) -> dict[int, int]:
    """Latest starts; what a fixed activity leaves to those before it is its own date, not its slack."""
    tard: dict[int, int] = {}
    bornes: dict[int, int] = {}
    for cle in reversed(suite):
        activite = par_cle[cle]
        debut = fin - activite.duree
        for apres, jours in sortants[cle]:
            borne = bornes[apres] - jours
            if borne < debut:
                debut = borne
        tard[cle] = debut
        bornes[cle] = debut if activite.fixe is None else activite.fixe
    return tard


def _chemin(positions: Mapping[int, Position], fin: int) -> tuple[int, ...]:
    """From the last activity back through what decides each start."""
    finales = {c for c, p in positions.items() if p.fin == fin}
    # A milestone that waits for the last task ends with it: it is the last of the path.
    dernieres = finales.difference(*(positions[c].tenue_par for c in finales))
    if not dernieres:
        return ()
    # Among those that end last, the longest story; the smallest key when they tie.
    departs: dict[int, int] = {}
    chemin = [min(dernieres, key=lambda c: (_depart_du_fil(c, positions, departs), c))]
    while tenue_par := positions[chemin[-1]].tenue_par:
        chemin.append(_tenant(tenue_par, positions))
    return tuple(reversed(chemin))


def _tenant(tenue_par: tuple[int, ...], positions: Mapping[int, Position]) -> int:
    return min(tenue_par, key=lambda c: (positions[c].debut, c))


def _depart_du_fil(cle: int, positions: Mapping[int, Position], departs: dict[int, int]) -> int:
    """Where the path that ends with `cle` starts; `departs`: those already known."""
    fil = [cle]
    while fil[-1] not in departs and (tenue_par := positions[fil[-1]].tenue_par):
        fil.append(_tenant(tenue_par, positions))
    depart = departs.get(fil[-1], positions[fil[-1]].debut)
    departs.update(dict.fromkeys(fil, depart))
    return depart
