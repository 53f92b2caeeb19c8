"""The JSON Schemas that ship say the same as the reader."""

import json
from copy import deepcopy
from importlib.resources import files

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from roster.documents import write_outcome, write_problem
from roster.documents.clauses import OWN
from roster.rules.drafting import draft_problem
from solver import solve
from tests.offices import BUREAU, SCHOOL, SHORT, make_case
from tests.roster.test_documents import CALM, GOOD, MALFORMED
from tests.solver.problems import small_problems

# What only reading tells: JSON Schema takes 1.0 for an integer, and knows
# nothing of dates that do not exist or of what holds between two places.
BEYOND_A_SCHEMA = {
    "id-twice",
    "unknown-id",
    "pins-overlap",
    "too-many-pins",
    "range-reversed",
    "end-not-after-start",
}


def validator(name: str) -> Draft202012Validator:
    text = (files("roster") / "schemas" / f"{name}.json").read_text("utf-8")
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(
        schema, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


PROBLEM, OUTCOME = validator("problem"), validator("outcome")


def test_the_good_document_is_good():
    assert list(PROBLEM.iter_errors(GOOD)) == []


@pytest.mark.parametrize("unit", [SCHOOL, BUREAU], ids=["school", "bureau"])
def test_a_units_term_and_its_outcome_are_as_the_schemas_say(unit):
    problem = draft_problem(make_case(unit, SHORT))

    PROBLEM.validate(json.loads(write_problem(problem)))
    OUTCOME.validate(json.loads(write_outcome(solve(problem))))


@given(small_problems())
@CALM
def test_whatever_is_written_is_as_the_schemas_say(problem):
    PROBLEM.validate(json.loads(write_problem(problem)))
    OUTCOME.validate(json.loads(write_outcome(solve(problem))))


@pytest.mark.parametrize(("change", "code", "path"), MALFORMED)
def test_what_the_reader_refuses_the_schema_refuses(change, code, path):
    document = deepcopy(GOOD)
    change(document)

    whole = document.get("seed") == 1.0 and code == "not-a-number-in-range"
    refused = list(PROBLEM.iter_errors(document)) != []

    assert refused or code in BEYOND_A_SCHEMA or whole


def test_the_schema_knows_every_kind_with_its_own_fields():
    known = PROBLEM.schema["$defs"]

    for kind, (needed, optional) in OWN.items():
        assert known[kind]["required"] == list(needed)
        assert {*needed, *optional} <= set(known[kind]["properties"])

    kinds = [entry["$ref"] for entry in known["clause"]["oneOf"]]
    assert {kind.removeprefix("#/$defs/") for kind in kinds} == set(OWN)
