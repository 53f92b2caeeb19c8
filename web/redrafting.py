"""A draft in larger steps: begun by hand, its rest solved, brought up."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response

from roster.errors import Refused
from roster.problem import Assignment
from roster.records import RosterRow
from roster.review import State
from roster.services import preparing
from roster.services.editing.asking import (
    Wanted,
    ask_for_rest,
    likely_since,
)
from roster.services.editing.beginning import DraftThere, begin
from roster.services.editing.deeds import NotAllowed
from roster.services.editing.opening import Stale
from roster.services.editing.rebasing import Behind, behind, rebase
from roster.services.editing.showing import DraftDesk, draft_desk
from roster.services.requesting import waited_for
from web.access import signature, writing
from web.editing import Said, editor_of
from web.pages import language, office, the_term, the_unit
from web.words import refusal_sentence

pages = Blueprint("redrafting", __name__)

CHOICE = "choose "  # before a shift, in the form that takes changes over

Answer = str | Response | tuple[str, int]


@pages.post("/units/<unit_id>/draft")
def begin_draft(unit_id: str) -> Response:
    """Begins a draft as the version in force; one that is there is shown."""
    here = office()
    with here.records.reading() as session:
        term = the_term(session) or abort(404)

    try:
        with writing() as session:
            row = begin(
                session,
                unit_id=unit_id,
                term_id=term.id,
                who=signature(),
                now=here.now(),
            )
            roster_id = row.id
        flash(gettext("已由现行版起草：人员和固定都照旧，改好后送审。"))
    except DraftThere as there:
        roster_id = there.roster_id
        flash(refusal_sentence(there, language()))

    return redirect(_draft(unit_id, roster_id), 303)


def _draft(unit_id: str, roster_id: int) -> str:
    return url_for("editing.draft", unit_id=unit_id, roster_id=roster_id)


@dataclass(frozen=True)
class _Page:
    """A draft and what its pages always show."""

    unit: Any
    term: Any
    desk: DraftDesk
    waited: Any


def _page(unit_id: str, roster_id: int) -> _Page:
    """The unit's draft, or 404; refuses what is none any more."""
    here = office()
    with here.records.reading() as session:
        row = session.get(RosterRow, roster_id)
        if row is None or row.unit != unit_id:
            abort(404)

        if row.state != State.DRAFT:
            raise Refused("not-editable", state=row.state)

        return _Page(
            the_unit(session, unit_id),
            preparing.term(session, row.term),
            draft_desk(session, row, here.books),
            waited_for(session, row.term).get(unit_id),
        )


@pages.route(
    "/units/<unit_id>/rosters/<int:roster_id>/resolve",
    methods=["GET", "POST"],
)
def resolve(unit_id: str, roster_id: int) -> Answer:
    """Asks for the rest around the pins, to be solved in the background."""
    page = _page(unit_id, roster_id)
    if request.method == "GET":
        return _ask(page)

    here = office()
    wanted = Wanted(
        roster_id,
        request.form.get("seen", ""),
        _since(page),
        request.form.get("aim", "fewest") == "fewest",
        frozenset(map(_pair, request.form.getlist("loose"))),
    )
    try:
        with writing() as session:
            number = ask_for_rest(
                session, wanted, who=signature(), now=here.now()
            )
    except Refused as refusal:
        return _ask(_page(unit_id, roster_id), refusal), 409

    return redirect(url_for("generating.one", request_id=number), 303)


def _ask(page: _Page, refusal: Refused | None = None) -> str:
    return render_template(
        "redrafting/resolve.html",
        unit=page.unit,
        term=page.term,
        desk=page.desk,
        waited=page.waited,
        said=Said(page.desk),
        since=_since(page),
        balance=request.values.get("aim") == "balance",
        **_told(refusal),
    )


def _told(refusal: Refused | None) -> dict[str, Any]:
    """Why it was not done, and what others did meanwhile."""
    return {
        "refusal": refusal_sentence(refusal, language()) if refusal else "",
        "since_then": refusal.since if isinstance(refusal, Stale) else None,
        "against": refusal.against if isinstance(refusal, NotAllowed) else (),
        "breaks": isinstance(refusal, NotAllowed) and not refusal.final,
    }


def _since(page: _Page) -> date:
    """The date asked for, else the likely one; 400 for what is none."""
    words = request.values.get("since", "")
    if not words:
        return likely_since(page.term, office().today())

    try:
        return date.fromisoformat(words)
    except ValueError:
        abort(400)


def _pair(words: str) -> Assignment:
    """A cell as a form says it: shift and person."""
    shift, bar, staff = words.rpartition("|")
    return Assignment(shift, staff) if bar else abort(400)


@pages.route(
    "/units/<unit_id>/rosters/<int:roster_id>/rebase",
    methods=["GET", "POST"],
)
def take_over(unit_id: str, roster_id: int) -> Answer:
    """What came into force since, side by side with the draft."""
    page = _page(unit_id, roster_id)
    if request.method == "GET":
        return _side_by_side(page)

    editor = editor_of(roster_id)
    try:
        with writing() as session:
            rebase(session, editor, _choices())
    except Refused as refusal:
        return _side_by_side(_page(unit_id, roster_id), refusal), 409

    flash(gettext("已接受现行版的改动，草稿改以现行版为准。"))
    return redirect(_draft(unit_id, roster_id), 303)


def _choices() -> dict[str, str]:
    return {
        name.removeprefix(CHOICE): side
        for name, side in request.form.items()
        if name.startswith(CHOICE)
    }


def _side_by_side(page: _Page, refusal: Refused | None = None) -> str:
    found: Behind | None = None
    told = _told(refusal)
    try:
        with office().records.reading() as session:
            row = session.get_one(RosterRow, page.desk.roster_id)
            found = behind(session, row)
    except Refused as none:
        told["refusal"] = told["refusal"] or refusal_sentence(none, language())

    return render_template(
        "redrafting/rebase.html",
        unit=page.unit,
        term=page.term,
        desk=page.desk,
        said=Said(page.desk),
        found=found,
        choices=_choices(),
        **told,
    )
