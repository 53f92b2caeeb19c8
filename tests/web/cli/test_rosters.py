"""`generate`, `publish`, `export`: from drafts to paper, and a recount."""

import csv
import json
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from roster.audit import audit
from roster.documents import read_outcome, read_problem
from roster.ledger import LEDGERS
from roster.papers.workbook_out import write_county
from roster.people import Leave, Standing
from roster.records import open_records
from roster.services.people import fairness
from tests.roster.papers.flat_list import ledgers, read_flat_list
from tests.web.cli.conftest import COUNTY, DONE, REFUSED, TWO, UNUSABLE

OCTOBER = "--term", "2026-10"
FEBRUARY = "--term", "2027-02"


@pytest.fixture
def drafted(published):
    """October's school once more as a draft beside its published roster."""
    published("generate", *OCTOBER, "--unit", "柳湾小学", "--seed", "5")
    return published


@pytest.fixture
def imported(terminal, built):
    """The small county without any roster."""
    terminal("import", built.parent / "名册.xlsx", "--yes")
    return terminal


def test_a_draft_says_how_many_units_are_proven_optimal(published):
    answer = published("generate", *OCTOBER, "--unit", "U010")

    assert answer.code == DONE
    assert "1 个单位：1 个最优已证明，0 个无解。" in answer.told


def test_a_draft_is_told_in_english_too(published, english):
    answer = published("generate", *OCTOBER, "--unit", "U010")

    assert "1 units: 1 proven optimal, 0 without a roster." in answer.told


def test_a_unit_without_a_roster_is_told_why_and_what_would_do(
    terminal, tmp_path
):
    leaders = [
        m.id
        for m in COUNTY.staff
        if m.unit == "U010" and m.standing is not Standing.STAFF
    ]
    leave = tuple(
        Leave(staff, date(2026, 10, 4), date(2026, 10, 4)) for staff in leaders
    )
    path = tmp_path / "名册.xlsx"
    write_county(replace(COUNTY, leave=leave), path)
    terminal("import", path, "--yes")

    answer = terminal("generate", *OCTOBER, "--unit", "U010", "--jobs", 1)

    assert answer.code == REFUSED
    assert "2026-10-04" in answer.told
    assert "间不在" in answer.told
    assert "+ 再有 1 名可任" in answer.told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("generate", "--term", "3026"), "没有“3026”这个学期"),
        (("generate", *OCTOBER, "--unit", "龙门"), "没有“龙门”这个单位"),
        (("publish", "--term", "3026", *TWO), "允许：2026-10、2027-02"),
        (("publish", *OCTOBER, "--unit", "龙门", *TWO), "没有“龙门”"),
        (("publish", *OCTOBER, *TWO), "没有可发布的草稿"),
        (("export", "--term", "3026", "--out", "a"), "没有“3026”"),
        (("export", *OCTOBER, "--unit", "龙门", "--out", "a"), "没有“龙门”"),
    ],
)
def test_what_is_not_there_is_named_and_nothing_is_stored(
    published, words, said
):
    before = published.stored()

    answer = published(*words)

    assert answer.code == REFUSED
    assert said in answer.told
    assert published.stored() == before


@pytest.mark.parametrize(
    "options",
    [
        ("--jobs", "0"),
        ("--jobs", "-2"),
        ("--seed", "-1"),
        ("--seed", "2147483648"),
        ("--time-limit", "0"),
        ("--time-limit", "nan"),
    ],
)
def test_an_option_out_of_range_is_unusable(published, options):
    assert published("generate", *OCTOBER, *options).code == UNUSABLE


def test_without_any_term_the_first_step_is_told(terminal):
    named = "generate", "--term", "2026-autumn"
    for words in (
        ("generate",),
        named,
        ("publish", *TWO),
        ("export", "--out", "a"),
    ):
        answer = terminal(*words)

        assert answer.code == REFUSED
        assert "请先导入名册" in answer.told


@pytest.mark.parametrize(
    ("author", "approver", "said"),
    [
        ("王芳", "王芳", "不能是同一人（王芳）"),
        ("王芳", " 王 芳　", "不能是同一人（王芳）"),
        ("王芳", "王\u200b芳", "不能是同一人"),
        ("Wang Fang", "ＷＡＮＧ　fang", "不能是同一人"),
        ("王芳", "", "须写明编排人和批准人"),
        ("　 ", "李刚", "须写明编排人和批准人"),
    ],
)
def test_one_person_alone_publishes_nothing(drafted, author, approver, said):
    before = drafted.stored()

    answer = drafted(
        "publish", *OCTOBER, "--author", author, "--approver", approver
    )

    assert answer.code == REFUSED
    assert said in answer.told
    assert drafted.stored() == before


def test_one_person_alone_is_refused_in_english_too(drafted, english):
    one = "--author", "Li", "--approver", " LI "

    answer = drafted("publish", *OCTOBER, *one)

    assert answer.told == "Author and approver must be two people (Li)\n"


def test_publishing_makes_the_next_version(drafted, tmp_path):
    answer = drafted("publish", *OCTOBER, *TWO)

    assert answer.code == DONE
    assert "已发布 1 份值班表" in answer.told
    path = tmp_path / "值班表.xlsx"
    drafted("export", *OCTOBER, "--out", path)
    standing = [load_workbook(path)[name]["A2"].value for name in UNITS]
    assert [words.split("　")[0] for words in standing] == ["第1版", "第2版"]


