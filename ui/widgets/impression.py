"""Printing, always through a preview: what will leave is seen first, then goes to a printer or to one PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import NBSP, de, pluriel
from esms_desktop.progress import Progress
from ui import sorties
from ui.pdfium import POINTS_PAR_POUCE, Pdf, reunir
from ui.tasks import Taches
from ui.widgets.apercu import Apercu
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from datetime import date

    from esms_desktop.documents.arbre.arbre import Document

# Dots per inch of the pages handed to a printer: sharp at 200, and no printer shows more than 300 of a text.
_DPI_MIN, _DPI_MAX = 200, 300


@dataclass(frozen=True)
class Feuillet:
    """A document of a print job. `octets`: its PDF."""

    titre: str
    octets: bytes


def imprimer_sur(
    imprimante: QPrinter, feuillets: Sequence[Feuillet], progress: Progress, recto_verso: bool | None = None
) -> int:
    """Paints every page on a printer and gives how many it painted; may run beside the window.

    Args:
        recto_verso: whether sheets are printed on both sides, and each document therefore starts on a fresh one; None
            asks the printer.

    Raises:
        ErreurEsms: the printer refused the job. Interruption: the person cancelled.
    """
    documents = [Pdf(f.octets) for f in feuillets]
    total = sum(map(len, documents))
    if recto_verso is None:
        recto_verso = imprimante.duplex() is not QPrinter.DuplexMode.DuplexNone
    voulues = _voulues(imprimante, total)
    imprimante.setFullPage(True)
    peintre = QPainter()
    rang = faites = 0
    try:
        for feuillet, document in zip(feuillets, documents, strict=True):
            sorties_du_document = 0
            for page in range(len(document)):
                rang += 1
                progress.etape(rang - 1, total, f"{feuillet.titre}{NBSP}: page {page + 1}")
                if rang not in voulues:
                    continue
                _preparer_page(imprimante, peintre, document.taille(page), faites > 0)
                _peindre(imprimante, peintre, document, page)
                faites += 1
                sorties_du_document += 1
            if recto_verso and sorties_du_document % 2 and rang < total:
                imprimante.newPage()
        peintre.end()
    except BaseException:
        imprimante.abort()
        raise
    finally:
        if peintre.isActive():
            peintre.end()
        for document in documents:
            document.fermer()
    if imprimante.printerState() is QPrinter.PrinterState.Error:
        raise _refus()
    return faites


def _voulues(imprimante: QPrinter, total: int) -> range:
    if imprimante.printRange() is QPrinter.PrintRange.PageRange and imprimante.fromPage():
        return range(imprimante.fromPage(), min(imprimante.toPage(), total) + 1)
    return range(1, total + 1)


def _preparer_page(imprimante: QPrinter, peintre: QPainter, taille: tuple[float, float], suite: bool) -> None:
    sens = QPageLayout.Orientation.Landscape if taille[0] > taille[1] else QPageLayout.Orientation.Portrait
    papier = imprimante.pageLayout().pageSize()
    if not papier.isValid():
        papier = QPageSize(QPageSize.PageSizeId.A4)
    imprimante.setPageLayout(QPageLayout(papier, sens, QMarginsF()))
    if not (imprimante.newPage() if suite else peintre.begin(imprimante)):
        raise _refus()
    peintre.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    peintre.setRenderHint(QPainter.RenderHint.LosslessImageRendering)


def _peindre(imprimante: QPrinter, peintre: QPainter, document: Pdf, page: int) -> None:
    dpi = min(max(imprimante.resolution(), _DPI_MIN), _DPI_MAX)
    image = document.image(page, dpi / POINTS_PAR_POUCE)
    place = QRectF(imprimante.pageLayout().fullRectPixels(imprimante.resolution()))
    place.moveTopLeft(place.topLeft() * 0)
    zoom = min(place.width() / image.width(), place.height() / image.height())
    cible = QRectF(0, 0, image.width() * zoom, image.height() * zoom)
    cible.moveCenter(place.center())
    peintre.drawImage(cible, image)


def _refus() -> ErreurEsms:
    return ErreurEsms(
        "L’imprimante n’a pas accepté l’impression.",
        "Vérifiez qu’elle est allumée et reliée, ou enregistrez un PDF pour l’imprimer ailleurs.",
    )


class DialogueImpression(QDialog):
    """The pages that will be printed, and the two ways out: a printer, or one PDF.

    Args:
        feuillets: the documents, at least one, in the order they leave.
        taches: the long jobs.
        nom: proposed name of the PDF, without its extension.
        imprime: called once the documents have left, by either way.
    """

    def __init__(
        self,
        titre: str,
        feuillets: Sequence[Feuillet],
        taches: Taches,
        nom: str,
        imprime: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(titre)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.feuillets = tuple(feuillets)
        self._taches, self._nom, self._imprime = taches, nom, imprime
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 18, 22, 18)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle(titre, "sous-titre"))
        self.resume = Libelle("", "muet")
        colonne.addWidget(self.resume)
        self.choix = ChampChoix(
            "Document à l’aperçu", [(i, f.titre) for i, f in enumerate(self.feuillets)], self._montrer
        )
        colonne.addWidget(self.choix)
        self.choix.setVisible(len(self.feuillets) > 1)
        self.apercu = Apercu()
        colonne.addWidget(self.apercu, 1)
        self.message = Libelle("", "muet")
        self.message.hide()
        colonne.addWidget(self.message)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.fermer = bouton("&Fermer", self.reject)
        self.enregistrer = bouton(
            "&Enregistrer en PDF…", self._demander_pdf, aide="Réunit ces documents en un seul PDF"
        )
        self.imprimer = bouton("&Imprimer…", self._demander_imprimante, "primaire", raccourci="Ctrl+P")
        rangee.addWidget(self.fermer)
        rangee.addStretch(1)
        rangee.addWidget(self.enregistrer)
        rangee.addWidget(self.imprimer)
        colonne.addLayout(rangee)
        self.resize(720, 720)
        self.choix.fixer(0)
        self._montrer(0)
        self._compter()
        self.imprimer.setFocus()

    def _compter(self) -> None:
        pages = 0
        for feuillet in self.feuillets:
            try:
                lu = Pdf(feuillet.octets)
            except ErreurEsms as e:
                self._dire(str(e), "bad")
                continue
            pages += len(lu)
            lu.fermer()
        self.resume.setText(
            f"{pluriel(len(self.feuillets), 'document')}, {pluriel(pages, 'page')} en tout. "
            "Vérifiez l’aperçu, puis imprimez ou enregistrez."
        )

    def _montrer(self, rang: int) -> None:
        self.apercu.montrer_pdf(self.feuillets[rang].octets)

    # Leaving

    def _demander_imprimante(self) -> None:
        imprimante = QPrinter(QPrinter.PrinterMode.HighResolution)
        imprimante.setDocName(self.windowTitle())
        imprimante.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        dialogue = QPrintDialog(imprimante, self)
        dialogue.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            self.imprimer_sur(imprimante)

    def imprimer_sur(self, imprimante: QPrinter) -> None:
        """Prints on that printer, beside the window."""
        feuillets = self.feuillets
        self._lancer(
            "Impression", lambda progress: imprimer_sur(imprimante, feuillets, progress), "imprimées"
        )

    def _demander_pdf(self) -> None:
        chemin = sorties.demander_fichier(self, "Enregistrer en PDF", f"{self._nom}.pdf")
        if chemin is not None:
            self.enregistrer_dans(chemin)

    def enregistrer_dans(self, chemin: Path) -> None:
        """Writes one PDF of all the documents, beside the window."""
        octets = [f.octets for f in self.feuillets]

        def travail(progress: Progress) -> int:
            progress.etape(0, 0, f"Écriture {de(chemin.name)}")
            tout = octets[0] if len(octets) == 1 else reunir(octets)
            sorties.ecrire(chemin, tout)
            lu = Pdf(tout)
            pages = len(lu)
            lu.fermer()
            return pages

        self._lancer("Enregistrement du PDF", travail, f"enregistrées dans {chemin}")

    def _lancer(self, titre: str, travail: Callable[[Progress], int], fait: str) -> None:
        for b in (self.imprimer, self.enregistrer):
            b.setEnabled(False)
        self._taches.lancer(titre, travail, lambda pages: self._fini(pages, fait), self._echec)

    def _fini(self, pages: int, fait: str) -> None:
        self._rendre_la_main()
        singulier = fait.replace("ées", "ée", 1) if pages < 2 else fait
        self._dire(f"{pluriel(pages, 'page')} {singulier}.", "ok")
        if pages and self._imprime is not None:
            self._imprime()

    def _echec(self, erreur: ErreurEsms) -> None:
        self._rendre_la_main()
        arrete = isinstance(erreur, Interruption)
        self._dire("L’impression a été arrêtée." if arrete else str(erreur), "" if arrete else "bad")

    def _rendre_la_main(self) -> None:
        for b in (self.imprimer, self.enregistrer):
            b.setEnabled(True)

    def _dire(self, texte: str, genre: str) -> None:
        self.message.setText(texte)
        self.message.fixer_genre(genre)
        self.message.setVisible(bool(texte))


def apercevoir(
    parent: QWidget,
    taches: Taches,
    titre: str,
    nom: str,
    documents: "Sequence[tuple[str, Document]]",
    jour: "date",
    echoue: Callable[[ErreurEsms], object],
    imprime: Callable[[], object] | None = None,
) -> None:
    """Lays documents out beside the window, then shows them in a `DialogueImpression`.

    Args:
        titre: what is printed; `nom`: proposed name of the PDF, without extension.
        documents: (title, tree) pairs, in the order they leave.
        jour: date printed on the documents.
        echoue: called when they cannot be laid out.
        imprime: called once they have left.
    """

    def travail(progress: Progress) -> list[Feuillet]:
        from esms_desktop.documents.pdf.rendu import rendre

        feuillets = []
        for rang, (nom_document, document) in enumerate(documents):
            progress.etape(rang, len(documents), f"{nom_document}{NBSP}: mise en page")
            feuillets.append(Feuillet(nom_document, rendre(document, jour).octets))
        return feuillets

    def montrer(feuillets: list[Feuillet]) -> None:
        DialogueImpression(titre, feuillets, taches, nom, imprime, parent).open()

    taches.lancer("Mise en page avant impression", travail, montrer, echoue)
