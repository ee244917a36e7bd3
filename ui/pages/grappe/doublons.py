"""The ESSMS that may be counted twice: why, and what to do of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, majuscule, pluriel
from esms_desktop.gestes import grappe as gestes
from esms_desktop.lecture import Essms
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.dossier.doublons import Doublon, doublons
from ui.models.table import Colonne, ModeleTable
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau_large import TableauLarge

if TYPE_CHECKING:
    from ui.contexte import Contexte


@dataclass(frozen=True)
class Ligne:
    """An ESSMS of a group."""

    doublon: Doublon
    essms: Essms


MOTS = {True: "Oui", False: "Non", None: ""}
_COLONNES: tuple[Colonne[Ligne], ...] = (
    Colonne(
        "Signe",
        lambda x: "Doublon" if x.doublon.sur else "À vérifier",
        badge=lambda x: "bad" if x.doublon.sur else "warn",
    ),
    Colonne("Pourquoi", lambda x: majuscule(x.doublon.raison)),
    Colonne("ESSMS", lambda x: x.essms.nom, second=lambda x: x.essms.commune),
    Colonne("Organisme", lambda x: x.essms.og.nom_court),
    Colonne(entete_de("essms.finess"), lambda x: x.essms.finess),
    Colonne(entete_de("essms.siret"), lambda x: x.essms.siret),
    Colonne("Plusieurs structures", lambda x: MOTS[x.essms.plusieurs_structures]),
)


class DialogueDoublons(QDialog):
    """The groups, and for the row chosen: see it, take it out, or say that these are several structures.

    Args:
        voir: shows an ESSMS on the page.
        retirer: asks, then takes ESSMS out of the grappe.
        dire: told of what was done.
    """

    def __init__(
        self,
        contexte: "Contexte",
        dossier_id: int,
        voir: Callable[[int], object],
        retirer: Callable[[list[Essms]], object],
        dire: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.contexte, self._dossier_id = contexte, dossier_id
        self._voir, self._retirer, self._dire = voir, retirer, dire
        self.setWindowTitle("ESSMS qui se ressemblent")
        self.setModal(True)
        self.finished.connect(self.deleteLater)
        tout = QVBoxLayout(self)
        tout.setContentsMargins(24, 20, 24, 18)
        tout.setSpacing(12)
        tout.addWidget(Libelle("ESSMS qui se ressemblent", "sous-titre"))
        tout.addWidget(
            Libelle(
                "Un ESSMS ne compte qu’une fois. Un même numéro FINESS peut pourtant couvrir plusieurs structures, et un même "
                "SIRET plusieurs services d’un lieu\u00a0: c’est à vous de le dire.",
                "muet",
            )
        )
        self.modele: ModeleTable[Ligne] = ModeleTable(
            _COLONNES, lambda x: (x.doublon.genre, x.doublon.raison, x.essms.id)
        )
        self.tableau = TableauLarge(
            "ESSMS qui se ressemblent", (0.9, 1.8, 2, 1.2, 1, 1.2, 0.9), {1: 20, 2: 18, 3: 12}
        )
        self.tableau.setSortingEnabled(False)
        self.tableau.setModel(self.modele)
        self.tableau.choisie.connect(lambda _: self._actualiser())
        self.tableau.activee.connect(lambda _: self._aller())
        tout.addWidget(self.tableau, 1)
        pied = QHBoxLayout()
        pied.setSpacing(10)
        self.voir = bouton("&Voir l’ESSMS", self._aller)
        self.retirer = bouton("&Retirer l’ESSMS…", self._oter)
        self.structures = bouton("Ce sont &plusieurs structures", self._dire_structures)
        for b in (self.voir, self.retirer, self.structures):
            pied.addWidget(b)
        pied.addStretch(1)
        pied.addWidget(bouton("&Fermer", self.reject))
        tout.addLayout(pied)
        self.resize(980, 560)
        contexte.change.connect(self.charger)
        self.charger()

    def charger(self) -> None:
        """Shows what is there now; closes when nothing is left."""
        try:
            dossier = self.contexte.lecture(self._dossier_id).dossier
        except ErreurEsms:
            self.reject()
            return
        lignes = [Ligne(d, e) for d in doublons(dossier) for e in d.essms]
        courante = self.tableau.ligne_courante()
        self.modele.charger(lignes)
        if lignes:
            self.tableau.choisir(min(max(courante, 0), len(lignes) - 1))
            self._actualiser()
        elif self.isVisible():
            self.accept()

    def _choisie(self) -> Ligne | None:
        rang = self.tableau.ligne_courante()
        return self.modele.objet(rang) if 0 <= rang < self.modele.rowCount() else None

    def _actualiser(self) -> None:
        ligne = self._choisie()
        for b in (self.voir, self.retirer):
            b.setEnabled(ligne is not None)
        self.structures.setEnabled(
            ligne is not None
            and ligne.doublon.genre == "finess"
            and not all(e.plusieurs_structures for e in ligne.doublon.essms)
        )

    def _aller(self) -> None:
        ligne = self._choisie()
        if ligne is not None:
            self.accept()
            self._voir(ligne.essms.id)

    def _oter(self) -> None:
        ligne = self._choisie()
        if ligne is not None:
            self._retirer([ligne.essms])

    def _dire_structures(self) -> None:
        ligne = self._choisie()
        if ligne is None:
            return
        question = "plusieurs structures sous un numéro"
        fait = self.contexte.accomplir(
            gestes.repondre, list(ligne.doublon.essms), "plusieurs_structures", True, question
        )
        if fait:
            self._dire(f"{pluriel(fait, 'ESSMS', 'ESSMS')}{NBSP}: plusieurs structures sous ce numéro.")
