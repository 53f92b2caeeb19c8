"""The same problem and seed give the same roster, wherever it is solved."""

import os
import subprocess
import sys

import pytest

from roster.rules.drafting import draft_problem
from solver import solve
from tests.offices import BUREAU, SCHOOL, SHORT, make_case

ASK = """
from tests.solver.test_repeating import roster_of
print(roster_of("{unit}"))
"""


def roster_of(unit: str) -> str:
    """A roster of one of the offices, as text."""
    office = {office.id: office for office in (BUREAU, SCHOOL)}[unit]
    return repr(solve(draft_problem(make_case(office, SHORT))).assignments)


@pytest.mark.parametrize("office", [BUREAU, SCHOOL], ids=["bureau", "school"])
def test_a_roster_does_not_depend_on_how_python_hashes(office):
    asked = [
        subprocess.run(
            [sys.executable, "-c", ASK.format(unit=office.id)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert asked[0] == asked[1] != ""
