"""The demonstration's logs, zero reports and incident on a small county."""

from sqlalchemy import func, select

from roster.records import (
    DutyEntryRow,
    HandoverRow,
    IncidentRow,
    IncidentStepRow,
    ZeroReportRow,
)
from roster.records.journal import broken
from web.cli.demo_duties import MARK, demonstration_duties

TABLES = (DutyEntryRow, HandoverRow, IncidentRow, ZeroReportRow)


def counts(session) -> list[int]:
    """How many rows of each kind there are."""
    return [session.scalar(select(func.count(row.id))) for row in TABLES]


def test_something_of_everything_is_there_once_and_marked(here):
    demonstration_duties(here)
    with here.records.reading() as session:
        first = counts(session)
        signed = [
            who
            for row in (*TABLES[:1], *TABLES[2:], IncidentStepRow)
            for who in session.scalars(select(row.who))
        ]

    demonstration_duties(here)

    assert all(first)
    assert all(who.endswith(f"（{MARK}）") for who in signed)
    with here.records.reading() as session:
        assert counts(session) == first
        assert broken(session) == []
        words = session.scalars(
            select(DutyEntryRow.words).where(DutyEntryRow.kind == "entry")
        ).all()
    assert all("演示" in word for word in words)
