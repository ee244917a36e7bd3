"""The people of the project."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base
from esms_desktop.nomenclature.vocabulaire import RoleContact

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier


class Contact(Base):
    """A person of the project and how to reach them."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    og_id: Mapped[int | None] = mapped_column(ForeignKey("og.id", ondelete="SET NULL"))
    # The structure a référent stands for; None for the whole project or OG.
    essms_id: Mapped[int | None] = mapped_column(ForeignKey("essms.id", ondelete="SET NULL"))
    role: Mapped[RoleContact] = mapped_column(default=RoleContact.AUTRE)
    nom: Mapped[str] = mapped_column(String(200))
    fonction: Mapped[str] = mapped_column(String(200), default="")
    telephone: Mapped[str] = mapped_column(String(40), default="")
    courriel: Mapped[str] = mapped_column(String(200), default="")

    # Share of working time given to the project, 0 to 100.
    part_temps_pour_cent: Mapped[int | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="contacts")
