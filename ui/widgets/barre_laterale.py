"""The dark sidebar of a dossier: way back, name, pages with their rings, last save."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from esms_desktop.regles.constats import Page
from ui.inscriptions import Inscription
from ui.widgets.anneau import Anneau
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle, bulle

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Examen

LARGEUR = 236

# The pages that findings are about: the others have nothing to complete.
_EXAMINEES = frozenset(str(page.value) for page in Page)


class EntreeLaterale(QPushButton):
    """A page of the sidebar: a title that wraps, and its ring."""

    def __init__(self, titre: str, anneau: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.titre = titre
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setAccessibleName(titre)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)
        rangee = self._rangee = QHBoxLayout(self)
        rangee.setContentsMargins(9, 7, 9, 7)
        rangee.setSpacing(8)
        self.libelle = Libelle(titre)
        self.libelle.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        rangee.addWidget(self.libelle, 1)
        self.anneau = Anneau() if anneau else None
        if self.anneau is not None:
            self.anneau.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            rangee.addWidget(self.anneau, 0, Qt.AlignmentFlag.AlignVCenter)

        self.toggled.connect(lambda _: self._marquer())
        self._marquer()

    def _marquer(self) -> None:
        self.libelle.fixer_role("fort" if self.isChecked() else "corps")

    def fixer_avancement(self, avancement: tuple[int, int] | None) -> None:
        """Shows the ring (None: not known yet), and says it to the tooltip and to assistive tools."""
        if self.anneau is not None:
            if avancement is None:
                self.anneau.attendre(self.titre)
            else:
                self.anneau.fixer(*avancement, self.titre)
            self.setToolTip(bulle(self.anneau.phrase))
            self.setAccessibleName(self.anneau.phrase)

    def sizeHint(self) -> QSize:
        """What the title and the ring need."""
        return self._rangee.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the title and the ring need at least."""
        return self._rangee.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """The title wraps."""
        return True

    def heightForWidth(self, largeur: int) -> int:
        """The height at which the title is whole."""
        return self._rangee.heightForWidth(largeur)


class BarreLaterale(QWidget):
    """`retour` asks for the portfolio, `page(str)` for a page by its key."""

    retour = Signal()
    page = Signal(str)

    def __init__(self, pages: Sequence[Inscription], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lateral")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(LARGEUR)
        self.setAccessibleName("Pages du dossier")
        tout = QVBoxLayout(self)
        tout.setContentsMargins(0, 0, 0, 0)
        defilement = QScrollArea()
        defilement.setWidgetResizable(True)
        defilement.setFrameShape(QFrame.Shape.NoFrame)
        defilement.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        defilement.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        defilement.setAccessibleName("Pages du dossier")
        interieur = QWidget()
        interieur.setObjectName("transparent")
        defilement.setWidget(interieur)
        tout.addWidget(defilement, 1)
        colonne = QVBoxLayout(interieur)
        colonne.setContentsMargins(12, 14, 12, 8)
        colonne.setSpacing(2)
        self.bouton_retour = bouton(
            "‹ &Portefeuille", self.retour.emit, aide="Revenir à la liste des dossiers"
        )
        self.bouton_retour.setAccessibleName("Portefeuille")
        colonne.addWidget(self.bouton_retour)
        colonne.addSpacing(6)
        self.nom = Libelle("", "sous-titre")
        self.detail = Libelle("", "petit")
        for libelle in (self.nom, self.detail):
            libelle.setContentsMargins(9, 0, 9, 0)
            colonne.addWidget(libelle)
        colonne.addSpacing(10)
        self.entrees: dict[str, EntreeLaterale] = {}
        section = ""
        for inscription in pages:
            if inscription.section != section:
                section = inscription.section
                colonne.addSpacing(10)
                if section:
                    titre = Libelle(section.upper(), "section")
                    titre.setContentsMargins(9, 0, 9, 2)
                    colonne.addWidget(titre)
            entree = EntreeLaterale(inscription.titre, anneau=inscription.cle in _EXAMINEES)
            entree.clicked.connect(lambda _=False, cle=inscription.cle: self.page.emit(cle))
            self.entrees[inscription.cle] = entree
            colonne.addWidget(entree)
        colonne.addStretch(1)
        self.pied = Libelle("", "petit")
        self.pied.setContentsMargins(21, 6, 21, 14)
        tout.addWidget(self.pied)

    def fixer_dossier(self, nom: str, detail: str) -> None:
        """Names the dossier; both texts wrap."""
        self.nom.setText(nom)
        self.detail.setText(detail)

    def fixer_examen(self, examen: "Examen | None") -> None:
        """Shows how far each page is; None while it is computed."""
        for page in Page:
            if page in self.entrees:
                self.entrees[page].fixer_avancement(None if examen is None else examen.avancement(page))

    def fixer_page(self, cle: str) -> None:
        """Marks the page shown."""
        self.entrees[cle].setChecked(True)

    def fixer_pied(self, texte: str) -> None:
        """« Enregistré à 14:32 · Chiffré »."""
        self.pied.setText(texte)
