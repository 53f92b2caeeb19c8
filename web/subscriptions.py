"""Subscribing: a person's feed, a unit's, and the devices that read them."""

from collections.abc import Callable

import segno
from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from roster.errors import Refused
from roster.rights import Right
from roster.services import subscribing
from roster.services.feeding import listing
from roster.services.feeding.leaving import reads
from roster.services.feeding.marking import PERSON, UNIT, kind_above
from roster.services.feeding.reading import FeedOf, name_of
from roster.services.feeding.writing import compose
from roster.services.places import UNIT_OF
from roster.services.subscribing import ALARM_CHOICES, Owner
from web.access import may, signature, visitor, writing
from web.clients import in_chat, links, platform, public
from web.pages import language, office
from web.words import refusal_sentence

pages = Blueprint("subscriptions", __name__)

Answer = str | AnyResponse | tuple[str, int]


def owner() -> Owner:
    """Whoever subscribes, as the records keep them."""
    return Owner(signature(), visitor().account)


def address_of(token: str) -> str:
    """The address of a feed, as the whole county reaches the site."""
    return public(url_for("feeds.duties", token=token))


@pages.get("/people/<staff_id>/feeds")
def person(staff_id: str) -> str:
    """A person's feed: the next duties, the devices, and how to add one."""
    return _page(FeedOf(PERSON, staff_id))


@pages.get("/units/<unit_id>/feeds")
def unit(unit_id: str) -> str:
    """A unit's feed, or that of everything under it."""
    return _page(_of_unit(unit_id))


def _of_unit(unit_id: str) -> FeedOf:
    """The feed asked for; 404 where there is none or it is not theirs."""
    with office().records.reading() as session:
        joint = kind_above(session, unit_id)
        which = request.values.get("which", UNIT)
        if which not in (UNIT, joint):
            abort(404)

        if not reads(session, visitor(), which, unit_id):
            abort(404)

    return FeedOf(which, unit_id)


def _page(
    feed: FeedOf,
    *,
    token: str = "",
    code: str = "",
    mistakes: list[str] | None = None,
) -> str:
    here = office()
    mine = None if feed.kind == PERSON else visitor().account
    with here.records.reading() as session:
        name = name_of(session, feed)
        joint = (
            kind_above(session, feed.subject) if feed.kind != PERSON else ""
        )
        if joint and not reads(session, visitor(), joint, feed.subject):
            joint = ""
        shown = {
            "name": name,
            "devices": listing.devices(session, feed, account=mine),
            "coming": listing.coming(session, feed, here.now()),
            "alarms": listing.alarms_of(session, feed),
        }

    return render_template(
        "subscriptions/feed.html",
        feed=feed,
        joint=joint,
        **shown,
        **addresses(token, name),
        qr=_qr(code) if code else "",
        code_address=code_address(code) if code else "",
        choices=ALARM_CHOICES,
        mistakes=mistakes or [],
    )


def addresses(token: str, name: str) -> dict[str, object]:
    """What a page needs that shows an address, the only time."""
    agent = request.headers.get("User-Agent", "")
    return {
        "address": links(address_of(token), name) if token else None,
        "platform": platform(agent),
        "in_chat": in_chat(agent),
    }


def code_address(code: str) -> str:
    """Where another device gets an address of its own."""
    return public(url_for("offers.look", code=code))


def _qr(code: str) -> str:
    """A QR code as an image that needs nothing from elsewhere."""
    drawn = segno.make(code_address(code), micro=False)
    return str(drawn.svg_data_uri(scale=5, border=4, light="white"))


