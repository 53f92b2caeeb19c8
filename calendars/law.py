"""
Statutory days of all citizens by 《全国年节及纪念日放假办法》.

Two versions are known: that of 2014 (11 days) and that in force since
2025-01-01 (13 days: 除夕 and 2 May were added). For years before 2014 the
law of 2014 is applied.
"""

from datetime import date, timedelta

from calendars.lunar import (
    dragon_boat,
    mid_autumn,
    new_year,
    new_years_eve,
    qingming,
)


def statutory_days(year: int) -> dict[date, str]:
    """Each statutory date of a year with its festival, by date."""
    first = new_year(year)
    days = {date(year, 1, 1): "元旦"}
    days |= {first + timedelta(days=n): "春节" for n in range(3)}
    days[qingming(year)] = "清明节"
    days[date(year, 5, 1)] = "劳动节"
    days[dragon_boat(year)] = "端午节"
    days |= dict.fromkeys(national_days(year), "国庆节")
    days.setdefault(mid_autumn(year), "中秋节")

    if year >= 2025:
        days[new_years_eve(year)] = "除夕"
        days[date(year, 5, 2)] = "劳动节"

    return dict(sorted(days.items()))


def national_days(year: int) -> tuple[date, ...]:
    """The three statutory days of 国庆节."""
    return tuple(date(year, 10, n) for n in (1, 2, 3))
