"""Who subscribed to what, for those who answer for it."""

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

from roster.posts import POSTS
from roster.services import settings
from roster.services.account_views import root
from roster.services.feeding import listing
from roster.services.feeding.events import choose_busy
from roster.services.feeding.marking import units_below
from roster.services.feeding.saying import BUSY_POSTS
from web.access import signature, visitor, writing
from web.pages import office, the_unit

pages = Blueprint("subscribers", __name__)


@pages.get("/units/<unit_id>/subscribers")
def unit(unit_id: str) -> str:
    """The addresses of a unit's people; with ``below`` of all under it."""
    here = office()
    below = "below" in request.args
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        under = units_below(session, unit_id)
        mine = visitor().covered("prepare") | visitor().covered("govern")
        units = (under & mine) if below else {unit_id}
        found = listing.subscribers(session, unit_ids=units, now=here.now())
        busy = settings.get(session, BUSY_POSTS).split()

    return render_template(
        "subscriptions/subscribers.html",
        unit=place,
        below=below,
        more=len(under) > 1,
        found=found,
        posts=POSTS,
        busy=busy,
    )


@pages.post("/feeds/busy")
def busy() -> Response:
    """Which posts show people as busy in their calendars."""
    chosen = [post for post in POSTS if post in request.form.getlist("post")]
    with writing() as session:
        choose_busy(session, chosen, who=signature(), now=office().now())

    flash(gettext("已保存，日历下次刷新时生效。"))
    with office().records.reading() as session:
        top = root(session) or abort(404)

    return redirect(url_for("subscribers.unit", unit_id=top), 303)
