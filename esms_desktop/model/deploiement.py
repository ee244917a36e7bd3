"""How the solution reaches the structures: waves, training sessions, communication actions."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier
    from esms_desktop.model.grappe import Essms


class Vague(Base):
    """A wave of deployment; `pilote` marks the sites that go first. Its ESSMS point to it."""

    __tablename__ = "vague"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    rang: Mapped[int] = mapped_column(default=0)
    nom: Mapped[str] = mapped_column(String(200))
    pilote: Mapped[bool] = mapped_column(default=False)
    debut: Mapped[date | None]
    fin: Mapped[date | None]
    prerequis: Mapped[str] = mapped_column(default="")
    assistance: Mapped[str] = mapped_column(default="")

    dossier: Mapped["Dossier"] = relationship(back_populates="vagues")
    essms: Mapped[list["Essms"]] = relationship(back_populates="vague", passive_deletes=True)


class SessionFormation(Base):
    """A training session. `duree_heures`: hours for one session; `effectif`: people trained over all sessions."""

    __tablename__ = "session_formation"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    vague_id: Mapped[int | None] = mapped_column(ForeignKey("vague.id", ondelete="SET NULL"))
    intitule: Mapped[str] = mapped_column(String(200))
    public: Mapped[str] = mapped_column(String(200), default="")
    effectif: Mapped[int | None]
    sessions: Mapped[int | None]
    duree_heures: Mapped[int | None]
    formateur: Mapped[str] = mapped_column(String(200), default="")
    date: Mapped[date | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="formations")


class ActionCommunication(Base):
    """An action of communication or awareness towards a public."""

    __tablename__ = "action_communication"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    objet: Mapped[str] = mapped_column(String(300))
    cible: Mapped[str] = mapped_column(String(200), default="")
    support: Mapped[str] = mapped_column(String(200), default="")
    responsable: Mapped[str] = mapped_column(String(200), default="")
    date: Mapped[date | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="communications")
