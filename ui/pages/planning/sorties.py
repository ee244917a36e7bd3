"""What leaves the planning: a Gantt seen before it is printed, a workbook, a calendar, a project file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout

from esms_desktop.documents.gantt.options import OptionsGantt, Zoom
from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import NBSP, de
from esms_desktop.gestes.planning import exporter as sortie
from esms_desktop.gestes.planning.exporter import FormatPlanning
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.progress import Progress
from ui import sorties
from ui.pages.planning.barre import Bascules, bascule
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.impression import DialogueImpression, Feuillet
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from ui.pages.planning.page import PagePlanning


def demander_sortie(page: "PagePlanning", nature: FormatPlanning) -> None:
    """Asks where to write the planning, and writes it there."""
    propose = sortie.nom_propose(page.dossier(), nature)
    chemin = sorties.demander_fichier(page, nature.libelle, propose, nature.filtre)
    if chemin is not None:
        ecrire(page, nature, chemin)


def demander_agenda(page: "PagePlanning", personne: str) -> None:
    """Asks where to write the calendar of a person, and writes it there."""
    nature = FormatPlanning.ICS
    propose = sortie.nom_propose(page.dossier(), nature)
    chemin = sorties.demander_fichier(page, f"Agenda {de(personne)}", propose, nature.filtre)
    if chemin is not None:
        ecrire_agenda(page, personne, chemin)


def ecrire_agenda(page: "PagePlanning", personne: str, chemin: Path) -> None:
    """Writes the calendar of a person."""
    lu = page.lecture()
    try:
        ecrit = sortie.agenda_de(lu.dossier, lu.jour, personne, chemin)
    except ErreurEsms as e:
        echouer(page, e)
        return
    page.bandeau.montrer(f"L’agenda {de(personne)} est écrit dans {ecrit}.", "ok", secondes=20)


def ecrire(page: "PagePlanning", nature: FormatPlanning, chemin: Path) -> None:
    """Writes the planning beside the window."""
    lu = page.lecture()
    # Everything is read of the base here: the work beside touches none of it.
    sortie.projet(lu.dossier, page.lu(), lu.jour)

    def travail(progress: Progress) -> Path:
        progress.etape(0, 0, f"Écriture {de(chemin.name)}")
        return sortie.exporter(lu.dossier, lu.campagne, lu.jour, nature, chemin)

    page.contexte.taches.lancer(
        "Export du planning",
        travail,
        lambda ecrit: page.bandeau.montrer(
            f"Le planning est écrit dans {ecrit}.",
            "ok",
            ("Ouvrir", lambda: sorties.ouvrir(ecrit)),
            secondes=20,
        ),
        lambda erreur: echouer(page, erreur),
    )


def echouer(page: "PagePlanning", erreur: ErreurEsms) -> None:
    """Says why nothing was written."""
    page.bandeau.montrer(str(erreur), "info" if isinstance(erreur, Interruption) else "bad")


class DialogueGantt(QDialog):
    """How the Gantt is printed: the paper, one page or several, which plans, for which organisation."""

    def __init__(self, page: "PagePlanning") -> None:
        super().__init__(page)
        self._page = page
        self.setWindowTitle("Imprimer le Gantt")
        self.setModal(True)
        self.finished.connect(self.deleteLater)
        dossier = page.dossier()
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle("Imprimer le Gantt", "sous-titre"))
        self.texte = Libelle(
            "Sur une page, tout tient d’un coup d’œil\u00a0; quand les caractères seraient trop petits pour être lus, le Gantt "
            "s’étale sur plusieurs pages, noms et dates répétés.",
            "muet",
        )
        self.texte.setMinimumWidth(480)
        colonne.addWidget(self.texte)
        self.format = ChampChoix("Papier", [("A4", "A4 paysage"), ("A3", "A3 paysage")])
        self.tuiles = ChampChoix("Mise en page", [(False, "Sur une page"), (True, "Sur plusieurs pages")])
        self.zoom = ChampChoix("Échelle sur plusieurs pages", [(z, z.libelle) for z in Zoom])
        self.og = ChampChoix(
            "Organisme", [(None, "Tous les organismes"), *((o.id, o.nom_court) for o in dossier.ogs)]
        )
        for champ, valeur in (
            (self.format, "A4"),
            (self.tuiles, False),
            (self.zoom, Zoom.MOIS),
            (self.og, page.barre.filtre(frozenset()).og_id),
        ):
            champ.fixer(valeur)
        grille = QGridLayout()
        grille.setHorizontalSpacing(14)
        grille.setVerticalSpacing(12)
        for rang, champ in enumerate((self.format, self.tuiles, self.zoom, self.og)):
            grille.addWidget(champ, rang // 2, rang % 2)
        colonne.addLayout(grille)
        montres = page.barre.filtre(frozenset()).plans
        self.plans = {p: bascule(p.libelle, f"Imprimer le plan {p.libelle}", p in montres) for p in Plan}
        for case in self.plans.values():
            case.toggled.connect(lambda _: self._verifier())
        colonne.addWidget(Libelle("Plans imprimés", "etiquette"))
        colonne.addWidget(Bascules("Plans imprimés", list(self.plans.values())))
        reglage = dossier.reglage_planning
        prise = reglage is not None and reglage.reference_le is not None
        self.reference = bascule("Écart avec la référence", "Les barres fines de la référence", prise)
        self.reference.setEnabled(prise)
        colonne.addWidget(Bascules("Référence", [self.reference]))
        colonne.addStretch(1)
        pied = QHBoxLayout()
        pied.setSpacing(10)
        pied.addStretch(1)
        pied.addWidget(bouton("&Renoncer", self.reject))
        self.apercu = bouton("&Aperçu et impression…", self.apercevoir, "primaire")
        pied.addWidget(self.apercu)
        colonne.addLayout(pied)
        self._verifier()

    def _verifier(self) -> None:
        self.apercu.setEnabled(any(c.isChecked() for c in self.plans.values()))

    def options(self) -> OptionsGantt:
        """What was chosen."""
        og = next((o for o in self._page.dossier().ogs if o.id == self.og.lire("")), None)
        return OptionsGantt(
            self.format.lire(""),
            bool(self.tuiles.lire("")),
            tuple(p for p, case in self.plans.items() if case.isChecked()),
            og,
            self.reference.isChecked(),
            self.zoom.lire(""),
        )

    def apercevoir(self) -> None:
        """Lays the Gantt out beside the window, then shows it before it leaves."""
        page, options = self._page, self.options()
        self.accept()
        lu = page.lecture()
        sortie.projet(lu.dossier, page.lu(), lu.jour)
        nom = sortie.nom_propose(lu.dossier, FormatPlanning.PDF).removesuffix(".pdf")

        def travail(progress: Progress) -> bytes:
            progress.etape(0, 0, "Mise en page du Gantt")
            return sortie.produire(lu.dossier, lu.campagne, lu.jour, FormatPlanning.PDF, options)

        def montrer(octets: bytes) -> None:
            titre = f"Planning{NBSP}: {lu.dossier.nom}"
            DialogueImpression(
                "Gantt du planning", [Feuillet(titre, octets)], page.contexte.taches, nom, None, page
            ).open()

        page.contexte.taches.lancer("Mise en page du Gantt", travail, montrer, lambda e: echouer(page, e))