def _once(page: str, status: int = 200) -> Response:
    """A page with a secret: nobody finds it again."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked(things: dict[str, str]) -> FeedOf:
    staff_id = things.get("staff_id")
    if staff_id is not None:
        return FeedOf(PERSON, staff_id)

    return _of_unit(things["unit_id"])


def _back(feed: FeedOf) -> AnyResponse:
    if feed.kind == PERSON:
        where = url_for("subscriptions.person", staff_id=feed.subject)
    else:
        where = url_for(
            "subscriptions.unit", unit_id=feed.subject, which=feed.kind
        )
    return redirect(where, 303)


@pages.post("/people/<staff_id>/feed", endpoint="person_add")
@pages.post("/units/<unit_id>/feed", endpoint="unit_add")
def add(**things: str) -> Response:
    """A new address for a device, shown on the page this once."""
    return _given(_asked(things), subscribing.subscribe, "token")


@pages.post("/people/<staff_id>/feed/code", endpoint="person_code")
@pages.post("/units/<unit_id>/feed/code", endpoint="unit_code")
def code(**things: str) -> Response:
    """A QR code by which another device subscribes, for ten minutes."""
    return _given(_asked(things), subscribing.offer_code, "code")


def _given(feed: FeedOf, make: Callable[..., str], shown_as: str) -> Response:
    """What opens the feed, on its page this once."""
    try:
        with writing() as session:
            secret = make(
                session,
                feed=feed,
                label=request.form.get("label", ""),
                owner=owner(),
                now=office().now(),
            )
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _once(_page(feed, mistakes=said), 409)

    return _once(_page(feed, **{shown_as: secret}))


@pages.post("/people/<staff_id>/feed/alarms")
def alarms(staff_id: str) -> Answer:
    """When the calendar rings before a duty."""
    feed = FeedOf(PERSON, staff_id)
    sent = request.form.getlist("before")
    chosen = tuple(
        int(w) if w.isdecimal() and len(w) < 6 else -1 for w in sent
    )
    try:
        with writing() as session:
            subscribing.set_alarms(
                session,
                feed=feed,
                alarms=chosen,
                who=signature(),
                now=office().now(),
            )
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _page(feed, mistakes=said), 409

    flash(gettext("已保存，日历下次刷新时生效。"))
    return _back(feed)


ONE = "feed/<int:subscription_id>/<ending>"


@pages.post(f"/people/<staff_id>/{ONE}", endpoint="person_end")
@pages.post(f"/units/<unit_id>/{ONE}", endpoint="unit_end")
def end(subscription_id: int, ending: str, **things: str) -> AnyResponse:
    """Ends a device's address, or gives it another."""
    if ending not in ("rotate", "wipe", "leaked"):
        abort(404)

    feed = _asked(things)
    with writing() as session:
        _check_theirs(session, subscription_id, feed, ending)
        if ending == "rotate":
            token = subscribing.rotate(
                session,
                number=subscription_id,
                owner=owner(),
                now=office().now(),
            )
        else:
            subscribing.revoke(
                session,
                number=subscription_id,
                leaked=ending == "leaked",
                who=signature(),
                now=office().now(),
            )

    if ending == "rotate":
        return _once(_page(feed, token=token))

    flash(gettext("已停用。"))
    listed = request.form.get("back")
    if listed:
        return redirect(url_for("subscribers.unit", unit_id=listed), 303)

    return _back(feed)


def _check_theirs(
    session: Session, number: int, feed: FeedOf, ending: str
) -> None:
    """
    404 unless it is this feed's and they may do this to it.

    Those who answer for a unit end any address in it; a new one is for
    whoever reads it, or keeps the person's records.
    """
    found = listing.device(session, number=number, feeds=[feed])
    if found is None:
        abort(404)

    if feed.kind != PERSON:
        mine, place = found.account == visitor().account, feed.subject
    else:
        mine = visitor().staff_id == feed.subject
        place = UNIT_OF["staff_id"](session, feed.subject) or ""
        mine = mine or may(Right.PREPARE, place)

    rights = () if ending == "rotate" else (Right.PREPARE, Right.GOVERN)
    if not mine and not any(may(right, place) for right in rights):
        abort(404)


@pages.get("/people/<staff_id>/duty.ics")
def file(staff_id: str) -> Response:
    """The duties as a plain file; it does not follow changes."""
    here = office()
    feed = FeedOf(PERSON, staff_id)
    with here.records.reading() as session:
        feed = FeedOf(PERSON, staff_id, listing.alarms_of(session, feed))
        content, _ = compose(session, feed, here.scribe, here.today())

    response = Response(content)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="duty.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response
