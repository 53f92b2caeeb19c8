"""`duty-roster calendar`, as somebody with a notice in hand uses it."""

import csv
import json
from datetime import date

import pytest

from calendars.documents import from_json
from roster.days import DayKind
from tests.calendars.notices import LABOUR_2019, NOTICES, SPRING_2020
from tests.calendars.test_notice import open_data
from tests.web.cli.conftest import DONE, REFUSED, UNUSABLE

NOTICE_2027 = (
    NOTICES[2026]
    .replace("2026", "2027")
    .partition("一、")[0]
    .replace("国办发明电〔2025〕7号", "国办发明电〔2026〕9号")
    + """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（农历正月初七、周五）放假调休，共8天。\
1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。\
9月26日（周日）、10月9日（周六）上班。
国务院办公厅
2026年11月3日
"""
)


@pytest.fixture
def paper(tmp_path):
    """Saves a notice as a file."""

    def saved(text: str | bytes, name: str = "通知.txt"):
        path = tmp_path / name
        content = text if isinstance(text, bytes) else text.encode()
        path.write_bytes(content)
        return path

    return saved


def year(terminal, number: int):
    """The year as the records have it now."""
    return from_json(terminal("calendar", "show", number, "--json").out)


@pytest.mark.parametrize("number", range(2014, 2100, 17))
def test_any_year_can_be_shown(terminal, number):
    answer = terminal("calendar", "show", number)

    assert answer.code == DONE
    assert f"{number}-10-01" in answer.out


@pytest.mark.parametrize("number", [-5, 0, 2013, 2100, 99999])
def test_a_year_out_of_range_is_said_to_be(terminal, number):
    answer = terminal("calendar", "show", number)

    assert answer.code == UNUSABLE
    assert f"{number}: 年份应为 2014 至 2099" in answer.told


def test_a_year_without_a_notice_says_that_it_is_provisional(terminal):
    answer = terminal("calendar", "show", 2027)

    assert answer.out.startswith("暂定：尚无通知")
    assert "2027-02-05 周五 法定 春节 腊月廿九" in answer.out


def test_a_year_is_shown_in_english_too(terminal, english):
    answer = terminal("calendar", "show", 2026)

    assert "2026-10-06 Tue exchanged 国庆节" in answer.out
    assert terminal("calendar", "show", 2027).out.startswith("Provisional")


@pytest.mark.parametrize("number", NOTICES)
def test_an_official_notice_becomes_its_year(terminal, paper, number):
    path = paper(NOTICES[number])

    answer = terminal("calendar", "import", path, "--yes")

    assert answer.code == DONE
    stored = year(terminal, number)
    assert not stored.provisional
    assert stored.notices[0].number in NOTICES[number]
    assert sum(day.off for day in stored.days.values()) in range(113, 119)


@pytest.mark.parametrize(
    ("number", "amendment", "when", "kind"),
    [
        (2019, LABOUR_2019, date(2019, 5, 3), DayKind.EXCHANGED),
        (2020, SPRING_2020, date(2020, 1, 31), DayKind.EXCHANGED),
    ],
)
def test_an_amendment_is_a_new_version_of_its_year(
    terminal, paper, number, amendment, when, kind
):
    terminal("calendar", "import", paper(NOTICES[number]), "--yes")
    before = year(terminal, number)

    answer = terminal("calendar", "import", paper(amendment), "--yes")

    assert f"{when} 周五：工作日 → 调休" in answer.told
    after = year(terminal, number)
    assert (before.days[when].kind, after.days[when].kind) == (
        DayKind.WORKDAY,
        kind,
    )
    assert after.version > before.version
    assert len(after.notices) == 2


def test_nobody_at_the_terminal_means_no(terminal, paper):
    before = terminal.stored()

    answer = terminal("calendar", "import", paper(NOTICE_2027))

    assert answer.code == REFUSED
    assert "2027-05-04 周二 补假 劳动节" in answer.out
    assert "请加 --yes" in answer.told
    assert terminal.stored() == before


