"""The signature circuit of the convention and the letters, signatory by signatory."""

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier


class Signature(Base):
    """Where one document stands with one OG. `empreinte`, `donnees`: fingerprint and content of what was printed."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("og_id", "document"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    og_id: Mapped[int] = mapped_column(ForeignKey("og.id", ondelete="CASCADE"))
    # Code of documents/catalogue.py: "convention" or "lettre-engagement".
    document: Mapped[str] = mapped_column(String(60))
    genere_le: Mapped[date | None]
    imprime_le: Mapped[date | None]
    envoye_le: Mapped[date | None]
    signe_le: Mapped[date | None]
    fichier_id: Mapped[int | None] = mapped_column(ForeignKey("fichier.id", ondelete="SET NULL"))
    empreinte: Mapped[str] = mapped_column(String(64), default="")
    donnees: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))

    dossier: Mapped["Dossier"] = relationship(back_populates="signatures")
