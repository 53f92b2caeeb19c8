"""The sheets without ids of their own: leave, limits, wishes and the like."""

from datetime import date

from roster.days import days_between
from roster.papers.directory import Directory
from roster.papers.members import ends
from roster.papers.tables import Row, Table
from roster.people import (
    Inspector,
    Leave,
    Limit,
    PastDuty,
    Period,
    Presence,
    Relation,
    Wish,
)

Rows = list[Row]

MOST_DAYS = 62  # that one wish may be for


def read_leave(table: Table, rows: Rows, directory: Directory) -> list[Leave]:
    """Leave of one or several people a row."""
    found = []
    for row in rows:
        people = directory.people_in(table, row)
        first, last = ends(table, row)
        if first and last:
            kind = row.get("kind") or "请假"
            found += [Leave(m.id, first, last, kind) for m in people]
    return found


def read_limits(table: Table, rows: Rows, directory: Directory) -> list[Limit]:
    """Exemptions; either end may be open."""
    found = []
    for row in rows:
        people = directory.people_in(table, row)
        period = _period(table, row)
        if period and row.get("kind"):
            found += [Limit(m.id, row.get("kind"), period) for m in people]
    return found


def _period(table: Table, row: Row) -> Period | None:
    """Two open ends; a single date in the first cell is only a beginning."""
    if "first" in row.values and row.get("first") is None:
        return None

    first, last = row.get("first") or (None, None)
    if first == last:
        last = row.get("last")
    elif row.get("last"):
        table.wrong_in(row, "last", "end-twice")
        return None

    if first and last and last < first:
        table.wrong_in(row, "last", "range-reversed", value=str(last))
        return None

    return Period(first, last)


def read_relations(
    table: Table, rows: Rows, directory: Directory
) -> list[Relation]:
    """Pairs: both in one cell, or each in their own."""
    found = []
    for row in rows:
        before = len(table.mistakes)
        people = directory.people_in(table, row)
        if row.get("other_name") or row.get("other_id"):
            if not row.get("other_unit"):
                row.values["other_unit"] = row.get("unit")
            keys = ("other_unit", "other_name", "other_id")
            people += directory.people_in(table, row, keys)
        if len(people) == 2 and people[0].id != people[1].id:
            kind = row.get("kind") or "夫妻"
            found.append(Relation(people[0].id, people[1].id, kind))
        elif len(table.mistakes) == before:
            table.wrong_in(row, "name", "not-two-people")
    return found


def read_wishes(table: Table, rows: Rows, directory: Directory) -> list[Wish]:
    """A wish for each person and date; nobody wishes both."""
    found = []
    wanted: dict[tuple[str, date], bool] = {}
    for row in rows:
        people = directory.people_in(table, row)
        dates = row.get("dates")
        if not dates or row.get("want") is None:
            continue

        if (dates[1] - dates[0]).days >= MOST_DAYS:
            table.wrong_in(row, "dates", "range-too-long", most=MOST_DAYS)
            continue

        _check_weekday(table, row, "dates", dates[0])
        wishes = [
            Wish(m.id, when, row.get("want"), row.get("weight") or 1)
            for m in people
            for when in days_between(*dates)
        ]
        for wish in wishes:
            before = wanted.setdefault((wish.staff, wish.date), wish.want)
            if before != wish.want:
                facts = {"value": str(wish.date)}
                table.wrong_in(row, "want", "wishes-differ", **facts)
        found += wishes
    return found


def _check_weekday(table: Table, row: Row, key: str, when: date) -> None:
    stated = row.get("weekday")
    if stated is not None and stated != when.weekday():
        facts = {
            "value": str(when),
            "weekday": "一二三四五六日"[when.weekday()],
        }
        table.wrong_in(row, "weekday", "weekday-differs", **facts)


def read_presences(
    table: Table, rows: Rows, directory: Directory
) -> list[Presence]:
    """Dates with students at a unit."""
    found = []
    for row in rows:
        unit = directory.unit_in(table, row)
        first, last = ends(table, row)
        if unit and first and last:
            note = row.get("note") or ""
            found.append(Presence(unit.id, first, last, note))
    return found


def read_inspectors(
    table: Table, rows: Rows, directory: Directory
) -> list[Inspector]:
    """Who may check, with the units they keep away from."""
    found = []
    for row in rows:
        people = directory.people_in(table, row)
        period = _period(table, row)
        recused = []
        for word in row.get("recused") or ():
            unit = directory.unit(word)
            if unit is None:
                table.wrong_in(row, "recused", "unknown-unit", value=word)
            else:
                recused.append(unit.id)
        if period:
            found += [Inspector(m.id, period, tuple(recused)) for m in people]
    return found


def read_past(
    table: Table, rows: Rows, directory: Directory
) -> list[PastDuty]:
    """Duties served before; the kind of day may be left to the calendar."""
    found = []
    for row in rows:
        people = directory.people_in(table, row)
        when = row.get("date")
        if when is None or not row.get("post"):
            continue

        _check_weekday(table, row, "date", when)
        kind = row.get("kind") or ""
        found += [PastDuty(m.id, when, row.get("post"), kind) for m in people]
    return found
