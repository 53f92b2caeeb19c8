"""Comp-leave: one's own account, a unit's list, and what is decided."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from roster.comp import Half, HalfDay
from roster.errors import Mistake, Refused, Unusable
from roster.papers.comp_xlsx import write_comp_xlsx
from roster.rights import Actor, Right
from roster.services.comp import deeds, listing
from roster.services.comp.listing import StaffLine
from roster.services.places import comp_unit
from web.access import visitor, writing
from web.pages import language, office, the_term, the_unit
from web.rosters import MIME
from web.words import all_sentences, refusal_sentence
from web.words.comp import half_word

pages = Blueprint("comp", __name__)

Answer = str | Response | tuple[str, int]


def actor(unit_id: str) -> Actor:
    """The visitor; who keeps leave of a unit decides on comp-leave, too."""
    return visitor().acting(unit_id, Right.PREPARE)


@pages.get("/people/<staff_id>/comp")
def person(staff_id: str) -> str:
    """What somebody has left, what expires when, and of which duty."""
    return _person_page(staff_id)


def _person_page(staff_id: str, mistakes: list[str] | None = None) -> str:
    here = office()
    with here.records.reading() as session:
        unit_id = _home(session, staff_id)
        found = listing.person_comp(
            session,
            staff_id=staff_id,
            books=here.books,
            actor=actor(unit_id),
            now=here.now(),
        )
        place = the_unit(session, unit_id)

    return render_template(
        "comp/person.html",
        one=found,
        unit=place,
        mine=visitor().staff_id == staff_id,
        mistakes=mistakes or [],
        sent=request.form,
    )


def _home(session: Session, staff_id: str) -> str:
    found = listing.unit_of_staff(session, staff_id)
    return found if found is not None else abort(404)


@pages.post("/people/<staff_id>/comp")
def ask(staff_id: str) -> Answer:
    """Asks for half-days; what was typed stays where it is refused."""
    here, form = office(), request.form
    with here.records.reading() as session:
        unit_id = _home(session, staff_id)

    try:
        first, last = _asked("first"), _asked("last")
        with writing() as session:
            row = deeds.ask(
                session,
                staff_id=staff_id,
                first=first,
                last=last,
                word=form.get("word", ""),
                behalf=form.get("behalf", ""),
                calendar=here.calendar,
                books=here.books,
                actor=actor(unit_id),
                now=here.now(),
            )
            halves = len(row.halves)
    except (Refused, Unusable) as error:
        return _person_page(staff_id, said(error)), 409

    flash(gettext("已申请 %(n)s 个半天，等审批。", n=halves))
    return redirect(url_for("comp.person", staff_id=staff_id), 303)


def _asked(end: str) -> HalfDay:
    """A date and its half from the form; an empty last is the first."""
    form = request.form
    words = form.get(end, "") or form.get("first", "")
    try:
        half = Half(form.get(f"{end}_half", ""))
        return HalfDay(date.fromisoformat(words), half)
    except ValueError:
        raise Unusable(Mistake("comp-not-a-date")) from None


def said(error: Refused | Unusable) -> list[str]:
    """Why something is not possible, a sentence each."""
    if isinstance(error, Refused):
        return [refusal_sentence(error, language())]

    return all_sentences(error, language())


Deed = Callable[[Session, dict[str, Any]], None]


def _word() -> str:
    return request.form.get("word", "")


DEEDS: dict[str, Deed] = {
    "grant": lambda session, asked: deeds.grant(
        session, books=office().books, **asked
    ),
    "refuse": lambda session, asked: deeds.refuse(
        session, word=_word(), **asked
    ),
    "take-back": lambda session, asked: deeds.take_back(
        session, word=_word(), books=office().books, **asked
    ),
}


@pages.post("/comp/<int:comp_id>/take-back")
def take_back(comp_id: int) -> Answer:
    """Their own part, or that of those who decide, with a reason."""
    return _done(comp_id, "take-back")


@pages.post("/comp/<int:comp_id>/decision/<any('grant','refuse'):step>")
def decide(comp_id: int, step: str) -> Answer:
    """The unit's editor or approver grants it or not."""
    return _done(comp_id, step)


def _done(comp_id: int, step: str) -> Answer:
    here = office()
    with here.records.reading() as session:
        unit_id = comp_unit(session, str(comp_id)) or abort(404)

    try:
        with writing() as session:
            asked = {
                "leave_id": comp_id,
                "actor": actor(unit_id),
                "now": here.now(),
            }
            DEEDS[step](session, asked)
    except (Refused, Unusable) as error:
        return _again(unit_id, said(error)), 409

    flash(gettext("已办。"))
    return redirect(_back(unit_id), 303)


def _again(unit_id: str, mistakes: list[str]) -> str:
    """Where the form stood, or the unit's page for those who decide."""
    mine = visitor().staff_id
    if mine and request.form.get("from") == "own":
        return _person_page(mine, mistakes)

    who = actor(unit_id)
    if not (who.edits or who.approves):
        abort(404)

    return _unit_page(unit_id, mistakes)


def _back(unit_id: str) -> str:
    place, mine = request.form.get("from"), visitor().staff_id
    if mine and place == "own":
        return url_for("comp.person", staff_id=mine)

    if place == "desk":
        return url_for("swaps.own")

    return url_for("comp.unit", unit_id=unit_id)


@pages.get("/units/<unit_id>/comp")
def unit(unit_id: str) -> str:
    """What waits for a decision, and who has how much."""
    return _unit_page(unit_id)


def _unit_page(unit_id: str, mistakes: list[str] | None = None) -> str:
    here = office()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session)
        lines = listing.unit_comp(
            session, unit_id=unit_id, books=here.books, now=here.now()
        )
        requests = listing.unit_requests(
            session,
            unit_id=unit_id,
            books=here.books,
            actor=actor(unit_id),
            now=here.now(),
        )

    return render_template(
        "comp/unit.html",
        unit=place,
        term=term,
        lines=lines,
        requests=requests,
        mistakes=mistakes or [],
    )


@pages.get("/units/<unit_id>/comp.xlsx")
def download(unit_id: str) -> Response:
    """The list as a workbook, in the office's words."""
    here = office()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        lines = listing.unit_comp(
            session, unit_id=unit_id, books=here.books, now=here.now()
        )

    title = f"{place.name}补休台账"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "comp.xlsx"
        note = f"截至 {here.today()}，单位：半天"
        write_comp_xlsx(title, note, map(_row, lines), path)
        content = BytesIO(path.read_bytes())

    return send_file(
        content,
        MIME["xlsx"],
        as_attachment=True,
        download_name=f"{title}.xlsx",
    )


def _row(line: StaffLine) -> tuple[object, ...]:
    return (
        line.staff_id,
        line.name,
        line.position,
        line.standing,
        line.expiring,
        str(line.expires_first or ""),
        line.unpaid,
        "、".join(half_word(day) for day in line.coming),
    )
