"""What an event says of a duty, to its holder and to everybody else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.feeds import MIDNIGHT
from roster.posts import HOLIDAY, LEADERS, SHANGHAI, WORDS
from roster.records import (
    RosterRow,
    ShiftRow,
    StaffRow,
    SwapRow,
    UnitRow,
)
from roster.services import settings

BUSY_POSTS = "feed_busy_posts"
SWAPPED = "【换班】"

# Who holds what by a swap: shift and holder → who had it first.
Origins = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Said:
    """One event in words; without ``staff`` it is the unit's own."""

    staff: str | None
    shift: str
    start: datetime
    end: datetime
    mark: str
    summary: str
    location: str
    description: str
    category: str
    busy: bool

    @property
    def digest(self) -> str:
        """Stands for all of it."""
        words = (
            self.mark,
            self.summary,
            self.location,
            self.description,
            self.category,
            self.start.astimezone(UTC).isoformat(),
            self.end.astimezone(UTC).isoformat(),
            *(["busy"] if self.busy else []),
        )
        return sha256("\n".join(words).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Duty:
    """A shift, or several whole days of one post in one go."""

    shifts: tuple[ShiftRow, ...]
    staff: tuple[str, ...]

    @property
    def first(self) -> ShiftRow:
        return self.shifts[0]

    @property
    def end(self) -> datetime:
        return self.shifts[-1].end


def said_of(session: Session, roster: RosterRow) -> Iterator[Said]:
    """Every event of a version: each holder's own, and the unit's."""
    told = _Telling(session, roster)
    cells = [(s, h.staff) for s in roster.shifts for h in s.held]
    for staff in sorted({staff for _, staff in cells}):
        own = [(s, (staff,)) for s, holder in cells if holder == staff]
        yield from (told.person(duty) for duty in _joined(own))

    manned = [(s, tuple(h.staff for h in s.held)) for s in roster.shifts]
    yield from (told.unit(d) for d in _joined(m for m in manned if m[1]))


def _joined(
    shifts: Iterable[tuple[ShiftRow, tuple[str, ...]]],
) -> Iterator[_Duty]:
    """Whole days of one post and the same people hang together."""
    found: list[_Duty] = []
    open_: dict[tuple[str, tuple[str, ...]], int] = {}
    for shift, staff in shifts:
        at = open_.get((shift.post, staff))
        if not _whole_day(shift):
            found.append(_Duty((shift,), staff))
        elif at is not None and found[at].end == shift.start:
            found[at] = _Duty((*found[at].shifts, shift), staff)
        else:
            open_[shift.post, staff] = len(found)
            found.append(_Duty((shift,), staff))

    return iter(found)


def _whole_day(shift: ShiftRow) -> bool:
    ends = shift.start.astimezone(SHANGHAI), shift.end.astimezone(SHANGHAI)
    return all(moment.time() == MIDNIGHT for moment in ends)


class _Telling:
    """What is known of a version while its events are put in words."""

    def __init__(self, session: Session, roster: RosterRow) -> None:
        self.unit_name = session.get_one(UnitRow, roster.unit).name
        self.origins = origins(session, roster)
        self.busy = settings.get(session, BUSY_POSTS).split()
        ids = {held.staff for shift in roster.shifts for held in shift.held}
        ids |= set(self.origins.values())
        rows = session.execute(
            select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(ids))
        )
        self.names = {id_: name for id_, name in rows}
        self.days: dict[date, list[ShiftRow]] = {}
        for shift in roster.shifts:
            self.days.setdefault(shift.on, []).append(shift)

    def person(self, duty: _Duty) -> Said:
        """A duty as its holder reads it."""
        (me,) = duty.staff
        origin = self.origins.get((duty.first.shift, me))
        swapped = origin and f"换班：原由{self.names[origin]}值班，换给本人"
        lines = [
            self._named("带班", self._leaders(duty, me)),
            self._named("同班", self._mates(duty, me)),
            *self._beside(duty, me),
            _handover(duty.first),
            swapped or "",
        ]
        return self._said(
            duty,
            me,
            f"{WORDS[duty.first.post]} · {self.unit_name}",
            lines,
            swapped=bool(origin),
        )

    def unit(self, duty: _Duty) -> Said:
        """A duty as the unit reads it."""
        names = "、".join(self.names[staff] for staff in duty.staff)
        given = [
            f"换班：{self.names[self.origins[duty.first.shift, who]]}"
            f" → {self.names[who]}"
            for who in duty.staff
            if (duty.first.shift, who) in self.origins
        ]
        lines = [
            self._named("带班", self._leaders(duty, *duty.staff)),
            _handover(duty.first),
            *given,
        ]
        return self._said(
            duty,
            None,
            f"{self.unit_name} {WORDS[duty.first.post]}：{names}",
            lines,
            swapped=bool(given),
        )

    def _said(
        self,
        duty: _Duty,
        staff: str | None,
        summary: str,
        lines: Iterable[str],
        *,
        swapped: bool,
    ) -> Said:
        return Said(
            staff,
            duty.first.shift,
            duty.first.start,
            duty.end,
            SWAPPED if swapped else "",
            summary,
            self.unit_name,
            "\n".join(line for line in lines if line),
            "节假日" if HOLIDAY in duty.first.tags else "双休",
            staff is not None and duty.first.post in self.busy,
        )

    def _leaders(self, duty: _Duty, *but: str) -> list[str]:
        return [
            held.staff
            for shift in self.days[duty.first.on]
            if shift.post in LEADERS and shift.shift != duty.first.shift
            for held in shift.held
            if held.staff not in but
        ]

    def _mates(self, duty: _Duty, me: str) -> list[str]:
        return [h.staff for h in duty.first.held if h.staff != me]

    def _named(self, word: str, staff: Iterable[str]) -> str:
        names = "、".join(self.names[one] for one in staff)
        return f"{word}：{names}" if names else ""

    def _beside(self, duty: _Duty, me: str) -> Iterator[str]:
        """Who else is on duty that day, leaders and mates apart."""
        for shift in self.days[duty.first.on]:
            if shift.post in LEADERS or shift.shift == duty.first.shift:
                continue

            others = [h.staff for h in shift.held if h.staff != me]
            if others:
                word = f"同日{WORDS[shift.post]} {hours(shift)}"
                yield self._named(word, others)


