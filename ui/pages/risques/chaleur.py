"""The tabs that look at all the structures at once: the heat map, and what the structures share."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from esms_desktop.francais import pluriel
from esms_desktop.gestes import risques as gestes
from esms_desktop.lecture import Dossier
from esms_desktop.regles.dossier.risques import LigneRemontee, remontee
from ui.pages.risques.modele_chaleur import ModeleChaleur, ModeleRemontee
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.onglets import Onglets
from ui.widgets.tableaux.carte_chaleur import CarteChaleur, Legende, TableauNiveaux

if TYPE_CHECKING:
    from ui.contexte import Contexte


class PanneauChaleur(Carte):
    """The heat map. `ouvrir(essms or None, category)`: a cell was opened; `apres(bool)`: before or after the actions."""

    ouvrir = Signal(object, object)
    apres = Signal(bool)

    def __init__(self) -> None:
        super().__init__("Structures × catégories")
        self.quand = Onglets("Criticité montrée", ("A&vant actions", "A&près actions"))
        self.quand.change.connect(lambda rang: self.apres.emit(rang == 1))
        self.ajouter(self.quand)
        self.modele = ModeleChaleur()
        self.tableau = CarteChaleur(self._ouvrir)
        self.tableau.setModel(self.modele)
        self.ajouter(self.tableau, 1)
        self.ajouter(Legende())
        self.ajouter_texte(
            "Chaque case montre la criticité la plus haute. Les flèches la parcourent, Entrée ou un double clic ouvre la "
            "carte ; un titre de colonne trie ; Ctrl+C copie pour un tableur.",
            "petit",
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def charger(self, dossier: Dossier, apres: bool) -> None:
        """Shows the heat map of a dossier."""
        self.quand.fixer(1 if apres else 0)
        self.modele.montrer(dossier, apres)
        if not self.tableau.currentIndex().isValid() and self.modele.rowCount():
            self.tableau.setCurrentIndex(self.tableau.proxy.index(0, 1))

    def _ouvrir(self, ligne: int, colonne: int) -> None:
        case = self.modele.case(ligne, colonne)
        self.ouvrir.emit(self.modele.essms(ligne), case.categorie if case else None)


class PanneauRemontee(Carte):
    """What the structures share, to be raised to the grappe. `structures()`: there is none yet, show the structures."""

    structures = Signal()

    def __init__(
        self, contexte: "Contexte", dire: Callable[[str], object], refuser: Callable[[str], object]
    ) -> None:
        super().__init__("Ce que les structures ont en commun")
        self._contexte, self._dire, self._refuser = contexte, dire, refuser
        self._dossier: Dossier | None = None
        self.proposer = self.ajouter_action(
            bouton(
                "&Proposer à la grappe",
                self._proposer,
                aide="Ajouter les risques choisis à la carte de la grappe, avec la cotation la plus haute",
            )
        )
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher un risque, une structure…")
        self.recherche.setAccessibleName("Chercher dans la remontée des structures")
        self.recherche.setClearButtonEnabled(True)
        self.phrase = self.ajouter_texte("", "muet")
        self.modele = ModeleRemontee()
        self.tableau = TableauNiveaux(
            "Risques des structures", (2.2, 2.4, 0.9, 0.7, 1.0), {0: 22, 1: 24, 4: 12}
        )
        self.tableau.setModel(self.modele)
        self.recherche.textChanged.connect(self.tableau.filtrer)
        self.ajouter(self.recherche)
        self.ajouter(self.tableau, 1)
        self.vide = EtatVide(
            "Aucune structure n’a encore de risque",
            "Quand plusieurs structures notent le même risque, il concerne la grappe. Évaluez d’abord les structures : "
            "une carte remplie se copie vers les autres en un geste.",
            ("Évaluer les structures", self.structures.emit),
        )
        self.ajouter(self.vide, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def charger(self, dossier: Dossier) -> None:
        """Shows what the structures share."""
        if self._dossier is None or self._dossier.id != dossier.id:
            self.recherche.clear()
        self._dossier = dossier
        lignes = remontee(dossier)
        self.modele.charger(lignes)
        for partie in (self.recherche, self.phrase, self.tableau, self.proposer):
            partie.setVisible(bool(lignes))
        self.vide.setVisible(not lignes)
        absents = sum(x.a_la_grappe is None for x in lignes)
        communs = sum(len(x.structures) > 1 for x in lignes)
        self.phrase.setText(
            f"{pluriel(len(lignes), 'risque')} dans les structures, dont {communs} dans plusieurs ; "
            + (
                f"{absents} pas encore sur la carte de la grappe."
                if absents
                else "tous sont sur la carte de la grappe."
            )
        )
        self.proposer.setEnabled(bool(absents))
        if lignes and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(0)

    def choisies(self) -> list[LigneRemontee]:
        """The lines selected."""
        return [self.modele.objet(r) for r in self.tableau.lignes_choisies()]

    def _proposer(self) -> None:
        choisies = [x for x in self.choisies() if x.a_la_grappe is None]
        if self._dossier is None or not choisies:
            self._refuser("Choisissez des risques qui ne sont pas encore sur la carte de la grappe.")
            return
        ajoutes = self._contexte.accomplir(gestes.proposer_a_la_grappe, self._dossier, choisies)
        if ajoutes:
            self._dire(
                f"{pluriel(len(ajoutes), 'risque ajouté', 'risques ajoutés')} à la carte de la grappe."
            )
