"""
Every page as a picture, and all of them on one contact sheet.

``python -m tests.browser.pictures DATAFOLDER OUTFOLDER [NAME ...]`` looks
at the records of a data folder, usually the demonstration county; what
those lack (a failure, an empty list) is shown by the small county of the
tests. Where names are given, those pages alone are taken.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser
from sqlalchemy import select

from roster.records import AccountRow, RosterRow
from roster.rights import Grant, Role
from roster.services import requesting, viewing
from roster.services.account_views import account_by_login
from roster.services.board import county_board
from roster.services.checking import checks
from roster.services.people import staff_duties
from roster.services.ruling import add_overrides
from tests.browser.chromium import Site, chromium, let_in, served
from tests.offices import BUREAU, SCHOOL, SHORT
from tests.web.accounts import EVERYTHING, add_account
from tests.web.county import (
    EMPTY,
    LATER,
    STUCK,
    TOO_FAR_APART,
    build,
    open_office,
)
from web.config import Config, default_url
from web.wiring import Office
from web.working import Worker

WIDTHS = (1280, 360)
TALLEST = 1600  # a picture is cut below, a page is not
COLUMN, GAP = 480, 16


def main(data: str, out: str, *only: str) -> None:
    """Takes all pictures and joins them."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as scratch,
        chromium() as browser,
    ):
        # Looking writes nothing, but opening may upgrade the records.
        copy, small = Path(scratch) / "copy", Path(scratch) / "small"
        copytree(data, copy)
        build(small)
        taken = []
        for here, pages in (
            (Office(Config(copy, default_url(copy))), _pages),
            (open_office(small), _rarely),
            (open_office(Path(scratch) / "empty"), _at_first),
        ):
            _account(here)
            with served(here) as site:
                found = {
                    name: address
                    for name, address in dict(pages(here)).items()
                    if not only or name in only
                }
                taken += _take(browser, site, found, folder)
            here.close()

    _join(taken).save(folder / "contact.png", optimize=True)
    print(folder / "contact.png")


def _account(here: Office) -> None:
    """Whoever looks at every page, as somebody with duties if there is one."""
    with here.records.writing() as session:
        if account_by_login(session, EVERYTHING) is not None:
            return

        term = viewing.current_term(session, here.today())
        who = ""
        if term is not None:
            lines = county_board(session, term_id=term.id)
            who = _busiest(here, session, _largest(lines).unit_id, term)
        roles = map(Grant, Role)
        add_account(session, EVERYTHING, "王芳", *roles, staff_id=who)


def _largest(lines):
    return max(lines, key=lambda line: (line.shifts, line.staff))


