"""What the sheets of a plan by year share: the columns of the years, the one of all the others, what is missing."""

from collections.abc import Sequence

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.classeur.classeur import Calcul, ColonneXl, Difference, Entete, Ref, Somme
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel

# The column of the amounts whose year is not one of the others, or not told.
AUTRE = "autre"
# A project that tells no year yet is shown over as many.
_PAR_DEFAUT = 3
MANQUES = "Les cellules « [à compléter] » ne comptent dans aucun total : saisissez le montant à leur place, les totaux suivent."
SAISIE = "Sur fond clair : ce qui se saisit. Le reste se calcule ; une année changée déplace son montant."


def cle(annee: int | None) -> str:
    """The key of the column of a year."""
    return f"a{annee}" if annee is not None else AUTRE


def du_plan(plan: PlanPluriannuel, campagne: Campagne) -> list[int]:
    """The years of the plan, those that only amounts to be completed name too; some to begin with when it tells none."""
    vues = {a for a in plan.annees if a is not None}
    vues |= {d.annee for x in plan.emplois for d in x.details if d.annee is not None}
    vues |= {d.annee for x in plan.rh for d in x.details if d.annee is not None}
    vues |= {a for x in plan.ressources for a in x.manques if a is not None}
    return sorted(vues) or [campagne.annee + i for i in range(_PAR_DEFAUT)]


def colonnes(annees: Sequence[int], saisie: bool = False) -> tuple[ColonneXl, ...]:
    """One column of amounts per year, then the one of the others."""
    return (
        *(ColonneXl(cle(a), str(a), "euros", 15, saisie, annee=a) for a in annees),
        ColonneXl(AUTRE, "Autre année ou à préciser", "euros", 15, saisie),
    )


def cles(annees: Sequence[int]) -> list[str]:
    """The keys of these columns."""
    return [*map(cle, annees), AUTRE]


def entetes(annees: Sequence[int]) -> list[Entete]:
    """The years that head the columns of a table, from one of its rows."""
    return [Entete(cle(a)) for a in annees]


def reste(ligne: str, total: str, annees: Sequence[int]) -> Calcul:
    """What no year of a row holds: its total less its years."""
    return Difference(Ref(ligne, total), Somme(tuple(Ref(ligne, cle(a)) for a in annees)))
