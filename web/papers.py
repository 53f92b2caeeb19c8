"""Rosters on paper: a unit's in three layouts, the county's in two."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    render_template,
    request,
    send_file,
)
from sqlalchemy.orm import Session

from roster.days import Run, Term
from roster.errors import Mistake
from roster.papers.layout_xlsx import write_layout_xlsx
from roster.papers.layouts import Layout, collective, two_blocks
from roster.people import Unit, UnitKind
from roster.rights import Right
from roster.services import printing, viewing
from roster.services.printing import Paper, Readers
from web.access import may, visitor
from web.months import in_months
from web.pages import language, office, the_term, the_unit
from web.rosters import MIME
from web.words import mistake_sentence
from web.words.papers import (
    COUNTY_LAYOUTS,
    LAYOUTS,
    TURNS,
    months,
    paper_title,
)

pages = Blueprint("papers", __name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """The days a visitor wants on paper, and how they are called."""

    term: Term
    first: date
    last: date
    runs: tuple[Run, ...]
    mistakes: tuple[str, ...] = ()

    def title(self, words: str | None = None) -> str:
        """What stands above the table."""
        return paper_title(
            self.first, self.last, self.term, self.runs, words or language()
        )

    def choices(self) -> list[tuple[str, date, date]]:
        """Periods of usual rosters: the term, holidays, months."""
        spans = [
            (self.term.first, self.term.last),
            *((run.first, run.last) for run in self.runs),
            *months(self.term),
        ]
        return [(self._called(*span), *span) for span in spans]

    def _called(self, first: date, last: date) -> str:
        title = paper_title(first, last, self.term, self.runs, language())
        return title.removesuffix("值班安排表").removesuffix(", duty roster")


@pages.get("/units/<unit_id>/paper")
def unit(unit_id: str) -> str:
    """A unit's roster for some days, ready to print."""
    layout = request.args.get("layout", "list")
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        asked = _asked(session, whole=True)
        found = _papers(session, [place], asked)

    paper = found[0] if found else None
    return render_template(
        "papers/unit.html",
        unit=place,
        asked=asked,
        term=asked.term,
        paper=paper,
        view=paper.view if paper else None,
        months=_grid(paper, asked) if paper and layout == "grid" else (),
        layout=layout if layout in LAYOUTS else "list",
        layouts=LAYOUTS,
        turns=TURNS,
    )


def _grid(paper: Paper, asked: Asked) -> Any:
    return in_months(paper.view.days, asked.term)


@pages.get("/units/<unit_id>/paper.xlsx")
def unit_workbook(unit_id: str) -> Response:
    """Leaders beside duty as a workbook."""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        asked = _asked(session, whole=True)
        found = _papers(session, [place], asked)
    if not found:
        abort(404)

    layout = two_blocks(
        found[0].sheet(),
        title=f"{place.name}{asked.title('zh')}",
        printed=str(office().today()),
        phones=bool(found[0].phones),
    )
    return _workbook(layout)


@pages.get("/paper")
def county() -> str:
    """All units on one sheet, or one after the other as a book."""
    layout = request.args.get("layout", "collective")
    book = layout == "book"
    with office().records.reading() as session:
        asked = _asked(session, whole=False)
        units = _units(session)
        found = _papers(session, units, asked, published=True)

    return render_template(
        "papers/county.html",
        asked=asked,
        term=asked.term,
        found=found,
        days=[] if book else _by_day(found),
        missing=_missing(units, found),
        bureau=_bureau(units),
        phones=any(paper.phones for paper in found),
        provisional=any(paper.provisional for paper in found),
        layout=layout if layout in COUNTY_LAYOUTS else "collective",
        layouts=COUNTY_LAYOUTS,
        turns=TURNS,
    )


@pages.get("/paper.xlsx")
def county_workbook() -> Response:
    """All units on one sheet, as a workbook."""
    with office().records.reading() as session:
        asked = _asked(session, whole=False)
        units = _units(session)
        found = _papers(session, units, asked, published=True)

    words = [f"打印日期：{office().today()}"]
    if any(paper.provisional for paper in found):
        words.append("含暂定日期：放假通知尚未发布")
    if missing := _missing(units, found):
        words.append(f"未发布：{'、'.join(unit.name for unit in missing)}")

    layout = collective(
        [paper.sheet() for paper in found],
        unit=_bureau(units),
        title=asked.title("zh"),
        standing="　".join(words),
        printed=str(office().today()),
        phones=any(paper.phones for paper in found),
    )
    return _workbook(layout)


def _workbook(layout: Layout) -> Response:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.xlsx"
        write_layout_xlsx(layout, path)
        content = BytesIO(path.read_bytes())

    return send_file(
        content,
        MIME["xlsx"],
        as_attachment=True,
        download_name=f"{layout.title}.xlsx",
    )


def _units(session: Session) -> list[Unit]:
    """The units that are to have rosters, in the order of the records."""
    mine = visitor().covered(Right.READ)
    return [
        unit
        for unit in viewing.units(session)
        if unit.kind is not UnitKind.DISTRICT and unit.id in mine
    ]


def _bureau(units: list[Unit]) -> str:
    names = (u.name for u in units if u.kind is UnitKind.BUREAU)
    return next(names, "")


def _missing(units: list[Unit], found: tuple[Paper, ...]) -> list[Unit]:
    there = {paper.head.unit_id for paper in found}
    return [unit for unit in units if unit.id not in there]


def _papers(
    session: Session,
    units: list[Unit],
    asked: Asked,
    *,
    published: bool = False,
) -> tuple[Paper, ...]:
    here = office()
    ids = [unit.id for unit in units]
    drafts = [] if published else [u for u in ids if may(Right.DRAFT, u)]
    phones = [u for u in ids if may(Right.ROSTER, u)]
    return printing.papers(
        session,
        readers=Readers(ids, drafts=drafts, phones=phones),
        term_id=asked.term.id,
        first=asked.first,
        last=asked.last,
        calendar=here.calendar,
        books=here.books,
    )


def _by_day(
    found: tuple[Paper, ...],
) -> list[tuple[date, list[tuple[Paper, Any]]]]:
    """Each date with the units that have duty on it."""
    days: dict[date, list[tuple[Paper, Any]]] = {}
    for paper in found:
        for day in paper.days:
            days.setdefault(day.view.day.date, []).append((paper, day))

    return sorted(days.items())


def _asked(session: Session, *, whole: bool) -> Asked:
    """The days asked for; else the whole term, or the next days off."""
    here = office()
    term = the_term(session) or abort(404)
    runs = printing.holidays(term, here.calendar)
    usual = (
        (term.first, term.last)
        if whole
        else printing.coming(term, here.calendar, here.today())
    )
    first, last, mistakes = _period(request.args, *usual)
    said = tuple(mistake_sentence(m, language()) for m in mistakes)
    return Asked(term, first, last, runs, said)


def _period(
    words: Mapping[str, str], first: date, last: date
) -> tuple[date, date, list[Mistake]]:
    """Two dates as asked for, or what is usual with what is wrong."""
    read: list[date] = []
    mistakes = []
    for name, usual in (("first", first), ("last", last)):
        word = words.get(name, "").strip()
        try:
            read.append(date.fromisoformat(word) if word else usual)
        except ValueError:
            mistakes.append(Mistake("not-a-date", (), {"value": word}))

    if not mistakes and read[1] < read[0]:
        mistakes.append(Mistake("range-reversed"))

    return (first, last, mistakes) if mistakes else (*read, [])
