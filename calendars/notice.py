"""
Reads the State Council's notice as people paste it.

Either every sentence about days is understood and agrees with the
calendar, or each one that is not is quoted back and nothing is read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import normalize

from calendars.checks import YEARS, holiday_mistakes, year_mistakes
from calendars.december import years_made
from calendars.sentences import (
    NotUnderstood,
    days_off,
    days_worked,
    longer_holiday,
)
from roster.days import CalendarYear, Holiday, Notice
from roster.errors import Mistake, Unusable

TITLE = re.compile(
    r"关于(?:调整|延长)?(\d{4})年(\S{2,12}?)(?:安排的?)?(?:的)?通知"
)
NUMBER = re.compile(r"国办发(?:明电)?〔\d{4}〕\d+号")
ISSUED = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$", re.MULTILINE)
ITEM = re.compile(r"^[一二三四五六七八九十]+、(?:(\S{1,12}?)：)?(.+)$")
ABOUT_DAYS = re.compile(r"\d日[^。]*?(?:放假|上班|休息|调休)")
# Advice that binds nobody.
ADVICE = re.compile(r"鼓励|可结合|推迟开学")


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered paragraph: a holiday's name and its sentences."""

    name: str
    sentences: tuple[str, ...]


def read_notice(
    text: str, file: str, known: Callable[[int], CalendarYear]
) -> tuple[CalendarYear, ...]:
    """
    The years a notice makes: its own, and the one before where it begins.

    Parameters
    ----------
    known
        A year as it stands; amendments and late December build on it.

    Raises
    ------
    Unusable
        With every sentence that is not understood or does not agree.
    """
    clean = _clean(text)
    title = TITLE.search(clean.replace("\n", ""))
    if not title:
        raise Unusable(Mistake("not-a-notice", (file,)))

    reading = _Reading(file, int(title[1]), title[0])
    if reading.year not in YEARS:
        facts = {"value": reading.year, "sentence": title[0]}
        raise Unusable(Mistake("not-a-year", (file,), facts))

    notice = reading.head(clean)
    amending = "部分节假日" not in title[2]
    holidays = list(reading.holidays(_items(clean, title[2])))
    reading.check_rest(clean)
    if amending:
        holidays = reading.amended(known(reading.year), holidays)
    reading.mistakes += year_mistakes(reading.year, holidays, file)
    if reading.mistakes:
        raise Unusable(*reading.mistakes)

    before = known(reading.year).notices if amending else ()
    notices = (*(n for n in before if n != notice), notice)
    return years_made(reading.year, holidays, notices, known)


def _clean(text: str) -> str:
    """Half-width digits, full-width marks, a paragraph a line."""
    text = normalize("NFKC", text).translate(
        str.maketrans(",;:()", "，；：（）")
    )
    lines = [re.sub(r"[\s\u200b]+", "", line) for line in text.splitlines()]
    joined: list[str] = []
    for line in filter(None, lines):
        begins = ITEM.match(line) or not joined or _is_whole(joined[-1])
        if begins:
            joined.append(line)
        else:
            joined[-1] += line
    return "\n".join(joined)


def _is_whole(line: str) -> bool:
    """Whether a pasted line ends where its paragraph does."""
    return not ITEM.match(line) or line.endswith("。")


def _items(text: str, subject: str) -> Iterator[Item]:
    """The numbered paragraphs; an amendment's holiday is in its title."""
    named = re.sub(r"(假期|放假).*$", "", subject)
    for line in text.splitlines():
        found = ITEM.match(line)
        if found:
            sentences = [s for s in re.split(r"[。；]", found[2]) if s]
            yield Item(found[1] or named, tuple(sentences))


class _Reading:
    """A notice being read; ``mistakes`` grow while it is."""

    def __init__(self, file: str, year: int, title: str) -> None:
        self.file = file
        self.year = year
        self.title = title
        self.mistakes: list[Mistake] = []
        self.quoted: set[str] = set()
        self.longer: dict[str, date] = {}

    def head(self, text: str) -> Notice:
        """The notice's number, date and title."""
        number = NUMBER.search(text)
        issued = None
        for found in ISSUED.finditer(text):
            try:
                issued = date(*map(int, found.groups()))
            except ValueError:
                facts = {"value": found[0], "sentence": found[0]}
                where = (self.file,)
                self.mistakes.append(Mistake("no-such-date", where, facts))
        source = f"国务院办公厅{self.title}"
        return Notice(number[0] if number else "", issued, source)

    def holidays(self, items: Iterator[Item]) -> Iterator[Holiday]:
        """Each holiday that an item makes."""
        for item in items:
            off: tuple[date, date] | None = None
            worked: tuple[date, ...] = ()
            for sentence in item.sentences:
                self.quoted.add(sentence)
                off, worked = self._sentence(sentence, off, worked)
            if off:
                holiday = Holiday(item.name, *off, worked)
                quoted = "。".join(item.sentences)
                self.mistakes += holiday_mistakes(holiday, self.file, quoted)
                yield holiday

    def _sentence(
        self,
        sentence: str,
        off: tuple[date, date] | None,
        worked: tuple[date, ...],
    ) -> tuple[tuple[date, date] | None, tuple[date, ...]]:
        try:
            if longer := longer_holiday(sentence):
                self.longer[longer[1]] = longer[2]
                return off, worked

            if found := days_off(sentence, self.year):
                if off:
                    raise NotUnderstood("off-twice")
                if found[0].year < self.year - 1 or found[1].year != self.year:
                    raise NotUnderstood("not-understood")
                return found, worked

            if days := days_worked(sentence, self.year):
                return off, (*worked, *days)

            if ABOUT_DAYS.search(sentence) and not ADVICE.search(sentence):
                raise NotUnderstood("not-understood")
        except NotUnderstood as error:
            self.mistakes.append(error.mistake((self.file,), sentence))

        return off, worked

    def check_rest(self, text: str) -> None:
        """Whatever speaks of days outside the items is not passed over."""
        for sentence in re.split(r"[。；\n]", text):
            about = ABOUT_DAYS.search(sentence)
            inside = any(quoted in sentence for quoted in self.quoted)
            if about and not inside and not ADVICE.search(sentence):
                error = NotUnderstood("not-understood")
                self.mistakes.append(error.mistake((self.file,), sentence))

    def amended(
        self, before: CalendarYear, changed: list[Holiday]
    ) -> list[Holiday]:
        """The year's holidays with those of an amendment put in."""
        if before.provisional:
            facts = {"value": str(self.year)}
            self.mistakes.append(
                Mistake("amends-nothing", (self.file,), facts)
            )
            return []

        new = {holiday.name: holiday for holiday in changed}
        holidays = [new.pop(h.name, h) for h in before.holidays]
        longer = dict(self.longer)
        holidays = [_stretched(h, longer.pop(h.name, None)) for h in holidays]
        for name in (*new, *longer):
            facts = {"value": name}
            where = (self.file,)
            self.mistakes.append(Mistake("unknown-holiday", where, facts))
        if not changed and not self.longer:
            self.mistakes.append(Mistake("not-a-notice", (self.file,)))
        return holidays


def _stretched(holiday: Holiday, last: date | None) -> Holiday:
    """A prolonged holiday; make-up days inside it fall away."""
    if last is None:
        return holiday

    make_up = tuple(
        d for d in holiday.make_up if not holiday.first <= d <= last
    )
    return replace(holiday, last=last, make_up=make_up)
