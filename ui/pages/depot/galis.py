"""The GALIS copy sheet: what the portal asks, in its order, each value and each table with its copy button."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP
from ui.models.table import Colonne, ModeleTable
from ui.widgets.badge import Badge
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.libelle import Filet, Libelle, bulle
from ui.widgets.tableaux.tableau_large import TableauLarge

if TYPE_CHECKING:
    from esms_desktop.depot.galis import ChampGalis, Ecran, TableauGalis
    from ui.lecture import Lecture

_LARGES = {1: 26, 3: 22, 4: 22}


class CarteEcran(Carte):
    """A screen of the portal.

    Args:
        rang: its place in the order of the portal, from 1.
        bandeau: where a copy is told.
    """

    def __init__(self, rang: int, ecran: "Ecran", bandeau: Bandeau) -> None:
        super().__init__(f"{rang}. {ecran.titre}")
        self._ecran, self._bandeau = ecran, bandeau
        self.copier_tout: QPushButton = self.ajouter_action(
            bouton(
                "Copier le tableau" if ecran.tableau else "Copier l’écran",
                self._copier_tout,
                aide="À coller dans un tableur ou un message",
            )
        )
        self.copier_tout.setAccessibleName(f"{self.copier_tout.text()}{NBSP}: {ecran.titre}")
        if ecran.note:
            self.ajouter_texte(ecran.note, "muet")
        self.boutons: list[QPushButton] = []
        grille = QGridLayout()
        grille.setHorizontalSpacing(14)
        grille.setVerticalSpacing(5)
        grille.setColumnStretch(0, 2)
        grille.setColumnStretch(1, 5)
        for ligne, champ in enumerate(ecran.champs):
            if ligne:
                grille.addWidget(Filet(), 2 * ligne - 1, 0, 1, 3)
            self._poser(grille, 2 * ligne, champ)
        self.corps.addLayout(grille)
        self.tableau: TableauLarge | None = None
        if ecran.tableau is not None:
            self.ajouter(self._table(ecran.titre, ecran.tableau))

    def _poser(self, grille: QGridLayout, ligne: int, champ: "ChampGalis") -> None:
        haut = Qt.AlignmentFlag.AlignTop
        grille.addWidget(Libelle(champ.libelle, "muet"), ligne, 0)
        valeur: QWidget
        if champ.manque:
            valeur = QWidget()
            colonne = QVBoxLayout(valeur)
            colonne.setContentsMargins(0, 0, 0, 0)
            colonne.addWidget(Badge("À compléter", "warn"), 0, Qt.AlignmentFlag.AlignLeft)
        else:
            valeur = Libelle(champ.valeur or "—")
        valeur.setToolTip(bulle(f"Source{NBSP}: {champ.source}" if champ.source else ""))
        grille.addWidget(valeur, ligne, 1)
        b = bouton("Copier", lambda: self._copier(champ), aide=f"Copie «{NBSP}{champ.libelle}{NBSP}»")
        b.setAccessibleName(f"Copier{NBSP}: {champ.libelle}")
        b.setEnabled(bool(champ.copie))
        grille.addWidget(b, ligne, 2, haut)
        self.boutons.append(b)

    def _table(self, nom: str, table: "TableauGalis") -> TableauLarge:
        rangees = [*table.lignes, *([table.total] if table.total else [])]
        colonnes: Sequence[Colonne[tuple[int, tuple[str, ...]]]] = [
            Colonne(titre, lambda r, i=i: r[1][i])  # type: ignore[misc]
            for i, titre in enumerate(table.colonnes)
        ]
        dernier = len(rangees) - 1 if table.total else -1
        self.modele = ModeleTable(colonnes, lambda r: r, lambda r: r[0] == dernier)
        self.modele.charger(list(enumerate(rangees)))
        self.tableau = TableauLarge(nom, [1.0] * len(colonnes), _LARGES)
        self.tableau.setModel(self.modele)
        self.tableau.setSortingEnabled(False)
        self.tableau.setMinimumHeight(300)
        return self.tableau

    def _copier(self, champ: "ChampGalis") -> None:
        QGuiApplication.clipboard().setText(champ.copie)
        self._bandeau.montrer(f"Copié\u00a0: {champ.libelle}.", "ok", secondes=4)

    def _copier_tout(self) -> None:
        from esms_desktop.depot.galis import tsv

        QGuiApplication.clipboard().setText(tsv(self._ecran))
        quoi = "le tableau" if self._ecran.tableau else "l’écran"
        self._bandeau.montrer(f"Copié\u00a0: {quoi} «\u00a0{self._ecran.titre}\u00a0».", "ok", secondes=4)


class PanneauGalis(QWidget):
    """Every screen, one card each; drawn again only when a value changed."""

    def __init__(self, bandeau: Bandeau, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bandeau = bandeau
        self._ecrans: tuple[Ecran, ...] = ()
        self.cartes: list[CarteEcran] = []
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        colonne.addWidget(
            Libelle(
                "Les valeurs du dossier dans l’ordre où le téléservice les demande. Copiez-les une à une, ou un tableau entier.",
                "muet",
            )
        )
        self._pile = QVBoxLayout()
        self._pile.setSpacing(14)
        colonne.addLayout(self._pile)
        colonne.addStretch(1)

    def afficher(self, lu: "Lecture") -> None:
        """Reads the sheet of the dossier."""
        from esms_desktop.depot.galis import fiche

        ecrans = fiche(lu.dossier, lu.campagne, lu.jour)
        if ecrans == self._ecrans:
            return
        self._ecrans = ecrans
        for carte in self.cartes:
            carte.hide()
            self._pile.removeWidget(carte)
            carte.deleteLater()
        self.cartes = [CarteEcran(rang, ecran, self._bandeau) for rang, ecran in enumerate(ecrans, 1)]
        for carte in self.cartes:
            self._pile.addWidget(carte)
