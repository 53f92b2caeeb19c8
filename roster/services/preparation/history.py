"""What points to a unit, a person or a term, so that it must stay."""

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from roster.records.base import Base
from roster.services.preparation.kinds import Kind

# What goes with a person who is taken out.
LISTS_OF_STAFF = {"leave", "duty_limit", "wish", "relation", "wish_answer"}


def points_to(session: Session, kind: Kind, row_id: str) -> tuple[str, ...]:
    """The tables with rows that point to it; empty when none do."""
    target = kind.row.__tablename__
    return tuple(
        other.name
        for other in Base.metadata.tables.values()
        if not (kind.name == "staff" and other.name in LISTS_OF_STAFF)
        and _rows(session, other, target, row_id)
    )


def _rows(session: Session, table: Table, target: str, row_id: str) -> int:
    found = 0
    for key in table.foreign_keys:
        if key.column.table.name == target:
            counted = (
                select(func.count())
                .select_from(table)
                .where(key.parent == row_id)
            )
            found += session.scalar(counted) or 0
    return found
