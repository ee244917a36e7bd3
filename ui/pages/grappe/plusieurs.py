"""One value for a column of several ESSMS, in one step."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, minuscule, pluriel
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.champs import entete_de
from ui.pages.grappe.modele_essms import COLONNES
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix, ChampTexte
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

if TYPE_CHECKING:
    from ui.contexte import Contexte

# What tells one ESSMS from the others is never given to several.
_PROPRES = frozenset(entete_de(f"essms.{c}") for c in ("nom", "finess", "siret"))
_OFFERTES = tuple(c for c in COLONNES if c.lire is not None and c.titre not in _PROPRES)


class DialogueValeur(DialogueAjuste):
    """Which column, which value; an empty value empties the column.

    Args:
        choisis: the ESSMS it goes to.
    """

    def __init__(self, parent: QWidget | None, dossier: Dossier, choisis: Sequence[Essms]) -> None:
        super().__init__(parent)
        self._dossier, self._choisis = dossier, list(choisis)
        self.champs: dict[str, object] = {}
        self.setWindowTitle("Donner une valeur à plusieurs ESSMS")
        self.setMinimumWidth(520)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(14)
        colonne.addWidget(
            Libelle(f"Donner une valeur à {pluriel(len(choisis), 'ESSMS', 'ESSMS')}", "sous-titre")
        )
        self.colonne = ChampChoix("Colonne", [(c.titre, c.titre) for c in _OFFERTES])
        self.colonne.fixer(_OFFERTES[0].titre)
        self.colonne.change.connect(lambda _: self._actualiser())
        colonne.addWidget(self.colonne)
        self.valeur = ChampTexte("Valeur", aide="Comme dans le tableau. Vide, la colonne se vide.")
        self.valeur.frappe.connect(self._actualiser)
        colonne.addWidget(self.valeur)
        self.effet = Libelle("", "muet")
        colonne.addWidget(self.effet)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        self.accord = bouton("&Donner cette valeur", self.accept, "primaire")
        self.accord.setDefault(True)
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)
        self._actualiser()

    def _actualiser(self) -> None:
        voulue = next(c for c in _OFFERTES if c.titre == self.colonne.valeur)
        assert voulue.lire is not None
        try:
            self.champs = voulue.lire(self.valeur.texte_saisi().strip(), self._dossier)
        except ErreurSaisie as refus:
            self.champs = {}
            self.effet.setText(f"{refus.message}.")
        else:
            changes = [e for e in self._choisis if any(getattr(e, n) != v for n, v in self.champs.items())]
            effacees = sum(bool(voulue.texte(e)) for e in changes)
            dit = (
                f"{pluriel(len(changes), 'ESSMS changera', 'ESSMS changeront')} de {minuscule(voulue.titre)}."
            )
            if effacees:
                dit += f" {pluriel(effacees, 'valeur sera remplacée', 'valeurs seront remplacées')}."
            self.effet.setText(dit if changes else "Ces ESSMS ont déjà cette valeur\u00a0: rien ne changera.")
            self.champs = self.champs if changes else {}
        self.accord.setEnabled(bool(self.champs))
        if self.isVisible():
            self.ajuster()


def donner_a_plusieurs(
    parent: QWidget,
    contexte: "Contexte",
    dossier: Dossier,
    choisis: Sequence[Essms],
    dire: Callable[[str], object],
) -> bool:
    """Asks, writes in one step, and says how many ESSMS were given the value; False when the person gave up."""
    dialogue = DialogueValeur(parent, dossier, choisis)
    accord = dialogue.exec() == QDialog.DialogCode.Accepted and bool(dialogue.champs)
    if accord:
        quoi = pluriel(len(choisis), "ESSMS", "ESSMS")
        libelle = f"{dialogue.colonne.valeur}{NBSP}: une valeur pour {quoi}"
        if contexte.modifier_tous([(e, dialogue.champs) for e in choisis], libelle):
            dire(f"{dialogue.colonne.valeur}{NBSP}: {quoi}.")
    dialogue.deleteLater()
    return accord
