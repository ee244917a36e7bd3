"""The campaigns window: those there are, the values of one, beside another; copy, change, bring in, take out."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esms_desktop.campagnes import chargement, propres
from esms_desktop.campagnes.comparaison import LigneComparee
from esms_desktop.campagnes.listes import LISTES
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.errors import ErreurEsms
from ui.models.campagnes import (
    COLONNES,
    LigneCampagne,
    colonnes_valeurs,
    element,
    lignes,
    note,
    phrase,
    valeurs,
)
from ui.models.table import ModeleTable
from ui.pages.campagnes.copie import DialogueCopie
from ui.pages.campagnes.element import DialogueElement
from ui.pages.campagnes.valeur import DialogueValeur
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.libelle import Libelle
from ui.widgets.question import demander
from ui.widgets.tableaux.tableau_large import TableauLarge

_FILTRE = "Fichiers de campagne (*.toml)"


class DialogueCampagnes(QDialog):
    """`change`: the campaigns are no longer the same; what shows them reads again.

    Args:
        jour: today, for what is open.
        choisie: id of the campaign shown first.
    """

    change = Signal()

    def __init__(self, jour: date, choisie: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jour, self._id = jour, choisie
        self._campagnes: dict[str, Campagne] = {}
        self._siennes: set[str] = set()
        self.setWindowTitle("Campagnes")
        self.resize(1180, 720)
        tout = QVBoxLayout(self)
        tout.setContentsMargins(24, 20, 24, 18)
        tout.setSpacing(12)
        tout.addWidget(Libelle("Campagnes", "titre"))
        tout.addWidget(
            Libelle(
                "Les règles, les montants et les pièces de chaque appel à projets. Celles de l’application se lisent ; copiez-en une "
                "pour changer ses valeurs.",
                "muet",
            )
        )
        self.bandeau = Bandeau()
        tout.addWidget(self.bandeau)
        milieu = QHBoxLayout()
        milieu.setSpacing(14)
        milieu.addWidget(self._liste(), 34)
        milieu.addWidget(self._detail(), 66)
        tout.addLayout(milieu, 1)
        bas = QHBoxLayout()
        bas.addStretch(1)
        bas.addWidget(bouton("&Fermer", self.accept))
        tout.addLayout(bas)
        self.relire()
        self._dire_refusees()

    def _liste(self) -> Carte:
        carte = Carte("Les campagnes")
        self.modele = ModeleTable(COLONNES, lambda x: x.campagne.id)
        self.tableau = TableauLarge("Campagnes", (3, 1.4), {0: 18})
        self.tableau.setModel(self.modele)
        self.tableau.choisie.connect(self._choisir)
        carte.ajouter(self.tableau, 1)
        self.b_copier = bouton("&Copier…", self.copier, aide="Une copie à vous, dont les valeurs se changent")
        self.b_importer = bouton(
            "&Importer…", self.importer, aide="Ajoute une campagne depuis un fichier .toml"
        )
        self.b_exporter = bouton(
            "E&xporter…", self.exporter, aide="Écrit la campagne entière dans un fichier"
        )
        self.b_supprimer = bouton("&Supprimer", self.supprimer, "danger", "Retire une campagne à vous")
        for paire in ((self.b_copier, self.b_importer), (self.b_exporter, self.b_supprimer)):
            rangee = QHBoxLayout()
            rangee.setSpacing(8)
            for b in paire:
                rangee.addWidget(b)
            rangee.addStretch(1)
            carte.corps.addLayout(rangee)
        return carte

    def _detail(self) -> Carte:
        self.carte = Carte(" ")
        haut = QHBoxLayout()
        haut.setSpacing(10)
        self.autre = ChampChoix("Comparer avec")
        self.autre.change.connect(lambda _: self._montrer())
        haut.addWidget(self.autre, 1)
        self.ecarts = QCheckBox("Seulement les é&carts")
        self.ecarts.toggled.connect(lambda _: self._montrer())
        haut.addWidget(self.ecarts, 0, Qt.AlignmentFlag.AlignBottom)
        self.carte.corps.addLayout(haut)
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher une valeur…")
        self.recherche.setAccessibleName("Chercher une valeur")
        self.recherche.setClearButtonEnabled(True)
        self.recherche.textChanged.connect(lambda _: self._montrer())
        self.carte.ajouter(self.recherche)
        self.valeurs = TableauLarge("Valeurs de la campagne", (2, 2, 2, 0.9), {0: 18, 1: 14, 2: 14})
        self.valeurs.activee.connect(lambda _: self.modifier())
        self.valeurs.choisie.connect(lambda _: self._suivre_la_ligne())
        self.carte.ajouter(self.valeurs, 1)
        rangee = QHBoxLayout()
        rangee.setSpacing(14)
        self.b_listes = {
            "fenetres": bouton(
                "Ajouter une &fenêtre",
                lambda: self.ajouter("fenetres"),
                "lien",
                "Une fenêtre de dépôt de plus",
            ),
            "contacts": bouton(
                "Ajouter un co&ntact", lambda: self.ajouter("contacts"), "lien", "Qui répond aux questions"
            ),
            "remarques": bouton(
                "Ajouter une &remarque",
                lambda: self.ajouter("remarques"),
                "lien",
                "Un écart entre les textes, montré à côté des montants qu’il concerne",
            ),
        }
        self.b_retirer = bouton(
            "Re&tirer", self.retirer, "lien", "Retire la fenêtre, le contact ou la remarque choisis"
        )
        for b in (*self.b_listes.values(), self.b_retirer):
            rangee.addWidget(b)
        rangee.addStretch(1)
        self.carte.corps.addLayout(rangee)
        self.compte = self.carte.ajouter_texte("", "petit")
        self.b_modifier = self.carte.ajouter_action(
            bouton("&Modifier la valeur…", self.modifier, aide="Change la valeur choisie, avec sa source")
        )
        return self.carte

    # -- what is shown -----------------------------------------------------------------------------------------

    def relire(self) -> None:
        """Reads the campaigns again; the one shown stays so."""
        self._siennes = chargement.de_la_personne()
        lues = chargement.toutes()
        self._campagnes = {c.id: c for c in lues}
        rangs = lignes(lues, self._siennes, self._jour)
        self.modele.charger(rangs)
        self.autre.fixer_options([(None, "Aucune"), *((x.campagne.id, x.campagne.titre) for x in rangs)])
        if self.autre.valeur not in self._campagnes:
            self.autre.fixer(None)
        ligne = self.modele.ligne_de(self._id)
        self.tableau.choisir(max(ligne, 0))
        self._choisir(max(ligne, 0))

    def _dire_refusees(self) -> None:
        refus = chargement.refusees()
        if refus:
            self.bandeau.montrer("\n".join(str(e) for e in refus), "bad")

    @property
    def choisie(self) -> LigneCampagne | None:
        """The campaign shown."""
        ligne = self.modele.ligne_de(self._id)
        return self.modele.objet(ligne) if ligne >= 0 else None

    def choisir(self, id: str) -> None:
        """Shows a campaign."""
        self.tableau.choisir(self.modele.ligne_de(id))

    def _choisir(self, ligne: int) -> None:
        if 0 <= ligne < self.modele.rowCount():
            self._id = self.modele.objet(ligne).campagne.id
            self._montrer()

    def _montrer(self) -> None:
        x = self.choisie
        if x is None:
            return
        autre = self._campagnes.get(self.autre.valeur or "")
        if autre is x.campagne:
            autre = None
        self.carte.titre.setText(x.campagne.titre)
        self.carte.setAccessibleName(x.campagne.titre)
        self.ecarts.setEnabled(autre is not None)
        montrees = valeurs(x.campagne, autre, self.recherche.text(), self.ecarts.isChecked())
        courante = self.ligne
        self.table = ModeleTable(colonnes_valeurs(x.campagne, autre), lambda v: v.cle)
        self.table.charger(montrees)
        self.valeurs.setModel(self.table)
        if courante is not None:
            self.valeurs.choisir(self.table.ligne_de(courante.cle))
        self.compte.setText(phrase(montrees, autre))
        self.b_supprimer.setEnabled(x.a_vous)
        self.b_modifier.setEnabled(x.a_vous)
        for b in (*self.b_listes.values(), self.b_retirer):
            b.setVisible(x.a_vous)
        self._suivre_la_ligne()

    def _suivre_la_ligne(self) -> None:
        self.b_retirer.setEnabled(bool(element(self.ligne)))

    @property
    def ligne(self) -> LigneComparee | None:
        """The value selected."""
        if not hasattr(self, "table"):
            return None
        rang = self.valeurs.ligne_courante()
        return self.table.objet(rang) if 0 <= rang < self.table.rowCount() else None

    # -- gestures ----------------------------------------------------------------------------------------------

    def copier(self) -> None:
        """Asks a title and an id, and makes a copy."""
        x = self.choisie
        if x is None:
            return

        def faire(id: str, titre: str) -> None:
            propres.copier(x.campagne.id, id, titre)
            self._fait(
                f"« {titre.strip()} » est à vous : ses valeurs se changent.",
                id,
                lambda: propres.supprimer(id),
            )

        DialogueCopie(x.campagne.titre, faire, self).open()

    def modifier(self) -> None:
        """Opens the value selected, when it is one of the person's own campaign."""
        x, ligne = self.choisie, self.ligne
        if x is None or ligne is None:
            self.bandeau.montrer("Choisissez une valeur dans le tableau.", "info", secondes=6)
            return
        if not x.a_vous:
            self.bandeau.montrer(
                "Cette campagne est celle de l’application. Copiez-la : la copie est à vous.",
                "info",
                ("Copier…", self.copier),
            )
            return
        id, avant = x.campagne.id, propres.texte(x.campagne.id)

        def ecrire(cle: str, saisi: str, source: str, hypothese: bool, pourquoi: str) -> None:
            propres.modifier(id, cle, saisi, source, hypothese, pourquoi)
            self._fait(f"« {ligne.libelle} » est changé.", id, lambda: propres.retablir(id, avant))

        DialogueValeur(ligne, note(x.campagne, ligne.cle), ecrire, self).open()

    def ajouter(self, nom: str) -> None:
        """Asks for a window, a contact or a remark, and adds it."""
        x = self.choisie
        if x is None or not x.a_vous:
            return
        id, avant = x.campagne.id, propres.texte(x.campagne.id)
        liste, rang = LISTES[nom], len(getattr(x.campagne, nom)) + 1

        def ecrire(saisis: Mapping[str, str], source: str, hypothese: bool, pourquoi: str) -> None:
            propres.ajouter(id, nom, saisis, source, hypothese, pourquoi)
            ajout = "ajoutée" if liste.feminin else "ajouté"
            self._fait(f"« {liste.nom} {rang} » est {ajout}.", id, lambda: propres.retablir(id, avant))
            self.recherche.setText(f"{liste.nom.lower()} {rang},")
            self.valeurs.choisir(0)

        DialogueElement(nom, ecrire, self).open()

    def retirer(self) -> None:
        """Takes away the window, the contact or the remark of the line; the message offers to put it back."""
        x, ici = self.choisie, element(self.ligne)
        if x is None or not x.a_vous or not ici:
            return
        id, avant = x.campagne.id, propres.texte(x.campagne.id)
        nom, _, rang = ici.partition(".")
        liste = LISTES[nom]

        def faire() -> None:
            propres.retirer(id, ici)
            retrait = "retirée" if liste.feminin else "retiré"
            self._fait(f"« {liste.nom} {rang} » est {retrait}.", id, lambda: propres.retablir(id, avant))

        self._tenter(faire)

    def importer(self) -> None:
        """Asks for a file, then brings it in."""
        chemin, _ = QFileDialog.getOpenFileName(self, "Importer une campagne", "", _FILTRE)
        if chemin:
            self.importer_de(Path(chemin))

    def importer_de(self, chemin: Path) -> None:
        """Brings in a file, or says where it is refused."""

        def faire() -> None:
            campagne = propres.importer(chemin)
            id = campagne.id
            self._fait(f"« {campagne.titre} » est ajoutée.", id, lambda: propres.supprimer(id))

        self._tenter(faire)

    def exporter(self) -> None:
        """Asks where, then writes the campaign shown."""
        chemin, _ = QFileDialog.getSaveFileName(self, "Exporter la campagne", f"{self._id}.toml", _FILTRE)
        if chemin:
            self.exporter_vers(Path(chemin))

    def exporter_vers(self, chemin: Path) -> None:
        """Writes the campaign shown."""
        self._tenter(
            lambda: self.bandeau.montrer(
                f"La campagne est écrite : {propres.exporter(self._id, chemin)}", "ok", secondes=12
            )
        )

    def supprimer(self) -> None:
        """Asks, then takes the campaign away; the message offers to put it back."""
        x = self.choisie
        if x is None or not x.a_vous:
            return
        if not demander(
            self,
            "Supprimer cette campagne ?",
            f"« {x.campagne.titre} » quitte la liste. Les dossiers qui la suivent ne s’ouvriront plus tant qu’elle n’est pas remise.",
            "Supprimer",
            "Garder",
            danger=True,
        ):
            return
        id, titre = x.campagne.id, x.campagne.titre

        def faire() -> None:
            texte = propres.supprimer(id)
            self._fait(f"« {titre} » est supprimée.", "", lambda: propres.retablir(id, texte))

        self._tenter(faire)

    def _fait(self, dit: str, id: str, defaire: Callable[[], object]) -> None:
        """Says what was done and offers to take it back."""
        self._id = id or self._id
        self.relire()
        self.change.emit()

        def annuler() -> None:
            self._tenter(defaire)
            self.relire()
            self.change.emit()

        self.bandeau.montrer(dit, "ok", ("Annuler", annuler), secondes=20)

    def _tenter(self, faire: Callable[[], object]) -> None:
        try:
            faire()
        except ErreurEsms as e:
            self.bandeau.montrer(str(e), "bad")
