"""What is done to the money of a project: its own funds brought to what balances the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.gestes.lignes import Neuve, inscrire, neuve
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, Ressource
from esms_desktop.regles.financement.pluriannuel import Annee, PlanPluriannuel
from esms_desktop.regles.financement.pluriannuel import plan as lire_plan
from esms_desktop.regles.financement.repartition import repartir
from esms_desktop.store.porte import Porte

AUTOFINANCEMENT = "autofinancement"


@dataclass
class Equilibre:
    """What balances the years: own funds to add, own funds to lower, and the years nothing here can balance.

    Args:
        ajouts: lines to add, not saved.
        baisses: lines to lower, with their new amount in cents; 0: the line goes.
        surplus: years whose resources pass the costs without any own funds to lower, with how much, in cents.
    """

    ajouts: list[Neuve] = field(default_factory=list)
    baisses: list[tuple[Ressource, int]] = field(default_factory=list)
    surplus: list[tuple[Annee, int]] = field(default_factory=list)


@geste("financement.equilibrer", "Équilibrer le plan par autofinancement")
def equilibrer(porte: Porte, dossier: Dossier, campagne: Campagne) -> int:
    """Brings own funds to what balances each year; says how many lines moved."""
    return appliquer(porte, proposer_equilibre(dossier, lire_plan(dossier, campagne)))


def appliquer(porte: Porte, propose: Equilibre) -> int:
    """Does what `proposer_equilibre` proposes; says how many lines moved."""
    with porte.geste("Équilibrer par autofinancement"):
        for ressource, cents in propose.baisses:
            if cents:
                porte.modifier(ressource, montant_cents=cents)
            else:
                porte.retirer(ressource, libelle="Retirer un autofinancement")
        if propose.ajouts:
            inscrire(porte, *propose.ajouts, libelle="Ajouter un autofinancement")
    return len(propose.ajouts) + len(propose.baisses)


def proposer_equilibre(dossier: Dossier, plan: PlanPluriannuel) -> Equilibre:
    """Own funds year by year so that resources equal costs, shared between the OG as the rest to pay is.

    Each OG gives at most what it has to pay, as long as that is enough; while the key is not complete, the lines stay common.
    """
    resultat = Equilibre()
    for solde in plan.par_annee:
        if solde.ecart_cents > 0:
            _baisser(resultat, dossier, solde.annee, solde.ecart_cents)
    baisses = {id(r): r.montant_cents - cents for r, cents in resultat.baisses if r.montant_cents}
    restants: list[int] = []
    for reste in plan.restes:
        rendu = sum(baisses.get(id(r), 0) for r in dossier.ressources if r.og_id == reste.og_id)
        restants.append(max((reste.total_cents or 0) - reste.prevu_cents + rendu, 0))
    connus = bool(plan.restes) and all(r.total_cents is not None for r in plan.restes)
    for solde in plan.par_annee:
        if solde.ecart_cents >= 0:
            continue
        besoin = -solde.ecart_cents
        if not connus:
            resultat.ajouts.append(_ligne(dossier, None, solde.annee, besoin))
            continue
        parts = repartir(min(besoin, sum(restants)), restants)
        restants = [r - p for r, p in zip(restants, parts, strict=True)]
        if besoin > sum(parts):
            poids = [r.total_cents or 0 for r in plan.restes]
            en_plus = repartir(besoin - sum(parts), poids if any(poids) else [1] * len(poids))
            parts = [p + q for p, q in zip(parts, en_plus, strict=True)]
        resultat.ajouts += [
            _ligne(dossier, reste.og_id, solde.annee, part)
            for reste, part in zip(plan.restes, parts, strict=True)
            if part
        ]
    return resultat


def _baisser(resultat: Equilibre, dossier: Dossier, annee: Annee, trop: int) -> None:
    """Lowers the own funds of a year, the last line first."""
    propres: Sequence[Ressource] = [
        r for r in dossier.ressources if r.genre == AUTOFINANCEMENT and r.annee == annee and r.montant_cents
    ]
    for ressource in reversed(propres):
        if trop:
            montant = ressource.montant_cents or 0
            retrait = min(trop, montant)
            resultat.baisses.append((ressource, montant - retrait))
            trop -= retrait
    if trop:
        resultat.surplus.append((annee, trop))


def _ligne(dossier: Dossier, og_id: int | None, annee: Annee, cents: int) -> Neuve:
    return neuve(
        "ressource",
        dossier_id=dossier.id,
        og_id=og_id,
        genre=AUTOFINANCEMENT,
        libelle="Autofinancement",
        annee=annee,
        montant_cents=cents,
    )
