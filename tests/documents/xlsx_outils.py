"""What the tests of workbooks share: a small workbook, and how to read one back."""

import io

import openpyxl

from esms_desktop.documents.classeur.classeur import Classeur, ColonneXl, Feuille, LigneXl, TableXl


def classeur(*lignes: LigneXl, nom: str = "Essai", autres: tuple[Feuille, ...] = ()) -> Classeur:
    table = TableXl("t", "Table", (ColonneXl("nom", "Nom"), ColonneXl("montant", "Montant", "euros")), lignes)
    return Classeur("x", "Titre", "Grappe", "Porteur", (Feuille(nom, "Titre", (table,)), *autres))


def cellules(octets: bytes, valeurs: bool) -> dict[tuple[str, str], object]:
    """Every filled cell: formulas, or the values stored beside them."""
    fichier = openpyxl.load_workbook(io.BytesIO(octets), data_only=valeurs)
    return {
        (feuille.title, cellule.coordinate): cellule.value
        for feuille in fichier
        for rangee in feuille.iter_rows()
        for cellule in rangee
        if cellule.value is not None
    }


def formules(octets: bytes) -> dict[tuple[str, str], str]:
    return {
        place: valeur
        for place, valeur in cellules(octets, valeurs=False).items()
        if isinstance(valeur, str) and valeur.startswith("=")
    }
