"""My duty: tasks, people, telephone numbers, and the log of one's shift."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
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
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from roster.errors import Refused, Unusable
from roster.services import duty_log, handing_over, my_duty, zero_reports
from roster.services.duty_log import AHEAD, NewEntry
from roster.services.log_desk import Place
from roster.services.my_duty import OwnShift
from roster.services.views import StaffDuty
from roster.services.zero_reports import ZeroReport
from web.access import signature, visitor, writing
from web.pages import language, office
from web.words import refusal_sentence
from web.words.duty import field_sentences

pages = Blueprint("duty", __name__)

Answer = str | Response | tuple[str, int]

NEAR = timedelta(hours=15)  # no log is open longer before or after


@pages.get("/my/duty")
def own() -> str:
    """The duty that is now or next, with all that belongs to it."""
    here, staff_id = office(), visitor().staff_id
    now = here.now()
    with here.records.reading() as session:
        duties = my_duty.own_duties(
            session,
            staff_id=staff_id,
            calendar=here.calendar,
            books=here.books,
            now=now,
        )
        coming = [d for d in duties if d.duty.end > now]
        open_ = _open(session, duties, now)
        shown = coming[0] if coming else None
        more = _about(session, shown) if shown else {}

    return render_template(
        "duty/own.html",
        now=now,
        staff_id=staff_id,
        shown=shown,
        open=open_,
        later=coming[1:6],
        **more,
    )


def _open(
    session: Session, duties: tuple[StaffDuty, ...], now: datetime
) -> list[OwnShift]:
    """The shifts whose log can be written now."""
    near = [
        d.duty
        for d in duties
        if d.duty.start - NEAR <= now < d.duty.end + NEAR
    ]
    found = [_own_shift(session, d.unit_id, d.shift_id) for d in near]
    return [one for one in found if one and one.is_open(now)]


def _about(session: Session, shown: StaffDuty) -> dict[str, Any]:
    """Tasks, people and numbers of a duty."""
    unit = shown.duty.unit_id
    return {
        "tasks": my_duty.tasks(
            session, unit_id=unit, when=shown.duty.start, books=office().books
        ),
        "beside": my_duty.beside(session, shown),
        "phone": my_duty.duty_phone(session, unit),
        "shift": _own_shift(session, unit, shown.duty.shift_id),
        "zero": _zero(session, shown),
    }


def _zero(session: Session, shown: StaffDuty) -> ZeroReport | None:
    """The report that is due on the day of a duty of today."""
    here = office()
    if shown.day.date != here.today():
        return None

    found = zero_reports.zero_reports(
        session,
        day=shown.day.date,
        calendar=here.calendar,
        books=here.books,
        unit_ids={shown.duty.unit_id},
    )
    return found[0] if found else None


def _own_shift(session: Session, unit: str, shift: str) -> OwnShift | None:
    return my_duty.own_shift(
        session,
        unit_id=unit,
        shift_id=shift,
        staff_id=visitor().staff_id,
        books=office().books,
        now=office().now(),
    )


@pages.get("/my/duty/log")
def log() -> str:
    """The log of one's own shift, and what can be written in it."""
    return _log_page()


@pages.post("/my/duty/log/<deed>")
def write(deed: str) -> Answer:
    """Writes in the log; what was typed stays where it is refused."""
    act = DEEDS.get(deed) or abort(404)
    unit, shift = _asked()
    place = Place(unit, shift, visitor().staff_id)
    here = office()
    try:
        with writing() as session:
            act(
                session,
                place,
                books=here.books,
                who=signature(),
                now=here.now(),
            )
    except Unusable as error:
        return _log_page(field_sentences(error, language()), deed), 400
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _log_page(said, deed), 409

    flash(gettext("已记录。"))
    return redirect(url_for("duty.log", unit=unit, shift=shift), 303)


def _asked() -> tuple[str, str]:
    return request.args.get("unit", ""), request.args.get("shift", "")


def _log_page(mistakes: list[str] | None = None, deed: str = "") -> str:
    now = office().now()
    with office().records.reading() as session:
        found = _own_shift(session, *_asked()) or abort(404)

    return render_template(
        "duty/log.html",
        shift=found,
        log=found.log,
        now=now,
        writable=found.is_open(now),
        mistakes=mistakes or [],
        deed=deed,
        sent=request.form,
    )


def new_entry() -> NewEntry:
    """The form of an entry; its time is the last there was."""
    sent = request.form
    return NewEntry(
        latest(sent.get("at", ""), office().now()),
        sent.get("source", ""),
        sent.get("words", ""),
        sent.get("done", ""),
        open="open" in sent,
    )


def latest(words: str, now: datetime) -> datetime | None:
    """The last time a clock showed this; a night has one of each."""
    try:
        clock = time.fromisoformat(words)
    except ValueError:
        return None

    found = datetime.combine(now.date(), clock, now.tzinfo)
    return found if found <= now + AHEAD else found - timedelta(days=1)


def _subject() -> int:
    """The number of the entry it is about; none bears 0."""
    words = request.form.get("entry", "")
    return int(words) if words.isdecimal() and len(words) < 10 else 0


def _entry(session: Session, place: Place, **more: Any) -> None:
    duty_log.write_entry(session, place, new_entry(), **more)


def _nothing(session: Session, place: Place, **more: Any) -> None:
    duty_log.write_nothing(session, place, **more)


def _check(session: Session, place: Place, **more: Any) -> None:
    sent = request.form
    duty_log.write_check(
        session,
        place,
        fine=sent.getlist("fine"),
        cameras=sent.get("cameras", ""),
        words=sent.get("words", ""),
        **more,
    )


def _correct(session: Session, place: Place, **more: Any) -> None:
    duty_log.correct(session, place, _subject(), new_entry(), **more)


def _close(session: Session, place: Place, **more: Any) -> None:
    done = request.form.get("done", "")
    duty_log.close_matter(session, place, _subject(), done=done, **more)


def _hand(session: Session, place: Place, **more: Any) -> None:
    handing_over.hand_over(
        session,
        place,
        fine=request.form.getlist("fine"),
        words=request.form.get("words", ""),
        **more,
    )


def _take(session: Session, place: Place, **more: Any) -> None:
    handing_over.take_over(session, place, **more)


DEEDS: dict[str, Callable[..., None]] = {
    "entry": _entry,
    "nothing": _nothing,
    "check": _check,
    "correct": _correct,
    "close": _close,
    "hand": _hand,
    "take": _take,
}
