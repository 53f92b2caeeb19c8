"""People who would be enough are, and nobody of them is spare."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings

from roster.problem import Dated, Person
from roster.rules.clauses import AtLeast, Gap, Reserve, Selection
from solver.model import Limits
from solver.recruits import recruits
from tests.builders import (
    day,
    make_person,
    make_problem,
    make_shift,
    make_shifts,
    make_staff,
)
from tests.effort import examples
from tests.solver.problems import best, small_problems


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


@given(small_problems(clause_count=2))
@settings(
    max_examples=examples(80),
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
def test_with_the_recruits_there_is_a_roster_and_with_fewer_none(problem):
    assume(best(problem) is None)

    people = recruits(problem, Limits())

    assume(0 < len(people) < 4)
    assert best(joined_by(problem, people)) is not None
    for number in range(len(people)):
        rest = [*people[:number], *people[number + 1 :]]
        assert best(joined_by(problem, rest)) is None


def test_one_more_on_the_day_everybody_is_away():
    away = [
        make_person(name, unavailable=[(day(1), day(1))])
        for name in ("王强", "李明")
    ]
    problem = make_problem(away, make_shifts(3))

    (person,) = recruits(problem, Limits())

    assert person.posts == ("duty",)
    assert person.dates == (day(1),)


def test_as_many_as_a_gap_asks_for():
    gap = Gap(id="gap", tier=0, days=3)
    problem = make_problem(make_staff("王强"), make_shifts(3), gap)

    people = recruits(problem, Limits())

    assert len(people) == 2
    assert sum(len(person.dates) for person in people) == 2


def test_whoever_takes_a_reserved_shift_is_of_its_kind():
    feast = make_shift(0, "lead", tags=("除夕",))
    reserve = Reserve(
        id="heads",
        tier=0,
        for_tags=("负责人",),
        select=Selection(shift_tags=("除夕",)),
    )
    problem = make_problem([make_person("王强", ["lead"])], [feast], reserve)

    (person,) = recruits(problem, Limits())

    assert person.tags == ("负责人",)


def test_where_a_name_is_asked_for_nobody_else_helps():
    reserve = Reserve(id="his", tier=0, for_staff=("王强",))
    away = make_person("王强", unavailable=[(day(0), day(0))])
    problem = make_problem([away], [make_shift(0)], reserve)

    assert recruits(problem, Limits()) == ()


def test_where_people_are_not_the_trouble_nobody_is_asked_for():
    eager = AtLeast(id="two", tier=0, min=2, select=Selection(staff=("王强",)))
    problem = make_problem(make_staff("王强"), [make_shift(0)], eager)

    assert recruits(problem, Limits()) == ()
