"""An open dossier: the sidebar and the page shown, each page imported when first asked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import heure
from esms_desktop.regles.constats import Cible
from ui.frappe import visite
from ui.registre import VUE_ENSEMBLE, page_de, pages
from ui.widgets.barre_laterale import BarreLaterale

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.pages.commun.page import PageDossier


class VueDossier(QWidget):
    """`retour(str)`: back to the portfolio, with the reason when the dossier is gone or cannot be read."""

    retour = Signal(str)
    # Something that lasts as long as the window was built or loaded: a page, the rules.
    batie = Signal()

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contexte = contexte
        self.dossier_id = 0
        self.pages: dict[str, PageDossier] = {}
        self._ouvertes: dict[str, int] = {}
        self._regles_lues = False
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(0)
        self.barre = BarreLaterale(pages())
        self.pile = QStackedWidget()
        rangee.addWidget(self.barre)
        rangee.addWidget(self.pile, 1)
        self.barre.retour.connect(lambda: self.retour.emit(""))
        self.barre.page.connect(self.montrer)
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)
        self._minuterie.setInterval(0)
        self._minuterie.timeout.connect(self.rafraichir)
        contexte.change.connect(self._perimer)
        contexte.relire.connect(self.rafraichir)
        contexte.examens.change.connect(self._examine)

    @property
    def page(self) -> "PageDossier | None":
        """The page shown."""
        return next((p for p in self.pages.values() if p is self.pile.currentWidget()), None)

    def ouvrir(self, dossier_id: int, cle: str = VUE_ENSEMBLE) -> None:
        """Shows a dossier on one of its pages."""
        self.dossier_id = dossier_id
        self._ouvertes.clear()
        if self._rafraichir_barre():
            self.montrer(cle)

    def fermer(self) -> None:
        """No dossier any more."""
        self.dossier_id = 0
        self._ouvertes.clear()

    def montrer(self, cle: str) -> "PageDossier":
        """Shows a page by its key, building or refreshing it when needed."""
        cle = str(cle)
        page = self.pages.get(cle)
        neuve = page is None
        if page is None:
            page = next(i for i in pages() if i.cle == cle).creer(self.contexte)
            page.demande_page.connect(self.aller_a)
            self.pages[cle] = page
            self.pile.addWidget(page)
        if self._ouvertes.get(cle) != self.dossier_id:
            self._ouvertes[cle] = self.dossier_id
            if page.dossier_id not in (0, self.dossier_id):
                visite.deloger(page)
            page.ouvrir(self.dossier_id)
        elif page.perimee:
            page.rafraichir()
            page.perimee = False
        self.barre.fixer_page(cle)
        self.pile.setCurrentWidget(page)
        if neuve:
            self.batie.emit()
        return page

    def aller_a(self, cible: Cible) -> None:
        """Shows the page of `cible`, and the thing on it."""
        self.montrer(page_de(cible)).aller_a(cible)

    def _perimer(self) -> None:
        for page in self.pages.values():
            page.perimee = True
        if self.dossier_id:
            self._minuterie.start()

    def rafraichir(self) -> None:
        """Reads everything again after a change: the sidebar, then the page shown."""
        if not self.dossier_id or not self._rafraichir_barre():
            return
        page = self.page
        if page is not None and page.perimee:
            page.rafraichir()
            page.perimee = False

    def _rafraichir_barre(self) -> bool:
        try:
            lu = self.contexte.lecture(self.dossier_id)
            examen = self.contexte.examens.de(self.dossier_id)
        except ErreurEsms as e:
            self.fermer()
            self.retour.emit(str(e))
            return False
        self.barre.fixer_dossier(lu.dossier.nom, f"{lu.dossier.type_projet.libelle} · {lu.campagne.titre}")
        self.barre.fixer_examen(examen)
        self.fixer_pied()
        return True

    def _examine(self, dossier_id: int) -> None:
        if dossier_id == self.dossier_id:
            self._rafraichir_barre()
            if not self._regles_lues:
                # The rules and the documents are loaded by the first examination.
                self._regles_lues = True
                self.batie.emit()

    def fixer_pied(self) -> None:
        """When the last write was kept."""
        quand = self.contexte.base.dernier_enregistrement
        self.barre.fixer_pied(
            f"Enregistré à {heure(quand)} · Chiffré" if quand else "Tout est enregistré · Chiffré"
        )
