"""`calendar show` and `calendar import`: the official calendar."""

import argparse
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from calendars.checks import YEARS
from calendars.documents import to_json
from roster.days import CalendarDay, CalendarYear
from roster.errors import Mistake, Unusable
from roster.services import calendar_keeping
from roster.services.calendar_keeping import Touched
from web.cli.terminal import (
    add_command,
    add_consent,
    add_group,
    agreed,
    office,
    read_any_text,
    say,
    tell,
)
from web.language import CHINESE, environment_language
from web.notices import understood, year_change
from web.wiring import Office
from web.words.office import DAY_KINDS, POSTS, WEEKDAYS


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    actions = add_group(
        commands,
        "calendar",
        say("官方日历", "The official calendar"),
        "duty-roster calendar show 2026",
    )
    shown = add_command(
        actions,
        "show",
        show,
        say("显示一年的放假安排", "Show a year"),
        "duty-roster calendar show 2026",
    )
    shown.add_argument("year", type=int, metavar=say("年份", "YEAR"))
    shown.add_argument(
        "--json",
        action="store_true",
        help=say("每一天，写成 JSON", "every day, as JSON"),
    )

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
    brought.add_argument("path", type=Path, metavar=say("通知", "NOTICE"))
    add_consent(brought)


def show(asked: argparse.Namespace) -> None:
    """The days that are not plain, or the whole year as JSON."""
    if asked.year not in YEARS:
        raise Unusable(Mistake("not-a-year", (str(asked.year),)))

    with office() as here:
        year = here.calendar.year(asked.year)

    if asked.json:
        print(to_json(year), end="")
        return

    print_year(year)


def print_year(year: CalendarYear) -> None:
    """Every day that the week alone does not explain."""
    if year.provisional:
        print(
            say("暂定：尚无通知，仅法定节日。", "Provisional: no notice yet.")
        )
    for notice in year.notices:
        print(f"{notice.number} {notice.issued or ''} {notice.source}".strip())

    for day in year.days.values():
        holiday = day.run is not None and day.run.holiday
        if holiday or day.kind.value == "make_up":
            name = day.run.name if day.run else ""
            print(f"{_dated(day)} {_kind(day)} {name} {day.lunar}".rstrip())


def _dated(day: CalendarDay) -> str:
    chinese, english = WEEKDAYS[day.date.weekday()]
    return f"{day.date} {say('周' + chinese, english)}"


def _kind(day: CalendarDay) -> str:
    return say(*DAY_KINDS[day.kind])


def import_notice(asked: argparse.Namespace) -> int:
    """Shows the year understood and the duties it touches, then stores it."""
    text = read_any_text(asked.path)
    with office() as here:
        before = here.calendar
        years = understood(here, text, asked.path.name)
        for year in years:
            print_year(year)
            _tell_changes(here, before.year(year.year), year)
        if not years:
            tell(say("没有变化。", "Nothing changes."))
            return 0

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


def _tell_changes(
    here: Office, before: CalendarYear, year: CalendarYear
) -> None:
    """What becomes of which day, and whose published duties lie on it."""
    with here.records.reading() as session:
        change = year_change(session, before, year)

    for was, day in change.days:
        tell(f"{_dated(day)}{say('：', ': ')}{_kind(was)} → {_kind(day)}")
    if change.touched:
        tell(
            say(
                "已发布的值班表不改动；涉及这些值班，请核对后重新编排：",
                "Published rosters stay as they are; these duties are "
                "touched, look at them and draft anew:",
            )
        )
    for line in _touched_lines(change.touched):
        tell(line)


def _touched_lines(touched: Sequence[Touched]) -> Iterator[str]:
    """A line a day and unit, with everybody on duty."""
    ordered = sorted(touched, key=lambda one: (one.day.date, one.unit.id))
    which = 0 if environment_language() == CHINESE else 1
    for _, some in groupby(ordered, key=lambda o: (o.day.date, o.unit.id)):
        held = list(some)
        form = say("{}（{}）", "{} ({})")
        who = say("、", ", ").join(
            form.format(one.name, POSTS[one.duty.post][which]) for one in held
        )
        unit = held[0].unit.name
        yield f"  {_dated(held[0].day)} {unit}{say('：', ': ')}{who}"
