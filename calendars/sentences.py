"""The notice's own sentences: dates, ranges, notes in brackets."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from calendars.lunar import lunar_words
from roster.days import days_between
from roster.errors import Mistake

NOTE = r"(?:[（(]([^（()）]*)[）)])?"
DATE = rf"(?:(\d{{4}})年)?(\d{{1,2}})月(\d{{1,2}})日{NOTE}"
# The end of a range leaves out what it shares with its beginning.
END = rf"(?:(\d{{4}})年)?(?:(\d{{1,2}})月)?(\d{{1,2}})日{NOTE}"

OFF = re.compile(
    rf"{DATE}(?:(?:至|到|—|-|~){END})?"
    r"放假(?:调休)?(?:(\d+)天)?(?:，不调休)?(，与周末连休)?(?:，共(\d+)天)?"
)
WORKED = re.compile(rf"{DATE}(?:、{DATE})*(?:均)?(?:正常)?上班")
LONGER = re.compile(
    rf"延长(\d{{4}})年(\S+?)假期至{END}(?:，{DATE}起正常上班)?"
)
ONE_DATE = re.compile(DATE)

WEEKDAYS = "一二三四五六日"
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
LUNAR = re.compile(r"农历([^、，]+)")


class NotUnderstood(ValueError):
    """A sentence that says something we cannot follow."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)

    def mistake(self, where: tuple[str, ...], sentence: str) -> Mistake:
        """With the sentence quoted."""
        return Mistake(self.code, where, {**self.facts, "sentence": sentence})


def days_off(sentence: str, year: int) -> tuple[date, date] | None:
    """The days a sentence declares off; None when it declares none."""
    found = OFF.fullmatch(sentence)
    if not found:
        return None

    parts = found.groups()
    first = _date(parts[0] or year, parts[1], parts[2], parts[3])
    last = first
    if parts[6]:
        month = parts[5] or first.month
        after = int(month) < first.month
        last = _date(parts[4] or first.year + after, month, parts[6], parts[7])
    if last < first:
        raise NotUnderstood("range-reversed")

    counted = parts[8] or parts[10]
    length = (last - first).days + 1
    if counted and int(counted) != length:
        raise NotUnderstood("count-differs", stated=counted, counted=length)

    return _joined(first, last) if parts[9] else (first, last)


def _joined(first: date, last: date) -> tuple[date, date]:
    """与周末连休 adds nothing: the weekend is off by itself."""
    beside = [first - timedelta(days=1), last + timedelta(days=1)]
    if not any(day.weekday() >= 5 for day in beside):
        raise NotUnderstood("no-weekend-beside")

    return first, last


def days_worked(sentence: str, year: int) -> tuple[date, ...] | None:
    """The make-up days a sentence names; None when it names none."""
    if not WORKED.fullmatch(sentence):
        return None

    days = tuple(
        _date(found[1] or year, found[2], found[3], found[4])
        for found in ONE_DATE.finditer(sentence)
    )
    for when in days:
        if when.weekday() < 5:
            raise NotUnderstood("make-up-on-a-weekday", value=str(when))

    return days


def _date(
    year: str | int, month: str | int, day: str | int, note: str | None
) -> date:
    try:
        when = date(int(year), int(month), int(day))
    except ValueError:
        value = f"{year}-{month}-{day}"
        raise NotUnderstood("no-such-date", value=value) from None

    for code, facts in _differences(when, note or ""):
        raise NotUnderstood(code, value=str(when), **facts)

    return when


def _differences(
    when: date, note: str
) -> Iterator[tuple[str, dict[str, object]]]:
    """Where a note in brackets disagrees with its date."""
    for found in WEEKDAY.finditer(note):
        stated = found[1].replace("天", "日")
        known = WEEKDAYS[when.weekday()]
        if stated != known:
            yield "weekday-differs", {"weekday": known}

    for found in LUNAR.finditer(note):
        stated = found[1].strip()
        known = lunar_words(when)
        eve = lunar_words(when + timedelta(days=1)) == "正月初一"
        plain = known.replace("廿", "二十")
        names = {known, plain, plain.replace("腊月", "十二月")}
        names |= {"除夕"} if eve else set()
        if stated not in names:
            yield "lunar-differs", {"lunar": known}


def longer_holiday(sentence: str) -> tuple[int, str, date] | None:
    """延长 … 假期至 …: year, holiday and its new last day."""
    found = LONGER.fullmatch(sentence)
    if not found:
        return None

    year = int(found[1])
    if not found[4]:
        raise NotUnderstood("not-understood")

    last = _date(found[3] or year, found[4], found[5], found[6])
    if found[9]:
        back = _date(found[7] or year, found[8], found[9], found[10])
        if list(days_between(last, back))[1:] != [back]:
            raise NotUnderstood("count-differs", stated=str(back), counted="–")

    return year, found[2], last
