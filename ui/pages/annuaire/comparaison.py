"""The grappe beside the directory: what has closed, moved or changed, and what of it is taken."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import pluriel
from ui.models.table import Colonne
from ui.pages.annuaire.recherche import dire
from ui.pages.risques.choix import ModeleChoix, TableauChoix
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from esms_desktop.finess.comparaison import Difference
    from esms_desktop.finess.repertoire import Etat

_GENRES = {"change": "Changé", "deplace": "Autre organisme", "ferme": "Fermé", "inconnu": "Introuvable"}
_BADGES = {"change": "", "deplace": "warn", "ferme": "bad", "inconnu": "warn"}


class DialogueComparaison(QDialog):
    """The differences, those that can be written ticked first.

    Args:
        differences: what the directory says otherwise.
        etat: of which directory.
    """

    def __init__(self, differences: "list[Difference]", etat: "Etat", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Comparer à l’annuaire")
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 18, 22, 16)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle("Comparer la grappe à l’annuaire", "sous-titre"))
        colonne.addWidget(Libelle(dire(etat), "muet"))
        ecrites = [d for d in differences if d.applicable]
        self.phrase = Libelle(_phrase(differences, ecrites))
        colonne.addWidget(self.phrase)
        self.modele: ModeleChoix[Difference] = ModeleChoix(
            (
                Colonne("Structure", lambda d: d.ligne.nom, second=lambda d: _numero(d)),
                Colonne("Constat", lambda d: _GENRES[d.genre], badge=lambda d: _BADGES[d.genre] or None),
                Colonne("Ce que dit l’annuaire", lambda d: d.phrase),
            ),
            lambda d: d.cle,
            lambda d: "" if d.applicable else "À voir",
        )
        self.tableau = TableauChoix(
            "Différences avec l’annuaire", self.modele, (0.7, 2.2, 1.1, 3.2), {1: 22, 2: 14, 3: 26}
        )
        self.modele.charger(differences)
        self.tableau.setVisible(bool(differences))
        colonne.addWidget(self.tableau, 1)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.tout = bouton("&Tout choisir ou rien", lambda: self.tableau.cocher(self.tableau.visibles()))
        self.tout.setVisible(bool(ecrites))
        rangee.addWidget(self.tout)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Fermer", self.reject))
        self.accord = bouton("&Mettre à jour", self.accept, "primaire")
        self.accord.setVisible(bool(ecrites))
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)
        self.tableau.change.connect(self._compter)
        self.tableau.cocher(ecrites, True)
        self.resize(1020, 600 if differences else 240)

    @property
    def choisies(self) -> list[str]:
        """The keys of the differences to write."""
        return [d.cle for d in self.tableau.objets_choisis()]

    def _compter(self) -> None:
        combien = len(self.choisies)
        self.accord.setText(f"&Mettre à jour {pluriel(combien, 'valeur')}" if combien else "&Mettre à jour")
        self.accord.setAccessibleName(self.accord.text().replace("&", ""))
        self.accord.setEnabled(bool(combien))


def _numero(d: "Difference") -> str:
    numero: str = getattr(d.ligne, "finess", "") or getattr(d.ligne, "finess_ej", "")
    return numero


def _phrase(differences: "list[Difference]", ecrites: "list[Difference]") -> str:
    if not differences:
        return "La grappe dit la même chose que l’annuaire : rien à changer."
    dit = f"{pluriel(len(differences), 'différence')}, dont {len(ecrites)} à reprendre d’un clic."
    return f"{dit} Espace choisit ou laisse les lignes sélectionnées ; tout se reprend en un seul pas, qui s’annule."
