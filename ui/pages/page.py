"""The base of every page of a dossier: a header that says where things stand, and a body that scrolls."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from esms_desktop.regles.constats import Cible
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from ui.contexte import Contexte, Vue

MARGE = 28


class Entete(QWidget):
    """Title, one sentence, and at most two actions at the right."""

    def __init__(self, titre: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(10)
        textes = QVBoxLayout()
        textes.setSpacing(2)
        self.titre = Libelle(titre, "titre")
        self.phrase = Libelle("", "muet")
        textes.addWidget(self.titre)
        textes.addWidget(self.phrase)
        rangee.addLayout(textes, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(10)
        rangee.addLayout(self._actions)
        rangee.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)

    def set_phrase(self, phrase: str) -> None:
        """Says where things stand."""
        self.phrase.setText(phrase)

    def ajouter_action(
        self,
        texte: str,
        slot: Callable[[], object],
        primaire: bool = False,
        raccourci: QKeySequence | QKeySequence.StandardKey | str | None = None,
        aide: str = "",
    ) -> QPushButton:
        """Adds an action at the right and gives its button."""
        b = bouton(texte, slot, "primaire" if primaire else "", aide, raccourci)
        self._actions.addWidget(b)
        return b


class Defilement(QScrollArea):
    """A scroll area that takes the whole width; its body scrolls down, and sideways only as a last resort."""

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(nom)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.interieur = QWidget()
        self.interieur.setObjectName("corps")
        self.setWidget(self.interieur)


class PageDossier(QWidget):
    """A page of the dossier. Subclasses set `cle` and `titre`, build their body in `__init__`, and fill it in `rafraichir`.

    Args:
        contexte: the one way to the core.
    """

    cle: ClassVar[str] = ""
    titre: ClassVar[str] = ""
    demande_page = Signal(object)

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fond")
        self.setAccessibleName(self.titre)
        self.contexte = contexte
        self.dossier_id = 0
        self.perimee = True
        tout = QVBoxLayout(self)
        tout.setContentsMargins(0, 0, 0, 0)
        tout.setSpacing(0)
        tete = QWidget()
        colonne = QVBoxLayout(tete)
        colonne.setContentsMargins(MARGE, 20, MARGE, 12)
        colonne.setSpacing(10)
        self.entete = Entete(self.titre)
        self.bandeau = Bandeau()
        colonne.addWidget(self.entete)
        colonne.addWidget(self.bandeau)
        tout.addWidget(tete)
        self.defilement = Defilement(f"Contenu de la page {self.titre}")
        self.corps = QVBoxLayout(self.defilement.interieur)
        self.corps.setContentsMargins(MARGE, 0, MARGE, 24)
        self.defilement.verticalScrollBar().rangeChanged.connect(self._aligner)
        self.corps.setSpacing(14)
        tout.addWidget(self.defilement, 1)

    def _aligner(self, _minimum: int, maximum: int) -> None:
        """Keeps the right edge of the body under that of the header, scroll bar or not."""
        barre = self.defilement.verticalScrollBar().sizeHint().width() if maximum > 0 else 0
        self.corps.setContentsMargins(MARGE, 0, max(MARGE - barre, 8), 24)

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier; called when a dossier is opened."""
        self.dossier_id = dossier_id
        self.bandeau.fermer()
        self.rafraichir()
        self.perimee = False

    def vue(self) -> "Vue":
        """The dossier shown and its findings."""
        return self.contexte.vue(self.dossier_id)

    def rafraichir(self) -> None:
        """Reads everything again from `vue()`; called after each change, when the page is visible."""

    def aller_a(self, cible: Cible) -> None:
        """Selects the object of `cible` and puts the cursor in its field."""

    def filtrer(self) -> None:
        """Puts the cursor in the search field of the page, when it has one (Ctrl+F)."""
