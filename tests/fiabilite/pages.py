"""What a page says, to compare one that followed the edits with one just built."""

from collections.abc import Iterator
from difflib import unified_diff

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from esms_desktop.regles.constats import Page
from tests.bases import porte_de
from ui.contexte import Contexte
from ui.registre import VUE_ENSEMBLE
from ui.vue_dossier import VueDossier
from ui.widgets.bandeau import Bandeau

TOUTES = (VUE_ENSEMBLE, *(str(p) for p in Page))


def calmer(contexte: Contexte) -> None:
    """Everything that a change leaves for later is done: the findings, the document on show."""
    for _ in range(50):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if not contexte.fil.en_cours and not contexte.taches.en_cours:
            break
        contexte.fil.finir()
        contexte.taches.attendre()
    QApplication.processEvents()


def dire(racine: QWidget) -> list[str]:
    """Each text that can be read on a page, in its order: labels, fields, ticks, cells."""
    return [t for widget in _visibles(racine) for t in _dits(widget)]


def neuve(contexte: Contexte, dossier_id: int, cle: str) -> list[str]:
    """What a page just built says of the dossier as it is now."""
    autre = Contexte(porte_de(contexte), contexte.jour)
    vue = VueDossier(autre)
    try:
        vue.resize(1280, 900)
        vue.ouvrir(dossier_id, cle)
        vue.show()
        calmer(autre)
        return dire(vue)
    finally:
        vue.close()
        vue.deleteLater()
        autre.fil.arreter()
        autre.taches.arreter()
        autre._desabonner()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Ecran:
    """A window on a dossier, followed page after page."""

    pages = TOUTES

    def __init__(self, contexte: Contexte, dossier_id: int) -> None:
        self.contexte, self.dossier_id = contexte, dossier_id
        self.vue = VueDossier(contexte)
        self.vue.resize(1280, 900)
        self.vue.ouvrir(dossier_id)
        self.vue.show()

    def comparer(self, cle: str) -> list[str]:
        """What a page that followed the edits says and should not, or does not say: nothing, when no one else wrote."""
        self.vue.montrer(cle)
        while True:
            calmer(self.contexte)
            moment = self.contexte.base.ecrit_ailleurs
            suivie, juste = dire(self.vue), neuve(self.contexte, self.dossier_id, cle)
            self.contexte.suivre_la_base()
            if self.contexte.base.ecrit_ailleurs == moment:
                return list(unified_diff(suivie, juste, "suivie", "neuve", n=0, lineterm=""))

    def fermer(self) -> None:
        """Ends what the window started."""
        self.vue.close()
        self.contexte.fil.arreter()
        self.contexte.taches.arreter()


def _visibles(racine: QWidget) -> Iterator[QWidget]:
    yield racine
    if isinstance(racine, QAbstractItemView | QComboBox | QAbstractSpinBox):
        return
    for enfant in racine.children():
        if (
            isinstance(enfant, QWidget)
            and not enfant.isWindow()
            and not isinstance(enfant, Bandeau | QHeaderView)
            and enfant.isVisibleTo(racine)
        ):
            yield from _visibles(enfant)


def _dits(widget: QWidget) -> list[str]:
    if isinstance(widget, QLabel):
        return [widget.text()] if widget.text() else []
    if isinstance(widget, QAbstractButton):
        return [f"{widget.text()}{' [x]' if widget.isChecked() else ''}"]
    if isinstance(widget, QComboBox):
        return [widget.currentText()]
    if isinstance(widget, QAbstractSpinBox):
        return [widget.text()]
    if isinstance(widget, QLineEdit):
        return [widget.text()]
    if isinstance(widget, QPlainTextEdit):
        return [widget.toPlainText()]
    if isinstance(widget, QGroupBox):
        return [widget.title()]
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        return list(_cellules(widget.model(), QModelIndex()))
    return []


def _cellules(modele: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for rang in range(modele.rowCount(parent)):
        yield " | ".join(
            str(modele.data(modele.index(rang, c, parent), Qt.ItemDataRole.DisplayRole))
            for c in range(modele.columnCount(parent))
        )
        premier = modele.index(rang, 0, parent)
        if modele.hasChildren(premier):
            yield from _cellules(modele, premier)
