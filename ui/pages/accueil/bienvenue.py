"""What the window shows when the base could not be opened."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import espacer
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte

# What may be done besides trying again: the text of a button, and what it does.
Action = tuple[str, Callable[[], object]]


def sans_commande(remede: str) -> str:
    """What to do, without the command of the terminal that does it: here a button does."""
    return re.sub(r"\s\(«\s?esms-desktop\s.*?\)", "", remede)


class PageEchec(QWidget):
    """Why the base is not open, what was kept, and what to do."""

    def __init__(
        self,
        reessayer: Callable[[], object],
        autre_base: Callable[[], object],
        journal: Callable[[], object],
        actions: tuple[Action, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("fond")
        self.setAccessibleName("La base n’a pas pu être ouverte")
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(28, 40, 28, 24)
        rangee = QHBoxLayout()
        rangee.addStretch(1)
        self.carte = Carte("La base n’a pas pu être ouverte")
        self.carte.setMaximumWidth(760)
        self.message = self.carte.ajouter_texte("")
        self.garde = self.carte.ajouter_texte("", "muet")
        self.remede = self.carte.ajouter_texte("", "fort")
        self.carte.corps.addSpacing(6)
        self.offertes = [
            bouton(texte, slot, "" if rang else "primaire") for rang, (texte, slot) in enumerate(actions)
        ]
        self.reessayer = bouton("&Réessayer", reessayer, "" if actions else "primaire")
        autres = (
            self.reessayer,
            bouton("Choisir une &autre base…", autre_base),
            bouton("Ouvrir le dossier du &journal", journal),
        )
        # Two in a row: their texts are long, and a large font makes them longer.
        offertes = [tuple(self.offertes[i : i + 2]) for i in range(0, len(self.offertes), 2)]
        for groupe in (*offertes, autres):
            rangee_actions = QHBoxLayout()
            rangee_actions.setSpacing(10)
            for un in groupe:
                rangee_actions.addWidget(un)
            rangee_actions.addStretch(1)
            self.carte.corps.addLayout(rangee_actions)
        rangee.addWidget(self.carte, 4, Qt.AlignmentFlag.AlignTop)
        rangee.addStretch(1)
        colonne.addLayout(rangee)
        colonne.addStretch(1)

    def montrer(self, message: str, remede: str, chemin: str) -> None:
        """Shows the reason.

        Args:
            message: what happened.
            remede: what to do.
            chemin: file of the base, empty when unknown.
        """
        self.message.setText(espacer(message))
        fichier = f"Le fichier {chemin} n’a pas été modifié." if chemin else "Aucun fichier n’a été modifié."
        self.garde.setText(fichier)
        self.remede.setText(espacer(sans_commande(remede)))
        self.remede.setVisible(bool(remede))
