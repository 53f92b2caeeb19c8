"""A draft on the desk: cell by cell, with what each change would break."""

from dataclasses import dataclass
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from roster.edits import Delta
from roster.errors import Refused
from roster.problem import Assignment
from roster.records import RosterRow
from roster.review import State
from roster.rights import Right
from roster.services import preparing, viewing
from roster.services.editing import deeds
from roster.services.editing.deeds import Editor, NotAllowed
from roster.services.editing.opening import Stale, cells_of
from roster.services.editing.ranking import ranked
from roster.services.editing.showing import DraftDesk, draft_desk
from roster.services.editing.trying import Found, Trial, trial_of
from roster.services.requesting import waited_for
from roster.services.served import number_in_force
from web.access import may, sees_personal, signature, writing
from web.months import in_months
from web.pages import language, office, the_unit
from web.words import refusal_sentence
from web.words.answers import costs_sentences
from web.words.editing import delta_sentence, edit_sentence, pins_sentence
from web.words.review import broken_sentence

pages = Blueprint("editing", __name__)

DEEDS = ("change", "swap", "pin", "unpin", "note", "undo", "redo")
BLIND = ("undo", "redo")
FIELDS = ("deed", "shift", "staff", "to", "with", "words", "view")

Answer = str | Redirect | tuple[str, int]


def editor_of(roster_id: int) -> Editor:
    """The visitor as they edit a draft, by the form they sent."""
    here = office()
    return Editor(
        roster_id,
        request.form.get("seen", ""),
        signature(),
        here.now(),
        here.books,
        "confirmed" in request.form,
    )


@pages.get("/units/<unit_id>/rosters/<int:roster_id>/edit")
def draft(unit_id: str, roster_id: int) -> str:
    """The whole draft as month grid or list, and what lies beside it."""
    here = office()
    with here.records.reading() as session:
        row = _row(session, unit_id, roster_id)
        place = the_unit(session, unit_id)
        term = preparing.term(session, row.term)
        desk = draft_desk(session, row, office().books)
        view = viewing.roster(
            session,
            unit_id=unit_id,
            term_id=row.term,
            calendar=here.calendar,
            books=here.books,
            number=row.number,
        )
        assert view is not None
        force = number_in_force(session, unit_id, row.term)
        waited = waited_for(session, row.term).get(unit_id)

    return render_template(
        "editing/draft.html",
        unit=place,
        term=term,
        view=view,
        desk=desk,
        said=_said(desk),
        editable=_may_edit(desk),
        waited=waited,
        in_force=force if force != desk.number else 0,
        months=in_months(view.days, term),
        listed=request.args.get("view") == "list",
    )


@pages.get("/units/<unit_id>/rosters/<int:roster_id>/cell")
def cell(unit_id: str, roster_id: int) -> str:
    """One cell: who else, whom to swap with, pinned, noted."""
    with office().records.reading() as session:
        row = _editable(session, unit_id, roster_id)
        asked = _asked_cell(row)
        place = the_unit(session, unit_id)
        term = preparing.term(session, row.term)
        desk = draft_desk(session, row, office().books)
        # Questions are answered about the version that is shown first.
        shown = viewing.shown_roster(session, unit_id, row.term)
        answers = shown is not None and shown.id == roster_id

    whole = desk.trial.asked
    shift = whole.problem.shift[whole.cell(asked.shift, "").shift]
    found = ranked(desk.trial, asked.shift, asked.staff)
    return render_template(
        "editing/cell.html",
        unit=place,
        term=term,
        desk=desk,
        said=_said(desk),
        cell=asked,
        shift=shift,
        person=desk.names.get(asked.staff, asked.staff),
        found=found,
        partners=_partners(desk, asked),
        says=lambda one: _consequences(desk.trial, one),
        answers=answers,
        listed=request.args.get("view") == "list",
    )


