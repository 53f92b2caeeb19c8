"""Problems and outcomes as JSON: nothing lost, every mistake placed."""

import json
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings

from roster.documents import (
    read_outcome,
    read_problem,
    write_outcome,
    write_problem,
)
from roster.errors import Unusable
from roster.rules.drafting import draft_problem
from solver import solve
from tests.offices import BUREAU, SCHOOL, SHORT, make_case
from tests.solver.problems import small_problems

CALM = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(small_problems())
@CALM
def test_a_problem_comes_back_as_it_was_written(problem):
    assert read_problem(write_problem(problem)) == problem


@given(small_problems())
@CALM
def test_an_outcome_comes_back_as_it_was_written(problem):
    outcome = solve(problem)

    assert read_outcome(write_outcome(outcome)) == outcome


@pytest.mark.parametrize("unit", [SCHOOL, BUREAU], ids=["school", "bureau"])
def test_a_units_term_comes_back_as_it_was_written(unit):
    problem = draft_problem(make_case(unit, SHORT))

    assert read_problem(write_problem(problem)) == problem


GOOD = {
    "format": "duty-roster/problem/1",
    "id": "t/u",
    "seed": 0,
    "staff": [
        {
            "id": "p1",
            "posts": ["lead", {"name": "duty", "from": "2026-10-15"}],
            "unavailable": [["2026-10-01", "2026-10-03"]],
        },
        {"id": "p2", "posts": ["lead"], "share": 50, "carried": {"total": 2}},
    ],
    "shifts": [
        {
            "id": "s1",
            "date": "2026-10-05",
            "start": "2026-10-05T08:00+08:00",
            "end": "2026-10-06T08:00+08:00",
            "post": "lead",
            "burden": {"total": 1},
        },
        {
            "id": "s2",
            "date": "2026-10-05",
            "start": "2026-10-05T18:00+08:00",
            "end": "2026-10-06T08:00+08:00",
            "post": "lead",
        },
    ],
    "pins": [],
    "clauses": [
        {"id": "c1", "kind": "gap", "tier": 0, "days": 2, "relax": []},
        {"id": "c2", "kind": "balance", "tier": 1, "ledger": "total"},
        {"id": "c3", "kind": "mix", "tier": 2, "min": 1, "staff": ["p1"]},
    ],
}


def put(path: str, value):
    """A change of one place of the good document."""

    def change(document):
        *way, last = path.split("/")
        place = document
        for step in way:
            place = place[int(step) if step.isdigit() else step]
        if value is None:
            del place[last]
        else:
            place[int(last) if last.isdigit() else last] = value

    return change


PIN = {"shift": "s1", "staff": "p1"}

