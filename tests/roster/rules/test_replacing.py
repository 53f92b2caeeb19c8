"""A bureau's own document in place of a shipped one: what it must keep."""

from datetime import date

import pytest

from roster.errors import Unusable
from roster.people import Period
from roster.rules.reader import shipped_text
from roster.rules.replacing import read_replacement
from roster.rules.rulebook import Override
from tests.offices import BOOKS, SCHOOL
from tests.roster.rules.test_reader import damaged, mistakes
from web.words import all_sentences

SCHOOLS = shipped_text("schools")
LINES = SCHOOLS.splitlines()

GAP = 'name = "min_gap_days", label = "值班教师间隔天数", value = 2'
HOLIDAYS = 'value = ["春节", "国庆节"]'
MODE = '["有学生才排", "每个值班日都排", "不排"]'


def line_of(words: str) -> int:
    """The line of the shipped document with these words, found once."""
    (found,) = [n for n, line in enumerate(LINES, 1) if words in line]
    return found


def without(*words: str) -> str:
    """The shipped document without the lines of these words."""
    gone = {line_of(each) for each in words}
    return "\n".join(line for n, line in enumerate(LINES, 1) if n not in gone)


def override(param: str, value, unit: str = SCHOOL.id, book="schools"):
    return Override(
        book, unit, param, value, Period(date(2026, 9, 1)), "路远", "教发9号"
    )


def read(text: str, *overrides: Override):
    units = {SCHOOL.id: SCHOOL.name}
    return read_replacement(text, "制度.toml", BOOKS, overrides, units)


def sentences(text: str, *overrides: Override, language: str = "zh"):
    with pytest.raises(Unusable) as refused:
        read(text, *overrides)

    return all_sentences(refused.value, language)


@pytest.mark.parametrize("name", BOOKS)
def test_a_shipped_document_may_take_its_own_place(name):
    assert read(shipped_text(name)) == BOOKS[name]


def test_words_numbers_and_articles_are_the_bureaus_to_choose():
    text = damaged(
        SCHOOLS,
        (GAP, 'name = "min_gap_days", label = "隔几天", value = 5'),
        (f"one_of = {MODE}", 'one_of = ["有学生才排"]'),
        (HOLIDAYS, 'value = ["春节"]'),
        ("least = 1, most = 8 },", "least = 2, most = 8 },"),
        ("看好校门，来人来车都登记。", "看好校门。"),
    )
    text += (
        '[[article]]\nnumber = 30\nchapter = "附则"\ntext = "另加一条。"\n'
        'force = "information"\n'
        'params = [{ name = "own", label = "自己的", value = "x" }]\n'
    )

    book = read(text)

    assert book.params["min_gap_days"].value == 5
    assert book.params["min_gap_days"].label == "隔几天"
    assert book.params["hometown_holidays"].value == ("春节",)
    assert book.params["teacher_mode"].one_of == ("有学生才排",)
    assert book.article_of["own"].name == "第三十条"


@pytest.mark.parametrize("name", BOOKS)
def test_no_parameter_of_the_shipped_document_may_be_missing(name):
    head, _, _ = shipped_text(name).partition("[[article]]")
    bare = (
        head + '[[article]]\nnumber = 1\nchapter = "总则"\ntext = "都值班。"\n'
        'force = "information"\n'
    )

    with pytest.raises(Unusable) as refused:
        read(bare)

    found = refused.value.mistakes
    assert {m.code for m in found} == {"param-missing"}
    assert [m.facts["name"] for m in found] == list(BOOKS[name].params)


def test_a_missing_parameter_is_named_with_its_label_and_article():
    text = without("min_gap_days")

    assert sentences(text) == [
        "制度.toml 4: 缺少参数“值班教师间隔天数”（min_gap_days），"
        "原稿在第十三条"
    ]
    assert sentences(text, language="en") == [
        "制度.toml 4: The parameter “值班教师间隔天数” (min_gap_days) is "
        "missing; 第十三条 of the shipped document has it"
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (GAP, GAP.replace("value = 2", 'value = "2"'), "param-retyped"),
        (GAP, GAP.replace("value = 2", "value = true"), "param-retyped"),
        (HOLIDAYS, 'value = "春节"', "param-retyped"),
        (HOLIDAYS, f'{HOLIDAYS}, form = "hours"', "param-reformed"),
        ('"dorm_hours", label = "宿管值守", value = "21:00-07:00", form = '
         '"hours"',
         '"dorm_hours", label = "宿管值守", value = "21点"', "param-reformed"),
        (f"one_of = {MODE}", "one_of = []", "param-wider"),
        (f", one_of = {MODE}", "", "param-wider"),
        (f"one_of = {MODE}", 'one_of = ["有学生才排", "三班倒"]',
         "param-wider"),
        (f"{GAP}, least = 0", GAP, "param-wider"),
        (f"{GAP}, least = 0, most = 30", f"{GAP}, least = 0", "param-wider"),
        (f"{GAP}, least = 0", f"{GAP}, least = -1", "param-wider"),
        (f"{GAP}, least = 0, most = 30", f"{GAP}, least = 0, most = 31",
         "param-wider"),
    ],
)  # fmt: skip
def test_a_parameter_keeps_its_kind_and_allows_no_more(old, new, code):
    text = damaged(SCHOOLS, (old, new))
    due = next(n for n, line in enumerate(LINES, 1) if old in line)

    assert mistakes(read, text) == [(due, code)]


