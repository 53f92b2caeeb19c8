"""The public value: named beforehand, entered once it has come out."""

import re
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Mistake, Refused, Unusable
from roster.records import DrawValueRow, SeriesRow
from roster.services.drawing.desk import Tools, note, office_clock, running
from roster.services.drawing.frames import days_to_draw, draws_of, frames_of

FORM = re.compile(r"[0-9A-Za-z]+([ .,+-][0-9A-Za-z]+)*")
LONGEST = 40


def enter_value(
    session: Session, series_id: int, value: str, *, tools: Tools, who: str
) -> date:
    """
    Enters the value that has just come out; gives the day it is for.

    Until it is due a slip can be put right by entering it again.

    Raises
    ------
    Refused
        Before it comes out, and after it was due.
    Unusable
        When it is no number, no dice.
    """
    row = running(session, series_id)
    day = awaited(session, row, tools)
    if day is None:
        raise Refused("no-value-now")

    plain = " ".join(value.split())
    if len(plain) > LONGEST or not FORM.fullmatch(plain):
        raise Unusable(Mistake("draw-value-form", ("value",)))

    session.add(
        DrawValueRow(series=row.id, on=day, value=plain, who=who, at=tools.now)
    )
    note(
        session,
        row,
        "set",
        who,
        tools.now,
        f"value-{day}",
        value=plain,
    )
    return day


def awaited(session: Session, row: SeriesRow, tools: Tools) -> date | None:
    """The day whose value has come out and may still be entered."""
    made = {draw.on for draw in draws_of(session, row)}
    for day, frame in days_to_draw(frames_of(session, row)).items():
        value = frame.terms.value
        if day not in made and (
            value.at_of(day) <= tools.clock < value.due_of(day)
        ):
            return day

    return None


def value_for(
    session: Session, row: SeriesRow, day: date, due: datetime | None = None
) -> str:
    """What was entered last (before it was due); empty if nothing was."""
    entered = session.scalars(
        select(DrawValueRow)
        .where(DrawValueRow.series == row.id, DrawValueRow.on == day)
        .order_by(DrawValueRow.id)
    )
    found = [
        one.value
        for one in entered
        if due is None or office_clock(one.at) < due
    ]
    return found[-1] if found else ""
