"""The county's page: every unit, its roster and how it is proven."""

from itertools import groupby

from flask import Blueprint, render_template

from roster.services.board import county_board
from web.pages import office, the_term

pages = Blueprint("county", __name__)


@pages.get("/")
def board() -> str:
    """All units by district."""
    with office().records.reading() as session:
        term = the_term(session)
        if term is None:
            return render_template("county/empty.html")

        lines = county_board(session, term_id=term.id)

    ordered = sorted(lines, key=lambda line: line.district)
    districts = [
        (name, list(some))
        for name, some in groupby(ordered, key=lambda line: line.district)
    ]
    return render_template(
        "county/board.html", term=term, lines=lines, districts=districts
    )
