"""A roster on paper: the flat list, the month grid, CSV, a page to print."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook

from roster.papers.roster_text import rosters_html, write_rosters_csv
from roster.papers.roster_xlsx import write_rosters_xlsx
from roster.papers.rosters import HEADERS, RosterEntry, RosterSheet
from tests.roster.papers.flat_list import loads, read_flat_list

SATURDAY = date(2026, 10, 31)
SUNDAY = date(2026, 11, 1)


def entry(when=SATURDAY, name="王强", **more) -> RosterEntry:
    """A duty by day."""
    facts = {
        "kind": "双休",
        "post": "值班员",
        "shift": "白班",
        "hours": "08:00–18:00",
        "positions": ("教师",),
        **more,
    }
    return RosterEntry(date=when, names=(name,), **facts)


def leader(when=SATURDAY, name="李刚", **more) -> RosterEntry:
    more.setdefault("positions", ("校长",))
    return entry(when, name, post="带班领导", leads=True, **more)


def night(when=SATURDAY, name="张敏") -> RosterEntry:
    return entry(when, name, shift="夜班", hours="18:00–次日08:00")


DUTIES = (leader(), entry(), night(), leader(SUNDAY), entry(SUNDAY))


def sheet(*entries: RosterEntry, **more) -> RosterSheet:
    """A school's published roster."""
    facts = {
        "unit": "柳湾小学",
        "term": "2026年秋季学期",
        "phone": "0933-6120001",
        "number": 1,
        "state": "已发布",
        "author": "王办公室",
        "approver": "李局长",
        "issued": "2026-08-20",
        "provisional": False,
        **more,
    }
    return RosterSheet(entries=entries or DUTIES, **facts)


@pytest.fixture
def book(tmp_path):
    """Writes sheets as a workbook and opens it."""

    def written(*sheets):
        path = tmp_path / "rosters.xlsx"
        write_rosters_xlsx(sheets, path)
        return load_workbook(path)

    return written


