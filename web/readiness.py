"""What is missing before a term can be generated."""

from flask import Blueprint, abort, render_template, url_for

from roster.days import Term
from roster.people import Unit
from roster.rights import Right
from roster.services import viewing
from roster.services.preparation.readiness import Point, Readiness, readiness
from web.access import may
from web.pages import language, office, the_term, the_unit
from web.words.readiness import point_sentence

pages = Blueprint("readiness", __name__)

PERSONAL = {"limits-ending"}

# Who puts right what is no list of the unit's own.
PUT_RIGHT_BY = {
    "calendar": Right.OWN,
    "unit": Right.GOVERN,
    "repair": Right.ROSTER,
}


@pages.get("/units/<unit_id>/readiness")
def unit(unit_id: str) -> str:
    """What a unit still lacks for a term."""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)

    return _page(term, _found(term, [unit_id]), place)


@pages.get("/readiness")
def county() -> str:
    """What every unit still lacks for a term."""
    with office().records.reading() as session:
        term = the_term(session) or abort(404)

        units = viewing.units(session)

    mine = [u.id for u in units if _keeps(u.id) and u.kind != "district"]
    return _page(term, _found(term, mine))


def _keeps(unit_id: str) -> bool:
    """Whether the visitor prepares a unit, or makes its rosters."""
    return may(Right.PREPARE, unit_id) or may(Right.ROSTER, unit_id)


def _found(term: Term, unit_ids: list[str]) -> tuple[Readiness, ...]:
    here = office()
    with here.records.reading() as session:
        return readiness(
            session,
            term_id=term.id,
            unit_ids=unit_ids,
            calendar=here.calendar,
            books=here.books,
            now=here.now(),
        )


def _page(
    term: Term, found: tuple[Readiness, ...], place: Unit | None = None
) -> str:
    return render_template(
        "readiness/list.html",
        unit=place,
        term=term,
        found=found,
        ready=[one for one in found if not one.points],
        told=_told,
        where=lambda one, point: _where(one, point, term),
    )


def _told(one: Readiness, point: Point) -> str:
    """A point in words; whose limits end is for who prepares the unit."""
    facts = dict(point.facts)
    if point.code in PERSONAL and not may(Right.PREPARE, one.unit.id):
        facts["names"] = facts["names"][:0]
    return point_sentence(point.code, facts, language())


def _where(one: Readiness, point: Point, term: Term) -> str:
    """The page on which a point is put right; empty if not by them."""
    right = PUT_RIGHT_BY.get(point.place, Right.PREPARE)
    if not may(right, None if right is Right.OWN else one.unit.id):
        return ""

    if point.place == "calendar":
        year = point.facts.get("year", term.first.year)
        return url_for("calendar.year", number=year)

    if point.place == "unit":
        return url_for(
            "preparation.county_change", kind="unit", row_id=one.unit.id
        )

    if point.place == "repair":
        return url_for(
            "changes.repair",
            unit_id=one.unit.id,
            term=term.id,
            since=point.facts["since"],
        )

    if point.place == "round":
        return url_for("wishes.unit", unit_id=one.unit.id, term=term.id)

    return url_for(
        "preparation.listing", unit_id=one.unit.id, kind=point.place
    )
