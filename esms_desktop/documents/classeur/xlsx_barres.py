"""A calendar drawn with the cells of a sheet: one column a week, filled from the first to the last day of each row."""

from datetime import date, timedelta
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from esms_desktop.documents.classeur.classeur import Feuille, serie
from esms_desktop.documents.classeur.xlsx_formules import Plan
from esms_desktop.documents.classeur.xlsx_styles import ACCENT, DISCRET, FILET, FOND, Styles

# More weeks than that would not be read, nor printed: each column then stands for several.
_COLONNES_MAX = 110
LARGE = 1.7


def semaines(debut: date, fin: date) -> list[date]:
    """The Mondays that head the columns, a week apart, or several for a long calendar."""
    premier = debut - timedelta(debut.weekday())
    nombre = (fin - premier).days // 7 + 1
    pas = -(-nombre // _COLONNES_MAX)
    return [premier + timedelta(7 * pas * i) for i in range(-(-nombre // pas))]


def nombre(feuille: Feuille) -> int:
    """How many columns the calendar of a sheet takes, 0 when it has none."""
    return len(semaines(*feuille.jours)) if feuille.barres is not None and feuille.jours is not None else 0


def dessiner(ecrivain: Any, plan: Plan, feuille: Feuille, styles: Styles) -> None:
    """Draws the calendar beside the table of a sheet. It follows the dates: rules colour the cells, nothing is written in them."""
    if feuille.barres is None or feuille.jours is None:
        return
    (table,) = feuille.tables
    lundis = semaines(*feuille.jours)
    pas = (lundis[1] - lundis[0]).days if len(lundis) > 1 else 7
    premiere = len(table.colonnes)
    derniere = premiere + len(lundis) - 1
    entete = plan.entete(table.cle)
    style = styles(
        bold=True,
        font_size=7,
        font_color=DISCRET,
        bg_color=FOND,
        bottom=2,
        bottom_color=ACCENT,
        rotation=90,
        num_format="dd/mm/yy",
        align="center",
    )
    ecrivain.set_column(premiere, derniere, LARGE)
    for rang, lundi in enumerate(lundis):
        ecrivain.write_number(entete, premiere + rang, serie(lundi), style)
    if not table.lignes:
        return
    cles = [c.cle for c in table.colonnes]
    haut, bas = entete + 1, entete + len(table.lignes)
    jours = [xl_rowcol_to_cell(haut, cles.index(c), col_abs=True) for c in feuille.barres]
    tete = xl_rowcol_to_cell(entete, premiere, row_abs=True)
    dans = f"AND(ISNUMBER({jours[0]}),{jours[0]}<{tete}+{pas},{jours[1]}>={tete})"
    plein = styles(bg_color=ACCENT, font_color=ACCENT)
    grille = styles(left=4, left_color=FILET, bottom=1, bottom_color=FILET)
    ecrivain.conditional_format(
        haut, premiere, bas, derniere, {"type": "formula", "criteria": f"={dans}", "format": plein}
    )
    ecrivain.conditional_format(
        haut, premiere, bas, derniere, {"type": "formula", "criteria": "=TRUE", "format": grille}
    )