def hours(shift: ShiftRow) -> str:
    """From when until when: ``18:00–次日08:00``."""
    start = shift.start.astimezone(SHANGHAI)
    end = shift.end.astimezone(SHANGHAI)
    later = "次日" if end.date() > start.date() else ""
    return f"{start:%H:%M}–{later}{end:%H:%M}"


def _handover(shift: ShiftRow) -> str:
    """When it is taken over and handed over; whole days have no hours."""
    if _whole_day(shift):
        return ""

    start, end = hours(shift).split("–")
    return f"交接：{start}接班，{end}交班"


def origins(session: Session, roster: RosterRow) -> Origins:
    """
    Who holds which shift by swaps in force, and whose it was at first.

    What was swapped there and back again is nobody's by a swap.
    """
    rows = session.scalars(
        select(SwapRow)
        .join(RosterRow, RosterRow.id == SwapRow.version)
        .where(
            SwapRow.unit == roster.unit,
            SwapRow.term == roster.term,
            RosterRow.state == "published",
            RosterRow.number <= roster.number,
        )
        .order_by(RosterRow.number)
    )
    first: dict[tuple[str, str], str] = {}
    for swap in rows:
        _pass_on(first, swap.shift, swap.staff, swap.partner)
        if swap.back:
            _pass_on(first, swap.back, swap.partner, swap.staff)

    held = {(s.shift, h.staff) for s in roster.shifts for h in s.held}
    return {
        cell: who
        for cell, who in first.items()
        if cell in held and who != cell[1]
    }


def _pass_on(
    first: dict[tuple[str, str], str], shift: str, giver: str, taker: str
) -> None:
    first[shift, taker] = first.pop((shift, giver), giver)


def taker_of(
    session: Session, roster: RosterRow, shift: str, staff: str
) -> str:
    """To whom somebody gave a shift by a swap in force, by name."""
    wanted = (
        select(SwapRow)
        .where(
            SwapRow.unit == roster.unit,
            SwapRow.version.is_not(None),
            (SwapRow.shift == shift) | (SwapRow.back == shift),
        )
        .order_by(SwapRow.version.desc())
    )
    swap = session.scalars(wanted).first()
    if swap is None:
        return ""

    giver, taker = swap.staff, swap.partner
    if swap.back == shift:
        giver, taker = taker, giver

    holders = {
        held.staff
        for row in roster.shifts
        if row.shift == shift
        for held in row.held
    }
    given = giver == staff and taker in holders
    return session.get_one(StaffRow, taker).name if given else ""
