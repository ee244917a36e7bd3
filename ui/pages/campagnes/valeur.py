"""One value of a campaign: what it becomes, and the text that gives it or why it is a hypothesis."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esms_desktop.campagnes.comparaison import LigneComparee
from esms_desktop.errors import ErreurEsms
from ui.models.campagnes import indication
from ui.widgets.boutons import bouton
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

Ecrire = Callable[[str, str, str, bool, str], object]


class DialogueValeur(DialogueAjuste):
    """The value, its source, and whether it is a hypothesis. What is refused stays, with its reason.

    Args:
        ecrire: keeps (key, value typed, source, hypothesis, note); raises ErreurEsms when it is refused.
    """

    def __init__(
        self, ligne: LigneComparee, note: str, ecrire: Ecrire, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ligne, self._ecrire = ligne, ecrire
        self.setWindowTitle(ligne.libelle)
        self.setMinimumWidth(560)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(9)
        colonne.addWidget(Libelle(ligne.libelle, "sous-titre"))
        colonne.addWidget(Libelle(ligne.section, "muet"))
        self.valeur = self._champ(colonne, "Valeur", ligne.gauche.valeur)
        aide = indication(ligne.cle)
        if aide:
            colonne.addWidget(Libelle(aide, "petit"))
        self.source = self._champ(colonne, "Source : le texte et sa section", ligne.gauche.source)
        self.hypothese = QCheckBox("C’est une &hypothèse, à confirmer auprès de l’ARS")
        self.hypothese.setChecked(ligne.gauche.hypothese)
        colonne.addWidget(self.hypothese)
        self.note = self._champ(colonne, "Pourquoi, ou ce qu’il faut savoir", note)
        self.erreur = Libelle("", "erreur")
        self.erreur.hide()
        colonne.addWidget(self.erreur)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        accord = bouton("&Enregistrer", self.garder, "primaire")
        accord.setDefault(True)
        rangee.addWidget(accord)
        colonne.addLayout(rangee)
        self.valeur.setFocus(Qt.FocusReason.OtherFocusReason)
        self.valeur.selectAll()

    @staticmethod
    def _champ(colonne: QVBoxLayout, etiquette: str, valeur: str) -> QLineEdit:
        saisie = QLineEdit(valeur)
        colonne.addWidget(etiquette_de(etiquette, saisie))
        colonne.addWidget(saisie)
        return saisie

    def garder(self) -> None:
        """Keeps the value, or says why it cannot be."""
        try:
            self._ecrire(
                self._ligne.cle,
                self.valeur.text(),
                self.source.text(),
                self.hypothese.isChecked(),
                self.note.text(),
            )
        except ErreurEsms as e:
            self.erreur.setText(str(e))
            self.erreur.show()
            self.ajuster()
            return
        self.accept()
