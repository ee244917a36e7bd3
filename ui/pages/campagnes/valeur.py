"""One value of a campaign: what it becomes, and the text that gives it or why it is a hypothesis."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from esms_desktop.campagnes.comparaison import LigneComparee
from ui.models.campagnes import indication
from ui.pages.campagnes.dialogue import DialogueRefusable
from ui.widgets.libelle import Libelle

Ecrire = Callable[[str, str, str, bool, str], object]


class DialogueValeur(DialogueRefusable):
    """The value, its source, and whether it is a hypothesis. What is refused stays, with its reason.

    Args:
        ecrire: keeps (key, value typed, source, hypothesis, note); raises ErreurEsms when it is refused.
    """

    def __init__(
        self, ligne: LigneComparee, note: str, ecrire: Ecrire, parent: QWidget | None = None
    ) -> None:
        super().__init__(ligne.libelle, 560, parent)
        self._ligne_lue, self._ecrire = ligne, ecrire
        colonne = self.colonne
        colonne.addWidget(Libelle(ligne.libelle, "sous-titre"))
        colonne.addWidget(Libelle(ligne.section, "muet"))
        self.valeur = self._ligne("Valeur", ligne.gauche.valeur)
        aide = indication(ligne.cle)
        if aide:
            colonne.addWidget(Libelle(aide, "petit"))
        self.source = self._ligne("Source : le texte et sa section", ligne.gauche.source)
        self.hypothese = QCheckBox("C’est une &hypothèse, à confirmer auprès de l’ARS")
        self.hypothese.setChecked(ligne.gauche.hypothese)
        colonne.addWidget(self.hypothese)
        self.note = self._ligne("Pourquoi, ou ce qu’il faut savoir", note)
        self._finir("&Enregistrer", self.garder, self.valeur)

    def garder(self) -> None:
        """Keeps the value, or says why it cannot be."""
        self._tenter(
            lambda: self._ecrire(
                self._ligne_lue.cle,
                self.valeur.text(),
                self.source.text(),
                self.hypothese.isChecked(),
                self.note.text(),
            )
        )
