"""Who steers the project: the instances. The team and the référents are contacts (contacts.py)."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier


class Instance(Base):
    """A committee of the project: comité de pilotage, comité opérationnel… (referentiel 03 § 1)."""

    __tablename__ = "instance"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    rang: Mapped[int] = mapped_column(default=0)
    nom: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(default="")
    composition: Mapped[str] = mapped_column(default="")
    frequence: Mapped[str] = mapped_column(String(200), default="")

    dossier: Mapped["Dossier"] = relationship(back_populates="instances")
