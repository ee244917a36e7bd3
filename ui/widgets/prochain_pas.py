"""What to do now, alone and first: the act, why, for whom, on what ground, and the one button that goes there."""

from textwrap import wrap
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.regles.constats import Constat
from esms_desktop.regles.dossier.demarche import TITRES, Demarche
from ui.fil import EN_COURS
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.fondement import PastilleFondement
from ui.widgets.libelle import Filet, Libelle, garder_place

if TYPE_CHECKING:
    from esms_desktop.regles.dossier.demarche import Acte

# Characters a line of a button holds, at any size of the font.
_LARGEUR = 46


def sur_plusieurs_lignes(texte: str, largeur: int = _LARGEUR) -> str:
    """The words of a button on as many lines as they need; an ampersand is shown, not taken for a mnemonic."""
    return "\n".join(wrap(texte, largeur, break_long_words=False)).replace("&", "&&")


class LigneRetard(QWidget):
    """A day that has passed: since when, what can be done, and where."""

    aller = Signal(object)

    def __init__(self, constat: Constat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.constat = constat
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(12)
        rangee.addWidget(Badge("En retard", "bad"), 0, Qt.AlignmentFlag.AlignTop)
        textes = QVBoxLayout()
        textes.setSpacing(2)
        textes.addWidget(Libelle(constat.titre, "fort"))
        textes.addWidget(Libelle(constat.remede, "muet"))
        rangee.addLayout(textes, 1)
        self.bouton = bouton("Voir", lambda: self.aller.emit(constat.cible), aide=constat.titre)
        self.bouton.setAccessibleName(f"Voir{NBSP}: {constat.titre}")
        rangee.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignTop)


class CartePas(Carte):
    """The next step. `aller(Cible)`: where the person wants to go."""

    aller = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("À faire maintenant", parent)
        self.acte: Acte | None = None
        self.attente = Libelle(EN_COURS, "petit")
        self.attente.setWordWrap(False)
        garder_place(self.attente)
        self.attente.hide()
        self.ajouter_en_tete(self.attente)
        self._ancien = QGraphicsOpacityEffect()
        self._ancien.setOpacity(0.45)
        self._ancien.setEnabled(False)
        self._cadre = QWidget()
        self._cadre.setObjectName("transparent")
        self._cadre.setGraphicsEffect(self._ancien)
        colonne = QVBoxLayout(self._cadre)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(9)
        self.corps.addWidget(self._cadre)
        self.retards: list[LigneRetard] = []
        self._retards = QVBoxLayout()
        self._retards.setSpacing(6)
        colonne.addLayout(self._retards)
        self.filet = Filet()
        colonne.addWidget(self.filet)
        self.etape = Libelle("", "etiquette")
        self.geste = Libelle("", "sous-titre")
        self.pourquoi = Libelle("", "corps")
        self.qui = Libelle("", "muet")
        for libelle in (self.etape, self.geste, self.pourquoi, self.qui):
            colonne.addWidget(libelle)
        self._sources = QVBoxLayout()
        self._sources.setSpacing(4)
        colonne.addLayout(self._sources)
        self.bouton = bouton("", self._y_aller, "primaire")
        colonne.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignLeft)
        self.remettre()

    def remettre(self) -> None:
        """Another dossier: nothing is known of it yet."""
        self._dessiner(None)
        self.attente.hide()

    def montrer(self, demarche: Demarche | None) -> None:
        """Shows the next step; None while it is looked for: what was there stays, pale."""
        self.attente.setVisible(demarche is None)
        self._ancien.setEnabled(demarche is None)
        self.setAccessibleDescription(EN_COURS if demarche is None else "")
        if demarche is not None:
            self._dessiner(demarche)

    def _dessiner(self, demarche: Demarche | None) -> None:
        acte = self.acte = demarche.prochain if demarche else None
        for ligne in self.retards:
            ligne.hide()
            self._retards.removeWidget(ligne)
            ligne.deleteLater()
        self.retards = [LigneRetard(c) for c in demarche.retards] if demarche else []
        for ligne in self.retards:
            ligne.aller.connect(self.aller)
            self._retards.addWidget(ligne)
        self.filet.setVisible(bool(self.retards))
        self.etape.setText(TITRES[acte.etape] if acte else "")
        self.etape.setVisible(acte is not None)
        self.geste.setText(acte.phrase if acte else _rien(demarche))
        self.pourquoi.setText(acte.pourquoi if acte else "")
        self.pourquoi.setVisible(bool(acte and acte.pourquoi))
        self.qui.setText(f"Pour{NBSP}: {acte.detail}" if acte and acte.parts else "")
        self.qui.setVisible(bool(acte and acte.parts))
        self._montrer_sources(acte.constats if acte else ())
        self.bouton.setVisible(acte is not None)
        if acte:
            self.bouton.setText(sur_plusieurs_lignes(acte.phrase))
            self.bouton.setAccessibleName(acte.phrase)

    def _montrer_sources(self, constats: tuple[Constat, ...]) -> None:
        while (place := self._sources.takeAt(0)) is not None:
            if (widget := place.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        dites = {(c.fondement, "" if c.fondement is Fondement.CONSEIL else c.provenance) for c in constats}
        for fondement, source in sorted(dites):
            ligne = QWidget()
            rangee = QHBoxLayout(ligne)
            rangee.setContentsMargins(0, 0, 0, 0)
            rangee.setSpacing(8)
            rangee.addWidget(PastilleFondement(fondement), 0, Qt.AlignmentFlag.AlignTop)
            rangee.addWidget(Libelle(f"Source{NBSP}: {source}" if source else "", "petit"), 1)
            self._sources.addWidget(ligne)

    def _y_aller(self) -> None:
        if self.acte is not None:
            self.aller.emit(self.acte.cible)


def _rien(demarche: Demarche | None) -> str:
    if demarche is None:
        return ""
    if demarche.actes:
        return f"{pluriel(len(demarche.actes), 'geste attend', 'gestes attendent')} la fin d’un autre."
    return "Rien : tout ce qui est demandé est donné."
