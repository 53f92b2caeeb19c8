"""`why`, `stand-in` and `solve --explain`: what the terminal answers."""

import csv
import json
from dataclasses import replace
from datetime import datetime

import pytest
import time_machine

from roster.documents import write_problem
from roster.people import Period
from roster.rules.clauses import Gap
from tests.builders import (
    SHANGHAI,
    day,
    make_person,
    make_problem,
    make_shifts,
    make_staff,
)
from tests.offices import SHORT
from tests.web.cli.conftest import DONE, REFUSED

SCHOOL = "U010"
INFEASIBLE = 3


@pytest.fixture(autouse=True)
def _in_september():
    """The clock before everything these tests ask about."""
    with time_machine.travel(
        datetime(2026, 9, 20, 9, tzinfo=SHANGHAI), tick=True
    ):
        yield


@pytest.fixture
def duties(published, tmp_path):
    """The school's leading duties of October: shift id and name."""
    out = tmp_path / "值班表.csv"
    published(
        "export",
        "--term",
        SHORT.id,
        "--unit",
        SCHOOL,
        "--format",
        "csv",
        "--out",
        out,
    )
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    led = {row["日期"]: row["带班领导"] for row in rows}
    return [(f"{when}/lead", name) for when, name in led.items()]


def names(answer) -> list[str]:
    """Whom the lines of an answer are about."""
    return [line.split("\t")[0] for line in answer.out.splitlines()]


def test_every_other_leader_is_answered_for(published, duties):
    shift, name = duties[0]
    others = {other for _, other in duties} - {name}

    answer = published("why", shift, name, "--unit", SCHOOL)

    assert answer.code == DONE
    assert others <= set(names(answer))
    assert name not in names(answer)
    assert "同样公平" in answer or "变差" in answer


def test_one_other_person_is_asked_about_by_name(published, duties):
    shift, name = duties[0]
    other = next(o for _, o in duties if o != name)

    answer = published("why", shift, name, "--unit", SCHOOL, "--other", other)

    assert names(answer) == [other]


def test_who_does_not_hold_the_shift_is_refused(published, duties):
    shift, name = duties[0]
    other = next(o for _, o in duties if o != name)

    for command in ("why", "stand-in"):
        answer = published(command, shift, other)
        assert answer.code == REFUSED
        assert "没有值" in answer


def test_stand_ins_are_listed_with_what_they_cost(published, duties):
    shift, name = duties[0]

    answer = published("stand-in", shift, name, "--unit", SCHOOL, "--all")

    assert answer.code == DONE
    kinds = {line.split("\t")[1][:2] for line in answer.out.splitlines()}
    assert kinds == {"代班", "换班"}
    assert name not in names(answer)


def test_several_shifts_are_covered_together(published, duties):
    name = duties[0][1]
    mine = [shift for shift, who in duties if who == name]

    answer = published("stand-in", *mine, name, "--unit", SCHOOL)

    assert answer.code == DONE
    assert "一起代班" in answer
    for shift in mine:
        assert f"{shift}\t" in answer.out


def test_english_terminals_are_answered_in_english(published, duties, english):
    shift, name = duties[0]

    answer = published("stand-in", shift, name, "--unit", SCHOOL)

    assert "covers" in answer or "swaps for" in answer


def explained(terminal, tmp_path, problem):
    """What `solve --explain` says of a problem, and writes."""
    path, out = tmp_path / "p.json", tmp_path / "o.json"
    path.write_text(write_problem(problem), "utf-8")
    answer = terminal("solve", "--explain", path, "--out", out)
    return answer, json.loads(out.read_text("utf-8"))


def test_a_gap_too_long_is_told_with_the_gap_that_would_do(terminal, tmp_path):
    gap = Gap(
        id="gap",
        tier=0,
        article="第十五条",
        days=5,
        relax=({"days": 4}, {"days": 3}, {"days": 2}),
    )
    problem = make_problem(make_staff("王强", "李明"), make_shifts(4), gap)

    answer, outcome = explained(terminal, tmp_path, problem)

    assert answer.code == INFEASIBLE
    assert outcome["relaxations"] == [
        {"patches": [{"clause": "gap", "fields": {"days": 2}}]}
    ]
    assert "两次值班至少相隔 5 天 → 改为 2 天" in answer
    assert "再有" in answer


def test_where_nobody_is_there_one_more_person_is_told(terminal, tmp_path):
    away = make_person("王强", unavailable=[(day(1), day(1))])
    problem = make_problem([away], make_shifts(2))

    answer, outcome = explained(terminal, tmp_path, problem)

    assert "relaxations" not in outcome or not outcome["relaxations"]
    assert f"{day(1)} 的值班员须有 1 人" in answer
    assert f"王强 {day(1)} 至 {day(1)} 不在" in answer
    assert f"再有 1 名可任值班员的人员，{day(1)}到岗" in answer


def test_a_problem_with_a_roster_is_not_explained(terminal, tmp_path):
    problem = make_problem(make_staff("王强"), make_shifts(1))

    answer, outcome = explained(terminal, tmp_path, problem)

    assert answer.code == DONE
    assert outcome["status"] == "optimal"
    assert "再有" not in answer


def test_explaining_changes_nothing_else(terminal, tmp_path):
    away = Period(day(0), day(3))
    person = replace(make_person("王强"), unavailable=(away,))
    problem = make_problem([person], make_shifts(2))
    _, explained_ = explained(terminal, tmp_path, problem)

    path, out = tmp_path / "p.json", tmp_path / "plain.json"
    terminal("solve", path, "--out", out)
    plain = json.loads(out.read_text("utf-8"))

    for document in (plain, explained_):
        document.pop("seconds")
        document.pop("relaxations", None)
    assert plain == explained_
