"""
Spot checks, recorded against the version published at their moment.

A check has an id of its own: sending it twice records it once.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.checks.results import Result, Way, may_be_found
from roster.errors import Mistake, Refused, Unusable
from roster.posts import SHANGHAI
from roster.records import (
    CheckRow,
    FindingRow,
    InspectorRow,
    RosterRow,
    StaffRow,
    UnitRow,
)
from roster.records.journal import record
from roster.records.values import unit_of
from roster.rules.rulebook import Params, RuleBook
from roster.services.on_duty import on_duty, version_at
from roster.services.presence import on_site_due
from roster.services.ruling import params_of
from roster.services.views import CheckView, DutyView, FindingView, StaffLine

NOTE_LONGEST = 2000
LONGEST = {"note": NOTE_LONGEST, "basis": 80, "reason": 200}
# Phones' clocks may run a little fast.
AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewFinding:
    """What an inspector found of one person on one shift."""

    shift_id: str
    staff_id: str
    result: str  # a name of `Result`
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewCheck:
    """A check as an inspector hands it in; ``id`` is a UUID."""

    id: str
    unit_id: str
    moment: datetime
    way: str
    inspectors: tuple[str, ...]
    basis: str
    note: str
    findings: tuple[NewFinding, ...]
    reason: str = ""  # why it is made, outside the draw


def inspectors_for(
    session: Session, *, unit_id: str, moment: datetime
) -> tuple[StaffLine, ...]:
    """Who may check a unit on a date: not its own people, nobody recused."""
    when = moment.astimezone(SHANGHAI).date()
    rows = session.execute(
        select(InspectorRow, StaffRow)
        .join(StaffRow, StaffRow.id == InspectorRow.staff)
        .order_by(StaffRow.id)
    )
    return tuple(
        StaffLine(person.id, person.name, person.position, person.standing)
        for row, person in rows
        if person.unit != unit_id
        and unit_id not in row.recused
        and (row.first is None or row.first <= when)
        and (row.last is None or when <= row.last)
    )


def record_check(
    session: Session,
    check: NewCheck,
    *,
    books: Mapping[str, RuleBook],
    who: str,
    now: datetime,
    drawn: bool = False,
) -> str:
    """
    Records a check as a whole; gives back its digest.

    A ``drawn`` one is made by those who were drawn for it; any other is
    an extra one, by inspectors of the pool, and says why.

    Raises
    ------
    Unusable
        With every mistake in it, by field.
    Refused
        When nobody was rostered, or another check bears the same id.
    """
    digest = _digest(check)
    before = session.get(CheckRow, check.id)
    if before is not None:
        if before.digest != digest:
            raise Refused("check-differs", value=check.id)
        return digest

    place = session.get(UnitRow, check.unit_id)
    if place is None:
        raise Refused("unknown-unit", value=check.unit_id)

    roster = version_at(session, unit_id=place.id, moment=check.moment)
    if roster is None:
        raise Refused("no-roster-then", unit=place.name)

    params = params_of(session, unit_of(place), books)
    mistakes = [
        *_form_mistakes(check, now),
        *(() if drawn else _extra_mistakes(session, check)),
        *_finding_mistakes(session, check, params, drawn=drawn),
    ]
    if mistakes:
        raise Unusable(*mistakes)

    session.add(_row(check, roster, who, now, digest, drawn=drawn))
    record(
        session,
        who=who,
        verb="record",
        noun="check",
        thing=check.id,
        now=now,
        facts={"unit": place.id, "digest": digest},
    )
    return digest


def _digest(check: NewCheck) -> str:
    facts = asdict(check) | {"moment": check.moment.isoformat()}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _form_mistakes(check: NewCheck, now: datetime) -> Iterator[Mistake]:
    try:
        UUID(check.id)
    except ValueError:
        yield Mistake("not-an-id", ("id",), {"value": check.id})

    if check.moment > now + AHEAD:
        yield Mistake("in-the-future", ("moment",))

    if check.way not in set(Way):
        yield Mistake("not-allowed", ("way",), {"value": check.way})

    if not check.inspectors:
        yield Mistake("nobody-checks", ("inspectors",))

    for name, most in LONGEST.items():
        if len(getattr(check, name)) > most:
            yield Mistake("too-long", (name,), {"most": most})


def _extra_mistakes(session: Session, check: NewCheck) -> Iterator[Mistake]:
    """Outside the draw it needs a reason, and inspectors who may go."""
    if not check.reason:
        yield Mistake("no-reason-for-extra", ("reason",))

    allowed = inspectors_for(
        session, unit_id=check.unit_id, moment=check.moment
    )
    for staff in set(check.inspectors) - {line.id for line in allowed}:
        yield Mistake("may-not-check", ("inspectors",), {"value": staff})


def _finding_mistakes(
    session: Session, check: NewCheck, params: Params, *, drawn: bool
) -> Iterator[Mistake]:
    """
    Everybody on duty has exactly one result that makes sense.

    Where the roster has nobody, only a drawn check is recorded, in words.
    """
    duties = on_duty(
        session, unit_id=check.unit_id, moment=check.moment, params=params
    )
    there = {(d.shift_id, d.staff_id): d for d in duties if d.staff_id}
    if not there and not drawn:
        yield Mistake("nobody-on-duty", ("moment",))
    elif not there and not check.note:
        yield Mistake("nobody-there-say", ("note",))

    seen = set()
    for finding in check.findings:
        key = finding.shift_id, finding.staff_id
        if key not in there:
            yield Mistake("not-on-duty-then", ("findings",), asdict(finding))
        elif key in seen:
            yield Mistake("found-twice", ("findings",), asdict(finding))
        else:
            yield from _result_mistakes(finding, there[key], check, params)
        seen.add(key)

    for key in there.keys() - seen:
        name = there[key].staff_name
        yield Mistake("not-looked-at", ("findings",), {"name": name})


def _result_mistakes(
    finding: NewFinding, duty: DutyView, check: NewCheck, params: Params
) -> Iterator[Mistake]:
    name = duty.staff_name
    if len(finding.note) > NOTE_LONGEST:
        yield Mistake("too-long", ("findings",), {"most": NOTE_LONGEST})

    if finding.result not in Result.__members__:
        yield Mistake("not-allowed", ("findings",), {"value": finding.result})
        return

    result = Result[finding.result]
    due = on_site_due(duty, check.moment, params)
    if check.way in set(Way) and not may_be_found(
        result, Way(check.way), on_site_due=due
    ):
        facts = {"name": name, "value": result.word}
        yield Mistake("makes-no-sense", ("findings",), facts)


def _row(
    check: NewCheck,
    roster: RosterRow,
    who: str,
    now: datetime,
    digest: str,
    *,
    drawn: bool,
) -> CheckRow:
    return CheckRow(
        id=check.id,
        unit=check.unit_id,
        roster=roster.id,
        day=check.moment.astimezone(SHANGHAI).date(),
        moment=check.moment,
        way=check.way,
        inspectors=list(check.inspectors),
        basis=check.basis,
        note=check.note,
        drawn=drawn,
        reason=check.reason,
        recorded_by=who,
        recorded_at=now,
        digest=digest,
        findings=[
            FindingRow(
                shift=f.shift_id,
                staff=f.staff_id,
                result=f.result,
                note=f.note,
            )
            for f in check.findings
        ],
    )


def checks(
    session: Session,
    *,
    unit_id: str = "",
    term_id: str = "",
    check_id: str = "",
) -> tuple[CheckView, ...]:
    """Recorded checks, the newest first."""
    wanted = (
        select(CheckRow, RosterRow)
        .join(RosterRow, RosterRow.id == CheckRow.roster)
        .order_by(CheckRow.moment.desc(), CheckRow.id)
    )
    if unit_id:
        wanted = wanted.where(CheckRow.unit == unit_id)
    if term_id:
        wanted = wanted.where(RosterRow.term == term_id)
    if check_id:
        wanted = wanted.where(CheckRow.id == check_id)

    return tuple(
        _view(session, row, roster) for row, roster in session.execute(wanted)
    )


def _view(session: Session, row: CheckRow, roster: RosterRow) -> CheckView:
    def name(staff: str) -> str:
        return session.get_one(StaffRow, staff).name

    posts = {shift.shift: shift.post for shift in roster.shifts}
    return CheckView(
        id=row.id,
        unit_id=row.unit,
        unit_name=session.get_one(UnitRow, row.unit).name,
        term_id=roster.term,
        roster_number=roster.number,
        day=row.day,
        moment=row.moment.astimezone(SHANGHAI),
        way=row.way,
        inspectors=tuple(name(staff) for staff in row.inspectors),
        basis=row.basis,
        note=row.note,
        drawn=row.drawn,
        reason=row.reason,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at.astimezone(SHANGHAI),
        findings=tuple(
            FindingView(
                f.shift,
                f.staff,
                name(f.staff),
                posts[f.shift],
                f.result,
                f.note,
            )
            for f in row.findings
        ),
    )
