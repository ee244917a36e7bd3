"""The action plan: all the actions on risks, by date and by responsible, and what they cost."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import risques as gestes
from esms_desktop.lecture import ActionRisque, Dossier, Risque
from ui.models.collage_lignes import CollageLignes
from ui.models.saisie import ModeleSaisie
from ui.pages.commun.collage import lire_bloc
from ui.pages.commun.liste_tableau import TableauSaisie
from ui.pages.risques.cellules import CelluleRisque, calculees
from ui.pages.risques.modele_actions import (
    A_MENER,
    FILTRES,
    TOUTES,
    LigneAction,
    colonnes,
    filtrer,
    lignes,
    resume,
)
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.etat_vide import EtatVide
from ui.widgets.question import demander

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_POIDS = (2.4, 1.0, 1.2, 1.0, 0.8, 0.7, 2.0)
_CONFORT = {0: 22, 1: 12, 2: 14, 6: 20}


class TableauActions(TableauSaisie):
    """A table of actions one types in, pastes over, and adds to when `ajouter` is given.

    Args:
        nom: accessible name.
        avec_risque: with the risk each answers and its map.
        ajouter: adds an action from the fields of a pasted line; None when lines cannot be added here.
    """

    def __init__(
        self,
        contexte: "Contexte",
        nom: str,
        avec_risque: bool,
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
        risque: Callable[[], Risque | None] | None = None,
        poids: Sequence[float] = _POIDS,
        confort: Mapping[int, int] = _CONFORT,
    ) -> None:
        self._contexte, self._risque = contexte, risque
        self._dire, self._refuser = dire, refuser
        self.dossier: Dossier | None = None
        self.lignes: ModeleSaisie[LigneAction] = ModeleSaisie(
            colonnes(contexte.jour(), avec_risque),
            lambda x: x.action.id,
            lambda x, champs: contexte.modifier(
                x.action, f"Modifier l’action «{NBSP}{x.action.intitule}{NBSP}»", **champs
            ),
            refuser,
        )
        super().__init__(nom, self.lignes, poids, confort, self._a_la_main)
        self.setItemDelegate(CelluleRisque(self.lignes, lambda: self.dossier, self))

    def montrer(self, vues: Sequence[LigneAction], dossier: Dossier) -> None:
        """Shows actions of `dossier`; the one chosen stays chosen."""
        rang = self.ligne_courante()
        choisie = self.lignes.objet(rang).action.id if 0 <= rang < self.lignes.rowCount() else None
        self.dossier = dossier
        self.lignes.montrer(vues, dossier)
        rang = max(self.lignes.ligne_de(choisie), 0)
        if vues and self.ligne_courante() != rang:
            self.choisir(rang)

    def choisies(self) -> list[ActionRisque]:
        """The actions selected, in the order shown."""
        return [x.action for x in self.choisis()]

    def retirer(self) -> None:
        """Removes the actions selected, if agreed."""
        choisies = self.choisies()
        if not choisies:
            self._refuser("Choisissez dans le tableau les actions à retirer.")
            return
        seule = len(choisies) == 1
        quoi = f"«{NBSP}{choisies[0].intitule}{NBSP}»" if seule else pluriel(len(choisies), "action")
        texte = f"{quoi} {'quitte' if seule else 'quittent'} le dossier. Vous pourrez annuler ce retrait (Ctrl+Z)."
        noms = () if seule else tuple(a.intitule for a in choisies)
        if demander(
            self, "Retirer du dossier ?", texte, "Retirer", "Garder", danger=True, lignes=noms
        ) and self._contexte.retirer(*choisies, libelle=f"Retirer {pluriel(len(choisies), 'action')}"):
            self._dire(f"{quoi}{NBSP}: retrait fait.")

    def coller_lignes(self, texte: str) -> None:
        """Adds the lines of a text copied from a spreadsheet, from the first column."""
        self._recevoir(texte, (), 0, 1)

    def _a_la_main(self, texte: str, plusieurs: bool) -> None:
        vues: list[LigneAction] = self.choisis() if plusieurs else self.sous_la_courante()
        repeter = len(vues) if plusieurs else 1
        self._recevoir(texte, vues, self.currentIndex().column(), repeter, self.toutes())

    def _recevoir(
        self,
        texte: str,
        vues: Sequence[LigneAction],
        premiere: int,
        repeter: int,
        connues: Sequence[LigneAction] = (),
    ) -> None:
        if self.dossier is None:
            return
        toutes = self.lignes.colonnes
        collage = lire_bloc(
            self,
            self._refuser,
            texte,
            toutes,
            self.dossier,
            vues,
            premiere,
            self._risque is not None,
            repeter,
            calculees(toutes),
            connues,
        )
        if collage is not None and collage.valeurs and self._ecrire_collage(collage):
            self._dire(f"{pluriel(collage.valeurs, 'valeur collée', 'valeurs collées')}.")

    def _ecrire_collage(self, collage: CollageLignes[LigneAction]) -> bool:
        return self._contexte.reussir(
            None,
            gestes.coller_actions,
            [(ligne.action, champs) for ligne, champs in collage.modifs],
            self._risque() if self._risque is not None else None,
            collage.neufs,
            collage.valeurs,
        )


class PanneauActions(Carte):
    """The tab. `ouvrir(key)`: the risk of an action is to be opened; `commencer()`: there is none yet, show the maps;
    `planifier(actions)`: the actions chosen are to become tasks of the planning."""

    ouvrir = Signal(object)
    commencer = Signal()
    planifier = Signal(object)

    def __init__(
        self, contexte: "Contexte", dire: Callable[[str], object], refuser: Callable[[str], object]
    ) -> None:
        super().__init__("Plan d’actions")
        self._refuser = refuser
        self._lu: Lecture | None = None
        self.tableau = TableauActions(contexte, "Actions sur les risques", True, dire, refuser)
        self.retirer = self.ajouter_action(bouton("&Retirer", self.tableau.retirer))
        self.au_planning = self.ajouter_action(
            bouton(
                "Ajouter au &planning",
                self._planifier,
                aide="Faire une tâche du planning de chaque action choisie, avec son échéance et son responsable",
            )
        )
        self.filtre = ChampChoix("Montrer", FILTRES)
        self.filtre.fixer(A_MENER)
        self.filtre.change.connect(lambda _: self._filtrer())
        self.filtre.liste.setMinimumContentsLength(20)
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher une action, un responsable, un risque…")
        self.recherche.setAccessibleName("Chercher dans le plan d’actions")
        self.recherche.setClearButtonEnabled(True)
        self.recherche.textChanged.connect(self.tableau.filtrer)
        self.tableau.activee.connect(
            lambda rang: self.ouvrir.emit(self.tableau.lignes.objet(rang).action.risque_id)
        )
        rangee = QHBoxLayout()
        rangee.setSpacing(12)
        rangee.addWidget(self.filtre)
        rangee.addWidget(self.recherche, 1, Qt.AlignmentFlag.AlignBottom)
        self.corps.addLayout(rangee)
        self.phrase = self.ajouter_texte("", "muet")
        self.ajouter(self.tableau, 1)
        self.aide = self.ajouter_texte(
            "Entrée ouvre le risque ; F2 modifie une cellule ; Ctrl+C et Ctrl+V échangent avec un tableur.",
            "petit",
        )
        self.vide = EtatVide(
            "Aucune action pour l’instant",
            "Une action évite un risque (préventive) ou en limite les effets (corrective) : ce qu’on fait, qui le fait, "
            "pour quand, à quel coût. Ouvrez un risque pour lui donner ses actions, ou prenez un risque de la "
            "bibliothèque avec les actions qu’elle propose.",
            ("Voir la carte de la grappe", self.commencer.emit),
        )
        self.ajouter(self.vide, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def charger(self, lu: "Lecture") -> None:
        """Shows the actions of the dossier."""
        if self._lu is None or self._lu.dossier.id != lu.dossier.id:
            self.recherche.clear()
            self.filtre.fixer(A_MENER)
        self._lu = lu
        vide = not lu.dossier.actions_risques
        parties = (self.filtre, self.recherche, self.phrase, self.tableau, self.aide)
        for partie in (*parties, self.retirer, self.au_planning):
            partie.setVisible(not vide)
        self.vide.setVisible(vide)
        self._filtrer()

    def aller(self, cle: int | None, colonne: str = "") -> None:
        """Selects an action, whatever the filter hid."""
        if self._lu is None:
            return
        if self.tableau.lignes.ligne_de(cle) < 0:
            self.filtre.fixer(TOUTES)
            self._filtrer()
        self.recherche.clear()
        rang = self.tableau.lignes.ligne_de(cle)
        if rang >= 0:
            self.tableau.choisir(rang)
            titres = [c.titre for c in self.tableau.lignes.colonnes]
            if colonne in titres:
                index = self.tableau.lignes.index(rang, titres.index(colonne))
                self.tableau.setCurrentIndex(self.tableau.proxy.mapFromSource(index))
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filtrer(self) -> None:
        if self._lu is None:
            return
        vues = filtrer(lignes(self._lu.dossier), self.filtre.valeur, self._lu.jour)
        self.tableau.montrer(vues, self._lu.dossier)
        self.phrase.setText(resume(vues, self._lu.jour))

    def _planifier(self) -> None:
        choisies = self.tableau.choisies()
        if choisies:
            self.planifier.emit(choisies)
        else:
            self._refuser("Choisissez dans le tableau les actions à ajouter au planning.")
