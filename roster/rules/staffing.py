"""Staff members as the solver sees them: posts, tags, absences."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from roster.comp import rests
from roster.people import Leave, LimitKind, Period, StaffMember, Standing
from roster.posts import COMBINED, DORM, DUTY, GUARD, LEAD, MIDDLE
from roster.problem import Dated, Person, Shift
from roster.rules.case import Case
from roster.rules.rulebook import Params

NO_NIGHT = "无夜班"
NO_HOLIDAY = "不排节假日"
WOMAN = "女"
AWAY_FROM_HOME = "外地"
PRINCIPAL = "负责人"


def person_of(case: Case, member: StaffMember) -> Person:
    """A staff member with what their standing and limits come to."""
    return Person(
        id=member.id,
        name=member.name,
        posts=tuple(_posts(case, member)),
        tags=tuple(_tags(case, member)),
        unavailable=tuple(_unavailable(case, member)),
        carried=dict(case.carried.get(member.id, {})),
        earlier=case.earlier.get(member.id, ()),
        share=member.share,
    )


def _posts(case: Case, member: StaffMember) -> Iterator[Dated]:
    """Their posts, dated where an override changes who fills what."""
    found: dict[str, list[Period]] = {}
    periods = list(_periods(case, "leader_standings", "leaders_also_duty"))
    for begin, period in periods:
        for post in posts_of(case, member, begin):
            found.setdefault(post, []).append(period)

    for post, held in found.items():
        whole = len(held) == len(periods)
        yield from (Dated(post, p) for p in ([Period()] if whole else held))


def _periods(case: Case, *params: str) -> Iterator[tuple[date, Period]]:
    """The stretches of the term in which no parameter changes."""
    begin, end = case.term.first, case.term.last
    starts = sorted(
        {
            first
            for param in params
            for first, _, _ in case.params.spans(param, begin, end)
        }
    )
    if len(starts) == 1:
        yield begin, Period()
        return

    for first, after in pairwise([*starts, end + timedelta(days=1)]):
        yield first, Period(first, after - timedelta(days=1))


def posts_of(
    case: Case, member: StaffMember, when: date | None = None
) -> Iterator[str]:
    """The posts somebody's standing lets them fill, as a term begins."""
    begin = when or case.term.first
    leads = member.standing in case.params.get("leader_standings", begin)
    if leads:
        yield from (LEAD, COMBINED)

    if member.standing is Standing.GUARD:
        yield GUARD
        return

    if member.standing is Standing.DORM:
        yield DORM
        return

    if member.standing is Standing.MIDDLE:
        yield MIDDLE

    if not leads or case.params.get("leaders_also_duty", begin):
        yield DUTY


def _tags(case: Case, member: StaffMember) -> Iterator[Dated]:
    if member.gender == WOMAN:
        yield Dated(WOMAN)

    if member.hometown_away:
        yield Dated(AWAY_FROM_HOME)

    for begin, period in _periods(case, "principal_standings"):
        heads = case.params.get("principal_standings", begin)
        if member.standing in heads:
            yield Dated(PRINCIPAL, period)

    words = {LimitKind.NO_NIGHT: NO_NIGHT, LimitKind.NO_HOLIDAY: NO_HOLIDAY}
    for limit in case.limits:
        if limit.staff == member.id and limit.kind in words:
            yield Dated(words[limit.kind], limit.period)


def _unavailable(case: Case, member: StaffMember) -> Iterator[Period]:
    for leave in case.leave:
        if leave.staff == member.id:
            yield Period(_eve(case, member, leave), leave.last)

    shut, _ = _comp_leave(case, member)
    yield from (Period(when, when) for when in shut)

    for limit in case.limits:
        if limit.staff == member.id and limit.kind is LimitKind.NO_DUTY:
            # The documents want both ends; beyond the term none matters.
            first = limit.period.first or case.term.first
            last = limit.period.last or max(first, case.term.last)
            yield Period(first, last)

    employed = member.employed
    if employed.first and employed.first > case.term.first:
        yield Period(case.term.first, employed.first - timedelta(days=1))

    if employed.last and employed.last < case.term.last:
        yield Period(employed.last + timedelta(days=1), case.term.last)


def _eve(case: Case, member: StaffMember, leave: Leave) -> date:
    """
    The leave's first day, or its eve when no shift of theirs ends by then.

    Shifts that only some of the eve's are too late for are barred one by
    one instead (`late_before_leave`).
    """
    eve = leave.first - timedelta(days=1)
    theirs = set(posts_of(case, member, eve))
    shifts = [s for s in case.shifts if s.date == eve and s.post in theirs]
    late = [s for s in shifts if too_late(case.params, s.end, leave)]
    return eve if shifts and len(late) == len(shifts) else leave.first


def late_before_leave(case: Case) -> Iterator[tuple[StaffMember, list[str]]]:
    """People with the shifts that would run into their leave."""
    for member in case.staff:
        late = [
            shift.id
            for leave in case.leave
            if leave.staff == member.id
            for shift in case.shifts
            if shift.date == leave.first - timedelta(days=1)
            and shift.post in posts_of(case, member, shift.date)
            and too_late(case.params, shift.end, leave)
            and _eve(case, member, leave) == leave.first
        ]
        if late:
            yield member, late


def in_comp_leave(case: Case) -> Iterator[tuple[StaffMember, list[str]]]:
    """People with the shifts that run into their half-days off."""
    for member in case.staff:
        _, barred = _comp_leave(case, member)
        if barred:
            yield member, barred


def _comp_leave(
    case: Case, member: StaffMember
) -> tuple[list[date], list[str]]:
    """The dates no shift of theirs is left on, and shifts of other dates."""
    days = case.resting.get(member.id, ())
    theirs: dict[date, list[Shift]] = {}
    for shift in case.shifts if days else ():
        if shift.post in posts_of(case, member, shift.date):
            theirs.setdefault(shift.date, []).append(shift)

    shut, barred = [], []
    for when, shifts in theirs.items():
        met = [
            s.id for s in shifts if rests(case.params, days, s.start, s.end)
        ]
        if met and len(met) == len(shifts):
            shut.append(when)
        else:
            barred += met

    return shut, barred


def too_late(params: Params, end: datetime, leave: Leave) -> bool:
    """Whether a shift of the eve ends too late on a leave's first day."""
    hour = params.get("leave_from_hour", leave.first)
    return end.date() >= leave.first and (end.hour, end.minute) > (hour, 0)