@pages.get("/units/<unit_id>/rosters/<int:roster_id>/check")
def check(unit_id: str, roster_id: int) -> Response:
    """What choosing somebody would do, for the small script."""
    with office().records.reading() as session:
        row = _editable(session, unit_id, roster_id)
        asked = _asked_cell(row)
        trial = trial_of(session, row, office().books)
        held = cells_of(row)

    if "with" in request.args:
        other = _pair(request.args["with"]) or abort(404)
        gone = frozenset({asked, other})
        if not gone <= held:
            abort(404)

        come = frozenset(
            {
                Assignment(asked.shift, other.staff),
                Assignment(other.shift, asked.staff),
            }
        )
        # Of people who are on both shifts, or one shift twice, none moves.
        found = trial.of(gone - come, come - gone)
        return jsonify(_as_json(trial, found))

    people = ranked(trial, asked.shift, asked.staff)
    return jsonify(
        people=[
            {"id": one.staff, "name": one.name, **_as_json(trial, one.found)}
            for one in (*people.people, *people.others)
        ]
    )


@pages.post("/units/<unit_id>/rosters/<int:roster_id>/edit")
def edit(unit_id: str, roster_id: int) -> Answer:
    """One edit; on a draft that changed meanwhile, what was done to it."""
    here = office()
    with here.records.reading() as session:
        _row(session, unit_id, roster_id)

    editor = editor_of(roster_id)
    try:
        with writing() as session:
            _do(session, editor)
    except Refused as refusal:
        return _again(unit_id, roster_id, refusal), 409

    flash(gettext("已保存。"))
    listed = "list" if request.form.get("view") == "list" else None
    day = request.form.get("shift", "").partition("/")[0]
    address = url_for(
        "editing.draft",
        unit_id=unit_id,
        roster_id=roster_id,
        view=listed,
        _anchor=f"d{day}" if day else None,
    )
    return redirect(address, 303)


def _do(session: Session, editor: Editor) -> None:
    """The edit the form asks for; 400 for what is none."""
    deed = request.form.get("deed", "")
    if deed not in DEEDS:
        abort(400)

    words = {key: request.form.get(key, "") for key in ("shift", "staff")}
    if deed == "change":
        deeds.change(session, editor, to=request.form.get("to", ""), **words)
    elif deed == "swap":
        other = _pair(request.form.get("with", "")) or abort(400)
        deeds.swap(
            session,
            editor,
            other_shift=other.shift,
            other=other.staff,
            **words,
        )
    elif deed == "note":
        deeds.note(
            session,
            editor,
            shift=words["shift"],
            words=request.form.get("words", ""),
        )
    elif deed in ("pin", "unpin"):
        (deeds.pin if deed == "pin" else deeds.unpin)(session, editor, **words)
    else:
        (deeds.undo if deed == "undo" else deeds.redo)(session, editor)


def _pair(words: str) -> Assignment | None:
    """A cell as a select says it: shift and person."""
    shift, bar, staff = words.rpartition("|")
    return Assignment(shift, staff) if bar else None


def _again(unit_id: str, roster_id: int, refusal: Refused) -> str:
    """Why it was not done, with the visitor's own change kept."""
    with office().records.reading() as session:
        row = session.get(RosterRow, roster_id) or abort(404)
        place = the_unit(session, unit_id)
        term = preparing.term(session, row.term)
        desk = draft_desk(session, row, office().books)

    stale = isinstance(refusal, Stale)
    breaks = isinstance(refusal, NotAllowed) and not refusal.final
    return render_template(
        "editing/again.html",
        unit=place,
        term=term,
        desk=desk,
        said=_said(desk),
        refusal=refusal_sentence(refusal, language()),
        against=refusal.against if isinstance(refusal, NotAllowed) else (),
        since=refusal.since if isinstance(refusal, Stale) else None,
        own=_own(desk),
        fields={
            key: request.form[key] for key in FIELDS if key in request.form
        },
        # Undoing what somebody else did meanwhile is not what was meant.
        offered=desk.state == State.DRAFT
        and (breaks or (stale and request.form.get("deed") not in BLIND)),
        breaks=breaks,
        stale=stale,
    )


