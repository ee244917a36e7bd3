"""A block pasted from a spreadsheet over a list: what it changes, the lines it adds, and what it refuses, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from esms_desktop.echanges.tables.bloc import Bloc, LigneBloc, apparier, lire_bloc
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier
from ui.models.saisie import ColonneSaisie

T = TypeVar("T")


@dataclass(frozen=True)
class Faute:
    """A value that cannot be pasted. `ligne`: 1 for the first pasted line; `colonne`: its title."""

    ligne: int
    colonne: str
    valeur: str
    raison: str

    def __str__(self) -> str:
        valeur = f" « {self.valeur} »" if self.valeur else ""
        return f"Ligne {self.ligne}, {self.colonne}{valeur} : {self.raison}."


@dataclass
class CollageLignes(Generic[T]):
    """What a paste would write. `valeurs`: how many cells are good; `laisses`: what is left out, in sentences."""

    modifs: list[tuple[T, dict[str, Any]]] = field(default_factory=list)
    neufs: list[dict[str, Any]] = field(default_factory=list)
    fautes: list[Faute] = field(default_factory=list)
    laisses: list[str] = field(default_factory=list)
    valeurs: int = 0


def analyser(
    texte: str,
    colonnes: Sequence[ColonneSaisie[T]],
    dossier: Dossier,
    lignes: Sequence[T] = (),
    premiere: int = 0,
    ajoute: bool = True,
    repeter: int = 1,
    toutes: Sequence[T] = (),
) -> CollageLignes[T]:
    """Reads a pasted block, without writing anything.

    Lines under titles are recognised by their name, wherever they stand; those that nobody is called as are new. Cells
    without titles go to the cells from the current one.

    Args:
        texte: what the clipboard holds.
        colonnes: the columns of the table.
        dossier: the dossier whose OG and waves can be named.
        lignes: the objects from the current row down, in the order they are seen; lines past them are new.
        premiere: number of the column the block starts at.
        ajoute: False when the list is closed: a line past the last is refused.
        repeter: a single pasted cell goes to that many lines (the selected ones).
        toutes: all the objects of the list, seen or not; none when every line is to be added.
    """
    bloc = lire_bloc(texte, [c.titre for c in colonnes])
    resultat: CollageLignes[T] = CollageLignes(laisses=[str(x) for x in bloc.laisses])
    vises = [colonnes[i] for i in range(premiere, len(colonnes))]
    if bloc.colonnes is not None:
        vises = [colonnes[i] for i in bloc.colonnes]
    anciens = _anciens(bloc, vises, colonnes, lignes, toutes)
    suite = list(bloc.lignes)
    if len(suite) == 1 and len(suite[0].cellules) == 1 and bloc.colonnes is None:
        suite = [LigneBloc(rang + 1, suite[0].cellules) for rang in range(repeter)]
        anciens = list(lignes[:repeter])
    for rang, ligne in enumerate(suite):
        ancien = anciens[rang] if rang < len(anciens) else None
        _ligne(resultat, ligne, vises, colonnes, ancien, dossier, ajoute)
    return resultat


def _anciens(
    bloc: Bloc,
    vises: Sequence[ColonneSaisie[T]],
    colonnes: Sequence[ColonneSaisie[T]],
    lignes: Sequence[T],
    toutes: Sequence[T],
) -> list[T | None]:
    """What each line of a block is written over; None for a new one."""
    reperes = [c for c in colonnes if c.obligatoire or c.repere] or list(colonnes[:1])
    dits = [rang for rang, c in enumerate(vises) if c in reperes]
    if bloc.colonnes is None or not dits:
        # Cells, one under the other; a blank line leaves what it falls on.
        depart = bloc.lignes[0].numero if bloc.lignes else 0
        rangs = [ligne.numero - depart for ligne in bloc.lignes]
        return [lignes[r] if r < len(lignes) else None for r in rangs]
    return apparier(
        [ligne.cellules for ligne in bloc.lignes],
        dits,
        toutes,
        lambda objet, rang: vises[rang].texte(objet),
    )


def _ligne(
    resultat: CollageLignes[T],
    ligne: LigneBloc,
    vises: Sequence[ColonneSaisie[T]],
    toutes: Sequence[ColonneSaisie[T]],
    ancien: T | None,
    dossier: Dossier,
    ajoute: bool,
) -> None:
    numero = ligne.numero
    if ancien is None and not ajoute:
        resultat.fautes.append(Faute(numero, "ligne entière", "", "aucune ligne de la liste n’est celle-ci"))
        return
    champs: dict[str, Any] = {}
    lues: list[ColonneSaisie[T]] = []
    fautes: list[Faute] = []
    for rang, valeur in enumerate(ligne.cellules):
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
