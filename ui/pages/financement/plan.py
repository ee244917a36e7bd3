"""The tab Plan pluriannuel: costs and resources by year, what balances them, who pays the rest."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import financement as gestes
from esms_desktop.lecture import Dossier, Ressource
from esms_desktop.regles.constats import Cible, Constat, Page
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from ui.pages.commun.date_du_dossier import date_du_dossier
from ui.pages.financement import modele_plan as lignes
from ui.pages.financement import modele_ressources as ressources
from ui.pages.financement.modele_valeurs import annees_du_projet
from ui.pages.financement.reste import CarteReste
from ui.pages.financement.saisie import PanneauTable, Table
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.libelle import Libelle
from ui.widgets.question import demander
from ui.widgets.reste_a_faire import ResteAFaire
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.contexte import Contexte

Dire = Callable[[str], object]


def du_plan(constat: Constat) -> bool:
    """Whether a finding is about the plan."""
    return constat.code.startswith("plan.")


class CarteEquilibre(Carte):
    """Where the plan stands, the two dates that place the money, and the gesture that balances it."""

    def __init__(
        self, contexte: "Contexte", dossier: Callable[[], Dossier], equilibrer: Callable[[], object]
    ) -> None:
        super().__init__("Équilibre du plan")
        self._contexte, self._dossier = contexte, dossier
        self.equilibrer = self.ajouter_action(
            bouton(
                "Équilibrer par autofinancement",
                equilibrer,
                aide="Propose l’autofinancement de chaque année, réparti entre les organismes",
            )
        )
        self.badge = Badge()
        self.corps.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft)
        self.phrase = self.ajouter_texte("")
        rangee = QHBoxLayout()
        rangee.setSpacing(22)
        self.convention = date_du_dossier(
            contexte, "date_convention", "Dater la convention", "L’avance tombe dans son année."
        )
        self.deploiement = date_du_dossier(
            contexte,
            "date_fin_deploiement",
            "Dater la fin du déploiement",
            "Le solde tombe dans son année.",
        )
        rangee.addWidget(self.convention, 1)
        rangee.addWidget(self.deploiement, 1)
        rangee.addStretch(1)
        self.corps.addLayout(rangee)

    def viser(self, _: Cible) -> None:
        """Puts the focus on the gesture that balances."""
        self.equilibrer.setFocus()

    def montrer(self, dossier: Dossier, plan: PlanPluriannuel) -> None:
        """Shows the balance."""
        self.badge.fixer(*lignes.bilan(plan))
        self.phrase.setText(lignes.phrase_bilan(plan))
        self.convention.fixer(dossier.date_convention, dossier)
        self.deploiement.fixer(dossier.date_fin_deploiement, dossier)
        self.equilibrer.setEnabled(
            bool(plan.emplois or plan.rh) and any(s.ecart_cents for s in plan.par_annee)
        )


class OngletPlan(QWidget):
    """The plan and what makes it."""

    demande_page = Signal(object)

    def __init__(
        self, contexte: "Contexte", dossier: Callable[[], Dossier], dire: Dire, refuser: Dire
    ) -> None:
        super().__init__()
        self._contexte, self._dire, self._refuser = contexte, dire, refuser
        self._plan: PlanPluriannuel | None = None
        self._dossier: Dossier | None = None
        self.equilibre = CarteEquilibre(contexte, dossier, self.equilibrer)
        self.constats = ResteAFaire()
        self.constats.titre.setText("Contrôles du plan")
        self.constats.aller.connect(self.demande_page)
        self.modele: lignes.ModeleColonnes[lignes.LignePlan] = lignes.ModeleColonnes(
            lignes.colonnes_plan(()), lambda x: x.cle, lambda x: x.forte
        )
        self.tableau = TableauEntier("Plan de financement pluriannuel", self.modele, (3.0, *[1.0] * 20))
        self.tableau.activee.connect(self._ouvrir)
        carte = Carte("Plan de financement pluriannuel")
        carte.ajouter(self.tableau)
        self.hypotheses = Libelle("", "petit")
        carte.ajouter(self.hypotheses)
        self.carte = carte
        self.ressources = self._ressources()
        self.reste = CarteReste(contexte, dossier, refuser)
        self.reste.demande_page.connect(self.demande_page)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        for widget in (self.equilibre, carte, self.ressources, self.reste, self.constats):
            colonne.addWidget(widget)
        colonne.addStretch(1)

    def _ressources(self) -> PanneauTable[Ressource]:
        return PanneauTable(
            self._contexte,
            Table(
                "Autofinancement et autres ressources",
                "une ressource",
                "ressources",
                "Ajouter une ressource",
                ressources.COLONNES_RESSOURCES,
                ressources.POIDS_RESSOURCES,
                1,
                lambda d: d.ressources,
                ressources.ressource_neuve,
                ressources.nom_ressource,
                lambda d: {
                    "genre": gestes.AUTOFINANCEMENT,
                    "annee": annees_du_projet(d, self._contexte.jour().year)[0],
                },
                (
                    "Aucune autre ressource pour le moment",
                    f"Ce que le programme ne paie pas vient des organismes (autofinancement) ou d’ailleurs{NBSP}: "
                    "département, fondation, emprunt. Les montants du programme sont déjà dans le plan.",
                ),
            ),
            self._dire,
            self._refuser,
        )

    # -- showing -----------------------------------------------------------------------------------------------

    def charger(self, dossier: Dossier, plan: PlanPluriannuel) -> None:
        """Shows the plan."""
        self._dossier, self._plan = dossier, plan
        self.equilibre.montrer(dossier, plan)
        self.modele.montrer(lignes.colonnes_plan(plan.annees), lignes.lignes_plan(plan))
        self.tableau.ajuster()
        projet = plan.finance.projet
        dites = [f"Hypothèse à confirmer{NBSP}: {t}" for t in projet.hypotheses]
        note = f"Source du plan{NBSP}: KIT, pièce 6. Un montant qui manque compte pour 0{NBSP}€ et reste signalé."
        self.hypotheses.setText("\n".join((note, *dites)))
        self.ressources.charger(dossier)
        self.reste.montrer(dossier, plan)

    def _ouvrir(self, rang: int) -> None:
        """A double click on a row goes where it is typed."""
        cle = self.modele.objet(rang).cle
        if not isinstance(cle, tuple) or self._plan is None:
            return
        genre = cle[0]
        if genre == "emploi":
            ids = next(x.ids for x in self._plan.emplois if (x.nature, x.detail, x.og_id) == cle[1:])
            self.demande_page.emit(Cible(Page.FINANCEMENT, "cout", ids[0]))
        elif genre == "rh":
            ligne = next(x for x in self._plan.rh if (x.profil, x.og_id) == cle[1:])
            self.demande_page.emit(Cible(Page.FINANCEMENT, "cout_rh", ligne.details[0].id))
        elif cle[1] != "programme":
            trouvee = next(
                x for x in self._plan.ressources if (x.origine, x.poste, x.libelle, x.og_id) == cle[1:]
            )
            self.demande_page.emit(Cible(Page.FINANCEMENT, "ressource", trouvee.ids[0]))

    # -- writing -----------------------------------------------------------------------------------------------

    def equilibrer(self) -> None:
        """Says what would balance each year, then writes it in one gesture if agreed."""
        if self._dossier is None or self._plan is None:
            return
        propose = gestes.proposer_equilibre(self._dossier, self._plan)
        phrases = ressources.phrases(propose, self._dossier)
        if not propose.ajouts and not propose.baisses:
            demander(
                self,
                "L’autofinancement ne suffit pas",
                "Aucune ligne d’autofinancement ne peut équilibrer ce plan.",
                "",
                "Fermer",
                lignes=phrases,
            )
            return
        if not demander(
            self,
            "Équilibrer par autofinancement ?",
            "Ces lignes s’inscrivent dans les ressources du plan. Vous pourrez les corriger, ou annuler (Ctrl+Z).",
            "Équilibrer",
            lignes=phrases,
        ):
            return

        n = self._contexte.accomplir(gestes.appliquer, propose)
        if n is not None:
            self._dire(f"Autofinancement ajusté{NBSP}: {pluriel(n, 'ligne')}.")
