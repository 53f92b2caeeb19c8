"""`repair`: what the terminal tells of the fewest changes."""

import csv
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine

from roster.answers import Comparison, ShiftChange
from roster.papers.workbook_out import write_county
from roster.people import Leave, Standing
from roster.problem import Outcome, Status
from roster.records import open_records
from tests.builders import (
    SHANGHAI,
    at,
    day,
    make_problem,
    make_shift,
    make_staff,
)
from tests.roster.services.small import asked_for
from tests.web.cli.conftest import COUNTY, DONE, REFUSED, TWO, UNUSABLE
from web.language import CHINESE
from web.words.repairs import Changes, names_of

INFEASIBLE, NO_ROSTER = 3, 4
SCHOOL, DAY, ASKED = "柳湾小学", "2026-10-05", "U010-01"
REPAIR = "repair", "--unit", SCHOOL, "--from", DAY


@pytest.fixture(autouse=True)
def _in_september():
    """The clock before everything these tests repair."""
    with time_machine.travel(
        datetime(2026, 9, 20, 9, tzinfo=SHANGHAI), tick=True
    ):
        yield


@pytest.fixture
def lists(published, tmp_path):
    """Brings leave into the records, by the workbook."""

    def bring(*leave):
        path = tmp_path / "请假.xlsx"
        write_county(replace(COUNTY, leave=leave), path)
        assert published("import", path, "--yes").code == DONE

    return bring


LEADERS = [
    m.id
    for m in COUNTY.staff
    if m.unit == "U010" and m.standing is not Standing.STAFF
]


def away(*staff, first=date(2026, 10, 1)):
    return [Leave(id_, first, date(2026, 10, 20)) for id_ in staff]


def led(terminal, path) -> dict[str, str]:
    """By date, who leads the school's exported shifts."""
    terminal(
        *("export", "--term", "2026-10", "--unit", SCHOOL),
        *("--format", "csv", "--out", path),
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return {row["日期"]: row["带班领导"] for row in rows}


def test_changes_are_listed_by_day_by_person_and_by_tier(published, lists):
    lists(*away("U010-00"))

    answer = published(*REPAIR)

    assert answer.code == DONE
    lines = answer.out.splitlines()
    assert lines[0] == "柳湾小学：2026-10-05 起改动 1 处（已证明最少）"
    assert lines[1] == "按日期："
    assert lines[2].startswith("  2026年10月7日（星期三） 带班领导：甲00 → ")
    other = lines[2].rpartition(" ")[2]
    assert lines[3:7] == [
        "按人员：",
        "  甲00：不再值 2026-10-07 带班领导",
        f"  {other}：改值 2026-10-07 带班领导",
        "次数：",
    ]
    assert {line.partition("：")[0].strip() for line in lines[7:9]} == {
        "甲00",
        other,
    }
    assert lines[9] == "各层级："
    assert all(" → " in line for line in lines[10:])
    assert "已存为草稿：“柳湾小学”第 2 版" in answer.told


def test_changes_are_listed_in_english_too(published, lists, english):
    lists(*away("U010-00"))

    answer = published(*REPAIR)

    lines = answer.out.splitlines()
    assert lines[0].endswith(
        ": from 2026-10-05 on, changes: 1 (fewest possible, proven)"
    )
    assert lines[2].startswith("  Wednesday, 7 October 2026 leader: 甲00 → ")
    assert "  甲00: no longer on 2026-10-07 leader" in lines
    assert "Stored as a draft: “柳湾小学” no. 2." in answer.told


def test_swaps_that_would_end_are_listed(published, lists):
    """The leader of the 7th, who is away then, had asked for a cover."""
    records = open_records(f"sqlite:///{published.folder / 'duty.db'}")
    with closing(records), records.writing() as session:
        session.add(
            asked_for("U010", "2026-10", "2026-10-07/lead", "U010-00", ASKED)
        )
    lists(*away("U010-00"))

    listed = published(*REPAIR).out.splitlines()[-1]

    assert listed == (
        "甲00的2026年10月7日（星期三）带班领导由甲01代："
        "还没有办完，发布后自动结束，两人都会收到消息"
    )


def test_what_was_repaired_is_published_and_the_past_is_as_it_was(
    published, lists, tmp_path
):
    before = led(published, tmp_path / "before.csv")
    leader = before["2026-10-01"]
    lists(*away(leader.replace("甲", "U010-")))
    published(*REPAIR, "--author", "王芳")

    answer = published("publish", "--term", "2026-10", *TWO)

    assert "已发布 1 份值班表，涉及 2 人次" in answer.told
    after = led(published, tmp_path / "after.csv")
    changed = {when for when in before if before[when] != after[when]}
    assert changed
    assert min(changed) >= DAY
    assert after["2026-10-01"] == leader
    assert leader not in {after[when] for when in changed}
    assert "不需要改动" in published(*REPAIR)


def test_a_dry_run_lists_the_same_and_stores_nothing(published, lists):
    lists(*away("U010-00"))
    stored = published.stored()

    answer = published(*REPAIR, "--dry-run")

    assert published.stored() == stored
    assert answer.told == "未写入草稿。\n"
    assert published(*REPAIR).out == answer.out


def test_without_a_reason_nothing_is_stored(published):
    stored = published.stored()

    answer = published(*REPAIR)

    assert (answer.code, answer.out) == (DONE, "柳湾小学：不需要改动。\n")
    assert published.stored() == stored


def test_where_there_is_no_roster_the_reasons_are_told(published, lists):
    lists(*away(*LEADERS))

    answer = published(*REPAIR)

    assert answer.code == INFEASIBLE
    assert "无解，下列各项不能同时成立：" in answer.out
    assert "2026-10-05 的带班领导须有 1 人 第三条" in answer.out
    assert "+ 再有 1 名可任带班领导的人员" in answer.out
    assert "等 7 人 2026-10-01 至 2026-10-20 间不在" in answer.out


def test_where_time_does_not_suffice_that_is_told(published, monkeypatch):
    def slow(problem, time_limit):
        assert time_limit == 2
        return Outcome(problem.id, Status.UNKNOWN)

    monkeypatch.setattr("web.wiring.solve", slow)

    answer = published(*REPAIR, "--time-limit", "2")

    assert answer.code == NO_ROSTER
    assert "限时内无结果" in answer.out


def test_a_date_that_is_past_is_remarked_upon(published):
    with time_machine.travel(datetime(2026, 10, 6, 9, tzinfo=SHANGHAI)):
        assert "起始日期早于今天" in published(*REPAIR)
    with time_machine.travel(datetime(2026, 10, 5, 9, tzinfo=SHANGHAI)):
        assert "起始日期早于今天" not in published(*REPAIR)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--unit", "龙门", "--from", DAY), "没有“龙门”这个单位"),
        (
            ("--unit", SCHOOL, "--from", DAY, "--term", "2027-02"),
            "2026-10-05 不在“2027年2月”（2027-01-25 至 2027-02-28）之内",
        ),
        (("--unit", SCHOOL, "--from", "2028-01-01"), "不在“2027年2月”"),
        (("--unit", SCHOOL, "--from", DAY, "--term", "3"), "没有“3”"),
    ],
)
def test_what_is_not_there_to_repair_is_refused(published, words, said):
    stored = published.stored()

    answer = published("repair", *words)

    assert answer.code == REFUSED
    assert said in answer.told
    assert published.stored() == stored


