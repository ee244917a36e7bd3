"""The maps of the structures: which are assessed, the map of the one chosen, and « no risk of its own »."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, accord, pluriel
from esms_desktop.gestes import risques as gestes
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.champs import libelle_de
from esms_desktop.regles.dossier import risques as regles
from ui.models.table import Colonne, ModeleTable
from ui.pages.commun.disparu import Montre
from ui.pages.commun.disparu import phrase as disparu
from ui.pages.commun.page_onglets import deroulant
from ui.pages.risques.carte import PanneauCarte
from ui.pages.risques.modele import etat_structure
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.libelle import Libelle, bulle
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from ui.contexte import Contexte

# Width of the list, in average characters of the font.
_LISTE = 30
_COPIER = (
    "&Copier vers d’autres structures…",
    "Reprendre cette carte pour d’autres structures, puis l’ajuster",
)
_RECEVOIR = (
    "&Copier une carte ici…",
    "Reprendre la carte de la grappe ou d’une autre structure, puis l’ajuster",
)


@dataclass(frozen=True)
class LigneStructure:
    """A structure and where its map stands. `combien`: its risks."""

    essms: Essms
    evaluee: bool | None
    combien: int
    pire: int | None

    @property
    def detail(self) -> str:
        """How many risks, and the highest."""
        if not self.combien:
            return self.essms.og.nom_court
        plus = f", au plus {self.pire}" if self.pire is not None else ""
        return f"{pluriel(self.combien, 'risque')}{plus}"


_COLONNES: tuple[Colonne[LigneStructure], ...] = (
    Colonne("Structure", lambda x: x.essms.nom, second=lambda x: x.detail),
    Colonne(
        "État",
        lambda x: etat_structure(x.evaluee, x.combien)[0],
        badge=lambda x: etat_structure(x.evaluee, x.combien)[1],
    ),
)


def lignes(dossier: Dossier) -> list[LigneStructure]:
    """The structures in the order of the grappe."""
    cartes, evaluees = regles.par_carte(dossier), regles.evaluations(dossier)
    return [
        LigneStructure(
            e,
            evaluees[e],
            len(cartes[e]),
            max((c for r in cartes[e] if (c := regles.criticite(r)) is not None), default=None),
        )
        for e in dossier.essms
    ]


class _CarteListe(Carte):
    """The card of the list: always as wide, whatever the window."""

    def __init__(self, titre: str) -> None:
        super().__init__(titre)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """A name and a badge."""
        return QSize(_LISTE * self.fontMetrics().averageCharWidth() + 36, 400)

    def minimumSizeHint(self) -> QSize:
        """The same width."""
        return QSize(self.sizeHint().width(), 260)


class PanneauStructures(QWidget):
    """The list at the left, the map of the structure chosen at the right.

    `copier(essms)`: its map is to be copied; `recevoir(essms)`: a map is to be copied to it.
    """

    copier = Signal(object)
    recevoir = Signal(object)

    def __init__(
        self, contexte: "Contexte", dire: Callable[[str], object], refuser: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._contexte = contexte
        self._dossier: Dossier | None = None
        self.montre = Montre()
        self._apres = False
        self.modele: ModeleTable[LigneStructure] = ModeleTable(_COLONNES, lambda x: x.essms.id)
        self.panneau = PanneauCarte(
            contexte,
            "de la structure",
            (
                "Aucun risque noté pour cette structure",
                "Partez de la bibliothèque, ou copiez la carte de la grappe ou d’une structure semblable, puis "
                "ajustez. Si rien ne lui est propre, répondez-le ci-dessus : elle compte alors comme évaluée.",
            ),
            dire,
            refuser,
        )
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(14)
        rangee.addWidget(self._liste())
        rangee.addWidget(deroulant(self._droite()), 1)
        self.tableau.choisie.connect(lambda _: self._montrer())

    def _liste(self) -> Carte:
        carte = _CarteListe("Structures")
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher…")
        self.recherche.setAccessibleName("Chercher une structure")
        self.recherche.setClearButtonEnabled(True)
        self.tableau = Tableau("Structures et leur évaluation", (2.0, 1.0))
        self.tableau.setModel(self.modele)
        self.tableau.setMinimumHeight(220)
        self.recherche.textChanged.connect(self.tableau.filtrer)
        carte.ajouter(self.recherche)
        carte.ajouter(self.tableau, 1)
        return carte

    def _droite(self) -> QWidget:
        droite = QWidget()
        droite.setObjectName("transparent")
        droite.setAccessibleName("Carte de la structure choisie")
        colonne = QVBoxLayout(droite)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(10)
        self.titre = Libelle("", "sous-titre")
        self.copier_vers = bouton("", self._copier)
        tete = QHBoxLayout()
        tete.setSpacing(10)
        tete.addWidget(self.titre, 1)
        tete.addWidget(self.copier_vers, 0, Qt.AlignmentFlag.AlignTop)
        colonne.addLayout(tete)
        self.sans_risque = ChoixTriEtat(libelle_de("evaluation_structure.sans_risque"))
        self.sans_risque.change.connect(self._repondre)
        colonne.addWidget(self.sans_risque)
        colonne.addWidget(self.panneau, 1)
        return droite

    # -- showing -----------------------------------------------------------------------------------------------

    def charger(self, dossier: Dossier, apres: bool) -> None:
        """Shows the structures of a dossier; the one chosen stays chosen."""
        if self._dossier is None or self._dossier.id != dossier.id:
            self.recherche.clear()
            self.montre.lacher()
        choisie = self.essms
        self._dossier, self._apres = dossier, apres
        nom = self.montre.parti({e.id for e in dossier.essms})
        if nom:
            self._contexte.disparu.emit(disparu(nom, "La liste des structures est montrée."))
        toutes = lignes(dossier)
        self.modele.charger(toutes)
        rang = self.modele.ligne_de(choisie.id) if choisie else 0
        if toutes and self.tableau.ligne_courante() != max(rang, 0):
            self.tableau.choisir(max(rang, 0))
        self._montrer()

    @property
    def essms(self) -> Essms | None:
        """The structure chosen."""
        rang = self.tableau.ligne_courante()
        return self.modele.objet(rang).essms if 0 <= rang < self.modele.rowCount() else None

    def aller(self, essms_id: int | None, risque_id: int | None = None) -> None:
        """Chooses a structure, and one of its risks when it is given."""
        self.recherche.clear()
        rang = self.modele.ligne_de(essms_id)
        if rang >= 0:
            self.tableau.choisir(rang)
        if risque_id is not None:
            self.panneau.choisir(risque_id)
        elif self.panneau.registre.modele.rowCount():
            self.panneau.registre.tableau.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.sans_risque.viser()

    def _montrer(self) -> None:
        essms, dossier = self.essms, self._dossier
        if essms is None or dossier is None:
            return
        self.montre.voir(essms.id, essms.nom)
        self.titre.setText(essms.nom)
        risques = regles.risques_structure(dossier, essms)
        texte, aide = _COPIER if risques else _RECEVOIR
        self.copier_vers.setText(texte)
        self.copier_vers.setAccessibleName(texte.replace("&", ""))
        self.copier_vers.setToolTip(bulle(aide))
        self.copier_vers.setEnabled(len(dossier.essms) > 1 if risques else bool(dossier.risques))
        self.sans_risque.setVisible(not risques)
        self.sans_risque.fixer(regles.sans_risque(dossier, essms))
        self.panneau.charger(dossier, essms, self._apres)

    # -- gestures ----------------------------------------------------------------------------------------------

    def _repondre(self, oui: bool | None) -> None:
        essms, dossier = self.essms, self._dossier
        if essms is None or dossier is None:
            return
        if self._contexte.accomplir(gestes.dire_sans_risque, dossier, essms, oui) is None:
            self.sans_risque.fixer(regles.sans_risque(dossier, essms))

    def _copier(self) -> None:
        if self.essms is not None:
            (self.copier if self.panneau.registre.modele.rowCount() else self.recevoir).emit(self.essms)


def phrase_structures(dossier: Dossier) -> str:
    """« Structures : 12 sur 17 évaluées »."""
    evaluees = sum(bool(v) for v in regles.evaluations(dossier).values())
    mot = accord(len(dossier.essms), "évaluée", "évaluées")
    return f"Structures{NBSP}: {evaluees} sur {len(dossier.essms)} {mot}"
