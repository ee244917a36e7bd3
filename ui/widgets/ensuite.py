"""What comes after the next step, folded step by step in the order of the kit; what is only advised comes last."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.regles.dossier.demarche import TITRES, Acte, Demarche
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.libelle import Libelle
from ui.widgets.prochain_pas import sur_plusieurs_lignes

_CONSEILS = "Conseils"


class LigneActe(QWidget):
    """An act: its name is the link that goes there; under it, for whom, or what it waits for."""

    aller = Signal(object)

    def __init__(self, acte: Acte, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.acte = acte
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(16, 0, 0, 2)
        colonne.setSpacing(0)
        self.bouton = bouton(
            sur_plusieurs_lignes(acte.phrase, 60),
            lambda: self.aller.emit(acte.cible),
            "lien",
            aide=acte.pourquoi,
        )
        self.bouton.setAccessibleName(acte.phrase)
        colonne.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignLeft)
        for texte in (acte.detail, f"Après{NBSP}: {acte.attend}" if acte.attend else ""):
            if texte:
                dit = Libelle(texte, "petit")
                dit.setContentsMargins(6, 0, 0, 0)
                colonne.addWidget(dit)


class Section(QWidget):
    """A step of the kit: how many acts, which open and fold."""

    aller = Signal(object)

    def __init__(
        self, titre: str, actes: Sequence[Acte], ouverte: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.titre, self._actes = titre, actes
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(2)
        self.tete = bouton("", self.basculer, "lien")
        self.tete.setCheckable(True)
        colonne.addWidget(self.tete, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps = QWidget()
        self._lignes = QVBoxLayout(self.corps)
        self._lignes.setContentsMargins(0, 0, 0, 0)
        self._lignes.setSpacing(2)
        colonne.addWidget(self.corps)
        self.lignes: list[LigneActe] = []
        self.ouvrir(ouverte)

    @property
    def ouverte(self) -> bool:
        """Whether its acts show."""
        return self.tete.isChecked()

    def basculer(self) -> None:
        """Opens or folds it."""
        self.ouvrir(self.tete.isChecked())

    def ouvrir(self, oui: bool) -> None:
        """Shows its acts, or their number alone."""
        if oui and not self.lignes:
            for acte in self._actes:
                ligne = LigneActe(acte)
                ligne.aller.connect(self.aller)
                self.lignes.append(ligne)
                self._lignes.addWidget(ligne)
        self.corps.setVisible(oui)
        self.tete.setChecked(oui)
        compte = pluriel(len(self._actes), "conseil" if self.titre == _CONSEILS else "geste")
        dit = compte if self.titre == _CONSEILS else f"{self.titre} · {compte}"
        self.tete.setText(f"{'▾' if oui else '▸'} {dit}")
        self.tete.setAccessibleName(f"{dit}, {'ouvert' if oui else 'replié'}")


class CarteEnsuite(Carte):
    """The acts that follow. `aller(Cible)`: where the person wants to go."""

    aller = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ensuite", parent)
        self.compte = self.ajouter_texte("", "muet")
        self.sections: list[Section] = []
        self._ouvertes: set[str] = set()
        self._vus: tuple[tuple[str, tuple[Acte, ...]], ...] = ()
        self._pile = QVBoxLayout()
        self._pile.setSpacing(2)
        self._pile.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.corps.addLayout(self._pile)

    def remettre(self) -> None:
        """Another dossier: everything folds again."""
        self._ouvertes.clear()
        self._dessiner(())
        self.hide()

    def montrer(self, demarche: Demarche | None) -> None:
        """Shows what follows; what was there stays while it is looked for."""
        if demarche is None:
            return
        par_etape: dict[str, list[Acte]] = {}
        for acte in demarche.ensuite:
            par_etape.setdefault(TITRES[acte.etape], []).append(acte)
        if demarche.conseils:
            par_etape[_CONSEILS] = list(demarche.conseils)
        gestes = len(demarche.ensuite)
        self.compte.setText(f"{pluriel(gestes, 'geste')} dans l’ordre du kit." if gestes else "")
        self.compte.setVisible(bool(gestes))
        self.setVisible(bool(par_etape))
        vus = tuple((titre, tuple(actes)) for titre, actes in par_etape.items())
        if vus != self._vus:
            self._ouvertes = {s.titre for s in self.sections if s.ouverte}
            self._dessiner(vus)

    def _dessiner(self, vus: tuple[tuple[str, tuple[Acte, ...]], ...]) -> None:
        self._vus = vus
        for section in self.sections:
            section.hide()
            self._pile.removeWidget(section)
            section.deleteLater()
        self.sections = [Section(titre, actes, titre in self._ouvertes) for titre, actes in vus]
        for section in self.sections:
            section.aller.connect(self.aller)
            self._pile.addWidget(section)
