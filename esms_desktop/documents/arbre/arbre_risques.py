"""The figures of the maps of risks, as the tree of a document tells them: matrices and heat map."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Teinte:
    """A level of risk: what it is called, the criticalities it covers. `niveau`: 0 for the lightest, to 3."""

    niveau: int
    libelle: str
    bornes: str

    @property
    def texte(self) -> str:
        """What the legend says: « Critique : 12 à 16 »."""
        return f"{self.libelle}\u00a0: {self.bornes}"


@dataclass(frozen=True)
class CaseMatrice:
    """A cell: its criticality, its level (0 to 3), the numbers of the risks it holds."""

    criticite: int
    niveau: int
    marques: tuple[str, ...]


@dataclass(frozen=True)
class Matrice:
    """A grid of four by four. `rangees`: from the lowest probability up, each from the lowest gravity up."""

    titre: str
    rangees: tuple[tuple[CaseMatrice, ...], ...]


@dataclass(frozen=True)
class Matrices:
    """Matrices side by side, on the same scales. The same facts always stand beside them in a table.

    Args:
        matrices: one or two.
        lignes, colonnes: the words of probability and of gravity, the lowest first.
        axe_lignes, axe_colonnes: what the axes are.
        legende: the levels, the lightest first.
    """

    matrices: tuple[Matrice, ...]
    lignes: tuple[str, ...]
    colonnes: tuple[str, ...]
    axe_lignes: str
    axe_colonnes: str
    legende: tuple[Teinte, ...]


@dataclass(frozen=True)
class CaseChaude:
    """A cell of the heat map: its words, and its level (0 to 3), None when nothing is assessed there."""

    texte: str
    niveau: int | None = None


@dataclass(frozen=True)
class LigneChaude:
    """A row of the heat map; `fort` for the one that stands out."""

    libelle: str
    cases: tuple[CaseChaude, ...]
    fort: bool = False


@dataclass(frozen=True)
class CarteChaude:
    """A heat map: rows × columns, the words in each cell as well as its colour. The header is repeated on each page."""

    coin: str
    colonnes: tuple[str, ...]
    lignes: tuple[LigneChaude, ...]
    legende: tuple[Teinte, ...]

    def __post_init__(self) -> None:
        for ligne in self.lignes:
            if len(ligne.cases) != len(self.colonnes):
                raise ValueError(f"row of {len(ligne.cases)} cells under {len(self.colonnes)} columns")