def test_a_roster_must_be_published_to_be_repaired(terminal, built):
    terminal("import", built.parent / "名册.xlsx", "--yes")
    terminal("generate", "--term", "2026-10", "--unit", SCHOOL)

    answer = terminal(*REPAIR)

    assert answer.code == REFUSED
    assert "“柳湾小学”这个学期还没有已发布的值班表" in answer.told


def test_without_any_term_the_first_step_is_told(terminal):
    assert "请先导入名册" in terminal(*REPAIR)


@pytest.mark.parametrize("words", ["10-05", "2026-13-01", "tomorrow"])
def test_a_date_that_is_none_is_unusable(published, words):
    answer = published("repair", "--unit", SCHOOL, "--from", words)

    assert answer.code == UNUSABLE


def changes(*found: ShiftChange, language=CHINESE, **names) -> Changes:
    return Changes(
        Comparison(found, (), ((2, 3, 3), (3, None, 4))),
        {"a": "安", "b": "白", **names},
        {"U1": "柳东小学"},
        language,
    )


LED = make_shift(0, "lead")
LATE = replace(LED, end=at(day(0), 32))


@pytest.mark.parametrize(
    ("before", "after", "left", "came", "said"),
    [
        (LED, LED, ("a",), ("b",), "安 → 白"),
        (None, LED, (), ("a", "b"), "新增：安、白"),
        (LED, None, ("a",), (), "取消：安"),
        (LED, LED, (), ("b",), "增加 白"),
        (LED, LED, ("a",), (), "减去 安"),
        (LED, LATE, (), (), "人员不变，时间改为 08:00–次日08:00"),
        (LED, LATE, ("a",), ("b",), "安 → 白，时间改为 08:00–次日08:00"),
    ],
)
def test_every_kind_of_change_has_its_words(before, after, left, came, said):
    change = ShiftChange(day(0), before, after, left, came)

    (line,) = changes(change).by_day()

    assert line == f"2026年10月17日（星期六） 带班领导：{said}"


def test_a_pooled_post_is_told_with_its_unit_and_an_unknown_one_by_its_id():
    pooled = replace(LED, post="U1/lead")
    change = ShiftChange(day(0), pooled, pooled, ("a",), ("zhou",))

    words = changes(change, language="en")

    assert list(words.by_day()) == [
        "Saturday, 17 October 2026 柳东小学 leader: 安 → zhou"
    ]
    assert list(words.by_person()) == [
        "安: no longer on 2026-10-17 柳东小学 leader",
        "zhou: now on 2026-10-17 柳东小学 leader",
    ]
    assert list(words.by_tier()) == ["weekends even: – → 4"]


def test_two_people_of_one_name_are_told_apart():
    one, other, third = make_staff("p1", "p2", "p3")
    twins = replace(one, name="安"), replace(other, name="安")

    names = names_of(make_problem([*twins, third], ()))

    assert names == {"p1": "安（p1）", "p2": "安（p2）", "p3": "p3"}
