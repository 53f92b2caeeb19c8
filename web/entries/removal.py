"""Asks before an entry is taken out, or somebody is given a last day."""

from datetime import date

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.services.preparation import changing
from roster.services.preparation.history import points_to
from roster.services.preparation.listing import Line
from web.access import signature, writing
from web.entries.desk import Desk, line_of
from web.entries.forms import Answer
from web.forms import SHOWN, label_of
from web.pages import language, office
from web.words import refusal_sentence
from web.words import sheets as words


def remove_page(desk: Desk, row_id: str) -> Answer:
    """What would go, or what came of it."""
    found = line_of(desk, row_id)
    if found is None:
        abort(404)

    if request.method == "GET":
        return _confirm(desk, found)

    try:
        with writing() as session:
            _take_out(session, desk, row_id)
    except ValueError:
        said = [gettext("离岗日期要写成 2026-10-01 这样。")]
        return _confirm(desk, found, said), 400
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _confirm(desk, found, said), 409

    departed = "last" in request.form
    flash(gettext("已填写离岗日期。") if departed else gettext("已删去。"))
    return redirect(desk.url(), 303)


def _take_out(session: Session, desk: Desk, row_id: str) -> None:
    """Gives a last day where one is sent, else takes the entry out."""
    more = {
        "seen": request.form.get("seen", ""),
        "unit_id": desk.unit_id,
        "who": signature(),
        "now": office().now(),
    }
    if desk.kind.name == "staff" and "last" in request.form:
        last = date.fromisoformat(request.form["last"])
        changing.depart(session, row_id, last, **more)
    else:
        changing.remove(session, desk.kind.name, row_id, **more)


def _confirm(
    desk: Desk, found: Line, mistakes: list[str] | None = None
) -> str:
    with office().records.reading() as session:
        kept = desk.kind.named and points_to(session, desk.kind, found.id)

    return render_template(
        "preparation/remove.html",
        desk=desk,
        row=found,
        kept=bool(kept),
        keys=SHOWN[desk.kind.name],
        label=lambda key: label_of(desk.kind, key, language()),
        said=lambda word: words.choice(word, language()),
        mistakes=mistakes or [],
        today=office().today(),
        sheet_words=words,
    )
