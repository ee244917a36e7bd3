"""The tasks of a planning as they are typed: fields of several at once, a new one under another, the calendar."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes.lignes import inscrire, neuve
from esms_desktop.gestes.planning import plan as planning
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.ordonnancement import TypeLien
from esms_desktop.store.porte import Porte

NOUVELLE = "Nouvelle tâche"
# What is written as it is read; the others move dates or links.
_SIMPLES = frozenset(
    ("nom", "plan", "phase", "responsable", "avancement", "echeance", "essms_id", "vague_id", "notes", "fixe")
)


def ecrire(
    porte: Porte, modifs: Sequence[tuple[Tache, Mapping[str, Any]]], jour: date, libelle: str = ""
) -> None:
    """Writes the fields of several tasks, all or none.

    Args:
        modifs: for each task, fields as the columns read them: those of the model, and `debut`, `fin`, `duree` (0 for a
            milestone), `predecesseurs`.
        jour: today.

    Raises:
        ErreurSaisie: a value is refused, or links close a loop.
    """
    if not libelle:
        seule = len(modifs) == 1
        libelle = (
            f"Modifier «{NBSP}{modifs[0][0].nom}{NBSP}»"
            if seule
            else f"Modifier {pluriel(len(modifs), 'tâche')}"
        )
    with porte.geste(libelle):
        for tache, champs in modifs:
            _poser(porte, tache, champs, jour)


@geste("planning.saisir", "Remplir les champs d’une tâche", "tache")
def saisir(porte: Porte, tache: Tache, jour: date, **champs: Any) -> None:
    """Writes the fields of one task, as `ecrire`."""
    ecrire(porte, [(tache, champs)], jour)


def _poser(porte: Porte, tache: Tache, champs: Mapping[str, Any], jour: date) -> None:
    simples = {nom: valeur for nom, valeur in champs.items() if nom in _SIMPLES}
    if simples:
        porte.modifier(tache, **simples)
    # Links first: they say where the task falls, and its end is counted from there.
    if "predecesseurs" in champs:
        attendues = [(t, TypeLien(genre), ecart) for t, genre, ecart in champs["predecesseurs"]]
        planning.remplacer_predecesseurs(porte, tache, attendues)
    ecrite = bool(simples) or "predecesseurs" in champs

    def vue() -> Tache:
        # As the person saw it until something of it is written: what others wrote meanwhile is not written over.
        return _relue(porte, tache) if ecrite else tache

    if "duree" in champs:
        _durer(porte, vue(), champs["duree"])
        ecrite = True
    if "debut" in champs:
        planning.deplacer(porte, vue(), champs["debut"])
        ecrite = True
    if "fin" in champs:
        tache = vue()
        if tache.jalon:
            planning.deplacer(porte, tache, champs["fin"])
        else:
            planning.changer_duree(porte, tache, champs["fin"], jour)


def _durer(porte: Porte, tache: Tache, duree: int) -> None:
    """A duration in worked days; none makes a milestone, and a milestone given one becomes a task."""
    if not duree:
        porte.modifier(tache, jalon=True)
        return
    if tache.jalon:
        porte.modifier(tache, jalon=False)
        tache = _relue(porte, tache)
    planning.changer_duree(porte, tache, duree)


def _relue(porte: Porte, tache: Tache) -> Tache:
    """The task as the gesture under way has made it so far."""
    return porte.relire(tache.dossier).trouver(Tache, tache.id) or tache


@geste("planning.ajouter", "Ajouter une tâche ou un jalon", apres="la tâche sous laquelle elle se met")
def ajouter(
    porte: Porte,
    dossier: Dossier,
    nom: str = "",
    apres: Tache | None = None,
    jalon: bool = False,
    plan: Plan = Plan.PROJET,
    debut: date | None = None,
) -> int:
    """Adds a task under another, in its plan and its phase, else at the end of a plan. Answers its id.

    Args:
        debut: no earlier than that day.
    """
    phase = apres.phase if apres else ""
    nom = nom or ("Nouveau jalon" if jalon else NOUVELLE)
    ligne = planning.TacheVoulue(
        0, nom, Plan(apres.plan) if apres else plan, phase, jalon, 1 if jalon else 5, pas_avant=debut
    )
    with porte.geste("Ajouter un jalon" if jalon else "Ajouter une tâche"):
        cle = planning.ajouter_taches(porte, dossier, [ligne])[0].id
        if apres is not None:
            lues = [t for t in porte.relire(dossier).taches if t.id == cle]
            planning.ranger(porte, lues, en_ordre(dossier).index(apres) + 1)
    return cle


def en_ordre(dossier: Dossier) -> list[Tache]:
    """The tasks by rank, whatever their plan."""
    return sorted(dossier.taches, key=lambda t: (t.rang, t.id))


@geste(
    "planning.monter", "Monter ou descendre une tâche dans son plan", pas="-1 pour monter, 1 pour descendre"
)
def monter(porte: Porte, tache: Tache, pas: int) -> bool:
    """Moves a task one row up (-1) or down (1) in its plan; False at the end of it."""
    ordre = en_ordre(tache.dossier)
    voisines = [t for t in ordre if t.plan == tache.plan]
    rang = voisines.index(tache) + pas
    if not 0 <= rang < len(voisines):
        return False
    autres = [t for t in ordre if t != tache]
    place = autres.index(voisines[rang]) + (1 if pas > 0 else 0)
    with porte.geste(f"Déplacer «{NBSP}{tache.nom}{NBSP}»"):
        return planning.ranger(porte, [tache], place)


def regler(
    porte: Porte, dossier: Dossier, territoire: str | None, fermetures: Sequence[tuple[str, date, date]]
) -> None:
    """Sets whose public holidays count and the closures, in one gesture.

    Args:
        territoire: a key of `TERRITOIRES`; None for that of the porteur.
        fermetures: (reason, first day, last day).
    """
    presentes = {(f.motif, f.debut, f.fin): f for f in dossier.fermetures}
    voulues = set(fermetures)
    with porte.geste("Régler le calendrier du planning"):
        actuel = dossier.reglage_planning.territoire if dossier.reglage_planning else None
        if actuel != territoire:
            planning.regler(porte, dossier, territoire=territoire)
        de_trop = [f for cle, f in presentes.items() if cle not in voulues]
        if de_trop:
            porte.retirer(*de_trop, libelle="Retirer des fermetures")
        neuves = [
            neuve("fermeture", dossier_id=dossier.id, motif=m, debut=d, fin=f)
            for m, d, f in fermetures
            if (m, d, f) not in presentes
        ]
        if neuves:
            inscrire(porte, *neuves, libelle="Ajouter des fermetures")


@geste(
    "planning.fixer-territoire",
    "Choisir les jours fériés qui comptent",
    territoire="rien\u00a0: celui du porteur",
)
def fixer_territoire(porte: Porte, dossier: Dossier, territoire: str | None) -> None:
    """Sets whose public holidays count."""
    regler(porte, dossier, territoire, [(f.motif, f.debut, f.fin) for f in dossier.fermetures])


@geste("planning.fermer", "Ajouter une fermeture", motif="par exemple «\u00a0Fermeture d’été\u00a0»")
def fermer(porte: Porte, dossier: Dossier, debut: date, fin: date, motif: str = "") -> int:
    """Adds days that are not worked. Answers the id of the closure."""
    nouvelle = neuve("fermeture", dossier_id=dossier.id, motif=motif, debut=debut, fin=fin)
    return inscrire(porte, nouvelle, libelle="Ajouter une fermeture")[0]
