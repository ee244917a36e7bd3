"""After the filing: the files written, their fingerprints, and what was checked when they were read back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from esms_desktop.francais import de, pluriel, taille
from ui import sorties
from ui.models.table import ModeleTable
from ui.pages.depot.modele import COLONNES_FICHIERS, Produit
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.libelle import Filet, Libelle
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from esms_desktop.depot.publication import Depot


class CarteResultat(Carte):
    """The last filing produced since the window was opened; hidden until there is one."""

    def __init__(self) -> None:
        super().__init__("Dossier produit")
        self._depot: Depot | None = None
        self.ouvrir_dossier = self.ajouter_action(
            bouton(
                "&Ouvrir le dossier",
                self._ouvrir,
                aide="Montre les fichiers dans le gestionnaire de fichiers",
            )
        )
        tete = QHBoxLayout()
        tete.setSpacing(10)
        self.badge = Badge()
        self.resume = Libelle("")
        tete.addWidget(self.badge)
        tete.addWidget(self.resume, 1)
        self.corps.addLayout(tete)
        self.manquantes = self.ajouter_texte("", "muet")
        self.ajouter_texte("Ce qui a été vérifié après l’écriture", "fort")
        self.preuve = self.ajouter_texte("")
        self.ajouter(Filet())
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.copier = bouton(
            "&Copier l’empreinte", self.copier_empreinte, aide="Copie l’empreinte SHA-256 entière"
        )
        self.copie = Libelle("", "muet")
        rangee.addWidget(self.copier)
        rangee.addWidget(self.copie, 1)
        self.corps.addLayout(rangee)
        self.modele = ModeleTable(COLONNES_FICHIERS, lambda f: f.nom)
        self.tableau = TableauEntier("Fichiers écrits", self.modele, (3, 0.8, 0.6, 1.2))
        self.tableau.activee.connect(lambda ligne: sorties.ouvrir(self.modele.objet(ligne).chemin))
        self.tableau.choisie.connect(lambda _ligne: self._actualiser())
        self.ajouter(self.tableau)
        self.hide()

    def afficher(self, produit: Produit | None) -> None:
        """Shows a filing, or hides the card when there is none."""
        self.setVisible(produit is not None)
        if produit is None or produit.depot is self._depot:
            return
        depot, fichiers = produit.depot, produit.fichiers
        self._depot = depot
        self.badge.fixer(*(("Complet", "ok") if depot.complet else ("Dossier incomplet", "warn")))
        total = taille(sum(f.octets for f in fichiers))
        self.resume.setText(
            f"{pluriel(len(fichiers), 'fichier')}, {total}, {pluriel(depot.pages, 'page')} dans le PDF réuni. "
            f"Écrit dans {depot.dossier}"
        )
        dits = []
        if depot.manquantes:
            dits.append("Il manque\u00a0:\n" + "\n".join(f"• {m}" for m in depot.manquantes))
        if depot.constats:
            dits.append(
                "Copies à refaire\u00a0:\n" + "\n".join(f"• {c.titre}. {c.remede}" for c in depot.constats)
            )
        if depot.avis:
            dits.append("Tailles\u00a0:\n" + "\n".join(f"• {a}" for a in depot.avis))
        self.manquantes.setText("\n".join(dits))
        self.manquantes.setVisible(bool(dits))
        self.modele.charger(fichiers)
        self.tableau.choisir(0)
        self.preuve.setText("\n".join(f"✓ {c}" for c in depot.preuve.controles))
        self._actualiser()

    def viser(self) -> None:
        """Puts the focus on the files."""
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)

    def copier_empreinte(self) -> None:
        """Puts the whole SHA-256 of the selected file on the clipboard."""
        ligne = self.tableau.ligne_courante()
        if ligne >= 0:
            fichier = self.modele.objet(ligne)
            QGuiApplication.clipboard().setText(fichier.sha256)
            self.copie.setText(f"Empreinte {de(fichier.nom)} copiée\u00a0: {fichier.sha256}")

    def _actualiser(self) -> None:
        ligne = self.tableau.ligne_courante()
        self.copier.setEnabled(ligne >= 0)
        self.copie.setText(f"du fichier choisi\u00a0: {self.modele.objet(ligne).nom}" if ligne >= 0 else "")

    def _ouvrir(self) -> None:
        if self._depot is not None:
            sorties.ouvrir(self._depot.dossier)
