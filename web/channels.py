"""Channels: how a unit's group and oneself are reached, and when not."""

from collections.abc import Collection
from datetime import time

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
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from roster.errors import Mistake, Refused, Unusable
from roster.messages.channels import APPRISE, CHANNELS, EMAIL
from roster.people import Unit
from roster.rights import Right
from roster.services import channel_keeping, viewing
from roster.services.channel_keeping import ChannelView
from roster.services.sending import attempt
from web.access import may, visitor, writing
from web.jobs import send_text
from web.pages import language, office, the_unit
from web.words import all_sentences, refusal_sentence
from web.words.messages import error_words, test_text

pages = Blueprint("channels", __name__)

Answer = str | Response | tuple[str, int]


def answered_for(units: Collection[Unit], top: str) -> set[str]:
    """A unit and all under it, as far as the visitor answers for them."""
    found, more = {top}, {top}
    while more:
        more = {one.id for one in units if one.parent in more} - found
        found |= more

    return {
        one
        for one in found
        if may(Right.PREPARE, one) or may(Right.GOVERN, one)
    }


def kinds(unit_id: str = "") -> list[str]:
    """The kinds of channel the visitor may add to a unit, or for oneself."""
    offered = list(CHANNELS)
    if not office().reach.mail:
        offered.remove(EMAIL)

    # It may name any host; only who governs the installation adds one.
    if not unit_id or not may(Right.GOVERN, unit_id):
        offered.remove(APPRISE)

    return offered


@pages.get("/units/<unit_id>/channels")
def unit(unit_id: str) -> str:
    """A unit's channels and its quiet hours."""
    return _unit(unit_id, [])


@pages.post("/units/<unit_id>/channels")
def add(unit_id: str) -> Answer:
    """Adds a channel to a unit."""
    try:
        with writing() as session:
            _add(session, unit_id=unit_id)
    except (Unusable, Refused) as error:
        return _unit(unit_id, _said(error)), _status(error)

    flash(gettext("已添加。发一条测试消息，看看群里收到没有。"))
    return redirect(url_for("channels.unit", unit_id=unit_id), 303)


def _add(session: Session, *, unit_id: str = "", staff_id: str = "") -> None:
    sent = request.form
    if sent.get("kind") not in kinds(unit_id):
        raise Unusable(Mistake("unknown-channel"))

    channel_keeping.add_channel(
        session,
        kind=sent["kind"],
        address=sent.get("to", ""),
        secret=sent.get("secret", ""),
        reach=office().reach,
        unit_id=unit_id,
        staff_id=staff_id,
        who=visitor().signature,
        now=office().now(),
    )


def _status(error: Unusable | Refused) -> int:
    return 409 if isinstance(error, Refused) else 400


def _said(error: Unusable | Refused) -> list[str]:
    if isinstance(error, Refused):
        return [refusal_sentence(error, language())]

    # The place is the form's only field of that name.
    bare = [Mistake(m.code, facts=m.facts) for m in error.mistakes]
    return all_sentences(Unusable(*bare), language())


def _unit(unit_id: str, mistakes: list[str]) -> str:
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        found = channel_keeping.channels(session, unit_id=unit_id)
        quiet = channel_keeping.quiet_hours(session, unit_id=unit_id)
        below = answered_for(viewing.units(session), unit_id) - {unit_id}
        without = channel_keeping.without_channel(session, unit_ids=below)

    return render_template(
        "channels/unit.html",
        unit=place,
        term=None,
        channels=found,
        kinds=kinds(unit_id),
        quiet=quiet,
        without=without,
        mistakes=mistakes,
    )


@pages.post("/channels/<int:channel_id>/test")
def test(channel_id: int) -> Response:
    """Sends a test message through a unit's channel."""
    owner, _ = _try(channel_id)
    return redirect(url_for("channels.unit", unit_id=owner), 303)


