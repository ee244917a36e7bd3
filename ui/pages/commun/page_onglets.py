"""A page of a dossier in several parts, one shown at a time under a row of tabs."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from esms_desktop.regles.constats import Cible, Page
from ui.pages.commun.page import PageDossier
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.onglets import Onglets

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture

    Charger = Callable[[Lecture], object]


class PageOnglets(PageDossier):
    """The base of such a page: subclasses give their parts to `composer` at the end of `__init__`."""

    onglets: Onglets
    vues: QStackedWidget

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self._textes: tuple[str, ...] = ()
        self._chargeurs: tuple[Charger, ...] = ()
        self._perimees: set[int] = set()

    def composer(self, parties: Sequence[tuple[str, QWidget, "Charger"]]) -> None:
        """Builds the body.

        Args:
            parties: (what the tab says, with its mnemonic; the part itself; what fills it), in order. A part is filled
                when it is shown: a hidden one costs nothing.
        """
        self._textes = tuple(texte for texte, *_ in parties)
        self._chargeurs = tuple(charger for *_, charger in parties)
        self.onglets = Onglets(f"Parties de la page {self.titre}", self._textes)
        self.onglets.change.connect(self.montrer_onglet)
        self.vues = QStackedWidget()
        for rang, (texte, partie, _) in enumerate(parties):
            self.onglets.fixer_texte(rang, texte)
            self.vues.addWidget(partie)
        travail = QWidget()
        colonne = QVBoxLayout(travail)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(12)
        colonne.addWidget(self.onglets)
        colonne.addWidget(self.vues, 1)
        self.corps.addWidget(travail, 1)

    def montrer_onglet(self, rang: int) -> None:
        """Shows one part of the page."""
        self.onglets.fixer(rang)
        self._remplir(rang)
        self.vues.setCurrentIndex(rang)

    def recharger(self) -> None:
        """Every part is stale: the one shown is filled now, the others when they are shown."""
        self._perimees = set(range(len(self._chargeurs)))
        self._remplir(self.vues.currentIndex())

    def _remplir(self, rang: int) -> None:
        if rang in self._perimees:
            self._perimees.discard(rang)
            self._chargeurs[rang](self.lecture())

    def compter(self, rang: int, compte: str) -> None:
        """Writes a count beside the words of a tab."""
        self.onglets.fixer_texte(rang, f"{self._textes[rang]} ({compte})")

    def apres_la_grappe(self, partie: QWidget, titre: str, texte: str) -> "ApresLaGrappe":
        """A part that needs the grappe: `texte` says what for while it is empty, and leads there."""
        return ApresLaGrappe(partie, titre, texte, lambda: self.demande_page.emit(Cible(Page.GRAPPE)))

    def dire(self, texte: str) -> None:
        """Says what was done, and offers to undo it."""
        self.bandeau.montrer(texte, "ok", ("Annuler", self.contexte.annuler), secondes=12)

    def refuser(self, texte: str) -> None:
        """Says what was not done, and why."""
        self.bandeau.montrer(texte, "bad")


class ApresLaGrappe(QStackedWidget):
    """A part, or what is said while the grappe is empty."""

    def __init__(self, partie: QWidget, titre: str, texte: str, aller: object) -> None:
        super().__init__()
        carte = Carte()
        carte.ajouter(EtatVide(titre, texte, ("Ouvrir la page Grappe", aller)))  # type: ignore[arg-type]
        carte.corps.addStretch(1)
        self.addWidget(partie)
        self.addWidget(carte)

    def fixer_vide(self, vide: bool) -> None:
        """Shows the part, or the sentence."""
        self.setCurrentIndex(1 if vide else 0)


def deroulant(partie: QWidget) -> QScrollArea:
    """A part taller than the page, which scrolls by itself so that the others keep their height."""
    zone = QScrollArea()
    zone.setWidgetResizable(True)
    zone.setFrameShape(QFrame.Shape.NoFrame)
    zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    zone.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    zone.setAccessibleName(partie.accessibleName())
    zone.setWidget(partie)
    return zone
