"""What everybody brings into a term."""

from collections import Counter
from datetime import date, timedelta

import pytest

from roster.ledger import LEDGERS, Served, carried, months_before

SINCE = date(2025, 9, 1)
SPRING = {"total": 1, "holiday": 1, "spring": 1}
WEEKEND = {"total": 1, "weekend": 1}


def served(staff: str, count: int, burden=WEEKEND, first=SINCE):
    """So many duties, a day after another."""
    return [
        Served(staff, first + timedelta(days=n), burden) for n in range(count)
    ]


def loads(duties, *groups, arrivals=None):
    return carried(duties, groups, arrivals or {}, SINCE)


def test_duties_are_counted_in_every_ledger_they_add_to():
    found = loads([*served("li", 3), *served("li", 2, SPRING)], ["li"])

    assert found["li"] == {
        "spring": 2,
        "holiday": 2,
        "weekend": 3,
        "total": 5,
    }


def test_somebody_who_served_nothing_brings_nothing():
    assert loads([], ["li"]) == {"li": dict.fromkeys(LEDGERS, 0)}


def test_duties_of_strangers_are_passed_over():
    assert set(loads(served("wang", 3), ["li"])) == {"li"}


def test_what_lies_before_the_window_is_forgotten():
    before = SINCE - timedelta(days=1)

    found = loads(served("li", 2, first=before), ["li"])

    assert found["li"]["total"] == 1


def test_a_newcomer_starts_at_the_average_of_those_like_them():
    duties = [*served("li", 5), *served("wang", 8)]

    found = loads(
        duties, ["li", "wang", "xin"], arrivals={"xin": date(2026, 3, 1)}
    )

    # 13 duties of two people, rounded down: never against the newcomer.
    assert found["xin"] == {
        "spring": 0,
        "holiday": 0,
        "weekend": 6,
        "total": 6,
    }
    assert found["li"]["total"] == 5


def test_a_newcomers_own_duties_count_on_top():
    came = date(2026, 3, 1)
    duties = [*served("li", 4), *served("xin", 2, first=came)]

    found = loads(duties, ["li", "xin"], arrivals={"xin": came})

    assert found["xin"]["total"] == 6


def test_what_others_bear_after_somebody_came_is_no_credit():
    came = SINCE + timedelta(days=3)

    found = loads(served("li", 9), ["li", "xin"], arrivals={"xin": came})

    assert found["xin"]["total"] == 3


def test_a_newcomer_is_measured_against_their_own_group():
    duties = [*served("head", 9), *served("li", 2)]

    found = loads(
        duties,
        ["head"],
        ["li", "xin"],
        arrivals={"xin": date(2026, 3, 1)},
    )

    assert found["xin"]["total"] == 2


def test_where_everybody_is_new_everybody_starts_from_nothing():
    came = date(2026, 3, 1)
    duties = served("li", 2, first=came)

    found = loads(duties, ["li", "xin"], arrivals={"li": came, "xin": came})

    assert found["li"]["total"] == 2
    assert found["xin"]["total"] == 0


def test_the_sums_of_old_hands_are_the_duties_they_served():
    duties = [*served("li", 7), *served("wang", 4, SPRING)]

    found = loads(duties, ["li", "wang"])

    sums = Counter()
    for load in found.values():
        sums.update(load)
    assert sums == {"total": 11, "weekend": 7, "holiday": 4, "spring": 4}


@pytest.mark.parametrize(
    ("when", "months", "first"),
    [
        (date(2026, 8, 31), 12, date(2025, 8, 1)),
        (date(2026, 8, 31), 0, date(2026, 8, 1)),
        (date(2026, 1, 15), 1, date(2025, 12, 1)),
        (date(2026, 12, 1), 12, date(2025, 12, 1)),
        (date(2026, 3, 1), 60, date(2021, 3, 1)),
    ],
)
def test_the_window_begins_with_a_month(when, months, first):
    assert months_before(when, months) == first
