"""What duties earn, held against what the account says they earned."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from roster.checks.results import Result, Verdict
from roster.comp import Earning, Entry, Half, HalfDay, Taking, corrections
from roster.days import DayKind
from roster.posts import SHANGHAI, WORDS
from roster.records import (
    AssignmentRow,
    CheckRow,
    CompEntryRow,
    FindingRow,
    RosterRow,
    ShiftRow,
    UnitRow,
)
from roster.records.values import unit_of
from roster.rules.rulebook import Params, RuleBook
from roster.services.preparing import book_id
from roster.services.ruling import overrides
from roster.services.served import in_force

Books = Mapping[str, RuleBook]
Staff = Collection[str] | None  # None stands for everybody

CLOCK = "–"  # who books what nobody does

# No half-day lasts longer than a year; older duties are left alone.
LOOKED_BACK = timedelta(days=400)

# By the day's kind; duty on working days there is in vacations only.
RULES = {
    DayKind.WEEKEND: "comp_weekend",
    DayKind.SUBSTITUTE: "comp_substitute",
    DayKind.EXCHANGED: "comp_exchanged",
    DayKind.STATUTORY: "comp_statutory",
    DayKind.WORKDAY: "comp_workday",
    DayKind.MAKE_UP: "comp_workday",
}

KINDS = frozenset(DayKind)

# Somebody was looked for and was not there.
AWAY = tuple(r.name for r in Result if r.verdict is Verdict.FAIL)


def entries_of(
    session: Session, staff: Staff, *, books: Books, now: datetime
) -> dict[str, list[Entry]]:
    """By person, what is booked and what the clock has yet to book."""
    stored = _stored(session, staff)
    for name, more in _missing(session, staff, stored, books, now):
        stored.setdefault(name, []).extend(more)

    return stored


def book(
    session: Session, staff: Staff, *, books: Books, now: datetime
) -> dict[str, list[Entry]]:
    """
    Books what duties earned since and what is to be corrected.

    Returns
    -------
    dict
        By person, all that is booked then, for those something new was
        booked for.
    """
    stored = _stored(session, staff)
    found = {}
    for name, more in _missing(session, staff, stored, books, now):
        old = stored.get(name, [])
        known = {one.duty for one in old if isinstance(one, Earning)}
        session.add_all(
            _row(name, one, corrected=one.duty in known, now=now)
            for one in more
        )
        found[name] = [*old, *more]

    session.flush()
    return found


def _row(
    staff: str, one: Earning, *, corrected: bool, now: datetime
) -> CompEntryRow:
    return CompEntryRow(
        staff=staff,
        kind="corrected" if corrected else "earned",
        halves=one.halves,
        on=one.on,
        half="",
        unit=one.unit,
        shift=one.shift,
        expires=one.expires,
        at=now,
        who=CLOCK,
    )


def _stored(session: Session, staff: Staff) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    wanted = select(CompEntryRow).where(_of(CompEntryRow.staff, staff))
    for row in session.scalars(wanted.order_by(CompEntryRow.id)):
        found.setdefault(row.staff, []).append(entry_of(row))

    return found


def _of(column: Any, staff: Staff) -> ColumnElement[bool]:
    return true() if staff is None else column.in_(staff)


def entry_of(row: CompEntryRow) -> Entry:
    """An entry's row as a value."""
    if row.unit is None or row.expires is None:
        return Taking(HalfDay(row.on, Half(row.half)), row.halves)

    return Earning(row.unit, row.shift, row.on, row.expires, row.halves)


def _missing(
    session: Session,
    staff: Staff,
    stored: Mapping[str, list[Entry]],
    books: Books,
    now: datetime,
) -> Iterator[tuple[str, list[Earning]]]:
    today = now.astimezone(SHANGHAI).date()
    since = today - LOOKED_BACK
    due = _due(session, staff, books, since, now)
    for name in sorted(stored.keys() | due.keys()):
        booked = [
            one
            for one in stored.get(name, ())
            if isinstance(one, Earning) and one.on >= since
        ]
        more = list(corrections(booked, due.get(name, ()), today))
        if more:
            yield name, more


def _due(
    session: Session,
    staff: Staff,
    books: Books,
    since: date,
    now: datetime,
) -> dict[str, list[Earning]]:
    """By person, what their duties earned by the rosters in force."""
    rules = _Rules(session, books)
    absent = _absent(session, staff)
    found: dict[str, list[Earning]] = {}
    for served in _served(session, staff, since, now):
        halves = rules.halves(served)
        if halves and (served.unit, served.shift, served.staff) not in absent:
            one = Earning(
                served.unit,
                served.shift,
                served.on,
                rules.expires(served),
                halves,
            )
            found.setdefault(served.staff, []).append(one)

    return found


@dataclass(frozen=True, slots=True)
class _Served:
    """A duty that is over, with those facts the rules ask for."""

    staff: str
    unit: str
    shift: str
    on: date
    post: str
    tags: tuple[str, ...]

    @property
    def kind(self) -> DayKind:
        """What the day was when the roster was made; the first tag."""
        known = [DayKind(tag) for tag in self.tags[:1] if tag in KINDS]
        return known[0] if known else DayKind.WEEKEND


def _served(
    session: Session, staff: Staff, since: date, now: datetime
) -> Iterable[_Served]:
    rows = session.execute(
        select(
            AssignmentRow.staff,
            RosterRow.unit,
            ShiftRow.shift,
            ShiftRow.on,
            ShiftRow.post,
            ShiftRow.tags,
        )
        .join(ShiftRow, ShiftRow.id == AssignmentRow.shift)
        .join(RosterRow, RosterRow.id == ShiftRow.roster)
        .where(
            in_force(),
            ShiftRow.on >= since,
            ShiftRow.end <= now,
            _of(AssignmentRow.staff, staff),
        )
        .order_by(ShiftRow.on, ShiftRow.shift)
    )
    for name, unit, shift, on, post, tags in rows:
        yield _Served(name, unit, shift, on, post, tuple(tags))


def _absent(session: Session, staff: Staff) -> set[tuple[str, str, str]]:
    """Unit, shift and person of duties at which nobody was found."""
    rows = session.execute(
        select(CheckRow.unit, FindingRow.shift, FindingRow.staff)
        .join(CheckRow, CheckRow.id == FindingRow.check)
        .where(FindingRow.result.in_(AWAY), _of(FindingRow.staff, staff))
    )
    return {(unit, shift, name) for unit, shift, name in rows}


class _Rules:
    """What each unit's rules give for a duty; each is read once."""

    def __init__(self, session: Session, books: Books) -> None:
        self.session = session
        self.books = books
        self.overrides = overrides(session)
        self.params: dict[str, Params] = {}

    def halves(self, served: _Served) -> int:
        """Half-days for a duty; none for posts that are paid otherwise."""
        params = self._of(served.unit)
        post = WORDS.get(served.post, served.post)
        if post not in params.get("comp_posts", served.on, ()):
            return 0

        return int(params.get(RULES[served.kind], served.on, 0))

    def expires(self, served: _Served) -> date:
        """The last date on which they can be taken."""
        days = self._of(served.unit).get("comp_expire_days", served.on)
        return served.on + timedelta(days=int(days))

    def _of(self, unit_id: str) -> Params:
        if unit_id not in self.params:
            unit = unit_of(self.session.get_one(UnitRow, unit_id))
            book = self.books[book_id(unit)]
            self.params[unit_id] = Params(book, self.overrides, unit_id)

        return self.params[unit_id]
