"""A notice, as people paste it, becomes the right year or is quoted back."""

import json
import re
from collections import Counter
from datetime import date, timedelta

import chinese_calendar
import holidays as holidays_package
import pytest

from calendars import China
from calendars.documents import from_json, to_json
from calendars.notice import read_notice
from calendars.open_data import read_open_data
from calendars.years import provisional_year, shipped_years
from roster.days import CalendarYear, DayKind
from roster.errors import Unusable
from tests.calendars.notices import LABOUR_2019, NOTICES, SPRING_2020


def read(text: str, *known: CalendarYear) -> CalendarYear:
    """The notice's own year."""
    years = {year.year: year for year in known}
    found = read_notice(
        text, "通知.txt", lambda n: years.get(n) or provisional_year(n)
    )
    return found[0]


def amended(number: int) -> CalendarYear:
    """A year with whatever amended it."""
    year = read(NOTICES[number])
    more = {2019: LABOUR_2019, 2020: SPRING_2020}.get(number)
    return read(more, year) if more else year


def mistakes(text: str, *known: CalendarYear) -> list[tuple[str, str]]:
    """What is wrong, with the sentence quoted."""
    with pytest.raises(Unusable) as error:
        read(text, *known)
    return [
        (m.code, str(m.facts.get("sentence", "")))
        for m in error.value.mistakes
    ]


@pytest.mark.parametrize("number", NOTICES)
def test_every_day_of_a_notice_is_off_or_worked_as_it_was(number):
    year = amended(number)

    for when, day in year.days.items():
        # The package knows nothing of weekends that a make-up day joins.
        assert day.off == chinese_calendar.is_holiday(when), when


@pytest.mark.parametrize("number", [2024, 2025, 2026])
def test_a_shipped_year_is_what_its_notice_says(number):
    read_days = read(NOTICES[number]).days

    assert read_days == shipped_years()[number].days


@pytest.mark.parametrize("number", [2024, 2025, 2026])
def test_exchanged_days_are_those_a_second_witness_names(number):
    year = shipped_years()[number]

    for when, day in year.days.items():
        _, name = chinese_calendar.get_holiday_detail(when)
        assert (day.kind is DayKind.EXCHANGED) == (
            chinese_calendar.is_in_lieu(when)
        ), (when, name)


def witness(number: int) -> dict[date, DayKind]:
    """The special days of a year as another package tells them apart."""
    names = holidays_package.country_holidays(
        "CN", years=number, language="zh_CN"
    )
    kinds = {
        when: DayKind.EXCHANGED
        if "休息日" in name
        else DayKind.SUBSTITUTE
        if "补假" in name
        else DayKind.STATUTORY
        for when, name in names.items()
    }
    return dict(sorted(kinds.items()))


@pytest.mark.parametrize("number", [2024, 2025, 2026])
def test_each_kind_of_day_off_is_as_a_third_witness_has_it(number):
    plain = (DayKind.WEEKEND, DayKind.WORKDAY, DayKind.MAKE_UP)

    ours = {
        when: day.kind
        for when, day in shipped_years()[number].days.items()
        if day.kind not in plain
    }

    # In 2024 neither counts 除夕: the law that names it began in 2025.
    assert ours == witness(number)


@pytest.mark.parametrize("number", [2024, 2025, 2026])
def test_all_three_know_the_same_days_off_and_days_worked(number):
    third = holidays_package.country_holidays("CN", years=number)

    for when, day in shipped_years()[number].days.items():
        answers = {
            day.off,
            chinese_calendar.is_holiday(when),
            not third.is_working_day(when),
        }
        assert len(answers) == 1, when


@pytest.mark.parametrize("number", [2024, 2025, 2026])
def test_a_witness_that_names_more_days_than_the_law_is_not_followed(number):
    festivals = {festival.value for festival in chinese_calendar.Holiday}
    days = shipped_years()[number].days
    named = {
        when
        for when in days
        if chinese_calendar.is_holiday(when)
        and chinese_calendar.get_holiday_detail(when)[1] in festivals
        and not chinese_calendar.is_in_lieu(when)
    }

    lawful = {d for d in days if days[d].kind is DayKind.STATUTORY}

    # It calls every day of a holiday but the exchanged ones by the
    # festival's name. We are right: the law counts 11 days (13 since 2025,
    # two festivals may share one); the rest are weekends and 补假, which
    # are paid as rest days.
    assert lawful < named
    assert len(lawful) == (11 if number < 2025 else 13)
    assert {days[when].kind for when in named - lawful} <= {
        DayKind.WEEKEND,
        DayKind.SUBSTITUTE,
    }


