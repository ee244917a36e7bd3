"""« Ce qu’il reste à faire »: findings one by one, each with its reason, its source and the button that goes there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.regles.constats import Constat, Gravite
from ui.fil import EN_COURS
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.fondement import PastilleFondement
from ui.widgets.libelle import Filet, Libelle, garder_place

GENRE_GRAVITE = {Gravite.BLOQUANT: "bad", Gravite.A_FAIRE: "warn", Gravite.CONSEIL: "neutre"}
_PREMIERS, _SUITE = 6, 25


class LigneConstat(QWidget):
    """A finding: badge, title, explanation and remedy, source, « Y aller »."""

    aller = Signal(object)

    def __init__(self, constat: Constat, largeur_badge: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.constat = constat
        self.setAccessibleName(f"{constat.gravite.libelle}{NBSP}: {constat.titre}")
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 4, 0, 4)
        rangee.setSpacing(12)
        self.badge = Badge(constat.gravite.libelle, GENRE_GRAVITE[constat.gravite])
        cadre = QWidget()
        cadre.setFixedWidth(largeur_badge)
        place = QVBoxLayout(cadre)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        place.addStretch(1)
        rangee.addWidget(cadre)
        textes = QVBoxLayout()
        textes.setSpacing(2)
        textes.addWidget(Libelle(constat.titre, "fort"))
        suite = " ".join(t for t in (constat.explication, constat.remede) if t)
        if suite:
            textes.addWidget(Libelle(suite, "muet"))
        if constat.source:
            origine = QHBoxLayout()
            origine.setSpacing(8)
            origine.addWidget(PastilleFondement(constat.fondement), 0, Qt.AlignmentFlag.AlignTop)
            dite = "" if constat.fondement is Fondement.CONSEIL else f"Source{NBSP}: {constat.provenance}"
            origine.addWidget(Libelle(dite, "petit"), 1)
            textes.addLayout(origine)
        rangee.addLayout(textes, 1)
        self.bouton = bouton(
            "Y aller", lambda: self.aller.emit(constat.cible), aide=f"Y aller{NBSP}: {constat.titre}"
        )
        self.bouton.setAccessibleName(f"Y aller{NBSP}: {constat.titre}")
        rangee.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignTop)


class ResteAFaire(Carte):
    """The first findings, the others on demand. `aller(Cible)`: where the person wants to go."""

    aller = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ce qu’il reste à faire", parent)
        self._constats: list[Constat] = []
        self._connus = False
        self._montres = _PREMIERS
        self.attente = Libelle(EN_COURS, "petit")
        self.attente.setWordWrap(False)
        garder_place(self.attente)
        self.attente.hide()
        self.ajouter_en_tete(self.attente)
        self.lignes: list[LigneConstat] = []
        self._filets: list[QWidget] = []
        self.rien = self.ajouter_texte(
            "Rien : tous les contrôles sont satisfaits. Vous pouvez préparer le dépôt.", "muet"
        )
        self.rien.hide()
        # What was found before what was just written, while it is looked at again: pale, and in its place.
        self._ancienne = QGraphicsOpacityEffect()
        self._ancienne.setOpacity(0.45)
        self._ancienne.setEnabled(False)
        cadre = QWidget()
        cadre.setObjectName("transparent")
        cadre.setGraphicsEffect(self._ancienne)
        self._liste = QVBoxLayout(cadre)
        self._liste.setContentsMargins(0, 0, 0, 0)
        self._liste.setSpacing(4)
        self.corps.addWidget(cadre)
        self.suite = bouton("", self._plus, "lien")
        self.suite.hide()
        self.corps.addWidget(self.suite, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps.addStretch(1)

    def montrer(self, constats: Sequence[Constat] | None) -> None:
        """Shows these findings, in their order; None while they are computed."""
        self._attendre(constats is None)
        if constats is None:
            # In the place it leaves, so that what is under does not move.
            garder_place(self.rien, self.rien.isVisible() or self.rien.sizePolicy().retainSizeWhenHidden())
            self.rien.hide()
        elif list(constats) != self._constats or not self._connus:
            self._constats, self._connus = list(constats), True
            self._dessiner()
        else:
            self.rien.setVisible(not self._constats)

    def remettre(self) -> None:
        """Back to the first findings, for another dossier: those of the one before go."""
        self._montres = _PREMIERS
        self._constats, self._connus = [], False
        self._dessiner()
        self.rien.hide()

    def _attendre(self, attendre: bool) -> None:
        self.attente.setVisible(attendre)
        self._ancienne.setEnabled(attendre and bool(self.lignes))
        self.setAccessibleDescription(EN_COURS if attendre else "")

    def _plus(self) -> None:
        self._montres += _SUITE
        self._dessiner()

    def _dessiner(self) -> None:
        for widget in (*self.lignes, *self._filets):
            widget.hide()
            self._liste.removeWidget(widget)
            widget.deleteLater()
        self.lignes, self._filets = [], []
        montres = self._constats[: self._montres]
        largeur = max((Badge(g.libelle).sizeHint().width() for g in {c.gravite for c in montres}), default=0)
        for rang, constat in enumerate(montres):
            if rang:
                filet = Filet()
                self._filets.append(filet)
                self._liste.addWidget(filet)
            ligne = LigneConstat(constat, largeur)
            ligne.aller.connect(self.aller)
            self.lignes.append(ligne)
            self._liste.addWidget(ligne)
        self.rien.setVisible(not self._constats)
        garder_place(self.rien, False)
        reste = len(self._constats) - len(montres)
        self.suite.setVisible(reste > 0)
        self.suite.setText(f"Afficher la suite ({pluriel(reste, 'autre')})")
        self.suite.setAccessibleName(self.suite.text())
