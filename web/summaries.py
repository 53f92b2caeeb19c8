"""How each unit keeps its duty, on one page."""

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from roster.checks.summary import SMALL_SAMPLE
from roster.people import UnitKind
from roster.rights import Right
from roster.services import viewing
from roster.services.reporting import summary
from web.access import visitor
from web.pages import office, the_term

pages = Blueprint("summaries", __name__)


@pages.get("/summary")
def county() -> str:
    """A line a unit, with how sure a handful of checks makes us."""
    here = office()
    with here.records.reading() as session:
        term = the_term(session)
        if term is None:
            return render_template("county/empty.html")

        lines = summary(
            session,
            term_id=term.id,
            calendar=here.calendar,
            books=here.books,
            unit_ids=_mine(session),
        )

    name = request.args.get("q", "").strip()
    checked = "checked" in request.args
    return render_template(
        "summaries/county.html",
        term=term,
        lines=lines,
        made=sum(sum(line.checks.values()) for line in lines),
        small=SMALL_SAMPLE,
        shown=[
            line
            for line in lines
            if name in line.unit_name and (line.checks or not checked)
        ],
    )


def _mine(session: Session) -> list[str]:
    """The units whose results the visitor may read."""
    mine = visitor().covered(Right.RESULTS)
    return [
        unit.id
        for unit in viewing.units(session)
        if unit.id in mine and unit.kind is not UnitKind.DISTRICT
    ]
