"""How each unit keeps its duty, on one page."""

from flask import Blueprint, abort, render_template

from roster.services.reporting import summary
from web.pages import office, the_term

pages = Blueprint("summaries", __name__)


@pages.get("/summary")
def county() -> str:
    """A line a unit, with how sure a handful of checks makes us."""
    here = office()
    with here.records.reading() as session:
        term = the_term(session) or abort(404)
        lines = summary(
            session,
            term_id=term.id,
            calendar=here.calendar,
            books=here.books,
        )

    return render_template("summaries/county.html", term=term, lines=lines)
