"""Whom to ask: the ARS, the GRADeS and the others the text of a campaign names, beside what is to be confirmed with them."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from esms_desktop.campagnes.fondement import provenance
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import NBSP
from ui.widgets.libelle import Libelle


class ContactsCampagne(Libelle):
    """One line for each contact; nothing is shown when the texts name none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "petit", parent, riche=True)
        self.setAccessibleName("Contacts de la campagne")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.hide()

    def montrer(self, campagne: Campagne) -> None:
        """Shows those of a campaign."""
        lignes = [
            f'{escape(c.nom)}{NBSP}: <a href="mailto:{escape(c.courriel)}">{escape(c.courriel)}</a> '
            f"({escape(provenance(c.origine, campagne.fondement(c.origine)))})"
            for c in campagne.contacts
        ]
        self.setText("<br>".join((f"Qui interroger{NBSP}:", *lignes)) if lignes else "")
        self.setVisible(bool(lignes))