UNITS = [unit.name for unit in COUNTY.units]


def test_a_county_is_exported_with_its_sheets(published, tmp_path):
    path = tmp_path / "值班表.xlsx"

    answer = published("export", *FEBRUARY, "--out", path)

    assert (answer.code, answer.told) == (DONE, f"已写入 {path}\n")
    book = load_workbook(path)
    assert book.sheetnames[::2] == ["目录", *(f"{u}月历" for u in UNITS)]
    page = book[UNITS[0]]
    assert page["A1"].value == "柳湾县教科局2027年2月值班安排表"
    assert "含暂定日期" in page["A2"].value
    assert "填报人：王芳" in page.cell(page.max_row, 1).value


@pytest.mark.parametrize("form", ["csv", "html"])
def test_every_form_names_everybody_on_duty(published, tmp_path, form):
    path = tmp_path / f"a.{form}"
    published("export", *OCTOBER, "--format", form, "--out", path)
    xlsx = tmp_path / "a.xlsx"
    published("export", *OCTOBER, "--out", xlsx)

    text = path.read_text("utf-8-sig")

    served = read_flat_list(xlsx)
    assert {one.name for one in served} <= set(
        text.replace("<td>", ",").replace("</td>", ",").split(",")
    )
    assert {one.unit for one in served} == set(UNITS)


def test_a_table_has_a_row_a_shift_as_published(published, tmp_path):
    path = tmp_path / "a.csv"
    published("export", *OCTOBER, "--format", "csv", "--out", path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]

    days = {(row[1], row[2]) for row in rows}
    assert Counter(unit for unit, _ in days) == dict.fromkeys(UNITS, 13)


def test_a_pair_a_unit_passes_the_audit(published, tmp_path):
    folder = tmp_path / "pairs"

    published("export", *OCTOBER, "--format", "json", "--out", folder)

    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(
        f"{unit.id}{ending}"
        for unit in COUNTY.units
        for ending in (".json", ".outcome.json")
    )
    for unit in COUNTY.units:
        problem, outcome = pair(folder, unit.id)
        assert audit(problem, outcome).breaches == ()
        assert outcome.status == "optimal"


def pair(folder, unit):
    """A unit's exported problem and outcome."""
    texts = (folder / f"{unit}{e}" for e in (".json", ".outcome.json"))
    problem, outcome = (path.read_bytes() for path in texts)
    return read_problem(problem), read_outcome(outcome)


def test_a_pair_that_somebody_altered_does_not_pass(published, tmp_path):
    published("export", *OCTOBER, "--format", "json", "--out", tmp_path)
    path = tmp_path / "U010.outcome.json"
    document = json.loads(path.read_text())
    document["assignments"].pop()
    path.write_text(json.dumps(document))

    answer = published("audit", tmp_path / "U010.json", path)

    assert answer.code == REFUSED
    assert answer.out.startswith("coverage ")


@pytest.mark.parametrize("form", ["xlsx", "csv", "html", "json"])
def test_a_place_that_cannot_be_written_is_named(published, tmp_path, form):
    taken = tmp_path / "taken"
    taken.write_text("")

    answer = published(
        "export", *OCTOBER, "--format", form, "--out", taken / "there"
    )

    assert answer.code == UNUSABLE
    assert answer.told.startswith(f"{taken / 'there'}: 写不进：")


@pytest.mark.parametrize("form", ["xlsx", "csv", "html", "json"])
def test_where_nothing_was_generated_nothing_is_written(
    imported, tmp_path, form
):
    path = tmp_path / f"rosters.{form}"

    answer = imported("export", *OCTOBER, "--format", form, "--out", path)

    assert answer.code == REFUSED
    assert "还没有值班表：请先生成" in answer.told
    assert not path.exists()


def shown(terminal, term: str, what: str) -> Counter:
    """Loads as the fairness page has them, by unit, name and ledger."""
    url = f"sqlite:///{terminal.folder / 'duty.db'}"
    with closing(open_records(url)) as records, records.reading() as session:
        views = [
            fairness(session, unit_id=unit.id, term_id=term)
            for unit in COUNTY.units
        ]
    return +Counter(
        {
            (view.head.unit_name, person.name, ledger): count
            for view in views
            for person in view.people
            for ledger, count in getattr(person, what).items()
        }
    )


@pytest.mark.parametrize("term", ["2026-10", "2027-02"])
def test_loads_recounted_from_the_file_alone_are_those_shown(
    published, tmp_path, term
):
    path = tmp_path / "值班表.xlsx"
    published("export", "--term", term, "--out", path)

    counted = ledgers(read_flat_list(path))

    assert counted == shown(published, term, "term")
    seen = {ledger for _, _, ledger in counted}
    assert seen == set(LEDGERS) - ({"spring"} if term == "2026-10" else set())


def test_what_october_says_is_what_february_carries_on_from(
    published, tmp_path
):
    path = tmp_path / "值班表.xlsx"
    published("export", *OCTOBER, "--out", path)

    counted = ledgers(read_flat_list(path))

    assert counted == shown(published, "2027-02", "carried")
