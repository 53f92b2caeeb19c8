"""What changed between two versions, and repairs that change little."""

from dataclasses import dataclass
from datetime import date, timedelta

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

from roster.comparing import compare
from roster.days import Term
from roster.errors import Refused
from roster.people import Unit
from roster.services.repairing import Repaired
from roster.services.versions import Compared, compared, versions
from roster.services.views import StepView
from web.access import sees_personal, visitor
from web.pages import language, office, the_term, the_unit
from web.solving import LONGER, free_to_solve
from web.words import refusal_sentence
from web.words.repairs import Changes, names_of

pages = Blueprint("changes", __name__)

MOST_DIGITS = 6  # of a version's number


@pages.get("/units/<unit_id>/changes")
def unit(unit_id: str) -> str:
    """Two versions side by side: by day, by person, loads, goals."""
    found, refusal = None, ""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)
        every = versions(session, unit_id=unit_id, term_id=term.id)
        try:
            found = compared(
                session,
                unit_id=unit_id,
                term_id=term.id,
                before=_number("before"),
                after=_number("after"),
            )
        except Refused as error:
            refusal = refusal_sentence(error, language())

    return render_template(
        "changes/unit.html",
        unit=place,
        term=term,
        every=every,
        found=found,
        refusal=refusal,
        changes=_between(found) if found else None,
    )


def _number(name: str) -> int | None:
    """A version's number as asked for; 404 for what is none."""
    words = request.args.get(name, "")
    if not words:
        return None

    if not words.isdecimal() or len(words) > MOST_DIGITS:
        abort(404)

    return int(words)


def _between(found: Compared) -> Changes:
    return Changes(
        found.found,
        names_of(found.before.problem, found.read_by),
        {},
        language(),
        problem=found.read_by,
        personal=sees_personal(),
    )


@dataclass(frozen=True)
class _Asked:
    """What the form of a repair asks for."""

    unit: Unit
    term: Term
    since: date


@pages.route("/units/<unit_id>/repair", methods=["GET", "POST"])
def repair(unit_id: str) -> str | Response | tuple[str, int]:
    """The fewest changes from a date on: looked at first, then stored."""
    asked = _asked(unit_id)
    if request.method == "GET":
        return _form(asked)

    try:
        with free_to_solve() as free:
            found = _repaired(asked) if free else None
    except Refused as error:
        return _form(asked, refusal=refusal_sentence(error, language())), 409

    if found is None:
        busy = gettext("服务器正忙，请稍后再试。")
        return _form(asked, refusal=busy), 503

    if all(one.number is None for one in found.units):
        return _form(asked, found)

    flash(gettext("已存为草稿，核对后请另一人批准并发布。"))
    return redirect(
        url_for("changes.unit", unit_id=unit_id, term=asked.term.id)
    )


def _asked(unit_id: str) -> _Asked:
    here = office()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)

    tomorrow = here.today() + timedelta(days=1)
    likely = min(max(tomorrow, term.first), term.last)
    try:
        words = request.values.get("since", "") or str(likely)
        return _Asked(place, term, date.fromisoformat(words))
    except ValueError:
        abort(400)


def _repaired(asked: _Asked) -> Repaired:
    found: Repaired = office().repair(
        term_id=asked.term.id,
        unit_id=asked.unit.id,
        since=asked.since,
        who=visitor().signature,
        patience=LONGER,
        keep_draft="store" in request.form,
    )
    return found


def _form(
    asked: _Asked, found: Repaired | None = None, refusal: str = ""
) -> str:
    units = {u.unit_id: u.unit_name for u in found.units} if found else {}
    return render_template(
        "changes/repair.html",
        unit=asked.unit,
        term=asked.term,
        since=asked.since,
        past=asked.since <= office().today(),
        found=found,
        refusal=refusal,
        names=units,
        steps=_steps(found) if found else (),
        changes=_repairing(found, units) if found and found.found else None,
    )


def _steps(found: Repaired) -> tuple[StepView, ...]:
    """What was tried, as templates show it."""
    return tuple(
        StepView(
            step.code,
            step.article,
            step.status.value,
            {
                "days": step.days,
                "units": step.units,
                "patches": step.patches,
            },
        )
        for step in found.steps
    )


def _repairing(found: Repaired, units: dict[str, str]) -> Changes:
    return Changes(
        compare(found.before, found.after),
        names_of(found.before[0], found.after[0]),
        units,
        language(),
        problem=found.after[0],
        personal=sees_personal(),
    )
