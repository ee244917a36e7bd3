"""What is looked for in a sheet, and what is found there: fields, columns, lines, what is left out. Plain values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from esms_desktop.echanges.tables.grille import Cellule, lettre
from esms_desktop.francais import NBSP


@dataclass(frozen=True)
class Rubrique:
    """A field that a column may hold.

    Args:
        nom: of the field.
        libelle: how a person calls it.
        exacts: titles that mean it and nothing else, folded by `plier`.
        motif: a pattern that a folded title holds when it means it; None when only `exacts` do.
        faibles: titles that mean it unless another column says so better (« Nom »); `sauf`: a title beside which they do not
            (« Prénom »: that name is somebody's).
        repere: True when it tells who a row is about: a table needs one of these.
        numero: True when it is a number that only one has: a row that has it is no total.
    """

    nom: str
    libelle: str
    exacts: tuple[str, ...]
    motif: re.Pattern[str] | None = None
    repere: bool = False
    numero: bool = False
    faibles: tuple[str, ...] = ()
    sauf: str = ""


@dataclass(frozen=True)
class Colonne:
    """A column of a table. `rubrique`: the name of its field, empty when it is left aside; `exemple`: its first value."""

    rang: int
    titre: str
    rubrique: str
    exemple: str

    @property
    def lettre(self) -> str:
        """As a spreadsheet names it."""
        return lettre(self.rang)


@dataclass(frozen=True)
class Laisse:
    """Something left out. `adresse`: where, empty for the whole; `texte`: what is there; `raison`: without its last stop."""

    adresse: str
    texte: str
    raison: str

    def __str__(self) -> str:
        ou = f"{self.adresse}, " if self.adresse else ""
        quoi = f"«{NBSP}{self.texte}{NBSP}»{NBSP}: " if self.texte else ""
        return f"{ou}{quoi}{self.raison}."


@dataclass(frozen=True)
class LigneLue:
    """A line: its cells by field. `numero`: the row of the sheet."""

    numero: int
    cellules: Mapping[str, Cellule]


@dataclass(frozen=True)
class Tableau:
    """What a sheet says.

    Args:
        feuille: its name, empty for a text.
        feuilles: the names of all those that may be chosen.
        entete: the row of the titles, 0 when there is none.
        colonnes: all its columns, those left aside included.
        lignes: what is told of each.
        laisses: what is left out.
        remarques: what is said of the whole, in sentences.
    """

    feuille: str
    feuilles: tuple[str, ...]
    entete: int
    colonnes: tuple[Colonne, ...]
    lignes: tuple[LigneLue, ...]
    laisses: tuple[Laisse, ...] = ()
    remarques: tuple[str, ...] = field(default=())

    @property
    def rubriques(self) -> frozenset[str]:
        """The fields it has a column of."""
        return frozenset(c.rubrique for c in self.colonnes if c.rubrique)
