"""The gestures on a planning, each one step of undo: link, move, order, take the reference, report the dates."""

from collections.abc import Iterable, Sequence
from datetime import date

from esms_desktop import model
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import accord, pluriel
from esms_desktop.gestes.planning.ajout import (
    DUREE_MAX,
    PHASE_RISQUES,
    TacheVoulue,
    ajouter_taches,
    deja_liees,
    dupliquer,
    elle_meme,
    poser_plan_type,
    taches_des_actions,
    verifier_jour,
)
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, LienTache, Tache
from esms_desktop.regles.planning.ordonnancement import Attache, Boucle, TypeLien, tour
from esms_desktop.regles.planning.planning import lire
from esms_desktop.regles.planning.reports import reports
from esms_desktop.store.conflits import jamais_vue
from esms_desktop.store.porte import Porte

__all__ = [
    "PHASE_RISQUES",
    "TacheVoulue",
    "ajouter_taches",
    "changer_duree",
    "changer_lien",
    "delier",
    "deplacer",
    "dupliquer",
    "effacer_reference",
    "lier",
    "poser_plan_type",
    "prendre_reference",
    "ranger",
    "regler",
    "remplacer_predecesseurs",
    "reporter_dates",
    "retirer_taches",
    "taches_des_actions",
]


@geste(
    "planning.lier",
    "Faire attendre une tâche par une autre",
    avant="la tâche attendue",
    apres="la tâche qui attend",
    decalage="en jours ouvrés",
)
def lier(
    porte: Porte,
    avant: Tache,
    apres: Tache,
    type: TypeLien = TypeLien.FIN_DEBUT,
    decalage: int = 0,
) -> model.LienTache:
    """Has `apres` wait for `avant`; `decalage`: worked days, negative to overlap.

    Raises:
        Boucle: `avant` already waits for `apres`, with the names of the loop.
        ErreurSaisie: a task linked to itself, or two tasks already linked.
    """
    _verifier_lien(avant.dossier.liens_taches, avant, apres)
    lien = model.LienTache(
        dossier_id=avant.dossier_id, avant_id=avant.id, apres_id=apres.id, type=type.value, decalage=decalage
    )
    porte.ajouter(lien, libelle=f"Lier « {avant.nom} » et « {apres.nom} »")
    return lien


@geste(
    "planning.changer-lien",
    "Changer un lien entre tâches",
    decalage="en jours ouvrés",
)
def changer_lien(porte: Porte, lien: LienTache, type: TypeLien, decalage: int) -> bool:
    """Changes what a link holds; says whether something changed."""
    return porte.modifier(lien, "Modifier un lien entre tâches", type=type.value, decalage=decalage)


@geste("planning.delier", "Retirer des liens entre tâches")
def delier(porte: Porte, liens: Sequence[LienTache]) -> None:
    """Removes links between tasks."""
    porte.retirer(*liens, libelle=f"Retirer {accord(len(liens), 'un lien', 'des liens')}")


def remplacer_predecesseurs(
    porte: Porte, tache: Tache, voulus: Sequence[tuple[Tache, TypeLien, int]]
) -> bool:
    """Has `tache` wait for these tasks (task, type, worked days) and no other; says whether something changed.

    Raises:
        Boucle: one of them already waits for `tache`.
        ErreurSaisie: a task named twice, or the task itself.
    """
    presents = {x.avant_id: x for x in tache.entrants}
    restants = [x for x in tache.dossier.liens_taches if x.apres_id != tache.id]
    vus: set[int] = set()
    for avant, _, _ in voulus:
        if avant.id in vus:
            raise deja_liees(avant.nom, tache.nom)
        vus.add(avant.id)
        _verifier_lien(restants, avant, tache)
    change = False
    with porte.geste(f"Modifier ce que « {tache.nom} » attend"):
        de_trop = [lien for cle, lien in presents.items() if cle not in vus]
        if de_trop:
            delier(porte, de_trop)
            change = True
        for avant, genre, decalage in voulus:
            if lien := presents.get(avant.id):
                change |= changer_lien(porte, lien, genre, decalage)
            else:
                lier(porte, avant, tache, genre, decalage)
                change = True
    return change


@geste("planning.deplacer", "Faire commencer une tâche un jour")
def deplacer(porte: Porte, tache: Tache, debut: date) -> bool:
    """Has a task start on `debut` and no earlier; one with a fixed date keeps a fixed date. What follows it follows.

    Raises:
        ErreurSaisie: `debut` is not a likely day.
    """
    verifier_jour(debut)
    libelle = f"Déplacer « {tache.nom} »"
    if tache.fixe is not None:
        return porte.modifier(tache, libelle, fixe=debut)
    return porte.modifier(tache, libelle, pas_avant=debut)


