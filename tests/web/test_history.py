"""Who did what and when, in words, for those who may know it."""

from html import unescape
from pathlib import Path
from re import findall, sub

import pytest
from sqlalchemy import text

import roster
from roster.records.journal import record
from roster.services.preparation.kinds import KINDS
from tests.offices import BUREAU, SCHOOL, SHORT
from tests.web.county import NOW, SCHOOL_STAFF
from web.words.journal import NOUNS, VERBS

JOURNAL = "/journal"
UNIT = f"/units/{SCHOOL.id}/history"
PERSON = f"/people/{SCHOOL.id}-01/history"


def lines(page: str) -> list[str]:
    """What was done, a line an entry."""
    cells = findall('<td class="beside done">(.*?)</td>', page)
    return [unescape(sub("<[^>]+>", " ", cell)) for cell in cells]


def enter(here, count: int = 1, **more) -> None:
    """Entries about a setting, or whatever is said instead."""
    facts = {"verb": "set", "noun": "setting", "thing": "x", **more}
    with here.records.writing() as session:
        for _ in range(count):
            record(session, who="张伟（u001-10）", now=NOW, **facts)


def test_the_journal_tells_what_was_done_in_words(shown):
    page = shown.reads(JOURNAL)

    assert "日志完整" in page
    done = lines(page)
    assert any(
        line.startswith(f"发布了值班表：{SHORT.name} {SCHOOL.name} 第1版")
        for line in done
    )
    assert any("编制人：王办公室" in line for line in done)
    assert any("理由：路远，休息宜长" in line for line in done)
    assert any("导入了全县名册" in line for line in done)
    assert "李局长" in page


def test_it_is_read_in_english_too(shown):
    done = lines(shown.reads(f"{JOURNAL}?lang=en"))
    shown.reads("/?lang=zh")

    assert any(line.startswith("published the roster: ") for line in done)
    assert any("version 1" in line for line in done)


def test_a_role_is_called_as_the_office_calls_it(visitor, here):
    enter(here, verb="grant", noun="account", facts={"role": "school head"})

    (done, *_) = lines(visitor.reads(JOURNAL))

    assert "授予权限：账号：x" in done
    assert "角色：校（园）长" in done


def test_every_deed_the_services_record_has_its_words():
    source = "".join(
        path.read_text("utf-8")
        for path in Path(roster.__file__).parent.rglob("*.py")
    )

    assert set(findall(r'\bverb="([^"]+)"', source)) <= set(VERBS)
    assert set(findall(r'\bnoun="([^"]+)"', source)) <= set(NOUNS)
    assert set(KINDS) <= set(NOUNS)


def test_a_unit_reads_its_own_and_nothing_of_others(visitor, here):
    person = SCHOOL_STAFF[1]
    enter(here, verb="change", noun="staff", thing=person.id)
    enter(here, verb="change", noun="staff", thing=f"{BUREAU.id}-05")
    enter(here, verb="record", noun="check", thing="7", facts={"unit": "U010"})
    enter(here, verb="report", noun="incident", thing=f"{SCHOOL.id}/7")
    enter(here, verb="report", noun="incident", thing=f"{SCHOOL.id}0/8")
    enter(here, verb="set", noun="setting", thing="secret")

    done = lines(visitor.reads(UNIT))

    assert f"修改了人员：{person.name}" in done
    assert f"记录了抽查 单位：{SCHOOL.name}" in [
        " ".join(d.split()) for d in done
    ]
    assert f"报送了突发情况：{SCHOOL.name} 7" in done
    assert not any("8" in line for line in done if "突发" in line)
    assert any("发布了值班表" in line for line in done)
    assert any("另定了制度" in line for line in done)
    assert not any(BUREAU.name in line or "secret" in line for line in done)
    assert lines(visitor.reads(PERSON)) == [f"修改了人员：{person.name}"]


def test_the_history_of_a_rosters_versions_is_asked_for_by_term(visitor, here):
    enter(here, verb="change", noun="unit", thing=SCHOOL.id)

    done = lines(visitor.reads(f"{UNIT}?term={SHORT.id}"))

    assert [d[:2] for d in done[::-1]] == ["生成", "提交", "批准", "发布"]
    assert all(SHORT.name in line for line in done)
    link = findall(
        f'href="({UNIT}[^"]*)"', visitor.reads(f"/units/{SCHOOL.id}")
    )
    assert link == [f"{UNIT}?term={SHORT.id}"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("who=u001-10", True),
        ("who=李局长", False),
        ("who=%25", False),
        ("kind=setting", True),
        ("kind=roster", False),
        ("first=2026-10-06", True),
        ("last=2026-10-05", False),
        ("first=2026-10-06&last=2026-10-06", True),
        ("first=nonsense", True),
        ("before=999999999999999999999999", True),
        ("before=1", False),
    ],
)
def test_the_journal_is_narrowed(visitor, here, query, said):
    enter(here, thing="looked for")

    page = visitor.reads(f"{JOURNAL}?{query}")

    assert any("looked for" in line for line in lines(page)) == said


def test_a_long_journal_is_turned_over_page_by_page(visitor, here):
    enter(here, count=120)
    seen, page = [], f"{JOURNAL}?kind=setting&_external=1&endpoint=x"
    while page:
        answer = visitor.reads(page)
        seen += findall(r'<td class="number">(\d+)', answer)
        earlier = findall('href="([^"]+)">更早的', answer)
        page = unescape(earlier[0]) if earlier else ""

    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen, key=int, reverse=True)


def test_a_broken_chain_is_marked_at_its_entry(visitor, here):
    with here.records.writing() as session:
        session.execute(text("DROP TRIGGER journal_no_update"))
        session.execute(text("UPDATE journal SET who = '别人' WHERE id = 2"))

    page = visitor.reads(JOURNAL)

    assert "日志的哈希链断了" in page
    assert findall(r'<tr class="wrong">\s*<td class="number">(\d+)', page) == [
        "2"
    ]


def test_what_is_entered_after_a_look_is_looked_at_too(visitor, here):
    visitor.reads(JOURNAL)
    with here.records.writing() as session:
        session.execute(text("DROP TRIGGER journal_no_update"))
    enter(here, count=2)
    with here.records.writing() as session:
        session.execute(
            text(
                "UPDATE journal SET who = '' WHERE id ="
                " (SELECT max(id) - 1 FROM journal)"
            )
        )

    assert "日志的哈希链断了" in visitor.reads(JOURNAL)


def test_whose_history_does_not_exist_is_said_so(shown):
    shown.reads("/units/U999/history", 404)
    shown.reads("/people/none/history", 404)
