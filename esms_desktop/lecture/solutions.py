"""The software solutions a project compares, and the one it retains."""

from datetime import date
from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, enfants, parent
from esms_desktop.nomenclature.vocabulaire import StatutSolution

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier
    from esms_desktop.lecture.grappe import Essms


class Solution(Ligne):
    """A DUI solution. `prix_cents`: real price of the éditeur's service for the whole project, in cents, all taxes."""

    __slots__ = ()
    table = "solution"

    id: int
    dossier_id: int
    retenue: bool
    nom: str
    editeur: str
    statut: StatutSolution | None
    date_referencement: date | None
    date_referencement_prevue: date | None
    dans_sad: bool | None
    prix_cents: int | None

    dossier: "Dossier" = parent("dossier", "dossier_id")
    essms: "list[Essms]" = enfants("essms", "solution_id")
