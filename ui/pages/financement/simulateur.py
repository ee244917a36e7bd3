"""« Et si… » : the amounts and the rest to pay under other facts, beside those of the project. Nothing is written."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, euros
from esms_desktop.nomenclature.vocabulaire import StatutSolution, TypeProjet
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from ui.models.table import ModeleTable
from ui.pages.financement.modele import ecart
from ui.pages.financement.modele_simulation import (
    Hypothese,
    colonnes,
    comparer,
    comparer_restes,
    hypothese_de,
    hypothetique,
)
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champ import LigneSaisie
from ui.widgets.champs.champs import ChampChoix, ChampEntier
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.libelle import Libelle, bulle
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.lecture import Lecture

_MAXIMUM = 400


class Compteur(ChampEntier):
    """A count, typed or changed by one with its two buttons."""

    def __init__(self, nom: str, suite: Callable[[], object]) -> None:
        super().__init__(nom, maximum=_MAXIMUM)
        self._suite = suite
        self.change.connect(lambda _v: suite())
        assert isinstance(self.saisie, LigneSaisie)
        self.saisie.setAlignment(Qt.AlignmentFlag.AlignRight)
        for b, quoi in ((self._moins, "un de moins"), (self._plus, "un de plus")):
            b.setAccessibleName(f"{nom}\u00a0: {quoi}")
            b.setToolTip(bulle(f"{nom}\u00a0: {quoi}"))

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
    """The facts tried on the left, what they would give on the right."""

    def __init__(self) -> None:
        super().__init__("Et si…\u00a0?")
        self._lu: Lecture | None = None
        self._plan: PlanPluriannuel | None = None
        self._projet: Hypothese | None = None
        self.essai: Hypothese | None = None
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
        self.bilan = Libelle("", "fort")
        droite.addWidget(self.bilan)
        self.modele = ModeleTable(colonnes("Poste"), lambda x: x.cle, lambda x: x.forte)
        self.tableau = TableauEntier("Simulation poste par poste", self.modele, (1.5, 1, 1, 1))
        droite.addWidget(self.tableau)
        self.titre_restes = Libelle("Reste à charge, organisme par organisme", "etiquette")
        droite.addWidget(self.titre_restes)
        self.restes = ModeleTable(colonnes("Organisme"), lambda x: x.cle)
        self.tableau_restes = TableauEntier("Reste à charge simulé", self.restes, (1.5, 1, 1, 1))
        droite.addWidget(self.tableau_restes)
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
        self.retire = ChampChoix(
            "Un organisme de moins", aide="Ses ESSMS et ses coûts propres partent avec lui."
        )
        self.retire.change.connect(lambda _v: self._calculer())
        self.ajoute = Compteur("Un organisme de plus, en nombre d’ESSMS", self._calculer)
        self.sad = ChoixTriEtat("Achat par le SAD")
        self.pilotage = ChoixTriEtat("Aide au pilotage demandée")
        self.equipement = ChoixTriEtat("Aide à l’équipement demandée")
        for choix in (self.sad, self.pilotage, self.equipement):
            # An hypothesis is a yes or a no.
            choix.boutons[None].hide()
            choix.change.connect(lambda _v: self._calculer())
        for widget in (self.statut, self.retire, self.ajoute, self.sad, self.pilotage, self.equipement):
            colonne.addWidget(widget)
        colonne.addStretch(1)
        return bloc

    def afficher(self, lu: "Lecture", plan: PlanPluriannuel) -> None:
        """Takes the project as it stands; the facts tried are kept while those of the project have not moved."""
        projet = hypothese_de(lu.dossier)
        ogs = [(None, "Aucun"), *((og.id, og.nom_court) for og in lu.dossier.ogs)]
        partis = self.essai is not None and self.essai.og_retire not in [cle for cle, _ in ogs]
        neuf = self._lu is None or self._lu.dossier.id != lu.dossier.id or projet != self._projet or partis
        self._lu, self._plan, self._projet = lu, plan, projet
        self.retire.fixer_options(ogs)
        self.retire.setVisible(len(ogs) > 2)
        self.sad.setVisible(lu.dossier.type_projet is TypeProjet.ACQUISITION)
        if neuf:
            self.revenir()
        else:
            self._calculer()

    def revenir(self) -> None:
        """Sets the facts tried back to those of the project."""
        if self._projet is None:
            return
        self._remplissage = True
        self.statut.fixer(self._projet.statut)
        self.retire.fixer(None)
        self.ajoute.fixer(0)
        self.sad.fixer(self._projet.sad)
        self.pilotage.fixer(self._projet.pilotage)
        self.equipement.fixer(self._projet.equipement)
        self._remplissage = False
        self._calculer()

    def _calculer(self) -> None:
        if self._remplissage or self._lu is None or self._plan is None or self._projet is None:
            return
        from esms_desktop.regles.financement.pluriannuel import plan

        self.essai = Hypothese(
            self.statut.lire(""),
            self.sad.valeur is True,
            self.pilotage.valeur is True,
            self.equipement.valeur is True,
            self.retire.lire(""),
            self.ajoute.nombre,
        )
        lu = self._lu
        resultat = plan(hypothetique(lu.dossier, lu.campagne, self.essai), lu.campagne)
        self.modele.charger(comparer(self._plan, resultat))
        self.restes.charger(comparer_restes(self._plan, resultat))
        self._montrer_bilan(resultat)
        self.retour.setEnabled(self.essai != self._projet)
        dites = [*self._suppositions(), *resultat.finance.projet.notes]
        dites += [f"Hypothèse à confirmer{NBSP}: {t}" for t in resultat.finance.projet.hypotheses]
        self.notes.setText("\n".join(dites))
        self.notes.setVisible(bool(dites))

    def _montrer_bilan(self, resultat: PlanPluriannuel) -> None:
        assert self._plan is not None
        avant, apres = self._plan.finance.projet.total_cents, resultat.finance.projet.total_cents
        if avant == apres:
            phrase = f"{euros(apres)}{NBSP}: comme le projet actuel."
        else:
            phrase = f"{euros(apres)} au lieu de {euros(avant)}{NBSP}: {ecart(apres - avant)}"
        couts = bool(self._plan.emplois_cents)
        if couts:
            reste = resultat.reste_cents - self._plan.reste_cents
            phrase += (
                f"\nReste à charge{NBSP}: {euros(resultat.reste_cents)}"
                + (f" au lieu de {euros(self._plan.reste_cents)}" if reste else ", comme le projet actuel")
                + "."
            )
        self.bilan.setText(phrase)
        self.titre_restes.setVisible(couts)
        self.tableau_restes.setVisible(couts)

    def _suppositions(self) -> list[str]:
        """What the trial takes for granted."""
        assert self.essai is not None and self._plan is not None
        dites = []
        if self.essai.essms_ajoutes:
            dites.append(
                f"Hypothèse de l’essai{NBSP}: l’organisme ajouté ne gère que ces ESSMS, éligibles et semblables au premier du "
                "projet ; il n’apporte pas de coûts propres."
            )
        if self.essai.essms_ajoutes or self.essai.og_retire is not None:
            dites.append(
                f"Hypothèse de l’essai{NBSP}: les coûts communs et le prix de l’éditeur ne changent pas."
            )
        if not self._plan.emplois_cents:
            dites.append(
                "Saisissez les coûts du projet pour comparer aussi le reste à charge de chaque organisme."
            )
        return dites
