"""The grappe: the OG that join the project and their ESSMS."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base
from esms_desktop.nomenclature.vocabulaire import Champ

if TYPE_CHECKING:
    from esms_desktop.model.deploiement import Vague
    from esms_desktop.model.dossier import Dossier
    from esms_desktop.model.preparation import Autodiagnostic, Brique
    from esms_desktop.model.solutions import Solution


class Og(Base):
    """An organisme gestionnaire, member or porteur of the grappe. Numbers are kept as typed, even wrong: a finding says so."""

    __tablename__ = "og"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    rang: Mapped[int] = mapped_column(default=0)
    est_porteur: Mapped[bool] = mapped_column(default=False)
    nom: Mapped[str] = mapped_column(String(300))
    sigle: Mapped[str] = mapped_column(String(80), default="")
    forme_juridique: Mapped[str] = mapped_column(String(200), default="")
    association: Mapped[bool | None]
    siren: Mapped[str] = mapped_column(String(20), default="")
    siret: Mapped[str] = mapped_column(String(20), default="")
    finess_ej: Mapped[str] = mapped_column(String(20), default="")
    adresse: Mapped[str] = mapped_column(String(300), default="")
    code_postal: Mapped[str] = mapped_column(String(10), default="")
    commune: Mapped[str] = mapped_column(String(120), default="")
    telephone: Mapped[str] = mapped_column(String(40), default="")
    courriel: Mapped[str] = mapped_column(String(200), default="")
    representant_nom: Mapped[str] = mapped_column(String(200), default="")
    representant_qualite: Mapped[str] = mapped_column(String(200), default="")
    dpo_nom: Mapped[str] = mapped_column(String(200), default="")
    dpo_courriel: Mapped[str] = mapped_column(String(200), default="")
    # All the ESSMS the OG runs, in the project or not: it decides whether the OG is small (referentiel 01 § 1).
    nb_essms_total: Mapped[int | None]
    # For the key of distribution of the rest to pay (referentiel 02 § 3): hundredths of ETP, ten-thousandths.
    etp_centiemes: Mapped[int | None]
    part_libre_pour_dix_mille: Mapped[int | None]
    commande_publique: Mapped[bool | None]
    marche_en_cours: Mapped[bool | None]
    if TYPE_CHECKING:
        # Added since (ajouts.py): « Mme » or « M. »; the body that empowers who signs, and the day it did.
        representant_civilite: Mapped[str]
        habilitation_organe: Mapped[str]
        habilitation_date: Mapped[date | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="ogs")
    essms: Mapped[list["Essms"]] = relationship(
        back_populates="og", cascade="all, delete-orphan", order_by="(Essms.rang, Essms.id)"
    )

    briques: Mapped[list["Brique"]] = relationship(
        back_populates="og", cascade="all, delete-orphan", order_by="Brique.id"
    )
    autodiagnostics: Mapped[list["Autodiagnostic"]] = relationship(
        back_populates="og", cascade="all, delete-orphan", order_by="Autodiagnostic.id"
    )

    @property
    def nom_court(self) -> str:
        """The acronym when there is one, else the name."""
        return self.sigle or self.nom

    @property
    def siege(self) -> str:
        """The address of the seat on one line; empty when neither the street nor the town is known."""
        if not (self.adresse or self.commune):
            return ""
        ville = f"{self.code_postal or ''} {self.commune or ''}".strip()
        return ", ".join(p for p in (self.adresse, ville) if p)


class Essms(Base):
    """An établissement ou service of the project. Declared facts are yes, no or not answered (`None`)."""

    __tablename__ = "essms"

    id: Mapped[int] = mapped_column(primary_key=True)
    og_id: Mapped[int] = mapped_column(ForeignKey("og.id", ondelete="CASCADE"), index=True)
    solution_id: Mapped[int | None] = mapped_column(ForeignKey("solution.id", ondelete="SET NULL"))
    vague_id: Mapped[int | None] = mapped_column(ForeignKey("vague.id", ondelete="SET NULL"))
    rang: Mapped[int] = mapped_column(default=0)
    finess: Mapped[str] = mapped_column(String(20), default="")
    siret: Mapped[str] = mapped_column(String(20), default="")
    nom: Mapped[str] = mapped_column(String(300))
    # Category: code of the FINESS nomenclature (resources/finess/categories.csv), and its label as the directory says it.
    categorie: Mapped[str] = mapped_column(String(10), default="")
    categorie_libelle: Mapped[str] = mapped_column(String(300), default="")
    champ: Mapped[Champ | None]
    adresse: Mapped[str] = mapped_column(String(300), default="")
    code_postal: Mapped[str] = mapped_column(String(10), default="")
    commune: Mapped[str] = mapped_column(String(120), default="")
    # Department: FINESS code (01…95, 2A, 2B, 9A…9J), see nomenclature/territoires.py.
    departement: Mapped[str] = mapped_column(String(4), default="")
    capacite: Mapped[int | None]
    file_active: Mapped[int | None]
    dui_actuel: Mapped[str] = mapped_column(String(200), default="")

    # Declared facts (referentiel 01 §§ 3 and 5, points 6 to 8).
    financement_europeen: Mapped[bool | None]
    esms_numerique_anterieur: Mapped[bool | None]
    sons_autre_solution: Mapped[bool | None]
    rattache_entite_nationale: Mapped[bool | None]
    accord_entite_nationale: Mapped[bool | None]
    part_confort: Mapped[bool | None]
    if TYPE_CHECKING:
        # Added since (ajouts.py): what its category alone does not tell, as the ARS confirmed it.
        nature_confirmee: Mapped[bool | None]
        # Several structures under one FINESS number: the ARS may ask (referentiel 01 § 3).
        plusieurs_structures: Mapped[bool | None]
        # Hours a year of a home service: those of the essential acts, and all of them; the aid goes by their share.
        heures_eligibles: Mapped[int | None]
        heures_totales: Mapped[int | None]
        # Name of the national entity, whose written agreement is one piece whatever the number of its ESSMS.
        entite_nationale: Mapped[str]
        # The files of piece 10 that hold its two self-assessments; one file may hold those of many.
        diagnostic_si_id: Mapped[int | None]
        diagnostic_cyber_id: Mapped[int | None]

    og: Mapped["Og"] = relationship(back_populates="essms")
    solution: Mapped["Solution | None"] = relationship(back_populates="essms")
    vague: Mapped["Vague | None"] = relationship(back_populates="essms")
