"""A block pasted from a spreadsheet over a list: what it changes, the lines it adds, and what it refuses, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier
from ui.models.collage import Faute, lignes_collees
from ui.models.saisie import ColonneSaisie

T = TypeVar("T")


@dataclass
class CollageLignes(Generic[T]):
    """What a paste would write. `valeurs`: how many cells are good."""

    modifs: list[tuple[T, dict[str, Any]]] = field(default_factory=list)
    neufs: list[dict[str, Any]] = field(default_factory=list)
    fautes: list[Faute] = field(default_factory=list)
    valeurs: int = 0


def analyser(
    texte: str,
    colonnes: Sequence[ColonneSaisie[T]],
    dossier: Dossier,
    lignes: Sequence[T] = (),
    premiere: int = 0,
    ajoute: bool = True,
    repeter: int = 1,
) -> CollageLignes[T]:
    """Reads a pasted block, without writing anything.

    Args:
        texte: what the clipboard holds.
        colonnes: the columns of the table.
        dossier: the dossier whose OG and waves can be named.
        lignes: the objects from the current row down, in the order they are seen; lines past them are new.
        premiere: number of the column the block starts at.
        ajoute: False when the list is closed: a line past the last is refused.
        repeter: a single pasted cell goes to that many lines (the selected ones).
    """
    bloc = lignes_collees(texte)
    vises = list(range(premiere, len(colonnes)))
    numero = 1
    titres = [francais.cle(c.titre) for c in colonnes]
    if len(bloc) > 1 and bloc[0] and all(francais.cle(c) in titres for c in bloc[0]):
        # The block was copied with its headers: they say the columns.
        vises = [titres.index(francais.cle(c)) for c in bloc[0]]
        bloc, numero = bloc[1:], 2
    if len(bloc) == 1 and len(bloc[0]) == 1:
        bloc = bloc * repeter
    resultat: CollageLignes[T] = CollageLignes()
    for position, cellules in enumerate(bloc):
        ancien = lignes[position] if position < len(lignes) else None
        if any(c.strip() for c in cellules):
            visees = [colonnes[i] for i in vises]
            _ligne(resultat, cellules, numero + position, visees, colonnes, ancien, dossier, ajoute)
    return resultat


def _ligne(
    resultat: CollageLignes[T],
    cellules: Sequence[str],
    numero: int,
    vises: Sequence[ColonneSaisie[T]],
    toutes: Sequence[ColonneSaisie[T]],
    ancien: T | None,
    dossier: Dossier,
    ajoute: bool,
) -> None:
    if ancien is None and not ajoute:
        resultat.fautes.append(Faute(numero, "ligne entière", "", "il n’y a plus de ligne en dessous"))
        return
    champs: dict[str, Any] = {}
    lues: list[ColonneSaisie[T]] = []
    fautes: list[Faute] = []
    for rang, valeur in enumerate(cellules):
        if rang >= len(vises):
            if valeur.strip():
                fautes.append(Faute(numero, "hors du tableau", valeur, "il n’y a plus de colonne à droite"))
            continue
        colonne = vises[rang]
        if colonne.lire is None:
            if valeur.strip() and (ancien is None or valeur.strip() != colonne.texte(ancien)):
                fautes.append(Faute(numero, colonne.titre, valeur, "cette colonne ne se saisit pas ici"))
            continue
        try:
            champs.update(colonne.lire(valeur, dossier))
            lues.append(colonne)
        except ErreurSaisie as erreur:
            fautes.append(Faute(numero, colonne.titre, valeur, erreur.message))
    resultat.fautes += fautes
    if ancien is not None:
        if champs:
            resultat.modifs.append((ancien, champs))
            resultat.valeurs += len(lues)
        return
    manquante = next((c for c in toutes if c.obligatoire and c not in lues), None)
    if manquante is None:
        resultat.neufs.append(champs)
        resultat.valeurs += len(lues)
    elif not any(f.colonne == manquante.titre for f in fautes):
        resultat.fautes.append(
            Faute(numero, manquante.titre, "", "une ligne nouvelle a besoin de cette colonne")
        )
