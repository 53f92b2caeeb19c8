"""`compare`: what differs between two rosters, in files or in the records."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine

from roster.documents import write_outcome, write_problem
from roster.papers.workbook_out import write_county
from roster.people import Leave, Unit, UnitKind
from roster.problem import Status
from roster.rules.clauses import Balance
from tests.builders import (
    SHANGHAI,
    make_outcome,
    make_problem,
    make_shifts,
    make_staff,
)
from tests.offices import BUREAU
from tests.web.cli.conftest import COUNTY, DONE, REFUSED, UNUSABLE

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
    assert lines[0] == "改动 1 处：1 班、1 天、2 人"
    assert "  王强：合计 1 → 2" in lines
    assert lines[-2:] == ["各层级：", "  合计均衡：2 → 4"]


def test_both_are_read_by_the_goals_of_the_later_problem(
    terminal, files, tmp_path
):
    problem, even, uneven = files
    other = tmp_path / "other.json"
    spread = Balance(id="spread", tier=3, ledger="total", measure="spread")
    other.write_text(write_problem(replace(PROBLEM, clauses=(spread,))))

    answer = terminal("compare", problem, even, other, uneven)

    assert answer.out.splitlines()[-2:] == ["各层级：", "  合计均衡：0 → 2"]


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


def test_mistakes_of_another_kind_are_told_with_them(
    terminal, files, tmp_path
):
    problem, even, _ = files
    other = tmp_path / "other.json"
    other.write_text(write_problem(PROBLEM).replace("柳湾小学", "石梁小学"))

    answer = terminal("compare", "nowhere.json", even, other, even)

    assert answer.code == UNUSABLE
    assert "nowhere.json" in answer.told
    assert "这个结果属于另一个问题" in answer.told


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.UNKNOWN])
def test_an_outcome_without_a_roster_is_refused(
    terminal, files, tmp_path, status
):
    problem, even, _ = files
    empty = tmp_path / "empty.json"
    empty.write_text(write_outcome(make_outcome(status=status)), "utf-8")

    answer = terminal("compare", problem, even, problem, empty)

    assert (answer.code, answer.out) == (UNUSABLE, "")
    assert f"empty.json: 这个结果里没有值班表（{status}）" in answer.told


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("a.json", "b.json"),
        ("a.json", "--unit", "柳湾小学"),
        ("a.json", "b.json", "c.json", "d.json", "--before", "1"),
        ("--before", "1"),
    ],
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


@pytest.fixture
def repaired(published, tmp_path):
    """The school's roster repaired, for its principal is away."""
    leave = Leave("U010-00", date(2026, 10, 5), date(2026, 10, 20))
    path = tmp_path / "请假.xlsx"
    write_county(replace(COUNTY, leave=(leave,)), path)
    with time_machine.travel(
        datetime(2026, 9, 20, 9, tzinfo=SHANGHAI), tick=True
    ):
        assert published("import", path, "--yes").code == DONE
        published("repair", "--unit", "U010", "--from", "2026-10-05")
        yield published


@pytest.mark.parametrize("unit", ["柳湾小学", "U010"])
def test_the_draft_is_compared_with_the_roster_in_force(repaired, unit):
    answer = repaired("compare", "--unit", unit)

    assert answer.code == DONE
    lines = answer.out.splitlines()
    assert lines[:3] == [
        "柳湾小学 2026年10月：第 1 版（已发布） → 第 2 版（草稿）",
        "改动 1 处：1 班、1 天、2 人",
        "按日期：",
    ]
    assert "  甲00：不再值 2026-10-07 带班领导" in lines
    assert [line for line in lines if not line.startswith(" ")][2:] == [
        "按日期：",
        "按人员：",
        "次数：",
        "各层级：",
    ]


def test_versions_are_compared_as_asked_for(repaired, english):
    answer = repaired(
        *("compare", "--unit", "U010", "--term", "2026-10"),
        *("--before", "2", "--after", "1"),
    )

    assert answer.code == DONE
    assert "no. 2 (draft) → no. 1 (published)" in answer.out
    assert "  甲00: now on 2026-10-07 leader" in answer.out


def test_nothing_is_written(repaired):
    stored = repaired.stored()

    repaired("compare", "--unit", "U010")

    assert repaired.stored() == stored


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("U010", "--term", "2027-02"), "只有一版"),
        (("U010", "--before", "9"), "没有这一版"),
        (("U010", "--after", "9"), "没有这一版（读到 “9”；允许：2、1）"),
        (("U010", "--term", "2030"), "没有“2030”这个学期"),
        (("龙门小学",), "没有“龙门小学”这个单位"),
    ],
)
def test_what_is_not_there_is_refused(repaired, words, said):
    answer = repaired("compare", "--unit", *words)

    assert (answer.code, answer.out) == (REFUSED, "")
    assert said in answer.told


def test_a_district_is_no_unit(terminal, tmp_path):
    district = Unit(
        id="D9", name="石梁学区", kind=UnitKind.DISTRICT, parent=BUREAU.id
    )
    path = tmp_path / "名册.xlsx"
    write_county(replace(COUNTY, units=(*COUNTY.units, district)), path)
    assert terminal("import", path, "--yes").code == DONE

    answer = terminal("compare", "--unit", "石梁学区", "--term", "2026-10")

    assert answer.code == REFUSED
    assert "不能是学区" in answer.told
