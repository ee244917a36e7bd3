"""The plan de financement pluriannuel: costs against resources, year by year, and the rest to pay (referentiel 02 § 3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.constats import Controle
from esms_desktop.regles.financement.cle import CLES, Cle, cle
from esms_desktop.regles.financement.financement import FinancementDossier, financer_dossier
from esms_desktop.regles.financement.materiels import ListeMateriels, liste
from esms_desktop.regles.financement.plan_controles import controler_plan
from esms_desktop.regles.financement.plan_lignes import (
    Annee,
    DetailRh,
    LigneEmploi,
    LigneRessource,
    LigneRh,
    ParAnnee,
    cout_rh_cents,
    couts_rh,
    emplois,
    ressources,
)
from esms_desktop.regles.financement.repartition import repartir

__all__ = [
    "CLES",
    "Annee",
    "Cle",
    "DetailRh",
    "LigneEmploi",
    "LigneRessource",
    "LigneRh",
    "ParAnnee",
    "PlanPluriannuel",
    "ResteOg",
    "SoldeAnnee",
    "cout_rh_cents",
    "plan",
]
# Past that many years between the first and the last, the empty years between are not shown: one of them is a slip.
_ETENDUE = 12


@dataclass(frozen=True)
class SoldeAnnee:
    """One column of the plan, in cents; `annee` None: year to be given."""

    annee: Annee
    emplois_cents: int
    ressources_cents: int

    @property
    def ecart_cents(self) -> int:
        """Resources less costs: 0 when the year is balanced, negative when money is missing."""
        return self.ressources_cents - self.emplois_cents


@dataclass(frozen=True)
class ResteOg:
    """What one OG has to pay, in cents: its own uncovered costs, and its share of the common ones.

    The amounts are None while the key is incomplete. `prevu_cents`: own funds it has put in the plan under its name.
    """

    og_id: int | None
    nom: str
    poids: int | None
    part_pour_dix_mille: int | None
    propre_cents: int | None
    commun_cents: int | None
    prevu_cents: int

    @property
    def total_cents(self) -> int | None:
        """Its rest to pay."""
        if self.propre_cents is None or self.commun_cents is None:
            return None
        return self.propre_cents + self.commun_cents


@dataclass(frozen=True)
class PlanPluriannuel:
    """The plan, in cents, all taxes included where nothing else is said.

    Args:
        annees: the columns, in order; None comes last, only when something waits for its year.
        emplois, rh, ressources: its lines.
        par_annee: one balance per column.
        reste_cents: costs that neither the programme nor the other resources cover; what the OG pay. Never negative.
        excedent_cents: public and other resources past the costs; 0 in a right plan.
        cle, restes: how the rest is shared, one part per OG in the order of the grappe; the parts sum to `reste_cents`.
        materiels: the list of materials the equipment is compared to.
        finance: what the campaign pays.
        controles: the checks on the plan.
    """

    annees: tuple[Annee, ...]
    emplois: tuple[LigneEmploi, ...]
    rh: tuple[LigneRh, ...]
    ressources: tuple[LigneRessource, ...]
    par_annee: tuple[SoldeAnnee, ...]
    reste_cents: int
    excedent_cents: int
    cle: Cle
    restes: tuple[ResteOg, ...]
    materiels: ListeMateriels
    finance: FinancementDossier
    controles: tuple[Controle, ...] = ()

    @property
    def couts_ht_cents(self) -> int:
        """Costs before tax, people aside."""
        return sum(x.ht_cents for x in self.emplois)

    @property
    def couts_cents(self) -> int:
        """Costs, people aside."""
        return sum(x.ttc_cents for x in self.emplois)

    @property
    def rh_cents(self) -> int:
        """Costs of people."""
        return sum(x.total_cents for x in self.rh)

    @property
    def emplois_cents(self) -> int:
        """All the costs."""
        return self.couts_cents + self.rh_cents

    @property
    def ressources_cents(self) -> int:
        """All the resources."""
        return sum(x.total_cents for x in self.ressources)

    @property
    def manquants(self) -> int:
        """Rows of the plan whose amount is not known; they add nothing to any sum."""
        return (
            sum(x.manquants for x in self.emplois)
            + sum(x.manquants for x in self.rh)
            + sum(x.manquants for x in self.ressources)
        )

    @property
    def equilibre(self) -> bool:
        """True when every year and the total are balanced, no year is unknown and no amount is missing."""
        return (
            bool(self.emplois or self.rh)
            and not self.manquants
            and None not in self.annees
            and all(s.ecart_cents == 0 for s in self.par_annee)
        )

    def origine_cents(self, origine: str) -> int:
        """Total of the resources of one origin: "programme", "autofinancement" or "autre"."""
        return sum(x.total_cents for x in self.ressources if x.origine == origine)

    def theme_cents(self, theme: str) -> int:
        """Total of the costs of one theme of natures."""
        return sum(x.ttc_cents for x in self.emplois if x.theme == theme)


@fait
def plan(dossier: Dossier, campagne: Campagne) -> PlanPluriannuel:
    """The plan of a dossier (referentiel 02 § 3). A missing amount adds nothing and is counted in `manquants`."""
    finance = financer_dossier(dossier, campagne)
    couts, rh, recus = emplois(dossier), couts_rh(dossier), ressources(dossier, finance)
    tables: list[ParAnnee] = [
        *(x.ttc_par_annee for x in couts),
        *(x.par_annee for x in rh),
        *(x.par_annee for x in recus),
    ]
    annees = _annees(tables, _attendues(dossier, finance))
    sorties, entrees = tables[: len(couts) + len(rh)], tables[len(couts) + len(rh) :]
    par_annee = tuple(
        SoldeAnnee(a, sum(t.get(a, 0) for t in sorties), sum(t.get(a, 0) for t in entrees)) for a in annees
    )
    hors_og = sum(x.total_cents for x in recus if x.origine != "autofinancement")
    solde = sum(s.emplois_cents for s in par_annee) - hors_og
    partage = cle(dossier)
    nu = PlanPluriannuel(
        annees,
        couts,
        rh,
        recus,
        par_annee,
        max(solde, 0),
        max(-solde, 0),
        partage,
        (),
        liste(dossier),
        finance,
    )
    complet = replace(nu, restes=_restes(dossier, nu))
    return replace(complet, controles=tuple(controler_plan(dossier, campagne, complet)))


def _attendues(dossier: Dossier, finance: FinancementDossier) -> list[int]:
    """The years of the project, which have their column even empty."""
    dates = (dossier.date_convention, dossier.date_debut_projet, dossier.date_fin_deploiement)
    verses = [annee for annee, _, _ in finance.par_annee]
    return [annee for annee in (*(d.year for d in dates if d is not None), *verses) if annee is not None]


def _annees(tables: Sequence[ParAnnee], attendues: Iterable[int]) -> tuple[Annee, ...]:
    vues: set[Annee] = set(chain.from_iterable(tables)) | set(attendues)
    connues = sorted(a for a in vues if a is not None)
    if connues and connues[-1] - connues[0] <= _ETENDUE:
        connues = list(range(connues[0], connues[-1] + 1))
    return (*connues, *([None] if None in vues else []))


def _restes(dossier: Dossier, nu: PlanPluriannuel) -> tuple[ResteOg, ...]:
    """Own costs that nothing covers stay with their OG; the common rest follows the key.

    When the programme covers more than the common costs, what is left of it lowers the own costs of all, in proportion.
    """
    ogs = list(dossier.ogs)
    prevus = [_de(og.id, (x for x in nu.ressources if x.origine == "autofinancement")) for og in ogs]
    propres: list[int | None] = [None] * len(ogs)
    communs: list[int | None] = [None] * len(ogs)
    if nu.cle.complete:
        bruts = [
            max(0, _couts_propres(og.id, nu) - part.postes_cents["equipement"])
            for og, part in zip(ogs, nu.finance.parts, strict=True)
        ]
        reste_propre = min(sum(bruts), nu.reste_cents)
        propres = [*repartir(reste_propre, bruts)]
        communs = [*nu.cle.partager(nu.reste_cents - reste_propre)]
    parts: Sequence[int | None] = nu.cle.parts_pour_dix_mille or [None] * len(ogs)
    poids = nu.cle.poids or [None] * len(ogs)
    return tuple(
        ResteOg(og.id, og.nom_court, *valeurs)
        for og, *valeurs in zip(ogs, poids, parts, propres, communs, prevus, strict=True)
    )


def _couts_propres(og_id: int | None, nu: PlanPluriannuel) -> int:
    """Costs borne by one OG alone, less the other resources it brings for itself."""
    if og_id is None:
        return 0
    sorties = sum(x.ttc_cents for x in nu.emplois if x.og_id == og_id)
    sorties += sum(x.total_cents for x in nu.rh if x.og_id == og_id)
    return sorties - _de(og_id, (x for x in nu.ressources if x.origine == "autre"))


def _de(og_id: int | None, lignes: Iterable[LigneRessource]) -> int:
    return sum(x.total_cents for x in lignes if og_id is not None and x.og_id == og_id)
