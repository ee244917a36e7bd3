"""The menus of the page Planning: what leaves it, what comes in, what is done to the tasks chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from esms_desktop.francais import NBSP, date_courte, majuscule, ou_tiret, pluriel
from esms_desktop.gestes.planning import plan as planning
from esms_desktop.gestes.planning.exporter import FormatPlanning, personnes
from esms_desktop.lecture import Dossier
from esms_desktop.regles.planning.jalons import JALONS
from esms_desktop.regles.planning.planning import Planning
from esms_desktop.regles.planning.reports import reports
from ui.widgets.question import demander

if TYPE_CHECKING:
    from ui.pages.planning.page import PagePlanning


class MenusPlanning:
    """The menus, and what their entries do. `sorties`, `plus`, `tache`: the three of them."""

    def __init__(self, page: "PagePlanning") -> None:
        self._page = page
        self.sorties = QMenu("Exporter", page)
        for nature in FormatPlanning:
            self._action(self.sorties, f"{nature.libelle}…", self._sortie(nature))
        self.agendas = QMenu("Agenda d’une &personne (ICS)", page)
        self.sorties.addMenu(self.agendas)
        self.plus = QMenu("Plus", page)
        self._action(self.plus, "Ajouter un &jalon", lambda: page.ajouter(jalon=True))
        self.a_plan_type = self._action(self.plus, "Partir du plan &type…", self.plan_type)
        self._action(self.plus, "&Coller un tableau…\tCtrl+Maj+V", self.coller)
        self._action(self.plus, "&Importer un fichier de projet (XML, POD, GAN)…", self.importer)
        self.plus.addSeparator()
        self.a_prendre = self._action(self.plus, "&Prendre la référence…", self.prendre_reference)
        self.a_effacer = self._action(self.plus, "&Effacer la référence", self.effacer_reference)
        self.a_reporter = self._action(self.plus, "&Reporter les dates dans le dossier…", self.reporter)
        self.plus.addSeparator()
        self._action(self.plus, "Jours fériés et &fermetures…", self.regler)
        self.tache = QMenu("Tâche", page)
        self._action(self.tache, "&Ouvrir la tâche\tEntrée", lambda: page.ouvrir_tache(page.choisie))
        self._action(self.tache, "&Monter\tAlt+Haut", lambda: page.monter(-1))
        self._action(self.tache, "&Descendre\tAlt+Bas", lambda: page.monter(1))
        self._action(self.tache, "D&upliquer", self.dupliquer)
        self._action(self.tache, "&Retirer…\tSuppr", lambda: page.retirer())
        self.plus.addSeparator()
        self.plus.addMenu(self.tache).setText("Tâches &choisies")

    def _action(self, menu: QMenu, texte: str, slot: Callable[[], object]) -> QAction:
        action = menu.addAction(texte)
        action.triggered.connect(lambda _=False: slot())
        return action

    def _sortie(self, nature: FormatPlanning) -> Callable[[], object]:
        return lambda: self.sortir(nature)

    def _agenda(self, personne: str) -> Callable[[], object]:
        from ui.pages.planning import sorties as planning_sorties

        return lambda: planning_sorties.demander_agenda(self._page, personne)

    def actualiser(self, dossier: Dossier, planning: Planning) -> None:
        """Enables what can be done now."""
        reglage = dossier.reglage_planning
        self.a_effacer.setEnabled(reglage is not None and reglage.reference_le is not None)
        self.a_prendre.setEnabled(bool(planning.taches))
        self.a_reporter.setEnabled(bool(reports(dossier, planning)))
        noms = personnes(dossier)
        self.agendas.setEnabled(bool(noms))
        if noms != tuple(a.data() for a in self.agendas.actions()):
            self.agendas.clear()
            for nom in noms:
                # A name shows as it is, « & » too.
                self._action(self.agendas, f"{nom.replace('&', '&&')}…", self._agenda(nom)).setData(nom)
        self.a_plan_type.setEnabled(not any(t.origine in JALONS for t in dossier.taches))

    # -- coming in ---------------------------------------------------------------------------------------------

    def plan_type(self) -> None:
        """Proposes the model plan from a start date."""
        from ui.pages.planning.plan_type import DialoguePlanType

        DialoguePlanType(self._page).open()

    def coller(self) -> None:
        """Shows what the clipboard holds as tasks to add."""
        from ui.pages.planning.importation import proposer_tableau

        proposer_tableau(self._page, QGuiApplication.clipboard().text())

    def importer(self) -> None:
        """Asks for a project file, then shows what it holds."""
        from ui.pages.planning.importation import demander_projet

        demander_projet(self._page)

    def regler(self) -> None:
        """Shows whose public holidays count, and the closures."""
        from ui.pages.planning.reglages import DialogueReglages

        DialogueReglages(self._page).open()

    # -- going out ---------------------------------------------------------------------------------------------

    def sortir(self, nature: FormatPlanning) -> None:
        """Prints the planning, or writes it to a file."""
        from ui.pages.planning import sorties as planning_sorties

        if nature is FormatPlanning.PDF:
            planning_sorties.DialogueGantt(self._page).open()
        else:
            planning_sorties.demander_sortie(self._page, nature)

    # -- the reference and the dates of the dossier ------------------------------------------------------------

    def prendre_reference(self) -> None:
        """Keeps where every task falls now, once agreed when a reference is replaced."""
        page, dossier = self._page, self._page.dossier()
        reglage = dossier.reglage_planning
        if reglage is not None and reglage.reference_le is not None:
            texte = (
                f"La référence prise le {date_courte(reglage.reference_le)} sera remplacée par le planning d’aujourd’hui. "
                "Vous pourrez annuler (Ctrl+Z)."
            )
            if not demander(page, "Remplacer la référence\u00a0?", texte, "Remplacer", "Garder"):
                return
        jour = page.contexte.jour()
        if page.contexte.reussir(page.refuser, planning.prendre_reference, dossier, jour):
            page.barre.reference.setChecked(True)
            page.dire("La référence est prise\u00a0: le diagramme montrera l’écart avec elle.")

    def effacer_reference(self) -> None:
        """Forgets the reference."""
        page = self._page
        if page.contexte.reussir(page.refuser, planning.effacer_reference, page.dossier()):
            page.dire("La référence est effacée.")

    def reporter(self) -> None:
        """Shows the dates the planning would write in the dossier, and writes them if agreed."""
        page, dossier = self._page, self._page.dossier()
        if page.planning is None:
            return
        ecarts = reports(dossier, page.planning)
        if not ecarts:
            page.dire("Le dossier dit déjà les mêmes dates que le planning.")
            return
        lignes = tuple(
            f"{majuscule(e.quoi)}{NBSP}: {ou_tiret(date_courte, e.presente)} → {date_courte(e.voulue)}"
            for e in ecarts
        )
        texte = (
            f"{pluriel(len(ecarts), 'date du dossier prend', 'dates du dossier prennent')} la valeur du planning. Les "
            "documents et le financement les liront. Vous pourrez annuler (Ctrl+Z)."
        )
        if not demander(
            page,
            "Reporter ces dates dans le dossier\u00a0?",
            texte,
            "Reporter",
            "Ne rien faire",
            lignes=lignes,
        ):
            return
        if page.contexte.reussir(page.refuser, planning.reporter_dates, dossier, page.contexte.jour()):
            page.dire(f"{pluriel(len(ecarts), 'date reportée', 'dates reportées')} dans le dossier.")

    # -- the tasks chosen --------------------------------------------------------------------------------------

    def dupliquer(self) -> None:
        """Copies the tasks chosen, with what they wait for."""
        page = self._page
        visees = page.choisies()
        if not visees:
            page.refuser("Choisissez d’abord une tâche.")
            return
        neuves = page.contexte.accomplir_ou(page.refuser, planning.dupliquer, visees)
        if neuves:
            page.rafraichir()
            page.montrer_tache(neuves[0].id)
            page.dire(f"{pluriel(len(neuves), 'tâche ajoutée', 'tâches ajoutées')}.")