@geste(
    "planning.changer-duree",
    "Changer la durée d’une tâche",
    voulue="un nombre de jours ouvrés, ou le dernier jour",
)
def changer_duree(porte: Porte, tache: Tache, voulue: int | date, jour: date | None = None) -> bool:
    """Changes how long a task lasts: worked days, or its last day.

    Args:
        jour: where a planning without any date starts, today when None; only read when `voulue` is a day.

    Raises:
        ErreurSaisie: a milestone, a duration under one day, a last day before the first, a day that is not likely.
    """
    if tache.jalon:
        raise ErreurSaisie(
            f"« {tache.nom} » est un jalon : il n’a pas de durée.",
            "Faites-en d’abord une tâche.",
        )
    if isinstance(voulue, date):
        verifier_jour(voulue)
        planning = lire(tache.dossier, jour or date.today())
        debut = planning.de(tache).debut
        if voulue < debut:
            raise ErreurSaisie(
                f"« {tache.nom} » finirait avant de commencer.", "Choisissez une fin après son début."
            )
        voulue = max(planning.calendrier.compter(debut, voulue), 1)
    if not 1 <= voulue <= DUREE_MAX:
        raise ErreurSaisie("Une tâche dure au moins un jour ouvré, et dix ans au plus.", "Corrigez la durée.")
    return porte.modifier(tache, f"Changer la durée de « {tache.nom} »", duree=voulue)


@geste("planning.prendre-reference", "Prendre le planning de référence")
def prendre_reference(porte: Porte, dossier: Dossier, jour: date) -> None:
    """Keeps where every task of `dossier` falls on `jour`, to be compared with later. Replaces the former reference.

    A task that was removed since `dossier` was read is left aside.
    """
    planning = lire(dossier, jour)
    libelle = "Prendre le planning de référence"
    with porte.geste(libelle):
        actuel = porte.relire(dossier)
        porte.modifier_tous(
            (
                (tache, {"reference_debut": t.debut, "reference_fin": t.fin})
                for t in planning.taches
                if (tache := actuel.trouver(Tache, t.tache.id))
            ),
            libelle,
        )
        regler(porte, actuel, reference_le=jour)


@geste("planning.effacer-reference", "Effacer le planning de référence")
def effacer_reference(porte: Porte, dossier: Dossier) -> None:
    """Forgets the reference."""
    libelle = "Effacer le planning de référence"
    with porte.geste(libelle):
        porte.modifier_tous(
            ((t, {"reference_debut": None, "reference_fin": None}) for t in dossier.taches), libelle
        )
        if dossier.reglage_planning is not None:
            regler(porte, dossier, reference_le=None)


def regler(porte: Porte, dossier: Dossier, **champs: object) -> None:
    """Sets what holds for all the tasks (`territoire`, `reference_le`); makes the row when there is none."""
    libelle = "Régler le planning"
    with porte.geste(libelle):
        reglage = dossier.reglage_planning
        if reglage is None and (autre := porte.relire(dossier).reglage_planning):
            # Made in another window since.
            reglage = jamais_vue(autre)
        if reglage is None:
            porte.ajouter(model.ReglagePlanning(dossier_id=dossier.id, **champs), libelle=libelle)
        else:
            porte.modifier(reglage, libelle, **champs)


@geste("planning.reporter-dates", "Reporter les dates du planning dans le dossier")
def reporter_dates(porte: Porte, dossier: Dossier, jour: date) -> int:
    """Writes the dates of the planning into the dossier and its waves; answers how many dates changed."""
    ecarts = reports(dossier, lire(dossier, jour))
    libelle = "Reporter les dates du planning dans le dossier"
    with porte.geste(libelle):
        porte.modifier_tous(((e.objet, {e.champ: e.voulue}) for e in ecarts), libelle)
    return len(ecarts)


@geste("planning.retirer", "Retirer des tâches")
def retirer_taches(porte: Porte, taches: Sequence[Tache]) -> None:
    """Removes tasks and the links that touch them."""
    if taches:
        nom = (
            f"Retirer « {taches[0].nom} »" if len(taches) == 1 else f"Retirer {pluriel(len(taches), 'tâche')}"
        )
        porte.retirer(*taches, libelle=nom)


@geste("planning.ranger", "Changer l’ordre des tâches", rang="la place de la première, 0 pour le début")
def ranger(porte: Porte, taches: Sequence[Tache], rang: int) -> bool:
    """Moves tasks, kept together in their order, to position `rang` (0 first) among the others; says whether any moved."""
    if not taches:
        return False
    toutes = sorted(taches[0].dossier.taches, key=lambda t: (t.rang, t.id))
    prises = {t.id for t in taches}
    autres = [t for t in toutes if t.id not in prises]
    rang = min(max(rang, 0), len(autres))
    ordre = [*autres[:rang], *(t for t in toutes if t.id in prises), *autres[rang:]]
    changements = [(t, {"rang": i}) for i, t in enumerate(ordre)]
    return porte.modifier_tous(changements, "Changer l’ordre des tâches") > 0


def _verifier_lien(liens: Iterable[LienTache], avant: Tache, apres: Tache) -> None:
    if avant.id == apres.id:
        raise elle_meme(avant.nom)
    liens = list(liens)
    if any(x.avant_id == avant.id and x.apres_id == apres.id for x in liens):
        raise deja_liees(avant.nom, apres.nom)
    if cles := tour((Attache(x.avant_id, x.apres_id) for x in liens), avant.id, apres.id):
        noms = {t.id: t.nom for t in avant.dossier.taches}
        raise Boucle(cles, tuple(noms[c] for c in cles))
