"""What all records share: names of constraints, and moments with a zone."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment, stored as UTC; SQLite forgets zones, so they are put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> Any:
        """Refuses moments without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment must carry its zone.")

        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, _: Dialect) -> datetime | None:
        """Gives the moment back in UTC."""
        if value is None or value.tzinfo is not None:
            return value  # type: ignore[no-any-return]

        return value.replace(tzinfo=UTC)  # type: ignore[no-any-return]


class Base(DeclarativeBase):
    """The base of all rows."""

    metadata = MetaData(naming_convention=NAMES)