def test_the_laws_protection_of_mothers_cannot_be_written_away():
    text = damaged(
        SCHOOLS,
        (
            'value = "不排", one_of = ["不排"]',
            'value = "不限", one_of = ["不排", "不限"]',
        ),
    )

    due = line_of("protected_nights")
    assert mistakes(read, text) == [(due, "param-wider")]


def test_what_is_wrong_with_a_parameter_alone_is_told_once():
    text = damaged(SCHOOLS, (GAP, GAP.replace("value = 2", "vaule = 2")))
    due = line_of("min_gap_days")

    assert mistakes(read, text) == [
        (due, "unknown-key"),
        (due, "missing-key"),
    ]


@pytest.mark.parametrize("id_", ["school", "学校"])
def test_a_document_for_nobody_is_refused(id_):
    text = damaged(SCHOOLS, ('id = "schools"', f'id = "{id_}"'))

    assert sentences(text) == [
        f"制度.toml 4: 没有“{id_}”这份制度（允许：bureau、schools）"
    ]


def test_more_articles_than_can_be_named_are_refused():
    article = (
        '[[article]]\nnumber = {}\nchapter = "附则"\ntext = "又一条。"\n'
        'force = "information"\n'
    )
    text = SCHOOLS + "".join(article.format(n) for n in range(30, 101))

    assert [code for _, code in mistakes(read, text)] == [
        "not-a-number-in-range"
    ]


def test_a_text_nested_without_end_is_refused():
    with pytest.raises(Unusable) as refused:
        read("x = " + "[" * 100_000)

    assert [m.code for m in refused.value.mistakes] == ["too-deep"]


@pytest.mark.parametrize("unit", [SCHOOL.id, ""])
def test_what_a_unit_has_set_stays_possible(unit):
    text = damaged(SCHOOLS, (f"{GAP}, least = 0", f"{GAP}, least = 2"))
    code = "override-unusable"
    due = line_of("min_gap_days")

    assert read(text, override("min_gap_days", 2, unit))
    assert mistakes(
        lambda text: read(text, override("min_gap_days", 1, unit)), text
    ) == [(due, code)]


def test_an_override_of_the_other_document_does_not_matter():
    assert read(SCHOOLS, override("holiday_publish_days", 3, book="bureau"))


def test_an_override_in_the_way_is_named_with_its_unit_and_document():
    text = damaged(
        without("patrols_guard"),
        (f"{GAP}, least = 0", f"{GAP}, least = 2"),
    )
    gap = line_of("min_gap_days")

    said = sentences(
        text,
        override("min_gap_days", 1),
        override("patrols_guard", 3, unit=""),
    )

    assert said == [
        "制度.toml 4: 缺少参数“门卫每日巡查”（patrols_guard），原稿在第十九条",
        "制度.toml 4: “*”已按“教发9号”调整参数 patrols_guard，"
        "这份制度里却没有它",
        f"制度.toml {gap}: “{SCHOOL.name}”已按“教发9号”把“值班教师间隔天数”"
        "（min_gap_days）调为 1，这份制度不再允许（允许：2、30）",
    ]


def test_all_mistakes_are_told_at_once_in_order():
    text = damaged(
        SCHOOLS,
        ('version = "0.1"', "version = 1"),
        ('    { name = "pool_leaders"', '    { name = "pool_leader"'),
        (f"one_of = {MODE}", "one_of = []"),
        (GAP, GAP.replace("value = 2", "value = 99")),
        ('"max_items", label = "检查项目上限", value = 8',
         '"max_items", label = "检查项目上限", value = "八"'),
    )  # fmt: skip

    found = mistakes(
        lambda text: read(text, override("teacher_mode", "偶尔")), text
    )

    assert found == [
        (4, "param-missing"),
        (6, "not-a-text"),
        (line_of("teacher_mode"), "param-wider"),
        (line_of("min_gap_days"), "param-range"),
        (line_of("max_items"), "param-retyped"),
    ]
