"""A year as JSON, for keeping; and back."""

import json
from datetime import date
from typing import Any

from calendars.years import year_of
from roster.days import CalendarYear, DayKind, Notice

FORMAT = "duty-roster/calendar/1"


def to_json(year: CalendarYear) -> str:
    """A year with every day that the week alone does not explain."""
    document = {
        "format": FORMAT,
        "year": year.year,
        "version": year.version,
        "provisional": year.provisional,
        "notices": [
            {
                "number": notice.number,
                "issued": str(notice.issued) if notice.issued else None,
                "source": notice.source,
            }
            for notice in year.notices
        ],
        "days": [
            {
                "date": str(day.date),
                "kind": day.kind.value,
                "holiday": day.run.name if day.run else "",
                "festival": day.festival,
                "lunar": day.lunar,
            }
            for day in year.days.values()
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> CalendarYear:
    """A year that `to_json` wrote; it is trusted, being our own."""
    document = json.loads(text)
    kinds: dict[date, DayKind] = {}
    names: dict[date, str] = {}
    for entry in document["days"]:
        when = date.fromisoformat(entry["date"])
        kinds[when] = DayKind(entry["kind"])
        if entry["holiday"]:
            names[when] = entry["holiday"]

    notices = tuple(_notice(entry) for entry in document["notices"])
    number, version = document["year"], document["version"]
    return year_of(number, kinds, names, notices, version)


def _notice(entry: dict[str, Any]) -> Notice:
    issued = entry["issued"]
    return Notice(
        entry["number"],
        date.fromisoformat(issued) if issued else None,
        entry["source"],
    )
