"""What a deadline is about, and how it was kept, in words."""

from datetime import date

from roster.deadlines import Span
from roster.services.punctuality import Standing
from web.language import CHINESE
from web.words.dates import month_name
from web.words.office import FESTIVALS, Pair

STANDINGS: dict[Standing, Pair] = {
    Standing.READY: ("按时", "in time"),
    Standing.LATE: ("迟 {days} 天", "{days} days late"),
    Standing.OVERDUE: ("逾期 {days} 天", "{days} days overdue"),
    Standing.WAITING: ("未到期", "not due yet"),
}
DAYS_OFF: Pair = ("{month}月{day}日起的连休", "days off from {day}/{month}")
OF_A_YEAR: Pair = ("{year}年{name}", "{name} {year}")


def span_word(
    span: str, first: date, name: str, language: str = CHINESE
) -> str:
    """2026年10月; 2026年国庆节; days off that bear no name."""
    which = 0 if language == CHINESE else 1
    if span == Span.MONTH:
        return month_name(first, language)

    if not name:
        return DAYS_OFF[which].format(month=first.month, day=first.day)

    words = [FESTIVALS.get(one, (one, one))[which] for one in name.split("、")]
    joint = "、" if which == 0 else " / "
    return OF_A_YEAR[which].format(year=first.year, name=joint.join(words))


def standing_word(
    standing: Standing, days: int, language: str = CHINESE
) -> str:
    """How a deadline was kept."""
    words = STANDINGS[standing][0 if language == CHINESE else 1]
    return words.format(days=days)
