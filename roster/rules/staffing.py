"""Staff members as the solver sees them: posts, tags, absences."""

from collections.abc import Iterator
from datetime import date, timedelta

from roster.people import Leave, LimitKind, Period, StaffMember, Standing
from roster.posts import COMBINED, DORM, DUTY, GUARD, LEAD, MIDDLE
from roster.problem import Dated, Person, Shift
from roster.rules.case import Case

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
        posts=tuple(Dated(post) for post in posts_of(case, member)),
        tags=tuple(_tags(case, member)),
        unavailable=tuple(_unavailable(case, member)),
        carried=dict(case.carried.get(member.id, {})),
        earlier=case.earlier.get(member.id, ()),
        share=member.share,
    )


def posts_of(case: Case, member: StaffMember) -> Iterator[str]:
    """The posts somebody's standing lets them fill."""
    begin = case.term.first
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
    begin = case.term.first
    if member.gender == WOMAN:
        yield Dated(WOMAN)

    if member.hometown_away:
        yield Dated(AWAY_FROM_HOME)

    if member.standing in case.params.get("principal_standings", begin):
        yield Dated(PRINCIPAL)

    words = {LimitKind.NO_NIGHT: NO_NIGHT, LimitKind.NO_HOLIDAY: NO_HOLIDAY}
    for limit in case.limits:
        if limit.staff == member.id and limit.kind in words:
            yield Dated(words[limit.kind], limit.period)


def _unavailable(case: Case, member: StaffMember) -> Iterator[Period]:
    for leave in case.leave:
        if leave.staff == member.id:
            yield Period(_eve(case, member, leave), leave.last)

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
    theirs = set(posts_of(case, member))
    shifts = [s for s in case.shifts if s.date == eve and s.post in theirs]
    late = [s for s in shifts if _too_late(case, s, leave)]
    return eve if shifts and len(late) == len(shifts) else leave.first


def late_before_leave(case: Case) -> Iterator[tuple[StaffMember, list[str]]]:
    """People with the shifts that would run into their leave."""
    for member in case.staff:
        theirs = set(posts_of(case, member))
        late = [
            shift.id
            for leave in case.leave
            if leave.staff == member.id
            for shift in case.shifts
            if shift.date == leave.first - timedelta(days=1)
            and shift.post in theirs
            and _too_late(case, shift, leave)
            and _eve(case, member, leave) == leave.first
        ]
        if late:
            yield member, late


def _too_late(case: Case, shift: Shift, leave: Leave) -> bool:
    hour = case.params.get("leave_from_hour", leave.first)
    end = shift.end
    return end.date() >= leave.first and (end.hour, end.minute) > (hour, 0)
