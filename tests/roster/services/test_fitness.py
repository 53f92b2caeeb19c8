"""Who may be on duty when, by today's records."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.auditors import read
from roster.comp import Half, HalfDay
from roster.people import Leave, Limit, LimitKind, Period, Presence, Standing
from roster.problem import Assignment
from roster.records import (
    CompLeaveRow,
    LeaveRow,
    LimitRow,
    RelationRow,
    StaffRow,
)
from roster.rules.clauses import Apart, Bar
from roster.rules.drafting import draft_problem
from roster.rules.rulebook import Override
from roster.services.conflicts import tells_of_one
from roster.services.editing.trying import trial_of
from roster.services.fitness import Facts, Fitness, Unfit, fitness_of
from roster.services.readiness import readiness
from roster.services.views import ConflictLine
from tests.builders import at, day, make_problem, make_staff
from tests.conftest import NOW
from tests.offices import BOOKS, SCHOOL, SHORT, make_case, member
from tests.roster.services import small
from tests.roster.services.small import PEOPLE, SHIFTS

BOARDING = replace(SCHOOL, boarding=True)

dates = st.dates(SHORT.first - timedelta(days=2), SHORT.last)


ends = st.tuples(dates, dates).map(sorted)
# Their ends may be open.
periods = st.tuples(ends, st.booleans(), st.booleans()).map(
    lambda found: Period(
        found[0][0] if found[1] else None, found[0][1] if found[2] else None
    )
)
leaves = ends.map(lambda both: Leave("x", *both))
limits = st.builds(Limit, st.just("x"), st.sampled_from(LimitKind), periods)


@settings(max_examples=40, deadline=None)
@given(
    standing=st.sampled_from(Standing),
    employed=periods,
    leave=st.lists(leaves, max_size=2),
    limited=st.lists(limits, max_size=2),
    hour=st.sampled_from([0, 6, 8]),
    presence=st.sampled_from(["全天到岗", "电话带班"]),
    off=st.lists(st.builds(HalfDay, dates, st.sampled_from(Half)), max_size=3),
)
def test_what_the_solver_is_told_and_what_is_asked_later_agree(
    standing, employed, leave, limited, hour, presence, off
):
    someone = member(SCHOOL, 1, standing, employed=employed)
    case = make_case(
        BOARDING,
        SHORT,
        staff=(someone,),
        presences=(Presence(SCHOOL.id, SHORT.first, SHORT.last),),
        overrides=tuple(
            Override("schools", "", name, value, Period(), "试", "8号")
            for name, value in {
                "night_staff": 1,
                "leave_from_hour": hour,
                "leader_presence": presence,
            }.items()
        ),
        resting={someone.id: tuple(off)},
        leave=tuple(replace(v, staff=someone.id) for v in leave),
        limits=tuple(replace(v, staff=someone.id) for v in limited),
    )
    facts = Facts(someone, case.params, case.leave, case.limits, tuple(off))
    problem = draft_problem(case)
    person = problem.person[someone.id]

    for shift in problem.shifts:
        if person.has_post(shift.post, shift.date):
            asked = set(facts.against(shift))
            told = person.away(shift.date)
            assert told <= any(why.away for why in asked), shift.id
            barred = barred_for_one(problem, shift, someone.id)
            assert bool(asked) == (told or barred), (shift.id, asked)


def barred_for_one(problem, shift, staff) -> bool:
    cell = frozenset([Assignment(shift.id, staff)])
    return any(
        isinstance(clause, Bar) and clause.mandatory and personal(clause)
        for clause in problem.clauses
        if read(clause, problem, cell)
    )


def personal(clause) -> bool:
    tags = list(clause.select.staff_tags)
    shifts = list(clause.select.shifts)
    facts = {"kind": "bar", "tags": tags, "dates": shifts}
    return tells_of_one(ConflictLine("clause", "", facts))


@pytest.fixture
def drafted(records):
    with records.writing() as session:
        small.settle(session)
        small.draft(session, small.everything_to("anna"), who="编排", now=NOW)
    return records


def against(records, staff="bo", number=0, **shift):
    with records.reading() as session:
        fit = fitness_of(session, [staff], BOOKS)
        return fit.against(staff, replace(SHIFTS[number], **shift))


def enters(records, *rows) -> None:
    with records.writing() as session:
        session.add_all(rows)


def employs(records, staff, **dated) -> None:
    with records.writing() as session:
        row = session.get_one(StaffRow, staff)
        for name, value in dated.items():
            setattr(row, name, value)


def leave(staff, number):
    when = day(number)
    return LeaveRow(staff=staff, first=when, last=when, kind="病假")


def limit(staff, kind, first=None, last=None):
    return LimitRow(staff=staff, kind=kind, first=first, last=last)


def test_nothing_stands_against_somebody_who_is_there(drafted):
    assert against(drafted) == ()


def test_leave_counts_on_its_days_and_on_the_evening_before(drafted):
    enters(drafted, leave("bo", 1))

    assert against(drafted, number=1) == (Unfit.LEAVE,)
    assert against(drafted, number=2) == ()
    # By day until six in the evening, by night until after six.
    assert against(drafted) == ()
    assert against(drafted, end=at(day(0), 32)) == (Unfit.LEAVE,)
    assert against(drafted, end=at(day(0), 30)) == ()


def test_comp_leave_counts_on_its_half_days(drafted):
    enters(
        drafted,
        CompLeaveRow(
            unit=small.UNIT,
            staff="bo",
            first=day(1),
            last=day(2),
            halves=[[str(day(1)), "pm"], [str(day(2)), "am"]],
            state="granted",
            word="",
            behalf="",
            answer="",
            asked_by="bo",
            asked_at=NOW,
            settled_by="审核",
        ),
    )

    found = [against(drafted, number=number) for number in range(4)]

    assert found == [(), (Unfit.COMP_LEAVE,), (Unfit.COMP_LEAVE,), ()]
    # The night that ends as the morning begins, and an early half-day.
    assert against(drafted, number=0, end=at(day(1), 12)) == ()
    assert against(drafted, number=1, end=at(day(1), 12)) == ()
    assert against(drafted, number=2, start=at(day(2), 12)) == ()


def test_first_and_last_days_count(drafted):
    employs(drafted, "bo", employed_from=day(1), employed_until=day(2))

    found = [against(drafted, number=number) for number in range(4)]

    assert found == [(Unfit.NOT_YET,), (), (), (Unfit.LEFT,)]


def test_limits_count_on_their_dates_for_their_shifts(drafted):
    enters(
        drafted,
        limit("bo", "免排", last=day(0)),
        limit("bo", "无夜班", first=day(1), last=day(1)),
        limit("bo", "不排节假日", first=day(2)),
    )

    assert against(drafted) == (Unfit.EXCUSED,)
    assert against(drafted, number=1) == ()
    assert against(drafted, number=1, tags=("night",)) == (Unfit.NO_NIGHT,)
    assert against(drafted, number=2, tags=("night",)) == ()
    assert against(drafted, number=3, tags=("holiday",)) == (Unfit.NO_HOLIDAY,)


def test_whom_the_records_no_longer_have_has_left(drafted):
    assert against(drafted, staff="nobody") == (Unfit.LEFT,)
    assert Fitness().against("nobody", SHIFTS[0]) == ()


def test_a_draft_is_held_against_what_was_entered_since(lite):
    holiday = replace(SHIFTS[0], tags=("holiday",))
    problem = make_problem(
        make_staff(*PEOPLE, posts=("lead",)), (holiday, *SHIFTS[1:])
    )
    with lite.writing() as session:
        small.settle(session)
        solved = small.solution(session, NOW, problem=problem)
        row = small.draft(
            session,
            small.everything_to("bo"),
            who="编排",
            now=NOW,
            solved=solved,
        )
        session.add_all([limit("anna", "不排节假日"), leave("anna", 1)])
        session.add(leave("bo", 2))
        session.flush()
        trial = trial_of(session, row, BOOKS)

    ((told, cells),) = trial.marks()
    assert (told.line.code, told.names) == ("leave", ("bo",))
    assert cells == {Assignment(SHIFTS[2].id, "bo")}
    # A limit breaks an article, which may stand in a draft; to be away
    # cannot be.
    found = given_to_anna(trial, SHIFTS[0].id)
    assert [b.line.code for b in found.breaks] == ["no-holiday"]
    assert found.impossible == ()
    found = given_to_anna(trial, SHIFTS[1].id)
    assert [b.line.code for b in found.impossible] == ["leave"]
    assert given_to_anna(trial, SHIFTS[2].id).impossible == ()


def test_whoever_has_moved_serves_in_the_old_unit_no_more(lite):
    with lite.writing() as session:
        small.settle(session, "U1", "U2")
        row = small.draft(
            session, small.everything_to("bo"), who="编排", now=NOW
        )
        session.get_one(StaffRow, "bo").unit = "U2"
        session.flush()
        trial = trial_of(session, row, BOOKS)
        (broken,) = readiness(session, row, small.CALENDAR, BOOKS).broken

    codes = {told.line.code for told, _ in trial.marks()}
    assert codes == {broken.line.code} == {"moved"}
    assert broken.dates == tuple(shift.date for shift in SHIFTS)


def given_to_anna(trial, shift):
    return trial.of(
        frozenset({Assignment(shift, "bo")}),
        frozenset({Assignment(shift, "anna")}),
    )


@pytest.mark.parametrize("known", [False, True])
def test_who_is_kept_apart_by_now_is_told_once(lite, known):
    """Whether the draft was made before their relation was entered or not."""
    one_day = replace(SHIFTS[1], date=SHIFTS[0].date)
    shifts = (SHIFTS[0], one_day, *SHIFTS[2:])
    apart = Apart(id="a", article="第九条", tier=0, pairs=(("anna", "bo"),))
    people = make_staff(*PEOPLE, posts=("lead",))
    problem = make_problem(people, shifts, *([apart] if known else []))
    first, second = SHIFTS[0].id, SHIFTS[1].id
    with lite.writing() as session:
        small.settle(session)
        solved = small.solution(session, NOW, problem=problem)
        held = {**small.everything_to("bo"), second: "anna"}
        row = small.draft(session, held, who="编排", now=NOW, solved=solved)
        session.add(RelationRow(one="anna", other="bo", kind="夫妻"))
        session.flush()
        trial = trial_of(session, row, BOOKS)
        found = readiness(session, row, small.CALENDAR, BOOKS).broken

    marked = [cell for _, cells in trial.marks() for cell in cells]
    both = [Assignment(first, "bo"), Assignment(second, "anna")]
    assert sorted(marked) == both
    assert {name for told in found for name in told.names} == {"anna", "bo"}
    assert {told.dates for told in found} == {(SHIFTS[0].date,)}
    assert all(tells_of_one(told.line) for told in found)
    # With somebody else there it is well, until one of them comes back.
    with lite.writing() as session:
        held[first] = "chen"
        row = small.draft(session, held, who="编排", now=NOW, solved=solved)
        trial = trial_of(session, row, BOOKS)
    assert trial.marks() == []
    chen, bo = Assignment(first, "chen"), Assignment(first, "bo")
    found = trial.of(frozenset({chen}), frozenset({bo}))
    assert (found.impossible, len(found.breaks)) == ((), 1)
