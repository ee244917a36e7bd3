"""The risks of the project, of the grappe and of each structure, and the actions that answer them (referentiel 04 § 2)."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base
from esms_desktop.nomenclature.vocabulaire import CategorieRisque, EtatAction, NatureAction

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier
    from esms_desktop.model.grappe import Essms


class Risque(Base):
    """A risk of the grappe, or of one structure when `essms_id` is set.

    Attributes:
        categorie: value of `CategorieRisque`.
        probabilite, gravite: 1 to 4, None when not assessed yet.
        probabilite_residuelle, gravite_residuelle: the same once the actions are done; None when not assessed.
        origine: key of the library (resources/listes/risques.toml), empty for a risk of the person's own.
    """

    __tablename__ = "risque"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    essms_id: Mapped[int | None] = mapped_column(ForeignKey("essms.id", ondelete="CASCADE"), index=True)
    rang: Mapped[int] = mapped_column(default=0)
    intitule: Mapped[str] = mapped_column(String(300))
    categorie: Mapped[str] = mapped_column(String(20), default=CategorieRisque.ORGANISATIONNEL.value)
    cause: Mapped[str] = mapped_column(default="")
    consequence: Mapped[str] = mapped_column(default="")
    probabilite: Mapped[int | None]
    gravite: Mapped[int | None]
    probabilite_residuelle: Mapped[int | None]
    gravite_residuelle: Mapped[int | None]
    origine: Mapped[str] = mapped_column(String(60), default="")
    notes: Mapped[str] = mapped_column(default="")

    dossier: Mapped["Dossier"] = relationship(back_populates="risques")
    essms: Mapped["Essms | None"] = relationship()
    actions: Mapped[list["ActionRisque"]] = relationship(
        back_populates="risque",
        cascade="all, delete-orphan",
        order_by="(ActionRisque.rang, ActionRisque.id)",
        # Always read with the risks: one query for all of them, not one for each.
        lazy="selectin",
    )


class ActionRisque(Base):
    """What is done about a risk. `nature`, `etat`: values of the lists above; `cout_cents`: cost in cents.

    Its dossier is that of its risk: give both when making one.
    """

    __tablename__ = "action_risque"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    risque_id: Mapped[int] = mapped_column(ForeignKey("risque.id", ondelete="CASCADE"), index=True)
    rang: Mapped[int] = mapped_column(default=0)
    intitule: Mapped[str] = mapped_column(String(300))
    nature: Mapped[str] = mapped_column(String(20), default=NatureAction.PREVENTIVE.value)
    responsable: Mapped[str] = mapped_column(String(200), default="")
    echeance: Mapped[date | None]
    etat: Mapped[str] = mapped_column(String(20), default=EtatAction.A_FAIRE.value)
    cout_cents: Mapped[int | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="actions_risques")
    risque: Mapped["Risque"] = relationship(back_populates="actions")


class EvaluationStructure(Base):
    """What was said of a structure as a whole. `sans_risque`: no risk of its own; None: not answered. One row a structure."""

    __tablename__ = "evaluation_structure"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    essms_id: Mapped[int] = mapped_column(ForeignKey("essms.id", ondelete="CASCADE"), index=True)
    sans_risque: Mapped[bool | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="evaluations_structures")
    essms: Mapped["Essms"] = relationship()


class NiveauEchelle(Base):
    """The words of one level of a scale, when the person rewrote them. `axe`: "probabilite" or "gravite"; `niveau`: 1 to 4."""

    __tablename__ = "niveau_echelle"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    axe: Mapped[str] = mapped_column(String(20))
    niveau: Mapped[int]
    libelle: Mapped[str] = mapped_column(String(60), default="")
    definition: Mapped[str] = mapped_column(default="")

    dossier: Mapped["Dossier"] = relationship(back_populates="niveaux_echelle")
