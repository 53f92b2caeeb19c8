"""
Forty units of eight causes: smallest sets, and ways out that are ways out.

Each answer is held against a checker that uses none of the solver.
"""

from dataclasses import replace

import pytest

from roster.problem import ConflictMember, Dated, Person, Status
from roster.rules.patching import patched
from solver import solve
from solver.conflict import conflicts
from solver.model import Limits
from solver.recruits import recruits
from solver.relax import relaxations
from tests.roster.rules.relaxation import can_hold, everything
from tests.solver.broken import CAUSES, SIZES, broken

LARGE = 250  # people; these units are looked at in the campaigns
SIZE = [
    pytest.param(size, marks=[pytest.mark.campaign] if size == LARGE else [])
    for size in SIZES
]
sized = pytest.mark.parametrize("size", SIZE)
caused = pytest.mark.parametrize("cause", CAUSES)


def bare(member: ConflictMember) -> ConflictMember:
    """A clause's member without its article."""
    return replace(member, article="") if member.clause else member


def plain(members) -> set[ConflictMember]:
    return {bare(member) for member in members}


def eased(problem, patches):
    """The problem with these patches."""
    fields = {patch.clause: patch.fields for patch in patches}
    return replace(
        problem,
        clauses=tuple(
            patched(clause, fields.get(clause.id, {}))
            for clause in problem.clauses
        ),
    )


def joined_by(problem, people):
    """The problem with people of these kinds in it."""
    added = tuple(
        Person(
            f"new-{number}",
            tuple(map(Dated, person.posts)),
            tags=tuple(map(Dated, person.tags)),
        )
        for number, person in enumerate(people)
    )
    return replace(problem, staff=(*problem.staff, *added))


@sized
@caused
def test_the_smallest_set_names_the_cause_and_nothing_besides(cause, size):
    unit = broken(cause, size)

    first, smallest = conflicts(unit.problem, Limits())

    assert len(smallest) <= len(first)
    assert plain(unit.culprits) <= plain(smallest)
    if unit.whole:
        assert plain(unit.culprits) == plain(smallest)
    assert not can_hold(unit.problem, smallest)
    for left_out in smallest:
        rest = [member for member in smallest if member != left_out]
        assert can_hold(unit.problem, rest)


@sized
@caused
def test_every_relaxation_that_is_offered_makes_a_roster(cause, size):
    unit = broken(cause, size)

    for patches in relaxations(unit.problem, Limits()):
        problem = eased(unit.problem, patches)
        mandatory = [c for c in problem.clauses if c.mandatory]
        outcome = solve(replace(problem, clauses=tuple(mandatory)))
        assert outcome.status is Status.OPTIMAL
        assert can_hold(problem, everything(problem))


@sized
@pytest.mark.parametrize(
    "cause",
    ["gap-too-long", "couple-alone", "limit-too-low", "rest-too-long"],
)
def test_where_an_article_may_give_way_it_is_offered(cause, size):
    unit = broken(cause, size)
    (culprit,) = [m for m in unit.culprits if m.clause]

    first = relaxations(unit.problem, Limits())[0]

    assert [patch.clause for patch in first] == [culprit.clause]


@sized
@pytest.mark.parametrize(
    "cause", [c for c in CAUSES if c not in ("gap-too-long", "limit-too-low")]
)
def test_the_people_who_would_be_enough_are_and_none_is_spare(cause, size):
    unit = broken(cause, size)

    people = recruits(unit.problem, Limits())

    assert people
    problem = joined_by(unit.problem, people)
    assert can_hold(problem, everything(problem))
    for number in range(len(people)):
        rest = [*people[:number], *people[number + 1 :]]
        fewer = joined_by(unit.problem, rest)
        assert not can_hold(fewer, everything(fewer))
    if unit.dates:
        assert {when for p in people for when in p.dates} == {*unit.dates}
