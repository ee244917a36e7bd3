"""The solutions the project compares, and the one it retains."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from esms_desktop.francais import date_courte, euros, ou_tiret, pluriel
from esms_desktop.gestes import grappe as gestes
from esms_desktop.lecture import Dossier, Solution
from esms_desktop.nomenclature.champs import entete_de, libelle_de
from esms_desktop.nomenclature.vocabulaire import StatutSolution
from ui.models import declarations
from ui.models.fiches import SOLUTION
from ui.models.table import Colonne, ModeleTable
from ui.pages.commun.fiche import Fiche, PanneauFiche
from ui.pages.commun.formulaire import Ecrire
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.question import demander
from ui.widgets.tableaux.tableau_large import TableauLarge

if TYPE_CHECKING:
    from ui.contexte import Contexte

_GENRES = {
    StatutSolution.REFERENCEE: "ok",
    StatutSolution.EN_COURS: "warn",
    StatutSolution.NON_REFERENCEE: "bad",
    None: "warn",
}


def _referencement(solution: Solution) -> str:
    return {
        StatutSolution.REFERENCEE: "Référencée",
        StatutSolution.EN_COURS: "En cours",
        StatutSolution.NON_REFERENCEE: "Non référencée",
        None: "Non répondu",
    }[solution.statut]


def _date(solution: Solution) -> str:
    if solution.date_referencement:
        return f"{libelle_de('solution.date_referencement')} {date_courte(solution.date_referencement)}"
    if solution.date_referencement_prevue:
        return f"{libelle_de('solution.date_referencement_prevue')} {date_courte(solution.date_referencement_prevue)}"
    return "Aucune date connue"


COLONNES = (
    Colonne[Solution](entete_de("solution.nom"), lambda s: s.nom, second=lambda s: s.editeur),
    Colonne[Solution](
        "Choix",
        lambda s: "Retenue" if s.retenue else "Comparée",
        badge=lambda s: "info" if s.retenue else "neutre",
    ),
    Colonne[Solution]("Ségur", _referencement, badge=lambda s: _GENRES[s.statut], bulle=_date),
    Colonne[Solution](
        entete_de("solution.prix_cents"),
        lambda s: ou_tiret(euros, s.prix_cents),
        tri=lambda s: s.prix_cents or -1,
        a_droite=True,
    ),
    Colonne[Solution]("ESSMS", lambda s: str(len(s.essms)), tri=lambda s: len(s.essms), a_droite=True),
)


class PanneauSolutions(PanneauFiche):
    """The table of solutions and the card of the one chosen."""

    def __init__(self, contexte: "Contexte", ecrire: Ecrire, dire: Callable[[str], object]) -> None:
        self._contexte, self._dire = contexte, dire
        self._dossier: Dossier | None = None
        self._choisie = 0
        self.modele = ModeleTable(COLONNES, lambda s: s.id)
        self.tableau = TableauLarge("Solutions du dossier", (3, 1, 1, 1, 0.6), {0: 18})
        self.tableau.setModel(self.modele)
        carte = Carte("Solutions")
        self.retirer = carte.ajouter_action(bouton("&Retirer", self._retirer))
        self.retenir = carte.ajouter_action(
            bouton("Reten&ir", self._retenir, aide="La solution choisie devient celle du projet")
        )
        carte.ajouter_action(bouton("Ajouter une &solution", self.nouvelle))
        carte.ajouter(self.tableau, 1)
        self.equipement = carte.ajouter_texte("", "muet")
        self.equiper = bouton("É&quiper tous les ESSMS de la solution retenue", self._equiper)
        carte.ajouter(self.equiper)
        vide = EtatVide(
            "Aucune solution",
            "Le projet choisit un même logiciel de dossier de l’usager pour tous ses ESSMS, référencé Ségur ou en cours "
            "de l’être. Ajoutez celles que vous comparez, puis retenez-en une.",
            ("Ajouter une solution", self.nouvelle),
        )
        super().__init__(carte, Fiche("Fiche de la solution", SOLUTION, ecrire), vide)
        self.fiche.formulaire.origines = lambda s: declarations.de_la_ligne(contexte, s.dossier_id, s)
        self.tableau.choisie.connect(self._choisir)
        self.tableau.activee.connect(lambda _: self.fiche.viser())

    def charger(self, dossier: Dossier) -> None:
        """Shows the solutions of the dossier; the one chosen stays chosen."""
        if self._dossier is None or dossier.id != self._dossier.id:
            self._choisie = 0
            self.montre.lacher()
        self._dossier = dossier
        self.quitter_si_parti(
            {s.id for s in dossier.solutions},
            "La liste des solutions est montrée.",
            self.tableau,
            self._contexte.disparu.emit,
        )
        self.modele.charger(dossier.solutions)
        self.montrer_vide(not dossier.solutions)
        ligne = max(self.modele.ligne_de(self._choisie), 0)
        if dossier.solutions and self.tableau.ligne_courante() != ligne:
            self.tableau.choisir(ligne)
        self._phrase(dossier)
        self._montrer()

    def aller(self, solution_id: int, champ: str = "") -> None:
        """Selects a solution and puts the cursor in one of its fields."""
        self.tableau.choisir(self.modele.ligne_de(solution_id))
        if champ:
            self.fiche.viser(champ)

    def choisie(self) -> Solution | None:
        """The solution of the current row."""
        return self.modele.en(self.tableau.ligne_courante())

    def nouvelle(self) -> None:
        """Adds a solution and puts the cursor in its name."""
        if self._dossier is None:
            return
        cle = self._contexte.accomplir(gestes.ajouter_solution, self._dossier, "Nouvelle solution")
        if cle is not None:
            self.charger(self._contexte.lecture(self._dossier.id).dossier)
            self.aller(cle, "nom")

    def _choisir(self, ligne: int) -> None:
        if 0 <= ligne < self.modele.rowCount():
            self._choisie = self.modele.objet(ligne).id
            self._montrer()

    def _montrer(self) -> None:
        solution = self.choisie()
        if solution is None:
            return
        etat, genre = ("Retenue", "info") if solution.retenue else ("Comparée", "neutre")
        self.fiche.montrer(solution, solution.nom, etat, genre)
        self.montre.voir(solution.id, solution.nom)
        self.retenir.setEnabled(not solution.retenue)

    def _phrase(self, dossier: Dossier) -> None:
        retenue = dossier.solution
        restent = [e for e in dossier.essms if retenue is None or e.solution_id != retenue.id]
        if retenue is None:
            phrase = "Aucune solution n’est encore retenue."
        elif restent:
            phrase = f"{pluriel(len(restent), 'ESSMS n’a', 'ESSMS n’ont')} pas encore « {retenue.nom} »."
        else:
            phrase = f"Tous les ESSMS ont « {retenue.nom} »."
        self.equipement.setText(phrase)
        self.equiper.setEnabled(retenue is not None and bool(restent))

    def _retenir(self) -> None:
        solution = self.choisie()
        if solution is not None:
            self._contexte.accomplir(gestes.retenir, solution)

    def _equiper(self) -> None:
        if self._dossier is not None:
            combien = self._contexte.accomplir(gestes.equiper, self._dossier)
            if combien:
                self._dire(f"{pluriel(combien, 'ESSMS reçoit', 'ESSMS reçoivent')} la solution retenue.")

    def _retirer(self) -> None:
        solution = self.choisie()
        if solution is None:
            return
        texte = f"« {solution.nom} » quitte le dossier."
        if solution.essms:
            texte += f" {pluriel(len(solution.essms), 'ESSMS n’aura', 'ESSMS n’auront')} plus de solution."
        if solution.retenue:
            texte += " C’est la solution retenue : il faudra en choisir une autre."
        texte += " Vous pourrez annuler ce retrait (Ctrl+Z)."
        if demander(self, "Retirer cette solution ?", texte, "Retirer", "Garder", danger=True):
            nom = solution.nom
            self.montre.lacher()
            if self._contexte.retirer(solution, libelle=f"Retirer la solution « {nom} »"):
                self._dire(f"« {nom} » est retirée.")