@pages.post("/channels/<int:channel_id>/remove")
def remove(channel_id: int) -> Response:
    """Removes a unit's channel."""
    owner, _ = _remove(channel_id)
    return redirect(url_for("channels.unit", unit_id=owner), 303)


def _try(channel_id: int) -> tuple[str, str]:
    """Sends with no transaction open, then writes down what came of it."""
    here = office()
    with here.records.reading() as session:
        owner = channel_keeping.owner(session, channel_id)
        way = channel_keeping.way(session, channel_id)
        name = the_unit(session, owner[0]).name if owner[0] else ""

    text = test_text(name or visitor().name)
    failure = attempt(lambda: send_text(here, way, text))
    error = failure.code if failure else ""
    with writing() as session:
        channel_keeping.record_test(
            session, channel_id=channel_id, error=error, now=here.now()
        )

    words = error_words(error, language())
    flash(
        gettext("没有发出去：%(why)s。", why=words)
        if error
        else gettext("已发出，请看看收到没有。"),
        "bad" if error else "good",
    )
    return owner


def _remove(channel_id: int) -> tuple[str, str]:
    with writing() as session:
        owner = channel_keeping.owner(session, channel_id)
        channel_keeping.remove_channel(
            session,
            channel_id=channel_id,
            who=visitor().signature,
            now=office().now(),
        )

    flash(gettext("已移除。"))
    return owner


@pages.post("/units/<unit_id>/quiet")
def quiet(unit_id: str) -> Answer:
    """Sets when a unit is left in peace, or leaves it to those above."""
    try:
        hours = _hours()
    except ValueError:
        return _unit(unit_id, [gettext("静默时段应为两个钟点。")]), 400

    with writing() as session:
        channel_keeping.set_quiet_hours(
            session,
            unit_id=unit_id,
            hours=hours,
            who=visitor().signature,
            now=office().now(),
        )

    flash(gettext("静默时段已保存。"))
    return redirect(url_for("channels.unit", unit_id=unit_id), 303)


def _hours() -> tuple[time, time] | None:
    if request.form.get("above"):
        return None

    begin, end = request.form.get("begin", ""), request.form.get("end", "")
    found = time.fromisoformat(begin), time.fromisoformat(end)
    return found[0].replace(tzinfo=None), found[1].replace(tzinfo=None)


@pages.get("/account/channels")
def own() -> str:
    """The visitor's own channels."""
    return _own([])


@pages.post("/account/channels")
def own_add() -> Answer:
    """Adds a channel of one's own."""
    if not visitor().staff_id:
        abort(404)

    try:
        with writing() as session:
            _add(session, staff_id=visitor().staff_id)
    except (Unusable, Refused) as error:
        return _own(_said(error)), _status(error)

    flash(gettext("已添加。发一条测试消息，看看收到没有。"))
    return redirect(url_for("channels.own"), 303)


@pages.post("/account/channels/<int:own_channel>/test")
def own_test(own_channel: int) -> Response:
    """Sends a test message to oneself."""
    _mine(own_channel)
    _try(own_channel)
    return redirect(url_for("channels.own"), 303)


@pages.post("/account/channels/<int:own_channel>/remove")
def own_remove(own_channel: int) -> Response:
    """Removes a channel of one's own."""
    _mine(own_channel)
    _remove(own_channel)
    return redirect(url_for("channels.own"), 303)


def _mine(channel_id: int) -> None:
    """404 for whatever is not the visitor's own channel."""
    if channel_id not in {one.id for one in _own_channels()}:
        abort(404)


def _own_channels() -> tuple[ChannelView, ...]:
    staff_id = visitor().staff_id
    if not staff_id:
        return ()

    with office().records.reading() as session:
        return channel_keeping.channels(session, staff_id=staff_id)


def _own(mistakes: list[str]) -> str:
    return render_template(
        "channels/own.html",
        channels=_own_channels(),
        kinds=kinds(),
        mistakes=mistakes,
    )
