"""A small change is judged as a reading of the whole roster judges it."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roster.audit import breaches, costs
from roster.judging import Judge, added
from roster.problem import Assignment, Pin
from roster.rules import clauses as c
from roster.rules.clauses import CLAUSE_KINDS, Wished
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
from tests.solver.problems import (
    legal_pins,
    people,
    small_problems,
    some_clause,
    some_shifts,
)

# What looks at several people together is where a narrow look could err.
TOGETHER = ("apart", "balance", "mix", "same", "spacing")
often = settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def by_text(found):
    return sorted(map(repr, found))


def change_of_costs(problem, before, after):
    was, now = costs(problem, before), costs(problem, after)
    return tuple((tier, now[tier] - was[tier]) for tier in now)


def assert_judged_as_a_whole(problem, start, judge, gone, come):
    after = (start - gone) | come
    new = added(breaches(problem, start), breaches(problem, after))

    assert by_text(judge.breaches(gone, come)) == by_text(new)
    assert judge.allows(gone, come) is (not new)
    assert judge.costs(gone, come) == change_of_costs(problem, start, after)


def covers(problem, start):
    """Each assignment handed to each other person, whoever they are."""
    for assignment, person in product(sorted(start), problem.staff):
        if person.id != assignment.staff:
            yield {assignment}, {Assignment(assignment.shift, person.id)}


def swaps(start):
    """Each two people's assignments exchanged."""
    for one, other in product(sorted(start), sorted(start)):
        if one.staff < other.staff and one.shift != other.shift:
            yield (
                {one, other},
                {
                    Assignment(one.shift, other.staff),
                    Assignment(other.shift, one.staff),
                },
            )


def some_assignments(draw, problem, most=6):
    """Anything on paper: also too few, too many, people who cannot."""
    cells = [
        Assignment(shift.id, person.id)
        for shift in problem.shifts
        for person in problem.staff
    ]
    return frozenset(
        draw(st.lists(st.sampled_from(cells), unique=True, max_size=most))
    )


@st.composite
def larger_problems(draw, kinds=TOGETHER):
    staff = draw(people(draw(st.integers(4, 6))))
    shifts = draw(some_shifts(draw(st.integers(3, 6))))
    found = [draw(some_clause(n, staff, shifts, kinds)) for n in range(3)]
    pairs = st.tuples(
        st.sampled_from([s.id for s in shifts]),
        st.sampled_from([p.id for p in staff]),
        st.booleans(),
    )
    wanted = [Pin(*pair) for pair in draw(st.lists(pairs, max_size=2))]
    plain = make_problem(staff, shifts, *found)
    return make_problem(staff, shifts, *found, pins=legal_pins(plain, wanted))


@given(st.data())
@often
def test_every_cover_and_swap_is_judged_as_a_whole_reading_judges(data):
    problem = data.draw(small_problems(clause_count=4))
    start = some_assignments(data.draw, problem)
    judge = Judge(problem, start)

    for gone, come in (*covers(problem, start), *swaps(start)):
        assert_judged_as_a_whole(problem, start, judge, gone, come)


@given(st.data())
@settings(often, max_examples=examples(100))
def test_people_who_are_looked_at_together_are_found_together(data):
    problem = data.draw(larger_problems())
    start = some_assignments(data.draw, problem, most=12)
    judge = Judge(problem, start)

    for gone, come in (*covers(problem, start), *swaps(start)):
        assert_judged_as_a_whole(problem, start, judge, gone, come)


@pytest.mark.parametrize("kind", sorted(CLAUSE_KINDS))
@given(data=st.data())
@settings(often, max_examples=examples(25))
def test_every_kind_of_clause_is_judged_as_a_whole(kind, data):
    problem = data.draw(larger_problems((kind,)))
    start = some_assignments(data.draw, problem, most=10)
    judge = Judge(problem, start)

    gone = some_assignments(data.draw, problem, most=2)
    come = some_assignments(data.draw, problem, most=2)

    after = (start - gone) | come
    new = added(breaches(problem, start), breaches(problem, after))
    assert by_text(judge.breaches(gone, come)) == by_text(new)
    assert judge.costs(gone, come) == change_of_costs(problem, start, after)


def test_nobody_is_on_duty_while_on_leave():
    staff = [
        make_person("li"),
        make_person("wang", unavailable=[(day(0),) * 2]),
    ]
    problem = make_problem(staff, make_shifts(1))
    judge = Judge(problem, held(("d0/duty", "li")))

    (breach,) = judge.breaches(
        held(("d0/duty", "li")), held(("d0/duty", "wang"))
    )

    assert breach.rule == "available"


def test_an_assignment_that_must_stand_is_not_moved():
    problem = make_problem(
        make_staff("li", "wang"),
        make_shifts(1),
        pins=(pin("d0/duty", "li", past=True),),
    )
    judge = Judge(problem, held(("d0/duty", "li")))

    (breach,) = judge.breaches(
        held(("d0/duty", "li")), held(("d0/duty", "wang"))
    )

    assert (breach.rule, breach.staff) == ("pin", ("li",))


