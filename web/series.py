"""The bureau's series of drawn checks, as far as one may know of them."""

from collections.abc import Callable
from dataclasses import replace
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

from roster.draw.outlook import Outlook
from roster.errors import Mistake, Refused, Unusable
from roster.services import drawing
from roster.services.drawing import series as drafts
from roster.services.drawing import views
from roster.services.drawing.series import NewSeries
from web.access import signature, writing
from web.pages import language, office, the_term
from web.words import refusal_sentence
from web.words.draws import field_sentences

pages = Blueprint("series", __name__)

Answer = str | Response | tuple[str, int]

WORDS = ("name", "term", "basis", "source")
TIMES = ("value_at", "value_due")
NUMBERS = ("places", "by_visit", "by_video", "by_phone", "night")
USUAL = {
    "source": "",
    "value_at": "21:30",
    "value_due": "23:00",
    "by_visit": "40",
    "by_video": "30",
    "by_phone": "30",
    "night": "20",
}


@pages.get("/series")
def every() -> str:
    """All series, with what is waited for."""
    with office().records.reading() as session:
        found = views.every_series(session)

    return render_template("series/every.html", series=found)


@pages.route("/series/new", methods=["GET", "POST"])
def new() -> Answer:
    """Makes a draft; it is looked at before it is committed to."""
    if request.method == "GET":
        return _form(_usual(), [])

    def work(session: Session, given: NewSeries) -> int:
        return drawing.make_series(
            session, given, tools=office().drawing_tools(), who=signature()
        )

    return _saved(work)


@pages.route("/series/<int:series_id>/change", methods=["GET", "POST"])
def change(series_id: int) -> Answer:
    """Changes a draft."""
    if request.method == "GET":
        return _form(_as_it_is(series_id), [], series_id)

    def work(session: Session, given: NewSeries) -> int:
        drawing.change_series(
            session,
            series_id,
            given,
            tools=office().drawing_tools(),
            who=signature(),
        )
        return series_id

    return _saved(work, series_id)


@pages.get("/series/<int:series_id>")
def one(series_id: int) -> str:
    """What was decided and committed to, and what was dispatched."""
    return _page(series_id, [])


@pages.post("/series/<int:series_id>/remove")
def remove(series_id: int) -> Response:
    """Removes a draft."""
    with writing() as session:
        drawing.remove_series(
            session, series_id, who=signature(), now=office().now()
        )

    flash(gettext("已删除。"))
    return redirect(url_for("series.every"), 303)


@pages.post("/series/<int:series_id>/commit")
def commit(series_id: int) -> Answer:
    """Draws the key and publishes both hashes."""

    def work(session: Session) -> None:
        here = office()
        drawing.commit(
            session,
            series_id,
            tools=here.drawing_tools(),
            vault=here.vault,
            who=signature(),
        )

    return _done(series_id, work, gettext("已承诺。请把两个摘要打印盖章。"))


@pages.post("/series/<int:series_id>/value")
def value(series_id: int) -> Answer:
    """The public value that has just come out."""

    def work(session: Session) -> None:
        drawing.enter_value(
            session,
            series_id,
            request.form.get("value", ""),
            tools=office().drawing_tools(),
            who=signature(),
        )

    return _done(series_id, work, gettext("已录入，截止以前可以改。"))


@pages.post("/series/<int:series_id>/stop")
def stop(series_id: int) -> Answer:
    """Draws no further days."""

    def work(session: Session) -> None:
        here = office()
        drawing.stop(
            session,
            series_id,
            reason=request.form.get("reason", ""),
            tools=here.drawing_tools(),
            vault=here.vault,
            who=signature(),
        )

    return _done(series_id, work, gettext("已停止，以后的日子不再抽。"))


@pages.post("/series/<int:series_id>/reveal")
def reveal(series_id: int) -> Answer:
    """Publishes the key."""

    def work(session: Session) -> None:
        here = office()
        drawing.reveal(
            session,
            series_id,
            tools=here.drawing_tools(),
            vault=here.vault,
            who=signature(),
        )

    return _done(series_id, work, gettext("密钥已公布，人人可以核对。"))


@pages.post("/series/<int:series_id>/cancel")
def cancel(series_id: int) -> Answer:
    """A draw does not hold; it stays with its number."""

    def work(session: Session) -> None:
        words = request.form.get("draw", "")
        drawing.cancel(
            session,
            int(words) if words.isascii() and words.isdecimal() else 0,
            series_id=series_id,
            reason=request.form.get("reason", ""),
            again="again" in request.form,
            who=signature(),
            now=office().now(),
        )

    return _done(series_id, work, gettext("已作废，编号和原因都留着。"))


