"""`duty-roster rules`: a bureau puts its own documents in."""

import csv

import pytest

from roster.rules.reader import shipped_text
from tests.offices import BOOKS, SCHOOL
from tests.roster.rules.test_reader import damaged
from tests.web.cli.conftest import DONE, REFUSED, UNUSABLE

SCHOOLS = shipped_text("schools")
OCTOBER = "--term", "2026-10"
LEADERS = 'label = "每日带班人数", value = '
GATE = "看好校门，来人来车都登记。"
OWN = damaged(
    SCHOOLS,
    ('version = "0.1"', 'version = "1.0"'),
    ('status = "拟稿"', 'status = "柳教发〔2026〕20号"'),
    (f"{LEADERS}1", f"{LEADERS}2"),
    (GATE, "看好校门，来人来车一律登记。"),
)
OVERRIDE = f"""\
[[override]]
book = "schools"
unit = "{SCHOOL.id}"
param = "leaders_per_day"
value = 1
from = 2026-09-01
reason = "人少"
document = "柳教发〔2026〕9号"
"""


@pytest.fixture
def paper(tmp_path):
    """Saves a document as a file."""

    def saved(text: str | bytes, name: str = "schools.toml"):
        path = tmp_path / name
        content = text if isinstance(text, bytes) else text.encode()
        path.write_bytes(content)
        return path

    return saved


@pytest.mark.parametrize("name", BOOKS)
def test_the_text_of_a_document_is_printed_as_it_stands(terminal, name):
    answer = terminal("rules", "show", name, "--toml")

    assert (answer.code, answer.out) == (DONE, shipped_text(name))


@pytest.mark.parametrize("name", BOOKS)
def test_a_document_put_in_again_changes_nothing(terminal, paper, name):
    path = paper(terminal("rules", "show", name, "--toml").out)
    before = terminal.stored()

    answer = terminal("rules", "import", path, "--yes")

    assert (answer.code, answer.told) == (DONE, "没有变化。\n")
    assert terminal.stored() == before


def test_the_bureaus_own_document_is_shown_once_it_is_in_force(
    terminal, paper
):
    answer = terminal("rules", "import", paper(OWN), "--yes")

    assert answer.code == DONE
    assert answer.told.endswith("已存入（第 1 次）。\n")
    assert terminal("rules", "show", "schools", "--toml").out == OWN
    shown = terminal("rules", "show", "schools").out
    assert "（柳教发〔2026〕20号）" in shown
    assert "每日带班人数（leaders_per_day）= 2" in shown
    assert terminal("rules", "show", "bureau", "--toml").out == shipped_text(
        "bureau"
    )


def test_what_differs_is_shown_before_it_is_stored(terminal, paper):
    before = terminal.stored()
    text = OWN.replace("中小学（幼儿园）国家", "柳湾县中小学（幼儿园）国家")
    text = text.rpartition("[[article]]")[0] + (
        '[[article]]\nnumber = 29\nchapter = "主要任务"\ntext = "另加。"\n'
        'force = "goal"\ntier = 3\n'
        'params = [{ name = "own", label = "自己的", value = false }]\n'
    )

    answer = terminal("rules", "import", paper(text))

    assert answer.code == REFUSED
    assert "（拟稿） 0.1（拟稿） → 柳湾县中小学" in answer.told
    assert " 1.0（柳教发〔2026〕20号）\n" in answer.told
    assert f"第十八条有改动：\n  - {GATE}\n  + 看好校门，" in answer.told
    assert "第二十九条有改动：\n  - 幼儿园、教学点" in answer.told
    assert "  附则 → 主要任务\n" in answer.told
    assert "  告知、由工作流程保证 → 尽量做到、第 3 层\n" in answer.told
    assert "新增参数 自己的（own） = 否（排班不用它）" in answer.told
    assert "每日带班人数：1 → 2" in answer.told
    assert "未写入：请加 --yes 确认" in answer.told
    assert terminal.stored() == before


