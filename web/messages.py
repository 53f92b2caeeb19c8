"""Messages: everybody's own, and what was sent about a unit."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from roster.services import message_views, messaging, viewing
from roster.services.message_views import STATES, MessageView
from web.access import visitor, writing
from web.channels import answered_for
from web.pages import office, the_unit

pages = Blueprint("messages", __name__)


def _duties(one: MessageView) -> str:
    return url_for("people.person", staff_id=one.staff_id)


def _roster(one: MessageView) -> str:
    return url_for(
        "rosters.unit", unit_id=one.unit_id, term=one.facts.get("term")
    )


def _review(one: MessageView) -> str:
    return url_for(
        "reviews.unit", unit_id=one.unit_id, term=one.facts.get("term")
    )


def _year(one: MessageView) -> str:
    return url_for("calendar.year", number=one.facts["year"])


def _own_duty(_: MessageView) -> str:
    return url_for("duty.own")


def _incident(one: MessageView) -> str:
    return url_for("incidents.one", incident_id=one.facts["incident"])


def _wishes(_: MessageView) -> str:
    return url_for("wishes.own")


def _checks(_: MessageView) -> str:
    return url_for("drawn.own")


def _series(_: MessageView) -> str:
    return url_for("series.every")


def _comp(_: MessageView) -> str:
    mine = visitor().staff_id
    return url_for("comp.person", staff_id=mine) if mine else url_for(".own")


def _comp_back(one: MessageView) -> str:
    """It is told to whoever did not take it back."""
    mine = one.facts.get("by") == visitor().staff_id
    return _comp(one) if mine else _comp_desk(one)


def _comp_desk(one: MessageView) -> str:
    return url_for("comp.unit", unit_id=one.unit_id)


# Where to go on, by the kind of message; another kind is a line here.
ADDRESSES: dict[str, Callable[[MessageView], str]] = {
    "duty-tomorrow": _duties,
    "duties-changed": _duties,
    "roster-due": _review,
    "zero-report-due": _own_duty,
    "incident": _incident,
    "roster-submitted": _review,
    "roster-returned": _review,
    "roster-published": _roster,
    "roster-withdrawn": _roster,
    "calendar-provisional": _year,
    "wish-round": _wishes,
    "wish-round-closing": _wishes,
    "draw-dispatched": _checks,
    "draw-cancelled": _checks,
    "draw-short": _series,
    "draw-value": _series,
    "comp-asked": _comp_desk,
    "comp-asked-for": _comp,
    "comp-granted": _comp,
    "comp-refused": _comp,
    "comp-taken-back": _comp_back,
    "comp-late": _comp,
    "comp-expiring": _comp,
    "comp-short": _comp,
}


@pages.get("/messages")
def own() -> str:
    """The visitor's own messages, the newest first."""
    here = office()
    with here.records.reading() as session:
        found = message_views.own_messages(
            session, staff_id=visitor().staff_id, now=here.now()
        )

    addresses = {
        one.id: ADDRESSES[one.kind](one)
        for one in found
        if one.kind in ADDRESSES
    }
    return render_template(
        "messages/own.html", messages=found, addresses=addresses
    )


@pages.post("/messages/read")
def read() -> Response:
    """The visitor has read them, up to the newest they were shown."""
    newest = request.form.get("newest", "")
    with writing() as session:
        messaging.mark_read(
            session,
            staff_id=visitor().staff_id,
            up_to=int(newest) if newest.isascii() and newest.isdigit() else 0,
            now=office().now(),
        )

    return redirect(url_for("messages.own"), 303)


@pages.get("/units/<unit_id>/messages")
def unit(unit_id: str) -> str:
    """What was sent about a unit, and with ``below`` about those under it."""
    state = request.args.get("state", "")
    if state not in ("", *STATES):
        abort(404)

    below = bool(request.args.get("below"))
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        under = viewing.units(session)
        shown = answered_for(under, unit_id) if below else {unit_id}
        found = message_views.messages_of_units(
            session, unit_ids=shown, state=state
        )
        counts = message_views.counts_of_units(session, unit_ids=shown)

    return render_template(
        "messages/unit.html",
        unit=place,
        term=None,
        messages=found,
        counts=counts,
        state=state,
        below=below,
        has_below=any(one.parent == unit_id for one in under),
    )


@pages.post("/sent/<int:message_id>/again")
def again(message_id: int) -> Response:
    """Queues a message that was not sent once more."""
    with writing() as session:
        unit_id = messaging.try_again(
            session,
            message_id=message_id,
            who=visitor().signature,
            now=office().now(),
        )

    return redirect(url_for("messages.unit", unit_id=unit_id), 303)
