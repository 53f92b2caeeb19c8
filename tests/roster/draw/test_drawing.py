"""Unpredictable, complete, the same load every day, never at zero risk."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.checks.results import Way
from roster.draw import verify
from roster.draw.drawing import BY_DAY, NIGHT, ON_SITE, chosen, draw
from roster.draw.frame import check_terms, frame_of, least_places
from roster.draw.hashing import key_hash, seed_of
from roster.draw.outlook import outlook
from roster.draw.visits import still_owed, visit_days
from roster.errors import Unusable
from tests.roster.draw.terms import COMMITTED, days, drawn_term, frame, terms

VECTORS = json.loads(
    files("roster.draw").joinpath("vectors.json").read_text("utf-8")
)
KEY = bytes(32)

keys = st.binary(min_size=32, max_size=32)
sizes = st.tuples(st.integers(3, 40), st.integers(2, 15))


@pytest.mark.parametrize("vector", VECTORS)
def test_the_product_keeps_to_the_published_vectors(vector):
    key, found = bytes.fromhex(vector["key"]), frame_of(vector["frame"])
    visits = visit_days(key, found)

    assert key_hash(key) == vector["key_hash"]
    assert (found.hash, found.document) == (
        vector["frame_hash"],
        vector["frame"],
    )
    assert {u: str(day) for u, day in visits.items()} == vector["visit_days"]
    for one, day in zip(vector["draws"], found.days, strict=False):
        number, value = one["number"], one["value"]
        seed = seed_of(key, number, found.hash, value)
        drawn = draw(key, found, number=number, day=day, value=value)
        assert seed.hex() == one["seed"]
        assert [
            (p.unit, p.way.value, p.minute, list(p.order), p.need)
            for p in drawn
        ] == [tuple(place.values()) for place in map(_told, one["places"])]


def _told(place):
    names = ("unit", "way", "minute", "order", "need")
    return {name: place[name] for name in names}


@pytest.mark.parametrize("vector", VECTORS)
def test_the_verifier_keeps_to_the_published_vectors(vector):
    key, found = bytes.fromhex(vector["key"]), vector["frame"]

    assert verify.visit_days(key, found) == vector["visit_days"]
    for one in vector["draws"]:
        places = verify.draw(
            key, found, one["number"], one["day"], one["value"]
        )
        assert [list(p) for p in places] == [
            list(_told(place).values()) for place in one["places"]
        ]


@given(keys, sizes, st.integers(0, 5))
def test_every_unit_is_visited_and_every_day_has_its_load(key, size, more):
    units, count = size
    given_ = frame(units, count, min(units, least_places(units, count) + more))
    p = given_.terms.places
    seen: set[str] = set()

    for number, day in enumerate(given_.days, 1):
        places = draw(key, given_, number=number, day=day, value="123")
        drawn = [place.unit for place in places]
        assert len(drawn) == len(set(drawn)) == p
        seen.update(drawn)

    assert seen == set(given_.units)


@given(keys, sizes)
def test_visits_are_dealt_evenly(key, size):
    units, count = size
    load = Counter(visit_days(key, frame(units, count)).values())

    assert sum(load.values()) == units
    most, least = max(load.values()), min(load[day] for day in days(count))
    assert most - least <= 1


@given(keys, sizes)
def test_nobody_is_sent_who_may_not_go(key, size):
    given_ = frame(*size)
    day = given_.days[-1]
    load: Counter[str] = Counter()

    for place in draw(key, given_, number=1, day=day, value=""):
        sent = place.inspectors()
        load.update(sent)
        assert len(sent) == len(set(sent)) <= place.need
        for label in sent:
            assert place.unit not in given_.recused.get(label, ())
        if place.way is Way.ON_SITE:
            assert place.minute in ON_SITE
            assert all(day in given_.pool[label] for label in sent)
        else:
            assert place.minute in (*NIGHT, *BY_DAY)
            watch = "b0" if place.minute < 1080 else "b1"
            assert set(sent) <= {watch}


def test_case_11_all_are_recused_for_a_school_and_that_is_reported():
    everybody = [f"a{n}" for n in range(6)] + ["b0", "b1"]
    given_ = frame(4, 2, 4, recused=dict.fromkeys(everybody, ("U002",)))

    places = draw(KEY, given_, number=1, day=given_.days[1], value="1")

    (shut,) = [place for place in places if place.unit == "U002"]
    assert shut.inspectors() == ()
    assert shut.need >= 1
    assert all(p.inspectors() for p in places if p is not shut)


def test_whoever_recuses_themselves_later_is_replaced_and_nobody_else_is():
    ways = {Way.ON_SITE: 100, Way.VIDEO: 0, Way.PHONE: 0}
    given_ = frame(12, 4, terms=terms(4, ways=ways))

    place, *_ = draw(KEY, given_, number=1, day=given_.days[1], value="1")
    first, second, third = place.order[:3]

    assert place.inspectors() == (first, second)
    assert place.inspectors({first}) == (second, third)


@given(keys, st.integers(1, 99), st.text("0123456789", max_size=4))
def test_another_key_number_or_value_is_another_seed(key, number, value):
    seed = seed_of(key, number, "f", value)

    assert seed != seed_of(key, number + 1, "f", value)
    assert seed != seed_of(key, number, "f", f"{value}0")
    assert seed != seed_of(bytes(32), number, "f", value) or key == bytes(32)


def test_a_cancelled_day_is_owed_again_and_nobody_else_is():
    office = frame(12, 6)
    drawn = [(day, office) for day in office.days[:3] if day != office.days[1]]

    owed = still_owed(KEY, units=office.units, drawn=drawn)

    visits = visit_days(KEY, office)
    assert set(owed) == {
        unit
        for unit, day in visits.items()
        if day not in (office.days[0], office.days[2])
    }


@pytest.mark.parametrize("seed", range(20))
def test_who_is_there_all_term_is_drawn_whatever_changes(seed):
    """Unless its day was cancelled when no other was left."""
    office = drawn_term(seed)
    live = [made for made in office.made if made.state == "drawn"]
    seen = {place.unit for made in live for place in made.places}
    stayed = set.intersection(*(set(f.units) for f in office.frames))
    stood = [(m.day, office.frames[m.frame - 1]) for m in live]
    owed = still_owed(office.key, units=stayed, drawn=stood)

    assert stayed - seen <= set(owed)


def test_the_outlook_is_what_inspection_md_measured():
    """130 schools, 44 days, 8 checks: never below 3.9 %."""
    found = outlook(terms(8), units=130, days=44, pool=14)

    assert f"{float(found.floor):.3f}" == "0.039"
    assert found.visits == (1, 6)
    assert f"{float(found.load):.1f}" == "20.1"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"places": 3}, {"draw-places"}),
        ({"places": 13}, {"draw-places"}),
        ({"basis": " "}, {"draw-empty"}),
        ({"night": 101}, {"draw-percent"}),
        (
            {"ways": {Way.ON_SITE: 50, Way.VIDEO: 30, Way.PHONE: 30}},
            {"draw-ways"},
        ),
        ({"series": "长" * 61, "night": -1}, {"too-long", "draw-percent"}),
    ],
)
def test_all_that_is_wrong_with_the_terms_is_named_at_once(changes, codes):
    given_ = replace(terms(4), **changes)

    with pytest.raises(Unusable) as found:
        check_terms(given_, units=12, days=4)

    assert {mistake.code for mistake in found.value.mistakes} == codes


def test_a_frame_is_read_as_it_was_published():
    given_ = frame(9, 3)

    assert frame_of(given_.document) == given_
    assert given_.terms.value.at_of(given_.days[0]) > COMMITTED
    evening = given_.days[0] - timedelta(days=1)
    assert given_.terms.value.due_of(given_.days[0]).date() == evening


def simulated(count: int, seed: int):
    """So many terms of 130 units, 44 days and 8 places a day."""
    luck, given_ = Random(seed), frame(130, 44, 8)
    drawn: Counter[str] = Counter()
    floor = outlook(given_.terms, units=130, days=44, pool=6).floor
    filled, chances = Counter(), Counter()
    for _ in range(count):
        key = luck.randbytes(32)
        visits = visit_days(key, given_)
        seen = set()
        for number, day in enumerate(given_.days, 1):
            value = f"{luck.randrange(1000):03}"
            due = {unit for unit, on in visits.items() if on == day}
            seed_ = seed_of(key, number, given_.hash, value)
            units = chosen(seed_, given_, due)
            assert len(units) == 8
            assert due <= set(units)
            seen.update(units)
            drawn.update(units)
            filled.update(set(units) - due)
            chances.update(set(given_.units) - due)
        assert len(seen) == 130
    return given_, drawn, floor, filled, chances


def holds(count: int, seed: int) -> dict[str, float]:
    """Full coverage, equal load; the floor and evenness by chi-square."""
    given_, drawn, floor, filled, chances = simulated(count, seed)
    expected = count * 44 * 8 / 130
    chi = sum((drawn[u] - expected) ** 2 / expected for u in given_.units)
    share = sum(filled.values()) / sum(chances.values())
    lowest = min(filled[u] / chances[u] for u in given_.units)
    return {
        "chi-square": chi,
        "floor": float(floor),
        "share": share,
        "lowest": lowest,
    }


def test_some_simulated_terms_are_complete_even_and_above_the_floor():
    found = holds(12, 12)

    # 129 degrees of freedom: above 180 once in a thousand times; visits
    # make it even narrower.
    assert found["chi-square"] < 180
    assert found["share"] >= found["floor"]


@pytest.mark.campaign
def test_two_thousand_simulated_terms():
    found = holds(2000, 2000)

    print(f"\n2,000 terms of 130 units: {found}")
    assert found["chi-square"] < 180
    assert found["share"] >= found["floor"]
    # Four standard errors of a share of 0.04 among 86,000.
    assert found["lowest"] > found["floor"] - 0.0027