def test_articles_added_and_removed_are_shown(terminal, paper):
    gone = damaged(
        SCHOOLS[: SCHOOLS.index("[[article]]\nnumber = 28")],
        (GATE, "看好校门。"),
    )
    added = gone + (
        '[[article]]\nnumber = 28\nchapter = "附则"\ntext = "另加。"\n'
        'force = "information"\nworkflow = true\n'
    )
    terminal("rules", "import", paper(gone), "--yes")

    answer = terminal("rules", "import", paper(added), "--yes")

    assert "新增 第二十八条 另加。" in answer.told
    assert "已存入（第 2 次）" in answer.told
    answer = terminal("rules", "import", paper(gone), "--yes")
    assert "删去 第二十八条 另加。" in answer.told


def test_what_becomes_of_numbers_and_parameters_is_shown(terminal, paper):
    head, _, last = SCHOOLS.rpartition("[[article]]\nnumber = 29")
    head, _, before_last = head.rpartition("[[article]]\nnumber = 28")
    most = '{ name = "max_items", label = "检查项目上限", value = 8, '
    least = '{ name = "callback_minutes", label = "回拨分钟", value = 5, '
    own = '{ name = "own", label = "自己的", value = ["甲", "乙"] },\n'
    swapped = (
        head
        + f"[[article]]\nnumber = 28{last}\n"
        + f"[[article]]\nnumber = 29{before_last}"
    )
    after = damaged(
        swapped,
        (f"    {most}least = 1, most = 8 }},\n", ""),
        (
            f"{least}least = 1, most = 60 }},\n",
            f"{least}least = 5, most = 60 }},\n    {own}    "
            f"{most.replace('上限', '最多')}least = 1, most = 8 }},\n",
        ),
    )

    answer = terminal("rules", "import", paper(after), "--yes")

    assert (
        "条号变动：第二十九条 → 第二十八条、第二十八条 → 第二十九条\n"
        in answer.told
    )
    assert "回拨分钟，允许：1–60 → 5–60\n" in answer.told
    assert "新增参数 自己的（own） = 甲、乙（排班不用它）\n" in answer.told
    assert "检查项目上限（max_items） → 检查项目最多（max_items）\n" in answer
    assert "检查项目最多：第二十六条 → 第二十四条\n" in answer.told
    assert "删去参数 自己的（own）" in terminal(
        "rules", "import", paper(swapped)
    )


def test_what_differs_is_shown_in_english_too(terminal, paper, english):
    answer = terminal("rules", "import", paper(OWN), "--yes")

    assert f"第十八条 differs:\n  - {GATE}" in answer.told
    assert "每日带班人数: 1 → 2" in answer.told
    assert "drafts 0, published rosters 0" in answer.told
    assert answer.told.endswith("Stored (no. 1).\n")


def test_a_document_only_written_otherwise_is_said_to_be(terminal, paper):
    answer = terminal("rules", "import", paper(SCHOOLS + "# 注\n"), "--yes")

    assert "条款和参数都没有变" in answer.told
    assert "已存入" in answer.told


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_document_may_be_saved_as_editors_here_do(terminal, paper, encoding):
    text = OWN.replace("\n", "\r\n")

    terminal("rules", "import", paper(text.encode(encoding)), "--yes")

    assert terminal("rules", "show", "schools", "--toml").out == OWN


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "缺少“id”"),
        (b"\xff" * 40, "不是 UTF-8"),
        (OVERRIDE, "没有“override”这一项"),
        ("[[article]\n", "写法有误"),
        (OWN.replace('"schools"', '"school"', 1), "没有“school”这份制度"),
        (OWN.replace('"pool_leaders"', '"x"'),
         "缺少参数“可与学区其他学校合排带班”（pool_leaders），原稿在第三条"),
        (OWN.replace(f"{LEADERS}2", f"{LEADERS}true"), "应如 1"),
    ],
)  # fmt: skip
def test_an_unusable_document_is_refused_whole(terminal, paper, content, said):
    before = terminal.stored()

    answer = terminal("rules", "import", paper(content), "--yes")

    assert answer.code == UNUSABLE
    assert said in answer.told
    assert "schools.toml" in answer.told
    assert terminal.stored() == before


def test_all_mistakes_of_a_document_are_told_with_their_lines(terminal, paper):
    text = damaged(
        OWN,
        ('version = "1.0"', "version = 1"),
        ('"pool_leaders"', '"x"'),
        (f"{LEADERS}2", f"{LEADERS}9"),
    )

    answer = terminal("rules", "import", paper(text), "--yes")

    lines = [line.partition(": ")[0] for line in answer.told.splitlines()]
    assert lines == [f"schools.toml {n}" for n in (4, 6, 28)]


