"""Moving somebody to another unit: looked at first, then done."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from roster.errors import Mistake, Refused, Unusable
from roster.people import Unit, UnitKind
from roster.rights import Right
from roster.services import viewing
from roster.services.preparation import moving
from roster.services.preparation.moving import Move
from web.access import check_also, may, needed, signature, writing
from web.language import CHINESE
from web.pages import language, office
from web.words import all_sentences, refusal_sentence

pages = Blueprint("moving", __name__)

Answer = str | Response | tuple[str, int]

LABELS = {"unit": ("调到", "to"), "first": ("从哪天起", "from")}


@pages.route("/people/<staff_id>/move", methods=["GET", "POST"])
def move(staff_id: str) -> Answer:
    """Moves somebody, after a look at what falls away."""
    if request.method == "GET":
        return _form(staff_id)

    try:
        to, first = _asked()
        if "store" not in request.form:
            return _form(staff_id, _look(staff_id, to, first))

        moved = _move(staff_id, to, first)
    except Unusable as error:
        return _form(staff_id, mistakes=_told(error)), 400
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _form(staff_id, mistakes=said), 409

    flash(
        gettext("已调到%(unit)s。", unit=moved.new.name)
        + (" " + gettext("原单位的值班表请接着调整。") if moved.duties else "")
    )
    return redirect(url_for("people.person", staff_id=staff_id), 303)


def _asked() -> tuple[str, date]:
    """Where to and from when; every mistake at once."""
    to, wrong = request.form.get("unit", ""), []
    if not to:
        wrong.append(Mistake("empty-cell", ("unit",)))
    elif to not in {unit.id for unit in _targets()}:
        wrong.append(Mistake("not-yours-there", ("unit",)))
    try:
        first = date.fromisoformat(request.form.get("first", ""))
    except ValueError:
        wrong.append(Mistake("not-a-date", ("first",)))
    if wrong:
        raise Unusable(*wrong)

    return to, first


def _targets() -> list[Unit]:
    """The units with people of their own that the visitor may move to."""
    with office().records.reading() as session:
        return [
            unit
            for unit in viewing.units(session)
            if unit.kind is not UnitKind.DISTRICT
            and any(may(right, unit.id) for right in needed())
        ]


def _look(staff_id: str, to: str, first: date) -> Move:
    here = office()
    with here.records.reading() as session:
        return moving.look(
            session, staff_id, to=to, first=first, today=here.today()
        )


def _move(staff_id: str, to: str, first: date) -> Move:
    here = office()
    with writing() as session:
        check_also(session, to)
        return moving.move(
            session,
            staff_id,
            to=to,
            first=first,
            seen=request.form.get("seen", ""),
            today=here.today(),
            may_govern=may(Right.GOVERN, to),
            who=signature(),
            now=here.now(),
        )


def _told(error: Unusable) -> list[str]:
    which = 0 if language() == CHINESE else 1
    told = (
        replace(m, where=tuple(LABELS[key][which] for key in m.where))
        for m in error.mistakes
    )
    return all_sentences(Unusable(*told), language())


def _form(
    staff_id: str,
    found: Move | None = None,
    mistakes: list[str] | None = None,
) -> str:
    here = office()
    with here.records.reading() as session:
        member, unit = moving.person(session, staff_id)
        names = {one.id: one.name for one in viewing.units(session)}

    return render_template(
        "people/move.html",
        member=member,
        unit=unit,
        targets=[one for one in _targets() if one.id != unit.id],
        names=names,
        found=found,
        labels=LABELS,
        sent=request.form,
        first=request.form.get("first") or here.today(),
        mistakes=mistakes or [],
    )
