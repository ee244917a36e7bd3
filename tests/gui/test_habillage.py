"""The style sheet: every window the application opens wears it, it follows the theme, and no page opens a stray window."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QToolTip, QWidget

from esms_desktop.model import Dossier
from esms_desktop.regles.constats import Page
from tests.depot.fabrique import pdf
from ui import aide, journalisation, theme
from ui.fenetre import Fenetre
from ui.pages.accueil.nouveau import DialogueFiness, DialogueVide
from ui.pages.pieces.mot_de_passe import DialogueMotDePasse
from ui.registre import pages
from ui.widgets.impression import DialogueImpression, Feuillet
from ui.widgets.question import Question

_PDF = pdf("Une page")


class _Apparitions(QObject):
    """Notes each window that shows itself."""

    def __init__(self) -> None:
        super().__init__()
        self.vues: list[QWidget] = []

    def eventFilter(self, objet: QObject, evenement: QEvent) -> bool:
        if evenement.type() == QEvent.Type.Show and isinstance(objet, QWidget) and objet.isWindow():
            self.vues.append(objet)
        return False


@pytest.fixture
def apparitions(qapp: QApplication) -> Iterator[_Apparitions]:
    filtre = _Apparitions()
    qapp.installEventFilter(filtre)
    yield filtre
    qapp.removeEventFilter(filtre)


def _habille(widget: QWidget) -> bool:
    """Qt gives a style of its own to each widget that a style sheet reaches."""
    return widget.style().metaObject().className() == "QStyleSheetStyle"


def _fond(widget: QWidget) -> QColor:
    """The colour the sheet gives to the ground of a widget, once it has dressed it."""
    widget.ensurePolished()
    return widget.palette().color(QPalette.ColorRole.Window)


def _laisser_faire() -> None:
    for _ in range(6):
        QApplication.processEvents()


@pytest.mark.parametrize("inscription", pages(), ids=lambda i: str(i.cle))
def test_une_page_s_ouvre_sans_autre_fenetre(
    inscription: Any, fenetre: Fenetre, exemple: Dossier, apparitions: _Apparitions
) -> None:
    fenetre.ouvrir_dossier(exemple.id, inscription.cle)
    _laisser_faire()
    assert [f"{type(w).__name__} {w.accessibleName()}" for w in apparitions.vues] == []


def test_un_dialogue_s_ouvre_seul_et_habille(
    fenetre: Fenetre, habillee: Callable[..., Any], apparitions: _Apparitions
) -> None:
    habillee()
    ouverts: list[QDialog] = []
    for ouvrir in (
        lambda: aide.DialogueAide(fenetre),
        lambda: DialogueFiness(fenetre.contexte, fenetre),
        lambda: DialogueVide(fenetre.contexte, fenetre),
        lambda: DialogueMotDePasse("rib.pdf", True, fenetre),
        lambda: Question(fenetre, "Retirer ?", "Ce qui part.", "Retirer", danger=True),
        lambda: DialogueImpression(
            "Jeu",
            [Feuillet("Une", _PDF), Feuillet("Deux", _PDF)],
            fenetre.contexte.taches,
            "jeu",
            parent=fenetre,
        ),
    ):
        dialogue = ouvrir()
        dialogue.open()
        _laisser_faire()
        ouverts.append(dialogue)
        assert _habille(dialogue) and _fond(dialogue) == QColor(theme.couleurs().fond)
        dialogue.reject()
    assert apparitions.vues == ouverts


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_ce_qui_sort_de_la_fenetre_porte_sa_feuille(
    fenetre: Fenetre, exemple: Dossier, habillee: Callable[..., Any], apparitions: _Apparitions, qtbot: Any
) -> None:
    habillee()
    fenetre.ouvrir_dossier(exemple.id, Page.PLANNING)
    fenetre.dossier.page.ajouter_action.click()
    _laisser_faire()
    apparitions.vues.clear()
    liste = next(w for w in fenetre.findChildren(QComboBox) if w.isVisible() and w.count())
    liste.showPopup()
    _laisser_faire()
    assert liste.view().isVisible() and _habille(liste.view())
    liste.hidePopup()
    menu = fenetre.menuBar().actions()[0].menu()
    menu.popup(QPoint(10, 10))
    _laisser_faire()
    menu.close()
    QToolTip.showText(QPoint(50, 50), "Une précision", liste)
    qtbot.waitUntil(QToolTip.isVisible)
    bulle = apparitions.vues[-1]
    assert _fond(bulle) == QColor(theme.couleurs().carte)
    QToolTip.hideText()
    assert len(apparitions.vues) == 3 and all(_habille(w) for w in apparitions.vues)


def test_une_boite_sans_parent_est_habillee_aussi(qtbot: Any, habillee: Any) -> None:
    boite = journalisation.boite_imprevu("le détail", None)
    qtbot.addWidget(boite)
    boite.open()
    assert _habille(boite) and _fond(boite) == QColor(theme.couleurs().fond)
    boite.reject()


def test_la_feuille_suit_le_theme(fenetre: Fenetre, qapp: QApplication, habillee: Callable[..., Any]) -> None:
    habillee()
    dialogue = aide.DialogueAide(fenetre)
    dialogue.open()
    clairs = [_fond(w) for w in (fenetre, dialogue)]
    theme.appliquer(qapp, 1.0, True)
    assert clairs == [QColor(theme.CLAIR.fond)] * 2
    assert [_fond(w) for w in (fenetre, dialogue)] == [QColor(theme.SOMBRE.fond)] * 2
    assert qapp.styleSheet() == ""
