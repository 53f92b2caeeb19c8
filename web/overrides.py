"""Parameters set differently: looked at first, then stored, then ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
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
from werkzeug.wrappers import Response

from roster.errors import Mistake, Refused, Unusable
from roster.people import Unit, UnitKind
from roster.rules.proposing import SURGE, read_proposal, read_surge
from roster.rules.rulebook import FORMS, Override, RuleBook
from roster.services import overriding, ruling, viewing
from roster.services.overriding import Effect, OverrideLine
from roster.services.preparing import book_id
from web.access import signature, writing
from web.language import CHINESE
from web.pages import language, office
from web.words import all_sentences, refusal_sentence

pages = Blueprint("overrides", __name__)

Answer = str | Response | tuple[str, int]

# What the fields of the forms are called.
LABELS = {
    "unit": ("单位", "unit"),
    "param": ("参数", "parameter"),
    "value": ("改为", "new value"),
    "from": ("开始日期", "from"),
    "until": ("结束日期", "until"),
    "reason": ("理由", "reason"),
    "document": ("文号", "document number"),
    "surge_leaders": ("加派带班", "more leaders"),
    "surge_staff": ("加派值班人员", "more on duty"),
}


@pages.route("/rules/<name>/override", methods=["GET", "POST"])
def add(name: str) -> Answer:
    """Sets a parameter differently, after a look at what that does."""
    book = _book(name)
    units = _units(book)
    if request.method == "GET":
        return _form("overrides/add.html", book, units)

    try:
        new = read_proposal(
            book,
            request.form,
            request.form.getlist("value"),
            [unit.id for unit in units],
        )
    except Unusable as error:
        return _form("overrides/add.html", book, units, _told(error)), 400

    return _looked_at("overrides/add.html", book, units, [new])


@pages.route("/rules/schools/surge", methods=["GET", "POST"])
def surge() -> Answer:
    """Announces a surge for units and dates (schools' article 21)."""
    book = _book("schools")
    units = _units(book)
    if not all(param in book.params for param in SURGE):
        abort(404)

    if request.method == "GET":
        return _form("overrides/surge.html", book, units)

    chosen = request.form.getlist("unit")
    try:
        new = read_surge(book, request.form, chosen, [u.id for u in units])
    except Unusable as error:
        return _form("overrides/surge.html", book, units, _told(error)), 400

    return _looked_at("overrides/surge.html", book, units, new)


@pages.route("/rules/overrides/<int:override_id>/end", methods=["GET", "POST"])
def end(override_id: int) -> Answer:
    """Gives an override its last day, after a look at what that does."""
    here = office()
    with here.records.reading() as session:
        found = overriding.override_line(session, override_id) or abort(404)

    if request.method == "GET":
        return _end_form(found)

    try:
        last = date.fromisoformat(request.form.get("last", ""))
    except ValueError:
        wrong = Unusable(Mistake("not-a-date", ("until",)))
        return _end_form(found, mistakes=_told(wrong)), 400

    if "store" not in request.form:
        with here.records.reading() as session:
            effect = overriding.effect_of_ending(
                session, override_id, last, **_parts()
            )
        return _end_form(found, effect, last)

    try:
        with writing() as session:
            overriding.end_override(
                session,
                override_id,
                last,
                seen=request.form.get("seen", ""),
                who=signature(),
                now=here.now(),
            )
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _end_form(found, None, last, said), 409

    flash(gettext("已保存。"))
    return redirect(_back(found.override.book), 303)


def _book(name: str) -> RuleBook:
    return office().books.get(name) or abort(404)


def _units(book: RuleBook) -> list[Unit]:
    """The units under a document that have rosters."""
    with office().records.reading() as session:
        return [
            unit
            for unit in viewing.units(session)
            if unit.kind is not UnitKind.DISTRICT and book_id(unit) == book.id
        ]


def _told(error: Unusable) -> list[str]:
    which = 0 if language() == CHINESE else 1
    told = (
        replace(m, where=tuple(LABELS[key][which] for key in m.where))
        for m in error.mistakes
    )
    return all_sentences(Unusable(*told), language())


def _parts() -> dict[str, Any]:
    here = office()
    return {
        "calendar": here.calendar,
        "books": here.books,
        "today": here.today(),
    }


def _looked_at(
    template: str, book: RuleBook, units: list[Unit], new: Sequence[Override]
) -> Answer:
    here = office()
    if "store" not in request.form:
        with here.records.reading() as session:
            effect = overriding.effect_of_new(session, new, **_parts())
        return _form(template, book, units, effect=effect)

    with writing() as session:
        added = ruling.add_overrides(
            session, new, who=signature(), now=here.now()
        )
    flash(gettext("已保存。") if added else gettext("没有变化。"))
    return redirect(_back(book.id), 303)


def _back(book: str) -> str:
    return url_for("rules.book", name=book) + "#overrides"


def _form(
    template: str,
    book: RuleBook,
    units: list[Unit],
    mistakes: list[str] | None = None,
    effect: Effect | None = None,
) -> str:
    name = request.values.get("param", "")
    return render_template(
        template,
        book=book,
        units=units,
        names={unit.id: unit.name for unit in units},
        param=book.params.get(name),
        sent=request.values,
        values=request.form.getlist("value"),
        chosen=request.form.getlist("unit"),
        forms=FORMS,
        labels=LABELS,
        mistakes=mistakes or [],
        effect=effect,
    )


def _end_form(
    found: OverrideLine,
    effect: Effect | None = None,
    last: date | None = None,
    mistakes: list[str] | None = None,
) -> str:
    override = found.override
    book = office().books[override.book]
    return render_template(
        "overrides/end.html",
        line=found,
        override=override,
        book=book,
        names={unit.id: unit.name for unit in _units(book)},
        last=last or office().today(),
        labels=LABELS,
        mistakes=mistakes or [],
        effect=effect,
    )
