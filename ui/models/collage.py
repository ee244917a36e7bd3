"""A block pasted from a spreadsheet over the table of ESSMS: what can be written, and what cannot, line by line."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier, Essms
from ui.pages.grappe.modele_essms import COLONNES

_TITRES = [c.titre for c in COLONNES]


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


@dataclass(frozen=True)
class Collage:
    """What a paste would write, by key of ESSMS, and what it refuses. `valeurs`: how many cells are good."""

    champs: dict[int, dict[str, object]]
    valeurs: int
    fautes: tuple[Faute, ...]


def lignes_collees(texte: str) -> list[list[str]]:
    """The cells of a text copied from a spreadsheet: tabs between cells, quotes around cells that hold a line break.

    Raises:
        ErreurSaisie: a cell is larger than any table would hold.
    """
    propre = texte.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return list(csv.reader(io.StringIO(propre.rstrip("\n"), newline=""), delimiter="\t"))
    except csv.Error as e:
        raise ErreurSaisie(
            "Le presse-papiers ne contient pas un tableau lisible ; rien n’a été changé."
        ) from e


def analyser(
    texte: str, lignes: Sequence[Essms], colonnes: Sequence[int], dossier: Dossier, repeter: int = 1
) -> Collage:
    """Reads a pasted block, without writing anything.

    Args:
        texte: what the clipboard holds.
        lignes: the ESSMS from the current cell down, in the order they are seen.
        colonnes: numbers of the columns from the current cell to the right, in the order they are seen.
        dossier: the dossier whose solutions can be named.
        repeter: a single pasted cell goes to that many lines (the selected ones).
    """
    bloc = lignes_collees(texte)
    premiere = 1
    if bloc and all(c in _TITRES for c in bloc[0]) and len(bloc) > 1:
        # The block was copied with its headers: they say the columns.
        colonnes = [_TITRES.index(c) for c in bloc[0]]
        bloc, premiere = bloc[1:], 2
    if len(bloc) == 1 and len(bloc[0]) == 1:
        bloc = bloc * repeter
    champs: dict[int, dict[str, object]] = {}
    fautes: list[Faute] = []
    bonnes = 0
    for position, cellules in enumerate(bloc):
        numero = position + premiere
        if position >= len(lignes):
            fautes.append(
                Faute(
                    numero,
                    "ligne entière",
                    "",
                    "il n’y a plus d’ESSMS en dessous ; ajoutez-les avant de coller",
                )
            )
            continue
        for rang, valeur in enumerate(cellules):
            if rang >= len(colonnes):
                if valeur.strip():
                    fautes.append(
                        Faute(numero, "hors du tableau", valeur, "il n’y a plus de colonne à droite")
                    )
                continue
            colonne = COLONNES[colonnes[rang]]
            if colonne.lire is None:
                if valeur.strip() != colonne.texte(lignes[position]):
                    fautes.append(Faute(numero, colonne.titre, valeur, "cette colonne ne se saisit pas ici"))
                continue
            try:
                lus = colonne.lire(valeur, dossier)
            except ErreurSaisie as erreur:
                fautes.append(Faute(numero, colonne.titre, valeur, erreur.message))
                continue
            champs.setdefault(lignes[position].id, {}).update(lus)
            bonnes += 1
    return Collage(champs, bonnes, tuple(fautes))
