"""Which feeds an event stands in, so that only these are written anew."""

from collections.abc import Collection

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from roster.people import UnitKind
from roster.records import FeedRow, UnitRow
from roster.services.logins import parents

PERSON, UNIT, DISTRICT, COUNTY = "person", "unit", "district", "county"
HOLIDAYS = ("holidays", "holidays-off", "holidays-work")

TO_WRITE = "stale feeds"  # in a session's info: some were marked in it


def mark_stale(
    session: Session, *, staff: Collection[str] = (), unit: str = ""
) -> None:
    """The feeds of these people, and of a unit and all above it."""
    mine = and_(FeedRow.kind == PERSON, FeedRow.subject.in_(sorted(staff)))
    theirs = and_(
        FeedRow.kind.in_((UNIT, DISTRICT, COUNTY)),
        FeedRow.subject.in_(_line(session, unit)),
    )
    _mark(session, or_(mine, theirs))


def mark_holidays(session: Session) -> None:
    """The three feeds of holidays."""
    _mark(session, FeedRow.kind.in_(HOLIDAYS))


def mark_all(session: Session) -> None:
    """Every feed there is."""
    _mark(session, FeedRow.id > 0)


def mark_one(session: Session, feed: FeedRow) -> None:
    """One feed."""
    feed.stale = True
    session.flush()
    session.info[TO_WRITE] = True


def _mark(session: Session, which: object) -> None:
    session.execute(
        update(FeedRow).where(which).values(stale=True)  # type: ignore[arg-type]
    )
    session.info[TO_WRITE] = True


def _line(session: Session, unit: str) -> list[str]:
    """A unit and those above it."""
    above = parents(session)
    line = []
    while unit in above and unit not in line:
        line.append(unit)
        unit = above[unit]

    return line


def units_below(session: Session, unit: str) -> frozenset[str]:
    """A unit and everything under it."""
    above = parents(session)
    found = {unit}
    while more := {u for u, p in above.items() if p in found} - found:
        found |= more

    return frozenset(found)


def kind_above(session: Session, unit: str) -> str:
    """What the feed of everything under a unit is; empty under a school."""
    row = session.get(UnitRow, unit)
    if row is None:
        return ""

    if row.parent is None:
        return COUNTY

    under = select(UnitRow.id).where(UnitRow.parent == unit).limit(1)
    joint = row.kind is UnitKind.DISTRICT or session.scalar(under)
    return DISTRICT if joint else ""
