"""
Parameters set differently: what it would do, and how one ends.

An override is never taken away from the days it has held on; it is given
a last day. One that has not begun yet may be withdrawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.days import Term
from roster.errors import Refused
from roster.people import Period
from roster.problem import Shift
from roster.records import OverrideRow, RosterRow
from roster.records.journal import record
from roster.records.values import override_of
from roster.rules.case import Case
from roster.rules.rulebook import Article, Override, Param, Params, RuleBook
from roster.services.preparation.listing import seal
from roster.services.preparing import Calendar, book_id, cases
from roster.services.ruling import overrides
from roster.services.served import in_force
from roster.services.viewing import terms, units

MOST = 10**18  # no database has rows of a greater number

Span = tuple[date, date, object]


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """An override with its id and the seal of its present state."""

    id: int
    override: Override
    seal: str


@dataclass(frozen=True, slots=True)
class ParamEffect:
    """From what to what a parameter changes, over which dates."""

    article: Article
    param: Param
    unit: str
    before: tuple[Span, ...]
    after: tuple[Span, ...]

    @property
    def same(self) -> bool:
        """Whether another override keeps it from changing anything."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class TermEffect:
    """
    What becomes of a term's places on duty.

    Parameters
    ----------
    gained, lost
        Places that come and that go.
    moved
        Shifts that stay but begin or end at another time.
    units
        How many units that concerns.
    published
        The units among them whose roster is published.
    """

    term: Term
    before: int
    gained: int
    lost: int
    moved: int
    units: int
    published: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of overrides would come to."""

    params: tuple[ParamEffect, ...]
    terms: tuple[TermEffect, ...]


def override_lines(session: Session, book: str) -> tuple[OverrideLine, ...]:
    """A document's overrides, the oldest first."""
    rows = session.scalars(
        select(OverrideRow)
        .where(OverrideRow.book == book)
        .order_by(OverrideRow.id)
    )
    return tuple(OverrideLine(r.id, override_of(r), seal(r)) for r in rows)


def override_line(session: Session, override_id: int) -> OverrideLine | None:
    """An override by its id."""
    row = session.get(OverrideRow, override_id) if override_id < MOST else None
    return OverrideLine(row.id, override_of(row), seal(row)) if row else None


def effect_of_new(
    session: Session,
    new: Sequence[Override],
    *,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    today: date,
) -> Effect:
    """What overrides would do if they were added."""
    every = overrides(session)
    return _effect(session, every, (*every, *new), new, calendar, books, today)


def effect_of_ending(
    session: Session,
    override_id: int,
    last: date,
    *,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    today: date,
) -> Effect:
    """What it would do if an override ended on a date."""
    every = overrides(session)
    found = override_line(session, override_id)
    if found is None:
        raise Refused("gone-meanwhile")

    ended = _ended(found.override, last)
    after = tuple(
        one
        for old in every
        for one in ((old,) if old != found.override else (ended,))
        if one is not None
    )
    return _effect(
        session, every, after, [found.override], calendar, books, today
    )


def end_override(
    session: Session,
    override_id: int,
    last: date,
    *,
    seen: str,
    who: str,
    now: datetime,
) -> None:
    """
    Gives an override its last day.

    Raises
    ------
    Refused
        When it is not as it was seen, would end later than it does, or
        on days that are past.
    """
    known = override_id < MOST
    row = session.get(OverrideRow, override_id) if known else None
    if row is None:
        raise Refused("gone-meanwhile")

    if seal(row) != seen:
        raise Refused("changed-meanwhile")

    if last < now.date() - timedelta(days=1):
        raise Refused("ends-in-the-past")

    if row.last is not None and last >= row.last:
        raise Refused("ends-later", last=row.last)

    override = override_of(row)
    ended = _ended(override, last)
    if ended is None:
        session.delete(row)
    else:
        row.last = last
    session.flush()
    record(
        session,
        who=who,
        verb="end" if ended else "withdraw",
        noun="rule",
        thing=f"{override.book}/{override.unit or '*'}/{override.param}",
        now=now,
        facts={"last": str(last), "document": override.document},
    )


def _ended(override: Override, last: date) -> Override | None:
    """The override with a last day; None when it never comes to hold."""
    first = override.period.first
    if first is not None and last < first:
        return None

    return replace(override, period=Period(first, last))


def _effect(
    session: Session,
    before: tuple[Override, ...],
    after: tuple[Override, ...],
    changed: Sequence[Override],
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    today: date,
) -> Effect:
    coming = [term for term in terms(session) if term.last >= today]
    touched = [
        term for term in coming if any(_meets(one, term) for one in changed)
    ]
    params = tuple(
        _param(books[one.book], one, before, after, today, coming)
        for one in changed
    )
    found = tuple(
        _term(session, term, after, changed, calendar, books)
        for term in touched
    )
    return Effect(params, found)


def _meets(override: Override, term: Term) -> bool:
    first = override.period.first or date.min
    last = override.period.last or date.max
    return first <= term.last and term.first <= last


def _param(
    book: RuleBook,
    one: Override,
    before: tuple[Override, ...],
    after: tuple[Override, ...],
    today: date,
    coming: Sequence[Term],
) -> ParamEffect:
    """Its values over the override's dates, as far as terms reach."""
    first = one.period.first or today
    ends = [term.last for term in coming if term.last >= first]
    last = one.period.last or max(ends, default=first)
    spans = (
        tuple(Params(book, some, one.unit).spans(one.param, first, last))
        for some in (before, after)
    )
    return ParamEffect(
        book.article_of[one.param],
        book.params[one.param],
        one.unit,
        *spans,
    )


def _term(
    session: Session,
    term: Term,
    after: tuple[Override, ...],
    changed: Sequence[Override],
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> TermEffect:
    found = cases(
        session,
        term_id=term.id,
        unit_ids=_units(session, changed),
        calendar=calendar,
        books=books,
        past=False,
    )
    gained = lost = moved = total = 0
    units_changed = []
    for case in found:
        more, fewer, other = _compared(case, replace(case, overrides=after))
        gained, lost, moved = gained + more, lost + fewer, moved + other
        total += sum(shift.needs for shift in case.shifts)
        if more or fewer or other:
            units_changed.append(case.unit.id)

    return TermEffect(
        term,
        total,
        gained,
        lost,
        moved,
        len(units_changed),
        _published(session, term, units_changed),
    )


def _units(session: Session, changed: Sequence[Override]) -> list[str]:
    """The units that overrides are for; those of the document if for all."""
    named = {one.unit for one in changed}
    books = {one.book for one in changed}
    return [
        unit.id
        for unit in units(session)
        if unit.id in named or ("" in named and book_id(unit) in books)
    ]


def _compared(before: Case, after: Case) -> tuple[int, int, int]:
    """Places gained, places lost, and shifts at other hours."""
    old: dict[str, Shift] = {shift.id: shift for shift in before.shifts}
    new: dict[str, Shift] = {shift.id: shift for shift in after.shifts}
    more = fewer = other = 0
    for id_ in old.keys() | new.keys():
        was, will = old.get(id_), new.get(id_)
        change = (will.needs if will else 0) - (was.needs if was else 0)
        more, fewer = more + max(change, 0), fewer + max(-change, 0)
        if was and will and (was.start, was.end) != (will.start, will.end):
            other += 1
    return more, fewer, other


def _published(
    session: Session, term: Term, of_units: list[str]
) -> tuple[str, ...]:
    rows = session.scalars(
        select(RosterRow.unit).where(
            in_force(),
            RosterRow.term == term.id,
            RosterRow.unit.in_(of_units),
        )
    )
    return tuple(sorted(rows))
