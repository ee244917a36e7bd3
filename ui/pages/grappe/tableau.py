"""The table of the ESSMS of the grappe."""

from collections.abc import Callable

from ui.pages.commun.liste_tableau import TableauSaisie
from ui.pages.grappe.modele_essms import ModeleEssms

_POIDS = (3.0, 1.2, 1, 1.2, 2, 0.7, 1.4, 1.4, 0.7, 1.2, 1.2)
# Columns that stay wide enough to be read when all of them do not fit, in average characters.
_CONFORT = {0: 24, 4: 16, 6: 14, 9: 14, 10: 14}


class TableauEssms(TableauSaisie):
    """The table. `a_coller(text, several)`: as its base."""

    def __init__(self, modele: ModeleEssms, a_coller: Callable[[str, bool], object]) -> None:
        super().__init__("ESSMS de la grappe", modele, _POIDS, _CONFORT, a_coller)
