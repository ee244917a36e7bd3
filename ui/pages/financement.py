"""The Financement page: the facts that move the amounts, how each is reckoned, the split, the years, « et si… »."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.regles.constats import Cible, Page
from ui import sorties
from ui.models.financement import phrase
from ui.pages.financement_faits import CarteFaits
from ui.pages.financement_montants import (
    CarteCalcul,
    CarteRepartition,
    CarteReserves,
    CarteSegur,
    CarteTotal,
    CarteVersements,
)
from ui.pages.financement_simulateur import CarteSimulateur
from ui.pages.page import PageDossier
from ui.widgets.etat_vide import EtatVide

if TYPE_CHECKING:
    from ui.contexte import Contexte

_DATES = ("date_convention", "date_fin_deploiement")


class PageFinancement(PageDossier):
    """Amounts of the project, their reasons, and the questions that move them."""

    cle = Page.FINANCEMENT
    titre = "Financement"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.bouton_imprimer = self.entete.ajouter_action(
            "&Imprimer le plan de financement…", self.imprimer, primaire=True, raccourci="Ctrl+P"
        )
        self.vide = EtatVide(
            "Aucun ESSMS à financer pour le moment",
            "Le montant se calcule à partir des ESSMS éligibles de la grappe. Ajoutez d’abord les organismes et leurs "
            "établissements\u00a0; les montants, leur calcul et leur répartition apparaîtront ici.",
            ("Ouvrir la grappe", lambda: self.demande_page.emit(Cible(Page.GRAPPE))),
        )
        self.corps.addWidget(self.vide)
        self.contenu = QWidget()
        self.corps.addWidget(self.contenu)
        self.corps.addStretch(1)
        self._composer(QVBoxLayout(self.contenu))

    def _composer(self, colonne: QVBoxLayout) -> None:
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        self.total = CarteTotal()
        self.versements = CarteVersements(self.contexte, lambda: self.vue().dossier)
        self.faits = CarteFaits(self.contexte, lambda: self.vue().dossier)
        self.calcul = CarteCalcul()
        self.repartition = CarteRepartition()
        self.simulateur = CarteSimulateur()
        self.segur = CarteSegur()
        self.reserves = CarteReserves()
        for source in (self.faits, self.repartition):
            source.demande_page.connect(self.demande_page)
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

    def rafraichir(self) -> None:
        """Reads everything again."""
        vue = self.vue()
        plein = vue.financement.demande.essms > 0 or bool(vue.dossier.essms)
        self.vide.setVisible(not plein)
        self.contenu.setVisible(plein)
        self.bouton_imprimer.setEnabled(plein)
        self.entete.set_phrase(phrase(vue.financement))
        if not plein:
            return
        for carte in (
            self.total,
            self.versements,
            self.faits,
            self.calcul,
            self.repartition,
            self.simulateur,
            self.segur,
            self.reserves,
        ):
            carte.afficher(vue)

    def aller_a(self, cible: Cible) -> None:
        """Puts the cursor on the question or the date a finding names."""
        if not self.contenu.isVisibleTo(self):
            return
        (self.versements if cible.champ in _DATES else self.faits).viser(cible)
        vise = self.focusWidget()
        if vise is not None:
            self.defilement.ensureWidgetVisible(vise)

    def imprimer(self) -> None:
        """Asks where the plan goes, then writes it."""
        chemin = sorties.demander_fichier(
            self, "Enregistrer le plan de financement", "plan-de-financement.pdf"
        )
        if chemin is not None:
            self.imprimer_vers(chemin)

    def imprimer_vers(self, chemin: Path) -> None:
        """Writes the plan de financement as a PDF, beside the window."""
        from esms_desktop.documents.catalogue import produire
        from esms_desktop.documents.plan_financement import CODE

        vue = self.vue()
        try:
            document = produire(CODE, vue.dossier, vue.campagne, vue.jour)
        except ErreurEsms as e:
            self.bandeau.montrer(str(e), "bad")
            return
        sorties.imprimer(self.contexte.taches, [(document, chemin)], vue.jour, self._imprime, self._echec)

    def _imprime(self, chemins: list[Path]) -> None:
        chemin = chemins[0]
        self.bandeau.montrer(
            f"Le plan de financement est enregistré\u00a0: {chemin}",
            "ok",
            ("Ouvrir le PDF", lambda: sorties.ouvrir(chemin)),
        )

    def _echec(self, erreur: ErreurEsms) -> None:
        self.bandeau.montrer(str(erreur), "info" if isinstance(erreur, Interruption) else "bad")
