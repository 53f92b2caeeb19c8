"""What a repair would do to swaps, before it is published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roster.judging import Judge
from roster.problem import Assignment, Shift
from roster.records import StaffRow, SwapRow
from roster.rules.mending import InForce, Mended
from roster.services.answering import breach_line
from roster.services.conflicts import tells_of_one
from roster.services.swapping.following import (
    Cell,
    Version,
    fate,
    given,
    swaps_of,
    taken,
)
from roster.services.swapping.ground import free
from roster.swaps import OPEN

BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """
    A swap that a repair touches.

    Parameters
    ----------
    fate
        A `following.Fate`; or ``"barred"``: it goes along, but mandatory
        rules are against it from then on.
    staff, partner
        Their names.
    duty, back
        What is given, and in return.
    articles
        Of the rules against it, as far as they tell nothing of one person.
    """

    fate: str
    staff: str
    partner: str
    duty: Shift
    back: Shift | None
    articles: tuple[str, ...] = ()


def foreseen(
    session: Session, mended: Mended, now: datetime
) -> tuple[Foreseen, ...]:
    """The swaps that would not go along as they are, by date."""
    found = [
        one
        for unit in mended.units
        for one in _of_unit(session, mended, unit, now)
    ]
    return tuple(sorted(found, key=lambda one: one.duty.start))


def _of_unit(
    session: Session, mended: Mended, unit: InForce, now: datetime
) -> Iterator[Foreseen]:
    id_ = unit.case.unit.id
    before = _version(unit.shifts, unit.roster)
    after = _version(*mended.parts[id_])
    shifts = {shift.id: shift for shift in unit.shifts}
    problem, cells = mended.after
    judge = Judge(free(problem), cells)
    prefix = f"{id_}:" if len(mended.units) > 1 else ""
    for swap in swaps_of(session, id_, unit.case.term.id):
        found = fate(swap, before, after, now)
        lines = []
        if swap.state in OPEN and given(swap) <= after.cells:
            broken = judge.breaches(
                _named(given(swap), prefix), _named(taken(swap), prefix)
            )
            lines = [breach_line(problem, breach) for breach in broken]

        what = BARRED if lines else found
        if what and swap.shift in shifts:
            told = () if any(map(tells_of_one, lines)) else lines
            articles = dict.fromkeys(line.article for line in told)
            yield _told(session, swap, what, shifts, filter(None, articles))


def _version(shifts: Iterable[Shift], cells: Iterable[Assignment]) -> Version:
    hours = {shift.id: (shift.start, shift.end) for shift in shifts}
    return Version(hours, {(cell.shift, cell.staff) for cell in cells})


def _named(cells: Iterable[Cell], prefix: str) -> set[Assignment]:
    """As the problem names them."""
    return {Assignment(f"{prefix}{shift}", staff) for shift, staff in cells}


def _told(
    session: Session,
    swap: SwapRow,
    what: str,
    shifts: dict[str, Shift],
    articles: Iterable[str],
) -> Foreseen:
    return Foreseen(
        str(what),
        session.get_one(StaffRow, swap.staff).name,
        session.get_one(StaffRow, swap.partner).name,
        shifts[swap.shift],
        shifts.get(swap.back),
        tuple(articles),
    )