def test_what_is_wrong_elsewhere_is_not_held_against_a_change():
    problem = make_problem(make_staff("li", "wang"), make_shifts(3))
    roster = held(("d0/duty", "li"))  # two days are open

    judge = Judge(problem, roster)

    assert judge.allows(roster, held(("d0/duty", "wang")))


def test_whoever_is_over_the_limit_may_hand_on_a_duty():
    limit = c.Limit(id="C1", tier=0, max=1)
    problem = make_problem(make_staff("li", "wang"), make_shifts(3), limit)
    judge = Judge(problem, held(*((f"d{n}/duty", "li") for n in range(3))))

    assert judge.allows(held(("d0/duty", "li")), held(("d0/duty", "wang")))


def test_whoever_is_over_the_limit_takes_no_more():
    limit = c.Limit(id="C1", tier=0, max=1)
    problem = make_problem(make_staff("li", "wang"), make_shifts(3), limit)
    judge = Judge(
        problem,
        held(("d0/duty", "li"), ("d1/duty", "li"), ("d2/duty", "wang")),
    )

    (breach,) = judge.breaches(
        held(("d2/duty", "wang")), held(("d2/duty", "li"))
    )

    assert (breach.rule, breach.facts["cost"]) == ("C1", 2)


def test_the_last_one_left_on_a_short_shift_may_be_relieved():
    problem = make_problem(make_staff("li", "wang"), [make_shift(0, needs=2)])
    judge = Judge(problem, held(("d0/duty", "li")))

    assert judge.allows(held(("d0/duty", "li")), held(("d0/duty", "wang")))
    assert not judge.allows(held(("d0/duty", "li")))


def test_what_was_allowed_while_it_was_little_is_named_once_it_is_not():
    gap = c.Gap(id="C1", tier=0, days=2, allow=1)
    problem = make_problem(make_staff("li", "wang"), make_shifts(4), gap)
    judge = Judge(
        problem,
        held(
            ("d0/duty", "li"),
            ("d1/duty", "li"),
            ("d2/duty", "wang"),
        ),
    )

    found = judge.breaches(held(("d2/duty", "wang")), held(("d2/duty", "li")))

    assert [breach.shifts for breach in found] == [
        ("d0/duty", "d1/duty"),
        ("d1/duty", "d2/duty"),
    ]


def test_a_goal_tells_what_it_loses():
    free = Wished("wang", want=False, on=day(0), weight=3)
    problem = make_problem(
        make_staff("li", "wang"),
        make_shifts(1),
        c.Wish(id="C1", tier=2, wishes=(free,), weight=2),
        c.Balance(id="C2", tier=1, ledger="total"),
    )
    judge = Judge(problem, held(("d0/duty", "li")))

    assert judge.costs(held(("d0/duty", "li")), held(("d0/duty", "wang"))) == (
        (1, 0),
        (2, 6),
    )


def test_what_changes_nothing_costs_nothing():
    problem = make_problem(
        make_staff("li"), make_shifts(2), c.Keep(id="C1", tier=1)
    )
    roster = held(("d0/duty", "li"))
    judge = Judge(problem, roster)

    assert judge.allows(held(("d1/duty", "li")), roster)
    assert judge.costs(held(("d1/duty", "li")), roster) == ((1, 0),)


def test_a_wish_to_be_free_is_not_outweighed_by_another_days():
    free = tuple(Wished("li", want=False, on=day(n)) for n in (0, 1))
    wish = c.Wish(id="C1", tier=0, wishes=free)
    problem = make_problem(make_staff("li"), make_shifts(2), wish)
    judge = Judge(problem, held(("d0/duty", "li")))

    found = judge.breaches(held(("d0/duty", "li")), held(("d1/duty", "li")))

    assert [breach.dates for breach in found if breach.rule == "C1"] == [
        (day(1),)
    ]


def test_one_post_not_filled_by_right_excuses_no_other():
    shifts = [make_shift(0, "lead"), make_shift(0, "night")]
    problem = make_problem(make_staff("li"), shifts)
    judge = Judge(problem, held(("d0/lead", "li")))

    found = judge.breaches(held(("d0/lead", "li")), held(("d0/night", "li")))

    assert [(breach.rule, breach.shifts) for breach in found] == [
        ("coverage", ("d0/lead",)),
        ("eligible", ("d0/night",)),
    ]


def test_strangers_on_paper_can_be_replaced():
    mixes = [
        c.Mix(id=f"C{tier}", tier=tier, min=1, for_staff=("li",), per="date")
        for tier in (0, 1)
    ]
    problem = make_problem(make_staff("li"), make_shifts(1), *mixes)
    gone = held(("d0/duty", "somebody who left"), ("d9/duty", "li"))
    judge = Judge(problem, gone)

    assert judge.allows(gone, held(("d0/duty", "li")))
    assert judge.costs(gone, held(("d0/duty", "li"))) == ((1, -1),)
    assert not judge.allows((), held(("d8/duty", "li")))