def _done(
    series_id: int, work: Callable[[Session], None], words: str
) -> Answer:
    """Does something with a series, or tells on its page why not."""
    try:
        with writing() as session:
            work(session)
    except Unusable as error:
        return _page(series_id, field_sentences(error, language())), 400
    except Refused as error:
        return _page(series_id, [refusal_sentence(error, language())]), 409

    flash(words)
    return redirect(url_for("series.one", series_id=series_id), 303)


def _page(series_id: int, mistakes: list[str]) -> str:
    here = office()
    tools = here.drawing_tools()
    with here.records.reading() as session:
        found = views.one_series(session, series_id) or abort(404)
        draft = found.state == "draft"
        outlook = _outlook(session, series_id, mistakes) if draft else None
        return render_template(
            "series/one.html",
            series=found,
            outlook=outlook,
            draws=views.draws(session, series_id, now=tools.now),
            left=views.days_left(session, series_id, tools),
            waiting=views.waiting(session, series_id, tools),
            over=views.may_reveal(session, series_id),
            mistakes=mistakes,
        )


def _outlook(
    session: Session, series_id: int, mistakes: list[str]
) -> Outlook | None:
    """What a draft means; why nothing could be drawn so as the county is."""
    row = drafts.draft(session, series_id)
    tools = office().drawing_tools()
    try:
        drafts.check(session, row, tools)
    except Unusable as error:
        said = field_sentences(error, language())
        mistakes += [line for line in said if line not in mistakes]
        return None

    return drafts.outlook_of(session, row, tools)


def _usual() -> dict[str, str]:
    """A new form: this term, as few places as cover every unit."""
    here = office()
    with here.records.reading() as session:
        term = the_term(session) or abort(404)
        least = drafts.least_for(session, term.id, here.drawing_tools())

    return {
        **USUAL,
        "name": gettext("%(term)s值班抽查", term=term.name),
        "term": term.id,
        "places": str(least),
    }


def _as_it_is(series_id: int) -> dict[str, str]:
    with office().records.reading() as session:
        drafts.draft(session, series_id)
        found = views.one_series(session, series_id) or abort(404)

    by_visit, by_video, by_phone = found.ways.values()
    return {
        "name": found.name,
        "term": found.term_id,
        "basis": found.basis,
        "source": found.source,
        "value_at": f"{found.value_at:%H:%M}",
        "value_due": f"{found.value_due:%H:%M}",
        "places": str(found.places),
        "by_visit": str(by_visit),
        "by_video": str(by_video),
        "by_phone": str(by_phone),
        "night": str(found.night),
    }


def _form(
    filled: dict[str, str], mistakes: list[str], series_id: int = 0
) -> str:
    return render_template(
        "series/form.html",
        filled=filled,
        mistakes=mistakes,
        series_id=series_id,
    )


def _saved(
    work: Callable[[Session, NewSeries], int], series_id: int = 0
) -> Answer:
    sent = {name: request.form.get(name, "") for name in (*USUAL, *WORDS)}
    sent["places"] = request.form.get("places", "")
    try:
        given = _read(sent)
        with writing() as session:
            number = work(session, given)
    except Unusable as error:
        said = field_sentences(error, language())
        return _form(sent, said, series_id), 400
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _form(sent, said, series_id), 409

    return redirect(url_for("series.one", series_id=number), 303)


def _read(sent: dict[str, str]) -> NewSeries:
    """The form as it was filled in; raises `Unusable` with every slip."""
    faults: list[Mistake] = []
    numbers = {name: _number(name, sent[name], faults) for name in NUMBERS}
    times = {name: _time(name, sent[name], faults) for name in TIMES}
    if faults:
        raise Unusable(*faults)

    words = {name: sent[name] for name in WORDS}
    empty = NewSeries("", "", "", "", time(), time(), 0, 0, 0, 0, 0)
    return replace(empty, **words, **times, **numbers)


def _number(name: str, words: str, faults: list[Mistake]) -> int:
    plain = words.strip()
    if plain.isascii() and plain.isdecimal() and len(plain) < 5:
        return int(plain)

    faults.append(Mistake("draw-not-a-number", (name,), {"value": words}))
    return 0


def _time(name: str, words: str, faults: list[Mistake]) -> time:
    try:
        return time.fromisoformat(words.strip()).replace(
            second=0, microsecond=0, tzinfo=None
        )
    except ValueError:
        faults.append(Mistake("draw-not-a-time", (name,), {"value": words}))
        return time()
