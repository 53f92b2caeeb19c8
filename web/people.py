"""A unit's people, and each person's duties."""

from flask import Blueprint, abort, render_template

from roster.services import viewing
from roster.services.people import staff_duties
from web.pages import office, the_term, the_unit

pages = Blueprint("people", __name__)


@pages.get("/units/<unit_id>/people")
def unit(unit_id: str) -> str:
    """The unit's name list, without telephone numbers."""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session)
        staff = viewing.staff_of(session, unit_id=unit_id)

    return render_template(
        "people/unit.html", unit=place, term=term, staff=staff
    )


@pages.get("/people/<staff_id>")
def person(staff_id: str) -> str:
    """A person's published duties in a term, the coming ones first."""
    here = office()
    with here.records.reading() as session:
        term = the_term(session) or abort(404)
        view = staff_duties(
            session,
            staff_id=staff_id,
            first=term.first,
            last=term.last,
            calendar=here.calendar,
            books=here.books,
        )
        if view is None:
            abort(404)

        place = the_unit(session, view.unit_id)

    now = here.now()
    coming = [d for d in view.duties if d.duty.end > now]
    past = [d for d in view.duties if d.duty.end <= now]
    return render_template(
        "people/person.html",
        view=view,
        unit=place,
        term=term,
        now=now,
        coming=coming,
        past=past,
    )
