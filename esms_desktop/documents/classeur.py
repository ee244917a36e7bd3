"""The tree of a workbook: sheets, tables, and calculations that know both their formula and their result.

A calculation names its operands by table, row and column keys: the renderer turns it into a live formula, and computes the
value stored beside it, so that a reader that does not calculate shows the same figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Genre = Literal["texte", "entier", "euros", "pourcent"]
Role = Literal["donnee", "total", "controle"]


@dataclass(frozen=True)
class Euros:
    """An amount, in cents."""

    cents: int


@dataclass(frozen=True)
class Ref:
    """The value of a cell. `table` empty: the table where the calculation stands."""

    ligne: str
    colonne: str
    table: str = ""


@dataclass(frozen=True)
class Total:
    """The sum of the data rows of a column; totals and checks are left out."""

    colonne: str
    table: str = ""


@dataclass(frozen=True)
class Somme:
    """The sum of several values."""

    termes: tuple["Calcul", ...]


@dataclass(frozen=True)
class Difference:
    """`de` less `moins`, never under zero when `positive`."""

    de: "Calcul"
    moins: "Calcul"
    positive: bool = False


@dataclass(frozen=True)
class Part:
    """`pourcent` per cent of `de`, rounded to the cent, a half going up."""

    de: "Calcul"
    pourcent: int


@dataclass(frozen=True)
class Rapport:
    """`de` divided by `par`, nothing (0) when `par` is 0."""

    de: "Calcul"
    par: "Calcul"


@dataclass(frozen=True)
class Equilibre:
    """Whether two amounts are equal to the cent: « équilibré », or « écart de … »."""

    gauche: "Calcul"
    droite: "Calcul"


Calcul = Ref | Total | Somme | Difference | Part | Rapport | Equilibre
# None is an empty cell.
Valeur = str | int | Euros | Calcul | None


@dataclass(frozen=True)
class ColonneXl:
    """A column: its key, its header, what it holds, and the least width it may have (characters)."""

    cle: str
    entete: str
    genre: Genre = "texte"
    largeur: int = 8


@dataclass(frozen=True)
class LigneXl:
    """A row: its key, its cells, and whether it is data, a total or a check."""

    cle: str
    cellules: tuple[Valeur, ...]
    role: Role = "donnee"


@dataclass(frozen=True)
class TableXl:
    """A table. Its key is unique in the workbook; row keys are unique in the table. `notes` are printed under it."""

    cle: str
    titre: str
    colonnes: tuple[ColonneXl, ...]
    lignes: tuple[LigneXl, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for ligne in self.lignes:
            if len(ligne.cellules) != len(self.colonnes):
                raise ValueError(f"row of {len(ligne.cellules)} cells under {len(self.colonnes)} columns")
        if len({ligne.cle for ligne in self.lignes}) != len(self.lignes):
            raise ValueError(f"two rows of table {self.cle} have the same key")


@dataclass(frozen=True)
class Feuille:
    """A sheet: the name of its tab, the title on top, its tables one under the other."""

    nom: str
    titre: str
    tables: tuple[TableXl, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Classeur:
    """A workbook. `dossier_nom` and `porteur` are printed on each page."""

    code: str
    titre: str
    dossier_nom: str
    porteur: str
    feuilles: tuple[Feuille, ...]

    def __post_init__(self) -> None:
        cles = [t.cle for f in self.feuilles for t in f.tables]
        if len(set(cles)) != len(cles):
            raise ValueError("two tables of the workbook have the same key")


Resultat = Fraction | str


class Evaluation:
    """What the calculations of a workbook are worth: amounts in euros as exact fractions, checks in words."""

    def __init__(self, classeur: Classeur) -> None:
        self._tables = {t.cle: t for f in classeur.feuilles for t in f.tables}
        self._connus: dict[tuple[str, str, str], Resultat] = {}
        self._en_cours: set[tuple[str, str, str]] = set()

    def cellule(self, table: str, ligne: str, colonne: str) -> Resultat:
        """The value of a cell. Raises ValueError when cells depend on each other in a circle, KeyError when absent."""
        cle = (table, ligne, colonne)
        if cle not in self._connus:
            if cle in self._en_cours:
                raise ValueError(f"circular reference at {cle}")
            self._en_cours.add(cle)
            self._connus[cle] = self._valeur(self._brute(*cle), table)
            self._en_cours.discard(cle)
        return self._connus[cle]

    def _brute(self, table: str, ligne: str, colonne: str) -> Valeur:
        t = self._tables[table]
        rang = {c.cle: i for i, c in enumerate(t.colonnes)}[colonne]
        return {li.cle: li for li in t.lignes}[ligne].cellules[rang]

    def _valeur(self, valeur: Valeur, table: str) -> Resultat:
        if valeur is None:
            return Fraction(0)
        if isinstance(valeur, str):
            return valeur
        if isinstance(valeur, int):
            return Fraction(valeur)
        if isinstance(valeur, Euros):
            return Fraction(valeur.cents, 100)
        if isinstance(valeur, Equilibre):
            return ecart(self.nombre(valeur.gauche, table) - self.nombre(valeur.droite, table))
        return self.nombre(valeur, table)

    def nombre(self, calcul: Calcul, table: str) -> Fraction:
        """What a calculation standing in `table` is worth; a text counts for nothing, as in a sum."""
        match calcul:
            case Ref():
                resultat = self.cellule(calcul.table or table, calcul.ligne, calcul.colonne)
                return resultat if isinstance(resultat, Fraction) else Fraction(0)
            case Total():
                cible = calcul.table or table
                refs = (Ref(cle, calcul.colonne, cible) for cle in donnees(self._tables[cible]))
                return sum((self.nombre(ref, table) for ref in refs), Fraction(0))
            case Somme():
                return sum((self.nombre(t, table) for t in calcul.termes), Fraction(0))
            case Difference():
                reste = self.nombre(calcul.de, table) - self.nombre(calcul.moins, table)
                return max(reste, Fraction(0)) if calcul.positive else reste
            case Part():
                cents = self.nombre(calcul.de, table) * calcul.pourcent
                return Fraction((2 * cents.numerator + cents.denominator) // (2 * cents.denominator), 100)
            case Rapport():
                par = self.nombre(calcul.par, table)
                return self.nombre(calcul.de, table) / par if par else Fraction(0)
            case Equilibre():
                raise ValueError("a check is not a number")


def donnees(table: TableXl) -> Iterator[str]:
    """The keys of the data rows, in order."""
    return (ligne.cle for ligne in table.lignes if ligne.role == "donnee")


def ecart(difference: Fraction) -> str:
    """A balance in words; `difference` in euros."""
    cents = round(difference * 100)
    if cents == 0:
        return "équilibré"
    signe = "−" if cents < 0 else ""
    return f"écart de {signe}{abs(cents) // 100},{abs(cents) % 100:02d}\u00a0€"
