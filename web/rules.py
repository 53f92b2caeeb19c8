"""The two rule documents in their own words, with what is set how."""

from flask import Blueprint, abort, render_template, request

from roster.rights import Right
from roster.rules.rulebook import Params
from roster.services import rule_documents, ruling, viewing
from roster.services.overriding import override_lines
from roster.services.preparing import book_id
from web.access import may, visitor
from web.pages import office, the_unit

pages = Blueprint("rules", __name__)


@pages.get("/rules/<name>")
def book(name: str) -> str:
    """Every article with its parameters as they stand today."""
    here = office()
    found = here.books.get(name) or abort(404)
    unit_id = request.args.get("unit", "")
    with here.records.reading() as session:
        place = the_unit(session, unit_id) if unit_id else None
        if place and not may(Right.READ, place.id):
            abort(404)

        mine = visitor().covered(Right.READ)
        every = ruling.overrides(session)
        lines = override_lines(session, name)
        stored = rule_documents.stored_documents(session).get(name)
        units = viewing.units(session)

    return render_template(
        "rules/book.html",
        book=found,
        stored=stored,
        books=here.books,
        params=Params(found, every, unit_id),
        overrides=[
            line
            for line in lines
            if not line.override.unit or line.override.unit in mine
        ],
        unit=place,
        units=[
            u
            for u in units
            if u.id in mine and u.kind != "district" and book_id(u) == name
        ],
        names={u.id: u.name for u in units},
    )
