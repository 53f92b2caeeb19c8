"""Relaxations that are offered help, and none milder or fewer is missed."""

from dataclasses import replace
from itertools import product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from roster.problem import Problem
from roster.rules.clauses import Gap, Limit, Selection
from roster.rules.patching import patched
from solver.model import Limits
from solver.relax import relaxations
from tests.builders import make_person, make_problem, make_shift
from tests.effort import examples
from tests.solver.problems import best, small_problems

PATIENT = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
PATCHES = {
    "rest": [{"hours": 8}, {"hours": 0}],
    "gap": [{"days": 2}, {"days": 1}],
    "limit": [{"max": 1}, {"max": 2}, {"max": 5}],
    "at_least": [{"min": 1}, {"min": 0}],
    "mix": [{"min": 1}, {"per": "date", "min": 1}, {"min": 0}],
    "apart": [{"pairs": []}],
    "different": [{"pairs": []}],
    "same": [{"groups": []}],
    "wish": [{"wishes": []}],
}


STRICT = {
    "rest": {"hours": 40},
    "gap": {"days": 4},
    "limit": {"max": 0},
    "at_least": {"min": 2},
    "mix": {"min": 2},
}


@st.composite
def relaxable(draw) -> Problem:
    """A problem of strict clauses, most of which may be eased."""
    problem = draw(small_problems(clause_count=4, kinds=tuple(PATCHES)))
    clauses = [
        replace(
            clause,
            tier=0,
            allow=0,
            relax=tuple(PATCHES[clause.kind]),
            **STRICT.get(clause.kind, {}),
        )
        for clause in problem.clauses
    ]
    return replace(problem, clauses=tuple(clauses))


def levels_of(problem: Problem, patches) -> tuple[int, ...]:
    """How far each clause that may be eased is."""
    fields = {patch.clause: patch.fields for patch in patches}
    return tuple(
        1 + clause.relax.index(fields[clause.id]) if clause.id in fields else 0
        for clause in problem.clauses
        if clause.mandatory and clause.relax
    )


def at(problem: Problem, levels) -> Problem:
    """The problem eased so far."""
    left = iter(levels)
    clauses = []
    for clause in problem.clauses:
        level = next(left) if clause.mandatory and clause.relax else 0
        fields = clause.relax[level - 1] if level else {}
        clauses.append(patched(clause, fields))

    return replace(problem, clauses=tuple(clauses))


def every(problem: Problem):
    """All that could be eased."""
    return product(
        *(
            range(1 + len(clause.relax))
            for clause in problem.clauses
            if clause.mandatory and clause.relax
        )
    )


@given(relaxable())
@PATIENT
def test_offers_are_enough_and_the_fewest_and_mildest_come_first(problem):
    assume(best(problem) is None)
    helpful = [v for v in every(problem) if best(at(problem, v)) is not None]

    offered = [
        levels_of(problem, patches)
        for patches in relaxations(problem, Limits())
    ]

    assert set(offered) <= set(helpful)
    assert bool(offered) == bool(helpful)
    counts = [sum(level > 0 for level in levels) for levels in offered]
    assert counts == sorted(counts)
    if helpful:
        fewest = min(sum(x > 0 for x in levels) for levels in helpful)
        assert counts[0] == fewest

    for place, levels in enumerate(offered):
        for earlier in offered[:place]:
            assert any(a < b for a, b in zip(levels, earlier, strict=True))


def test_the_gap_of_leaders_is_eased_as_little_as_possible():
    people = [make_person(f"p{n}", ["lead"]) for n in range(3)]
    shifts = [make_shift(n, "lead") for n in range(6)]
    patches = tuple({"days": days} for days in range(6, 0, -1))
    gap = Gap(
        id="gap",
        tier=0,
        days=7,
        relax=patches,
        select=Selection(posts=("lead",)),
    )

    ((patch,),) = relaxations(make_problem(people, shifts, gap), Limits())

    assert (patch.clause, patch.fields) == ("gap", {"days": 3})


def test_two_clauses_that_both_stand_in_the_way_are_both_eased():
    gap = Gap(id="gap", tier=0, days=3, relax=({"days": 2}, {"days": 1}))
    limit = Limit(id="limit", tier=0, max=1, relax=({"max": 2}, {"max": 3}))
    people = [make_person("王强"), make_person("李明")]
    shifts = [make_shift(n) for n in range(4)]

    offered = relaxations(make_problem(people, shifts, gap, limit), Limits())

    assert [
        {patch.clause: dict(patch.fields) for patch in patches}
        for patches in offered
    ] == [{"gap": {"days": 2}, "limit": {"max": 2}}]


def test_either_of_two_clauses_that_could_give_way_is_offered():
    gap = Gap(id="gap", tier=0, days=2, relax=({"days": 1},))
    limit = Limit(id="limit", tier=0, max=1, relax=({"max": 2},))
    people = [make_person("王强")]
    shifts = [make_shift(0), make_shift(2)]
    alone = make_problem(people, shifts, gap, limit)
    near = make_problem(people, [make_shift(0), make_shift(1)], gap)

    assert [p.clause for (p,) in relaxations(alone, Limits())] == ["limit"]
    assert [p.clause for (p,) in relaxations(near, Limits())] == ["gap"]
