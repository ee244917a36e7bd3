"""What a person types in a cell of the grappe, turned into a value of the model, or refused with a French reason."""

from collections.abc import Sequence

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle, une_ligne
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.categories import categories


def texte(saisi: str, longueur: int = 300) -> str:
    """A line of text of at most `longueur` characters."""
    propre = une_ligne(saisi)
    if len(propre) > longueur:
        raise ErreurSaisie(f"{len(propre)} caractères : ce champ en accepte {longueur} au plus")
    return propre


def texte_obligatoire(saisi: str, longueur: int = 300) -> str:
    """A line of text that cannot be empty."""
    propre = texte(saisi, longueur)
    if not propre:
        raise ErreurSaisie("le nom ne peut pas être vide")
    return propre


def finess(saisi: str) -> str:
    """A FINESS number with a good key, or nothing."""
    return _numero(saisi, numeros.defaut_finess(saisi))


def siret(saisi: str) -> str:
    """A SIRET with a good key, or nothing."""
    return _numero(saisi, numeros.defaut_siret(saisi))


def _numero(saisi: str, defaut: str | None) -> str:
    numero = numeros.normaliser(saisi)
    if numero and defaut:
        raise ErreurSaisie(defaut)
    return numero


def libelle_court(code: str) -> str:
    """The short label of a category (« EHPAD »), empty when the code is unknown."""
    connue = categories().get(code)
    return (connue.libelle_court or connue.libelle) if connue else ""


def solution_id(saisi: str, dossier: Dossier) -> int | None:
    """Key of a solution of the dossier by its name; None when the cell is empty."""
    cherche = cle(saisi)
    if not cherche:
        return None
    for solution in dossier.solutions:
        if cle(solution.nom) == cherche:
            return solution.id
    noms: Sequence[str] = [f"« {s.nom} »" for s in dossier.solutions]
    if not noms:
        raise ErreurSaisie(
            "le dossier n’a encore aucune solution : ajoutez-la d’abord dans l’onglet Solutions"
        )
    raise ErreurSaisie("solution inconnue ; le dossier compte " + ", ".join(noms))
