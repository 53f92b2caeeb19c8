"""Who else could hold a shift: what is said agrees with counting all."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from roster.audit import breaches, costs
from roster.problem import Assignment, Status
from roster.rules.clauses import Apart, Balance, Bar, Gap, Selection
from solver import solve
from solver.alternatives import Alternatives
from tests.builders import make_person, make_problem, make_shift, make_staff
from tests.effort import examples
from tests.solver.problems import best, rosters, small_problems
from tests.solver.relaxed import any_roster

PATIENT = settings(
    max_examples=examples(120),
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)


# Two kinds of draws: of everything, and of what the flow knows best.
DRAWN = small_problems() | small_problems(
    clause_count=5, kinds=("balance", "wish", "gap", "apart", "bar")
)


@given(DRAWN, st.randoms(use_true_random=False))
@PATIENT
def test_what_would_get_worse_agrees_with_enumeration(problem, luck):
    assume(best(problem) is not None)
    outcome = solve(problem)
    assert outcome.status is Status.OPTIMAL
    cell = luck.choice(outcome.assignments)
    reached = tuple(tier.cost for tier in outcome.tiers)

    for found in Alternatives(problem, outcome.assignments, cell):
        other = Assignment(cell.shift, found.staff)
        left = [
            tuple(costs(problem, roster).values())
            for roster in rosters(problem)
            if other in roster
            and cell not in roster
            and not breaches(problem, roster)
        ]
        assert found.possible is bool(left)
        if found.possible:
            pairs = zip(outcome.tiers, min(left), reached, strict=True)
            worse = [(t.tier, now - b) for t, now, b in pairs if now != b]
            said = found.worse and (found.worse.tier, found.worse.by)
            assert said == (worse[0] if worse else None)
            assert found.worse is None or found.worse.proven
        else:
            assert found.breaches or found.conflict


@given(small_problems(), st.randoms(use_true_random=False))
@PATIENT
def test_the_articles_against_somebody_are_no_more_than_needed(problem, luck):
    assume(best(problem) is not None)
    outcome = solve(problem)
    cell = luck.choice(outcome.assignments)

    for found in Alternatives(problem, outcome.assignments, cell):
        if found.possible or found.breaches:
            continue

        def there(roster, found=found):
            other = Assignment(cell.shift, found.staff)
            return other in roster and cell not in roster

        members = found.conflict
        assert not any_roster(problem, members, there)
        for left_out in members:
            rest = [m for m in members if m != left_out]
            assert any_roster(problem, rest, there)


def test_chance_alone_decides_between_equals():
    problem = make_problem(
        make_staff("王强", "李明"),
        [make_shift(0)],
        Balance(id="even", tier=1, ledger="total"),
    )
    outcome = solve(problem)
    (cell,) = outcome.assignments

    (found,) = Alternatives(problem, outcome.assignments, cell)

    assert found.possible
    assert found.worse is None


def test_somebody_who_bore_more_would_make_it_less_even():
    burdened = make_person("李明", carried={"total": 2})
    problem = make_problem(
        [make_person("王强"), burdened],
        [make_shift(0)],
        Balance(id="even", tier=1, ledger="total"),
    )
    outcome = solve(problem)
    (cell,) = outcome.assignments

    (found,) = Alternatives(problem, outcome.assignments, cell)

    assert (found.worse.tier, found.worse.by) == (1, 9 - 4 - 1)


def test_a_bar_is_named_where_it_stands_in_the_way():
    problem = make_problem(
        make_staff("王强", "李明"),
        [make_shift(0)],
        Bar(
            id="bar",
            tier=0,
            article="第五条",
            select=Selection(staff=("李明",)),
        ),
    )
    outcome = solve(problem)
    (cell,) = outcome.assignments

    (found,) = Alternatives(problem, outcome.assignments, cell)

    assert found.possible is False
    assert [breach.rule for breach in found.breaches] == ["bar"]


def test_a_chain_of_three_is_found_where_a_swap_would_cost():
    """Each shift has two who may; only all three moved stay even."""
    people = [
        make_person("王强", ["a", "c"]),
        make_person("李明", ["b", "a"]),
        make_person("张兰", ["c", "b"]),
    ]
    shifts = [make_shift(n, post) for n, post in enumerate("abc")]
    even = Balance(id="even", tier=1, ledger="total")
    problem = make_problem(people, shifts, even)
    roster = [
        Assignment(shift.id, person.id)
        for shift, person in zip(shifts, people, strict=True)
    ]

    (found,) = Alternatives(problem, roster, roster[0])

    assert found.staff == "李明"
    assert found.possible
    assert found.worse is None


def test_a_tier_the_flow_undercuts_proves_nothing_of_the_next():
    """It would give one both holidays, which the gap does not allow."""
    people = [
        make_person("王强", ["a", "c"]),
        make_person("李明", ["b", "a"]),
        make_person("张兰", ["c", "b"]),
        make_person("赵敏", ["x"]),
        make_person("钱伟", ["x"], carried={"holiday": 4}),
    ]
    chain = [make_shift(9 + 3 * n, post) for n, post in enumerate("abc")]
    burden = {"holiday": 1, "total": 1}
    feast = [make_shift(n, "x", burden=burden) for n in range(2)]
    problem = make_problem(
        people,
        [*feast, *chain],
        Gap(id="gap", tier=0, days=2),
        Apart(id="tied", tier=0, pairs=(("王强", "赵敏"),)),
        Balance(id="holiday", tier=1, ledger="holiday"),
        Balance(id="total", tier=2, ledger="total"),
    )
    held = zip([*feast, *chain], [3, 4, 0, 1, 2], strict=True)
    roster = [Assignment(shift.id, people[n].id) for shift, n in held]
    assert costs(problem, roster) == dict(enumerate(best(problem), 1))

    (found,) = Alternatives(problem, roster, roster[2])

    assert found.staff == "李明"
    assert found.possible
    assert found.worse is None
