"""A reading narrowed to few people tells of nobody else."""

import pytest

from roster.auditors import Reading, violations
from roster.rules import clauses as c
from roster.rules.clauses import Wished
from tests.builders import (
    day,
    earlier,
    held,
    make_person,
    make_problem,
    make_shifts,
)

STAFF = [make_person(name, earlier=(earlier(-1),)) for name in ("li", "wang")]
ON_DUTY = tuple(Wished(name, want=True, on=day(1)) for name in ("li", "wang"))


@pytest.mark.parametrize(
    "clause",
    [
        c.AtLeast(id="C1", tier=1, min=3),
        c.Gap(id="C1", tier=1, days=2),
        c.Keep(id="C1", tier=1),
        c.Limit(id="C1", tier=1, max=0),
        c.Rest(id="C1", tier=1, hours=24),
        c.Spacing(id="C1", tier=1, cap=3),
        c.Wish(id="C1", tier=1, wishes=ON_DUTY),
    ],
)
def test_a_narrowed_reading_tells_of_its_people_alone(clause):
    problem = make_problem(
        STAFF,
        make_shifts(2),
        clause,
        previous=held(*(("d1/duty", name) for name in ("gone", "li", "wang"))),
    )
    roster = held(("d0/duty", "li"), ("d0/duty", "wang"))
    whole = Reading(problem, clause, roster)

    narrowed = whole.narrowed(frozenset({"wang"}), roster[1:])

    assert {v.staff for v in violations(narrowed)} == {("wang",)}


def test_a_reading_can_be_narrowed_to_dates():
    mix = c.Mix(id="C1", tier=1, min=1, for_staff=("li",))
    problem = make_problem(STAFF, make_shifts(3), mix)
    whole = Reading(problem, mix, ())

    narrowed = whole.narrowed(frozenset({"li"}), (), {day(1)})

    (missing,) = violations(narrowed)
    assert missing.shifts == ("d1/duty",)
