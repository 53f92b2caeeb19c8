"""A year as JSON, for keeping and for other programs; and back."""

import json
from datetime import date
from typing import Any

from calendars.years import announced_year, provisional_year
from roster.days import CalendarYear, Holiday, Notice

FORMAT = "duty-roster/calendar/1"


def to_json(year: CalendarYear) -> str:
    """A year: its notices, its holidays, and every day spelled out."""
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
        "holidays": [
            {
                "name": holiday.name,
                "first": str(holiday.first),
                "last": str(holiday.last),
                "make_up": [str(when) for when in holiday.make_up],
            }
            for holiday in year.holidays
        ],
        "days": [
            {
                "date": str(day.date),
                "kind": day.kind.value,
                "run": day.run.name if day.run else "",
                "festival": day.festival,
                "lunar": day.lunar,
            }
            for day in year.days.values()
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> CalendarYear:
    """A year that `to_json` wrote; its days follow from its holidays."""
    document = json.loads(text)
    if document["provisional"]:
        return provisional_year(document["year"])

    return announced_year(
        document["year"],
        [_holiday(entry) for entry in document["holidays"]],
        tuple(_notice(entry) for entry in document["notices"]),
        document["version"],
    )


def _holiday(entry: dict[str, Any]) -> Holiday:
    return Holiday(
        entry["name"],
        date.fromisoformat(entry["first"]),
        date.fromisoformat(entry["last"]),
        tuple(map(date.fromisoformat, entry["make_up"])),
    )


def _notice(entry: dict[str, Any]) -> Notice:
    issued = entry["issued"]
    return Notice(
        entry["number"],
        date.fromisoformat(issued) if issued else None,
        entry["source"],
    )
