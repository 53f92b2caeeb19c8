"""What a day needs of a unit: shifts, their hours, tags and burdens."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from roster.days import CalendarDay, DayKind, days_between
from roster.people import Period
from roster.posts import DutyDay, burden_of, is_due, make_shifts
from roster.problem import Shift
from roster.rules.rulebook import Override, Params
from tests.offices import BOOKS, CHINA

PLAIN = date(2026, 10, 17)  # a Saturday with nothing around it
NATIONAL = date(2026, 10, 1)  # 法定
FRIDAY = date(2026, 10, 16)
MAKE_UP = date(2026, 10, 10)  # a Saturday worked
EVE = date(2026, 2, 16)  # 除夕


def rules(book: str, **values) -> Params:
    """A document with these parameters set differently for good."""
    changed = [
        Override(book, "", name, value, Period(), "试验", "8号")
        for name, value in values.items()
    ]
    return Params(BOOKS[book], changed, "U001")


def duty_day(when: date, **facts) -> DutyDay:
    return DutyDay(CHINA.day(when), **facts)


def shifts(
    *dates: date, book="schools", facts=None, combined=False, **values
) -> tuple[Shift, ...]:
    """The shifts of these dates; the facts are those of every date."""
    days = [duty_day(when, **(facts or {})) for when in dates]
    return make_shifts(days, rules(book, **values), combined=combined)


def hours(made: Sequence[Shift]) -> dict[str, str]:
    """Id without its date → hours, with + where the end is next day."""
    return {
        shift.id.split("/")[1]: f"{shift.start:%H:%M}-{shift.end:%H:%M}"
        + "+" * (shift.end.date() - shift.start.date()).days
        for shift in made
    }


def needs(made: Sequence[Shift]) -> dict[str, int]:
    return {shift.id.split("/")[1]: shift.needs for shift in made}


STUDENTS = {"students": True}
BOARDERS = {"students": True, "boarding": True}


def test_the_bureau_has_a_leader_and_people_by_day_and_by_night():
    assert hours(shifts(PLAIN, book="bureau")) == {
        "lead": "08:00-08:00+",
        "duty-day": "08:00-18:00",
        "duty-night": "18:00-08:00+",
    }


def test_the_bureau_adds_a_head_of_section_on_statutory_days_only():
    days = list(days_between(NATIONAL, date(2026, 10, 7)))

    made = shifts(*days, book="bureau")

    middle = [shift.date for shift in made if shift.post == "middle"]
    assert middle == days[:3]
    assert hours(s for s in made if s.post == "middle") == {
        "middle": "08:00-18:00"
    }


def test_a_school_without_students_has_its_leader_alone():
    assert hours(shifts(PLAIN)) == {"lead": "08:00-08:00+"}


def test_a_school_with_students_has_two_teachers_by_day():
    assert needs(shifts(PLAIN, facts=STUDENTS)) == {"lead": 1, "duty-day": 2}


def test_teachers_stand_every_day_where_a_paper_orders_it():
    ordered = shifts(PLAIN, teacher_mode="每个值班日都排")

    assert needs(ordered) == {"lead": 1, "duty-day": 2}


def test_teachers_never_stand_where_the_unit_has_none_stand():
    assert needs(shifts(PLAIN, facts=STUDENTS, teacher_mode="不排")) == {
        "lead": 1
    }


def test_an_order_for_teachers_ends_when_it_says():
    order = Override(
        "schools",
        "",
        "teacher_mode",
        "每个值班日都排",
        Period(NATIONAL, date(2026, 10, 3)),
        "上级通知",
        "教发〔2026〕30号",
    )
    params = Params(BOOKS["schools"], [order], "U001")
    days = [duty_day(d) for d in days_between(NATIONAL, date(2026, 10, 7))]

    made = make_shifts(days, params)

    taught = {shift.date.day for shift in made if shift.post == "duty"}
    assert taught == {1, 2, 3}


def test_only_a_boarding_school_has_teachers_at_night():
    day_school = shifts(PLAIN, facts=STUDENTS, night_staff=1)
    boarding = shifts(PLAIN, facts=BOARDERS, night_staff=1)

    assert "duty-night" not in needs(day_school)
    assert needs(boarding)["duty-night"] == 1


def test_keepers_of_dormitories_stand_only_where_boarders_stay():
    assert hours(shifts(PLAIN, facts=BOARDERS, dorm_staff=2)) == {
        "lead": "08:00-08:00+",
        "duty-day": "08:00-18:00",
        "dorm": "21:00-07:00+",
    }
    for facts in ({}, STUDENTS, {"boarding": True}):
        assert "dorm" not in needs(shifts(PLAIN, facts=facts, dorm_staff=2))


def test_guards_and_keepers_are_in_no_roster_until_a_unit_turns_them_on():
    made = shifts(PLAIN, facts=BOARDERS)

    assert {shift.post for shift in made} == {"lead", "duty"}


@pytest.mark.parametrize(
    ("mode", "found"),
    [
        ("全天一班", {"guard": "08:00-08:00+"}),
        (
            "白班和夜班",
            {"guard-day": "08:00-20:00", "guard-night": "20:00-08:00+"},
        ),
    ],
)
def test_guards_stand_around_the_clock(mode, found):
    made = shifts(PLAIN, guards_per_shift=1, guard_mode=mode)

    assert hours(s for s in made if s.post == "guard") == found


@pytest.mark.parametrize(
    ("mode", "found"),
    [
        ("白班和夜班", {"duty-day": "08:00-18:00",
                        "duty-night": "18:00-08:00+"}),
        ("全天一班", {"duty-full": "08:00-08:00+"}),
        ("只有白班", {"duty-day": "08:00-18:00"}),
    ],
)  # fmt: skip
def test_duty_goes_by_day_and_night_in_one_or_by_day_only(mode, found):
    made = shifts(PLAIN, book="bureau", shift_mode=mode)

    assert hours(s for s in made if s.post == "duty") == found


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (date(2026, 4, 26), "08:00-18:00"),
        (date(2026, 5, 1), "08:00-20:00"),
        (date(2026, 9, 27), "08:00-20:00"),
        (date(2026, 10, 1), "08:00-18:00"),
    ],
)
def test_summer_has_its_own_hours_between_its_dates(when, found):
    made = shifts(
        when, book="bureau", summer_from="05-01", summer_until="09-30"
    )

    assert hours(made)["duty-day"] == found
    assert hours(made)["duty-night"].startswith(found[-5:])


def test_without_dates_there_is_no_summer():
    made = shifts(date(2026, 7, 4), book="bureau")

    assert hours(made)["duty-day"] == "08:00-18:00"


@pytest.mark.parametrize("book", BOOKS)
def test_day_and_night_leave_no_minute_out(book):
    made = shifts(
        PLAIN,
        book=book,
        facts=BOARDERS,
        night_staff=1,
        summer_from="05-01",
        summer_until="10-31",
    )

    day, night = (s for s in made if s.post == "duty")
    assert day.end == night.start
    assert night.end - day.start == timedelta(hours=24)


def test_in_bad_weather_people_are_added_even_without_students():
    added = shifts(PLAIN, surge_staff=1, surge_leaders=1)

    assert needs(added) == {"lead": 2, "duty-day": 1}
    # Without it nobody would stand, so that article is the one to name.
    assert [s.article for s in added] == ["第三条", "第二十一条"]


def test_in_bad_weather_people_join_those_who_stand_anyway():
    added = shifts(PLAIN, facts=STUDENTS, surge_staff=1)

    assert needs(added) == {"lead": 1, "duty-day": 3}
    assert [s.article for s in added] == ["第三条", "第九条"]


def test_joining_leads_and_duty_saves_one_person_by_day():
    joined = shifts(PLAIN, facts=STUDENTS, combined=True)

    assert needs(joined) == {"lead+duty": 1, "duty-day": 1}
    assert needs(shifts(PLAIN, combined=True)) == {"lead": 1}


@pytest.mark.parametrize("book", BOOKS)
def test_a_weekend_worked_needs_nobody(book):
    assert shifts(MAKE_UP, FRIDAY, book=book) == ()


@pytest.mark.parametrize(
    ("scope", "due"),
    [
        ("双休和节假日", ["02-15", "02-16", "02-21", "03-01"]),
        ("仅节假日", ["02-15", "02-16", "02-21"]),
        ("每天", ["02-12", "02-15", "02-16", "02-21", "02-27", "03-01"]),
    ],
)
def test_a_vacation_is_manned_as_the_unit_says(scope, due):
    params = rules("schools", vacation_days=scope)
    days = [
        date(2026, 2, 12),  # a Thursday
        date(2026, 2, 15),  # the Sunday the run of 春节 begins on
        date(2026, 2, 16),  # 除夕
        date(2026, 2, 21),  # a Saturday inside the run
        date(2026, 2, 27),  # a Friday
        date(2026, 3, 1),  # a plain Sunday
    ]

    found = [d for d in days if is_due(duty_day(d, vacation=True), params)]

    assert [f"{when:%m-%d}" for when in found] == due


@pytest.mark.parametrize("scope", ["双休和节假日", "仅节假日", "每天"])
def test_outside_the_vacation_its_scope_says_nothing(scope):
    params = rules("schools", vacation_days=scope)

    assert is_due(duty_day(PLAIN), params)
    assert not is_due(duty_day(FRIDAY), params)


def test_a_unit_may_leave_out_a_kind_of_day():
    kinds = ("法定", "补假", "调休")

    assert shifts(PLAIN, duty_kinds=kinds) == ()
    assert len(shifts(NATIONAL, duty_kinds=kinds)) == 1


def test_both_days_of_a_weekend_are_one_block_for_who_leads():
    made = shifts(PLAIN, PLAIN + timedelta(days=1), facts=STUDENTS)

    blocks = {shift.id: shift.block for shift in made}
    assert blocks == {
        "2026-10-17/lead": "2026-10-17-周末",
        "2026-10-17/duty-day": "",
        "2026-10-18/lead": "2026-10-17-周末",
        "2026-10-18/duty-day": "",
    }


def test_half_a_weekend_is_no_block():
    sunday = MAKE_UP + timedelta(days=1)

    assert [s.block for s in shifts(MAKE_UP, sunday)] == [""]


@pytest.mark.parametrize("eve", [EVE, date(2027, 2, 5)])
def test_new_years_eve_and_day_are_one_block_and_their_weekend_none(eve):
    run = list(days_between(eve - timedelta(days=1), eve + timedelta(days=3)))

    made = shifts(*run)

    blocks = {shift.date: shift.block for shift in made}
    festive = f"{eve.year}-除夕初一"
    assert blocks[eve] == blocks[eve + timedelta(days=1)] == festive
    assert [b for b in blocks.values() if b] == [festive, festive]


def test_new_years_eve_and_day_are_tagged_for_principals():
    tagged = {
        when
        for when in days_between(date(2026, 2, 10), date(2026, 2, 25))
        for shift in shifts(when)
        if "principal-day" in shift.tags
    }

    assert tagged == {EVE, EVE + timedelta(days=1)}


@pytest.mark.parametrize(
    ("when", "tags"),
    [
        (PLAIN, ("weekend", "weekend")),
        (NATIONAL, ("statutory", "holiday", "国庆节", "long-holiday")),
        (date(2026, 10, 5), ("substitute", "holiday", "国庆节",
                             "long-holiday")),
        (date(2026, 10, 6), ("exchanged", "holiday", "国庆节",
                             "long-holiday")),
        (date(2026, 9, 26), ("weekend", "holiday", "中秋节")),
        (EVE, ("statutory", "holiday", "春节", "long-holiday",
               "principal-day")),
    ],
)  # fmt: skip
def test_a_shift_bears_what_its_day_is(when, tags):
    (lead,) = shifts(when)

    assert lead.tags == tags


def test_only_what_ends_next_day_is_a_night_and_leading_is_none():
    made = shifts(
        PLAIN,
        facts=BOARDERS,
        night_staff=1,
        dorm_staff=1,
        guards_per_shift=1,
    )

    nights = {s.id.split("/")[1] for s in made if "night" in s.tags}
    assert nights == {"duty-night", "dorm", "guard"}
    assert all("students" in shift.tags for shift in made)


@pytest.mark.parametrize(
    ("when", "burden"),
    [
        (PLAIN, {"total", "weekend"}),
        (NATIONAL, {"total", "holiday"}),
        (date(2026, 10, 4), {"total", "holiday"}),  # a Sunday of 国庆节
        (date(2026, 10, 6), {"total", "holiday"}),  # 调休
        (date(2026, 2, 15), {"total", "holiday", "spring"}),
        (EVE, {"total", "holiday", "spring"}),
    ],
)
def test_a_duty_counts_in_a_tree_of_ledgers(when, burden):
    (lead,) = shifts(when)

    assert lead.burden == dict.fromkeys(burden, 1)


def test_every_day_of_five_years_counts_in_the_same_tree():
    for when in days_between(date(2024, 1, 1), date(2028, 12, 31)):
        burden = set(burden_of(CHINA.day(when)))

        assert burden in (
            {"total", "weekend"},
            {"total", "holiday"},
            {"total", "holiday", "spring"},
        )


def test_a_duty_may_count_more_than_once():
    (lead,) = shifts(PLAIN, duty_points=2)

    assert lead.burden == {"total": 2, "weekend": 2}


def test_a_shift_names_the_article_that_asks_for_it():
    made = shifts(
        NATIONAL,
        facts=BOARDERS,
        night_staff=1,
        dorm_staff=1,
        guards_per_shift=1,
        middle_staff=1,
    )

    assert {s.id.split("/")[1]: s.article for s in made} == {
        "lead": "第三条",
        "middle": "第九条",
        "duty-day": "第九条",
        "duty-night": "第九条",
        "guard": "第六条",
        "dorm": "第九条",
    }


def test_parameters_are_those_of_each_date():
    later = Override(
        "bureau", "", "day_staff", 2, Period(date(2026, 10, 18)), "忙", "9号"
    )
    params = Params(BOOKS["bureau"], [later], "U001")
    days = [duty_day(PLAIN), duty_day(PLAIN + timedelta(days=1))]

    made = make_shifts(days, params)

    assert [s.needs for s in made if s.id.endswith("duty-day")] == [1, 2]


def test_a_day_off_outside_any_run_is_a_weekend_day():
    lone = CalendarDay(PLAIN, DayKind.WEEKEND)

    assert burden_of(lone) == {"total": 1, "weekend": 1}


def test_shifts_have_ids_of_their_own():
    term = days_between(date(2026, 8, 31), date(2027, 2, 28))

    made = shifts(
        *term, facts=BOARDERS, night_staff=1, dorm_staff=1, guards_per_shift=1
    )

    assert len({shift.id for shift in made}) == len(made) > 200
