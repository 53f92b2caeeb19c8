"""Writes problems and outcomes; the same values give the same bytes."""

import json
from datetime import date, datetime
from typing import Any

from roster.documents.clauses import NAMING, OWN
from roster.people import Period
from roster.problem import (
    Assignment,
    ConflictMember,
    Dated,
    EarlierDuty,
    Outcome,
    Person,
    Pin,
    Problem,
    Shift,
)
from roster.rules.clauses import Clause, Selection, Wished


def write_problem(problem: Problem) -> str:
    """A problem as JSON; what has its default is left out."""
    return _text(
        {
            "format": "duty-roster/problem/1",
            "id": problem.id,
            "seed": problem.seed,
            "staff": [_person(person) for person in problem.staff],
            "shifts": [_shift(shift) for shift in problem.shifts],
            "pins": [_pin(pin) for pin in problem.pins],
            "previous": [_assignment(a) for a in problem.previous],
            "clauses": [_clause(clause) for clause in problem.clauses],
        }
    )


def write_outcome(outcome: Outcome) -> str:
    """An outcome as JSON."""
    return _text(
        {
            "format": "duty-roster/outcome/1",
            "problem": outcome.problem,
            "status": outcome.status.value,
            "assignments": [_assignment(a) for a in outcome.assignments],
            "tiers": [
                {"tier": t.tier, "cost": t.cost, "bound": t.bound}
                for t in outcome.tiers
            ],
            "conflict": [_member(member) for member in outcome.conflict],
            "relaxations": [
                {
                    "patches": [
                        {"clause": p.clause, "fields": dict(p.fields)}
                        for p in patches
                    ]
                }
                for patches in outcome.relaxations
            ],
            "seed": outcome.seed,
            "seconds": outcome.seconds,
            "solver": outcome.solver,
        }
    )


def _text(document: dict[str, Any]) -> str:
    """Lists of records stand a record a line, so that files can be read."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            rows = ",\n  ".join(_short(entry) for entry in value)
            lines.append(f"{_short(key)}: [\n  {rows}\n ]")
        else:
            lines.append(f"{_short(key)}: {_short(value)}")

    return "{\n " + ",\n ".join(lines) + "\n}\n"


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _some(**fields: Any) -> dict[str, Any]:
    """The fields that say anything."""
    return {k: v for k, v in fields.items() if v not in ("", [], {}, None)}


def _day(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _moment(moment: datetime) -> str:
    whole = moment.second == 0 and moment.microsecond == 0
    return moment.isoformat(timespec="minutes" if whole else "auto")


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        **_some(name=person.name),
        "posts": [_dated(post) for post in person.posts],
        **_some(
            tags=[_dated(tag) for tag in person.tags],
            unavailable=[_range(period) for period in person.unavailable],
            carried=dict(sorted(person.carried.items())),
            earlier=[_earlier(duty) for duty in person.earlier],
        ),
        **({} if person.share == 100 else {"share": person.share}),
    }


def _dated(dated: Dated) -> Any:
    period = dated.period
    if period == Period():
        return dated.name

    ends = {"from": _day(period.first), "to": _day(period.last)}
    return {"name": dated.name, **_some(**ends)}


def _range(period: Period) -> list[str]:
    first, last = period.first or date.min, period.last or date.max
    return [first.isoformat(), last.isoformat()]


def _earlier(duty: EarlierDuty) -> dict[str, Any]:
    return {
        "date": _day(duty.date),
        "start": _moment(duty.start),
        "end": _moment(duty.end),
        "post": duty.post,
        **_some(tags=list(duty.tags)),
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "id": shift.id,
        "date": _day(shift.date),
        "start": _moment(shift.start),
        "end": _moment(shift.end),
        "post": shift.post,
        **({} if shift.needs == 1 else {"needs": shift.needs}),
        **_some(
            tags=list(shift.tags),
            burden=dict(sorted(shift.burden.items())),
            block=shift.block,
            article=shift.article,
        ),
    }


def _pin(pin: Pin) -> dict[str, Any]:
    past = {"past": True} if pin.past else {}
    return {"shift": pin.shift, "staff": pin.staff, **past}


def _assignment(assignment: Assignment) -> dict[str, Any]:
    return {"shift": assignment.shift, "staff": assignment.staff}


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        **_some(article=clause.article),
        "kind": clause.kind,
        "tier": clause.tier,
        **({} if clause.weight == 1 else {"weight": clause.weight}),
        **({} if clause.allow == 0 else {"allow": clause.allow}),
        **_selection(clause.select),
        **_own(clause),
        **_some(relax=[dict(patch) for patch in clause.relax]),
    }


def _selection(select: Selection) -> dict[str, Any]:
    return _some(
        posts=list(select.posts),
        shift_tags=list(select.shift_tags),
        shifts=list(select.shifts),
        staff_tags=list(select.staff_tags),
        staff=list(select.staff),
        **{"from": _day(select.first), "to": _day(select.last)},
    )


def _own(clause: Clause) -> dict[str, Any]:
    needed, optional = OWN[clause.kind]
    fields = {
        name: _plain(getattr(clause, name)) for name in (*needed, *optional)
    }
    if clause.kind in NAMING:
        fields["staff_tags"] = _plain(getattr(clause, "for_tags", ()))
        fields["staff"] = _plain(getattr(clause, "for_staff", ()))

    return {
        name: value
        for name, value in fields.items()
        if name in needed or value not in (None, "", [])
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Wished):
        return {
            "staff": value.staff,
            **_some(date=_day(value.on), shift=value.shift),
            "want": value.want,
            **({} if value.weight == 1 else {"weight": value.weight}),
        }

    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def _member(member: ConflictMember) -> dict[str, Any]:
    return _some(
        clause=member.clause,
        pin=_pin(member.pin) if member.pin else None,
        shift=member.shift,
        staff=member.staff,
        unavailable=_range(member.away) if member.away else None,
        article=member.article,
    )
