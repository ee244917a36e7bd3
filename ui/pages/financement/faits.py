"""The facts of the project that move the amounts: SAD, pilotage, équipement, the solution and its price."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esms_desktop.lecture import Dossier, Solution
from esms_desktop.nomenclature.champs import aide_de, libelle_de
from esms_desktop.nomenclature.vocabulaire import ExceptionSad, StatutSolution, TypeProjet
from esms_desktop.regles.constats import Cible, Page
from ui.models import declarations
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix, ChampMontant
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.libelle import Filet, Libelle

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_GENRES = {
    StatutSolution.REFERENCEE: "ok",
    StatutSolution.EN_COURS: "warn",
    StatutSolution.NON_REFERENCEE: "bad",
    None: "neutre",
}


class Question(QWidget):
    """A declared fact, what it changes, and the text that says so."""

    change = Signal(object)

    def __init__(self, question: str, aide: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(2)
        self.choix = ChoixTriEtat(question, aide)
        self.choix.change.connect(self.change)
        self.source = Libelle("", "petit")
        colonne.addWidget(self.choix)
        colonne.addWidget(self.source)

    def afficher(self, valeur: bool | None, source: str, origine: str) -> None:
        """Shows the answer, who gave it and its source, without writing anything."""
        self.choix.fixer(valeur)
        self.choix.dire_origine(origine)
        self.source.setText(f"Source\u00a0: {source}" if source else "")
        self.source.setVisible(bool(source))


class CarteFaits(Carte):
    """The facts, each saved as soon as it is answered."""

    demande_page = Signal(object)

    def __init__(self, contexte: "Contexte", dossier: Callable[[], Dossier]) -> None:
        super().__init__("Ce qui fait varier le montant")
        self._contexte = contexte
        self._dossier = dossier
        self.sad = self._question("sad", "Répondre sur l’achat par le SAD")
        self.exception = ChampChoix(
            libelle_de("dossier.sad_exception"),
            [(None, "Aucune"), *((e, e.libelle) for e in ExceptionSad)],
            lambda v: self._ecrire("Choisir l’exception au SAD", self.exception.ligne, sad_exception=v),
            aide=aide_de("dossier.sad_exception"),
        )
        self.ajouter(self.exception)
        self.ajouter(Filet())
        self.pilotage = self._question("pilotage_demande", "Répondre sur l’aide au pilotage")
        self.ajouter(Filet())
        self.equipement = self._question("equipement_demande", "Répondre sur l’aide à l’équipement")
        self.ajouter(Filet())
        self.ajouter(self._solution())

    def _question(self, champ: str, libelle: str) -> Question:
        ligne = Question(libelle_de(f"dossier.{champ}"), aide_de(f"dossier.{champ}"))

        def enregistrer(valeur: object) -> None:
            vu = self._vu
            if not self._ecrire(libelle, vu, **{champ: valeur}):
                ligne.choix.fixer(getattr(vu, champ))

        ligne.change.connect(enregistrer)
        self.ajouter(ligne)
        return ligne

    def _solution(self) -> QWidget:
        bloc = QWidget()
        colonne = QVBoxLayout(bloc)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(6)
        self.solution = Libelle("", "fort")
        self.statut = Badge()
        colonne.addWidget(self.solution)
        colonne.addWidget(self.statut)
        self.solution_aide = Libelle("", "petit")
        colonne.addWidget(self.solution_aide)
        self.prix = ChampMontant(
            libelle_de("solution.prix_cents"),
            self._ecrire_prix,
            aide="La part logiciel ne dépasse jamais ce prix. Vide\u00a0: le plafond du barème est retenu.",
        )
        colonne.addWidget(self.prix)
        self.vers_solution = bouton(
            "Choisir la solution dans Grappe",
            self._aller_solution,
            "lien",
            "Le nom et le référencement s’y modifient",
        )
        colonne.addWidget(self.vers_solution)
        return bloc

    def _ecrire(self, libelle: str, vu: Dossier, **champs: object) -> bool:
        return self._contexte.modifier(vu, libelle, **champs)

    def _ecrire_prix(self, cents: int | None) -> bool:
        solution = self.prix.ligne
        return solution is not None and self._contexte.modifier(
            solution, "Modifier le prix de l’éditeur", prix_cents=cents
        )

    def _aller_solution(self) -> None:
        solution = self._dossier().solution
        self.demande_page.emit(Cible(Page.GRAPPE, "solution", solution.id if solution else None, "statut"))

    def afficher(self, lu: "Lecture") -> None:
        """Shows the answers of the dossier."""
        dossier, campagne = self._vu, _ = lu.dossier, lu.campagne
        bareme = campagne.financement.bareme(dossier.type_projet)
        achat = dossier.type_projet is TypeProjet.ACQUISITION
        self.sad.setVisible(achat)
        self.exception.setVisible(achat and dossier.sad is not True)
        self.sad.afficher(
            dossier.sad, campagne.sad.obligatoire_acquisition.source, self._origine(dossier, "sad")
        )
        self.exception.fixer(dossier.sad_exception, dossier)
        self.pilotage.afficher(
            dossier.pilotage_demande,
            bareme.pilotage_euros.source,
            self._origine(dossier, "pilotage_demande"),
        )
        self.equipement.afficher(
            dossier.equipement_demande,
            bareme.equipement_euros.source,
            self._origine(dossier, "equipement_demande"),
        )
        self._afficher_solution(dossier.solution)

    def _origine(self, dossier: Dossier, champ: str) -> str:
        return declarations.du_dossier(self._contexte, dossier, champ)

    def _afficher_solution(self, solution: Solution | None) -> None:
        self.prix.setVisible(solution is not None)
        if solution is None:
            self.solution.setText("Aucune solution retenue")
            self.statut.fixer("À choisir", "warn")
            self.solution_aide.setText(
                "Tant qu’elle n’est pas choisie, la part logiciel ne peut pas être comptée."
            )
            self.vers_solution.setText("Choisir la solution dans Grappe")
            return
        editeur = f" ({solution.editeur})" if solution.editeur else ""
        self.solution.setText(f"Solution\u00a0: {solution.nom}{editeur}")
        texte = solution.statut.libelle if solution.statut else "Référencement à préciser"
        self.statut.fixer(texte, _GENRES[solution.statut])
        self.solution_aide.setText("Le barème du logiciel dépend de son référencement Ségur.")
        self.vers_solution.setText("Modifier la solution dans Grappe")
        self.prix.fixer(solution.prix_cents, solution)

    def viser(self, cible: Cible) -> None:
        """Puts the focus on the field a finding names."""
        if cible.champ == "prix_cents":
            self.prix.viser()
        elif cible.champ == "sad_exception" and self.exception.isVisible():
            self.exception.viser()
        else:
            {"pilotage_demande": self.pilotage, "equipement_demande": self.equipement}.get(
                cible.champ, self.sad
            ).choix.viser()
