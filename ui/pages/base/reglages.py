"""Settings of this computer: when the window locks itself."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import verrou
from ui.pages.base.page_base import PageBase
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix

if TYPE_CHECKING:
    from ui.contexte import Contexte


class PageReglages(PageBase):
    """`verrouiller`: the window is to be locked at once; `change`: a setting is no longer what it was."""

    titre: ClassVar[str] = "Réglages"
    verrouiller = Signal()
    change = Signal()

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.entete.set_phrase("Ils valent pour cet ordinateur, quelle que soit la base ouverte.")
        carte = self.carte("Le verrou")
        carte.ajouter_texte(
            "Quand personne ne s’en sert, la fenêtre se cache et demande de nouveau la phrase, le trousseau ou le code. Ce qui était en "
            "train d’être écrit reste où il était.",
            "muet",
        )
        self.delai = ChampChoix(
            "Verrouiller la fenêtre",
            [(m, f"après {m} minutes" if m else "jamais") for m in verrou.DELAIS],
            self._fixer,
        )
        self.delai.setMaximumWidth(320)
        carte.ajouter(self.delai)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addWidget(bouton("&Verrouiller maintenant", self.verrouiller.emit, aide="Ctrl+L"))
        rangee.addStretch(1)
        carte.corps.addLayout(rangee)
        self.avis = carte.ajouter_texte("", "petit")
        suite = self.carte("Ailleurs")
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addWidget(bouton("&Sauvegardes et second emplacement", lambda: self.autre.emit("sauvegardes")))
        rangee.addWidget(bouton("&Protection de la base", lambda: self.autre.emit("protection")))
        rangee.addStretch(1)
        suite.corps.addLayout(rangee)
        self.corps.addStretch(1)

    def rafraichir(self) -> None:
        """Shows the settings."""
        from esms_desktop.base.cles import etat_des_cles

        self.delai.fixer(verrou.delai())
        phrase = "phrase" in etat_des_cles(self.chemin, self.cle).ouvrent
        self.avis.setText(
            ""
            if phrase
            else "Cette base n’a pas de phrase\u00a0: le verrou s’ouvre avec le trousseau, donc avec votre session. Choisissez une phrase dans "
            "Protection si d’autres s’en servent."
        )
        self.avis.setVisible(not phrase)

    def _fixer(self, minutes: int) -> bool:
        verrou.fixer_delai(minutes)
        self.change.emit()
        return True
