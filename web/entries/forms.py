"""A new entry, or another state of one: a form read as the workbook is."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from roster.errors import Refused, Unusable
from roster.services import viewing
from roster.services.preparation import changing
from roster.services.preparation.listing import Line, people_of
from web.access import signature, writing
from web.entries.desk import Desk, line_of
from web.forms import Offers, fields_of
from web.pages import language, office
from web.words import all_sentences, refusal_sentence
from web.words import sheets as words

Answer = str | Response | tuple[str, int]


def new_page(desk: Desk) -> Answer:
    """A form for a new entry, or what came of it."""
    if request.method == "GET":
        return _form(desk, request.args)

    def act(session: Session) -> None:
        changing.add(
            session,
            desk.kind.name,
            request.form,
            unit_id=desk.unit_id,
            who=signature(),
            now=office().now(),
        )

    return _done(desk, act, gettext("已保存。"))


def change_page(desk: Desk, row_id: str) -> Answer:
    """A form with an entry, or what came of it."""
    if request.method == "GET":
        found = line_of(desk, row_id) or abort(404)
        return _form(desk, found.fields, found)

    def act(session: Session) -> None:
        changing.change(
            session,
            desk.kind.name,
            row_id,
            request.form,
            seen=request.form.get("seen", ""),
            unit_id=desk.unit_id,
            who=signature(),
            now=office().now(),
        )

    return _done(desk, act, gettext("已保存。"), row_id)


def _done(
    desk: Desk,
    act: Callable[[Session], None],
    told: str,
    row_id: str = "",
) -> Answer:
    """Does it as a whole, or shows the form again with what is wrong."""
    try:
        with writing() as session:
            act(session)
    except Unusable as error:
        found = line_of(desk, row_id)
        return _form(desk, request.form, found, sentences(error)), 400
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _form(desk, request.form, line_of(desk, row_id), said), 409

    flash(told)
    return redirect(desk.url(), 303)


def sentences(error: Unusable) -> list[str]:
    """A form's mistakes, with the fields' names as the form has them."""
    told = (
        replace(m, where=tuple(words.header(w, language()) for w in m.where))
        for m in error.mistakes
    )
    return all_sentences(Unusable(*told), language())


def _form(
    desk: Desk,
    filled: Mapping[str, str],
    found: Line | None = None,
    mistakes: list[str] | None = None,
) -> str:
    """
    A form as it is filled in.

    After a mistake it carries the state that it was made from; after a
    refusal the present one, which is then shown beside what was written.
    """
    refused = request.method == "POST"
    seen = found.seal if found else ""
    sent = request.form.get("seen", "")
    fields = fields_of(
        desk.kind,
        filled,
        _offers(desk, found),
        language(),
        new=not request.view_args or "row_id" not in request.view_args,
        now_is=found if refused and sent != seen else None,
    )
    return render_template(
        "preparation/form.html",
        desk=desk,
        fields=fields,
        row=found,
        seen=seen,
        mistakes=mistakes or [],
        sheet_words=words,
    )


def _offers(desk: Desk, found: Line | None) -> Offers:
    with office().records.reading() as session:
        if desk.unit is None:
            return Offers(units=viewing.units(session))

        others = (
            {
                found.fields[id_]: found.fields[name]
                for id_, name in (("id", "name"), ("other_id", "other_name"))
                if id_ in found.fields and name in found.fields
            }
            if found
            else {}
        )
        people = people_of(session, desk.unit.id)

    known = {member.id for member in people}
    gone = {id_: name for id_, name in others.items() if id_ not in known}
    return Offers(people=people, others=gone)
