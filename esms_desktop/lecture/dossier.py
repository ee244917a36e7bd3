"""The dossier: one application to one campaign, and all that hangs on it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from esms_desktop.lecture.ligne import Ligne, Valeurs, enfants
from esms_desktop.nomenclature.vocabulaire import (
    MODELE_WORD,
    EtatDossier,
    ExceptionSad,
    RoleDonnees,
    TypeProjet,
)

if TYPE_CHECKING:
    from esms_desktop.lecture.contacts import Contact
    from esms_desktop.lecture.couts import Cout, CoutRh, Materiel, Ressource
    from esms_desktop.lecture.deploiement import ActionCommunication, SessionFormation, Vague
    from esms_desktop.lecture.depots import Complement, DepotFait
    from esms_desktop.lecture.gouvernance import Instance
    from esms_desktop.lecture.grappe import Essms, Og
    from esms_desktop.lecture.pieces import Fichier
    from esms_desktop.lecture.planning import Fermeture, LienTache, ReglagePlanning, Tache
    from esms_desktop.lecture.preparation import PointPreparation
    from esms_desktop.lecture.risques import ActionRisque, EvaluationStructure, NiveauEchelle, Risque
    from esms_desktop.lecture.signatures import Signature
    from esms_desktop.lecture.solutions import Solution
    from esms_desktop.lecture.textes import TexteDocument

L = TypeVar("L", bound=Ligne)


class Dossier(Ligne):
    """One application. `None` in a `bool | None` column means: not answered yet, which is never a yes."""

    __slots__ = ()
    table = "dossier"

    id: int
    nom: str
    campagne_id: str
    type_projet: TypeProjet
    etat: EtatDossier
    # What the person declares of the project.
    portee_nationale: bool | None
    sad: bool | None
    sad_exception: ExceptionSad | None
    pilotage_demande: bool | None
    equipement_demande: bool | None
    mise_en_ordre_marche: bool | None
    date_mise_en_ordre_marche: date | None
    # Help to the project owner (AMOA), and how the rest to pay is shared: "essms", "places", "etp" or "libre".
    amoa: bool | None
    amoa_nom: str
    cle_repartition: str
    # The calendar of the project.
    date_depot_prevue: date | None
    date_convention: date | None
    date_debut_projet: date | None
    date_debut_parametrage: date | None
    date_fin_deploiement: date | None
    date_solde: date | None
    # What the documents tell, in the words of the person.
    contexte: str
    objectifs: str
    hebergement: str
    reprise_donnees: str
    points_attention: str
    mutualisation: str
    strategie_deploiement: str
    strategie_formation: str
    notes: str
    # The porteur towards the data of the others; what the note carries in annex.
    role_donnees: RoleDonnees | None
    annexer_cibles: bool | None
    annexer_risques: bool | None
    # The deposit checklist (KIT § 5): account made, application filed, account last looked at, complements filed.
    galis_compte_le: date | None
    galis_depot_le: date | None
    galis_consulte_le: date | None
    galis_complements_le: date | None

    ogs: "list[Og]" = enfants("og", "dossier_id")
    solutions: "list[Solution]" = enfants("solution", "dossier_id")
    contacts: "list[Contact]" = enfants("contact", "dossier_id")
    fichiers: "list[Fichier]" = enfants("fichier", "dossier_id")
    instances: "list[Instance]" = enfants("instance", "dossier_id")
    points_preparation: "list[PointPreparation]" = enfants("point_preparation", "dossier_id")
    vagues: "list[Vague]" = enfants("vague", "dossier_id")
    formations: "list[SessionFormation]" = enfants("session_formation", "dossier_id")
    communications: "list[ActionCommunication]" = enfants("action_communication", "dossier_id")
    couts: "list[Cout]" = enfants("cout", "dossier_id")
    couts_rh: "list[CoutRh]" = enfants("cout_rh", "dossier_id")
    ressources: "list[Ressource]" = enfants("ressource", "dossier_id")
    materiels: "list[Materiel]" = enfants("materiel", "dossier_id")
    textes: "list[TexteDocument]" = enfants("texte_document", "dossier_id")
    signatures: "list[Signature]" = enfants("signature", "dossier_id")
    depots: "list[DepotFait]" = enfants("depot_fait", "dossier_id")
    complements: "list[Complement]" = enfants("complement", "dossier_id")
    taches: "list[Tache]" = enfants("tache", "dossier_id")
    liens_taches: "list[LienTache]" = enfants("lien_tache", "dossier_id")
    fermetures: "list[Fermeture]" = enfants("fermeture", "dossier_id")
    reglages_planning: "list[ReglagePlanning]" = enfants("reglage_planning", "dossier_id")
    risques: "list[Risque]" = enfants("risque", "dossier_id")
    actions_risques: "list[ActionRisque]" = enfants("action_risque", "dossier_id")
    evaluations_structures: "list[EvaluationStructure]" = enfants("evaluation_structure", "dossier_id")
    niveaux_echelle: "list[NiveauEchelle]" = enfants("niveau_echelle", "dossier_id")

    def trouver(self, classe: type[L], cle: int | None) -> L | None:
        """The row of that class and id, None when this version has none."""
        trouvee: L | None = self.version.ligne(classe.table, cle)
        return trouvee

    def avec(self, remplacees: Mapping[str, Mapping[int, Valeurs | None]]) -> "Dossier":
        """The dossier as it would be with these rows instead (see `Version.avec`): a draft that no base holds."""
        trouve: Dossier | None = self.version.avec(remplacees).ligne(self.table, self.id)
        if trouve is None:
            raise ValueError("a dossier without its own row")
        return trouve

    @property
    def porteur(self) -> "Og | None":
        """The OG that files the application, None while nobody is named."""
        return next((og for og in self.ogs if og.est_porteur), None)

    @property
    def essms(self) -> list["Essms"]:
        """All ESSMS of the project, OG by OG, in the order of the grappe."""
        return [e for og in self.ogs for e in og.essms]

    @property
    def solution(self) -> "Solution | None":
        """The solution the project retains, None while none is chosen."""
        return next((s for s in self.solutions if s.retenue), None)

    @property
    def reglage_planning(self) -> "ReglagePlanning | None":
        """What holds for all the tasks, None while nothing was set."""
        return self.reglages_planning[0] if self.reglages_planning else None

    @property
    def joints(self) -> list["Fichier"]:
        """The files attached to the pieces: not the Word templates kept with the dossier."""
        return [f for f in self.fichiers if f.numero != MODELE_WORD]

    def fichiers_de(self, numero: int) -> list["Fichier"]:
        """Files attached to piece `numero` (1 to 14), in the order they were attached."""
        return [f for f in self.fichiers if f.numero == numero]
