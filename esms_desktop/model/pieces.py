"""The files attached to the fourteen pieces, and their bytes, kept inside the encrypted base."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier


class Contenu(Base):
    """Bytes under their SHA-256 (64 hex digits). Never rewritten; kept while a file or an undo may name them."""

    __tablename__ = "contenu"
    __table_args__ = ()

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    octets: Mapped[bytes] = mapped_column(LargeBinary)


class Fichier(Base):
    """A file attached to a piece. `og_id` names the OG it stands for when the piece is asked of each OG; `entite`, the national
    entity when it is asked of each of them."""

    __tablename__ = "fichier"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    og_id: Mapped[int | None] = mapped_column(ForeignKey("og.id", ondelete="SET NULL"))
    numero: Mapped[int]
    nom: Mapped[str] = mapped_column(String(255))
    extension: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(ForeignKey("contenu.sha256"))
    taille: Mapped[int]
    pages: Mapped[int | None]
    joint_le: Mapped[datetime]
    if TYPE_CHECKING:
        # Added since (ajouts.py).
        entite: Mapped[str]

    dossier: Mapped["Dossier"] = relationship(back_populates="fichiers")
