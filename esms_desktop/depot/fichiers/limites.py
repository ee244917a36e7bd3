"""The size limits a campaign may set: what they say, how the bound pages are cut in volumes, what exceeds them."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne, Parametre

# What the pages of a piece weigh more once bound: their number, their entry in the outline.
_PAR_PAGE = 900
# Cover, table of contents, fonts of the numbers.
_TETE = 50_000


class _Pese(Protocol):
    @property
    def taille(self) -> int: ...
    @property
    def pages(self) -> int: ...


P = TypeVar("P", bound=_Pese)


def du_volume(campagne: Campagne) -> int | None:
    """Bytes a bound volume may weigh: the smaller of the two limits, None when the campaign sets none."""
    limites = (campagne.limites.fichier_octets.valeur, campagne.limites.total_octets.valeur)
    return min((v for v in limites if v is not None), default=None)


def partager(pieces: Sequence[P], limite: int) -> list[list[P]]:
    """The pieces in their order, in as few volumes as `limite` bytes allow; a piece is never cut.

    A piece heavier than the limit is alone in its volume.
    """
    volumes: list[list[P]] = []
    charge = 0
    for piece in pieces:
        poids = piece.taille + _PAR_PAGE * piece.pages
        if not volumes or charge + poids > limite:
            volumes.append([])
            charge = _TETE
        volumes[-1].append(piece)
        charge += poids
    return volumes


def phrases(campagne: Campagne) -> tuple[str, ...]:
    """What the campaign says of the sizes, one sentence per limit; « aucune limite connue » when it sets none."""
    regles = campagne.limites
    return (
        _phrase("Taille d’un fichier", regles.fichier_octets),
        _phrase("Taille de tous les fichiers", regles.total_octets),
    )


def _phrase(quoi: str, limite: Parametre[int | None]) -> str:
    if limite.valeur is None:
        return f"{quoi}\u00a0: aucune limite connue ({limite.source})."
    return f"{quoi}\u00a0: {francais.taille(limite.valeur)} au plus ({limite.source})."


def depassements(campagne: Campagne, fichiers: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The files (name, bytes) to be filed that exceed a limit of the campaign, one sentence each."""
    fichier, total = campagne.limites.fichier_octets.valeur, campagne.limites.total_octets.valeur
    listes = list(fichiers)
    trouves = [
        f"«\u00a0{nom}\u00a0» pèse {francais.taille(taille)}, pour {francais.taille(fichier)} admis par fichier."
        for nom, taille in listes
        if fichier is not None and taille > fichier
    ]
    somme = sum(taille for _, taille in listes)
    if total is not None and somme > total:
        combien = francais.pluriel(len(listes), "fichier")
        trouves.append(
            f"Les {combien} pèsent {francais.taille(somme)} en tout, pour {francais.taille(total)} admis."
        )
    return tuple(trouves)
