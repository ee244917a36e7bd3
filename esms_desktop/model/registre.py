"""The register: what was erased for good or handed over of personal data, when and by whom; never the data themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from esms_desktop.model.base import Base


class Acte(Base):
    """One act. It outlives what it is about: it names neither a person nor a dossier.

    Attributes:
        genre: "purge", "export", or "conservation" (how long what was removed is kept).
        detail: counts and settings, as JSON.
    """

    __tablename__ = "registre"

    id: Mapped[int] = mapped_column(primary_key=True)
    quand: Mapped[datetime]
    qui: Mapped[str] = mapped_column(String(120))
    genre: Mapped[str] = mapped_column(String(20))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
