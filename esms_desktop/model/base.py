"""The declarative base: naming of constraints, how dates and closed lists are kept."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Enum, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from esms_desktop.nomenclature.vocabulaire import (
    Champ,
    EtatDossier,
    ExceptionSad,
    RoleContact,
    StatutSolution,
    TypeProjet,
)


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC and given in the time of this machine; one that does not say its zone is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the time of this machine."""
        return None if value is None else value.replace(tzinfo=UTC).astimezone()


def liste_fermee(classe: type[StrEnum]) -> Enum:
    """The type of a column that holds a value of a closed list."""
    return Enum(classe, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e])


class Base(DeclarativeBase):
    """Base of every table. Integer keys are never reused (AUTOINCREMENT), so the journal stays true."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant} | {
        classe: liste_fermee(classe)
        for classe in (Champ, EtatDossier, ExceptionSad, RoleContact, StatutSolution, TypeProjet)
    }
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012
    # The base cascades deletions by itself: a row already gone is no surprise.
    __mapper_args__: Any = {"confirm_deleted_rows": False}  # noqa: RUF012
