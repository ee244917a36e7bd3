"""The ten bricks of digital maturity: a matrix answered by the keyboard, and the card of the cell chosen."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSizePolicy, QWidget

from esms_desktop.echanges.tables.bloc import Bloc, lire_bloc
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, cle, lire_oui_non, pluriel
from esms_desktop.gestes import preparation as gestes
from esms_desktop.lecture import Og
from esms_desktop.nomenclature.champs import aide_de, libelle_de
from esms_desktop.regles.dossier.preparation import source_briques
from ui.models.collage_lignes import CollageLignes, Faute
from ui.pages.commun.collage import accepter
from ui.pages.commun.disparu import Montre
from ui.pages.commun.disparu import phrase as disparu
from ui.pages.preparation.modele_maturite import ModeleMaturite
from ui.pages.preparation.points import TOUCHES
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampTexte
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.tableaux.tableau_large import TableauLarge

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture

Case = tuple[Og, str]


class Matrice(TableauLarge):
    """The cells. O, N and Suppr answer for all the cells selected through `repondre(cells, answer)`."""

    def __init__(
        self,
        modele: ModeleMaturite,
        repondre: Callable[[list[Case], bool | None], object],
        ouvrir: Callable[[], object],
        a_coller: Callable[[str], object],
    ) -> None:
        super().__init__("Briques de maturité par organisme", (3.0,), {0: 22})
        self.modele = modele
        self._repondre, self._ouvrir = repondre, ouvrir
        self.setModel(modele)
        self.setSortingEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.fixer_collage(a_coller)

    def case(self, index: QModelIndex) -> Case | None:
        """The OG and the code of the brick of a cell, None for a title."""
        etat = self.modele.etat(self.proxy.mapToSource(index))
        return (etat[0], etat[1].brique.code) if etat else None

    def cases(self) -> list[Case]:
        """The cells selected, titles aside; a title alone stands for its row."""
        choisis = self.selectionModel().selectedIndexes()
        if choisis and all(i.column() == 0 for i in choisis):
            choisis = [i.siblingAtColumn(c) for i in choisis for c in range(1, self.proxy.columnCount())]
        return [c for c in map(self.case, choisis) if c is not None]

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """O, N, Suppr answer; Space goes to the next answer; Enter opens the comment."""
        cases, touche = self.cases(), evenement.key()
        if evenement.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not cases:
            super().keyPressEvent(evenement)
        elif touche in TOUCHES:
            self._repondre(cases, TOUCHES[touche])
        elif touche == Qt.Key.Key_Space:
            actuelle = gestes.reponse(*cases[0])
            self._repondre(cases, {None: True, True: False, False: None}[actuelle])
        elif touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ouvrir()
        else:
            super().keyPressEvent(evenement)

    def _activer(self, index: QModelIndex) -> None:
        case = self.case(index)
        if case is not None:
            actuelle = gestes.reponse(*case)
            self._repondre([case], {None: True, True: False, False: None}[actuelle])


class PanneauMaturite(QWidget):
    """The matrix and the card of the cell."""

    def __init__(
        self, contexte: "Contexte", dire: Callable[[str], object], refuser: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._contexte, self._dire, self._refuser = contexte, dire, refuser
        self.modele = ModeleMaturite()
        self.montre = Montre()
        self.matrice = Matrice(self.modele, self._repondre, self._commenter, self.coller)
        tableau = Carte("Dix briques de maturité numérique")
        tableau.ajouter(self.matrice, 1)
        tableau.ajouter_texte(
            "O répond oui, N répond non, Suppr efface, pour toutes les cases choisies ; l’espace passe à la réponse "
            "suivante ; Entrée ouvre le commentaire. * : un commentaire est écrit.",
            "petit",
        )
        self.fiche = Carte("Brique")
        self.og = self.fiche.ajouter_texte("", "fort")
        self.contenu = self.fiche.ajouter_texte("", "muet")
        self.choix = ChoixTriEtat(libelle_de("brique.acquise"))
        self.choix.change.connect(self._une)
        self.fiche.ajouter(self.choix)
        self.tous = bouton(
            "Même réponse pour &tous",
            self.repondre_pour_tous,
            aide="Donner cette réponse à tous les organismes, en un geste",
        )
        self.fiche.ajouter(self.tous)
        self.commentaire = ChampTexte(
            libelle_de("brique.commentaire"), self._ecrire_commentaire, aide_de("brique.commentaire"), True
        )
        self.fiche.ajouter(self.commentaire, 1)
        self.source = self.fiche.ajouter_texte("", "petit")
        for carte in (tableau, self.fiche):
            carte.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(14)
        rangee.addWidget(tableau, 66)
        rangee.addWidget(self.fiche, 34)
        self.matrice.selectionModel().currentChanged.connect(lambda *_: self._montrer())

    _origine = ""
    _dossier_id = 0

    def charger(self, lu: "Lecture") -> None:
        """Shows the answers of the dossier; the cell chosen stays chosen."""
        if lu.dossier.id != self._dossier_id:
            self._dossier_id = lu.dossier.id
            self.montre.lacher()
        nom = self.montre.parti({og.id for og in lu.dossier.ogs})
        if nom:
            texte = self.commentaire.abandonner()
            self._montree = None
            self._contexte.disparu.emit(
                disparu(
                    nom,
                    "Le tableau des briques est montré.",
                    [(libelle_de("brique.commentaire"), texte)] if texte else (),
                )
            )
        self.modele.montrer(lu.dossier)
        self._origine = source_briques(lu.campagne)
        if self.courante() is None and self.modele.ogs:
            self.matrice.setCurrentIndex(self.matrice.proxy.index(0, 1))
        self._montrer()

    def aller(self, og_id: int | None) -> None:
        """Selects the first brick of an OG that waits for an answer, else its first one."""
        rangs = [i for i, og in enumerate(self.modele.ogs) if og.id == og_id]
        if not rangs:
            return
        og = self.modele.ogs[rangs[0]]
        attente = [i for i, b in enumerate(self.modele.briques) if gestes.reponse(og, b.code) is None]
        index = self.matrice.proxy.index((attente or [0])[0], rangs[0] + 1)
        self.matrice.setCurrentIndex(index)
        self.matrice.scrollTo(index)
        self.matrice.setFocus(Qt.FocusReason.OtherFocusReason)

    def courante(self) -> Case | None:
        """The OG and the code of the current cell."""
        index = self.matrice.currentIndex()
        return self.matrice.case(index) if index.isValid() else None

    def repondre_pour_tous(self) -> None:
        """Gives the answer of the current cell to all the OG."""
        case = self.courante()
        if case is None:
            return
        og, code = case
        valeur = gestes.reponse(og, code)
        titre = self.fiche.titre.text()
        combien = self._contexte.accomplir(
            gestes.repondre,
            [(autre, code, valeur) for autre in self.modele.ogs],
            f"Même réponse pour tous{NBSP}: {titre}",
        )
        if combien:
            self._dire(
                f"{pluriel(combien, 'réponse enregistrée', 'réponses enregistrées')} pour «{NBSP}{titre}{NBSP}»."
            )

    def coller(self, texte: str) -> None:
        """Reads « Oui » and « Non » pasted from the current cell; writes the good ones in one gesture, if agreed."""
        titres = [
            str(self.modele.headerData(c, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
            for c in range(self.modele.columnCount())
        ]
        try:
            bloc = lire_bloc(texte, titres)
        except ErreurSaisie as refus:
            self._refuser(str(refus))
            return
        cases: list[tuple[Og, str, bool | None]] = []
        fautes: list[Faute] = []
        for numero, colonne, valeur, index in self._visees(bloc):
            case = self.matrice.case(index) if index.isValid() else None
            titre = titres[colonne] if colonne < len(titres) else "hors du tableau"
            if case is None:
                if valeur.strip() and not (index.isValid() and valeur.strip() == index.data()):
                    fautes.append(Faute(numero, titre, valeur, "cette case ne se saisit pas"))
                continue
            try:
                cases.append((*case, lire_oui_non(valeur.rstrip("*"))))
            except ErreurSaisie as refus:
                fautes.append(Faute(numero, titre, valeur, refus.message))
        collage: CollageLignes[Og] = CollageLignes(fautes=fautes, valeurs=len(cases))
        if fautes and not accepter(self, collage):
            return
        combien = self._contexte.accomplir(gestes.repondre, cases, f"Coller {pluriel(len(cases), 'réponse')}")
        if combien:
            self._dire(f"{pluriel(combien, 'réponse collée', 'réponses collées')}.")

    def _visees(self, bloc: Bloc) -> Iterator[tuple[int, int, str, Any]]:
        """Each value of a block: its line, the column and the cell it goes to.

        Under titles that name the bricks, a line goes to its brick and a column to its OG; cells alone go from the current one.
        """
        proxy, depart = self.matrice.proxy, self.matrice.currentIndex()
        nommes = bloc.colonnes is not None and 0 in bloc.colonnes
        briques = {cle(str(proxy.index(r, 0).data() or "")): r for r in range(proxy.rowCount())}
        for rang, ligne in enumerate(bloc.lignes):
            rangee = depart.row() + rang
            if nommes and bloc.colonnes is not None:
                rangee = briques.get(cle(ligne.cellules[bloc.colonnes.index(0)]), -1)
            for place, valeur in enumerate(ligne.cellules):
                colonne = depart.column() + place if bloc.colonnes is None else bloc.colonnes[place]
                yield ligne.numero, colonne, valeur, proxy.index(rangee, colonne)

    def _repondre(self, cases: list[Case], valeur: bool | None) -> None:
        self._contexte.accomplir(gestes.repondre, [(og, code, valeur) for og, code in cases])

    def _une(self, valeur: bool | None) -> None:
        case = self.courante()
        if case is not None and not self._contexte.accomplir(gestes.repondre, [(*case, valeur)]):
            self.choix.fixer(gestes.reponse(*case))

    def _commenter(self) -> None:
        self.commentaire.viser()

    def _ecrire_commentaire(self, texte: str) -> bool:
        case = self.commentaire.ligne
        return case is None or self._contexte.reussir(None, gestes.brique, *case, commentaire=texte)

    _montree: Case | None = None

    def _montrer(self) -> None:
        index = self.matrice.currentIndex()
        etat = self.modele.etat(self.matrice.proxy.mapToSource(index)) if index.isValid() else None
        self.choix.setEnabled(etat is not None)
        self.tous.setEnabled(etat is not None and len(self.modele.ogs) > 1)
        self.commentaire.setEnabled(etat is not None)
        if etat is None:
            return
        og, brique = etat
        nouvelle = (og, brique.brique.code)
        if self._montree is not None and (self._montree[0].id, self._montree[1]) != (og.id, nouvelle[1]):
            self._quitter()
        self._montree = nouvelle
        self.montre.voir(og.id, og.nom)
        self.fiche.titre.setText(brique.brique.titre)
        self.fiche.setAccessibleName(f"{brique.brique.titre}, {og.nom}")
        self.og.setText(og.nom)
        self.contenu.setText(brique.brique.contenu)
        self.choix.fixer(brique.acquise)
        self.commentaire.fixer(brique.commentaire, nouvelle)
        self.source.setText(f"Source{NBSP}: {self._origine}.")

    def _quitter(self) -> None:
        """Saves a comment being typed before another cell is shown."""
        if self.window().focusWidget() is self.commentaire.saisie:
            self.commentaire.valider()
            self.commentaire.saisie.clearFocus()
