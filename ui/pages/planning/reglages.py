"""The days when nobody works: whose public holidays count, and the closures of the grappe."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from esms_desktop.francais import NBSP, date_courte
from esms_desktop.gestes.planning import saisie as gestes
from esms_desktop.nomenclature.champs import libelle_de
from esms_desktop.regles.planning.jours_ouvres import TERRITOIRES
from esms_desktop.regles.planning.planning import territoire_du_porteur
from ui.models.table import Colonne, ModeleTable
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix, ChampDate, ChampTexte
from ui.widgets.libelle import Filet, Libelle
from ui.widgets.question import DialogueAjuste
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from ui.pages.planning.page import PagePlanning

Fermeture = tuple[str, date, date]
# What `None` in the base says: the territory follows the porteur.
_PORTEUR = "porteur"
_COLONNES: tuple[Colonne[Fermeture], ...] = (
    Colonne(libelle_de("fermeture.motif"), lambda f: f[0] or "Fermeture"),
    Colonne(libelle_de("fermeture.debut"), lambda f: date_courte(f[1]), tri=lambda f: f[1]),
    Colonne(libelle_de("fermeture.fin"), lambda f: date_courte(f[2]), tri=lambda f: f[2]),
)


class DialogueReglages(DialogueAjuste):
    """What is chosen here is written once, by « Enregistrer »: every date of the planning depends on it."""

    def __init__(self, page: "PagePlanning") -> None:
        super().__init__(page)
        self._page = page
        dossier = page.dossier()
        self.setWindowTitle("Jours fériés et fermetures")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle("Jours fériés et fermetures", "sous-titre"))
        colonne.addWidget(
            Libelle(
                "Le planning ne compte que les jours ouvrés\u00a0: ni samedis, ni dimanches, ni jours fériés, ni les fermetures "
                "que vous indiquez ici. Les dates de toutes les tâches suivent.",
                "muet",
            )
        )
        reglage = dossier.reglage_planning
        propre = reglage.territoire if reglage is not None else None
        # Without a choice of its own, the calendar is that of the porteur: its name is told.
        du_porteur = territoire_du_porteur(dossier)
        self.territoire = ChampChoix(
            libelle_de("reglage_planning.territoire"),
            [(_PORTEUR, f"Ceux du porteur ({TERRITOIRES[du_porteur]})"), *TERRITOIRES.items()],
        )
        self.territoire.fixer(_PORTEUR if propre is None else propre)
        colonne.addWidget(self.territoire)
        colonne.addWidget(Filet())
        tete = QHBoxLayout()
        tete.addWidget(Libelle("Fermetures de la grappe", "fort"), 1)
        self.retirer = bouton("&Retirer la fermeture choisie", self._retirer)
        tete.addWidget(self.retirer)
        colonne.addLayout(tete)
        self.fermetures: list[Fermeture] = [(f.motif, f.debut, f.fin) for f in dossier.fermetures]
        self.modele: ModeleTable[Fermeture] = ModeleTable(_COLONNES, lambda f: f)
        self.tableau = Tableau("Fermetures de la grappe", (2.4, 1, 1))
        self.tableau.setModel(self.modele)
        self.tableau.setMinimumHeight(140)
        colonne.addWidget(self.tableau, 1)
        self.motif = ChampTexte(libelle_de("fermeture.motif"), indication="Congés d’été")
        self.du, self.au = ChampDate(libelle_de("fermeture.debut")), ChampDate(libelle_de("fermeture.fin"))
        self.ajouter = bouton("&Ajouter", self._ajouter)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.motif.saisie.setMinimumWidth(self.motif.saisie.fontMetrics().averageCharWidth() * 22)
        for champ, part in ((self.motif, 2), (self.du, 1), (self.au, 1)):
            rangee.addWidget(champ, part, Qt.AlignmentFlag.AlignTop)
        colonne.addLayout(rangee)
        suite = QHBoxLayout()
        self.message = Libelle("", "erreur")
        suite.addWidget(self.message, 1)
        suite.addWidget(self.ajouter)
        colonne.addLayout(suite)
        pied = QHBoxLayout()
        pied.setSpacing(10)
        pied.addStretch(1)
        pied.addWidget(bouton("Re&noncer", self.reject))
        self.enregistrer = bouton("&Enregistrer", self._enregistrer, "primaire")
        pied.addWidget(self.enregistrer)
        colonne.addWidget(Filet())
        colonne.addLayout(pied)
        self.resize(680, 560)
        self._montrer()

    def _montrer(self) -> None:
        self.fermetures.sort(key=lambda f: (f[1], f[2], f[0]))
        self.modele.charger(self.fermetures)
        self.retirer.setEnabled(bool(self.fermetures))
        if self.fermetures and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(0)

    def _ajouter(self) -> bool:
        """Adds the closure typed; says why when it cannot."""
        if not (self.du.valider() and self.au.valider() and self.motif.valider()):
            return False
        debut = self.du.valeur
        fin = self.au.valeur or debut
        if debut is None:
            self.message.setText("Donnez au moins le premier jour de la fermeture.")
            return False
        if fin < debut:
            self.message.setText(
                f"Elle finirait le {date_courte(fin)}, avant de commencer le {date_courte(debut)}."
            )
            return False
        if (fin - debut).days >= 366:
            self.message.setText("Une fermeture dure moins d’un an.")
            return False
        neuve = (str(self.motif.valeur)[:200], debut, fin)
        if neuve not in self.fermetures:
            self.fermetures.append(neuve)
        self.message.setText("")
        for champ, vide in ((self.motif, ""), (self.du, None), (self.au, None)):
            champ.fixer(vide)
        self._montrer()
        return True

    def _retirer(self) -> None:
        rang = self.tableau.ligne_courante()
        if 0 <= rang < len(self.fermetures):
            self.fermetures.remove(self.modele.objet(rang))
            self._montrer()

    def _enregistrer(self) -> None:
        # What was typed and not added yet is not lost.
        en_attente = any(c.texte_saisi().strip() for c in (self.motif, self.du, self.au))
        if en_attente and not self._ajouter():
            return
        page = self._page
        choisi = self.territoire.valeur
        if page.contexte.reussir(
            self.message.setText,
            gestes.regler,
            page.dossier(),
            None if choisi == _PORTEUR else choisi,
            self.fermetures,
        ):
            self.accept()
            page.dire(f"Le calendrier est réglé{NBSP}: les dates du planning en tiennent compte.")
