"""A copy of a campaign: its title and its id, the id following the title until it is typed."""

import re
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from esms_desktop.francais import sans_accents
from ui.pages.campagnes.dialogue import DialogueRefusable
from ui.widgets.libelle import Libelle


def identifiant(titre: str) -> str:
    """The id a title suggests: « ESMS numérique 2026 » gives esms-numerique-2026."""
    return "-".join(re.findall(r"[a-z0-9]+", sans_accents(titre).lower()))[:80].strip("-")


class DialogueCopie(DialogueRefusable):
    """Args: titre: of the campaign copied; copier: makes the copy (id, title), raises ErreurEsms when it is refused."""

    def __init__(
        self, titre: str, copier: Callable[[str, str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__("Copier la campagne", 520, parent)
        self._copier = copier
        colonne = self.colonne
        colonne.addWidget(Libelle(f"Copier «\u00a0{titre}\u00a0»", "sous-titre"))
        colonne.addWidget(
            Libelle(
                "La copie est à vous\u00a0: ses valeurs se changent, l’originale reste comme elle est.",
                "muet",
            )
        )
        self.titre = self._ligne("Titre", f"{titre} (copie)")
        self.id = self._ligne("Identifiant, nom de son fichier", identifiant(self.titre.text()))
        self.titre.textEdited.connect(self._suivre)
        self.id.textEdited.connect(
            lambda _: self.titre.textEdited.disconnect(self._suivre) if self._suit() else None
        )
        self._finir("&Copier", self.garder, self.titre)

    _suivi = True

    def _suit(self) -> bool:
        suivait, self._suivi = self._suivi, False
        return suivait

    def _suivre(self, titre: str) -> None:
        self.id.setText(identifiant(titre))

    def garder(self) -> None:
        """Makes the copy, or says why it cannot be."""
        self._tenter(lambda: self._copier(self.id.text().strip(), self.titre.text()))
