"""The OG of the grappe: who files, who joins, how many ESSMS, whether the OG is small."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esms_desktop.francais import pluriel
from esms_desktop.gestes import grappe as gestes
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature import numeros
from ui.models import declarations, fiches
from ui.models.table import Colonne, ModeleTable
from ui.pages.commun.fiche import Fiche, PanneauFiche
from ui.pages.commun.formulaire import Ecrire
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.question import demander
from ui.widgets.tableaux.tableau_large import TableauLarge

if TYPE_CHECKING:
    from ui.contexte import Contexte


@dataclass(frozen=True)
class LigneOg:
    """A row: an OG, and whether it is small (None while the total is not known)."""

    og: Og
    petit: bool | None


def _petit(ligne: LigneOg) -> str:
    return {True: "Oui", False: "Non", None: "Non répondu"}[ligne.petit]


def _total(ligne: LigneOg) -> str:
    total = ligne.og.nb_essms_total
    return "nombre total à saisir" if total is None else f"{total} en tout"


def _defaut_ej(ligne: LigneOg) -> str | None:
    return numeros.defaut_finess(ligne.og.finess_ej)


def _defaut_siret(ligne: LigneOg) -> str | None:
    # The SIRET is asked of the porteur only; a wrong one is told for everybody.
    if not ligne.og.siret and not ligne.og.est_porteur:
        return None
    return numeros.defaut_siret(ligne.og.siret)


def _numeros(ligne: LigneOg) -> str:
    if _defaut_ej(ligne):
        return "FINESS à corriger" if ligne.og.finess_ej else "FINESS à saisir"
    if _defaut_siret(ligne):
        return "SIRET à corriger" if ligne.og.siret else "SIRET à saisir"
    return ligne.og.finess_ej


COLONNES = (
    Colonne[LigneOg](
        "Organisme",
        lambda x: x.og.nom,
        second=lambda x: x.og.sigle if x.og.sigle != x.og.nom else "",
    ),
    Colonne[LigneOg](
        "Rôle",
        lambda x: "Porteur" if x.og.est_porteur else "Membre",
        badge=lambda x: "info" if x.og.est_porteur else "neutre",
    ),
    Colonne[LigneOg](
        "FINESS EJ et SIRET",
        _numeros,
        badge=lambda x: "warn" if _defaut_ej(x) or _defaut_siret(x) else None,
        second=lambda x: x.og.siret,
        bulle=lambda x: _defaut_ej(x) or _defaut_siret(x) or f"{x.og.finess_ej}\n{x.og.siret}".strip(),
    ),
    Colonne[LigneOg]("ESSMS", lambda x: str(len(x.og.essms)), tri=lambda x: len(x.og.essms), a_droite=True),
    Colonne[LigneOg](
        "Petit OG", _petit, badge=lambda x: "warn" if x.petit is None else None, second=_total, bulle=_total
    ),
)


class PanneauOg(PanneauFiche):
    """The OG and the card of the one chosen."""

    def __init__(self, contexte: "Contexte", ecrire: Ecrire, dire: Callable[[str], object]) -> None:
        self._contexte, self._dire = contexte, dire
        self._dossier: Dossier | None = None
        self._choisi = 0
        self.modele = ModeleTable(COLONNES, lambda x: x.og.id)
        self.tableau = TableauLarge("Organismes gestionnaires de la grappe", (3, 1, 1.2, 0.6, 1), {0: 14})
        self.tableau.setModel(self.modele)
        carte = Carte("Organismes")
        self.retirer = carte.ajouter_action(
            bouton("&Retirer", self._retirer, aide="Retirer l’organisme choisi")
        )
        self.designer = carte.ajouter_action(
            bouton("Dé&signer porteur", self._designer, aide="L’organisme choisi déposera la demande")
        )
        carte.ajouter_action(
            bouton("Ajouter un &OG", self.nouveau, aide="Ajouter un organisme à saisir à la main")
        )
        carte.ajouter(self.tableau, 1)
        fiche = Fiche("Fiche de l’organisme", fiches.OG, ecrire)
        vide = EtatVide(
            "Aucun organisme",
            "Une grappe réunit les organismes gestionnaires qui portent le projet ensemble. Le premier ajouté est le porteur.",
            ("Ajouter un OG", self.nouveau),
        )
        super().__init__(carte, fiche, vide)
        fiche.formulaire.origines = lambda og: declarations.de_la_ligne(contexte, og.dossier_id, og)
        self.tableau.choisie.connect(self._choisir)
        self.tableau.activee.connect(lambda _: self.fiche.viser())

    def charger(self, dossier: Dossier, petits: Mapping[int | None, bool | None]) -> None:
        """Shows the OG of the dossier; `petits`: whether each is small, by key."""
        if self._dossier is None or dossier.id != self._dossier.id:
            self._choisi = 0
            self.montre.lacher()
        self._dossier = dossier
        ogs = dossier.ogs
        self.quitter_si_parti(
            {og.id for og in ogs},
            "La liste des organismes est montrée.",
            self.tableau,
            self._contexte.disparu.emit,
        )
        self.carte.titre.setText(pluriel(len(ogs), "organisme"))
        self.modele.charger([LigneOg(og, petits.get(og.id)) for og in ogs])
        self.montrer_vide(not ogs)
        ligne = self.modele.ligne_de(self._choisi)
        if ogs and self.tableau.ligne_courante() != max(ligne, 0):
            self.tableau.choisir(max(ligne, 0))
        self._montrer()

    def aller(self, og_id: int, champ: str = "") -> None:
        """Selects an OG and puts the cursor in a field."""
        self.tableau.choisir(self.modele.ligne_de(og_id))
        if champ:
            self.fiche.viser(champ)

    def choisi(self) -> Og | None:
        """The OG of the current row."""
        ligne = self.tableau.ligne_courante()
        return self.modele.objet(ligne).og if 0 <= ligne < self.modele.rowCount() else None

    def nouveau(self) -> None:
        """Adds an OG and puts the cursor in its name."""
        if self._dossier is None:
            return
        og_id = self._contexte.accomplir(gestes.ajouter_og, self._dossier, "Nouvel organisme")
        if og_id is not None:
            self.charger(self._contexte.lecture(self._dossier.id).dossier, {})
            self.aller(og_id, "nom")

    def _choisir(self, ligne: int) -> None:
        if 0 <= ligne < self.modele.rowCount():
            self._choisi = self.modele.objet(ligne).og.id
            self._montrer()

    def _montrer(self) -> None:
        og = self.choisi()
        if og is not None:
            role, genre = ("Porteur", "info") if og.est_porteur else ("Membre", "neutre")
            self.fiche.montrer(og, og.nom, role, genre)
            self.montre.voir(og.id, og.nom)
        self.designer.setEnabled(og is not None and not og.est_porteur)

    def _designer(self) -> None:
        og = self.choisi()
        if og is not None and self._contexte.accomplir(gestes.designer_porteur, og):
            self._dire(f"« {og.nom_court} » est maintenant le porteur.")

    def _retirer(self) -> None:
        og = self.choisi()
        if og is None or self._dossier is None:
            return
        nom = og.nom_court
        texte = f"{gestes.ce_qui_part(self._dossier, og)} Vous pourrez annuler ce retrait (Ctrl+Z)."
        if demander(self, "Retirer cet organisme ?", texte, "Retirer", "Garder", danger=True):
            self.montre.lacher()
            if self._contexte.retirer(og, libelle=f"Retirer l’organisme « {nom} »"):
                self._dire(f"« {nom} » est retiré.")
