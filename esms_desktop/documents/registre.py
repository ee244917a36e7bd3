"""The documents that the application makes: each one declares itself in its file of `documents/produits/`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from esms_desktop.documents.arbre.arbre import Document

# Builds a tree: of a dossier, a campaign and a day; of an OG besides, for those made once per OG.
Batir = Callable[..., Document]
B = TypeVar("B", bound=Batir)


@dataclass(frozen=True)
class Genere:
    """A document the application produces.

    Args:
        code: its stable name.
        titre: what the person reads.
        piece: number of the piece it answers (1 to 14), None when it is for the person only.
        batir: builds its tree.
        par_og: one document per OG instead of one per dossier.
        a_signer: printed, signed, then attached as a scan.
        rang: its place among those that answer no piece, after the others.
    """

    code: str
    titre: str
    piece: int | None
    batir: Batir
    par_og: bool = False
    a_signer: bool = False
    rang: int = 0


_CONNUS: dict[str, Genere] = {}


def produit(
    code: str,
    titre: str,
    piece: int | None = None,
    par_og: bool = False,
    a_signer: bool = False,
    rang: int = 0,
) -> Callable[[B], B]:
    """Declares that the function below builds a document; see `Genere`.

    Raises:
        ValueError: another document has that code.
    """

    def declarer(batir: B) -> B:
        if code in _CONNUS:
            raise ValueError(f"{code} is declared twice")
        _CONNUS[code] = Genere(code, titre, piece, batir, par_og, a_signer, rang)
        return batir

    return declarer


def oublier(code: str) -> None:
    """Takes a document out of those the application makes."""
    del _CONNUS[code]


def generes() -> tuple[Genere, ...]:
    """All of them, in the order of the pieces, then those that answer none."""
    _lire()
    return tuple(sorted(_CONNUS.values(), key=lambda g: (g.piece is None, g.piece or g.rang)))


@cache
def _lire() -> None:
    paquet = import_module("esms_desktop.documents.produits")
    for module in iter_modules(paquet.__path__):
        import_module(f"esms_desktop.documents.produits.{module.name}")
