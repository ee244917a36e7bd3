"""What the kit asks to think through before filing: check points, maturity bricks, autodiagnostics."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier
    from esms_desktop.model.grappe import Og


class PointPreparation(Base):
    """The answer to one check point (resources/listes/preparation.toml). `reponse` None: not answered yet."""

    __tablename__ = "point_preparation"
    __table_args__ = (UniqueConstraint("dossier_id", "code"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    reponse: Mapped[bool | None]
    commentaire: Mapped[str] = mapped_column(default="")

    dossier: Mapped["Dossier"] = relationship(back_populates="points_preparation")


class Brique(Base):
    """One of the ten maturity bricks, for one OG (resources/listes/maturite.toml). `acquise` None: not answered yet."""

    __tablename__ = "brique"
    __table_args__ = (UniqueConstraint("og_id", "code"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    og_id: Mapped[int] = mapped_column(ForeignKey("og.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    acquise: Mapped[bool | None]
    commentaire: Mapped[str] = mapped_column(default="")

    og: Mapped["Og"] = relationship(back_populates="briques")


class Autodiagnostic(Base):
    """An autodiagnostic of an OG: `genre` "si" (ANAP) or "cyber" (GRADeS). `realise` None: not answered yet."""

    __tablename__ = "autodiagnostic"
    __table_args__ = (UniqueConstraint("og_id", "genre"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    og_id: Mapped[int] = mapped_column(ForeignKey("og.id", ondelete="CASCADE"), index=True)
    genre: Mapped[str] = mapped_column(String(10))
    realise: Mapped[bool | None]
    date: Mapped[date | None]
    resultat: Mapped[str] = mapped_column(default="")

    og: Mapped["Og"] = relationship(back_populates="autodiagnostics")
