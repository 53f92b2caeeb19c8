"""Lunar dates and solar terms, as far as the law on holidays needs them."""

from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, Solar


@lru_cache(maxsize=4096)
def lunar_words(when: date) -> str:
    """The lunar date in words: 正月初一, 闰六月十五."""
    lunar = Solar.fromYmd(when.year, when.month, when.day).getLunar()
    return f"{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"


@lru_cache(maxsize=4096)
def lunar_date(year: int, month: int, day: int) -> date:
    """The date of a lunar month and day in the lunar year ``year``."""
    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def new_year(year: int) -> date:
    """正月初一 in that year."""
    return lunar_date(year, 1, 1)


def new_years_eve(year: int) -> date:
    """除夕, the day before 正月初一 of that year."""
    return new_year(year) - timedelta(days=1)


@lru_cache(maxsize=4096)
def qingming(year: int) -> date:
    """The day of 清明."""
    solar = Lunar.fromYmd(year, 1, 1).getJieQiTable()["清明"]
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def dragon_boat(year: int) -> date:
    """五月初五."""
    return lunar_date(year, 5, 5)


def mid_autumn(year: int) -> date:
    """八月十五."""
    return lunar_date(year, 8, 15)
