"""Reads a problem: its parts first, then what must hold between them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from roster.documents.clauses import read_clause
from roster.documents.fields import Form
from roster.errors import Unusable
from roster.people import Period
from roster.problem import (
    Assignment,
    Dated,
    EarlierDuty,
    Person,
    Pin,
    Problem,
    Shift,
)
from roster.rules.clauses import Apart, Clause, Different, Same, Wish

FORMAT = "duty-roster/problem/1"
MOST_SEED = 2**31 - 1

PROBLEM = {
    "format",
    "id",
    "seed",
    "staff",
    "shifts",
    "pins",
    "previous",
    "clauses",
}
PERSON = {
    "id",
    "name",
    "posts",
    "tags",
    "unavailable",
    "carried",
    "earlier",
    "share",
}
SHIFT = {
    "id",
    "date",
    "start",
    "end",
    "post",
    "needs",
    "tags",
    "burden",
    "block",
    "article",
}
EARLIER = {"date", "start", "end", "post", "tags"}


def read_problem(text: str | bytes, name: str = "problem.json") -> Problem:
    """A problem; raises `Unusable` with every mistake and its path."""
    form = Form(name)
    document = form.parse(text)
    needed = ("format", "id", "staff", "shifts", "clauses")
    if not form.object(document, "$", PROBLEM, needed):
        raise Unusable(*form.mistakes)

    if document["format"] != FORMAT:
        value = str(document["format"])
        form.wrong("$.format", "not-allowed", value=value, allowed=[FORMAT])

    problem = Problem(
        id=form.name(document["id"], "$.id"),
        staff=form.items(
            document["staff"], "$.staff", lambda v, p: _person(form, v, p)
        ),
        shifts=form.items(
            document["shifts"], "$.shifts", lambda v, p: _shift(form, v, p)
        ),
        clauses=form.items(
            document["clauses"],
            "$.clauses",
            lambda v, p: read_clause(form, v, p),
        ),
        pins=form.items(
            document.get("pins", []),
            "$.pins",
            lambda v, p: read_pin(form, v, p),
        ),
        previous=form.items(
            document.get("previous", []),
            "$.previous",
            lambda v, p: read_assignment(form, v, p),
        ),
        seed=form.number(document, "seed", "$", most=MOST_SEED),
    )
    # Between parts that could not be read there is nothing to compare.
    if not form.mistakes:
        _check(form, problem)

    form.finish()
    return problem


def _person(form: Form, value: Any, path: str) -> Person | None:
    if not form.object(value, path, PERSON, ("id", "posts")):
        return None

    return Person(
        id=form.name(value["id"], f"{path}.id"),
        posts=_dated(form, value["posts"], f"{path}.posts"),
        name=form.text(value, "name", path),
        tags=_dated(form, value.get("tags", []), f"{path}.tags"),
        unavailable=form.items(
            value.get("unavailable", []),
            f"{path}.unavailable",
            lambda v, p: read_range(form, v, p),
        ),
        carried=_points(form, value, "carried", path),
        earlier=form.items(
            value.get("earlier", []),
            f"{path}.earlier",
            lambda v, p: _earlier(form, v, p),
        ),
        share=form.number(
            value, "share", path, default=100, least=1, most=1000
        ),
    )


def _dated(form: Form, value: Any, path: str) -> tuple[Dated, ...]:
    def read(entry: Any, where: str) -> Dated | None:
        if isinstance(entry, str):
            return Dated(form.name(entry, where))

        if not form.object(entry, where, {"name", "from", "to"}, ("name",)):
            return None

        name = form.name(entry["name"], f"{where}.name")
        return Dated(name, form.period(entry, where))

    return form.items(value, path, read)


def read_range(form: Form, value: Any, path: str) -> Period | None:
    """A closed range of dates: two of them in a list."""
    if not isinstance(value, list) or len(value) != 2:
        form.wrong(path, "not-a-range")
        return None

    first, last = (
        form.day(day, f"{path}[{place}]") for place, day in enumerate(value)
    )
    return form.ordered(first, last, path)


def _points(
    form: Form, table: Mapping[str, Any], key: str, path: str
) -> dict[str, int]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        form.wrong(f"{path}.{key}", "not-an-object", value=str(value))
        return {}

    return {
        form.name(ledger, f"{path}.{key}"): form.number(
            value, ledger, f"{path}.{key}"
        )
        for ledger in value
    }


def _earlier(form: Form, value: Any, path: str) -> EarlierDuty | None:
    needed = ("date", "start", "end", "post")
    if not form.object(value, path, EARLIER, needed):
        return None

    day = form.day(value["date"], f"{path}.date")
    span = form.span(value["start"], value["end"], path)
    if day is None or span is None:
        return None

    return EarlierDuty(
        day,
        *span,
        form.name(value["post"], f"{path}.post"),
        form.names(value, "tags", path),
    )


def _shift(form: Form, value: Any, path: str) -> Shift | None:
    needed = ("id", "date", "start", "end", "post")
    if not form.object(value, path, SHIFT, needed):
        return None

    day = form.day(value["date"], f"{path}.date")
    span = form.span(value["start"], value["end"], path)
    if day is None or span is None:
        return None

    return Shift(
        id=form.name(value["id"], f"{path}.id"),
        date=day,
        start=span[0],
        end=span[1],
        post=form.name(value["post"], f"{path}.post"),
        needs=form.number(value, "needs", path, default=1, least=1),
        tags=form.names(value, "tags", path),
        burden=_points(form, value, "burden", path),
        block=form.text(value, "block", path),
        article=form.text(value, "article", path),
    )


def read_pin(form: Form, value: Any, path: str) -> Pin | None:
    """A pin."""
    keys = {"shift", "staff", "past"}
    if not form.object(value, path, keys, ("shift", "staff")):
        return None

    return Pin(
        form.name(value["shift"], f"{path}.shift"),
        form.name(value["staff"], f"{path}.staff"),
        form.yes_or_no(value, "past", path),
    )


def read_assignment(form: Form, value: Any, path: str) -> Assignment | None:
    """An assignment."""
    keys = {"shift", "staff"}
    if not form.object(value, path, keys, keys):
        return None

    return Assignment(
        form.name(value["shift"], f"{path}.shift"),
        form.name(value["staff"], f"{path}.staff"),
    )


def _check(form: Form, problem: Problem) -> None:
    """What must hold between the parts."""
    form.unique(problem.staff, "$.staff")
    form.unique(problem.shifts, "$.shifts")
    form.unique(problem.clauses, "$.clauses")
    for place, clause in enumerate(problem.clauses):
        _check_ids(form, problem, clause, f"$.clauses[{place}]")

    known = True
    for place, pin in enumerate(problem.pins):
        if pin.shift not in problem.shift or pin.staff not in problem.person:
            known = False
            path = f"$.pins[{place}]"
            form.known(problem.shift, (pin.shift,), f"{path}.shift")
            form.known(problem.person, (pin.staff,), f"{path}.staff")

    if known:
        _check_pins(form, problem)


def _check_ids(
    form: Form, problem: Problem, clause: Clause, path: str
) -> None:
    people, shifts = problem.person, problem.shift
    form.known(people, clause.select.staff, f"{path}.staff")
    form.known(people, getattr(clause, "for_staff", ()), f"{path}.staff")
    form.known(shifts, clause.select.shifts, f"{path}.shifts")

    if isinstance(clause, Apart):
        for pair in clause.pairs:
            form.known(people, pair, f"{path}.pairs")

    if isinstance(clause, Different):
        for pair in clause.pairs:
            form.known(shifts, pair, f"{path}.pairs")

    if isinstance(clause, Same):
        for group in clause.groups:
            form.known(shifts, group, f"{path}.groups")

    if isinstance(clause, Wish):
        for wished in clause.wishes:
            form.known(people, (wished.staff,), f"{path}.wishes")
            form.known(shifts, (wished.shift,), f"{path}.wishes")


def _check_pins(form: Form, problem: Problem) -> None:
    """Pins that cannot stand; history is not argued with."""
    places: defaultdict[str, set[Pin]] = defaultdict(set)
    past = problem.past

    for place, pin in enumerate(problem.pins):
        path = f"$.pins[{place}]"
        person, shift = problem.person[pin.staff], problem.shift[pin.shift]
        if pin.assignment not in past:
            if not person.has_post(shift.post, shift.date):
                form.wrong(path, "pin-not-eligible", staff=pin.staff)
            if person.away(shift.date):
                form.wrong(path, "pin-unavailable", staff=pin.staff)

        for other in problem.pins[:place]:
            if (
                other.staff == pin.staff
                and other.shift != pin.shift
                and shift.overlaps(problem.shift[other.shift])
                and not {pin.assignment, other.assignment} <= past
            ):
                form.wrong(path, "pins-overlap", shift=other.shift)

        places[pin.shift].add(
            Pin(pin.shift, pin.staff, pin.assignment in past)
        )

    for shift_id, pins in places.items():
        needs = problem.shift[shift_id].needs
        if len(pins) > needs and not all(pin.past for pin in pins):
            form.wrong("$.pins", "too-many-pins", shift=shift_id, needs=needs)
