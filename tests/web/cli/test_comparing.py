"""`compare`: what differs between two rosters, in files or in the records."""

from datetime import datetime

import pytest
import time_machine

from roster.documents import write_outcome, write_problem
from roster.problem import Status
from roster.rules.clauses import Balance
from tests.builders import (
    SHANGHAI,
    make_outcome,
    make_problem,
    make_shifts,
    make_staff,
)
from tests.web.cli.conftest import DONE, REFUSED, UNUSABLE

PROBLEM = make_problem(
    make_staff("王强", "李明"),
    make_shifts(2),
    Balance(id="even", tier=1, ledger="total"),
)


@pytest.fixture
def files(tmp_path):
    """A problem with two outcomes: one even, one not."""
    problem = tmp_path / "p.json"
    problem.write_text(write_problem(PROBLEM), "utf-8")
    paths = [problem]
    for name, second in (("even", "李明"), ("uneven", "王强")):
        outcome = make_outcome(
            ("d0/duty", "王强"),
            ("d1/duty", second),
            status=Status.FEASIBLE,
        )
        path = tmp_path / f"{name}.json"
        path.write_text(write_outcome(outcome), "utf-8")
        paths.append(path)

    return paths


def test_days_people_loads_and_goals_are_listed(terminal, files):
    problem, even, uneven = files

    answer = terminal("compare", problem, even, problem, uneven)

    assert answer.code == DONE
    lines = answer.out.splitlines()
    assert "按日期：" in lines
    assert any("李明 → 王强" in line for line in lines)
    assert any(line.startswith("  李明：不再值") for line in lines)
    assert "  王强：合计 1 → 2" in lines
    assert any("2 → 4" in line for line in lines)


def test_the_same_roster_has_no_changes(terminal, files):
    problem, even, _ = files

    answer = terminal("compare", problem, even, problem, even)

    assert answer.out == "班次和人员没有变化。\n"


def test_every_mistake_of_all_files_is_told_at_once(terminal, files):
    problem, even, _ = files
    even.write_text("{", "utf-8")

    answer = terminal("compare", problem, even, "nowhere.json", even)

    assert answer.code == UNUSABLE
    assert answer.told.count("even.json") == 2
    assert "nowhere.json" in answer.told
    assert not answer.out


@pytest.mark.parametrize(
    "words", [(), ("a.json", "b.json"), ("a.json", "--unit", "柳湾小学")]
)
def test_four_files_or_a_unit_are_wanted(terminal, words):
    answer = terminal("compare", *words)

    assert answer.code == UNUSABLE
    assert "四个文件" in answer.told


def test_an_outcome_of_another_problem_is_refused(terminal, files, tmp_path):
    problem, even, _ = files
    other = tmp_path / "other.json"
    text = write_problem(PROBLEM).replace("柳湾小学", "石梁小学")
    other.write_text(text, "utf-8")

    answer = terminal("compare", problem, even, other, even)

    assert answer.code == UNUSABLE
    assert "柳湾小学" in answer.told


def test_two_versions_of_a_unit_are_compared(published):
    with time_machine.travel(
        datetime(2026, 9, 20, 9, tzinfo=SHANGHAI), tick=True
    ):
        one = published("compare", "--unit", "柳湾小学")
        published(
            "generate", "--term", "2026-10", "--unit", "U010", "--seed", "5"
        )
        two = published("compare", "--unit", "柳湾小学")
        gone = published("compare", "--unit", "柳湾小学", "--before", "9")

    assert (one.code, two.code, gone.code) == (REFUSED, DONE, REFUSED)
    assert "只有一版" in one.told
    assert "第 1 → 2 版" in two.out
    assert "没有这一版" in gone.told
