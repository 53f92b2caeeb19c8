"""Half-days: what is left of them, whatever was entered in what order."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.comp import (
    Earning,
    Half,
    HalfDay,
    Taking,
    balance,
    corrections,
    half_days,
    may_take,
)
from tests.builders import at, day

TODAY = day(0)


def earned(number: int, halves: int = 1, lasts: int = 60, **more) -> Earning:
    """What a duty on the n-th day earned."""
    return Earning(
        more.pop("unit", "U1"),
        more.pop("shift", f"{day(number)}/lead"),
        day(number),
        day(number) + timedelta(days=lasts),
        halves,
    )


def morning(number: int) -> HalfDay:
    return HalfDay(day(number), Half.MORNING)


def afternoon(number: int) -> HalfDay:
    return HalfDay(day(number), Half.AFTERNOON)


def best(earnings, days) -> int:
    """How many days can be paid for at most, by trying every way."""
    if not days:
        return 0

    first, *rest = days
    ways = [best(earnings, rest)]
    for number, one in enumerate(earnings):
        if one.expires >= first.date:
            ways.append(
                1 + best(earnings[:number] + earnings[number + 1 :], rest)
            )
    return max(ways)


numbers = st.integers(-40, 40)
lots = st.lists(
    st.builds(earned, numbers, st.integers(1, 2), st.integers(0, 50)),
    max_size=6,
    unique_by=lambda one: one.shift,
)
offs = st.lists(
    st.builds(HalfDay, numbers.map(day), st.sampled_from(Half)),
    max_size=8,
    unique=True,
)


def test_a_morning_comes_before_the_afternoon():
    assert list(half_days(afternoon(0), morning(2))) == [
        afternoon(0),
        morning(1),
        afternoon(1),
        morning(2),
    ]


def test_a_night_that_ends_as_the_morning_begins_is_no_hindrance():
    night = at(day(-1), 18), at(day(0), 8)
    assert not morning(0).meets(*night, 8)
    assert morning(0).meets(*night, 6)
    assert not afternoon(0).meets(*night, 8)
    assert afternoon(-1).meets(*night, 8)
    assert not morning(-1).meets(*night, 8)


def test_what_expires_first_is_taken_first():
    early, late = earned(-50), earned(-10)
    found = balance([late, early, Taking(morning(3))])
    assert [(lot.on, lot.left) for lot in found.lots] == [
        (early.on, 0),
        (late.on, 1),
    ]
    # What expires before a day is no use for it.
    found = balance([late, early, Taking(morning(11))])
    assert [lot.left for lot in found.lots] == [1, 0]


def test_it_lasts_to_the_day_and_no_longer():
    one = earned(-60)
    assert one.expires == TODAY
    assert may_take([one], [afternoon(0)], TODAY)
    assert not may_take([one], [morning(1)], TODAY)
    assert balance([one]).left(TODAY) == 1
    assert balance([one]).left(TODAY + timedelta(days=1)) == 0
    assert balance([one]).expires_first(TODAY) == TODAY


def test_a_duty_corrected_away_leaves_what_was_taken_unpaid():
    lost = earned(-5), Taking(morning(1)), earned(-5, -1)
    found = balance(lost)
    assert found.standing(TODAY) == -1
    assert found.unpaid == (morning(1),)
    # The next duty pays for it, and only what is more can be taken.
    assert balance([*lost, earned(2)]).standing(TODAY) == 0
    assert not may_take([*lost, earned(2)], [morning(5)], TODAY)
    assert may_take([*lost, earned(2, 2)], [morning(5)], TODAY)


def test_nothing_unpaid_is_hidden_behind_what_expires_sooner():
    short = earned(-1, lasts=5)
    entries = [short, earned(-2), Taking(morning(20)), earned(-2, -1)]
    assert balance(entries).standing(TODAY) == 0
    assert not may_take(entries, [morning(3)], TODAY)


@given(lots, offs, st.randoms())
def test_the_order_of_entries_says_nothing(earnings, days, random):
    entries = [*earnings, *map(Taking, days)]
    mixed = random.sample(entries, len(entries))
    assert balance(mixed) == balance(entries)


@given(lots, offs)
def test_every_half_day_is_paid_once_by_what_lasts_that_long(earnings, days):
    found = balance([*earnings, *map(Taking, days)])
    paid = [off for lot in found.lots for off in lot.days]
    assert sorted([*paid, *found.unpaid]) == sorted(days)
    assert all(lot.left >= 0 for lot in found.lots)
    assert all(
        off.date <= lot.expires for lot in found.lots for off in lot.days
    )


@settings(max_examples=50)
@given(lots, offs.map(lambda some: some[:3]))
def test_no_other_choice_leaves_fewer_unpaid(earnings, days):
    singles = [
        earned((one.on - day(0)).days, 1, (one.expires - one.on).days)
        for one in earnings
        for _ in range(one.halves)
    ]
    found = balance([*earnings, *map(Taking, days)])
    assert len(days) - len(found.unpaid) == best(singles, days)


@given(lots, st.lists(offs.map(lambda some: some[:2]), max_size=5))
def test_nobody_comes_below_zero_by_taking(earnings, requests):
    entries = list(earnings)
    for days in requests:
        fresh = [d for d in days if d not in balance(entries).days]
        if may_take(entries, fresh, TODAY):
            entries += map(Taking, fresh)
        assert balance(entries).standing(TODAY) >= 0
        assert not balance(entries).unpaid


@given(lots, offs, st.data())
def test_what_is_given_back_is_there_as_it_was(earnings, days, data):
    kept = [*earnings, *map(Taking, days)]
    more = (
        data.draw(st.lists(st.sampled_from(days), unique=True)) if days else []
    )
    fresh = [HalfDay(off.date + timedelta(days=100), off.half) for off in more]
    entries = [*kept, *map(Taking, fresh), *(Taking(d, -1) for d in fresh)]
    assert balance(entries) == balance(kept)


@given(lots, lots)
def test_corrections_lead_to_what_is_due(booked, due):
    entries = [*booked, *corrections(booked, due, date.min)]
    sums = {(lot.unit, lot.shift): lot.halves for lot in balance(entries).lots}
    assert sums == {one.duty: one.halves for one in due}
    assert not list(corrections(entries, due, date.min))


@pytest.mark.parametrize(("later", "count"), [(0, 1), (1, 0)])
def test_what_expired_before_it_was_booked_is_left_out(later, count):
    one = earned(-60)
    today = one.expires + timedelta(days=later)
    assert len(list(corrections([], [one], today))) == count