def _pages(here: Office) -> Iterator[tuple[str, str]]:
    """A name and an address of every page there is something to see on."""
    yield "county", "/"
    with here.records.reading() as session:
        term = viewing.current_term(session, here.today())
        assert term is not None
        lines = county_board(session, term_id=term.id)
        bureau = next(line for line in lines if line.kind == "bureau")
        largest = _largest(lines)
        eased = [n for n in lines if n.step not in ("", "plain")] or lines
        recorded = checks(session, term_id=term.id)
        busiest = _busiest(here, session, largest.unit_id, term)
        asked = _asked(here, session, busiest, term)

    yield "bureau", f"/units/{bureau.unit_id}"
    yield "school", f"/units/{largest.unit_id}"
    yield "school-list", f"/units/{largest.unit_id}?view=list"
    yield "eased", f"/units/{eased[0].unit_id}"
    yield "fairness", f"/units/{largest.unit_id}/fairness"
    yield "people", f"/units/{largest.unit_id}/people"
    yield "person", f"/people/{busiest}"
    yield "duty", "/my/duty"
    yield "swaps", "/my/swaps"
    yield "unit-swaps", f"/units/{largest.unit_id}/swaps"
    yield "comp", f"/people/{busiest}/comp"
    yield "unit-comp", f"/units/{largest.unit_id}/comp"
    yield "feeds", f"/people/{busiest}/feeds"
    yield "subscribers", f"/units/{bureau.unit_id}/subscribers?below=yes"
    yield "draws", "/draws"
    yield "drawn", "/draws/1"
    yield "series", "/series/1"
    yield "series-new", "/series/new"
    yield "my-checks", "/my/checks"
    yield "journal", "/journal"
    yield "history", f"/units/{largest.unit_id}/history"
    yield "paper", f"/units/{largest.unit_id}/paper"
    yield "chain", f"/units/{largest.unit_id}/chain"
    yield "accounts", f"/units/{largest.unit_id}/accounts"
    yield "account", "/account"
    yield "roster-file", f"/units/{largest.unit_id}/roster-file"
    yield "logs", f"/units/{bureau.unit_id}/logs"
    yield "zero-reports", "/zero-reports"
    yield "incidents", "/incidents"
    yield "stand-in", asked.format(page="stand-in")
    yield "why", asked.format(page="why")
    yield (
        "absence",
        f"/units/{largest.unit_id}/absence?staff={busiest}"
        f"&first={here.today()}&last={term.last}",
    )
    yield "review", f"/units/{largest.unit_id}/review"
    yield "deadlines", "/deadlines"
    yield "messages", "/messages"
    yield "sent", f"/units/{bureau.unit_id}/messages?below=yes"
    yield "channels", f"/units/{largest.unit_id}/channels"
    records = f"/units/{largest.unit_id}/records"
    yield "records", f"{records}/staff"
    yield "record", f"{records}/staff/{busiest}"
    yield "leave", f"{records}/leave?all=1"
    yield "wish-new", f"{records}/wish/new"
    yield "workbook", f"/units/{largest.unit_id}/workbook"
    yield "wishes", f"/units/{largest.unit_id}/wishes"
    yield "units", "/county/unit"
    yield "terms", "/county/term"
    yield "readiness", "/readiness"
    yield "override", "/rules/schools/override?param=leaders_per_day"
    yield "surge", "/rules/schools/surge"
    yield "notice", "/calendar/import"
    yield "repair", f"/units/{largest.unit_id}/repair"
    yield "changes", f"/units/{largest.unit_id}/changes"
    yield "check-form", f"/units/{largest.unit_id}/check"
    if recorded:
        yield "checks", f"/units/{recorded[0].unit_id}/checks"
        yield "check", f"/checks/{recorded[0].id}"
    yield "summary", "/summary"
    yield "rules-schools", "/rules/schools"
    yield "rules-bureau", "/rules/bureau"
    yield "calendar", f"/calendar/{here.today().year}"
    yield "calendar-next", f"/calendar/{here.today().year + 1}"
    yield "error", "/nothing"
    yield "county-english", "/?lang=en"
    yield "school-english", f"/units/{largest.unit_id}?lang=en"
    yield "fairness-english", f"/units/{bureau.unit_id}/fairness?lang=en"
    yield "county-dark", "/?lang=zh"
    yield "school-dark", f"/units/{largest.unit_id}"
    yield "person-dark", f"/people/{busiest}"


def _busiest(here, session, unit_id, term) -> str:
    """Who of a unit has most duties before them."""

    def coming(staff_id: str) -> int:
        view = staff_duties(
            session,
            staff_id=staff_id,
            first=here.today(),
            last=term.last,
            calendar=here.calendar,
            books=here.books,
        )
        return len(view.duties) if view else 0

    staff = viewing.staff_of(session, unit_id=unit_id)
    others = session.scalars(
        select(AccountRow.staff).where(AccountRow.login != EVERYTHING)
    ).all()
    return max((n.id for n in staff[:12] if n.id not in others), key=coming)


def _asked(here, session, staff_id, term) -> str:
    """The address of questions about somebody's next duty."""
    view = staff_duties(
        session,
        staff_id=staff_id,
        first=here.today() + timedelta(days=1),
        last=term.last,
        calendar=here.calendar,
        books=here.books,
    )
    duty = view.duties[0].duty
    return (
        f"/units/{duty.unit_id}/{{page}}?term={term.id}"
        f"&shift={duty.shift_id}&staff={staff_id}"
    )


