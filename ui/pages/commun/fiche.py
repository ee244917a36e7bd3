"""A table at the left and, beside it, the card of the row chosen, with all its fields."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esms_desktop.lecture import Ligne
from ui.models.fiches import Groupe
from ui.pages.commun.disparu import Montre, phrase
from ui.pages.commun.formulaire import Ecrire, Formulaire
from ui.widgets.badge import Badge
from ui.widgets.carte import Carte
from ui.widgets.libelle import Libelle

_PART_TABLEAU, _PART_FICHE = 65, 35


class ZoneFiche(QScrollArea):
    """A form that scrolls down and is never narrower than its fields."""

    def __init__(self, formulaire: Formulaire) -> None:
        super().__init__()
        self.formulaire = formulaire
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(formulaire.accessibleName())
        self.setWidget(formulaire)

    def minimumSizeHint(self) -> QSize:
        """The widest field, and a few lines."""
        barre = self.verticalScrollBar().sizeHint().width()
        return QSize(self.formulaire.minimumSizeHint().width() + barre, 200)

    def sizeHint(self) -> QSize:
        """As the minimum: the room left goes to the table."""
        return self.minimumSizeHint()

    def viser(self, champ: str) -> None:
        """Puts the cursor in a field and scrolls to it."""
        self.formulaire.viser(champ)
        cible = self.formulaire.champs.get(champ)
        if cible is not None:
            self.ensureWidgetVisible(cible, 0, 40)


class Fiche(Carte):
    """What is chosen in the table, field by field; each field saves itself through `ecrire(objet, champs)`.

    Args:
        nom: accessible name of the form.
        groupes: its fields.
    """

    def __init__(self, nom: str, groupes: Sequence[Groupe], ecrire: Ecrire) -> None:
        super().__init__("Fiche")
        self.setAccessibleName(nom)
        self.badge = Badge()
        self.motif = Libelle("", "petit")
        etat = QHBoxLayout()
        etat.setSpacing(8)
        etat.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        etat.addWidget(self.motif, 1)
        self.corps.addLayout(etat)
        self.formulaire = Formulaire(nom, groupes, ecrire)
        self.zone = ZoneFiche(self.formulaire)
        self.ajouter(self.zone, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def montrer(self, objet: Ligne, titre: str, etat: str, genre: str, motif: str = "") -> None:
        """Shows an object.

        Args:
            objet: the object.
            titre: heading of the card.
            etat: words of the badge; `genre`: its kind.
            motif: what explains the badge, beside it.
        """
        self.titre.setText(titre)
        self.badge.fixer(etat, genre)
        self.motif.setText(motif)
        self.formulaire.montrer(objet)

    def viser(self, champ: str = "nom") -> None:
        """Puts the cursor in a field."""
        self.show()
        self.zone.viser(champ)


class PanneauFiche(QWidget):
    """The card of a table, the card of the row chosen, and what is said while there is no row.

    Args:
        carte: holds the table and its actions.
        fiche: the card of the row chosen.
        vide: shown instead while there is nothing.
    """

    def __init__(self, carte: Carte, fiche: Fiche, vide: QWidget) -> None:
        super().__init__()
        self.carte, self.fiche = carte, fiche
        self.montre = Montre()
        travail = QWidget()
        rangee = QHBoxLayout(travail)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(14)
        carte.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        rangee.addWidget(carte, _PART_TABLEAU)
        rangee.addWidget(fiche, _PART_FICHE)
        cadre = Carte()
        cadre.ajouter(vide)
        cadre.corps.addStretch(1)
        self._pile = QStackedWidget()
        self._pile.addWidget(travail)
        self._pile.addWidget(cadre)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.addWidget(self._pile)

    def quitter_si_parti(
        self, presents: Collection[object], parent: str, tableau: QWidget, dire: Callable[[str], object]
    ) -> None:
        """Says that what the card shows is gone, and puts the keyboard in the list: to be called before it is read again.

        Args:
            presents: the keys of what there is now.
            parent: what is shown instead, as a sentence.
        """
        nom = self.montre.parti(presents)
        if nom:
            saisies = self.fiche.formulaire.abandonner()
            if self.fiche.isAncestorOf(self.window().focusWidget() or self):
                tableau.setFocus(Qt.FocusReason.OtherFocusReason)
            dire(phrase(nom, parent, saisies))

    def montrer_vide(self, vide: bool) -> None:
        """Shows the teaching text, or the table."""
        self._pile.setCurrentIndex(1 if vide else 0)
