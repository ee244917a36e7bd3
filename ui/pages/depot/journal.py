"""The log of the filings: each one with its exact archive, the day it was filed and its receipt."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import date_longue
from esms_desktop.lecture import DepotFait
from esms_desktop.nomenclature.champs import libelle_de
from ui import sorties
from ui.models.table import ModeleTable
from ui.pages.commun.disparu import Montre
from ui.pages.commun.disparu import phrase as disparu
from ui.pages.depot.modele_suivi import COLONNES_DEPOTS, nom_depot
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampDate, ChampTexte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture


class PanneauJournal(QWidget):
    """`produire()`: the person wants a first filing.

    Args:
        bandeau: where what happened is said.
    """

    produire = Signal()

    def __init__(self, contexte: "Contexte", bandeau: Bandeau, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contexte, self._bandeau = contexte, bandeau
        self.montre = Montre()
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        self.vide = EtatVide(
            "Aucun dossier produit pour le moment",
            "Chaque dossier produit est inscrit ici avec son archive exacte\u00a0: vous pourrez la retrouver, noter la date du "
            "dépôt et le numéro de l’accusé, et voir ce qui a changé depuis.",
            ("Produire le dossier à déposer…", self.produire.emit),
        )
        colonne.addWidget(self.vide)
        self.carte = Carte("Dossiers produits")
        self.modele = ModeleTable(COLONNES_DEPOTS, lambda d: d.id)
        self.tableau = TableauEntier(
            "Dossiers produits", self.modele, (2.4, 1.2, 0.6, 0.8, 0.9, 1.4), triable=True
        )
        self.tableau.choisie.connect(lambda _ligne: self._montrer())
        self.tableau.activee.connect(lambda _ligne: self.enregistrer())
        self.carte.ajouter(self.tableau)
        colonne.addWidget(self.carte)
        self.detail = Carte(" ")
        self.b_archive = self.detail.ajouter_action(
            bouton(
                "&Enregistrer l’archive…",
                self.enregistrer,
                aide="Écrit une copie de l’archive ZIP, octet pour octet telle qu’elle a été produite",
            )
        )
        rangee = QHBoxLayout()
        rangee.setSpacing(18)
        self.date = ChampDate(
            libelle_de("depot_fait.depose_le"),
            lambda v: self._modifier("Dater le dépôt", self.date.ligne, depose_le=v),
        )
        self.accuse = ChampTexte(
            libelle_de("depot_fait.accuse"),
            lambda v: self._modifier("Noter le numéro de l’accusé", self.accuse.ligne, accuse=v),
        )
        rangee.addWidget(self.date, 1)
        rangee.addWidget(self.accuse, 1)
        self.detail.corps.addLayout(rangee)
        self.empreinte = self.detail.ajouter_texte("", "petit")
        colonne.addWidget(self.detail)
        colonne.addStretch(1)

    @property
    def choisi(self) -> DepotFait | None:
        """The filing selected."""
        return self.modele.en(self.tableau.ligne_courante())

    def afficher(self, lu: "Lecture") -> None:
        """Reads the log again, the last filing first; the one selected stays so."""
        avant = self.choisi.id if self.choisi else None
        depots = sorted(lu.dossier.depots, key=lambda d: (d.produit_le, d.id), reverse=True)
        for widget in (self.carte, self.detail):
            widget.setVisible(bool(depots))
        self.vide.setVisible(not depots)
        if avant is None:
            self.montre.lacher()
        nom = self.montre.parti({x.id for x in depots})
        if nom:
            saisies = [(x.etiquette.text(), t) for x in (self.date, self.accuse) if (t := x.abandonner())]
            self._contexte.disparu.emit(disparu(nom, "La liste des dossiers produits est montrée.", saisies))
        self.modele.charger(depots)
        if depots:
            self.tableau.choisir(max(self.modele.ligne_de(avant), 0))
        self._montrer()

    def _montrer(self) -> None:
        depot = self.choisi
        if depot is None:
            return
        self.detail.titre.setText(f"{nom_depot(depot)} du {date_longue(depot.produit_le.date())}")
        self.detail.setAccessibleName(self.detail.titre.text())
        self.montre.voir(depot.id, self.detail.titre.text())
        self.date.fixer(depot.depose_le, depot)
        self.accuse.fixer(depot.accuse, depot)
        self.empreinte.setText(f"Empreinte SHA-256 de l’archive\u00a0: {depot.sha256}")

    def _modifier(self, libelle: str, depot: DepotFait | None, **champs: object) -> bool:
        return depot is not None and self._contexte.modifier(depot, libelle, **champs)

    def enregistrer(self) -> None:
        """Asks where a copy of the archive goes, then writes it."""
        depot = self.choisi
        if depot is None:
            return
        propose = f"depot-{depot.produit_le:%Y-%m-%d}.zip"
        chemin = sorties.demander_fichier(self, "Enregistrer l’archive", propose, "Archive ZIP (*.zip)")
        if chemin is not None:
            self.enregistrer_vers(chemin)

    def enregistrer_vers(self, chemin: Path) -> None:
        """Writes a copy of the archive of the filing selected, byte for byte."""
        depot, lire = self.choisi, self._contexte.base.contenu
        if depot is None:
            return
        sha256 = depot.sha256
        self._contexte.taches.lancer(
            "Écriture de l’archive",
            lambda _progress: sorties.ecrire(chemin, lire(sha256)),
            lambda ecrit: self._bandeau.montrer(f"L’archive est enregistrée\u00a0: {ecrit}", "ok"),
            self._echec,
        )

    def _echec(self, erreur: ErreurEsms) -> None:
        self._bandeau.montrer(str(erreur), "info" if isinstance(erreur, Interruption) else "bad")
