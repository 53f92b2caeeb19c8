"""Who is told of a comp-leave, and what the journal keeps of it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from roster.records import CompLeaveRow
from roster.records.journal import record
from roster.services.messaging import queue


def tell(
    session: Session,
    row: CompLeaveRow,
    kind: str,
    staff: Collection[str],
    now: datetime,
) -> None:
    """A message about a step to some people, once; without anybody's words."""
    if staff:
        queue(
            session,
            kind=kind,
            staff=staff,
            unit=row.unit,
            facts={
                "comp": row.id,
                "unit": row.unit,
                "by": row.staff,
                "first": str(row.first),
                "last": str(row.last),
                "halves": len(row.halves),
            },
            key=f"{row.id}/{now:%Y%m%dT%H%M%S}",
            now=now,
        )


def enter(
    session: Session, row: CompLeaveRow, verb: str, who: str, now: datetime
) -> None:
    """Into the journal, without anybody's words or reasons."""
    session.flush()
    record(
        session,
        who=who,
        verb=verb,
        noun="comp leave",
        thing=str(row.id),
        now=now,
        facts={
            "unit": row.unit,
            "staff": row.staff,
            "first": str(row.first),
            "last": str(row.last),
            "halves": len(row.halves),
            "behalf": bool(row.behalf),
            "state": row.state,
        },
    )
