"""One side of two copies that diverged: its rows, and what it did that the other did not know."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from esms_desktop.echanges.esms.copie import Copie, Entree, Ligne

Cle = tuple[str, str]
# Two orders cannot be put side by side: the last one given holds.
RANG = "rang"


class Plan(NamedTuple):
    """What the tables of a dossier are to one another.

    Attributes:
        ordre: the tables, parents first.
        cles: for each table, the columns that name a row, and the table of that row.
        cascades: among them, those without which a row goes.
        naturelles: the columns by which two rows made apart are the same one.
        marques: the column of a table that one row of a dossier has at most.
        vides: what a column holds before anyone has written in it, by table.
    """

    ordre: tuple[str, ...]
    cles: Mapping[str, Mapping[str, str]]
    cascades: Mapping[str, frozenset[str]]
    naturelles: Mapping[str, tuple[str, ...]]
    marques: Mapping[str, str]
    vides: Mapping[str, Ligne]


class UnCote:
    """One side: its rows, and what it did alone."""

    def __init__(self, copie: Copie, seules: list[Entree], plan: Plan) -> None:
        self.lignes: dict[Cle, Ligne] = {
            (t, uid): ligne for t in plan.ordre for uid, ligne in copie.tables.get(t, {}).items()
        }
        self._plan = plan
        self.par_ligne: dict[Cle, list[Entree]] = {}
        self.nomme: set[Cle] = set()
        for e in sorted(seules, key=lambda e: e.quand):
            self.par_ligne.setdefault((e.table, e.uid), []).append(e)
            for colonne, table in plan.cles.get(e.table, {}).items():
                if e.apres and (cible := e.apres.get(colonne)) and (e.avant or {}).get(colonne) != cible:
                    self.nomme.add((table, cible))

    def a_ecrit(self, cle: Cle) -> bool:
        """Whether it wrote in a row something else than its place, or named it."""
        return cle in self.nomme or any(e.colonnes - {RANG} for e in self.par_ligne.get(cle, ()))

    def a_retire(self, cle: Cle) -> bool:
        """Whether it removed a row, which is not there."""
        return cle not in self.lignes and any(e.apres is None for e in self.par_ligne.get(cle, ()))

    def depart(self, cle: Cle, champ: str) -> tuple[bool, Any]:
        """Whether it wrote a field, and what the field said before; what nobody has written in a new row is empty."""
        for e in self.par_ligne.get(cle, ()):
            if e.avant is None:
                return True, self._plan.vides.get(cle[0], {}).get(champ)
            if champ in e.colonnes:
                return True, e.avant.get(champ)
        return False, None

    def dernier(self, cle: Cle, champ: str = "") -> tuple[str, str]:
        """Who wrote a row, or a field of it, last, and when."""
        for e in reversed(self.par_ligne.get(cle, ())):
            if not champ or champ in e.colonnes:
                return e.qui, e.quand
        return "", ""

    def change(self, cle: Cle, champ: str) -> bool:
        """Whether what it did to a field makes it say something else."""
        ecrit, avant = self.depart(cle, champ)
        return ecrit and avant != self.lignes[cle].get(champ)

    def enfants(self, racine: Cle) -> list[Cle]:
        """A row, and all that would go with it."""
        pris, suite = {racine}, True
        while suite:
            suite = False
            for cle, ligne in self.lignes.items():
                if cle not in pris and any((t, ligne.get(c)) in pris for c, t in self._cascades(cle[0])):
                    pris.add(cle)
                    suite = True
        return [c for c in self.lignes if c in pris]

    def _cascades(self, table: str) -> list[tuple[str, str]]:
        cles = self._plan.cles.get(table, {})
        return [(c, cles[c]) for c in self._plan.cascades.get(table, ())]

    def marque(self, table: str, champ: str) -> str | None:
        """The row that has a mark."""
        return next((uid for (t, uid), r in self.lignes.items() if t == table and r.get(champ)), None)

    def depart_marque(self, table: str, champ: str) -> tuple[bool, str | None]:
        """Whether it gave or took a mark, and the row that had it before."""
        ecrites = [
            e
            for (t, _), entrees in self.par_ligne.items()
            if t == table
            for e in entrees
            if (e.avant or {}).get(champ) or (e.apres or {}).get(champ)
        ]
        ecrites = [e for e in ecrites if bool((e.avant or {}).get(champ)) != bool((e.apres or {}).get(champ))]
        premieres = sorted(ecrites, key=lambda e: e.quand)
        perdue = next((e.uid for e in premieres if (e.avant or {}).get(champ)), None)
        donnee_d_abord = bool(premieres) and not (premieres[0].avant or {}).get(champ)
        if donnee_d_abord and premieres[0].uid == perdue:
            perdue = None
        return bool(ecrites), perdue