MALFORMED = [
    (put("format", "duty-roster/problem/2"), "not-allowed", "$.format"),
    (put("id", None), "missing-field", "$.id"),
    (put("id", ""), "not-a-name", "$.id"),
    (put("terms", []), "unknown-field", "$.terms"),
    (put("seed", 2**31), "not-a-number-in-range", "$.seed"),
    (put("seed", bool(1)), "not-a-number-in-range", "$.seed"),
    (put("seed", 1.0), "not-a-number-in-range", "$.seed"),
    (put("staff", {}), "not-a-list", "$.staff"),
    (put("staff/0", "p1"), "not-an-object", "$.staff[0]"),
    (put("staff/0/posts", None), "missing-field", "$.staff[0].posts"),
    (put("staff/0/posts", "lead"), "not-a-list", "$.staff[0].posts"),
    (put("staff/1/id", "p1"), "id-twice", "$.staff[1].id"),
    (put("staff/1/share", 0), "not-a-number-in-range", "$.staff[1].share"),
    (put("staff/1/share", 1001), "not-a-number-in-range", "$.staff[1].share"),
    (
        put("staff/1/carried", {"total": -1}),
        "not-a-number-in-range",
        "$.staff[1].carried.total",
    ),
    (
        put("staff/0/unavailable/0", ["2026-10-03", "2026-10-01"]),
        "range-reversed",
        "$.staff[0].unavailable[0]",
    ),
    (
        put("staff/0/unavailable/0", ["2026-10-03"]),
        "not-a-range",
        "$.staff[0].unavailable[0]",
    ),
    (
        put("staff/0/posts/1/from", "15.10.2026"),
        "not-a-date",
        "$.staff[0].posts[1].from",
    ),
    (put("shifts/0/date", "2026-02-30"), "not-a-date", "$.shifts[0].date"),
    (
        put("shifts/0/start", "2026-10-05T08:00"),
        "not-a-moment",
        "$.shifts[0].start",
    ),
    (
        put("shifts/0/end", "2026-10-05T08:00+08:00"),
        "end-not-after-start",
        "$.shifts[0].end",
    ),
    (put("shifts/0/needs", 0), "not-a-number-in-range", "$.shifts[0].needs"),
    (put("shifts/1/id", "s1"), "id-twice", "$.shifts[1].id"),
    (put("clauses/0/kind", "gaps"), "unknown-kind", "$.clauses[0].kind"),
    (put("clauses/0/days", None), "missing-field", "$.clauses[0].days"),
    (put("clauses/0/days", 0), "not-a-number-in-range", "$.clauses[0].days"),
    (put("clauses/0/hours", 3), "unknown-field", "$.clauses[0].hours"),
    (put("clauses/0/tier", -1), "not-a-number-in-range", "$.clauses[0].tier"),
    (
        put("clauses/0/weight", 0),
        "not-a-number-in-range",
        "$.clauses[0].weight",
    ),
    (
        put("clauses/0/relax", [{"hours": 1}]),
        "unknown-field",
        "$.clauses[0].relax[0].hours",
    ),
    (
        put("clauses/0/relax", [{"days": 0}]),
        "not-a-number-in-range",
        "$.clauses[0].relax[0].days",
    ),
    (
        put("clauses/1/measure", "cubes"),
        "not-allowed",
        "$.clauses[1].measure",
    ),
    (put("clauses/2/staff", []), "names-nobody", "$.clauses[2]"),
    (put("clauses/2/staff", ["p9"]), "unknown-id", "$.clauses[2].staff"),
    (
        put(
            "clauses/0",
            {
                "id": "w",
                "kind": "wish",
                "tier": 1,
                "wishes": [{"staff": "p1", "want": True}],
            },
        ),
        "date-or-shift",
        "$.clauses[0].wishes[0]",
    ),
    (
        put(
            "clauses/0",
            {"id": "a", "kind": "apart", "tier": 0, "pairs": [["p1"]]},
        ),
        "not-a-pair",
        "$.clauses[0].pairs[0]",
    ),
    (put("pins", [{**PIN, "staff": "p9"}]), "unknown-id", "$.pins[0].staff"),
    (put("pins", [{**PIN, "past": 1}]), "not-true-or-false", "$.pins[0].past"),
    (
        put("pins", [PIN, {"shift": "s2", "staff": "p1"}]),
        "pins-overlap",
        "$.pins[1]",
    ),
    (
        put("pins", [PIN, {"shift": "s1", "staff": "p2"}]),
        "too-many-pins",
        "$.pins",
    ),
]


def mistakes(text) -> set[tuple[str, str]]:
    with pytest.raises(Unusable) as refused:
        read_problem(text, "p.json")
    return {(m.code, m.where[1]) for m in refused.value.mistakes}


def test_the_good_document_is_good():
    assert read_problem(json.dumps(GOOD)).id == "t/u"


@pytest.mark.parametrize(("change", "code", "path"), MALFORMED)
def test_a_malformed_problem_is_refused_with_its_place(change, code, path):
    document = deepcopy(GOOD)
    change(document)

    assert (code, path) in mistakes(json.dumps(document))


def test_all_mistakes_come_at_once():
    document = deepcopy(GOOD)
    for change, _, _ in (MALFORMED[4], MALFORMED[12], MALFORMED[19]):
        change(document)

    assert len(mistakes(json.dumps(document))) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not-json"),
        ('{"seed": NaN}', "not-json"),
        ('{"id": "a", "id": "b"}', "key-twice"),
        (b"\xff\xfe", "not-utf8"),
        ("[]", "not-an-object"),
        ("[" * 100_000, "too-deep"),
    ],
)
def test_what_is_no_document_at_all_is_said_to_be_none(text, code):
    assert code in {found for found, _ in mistakes(text)}


def test_a_past_pin_is_not_argued_with():
    document = deepcopy(GOOD)
    document["shifts"][0]["date"] = "2026-10-02"  # p1 is away
    document["pins"] = [{**PIN, "past": True}]

    assert read_problem(json.dumps(document)).pins[0].past


def test_a_pin_on_somebody_away_is_refused():
    document = deepcopy(GOOD)
    document["shifts"][0]["date"] = "2026-10-02"
    document["pins"] = [PIN]

    assert ("pin-unavailable", "$.pins[0]") in mistakes(json.dumps(document))
