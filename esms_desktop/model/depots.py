"""What was filed, kept as it left, and the complements the ARS asked for."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier


class DepotFait(Base):
    """A filing: the exact archive (under `sha256` in Contenu) and its manifest. `complement_id`: what it answers."""

    __tablename__ = "depot_fait"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    complement_id: Mapped[int | None] = mapped_column(ForeignKey("complement.id", ondelete="SET NULL"))
    produit_le: Mapped[datetime]
    depose_le: Mapped[date | None]
    complet: Mapped[bool]
    sha256: Mapped[str] = mapped_column(ForeignKey("contenu.sha256"))
    taille: Mapped[int]
    pages: Mapped[int]
    manifeste: Mapped[str]
    accuse: Mapped[str] = mapped_column(String(120), default="")

    dossier: Mapped["Dossier"] = relationship(back_populates="depots")


class Complement(Base):
    """A piece the ARS asked to complete after the filing."""

    __tablename__ = "complement"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    numero: Mapped[int | None]
    demande: Mapped[str] = mapped_column(default="")
    demande_le: Mapped[date | None]
    echeance: Mapped[date | None]
    repondu_le: Mapped[date | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="complements")
