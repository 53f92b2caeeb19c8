"""Conflicts are themselves impossible, and not when a member is dropped."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings

from roster.people import Period
from roster.problem import ConflictMember, Problem, Status
from roster.rules.clauses import AtLeast, Bar, Gap, Selection
from solver import solve
from tests.builders import day, make_person, make_problem, make_shift
from tests.effort import examples
from tests.solver.problems import best, small_problems
from tests.solver.relaxed import any_roster


def demands(problem: Problem) -> list[ConflictMember]:
    """Every demand a problem makes, as a conflict would name it."""
    return [
        *(ConflictMember(clause=c.id) for c in problem.clauses if c.mandatory),
        *(ConflictMember(pin=pin) for pin in problem.pins),
        *(ConflictMember(shift=shift.id) for shift in problem.shifts),
        *(
            ConflictMember(staff=person.id, away=period)
            for person in problem.staff
            for period in person.unavailable
        ),
    ]


def bare(member: ConflictMember) -> ConflictMember:
    """A member without the words it carries for people."""
    return replace(member, article="")


@given(small_problems())
@settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
def test_a_conflict_is_made_of_demands_of_the_problem(problem):
    assume(best(problem) is None)

    outcome = solve(problem)

    assert outcome.status is Status.INFEASIBLE
    assert outcome.conflict
    assert {bare(m) for m in outcome.conflict} <= set(demands(problem))


@given(small_problems())
@settings(
    max_examples=examples(100),
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
def test_a_conflict_holds_no_member_too_many(problem):
    assume(best(problem) is None)

    members = solve(problem).conflict

    assert not any_roster(problem, members)
    for left_out in members:
        assert any_roster(problem, [m for m in members if m != left_out])


def test_a_least_number_of_duties_is_seen_beside_what_prevents_it():
    """No shift need be filled in it, and yet all of them count."""
    eager = make_person("王强", unavailable=[(day(1), day(1))])
    problem = make_problem(
        [eager, make_person("李明")],
        [make_shift(n) for n in range(3)],
        AtLeast(id="two", tier=0, min=2, select=Selection(staff=("王强",))),
        Bar(
            id="bar",
            tier=0,
            select=Selection(shifts=("d0/duty",), staff=("王强",)),
        ),
    )

    members = {bare(member) for member in solve(problem).conflict}

    assert members == {
        ConflictMember(clause="two"),
        ConflictMember(clause="bar"),
        ConflictMember(staff="王强", away=Period(day(1), day(1))),
    }


def test_a_shift_that_would_join_two_others_into_one_duty_is_seen():
    """Three days of a block are one duty, the first and last are two."""
    days = [make_shift(n, "lead", block="run") for n in (0, 2)]
    middle = make_shift(1, "both", block="run")
    problem = make_problem(
        [make_person("王强", ["lead", "both"]), make_person("李明", ["both"])],
        [*days, middle],
        Gap(id="gap", tier=0, days=3),
        Bar(
            id="bar",
            tier=0,
            select=Selection(posts=("both",), staff=("王强",)),
        ),
    )

    members = {bare(member) for member in solve(problem).conflict}

    assert members == {
        ConflictMember(shift="d0/lead"),
        ConflictMember(shift="d2/lead"),
        ConflictMember(clause="gap"),
        ConflictMember(clause="bar"),
    }


def test_leave_that_is_not_to_blame_is_left_out():
    """Thirty are away, and it is the pin that takes the last."""
    away = [
        make_person(f"p{n}", unavailable=[(day(0), day(n % 4))])
        for n in range(30)
    ]
    problem = make_problem(
        [*away, make_person("王强")],
        [make_shift(0), make_shift(0, hours=(9, 17), id="beside")],
    )

    members = solve(problem).conflict

    assert {bare(m) for m in members if m.shift} == {
        ConflictMember(shift="d0/duty"),
        ConflictMember(shift="beside"),
    }
    assert len(members) == 32
