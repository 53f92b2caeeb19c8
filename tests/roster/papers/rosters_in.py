"""Rosters as offices write them, and a school they are read for."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from roster.errors import Unusable
from roster.papers.roster_in import Expected, OwnRoster, read_roster
from roster.people import Presence
from tests.offices import (
    BUREAU,
    SCHOOL,
    SHORT,
    bureau_staff,
    make_case,
    school_staff,
)

BOARDING = replace(SCHOOL, boarding=True)
PRESENT = Presence(SCHOOL.id, date(2026, 10, 1), date(2026, 10, 31))
# Each day of duty has a leader and two teachers by day.
CASE = make_case(BOARDING, SHORT, presences=(PRESENT,))
STAFF = (*school_staff(12), *bureau_staff(20))
HEAD = ("日期", "星期", "带班领导", "联系电话", "值班教师", "备注")


def expected(**more) -> Expected:
    """What the school's roster may say."""
    facts = {
        "unit": BOARDING,
        "units": (BUREAU, BOARDING),
        "term": SHORT,
        "shifts": CASE.shifts,
        "staff": STAFF,
        **more,
    }
    return Expected(**facts)


def book(**sheets) -> Workbook:
    """A workbook of these sheets, each given by its rows."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    return made


def bytes_of(made: Workbook) -> bytes:
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def read(made: Workbook | bytes, sheet: str = "", **more) -> OwnRoster:
    content = made if isinstance(made, bytes) else bytes_of(made)
    return read_roster(content, "值班.xlsx", expected(**more), sheet)


def held(roster: OwnRoster) -> dict[str, list[str]]:
    """By shift, the last two digits of whoever holds it."""
    found: dict[str, list[str]] = {}
    for cell in roster.cells:
        found.setdefault(cell.shift[5:], []).append(cell.staff[-2:])
    return found


def mistakes(made: Workbook | bytes, sheet: str = "", **more):
    """What is wrong with a workbook: code, place and facts."""
    with pytest.raises(Unusable) as error:
        read(made, sheet, **more)
    return error.value.mistakes
