"""« Et si… » : the amounts under other facts, beside those of the project. Nothing is written."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.model import StatutSolution, TypeProjet
from ui.models.financement import COLONNES_SIMULATION, ecart, lignes_simulation
from ui.models.table import ModeleTable
from ui.textes import euros
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs import ChampChoix, ChampEntier
from ui.widgets.libelle import Libelle
from ui.widgets.tableau_entier import TableauEntier
from ui.widgets.tri_etat import ChoixTriEtat

if TYPE_CHECKING:
    from esms_desktop.regles.financement import Demande
    from ui.contexte import Vue

_MAXIMUM = 999


class Compteur(ChampEntier):
    """A count, typed or changed by one with its two buttons."""

    def __init__(self, nom: str, suite: Callable[[], object]) -> None:
        super().__init__(nom, maximum=_MAXIMUM)
        self._suite = suite
        self.change.connect(lambda _v: suite())
        self.saisie.setAlignment(Qt.AlignmentFlag.AlignRight)
        for b, quoi in ((self._moins, "un de moins"), (self._plus, "un de plus")):
            b.setAccessibleName(f"{nom}\u00a0: {quoi}")
            b.setToolTip(f"{nom}\u00a0: {quoi}")

    def ligne_saisie(self) -> QWidget:
        """The number between its two buttons."""
        ligne = QWidget()
        rangee = QHBoxLayout(ligne)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(6)
        self._moins = bouton("−", lambda: self._ajouter(-1))
        self._plus = bouton("+", lambda: self._ajouter(1))
        self.saisie.setMaximumWidth(self.saisie.fontMetrics().horizontalAdvance("0000000") + 24)
        rangee.addWidget(self._moins)
        rangee.addWidget(self.saisie, 1)
        rangee.addWidget(self._plus)
        rangee.addStretch(1)
        return ligne

    @property
    def nombre(self) -> int:
        """The count; nothing typed counts for none."""
        return self.valeur or 0

    def _ajouter(self, pas: int) -> None:
        self.fixer(min(max(self.nombre + pas, 0), _MAXIMUM))
        self._suite()


class CarteSimulateur(Carte):
    """The hypothesis on the left, what it would give on the right."""

    def __init__(self) -> None:
        super().__init__("Et si…\u00a0?")
        self._vue: Vue | None = None
        self._projet: Demande | None = None
        self.essai: Demande | None = None
        self._remplissage = False
        self.retour = self.ajouter_action(
            bouton("Revenir au projet", self.revenir, aide="Remet le simulateur aux valeurs du dossier")
        )
        self.ajouter_texte(
            "Essayez d’autres hypothèses\u00a0: rien n’est enregistré, le dossier ne change pas.", "muet"
        )
        rangee = QHBoxLayout()
        rangee.setSpacing(22)
        rangee.addWidget(self._reglages(), 2)
        droite = QVBoxLayout()
        droite.setSpacing(8)
        self.modele = ModeleTable(COLONNES_SIMULATION, lambda x: x.poste, lambda x: x.poste == "Total")
        self.tableau = TableauEntier("Simulation poste par poste", self.modele, (1.4, 1, 1, 1))
        droite.addWidget(self.tableau)
        self.bilan = Libelle("", "fort")
        droite.addWidget(self.bilan)
        self.notes = Libelle("", "petit")
        droite.addWidget(self.notes)
        droite.addStretch(1)
        rangee.addLayout(droite, 3)
        self.corps.addLayout(rangee)

    def _reglages(self) -> QWidget:
        bloc = QWidget()
        colonne = QVBoxLayout(bloc)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(10)
        self.statut = ChampChoix("Référencement de la solution", [(s, s.libelle) for s in StatutSolution])
        self.statut.change.connect(lambda _v: self._calculer())
        self.essms = Compteur("ESSMS éligibles", self._calculer)
        self.petits = Compteur("dont ESSMS de petits organismes", self._calculer)
        self.sad = ChoixTriEtat("Achat par le SAD")
        self.pilotage = ChoixTriEtat("Aide au pilotage demandée")
        self.equipement = ChoixTriEtat("Aide à l’équipement demandée")
        for choix in (self.sad, self.pilotage, self.equipement):
            # An hypothesis is a yes or a no.
            choix.boutons[None].hide()
            choix.change.connect(lambda _v: self._calculer())
        for widget in (self.statut, self.essms, self.petits, self.sad, self.pilotage, self.equipement):
            colonne.addWidget(widget)
        colonne.addStretch(1)
        return bloc

    def afficher(self, vue: "Vue") -> None:
        """Takes the project as it stands; an hypothesis under way is kept while the project itself has not moved."""
        demande = vue.financement.demande
        neuf = self._vue is None or self._vue.dossier.id != vue.dossier.id or demande != self._projet
        self._vue, self._projet = vue, demande
        self.sad.setVisible(vue.dossier.type_projet is TypeProjet.ACQUISITION)
        if neuf:
            self.revenir()
        else:
            self._calculer()

    def revenir(self) -> None:
        """Sets the hypothesis back to the project."""
        if self._projet is None:
            return
        self._remplissage = True
        self.statut.fixer(self._projet.statut)
        self.essms.fixer(self._projet.essms)
        self.petits.fixer(self._projet.petits_og)
        self.sad.fixer(self._projet.sad)
        self.pilotage.fixer(self._projet.pilotage)
        self.equipement.fixer(self._projet.equipement)
        self._remplissage = False
        self._calculer()

    def _calculer(self) -> None:
        if self._remplissage or self._vue is None or self._projet is None:
            return
        from esms_desktop.regles.financement import calculer

        if self.petits.nombre > self.essms.nombre:
            self.petits.fixer(self.essms.nombre)
        statut = self.statut.lire("")
        self.essai = replace(
            self._projet,
            statut=statut,
            essms=self.essms.nombre,
            petits_og=self.petits.nombre,
            sad=self.sad.valeur is True,
            pilotage=self.pilotage.valeur is True,
            equipement=self.equipement.valeur is True,
        )
        projet = self._vue.financement.projet
        resultat = calculer(self._vue.campagne, self.essai)
        self.modele.charger(lignes_simulation(projet, resultat))
        difference = resultat.total_cents - projet.total_cents
        if difference:
            self.bilan.setText(
                f"{euros(resultat.total_cents)} au lieu de {euros(projet.total_cents)}\u00a0: {ecart(difference)}"
            )
        else:
            self.bilan.setText(f"{euros(resultat.total_cents)}\u00a0: comme le projet actuel.")
        self.retour.setEnabled(self.essai != self._projet)
        self.notes.setText("\n".join(resultat.notes))
        self.notes.setVisible(bool(resultat.notes))
