"""The software solutions a project compares, and the one it retains."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base
from esms_desktop.nomenclature.vocabulaire import StatutSolution

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier
    from esms_desktop.model.grappe import Essms


class Solution(Base):
    """A DUI solution. `prix_cents`: real price of the éditeur's service for the whole project, in cents, all taxes."""

    __tablename__ = "solution"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    retenue: Mapped[bool] = mapped_column(default=False)
    nom: Mapped[str] = mapped_column(String(200))
    editeur: Mapped[str] = mapped_column(String(200), default="")
    statut: Mapped[StatutSolution | None]
    date_referencement: Mapped[date | None]
    date_referencement_prevue: Mapped[date | None]
    dans_sad: Mapped[bool | None]
    prix_cents: Mapped[int | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="solutions")
    essms: Mapped[list["Essms"]] = relationship(back_populates="solution", passive_deletes=True)
