"""The tab Demande: the facts that move the amounts, how each is reckoned, the split, the payments, « et si… »."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from ui.pages.financement.faits import CarteFaits
from ui.pages.financement.montants import (
    CarteCalcul,
    CarteRepartition,
    CarteReserves,
    CarteSegur,
    CarteTotal,
    CarteVersements,
)
from ui.pages.financement.simulateur import CarteSimulateur
from ui.widgets.etat_vide import EtatVide

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_DATES = ("date_convention", "date_fin_deploiement")


class OngletDemande(QWidget):
    """What is asked of the programme."""

    demande_page = Signal(object)

    def __init__(self, contexte: "Contexte", dossier: Callable[[], Dossier]) -> None:
        super().__init__()
        self.vide = EtatVide(
            "Aucun ESSMS à financer pour le moment",
            "Le montant se calcule à partir des ESSMS éligibles de la grappe. Ajoutez d’abord les organismes et leurs "
            "établissements\u00a0; les montants, leur calcul et leur répartition apparaîtront ici.",
            ("Ouvrir la grappe", lambda: self.demande_page.emit(Cible(Page.GRAPPE))),
        )
        self.contenu = QWidget()
        self.total = CarteTotal()
        self.versements = CarteVersements(contexte, dossier)
        self.faits = CarteFaits(contexte, dossier)
        self.calcul = CarteCalcul()
        self.repartition = CarteRepartition()
        self.simulateur = CarteSimulateur()
        self.segur = CarteSegur()
        self.reserves = CarteReserves()
        for source in (self.faits, self.repartition):
            source.demande_page.connect(self.demande_page)
        self._composer(QVBoxLayout(self.contenu))
        tout = QVBoxLayout(self)
        tout.setContentsMargins(0, 0, 0, 0)
        tout.addWidget(self.vide)
        tout.addWidget(self.contenu)
        tout.addStretch(1)

    def _composer(self, colonne: QVBoxLayout) -> None:
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        haut = QHBoxLayout()
        haut.setSpacing(14)
        droite = QVBoxLayout()
        droite.setSpacing(14)
        droite.addWidget(self.total)
        droite.addWidget(self.versements, 1)
        haut.addWidget(self.faits, 1)
        haut.addLayout(droite, 1)
        colonne.addLayout(haut)
        colonne.addWidget(self.calcul)
        colonne.addWidget(self.repartition)
        colonne.addWidget(self.simulateur)
        bas = QHBoxLayout()
        bas.setSpacing(14)
        bas.addWidget(self.reserves, 3)
        bas.addWidget(self.segur, 2)
        colonne.addLayout(bas)

    def charger(self, lu: "Lecture", plan: PlanPluriannuel, plein: bool) -> None:
        """Shows the amounts; `plein` False: there is no ESSMS yet."""
        self.vide.setVisible(not plein)
        self.contenu.setVisible(plein)
        if not plein:
            return
        for carte in (
            self.total,
            self.versements,
            self.faits,
            self.calcul,
            self.repartition,
            self.segur,
            self.reserves,
        ):
            carte.afficher(lu)
        self.simulateur.afficher(lu, plan)

    def viser(self, cible: Cible) -> None:
        """Puts the cursor on the question or the date a finding names."""
        if not self.contenu.isHidden():
            (self.versements if cible.champ in _DATES else self.faits).viser(cible)
