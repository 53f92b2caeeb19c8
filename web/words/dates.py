"""Dates as they are read in prose; tables keep to 2026-10-01."""

from datetime import date

from babel.dates import format_date

from web.language import CHINESE
from web.words.office import WEEKDAYS


def full_date(when: date, language: str = CHINESE) -> str:
    """2026年5月1日（星期五）; Friday, 1 May 2026."""
    if language == CHINESE:
        weekday = WEEKDAYS[when.weekday()][0]
        return f"{when.year}年{when.month}月{when.day}日（星期{weekday}）"

    return format_date(when, "EEEE, d MMMM y", locale="en")


def month_name(when: date, language: str = CHINESE) -> str:
    """2026年10月; October 2026."""
    if language == CHINESE:
        return f"{when.year}年{when.month}月"

    return format_date(when, "MMMM y", locale="en")
