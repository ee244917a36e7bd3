"""The cells of the tables of risks and of actions: a level painted as a gauge, a list where the value is chosen."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from esms_desktop.lecture import Dossier
from ui.models.lignes import ColonneLue
from ui.models.saisie import ColonneSaisie, ModeleSaisie
from ui.pages.financement.choix import CelluleChoix
from ui.pages.financement.modele_couts import ColonneChoix
from ui.widgets.tableaux.carte_chaleur import CelluleNiveau


class CelluleRisque(CelluleChoix, CelluleNiveau):
    """Paints levels, edits with lists.

    Args:
        modele: the rows, whose columns say their choices.
        dossier: gives the dossier shown, whose scales have their own words.
    """

    def __init__(
        self, modele: ModeleSaisie[Any], dossier: Callable[[], Dossier | None], parent: QWidget
    ) -> None:
        self._modele, self._dossier = modele, dossier
        super().__init__(self._choix, parent)

    def _choix(self, rang: int) -> tuple[Sequence[str], bool] | None:
        colonne, dossier = self._modele.colonnes[rang], self._dossier()
        if not isinstance(colonne, ColonneChoix) or dossier is None:
            return None
        textes = colonne.options(dossier)
        return (textes, colonne.libre) if textes else None


def calculees(colonnes: Sequence[ColonneLue[Any]]) -> set[str]:
    """The titles of the columns that are reckoned."""
    return {c.titre for c in colonnes if isinstance(c, ColonneSaisie) and c.lire is None}
