"""The journal: who changed what, when, from which value to which."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from esms_desktop.model.base import Base


class EntreeJournal(Base):
    """One row changed by one gesture. `avant` and `apres` map columns to JSON values; None: the row did not exist."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    quand: Mapped[datetime]
    qui: Mapped[str] = mapped_column(String(120))
    geste: Mapped[int] = mapped_column(index=True)
    libelle: Mapped[str] = mapped_column(String(300))
    # "faire", "annuler" or "refaire".
    sens: Mapped[str] = mapped_column(String(10))
    dossier_id: Mapped[int | None] = mapped_column(index=True)
    table: Mapped[str] = mapped_column("table_", String(40))
    cle: Mapped[str] = mapped_column(String(64))
    avant: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    apres: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
