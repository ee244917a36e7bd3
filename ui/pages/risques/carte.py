"""A map of risks: the matrix and the register side by side when there is room, before or after the actions."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from esms_desktop.lecture import Dossier, Essms
from esms_desktop.regles.dossier.risques import HYPOTHESE_SEUILS, echelles
from ui.pages.risques.modele import lignes, modifier_risque, non_places, pastilles
from ui.pages.risques.registre import Registre
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.libelle import Libelle, bulle
from ui.widgets.onglets import Onglets
from ui.widgets.tableaux.carte_chaleur import Legende
from ui.widgets.tableaux.matrice_risques import MatriceRisques

if TYPE_CHECKING:
    from ui.contexte import Contexte

_ENTRE = 14
# Narrowest register beside a matrix, in average characters of the font.
_REGISTRE = 40


class CarteMatrice(Carte):
    """The card of the matrix. `apres(bool)`: the person asked for what is left after the actions, or before."""

    apres = Signal(bool)
    echelles = Signal()

    def __init__(self, nom: str) -> None:
        super().__init__("Carte")
        self.ajouter_action(
            bouton(
                "Éc&helles…",
                self.echelles.emit,
                aide="Changer les mots des niveaux de probabilité et de gravité",
            )
        )
        self.quand = Onglets("Criticité montrée", ("A&vant actions", "A&près actions"))
        self.quand.change.connect(lambda rang: self.apres.emit(rang == 1))
        self.ajouter(self.quand)
        self.matrice = MatriceRisques(nom)
        self.ajouter(self.matrice)
        self.legende = Legende()
        self.legende.setToolTip(bulle(HYPOTHESE_SEUILS))
        self.ajouter(self.legende)
        self.absents = Libelle("", "petit")
        self.ajouter(self.absents)
        self.ajouter_texte(
            "Glissez un risque d’une case à l’autre, ou Ctrl et une flèche ; Entrée l’ouvre.", "petit"
        )
        self.corps.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)


class PanneauCarte(QWidget):
    """The map of the grappe, or of a structure.

    `ouvrir(key)`: a risk is to be opened; `bibliotheque()`: the library; `nouveau()`: a new risk; `apres(bool)`: before
    or after the actions; `echelles()`: the words of the scales.

    Args:
        nom: whose map, as accessible names say it (« de la grappe »).
        vide: title and text while there is no risk.
    """

    ouvrir = Signal(object)
    bibliotheque = Signal()
    nouveau = Signal()
    apres = Signal(bool)
    echelles = Signal()

    def __init__(
        self,
        contexte: "Contexte",
        nom: str,
        vide: tuple[str, str],
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("transparent")
        self.setAccessibleName(f"Carte des risques {nom}")
        self._contexte = contexte
        self._dossier: Dossier | None = None
        self._essms: Essms | None = None
        self._apres = False
        self.carte = CarteMatrice(f"Matrice des risques {nom}")
        self.matrice = self.carte.matrice
        self.registre = Registre(contexte, f"Registre des risques {nom}", dire, refuser)
        self._relier()
        travail = QWidget()
        self._travail = QBoxLayout(QBoxLayout.Direction.LeftToRight, travail)
        self._travail.setContentsMargins(0, 0, 0, 0)
        self._travail.setSpacing(_ENTRE)
        self._travail.addWidget(self.carte, 43)
        self._travail.addWidget(self.registre, 57)
        self.vide = EtatVide(
            *vide,
            ("Choisir dans la &bibliothèque", self.bibliotheque.emit),
            autre=("Coller depuis un tableur", self.registre.coller_tout),
        )
        self.cadre_vide = Carte()
        self.cadre_vide.ajouter(self.vide)
        self.cadre_vide.corps.addStretch(1)
        self.pile = QStackedWidget()
        self.pile.addWidget(travail)
        self.pile.addWidget(self.cadre_vide)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.addWidget(self.pile)

    def _relier(self) -> None:
        self.carte.apres.connect(self.apres)
        self.carte.echelles.connect(self.echelles)
        self.matrice.choisie.connect(self.registre.choisir)
        self.matrice.activee.connect(self.ouvrir)
        self.matrice.deplacee.connect(self._deplacer)
        self.registre.choisi.connect(self.matrice.choisir)
        self.registre.ouvrir.connect(self.ouvrir)
        self.registre.bibliotheque.connect(self.bibliotheque)

    # -- showing -----------------------------------------------------------------------------------------------

    def charger(self, dossier: Dossier, essms: Essms | None, apres: bool) -> None:
        """Shows the map of a structure, or of the grappe when `essms` is None."""
        self._dossier, self._essms, self._apres = dossier, essms, apres
        siennes = lignes(dossier, essms)
        self.pile.setCurrentIndex(0 if siennes else 1)
        self.carte.quand.fixer(1 if apres else 0)
        dits = echelles(dossier)
        self.matrice.charger(
            pastilles(siennes, apres),
            [n.libelle for n in dits.probabilite],
            [n.libelle for n in dits.gravite],
        )
        phrase = non_places(siennes, apres)
        self.carte.absents.setText(phrase)
        self.carte.absents.setVisible(bool(phrase))
        self.registre.fixer_apres(apres)
        self.registre.charger(dossier, essms, siennes)
        self.matrice.choisir(self.registre.courant())

    def choisir(self, cle: object) -> bool:
        """Makes a risk current; False when it is not on this map."""
        trouve = self.registre.choisir(cle)
        self.registre.tableau.setFocus(Qt.FocusReason.OtherFocusReason)
        return trouve

    def _deplacer(self, cle: object, probabilite: int, gravite: int) -> None:
        rang = self.registre.modele.ligne_de(cle)
        if rang < 0:
            return
        champs: dict[str, object] = (
            {"probabilite_residuelle": probabilite, "gravite_residuelle": gravite}
            if self._apres
            else {"probabilite": probabilite, "gravite": gravite}
        )
        risque = self.registre.modele.objet(rang).risque
        if self._contexte.modifier(risque, modifier_risque(risque), **champs):
            # Now, not with the page: the next key pushes from where the risk is.
            self.charger(self._contexte.lecture(risque.dossier_id).dossier, risque.essms, self._apres)

    # -- geometry ----------------------------------------------------------------------------------------------

    def resizeEvent(self, evenement: QResizeEvent) -> None:
        """Side by side when both can be read, else one above the other."""
        super().resizeEvent(evenement)
        self._disposer()

    def _disposer(self) -> None:
        registre = _REGISTRE * self.fontMetrics().averageCharWidth()
        assez = self.carte.minimumSizeHint().width() + _ENTRE + registre <= self.width()
        sens = QBoxLayout.Direction.LeftToRight if assez else QBoxLayout.Direction.TopToBottom
        if self._travail.direction() != sens:
            self._travail.setDirection(sens)
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two: the other can go under."""
        besoin = super().minimumSizeHint()
        large = max(
            self.carte.minimumSizeHint().width(),
            self.registre.minimumSizeHint().width(),
            self.cadre_vide.minimumSizeHint().width(),
        )
        return QSize(large, besoin.height())
