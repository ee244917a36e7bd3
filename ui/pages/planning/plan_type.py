"""The model plan: a start date, the phases it gives, and one gesture that lays it."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, date_courte, pluriel
from esms_desktop.gestes.planning import plan as planning
from esms_desktop.nomenclature.champs import entete_de, libelle_de
from esms_desktop.regles.planning.plan_type import PhaseType, PlanType, proposer
from ui.models.table import Colonne, ModeleTable
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampDate
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from ui.pages.planning.page import PagePlanning

_COLONNES: tuple[Colonne[PhaseType], ...] = (
    Colonne(entete_de("tache.plan"), lambda p: p.plan.libelle),
    Colonne(entete_de("tache.phase"), lambda p: p.nom),
    Colonne("Du", lambda p: date_courte(p.debut), tri=lambda p: p.debut),
    Colonne("Au", lambda p: date_courte(p.fin), tri=lambda p: p.fin),
    Colonne("Tâches", lambda p: str(p.taches), tri=lambda p: p.taches, a_droite=True),
)


class DialoguePlanType(QDialog):
    """What the model plan would be."""

    def __init__(self, page: "PagePlanning") -> None:
        super().__init__(page)
        self._page = page
        self.plan: PlanType | None = None
        self.setWindowTitle("Partir du plan type")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        dossier = page.dossier()
        colonne.addWidget(Libelle("Partir du plan type", "sous-titre"))
        vagues = (
            pluriel(len(dossier.vagues), "vague")
            if dossier.vagues
            else "une vague, la grappe n’en ayant pas encore"
        )
        self.intro = Libelle(
            f"Projet du type «{NBSP}{dossier.type_projet.libelle}{NBSP}», {vagues}. Le plan type pose les tâches, leurs "
            "liens, les jalons et les services socles sur les jours ouvrés\u00a0; tout se modifie ensuite, et se retire en un "
            "geste (Ctrl+Z).",
            "muet",
        )
        colonne.addWidget(self.intro)
        self.debut = ChampDate(
            libelle_de("dossier.date_debut_projet"),
            self._changer,
            "Il devient la date de début du projet dans le dossier.",
        )
        rangee = QHBoxLayout()
        rangee.addWidget(self.debut)
        rangee.addStretch(1)
        colonne.addLayout(rangee)
        self.bilan = Libelle("")
        colonne.addWidget(self.bilan)
        self.modele: ModeleTable[PhaseType] = ModeleTable(_COLONNES, lambda p: (p.plan, p.nom))
        self.tableau = Tableau("Phases du plan type", (1.2, 2.4, 0.8, 0.8, 0.6))
        self.tableau.setModel(self.modele)
        self.tableau.setSortingEnabled(False)
        colonne.addWidget(self.tableau, 1)
        pied = QHBoxLayout()
        pied.setSpacing(10)
        pied.addStretch(1)
        pied.addWidget(bouton("&Renoncer", self.reject))
        self.poser = bouton("&Poser le plan type", self._poser, "primaire")
        pied.addWidget(self.poser)
        colonne.addLayout(pied)
        self.resize(720, 620)
        depart = dossier.date_debut_projet or page.contexte.jour()
        self.debut.fixer(depart)
        self._changer(depart)
        self.debut.viser()

    def _changer(self, debut: date | None) -> bool:
        """Lays the plan out from another day; keeps the last good one when it cannot."""
        if debut is None:
            self._refuser("Donnez la date de début du projet.")
            return True
        lu = self._page.lecture()
        try:
            self.plan = proposer(lu.dossier, lu.campagne, debut)
        except (ErreurEsms, ValueError, OverflowError) as e:
            self._refuser(
                str(e) if isinstance(e, ErreurEsms) else "Cette date est trop lointaine pour un projet."
            )
            return True
        self.modele.charger(self.plan.phases())
        jalons = sum(t.jalon for t in self.plan.taches)
        texte = (
            f"{pluriel(len(self.plan.taches) - jalons, 'tâche')} et {pluriel(jalons, 'jalon')}{NBSP}; le déploiement finit "
            f"le {date_courte(self.plan.fin_deploiement)}"
        )
        if self.plan.limite is not None:
            limite = date_courte(self.plan.limite)
            texte += (
                f", dans la limite du {limite}."
                if self.plan.tient
                else f"{NBSP}: c’est après la limite du {limite}. Il faudra raccourcir des tâches, ou réunir des vagues."
            )
        else:
            texte += "."
        self.bilan.setText(texte)
        self.bilan.fixer_genre("ok" if self.plan.tient else "warn")
        self.poser.setEnabled(True)
        return True

    def _refuser(self, texte: str) -> None:
        self.plan = None
        self.modele.charger(())
        self.bilan.setText(texte)
        self.bilan.fixer_genre("bad")
        self.poser.setEnabled(False)

    def _poser(self) -> None:
        if not self.debut.valider() or self.plan is None:
            return
        page, lu, plan = self._page, self._page.lecture(), self.plan
        neuves = page.contexte.accomplir_ou(
            self._refuser, planning.poser_plan_type, lu.dossier, lu.campagne, plan.debut
        )
        if neuves is not None:
            self.accept()
            page.rafraichir()
            page.gantt.tout_voir()
            page.dire(
                f"Le plan type est posé{NBSP}: {pluriel(len(neuves), 'tâche ou jalon', 'tâches et jalons')}."
            )
