"""The tree of a workbook: sheets, tables, and calculations that know both their formula and their result.

A calculation names its operands by table, row and column keys: the renderer turns it into a live formula, and computes the
value stored beside it (classeur_valeurs.py), so that a reader that does not calculate shows the same figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

A_COMPLETER = "[à compléter]"
# `taux`: a share or a tax rate, to the hundredth of a percent; `decimal`: two decimals; `criticite`: 1 to 16, its level told
# by words and by colour; `date`: a day as spreadsheets count them (see `serie`); `annee`: a year, without thousands.
Genre = Literal[
    "texte", "entier", "compte", "decimal", "euros", "pourcent", "taux", "criticite", "date", "annee"
]
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
class Entete:
    """The year that heads a column: a number that can be changed, what is sorted by year follows."""

    colonne: str
    table: str = ""


@dataclass(frozen=True)
class SommeSi:
    """The sum of a column over the data rows that say something: each of `criteres` names a column and what it must hold.

    A criterion is a word of ours, or a cell. `exact`: compared as typed, for words of a person (no wildcard).
    """

    colonne: str
    table: str
    criteres: tuple[tuple[str, "str | Ref | Entete"], ...]
    exact: bool = False


@dataclass(frozen=True)
class SiEgal:
    """`alors` when both are the same number, nothing (0) otherwise."""

    gauche: "Calcul"
    droite: "Calcul"
    alors: "Calcul"


@dataclass(frozen=True)
class SiMot:
    """`alors` when a cell holds that word, nothing (0) otherwise."""

    cellule: Ref
    mot: str
    alors: "Calcul"


@dataclass(frozen=True)
class Nombre:
    """A number of ours."""

    valeur: Fraction


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
    """How many data cells of a column are still « [à compléter] »; only those of the rows of a year when one is given."""

    colonne: str
    table: str = ""
    annee: Entete | None = None


@dataclass(frozen=True)
class SiConnu:
    """`calcul` once every cell of `requis` holds a number, « [à compléter] » until then.

    Args:
        sinon: what is calculated until then, when something can be.
        vide: while all these cells are empty, the row is free and says nothing.
    """

    requis: tuple[Ref, ...]
    calcul: "Calcul"
    sinon: "Calcul | None" = None
    vide: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class TotalConnu:
    """The sum of the data rows of a column, « [à compléter] » while none of them holds a number."""

    colonne: str
    table: str = ""


@dataclass(frozen=True)
class SommeConnue:
    """The sum of the cells that hold a number, « [à compléter] » when none of them does.

    Args:
        vide: while all these cells are empty, the row is free and says nothing.
    """

    termes: tuple[Ref, ...]
    vide: tuple[Ref, ...] = ()


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
    Ref
    | Entete
    | Nombre
    | Total
    | SommeSi
    | SiEgal
    | SiMot
    | Somme
    | Difference
    | Part
    | Rapport
    | Produit
    | Arrondi
    | Moindre
    | Repartition
    | Manquants
)
# What fills a cell and may be words: nothing calculates on it but through its cell.
Verification = Equilibre | Plafond
Formule = Calcul | SiConnu | SommeConnue | TotalConnu | Verification
# None is an empty cell; a fraction is a number that is no amount (a rate, an effort).
Valeur = str | int | Fraction | Euros | Formule | None


@dataclass(frozen=True)
class Choix:
    """The closed list a cell is picked from: a column of a table of the workbook."""

    colonne: str
    table: str


@dataclass(frozen=True)
class ColonneXl:
    """A column: its key, its header, what it holds, and the least width it may have (characters).

    Args:
        saisie: its data cells that are not calculated are for the person to fill; they are coloured.
        choix: what they are picked from, when not typed freely.
        annee: the year it stands for: its header is that number.
    """

    cle: str
    entete: str
    genre: Genre = "texte"
    largeur: int = 8
    saisie: bool = False
    choix: Choix | None = None
    annee: int | None = None


@dataclass(frozen=True)
class LigneXl:
    """A row: its key, its cells, and whether it is data, a total or a check; `figee`: nothing in it is for the person to fill."""

    cle: str
    cellules: tuple[Valeur, ...]
    role: Role = "donnee"
    figee: bool = False


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
    """A sheet: the name of its tab, the title on top, its tables one under the other.

    Args:
        filtre: its table (the only one) has filters in its header.
        barres: keys of the columns of its table that hold the first and the last day of each row: weeks are drawn beside it.
        jours: the first and the last day drawn.
        une_page: it prints on one page, however small.
    """

    nom: str
    titre: str
    tables: tuple[TableXl, ...]
    notes: tuple[str, ...] = ()
    filtre: bool = False
    barres: tuple[str, str] | None = None
    jours: tuple[date, date] | None = None
    une_page: bool = False


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


def donnees(table: TableXl) -> Iterator[str]:
    """The keys of the data rows, in order."""
    return (ligne.cle for ligne in table.lignes if ligne.role == "donnee")


def est_saisie(colonne: ColonneXl, ligne: LigneXl, valeur: Valeur) -> bool:
    """Whether a cell is for the person to fill: not calculated, in a row of data."""
    typee = valeur is None or isinstance(valeur, str | int | Fraction | Euros)
    return colonne.saisie and ligne.role == "donnee" and not ligne.figee and typee
