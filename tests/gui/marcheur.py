"""Walks a window and tells every text that is cut or covered: size hints and font metrics against the geometry."""

import time
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QEventLoop, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from ui.widgets.badge import Badge

# Rounding of fractional metrics: a pixel is no cut.
_JEU = 1
_HABILLE = Qt.TextFlag.TextWordWrap
# These lay out their own children.
_OPAQUES = (QAbstractItemView, QComboBox, QLineEdit, QAbstractSpinBox, QMenuBar, QPlainTextEdit, QTabBar)


def defauts(fenetre: QWidget, delai: float = 3.0) -> list[str]:
    """Every cut or covered text of `fenetre`, one French line each; empty when all can be read.

    Texts that wrap take several turns of the event loop to find their height: what is still wrong after `delai`
    seconds of them is wrong for good.
    """
    fin = time.monotonic() + delai
    while trouves := _releve(fenetre):
        if time.monotonic() >= fin:
            break
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    return trouves


def _releve(fenetre: QWidget) -> list[str]:
    trouves: list[str] = []
    for widget in _visibles(fenetre):
        trouves += [f"{_nom(widget)} : {d}" for d in _coupe(widget)]
        trouves += [f"{_nom(widget)} : {d}" for d in _hors_cadre(widget, fenetre)]
        trouves += _chevauchements(widget)
    return trouves


def _visibles(racine: QWidget) -> Iterator[QWidget]:
    yield racine
    if isinstance(racine, _OPAQUES) and not isinstance(racine, QAbstractItemView):
        return
    for enfant in racine.children():
        if isinstance(enfant, QWidget) and not enfant.isWindow() and enfant.isVisibleTo(racine):
            yield from _visibles(enfant)


def _texte(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QGroupBox):
        return widget.title()
    if isinstance(widget, Badge):
        return widget.texte
    return ""


def _nom(widget: QWidget) -> str:
    chaine = []
    parent: QWidget | None = widget.parentWidget()
    while parent is not None and len(chaine) < 3:
        nom = parent.accessibleName() or (
            parent.objectName() if not parent.objectName().startswith("qt_") else ""
        )
        if nom and nom not in chaine:
            chaine.append(nom[:50])
        parent = parent.parentWidget()
    texte = " ".join(_texte(widget).split())[:70]
    return " < ".join([f"{type(widget).__name__} « {texte or widget.accessibleName()[:50]} »", *chaine])


def _manque(besoin: QSize, a: QSize) -> list[str]:
    resultat = []
    if besoin.width() > a.width() + _JEU:
        resultat.append(f"coupé en largeur, {a.width()} px pour {besoin.width()}")
    if besoin.height() > a.height() + _JEU:
        resultat.append(f"coupé en hauteur, {a.height()} px pour {besoin.height()}")
    return resultat


def _coupe(widget: QWidget) -> list[str]:
    """What of the widget's own text does not fit in it."""
    if isinstance(widget, QLabel):
        return _coupe_label(widget)
    if isinstance(widget, QAbstractItemView):
        return _coupe_cellules(widget) if not isinstance(widget, QHeaderView) else _coupe_entete(widget)
    if isinstance(widget, QTabBar):
        return [
            f"onglet « {widget.tabText(i)} » coupé"
            for i in range(widget.count())
            if widget.tabRect(i).width() < QFontMetrics(widget.font()).horizontalAdvance(widget.tabText(i))
            or not widget.rect().contains(widget.tabRect(i).center())
        ]
    if isinstance(widget, QMenuBar):
        return [
            f"menu « {a.text()} » hors de la barre"
            for a in widget.actions()
            if not widget.rect().adjusted(0, 0, 1, 1).contains(widget.actionGeometry(a))
        ]
    if not _texte(widget):
        return []
    if isinstance(widget, QPushButton | QToolButton | QCheckBox | QRadioButton | Badge):
        return _manque(widget.sizeHint(), widget.size())
    if isinstance(widget, QComboBox):
        return _coupe_liste(widget)
    if isinstance(widget, QLineEdit):
        return _coupe_ligne(widget)
    if isinstance(widget, QGroupBox):
        besoin = QFontMetrics(widget.font()).horizontalAdvance(widget.title())
        return _manque(QSize(besoin, 0), widget.size())
    return []


def _coupe_label(label: QLabel) -> list[str]:
    if not label.text():
        return []
    place = label.contentsRect().size() - QSize(2 * label.margin(), 2 * label.margin())
    if label.textFormat() == Qt.TextFormat.RichText:
        haut = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        large = 0 if label.wordWrap() else label.sizeHint().width()
        return _manque(QSize(large, haut), label.size())
    drapeaux = int(_HABILLE) if label.wordWrap() else 0
    boite = QFontMetrics(label.font()).boundingRect(
        QRect(0, 0, place.width(), 100_000), drapeaux, label.text()
    )
    return _manque(boite.size(), place)


