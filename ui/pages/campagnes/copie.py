"""A copy of a campaign: its title and its id, the id following the title until it is typed."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import sans_accents
from ui.widgets.boutons import bouton
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste


def identifiant(titre: str) -> str:
    """The id a title suggests: « ESMS numérique 2026 » gives esms-numerique-2026."""
    return "-".join(re.findall(r"[a-z0-9]+", sans_accents(titre).lower()))[:80].strip("-")


class DialogueCopie(DialogueAjuste):
    """Args: titre: of the campaign copied; copier: makes the copy (id, title), raises ErreurEsms when it is refused."""

    def __init__(
        self, titre: str, copier: Callable[[str, str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._copier = copier
        self.setWindowTitle("Copier la campagne")
        self.setMinimumWidth(520)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(9)
        colonne.addWidget(Libelle(f"Copier « {titre} »", "sous-titre"))
        colonne.addWidget(
            Libelle(
                "La copie est à vous : ses valeurs se changent, l’originale reste comme elle est.", "muet"
            )
        )
        self.titre = QLineEdit(f"{titre} (copie)")
        self.id = QLineEdit(identifiant(self.titre.text()))
        for etiquette, saisie in (("Titre", self.titre), ("Identifiant, nom de son fichier", self.id)):
            colonne.addWidget(etiquette_de(etiquette, saisie))
            colonne.addWidget(saisie)
        self.titre.textEdited.connect(self._suivre)
        self.id.textEdited.connect(
            lambda _: self.titre.textEdited.disconnect(self._suivre) if self._suit() else None
        )
        self.erreur = Libelle("", "erreur")
        self.erreur.hide()
        colonne.addWidget(self.erreur)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        accord = bouton("&Copier", self.garder, "primaire")
        accord.setDefault(True)
        rangee.addWidget(accord)
        colonne.addLayout(rangee)
        self.titre.setFocus(Qt.FocusReason.OtherFocusReason)
        self.titre.selectAll()

    _suivi = True

    def _suit(self) -> bool:
        suivait, self._suivi = self._suivi, False
        return suivait

    def _suivre(self, titre: str) -> None:
        self.id.setText(identifiant(titre))

    def garder(self) -> None:
        """Makes the copy, or says why it cannot be."""
        try:
            self._copier(self.id.text().strip(), self.titre.text())
        except ErreurEsms as e:
            self.erreur.setText(str(e))
            self.erreur.show()
            self.ajuster()
            return
        self.accept()