@pytest.fixture
def lines(tmp_path):
    """Writes sheets as CSV and reads its rows."""

    def written(*sheets):
        path = tmp_path / "rosters.csv"
        write_rosters_csv(sheets, path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return written


class Shown(HTMLParser):
    """What a page shows and which elements it is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1

    def handle_data(self, data):
        self.texts.append(data)


def test_a_unit_has_a_flat_list_and_a_month_grid(book):
    assert book(sheet()).sheetnames == ["柳湾小学", "柳湾小学月历"]


def test_the_flat_list_has_title_header_and_signatures(book):
    page = book(sheet())["柳湾小学"]

    assert page["A1"].value == "柳湾小学2026年秋季学期值班安排表"
    assert tuple(cell.value for cell in page[3])[:5] == HEADERS[:5]
    last = page.cell(page.max_row, 1).value
    for word in ("盖章", "填报人：王办公室", "审核人：李局长", "填报日期"):
        assert word in last


def test_a_duty_day_says_its_date_and_leader_once(book):
    page = book(sheet())["柳湾小学"]

    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"C4:C5", "F4:F5"} <= merged
    assert page["C4"].value == datetime(2026, 10, 31)
    assert page["F4"].value == "李刚"
    assert [page["K4"].value, page["K5"].value] == ["王强", "张敏"]


def test_a_leader_alone_has_their_own_hours(book):
    page = book(sheet(leader(shift="全天", hours="08:00–次日08:00")))

    row = [cell.value for cell in page["柳湾小学"][4]]
    assert row[5:9] == ["李刚", "校长", "全天", "08:00–次日08:00"]


def test_an_open_shift_is_seen_to_be_open(lines):
    (row,) = lines(sheet(replace(entry(), names=(), positions=())))

    assert row["值班人员"] == "（空缺）"


def test_positions_stand_for_the_names_in_their_order(book):
    two = replace(entry(), names=("甲乙", "丙丁"), positions=("", "主任"))

    assert book(sheet(two))["柳湾小学"]["L4"].value == "—、主任"


def test_a_provisional_roster_says_so(book):
    page = book(sheet(provisional=True))["柳湾小学"]

    assert "暂定" in page["A2"].value


@pytest.mark.parametrize("name", ["柳湾小学", "柳湾小学月历"])
def test_it_prints_on_a4_across(book, name):
    page = book(sheet())[name]

    assert page.page_setup.orientation == "landscape"
    assert str(page.page_setup.paperSize) == page.PAPERSIZE_A4


def test_the_flat_list_is_as_wide_as_the_paper(book):
    page = book(sheet())["柳湾小学"]

    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToWidth in (None, 1)  # 1 may be left out
    assert page.page_setup.fitToHeight == 0  # as many pages as it takes


def test_each_month_of_the_grid_fills_a_page_below_the_title(book):
    page = book(sheet())["柳湾小学月历"]

    (broken,) = page.row_breaks.brk  # two months
    assert page.cell(broken.id + 1, 1).value == "2026年11月"
    assert page.print_title_rows == "$1:$2"
    weeks = [page.row_dimensions[row].height for row in range(5, 10)]
    wide = 7 * (page.column_dimensions["A"].width * 6 + 5)  # points, about
    assert page.page_setup.scale / 100 * sum(weeks) > 420
    assert page.page_setup.scale / 100 * wide < 784


def test_holidays_are_told_from_weekends_by_their_colour(book):
    holiday = entry(SUNDAY, kind="国庆节", note="暂定")

    page = book(sheet(entry(), holiday))["柳湾小学月历"]

    filled = {
        str(cell.value).split("\n")[0]: cell.fill.start_color.rgb
        for row in page.iter_rows(min_row=5)
        for cell in row
        if "\n" in str(cell.value)
    }
    assert set(filled) == {"31 双休", "1 国庆节（暂定）"}
    assert len(set(filled.values())) == 2


def test_several_units_have_an_index_that_leads_to_their_sheets(book):
    whole = book(sheet(), sheet(unit="平桥小学"))

    page = whole["目录"]
    targets = [
        cell.hyperlink.location
        for row in page.iter_rows(min_row=2, min_col=2, max_col=3)
        for cell in row
    ]
    assert [cell.value for cell in page["B"]] == [
        "单位",
        "柳湾小学",
        "平桥小学",
    ]
    assert {t.strip("'").partition("'")[0] for t in targets} == set(
        whole.sheetnames[1:]
    )


def test_the_header_is_on_every_printed_page(book):
    assert book(sheet())["柳湾小学"].print_title_rows == "$1:$3"


def test_the_grid_shows_each_month_in_weeks(book):
    page = book(sheet())["柳湾小学月历"]

    months = [cell.value for cell in page["A"] if "年" in str(cell.value)]
    assert months[1:] == ["2026年10月", "2026年11月"]
    texts = [cell.value for row in page.iter_rows() for cell in row]
    saturday = [
        "31 双休",
        "带班领导（白班） 李刚",
        "值班员（白班） 王强",
        "值班员（夜班） 张敏",
    ]
    assert "\n".join(saturday) in texts


def test_each_date_stands_below_its_weekday(book):
    page = book(sheet())["柳湾小学月历"]

    columns = {
        str(cell.value).split()[0]: cell.column_letter
        for row in page.iter_rows()
        for cell in row
        if "\n" in str(cell.value)
    }
    assert columns == {"31": "F", "1": "G"}


def test_units_of_one_name_have_sheets_of_their_own(book):
    names = book(sheet(), sheet()).sheetnames

    assert len(set(names)) == 5  # with the index


def test_a_unit_name_no_sheet_may_bear_is_made_one(book):
    long = "柳湾县[第一]实验/小学：" + "很长" * 20

    for name in book(sheet(unit=long), sheet(unit="'*?'")).sheetnames:
        assert len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@A1", "＝1+1"])
def test_what_begins_like_a_formula_makes_none(book, lines, sign):
    odd = sheet(entry(name=sign), unit=sign)

    page = book(odd).worksheets[0]

    assert {cell.data_type for row in page.rows for cell in row} <= set("nsd")
    assert page["K4"].value == sign
    (row,) = lines(odd)
    assert row["值班人员"] == row["单位"] == f"'{sign}"


def test_csv_opens_in_a_spreadsheet_as_it_is(tmp_path):
    path = tmp_path / "rosters.csv"

    write_rosters_csv([sheet()], path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_csv_has_the_rows_of_every_unit(lines):
    rows = lines(sheet(), sheet(unit="平桥小学"))

    assert Counter(row["单位"] for row in rows) == {
        "柳湾小学": 3,
        "平桥小学": 3,
    }


def test_csv_names_a_leader_once_a_day(lines):
    rows = lines(sheet())

    assert [row["带班领导"] for row in rows] == ["李刚", "", "李刚"]


def test_the_page_shows_every_unit_and_needs_nothing_else():
    shown = Shown(rosters_html([sheet(), sheet(unit="平桥小学")]))

    assert shown.tags["section"] == 2
    assert not {"script", "link", "img"} & set(shown.tags)
    assert {"王强", "张敏", "李刚"} <= set(shown.texts)


def test_the_page_shows_markup_as_it_was_written():
    odd = "<b>王&强</b>"

    shown = Shown(rosters_html([sheet(entry(name=odd), unit=odd)]))

    assert "b" not in shown.tags
    assert odd in shown.texts


def test_loads_can_be_counted_from_the_file_alone(tmp_path):
    path = tmp_path / "rosters.xlsx"

    write_rosters_xlsx([sheet(), sheet(unit="平桥小学")], path)

    counted = loads(read_flat_list(path))
    assert counted["柳湾小学", "李刚"] == 2
    assert counted["柳湾小学", "王强"] == 2
    assert counted["平桥小学", "张敏"] == 1
