"""What the tests of the page Risques do with their hands: open, look for a dialog, press a key."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Page
from ui.fenetre import Fenetre
from ui.pages.risques.page import PageRisques

D = TypeVar("D", bound=QDialog)


def poser() -> None:
    """Lets the window do what waits."""
    for _ in range(10):
        QApplication.processEvents()


def ouvrir(fenetre: Fenetre, dossier: Dossier) -> PageRisques:
    """Opens the page of a dossier in the whole window."""
    fenetre.activateWindow()
    fenetre.ouvrir_dossier(dossier.id, Page.RISQUES)
    poser()
    assert fenetre.dossier is not None
    page = fenetre.dossier.page
    assert isinstance(page, PageRisques)
    return page


def relire(page: PageRisques) -> Dossier:
    """The dossier as the base has it."""
    dossier = page.contexte.base.lire(page.dossier_id)
    assert dossier is not None
    return dossier


def presse(texte: str) -> None:
    """Puts a text on the clipboard."""
    QGuiApplication.clipboard().setText(texte)


def dialogue(classe: type[D]) -> D:
    """The dialog of that kind that is open."""
    poser()
    ouvert = QApplication.activeModalWidget()
    assert isinstance(ouvert, classe)
    return ouvert


def repondre(classe: type[D], faire: Callable[[D], object]) -> None:
    """Does something in the next dialog of that kind, which blocks until it is closed."""

    def essayer() -> None:
        ouvert = QApplication.activeModalWidget()
        if isinstance(ouvert, classe):
            poser()
            try:
                faire(ouvert)
            finally:
                # Left open, it would wait for ever.
                if ouvert.isVisible():
                    ouvert.reject()
        else:
            QTimer.singleShot(20, essayer)

    QTimer.singleShot(0, essayer)
