"""The words of the two scales: four levels each, named and defined as the grappe speaks."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from esms_desktop.errors import ErreurEsms
from esms_desktop.nomenclature.champs import libelle_de
from esms_desktop.nomenclature.risques_types import AXES, GRAVITE, PROBABILITE
from esms_desktop.regles.dossier.risques import HYPOTHESE_SEUILS, Echelle, NiveauDit, echelle_type
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampTexte
from ui.widgets.libelle import Libelle

_LONGUEUR = 60


class DialogueEchelles(QDialog):
    """The words, kept all at once.

    Args:
        echelle: the words in use.
        garder: keeps new ones; an ErreurEsms says why they are refused, and the dialog stays open.
    """

    def __init__(
        self, echelle: Echelle, garder: Callable[[Echelle], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Échelles de probabilité et de gravité")
        self._garder = garder
        self.libelles: dict[tuple[str, int], ChampTexte] = {}
        self.definitions: dict[tuple[str, int], ChampTexte] = {}
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 18, 22, 16)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle("Vos mots pour coter les risques", "sous-titre"))
        colonne.addWidget(
            Libelle(
                "Ils valent pour toutes les cartes et tous les documents du dossier. Un mot effacé reprend le nôtre. "
                f"{HYPOTHESE_SEUILS}",
                "muet",
            )
        )
        interieur = QWidget()
        interieur.setObjectName("transparent")
        rangee = QHBoxLayout(interieur)
        rangee.setContentsMargins(0, 0, 8, 0)
        rangee.setSpacing(12)
        for axe, titre in AXES.items():
            rangee.addWidget(self._axe(axe, titre), 1)
        zone = QScrollArea()
        zone.setWidgetResizable(True)
        zone.setFrameShape(QFrame.Shape.NoFrame)
        zone.setAccessibleName("Niveaux des deux échelles")
        zone.setWidget(interieur)
        colonne.addWidget(zone, 1)
        self.erreur = Libelle("", "erreur")
        self.erreur.hide()
        colonne.addWidget(self.erreur)
        pied = QHBoxLayout()
        pied.setSpacing(10)
        pied.addWidget(
            bouton(
                "Reprendre les mots d’&origine",
                lambda: self.fixer(echelle_type()),
                aide="Ceux de l’application",
            )
        )
        pied.addStretch(1)
        pied.addWidget(bouton("Annuler", self.reject))
        self.accord = bouton("&Garder ces mots", self._accepter, "primaire")
        pied.addWidget(self.accord)
        colonne.addLayout(pied)
        self.resize(900, 700)
        self.fixer(echelle)
        self.libelles[PROBABILITE, 1].viser()

    def _axe(self, axe: str, titre: str) -> Carte:
        carte = Carte(titre)
        grille = QGridLayout()
        grille.setSpacing(8)
        for rang in range(4):
            niveau = 4 - rang
            libelle = ChampTexte(f"{titre}, niveau {niveau}")
            definition = ChampTexte(libelle_de("niveau_echelle.definition"), multiligne=True)
            definition.saisie.setAccessibleName(f"{titre}, niveau {niveau}, définition")
            saisie = libelle.saisie
            assert isinstance(saisie, QLineEdit)
            saisie.setMaxLength(_LONGUEUR)
            self.libelles[axe, niveau], self.definitions[axe, niveau] = libelle, definition
            grille.addWidget(libelle, 2 * rang, 0)
            grille.addWidget(definition, 2 * rang + 1, 0)
        carte.corps.addLayout(grille)
        carte.corps.addStretch(1)
        return carte

    def fixer(self, echelle: Echelle) -> None:
        """Shows words, without keeping them."""
        for axe in AXES:
            for dit in echelle.axe(axe):
                _ecrire(self.libelles[axe, dit.niveau], dit.libelle)
                _ecrire(self.definitions[axe, dit.niveau], dit.definition)

    def valeur(self) -> Echelle:
        """The words typed."""

        def dits(axe: str) -> tuple[NiveauDit, ...]:
            return tuple(
                NiveauDit(
                    n,
                    self.libelles[axe, n].texte_saisi().strip(),
                    self.definitions[axe, n].texte_saisi().strip(),
                )
                for n in (1, 2, 3, 4)
            )

        return Echelle(dits(PROBABILITE), dits(GRAVITE))

    def _accepter(self) -> None:
        try:
            self._garder(self.valeur())
        except ErreurEsms as refus:
            self.erreur.setText(str(refus))
            self.erreur.show()
            return
        self.accept()


def _ecrire(champ: ChampTexte, texte: str) -> None:
    champ.saisie.clearFocus()
    champ.fixer(texte)
