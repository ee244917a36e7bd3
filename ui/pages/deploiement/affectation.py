"""Which ESSMS belongs to which wave: choose rows, choose a wave."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import deploiement as gestes
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.champs import libelle_de
from esms_desktop.regles.planning.deploiement import sans_vague
from ui.pages.commun.liste_fermee import TableauFerme
from ui.pages.deploiement.modele import COLONNES_ESSMS
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.champs.liste import Liste

if TYPE_CHECKING:
    from ui.contexte import Contexte


class PanneauAffectation(Carte):
    """Every ESSMS with its wave."""

    def __init__(
        self,
        contexte: "Contexte",
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
    ) -> None:
        super().__init__("Les structures et leur vague")
        self._contexte, self._dire, self._refuser = contexte, dire, refuser
        self._dossier: Dossier | None = None
        self.phrase = self.ajouter_texte("", "muet")
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher une structure…")
        self.recherche.setAccessibleName("Chercher une structure")
        self.recherche.setClearButtonEnabled(True)
        self.vague = Liste()
        self.vague.setMinimumContentsLength(18)
        self.tableau: TableauFerme[Essms] = TableauFerme(
            "Vague de chaque structure",
            COLONNES_ESSMS,
            (3, 1.4, 0.7, 1.8),
            {0: 26, 1: 12, 3: 16},
            contexte,
            contexte.modifier_tous,
            lambda modifs: f"Affecter {pluriel(len(modifs), 'ESSMS', 'ESSMS')}",
            dire,
            refuser,
        )
        self.recherche.textChanged.connect(self.tableau.filtrer)
        self.tableau.activee.connect(lambda _: self.vague.setFocus(Qt.FocusReason.OtherFocusReason))
        self.placer = bouton(
            "Affec&ter les structures choisies",
            self.affecter,
            aide="En un geste, pour toutes les lignes choisies",
        )
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addWidget(self.recherche, 1)
        rangee.addWidget(etiquette_de(libelle_de("essms.vague_id"), self.vague))
        rangee.addWidget(self.vague, 1)
        rangee.addWidget(self.placer)
        barre = QWidget()
        barre.setLayout(rangee)
        rangee.setContentsMargins(0, 0, 0, 0)
        barre.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.ajouter(barre)
        self.ajouter(self.tableau, 1)
        self.ajouter_texte(
            "Maj et Ctrl choisissent plusieurs lignes ; F2 tape le nom d’une vague ; une colonne se colle depuis un "
            "tableur.",
            "petit",
        )

    def charger(self, dossier: Dossier) -> None:
        """Shows the ESSMS of the dossier."""
        if self._dossier is None or self._dossier.id != dossier.id:
            self.recherche.clear()
        choisie = self.vague.currentData()
        self._dossier = dossier
        self.vague.clear()
        for vague in dossier.vagues:
            self.vague.addItem(vague.nom, vague.id)
        self.vague.addItem("Aucune vague", None)
        self.vague.setCurrentIndex(max(self.vague.findData(choisie), 0) if choisie is not None else 0)
        self.tableau.montrer(dossier.essms, dossier)
        sans = len(sans_vague(dossier))
        self.phrase.setText(
            f"{pluriel(sans, 'structure n’a', 'structures n’ont')} pas encore de vague."
            if sans
            else "Chaque structure a sa vague."
        )
        if dossier.essms and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(0)

    def aller(self, essms_id: int | None) -> None:
        """Selects an ESSMS."""
        self.recherche.clear()
        self.tableau.choisir(self.tableau.lignes.ligne_de(essms_id))
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)

    def affecter(self) -> None:
        """Puts the rows selected in the wave of the list."""
        choisis: list[Essms] = self.tableau.choisis()
        if self._dossier is None or not choisis:
            self._refuser("Choisissez dans le tableau les structures à affecter.")
            return
        cle = self.vague.currentData()
        vague = next((v for v in self._dossier.vagues if v.id == cle), None)
        combien = self._contexte.accomplir(gestes.affecter, choisis, vague)
        if combien:
            ou = f"dans «{NBSP}{vague.nom}{NBSP}»" if vague else "sans vague"
            self._dire(f"{pluriel(combien, 'structure placée', 'structures placées')} {ou}.")
