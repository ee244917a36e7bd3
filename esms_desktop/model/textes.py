"""The narrative sections a person rewrote for a dossier; absent, the default text of resources/modeles serves."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier


class TexteDocument(Base):
    """The text of one section of one document, in Markdown with fields (`{porteur.nom}`)."""

    __tablename__ = "texte_document"
    __table_args__ = (UniqueConstraint("dossier_id", "document", "section"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    document: Mapped[str] = mapped_column(String(60))
    section: Mapped[str] = mapped_column(String(60))
    texte: Mapped[str] = mapped_column(default="")

    dossier: Mapped["Dossier"] = relationship(back_populates="textes")
