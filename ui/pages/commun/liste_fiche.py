"""A list of things of the dossier: a table one types in and pastes over, the card of the row chosen, add and remove."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import lignes as lignes_gestes
from esms_desktop.lecture import Dossier, Ligne
from ui.models.collage_lignes import CollageLignes
from ui.models.fiches import Groupe
from ui.models.saisie import ColonneSaisie, ModeleSaisie
from ui.pages.commun.collage import lire_bloc
from ui.pages.commun.fiche import PanneauFiche
from ui.pages.commun.liste_formulaire import FicheListe
from ui.pages.commun.liste_tableau import TableauSaisie
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.libelle import Libelle
from ui.widgets.question import demander

if TYPE_CHECKING:
    from ui.contexte import Contexte

T = TypeVar("T", bound=Ligne)


@dataclass(frozen=True)
class Description(Generic[T]):
    """What a list holds and says.

    Args:
        titre: title of the card; `un`: « une personne », `des`: « personnes », as sentences say them.
        ajouter: text of the button that adds; `retirer`: of the one that removes.
        colonnes, poids, confort: the table.
        groupes: the form.
        lister: the objects of a dossier, in order.
        creer: the row to add to a dossier, from the fields of a pasted line.
        nommer: how sentences call an object.
        defaut: fields of an object added by the button.
        vide: title and text of the empty list.
        ce_qui_part: what leaves with an object, in a sentence; empty when nothing does.
        ordonne: True when the order says something (the objects have a `rang`): rows go up and down.
    """

    titre: str
    un: str
    des: str
    ajouter: str
    retirer: str
    colonnes: Sequence[ColonneSaisie[T]]
    poids: Sequence[float]
    groupes: Sequence[Groupe]
    lister: Callable[[Dossier], Sequence[T]]
    creer: Callable[[Dossier, dict[str, Any]], lignes_gestes.Neuve]
    nommer: Callable[[T], str]
    defaut: Callable[[Dossier], dict[str, Any]]
    vide: tuple[str, str]
    confort: Mapping[int, int] = field(default_factory=dict)
    ce_qui_part: Callable[[T], str] = lambda _: ""
    ordonne: bool = False


class PanneauListe(PanneauFiche, Generic[T]):
    """The table and the card.

    Args:
        autres: more buttons for the card and the empty list: (text, slot, help).
    """

    def __init__(
        self,
        contexte: "Contexte",
        description: Description[T],
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
        proposer: tuple[str, Callable[[], object], str] | None = None,
    ) -> None:
        self._contexte, self.description = contexte, description
        self._dire, self._refuser = dire, refuser
        self._dossier: Dossier | None = None
        self._choisi = 0
        d = description
        self.modele: ModeleSaisie[T] = ModeleSaisie(d.colonnes, lambda o: o.id, self._ecrire, refuser)
        self.tableau = TableauSaisie(d.titre, self.modele, d.poids, d.confort, self.coller)
        carte = Carte(d.titre)
        self.retirer = carte.ajouter_action(bouton(d.retirer, self._retirer))
        self.proposer: QPushButton | None = None
        if proposer is not None:
            self.proposer = carte.ajouter_action(bouton(proposer[0], proposer[1], aide=proposer[2]))
        self.ajouter = carte.ajouter_action(bouton(d.ajouter, self.nouveau))
        carte.ajouter(self.tableau, 1)
        pied = QHBoxLayout()
        pied.setSpacing(8)
        aide = "F2 modifie une cellule ; Ctrl+C et Ctrl+V échangent avec un tableur ; Entrée ouvre la fiche."
        pied.addWidget(Libelle(aide, "petit"), 1)
        if d.ordonne:
            # Shown in the order that counts, which sorting would hide.
            self.tableau.setSortingEnabled(False)
            pied.addWidget(bouton("Monter", lambda: self.deplacer(-1), raccourci="Alt+Up", aide="Alt+Haut"))
            pied.addWidget(
                bouton("Descendre", lambda: self.deplacer(1), raccourci="Alt+Down", aide="Alt+Bas")
            )
        carte.corps.addLayout(pied)
        autre = proposer or ("Coller depuis un tableur", self.coller_tout, "")
        vide = EtatVide(*d.vide, (d.ajouter, self.nouveau), autre=(autre[0], autre[1]))
        self.carte_liste = carte
        fiche = FicheListe(f"Fiche{NBSP}: {d.un}", d.groupes, self._ecrire)
        super().__init__(carte, fiche, vide)  # type: ignore[arg-type]
        self.fiche: FicheListe = fiche  # type: ignore[assignment]
        self.tableau.choisie.connect(self._choisir)
        self.tableau.activee.connect(lambda _: self.fiche.viser())

    # -- showing -----------------------------------------------------------------------------------------------

    def charger(self, dossier: Dossier) -> None:
        """Shows the list of the dossier; the row chosen stays chosen."""
        if self._dossier is None or dossier.id != self._dossier.id:
            self._choisi = 0
            self.montre.lacher()
        self._dossier = dossier
        lignes = list(self.description.lister(dossier))
        self.quitter_si_parti(
            {un.id for un in lignes}, "La liste est montrée.", self.tableau, self._contexte.disparu.emit
        )
        self.modele.montrer(lignes, dossier)
        self.montrer_vide(not lignes)
        if lignes:
            choisie = max(self.modele.ligne_de(self._choisi), 0)
            if self.tableau.ligne_courante() != choisie:
                self.tableau.choisir(choisie)
            self._montrer()

    def aller(self, cle: int | None, champ: str = "") -> None:
        """Selects an object and puts the cursor in one of its fields."""
        rang = self.modele.ligne_de(cle)
        if rang >= 0:
            self.tableau.choisir(rang)
            if champ:
                self.fiche.viser(champ)

    def choisi(self) -> T | None:
        """The object of the current row."""
        rang = self.tableau.ligne_courante()
        return self.modele.objet(rang) if 0 <= rang < self.modele.rowCount() else None

    def _choisir(self, rang: int) -> None:
        if 0 <= rang < self.modele.rowCount():
            self._choisi = self.modele.objet(rang).id
            self._montrer()

    def _montrer(self) -> None:
        objet = self.choisi()
        if objet is not None and self._dossier is not None:
            self.fiche.montrer(objet, self.description.nommer(objet), self._dossier)
            self.montre.voir(objet.id, self.description.nommer(objet))

    # -- writing -----------------------------------------------------------------------------------------------

    def nouveau(self, **champs: object) -> None:
        """Adds an object, with these fields besides the usual ones, and puts the cursor in its first field."""
        if self._dossier is None:
            return
        neuve = self.description.creer(self._dossier, {**self.description.defaut(self._dossier), **champs})
        if cles := self._contexte.ajouter(neuve, libelle=f"Ajouter {self.description.un}"):
            self.charger(self._contexte.lecture(self._dossier.id).dossier)
            self.aller(cles[0])
            self.fiche.viser()

    def deplacer(self, pas: int) -> None:
        """Moves the current row up (-1) or down (1), in one gesture."""
        choisi = self.choisi()
        if self._dossier is None or choisi is None:
            return
        suite: list[Any] = list(self.description.lister(self._dossier))
        rang = suite.index(choisi)
        if not 0 <= rang + pas < len(suite):
            return
        suite.insert(rang + pas, suite.pop(rang))
        self._contexte.accomplir(
            lignes_gestes.ranger, suite, f"Déplacer «{NBSP}{self.description.nommer(choisi)}{NBSP}»"
        )

    def coller_tout(self) -> None:
        """Adds the lines of the clipboard, from the first column."""
        texte = QGuiApplication.clipboard().text()
        if self._dossier is None:
            return
        if not texte.strip():
            colonnes = ", ".join(c.titre for c in self.description.colonnes)
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
        colonnes = self.description.colonnes
        collage = lire_bloc(
            self,
            self._refuser,
            texte,
            colonnes,
            self._dossier,
            lignes,
            premiere,
            True,
            repeter,
            toutes=toutes,
        )
        if collage is not None and collage.valeurs and self._ecrire_collage(collage):
            self._dire(f"{pluriel(collage.valeurs, 'valeur collée', 'valeurs collées')}.")

    def _ecrire_collage(self, collage: CollageLignes[T]) -> bool:
        dossier = self._dossier
        assert dossier is not None
        fait = self._contexte.accomplir(
            lignes_gestes.coller,
            dossier,
            collage.modifs,
            collage.neufs,
            self.description.creer,
            f"Coller {pluriel(collage.valeurs, 'valeur')}",
        )
        return fait is not None

    def _ecrire(self, objet: Ligne, champs: dict[str, object]) -> bool:
        nom = self.description.nommer(objet)  # type: ignore[arg-type]
        return self._contexte.modifier(objet, f"Modifier «{NBSP}{nom}{NBSP}»", **champs)

    def _retirer(self) -> None:
        choisis: list[T] = self.tableau.choisis()
        if not choisis:
            self._refuser("Choisissez dans le tableau les lignes à retirer.")
            return
        d = self.description
        seul = len(choisis) == 1
        quoi = f"«{NBSP}{d.nommer(choisis[0])}{NBSP}»" if seul else f"{len(choisis)}{NBSP}{d.des}"
        suites = [s for s in map(d.ce_qui_part, choisis) if s]
        texte = f"{quoi} {'quitte' if seul else 'quittent'} le dossier."
        texte = " ".join((texte, *suites, "Vous pourrez annuler ce retrait (Ctrl+Z)."))
        lignes = () if seul else tuple(map(d.nommer, choisis))
        if demander(
            self, "Retirer du dossier ?", texte, "Retirer", "Garder", danger=True, lignes=lignes
        ) and self._retires(*choisis, libelle=f"Retirer {quoi}"):
            self._dire(f"{quoi}{NBSP}: retrait fait.")

    def _retires(self, *choisis: T, libelle: str) -> bool:
        # The person knows that what the card shows goes.
        self.montre.lacher()
        return self._contexte.retirer(*choisis, libelle=libelle)