def _coupe_liste(liste: QComboBox) -> list[str]:
    option = QStyleOptionComboBox()
    liste.initStyleOption(option)
    zone = liste.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, liste
    )
    metrique = QFontMetrics(liste.font())
    besoin = QSize(metrique.horizontalAdvance(liste.currentText()), metrique.height())
    manque = _manque(besoin, zone.size())
    return [] if liste.currentText() in liste.toolTip() and besoin.height() <= zone.height() else manque


def _coupe_ligne(ligne: QLineEdit) -> list[str]:
    metrique = QFontMetrics(ligne.font())
    place = ligne.size() - QSize(16, 6)
    if ligne.isClearButtonEnabled() and ligne.text():
        place -= QSize(22, 0)
    besoin = QSize(
        metrique.horizontalAdvance(ligne.displayText() or ligne.placeholderText()), metrique.height()
    )
    manque = _manque(besoin, place)
    # What is typed may be longer than its field when hovering gives the whole.
    entier = bool(ligne.text()) and ligne.text() in ligne.toolTip()
    return [m for m in manque if "hauteur" in m or not entier]


def _coupe_entete(entete: QHeaderView) -> list[str]:
    modele = entete.model()
    if modele is None or entete.orientation() == Qt.Orientation.Vertical:
        return []
    resultat = []
    for i in range(entete.count()):
        texte = str(modele.headerData(i, Qt.Orientation.Horizontal) or "")
        if not texte or entete.isSectionHidden(i):
            continue
        besoin = QFontMetrics(entete.font()).boundingRect(texte).width() + 8
        if besoin > entete.sectionSize(i) + _JEU:
            resultat.append(f"titre de colonne « {texte} » coupé, {entete.sectionSize(i)} px pour {besoin}")
        if QFontMetrics(entete.font()).height() > entete.height() + _JEU:
            resultat.append(f"titre de colonne « {texte} » coupé en hauteur")
    return resultat


def _coupe_cellules(vue: QAbstractItemView) -> list[str]:
    modele = vue.model()
    if modele is None:
        return []
    colonnes = range(modele.columnCount()) if isinstance(vue, QTableView) else range(1)
    resultat = []
    for r in range(modele.rowCount()):
        for c in colonnes:
            index = modele.index(r, c)
            zone = vue.visualRect(index)
            cachee = isinstance(vue, QTableView) and (vue.isColumnHidden(c) or vue.isRowHidden(r))
            texte = str(index.data() or "")
            if not texte or zone.isEmpty() or cachee or vue.indexWidget(index) is not None:
                continue
            option = QStyleOptionViewItem()
            vue.initViewItemOption(option)
            option.rect = zone
            besoin = vue.itemDelegateForIndex(index).sizeHint(option, index)
            habille = isinstance(vue, QTableView | QListView) and vue.wordWrap()
            if habille and type(vue.itemDelegateForIndex(index)).__name__ == "QStyledItemDelegate":
                boite = option.fontMetrics.boundingRect(
                    QRect(0, 0, zone.width() - 16, 100_000), int(_HABILLE), texte
                )
                besoin = QSize(boite.width() + 16, boite.height())
            resultat += [f"cellule ({r}, {c}) « {texte[:60]} » {m}" for m in _manque(besoin, zone.size())]
    return resultat


def _hors_cadre(widget: QWidget, fenetre: QWidget) -> list[str]:
    """The widget leaves one of its parents, scroll areas aside: what leaves is not painted."""
    resultat = []
    if isinstance(widget, QScrollArea):
        contenu, cadre = widget.widget(), widget.viewport()
        if contenu is not None and contenu.width() > cadre.width() + _JEU:
            resultat.append(f"le contenu déborde en largeur, {cadre.width()} px pour {contenu.width()}")
    if not _texte(widget) or widget is fenetre:
        return resultat
    zone, parent = QRect(QPoint(0, 0), widget.size()), widget
    while parent is not fenetre:
        zone.translate(parent.pos())
        suivant = parent.parentWidget()
        if suivant is None or isinstance(suivant.parentWidget(), QAbstractScrollArea):
            break
        if not suivant.rect().adjusted(-_JEU, -_JEU, _JEU, _JEU).contains(zone):
            resultat.append(f"sort de {type(suivant).__name__} {suivant.accessibleName()[:40]}".rstrip())
            break
        parent = suivant
    return resultat


def _chevauchements(parent: QWidget) -> list[str]:
    """Children of the same parent that cover one another."""
    if isinstance(parent, (*_OPAQUES, QAbstractScrollArea)):
        return []
    enfants = [
        e
        for e in parent.children()
        if isinstance(e, QWidget) and not e.isWindow() and e.isVisibleTo(parent) and not e.size().isEmpty()
    ]
    resultat = []
    for a, b in combinations(enfants, 2):
        commun = a.geometry().intersected(b.geometry())
        if commun.width() > _JEU and commun.height() > _JEU:
            resultat.append(f"{_nom(a)} et {_nom(b)} se chevauchent")
    return resultat
