"""The planning as rows: a heading per plan, then its tasks, placed and numbered in the order they are read."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from esms_desktop.echanges import predecesseurs
from esms_desktop.francais import NBSP, cle, date_courte, de, pluriel
from esms_desktop.lecture import Dossier, Tache
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.jours_ouvres import TERRITOIRES
from esms_desktop.regles.planning.planning import Planning, TachePlacee

JALON = "Jalon"


@dataclass(frozen=True)
class LignePlan:
    """A row: the heading of a plan (`placee` is None), or a task where it falls.

    Args:
        numero: of the task in the whole planning, from 1; 0 for a heading.
        du_plan: for a heading, the tasks it stands for.
        attend: what the task waits for, as it is typed: « 3FD+2 j ; 5 ».
        repliee: for a heading, its tasks are hidden.
    """

    plan: Plan
    placee: TachePlacee | None = None
    numero: int = 0
    du_plan: tuple[TachePlacee, ...] = ()
    attend: str = ""
    repliee: bool = False

    @property
    def tache(self) -> Tache | None:
        """The task, None for a heading."""
        return None if self.placee is None else self.placee.tache

    @property
    def cle(self) -> int:
        """The key of the task; a negative number for a heading."""
        return cle_du_plan(self.plan) if self.placee is None else self.placee.tache.id


@dataclass(frozen=True)
class Filtre:
    """What is shown. `og_id`: tasks about another OG are left out; `texte`: words to find."""

    plans: frozenset[Plan] = frozenset(Plan)
    og_id: int | None = None
    texte: str = ""
    replies: frozenset[Plan] = frozenset()


def cle_du_plan(plan: Plan) -> int:
    """The key of the heading of a plan."""
    return -1 - list(Plan).index(plan)


def plan_de_la_cle(cle: int) -> Plan | None:
    """The plan whose heading has that key, None for a task."""
    return list(Plan)[-1 - cle] if cle < 0 else None


def plan_de(tache: Tache) -> Plan:
    """The plan of a task; that of the project when it is not known."""
    return Plan(tache.plan) if tache.plan in set(Plan) else Plan.PROJET


def numeros(planning: Planning) -> dict[int, int]:
    """Number of each task by its key, in the order they are read."""
    return {p.tache.id: rang for rang, p in enumerate(planning.taches, 1)}


def lignes(planning: Planning, filtre: Filtre) -> list[LignePlan]:
    """The rows that pass the filter; a plan of which nothing passes has no heading."""
    numero = numeros(planning)
    mots = cle(filtre.texte).split()
    par_plan: dict[Plan, list[TachePlacee]] = {p: [] for p in Plan}
    for placee in planning.taches:
        plan = plan_de(placee.tache)
        if (
            plan in filtre.plans
            and concerne(placee.tache, filtre.og_id)
            and (not mots or _contient(placee.tache, mots))
        ):
            par_plan[plan].append(placee)
    resultat: list[LignePlan] = []
    for plan, placees in par_plan.items():
        if not placees:
            continue
        repliee = plan in filtre.replies
        resultat.append(LignePlan(plan, du_plan=tuple(placees), repliee=repliee))
        if not repliee:
            resultat += [
                LignePlan(plan, p, numero[p.tache.id], attend=attend(p.tache, numero)) for p in placees
            ]
    return resultat


def concerne(tache: Tache, og_id: int | None) -> bool:
    """True when a task is about an OG or about the whole grappe; always, without an OG."""
    if og_id is None:
        return True
    if tache.essms is not None:
        return tache.essms.og_id == og_id
    if tache.vague is not None:
        return any(e.og_id == og_id for e in tache.vague.essms)
    return True


def attend(tache: Tache, numero: dict[int, int]) -> str:
    """What a task waits for: « 3FD+2 j ; 5 »."""
    if not tache.entrants:
        return ""
    liens = sorted(tache.entrants, key=lambda x: numero.get(x.avant_id, 0))
    return f"{NBSP}; ".join(
        predecesseurs.ecrire(numero[x.avant_id], x.type, x.decalage) for x in liens if x.avant_id in numero
    )


def _contient(tache: Tache, mots: Collection[str]) -> bool:
    tout = cle(f"{tache.nom} {tache.phase} {tache.responsable} {sujet(tache)}")
    return all(m in tout for m in mots)


# -- words -----------------------------------------------------------------------------------------------------


def sujet(tache: Tache) -> str:
    """The structure or the wave a task is about, empty for the whole grappe."""
    if tache.essms is not None:
        return tache.essms.nom
    return tache.vague.nom if tache.vague is not None else ""


def sujets(dossier: Dossier) -> tuple[str, ...]:
    """What a task may be about, the whole grappe first."""
    return ("", *(v.nom for v in dossier.vagues), *(e.nom for e in dossier.essms))


def texte_duree(placee: TachePlacee) -> str:
    """« 12 j », « Jalon »."""
    return JALON if placee.tache.jalon else f"{placee.tache.duree}{NBSP}j"


def texte_marge(placee: TachePlacee) -> str:
    """« Critique », « 4 j »."""
    return "Critique" if placee.critique else f"{placee.marge}{NBSP}j"


def texte_reference(placee: TachePlacee) -> str:
    """Where the task ended in the reference, and how far it drifted; empty without a reference."""
    t = placee.tache
    if t.reference_fin is None:
        return ""
    ecart = placee.derive or 0
    suite = "" if not ecart else f" ({'+' if ecart > 0 else '−'}{abs(ecart)}{NBSP}j)"
    return f"{date_courte(t.reference_fin)}{suite}"


def titre_du_plan(ligne: LignePlan) -> str:
    """« Projet : 12 tâches, 3 jalons »."""
    jalons = sum(p.tache.jalon for p in ligne.du_plan)
    taches = len(ligne.du_plan) - jalons
    morceaux = [pluriel(taches, "tâche")] if taches else []
    morceaux += [pluriel(jalons, "jalon")] if jalons else []
    return f"{ligne.plan.libelle}{NBSP}: {', '.join(morceaux)}"


def description(ligne: LignePlan) -> str:
    """All that can be said of a row, for a tooltip and a screen reader."""
    if ligne.placee is None:
        debut, fin = bornes(ligne.du_plan)
        etat = "repliée" if ligne.repliee else "dépliée"
        return f"{titre_du_plan(ligne)}. Du {date_courte(debut)} au {date_courte(fin)}. Partie {etat}."
    p, t = ligne.placee, ligne.placee.tache
    phrases = [f"{ligne.numero}. {t.nom}."]
    if t.jalon:
        phrases.append(f"Jalon du {date_courte(p.debut)}.")
    else:
        duree = pluriel(t.duree, "jour ouvré", "jours ouvrés")
        phrases.append(f"Du {date_courte(p.debut)} au {date_courte(p.fin)}, {duree}.")
    phrases.append(
        "Sur le chemin critique."
        if p.critique
        else f"Marge{NBSP}: {pluriel(p.marge, 'jour ouvré', 'jours ouvrés')}."
    )
    if t.avancement:
        phrases.append(f"{entete_de('tache.avancement')}{NBSP}: {t.avancement}{NBSP}%.")
    if ligne.attend:
        phrases.append(f"Attend{NBSP}: {ligne.attend}.")
    if p.tenue_par:
        phrases.append(f"Son début dépend {de(_noms(p.tenue_par))}.")
    if t.fixe is not None:
        phrases.append("Sa date est fixée.")
    if t.echeance is not None:
        retard = f", dépassée de {pluriel(p.retard, 'jour')}" if p.retard else ""
        phrases.append(f"{entete_de('tache.echeance')}{NBSP}: {date_courte(t.echeance)}{retard}.")
    if t.reference_fin is not None:
        phrases.append(f"{entete_de('tache.reference_fin')}{NBSP}: {texte_reference(p)}.")
    if t.responsable:
        phrases.append(f"{entete_de('tache.responsable')}{NBSP}: {t.responsable}.")
    if sujet(t):
        phrases.append(f"{entete_de('tache.essms_id')}{NBSP}: {sujet(t)}.")
    return " ".join(phrases)


def bornes(placees: Sequence[TachePlacee]) -> tuple[date, date]:
    """First and last day of some tasks (one at least)."""
    return min(p.debut for p in placees), max(p.fin for p in placees)


def _noms(taches: Sequence[Tache]) -> str:
    return ", ".join(f"«{NBSP}{t.nom}{NBSP}»" for t in taches)


def phrase(planning: Planning, dossier: Dossier) -> str:
    """Where the planning stands: dates, counts, calendar."""
    calendrier = f"jours ouvrés, jours fériés{NBSP}: {TERRITOIRES[planning.calendrier.territoire]}"
    if dossier.fermetures:
        calendrier += f", {pluriel(len(dossier.fermetures), 'fermeture')}"
    if planning.debut is None or planning.fin is None:
        return f"Aucune tâche pour l’instant · {calendrier}"
    jalons = sum(p.tache.jalon for p in planning.taches)
    faites = sum(p.tache.avancement >= 100 for p in planning.taches)
    compte = f"{pluriel(len(planning.taches) - jalons, 'tâche')}, {pluriel(jalons, 'jalon')}"
    if faites:
        compte += f", {pluriel(faites, 'terminé')}"
    return f"{date_courte(planning.debut)} → {date_courte(planning.fin)} · {compte} · {calendrier}"


def retenue(planning: Planning, tache: Tache, voulu: date) -> str:
    """Why a task asked for a day does not start on it; empty when it does."""
    placee = planning.de(tache)
    if placee.debut <= voulu or not placee.tenue_par:
        return ""
    return f"«{NBSP}{tache.nom}{NBSP}» commence le {date_courte(placee.debut)}{NBSP}: elle attend {_noms(placee.tenue_par)}."


def chercheur(taches: Callable[[], Sequence[Tache]]) -> Callable[[int], Tache | None]:
    """The task that bears a number."""

    def du_numero(numero: int) -> Tache | None:
        toutes = taches()
        return toutes[numero - 1] if 1 <= numero <= len(toutes) else None

    return du_numero
