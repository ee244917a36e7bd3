"""The tabs Coûts and Ressources humaines: what the project costs, line by line, then year by year."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.lecture import Cout, CoutRh, Dossier
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from ui.models.table import Colonne, ModeleTable
from ui.pages.financement import modele_couts as couts
from ui.pages.financement import modele_couts_rh as couts_rh
from ui.pages.financement.modele_valeurs import annees_du_projet
from ui.pages.financement.saisie import PanneauTable, Table
from ui.widgets.carte import Carte
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.contexte import Contexte

Dire = Callable[[str], object]


class CarteTotaux(Carte):
    """Totals by year (or by OG), the last row in bold.

    Args:
        titre: title, and accessible name of the table.
        colonnes, poids: the table.
        cle: what tells one row from the other.
        note: sentence under the table.
    """

    def __init__(
        self,
        titre: str,
        colonnes: Sequence[Colonne[Any]],
        poids: Sequence[float],
        cle: Callable[[Any], object],
        note: str = "",
    ) -> None:
        super().__init__(titre)
        self._dernier: object = None
        self._cle = cle
        self.modele: ModeleTable[Any] = ModeleTable(colonnes, cle, lambda x: cle(x) == self._dernier)
        self.tableau = TableauEntier(titre, self.modele, poids)
        self.ajouter(self.tableau)
        self.note = self.ajouter_texte(note, "petit")

    def montrer(self, lignes: Sequence[Any]) -> None:
        """Shows the totals; hidden when there are none."""
        self._dernier = self._cle(lignes[-1]) if lignes else None
        self.modele.charger(lignes)
        self.setVisible(bool(lignes))


def _annee(dossier: Dossier, contexte: "Contexte") -> int:
    """The year a line added by hand is in, until it is told."""
    return annees_du_projet(dossier, contexte.jour().year)[0]


class OngletCouts(QWidget):
    """The costs, and their totals by year."""

    def __init__(self, contexte: "Contexte", dire: Dire, refuser: Dire) -> None:
        super().__init__()
        self.panneau: PanneauTable[Cout] = PanneauTable(
            contexte,
            Table(
                "Coûts du projet",
                "un coût",
                "coûts",
                "Ajouter un coût",
                couts.COLONNES_COUTS,
                couts.POIDS_COUTS,
                1,
                lambda d: d.couts,
                couts.cout_neuf,
                couts.nom_cout,
                lambda d: {"nature": "licences", "annee": _annee(d, contexte)},
                (
                    "Aucun coût pour le moment",
                    f"Ajoutez les coûts{NBSP}: l’éditeur (licences, paramétrage, interfaces, formation), la reprise des "
                    "données, les équipements, l’assistance à maîtrise d’ouvrage, la communication. Chacun a une nature, "
                    "une année et un montant hors taxes, commun à tous ou propre à un organisme. Le plan de financement "
                    "(pièce 6) s’en déduit.",
                ),
                lambda d: couts.couts_a_proposer(d, contexte.jour().year),
                note=couts.NOTE_TVA,
            ),
            dire,
            refuser,
        )
        self.totaux = CarteTotaux("Coûts par année", couts.COLONNES_TOTAUX, (2, 1, 1, 1), lambda x: x.annee)
        _empiler(self, self.panneau, self.totaux)

    def charger(self, dossier: Dossier, plan: PlanPluriannuel) -> None:
        """Shows the costs of the dossier."""
        self.panneau.charger(dossier)
        self.totaux.montrer(couts.totaux_couts(plan))
        manques = sum(x.manquants for x in plan.emplois)
        self.totaux.note.setText(
            f"{pluriel(manques, 'coût n’est pas encore chiffré', 'coûts ne sont pas encore chiffrés')}."
            if manques
            else ""
        )
        self.totaux.note.setVisible(bool(manques))


class OngletRh(QWidget):
    """The cost of people, and its totals by year."""

    def __init__(self, contexte: "Contexte", dire: Dire, refuser: Dire) -> None:
        super().__init__()
        self.panneau: PanneauTable[CoutRh] = PanneauTable(
            contexte,
            Table(
                "Temps de personnel",
                "un profil",
                "profils",
                "Ajouter un profil",
                couts_rh.COLONNES_RH,
                couts_rh.POIDS_RH,
                0,
                lambda d: d.couts_rh,
                couts_rh.rh_neuf,
                couts_rh.nom_rh,
                lambda d: {"profil": "Chef de projet", "annee": _annee(d, contexte)},
                (
                    "Aucun temps de personnel pour le moment",
                    f"Ajoutez les temps que vos équipes donnent au projet{NBSP}: chef de projet, référents des structures, "
                    "formateurs internes, professionnels en formation. Le coût pour le projet se calcule au prorata des "
                    "ETP et de la part donnée au projet.",
                ),
                lambda d: couts_rh.rh_a_proposer(d, contexte.jour().year),
                note=f"Coût pour le projet = ETP × coût annuel chargé × part projet (source{NBSP}: KIT, pièce 6{NBSP}; SONS).",
            ),
            dire,
            refuser,
        )
        self.totaux = CarteTotaux(
            "Temps de personnel par année", couts_rh.COLONNES_TOTAUX_RH, (2, 1, 1), lambda x: x.annee
        )
        _empiler(self, self.panneau, self.totaux)

    def charger(self, dossier: Dossier, plan: PlanPluriannuel) -> None:
        """Shows the people of the dossier."""
        self.panneau.charger(dossier)
        self.totaux.montrer(couts_rh.totaux_rh(plan))
        manques = sum(x.manquants for x in plan.rh)
        self.totaux.note.setText(
            f"{pluriel(manques, 'ligne n’est pas encore chiffrée', 'lignes ne sont pas encore chiffrées')}."
            if manques
            else ""
        )
        self.totaux.note.setVisible(bool(manques))


def _empiler(cadre: QWidget, *widgets: QWidget) -> None:
    colonne = QVBoxLayout(cadre)
    colonne.setContentsMargins(0, 0, 0, 0)
    colonne.setSpacing(14)
    for widget in widgets:
        colonne.addWidget(widget)
    colonne.addStretch(1)
