"""What people write is shown and never run, wherever it comes out again."""

from dataclasses import replace
from io import BytesIO
from itertools import cycle

import pytest
from openpyxl import load_workbook

from roster.services.feeding.reading import FeedOf
from roster.services.subscribing import Owner, subscribe
from tests.browser.chromium import served
from tests.browser.conftest import DESK, opened
from tests.offices import SCHOOL
from tests.web import county
from tests.web.accounts import log_in
from tests.web.conftest import Visitor
from tests.web.pages import PAGES
from web import create_app

# No longer than a name may be; each would leave a mark if it ran.
PAYLOADS = (
    "<script>hit=1</script>",
    "<img src=x onerror=hit=1>",
    "<svg/onload=hit=1>",
    "<iframe src=javascript:hit=1>",
    "<body onload=hit=1>",
    "<input autofocus onfocus=hit=1>",
    "<details open ontoggle=hit=1>",
    "<video src=x onerror=hit=1>",
    "<audio src=x onerror=hit=1>",
    "<marquee onstart=hit=1>",
    "<a href=javascript:hit=1>x</a>",
    "<object data=javascript:hit=1>",
    "<embed src=javascript:hit=1>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//e.cn>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0>",
    '" onmouseover=hit=1 x="',
    "' autofocus onfocus=hit=1 x='",
    "`onmouseover=hit=1`",
    "</title><script>hit=1</script>",
    "</textarea><script>hit=1</script>",
    "</option></select><script>hit=1//",
    "--><script>hit=1</script><!--",
    "<scr<script>ipt>hit=1</script>",
    "{{7*7}}${7*7}<%=7*7%>#{7*7}",
    "{% for x in (1).__class__ %}",
    "&lt;script&gt;hit=1&lt;/script&gt;",
    "\u202e<script>hit=1</script>",
    "＜script＞hit=1＜/script＞",
    "=1+1",
    "@SUM(1;1)",
    "+1|cmd",
    "-2+3",
)
RUN = "typeof hit !== 'undefined' || !!document.querySelector('main script')"


@pytest.fixture(scope="module")
def wicked(tmp_path_factory):
    """The small county, with a payload wherever somebody writes words."""
    folder = tmp_path_factory.mktemp("wicked")
    words = cycle(PAYLOADS)
    clean = county.COUNTY
    dirty = replace(
        clean,
        units=tuple(
            replace(unit, name=f"{unit.name}{next(words)}")
            for unit in clean.units
        ),
        staff=tuple(
            replace(one, name=next(words), position=next(words))
            for one in clean.staff
        ),
        leave=tuple(
            replace(one, kind=next(words)[:20]) for one in clean.leave
        ),
        presences=tuple(
            replace(one, note=next(words)) for one in clean.presences
        ),
        terms=tuple(
            replace(term, name=f"{term.name}{next(words)}")
            for term in clean.terms
        ),
    )
    patch = pytest.MonkeyPatch()
    patch.setattr(county, "COUNTY", dirty)
    override = replace(
        county.OVERRIDE, reason=next(words), document=next(words)
    )
    patch.setattr(county, "OVERRIDE", override)
    county.build(folder)
    patch.undo()
    here = county.open_office(folder)
    visitor = Visitor(log_in(create_app(here).test_client()))
    sent = visitor.checks(note=PAYLOADS[0], basis=PAYLOADS[1])
    assert sent.status_code == 302
    log = f"/units/{SCHOOL.id}/log?shift=2026-10-05/lead"
    fields = ("source", "words", "done", "reason")
    entry = dict(zip(fields, PAYLOADS, strict=False))
    assert (
        visitor.sends(log, **entry, at="2026-10-05T10:00").status_code == 303
    )
    fields = ("place", "people", "situation", "measures")
    fall = dict(zip(fields, PAYLOADS, strict=False))
    when = {"unit": SCHOOL.id, "at": "2026-10-05T10:00"}
    told = visitor.sends("/my/incident", **fall, **when)
    assert told.status_code == 303
    yield here, (*PAGES, sent.location, log, told.location)
    here.close()


def test_every_page_shows_it_and_none_runs_it(browser, wicked):
    here, pages = wicked
    with served(here) as site:
        windows = opened(browser, site, viewport=DESK)
        page = next(windows)
        page.on("dialog", lambda _: pytest.fail("a dialog"))
        for address in pages:
            page.goto(f"{site}{address}")
            assert not page.evaluate(RUN), address
        page.goto(f"{site}/units/{SCHOOL.id}/people")
        shown = page.locator(".names").all_inner_texts()
        assert next(windows, None) is None

    assert any(PAYLOADS[0] in words for words in shown)


def test_no_cell_of_an_export_is_a_formula(wicked):
    here, _ = wicked
    client = log_in(create_app(here).test_client())

    for address in (
        f"/units/{SCHOOL.id}/roster.xlsx",
        f"/units/{SCHOOL.id}/paper.xlsx",
        f"/units/{SCHOOL.id}/workbook.xlsx",
        "/county/workbook.xlsx",
    ):
        content = client.get(address).data
        for sheet in load_workbook(BytesIO(content)).worksheets:
            for row in sheet.iter_rows():
                assert all(cell.data_type != "f" for cell in row), address


def test_no_line_of_a_csv_begins_a_formula(wicked):
    here, _ = wicked
    client = log_in(create_app(here).test_client())

    text = client.get(f"/units/{SCHOOL.id}/roster.csv").data.decode("utf-8")

    cells = [cell for line in text.splitlines() for cell in line.split(",")]
    assert not [
        cell for cell in cells if cell.strip('"')[:1] in "=+@" and cell
    ]


def test_a_feed_stays_a_feed(wicked):
    here, _ = wicked
    with here.records.writing() as session:
        token = subscribe(
            session,
            feed=FeedOf("person", f"{SCHOOL.id}-01"),
            label=PAYLOADS[0],
            owner=Owner("test"),
            now=county.NOW,
        )
    client = create_app(here).test_client()

    answer = client.get(f"/feeds/{token}/duty.ics")

    assert answer.mimetype == "text/calendar"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    lines = answer.text.split("\r\n")
    assert all(line[:1] == " " or ":" in line for line in lines if line)
