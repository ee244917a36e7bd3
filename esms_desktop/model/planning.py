"""The plans of the project: tasks and milestones, what links them, the days when nobody works."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base
from esms_desktop.nomenclature.vocabulaire import Plan

if TYPE_CHECKING:
    from esms_desktop.model.deploiement import Vague
    from esms_desktop.model.dossier import Dossier
    from esms_desktop.model.grappe import Essms
    from esms_desktop.model.risques import ActionRisque


class Tache(Base):
    """A task or a milestone. What is kept is what the person wants; where it falls is computed (regles/planning.py).

    Attributes:
        plan: value of `Plan`.
        duree: worked days; not read for a milestone.
        pas_avant: day before which it may not start (where the person dragged it).
        fixe: day it starts whatever its links say; wins over `pas_avant`.
        echeance: day it must be finished; does not move it, only raises a finding.
        avancement: 0 to 100.
        essms_id, vague_id: what it is about; neither when it is about the whole grappe.
        action_id: the action on a risk it carries out.
        origine: key of the model plan (resources/plans), empty for a task of the person's own.
        reference_debut, reference_fin: where it fell when the reference was taken, at the deposit.
    """

    __tablename__ = "tache"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    rang: Mapped[int] = mapped_column(default=0)
    plan: Mapped[str] = mapped_column(String(20), default=Plan.PROJET.value)
    phase: Mapped[str] = mapped_column(String(200), default="")
    nom: Mapped[str] = mapped_column(String(200))
    jalon: Mapped[bool] = mapped_column(default=False)
    duree: Mapped[int] = mapped_column(default=1)
    pas_avant: Mapped[date | None]
    fixe: Mapped[date | None]
    echeance: Mapped[date | None]
    responsable: Mapped[str] = mapped_column(String(200), default="")
    avancement: Mapped[int] = mapped_column(default=0)
    essms_id: Mapped[int | None] = mapped_column(ForeignKey("essms.id", ondelete="SET NULL"))
    vague_id: Mapped[int | None] = mapped_column(ForeignKey("vague.id", ondelete="SET NULL"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action_risque.id", ondelete="SET NULL"))
    origine: Mapped[str] = mapped_column(String(60), default="")
    reference_debut: Mapped[date | None]
    reference_fin: Mapped[date | None]
    notes: Mapped[str] = mapped_column(default="")

    dossier: Mapped["Dossier"] = relationship(back_populates="taches")
    essms: Mapped["Essms | None"] = relationship()
    vague: Mapped["Vague | None"] = relationship()
    action: Mapped["ActionRisque | None"] = relationship()
    entrants: Mapped[list["LienTache"]] = relationship(
        foreign_keys="LienTache.apres_id",
        back_populates="apres",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    sortants: Mapped[list["LienTache"]] = relationship(
        foreign_keys="LienTache.avant_id",
        back_populates="avant",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class LienTache(Base):
    """`apres` waits for `avant`. `type`: value of `regles.ordonnancement.TypeLien`; `decalage`: worked days, may be negative."""

    __tablename__ = "lien_tache"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    avant_id: Mapped[int] = mapped_column(ForeignKey("tache.id", ondelete="CASCADE"), index=True)
    apres_id: Mapped[int] = mapped_column(ForeignKey("tache.id", ondelete="CASCADE"), index=True)
    type: Mapped[str] = mapped_column(String(20), default="fin-debut")
    decalage: Mapped[int] = mapped_column(default=0)

    dossier: Mapped["Dossier"] = relationship(back_populates="liens_taches")
    avant: Mapped["Tache"] = relationship(foreign_keys=[avant_id], back_populates="sortants")
    apres: Mapped["Tache"] = relationship(foreign_keys=[apres_id], back_populates="entrants")


class Fermeture(Base):
    """Days when the grappe does not work on the project, both included."""

    __tablename__ = "fermeture"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    motif: Mapped[str] = mapped_column(String(200), default="")
    debut: Mapped[date]
    fin: Mapped[date]

    dossier: Mapped["Dossier"] = relationship(back_populates="fermetures")


class ReglagePlanning(Base):
    """What holds for all the tasks of a dossier; at most one row a dossier.

    Attributes:
        territoire: whose public holidays count (a key of `regles.jours_ouvres.TERRITOIRES`); None: that of the porteur.
        reference_le: the day the reference dates of the tasks were taken; None while there is no reference.
    """

    __tablename__ = "reglage_planning"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    territoire: Mapped[str | None] = mapped_column(String(10))
    reference_le: Mapped[date | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="reglages_planning")
