"""The message bar on top of a page: what happened, what was kept, what to do."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle


class Bandeau(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bandeau")
        self.setAccessibleName("Message")
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(14, 8, 8, 8)
        rangee.setSpacing(10)
        self.texte = Libelle("")
        rangee.addWidget(self.texte, 1)
        self._rangee = rangee
        self._action: QPushButton | None = None
        self._fermer = bouton("Fermer", self.fermer, aide="Fermer ce message")
        rangee.addWidget(self._fermer)
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)
        self._minuterie.timeout.connect(self.fermer)
        self.hide()

    def montrer(
        self,
        texte: str,
        genre: str = "info",
        action: tuple[str, Callable[[], object]] | None = None,
        secondes: int = 0,
    ) -> None:
        """Shows a message.

        Args:
            texte: whole sentences.
            genre: "info", "ok", "warn" or "bad".
            action: (text of a button, slot), for « Annuler » after a deletion; the bar closes when it is used.
            secondes: closes by itself after that time; 0 stays until closed.
        """
        self.texte.setText(texte)
        self.setAccessibleDescription(texte)
        self.setProperty("genre", genre)
        self.style().unpolish(self)
        self.style().polish(self)
        if self._action is not None:
            self._rangee.removeWidget(self._action)
            self._action.hide()
            self._action.deleteLater()
            self._action = None
        if action is not None:
            libelle, slot = action

            def fermer_et_suivre() -> None:
                self.fermer()
                slot()

            self._action = bouton(libelle, fermer_et_suivre)
            self._rangee.insertWidget(1, self._action)
        self._minuterie.stop()
        if secondes:
            self._minuterie.start(secondes * 1000)
        self.show()

    def fermer(self) -> None:
        """Hides the bar."""
        self._minuterie.stop()
        self.hide()
