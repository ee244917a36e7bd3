"""What the tests of the page Grappe do with their hands: open, type, answer a question, look where the cursor is."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Page
from ui.fenetre import Fenetre
from ui.pages.grappe.modele_essms import COLONNES
from ui.pages.grappe.page import PageGrappe
from ui.widgets.champs.champ import Champ as ChampSaisi
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.libelle import Libelle
from ui.widgets.question import Question

TITRES = [c.titre for c in COLONNES]


def ouvrir(fenetre: Fenetre, dossier: Dossier) -> PageGrappe:
    """Opens the page of a dossier in the whole window."""
    fenetre.activateWindow()
    fenetre.ouvrir_dossier(dossier.id, Page.GRAPPE)
    poser()
    assert fenetre.dossier is not None
    page = fenetre.dossier.page
    assert isinstance(page, PageGrappe)
    return page


def poser() -> None:
    """Lets the window do what waits."""
    for _ in range(6):
        QApplication.processEvents()


def relire(page: PageGrappe) -> Dossier:
    """The dossier as the base has it."""
    dossier = page.contexte.base.lire(page.dossier_id)
    assert dossier is not None
    return dossier


def taper(champ: Any, texte: str) -> None:
    """Types over a field, then Enter."""
    assert isinstance(champ, ChampSaisi) and isinstance(champ.saisie, QLineEdit)
    champ.saisie.setFocus()
    champ.saisie.selectAll()
    QTest.keyClicks(champ.saisie, texte)
    QTest.keyClick(champ.saisie, Qt.Key.Key_Return)
    poser()


def cellule(page: PageGrappe, ligne: int, titre: str) -> QModelIndex:
    """A cell of the table of ESSMS, as shown."""
    proxy = page.essms.tableau.proxy
    return proxy.mapFromSource(page.essms.modele.index(ligne, TITRES.index(titre)))


def repondre_a_la_question(accord: bool, vues: list[str]) -> None:
    """Answers the next question asked by the window, and keeps its words; Enter never removes."""

    def repondre() -> None:
        boite = QApplication.activeModalWidget()
        if not isinstance(boite, Question):
            QTimer.singleShot(20, repondre)
            return
        vues.append(" ".join(x.text() for x in boite.findChildren(Libelle)))
        assert boite.accord.isDefault() is (boite.accord.property("role") != "danger")
        (boite.accord if accord else boite.refus).click()

    QTimer.singleShot(0, repondre)


def curseur_dans(page: PageGrappe, champ: Any) -> bool:
    """True when the cursor is in that field."""
    return bool(page.window().focusWidget() is champ.saisie)


def choisir(champ: ChampChoix, valeur: object) -> None:
    """Chooses a value in a list, as a person does."""
    rang = champ._valeurs.index(valeur)
    champ.liste.setCurrentIndex(rang)
    champ.liste.activated.emit(rang)
