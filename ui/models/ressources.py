"""The own funds and other resources: a table one types in, and the lines that would balance each year."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from esms_desktop.francais import NBSP, euros, ou_tiret
from esms_desktop.gestes.lignes import Neuve, neuve
from esms_desktop.lecture import Dossier, Ressource
from esms_desktop.regles.pluriannuel import Annee, PlanPluriannuel
from esms_desktop.regles.repartition import repartir
from ui.models import couts_valeurs as lu
from ui.models import saisie
from ui.models.couts import ColonneChoix, colonne_annee, colonne_montant, colonne_pour_qui
from ui.models.saisie import ColonneSaisie

AUTOFINANCEMENT = "autofinancement"

COLONNES_RESSOURCES: tuple[ColonneSaisie[Ressource], ...] = (
    ColonneChoix(
        "Origine",
        lambda r: lu.GENRES.get(r.genre, r.genre),
        lire=lu.genre("genre"),
        obligatoire=True,
        options=lambda _: tuple(lu.GENRES.values()),
    ),
    ColonneSaisie("Libellé", lambda r: r.libelle, lire=saisie.ligne("libelle", 300)),
    colonne_pour_qui(),
    colonne_annee(),
    colonne_montant("Montant", "montant_cents"),
)
POIDS_RESSOURCES = (1.2, 2.6, 1.3, 0.8, 1.2)


def nom_ressource(ressource: Ressource) -> str:
    """How sentences call a resource."""
    nom = ressource.libelle or lu.GENRES.get(ressource.genre, ressource.genre)
    return f"{nom}, {ressource.annee}" if ressource.annee else nom


def ressource_neuve(dossier: Dossier, champs: dict[str, Any]) -> Neuve:
    """A resource, not saved."""
    return neuve("ressource", dossier_id=dossier.id, **champs)


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

    def phrases(self, dossier: Dossier) -> tuple[str, ...]:
        """What would be done, a line each."""
        dites = [
            f"{v['annee'] or 'Année à préciser'}{NBSP}: {lu.libelle_pour_qui(dossier, v['og_id'])}, "
            f"{ou_tiret(euros, v['montant_cents'])}"
            for v in (r.valeurs for r in self.ajouts)
        ]
        dites += [
            f"{nom_ressource(r)} ({lu.libelle_pour_qui(dossier, r.og_id)}){NBSP}: "
            + (f"ramené de {ou_tiret(euros, r.montant_cents)} à {euros(cents)}" if cents else "retiré")
            for r, cents in self.baisses
        ]
        return (*dites, *(phrase_surplus(a, c) for a, c in self.surplus))


def phrase_surplus(annee: Annee, cents: int) -> str:
    """Why a year cannot be balanced by own funds."""
    return (
        f"{annee or 'Année à préciser'}{NBSP}: les ressources dépassent les coûts de {euros(cents)}. L’autofinancement "
        f"n’y peut rien{NBSP}: avancez des coûts vers cette année, ou revoyez la date de la convention."
    )


def equilibrer(dossier: Dossier, plan: PlanPluriannuel) -> Equilibre:
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
