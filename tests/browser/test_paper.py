"""What is printed is whole: A4 across, headed on every page, every name."""

from collections import Counter
from re import findall
from shutil import which

import pytest

from tests.browser.conftest import missing, opened
from tests.browser.looking import CUT_OFF, WIDER
from tests.browser.test_walk import printed
from tests.offices import BUREAU, SCHOOL

TERM = "first=2026-09-28&last=2026-10-31"
UNITS = {
    f"{unit.id} {layout}": f"/units/{unit.id}/paper?layout={layout}"
    for unit in (BUREAU, SCHOOL)
    for layout in ("list", "blocks", "grid")
}
COUNTY = {
    "collective": f"/paper?{TERM}",
    "book": f"/paper?layout=book&{TERM}",
}
HEADERS = {
    "list": ("带班领导", "班次", "值班人员", "第1版"),
    "blocks": ("带班领导", "值班人员", "第1版"),
    "grid": ("第1版",),
    "collective": ("单位", "带班领导", "值班人员"),
    "book": (),
}


@pytest.fixture(autouse=True)
def _readable():
    if which("pdftotext") is None:
        missing("pdftotext")


@pytest.mark.parametrize("name", [*UNITS, *COUNTY])
def test_a_printed_sheet_is_whole(desk, site, tmp_path, name):
    desk.goto(site + {**UNITS, **COUNTY}[name])
    words = desk.locator(".sheet .who, .cell a").all_inner_texts()
    names = Counter(findall(r"甲\d+|<script>.*?</script>", "".join(words)))
    path = tmp_path / "paper.pdf"

    desk.pdf(path=path, prefer_css_page_size=True)

    pages = printed(path)
    whole = "".join(pages)
    assert names
    assert all(whole.count(n) >= count for n, count in names.items())
    for header in HEADERS[name.split()[-1]]:
        assert all(header in page for page in pages)
    assert all(f"{n}/{len(pages)}" in p for n, p in enumerate(pages, 1))
    assert all(word in whole for word in ("盖章", "编制人", "签发", "打印"))
    assert "看打印稿" not in whole
    assert b"/MediaBox [0 0 841" in path.read_bytes()


def test_the_book_tells_what_is_in_it_and_begins_each_unit_anew(
    desk, site, tmp_path
):
    desk.goto(site + COUNTY["book"])
    path = tmp_path / "book.pdf"

    desk.pdf(path=path, prefer_css_page_size=True)

    contents, *chapters = printed(path)
    assert BUREAU.name in contents
    assert SCHOOL.name in contents
    assert "没有已发布值班表的单位：石梁小学、野狐沟幼儿园" in contents
    assert chapters[0].startswith(f"1{BUREAU.name}2026年10月值班安排表")
    assert any(page.startswith(f"2{SCHOOL.name}") for page in chapters)


@pytest.mark.parametrize("name", [*UNITS, *COUNTY])
def test_nothing_is_cut_on_paper(browser, site, name):
    # 277 mm of paper between the margins are 1047 pixels.
    pages = opened(browser, site, viewport={"width": 1047, "height": 718})
    page = next(pages)
    page.goto(site + {**UNITS, **COUNTY}[name])
    page.emulate_media(media="print")

    assert not page.evaluate(WIDER)
    assert page.evaluate(CUT_OFF) == []
    assert next(pages, None) is None
