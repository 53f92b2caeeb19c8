"""Who can stand in for a shift, and who is named first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.audit import breaches, costs
from roster.judging import added
from roster.moves import stand_ins
from roster.problem import Assignment
from roster.rules import clauses as c
from roster.rules.clauses import Selection, Wished
from tests.builders import (
    day,
    held,
    make_person,
    make_problem,
    make_shift,
    make_shifts,
    make_staff,
    pin,
)
from tests.effort import examples
from tests.solver.problems import small_problems


def named(found):
    return [(who.staff, who.back) for who in found]


def test_a_colleague_covers_or_swaps():
    problem = make_problem(make_staff("li", "wang"), make_shifts(2))
    roster = held(("d0/duty", "li"), ("d1/duty", "wang"))

    found = stand_ins(problem, roster, "d0/duty", "li")

    assert named(found) == [("wang", ""), ("wang", "d1/duty")]


def test_whoever_is_on_leave_or_has_not_the_post_cannot_stand_in():
    staff = [
        make_person("li"),
        make_person("wang", unavailable=[(day(0), day(2))]),
        make_person("zhao", ["lead"]),
        make_person("sun"),
    ]
    problem = make_problem(staff, make_shifts(1))

    found = stand_ins(problem, held(("d0/duty", "li")), "d0/duty", "li")

    assert named(found) == [("sun", "")]


def test_nobody_stands_in_for_a_shift_they_hold_themselves():
    problem = make_problem(make_staff("li", "wang"), [make_shift(0, needs=1)])
    roster = held(("d0/duty", "li"), ("d0/duty", "wang"))  # one too many

    assert stand_ins(problem, roster, "d0/duty", "li") == ()


def test_nobody_gives_back_a_shift_that_is_held_already():
    problem = make_problem(
        make_staff("li", "wang"), [make_shift(0), make_shift(1)]
    )
    both = [("d1/duty", "li"), ("d1/duty", "wang")]  # one too many
    roster = held(("d0/duty", "li"), *both)

    found = stand_ins(problem, roster, "d0/duty", "li")

    assert named(found) == [("wang", "")]


def test_what_is_mandatory_is_kept():
    problem = make_problem(
        make_staff("li", "wang", "zhao"),
        make_shifts(4),
        c.Gap(id="C1", tier=0, days=2),
    )
    roster = held(("d0/duty", "li"), ("d1/duty", "wang"), ("d3/duty", "zhao"))

    found = stand_ins(problem, roster, "d0/duty", "li")

    assert named(found) == [
        ("zhao", ""),
        ("wang", "d1/duty"),
        ("zhao", "d3/duty"),
    ]


def test_what_has_been_is_not_given_back():
    problem = make_problem(
        make_staff("li", "wang"),
        make_shifts(2),
        pins=(pin("d0/duty", "wang", past=True),),
    )
    roster = held(("d0/duty", "wang"), ("d1/duty", "li"))

    found = stand_ins(problem, roster, "d1/duty", "li")

    assert named(found) == [("wang", "")]


def test_the_first_goal_decides_then_the_second():
    problem = make_problem(
        make_staff("li", "wang", "zhao"),
        make_shifts(2),
        c.Balance(id="C1", tier=1, ledger="total"),
        c.Wish(
            id="C2",
            tier=2,
            wishes=(
                Wished("zhao", want=False, on=day(0)),
                Wished("li", want=True, on=day(0)),
            ),
        ),
    )
    roster = held(("d0/duty", "li"), ("d1/duty", "wang"))

    found = stand_ins(problem, roster, "d0/duty", "li")

    assert [
        (*pair, who.costs)
        for pair, who in zip(named(found), found, strict=True)
    ] == [
        ("wang", "d1/duty", ((1, 0), (2, 1))),
        ("zhao", "", ((1, 0), (2, 2))),
        ("wang", "", ((1, 2), (2, 1))),
    ]


def test_of_equals_the_nearest_comes_first_and_a_cover_before_a_swap():
    problem = make_problem(
        make_staff("li", "sun", "wang", "zhao"), make_shifts(6)
    )
    roster = held(
        ("d3/duty", "li"),
        ("d0/duty", "sun"),
        ("d4/duty", "wang"),
        ("d5/duty", "zhao"),
    )

    found = stand_ins(problem, roster, "d3/duty", "li")

    assert named(found) == [
        ("sun", ""),
        ("wang", ""),
        ("zhao", ""),
        ("wang", "d4/duty"),
        ("zhao", "d5/duty"),
        ("sun", "d0/duty"),
    ]


def test_nothing_is_given_back_within_a_weeks_leave():
    problem = make_problem(make_staff("li", "wang"), make_shifts(6))
    roster = held(
        ("d1/duty", "li"),
        ("d3/duty", "li"),
        *((f"d{n}/duty", "wang") for n in (0, 2, 4)),
    )
    leave = frozenset(held(("d1/duty", "li"), ("d3/duty", "li")))

    found = stand_ins(problem, roster, "d1/duty", "li", without=leave)

    assert named(found) == [
        ("wang", ""),
        ("wang", "d0/duty"),
        ("wang", "d4/duty"),
    ]


def test_a_duty_that_falls_away_stands_in_nobodys_way():
    gap = c.Gap(id="C1", tier=0, days=2)
    problem = make_problem(make_staff("li", "wang"), make_shifts(6), gap)
    roster = held(("d1/duty", "li"), ("d3/duty", "li"), ("d4/duty", "wang"))
    leave = frozenset(held(("d3/duty", "li")))

    as_it_is = stand_ins(problem, roster, "d1/duty", "li")
    on_leave = stand_ins(problem, roster, "d1/duty", "li", without=leave)

    assert named(as_it_is) == [("wang", "")]
    assert named(on_leave) == [("wang", ""), ("wang", "d4/duty")]


def test_the_duties_of_others_stay_whatever_is_left_out():
    bar = c.Bar(id="C1", tier=1, select=Selection(staff=("wang",)))
    problem = make_problem(make_staff("li", "wang"), make_shifts(3), bar)
    roster = held(("d0/duty", "li"), ("d2/duty", "wang"), ("d9/duty", "li"))
    beside_the_point = frozenset(
        held(("d1/duty", "li"), ("d2/duty", "wang"), ("d9/duty", "li"))
    )

    found = stand_ins(
        problem, roster, "d0/duty", "li", without=beside_the_point
    )

    assert [(w.staff, w.back, w.costs) for w in found] == [
        ("wang", "d2/duty", ((1, 0),)),
        ("wang", "", ((1, 1),)),
    ]


def test_nobody_stands_in_for_a_shift_that_is_not_held():
    problem = make_problem(make_staff("li", "wang"), make_shifts(2))

    with pytest.raises(ValueError, match="wang does not hold d0/duty"):
        stand_ins(problem, held(("d0/duty", "li")), "d0/duty", "wang")


def enumerated(problem, roster, asked, gone):
    """All covers and swaps, each read as a whole roster."""
    start = (roster - gone) | {asked}
    was, costly = breaches(problem, start), costs(problem, start)
    dates = [problem.shift[a.shift].date for a in gone | {asked}]
    found = []

    for person in problem.staff:
        for back in (None, *problem.shifts):
            after = (start - {asked}) | {Assignment(asked.shift, person.id)}
            days = 0
            if back is not None:
                theirs = Assignment(back.id, person.id)
                ours = Assignment(back.id, asked.staff)
                if theirs not in start or ours in start:
                    continue
                if min(dates) <= back.date <= max(dates):
                    continue
                after = (after - {theirs}) | {ours}
                days = abs((back.date - problem.shift[asked.shift].date).days)
            if Assignment(asked.shift, person.id) in start:
                continue
            if added(was, breaches(problem, after)):
                continue

            change = tuple(
                (tier, cost - costly[tier])
                for tier, cost in costs(problem, after).items()
            )
            name = back.id if back else ""
            found.append((change, days, bool(back), (person.id, name)))

    found.sort(key=lambda entry: entry[:3])
    return [(*pair, change) for change, _, _, pair in found]


@given(st.data())
@settings(max_examples=examples(150), deadline=None)
def test_the_list_is_that_of_plain_enumeration(data):
    problem = data.draw(small_problems())
    cells = [
        Assignment(shift.id, person.id)
        for shift in problem.shifts
        for person in problem.staff
    ]
    roster = frozenset(
        data.draw(
            st.lists(
                st.sampled_from(cells), unique=True, min_size=1, max_size=8
            )
        )
    )
    asked = data.draw(st.sampled_from(sorted(roster)))
    gone = frozenset(
        a
        for a in roster
        if a.staff == asked.staff and data.draw(st.booleans())
    )

    found = stand_ins(problem, roster, asked.shift, asked.staff, without=gone)

    assert [(w.staff, w.back, w.costs) for w in found] == enumerated(
        problem, roster, asked, gone
    )
