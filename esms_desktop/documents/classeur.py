"""The tree of a workbook: sheets, tables, and calculations that know both their formula and their result.

A calculation names its operands by table, row and column keys: the renderer turns it into a live formula, and computes the
value stored beside it, so that a reader that does not calculate shows the same figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import prod
from typing import Literal

from esms_desktop.francais import NBSP, accord, decimal
from esms_desktop.regles.repartition import repartir

A_COMPLETER = "[à compléter]"
# `taux`: a share or a tax rate, to the hundredth of a percent; `decimal`: two decimals; `criticite`: 1 to 16, its level told
# by words and by colour; `date`: a day as spreadsheets count them (see `serie`).
Genre = Literal["texte", "entier", "decimal", "euros", "pourcent", "taux", "criticite", "date"]
_SERIE_ZERO = date(1899, 12, 30).toordinal()
Role = Literal["donnee", "total", "controle"]


def serie(jour: date) -> int:
    """A day as spreadsheets count them, for a cell of a column of dates."""
    return jour.toordinal() - _SERIE_ZERO


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
class Produit:
    """The product of several values."""

    facteurs: tuple["Calcul", ...]


@dataclass(frozen=True)
class Arrondi:
    """`de`, never negative, rounded to the cent, a half going up."""

    de: "Calcul"


@dataclass(frozen=True)
class Moindre:
    """The smaller of two values."""

    gauche: "Calcul"
    droite: "Calcul"


@dataclass(frozen=True)
class Repartition:
    """The part of one row in `total`, in proportion of a column: to the cent, the parts sum to it (largest remainder).

    `colonne` of the data rows gives the weights, whole once multiplied by `echelle`; one block of rows, all numbers.
    """

    total: Ref
    ligne: str
    colonne: str
    table: str = ""
    echelle: int = 1


@dataclass(frozen=True)
class Manquants:
    """How many data cells of a column are still « [à compléter] »."""

    colonne: str
    table: str = ""


@dataclass(frozen=True)
class SiConnu:
    """`calcul` once every cell of `requis` holds a number, « [à compléter] » until then."""

    requis: tuple[Ref, ...]
    calcul: "Calcul"


@dataclass(frozen=True)
class SommeConnue:
    """The sum of the cells that hold a number, « [à compléter] » when none of them does."""

    termes: tuple[Ref, ...]


@dataclass(frozen=True)
class Equilibre:
    """Whether two amounts are equal to the cent: « équilibré », or « écart de … ».

    `manquants`: how many amounts are not known; while there is one, nothing can be said.
    """

    gauche: "Calcul"
    droite: "Calcul"
    manquants: "Calcul | None" = None


@dataclass(frozen=True)
class Plafond:
    """Whether `montant` stays within `plafond`: « couvert », or « dépassement de … »."""

    montant: "Calcul"
    plafond: "Calcul"


Calcul = (
    Ref | Total | Somme | Difference | Part | Rapport | Produit | Arrondi | Moindre | Repartition | Manquants
)
# What fills a cell and may be words: nothing calculates on it but through its cell.
Verification = Equilibre | Plafond
Formule = Calcul | SiConnu | SommeConnue | Verification
# None is an empty cell; a fraction is a number that is no amount (a rate, an effort).
Valeur = str | int | Fraction | Euros | Formule | None


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
        return self._connus[cle]

    def _brute(self, table: str, ligne: str, colonne: str) -> Valeur:
        t = self._tables[table]
        rang = {c.cle: i for i, c in enumerate(t.colonnes)}[colonne]
        return {li.cle: li for li in t.lignes}[ligne].cellules[rang]

    def _valeur(self, valeur: Valeur, table: str) -> Resultat:
        match valeur:
            case None:
                return Fraction(0)
            case str() | Fraction():
                return valeur
            case int():
                return Fraction(valeur)
            case Euros():
                return Fraction(valeur.cents, 100)
            case Equilibre():
                manquants = self.nombre(valeur.manquants, table) if valeur.manquants else Fraction(0)
                difference = self.nombre(valeur.gauche, table) - self.nombre(valeur.droite, table)
                return non_verifie(int(manquants)) if manquants else ecart(difference)
            case Plafond():
                return plafonne(self.nombre(valeur.montant, table) - self.nombre(valeur.plafond, table))
            case SiConnu():
                connus = all(self._est_nombre(ref, table) for ref in valeur.requis)
                return self.nombre(valeur.calcul, table) if connus else A_COMPLETER
            case SommeConnue():
                connus = any(self._est_nombre(ref, table) for ref in valeur.termes)
                return self.nombre(Somme(valeur.termes), table) if connus else A_COMPLETER
            case _:
                return self.nombre(valeur, table)

    def _est_nombre(self, ref: Ref, table: str) -> bool:
        """Whether a cell holds a number; an empty one does not."""
        cible = (ref.table or table, ref.ligne, ref.colonne)
        return self._brute(*cible) is not None and isinstance(self.cellule(*cible), Fraction)

    def nombre(self, calcul: Calcul, table: str) -> Fraction:
        """What a calculation standing in `table` is worth; a text counts for nothing, as in a sum."""
        match calcul:
            case Ref():
                resultat = self.cellule(calcul.table or table, calcul.ligne, calcul.colonne)
                return resultat if isinstance(resultat, Fraction) else Fraction(0)
            case Total():
                refs = self._donnees(calcul.colonne, calcul.table or table)
                return sum((self.nombre(ref, table) for ref in refs), Fraction(0))
            case Manquants():
                refs = self._donnees(calcul.colonne, calcul.table or table)
                lus = [self.cellule(ref.table, ref.ligne, ref.colonne) for ref in refs]
                return Fraction(sum(isinstance(lu, str) and lu.startswith(A_COMPLETER) for lu in lus))
            case Somme():
                return sum((self.nombre(t, table) for t in calcul.termes), Fraction(0))
            case Produit():
                return prod((self.nombre(f, table) for f in calcul.facteurs), start=Fraction(1))
            case Difference():
                reste = self.nombre(calcul.de, table) - self.nombre(calcul.moins, table)
                return max(reste, Fraction(0)) if calcul.positive else reste
            case Moindre():
                return min(self.nombre(calcul.gauche, table), self.nombre(calcul.droite, table))
            case Part():
                return Fraction(_arrondi(self.nombre(calcul.de, table) * calcul.pourcent), 100)
            case Arrondi():
                return Fraction(_arrondi(self.nombre(calcul.de, table) * 100), 100)
            case Rapport():
                par = self.nombre(calcul.par, table)
                return self.nombre(calcul.de, table) / par if par else Fraction(0)
            case Repartition():
                return self._part(calcul, table)

    def _part(self, calcul: Repartition, table: str) -> Fraction:
        refs = list(self._donnees(calcul.colonne, calcul.table or table))
        poids = [_arrondi(self.nombre(ref, table) * calcul.echelle) for ref in refs]
        parts = repartir(_arrondi(self.nombre(calcul.total, table) * 100), poids)
        return Fraction(parts[[ref.ligne for ref in refs].index(calcul.ligne)], 100)

    def _donnees(self, colonne: str, table: str) -> Iterator[Ref]:
        return (Ref(cle, colonne, table) for cle in donnees(self._tables[table]))


def _arrondi(valeur: Fraction) -> int:
    """The nearest whole number, a half going up."""
    return (2 * valeur.numerator + valeur.denominator) // (2 * valeur.denominator)


def donnees(table: TableXl) -> Iterator[str]:
    """The keys of the data rows, in order."""
    return (ligne.cle for ligne in table.lignes if ligne.role == "donnee")


def ecart(difference: Fraction) -> str:
    """A balance in words; `difference` in euros."""
    cents = round(difference * 100)
    return f"écart de {_montant(cents)}" if cents else "équilibré"


def plafonne(exces: Fraction) -> str:
    """A ceiling in words; `exces` in euros, over it when positive."""
    cents = round(exces * 100)
    return f"dépassement de {_montant(cents)}" if cents > 0 else "couvert"


def non_verifie(manquants: int) -> str:
    """A balance that amounts to be completed leave unknown, in words."""
    return f"non vérifié\u00a0: {manquants} {accord(manquants, 'montant', 'montants')} à compléter"


def _montant(cents: int) -> str:
    """As the formula of the workbook writes it: thousands together."""
    return f"{decimal(cents).replace(NBSP, '')}{NBSP}€"
