"""`calendar show` and `calendar import`: the official calendar."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from calendars.changes import changed_days
from calendars.documents import to_json
from calendars.notice import read_notice
from calendars.open_data import read_open_data
from roster.days import CalendarYear
from roster.services import calendar_keeping
from web.cli.terminal import add_command, agreed, office, read_text, say, tell
from web.wiring import Office
from web.words.office import DAY_KINDS

WEEKDAYS = "一二三四五六日"


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    parser = commands.add_parser(
        "calendar", help=say("官方日历", "The official calendar")
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    shown = add_command(
        actions,
        "show",
        show,
        say("显示一年的放假安排", "Show a year"),
        "duty-roster calendar show 2026",
    )
    shown.add_argument("year", type=int)
    shown.add_argument("--json", action="store_true")

    brought = add_command(
        actions,
        "import",
        import_notice,
        say(
            "导入国务院办公厅的放假通知（文字或 holiday-cn 的 JSON）",
            "Import a State Council notice (text, or holiday-cn's JSON)",
        ),
        "duty-roster calendar import 通知.txt",
    )
    brought.add_argument("path", type=Path, metavar="NOTICE")
    brought.add_argument("--yes", action="store_true")
    brought.add_argument("--who", default="duty-roster", metavar="NAME")


def show(asked: argparse.Namespace) -> None:
    """The days that are not plain, or the whole year as JSON."""
    with office() as here:
        year = here.calendar.year(asked.year)

    if asked.json:
        print(to_json(year))
        return

    print_year(year)


def print_year(year: CalendarYear) -> None:
    """Every day that the week alone does not explain."""
    if year.provisional:
        print(
            say("暂定：尚无通知，仅法定节日。", "Provisional: no notice yet.")
        )
    for notice in year.notices:
        print(f"{notice.number} {notice.issued or ''} {notice.source}")

    for day in year.days.values():
        holiday = day.run is not None and day.run.holiday
        if holiday or day.kind.value == "make_up":
            name = day.run.name if day.run else ""
            kind = DAY_KINDS[day.kind][0]
            weekday = WEEKDAYS[day.date.weekday()]
            print(f"{day.date} 周{weekday} {kind} {name} {day.lunar}".rstrip())


def import_notice(asked: argparse.Namespace) -> int:
    """Shows the year understood and the duties it touches, then stores it."""
    text = read_text(asked.path)
    with office() as here:
        before = here.calendar
        years = _read(here, text, asked.path)
        for year in years:
            print_year(year)
            changed = changed_days(before.year(year.year), year)
            _tell_touched(here, changed)
        if not agreed(say("存入？", "Store it?"), yes=asked.yes):
            return 1

        with here.records.writing() as session:
            for year in years:
                calendar_keeping.store_year(
                    session,
                    year,
                    to_json=to_json,
                    who=asked.who,
                    now=here.now(),
                )
        tell(say("已存入。", "Stored."))
        return 0


def _read(here: Office, text: str, path: Path) -> tuple[CalendarYear, ...]:
    read = read_open_data if text.lstrip().startswith("{") else read_notice
    return read(text, path.name, here.calendar.year)


def _tell_touched(here: Office, changed: Any) -> None:
    with here.records.reading() as session:
        touched = calendar_keeping.touched_duties(session, changed)

    days: dict[date, set[str]] = {}
    for one in touched:
        days.setdefault(one.duty.date, set()).add(one.unit.name)
    for when, units in sorted(days.items()):
        tell(
            say(
                f"{when}：{len(units)} 个单位已发布的值班受影响",
                f"{when}: published duties of {len(units)} units are touched",
            )
        )
