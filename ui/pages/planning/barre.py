"""The controls above the planning: which plans, which organisation, what is drawn, how close."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from esms_desktop.lecture import Og
from esms_desktop.nomenclature.vocabulaire import Plan
from ui.pages.planning.modele import Filtre
from ui.pages.planning.partage import Vue
from ui.widgets.boutons import bouton
from ui.widgets.champs.liste import Liste
from ui.widgets.flot import Flot
from ui.widgets.gantt.dessin import Options
from ui.widgets.gantt.echelle import Unite
from ui.widgets.gantt.vue import Gantt
from ui.widgets.libelle import bulle
from ui.widgets.onglets import Onglets, RangeeDeBoutons, elargir

TOUS = "Tous les OG"


def bascule(texte: str, aide: str, cochee: bool = True) -> QPushButton:
    """A button that stays down: what it names is shown."""
    b = bouton(texte, role="segment", aide=aide)
    b.setCheckable(True)
    b.setChecked(cochee)
    return b


class Bascules(RangeeDeBoutons):
    """Buttons that stay down, side by side, each on its own."""

    def __init__(self, nom: str, boutons: Sequence[QPushButton]) -> None:
        super().__init__()
        self.setAccessibleName(nom)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(0)
        self.boutons = boutons
        for b in boutons:
            rangee.addWidget(b)
        elargir(boutons)


class BarrePlanning(QWidget):
    """The controls. `change`: other rows are wanted; `vue(Vue)`: table, chart or both."""

    change = Signal()
    vue = Signal(object)

    def __init__(self, gantt: Gantt, plus: QMenu) -> None:
        super().__init__()
        self._gantt = gantt
        self.setAccessibleName("Réglages de l’affichage")
        self._ogs: list[int | None] = [None]
        self.plans = {
            plan: bascule(plan.libelle, f"Montrer ou cacher le plan {plan.libelle}") for plan in Plan
        }
        self.critique = bascule(
            "&Chemin critique", "Les tâches dont un jour de retard retarde tout le projet"
        )
        self.reference = bascule("Réfé&rence", "Le planning tel qu’il était quand la référence a été prise")
        plus.addSeparator()
        self.liens = plus.addAction("Montrer les &liens entre tâches")
        self.liens.setCheckable(True)
        self.liens.setChecked(True)
        self.og = Liste()
        self.og.setAccessibleName("Organisme")
        self.og.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.og.setMinimumContentsLength(11)
        self.recherche = _Recherche()
        self.vues = Onglets("Tableau, diagramme ou les deux", tuple(v.value for v in Vue))
        self.moins = bouton("−", lambda: gantt.zoomer(-1), aide="Voir plus large (touche −, Ctrl et molette)")
        self.plus = bouton("+", lambda: gantt.zoomer(1), aide="Voir de plus près (touche +, Ctrl et molette)")
        self.moins.setAccessibleName("Voir plus large")
        self.plus.setAccessibleName("Voir de plus près")
        self.unite = bouton("Mois", aide="Choisir l’échelle de temps")
        self.aujourdhui = bouton("Aujour&d’hui", aide="Amener le jour présent sous les yeux")
        self.autres = bouton("Plus…", aide="Plan type, import, référence, calendrier")
        self.autres.setMenu(plus)
        self._poser()
        for plan in self.plans.values():
            plan.toggled.connect(lambda _: self.change.emit())
        for dessine in (self.critique, self.reference, self.liens):
            dessine.toggled.connect(lambda _: gantt.fixer_options(self.options()))
        self.og.currentIndexChanged.connect(lambda _: self.change.emit())
        self.recherche.textChanged.connect(lambda _: self.change.emit())
        self.vues.change.connect(self._changer_vue)
        gantt.zoome.connect(self._montrer_unite)
        self._menu_unites()

    def _poser(self) -> None:
        flot = Flot(self, 10)
        flot.addWidget(Bascules("Plans montrés", list(self.plans.values())))
        flot.addWidget(self.vues)
        flot.addWidget(self.autres)
        flot.addWidget(Bascules("Ce qui est dessiné", [self.critique, self.reference]))
        zoom = QWidget()
        rangee = QHBoxLayout(zoom)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(6)
        for b in (self.moins, self.unite, self.plus, self.aujourdhui):
            rangee.addWidget(b)
        self.zoom = zoom
        flot.addWidget(zoom)
        flot.addWidget(self.og)
        flot.addWidget(self.recherche)
        politique = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)

    def _menu_unites(self) -> None:
        menu = QMenu(self)
        for unite in Unite:
            menu.addAction(unite.libelle, self._fixeur(unite))
        menu.addSeparator()
        menu.addAction("Tout voir", self._gantt.tout_voir)
        self.unite.setMenu(menu)

    def _fixeur(self, unite: Unite) -> Callable[[], None]:
        return lambda: self._gantt.fixer_unite(unite)

    def _montrer_unite(self) -> None:
        texte = self._gantt.unite.libelle
        self.unite.setText(texte)
        self.unite.setAccessibleName(f"Échelle\u00a0: {texte}")

    def _changer_vue(self, rang: int) -> None:
        self.vues.fixer(rang)
        choisie = list(Vue)[rang]
        self.vue.emit(choisie)
        for w in (self.zoom, self.critique, self.reference, self.liens):
            w.setEnabled(choisie is not Vue.TABLEAU)

    # -- what is asked -----------------------------------------------------------------------------------------

    def options(self) -> Options:
        """What is drawn besides the bars."""
        return Options(self.critique.isChecked(), self.reference.isChecked(), self.liens.isChecked())

    def filtre(self, replies: frozenset[Plan]) -> Filtre:
        """Which rows are wanted. `replies`: the plans that are closed."""
        montres = frozenset(p for p, b in self.plans.items() if b.isChecked())
        rang = self.og.currentIndex()
        og_id = self._ogs[rang] if 0 <= rang < len(self._ogs) else None
        return Filtre(montres, og_id, self.recherche.text(), replies)

    def charger(self, ogs: Sequence[Og], reference: bool) -> None:
        """Offers the organisations of the dossier. `reference`: there is one to show."""
        cles: list[int | None] = [None, *(og.id for og in ogs)]
        noms = [TOUS, *(og.nom_court for og in ogs)]
        self.reference.setEnabled(reference)
        presents = [self.og.itemText(i) for i in range(self.og.count())]
        if cles == self._ogs and noms == presents:
            return
        choisi = self._ogs[self.og.currentIndex()] if self.og.currentIndex() >= 0 else None
        self._ogs = cles
        self.og.blockSignals(True)
        self.og.clear()
        self.og.addItems(noms)
        self.og.setCurrentIndex(cles.index(choisi) if choisi in cles else 0)
        self.og.blockSignals(False)
        self.og.setToolTip(bulle(self.og.currentText()))

    def oublier(self) -> None:
        """Shows everything again, for another dossier."""
        for b in self.plans.values():
            b.setChecked(True)
        self.recherche.clear()
        self.og.setCurrentIndex(0)


class _Recherche(QLineEdit):
    """The search of a task, as wide as what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Chercher…")
        self.setAccessibleName("Chercher une tâche")
        self.setClearButtonEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """The placeholder, the clear button, and some room."""
        large = self.fontMetrics().horizontalAdvance(self.placeholderText()) + 64
        return QSize(large, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As wide."""
        return self.sizeHint()
