"""A sheet as it came: its cells by row and column, each with its address, and what had to be said while reading it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

# More is no list of a grappe: the file is refused rather than half read.
RANGEES_MAX = 20_000
COLONNES_MAX = 400
CELLULES_MAX = 500_000


class Genre(Enum):
    """What a spreadsheet took a cell for."""

    TEXTE = "texte"
    NOMBRE = "nombre"
    DATE = "date"
    BOOLEEN = "booléen"
    ERREUR = "erreur"
    # A formula whose value the file does not hold.
    FORMULE = "formule"


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell that says something. `adresse`: « B7 »; `fusion`: True when it repeats the cell merged above or to the left."""

    texte: str
    adresse: str
    genre: Genre = Genre.TEXTE
    fusion: bool = False

    @property
    def vide(self) -> bool:
        """Whether it holds nothing but spaces."""
        return not self.texte.strip()


@dataclass(frozen=True, slots=True)
class Rangee:
    """A row. `numero`: from 1, as the spreadsheet shows it; `cellules`: by rank of the column, from 0, none of them empty;
    `longueur`: how many cells a text has in it, empty ones included."""

    numero: int
    cellules: Mapping[int, Cellule]
    masquee: bool = False
    longueur: int = 0

    @property
    def propres(self) -> int:
        """How many cells are its own, merges aside."""
        return sum(not c.fusion for c in self.cellules.values())


@dataclass(frozen=True)
class Grille:
    """A sheet: its rows that say something, in their order.

    Args:
        nom: the name of the sheet; empty for a text.
        masquee: whether the spreadsheet hides it.
        remarques: what the person must know of how it was read, in whole sentences.
    """

    nom: str
    rangees: tuple[Rangee, ...]
    masquee: bool = False
    remarques: tuple[str, ...] = ()

    @cached_property
    def largeur(self) -> int:
        """How many columns, from the first."""
        return max((max(r.cellules) + 1 for r in self.rangees if r.cellules), default=0)


@dataclass(frozen=True)
class Source:
    """What was given to read: its sheets, and what is said of the whole."""

    nom: str
    grilles: tuple[Grille, ...]
    remarques: tuple[str, ...] = ()


def lettre(rang: int) -> str:
    """The letters of a column, from 0: A, B… Z, AA."""
    lettres = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def adresse(rang: int, numero: int) -> str:
    """« B7 » for the column of rank 1 of row 7."""
    return f"{lettre(rang)}{numero}"


def situer(texte: str) -> tuple[int, int] | None:
    """The rank of the column, from 0, and the number of the row of « B7 » or « $B$7 »; None when it is no address."""
    net = texte.replace("$", "")
    lettres = net.rstrip("0123456789")
    chiffres = net[len(lettres) :]
    if (
        not 1 <= len(lettres) <= 3
        or not (lettres.isascii() and lettres.isalpha())
        or not chiffres
        or len(chiffres) > 7
    ):
        return None
    rang = 0
    for c in lettres.upper():
        rang = rang * 26 + ord(c) - 64
    return rang - 1, int(chiffres)
