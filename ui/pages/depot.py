"""The Dépôt page: what is left before filing, the files to file, and the proof of what was written."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.progress import Progress
from esms_desktop.regles.constats import Cible, Page
from ui import sorties
from ui.models.depot import Produit, fichiers_ecrits, manquantes, phrase
from ui.pages.depot_preparation import CarteBundle, CarteEcheances, CarteGalis, carte_constats
from ui.pages.depot_resultat import CarteResultat
from ui.pages.page import PageDossier
from ui.widgets.etat_vide import EtatVide
from ui.widgets.question import demander

if TYPE_CHECKING:
    from ui.contexte import Contexte


class PageDepot(PageDossier):
    """Before, then after: the obstacles and the deadlines, then the files and their proof."""

    cle = Page.DEPOT
    titre = "Dépôt"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.produits: dict[int, Produit] = {}
        self.bouton_produire = self.entete.ajouter_action(
            "&Produire le dossier à déposer…",
            self.produire,
            primaire=True,
            aide="Écrit le PDF réuni, un fichier par pièce, le ZIP et le manifeste, puis les relit",
        )
        self.vide = EtatVide(
            "Rien à déposer pour le moment",
            "Cette page produit le dossier à déposer sur GALIS et prouve ce qui a été écrit. Ajoutez d’abord les "
            "organismes et les établissements de la grappe.",
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
        self.resultat = CarteResultat()
        self.obstacles = carte_constats("Ce qui empêche de déposer", "Rien ne s’oppose au dépôt.")
        self.conseils = carte_constats("À faire et conseillé", "")
        self.bundle = CarteBundle()
        self.echeances = CarteEcheances(self.contexte, lambda: self.vue().dossier)
        self.galis = CarteGalis(self.contexte, lambda: self.vue().dossier)
        self.obstacles.aller.connect(self._aller)
        self.conseils.aller.connect(self._aller)
        self.bundle.demande_page.connect(self.demande_page)
        gauche, droite, rangee = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for boite in (gauche, droite, rangee):
            boite.setSpacing(14)
        gauche.addWidget(self.obstacles)
        gauche.addWidget(self.conseils)
        gauche.addStretch(1)
        droite.addWidget(self.bundle)
        droite.addWidget(self.echeances)
        droite.addWidget(self.galis)
        droite.addStretch(1)
        rangee.addLayout(gauche, 3)
        rangee.addLayout(droite, 2)
        colonne.addWidget(self.resultat)
        colonne.addLayout(rangee)

    def _aller(self, cible: Cible) -> None:
        if cible.page is Page.DEPOT:
            self.aller_a(cible)
        else:
            self.demande_page.emit(cible)

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, its first findings in sight."""
        self.obstacles.remettre()
        self.conseils.remettre()
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads everything again."""
        from esms_desktop.depot.preflight import preflight

        vue = self.vue()
        plein = bool(vue.dossier.essms)
        self.vide.setVisible(not plein)
        self.contenu.setVisible(plein)
        self.bouton_produire.setEnabled(plein)
        if not plein:
            self.entete.set_phrase("La grappe ne compte encore aucun ESSMS.")
            return
        self.entete.set_phrase(phrase(vue.examen, vue.pieces))
        self.resultat.afficher(self.produits.get(self.dossier_id))
        bloquants, avis = preflight(vue.dossier, vue.campagne, vue.jour, vue.examen)
        self.obstacles.montrer(bloquants)
        self.conseils.montrer(avis)
        self.conseils.setVisible(bool(avis))
        self.bundle.afficher(vue)
        self.echeances.afficher(vue)
        self.galis.afficher(vue)

    def aller_a(self, cible: Cible) -> None:
        """Puts the cursor on what a finding names."""
        if not self.contenu.isVisibleTo(self):
            return
        (self.galis.etat if cible.champ == "etat" else self.echeances.date).viser()
        vise = self.focusWidget()
        if vise is not None:
            self.defilement.ensureWidgetVisible(vise)

    # The filing

    def produire(self) -> None:
        """Warns when the dossier is incomplete, asks for a folder, then produces the filing there."""
        absentes = manquantes(self.vue().pieces)
        if absentes and not demander(
            self,
            "Produire un dossier incomplet\u00a0?",
            "Des pièces obligatoires manquent. Le PDF sera produit avec la mention «\u00a0dossier incomplet\u00a0» et la liste "
            "ci-dessous\u00a0; il sert à relire et à faire circuler, pas à déposer.",
            "Produire quand même",
            "Compléter d’abord",
            lignes=tuple(f"{p.numero}. {p.titre}" + (f" : {p.manque}" if p.manque else "") for p in absentes),
        ):
            return
        sortie = sorties.demander_dossier(self, "Où écrire le dossier à déposer\u00a0?")
        if sortie is not None:
            self.produire_dans(sortie)

    def produire_dans(self, sortie: Path) -> None:
        """Writes the filing into `sortie` beside the window; what was there stays whole until the new one is proved."""
        vue, lire = self.vue(), self.contexte.porte.contenu

        def travail(progress: Progress) -> Produit:
            from esms_desktop.depot.publication import deposer

            depot = deposer(vue.dossier, vue.campagne, vue.jour, sortie, lire, progress)
            return Produit(depot, fichiers_ecrits(depot))

        self.contexte.taches.lancer(
            "Production du dossier à déposer",
            travail,
            lambda produit: self._produit(vue.dossier.id, produit),
            self._echec,
        )

    def _produit(self, dossier_id: int, produit: Produit) -> None:
        self.produits[dossier_id] = produit
        depot = produit.depot
        if dossier_id != self.dossier_id:
            return
        self.resultat.afficher(produit)
        self.defilement.verticalScrollBar().setValue(0)
        self.resultat.viser()
        genre, suite = (
            ("ok", "") if depot.complet else ("warn", " Il porte la mention «\u00a0dossier incomplet\u00a0».")
        )
        self.bandeau.montrer(
            f"Le dossier est écrit et relu\u00a0: tout correspond.{suite}",
            genre,
            ("Ouvrir le dossier", lambda: sorties.ouvrir(depot.dossier)),
        )

    def _echec(self, erreur: ErreurEsms) -> None:
        if isinstance(erreur, Interruption):
            self.bandeau.montrer(
                "La production est annulée\u00a0; le dossier de destination n’a pas été touché.", "info"
            )
        else:
            self.bandeau.montrer(str(erreur), "bad")
