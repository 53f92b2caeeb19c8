"""On-call instances: read, put in our words, and judged plainly."""

import pytest

from roster.problem import Status
from solver import solve
from tests.benchmarks.oncall import make_problem, read_dzn, read_folder
from tests.benchmarks.oncall_value import value

# Positions 3 and 8 are weekends. Invented for this test.
TINY = """\
num_staff = 3;
work_load = [100, 100, 50];
num_days = 9; % twelve once
unavailable = [
    {1, 12},
    {},
    {2}
];
fixed = [{}, {4, 5}, {}];
weekend_offset = 2;
adj_days_str = 1;
wed_before_weekend_str = 2;
"""


@pytest.fixture
def tiny():
    return read_dzn("tiny", TINY)


def test_a_data_file_is_read(tiny):
    assert tiny.positions == 9
    assert tiny.work_load == (100, 100, 50)
    assert tiny.unavailable == ({1}, set(), {2})
    assert tiny.fixed == (set(), {4, 5}, set())
    assert list(tiny.weekends) == [3, 8]
    assert (tiny.adjacent, tiny.midweek) == (1, 2)


def test_a_folder_is_read_shortest_instance_first(tmp_path):
    longer = TINY.replace("num_days = 9", "num_days = 10")
    (tmp_path / "a.dzn").write_text(longer)
    (tmp_path / "b.dzn").write_text(TINY)

    assert [i.name for i in read_folder(tmp_path)] == ["b", "a"]


def test_a_roster_is_worth_its_breaches_and_spreads(tiny):
    # Three, four and two weekdays and weekends, by hand: 4 and 5 are one
    # person's; 6 and the weekend at 8 are two days apart.
    held = [1, 0, 2, 1, 1, 0, 2, 0, 1]

    #  4–5 adjacent: 1; 6 and 8: 2.
    #  Weekdays 2, 4, 1 at 100, 100, 50: widest 100·4 − 100·2 = 200: 2.
    #  Weekends 1, 0, 1: widest 100·1 − 50·0 = 100: 1.
    assert value(tiny, held) == 1 + 2 + 2 + 1


@pytest.mark.parametrize(
    ("held", "rule"),
    [
        ([0, 0, 2, 1, 1, 0, 2, 0, 1], "unavailable"),
        ([1, 0, 2, 1, 1, 1, 2, 0, 1], "three times"),
        ([1, 0, 2, 0, 1, 0, 2, 0, 1], "fixed"),
        ([1, 0, 0, 1, 1, 0, 2, 0, 1], "beside the weekend"),
        ([1, 0, 2, 1, 1, 0, 0, 2, 1], "both weekends"),
        ([1, 0, 2], "every position"),
    ],
)
def test_a_roster_that_breaks_a_rule_is_worth_nothing(tiny, held, rule):
    with pytest.raises(ValueError, match=rule):
        value(tiny, held)


def test_our_optimum_is_the_value_of_the_original_model(tiny):
    problem = make_problem(tiny)

    outcome = solve(problem)

    held = {a.shift: int(a.staff[1:]) for a in outcome.assignments}
    (tier,) = outcome.tiers
    assert outcome.status is Status.OPTIMAL
    assert tier.cost == value(tiny, [held[s] for s in sorted(held)])


def test_rules_ask_nothing_where_all_they_look_at_is_fixed(tiny):
    settled = TINY.replace("{4, 5}", "{2, 3, 4, 5}")

    outcome = solve(make_problem(read_dzn("settled", settled)))

    assert outcome.status is Status.OPTIMAL
