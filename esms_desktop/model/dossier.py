"""The dossier: one application to one campaign, and all that hangs on it."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base
from esms_desktop.nomenclature.vocabulaire import (
    MODELE_WORD,
    EtatDossier,
    ExceptionSad,
    RoleDonnees,
    TypeProjet,
)

if TYPE_CHECKING:
    from esms_desktop.model.contacts import Contact
    from esms_desktop.model.couts import Cout, CoutRh, Materiel, Ressource
    from esms_desktop.model.deploiement import ActionCommunication, SessionFormation, Vague
    from esms_desktop.model.depots import Complement, DepotFait
    from esms_desktop.model.gouvernance import Instance
    from esms_desktop.model.grappe import Essms, Og
    from esms_desktop.model.pieces import Fichier
    from esms_desktop.model.planning import Fermeture, LienTache, ReglagePlanning, Tache
    from esms_desktop.model.preparation import PointPreparation
    from esms_desktop.model.risques import ActionRisque, EvaluationStructure, NiveauEchelle, Risque
    from esms_desktop.model.signatures import Signature
    from esms_desktop.model.solutions import Solution
    from esms_desktop.model.textes import TexteDocument


class Dossier(Base):
    """One application. `None` in a `bool | None` column means: not answered yet, which is never a yes."""

    __tablename__ = "dossier"

    id: Mapped[int] = mapped_column(primary_key=True)
    nom: Mapped[str] = mapped_column(String(200), unique=True)
    campagne_id: Mapped[str] = mapped_column(String(80))
    type_projet: Mapped[TypeProjet]
    etat: Mapped[EtatDossier] = mapped_column(default=EtatDossier.PREPARATION)

    # What the person declares of the project.
    portee_nationale: Mapped[bool | None]
    sad: Mapped[bool | None]
    sad_exception: Mapped[ExceptionSad | None]
    pilotage_demande: Mapped[bool | None]
    equipement_demande: Mapped[bool | None]
    mise_en_ordre_marche: Mapped[bool | None]
    date_mise_en_ordre_marche: Mapped[date | None]

    # Help to the project owner (AMOA), and how the rest to pay is shared: "essms", "places", "etp" or "libre".
    amoa: Mapped[bool | None]
    amoa_nom: Mapped[str] = mapped_column(String(200), default="")
    cle_repartition: Mapped[str] = mapped_column(String(10), default="essms")

    # The calendar of the project.
    date_depot_prevue: Mapped[date | None]
    date_convention: Mapped[date | None]
    date_debut_projet: Mapped[date | None]
    date_debut_parametrage: Mapped[date | None]
    date_fin_deploiement: Mapped[date | None]

    # What the documents tell, in the words of the person.
    contexte: Mapped[str] = mapped_column(default="")
    objectifs: Mapped[str] = mapped_column(default="")
    hebergement: Mapped[str] = mapped_column(default="")
    reprise_donnees: Mapped[str] = mapped_column(default="")
    points_attention: Mapped[str] = mapped_column(default="")
    mutualisation: Mapped[str] = mapped_column(default="")
    strategie_deploiement: Mapped[str] = mapped_column(default="")
    strategie_formation: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    if TYPE_CHECKING:
        # Added since (ajouts.py): the porteur towards the data of the others; what the note carries in annex.
        role_donnees: Mapped[RoleDonnees | None]
        annexer_cibles: Mapped[bool | None]
        annexer_risques: Mapped[bool | None]
        # When the balance is asked; None: some months after the end of the deployment (the campaign says how many).
        date_solde: Mapped[date | None]
        # The deposit checklist (KIT § 5): account made, application filed, account last looked at, complements filed.
        galis_compte_le: Mapped[date | None]
        galis_depot_le: Mapped[date | None]
        galis_consulte_le: Mapped[date | None]
        galis_complements_le: Mapped[date | None]

    ogs: Mapped[list["Og"]] = relationship(
        back_populates="dossier",
        cascade="all, delete-orphan",
        order_by="(Og.est_porteur.desc(), Og.rang, Og.id)",
    )
    solutions: Mapped[list["Solution"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="Solution.id"
    )
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="Contact.id"
    )
    fichiers: Mapped[list["Fichier"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="(Fichier.numero, Fichier.id)"
    )

    instances: Mapped[list["Instance"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="(Instance.rang, Instance.id)"
    )
    points_preparation: Mapped[list["PointPreparation"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="PointPreparation.id"
    )
    vagues: Mapped[list["Vague"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="(Vague.rang, Vague.id)"
    )
    formations: Mapped[list["SessionFormation"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="SessionFormation.id"
    )
    communications: Mapped[list["ActionCommunication"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="ActionCommunication.id"
    )
    couts: Mapped[list["Cout"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="Cout.id"
    )
    couts_rh: Mapped[list["CoutRh"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="CoutRh.id"
    )
    ressources: Mapped[list["Ressource"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="Ressource.id"
    )
    materiels: Mapped[list["Materiel"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="Materiel.id"
    )
    textes: Mapped[list["TexteDocument"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="TexteDocument.id"
    )
    signatures: Mapped[list["Signature"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="Signature.id"
    )
    depots: Mapped[list["DepotFait"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="DepotFait.id"
    )
    complements: Mapped[list["Complement"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="Complement.id"
    )
    taches: Mapped[list["Tache"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="(Tache.rang, Tache.id)"
    )
    liens_taches: Mapped[list["LienTache"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="LienTache.id"
    )
    fermetures: Mapped[list["Fermeture"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="(Fermeture.debut, Fermeture.id)"
    )
    reglages_planning: Mapped[list["ReglagePlanning"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="ReglagePlanning.id"
    )
    risques: Mapped[list["Risque"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="(Risque.rang, Risque.id)"
    )
    actions_risques: Mapped[list["ActionRisque"]] = relationship(
        back_populates="dossier",
        cascade="all, delete-orphan",
        order_by="(ActionRisque.rang, ActionRisque.id)",
    )
    evaluations_structures: Mapped[list["EvaluationStructure"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="EvaluationStructure.id"
    )
    niveaux_echelle: Mapped[list["NiveauEchelle"]] = relationship(
        back_populates="dossier", cascade="all, delete-orphan", order_by="NiveauEchelle.id"
    )

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
