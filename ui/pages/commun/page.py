"""The base of every page of a dossier: a header that says where things stand, and a body that scrolls."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import NBSP
from esms_desktop.regles.constats import Cible
from ui import sorties
from ui.fil import EN_COURS
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle, secable

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Examen
    from ui.contexte import Contexte
    from ui.lecture import Lecture

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
        self.attente = Libelle(EN_COURS, "petit")
        self.attente.setWordWrap(False)
        self.attente.hide()
        self.phrase = Libelle("", "muet")
        tete = QHBoxLayout()
        tete.setSpacing(12)
        tete.addWidget(self.titre)
        tete.addWidget(self.attente, 0, Qt.AlignmentFlag.AlignBottom)
        tete.addStretch(1)
        textes.addLayout(tete)
        textes.addWidget(self.phrase)
        rangee.addLayout(textes, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(10)
        rangee.addLayout(self._actions)
        rangee.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)

    def set_phrase(self, phrase: str) -> None:
        """Says where things stand."""
        self.phrase.setText(phrase)

    def attendre(self, quoi: str) -> None:
        """Says beside the title that something is computed again, without moving what is under; nothing when empty."""
        self.attente.setText(f"{quoi}{NBSP}: {EN_COURS}" if quoi else "")
        self.attente.setVisible(bool(quoi))

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
        self._disparus: list[str] = []
        contexte.examens.change.connect(self._examine)
        contexte.disparu.connect(self._dire_disparu)
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

    def lecture(self) -> "Lecture":
        """The dossier shown, as it is now."""
        return self.contexte.lecture(self.dossier_id)

    def rafraichir(self) -> None:
        """Reads everything again from `lecture()`; called after each change, when the page is visible."""

    def montrer_examen(self, examen: "Examen | None") -> None:
        """Shows what depends on the findings; None while they are computed: their place says « mise à jour… ».

        A page that has such a place calls it with `examen()` when it reads again; it is called again once they are known.
        """

    def examen(self) -> "Examen | None":
        """The findings of the dossier shown as it is now, None while they are computed."""
        return self.contexte.examens.de(self.dossier_id)

    def _dire_disparu(self, phrase: str) -> None:
        if not self.isVisible():
            return
        nom = phrase.partition("n’est plus")[0]
        if self.bandeau.isHidden() or self.bandeau.texte.text() != secable(" ".join(self._disparus)):
            self._disparus = []
        # Told once of each thing, even when a card and a list both showed it.
        if not any(dite.startswith(nom) for dite in self._disparus):
            self._disparus.append(phrase)
            self.bandeau.montrer(" ".join(self._disparus), "warn")

    def _examine(self, dossier_id: int) -> None:
        # A page that is stale reads again first.
        if dossier_id == self.dossier_id and not self.perimee:
            self.montrer_examen(self.examen())

    def _dire_ecrit(self, chemins: "Sequence[Path]") -> None:
        """Says that a file is written, and offers to open it."""
        self.bandeau.montrer(
            f"Le fichier est enregistré{NBSP}: {chemins[0]}",
            "ok",
            ("Ouvrir", lambda: sorties.ouvrir(chemins[0])),
        )

    def _echec(self, erreur: ErreurEsms) -> None:
        """Says why a long job stopped."""
        self.bandeau.montrer(str(erreur), "info" if isinstance(erreur, Interruption) else "bad")

    def aller_a(self, cible: Cible) -> None:
        """Selects the object of `cible` and puts the cursor in its field."""

    def filtrer(self) -> None:
        """Puts the cursor in the search field of the page, when it has one (Ctrl+F)."""