def test_a_document_that_is_not_there_is_said_to_be_missing(
    terminal, tmp_path
):
    answer = terminal("rules", "import", tmp_path / "nowhere.toml")

    assert (answer.code, "没有这个文件" in answer) == (UNUSABLE, True)


def test_a_document_in_the_way_of_what_a_unit_has_set_is_refused(
    published, paper
):
    published("rules", "override", paper(OVERRIDE, "o.toml"), "--yes")
    before = published.stored()
    text = damaged(OWN, (f"{LEADERS}2, least = 1", f"{LEADERS}2, least = 2"))

    answer = published("rules", "import", paper(text), "--yes")

    assert answer.code == UNUSABLE
    for words in (SCHOOL.name, "leaders_per_day", "柳教发〔2026〕9号"):
        assert words in answer.told
    assert published.stored() == before


def rosters(terminal) -> list[str]:
    """Everything the records say of rosters and how they were made."""
    tables = ("roster", "shift", "assignment", "solution")
    return [
        line
        for line in terminal.stored()
        if line.startswith(tuple(f'INSERT INTO "{t}"' for t in tables))
    ]


def test_rosters_made_under_the_earlier_text_are_counted_and_stay(
    published, paper
):
    published("generate", *OCTOBER, "--unit", SCHOOL.id)
    before = rosters(published)

    answer = published("rules", "import", paper(OWN), "--yes")

    assert "草稿 1 份、已发布的值班表 2 份，均不改动" in answer.told
    assert rosters(published) == before
    assert len(before) > 100


def test_what_is_generated_afterwards_follows_the_new_text(
    published, paper, tmp_path
):
    published("rules", "import", paper(OWN), "--yes", "--who", "李局长")

    published("generate", *OCTOBER, "--unit", SCHOOL.id)
    published(*("publish", *OCTOBER, "--author", "王芳", "--approver", "李刚"))

    path = tmp_path / "out.csv"
    published("export", *OCTOBER, "--format", "csv", "--out", path)
    rows = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    leading = [
        row["带班领导"].split("、")
        for row in rows
        if row["单位"] == SCHOOL.name and row["带班领导"]
    ]
    assert {len(names) for names in leading} == {2}
    assert any("李局长" in line for line in published.stored())


def test_what_is_set_differently_is_listed_and_ended(terminal, paper):
    template = paper(OVERRIDE.replace(SCHOOL.id, "").replace("= 1\n", "= 2\n"))
    terminal("rules", "override", template, "--yes")

    listed = terminal("rules", "overrides")
    asked = terminal("rules", "end", 1, "--last", "2097-12-31")
    last = "--last", "2097-12-31"
    ended = terminal("rules", "end", 1, *last, "--who", "李局长", "--yes")

    assert "1  全部  每日带班人数 = 2  2026-09-01 –  柳教发" in listed
    assert asked.code == REFUSED
    assert (ended.code, ended.told.endswith("已结束。\n")) == (DONE, True)
    assert "每日带班人数" in ended.told
    assert "2026-09-01 – 2097-12-31" in terminal("rules", "overrides")
    assert any("李局长" in line for line in terminal.stored())


def test_one_that_has_not_begun_is_withdrawn(terminal, paper):
    later = OVERRIDE.replace(SCHOOL.id, "").replace("2026-09", "2097-09")
    terminal("rules", "override", paper(later), "--yes")

    last = "--last", "2097-08-31"
    answer = terminal("rules", "end", 1, *last, "--yes")

    assert answer.code == DONE
    assert "没有另定的参数" in terminal("rules", "overrides")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("rules end 9 --last 2097-08-31 --yes", REFUSED, "删去"),
        ("rules end 1 --last 2026-01-01 --yes", REFUSED, "过去"),
        ("rules end 1 --last morgen", UNUSABLE, "morgen"),
        ("rules overrides --unit 月亮小学", REFUSED, "月亮小学"),
    ],
)
def test_what_cannot_be_ended_stays(terminal, paper, words, code, told):
    path = paper(OVERRIDE.replace(SCHOOL.id, "").replace("2026-09", "2025-09"))
    terminal("rules", "override", path, "--yes")
    before = terminal.stored()

    answer = terminal(*words.split())

    assert (answer.code, told in answer) == (code, True), answer
    assert terminal.stored() == before
