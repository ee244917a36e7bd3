"""Adding an OG from the directory, or the ESSMS that an OG of the dossier does not have yet."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import pluriel
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature.numeros import normaliser
from ui.pages.annuaire.organisme import ChoixOrganisme
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from ui.contexte import Contexte


def _present(dossier: Dossier, ej: str) -> Og | None:
    return next((og for og in dossier.ogs if normaliser(og.finess_ej) == ej), None)


class DialogueAjout(QDialog):
    """The directory, an organisme of it with the choice of its ESSMS, and the button that adds it.

    Args:
        dossier_id: the dossier it is added to.
    """

    def __init__(self, contexte: "Contexte", dossier_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contexte = contexte
        self._dossier_id = dossier_id
        self.setWindowTitle("Ajouter depuis FINESS")
        tout = QVBoxLayout(self)
        tout.setContentsMargins(24, 20, 24, 18)
        tout.setSpacing(12)
        tout.addWidget(Libelle("Ajouter depuis FINESS", "titre"))
        tout.addWidget(
            Libelle(
                "Un organisme entre avec ceux de ses ESSMS que vous choisissez. S’il est déjà dans la grappe, seuls ceux qui "
                "lui manquent sont offerts ; ce que vous avez saisi n’est pas touché.",
                "muet",
            )
        )
        dossier = contexte.lecture(dossier_id).dossier
        self.choix = ChoixOrganisme(contexte, [e.finess for e in dossier.essms if e.finess])
        self.choix.tableau.change.connect(self._compter)
        tout.addWidget(self.choix, 1)
        self.effet = Libelle("", "fort")
        actions = QHBoxLayout()
        actions.setSpacing(10)
        actions.addWidget(self.effet, 1)
        actions.addWidget(bouton("Fermer", self.reject))
        self.accord = bouton("&Ajouter cet organisme", self.accept, "primaire")
        actions.addWidget(self.accord)
        tout.addLayout(actions)
        self._compter()
        contexte.change.connect(self._relire)
        self.finished.connect(lambda _: self.choix.recherche.fermer())
        self.resize(1080, 660)
        self.choix.recherche.saisie.setFocus()

    def _relire(self) -> None:
        """The grappe may have changed meanwhile: what adding would do is said again."""
        try:
            dossier = self.contexte.lecture(self._dossier_id).dossier
        except ErreurEsms:
            # The dossier is gone: its window says so.
            self.reject()
            return
        self.choix.retenir([e.finess for e in dossier.essms if e.finess])

    def _compter(self) -> None:
        entite, combien = self.choix.entite, len(self.choix.choisis)
        self.accord.setEnabled(bool(combien))
        if entite is None or not self.choix.refus.isHidden():
            self.effet.setText("")
            return
        present = _present(self.contexte.lecture(self._dossier_id).dossier, entite.finess)
        self.effet.setText(_effet(present, entite.nom, combien, len(entite.eligibles)))


def _effet(present: Og | None, nom: str, combien: int, tous: int) -> str:
    if not combien:
        return "Choisissez au moins un ESSMS." if present is None else "Rien de plus à ajouter."
    dit = pluriel(combien, "ESSMS", "ESSMS")
    if present is None:
        return f"« {nom} » entrera dans la grappe avec {dit} sur {tous}."
    return f"« {present.nom} » est déjà dans la grappe : {dit} en plus."


class AjoutFiness:
    """Opens the dialog and writes what was agreed, in one gesture."""

    def __init__(
        self,
        contexte: "Contexte",
        parent: QWidget,
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
    ) -> None:
        self._contexte, self._parent = contexte, parent
        self._dire, self._refuser = dire, refuser

    def lancer(self, dossier: Dossier) -> None:
        """Asks, then adds."""
        dialogue = DialogueAjout(self._contexte, dossier.id, self._parent)
        if dialogue.exec() == QDialog.DialogCode.Accepted and dialogue.choix.entite is not None:
            self.ecrire(dossier.id, dialogue.choix.entite.finess, dialogue.choix.choisis)
        dialogue.deleteLater()

    def ecrire(self, dossier_id: int, numero: str, choisis: list[str]) -> bool:
        """Adds an organisme of the directory with these ESSMS, or them to its twin in the dossier; False when refused."""
        from esms_desktop.gestes.echanges import annuaire

        dossier = self._contexte.lecture(dossier_id).dossier
        if not self._contexte.precaution("import"):
            self._refuser("Rien n’a été ajouté.")
            return False
        combien = self._contexte.accomplir(annuaire.ajouter, dossier, numero, choisis)
        if combien:
            og = _present(self._contexte.lecture(dossier_id).dossier, numero)
            nom = f" avec « {og.nom_court} »" if og else ""
            self._dire(f"{pluriel(combien, 'ESSMS ajouté', 'ESSMS ajoutés')}{nom}.")
        else:
            self._refuser("Rien n’a été ajouté.")
        return bool(combien)