def test_counts_of_days_that_need_duty():
    counts = {
        number: sum(day.off for day in shipped_years()[number].days.values())
        for number in (2024, 2025, 2026)
    }

    assert counts == {2024: 115, 2025: 117, 2026: 117}


def test_a_notice_is_kept_with_its_number_and_date():
    (notice,) = read(NOTICES[2025]).notices

    assert notice.number == "国办发明电〔2024〕12号"
    assert notice.issued == date(2024, 11, 12)
    assert "2025年部分节假日安排" in notice.source


def test_an_amendment_changes_its_holiday_and_nothing_else():
    before = read(NOTICES[2019])

    after = read(LABOUR_2019, before)

    changed = [
        when for when in before.days if before.days[when] != after.days[when]
    ]
    assert changed == [
        date(2019, 4, 27),  # its run lost the Sunday
        date(2019, 4, 28),
        *(date(2019, 5, n) for n in range(1, 6)),
    ]
    assert [n.number for n in after.notices] == [
        "国办发明电〔2018〕15号",
        "国办发明电〔2019〕3号",
    ]
    assert after.version == before.version + 1


def test_an_amendment_of_a_year_nobody_knows_is_refused():
    assert ("amends-nothing", "") in mistakes(LABOUR_2019)


def test_a_holiday_may_be_prolonged():
    year = read(SPRING_2020, read(NOTICES[2020]))

    assert year.days[date(2020, 2, 1)].off  # was a make-up day
    assert year.days[date(2020, 2, 2)].run.last == date(2020, 2, 2)
    assert not year.days[date(2020, 2, 3)].off


def test_a_new_years_holiday_reaches_back_into_the_old_year():
    known = {2022: read(NOTICES[2022])}

    years = read_notice(
        NOTICES[2023], "n", lambda n: known.get(n) or provisional_year(n)
    )

    assert [year.year for year in years] == [2023, 2022]
    china = China({year.year: year for year in years})
    run = china.day(date(2022, 12, 31)).run
    assert (run.first, run.last) == (date(2022, 12, 31), date(2023, 1, 2))


@pytest.mark.parametrize("number", NOTICES)
def test_a_notice_pasted_badly_is_still_understood(number):
    text = NOTICES[number]
    wide = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    torn = wide.replace("放假", " 放假\u3000").replace("，共", ",共")
    torn = torn.replace("调休，", "调休，\n")

    assert read(torn).days == read(text).days


def test_a_year_that_was_read_is_kept_whole():
    year = amended(2019)

    assert from_json(to_json(year)) == year


def swapped(number: int, old: str, new: str) -> str:
    assert old in NOTICES[number]
    return NOTICES[number].replace(old, new)


SPRING = (
    "1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天"
)

