"""The model plan of a project, laid out from its start date and the waves of the grappe (resources/plans, referentiel 04 § 1)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import date_longue
from esms_desktop.lecture import Dossier, Vague
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.financement.durees import limite_depuis
from esms_desktop.regles.planning import jalons
from esms_desktop.regles.planning.calendrier import fenetres
from esms_desktop.regles.planning.ordonnancement import Activite, Attache, TypeLien, ordonner
from esms_desktop.regles.planning.plan_modeles import LienType, Modele, modeles
from esms_desktop.regles.planning.planning import calendrier, dates
from esms_desktop.regles.recevabilite.orientation import orienter_dossier

SANS_VAGUE = "Déploiement dans toutes les structures"
# How finely a plan is tightened: its durations are tried at so many levels between the usual one and the shortest.
_CRANS = 40


@dataclass(frozen=True)
class TacheType:
    """A task the plan proposes.

    Args:
        cle: unique in the plan; `origine` is the part that stays in the base.
        duree: worked days, 0 for a milestone.
        vague: rank of its wave in `dossier.vagues`, None when it bears on the whole grappe.
        debut, fin: where it falls.
    """

    cle: str
    plan: Plan
    phase: str
    nom: str
    jalon: bool
    duree: int
    pas_avant: date | None
    vague: int | None
    liens: tuple[LienType, ...]
    debut: date
    fin: date

    @property
    def origine(self) -> str:
        """What `Tache.origine` keeps: the same for the tasks of all the waves."""
        return self.cle.partition(":")[0]


@dataclass(frozen=True)
class PhaseType:
    """The days a phase of the plan covers, for a preview."""

    plan: Plan
    nom: str
    debut: date
    fin: date
    taches: int


@dataclass(frozen=True)
class PlanType:
    """A whole plan. `limite`: last day the campaign leaves to the deployment; None when it fixes no duration."""

    taches: tuple[TacheType, ...]
    debut: date
    fin_deploiement: date
    limite: date | None

    @property
    def tient(self) -> bool:
        """True when the deployment ends in time."""
        return self.limite is None or self.fin_deploiement <= self.limite

    def phases(self) -> tuple[PhaseType, ...]:
        """Its phases in the order of the plan."""
        groupes: dict[tuple[Plan, str], list[TacheType]] = {}
        for t in self.taches:
            groupes.setdefault((t.plan, t.phase), []).append(t)
        return tuple(
            PhaseType(plan, nom, min(t.debut for t in g), max(t.fin for t in g), len(g))
            for (plan, nom), g in groupes.items()
        )


def proposer(dossier: Dossier, campagne: Campagne, debut: date) -> PlanType:
    """The model plan of `dossier` when its project starts on `debut`, tightened so that the deployment ends in time.

    The dates the dossier already gives are kept: filing, agreement, referencing; and, when the start is the one it says,
    its parametrage, its waves and its end. One generic wave stands for those that do not exist yet. A plan that cannot
    hold even at its shortest is proposed all the same: `PlanType.tient` says so.
    """
    return _Plan(dossier, campagne, debut).poser()


@dataclass(frozen=True)
class _Brouillon:
    """A task before its duration is chosen."""

    cle: str
    modele: Modele
    nom: str
    vague: int | None
    liens: tuple[LienType, ...]
    usuelle: int
    minimum: int
    pas_avant: date | None

    def duree(self, cran: int) -> int:
        """Its worked days at a level of tightening, 0 being the shortest."""
        if self.modele.jalon:
            return 0
        return self.minimum + round((self.usuelle - self.minimum) * cran / _CRANS)


class _Plan:
    """One layout: the waves, the dates kept, then the longest durations that hold."""

    def __init__(self, dossier: Dossier, campagne: Campagne, debut: date) -> None:
        self.dossier, self.debut = dossier, debut
        self.jours = calendrier(dossier, debut)
        self.vagues: list[Vague | None] = list(dossier.vagues) or [None]
        self.limite = limite_depuis(dossier, campagne, debut)
        # Another start moves everything that follows it.
        self.dates_a_garder = dossier.date_debut_projet in (None, debut)
        self.tenues = self._dates(campagne)
        self.brouillons = list(self._brouillons())
        self.cles = {b.cle: rang for rang, b in enumerate(self.brouillons)}

    def poser(self) -> PlanType:
        durees = self._durees()
        placees = self._placer(durees)
        taches = tuple(
            TacheType(
                b.cle,
                Plan(b.modele.plan),
                b.modele.phase,
                b.nom,
                b.modele.jalon,
                durees[rang],
                b.pas_avant,
                b.vague,
                b.liens,
                *placees[rang],
            )
            for rang, b in enumerate(self.brouillons)
        )
        return PlanType(taches, self.debut, placees[self.cles[jalons.FIN_DEPLOIEMENT]][1], self.limite)

    def _durees(self) -> list[int]:
        """The longest durations that hold: all tightened alike, then those with time to spare given back theirs."""
        essais = [[b.duree(cran) for b in self.brouillons] for cran in range(_CRANS + 1)]
        notes = [self._note(durees) for durees in essais]
        note = max(notes)
        durees = essais[_CRANS - notes[::-1].index(note)]
        for rang, b in enumerate(self.brouillons):
            if durees[rang] < b.usuelle and not b.modele.jalon:
                essai = [*durees[:rang], b.usuelle, *durees[rang + 1 :]]
                if self._note(essai) >= note:
                    durees = essai
        return durees

    def _note(self, durees: Sequence[int]) -> tuple[bool, int]:
        """Whether the deployment ends in time, and how many of the dates to keep are kept."""
        placees = self._placer(durees)
        fin = placees[self.cles[jalons.FIN_DEPLOIEMENT]][1]
        justes = sum(
            placees[rang][0] <= self.jours.jour(self.jours.indice(b.pas_avant))
            for rang, b in enumerate(self.brouillons)
            if b.pas_avant is not None
        )
        return self.limite is None or fin <= self.limite, justes

    def _placer(self, durees: Sequence[int]) -> Sequence[tuple[date, date]]:
        activites = [
            Activite(r, durees[r], None if b.pas_avant is None else self.jours.indice(b.pas_avant))
            for r, b in enumerate(self.brouillons)
        ]
        attaches = [
            Attache(self.cles[x.avant], r, x.type, x.decalage)
            for r, b in enumerate(self.brouillons)
            for x in b.liens
        ]
        return dates(activites, ordonner(activites, attaches, self.jours.indice(self.debut)), self.jours)

    # What is kept of the dossier.

    def _dates(self, campagne: Campagne) -> Mapping[str, date]:
        """The days some tasks do not start before, by key."""
        d = self.dossier
        tenues = {jalons.DEBUT_PROJET: self.debut}
        if d.date_convention is not None:
            tenues[jalons.CONVENTION] = d.date_convention
        tenues[jalons.DEPOT] = d.date_depot_prevue or self._depot(campagne)
        tenues["cadrage"] = self._reculer(tenues[jalons.DEPOT], "cadrage", "dossier")
        reference = self._referencement()
        if reference is not None:
            # Acquired long ago, it stands where the project begins, and its name says since when.
            tenues[jalons.SEGUR] = max(reference, self.debut)
        if self.dates_a_garder:
            for cle in (jalons.DEBUT_PARAMETRAGE, jalons.FIN_DEPLOIEMENT, jalons.SOLDE):
                quand = getattr(d, jalons.CHAMPS[cle])
                if quand is not None and quand >= self.debut:
                    tenues[cle] = quand
        return tenues

    def _referencement(self) -> date | None:
        solution = self.dossier.solution
        return (solution.date_referencement or solution.date_referencement_prevue) if solution else None

    def _nom(self, modele: Modele) -> str:
        reference = self._referencement()
        if modele.code == jalons.SEGUR and reference is not None and reference < self.debut:
            return f"{modele.nom} depuis le {date_longue(reference)}"
        return modele.nom

    def _reculer(self, jour: date, *codes: str) -> date:
        """The day that many tasks before `jour`."""
        durees = {m.code: m.duree for m in modeles(self.dossier.type_projet)}
        return self.jours.jour(self.jours.indice(jour) - sum(durees[c] for c in codes))

    def _depot(self, campagne: Campagne) -> date:
        """A day that leaves time for the decision and the agreement, brought into a window of the campaign if need be."""
        voulu = self._reculer(self.debut, "instruction", "conventionnement")
        admises = fenetres(campagne, orienter_dossier(self.dossier, campagne))
        ouvertes = [f for f in admises if not f.conseillee and (f.debut or f.fin)]
        if not ouvertes or any(f.contient(voulu) for f in ouvertes):
            return voulu
        bornes = [b for f in ouvertes for b in (f.debut, f.fin and self._ouvre_avant(f.fin)) if b]
        return min(bornes, key=lambda b: (abs((b - voulu).days), b))

    def _ouvre_avant(self, jour: date) -> date:
        while not self.jours.ouvre(jour):
            jour -= timedelta(days=1)
        return jour

    # The tasks.

    def _brouillons(self) -> Iterator[_Brouillon]:
        vagues_de = {id(v): 0 for v in self.vagues}
        for e in self.dossier.essms:
            # Without a wave yet, they all come in the generic one.
            cle = id(e.vague) if self.dossier.vagues else id(None)
            vagues_de[cle] = vagues_de.get(cle, 0) + 1
        for modele in modeles(self.dossier.type_projet):
            if not modele.par_vague:
                yield self._brouillon(modele, modele.code, self._nom(modele), None, modele.liens(), 0)
                continue
            for rang, vague in enumerate(self.vagues):
                nom = modele.nom.replace("{vague}", vague.nom if vague else SANS_VAGUE)
                apres = modele.liens(vague is not None and vague.pilote)
                yield self._brouillon(
                    modele,
                    f"{modele.code}:{rang + 1}",
                    nom,
                    rang if vague else None,
                    apres,
                    vagues_de[id(vague)],
                )

    def _brouillon(
        self, modele: Modele, cle: str, nom: str, rang: int | None, apres: Sequence[LienType], essms: int
    ) -> _Brouillon:
        usuelle = modele.duree + modele.par_essms * essms
        minimum = min(modele.minimum or usuelle, usuelle)
        pas_avant = self.tenues.get(modele.code)
        if modele.code == jalons.VAGUE and rang is not None and (vague := self._vague_datee(rang)):
            pas_avant, fin = vague
            usuelle = minimum = self.jours.compter(pas_avant, fin) or usuelle
        # A date known is a fact: the referencing does not wait for our own steps.
        liens = [] if modele.code == jalons.SEGUR and pas_avant else list(self._liens(apres, cle, rang))
        return _Brouillon(cle, modele, nom, rang, tuple(liens), usuelle, minimum, pas_avant)

    def _vague_datee(self, rang: int) -> tuple[date, date] | None:
        vague = self.vagues[rang]
        if vague is None or vague.debut is None or vague.fin is None or not self.dates_a_garder:
            return None
        return (vague.debut, vague.fin) if self.debut <= vague.debut <= vague.fin else None

    def _liens(self, apres: Sequence[LienType], cle: str, rang: int | None) -> Iterator[LienType]:
        propre = cle.partition(":")[2]
        for lien in apres:
            if lien.avant == jalons.VAGUE:
                yield LienType(f"{jalons.VAGUE}:{propre}", lien.type, lien.decalage)
            elif lien.avant in ("pilotes", "vagues"):
                for r, vague in enumerate(self.vagues):
                    if lien.avant == "vagues" or (vague is not None and vague.pilote):
                        yield LienType(f"{jalons.VAGUE}:{r + 1}", lien.type, lien.decalage)
            elif lien.avant == "precedente":
                if rang:
                    yield LienType(f"{jalons.VAGUE}:{rang}", self._suite(rang), lien.decalage)
            else:
                yield lien

    def _suite(self, rang: int) -> TypeLien:
        """Two dated waves that overlap only keep their order."""
        avant, apres = self._vague_datee(rang - 1), self._vague_datee(rang)
        chevauche = avant is not None and apres is not None and apres[0] <= avant[1]
        return TypeLien.DEBUT_DEBUT if chevauche else TypeLien.FIN_DEBUT
