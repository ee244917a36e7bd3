"""The référent of each structure: « à désigner » in sight, one person for many structures in one gesture."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import gouvernance as gestes
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import libelle_de
from ui.pages.commun.liste_fermee import TableauFerme
from ui.pages.gouvernance.modele import COLONNES_REFERENTS, LigneReferent, Personne, personnes, referents
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix, ChampTexte
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

if TYPE_CHECKING:
    from ui.contexte import Contexte

_CHAMPS = (
    ("fonction", libelle_de("contact.fonction")),
    ("telephone", libelle_de("contact.telephone")),
    ("courriel", libelle_de("contact.courriel")),
)


class DialogueReferent(DialogueAjuste):
    """Who, and for which structures.

    Args:
        connues: the people of the dossier.
        lignes: all the structures; `choisies`: those selected in the table.
    """

    def __init__(
        self,
        parent: QWidget | None,
        connues: Sequence[Personne],
        lignes: Sequence[LigneReferent],
        choisies: Sequence[LigneReferent],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Désigner un référent")
        self.setMinimumWidth(520)
        self._connues = list(connues)
        self._portees = {
            "choisies": list(choisies),
            "sans": [r for r in lignes if r.contact is None],
            "toutes": list(lignes),
        }
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle("Désigner un référent", "sous-titre"))
        self.connue = ChampChoix(
            "Personne", [(None, "Une nouvelle personne"), *((p.nom, p.nom) for p in self._connues)]
        )
        self.connue.change.connect(lambda _: self._reprendre())
        self.nom = ChampTexte(libelle_de("contact.nom"))
        self.champs = {nom: ChampTexte(libelle) for nom, libelle in _CHAMPS}
        libelles = {
            "choisies": "Les structures choisies dans le tableau",
            "sans": "Celles qui n’ont pas encore de référent",
            "toutes": "Toutes les structures",
        }
        self.portee = ChampChoix(
            "Pour", [(c, f"{libelles[c]} ({len(r)})") for c, r in self._portees.items() if r]
        )
        self.portee.fixer(next((c for c, r in self._portees.items() if r), None))
        for champ in (self.connue, self.nom, *self.champs.values(), self.portee):
            colonne.addWidget(champ)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        self.accord = bouton("&Désigner", self._garder, "primaire")
        self.accord.setDefault(True)
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)
        (self.connue if self._connues else self.nom).viser()

    @property
    def lignes(self) -> list[LigneReferent]:
        """The structures the person will stand for."""
        return self._portees.get(self.portee.valeur, [])

    def valeurs(self) -> dict[str, Any]:
        """The fields of the person."""
        saisies = {"nom": self.nom, **self.champs}
        return {nom: _texte(champ) for nom, champ in saisies.items()}

    def _reprendre(self) -> None:
        personne = next((p for p in self._connues if p.nom == self.connue.valeur), None)
        if personne is not None:
            self.nom.fixer(personne.nom)
            for nom, champ in self.champs.items():
                champ.fixer(getattr(personne, nom))

    def _garder(self) -> None:
        if not _texte(self.nom):
            self.nom.montrer_erreur("Donnez le nom de la personne.")
            self.nom.viser()
            return
        self.accept()


def _texte(champ: ChampTexte) -> str:
    assert isinstance(champ.saisie, QLineEdit)
    return champ.saisie.text().strip()


class PanneauReferents(Carte):
    """Every ESSMS with its référent."""

    def __init__(
        self,
        contexte: "Contexte",
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
    ) -> None:
        super().__init__("Un référent par structure")
        self._contexte, self._dire, self._refuser = contexte, dire, refuser
        self._dossier: Dossier | None = None
        self.retirer = self.ajouter_action(
            bouton("&Retirer", self._retirer, aide="Retirer le référent des structures choisies")
        )
        self.designer = self.ajouter_action(
            bouton("&Désigner…", self.demander, "primaire", "Une personne pour une ou plusieurs structures")
        )
        self.phrase = self.ajouter_texte("", "muet")
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher une structure, un référent…")
        self.recherche.setAccessibleName("Chercher une structure ou un référent")
        self.recherche.setClearButtonEnabled(True)
        self.tableau: TableauFerme[LigneReferent] = TableauFerme(
            "Référents des structures",
            COLONNES_REFERENTS,
            (2.4, 1.2, 1.6, 1.4, 1.6),
            {0: 24, 1: 10, 2: 14, 3: 14, 4: 16},
            contexte,
            lambda modifs, libelle: contexte.accomplir(
                gestes.poser_referents, [(x.essms, champs) for x, champs in modifs], libelle
            ),
            lambda modifs: f"Désigner les référents de {pluriel(len(modifs), 'structure')}",
            dire,
            refuser,
        )
        self.recherche.textChanged.connect(self.tableau.filtrer)
        self.tableau.activee.connect(lambda _: self.demander())
        self.ajouter(self.recherche)
        self.ajouter(self.tableau, 1)
        self.ajouter_texte(
            "F2 tape un nom ; une colonne de noms se colle depuis un tableur ; un nom effacé retire le référent.",
            "petit",
        )

    def charger(self, dossier: Dossier) -> None:
        """Shows the structures of the dossier."""
        if self._dossier is None or self._dossier.id != dossier.id:
            self.recherche.clear()
        self._dossier = dossier
        lignes = referents(dossier)
        self.tableau.montrer(lignes, dossier)
        absents = sum(r.contact is None for r in lignes)
        self.phrase.setText(
            f"{pluriel(absents, 'structure attend', 'structures attendent')} son référent."
            if absents == 1
            else f"{pluriel(absents, 'structure attend', 'structures attendent')} leur référent."
            if absents
            else "Chaque structure a son référent."
        )
        if lignes and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(0)

    def aller(self, essms_id: int | None) -> None:
        """Selects a structure."""
        self.recherche.clear()
        self.tableau.choisir(self.tableau.lignes.ligne_de(essms_id))
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)

    def demander(self) -> None:
        """Asks who, and for which structures."""
        if self._dossier is None or not self._dossier.essms:
            self._refuser("Ajoutez d’abord les structures dans la page Grappe.")
            return
        lignes = referents(self._dossier)
        dialogue = DialogueReferent(self, personnes(self._dossier), lignes, self.tableau.choisis())
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            champs = dialogue.valeurs()
            combien = self._contexte.accomplir(gestes.designer, [x.essms for x in dialogue.lignes], **champs)
            if combien:
                self._dire(f"{champs['nom']}{NBSP}: référent de {pluriel(combien, 'structure')}.")
        dialogue.deleteLater()

    def _retirer(self) -> None:
        choisis: list[LigneReferent] = [r for r in self.tableau.choisis() if r.propre]
        if not choisis:
            self._refuser("Choisissez des structures qui ont leur propre référent.")
            return
        combien = self._contexte.accomplir(gestes.designer, [x.essms for x in choisis], nom="")
        if combien:
            self._dire(f"{pluriel(combien, 'structure n’a', 'structures n’ont')} plus de référent.")
