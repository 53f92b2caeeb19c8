"""What stands against a swap, asked anew at every step."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.judging import Judge
from roster.records import (
    RosterRow,
    ShiftRow,
    StaffRow,
    SwapRow,
)
from roster.rules.rulebook import RuleBook
from roster.services.answering import breach_line
from roster.services.conflicts import tells_of_one
from roster.services.fitness import fitness_of
from roster.services.served import held_shifts, served_duty
from roster.services.swapping.following import given
from roster.services.swapping.ground import (
    Ground,
    afterwards,
    changed,
    cut_off_of,
    late_allowed,
    settled_until,
)
from roster.swaps import OPEN


def check(
    session: Session,
    here: Ground,
    swap: SwapRow,
    books: Mapping[str, RuleBook],
    now: datetime,
) -> None:
    """
    Refuses what the version in force or the rules do not allow now.

    Raises
    ------
    Refused
        Where somebody no longer holds what they give, another open swap
        has the same duty, it is too late, the two are not of one group,
        whoever takes a duty is away, elsewhere or not on the roster, or a
        mandatory article would be broken that is kept.
    """
    _check_held(here, swap)
    _check_free(session, swap)
    _check_time(session, here, swap, books, now)
    _check_group(session, here, swap)
    _check_fit(session, here, swap, books)
    for shift, staff in _taken(here, swap):
        _check_free_then(session, here, shift, staff)
    _check_rules(session, here, swap)


def _check_held(here: Ground, swap: SwapRow) -> None:
    mine = here.holds(swap.shift, swap.staff)
    yours = not swap.back or here.holds(swap.back, swap.partner)
    if not (mine and yours):
        raise Refused("swap-not-held")

    if here.holds(swap.shift, swap.partner) or (
        swap.back and here.holds(swap.back, swap.staff)
    ):
        raise Refused("swap-both-hold")


def _check_free(session: Session, swap: SwapRow) -> None:
    """A duty is in one open swap at most."""
    mine = given(swap)
    others = select(SwapRow).where(
        SwapRow.unit == swap.unit,
        SwapRow.term == swap.term,
        SwapRow.state.in_(OPEN),
        SwapRow.id != (swap.id or 0),
    )
    if any(mine & given(other) for other in session.scalars(others)):
        raise Refused("swap-taken")


def _check_time(
    session: Session,
    here: Ground,
    swap: SwapRow,
    books: Mapping[str, RuleBook],
    now: datetime,
) -> None:
    until = cut_off_of(session, here, swap, books)
    if not swap.emergency:
        if now >= until:
            raise Refused("swap-too-late", until=f"{until:%Y-%m-%d %H:%M}")
        return

    if swap.back or not late_allowed(session, here, swap, books):
        raise Refused("swap-no-emergency")

    if now < until:
        raise Refused("swap-in-time", until=f"{until:%Y-%m-%d %H:%M}")

    if now > settled_until(session, here, swap, books):
        hours = afterwards(session, here, swap, books)
        raise Refused("swap-long-past", hours=hours)


def _check_group(session: Session, here: Ground, swap: SwapRow) -> None:
    person = here.problem.person.get(swap.partner)
    home = session.get_one(StaffRow, swap.partner).unit
    if person is None or home != swap.unit:
        raise Refused("swap-not-on-roster")

    posts = {shift.post for shift in here.of(swap)}
    if len(posts) > 1:
        raise Refused("swap-other-post")


def _taken(here: Ground, swap: SwapRow) -> Iterator[tuple[ShiftRow, str]]:
    yield here.shifts[swap.shift], swap.partner
    if swap.back:
        yield here.shifts[swap.back], swap.staff


def _check_fit(
    session: Session,
    here: Ground,
    swap: SwapRow,
    books: Mapping[str, RuleBook],
) -> None:
    """
    Whoever takes a duty may have it by today's records.

    Why they may not is theirs and the editor's to know.
    """
    taken = tuple(_taken(here, swap))
    fit = fitness_of(session, {staff for _, staff in taken}, books)
    for shift, staff in taken:
        if fit.against(staff, served_duty(shift, staff, here.row.unit)):
            raise Refused("swap-unfit")

    gone, come = changed(here, swap)
    kept = set(here.asked.roster) - gone
    if any(fit.together(here.problem, come, kept)):
        raise Refused("swap-unfit")


def _check_free_then(
    session: Session, here: Ground, shift: ShiftRow, staff: str
) -> None:
    """They have no duty elsewhere at that time."""
    elsewhere = held_shifts().where(
        ShiftRow.start < shift.end,
        ShiftRow.end > shift.start,
        or_(RosterRow.unit != here.row.unit, RosterRow.term != here.row.term),
    )
    if any(held == staff for _, held, _ in session.execute(elsewhere)):
        name = session.get_one(StaffRow, staff).name
        raise Refused("swap-elsewhere", staff=name, date=str(shift.on))


def _check_rules(session: Session, here: Ground, swap: SwapRow) -> None:
    """No mandatory article is broken that was not before."""
    broken = Judge(here.problem, here.asked.roster).breaches(
        *changed(here, swap)
    )
    if any(tells_of_one(breach_line(here.problem, one)) for one in broken):
        raise Refused("swap-unfit")

    if broken:
        articles = dict.fromkeys(one.article for one in broken)
        raise Refused(
            "swap-breaks",
            number=len(broken),
            articles="、".join(word for word in articles if word) or "–",
        )
