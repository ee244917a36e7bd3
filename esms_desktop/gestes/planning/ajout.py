"""Adding tasks to a planning, all of them or none: the model plan, what was read, copies, actions on risks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from esms_desktop import model
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import pluriel
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import ActionRisque, Dossier, Essms, Tache, Vague
from esms_desktop.nomenclature.vocabulaire import EtatAction, Plan
from esms_desktop.regles.planning.jalons import JALONS
from esms_desktop.regles.planning.ordonnancement import Activite, Attache, TypeLien, ordonner
from esms_desktop.regles.planning.plan_type import proposer
from esms_desktop.regles.planning.planning import calendrier
from esms_desktop.store.porte import Porte

PHASE_RISQUES = "Maîtrise des risques"
DUREE_MAX = 2500
_DUREE_ACTION = 5
_ANNEES = range(2000, 2101)


@dataclass(frozen=True)
class TacheVoulue:
    """A task to add; the fields are those of `Tache`.

    Args:
        cle: what the links of the same batch call it.
        predecesseurs: what it waits for: the key of a task of the batch or a task already there, type, worked days.
    """

    cle: int
    nom: str
    plan: Plan = Plan.PROJET
    phase: str = ""
    jalon: bool = False
    duree: int = 1
    pas_avant: date | None = None
    fixe: date | None = None
    echeance: date | None = None
    responsable: str = ""
    avancement: int = 0
    essms: Essms | None = None
    vague: Vague | None = None
    action: ActionRisque | None = None
    notes: str = ""
    origine: str = ""
    predecesseurs: tuple[tuple["int | Tache", TypeLien, int], ...] = ()


@geste("planning.poser-plan-type", "Partir du plan type")
def poser_plan_type(porte: Porte, dossier: Dossier, campagne: Campagne, debut: date) -> list[model.Tache]:
    """Lays the model plan from `debut`, which becomes the start of the project.

    Raises:
        ErreurSaisie: the planning already holds milestones of a model plan, or `debut` is not a likely day.
    """
    verifier_jour(debut)
    if any(t.origine in JALONS for t in dossier.taches):
        raise ErreurSaisie(
            "Le plan type est déjà dans ce planning.", "Retirez d’abord ses tâches, ou modifiez-les."
        )
    plan = proposer(dossier, campagne, debut)
    vagues = list(dossier.vagues)
    cles = {t.cle: rang for rang, t in enumerate(plan.taches)}
    voulues = [
        TacheVoulue(
            cles[t.cle],
            t.nom[:200],
            t.plan,
            t.phase,
            t.jalon,
            t.duree,
            t.pas_avant,
            vague=None if t.vague is None else vagues[t.vague],
            origine=t.origine,
            predecesseurs=tuple((cles[x.avant], x.type, x.decalage) for x in t.liens),
        )
        for t in plan.taches
    ]
    with porte.geste("Partir du plan type"):
        porte.modifier(dossier, date_debut_projet=debut)
        return _ajouter(porte, dossier, voulues)


def ajouter_taches(
    porte: Porte, dossier: Dossier, voulues: Sequence[TacheVoulue], libelle: str = "Ajouter des tâches"
) -> list[model.Tache]:
    """Adds tasks with the links between them and with those already there; all of them or none.

    Raises:
        ErreurSaisie: a value is refused, a link names a task that is not there, or the links close a loop.
    """
    with porte.geste(libelle):
        return _ajouter(porte, dossier, voulues)


@geste("planning.dupliquer", "Dupliquer des tâches")
def dupliquer(porte: Porte, taches: Sequence[Tache]) -> list[model.Tache]:
    """Copies tasks, with the links between them and what they wait for, at the end of the planning. Progress starts again."""
    if not taches:
        return []
    rangs = {t.id: i for i, t in enumerate(taches)}
    copies = [
        TacheVoulue(
            i,
            f"{t.nom[:192]} (copie)",
            Plan(t.plan),
            t.phase,
            t.jalon,
            t.duree,
            t.pas_avant,
            t.fixe,
            t.echeance,
            t.responsable,
            essms=t.essms,
            vague=t.vague,
            notes=t.notes,
            predecesseurs=tuple(
                (rangs.get(x.avant_id, x.avant), TypeLien(x.type), x.decalage) for x in t.entrants
            ),
        )
        for i, t in enumerate(taches)
    ]
    nom = (
        f"Dupliquer « {taches[0].nom} »" if len(taches) == 1 else f"Dupliquer {pluriel(len(taches), 'tâche')}"
    )
    with porte.geste(nom):
        return _ajouter(porte, taches[0].dossier, copies)


@geste("planning.ajouter-actions", "Mettre au planning des actions sur les risques")
def taches_des_actions(porte: Porte, dossier: Dossier, actions: Iterable[ActionRisque]) -> list[model.Tache]:
    """Puts actions on risks in the planning, each ending on its date; those given up or already there are left out.

    Raises:
        ErreurSaisie: the date of one is not a likely day.
    """
    deja = {t.action_id for t in dossier.taches if t.action_id is not None}
    retenues = [a for a in actions if a.id not in deja and a.etat != EtatAction.ABANDONNEE]
    if not retenues:
        return []
    for action in retenues:
        if action.echeance is not None:
            verifier_jour(action.echeance)
    depart = dossier.date_debut_projet or min((a.echeance for a in retenues if a.echeance), default=None)
    jours = calendrier(dossier, depart) if depart else None
    voulues = [
        TacheVoulue(
            i,
            a.intitule[:200],
            phase=PHASE_RISQUES,
            duree=_DUREE_ACTION,
            # Its last worked day is that of the deadline, or the last one before it.
            pas_avant=jours.jour(jours.indice(a.echeance + timedelta(days=1)) - _DUREE_ACTION)
            if jours and a.echeance
            else None,
            echeance=a.echeance,
            responsable=a.responsable or "",
            avancement=100 if a.etat == EtatAction.FAITE else 0,
            essms=a.risque.essms,
            action=a,
        )
        for i, a in enumerate(retenues)
    ]
    with porte.geste("Ajouter des actions au planning"):
        return _ajouter(porte, dossier, voulues)


def verifier_jour(jour: date) -> None:
    """Refuses a day no project falls on.

    Raises:
        ErreurSaisie: before 2000 or after 2100.
    """
    if jour.year not in _ANNEES:
        raise ErreurSaisie(
            f"L’année {jour.year} n’est pas celle d’un projet.", "Saisissez une date entre 2000 et 2100."
        )


def elle_meme(nom: object) -> ErreurSaisie:
    """What to say of a task linked to itself."""
    return ErreurSaisie(f"« {nom} » ne peut pas s’attendre elle-même.", "Choisissez une autre tâche.")


def deja_liees(avant: object, apres: object) -> ErreurSaisie:
    """What to say of two tasks already linked."""
    return ErreurSaisie(
        f"« {apres} » attend déjà « {avant} ».", "Modifiez le lien qui existe au lieu d’en ajouter un."
    )


def _ajouter(porte: Porte, dossier: Dossier, voulues: Sequence[TacheVoulue]) -> list[model.Tache]:
    """Tasks, then links: inside a geste, which a refusal undoes whole."""
    if not voulues:
        return []
    rang = max((t.rang for t in dossier.taches), default=-1) + 1
    taches = {v.cle: _tache(dossier, v, rang + i) for i, v in enumerate(voulues)}
    porte.ajouter(*taches.values(), libelle="Ajouter des tâches")
    liens: list[model.LienTache] = []
    vus: set[tuple[int, int]] = set()
    for voulue in voulues:
        apres = taches[voulue.cle]
        for qui, genre, decalage in voulue.predecesseurs:
            avant = taches.get(qui) if isinstance(qui, int) else qui
            if avant is None:
                raise ErreurSaisie(
                    f"« {voulue.nom} » attend une tâche qui n’existe pas.", "Corrigez ce qu’elle attend."
                )
            if avant is apres:
                raise elle_meme(voulue.nom)
            if (avant.id, apres.id) in vus:
                raise deja_liees(avant.nom, apres.nom)
            vus.add((avant.id, apres.id))
            liens.append(
                model.LienTache(
                    dossier_id=dossier.id,
                    avant_id=avant.id,
                    apres_id=apres.id,
                    type=genre.value,
                    decalage=decalage,
                )
            )
    if liens:
        # All the links at once: a batch may close a loop that none of its links closes alone.
        toutes = porte.relire(dossier)
        activites = [Activite(t.id, 1, nom=t.nom) for t in toutes.taches]
        neufs = [Attache(x.avant_id, x.apres_id) for x in liens]
        ordonner(activites, [*(Attache(x.avant_id, x.apres_id) for x in toutes.liens_taches), *neufs])
        porte.ajouter(*liens, libelle="Lier des tâches")
    return list(taches.values())


def _tache(dossier: Dossier, voulue: TacheVoulue, rang: int) -> model.Tache:
    for jour in (voulue.pas_avant, voulue.fixe, voulue.echeance):
        if jour is not None:
            verifier_jour(jour)
    return model.Tache(
        dossier_id=dossier.id,
        rang=rang,
        plan=voulue.plan.value,
        phase=voulue.phase,
        nom=voulue.nom,
        jalon=voulue.jalon,
        duree=min(max(voulue.duree, 1), DUREE_MAX),
        pas_avant=voulue.pas_avant,
        fixe=voulue.fixe,
        echeance=voulue.echeance,
        responsable=voulue.responsable,
        avancement=min(max(voulue.avancement, 0), 100),
        essms_id=voulue.essms and voulue.essms.id,
        vague_id=voulue.vague and voulue.vague.id,
        action_id=voulue.action and voulue.action.id,
        notes=voulue.notes,
        origine=voulue.origine,
    )
