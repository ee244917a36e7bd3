"""A block copied in a spreadsheet and pasted on a list: lines under titles, or cells without any."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from esms_desktop.echanges.tables.entete import lire_source, plier, trouver_entete
from esms_desktop.echanges.tables.tableau import Laisse, Rubrique
from esms_desktop.echanges.tables.texte import presse_papiers
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle

T = TypeVar("T")


@dataclass(frozen=True)
class LigneBloc:
    """A line. `numero`: from 1, as it was copied; `cellules`: what each says, empty ones included."""

    numero: int
    cellules: tuple[str, ...]


@dataclass(frozen=True)
class Bloc:
    """What was copied.

    Args:
        colonnes: for each cell of a line, the rank of its title among those of the list; None when nothing has a title.
        lignes: those that say something.
        laisses: what is left out: totals, columns that the list does not have.
    """

    colonnes: tuple[int, ...] | None
    lignes: tuple[LigneBloc, ...]
    laisses: tuple[Laisse, ...] = ()


def lire_bloc(texte: str, titres: Sequence[str]) -> Bloc:
    """What was copied, set against the titles of a list.

    Raises:
        ErreurSaisie: it is no table, or one too large.
    """
    source = presse_papiers(texte, point_virgule=False)
    grille = source.grilles[0]
    rubriques = [
        Rubrique(str(rang), titre, (plier(titre),), repere=True)
        for rang, titre in enumerate(titres)
        if plier(titre)
    ]
    entete = trouver_entete(grille, rubriques)
    # Below the first row, one word that is also a title is a value.
    if entete is None or len(grille.rangees) < 2 or (entete[0] and len(entete[1]) < 2):
        return Bloc(
            None,
            tuple(
                LigneBloc(
                    r.numero,
                    tuple(
                        r.cellules[i].texte if i in r.cellules else ""
                        for i in range(max(r.longueur, max(r.cellules) + 1))
                    ),
                )
                for r in grille.rangees
            ),
        )
    tableau = lire_source(source, rubriques)
    rangs = tuple(int(c.rubrique) for c in tableau.colonnes if c.rubrique)
    lignes = tuple(
        LigneBloc(
            ligne.numero,
            tuple(ligne.cellules[str(r)].texte if str(r) in ligne.cellules else "" for r in rangs),
        )
        for ligne in tableau.lignes
    )
    return Bloc(rangs, lignes, tableau.laisses)


def apparier(
    lignes: Sequence[Sequence[str]],
    reperes: Sequence[int],
    connues: Sequence[T],
    ecrite: Callable[[T, int], str],
) -> list[T | None]:
    """Whom each line is about, by what names it; None for one that nobody is called as.

    Several that are called the same are told apart by what else they say; each is the one of a line at most.

    Args:
        lignes: what each says, cell by cell.
        reperes: the ranks of the cells that name it.
        connues: those there are.
        ecrite: what one of them says in the cell of that rank.

    Raises:
        ErreurSaisie: a line may as well be about several.
    """
    par_nom: dict[tuple[str, ...], list[T]] = {}
    for connue in connues:
        par_nom.setdefault(tuple(cle(ecrite(connue, r)) for r in reperes), []).append(connue)
    trouvees: list[T | None] = []
    for ligne in lignes:
        possibles = par_nom.get(tuple(cle(ligne[r]) for r in reperes), [])
        meilleure = _la_plus_proche(ligne, possibles, ecrite) if possibles else None
        if meilleure is not None:
            possibles.remove(meilleure)
        trouvees.append(meilleure)
    return trouvees


def _la_plus_proche(ligne: Sequence[str], possibles: Sequence[T], ecrite: Callable[[T, int], str]) -> T:
    rangs = range(len(ligne))
    notes = [sum(cle(ligne[r]) == cle(ecrite(une, r)) for r in rangs) for une in possibles]
    premieres = [une for une, note in zip(possibles, notes, strict=True) if note == max(notes)]
    if len({tuple(cle(ecrite(une, r)) for r in rangs) for une in premieres}) > 1:
        nom = next((c for c in ligne if c.strip()), "")
        raison = f"Plusieurs lignes de la liste s’appellent «\u00a0{nom}\u00a0»\u00a0; rien n’a été changé."
        raise ErreurSaisie(raison, "Donnez-leur des noms différents, ou changez-les une par une.")
    return premieres[0]
