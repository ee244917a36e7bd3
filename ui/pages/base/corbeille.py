"""The bin: what was removed, with what went with it; it comes back, or leaves for good."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.base.journal import Retire
from esms_desktop.errors import ErreurEsms, ErreurSaisie
from esms_desktop.francais import NBSP
from esms_desktop.gestes import retours
from ui.models.table import ModeleTable
from ui.pages.base import modele_historique as mots
from ui.pages.base.modele_historique import COLONNES_CORBEILLE, POIDS_CORBEILLE
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.etat_vide import EtatVide
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste, demander
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from ui.contexte import Contexte


class DialogueCorbeille(DialogueAjuste):
    """What was removed from a dossier, or from the whole base.

    Args:
        dossier_id: the dossier; None for all of them, and for those that were removed.
    """

    def __init__(self, contexte: "Contexte", dossier_id: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._contexte, self._dossier_id = contexte, dossier_id
        self.setWindowTitle("Corbeille")
        self.setAccessibleName("Corbeille")
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle("Corbeille", "sous-titre"))
        self.bandeau = Bandeau()
        colonne.addWidget(self.bandeau)
        self.vide = EtatVide(
            "La corbeille est vide",
            "Ce qui est retiré (dossier, organisme, ESSMS, fichier, risque, tâche) se retrouve ici avec tout ce qui en dépendait.",
        )
        colonne.addWidget(self.vide, 1)
        self.modele: ModeleTable[Retire] = ModeleTable(COLONNES_CORBEILLE, lambda r: (r.table, r.cle))
        self.tableau = Tableau("Ce qui fut retiré", POIDS_CORBEILLE)
        self.tableau.setModel(self.modele)
        self.tableau.setMinimumHeight(260)
        self.tableau.choisie.connect(lambda _rang: self._actualiser())
        self.tableau.activee.connect(lambda _rang: self.remettre())
        colonne.addWidget(self.tableau, 1)
        bas = QHBoxLayout()
        bas.setSpacing(10)
        self.b_effacer = bouton(
            "&Effacer pour de bon…",
            self.effacer,
            "danger",
            "Le dossier choisi et toute sa trace quittent la base",
        )
        bas.addWidget(self.b_effacer)
        bas.addStretch(1)
        bas.addWidget(bouton("&Fermer", self.accept))
        self.b_remettre = bouton(
            "&Remettre",
            self.remettre,
            "primaire",
            "Revient avec tout ce qui en dépendait\u00a0; le geste s’annule",
        )
        bas.addWidget(self.b_remettre)
        colonne.addLayout(bas)
        self.resize(760, 520)
        self.charger()

    @property
    def choisi(self) -> Retire | None:
        """What is selected."""
        rang = self.tableau.ligne_courante()
        return self.modele.objet(rang) if 0 <= rang < self.modele.rowCount() else None

    def charger(self) -> None:
        """Reads the bin again."""
        retires = self._contexte.base.corbeille(self._dossier_id)
        self.modele.charger(retires)
        self.vide.setVisible(not retires)
        self.tableau.setVisible(bool(retires))
        self.b_remettre.setVisible(bool(retires))
        if retires:
            self.tableau.choisir(max(self.tableau.ligne_courante(), 0))
            self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)
        self._actualiser()

    def _actualiser(self) -> None:
        choisi = self.choisi
        self.b_remettre.setEnabled(choisi is not None)
        self.b_effacer.setVisible(
            self._dossier_id is None and choisi is not None and choisi.table == "dossier"
        )

    def remettre(self) -> None:
        """Brings back what is selected."""
        choisi = self.choisi
        if choisi is None:
            return
        nom = mots.nom_retire(choisi)
        raisons: list[str] = []
        if self._contexte.reussir(raisons.append, retours.remettre, choisi):
            suite = mots.avec(choisi)
            self.charger()
            self.bandeau.montrer(
                f"«{NBSP}{nom}{NBSP}» est revenu" + (f", avec {suite}." if suite else "."), "ok"
            )
        elif raisons:
            self.bandeau.montrer(raisons[0], "bad")

    def effacer(self) -> None:
        """Asks, then erases for good the dossier selected."""
        choisi, base = self.choisi, self._contexte.base
        if choisi is None or base.cle is None:
            return
        if not demander(
            self,
            "Effacer pour de bon ?",
            f"«{NBSP}{choisi.nom}{NBSP}», tout ce qui en dépendait, ses fichiers et son journal quittent la base. Cela ne s’annule "
            "pas, et rien de ce qui fut fait avant ne s’annulera plus.",
            "Effacer pour de bon",
            "Garder",
            danger=True,
        ):
            return
        from esms_desktop.base import donnees_personnelles

        try:
            efface = donnees_personnelles.effacer_dossier(base.chemin, base.cle, choisi.nom, choisi.cle)
        except (ErreurEsms, ErreurSaisie) as e:
            self.bandeau.montrer(str(e), "bad")
            return
        base.oublier_les_pas()
        self._contexte.suivre_la_base()
        self.charger()
        self.bandeau.montrer(" ".join(efface.phrases), "ok")
