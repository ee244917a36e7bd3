"""The lines of a Gantt, from a planning: which tasks, under which headings, tied by which links."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from esms_desktop.documents.arbre.arbre_gantt import Gantt, LigneGantt
from esms_desktop.lecture import Og, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.planning import Planning, TachePlacee

# A limit or a reference further than this (days) is not drawn: it would flatten all the rest.
_TROP_LOIN = 731


def concerne(tache: Tache, og: Og) -> bool:
    """Whether a task is about an OG: one of its structures, a wave that holds one, or the whole grappe."""
    if tache.essms is not None:
        return tache.essms in og.essms
    if tache.vague is not None:
        return any(e in og.essms for e in tache.vague.essms)
    return True


def choisir(planning: Planning, plans: Sequence[Plan], og: Og | None = None) -> list[TachePlacee]:
    """The tasks to show, in reading order."""
    return [
        p for p in planning.taches if p.tache.plan in set(plans) and (og is None or concerne(p.tache, og))
    ]


def lignes(placees: Sequence[TachePlacee], reference: bool, titres: bool = True) -> tuple[LigneGantt, ...]:
    """One line per task; `titres`: a heading before those of each plan; `reference`: where they were then."""
    resultat: list[LigneGantt] = []
    rangs: dict[int, int] = {}
    plan = ""
    for p in placees:
        if titres and p.tache.plan != plan:
            plan = p.tache.plan
            resultat.append(LigneGantt(Plan(plan).libelle, "titre", plan))
        rangs[id(p.tache)] = len(resultat)
        resultat.append(_ligne(p, reference))
    for p in placees:
        rang = rangs[id(p.tache)]
        attend = tuple(sorted((rangs[id(x.avant)], x.type) for x in p.tache.entrants if id(x.avant) in rangs))
        resultat[rang] = replace(resultat[rang], attend=attend)
    return tuple(resultat)


def _ligne(p: TachePlacee, reference: bool) -> LigneGantt:
    t = p.tache
    avant = None
    if reference and t.reference_fin is not None:
        avant = (min(t.reference_debut or t.reference_fin, t.reference_fin), t.reference_fin)
        if abs((t.reference_fin - p.fin).days) > _TROP_LOIN:
            avant = None
    return LigneGantt(
        t.nom,
        "jalon" if t.jalon else "tache",
        t.plan,
        p.debut,
        p.fin,
        p.critique,
        min(max(t.avancement or 0, 0), 100),
        avant,
    )


def gantt(
    lignes_: tuple[LigneGantt, ...],
    bornes: tuple[date, date] | None = None,
    limite: date | None = None,
    libelle_limite: str = "",
) -> Gantt | None:
    """The lines on a calendar that shows all of them, `bornes` and the limit when it is near; None without a dated line."""
    jours = [j for x in lignes_ for j in (x.debut, x.fin, *(x.reference or ())) if j is not None]
    if not jours:
        return None
    jours += bornes or ()
    fin = max(jours)
    visible = limite if limite is not None and abs((limite - fin).days) <= _TROP_LOIN else None
    return Gantt(min(jours), fin, lignes_, visible, libelle_limite if visible else "")
