"""What the sheets of a plan by year share: the keys of its columns, a row of amounts year after year, what is missing."""

from collections.abc import Iterable, Mapping, Sequence

from esms_desktop.documents.classeur import ColonneXl, Euros, LigneXl, Ref, SommeConnue, Valeur
from esms_desktop.regles.pluriannuel import Annee, PlanPluriannuel

COMMUN = "Commun"
MANQUES = "Les cellules « [à compléter] » ne comptent dans aucun total : saisissez le montant à leur place, les totaux suivent."


def cle(annee: Annee) -> str:
    """The key of the column of a year."""
    return f"a{annee}" if annee is not None else "a-preciser"


def trier(annees: Iterable[Annee]) -> list[Annee]:
    """Years in order, each once, « à préciser » last."""
    return sorted(set(annees), key=lambda a: (a is None, a or 0))


def du_plan(plan: PlanPluriannuel) -> list[Annee]:
    """The columns of the plan, and the years that only amounts to be completed name."""
    manques = [d.annee for x in plan.emplois for d in x.details]
    manques += [d.annee for x in plan.rh for d in x.details]
    manques += [a for x in plan.ressources for a in x.manques]
    return trier([*plan.annees, *manques])


def colonnes(annees: Sequence[Annee]) -> tuple[ColonneXl, ...]:
    """One column of amounts per year."""
    return tuple(
        ColonneXl(cle(a), str(a) if a is not None else "Année à préciser", "euros", 15) for a in annees
    )


def sommes(annees: Sequence[Annee], termes: Mapping[Annee, Sequence[Ref]]) -> tuple[Valeur, ...]:
    """One sum per year, of the cells `termes` gives for it; an empty cell for a year that has none."""
    return tuple(SommeConnue(tuple(termes[a])) if termes.get(a) else None for a in annees)


def totaux(annees: Sequence[Annee], lignes: Iterable[LigneXl], premiere: int) -> tuple[Valeur, ...]:
    """The sum of each year over rows whose years start at the cell `premiere`.

    A year nobody counts on is worth 0; one where all that is counted is unknown is « [à compléter] ».
    """
    refs = ranger(
        (a, Ref(ligne.cle, cle(a)))
        for ligne in lignes
        for rang, a in enumerate(annees, premiere)
        if ligne.cellules[rang] is not None
    )
    return tuple(SommeConnue(tuple(refs[a])) if a in refs else Euros(0) for a in annees)


def total(colonne: str, lignes: Iterable[LigneXl]) -> SommeConnue:
    """The sum of a column, « [à compléter] » while nothing in it is known."""
    return SommeConnue(tuple(Ref(ligne.cle, colonne) for ligne in lignes))


def ranger(refs: Iterable[tuple[Annee, Ref]]) -> dict[Annee, list[Ref]]:
    """Cells by year, in the order they come."""
    resultat: dict[Annee, list[Ref]] = {}
    for annee, ref in refs:
        resultat.setdefault(annee, []).append(ref)
    return resultat
