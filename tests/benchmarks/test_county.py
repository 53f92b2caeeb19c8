"""The benchmark county keeps its recipe; small units of it are proven."""

from collections import Counter
from random import Random

import pytest

from roster.audit import audit
from roster.documents import read_problem, write_problem
from roster.problem import Status
from roster.rules.clauses import Apart, Balance, Gap, Spacing, Wish
from solver import solve
from tests.benchmarks.county import TERM, YEAR, county, unit
from tests.benchmarks.office import SIZES, days_off, open_office, plan


def offices(seed):
    return [
        open_office(Random(f"{seed}/{n}"), size, TERM, tight=tight)
        for n, (size, tight) in enumerate(plan(seed))
    ]


def share_away(some):
    """Days of leave of all days of these offices' people."""
    away = sum(
        (period.last - period.first).days + 1
        for office in some
        for periods in office.away.values()
        for period in periods
    )
    return away / sum(office.size * office.length for office in some)


def clauses(problem, kind):
    return [c for c in problem.clauses if isinstance(c, kind)]


@pytest.mark.parametrize(
    ("period", "off", "in_runs"), [(TERM, 41, 11), (YEAR, 117, 33)]
)
def test_the_days_off_are_those_of_2026(period, off, in_runs):
    days = days_off(*period)

    assert (len(days), sum(run for _, run in days)) == (off, in_runs)


def test_a_county_is_a_bureau_and_129_units_of_four_sizes():
    units = plan(7)

    assert len(units) == 130
    assert units[0] == (60, True)
    assert sum(SIZES.values()) == 129
    assert [round(count / 1.29) for count in SIZES.values()] == [
        30,
        40,
        20,
        10,
    ]
    assert all(8 <= size <= 250 for size, _ in units)


def test_one_unit_in_five_is_tight():
    assert Counter(tight for _, tight in plan(7)[1:])[True] == 26


def test_people_have_leave_and_every_post_has_two_to_spare():
    county = offices(7)
    easy = share_away([office for office in county if not office.tight])
    tight = share_away([office for office in county if office.tight])

    assert easy == pytest.approx(0.05, abs=0.005)
    assert tight == pytest.approx(0.22, abs=0.015)
    assert all(
        office.free(post, day) >= need + 2
        for office in county
        for post, need in office.needs.items()
        for day in office.days
    )


def test_leaders_are_few_and_in_small_units_do_duty():
    for office in offices(7):
        lead = set(office.posts["lead"])

        assert len(lead) == max(3, office.size // (20 if office.tight else 8))
        assert (lead <= set(office.posts["duty"])) == (office.size <= 15)
        assert ("night" in office.posts) == (
            office.tight and office.size >= 30
        )


def test_the_bureau_is_a_tight_unit_as_the_recipe_has_it():
    bureau = unit(7, 0)
    ids = {person.id for person in bureau.staff}
    (wish,), (apart,) = clauses(bureau, Wish), clauses(bureau, Apart)
    wished = Counter(w.staff for w in wish.wishes)

    assert len(ids) == 60
    assert len(bureau.shifts) == 3 * 41
    assert len(apart.pairs) == 1
    assert len({pin.staff for pin in bureau.pins}) == 3
    assert len(wished) == 30
    assert max(wished.values()) <= 4
    assert {w.weight for w in wish.wishes} == {1, 2, 3}
    assert [gap.id for gap in clauses(bureau, Gap)] == [
        "gap-all",
        "gap-lead",
        "gap-duty",
    ]
    assert all(gap.days <= 13 for gap in clauses(bureau, Gap))
    assert [b.ledger for b in clauses(bureau, Balance)] == [
        "holiday",
        "weekend",
        "total",
    ]
    assert [s.cap for s in clauses(bureau, Spacing)] == [22, 22]
    assert all(
        p.carried["total"] == p.carried["holiday"] + p.carried["weekend"]
        for p in bureau.staff
    )


def test_in_a_year_people_may_wish_for_six_days():
    (wish,) = clauses(unit(7, 1, YEAR), Wish)

    assert max(Counter(w.staff for w in wish.wishes).values()) in (5, 6)


def test_one_seed_gives_one_county():
    assert list(county(7, 2)) == list(county(7, 2))
    assert unit(7, 1) != unit(8, 1)


def test_a_unit_is_a_document_that_can_be_read_again():
    problem = unit(7, 1)

    assert read_problem(write_problem(problem)) == problem


@pytest.mark.parametrize("size", [20, 40])
def test_a_small_unit_is_solved_to_the_proof(size):
    number = next(
        n
        for n, (staff, tight) in enumerate(plan(7))
        if staff >= size and not tight
    )
    problem = unit(7, number)

    outcome = solve(problem)

    assert outcome.status is Status.OPTIMAL
    assert audit(problem, outcome).consistent