def _own(desk: DraftDesk) -> str:
    """The visitor's own change in words."""
    form = request.form
    shift, staff = form.get("shift", ""), form.get("staff", "")
    gone = frozenset({Assignment(shift, staff)} if staff else ())
    delta: dict[str, Any] = {}
    match form.get("deed"):
        case "change":
            to = form.get("to", "")
            come = frozenset({Assignment(shift, to)} if to else ())
            delta = {"gone": gone, "come": come}
        case "swap" if other := _pair(form.get("with", "")):
            come = {
                Assignment(shift, other.staff),
                Assignment(other.shift, staff),
            }
            delta = {"gone": gone | {other}, "come": frozenset(come)}
        case "pin":
            delta = {"pinned": gone}
        case "unpin":
            delta = {"unpinned": gone}

    return delta_sentence(Delta(**delta), desk.names, language())


def _row(session: Session, unit_id: str, roster_id: int) -> RosterRow:
    """The unit's version, or 404."""
    row = session.get(RosterRow, roster_id)
    if row is None or row.unit != unit_id:
        abort(404)

    return row


def _editable(session: Session, unit_id: str, roster_id: int) -> RosterRow:
    """The unit's draft; refuses what is none any more."""
    row = _row(session, unit_id, roster_id)
    if row.state != State.DRAFT:
        raise Refused("not-editable", state=row.state)

    return row


def _asked_cell(row: RosterRow) -> Assignment:
    """The cell asked about, an open place without a person, or 404."""
    shift = request.args.get("shift", "")
    asked = Assignment(shift, request.args.get("staff", ""))
    known = any(one.shift == shift for one in row.shifts)
    if not known or (asked.staff and asked not in cells_of(row)):
        abort(404)

    return asked


def _may_edit(desk: DraftDesk) -> bool:
    return desk.state == State.DRAFT and may(Right.ROSTER, desk.unit_id)


@dataclass(frozen=True)
class Said:
    """The log's lines in the visitor's language."""

    desk: DraftDesk

    def line(self, edit: Any) -> str:
        """One line, without who and when."""
        return edit_sentence(edit, self.desk.names, language())

    def pins(self) -> str:
        """What is pinned, all of it."""
        pins = self.desk.desk.pins
        return pins_sentence(pins, self.desk.names, language())


def _said(desk: DraftDesk) -> Said:
    return Said(desk)


def _partners(desk: DraftDesk, asked: Assignment) -> list[Any]:
    """The other cells of the same post, by date: whom to swap with."""
    trial = desk.trial
    shifts = trial.asked.problem.shift
    mine = trial.asked.cell(asked.shift, asked.staff)
    return [
        (shifts[one.shift].date, trial.asked.own(one.shift), one.staff)
        for one in sorted(trial.asked.roster)
        if asked.staff
        and one.shift in shifts
        and shifts[one.shift].post == shifts[mine.shift].post
        and one.staff != asked.staff
        and trial.asked.cell(asked.shift, one.staff) not in trial.asked.held
        and not desk.is_fixed(trial.asked.own(one.shift), one.staff)
        and not desk.is_pinned(trial.asked.own(one.shift), one.staff)
    ]


def _consequences(trial: Trial, found: Found) -> dict[str, list[str]]:
    """What an edit would break and cost, in words."""
    personal = sees_personal()
    impossible, breaks = (
        [
            f"{broken_sentence(one, language(), personal=personal)}"
            f" {one.line.article}".rstrip()
            for one in some
        ]
        for some in (found.impossible, found.breaks)
    )
    costs = costs_sentences(
        trial.asked.problem, found.costs, language(), personal=personal
    )
    return {"impossible": impossible, "breaks": breaks, "costs": costs}


def _as_json(trial: Trial, found: Found) -> dict[str, Any]:
    said = _consequences(trial, found)
    return {"possible": not found.impossible, **said}
