"""Who is late: every unit's deadlines of a term, as far as one may see."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, abort, render_template, request

from roster.rights import Right
from roster.services.punctuality import Punctuality, Standing, punctuality
from web.access import visitor
from web.pages import office, the_term

pages = Blueprint("deadlines", __name__)


@pages.get("/deadlines")
def county() -> str:
    """The units the visitor answers for or looks after."""
    here = office()
    who = visitor()
    with here.records.reading() as session:
        term = the_term(session) or abort(404)
        lines = punctuality(
            session,
            term_id=term.id,
            calendar=here.calendar,
            books=here.books,
            now=here.now(),
            units=who.covered(Right.DRAFT) | who.covered(Right.RESULTS),
        )

    late = request.args.get("state") == "late"
    shown = [line for line in lines if not late or line.worst]
    return render_template(
        "deadlines/county.html",
        term=term,
        lines=lines,
        districts=_districts(shown),
        late=late,
        overdue=_having(lines, Standing.OVERDUE),
        were_late=_having(lines, Standing.LATE),
    )


def _having(lines: Iterable[Punctuality], standing: Standing) -> int:
    """How many units have a deadline that stands like that."""
    return sum(line.count(standing) > 0 for line in lines)


def _districts(
    lines: Iterable[Punctuality],
) -> Mapping[str, list[Punctuality]]:
    found: dict[str, list[Punctuality]] = {}
    for line in lines:
        found.setdefault(line.district, []).append(line)

    return found