# Twenty ways in which a notice is damaged: year, what, by what, how it is
# refused, and a piece of the sentence that is quoted back.
DAMAGED = [
    (2025, "共8天。1月", "共9天。1月", "count-differs", "共9天"),
    (
        2025,
        "（农历除夕、周二）",
        "（农历除夕、周三）",
        "weekday-differs",
        SPRING[:5],
    ),
    (2025, "农历正月初七", "农历正月初八", "lunar-differs", "正月初八"),
    (
        2025,
        "4月27日（周日）上班",
        "4月27日（周六）上班",
        "weekday-differs",
        "4月27日",
    ),
    (
        2025,
        "4月27日（周日）上班",
        "4月28日上班",
        "make-up-on-a-weekday",
        "4月28日",
    ),
    (2025, "4月27日（周日）上班。", "", "exchange-uneven", "5月1日"),
    (2025, "1月26日（周日）、2月8日", "2月8日", "exchange-uneven", "2月8日"),
    (
        2025,
        "6月2日（周一）放假",
        "6月31日（周一）放假",
        "no-such-date",
        "6月31日",
    ),
    (2025, "至2月4日", "至1月4日", "weekday-differs", "1月4日"),
    (2024, "2月10日至17日", "2月17日至10日", "range-reversed", "17日至10日"),
    (
        2024,
        "4月7日（星期日）上班",
        "4月7日（星期日）可能上班",
        "not-understood",
        "可能上班",
    ),
    (2024, "放假调休，共8天", "放假或者调休，共8天", "not-understood", "或者"),
    (
        2024,
        "6月10日放假，与周末连休",
        "6月12日放假，与周末连休",
        "no-weekend-beside",
        "6月12日",
    ),
    (2024, "端午节：", "端阳节：", "unknown-holiday", "6月10日"),
    (
        2024,
        "中秋节：9月15日至17日",
        "中秋节：9月14日至17日",
        "count-differs",
        "9月14日",
    ),
    (
        2024,
        "9月15日至17日放假调休",
        "9月15日至16日放假调休",
        "count-differs",
        "9月15日至16日",
    ),
    (
        2026,
        "5月9日（周六）上班",
        "5月2日（周六）上班",
        "make-up-inside",
        "5月2日",
    ),
    (2026, "9月20日（周日）、", "", "exchange-uneven", "10月10日"),
    (
        2026,
        "共3天。1月4日（周日）上班",
        "共3天。1月5日（周一）放假，共1天",
        "off-twice",
        "1月5日",
    ),
    (
        2026,
        "遇有重大突发事件",
        "另，12月31日放假，遇有重大突发事件",
        "not-understood",
        "12月31日",
    ),
]


@pytest.mark.parametrize(("number", "old", "new", "code", "quoted"), DAMAGED)
def test_a_damaged_notice_is_refused_with_its_sentence(
    number, old, new, code, quoted
):
    found = mistakes(swapped(number, old, new))

    assert any(c == code and quoted in sentence for c, sentence in found), (
        found
    )


def test_a_notice_without_one_of_its_holidays_is_refused():
    text = re.sub(r"五、端午节：.*\n", "", NOTICES[2026])

    assert mistakes(text) == [
        ("holiday-missing", ""),
        ("statutory-outside", ""),
    ]


@pytest.mark.parametrize("text", ["", "今天放假。", "关于开会的通知"])
def test_what_is_no_notice_is_said_to_be_none(text):
    assert mistakes(text) == [("not-a-notice", "")]


def test_all_mistakes_are_named_at_once():
    text = swapped(2025, "共8天。1月", "共9天。1月")
    text = text.replace("4月27日（周日）", "4月27日（周六）")

    assert Counter(code for code, _ in mistakes(text)) >= Counter(
        ["count-differs", "weekday-differs"]
    )


def open_data(number: int) -> dict:
    """A year in the form of the open data set."""
    days = []
    for holiday in shipped_years()[number].holidays:
        length = (holiday.last - holiday.first).days + 1
        days += [
            {
                "name": holiday.name,
                "date": str(holiday.first + timedelta(days=n)),
                "isOffDay": True,
            }
            for n in range(length)
        ]
        days += [
            {"name": holiday.name, "date": str(when), "isOffDay": False}
            for when in holiday.make_up
        ]
    days.sort(key=lambda day: day["date"])
    return {"year": number, "papers": ["notice"], "days": days}


@pytest.mark.parametrize("number", [2024, 2025, 2026])
def test_the_open_data_set_gives_the_same_year(number):
    text = json.dumps(open_data(number))

    (year,) = read_open_data(text, "2025.json", provisional_year)

    assert year.days == shipped_years()[number].days


def test_damaged_open_data_is_refused_with_every_place():
    document = open_data(2025)
    document["days"][0]["date"] = "2025-13-01"
    del document["days"][3]["isOffDay"]

    with pytest.raises(Unusable) as error:
        read_open_data(json.dumps(document), "2025.json", provisional_year)

    assert [m.where[1] for m in error.value.mistakes] == [
        "$.days[0]",
        "$.days[3]",
    ]
