"""The DPO of each OG, the help of an AMOA, and the place of mutualisation."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import gouvernance as gestes
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature.champs import aide_de, libelle_de
from esms_desktop.nomenclature.vocabulaire import RoleDonnees
from ui.models import declarations
from ui.pages.commun.liste_fermee import TableauFerme
from ui.pages.gouvernance.modele import COLONNES_DPO, SOURCE
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix, ChampTexte
from ui.widgets.champs.tri_etat import ChoixTriEtat

if TYPE_CHECKING:
    from ui.contexte import Contexte

_LONGUEUR_NOM = 200


class PanneauAppuis(QWidget):
    """DPO at the left, AMOA and mutualisation at the right."""

    def __init__(
        self, contexte: "Contexte", dire: Callable[[str], object], refuser: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._contexte, self._dire, self._refuser = contexte, dire, refuser
        self._dossier: Dossier | None = None
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(14)
        for carte, part in ((self._dpo(), 55), (self._amoa(), 45)):
            carte.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            rangee.addWidget(carte, part)

    def _dpo(self) -> Carte:
        carte = Carte("Protection des données")
        self.tous = carte.ajouter_action(
            bouton("Le même pour &tous", self._pour_tous, aide="Donner le DPO choisi à tous les organismes")
        )
        carte.ajouter_texte(
            "Chaque organisme, responsable de ses traitements, désigne un délégué à la protection des données (DPO) ; "
            "il peut être commun à plusieurs.",
            "muet",
        )
        self.tableau: TableauFerme[Og] = TableauFerme(
            "Délégués à la protection des données",
            COLONNES_DPO,
            (1.4, 1.6, 1.6),
            {0: 12, 1: 16, 2: 16},
            self._contexte,
            self._contexte.modifier_tous,
            lambda modifs: f"Désigner le DPO de {pluriel(len(modifs), 'organisme')}",
            self._dire,
            self._refuser,
        )
        carte.ajouter(self.tableau, 1)
        self.role = ChampChoix(
            libelle_de("dossier.role_donnees"),
            ((None, "Non répondu"), *((r, r.libelle) for r in RoleDonnees)),
            lambda v: self._ecrire(
                "Dire le rôle du porteur au regard des données", self._dossier, role_donnees=v
            ),
            aide_de("dossier.role_donnees"),
        )
        carte.ajouter(self.role)
        carte.ajouter_texte("F2 modifie une cellule ; Ctrl+C et Ctrl+V échangent avec un tableur.", "petit")
        return carte

    def _amoa(self) -> Carte:
        carte = Carte("Assistance et mutualisation")
        self.amoa = ChoixTriEtat(
            libelle_de("dossier.amoa"),
            aide_de("dossier.amoa"),
        )
        self.amoa.change.connect(self._repondre)
        self.amoa_nom = ChampTexte(libelle_de("dossier.amoa_nom"), self._ecrire_nom)
        self.mutualisation = ChampTexte(
            libelle_de("dossier.mutualisation"),
            lambda v: self._ecrire(
                "Modifier « Place de la mutualisation »", self.mutualisation.ligne, mutualisation=v
            ),
            aide_de("dossier.mutualisation"),
            multiligne=True,
        )
        for widget in (self.amoa, self.amoa_nom):
            carte.ajouter(widget)
        carte.ajouter(self.mutualisation, 1)
        carte.ajouter_texte(f"Source{NBSP}: {SOURCE}.", "petit")
        return carte

    def charger(self, dossier: Dossier) -> None:
        """Shows the answers of the dossier."""
        self._dossier = dossier
        self.tableau.montrer(dossier.ogs, dossier)
        if dossier.ogs and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(0)
        self.tous.setEnabled(len(dossier.ogs) > 1)
        self.role.setVisible(len(dossier.ogs) > 1)
        self.role.fixer(dossier.role_donnees)
        self.amoa.fixer(dossier.amoa)
        self.amoa.dire_origine(declarations.du_dossier(self._contexte, dossier, "amoa"))
        self.amoa_nom.setVisible(dossier.amoa is True or bool(dossier.amoa_nom))
        self.amoa_nom.fixer(dossier.amoa_nom, dossier)
        self.mutualisation.fixer(dossier.mutualisation, dossier)

    def viser(self, champ: str, og_id: int | None = None) -> None:
        """Puts the focus on the field of a finding."""
        if champ == "role_donnees":
            self.role.viser()
        elif champ == "mutualisation":
            self.mutualisation.viser()
        elif champ == "amoa_nom" and self.amoa_nom.isVisibleTo(self):
            self.amoa_nom.viser()
        elif champ.startswith("amoa"):
            self.amoa.viser()
        else:
            self.tableau.choisir(max(self.tableau.lignes.ligne_de(og_id), 0))
            self.tableau.setFocus()

    def _pour_tous(self) -> None:
        choisis: list[Og] = self.tableau.choisis()
        if self._dossier is None or len(choisis) != 1 or not choisis[0].dpo_nom:
            self._refuser("Choisissez la ligne d’un organisme dont le DPO est désigné.")
            return
        combien = self._contexte.accomplir(gestes.meme_dpo, choisis[0])
        if combien:
            self._dire(f"{choisis[0].dpo_nom}{NBSP}: DPO de {pluriel(combien, 'organisme')} de plus.")

    def _repondre(self, valeur: bool | None) -> None:
        if not self._ecrire("Répondre sur l’AMOA", self._dossier, amoa=valeur) and self._dossier is not None:
            self.amoa.fixer(self._dossier.amoa)

    def _ecrire_nom(self, nom: str) -> bool:
        if len(nom) > _LONGUEUR_NOM:
            raise ErreurSaisie(f"Ce nom dépasse {_LONGUEUR_NOM} caractères.")
        return self._ecrire("Nommer l’AMOA", self.amoa_nom.ligne, amoa_nom=nom)

    def _ecrire(self, libelle: str, vu: Dossier | None, **champs: object) -> bool:
        return vu is None or self._contexte.modifier(vu, libelle, **champs)
