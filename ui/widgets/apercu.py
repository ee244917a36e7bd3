"""The preview of a document: pages of a PDF, an image, or a sentence when nothing can be drawn."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QImage, QKeySequence, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from ui import theme
from ui.pdfium import POINTS_PAR_POUCE, Pdf
from ui.widgets.libelle import Libelle, bulle

_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
# Pixels of the screen for a point of a PDF, at zoom 1.
_ECRAN = 96.0 / POINTS_PAR_POUCE
_LARGEUR_MAX = 6000


class _Pages(QScrollArea):
    """Where the page is drawn; the arrows scroll it and Page up / Page down turn the pages."""

    tourne = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("apercu")
        self.setAccessibleName("Aperçu du document")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 220)
        self.image = Libelle("")
        self.image.setWordWrap(False)
        self.image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self.image)
        for touche, pas in (
            (QKeySequence.StandardKey.MoveToNextPage, 1),
            (QKeySequence.StandardKey.MoveToPreviousPage, -1),
        ):
            action = QAction(self)
            action.setShortcut(touche)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, p=pas: self.tourne.emit(p))
            self.addAction(action)

    def sizeHint(self) -> QSize:
        """Whatever the page is, the room comes from what is around."""
        return QSize(240, 260)

    def paintEvent(self, evenement: QPaintEvent) -> None:
        """A ground under the page, so that its edges are seen."""
        QPainter(self.viewport()).fillRect(evenement.rect(), theme.couleur("fond"))


class Apercu(QWidget):
    """Shows one document at a time. Nothing is written; the bytes come from the caller."""

    page_changee = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf: Pdf | None = None
        self._image: QImage | None = None
        self._page = 0
        self._zoom: float | None = None
        self._disposition = disposition = QVBoxLayout(self)
        disposition.setContentsMargins(0, 0, 0, 0)
        disposition.setSpacing(8)
        self.pages = _Pages()
        self.pages.tourne.connect(self.tourner)
        self.pages.viewport().installEventFilter(self)
        self.message = Libelle("", "muet")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        disposition.addWidget(self._barre())
        disposition.addWidget(self.pages, 1)
        disposition.addWidget(self.message, 1)
        self.montrer_message("")

    def _barre(self) -> QWidget:
        self.barre = QWidget()
        self._ligne = ligne = QHBoxLayout(self.barre)
        ligne.setContentsMargins(0, 0, 0, 0)
        ligne.setSpacing(6)

        def geste(texte: str, nom: str, slot: Callable[[], object], touche: str = "") -> QToolButton:
            b = QToolButton()
            b.setText(texte)
            b.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            b.setToolTip(bulle(f"{nom} ({touche})" if touche else nom))
            b.setAccessibleName(nom)
            b.clicked.connect(lambda _=False: slot())
            ligne.addWidget(b)
            return b

        self.precedente = geste("‹", "Page précédente", lambda: self.tourner(-1), "Page préc.")
        self.position = Libelle("")
        self.position.setWordWrap(False)
        ligne.addWidget(self.position)
        self.suivante = geste("›", "Page suivante", lambda: self.tourner(1), "Page suiv.")
        ligne.addStretch(1)
        self.moins = geste("−", "Réduire", lambda: self._changer_zoom(-1))
        self.ajuster = geste("Ajuster", "Ajuster à la largeur", self.ajuster_largeur)
        self.plus = geste("+", "Agrandir", lambda: self._changer_zoom(1))
        return self.barre

    # The same room whatever is shown: what is around does not move when a page comes.

    def hasHeightForWidth(self) -> bool:
        """A sentence wraps in the room of a page."""
        return False

    def sizeHint(self) -> QSize:
        """The bar, and some of a page under it."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """The bar, and some of a page under it."""
        haut = self.barre.sizeHint().height() + self._disposition.spacing() + self.pages.sizeHint().height()
        large = max(self._disposition.minimumSize().width(), self.barre.minimumSizeHint().width())
        return QSize(large, haut)

    # What is shown

    @property
    def nombre_pages(self) -> int:
        """Pages of the document shown; 1 for an image, 0 when there is only a sentence."""
        if self._pdf is not None:
            return len(self._pdf)
        return 1 if self._image is not None else 0

    @property
    def page(self) -> int:
        """The page shown, the first is 1; 0 when there is none."""
        return self._page + 1 if self.nombre_pages else 0

    def montrer_pdf(self, octets: bytes, sur_place: bool = False) -> None:
        """Shows a PDF; a file pdfium cannot read gives a sentence instead.

        Args:
            sur_place: True for a new state of the document already shown: the page and the scroll stay where they are.
        """
        page = self._page if sur_place and self._pdf is not None else 0
        haut = self.pages.verticalScrollBar().value() if page or sur_place else 0
        self._fermer()
        try:
            self._pdf = Pdf(octets)
        except ErreurEsms as e:
            self.montrer_message(str(e))
            return
        self._presenter(min(page, len(self._pdf) - 1))
        self.pages.verticalScrollBar().setValue(haut)

    def aller_page(self, page: int) -> None:
        """Turns to a page, the first is 1."""
        self.tourner(page - 1 - self._page)

    def montrer_image(self, octets: bytes) -> None:
        """Shows an image (PNG, JPEG, GIF); a file Qt cannot read gives a sentence instead."""
        self._fermer()
        image = QImage.fromData(octets)
        if image.isNull():
            self.montrer_message(
                "Cette image ne peut pas être affichée ici. Exportez-la pour l’ouvrir avec un autre logiciel."
            )
            return
        self._image = image
        self._presenter()

    def montrer_message(self, texte: str) -> None:
        """Shows a sentence in place of a document."""
        self._fermer()
        self.barre.hide()
        self.pages.hide()
        self.message.setText(texte)
        self.message.show()

    def _presenter(self, page: int = 0) -> None:
        self._page = max(page, 0)
        self.message.hide()
        self.barre.show()
        self.pages.show()
        self._disposition.activate()
        self._dessiner()

    def _fermer(self) -> None:
        if self._pdf is not None:
            self._pdf.fermer()
        self._pdf = None
        self._image = None
        self._page = 0
        self.pages.image.clear()

    # Turning and zooming

    def tourner(self, pas: int) -> None:
        """Goes `pas` pages forward or back, and stays inside the document."""
        cible = min(max(self._page + pas, 0), max(self.nombre_pages - 1, 0))
        if cible != self._page:
            self._page = cible
            self._dessiner()
            self.pages.verticalScrollBar().setValue(0)

    def ajuster_largeur(self) -> None:
        """Makes the page as wide as the preview, and keeps it so when the window changes."""
        self._zoom = None
        self._dessiner()

    def _changer_zoom(self, sens: int) -> None:
        actuel = self._zoom or self._zoom_ajuste()
        rangs = [z for z in _ZOOMS if (z > actuel + 0.01 if sens > 0 else z < actuel - 0.01)]
        if rangs:
            self._zoom = rangs[0] if sens > 0 else rangs[-1]
            self._dessiner()

    def _taille(self) -> tuple[float, float]:
        """Width and height of what is shown at zoom 1, in pixels of the screen."""
        if self._pdf is not None:
            largeur, hauteur = self._pdf.taille(self._page)
            return largeur * _ECRAN, hauteur * _ECRAN
        if self._image is not None:
            return float(self._image.width()), float(self._image.height())
        return 1.0, 1.0

    def _zoom_ajuste(self) -> float:
        largeur, _ = self._taille()
        place = (
            self.pages.width()
            - 2 * self.pages.frameWidth()
            - self.pages.verticalScrollBar().sizeHint().width()
            - 2
        )
        return max(min(place / largeur, 4.0), 0.05)

    def _dessiner(self) -> None:
        total = self.nombre_pages
        if not total:
            return
        ajuste = self._zoom is None
        self.pages.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if ajuste else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        densite = self.devicePixelRatioF()
        try:
            largeur, hauteur = self._taille()
            zoom = min(self._zoom or self._zoom_ajuste(), _LARGEUR_MAX / densite / max(largeur, hauteur))
            pixels = self._rendre(zoom * densite, largeur, hauteur)
        except ErreurEsms as e:
            self.montrer_message(str(e))
            return
        pixels.setDevicePixelRatio(densite)
        self.pages.image.setPixmap(pixels)
        self.pages.image.resize(pixels.deviceIndependentSize().toSize())
        self.position.setText(f"Page {self._page + 1} sur {total}")
        # The words change the width they need: without waiting, so that they are never seen cut.
        self._ligne.activate()
        self.precedente.setEnabled(self._page > 0)
        self.suivante.setEnabled(self._page < total - 1)
        self.page_changee.emit(self._page + 1, total)

    def _rendre(self, echelle: float, largeur: float, hauteur: float) -> QPixmap:
        if self._pdf is not None:
            return QPixmap.fromImage(self._pdf.image(self._page, echelle * _ECRAN))
        assert self._image is not None
        return QPixmap.fromImage(
            self._image.scaled(
                max(round(largeur * echelle), 1),
                max(round(hauteur * echelle), 1),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )

    def eventFilter(self, objet: QObject, evenement: QEvent) -> bool:
        """Draws the page again, as wide as there is room, when the preview is resized."""
        if (
            evenement.type() is QEvent.Type.Resize
            and isinstance(evenement, QResizeEvent)
            and self._zoom is None
        ) and evenement.size().width() != evenement.oldSize().width():
            self._dessiner()
        return super().eventFilter(objet, evenement)
