"""The form of a person, an instance, a wave, a session or an action: the form of the grappe, with long texts and lists
that follow the dossier."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from esms_desktop.lecture import Dossier, Ligne
from ui.models.fiches import ChampFiche, Groupe, Options
from ui.pages.commun.fiche import ZoneFiche
from ui.pages.commun.formulaire import Ecrire, Formulaire
from ui.widgets.carte import Carte
from ui.widgets.champs.champ import Champ, TexteLong
from ui.widgets.champs.champs import ChampChoix, ChampTexte
from ui.widgets.champs.tri_etat import ChoixTriEtat


@dataclass(frozen=True)
class ChampListe(ChampFiche):
    """A closed list. `du_dossier`: its choices, which follow the dossier."""

    du_dossier: Callable[[Dossier], Options] | None = None


class FormulaireListe(Formulaire):
    """The fields of one object of a list."""

    def __init__(self, nom: str, groupes: Sequence[Groupe], ecrire: Ecrire) -> None:
        self._listes: list[ChampListe] = []
        super().__init__(nom, groupes, ecrire)
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)
        self._minuterie.setInterval(0)
        self._minuterie.timeout.connect(self._mesurer)

    def montrer(self, objet: Ligne) -> None:
        """Shows the values of `objet`, long texts as tall as they ask."""
        super().montrer(objet)
        self._minuterie.start()

    def resizeEvent(self, evenement: QResizeEvent) -> None:
        """Long texts wrap otherwise at another width."""
        super().resizeEvent(evenement)
        self._minuterie.start()

    def _mesurer(self) -> None:
        for champ in self.champs.values():
            if isinstance(champ, ChampTexte) and isinstance(champ.saisie, TexteLong):
                champ.saisie.updateGeometry()

    def fixer_dossier(self, dossier: Dossier) -> None:
        """Offers the OG, the ESSMS and the waves of the dossier."""
        for d in self._listes:
            champ = self.champs[d.nom]
            assert isinstance(champ, ChampChoix)
            if d.du_dossier is not None:
                champ.fixer_options(d.du_dossier(dossier))

    def _fabriquer(self, d: ChampFiche) -> Champ[Any] | ChoixTriEtat:
        if isinstance(d, ChampListe):
            self._listes.append(d)
            return ChampChoix(d.libelle, d.offres(), lambda v: self._sauver(d.nom, v), d.champ.aide)
        return super()._fabriquer(d)


class FicheListe(Carte):
    """The card of the row chosen.

    Args:
        nom: accessible name of the form.
        groupes: its fields.
        ecrire: saves fields of the object shown; False when refused.
    """

    def __init__(self, nom: str, groupes: Sequence[Groupe], ecrire: Ecrire) -> None:
        super().__init__("Fiche")
        self.setAccessibleName(nom)
        self.formulaire = FormulaireListe(nom, groupes, ecrire)
        self.zone = ZoneFiche(self.formulaire)
        self.ajouter(self.zone, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def montrer(self, objet: Ligne, titre: str, dossier: Dossier) -> None:
        """Shows an object under its name."""
        self.titre.setText(titre)
        self.formulaire.fixer_dossier(dossier)
        self.formulaire.montrer(objet)

    def viser(self, champ: str = "") -> None:
        """Puts the cursor in a field, the first one when none is named."""
        self.zone.viser(champ)
