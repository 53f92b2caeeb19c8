"""Repairs of small problems against counting every roster there could be."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from roster.audit import audit, breaches, costs
from roster.people import Period
from roster.problem import Pin, Problem, Status
from roster.rules.clauses import Keep, Wish, Wished
from roster.rules.repair import repair_problem, settled
from solver import solve
from tests.builders import day, held, make_problem, make_shift, make_staff
from tests.effort import examples
from tests.solver.problems import legal_pins, rosters, small_problems


@st.composite
def upset_problems(draw):
    """A problem and a roster of it, and what today's facts make of it."""
    published = draw(small_problems())
    first = next(rosters(published), None)
    assume(first is not None)
    away = draw(st.sampled_from(published.staff))
    begin, end = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
    gone = replace(away, unavailable=(Period(day(begin), day(end)),))
    staff = tuple(gone if p == away else p for p in published.staff)
    shifts = tuple(
        replace(shift, needs=draw(st.sampled_from([1, 1, 2])))
        for shift in published.shifts
    )
    today = replace(published, staff=staff, shifts=shifts)
    since = day(draw(st.integers(0, 4)))
    return published, sorted(first), today, since


def by_hand(published: Problem, before, today: Problem, since) -> Problem:
    """What must hold, put together without the repair's own hands."""
    then = {s.id: s for s in published.shifts if s.date < since}
    mixed = replace(
        today,
        shifts=tuple(then.get(s.id, s) for s in today.shifts),
        pins=(),
    )
    past = [
        Pin(c.shift, c.staff, past=True) for c in before if c.shift in then
    ]
    own = [pin for pin in today.pins if pin.shift not in then]
    pins = legal_pins(mixed, [*past, *own])
    assume(len(pins) == len(past) + len(own))
    return replace(mixed, pins=pins, previous=tuple(before))


def least(problem: Problem, before, since):
    """The fewest changes, then each tier's least cost; None without any."""
    lost = {c for c in before if problem.shift[c.shift].date >= since}
    return min(
        (
            (
                sum(c not in roster for c in lost),
                *costs(problem, roster).values(),
            )
            for roster in rosters(problem)
            if not breaches(problem, roster)
        ),
        default=None,
    )


@given(upset_problems())
@settings(
    max_examples=examples(200),
    deadline=None,
    suppress_health_check=[
        HealthCheck.filter_too_much,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
def test_the_fewest_changes_come_first_and_then_every_tier(upset):
    published, before, today, since = upset
    expected = least(by_hand(*upset), before, since)

    repair = repair_problem(today, published.shifts, before, since)
    found = settled(repair, solve(repair))

    if expected is None:
        assert found.outcome.status is Status.INFEASIBLE
        return

    assert found.outcome.status is Status.OPTIMAL
    tiers = (tier.cost for tier in found.outcome.tiers)
    assert (found.changes, *tiers) == expected
    assert audit(found.problem, found.outcome).consistent


def test_where_keeping_shares_its_tier_it_does_not_come_first():
    wish = Wish(
        id="wish",
        tier=1,
        wishes=(Wished("王强", want=False, on=day(0), weight=3),),
    )
    problem = make_problem(
        make_staff("王强", "李明"),
        [make_shift(0)],
        Keep(id="keep", tier=1),
        wish,
        previous=held(("d0/duty", "王强")),
    )

    outcome = solve(problem)

    assert outcome.assignments == held(("d0/duty", "李明"))
    assert [(t.cost, t.bound) for t in outcome.tiers] == [(1, 1)]
