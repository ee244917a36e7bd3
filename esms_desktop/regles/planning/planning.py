"""The planning of a dossier: its tasks placed on worked days, with slack, critical path and drift from the reference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from esms_desktop.lecture import Dossier, Fermeture, LienTache, Tache
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.jours_ouvres import Arret, JoursOuvres, territoire_du_departement
from esms_desktop.regles.planning.ordonnancement import (
    Activite,
    Attache,
    Boucle,
    Ordre,
    Position,
    TypeLien,
    ecart,
    ordonner,
)

_TYPES = {t.value: t for t in TypeLien}
_PLANS = {p.value: rang for rang, p in enumerate(Plan)}


@dataclass(frozen=True, slots=True)
class TachePlacee:
    """A task on its days.

    Args:
        tache: the row of the base.
        debut, fin: first and last worked day, both included; the same day for a milestone.
        marge: total slack in worked days.
        critique: a day late is a day lost for the project.
        position: the same in boundaries (ordonnancement.py).
        tenue_par: the tasks that decide its start.
    """

    tache: Tache
    debut: date
    fin: date
    marge: int
    critique: bool
    position: Position
    tenue_par: tuple[Tache, ...] = ()

    @property
    def derive(self) -> int | None:
        """Calendar days between the end of the reference and the present one, None without a reference."""
        return None if self.tache.reference_fin is None else (self.fin - self.tache.reference_fin).days

    @property
    def retard(self) -> int:
        """Calendar days past its deadline, 0 when it holds or has none."""
        return 0 if self.tache.echeance is None else max((self.fin - self.tache.echeance).days, 0)


@dataclass(frozen=True)
class Planning:
    """All the tasks placed, in the order they are read: by plan, then by rank.

    Args:
        debut, fin: first and last day of the whole; None without a task.
        chemin: the critical path, first task first.
        contredits: the links a fixed date breaks.
        boucle: tasks that wait for one another, when there are some; links are then not followed.
        activites, attaches, depart: what the engine was given; the key of an activity is the rank of its task.
    """

    taches: tuple[TachePlacee, ...]
    calendrier: JoursOuvres
    debut: date | None = None
    fin: date | None = None
    chemin: tuple[Tache, ...] = ()
    contredits: tuple[LienTache, ...] = ()
    boucle: Boucle | None = None
    activites: tuple[Activite, ...] = ()
    attaches: tuple[Attache, ...] = ()
    depart: int = 0

    def du_plan(self, plan: Plan) -> tuple[TachePlacee, ...]:
        """The tasks of one of the three plannings."""
        return tuple(t for t in self.taches if t.tache.plan == plan)

    def de(self, tache: Tache) -> TachePlacee:
        """Where a task falls.

        Raises:
            KeyError: the task is not of this planning.
        """
        return self.taches[self.rang(tache)]

    def rang(self, tache: Tache) -> int:
        """The place of a task in `taches`.

        Raises:
            KeyError: the task is not of this planning.
        """
        return self._rangs[id(tache)]

    def essayer(
        self, tache: Tache, debut: date | None = None, duree: int | None = None
    ) -> tuple[tuple[date, date], ...]:
        """Where all the tasks would fall, in their order, if this one had to start on `debut` or lasted `duree` days."""
        rang = self.rang(tache)
        essai = self.activites[rang]
        if debut is not None:
            quand = self.calendrier.indice(debut)
            essai = replace(essai, fixe=quand) if essai.fixe is not None else replace(essai, pas_avant=quand)
        if duree is not None and not tache.jalon:
            essai = replace(essai, duree=max(duree, 1))
        activites = (*self.activites[:rang], essai, *self.activites[rang + 1 :])
        return dates(activites, ordonner(activites, self.attaches, self.depart), self.calendrier)

    def manque(self, liens: Iterable[LienTache]) -> int:
        """Worked days that the task these links lead to starts too early; negative when it could start sooner.

        Raises:
            ValueError: no link.
        """
        ecarts = []
        for lien in liens:
            avant, apres = self.de(lien.avant).position, self.de(lien.apres).position
            jours = ecart(
                TypeLien(lien.type), lien.decalage, avant.fin - avant.debut, apres.fin - apres.debut
            )
            ecarts.append(avant.debut + jours - apres.debut)
        return max(ecarts)

    @cached_property
    def _rangs(self) -> Mapping[int, int]:
        return {id(t.tache): rang for rang, t in enumerate(self.taches)}


def calendrier(dossier: Dossier, origine: date) -> JoursOuvres:
    """The worked days of a dossier: those of the territory it chose, else of the seat of its porteur."""
    arrets = [Arret(f.debut, f.fin, f.motif) for f in dossier.fermetures if _valable(f)]
    return JoursOuvres(origine, territoire_feries(dossier), arrets)


def territoire_feries(dossier: Dossier) -> str:
    """The territory whose public holidays count: the one chosen, else that of most ESSMS of the porteur."""
    reglage = dossier.reglage_planning
    if reglage is not None and reglage.territoire is not None:
        return reglage.territoire
    return territoire_du_porteur(dossier)


def territoire_du_porteur(dossier: Dossier) -> str:
    """The territory of most ESSMS of the porteur; metropolitan France when they do not tell."""
    porteur = dossier.porteur
    codes = [territoire_du_departement(e.departement) for e in porteur.essms] if porteur else []
    return max(sorted(set(codes)), key=codes.count) if codes else ""


@dataclass(frozen=True, slots=True)
class _Placement:
    """Where the tasks fall, as numbers: a task is its rank in the order they are read, a link its rank in the dossier.

    Args:
        origine: the day the worked days are counted from.
        dates: first and last day of each task.
        boucle: the tasks that wait for one another; empty without a loop.
    """

    origine: date
    dates: tuple[tuple[date, date], ...] = ()
    positions: tuple[Position, ...] = ()
    chemin: tuple[int, ...] = ()
    contredits: tuple[int, ...] = ()
    boucle: tuple[int, ...] = ()
    activites: tuple[Activite, ...] = ()
    attaches: tuple[Attache, ...] = ()
    depart: int = 0


def _en_ordre(dossier: Dossier) -> list[Tache]:
    return sorted(dossier.taches, key=lambda t: (_PLANS.get(t.plan, 9), t.rang, t.id or 0))


@fait
def _placement(dossier: Dossier, jour: date) -> _Placement:
    taches = _en_ordre(dossier)
    depart = _depart(dossier, taches, jour)
    if not taches:
        return _Placement(depart)
    jours = calendrier(dossier, depart)
    cles = {id(t): cle for cle, t in enumerate(taches)}
    activites = [_activite(cle, t, jours) for cle, t in enumerate(taches)]
    liens: list[int] = []
    attaches: list[Attache] = []
    for rang, lien in enumerate(dossier.liens_taches):
        avant, apres = cles.get(id(lien.avant)), cles.get(id(lien.apres))
        if avant is not None and apres is not None:
            liens.append(rang)
            attaches.append(Attache(avant, apres, _TYPES[lien.type], lien.decalage))
    boucle: tuple[int, ...] = ()
    try:
        ordre = ordonner(activites, attaches, jours.indice(depart))
    except Boucle as trouvee:
        boucle, attaches = trouvee.cles, []
        ordre = ordonner(activites, (), jours.indice(depart))
    rompues = set(map(id, ordre.contredites))
    return _Placement(
        depart,
        dates(activites, ordre, jours),
        tuple(ordre.positions[cle] for cle in range(len(taches))),
        ordre.chemin,
        tuple(liens[rang] for rang, attache in enumerate(attaches) if id(attache) in rompues),
        boucle,
        tuple(activites),
        tuple(attaches),
        jours.indice(depart),
    )


def lire(dossier: Dossier, jour: date) -> Planning:
    """Places the tasks of `dossier`. `jour`: where a plan without any date starts."""
    ou = _placement(dossier, jour)
    jours = calendrier(dossier, ou.origine)
    taches = _en_ordre(dossier)
    if not taches:
        return Planning((), jours)
    placees = tuple(
        TachePlacee(tache, debut, fin, p.marge, p.critique, p, tuple([taches[c] for c in p.tenue_par]))
        for tache, (debut, fin), p in zip(taches, ou.dates, ou.positions, strict=True)
    )
    liens = list(dossier.liens_taches) if ou.contredits else []
    return Planning(
        placees,
        jours,
        min(p.debut for p in placees),
        max(p.fin for p in placees),
        tuple(taches[c] for c in ou.chemin),
        tuple(liens[rang] for rang in ou.contredits),
        Boucle(ou.boucle, tuple(taches[c].nom for c in ou.boucle)) if ou.boucle else None,
        ou.activites,
        ou.attaches,
        ou.depart,
    )


def _valable(fermeture: Fermeture) -> bool:
    return fermeture.debut <= fermeture.fin


def _depart(dossier: Dossier, taches: list[Tache], jour: date) -> date:
    if dossier.date_debut_projet is not None:
        return dossier.date_debut_projet
    dates = [d for t in taches if (d := t.fixe or t.pas_avant) is not None]
    return min(dates, default=jour)


def _activite(cle: int, tache: Tache, jours: JoursOuvres) -> Activite:
    pas_avant, fixe = tache.pas_avant, tache.fixe
    return Activite(
        cle,
        0 if tache.jalon else max(tache.duree, 1),
        None if pas_avant is None else jours.indice(pas_avant),
        None if fixe is None else jours.indice(fixe),
    )


def dates(activites: Sequence[Activite], ordre: Ordre, jours: JoursOuvres) -> tuple[tuple[date, date], ...]:
    """First and last worked day of each activity, in their order; the key of each is its rank.

    A milestone that waits for the end of a task falls on its last day, not on the morning after; a lag carries that evening.
    """
    resultat = []
    for activite in activites:
        p = ordre.positions[activite.cle]
        if activite.duree:
            resultat.append((jours.jour(p.debut), jours.jour(p.fin - 1)))
        else:
            quand = jours.jour(p.debut - p.soir)
            resultat.append((quand, quand))
    return tuple(resultat)
