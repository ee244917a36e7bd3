"""What the page Planning does to the dossier: each function is one gesture, undone in one step."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from esms_desktop import model
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.lecture import Dossier, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.ordonnancement import TypeLien
from esms_desktop.travaux import planning as travaux
from ui.models.planning import LignePlan

if TYPE_CHECKING:
    from ui.contexte import Contexte

NOUVELLE = "Nouvelle tâche"
# What is written as it is read; the others move dates or links.
_SIMPLES = frozenset(
    ("nom", "plan", "phase", "responsable", "avancement", "echeance", "essms_id", "vague_id", "notes", "fixe")
)
Refuser = Callable[[str], object]


def ecrire(
    contexte: "Contexte",
    modifs: Sequence[tuple[Tache, dict[str, Any]]],
    jour: date,
    refuser: Refuser,
    libelle: str = "",
) -> bool:
    """Writes the fields of several tasks, all or none.

    Args:
        modifs: for each task, fields as the columns read them: those of the model, and `debut`, `fin`, `duree` (0 for a
            milestone), `predecesseurs`.
        jour: today.
        refuser: told why, when a value is refused.
    """
    if not libelle:
        seule = len(modifs) == 1
        libelle = (
            f"Modifier «{NBSP}{modifs[0][0].nom}{NBSP}»"
            if seule
            else f"Modifier {pluriel(len(modifs), 'tâche')}"
        )

    def ecritures() -> None:
        for tache, champs in modifs:
            _poser(contexte, tache, champs, jour)

    return contexte.faire(libelle, ecritures, refuser)


def _poser(contexte: "Contexte", tache: Tache, champs: dict[str, Any], jour: date) -> None:
    porte = contexte.porte
    simples = {nom: valeur for nom, valeur in champs.items() if nom in _SIMPLES}
    if simples:
        porte.modifier(tache, **simples)
    # Links first: they say where the task falls, and its end is counted from there.
    if "predecesseurs" in champs:
        attendues = [(t, TypeLien(genre), ecart) for t, genre, ecart in champs["predecesseurs"]]
        travaux.remplacer_predecesseurs(porte, tache, attendues)
    ecrite = bool(simples) or "predecesseurs" in champs

    def vue() -> Tache:
        # As the person saw it until something of it is written: what others wrote meanwhile is not written over.
        return _relue(contexte, tache) if ecrite else tache

    if "duree" in champs:
        _durer(contexte, vue(), champs["duree"])
        ecrite = True
    if "debut" in champs:
        travaux.deplacer(porte, vue(), champs["debut"])
        ecrite = True
    if "fin" in champs:
        tache = vue()
        if tache.jalon:
            travaux.deplacer(porte, tache, champs["fin"])
        else:
            travaux.changer_duree(porte, tache, champs["fin"], jour)


def _durer(contexte: "Contexte", tache: Tache, duree: int) -> None:
    """A duration in worked days; none makes a milestone, and a milestone given one becomes a task."""
    if not duree:
        contexte.porte.modifier(tache, jalon=True)
        return
    if tache.jalon:
        contexte.porte.modifier(tache, jalon=False)
        tache = _relue(contexte, tache)
    travaux.changer_duree(contexte.porte, tache, duree)


def _relue(contexte: "Contexte", tache: Tache) -> Tache:
    """The task as the gesture under way has made it so far."""
    return contexte.porte.relire(tache.dossier).trouver(Tache, tache.id) or tache


def deplacer(contexte: "Contexte", tache: Tache, debut: date, refuser: Refuser) -> bool:
    """Has a task start on a day."""

    def ecritures() -> None:
        travaux.deplacer(contexte.porte, tache, debut)

    return contexte.faire(f"Déplacer «{NBSP}{tache.nom}{NBSP}»", ecritures, refuser)


def etirer(contexte: "Contexte", tache: Tache, fin: date, jour: date, refuser: Refuser) -> bool:
    """Has a task end on a day."""

    def ecritures() -> None:
        travaux.changer_duree(contexte.porte, tache, fin, jour)

    return contexte.faire(f"Changer la durée de «{NBSP}{tache.nom}{NBSP}»", ecritures, refuser)


def lier(
    contexte: "Contexte", avant: Tache, apres: Tache, genre: TypeLien, refuser: Refuser, decalage: int = 0
) -> bool:
    """Has a task wait for another."""

    def ecritures() -> None:
        travaux.lier(contexte.porte, avant, apres, genre, decalage)

    return contexte.faire(f"Lier «{NBSP}{avant.nom}{NBSP}» et «{NBSP}{apres.nom}{NBSP}»", ecritures, refuser)


def ajouter(
    contexte: "Contexte",
    dossier: Dossier,
    apres: LignePlan | None,
    jalon: bool,
    refuser: Refuser,
) -> model.Tache | None:
    """Adds a task under the row chosen, in its plan and its phase; None when refused."""
    plan, phase, debut, place = Plan.PROJET, "", None, None
    if apres is not None:
        plan = apres.plan
        if apres.placee is not None:
            phase, debut = apres.placee.tache.phase, apres.placee.debut
            ordre = en_ordre(dossier)
            place = ordre.index(apres.placee.tache) + 1
    nom = "Nouveau jalon" if jalon else NOUVELLE
    ligne = travaux.TacheVoulue(0, nom, plan, phase, jalon, 1 if jalon else 5, pas_avant=debut)
    neuves: list[model.Tache] = []

    def ecritures() -> None:
        nonlocal neuves
        neuves = travaux.ajouter_taches(contexte.porte, dossier, [ligne])
        if place is not None:
            cles = {t.id for t in neuves}
            lues = [t for t in contexte.porte.relire(dossier).taches if t.id in cles]
            travaux.ranger(contexte.porte, lues, place)

    reussi = contexte.faire("Ajouter un jalon" if jalon else "Ajouter une tâche", ecritures, refuser)
    return neuves[0] if reussi and neuves else None


def en_ordre(dossier: Dossier) -> list[Tache]:
    """The tasks by rank, whatever their plan."""
    return sorted(dossier.taches, key=lambda t: (t.rang, t.id))


def monter(contexte: "Contexte", dossier: Dossier, tache: Tache, pas: int, refuser: Refuser) -> bool:
    """Moves a task one row up (-1) or down (1) in its plan; False at the end of it."""
    voisines = [t for t in en_ordre(dossier) if t.plan == tache.plan]
    rang = voisines.index(tache) + pas
    if not 0 <= rang < len(voisines):
        return False
    autres = [t for t in en_ordre(dossier) if t is not tache]
    place = autres.index(voisines[rang]) + (1 if pas > 0 else 0)

    def ecritures() -> None:
        travaux.ranger(contexte.porte, [tache], place)

    return contexte.faire(f"Déplacer «{NBSP}{tache.nom}{NBSP}»", ecritures, refuser)


def regler(
    contexte: "Contexte",
    dossier: Dossier,
    territoire: str | None,
    fermetures: Sequence[tuple[str, date, date]],
    refuser: Refuser,
) -> bool:
    """Sets whose public holidays count and the closures, in one gesture.

    Args:
        territoire: a key of `TERRITOIRES`; None for that of the porteur.
        fermetures: (reason, first day, last day).
    """
    presentes = {(f.motif, f.debut, f.fin): f for f in dossier.fermetures}
    voulues = set(fermetures)

    def ecritures() -> None:
        actuel = dossier.reglage_planning.territoire if dossier.reglage_planning else None
        if actuel != territoire:
            travaux.regler(contexte.porte, dossier, territoire=territoire)
        de_trop = [f for cle, f in presentes.items() if cle not in voulues]
        if de_trop:
            contexte.porte.retirer(*de_trop, libelle="Retirer des fermetures")
        neuves = [
            model.Fermeture(dossier_id=dossier.id, motif=m, debut=d, fin=f)
            for m, d, f in fermetures
            if (m, d, f) not in presentes
        ]
        if neuves:
            contexte.porte.ajouter(*neuves, libelle="Ajouter des fermetures")

    return contexte.faire("Régler le calendrier du planning", ecritures, refuser)
