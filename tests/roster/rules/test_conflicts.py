"""
Five ways in which a unit has no roster, and what is said of each.

Every conflict is impossible by itself, and possible as soon as any one of
its members is dropped; both are read by a second checker.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from roster.people import (
    Gender,
    Leave,
    Limit,
    LimitKind,
    Period,
    Presence,
    Relation,
    Standing,
    Unit,
    UnitKind,
)
from roster.problem import ConflictMember, Status
from roster.rules.case import Case
from roster.rules.ladder import climb
from roster.rules.rulebook import Override
from roster.services.conflicts import conflict_lines
from solver import solve
from tests.offices import AUTUMN_2026, BUREAU, SHORT, make_case, people
from tests.roster.rules.relaxation import can_hold
from tests.solver.relaxed import any_roster
from web.words.conflicts import conflict_sentence

SCHOOL = Unit(id="U010", name="柳湾中学", kind=UnitKind.SCHOOL, boarding=True)
SPRING = replace(
    AUTUMN_2026,
    first=date(2027, 1, 25),
    last=date(2027, 2, 14),
    vacations=(),
)
EVE = date(2027, 2, 5)


def setting(param: str, value) -> Override:
    """A parameter the school has set differently, for good."""
    return Override("schools", "", param, value, Period(), "试验", "8号")


# Nothing is eased, so that the articles stand as they are.
FIRM = (
    setting("may_relax_gap", value=False),
    setting("may_combine", value=False),
    setting("may_pool", value=False),
)


def school(*standings, term=SHORT, rules=(), **more) -> Case:
    """The school with these people, in a term of a few weeks."""
    staff = people(SCHOOL, *standings)
    return make_case(
        SCHOOL, term, staff=staff, overrides=(*FIRM, *rules), **more
    )


def leave(case: Case, first: date, last: date, *numbers: int) -> Case:
    """The case with leave for some of its people."""
    away = tuple(Leave(case.staff[n].id, first, last) for n in numbers)
    return replace(case, leave=away)


def married(case: Case) -> Case:
    """The case with its two people, a woman and a man, as a couple."""
    wife, husband = case.staff
    wife = replace(wife, gender=Gender.FEMALE)
    husband = replace(husband, gender=Gender.MALE)
    couple = Relation(wife.id, husband.id)
    return replace(case, staff=(wife, husband), relations=(couple,))


def all_leaders_away() -> Case:
    case = school((Standing.PRINCIPAL, 1), (Standing.MIDDLE, 3))
    return leave(case, date(2026, 10, 1), date(2026, 10, 7), 0, 1, 2, 3)


def one_leader_for_every_day() -> Case:
    return school((Standing.PRINCIPAL, 1))


def a_couple_who_alone_lead_and_guard() -> Case:
    case = school(
        (Standing.PRINCIPAL, 1),
        (Standing.GUARD, 1),
        rules=(
            setting("leader_gap_days", 0),
            setting("guards_per_shift", 1),
        ),
    )
    return married(case)


def women_alone_and_boarders_at_night() -> Case:
    case = school(
        (Standing.PRINCIPAL, 1),
        (Standing.MIDDLE, 3),
        (Standing.STAFF, 9),
        rules=(setting("night_staff", 1),),
        presences=(
            Presence(SCHOOL.id, date(2026, 10, 17), date(2026, 10, 18)),
        ),
    )
    women = tuple(replace(m, gender=Gender.FEMALE) for m in case.staff)
    return replace(case, staff=women)


def principals_away_on_new_years_eve() -> Case:
    case = school(
        (Standing.PRINCIPAL, 1),
        (Standing.DEPUTY, 1),
        (Standing.MIDDLE, 5),
        term=SPRING,
    )
    return leave(case, EVE, EVE, 0, 1)


# What the conflict is made of: kinds of clauses, shifts, ranges of leave.
WAYS = {
    all_leaders_away: {"shift": 1, "away": 4},
    one_leader_for_every_day: {"gap": 1, "shift": 2},
    a_couple_who_alone_lead_and_guard: {"apart": 1, "shift": 2},
    women_alone_and_boarders_at_night: {"bar": 1, "shift": 1},
    principals_away_on_new_years_eve: {"reserve": 1, "shift": 1, "away": 2},
}

ARTICLES = {
    all_leaders_away: {"第三条", "第十二条"},
    one_leader_for_every_day: {"第三条", "第十三条"},
    a_couple_who_alone_lead_and_guard: {"第三条", "第六条", "第十二条"},
    women_alone_and_boarders_at_night: {"第九条", "第十条"},
    principals_away_on_new_years_eve: {"第三条", "第四条", "第十二条"},
}


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def way(request):
    """One of the five ways."""
    return request.param


def made_of(problem, members: tuple[ConflictMember, ...]) -> Counter[str]:
    """How many members of each sort a conflict has."""
    return Counter(
        problem.clause[m.clause].kind
        if m.clause
        else ("shift" if m.shift else "away" if m.staff else "pin")
        for m in members
    )


def test_a_unit_without_a_roster_is_told_what_stands_in_the_way(way):
    found = climb(way(), solve)

    assert found.outcome.status is Status.INFEASIBLE
    assert [step.code for step in found.steps] == ["plain"]
    assert made_of(found.problem, found.outcome.conflict) == WAYS[way]


def test_a_conflict_of_a_unit_is_impossible_by_itself(way):
    found = climb(way(), solve)

    assert not can_hold(found.problem, found.outcome.conflict)


def test_a_conflict_of_a_unit_needs_every_one_of_its_members(way):
    found = climb(way(), solve)
    members = found.outcome.conflict

    for left_out in members:
        rest = [m for m in members if m != left_out]
        assert can_hold(found.problem, rest), left_out


def test_a_conflict_names_the_articles_it_rests_on_in_chinese(way):
    case = way()
    found = climb(case, solve)

    lines = list(conflict_lines(case, found.problem, found.outcome.conflict))

    assert {line.article for line in lines} == ARTICLES[way]
    for line in lines:
        assert re.fullmatch("第[一二三四五六七八九十]+条", line.article)


def test_a_conflict_can_be_said_in_both_languages(way):
    case = way()
    found = climb(case, solve)
    lines = list(conflict_lines(case, found.problem, found.outcome.conflict))

    for line in lines:
        chinese = conflict_sentence(line, "zh", personal=True)
        assert re.match(r"[\w\u4e00-\u9fff]", chinese)
        assert re.match(
            r"[\w\u4e00-\u9fff]", conflict_sentence(line, "en", personal=True)
        )
        assert not re.search("[{}]|None|lead|duty|night", chinese)


def test_the_sentences_of_a_conflict_say_what_the_office_can_change():
    case = principals_away_on_new_years_eve()
    found = climb(case, solve)

    lines = conflict_lines(case, found.problem, found.outcome.conflict)

    assert {
        (line.article, conflict_sentence(line, "zh", personal=True))
        for line in lines
    } == {
        ("第三条", "2027-02-05 的带班领导须有 1 人"),
        ("第四条", "除夕、初一：只能由规定的人担任"),
        ("第十二条", "甲00 2027-02-05 至 2027-02-05 不在"),
        ("第十二条", "甲01 2027-02-05 至 2027-02-05 不在"),
    }


def test_a_night_barred_before_leave_is_said_with_its_name_and_date():
    saturday = date(2026, 10, 17)
    case = school(
        (Standing.PRINCIPAL, 1),
        (Standing.MIDDLE, 3),
        (Standing.STAFF, 9),
        rules=(setting("night_staff", 1),),
        presences=(Presence(SCHOOL.id, saturday, saturday),),
    )
    case = replace(
        case,
        staff=tuple(
            replace(m, gender=Gender.MALE if n == 4 else Gender.FEMALE)
            for n, m in enumerate(case.staff)
        ),
    )
    case = leave(case, date(2026, 10, 18), date(2026, 10, 20), 4)

    found = climb(case, solve)

    assert not can_hold(found.problem, found.outcome.conflict)
    lines = conflict_lines(case, found.problem, found.outcome.conflict)
    assert {
        (line.article, conflict_sentence(line, "zh", personal=True))
        for line in lines
    } == {
        ("第九条", "2026-10-17 的值班员须有 1 人"),
        ("第十条", "夜班、女职工：不得排这类班次"),
        ("第十二条", "甲04次日起休假，2026-10-17 的夜班不排"),
    }


def test_leave_and_exemption_rest_on_articles_of_their_own():
    holiday = date(2026, 10, 1), date(2026, 10, 7)
    case = make_case(
        BUREAU,
        SHORT,
        staff=people(BUREAU, (Standing.DEPUTY, 2), (Standing.STAFF, 12)),
        overrides=(replace(setting("middle_staff", 0), book="bureau"),),
    )
    on_leave, excused = case.staff[:2]
    case = replace(
        case,
        leave=(Leave(on_leave.id, *holiday),),
        limits=(Limit(excused.id, LimitKind.NO_DUTY, Period(*holiday)),),
    )

    found = climb(case, solve)

    lines = conflict_lines(case, found.problem, found.outcome.conflict)
    assert {
        (line.article, line.facts["name"])
        for line in lines
        if line.code == "away"
    } == {("第十四条", on_leave.name), ("第十三条", excused.name)}


def test_the_checker_agrees_with_counting_where_one_can_count():
    weekend = replace(SHORT, first=date(2026, 10, 17), last=date(2026, 10, 18))
    case = married(
        school(
            (Standing.PRINCIPAL, 1),
            (Standing.GUARD, 1),
            term=weekend,
            rules=(setting("guards_per_shift", 1),),
        )
    )
    found = climb(case, solve)
    members = [*found.outcome.conflict]

    for left_out in (None, *members):
        some = [m for m in members if m != left_out]
        assert can_hold(found.problem, some) == any_roster(found.problem, some)


def test_a_unit_is_helped_when_its_leave_or_its_rule_is_taken_back(way):
    """What the conflict names is what has to change, and it suffices."""
    case = way()
    changed = replace(
        case,
        leave=(),
        relations=(),
        overrides=(
            *case.overrides,
            setting("leader_gap_days", 0),
            setting("female_night", "不限"),
        ),
    )

    assert climb(changed, solve).found
