"""What the pages of the base itself share: protection, backups, settings. A way back, a header, a message bar, cards that scroll."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from ui.pages.commun.page import MARGE, Defilement, Entete
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte

if TYPE_CHECKING:
    from pathlib import Path

    from esms_desktop.base.seance import Cle
    from ui.contexte import Contexte


class PageBase(QWidget):
    """`retour`: back to where the person was; `autre(str)`: another of these pages, by its key.

    Subclasses set `titre`, put cards in `corps`, and fill them in `rafraichir`.
    """

    titre: ClassVar[str] = ""
    retour = Signal()
    autre = Signal(str)

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fond")
        self.setAccessibleName(self.titre)
        self.contexte = contexte
        tout = QVBoxLayout(self)
        tout.setContentsMargins(0, 0, 0, 0)
        tout.setSpacing(0)
        tete = QWidget()
        colonne = QVBoxLayout(tete)
        colonne.setContentsMargins(MARGE, 14, MARGE, 12)
        colonne.setSpacing(8)
        revenir = bouton("‹ &Revenir", self.retour.emit, "lien", aide="Revenir où vous étiez")
        colonne.addWidget(revenir)
        self.entete = Entete(self.titre)
        colonne.addWidget(self.entete)
        self.bandeau = Bandeau()
        colonne.addWidget(self.bandeau)
        tout.addWidget(tete)
        self.defilement = Defilement(f"Contenu de la page {self.titre}")
        self.corps = QVBoxLayout(self.defilement.interieur)
        self.corps.setContentsMargins(MARGE, 0, MARGE, 24)
        self.corps.setSpacing(14)
        tout.addWidget(self.defilement, 1)

    @property
    def chemin(self) -> "Path":
        """The file of the base."""
        return self.contexte.base.chemin

    @property
    def cle(self) -> "Cle":
        """The key of the base, which is open."""
        cle = self.contexte.base.cle
        assert cle is not None
        return cle

    def carte(self, titre: str) -> Carte:
        """Adds a card under the others."""
        carte = Carte(titre)
        self.corps.addWidget(carte)
        return carte

    def rafraichir(self) -> None:
        """Reads everything again; called when the page is shown."""

    def dire(self, texte: str, genre: str = "ok") -> None:
        """Says what was done, or why it was not, above the cards."""
        self.bandeau.montrer(texte, genre)

    def essayer(self, geste: Callable[[], object], fait: str) -> bool:
        """Does something short, says that it is done or why it is not; then reads the page again."""
        try:
            geste()
        except ErreurEsms as e:
            self.dire(str(e), "bad")
            return False
        self.dire(fait)
        self.rafraichir()
        return True