def _rarely(here: Office) -> dict[str, str]:
    """What a county in order never shows."""
    with here.records.writing() as session:
        add_overrides(session, TOO_FAR_APART, who="test", now=here.now())
    done = _asked_for(here, BUREAU.id, SCHOOL.id, STUCK.id)
    while Worker(here).take_one():
        pass
    waiting = _asked_for(here, SCHOOL.id)
    with here.records.reading() as session:
        draft = session.scalars(
            select(RosterRow).where(
                RosterRow.unit == BUREAU.id, RosterRow.term == LATER.id
            )
        ).one()
        edited = f"/units/{BUREAU.id}/rosters/{draft.id}"
        shift = draft.shifts[3]
        cell = f"shift={shift.shift}&staff={shift.held[0].staff}"
    return {
        "edit": f"{edited}/edit",
        "cell": f"{edited}/cell?{cell}",
        "generate": f"/units/{BUREAU.id}/generate?term={LATER.id}&pick=all",
        "generated": f"/requests/{done}",
        "generating": f"/requests/{waiting}?still=1",
        "requests": f"/requests?term={LATER.id}",
        "failed": f"/units/{STUCK.id}",
        "review-draft": f"/units/{BUREAU.id}/review?term={LATER.id}",
        "late": f"/deadlines?term={SHORT.id}&state=late",
        "nobody": f"/units/{EMPTY.id}/people",
        "nobody-on-duty": f"/units/{EMPTY.id}/check",
        "failed-english": f"/units/{STUCK.id}?lang=en",
    }


def _asked_for(here: Office, *units: str) -> int:
    """The number of a request for some units' rosters in May."""
    with here.records.writing() as session:
        return requesting.ask(
            session,
            term_id=LATER.id,
            unit_ids=units,
            place=units[0],
            who="王芳",
            now=here.now(),
        )


def _at_first(_: Office) -> dict[str, str]:
    """What is seen before anything is imported."""
    return {"empty": "/"}


def _take(
    browser: Browser, site: Site, pages: dict[str, str], folder: Path
) -> list[Path]:
    """A picture of each page at each width."""
    taken = []
    for width in WIDTHS:
        for name, address in pages.items():
            colours = "dark" if name.endswith("-dark") else "light"
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=colours,
                locale="zh-CN",
            )
            let_in(context, site)
            page = context.new_page()
            page.goto(site + address)
            path = folder / f"{name}-{width}.png"
            page.screenshot(path=path, full_page=True)
            context.close()
            taken.append(path)

    return taken


def _join(paths: list[Path]) -> Image.Image:
    """All pictures as columns of one sheet, the wide ones first."""
    rows: dict[int, list[Image.Image]] = {width: [] for width in WIDTHS}
    for path in paths:
        with Image.open(path) as picture:
            width, height = picture.size
            part = picture.convert("RGB").crop(
                (0, 0, width, min(height, TALLEST))
            )
        scale = COLUMN / width if width > COLUMN else 0.75
        size = round(width * scale), round(part.height * scale)
        rows[width].append(part.resize(size))

    pieces = [row for width in WIDTHS for row in _rows(rows[width])]
    sheet = Image.new(
        "RGB",
        (
            max(_width(row) for row in pieces),
            sum(max(p.height for p in row) + GAP for row in pieces),
        ),
        "#888888",
    )
    top = 0
    for row in pieces:
        left = 0
        for picture in row:
            sheet.paste(picture, (left, top))
            left += picture.width + GAP
        top += max(p.height for p in row) + GAP

    return sheet


def _rows(pictures: list[Image.Image]) -> list[list[Image.Image]]:
    a_row = 2400 // (pictures[0].width + GAP)
    return [pictures[n : n + a_row] for n in range(0, len(pictures), a_row)]


def _width(row: list[Image.Image]) -> int:
    return sum(picture.width + GAP for picture in row)


if __name__ == "__main__":
    main(*sys.argv[1:])
