"""A window, a contact or a remark more in a campaign: what it says, and the text that gives it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esms_desktop.campagnes.listes import LISTES
from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import majuscule
from ui.models.campagnes import indication
from ui.widgets.boutons import bouton
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

Ajouter = Callable[[Mapping[str, str], str, bool, str], object]


class DialogueElement(DialogueAjuste):
    """One field for each thing the element says. What is refused stays, with its reason.

    Args:
        nom: « fenetres », « contacts », « remarques ».
        ajouter: keeps (what is typed by field, source, hypothesis, note); raises ErreurEsms when it is refused.
    """

    def __init__(self, nom: str, ajouter: Ajouter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ajouter, liste = ajouter, LISTES[nom]
        titre = f"Ajouter {'une' if liste.feminin else 'un'} {liste.nom.lower()}"
        self.setWindowTitle(titre)
        self.setMinimumWidth(560)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(6)
        colonne.addWidget(Libelle(titre, "sous-titre"))
        self.champs: dict[str, QLineEdit | ChampChoix] = {}
        for champ, (genre, mot) in liste.champs.items():
            if genre.nom == "choix":
                choix = ChampChoix(majuscule(mot))
                choix.fixer_options([(v, v) for v in genre.valeurs])
                choix.fixer(str(liste.neuve.get(champ, genre.valeurs[0])))
                colonne.addWidget(choix)
                self.champs[champ] = choix
                continue
            saisie = self._ligne(colonne, majuscule(mot))
            aide = indication(f"{nom}.1.{champ}")
            if aide:
                colonne.addWidget(Libelle(aide, "petit"))
            self.champs[champ] = saisie
        self.source = self._ligne(colonne, "Source : le texte et sa section")
        self.hypothese = QCheckBox("C’est une &hypothèse, à confirmer auprès de l’ARS")
        self.note = QLineEdit()
        if liste.hypotheses:
            colonne.addWidget(self.hypothese)
            colonne.addWidget(etiquette_de("Pourquoi, ou ce qu’il faut savoir", self.note))
            colonne.addWidget(self.note)
        self.erreur = Libelle("", "erreur")
        self.erreur.hide()
        colonne.addWidget(self.erreur)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        accord = bouton("A&jouter", self.garder, "primaire")
        accord.setDefault(True)
        rangee.addWidget(accord)
        colonne.addLayout(rangee)
        next(iter(self.champs.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _ligne(colonne: QVBoxLayout, etiquette: str) -> QLineEdit:
        saisie = QLineEdit()
        colonne.addWidget(etiquette_de(etiquette, saisie))
        colonne.addWidget(saisie)
        return saisie

    def garder(self) -> None:
        """Adds it, or says why it cannot be."""
        saisis = {
            champ: x.text() if isinstance(x, QLineEdit) else str(x.valeur) for champ, x in self.champs.items()
        }
        try:
            self._ajouter(saisis, self.source.text(), self.hypothese.isChecked(), self.note.text())
        except ErreurEsms as e:
            self.erreur.setText(str(e))
            self.erreur.show()
            self.ajuster()
            return
        self.accept()
