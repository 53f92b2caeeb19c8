"""Rosters asked for: what will happen, how far it is, what came of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from roster.days import Term
from roster.edits import Edit
from roster.errors import Refused
from roster.people import Unit
from roster.rights import Right
from roster.services import progress, requesting, viewing
from roster.services.editing.telling import rest_view
from roster.services.progress import RequestView
from roster.services.prospects import Prospect, prospects
from roster.services.versions import Compared
from roster.services.views import FailureView
from web.access import may, signature, visitor, writing
from web.pages import language, office, the_term, the_unit
from web.words import refusal_sentence
from web.words.editing import edit_sentence
from web.words.repairs import Changes, names_of

pages = Blueprint("generating", __name__)

AGAIN = 3  # seconds until a page of progress looks again
MOST_DIGITS = 9


@dataclass(frozen=True)
class Asked:
    """What the form is about, and which units are chosen in it."""

    unit: Unit
    term: Term
    found: tuple[Prospect, ...]
    chosen: frozenset[str]


@pages.get("/units/<unit_id>/generate")
def ask(unit_id: str) -> str:
    """What is there already, and what generating would do."""
    asked = _asked(unit_id)
    return _form(asked, asked.chosen)


@pages.post("/units/<unit_id>/generate")
def queue(unit_id: str) -> Response | tuple[str, int]:
    """Asks for the units chosen."""
    asked = _asked(unit_id)
    chosen = request.form.getlist("unit")
    if not {p.unit_id for p in asked.found}.issuperset(chosen):
        abort(404)

    here = office()
    try:
        with writing() as session:
            number = requesting.ask(
                session,
                term_id=asked.term.id,
                unit_ids=chosen,
                place=asked.unit.id,
                who=signature(),
                now=here.now(),
            )
    except Refused as error:
        refusal = refusal_sentence(error, language())
        return _form(asked, chosen, refusal), 409

    return redirect(url_for("generating.one", request_id=number), 303)


def _asked(unit_id: str) -> Asked:
    """The units at and under a place for which the visitor may ask."""
    with office().records.reading() as session:
        unit = the_unit(session, unit_id)
        term = the_term(session) or abort(404)
        found = prospects(
            session,
            term_id=term.id,
            place=unit_id,
            within=visitor().covered(Right.ROSTER),
        )

    return Asked(unit, term, found, _likely(found))


def _likely(found: Sequence[Prospect]) -> frozenset[str]:
    """Who is chosen at first: by the address, else who has nothing yet."""
    free = [p for p in found if p.free and p.staff]
    pick = request.args.get("pick", "")
    wanted = {
        "all": free,
        "none": [],
        "unpublished": [p for p in free if not p.published],
    }
    missing = [p for p in free if p.missing]
    alone = free if len(found) == 1 else missing
    return frozenset(p.unit_id for p in wanted.get(pick, alone))


def _form(asked: Asked, chosen: Collection[str], refusal: str = "") -> str:
    districts: dict[str, list[Prospect]] = {}
    for prospect in asked.found:
        districts.setdefault(prospect.district, []).append(prospect)

    return render_template(
        "generating/ask.html",
        unit=asked.unit,
        term=asked.term,
        found=asked.found,
        districts=districts,
        chosen=chosen,
        refusal=refusal,
    )


@pages.get(f"/requests/<int(max={10**MOST_DIGITS}):request_id>")
def one(request_id: int) -> Response:
    """How far a request is; what came of it when it is over."""
    here = office()
    with here.records.reading() as session:
        found = progress.request(
            session, request_id=request_id, clock=here.clock()
        )
        if found is None:
            abort(404)

        names = {u.id: u.name for u in viewing.units(session)}
        rest = None if found.open else rest_view(session, request_id)
        failures = () if found.open or rest else _failures(session, found)

    page = render_template(
        "generating/one.html",
        found=found,
        units=_shown(found),
        failures=failures,
        names=names,
        rest=rest,
        said=_Log(rest.names or {}) if rest else None,
        changes=_changes(rest.compared) if rest and rest.compared else None,
        still="still" in request.args,
    )
    response = make_response(page)
    if found.open and "still" not in request.args:
        response.headers["Refresh"] = str(AGAIN)

    return response


@dataclass(frozen=True)
class _Log:
    """The lines of a draft's log in the visitor's language."""

    names: Mapping[str, str]

    def line(self, edit: Edit) -> str:
        """One line, without who and when."""
        return edit_sentence(edit, self.names, language())


def _changes(found: Compared) -> Changes:
    return Changes(
        found.found,
        names_of(found.before.problem, found.read_by),
        {},
        language(),
        problem=found.read_by,
        personal=may(Right.PREPARE, found.after.unit),
    )


def _shown(found: RequestView) -> list[progress.RequestUnit]:
    """The units the visitor may see: failed first, waiting last."""
    order = ("failed", "kept", "found", "waiting")
    mine = visitor().covered(Right.DRAFT)
    return sorted(
        (unit for unit in found.units if unit.unit_id in mine),
        key=lambda unit: order.index(unit.state),
    )


def _failures(session: Session, found: RequestView) -> list[FailureView]:
    """Why units have no roster, where that is still so."""
    views = (
        viewing.failure(session, unit_id=u.unit_id, term_id=found.term.id)
        for u in _shown(found)
        if u.state == "failed"
    )
    return [view for view in views if view is not None]


@pages.post(f"/requests/<int(max={10**MOST_DIGITS}):request_id>/cancel")
def cancel(request_id: int) -> Response:
    """Takes a request back; what is finished stays."""
    here = office()
    with writing() as session:
        requesting.cancel(
            session,
            request_id=request_id,
            who=signature(),
            now=here.now(),
            clock=here.clock(),
        )
    return redirect(url_for("generating.one", request_id=request_id), 303)


@pages.post("/units/<unit_id>/relax")
def relax(unit_id: str) -> Response:
    """Asks for a draft with one of the relaxations offered."""
    here = office()
    with office().records.reading() as session:
        term = the_term(session) or abort(404)

    calendar, books = here.calendar, here.books
    with writing() as session:
        number = requesting.ask_relaxation(
            session,
            unit_id=unit_id,
            term_id=term.id,
            solution_id=_number("solution"),
            choice=_number("choice"),
            calendar=calendar,
            books=books,
            who=signature(),
            now=here.now(),
        )
    return redirect(url_for("generating.one", request_id=number), 303)


def _number(name: str) -> int:
    words = request.form.get(name, "")
    if not words.isdecimal() or len(words) > MOST_DIGITS:
        abort(400)

    return int(words)


@pages.get("/requests")
def every() -> str:
    """What was asked for in a term, the newest first."""
    here = office()
    with here.records.reading() as session:
        term = the_term(session)
        mine = visitor().covered(Right.DRAFT)
        found = (
            progress.requests(session, term_id=term.id, clock=here.clock())
            if term
            else ()
        )
        tops = [u for u in viewing.units(session) if not u.parent]

    return render_template(
        "generating/every.html",
        term=term,
        found=[one for one in found if one.place_id in mine],
        tops=[unit for unit in tops if visitor().may(Right.ROSTER, unit.id)],
    )