def test_reading_a_notice_again_stores_nothing(terminal, paper):
    path = paper(NOTICE_2027)
    terminal("calendar", "import", path, "--yes")
    before = terminal.stored()

    answer = terminal("calendar", "import", path, "--yes")

    assert (answer.code, answer.told) == (DONE, "没有变化。\n")
    assert terminal.stored() == before


def test_what_is_shipped_already_need_not_be_stored(terminal, paper):
    assert "没有变化" in terminal("calendar", "import", paper(NOTICES[2026]))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_notice_may_be_saved_as_editors_here_do(terminal, paper, encoding):
    path = paper(NOTICE_2027.encode(encoding))

    terminal("calendar", "import", path, "--yes")

    assert not year(terminal, 2027).provisional


def test_the_open_data_set_is_read_too(terminal, paper):
    document = {**open_data(2025), "papers": ["a notice"]}
    path = paper(json.dumps(document), "2025.json")

    assert terminal("calendar", "import", path, "--yes").code == DONE

    assert year(terminal, 2025).notices[0].source == "a notice"


def test_a_december_already_read_stays_when_its_year_is_read_again(
    terminal, paper
):
    for number in (2022, 2023):
        terminal("calendar", "import", paper(NOTICES[number]), "--yes")

    answer = terminal("calendar", "import", paper(NOTICES[2022]), "--yes")

    assert "没有变化" in answer
    assert year(terminal, 2022).days[date(2022, 12, 31)].run.name == "元旦"


# A damaged notice: what is changed in 2027's, by what, and what is said.
DAMAGED = [
    ("安排的通知", "工作总结", "这不是国务院办公厅的放假安排通知"),
    ("关于2027年\n", "关于2127年\n", "2014 至 2099"),
    ("2026年11月3日", "2026年11月31日", "2026-11-31|2026年11月31日"),
    ("元旦：1月1日（周五）至", "元旦：1月1日（周五）起至", "没有读懂"),
    ("至3日（周日）放假，共3天", "至3日（周日）放假，共4天", "写的是 4"),
    ("（农历除夕、周五）", "（农历除夕、周六）", "周五"),
    ("（农历除夕、周五）", "（农历正月初一、周五）", "腊月廿九"),
    ("农历正月初七", "农历正月初六", "正月初七"),
    ("1月31日（周日）、", "", "调休 2 天，补班却是 1 天"),
    ("1月31日（周日）、", "1月30日（周日）、", "周六"),
    ("1月31日（周日）", "2月1日（周一）", "本来就是工作日"),
    ("1月31日（周日）", "2月7日（周日）", "落在放假期间"),
    ("2月20日（周六）", "3月20日（周六）", "超过 14 天"),
    ("2月20日（周六）上班", "2月20日（周六）或21日上班", "没有读懂"),
    ("2月20日（周六）上班", "2月30日（周六）上班", "2027-2-30"),
    ("清明节：4月3日", "清明：4月3日", "没有“清明”这个节日"),
    (
        "4月3日（周六）至5日（周一）",
        "4月5日（周一）至3日（周六）",
        "早于",
    ),
    ("4月3日（周六）至5日（周一）", "4月2日至4日", "2027-04-05"),
    ("放假调休，共5天", "放假调休，共五天", "没有读懂"),
    ("5月8日（周六）上班", "5月8日（周六）可以上班", "没有读懂"),
    ("6月9日（周三）放假1天", "6月9日（周三）放假2天", "写的是 2"),
    ("6月9日（周三）放假1天，不调休", "6月9日放假，与周末连休", "不是周末"),
    ("6月9日（周三）", "6月10日（周四）", "2027-06-09"),
    ("五、端午节：", "五、中秋节：", "“中秋节”出现两次"),
    ("9月15日（周三）放假1天，不调休", "另行通知", "缺少“中秋节”"),
    ("至7日（周四）放假", "至2028年10月7日（周六）放假", "没有读懂|天数"),
    ("国务院办公厅\n2026", "12月31日放假。\n国务院办公厅\n2026", "12月31日"),
]


