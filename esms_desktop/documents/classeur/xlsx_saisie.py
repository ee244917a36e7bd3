"""What a sheet lets a person type: closed lists, whole years, amounts that are numbers; filters in the header of a table."""

from typing import Any

from esms_desktop.documents.classeur.classeur import ColonneXl, Feuille, TableXl, est_saisie
from esms_desktop.documents.classeur.xlsx_formules import Plan

_ANNEES = (2000, 2100)
_MAXIMUM = 10**9


def limiter(ecrivain: Any, plan: Plan, table: TableXl, rang: int) -> None:
    """Says what the cells to fill of a column may hold; « [à compléter] » stays until it is replaced."""
    colonne = table.colonnes[rang]
    if not colonne.saisie:
        return
    regle = _regle(plan, table, colonne)
    if regle is None:
        return
    debut = plan.entete(table.cle) + 1
    for premiere, derniere in _suites(table, rang):
        ecrivain.data_validation(debut + premiere, rang, debut + derniere, rang, regle)


def _suites(table: TableXl, rang: int) -> list[tuple[int, int]]:
    """The stretches of data rows whose cell of that column is typed: first and last, from 0."""
    suites: list[tuple[int, int]] = []
    for i, ligne in enumerate(table.lignes):
        if est_saisie(table.colonnes[rang], ligne, ligne.cellules[rang]):
            if suites and suites[-1][1] == i - 1:
                suites[-1] = (suites[-1][0], i)
            else:
                suites.append((i, i))
    return suites


def _regle(plan: Plan, table: TableXl, colonne: ColonneXl) -> dict[str, Any] | None:
    if colonne.choix is not None:
        return {
            "validate": "list",
            "source": f"={plan.plage(colonne.choix, table.cle)}",
            "error_title": "Hors de la liste",
            "error_message": "Choisissez une valeur de la liste : les totaux en dépendent.",
        }
    match colonne.genre:
        case "annee":
            minimum, maximum = _ANNEES
            return {
                "validate": "integer",
                "criteria": "between",
                "minimum": minimum,
                "maximum": maximum,
                "error_title": "Année",
                "error_message": "Saisissez une année, en quatre chiffres, ou laissez la case vide.",
            }
        case "entier" | "compte":
            return _nombre("integer", "Nombre", "Saisissez un nombre entier, sans unité.")
        case "euros" | "decimal":
            return _nombre("decimal", "Montant", "Saisissez un nombre, sans unité ni lettre.")
        case "taux":
            return _nombre("decimal", "Pourcentage", "Saisissez un pourcentage, de 0 à 100 %.", 1)
        case _:
            return None


def _nombre(genre: str, titre: str, message: str, maximum: int = _MAXIMUM) -> dict[str, Any]:
    return {
        "validate": genre,
        "criteria": "between",
        "minimum": 0,
        "maximum": maximum,
        "error_title": titre,
        "error_message": message,
    }


def filtrer(ecrivain: Any, plan: Plan, feuille: Feuille) -> None:
    """Puts filters in the header of the only table of a sheet."""
    (table,) = feuille.tables
    if table.lignes:
        debut = plan.entete(table.cle)
        ecrivain.autofilter(debut, 0, debut + len(table.lignes), len(table.colonnes) - 1)
