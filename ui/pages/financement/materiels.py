"""The tab Matériels of the page Financement: the priced list (piece 11), against the equipment money."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esms_desktop.francais import NBSP
from esms_desktop.lecture import Dossier, Materiel
from esms_desktop.regles.constats import Constat
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from ui.pages.financement import modele_materiels as materiels
from ui.pages.financement.couts import CarteTotaux
from ui.pages.financement.saisie import PanneauTable, Table
from ui.widgets.boutons import bouton
from ui.widgets.reste_a_faire import ResteAFaire

if TYPE_CHECKING:
    from ui.contexte import Contexte

Dire = Callable[[str], object]
_CODES = ("materiels.", "plan.equipement", "plan.materiels", "financement.equipement")


def de_materiels(constat: Constat) -> bool:
    """Whether a finding is about the materials."""
    return constat.code.startswith(_CODES)


class OngletMateriels(QWidget):
    """The list, what it comes to by OG, and what is missing."""

    demande_page = Signal(object)

    def __init__(
        self, contexte: "Contexte", dire: Dire, refuser: Dire, exporter: Callable[[], object]
    ) -> None:
        super().__init__()
        self.constats = ResteAFaire()
        self.constats.titre.setText("Ce que la liste demande")
        self.constats.aller.connect(self.demande_page)
        self.panneau: PanneauTable[Materiel] = PanneauTable(
            contexte,
            Table(
                "Liste des matériels (pièce 11)",
                "un matériel",
                "matériels",
                "Ajouter un matériel",
                materiels.COLONNES_MATERIELS,
                materiels.POIDS_MATERIELS,
                0,
                lambda d: d.materiels,
                materiels.materiel_neuf,
                lambda m: m.libelle,
                lambda _: {"libelle": "Matériel"},
                (
                    "Aucun matériel pour le moment",
                    "La liste chiffrée des matériels est jointe au dossier (pièce 11) quand le projet demande l’aide à "
                    f"l’équipement{NBSP}: ce qui est acheté, pour quel usage, dans quelle structure, à quel prix.",
                ),
                materiels.materiels_a_proposer,
                par_annee=False,
            ),
            dire,
            refuser,
        )
        self.totaux = CarteTotaux(
            "Matériels et équipement financé",
            materiels.COLONNES_TOTAUX_OG,
            (2.4, 0.7, 1, 1, 1.2, 1.6),
            lambda x: x.og,
        )
        self.bouton_excel = self.totaux.ajouter_action(
            bouton(
                "E&xporter les matériels en Excel…",
                exporter,
                aide="La liste par organisme et son récapitulatif, avec leurs formules",
            )
        )
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        colonne.addWidget(self.constats)
        colonne.addWidget(self.panneau)
        colonne.addWidget(self.totaux)
        colonne.addStretch(1)

    def charger(self, dossier: Dossier, plan: PlanPluriannuel, source: str) -> None:
        """Shows the list. `source`: the text that sets the equipment money."""
        self.panneau.charger(dossier)
        self.totaux.montrer(materiels.totaux(plan.materiels, plan))
        self.totaux.note.setText(
            f"L’équipement financé ne dépasse pas la liste, toutes taxes comprises. Source du forfait{NBSP}: {source}."
        )
