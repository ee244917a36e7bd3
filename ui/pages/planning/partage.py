"""The table and the chart side by side: same rows, same heights, one vertical scrolling, one current row."""

from enum import Enum

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from ui.pages.planning.modele import LignePlan
from ui.pages.planning.modele_colonnes import NOM, NUMERO
from ui.pages.planning.tableau import TableauPlanning
from ui.widgets.gantt.contenu import Contenu
from ui.widgets.gantt.vue import Gantt

# What the table may take of the width, at the opening.
_PART_MINI, _PART_MAXI = 0.3, 0.58


class Vue(Enum):
    """What is shown."""

    LES_DEUX = "Les deux"
    TABLEAU = "Tableau"
    DIAGRAMME = "Diagramme"


class Partage(QFrame):
    """Both. `choisie(LignePlan | None)`: the row that became current, in one or the other."""

    choisie = Signal(object)

    def __init__(self, tableau: TableauPlanning, gantt: Gantt) -> None:
        super().__init__()
        self.tableau, self.gantt = tableau, gantt
        self.setProperty("role", "carte")
        self.partage = QSplitter(Qt.Orientation.Horizontal)
        self.partage.setChildrenCollapsible(False)
        self.partage.setHandleWidth(7)
        self.partage.addWidget(tableau)
        self.partage.addWidget(gantt)
        tableau.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(2, 2, 2, 2)
        colonne.addWidget(self.partage)
        self.vue = Vue.LES_DEUX
        self._partagee = False
        self._a_caler = False
        self._suit = False
        haut_tableau, haut_gantt = tableau.verticalScrollBar(), gantt.verticalScrollBar()
        haut_tableau.valueChanged.connect(lambda v: self._accorder(gantt, v))
        haut_gantt.valueChanged.connect(lambda v: self._accorder(tableau, v))
        # The bars may be set before both have the same height.
        haut_gantt.rangeChanged.connect(lambda *_: self._accorder(gantt, haut_tableau.value()))
        tableau.hauteurs.connect(gantt.fixer_hauteurs)
        tableau.hauteurs.connect(lambda *_: self._caler())
        self.partage.splitterMoved.connect(lambda *_: self._oublier_calage())
        tableau.choisie.connect(self._du_tableau)
        gantt.choisie.connect(self._du_gantt)
        tableau.touche.connect(self._toucher)
        self._entete = QTimer(self)
        self._entete.setSingleShot(True)
        self._entete.setInterval(0)
        self._entete.timeout.connect(self._mesurer_entetes)
        self._entete.start()

    def fixer_vue(self, vue: Vue) -> None:
        """Shows both, the table with all its columns, or the chart with the names only."""
        self.vue = vue
        self.gantt.setVisible(vue is not Vue.TABLEAU)
        noms_seuls = vue is Vue.DIAGRAMME
        for colonne in range(len(self.tableau.lignes.colonnes)):
            self.tableau.setColumnHidden(colonne, noms_seuls and colonne not in (NUMERO, NOM))
        seul = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        sans = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.tableau.setVerticalScrollBarPolicy(seul if vue is Vue.TABLEAU else sans)
        self._partager()
        self.tableau.ajuster()

    def _partager(self) -> None:
        """Gives each its part of the width; the person changes it afterwards."""
        tout = self.partage.width()
        part = 0.3 if self.vue is Vue.DIAGRAMME else 0.48
        self.partage.setSizes([round(tout * part), round(tout * (1 - part))])
        self._a_caler = self.vue is Vue.LES_DEUX

    def _caler(self) -> None:
        """Ends the table at the edge of a column, once their widths are known: none is shown cut in two."""
        if not self._a_caler:
            return
        self._a_caler = False
        tout, bord, bords = self.partage.width(), 2 * self.tableau.frameWidth(), []
        for colonne in range(len(self.tableau.lignes.colonnes)):
            bord += self.tableau.columnWidth(colonne)
            bords.append(bord)
        entiers = [b for b in bords if _PART_MINI * tout <= b <= _PART_MAXI * tout]
        if entiers:
            self.partage.setSizes([max(entiers), tout - self.partage.handleWidth() - max(entiers)])

    def _oublier_calage(self) -> None:
        self._a_caler = False

    def showEvent(self, evenement: QShowEvent) -> None:
        """Shares the width once it is known."""
        super().showEvent(evenement)
        if not self._partagee:
            self._partagee = True
            self._partager()

    def montrer(self, contenu: Contenu) -> None:
        """Shows the bars of the rows the table shows."""
        self.gantt.montrer(contenu)
        self.gantt.choisir(self._cle(self.courante), montrer=False, dire=False)

    @property
    def courante(self) -> LignePlan | None:
        """The current row."""
        return self.tableau.objet(self.tableau.ligne_courante())

    def choisir(self, cle: int | None) -> None:
        """Makes a row current in both, and shows it."""
        ligne = self.tableau.lignes.ligne_de(cle)
        if ligne >= 0:
            # Choosing it again would close the cell being typed in.
            if self.tableau.ligne_courante() != ligne:
                self.tableau.choisir(ligne)
            self.gantt.choisir(cle, dire=False)

    def viser(self) -> None:
        """Puts the keyboard where the person works."""
        visee: QWidget = self.gantt if self.vue is Vue.DIAGRAMME else self.tableau
        visee.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- together ----------------------------------------------------------------------------------------------

    def _cle(self, ligne: LignePlan | None) -> int | None:
        return None if ligne is None else ligne.cle

    def _du_tableau(self, rang: int) -> None:
        ligne = self.tableau.objet(rang)
        if ligne is not None and not self._suit:
            self._suit = True
            self.gantt.choisir(ligne.cle, montrer=self.tableau.hasFocus(), dire=False)
            self._suit = False
            self.choisie.emit(ligne)

    def _du_gantt(self, cle: int | None) -> None:
        rang = self.tableau.lignes.ligne_de(cle)
        if rang >= 0 and not self._suit:
            self._suit = True
            self.tableau.choisir(rang)
            self._suit = False
            self.choisie.emit(self.courante)

    def _toucher(self, evenement: QKeyEvent) -> None:
        """A key of the chart, typed in the table."""
        self.gantt.choisir(self._cle(self.courante), montrer=False, dire=False)
        self.gantt.clavier.touche(evenement)

    def _accorder(self, autre: TableauPlanning | Gantt, valeur: int) -> None:
        if self.vue is Vue.LES_DEUX or self.vue is Vue.DIAGRAMME:
            autre.verticalScrollBar().setValue(valeur)

    def _mesurer_entetes(self) -> None:
        """The same height above both: that of the taller."""
        entete = self.tableau.horizontalHeader()
        entete.setMinimumHeight(0)
        entete.setMaximumHeight(16_777_215)
        haut = max(entete.sizeHint().height(), self.gantt.entete.sizeHint().height())
        entete.setFixedHeight(haut)
        self.gantt.fixer_entete(haut)

    def changeEvent(self, evenement: QEvent) -> None:
        """Another font: measured again."""
        super().changeEvent(evenement)
        if evenement.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._entete.start()
