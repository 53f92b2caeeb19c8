"""Which unit a thing belongs to, so that the right to it can be asked."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from roster.records import (
    AccountRow,
    ChannelRow,
    CheckRow,
    CompLeaveRow,
    MessageRow,
    RequestRow,
    RosterRow,
    StaffRow,
    SwapRow,
    UnitRow,
)
from roster.services.account_views import view_of

LONGEST = 10  # digits of a row's number

Finder = Callable[[Session, str], str | None]


def _unit(session: Session, thing: str) -> str | None:
    row = session.get(UnitRow, thing)
    return row.id if row else None


def _staff(session: Session, thing: str) -> str | None:
    row = session.get(StaffRow, thing)
    return row.unit if row else None


def _check(session: Session, thing: str) -> str | None:
    row = session.get(CheckRow, thing)
    return row.unit if row else None


def _account(session: Session, thing: str) -> str | None:
    row = session.get(AccountRow, int(thing))
    return view_of(session, row).unit_id if row else None


def _request(session: Session, thing: str) -> str | None:
    row = session.get(RequestRow, int(thing))
    return row.unit if row else None


def _channel(session: Session, thing: str) -> str | None:
    """A unit's channel; a person's own is nobody else's."""
    row = session.get(ChannelRow, int(thing))
    return row.unit if row else None


def _message(session: Session, thing: str) -> str | None:
    row = session.get(MessageRow, int(thing))
    return row.unit if row else None


def roster_place(session: Session, thing: str) -> tuple[str, str] | None:
    """The unit and the term of a version."""
    row = session.get(RosterRow, int(thing)) if _is_number(thing) else None
    return (row.unit, row.term) if row else None


def _roster(session: Session, thing: str) -> str | None:
    found = roster_place(session, thing)
    return found[0] if found else None


def _is_number(thing: str) -> bool:
    """Whether it may be a row's number; no database counts further."""
    return thing.isdecimal() and thing.isascii() and len(thing) < LONGEST


def swap_unit(session: Session, thing: str) -> str | None:
    """The unit in which two people swap."""
    row = session.get(SwapRow, int(thing)) if _is_number(thing) else None
    return row.unit if row else None


def comp_unit(session: Session, thing: str) -> str | None:
    """The unit that somebody who asked for comp-leave is with now."""
    row = session.get(CompLeaveRow, int(thing)) if _is_number(thing) else None
    return session.get_one(StaffRow, row.staff).unit if row else None


# By the name an address gives the thing's id; None for an unknown id.
UNIT_OF: Mapping[str, Finder] = {
    "unit_id": _unit,
    "staff_id": _staff,
    "check_id": _check,
    "account_id": _account,
    "request_id": _request,
    "channel_id": _channel,
    "message_id": _message,
    "roster_id": _roster,
    "swap_id": swap_unit,
    "comp_id": comp_unit,
}
