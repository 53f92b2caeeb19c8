"""Whether holidays, as read, agree with the law and with each other."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from calendars.law import statutory_days
from calendars.years import kinds_of
from roster.days import DayKind, Holiday, days_between
from roster.errors import Mistake

YEARS = range(2014, 2100)
FURTHEST = 14  # days between a holiday and a day worked for it
NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")


def holiday_mistakes(
    holiday: Holiday, file: str, sentence: str
) -> Iterator[Mistake]:
    """What is wrong with one holiday by itself."""
    for name in holiday.name.split("、"):
        if name not in NAMES:
            facts = {"value": name, "sentence": sentence}
            yield Mistake("unknown-holiday", (file,), facts)

    yield from make_up_mistakes(holiday, file, sentence)


def make_up_mistakes(
    holiday: Holiday, file: str, sentence: str, *, even: bool = True
) -> Iterator[Mistake]:
    """Days worked for a holiday that cannot be; not as many as exchanged."""

    def wrong(code: str, **facts: object) -> Mistake:
        return Mistake(code, (file,), {**facts, "sentence": sentence})

    near = timedelta(days=FURTHEST)
    for when in holiday.make_up:
        if holiday.first <= when <= holiday.last:
            yield wrong("make-up-inside", value=str(when))
        elif not holiday.first - near <= when <= holiday.last + near:
            yield wrong("make-up-far", value=str(when), most=FURTHEST)

    kinds = dict(kinds_of(holiday, holiday.last.year)).values()
    exchanged = sum(kind is DayKind.EXCHANGED for kind in kinds)
    worked = len(set(holiday.make_up))
    if even and exchanged != worked:
        yield wrong("exchange-uneven", exchanged=exchanged, worked=worked)


def year_mistakes(
    year: int, holidays: Iterable[Holiday], file: str
) -> list[Mistake]:
    """What is missing from a year, and what clashes in it."""
    # A year may hold the December days of the next one's 元旦.
    holidays = tuple(h for h in holidays if h.last.year == year)
    named = [name for h in holidays for name in h.name.split("、")]
    found = [
        Mistake("holiday-missing", (file,), {"value": name})
        for name in NAMES
        if name not in named
    ]
    found += [
        Mistake("holiday-twice", (file,), {"value": name})
        for name in NAMES
        if named.count(name) > 1
    ]
    return [*found, *_outside(year, holidays, file), *_clashes(holidays, file)]


def _outside(
    year: int, holidays: tuple[Holiday, ...], file: str
) -> Iterator[Mistake]:
    """Statutory days that no holiday holds."""
    if not holidays:
        return

    for when, name in statutory_days(year).items():
        if not any(h.first <= when <= h.last for h in holidays):
            facts = {"value": str(when), "name": name}
            yield Mistake("statutory-outside", (file,), facts)


def _clashes(holidays: tuple[Holiday, ...], file: str) -> Iterator[Mistake]:
    """Dates that two holidays claim, or that one has off and one works."""
    off: dict[date, str] = {}
    for holiday in holidays:
        for when in days_between(holiday.first, holiday.last):
            if when in off:
                facts = {"value": str(when), "name": off[when]}
                yield Mistake("holidays-overlap", (file,), facts)
            off[when] = holiday.name

    for holiday in holidays:
        for when in holiday.make_up:
            if off.get(when, holiday.name) != holiday.name:
                facts = {"value": str(when), "name": off[when]}
                yield Mistake("make-up-inside", (file,), facts)