@pytest.mark.parametrize(("old", "new", "said"), DAMAGED)
def test_a_damaged_notice_is_refused_whole(terminal, paper, old, new, said):
    assert old in NOTICE_2027
    before = terminal.stored()
    damaged = NOTICE_2027.replace(old, new)

    answer = terminal("calendar", "import", paper(damaged), "--yes")

    assert answer.code == UNUSABLE
    assert answer.out == ""
    assert any(words in answer.told for words in said.split("|"))
    assert all(
        line.startswith("通知.txt: ") for line in answer.told.splitlines()
    )
    assert terminal.stored() == before


QUOTED = [row for row in DAMAGED if row[2] in ("没有读懂", "写的是 4")]


@pytest.mark.parametrize(("old", "new", "said"), QUOTED)
def test_what_is_not_understood_is_quoted_back_with_its_sentence(
    terminal, paper, english, old, new, said
):
    damaged = NOTICE_2027.replace(old, new)

    answer = terminal("calendar", "import", paper(damaged), "--yes")

    (quoted,) = [
        sentence
        for line in NOTICE_2027.replace(old, new).splitlines()
        for sentence in line.split("：")[-1].split("。")
        if new.split("：")[-1] in sentence
    ]
    assert quoted in answer.told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "这不是国务院办公厅的放假安排通知"),
        (b"\xff" * 40, "不是 UTF-8"),
        (b"PK\x03\x04 a docx", "这不是国务院办公厅的放假安排通知"),
        (b"{", "不是有效的 JSON"),
        (b'{"year": 2027, "papers": [], "days": []}', "缺少“春节”"),
    ],
)
def test_what_is_no_notice_is_said_to_be_none(terminal, paper, content, said):
    answer = terminal("calendar", "import", paper(content), "--yes")

    assert answer.code == UNUSABLE
    assert said in answer.told


def test_open_data_that_lost_its_days_of_work_is_refused(terminal, paper):
    document = open_data(2025)
    document["days"] = [day for day in document["days"] if day["isOffDay"]]

    answer = terminal("calendar", "import", paper(json.dumps(document)))

    assert answer.code == UNUSABLE
    assert "补班却是 0 天：劳动节" in answer.told


def test_a_notice_that_is_not_there_is_said_to_be_missing(terminal, tmp_path):
    answer = terminal("calendar", "import", tmp_path / "nowhere.txt")

    assert (answer.code, "没有这个文件" in answer) == (UNUSABLE, True)
    assert terminal("calendar", "import", tmp_path).code == UNUSABLE


def test_published_duties_a_notice_touches_are_named_and_stay(
    published, paper
):
    rosters = published.folder.parent / "before.csv"
    export = "export", "--term", "2027-02", "--format", "csv", "--out"
    published(*export, rosters)

    answer = published("calendar", "import", paper(NOTICE_2027), "--yes")

    assert answer.code == DONE
    assert "2027-01-31 周日：双休 → 补班" in answer.told
    assert "2027-02-09 周二：工作日 → 补假" in answer.told
    assert "已发布的值班表不改动" in answer.told
    sunday = [
        line
        for line in answer.told.splitlines()
        if line.startswith("  2027-01-31")
    ]
    assert [line.split()[2].partition("：")[0] for line in sunday] == [
        "柳湾县教科局",
        "柳湾小学",
    ]
    assert "（带班领导）" in sunday[0]
    assert "甲" in sunday[1]
    after = published.folder.parent / "after.csv"
    published(*export, after)
    assert duties(rosters) == duties(after)


def duties(path) -> list[list[str]]:
    """Every duty in an exported table, without what its day is called."""
    rows = csv.reader(path.read_text("utf-8-sig").splitlines())
    return [row[1:4] + row[5:12] for row in rows]


def test_a_draft_made_before_a_notice_cannot_be_published(published, paper):
    published("generate", "--term", "2027-02", "--unit", "U010")
    published("calendar", "import", paper(NOTICE_2027), "--yes")

    answer = published(
        *("publish", "--term", "2027-02", "--author", "甲", "--approver", "乙")
    )

    assert answer.code == REFUSED
    assert "放假安排已变更" in answer.told
