"""A table of money one types in like a spreadsheet: add, carry to the next year, paste, remove, propose the usual lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import lignes as lignes_gestes
from esms_desktop.lecture import Dossier, Ligne
from ui.models.collage_lignes import CollageLignes
from ui.models.saisie import ColonneSaisie, ModeleSaisie
from ui.pages.commun.collage import lire_bloc
from ui.pages.commun.liste_tableau import TableauSaisie
from ui.pages.financement.choix import CelluleChoix
from ui.pages.financement.modele_couts import ColonneCalculee, ColonneChoix, suivantes
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.libelle import Libelle
from ui.widgets.question import demander

if TYPE_CHECKING:
    from ui.contexte import Contexte

T = TypeVar("T", bound=Ligne)
_HAUTEUR_MAX = 480


@dataclass(frozen=True)
class Table(Generic[T]):
    """What a table holds and says.

    Args:
        titre: title of the card; `un`: « un coût », `noms`: « coûts », as sentences say them.
        ajouter: text of the button that adds.
        colonnes, poids: the table; `premiere`: rank of the column where the cursor goes in a new line.
        lister: the objects of a dossier, in order.
        creer: the row to add to a dossier, from its fields.
        nommer: how sentences call an object.
        defaut: fields of an object added by the button.
        vide: title and text of the empty table.
        proposer: the usual lines the dossier does not have, not saved; None when there are none to propose.
        par_annee: True when a line can be carried to the next year.
        note: sentence under the table.
    """

    titre: str
    un: str
    noms: str
    ajouter: str
    colonnes: Sequence[ColonneSaisie[T]]
    poids: Sequence[float]
    premiere: int
    lister: Callable[[Dossier], Sequence[T]]
    creer: Callable[[Dossier, dict[str, Any]], lignes_gestes.Neuve]
    nommer: Callable[[T], str]
    defaut: Callable[[Dossier], dict[str, Any]]
    vide: tuple[str, str]
    proposer: Callable[[Dossier], Sequence[Any]] | None = None
    par_annee: bool = True
    note: str = ""


class TableauMonnaie(TableauSaisie):
    """As tall as its rows, up to what a page shows at once; past that, it scrolls."""

    hauteur_suit_lignes = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.setMinimumHeight(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def ouvrir_cellule(self) -> None:
        """Opens the current cell to type in; the Enter that ends a typing opens nothing."""
        courante = self.currentIndex()
        ouverte = self.state() == QAbstractItemView.State.EditingState
        if not ouverte and courante.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(courante)

    def sizeHint(self) -> QSize:
        """The rows, and room to open the list of a cell."""
        deborde = self.horizontalHeader().length() > self.viewport().width()
        barre = self.horizontalScrollBar().sizeHint().height() if deborde else 0
        return QSize(super().sizeHint().width(), min(self.hauteur_contenu() + barre, _HAUTEUR_MAX))

    def minimumSizeHint(self) -> QSize:
        """The same height: the page scrolls."""
        return QSize(240, self.sizeHint().height())


class PanneauTable(QWidget, Generic[T]):
    """The card of a table, or what teaches while it is empty.

    Args:
        contexte: the one way to the core.
        table: what it holds.
        dire, refuser: how a success and a refusal are said.
    """

    def __init__(
        self,
        contexte: "Contexte",
        table: Table[T],
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._contexte, self.table = contexte, table
        self._dire, self._refuser = dire, refuser
        self._dossier: Dossier | None = None
        self.modele: ModeleSaisie[T] = ModeleSaisie(table.colonnes, lambda o: o.id, self._ecrire, refuser)
        self.tableau = TableauMonnaie(table.titre, self.modele, table.poids, {}, self.coller)
        self.tableau.setItemDelegate(CelluleChoix(self._options, self.tableau))
        self.tableau.activee.connect(lambda _: self.tableau.ouvrir_cellule())
        self.plein, self.vide = self._carte(), self._vide()
        self.plein.hide()
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.addWidget(self.plein)
        colonne.addWidget(self.vide)

    def _carte(self) -> Carte:
        t = self.table
        carte = Carte(t.titre)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.ajouter = bouton(t.ajouter, self.nouveau)
        self.coller_lignes = bouton(
            "Coller depuis un tableur", self.coller_tout, aide="Ajoute les lignes copiées dans Excel ou Calc"
        )
        self.reporter = bouton(
            "Reporter d’un an",
            self._reporter,
            aide="Ajoute les lignes choisies sur l’année suivante",
        )
        if not t.par_annee:
            self.reporter.hide()
        self.habituelles = bouton(
            "Lignes habituelles",
            self.proposer,
            aide="Propose les lignes habituelles qui manquent, sans montant",
        )
        if t.proposer is None:
            self.habituelles.hide()
        self.retirer = bouton("Retirer", self._retirer, aide="Retire les lignes choisies")
        for b in (self.ajouter, self.coller_lignes, self.reporter, self.habituelles, self.retirer):
            rangee.addWidget(b)
        rangee.addStretch(1)
        carte.corps.addLayout(rangee)
        carte.ajouter(self.tableau)
        aide = (
            "F2, Entrée ou un double clic modifie une cellule ; Ctrl+C et Ctrl+V échangent avec un tableur."
        )
        carte.ajouter(Libelle(f"{aide} {t.note}".strip(), "petit"))
        return carte

    def _vide(self) -> Carte:
        t = self.table
        action = (t.ajouter, self.nouveau)
        autre = ("Coller depuis un tableur", self.coller_tout)
        if t.proposer is not None:
            action, autre = ("Proposer les lignes habituelles", self.proposer), action
        self.etat_vide = EtatVide(*t.vide, action, autre=autre)
        carte = Carte(t.titre)
        carte.ajouter(self.etat_vide)
        return carte

    # -- showing -----------------------------------------------------------------------------------------------

    def charger(self, dossier: Dossier) -> None:
        """Shows the lines of the dossier; what is chosen stays chosen."""
        self._dossier = dossier
        lignes = list(self.table.lister(dossier))
        self.modele.montrer(lignes, dossier)
        # The one shown leaves first: both at once would not fit.
        for carte, montree in ((self.plein, bool(lignes)), (self.vide, not lignes)):
            if not montree:
                carte.hide()
        (self.plein if lignes else self.vide).show()

    def aller(self, cle: int | None, champ: str = "") -> None:
        """Selects an object and the cell of one of its fields; the first button while the table is empty."""
        if not self.modele.rowCount():
            if self.etat_vide.bouton is not None:
                self.etat_vide.bouton.setFocus()
            return
        rang = self.modele.ligne_de(cle)
        if rang < 0:
            rang = 0
        self._viser(rang, self._colonne_de(champ))

    def _colonne_de(self, champ: str) -> int:
        if champ and self._dossier is not None:
            for rang, colonne in enumerate(self.table.colonnes):
                try:
                    lus = colonne.lire("", self._dossier) if colonne.lire else {}
                except ErreurSaisie:
                    continue
                if champ in lus:
                    return rang
        return self.table.premiere

    def _viser(self, rang: int, colonne: int) -> None:
        self.tableau.choisir(rang)
        self.tableau.setCurrentIndex(self.tableau.proxy.mapFromSource(self.modele.index(rang, colonne)))
        self.tableau.setFocus()

    def _options(self, rang: int) -> tuple[Sequence[str], bool] | None:
        colonne = self.table.colonnes[rang]
        if not isinstance(colonne, ColonneChoix) or self._dossier is None:
            return None
        return colonne.options(self._dossier), colonne.libre

    # -- writing -----------------------------------------------------------------------------------------------

    def nouveau(self) -> None:
        """Adds a line and opens its first cell to type in."""
        if self._dossier is None:
            return
        neuve = self.table.creer(self._dossier, self.table.defaut(self._dossier))
        if cles := self._contexte.ajouter(neuve, libelle=f"Ajouter {self.table.un}"):
            self._relire()
            rang = self.modele.ligne_de(cles[0])
            self._viser(rang, self.table.premiere)
            self.tableau.ouvrir_cellule()

    def proposer(self) -> None:
        """Adds the usual lines the dossier does not have, in one gesture."""
        if self._dossier is None or self.table.proposer is None:
            return
        neufs = self.table.proposer(self._dossier)
        if not neufs:
            self._dire("Toutes les lignes habituelles sont déjà là.")
        elif self._contexte.ajouter(*neufs, libelle="Proposer les lignes habituelles"):
            self._relire()
            self._viser(0, self.table.premiere)
            self._dire(
                f"{pluriel(len(neufs), 'ligne proposée', 'lignes proposées')}, sans montant{NBSP}: "
                "gardez, corrigez ou retirez-les."
            )

    def _reporter(self) -> None:
        choisis: list[T] = self.tableau.choisis()
        neufs = suivantes(choisis)
        if not neufs:
            self._refuser("Choisissez dans le tableau des lignes qui ont une année.")
        elif self._contexte.ajouter(*neufs, libelle="Reporter sur l’année suivante"):
            self._relire()
            self._dire(f"{pluriel(len(neufs), 'ligne ajoutée', 'lignes ajoutées')}.")

    def coller_tout(self) -> None:
        """Adds the lines of the clipboard, from the first column."""
        texte = QGuiApplication.clipboard().text()
        if not texte.strip():
            colonnes = ", ".join(c.titre for c in self.table.colonnes if c.lire)
            self._refuser(
                f"Le presse-papiers est vide. Copiez d’abord des lignes d’un tableur, dans cet ordre{NBSP}: {colonnes}."
            )
            return
        self._coller(texte, (), 0, 1)

    def coller(self, texte: str, plusieurs: bool) -> None:
        """Reads a pasted block from the current cell; tells what is wrong, and writes the good values if agreed."""
        lignes = self.tableau.choisis() if plusieurs else self.tableau.sous_la_courante()
        toutes = self.tableau.toutes()
        self._coller(
            texte, lignes, self.tableau.currentIndex().column(), len(lignes) if plusieurs else 1, toutes
        )

    def _coller(
        self, texte: str, lignes: Sequence[T], premiere: int, repeter: int, toutes: Sequence[T] = ()
    ) -> None:
        if self._dossier is None:
            return
        t = self.table
        calculees = {c.titre for c in t.colonnes if isinstance(c, ColonneCalculee)}
        collage = lire_bloc(
            self,
            self._refuser,
            texte,
            t.colonnes,
            self._dossier,
            lignes,
            premiere,
            True,
            repeter,
            calculees,
            toutes=toutes,
        )
        if collage is not None and collage.valeurs and self._ecrire_collage(collage):
            self._relire()
            self._dire(f"{pluriel(collage.valeurs, 'valeur collée', 'valeurs collées')}.")

    def _ecrire_collage(self, collage: CollageLignes[T]) -> bool:
        dossier = self._dossier
        assert dossier is not None
        fait = self._contexte.accomplir(
            lignes_gestes.coller,
            dossier,
            collage.modifs,
            collage.neufs,
            self.table.creer,
            f"Coller {pluriel(collage.valeurs, 'valeur')}",
        )
        return fait is not None

    def _ecrire(self, objet: T, champs: dict[str, object]) -> bool:
        geste = f"Modifier «{NBSP}{self.table.nommer(objet)}{NBSP}»"
        return self._contexte.modifier(objet, geste, **champs)

    def _retirer(self) -> None:
        choisis: list[T] = self.tableau.choisis()
        if not choisis:
            self._refuser("Choisissez dans le tableau les lignes à retirer.")
            return
        t = self.table
        seul = len(choisis) == 1
        quoi = f"«{NBSP}{t.nommer(choisis[0])}{NBSP}»" if seul else f"{len(choisis)}{NBSP}{t.noms}"
        texte = (
            f"{quoi} {'quitte' if seul else 'quittent'} le dossier. Vous pourrez annuler ce retrait (Ctrl+Z)."
        )
        lignes = () if seul else tuple(map(t.nommer, choisis))
        if demander(
            self, "Retirer du dossier ?", texte, "Retirer", "Garder", danger=True, lignes=lignes
        ) and self._contexte.retirer(*choisis, libelle=f"Retirer {quoi}"):
            self._dire(f"{quoi}{NBSP}: retrait fait.")

    def _relire(self) -> None:
        if self._dossier is not None:
            self.charger(self._contexte.lecture(self._dossier.id).dossier)
