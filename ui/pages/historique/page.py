"""The page Historique: who changed what, when, from what to what; a value can be put back, and what was removed too."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from esms_desktop.base.journal import Evenement
from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import retours
from ui.models.table import ModeleTable
from ui.pages.base import modele_historique as mots
from ui.pages.base.modele_historique import COLONNES, POIDS, LigneHistorique
from ui.pages.commun.page import PageDossier
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.liste import Liste
from ui.widgets.etat_vide import EtatVide
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from ui.contexte import Contexte

_FRAPPE_MS = 250
_TOUS = "Tout le monde"


class PageHistorique(PageDossier):
    """What the journal tells of the dossier."""

    cle = "historique"
    titre = "Historique"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self._suite: int | None = None
        self._evenements: list[Evenement] = []
        self.b_corbeille = self.entete.ajouter_action(
            "&Corbeille…", self._corbeille, aide="Ce qui fut retiré de ce dossier, et peut y revenir"
        )
        self.carte = Carte("Les changements, du plus récent au plus ancien")
        self.remettre = self.carte.ajouter_action(
            bouton(
                "&Remettre cette valeur",
                self._remettre,
                aide="Le champ retrouve sa valeur d’avant\u00a0; le geste s’annule",
            )
        )
        filtres = QHBoxLayout()
        filtres.setSpacing(10)
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher un objet, un champ, une valeur…")
        self.recherche.setAccessibleName("Chercher dans l’historique")
        self.recherche.setClearButtonEnabled(True)
        self.qui = Liste()
        self.qui.setAccessibleName("Par qui")
        filtres.addWidget(self.recherche, 3)
        filtres.addWidget(self.qui, 1)
        self.carte.corps.addLayout(filtres)
        self.modele: ModeleTable[LigneHistorique] = ModeleTable(COLONNES, lambda x: x.cle)
        self.tableau = Tableau("Changements", POIDS)
        self.tableau.setModel(self.modele)
        self.tableau.setMinimumHeight(260)
        self.tableau.choisie.connect(lambda _rang: self._actualiser())
        self.tableau.activee.connect(lambda _rang: self._remettre())
        self.carte.ajouter(self.tableau, 1)
        self.rien = self.carte.ajouter_texte("Aucun changement ne répond à ces mots.", "muet")
        bas = QHBoxLayout()
        self.compte = Libelle("", "petit")
        bas.addWidget(self.compte, 1)
        self.plus = bouton("&Plus anciens", self._continuer, aide="Lit la suite du journal")
        bas.addWidget(self.plus)
        self.carte.corps.addLayout(bas)
        self.vide = EtatVide(
            "Rien n’a encore été changé",
            "Chaque saisie, chaque ajout, chaque retrait s’inscrit ici, avec son auteur, son heure, la valeur d’avant et celle "
            "d’après.",
        )
        self.corps.addWidget(self.carte, 1)
        self.corps.addWidget(self.vide)
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)
        self._minuterie.setInterval(_FRAPPE_MS)
        self._minuterie.timeout.connect(self._lire)
        self.recherche.textChanged.connect(lambda _texte: self._minuterie.start())
        self.qui.activated.connect(lambda _rang: self._lire())

    @property
    def choisie(self) -> LigneHistorique | None:
        """The row selected."""
        rang = self.tableau.ligne_courante()
        return self.modele.objet(rang) if 0 <= rang < self.modele.rowCount() else None

    def rafraichir(self) -> None:
        """Reads the journal again; what is searched for stays."""
        presente = self.qui.currentText()
        self.qui.blockSignals(True)
        self.qui.clear()
        self.qui.addItems([_TOUS, *self.contexte.base.auteurs(self.dossier_id)])
        self.qui.setCurrentIndex(max(self.qui.findText(presente, Qt.MatchFlag.MatchExactly), 0))
        self.qui.blockSignals(False)
        self._lire()

    def filtrer(self) -> None:
        """Puts the cursor in the search."""
        self.recherche.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.recherche.selectAll()

    def _lire(self) -> None:
        self._minuterie.stop()
        self._evenements, self._suite = self._suivants(None)
        self._montrer()

    def _continuer(self) -> None:
        plus, self._suite = self._suivants(self._suite)
        self._evenements = [*self._evenements, *plus]
        self._montrer()

    def _suivants(self, avant: int | None) -> tuple[list[Evenement], int | None]:
        qui = self.qui.currentText() if self.qui.currentIndex() > 0 else ""
        return self.contexte.base.historique(self.dossier_id, avant, texte=self.recherche.text(), qui=qui)

    def _montrer(self) -> None:
        choisie = self.choisie.cle if self.choisie else None
        lignes = mots.lignes(self._evenements, self.lecture().dossier.version)
        cherche = bool(self.recherche.text().strip()) or self.qui.currentIndex() > 0
        vierge = not lignes and not cherche
        self.vide.setVisible(vierge)
        self.carte.setVisible(not vierge)
        self.modele.charger(lignes)
        self.tableau.setVisible(bool(lignes))
        self.rien.setVisible(not lignes)
        if lignes:
            self.tableau.choisir(max(self.modele.ligne_de(choisie), 0))
        self.plus.setVisible(self._suite is not None)
        self.compte.setText(pluriel(len(lignes), "changement"))
        if self._evenements:
            dernier = self._evenements[0]
            self.entete.set_phrase(f"Dernier changement{NBSP}: {mots.geste(dernier)}, par {dernier.qui}.")
        else:
            self.entete.set_phrase("Qui a changé quoi, quand, et ce qu’il y avait avant.")
        self._actualiser()

    def _actualiser(self) -> None:
        ligne = self.choisie
        self.remettre.setEnabled(ligne is not None and ligne.remettable)

    def _remettre(self) -> None:
        ligne = self.choisie
        if ligne is None or ligne.changement is None or not ligne.remettable:
            return
        champ, e = ligne.changement.champ, ligne.evenement
        fait = self.contexte.accomplir_ou(
            lambda raison: self.bandeau.montrer(raison, "bad"), retours.remettre_valeur, e, champ
        )
        if fait is not None:
            if fait:
                self.bandeau.montrer(
                    f"«{NBSP}{mots.champ(ligne)}{NBSP}» de «{NBSP}{mots.objet(e)}{NBSP}» vaut de nouveau{NBSP}: {ligne.avant}.",
                    "ok",
                    ("Annuler", self.contexte.annuler),
                    secondes=12,
                )
            else:
                self.bandeau.montrer("Ce champ a déjà cette valeur.", "info", secondes=8)

    def _corbeille(self) -> None:
        from ui.pages.base.corbeille import DialogueCorbeille

        try:
            DialogueCorbeille(self.contexte, self.dossier_id, self).open()
        except ErreurEsms as e:
            self.bandeau.montrer(str(e), "bad")
