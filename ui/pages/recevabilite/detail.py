"""The point chosen: why it is asked, what shows it, how to mend it, where to go, and the facts to declare."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from esms_desktop.francais import pluriel
from esms_desktop.regles.constats import Cible, Constat
from esms_desktop.regles.recevabilite.recevabilite import Etabli, Point
from ui.pages.recevabilite.faits import FaitParEssms, NouvelleOperation, fait_du_point
from ui.pages.recevabilite.modele_points import genre
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.fondement import PastilleFondement
from ui.widgets.libelle import Filet, Libelle, bulle

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_POINT_OPERATION = 5
_MONTREES = 5


class DetailPoint(Carte):
    """The card. `aller(Cible)`: the person asks to go where the point is mended."""

    aller = Signal(object)

    def __init__(self, contexte: "Contexte", dire: Callable[[str], object]) -> None:
        super().__init__("Point")
        self.badge, self.etabli = Badge(), Badge()
        self.ajouter(self.badge)
        self.ajouter(self.etabli)
        self.preuve = self.ajouter_texte("")
        self.titre_remede = self.ajouter_texte("Ce qu’il faut faire", "fort")
        self.remede = self.ajouter_texte("")
        self._liens = QWidget()
        self._lignes = QVBoxLayout(self._liens)
        self._lignes.setContentsMargins(0, 0, 0, 0)
        self._lignes.setSpacing(6)
        self.ajouter(self._liens)
        self.operation = NouvelleOperation(contexte)
        self.fait = FaitParEssms(contexte, dire)
        self.fait.aller.connect(self.aller)
        self._declarer = QWidget()
        faits = QVBoxLayout(self._declarer)
        faits.setContentsMargins(0, 4, 0, 4)
        faits.setSpacing(10)
        faits.addWidget(Filet())
        faits.addWidget(self.operation)
        faits.addWidget(self.fait)
        self.ajouter(self._declarer)
        self.ajouter(Filet())
        self.explication = self.ajouter_texte("", "muet")
        self.fondement = PastilleFondement()
        self.ajouter(self.fondement)
        self.source = self.ajouter_texte("", "petit")
        self.corps.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def charger(self, lu: "Lecture", point: Point) -> None:
        """Shows a point of the dossier."""
        self.titre.setText(f"Point {point.numero} · {point.titre}")
        self.setAccessibleName(f"Point {point.numero}")
        self.badge.fixer(point.libelle, genre(point))
        self.etabli.fixer(point.etablissement, "ok" if point.etabli is Etabli.PROUVE else "neutre")
        self.etabli.setToolTip(bulle(point.etabli.aide))
        self.etabli.setAccessibleDescription(point.etabli.aide)
        self.fondement.montrer(point.fondement)
        self.preuve.setText(point.preuve)
        self.titre_remede.setVisible(bool(point.remede))
        self.remede.setText(point.remede)
        self.remede.setVisible(bool(point.remede))
        self.explication.setText(point.explication)
        self.source.setText(f"Source : {point.provenance}.")
        fait = fait_du_point(point)
        self.operation.setVisible(point.numero == _POINT_OPERATION)
        self.fait.setVisible(fait is not None)
        self._declarer.setVisible(fait is not None or point.numero == _POINT_OPERATION)
        if fait is not None:
            self.fait.charger(lu.dossier, fait)
        self.operation.charger(lu.dossier)
        # A fact answered here needs no link elsewhere: its own list says where.
        self._lister(tuple(c for c in point.cibles if fait is None or c.cible.champ != fait.nom))

    def _lister(self, cibles: tuple[Constat, ...]) -> None:
        while (ligne := self._lignes.takeAt(0)) is not None:
            widget = ligne.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        uniques = list({c.cible: c for c in cibles}.values())
        for rang, constat in enumerate(uniques[:_MONTREES]):
            self._lignes.addWidget(self._lien(constat, len(uniques), rang))
        if len(uniques) > _MONTREES:
            reste = pluriel(len(uniques) - _MONTREES, "autre endroit", "autres endroits")
            self._lignes.addWidget(Libelle(f"et {reste}.", "petit"))
        self._liens.setVisible(bool(uniques))

    def _lien(self, constat: Constat, combien: int, rang: int) -> QWidget:
        ligne = QWidget()
        rangee = QHBoxLayout(ligne)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(8)
        cible: Cible = constat.cible
        if combien > 1:
            rangee.addWidget(Libelle(constat.preuve or constat.titre), 1)
        aide = f"Ouvrir l’endroit où corriger : {constat.preuve or constat.titre}"
        texte = "&Y aller" if rang == 0 else "Y aller"
        rangee.addWidget(
            bouton(texte, lambda: self.aller.emit(cible), "primaire" if combien == 1 else "", aide)
        )
        if combien == 1:
            rangee.addStretch(1)
        return ligne
