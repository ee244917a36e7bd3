"""The register of a map of risks: a table one types in, searches, sorts and pastes over."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import risques as gestes
from esms_desktop.lecture import Dossier, Essms, Risque
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.dossier.risques import intitule
from ui.models.collage_lignes import CollageLignes
from ui.pages.commun.collage import a_des_titres, lire_bloc
from ui.pages.commun.disparu import Montre
from ui.pages.commun.disparu import phrase as disparu
from ui.pages.commun.liste_tableau import TableauSaisie
from ui.pages.risques.cellules import CelluleRisque, calculees
from ui.pages.risques.modele import ColonneRisque, LigneRisque, ModeleRegistre, colonnes, modifier_risque
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.libelle import Libelle
from ui.widgets.question import demander
from ui.widgets.tableaux.carte_chaleur import besoin_niveau

if TYPE_CHECKING:
    from ui.contexte import Contexte

_POIDS = (0.3, 2.8, 0.5, 0.3, 0.3, 0.6, 0.4, 0.4, 1.2, 1.0)
_CONFORT = {1: 20, 8: 12}
# Columns of a letter or two: their titles need less room around.
_ETROITES = {"N°", entete_de("risque.probabilite"), entete_de("risque.gravite")}


class TableauRegistre(TableauSaisie):
    """The table; its criticalities are levels."""

    def __init__(
        self,
        nom: str,
        modele: ModeleRegistre,
        a_coller: Callable[[str, bool], object],
        dossier: Callable[[], Dossier | None],
    ) -> None:
        super().__init__(nom, modele, _POIDS, _CONFORT, a_coller)
        self.modele: ModeleRegistre = modele
        self.setItemDelegate(CelluleRisque(modele, dossier, self))
        self.setMinimumHeight(240)

    def _besoin(self, index: QModelIndex, metrique: QFontMetrics) -> int:
        return max(super()._besoin(index, metrique), besoin_niveau(index))

    def _minimum(self, colonne: int) -> int:
        besoin = super()._minimum(colonne)
        return besoin - 10 if self.modele.colonnes[colonne].titre in _ETROITES else besoin

    def fixer_apres(self, apres: bool) -> None:
        """Shows the criticality before the actions, or after."""
        cachees = [
            colonne.cachee or (colonne.apres is not None and colonne.apres is not apres)
            for colonne in self.modele.colonnes
        ]
        if cachees == [self.isColumnHidden(rang) for rang in range(len(cachees))]:
            return
        for rang, cachee in enumerate(cachees):
            self.setColumnHidden(rang, cachee)
        self.ajuster()

    def saisies(self) -> list[ColonneRisque]:
        """The columns shown that are typed in, in order: those a block without titles is read as."""
        return [c for rang, c in enumerate(self.modele.colonnes) if c.lire and not self.isColumnHidden(rang)]


class Registre(Carte):
    """The card of the register.

    `ouvrir(key)`: a risk is to be opened; `choisi(key)`: it became current; `bibliotheque()`: the library was asked.
    """

    ouvrir = Signal(object)
    choisi = Signal(object)
    bibliotheque = Signal()

    def __init__(
        self,
        contexte: "Contexte",
        nom: str,
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Registre", parent)
        self._contexte, self._dire, self._refuser = contexte, dire, refuser
        self._dossier: Dossier | None = None
        self._essms: Essms | None = None
        self.montre = Montre()
        self.retirer = self.ajouter_action(
            bouton("&Retirer", self._retirer, aide="Retirer les risques choisis")
        )
        self.ajouter_action(
            bouton(
                "&Bibliothèque…",
                self.bibliotheque.emit,
                aide="Choisir parmi les risques types d’un projet de dossier usager",
            )
        )
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher un risque, une action…")
        self.recherche.setAccessibleName("Chercher dans le registre des risques")
        self.recherche.setClearButtonEnabled(True)
        self.modele = ModeleRegistre(
            colonnes(contexte.jour()),
            lambda x: x.risque.id,
            lambda x, champs: contexte.modifier(x.risque, modifier_risque(x.risque), **champs),
            refuser,
        )
        self.tableau = TableauRegistre(nom, self.modele, self.coller, lambda: self._dossier)
        self.recherche.textChanged.connect(self.tableau.filtrer)
        self.tableau.activee.connect(lambda rang: self.ouvrir.emit(self.modele.objet(rang).risque.id))
        self.tableau.choisie.connect(self._choisie)
        self.tableau.fixer_apres(False)
        self.ajouter(self.recherche)
        self.ajouter(self.tableau, 1)
        pied = QHBoxLayout()
        pied.setSpacing(8)
        pied.addWidget(Libelle("Entrée ouvre un risque, F2 modifie une cellule.", "petit"), 1)
        pied.addWidget(bouton("Monter", lambda: self.deplacer(-1), raccourci="Alt+Up", aide="Alt+Haut"))
        pied.addWidget(bouton("Descendre", lambda: self.deplacer(1), raccourci="Alt+Down", aide="Alt+Bas"))
        self.corps.addLayout(pied)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # -- showing -----------------------------------------------------------------------------------------------

    def charger(self, dossier: Dossier, essms: Essms | None, lignes: Sequence[LigneRisque]) -> None:
        """Shows a map; the row chosen stays chosen."""
        autre = self._cle(self._dossier, self._essms) != self._cle(dossier, essms)
        if autre:
            self.recherche.clear()
            self.montre.lacher()
        choisi = None if autre else self.courant()
        nom = self.montre.parti({x.risque.id for x in lignes})
        if nom:
            self._contexte.disparu.emit(disparu(nom, "La carte des risques est montrée."))
        self._dossier, self._essms = dossier, essms
        self.modele.montrer(lignes, dossier)
        self.retirer.setEnabled(bool(lignes))
        rang = self.modele.ligne_de(choisi)
        if lignes and self.tableau.ligne_courante() != max(rang, 0):
            self.tableau.choisir(max(rang, 0))

    @staticmethod
    def _cle(dossier: Dossier | None, essms: Essms | None) -> tuple[int, int]:
        return (dossier.id if dossier else 0, essms.id if essms else 0)

    def fixer_apres(self, apres: bool) -> None:
        """Shows what is left after the actions, or what there was before."""
        self.tableau.fixer_apres(apres)

    def courant(self) -> int | None:
        """The key of the risk of the current row."""
        rang = self.tableau.ligne_courante()
        return self.modele.objet(rang).risque.id if 0 <= rang < self.modele.rowCount() else None

    def choisir(self, cle: object) -> bool:
        """Makes a risk current, the search cleared when it hides it; False when it is not here."""
        rang = self.modele.ligne_de(cle)
        if rang < 0:
            return False
        if not self.tableau.proxy.mapFromSource(self.modele.index(rang, 0)).isValid():
            self.recherche.clear()
        if self.tableau.ligne_courante() != rang:
            self.tableau.choisir(rang)
        return True

    def viser(self, titre: str) -> None:
        """Puts the cursor in the cell of a column of the current risk."""
        titres = [c.titre for c in self.modele.colonnes]
        courant = self.tableau.currentIndex()
        if titre in titres and courant.isValid():
            self.tableau.setCurrentIndex(courant.siblingAtColumn(titres.index(titre)))
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choisie(self, rang: int) -> None:
        if 0 <= rang < self.modele.rowCount():
            risque = self.modele.objet(rang).risque
            self.montre.voir(risque.id, intitule(risque))
            self.choisi.emit(risque.id)

    # -- gestures ----------------------------------------------------------------------------------------------

    def deplacer(self, pas: int) -> None:
        """Moves the current risk up (-1) or down (1), numbers with it; the table goes back to that order."""
        courant = self.courant()
        risques = [self.modele.objet(rang).risque for rang in range(self.modele.rowCount())]
        rang = self.modele.ligne_de(courant)
        if rang < 0 or not 0 <= rang + pas < len(risques):
            return
        risques.insert(rang + pas, risques.pop(rang))
        self.tableau.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._contexte.accomplir(gestes.ranger, risques)

    def _retirer(self) -> None:
        choisis: list[Risque] = [x.risque for x in self.tableau.choisis()]
        if not choisis:
            self._refuser("Choisissez dans le registre les risques à retirer.")
            return
        seul = len(choisis) == 1
        quoi = f"«{NBSP}{intitule(choisis[0])}{NBSP}»" if seul else pluriel(len(choisis), "risque")
        actions = sum(len(r.actions) for r in choisis)
        texte = f"{quoi} {'quitte' if seul else 'quittent'} la carte"
        texte += f", avec {pluriel(actions, 'action')}." if actions else "."
        lignes = () if seul else tuple(map(intitule, choisis))
        if demander(
            self,
            "Retirer de la carte ?",
            f"{texte} Vous pourrez annuler ce retrait (Ctrl+Z).",
            "Retirer",
            "Garder",
            danger=True,
            lignes=lignes,
        ) and self._retires(choisis):
            self._dire(f"{quoi}{NBSP}: retrait fait.")

    def _retires(self, choisis: Sequence[Risque]) -> bool:
        # The person knows that the current one goes.
        self.montre.lacher()
        return self._contexte.reussir(None, gestes.retirer, choisis)

    # -- pasting -----------------------------------------------------------------------------------------------

    def coller_tout(self) -> None:
        """Adds the lines of the clipboard, from the column of the titles."""
        texte = QGuiApplication.clipboard().text()
        if texte.strip():
            self._coller(texte, (), 0, 1)
            return
        titres = ", ".join(c.titre for c in self.tableau.saisies())
        self._refuser(
            f"Le presse-papiers est vide. Copiez d’abord des lignes d’un tableur, dans cet ordre{NBSP}: {titres}."
        )

    def coller(self, texte: str, plusieurs: bool) -> None:
        """Reads a pasted block from the current cell; tells what is wrong, and writes the good values if agreed."""
        vues = self.tableau.choisis() if plusieurs else self.tableau.sous_la_courante()
        depart: Any = self.modele.colonnes[max(self.tableau.currentIndex().column(), 0) :]
        saisies = self.tableau.saisies()
        premiere = next((saisies.index(c) for c in depart if c in saisies), 0)
        repeter = len(vues) if plusieurs else 1
        self._coller(texte, vues, premiere, repeter, self.tableau.toutes())

    def _coller(
        self,
        texte: str,
        vues: Sequence[LigneRisque],
        premiere: int,
        repeter: int,
        connues: Sequence[LigneRisque] = (),
    ) -> None:
        if self._dossier is None:
            return
        # A block copied with its headers may name the columns that are hidden.
        toutes: Sequence[Any] = self.modele.colonnes
        titree = a_des_titres(texte, [c.titre for c in toutes])
        collage = lire_bloc(
            self,
            self._refuser,
            texte,
            toutes if titree else self.tableau.saisies(),
            self._dossier,
            vues,
            premiere,
            True,
            repeter,
            calculees(toutes),
            connues,
        )
        if collage is not None and collage.valeurs and self._ecrire(collage):
            self._dire(f"{pluriel(collage.valeurs, 'valeur collée', 'valeurs collées')}.")

    def _ecrire(self, collage: CollageLignes[LigneRisque]) -> bool:
        assert self._dossier is not None
        modifs = [(ligne.risque, champs) for ligne, champs in collage.modifs]
        return self._contexte.reussir(
            None, gestes.coller, self._dossier, self._essms, modifs, collage.neufs, collage.valeurs
        )
