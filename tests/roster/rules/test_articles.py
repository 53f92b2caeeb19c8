"""Which clauses the articles make, in which tier, for whom."""

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
    Wish,
)
from roster.problem import Outcome, Status
from roster.rules.articles import clauses_of
from roster.rules.case import Case
from roster.rules.clauses import Clause
from roster.rules.drafting import draft_problem
from roster.rules.rulebook import Override
from solver import solve
from tests.offices import (
    AUTUMN_2026,
    BUREAU,
    SCHOOL,
    SHORT,
    make_case,
    member,
    people,
    school_staff,
)

HEAD, DEPUTY = school_staff()[:2]
TEACHER, COLLEAGUE = school_staff()[7:9]
NIGHTS = Unit(id="U010", name="柳湾中学", kind=UnitKind.SCHOOL, boarding=True)


def setting(param, value, first=None, last=None, book="schools") -> Override:
    period = Period(first, last)
    return Override(book, "", param, value, period, "试验", "8号")


def clauses(unit=SCHOOL, term=AUTUMN_2026, **more) -> dict[str, Clause]:
    """The clauses of a unit's term by what follows the article's number."""
    case = make_case(unit, term, **more)
    found = {c.id.split("-", 2)[2]: c for c in clauses_of(case)}
    assert len(found) == len(list(clauses_of(case)))
    return found


def tiers(found: dict[str, Clause]) -> dict[str, int]:
    return {name: clause.tier for name, clause in found.items()}


def roster_of(case: Case) -> Outcome:
    return solve(draft_problem(case))


GOALS = {
    "spring": 1,
    "holiday": 2,
    "weekend": 3,
    "total": 4,
    "spacing-lead": 6,
    "spacing-duty": 6,
}


def test_the_bureaus_clauses_and_their_tiers():
    assert tiers(clauses(BUREAU)) == GOALS | {
        "rest": 0,
        "once-a-day": 0,
        "gap-lead": 0,
        "gap-duty": 0,
        "protected": 0,
        "principal": 0,
        "female-night": 5,
        "weekend-leader": 5,
    }


def test_a_schools_clauses_and_their_tiers():
    assert tiers(clauses(SCHOOL)) == GOALS | {
        "rest": 0,
        "once-a-day": 0,
        "gap-lead": 0,
        "gap-duty": 0,
        "protected": 0,
        "principal": 0,
        "female-night": 0,
        "hometown": 5,
    }


@pytest.mark.parametrize("unit", [BUREAU, SCHOOL], ids=["bureau", "school"])
def test_every_clause_bears_its_article(unit):
    for clause in clauses_of(make_case(unit)):
        book, number, _ = clause.id.split("-", 2)

        assert book == ("bureau" if unit is BUREAU else "schools")
        article = make_case(unit).book.article(int(number))
        assert clause.article == article.name


@pytest.mark.parametrize(
    ("unit", "duty", "lead"), [(BUREAU, 3, 2), (SCHOOL, 2, 2)]
)
def test_gaps_are_those_of_the_documents_and_may_be_eased(unit, duty, lead):
    found = clauses(unit)

    assert (found["gap-duty"].days, found["gap-lead"].days) == (duty, lead)
    assert found["gap-duty"].relax == tuple(
        {"days": n} for n in range(duty - 1, 0, -1)
    )
    assert found["gap-lead"].select.posts == ("lead", "lead+duty")
    assert found["gap-duty"].select.posts == ("duty", "middle")


@pytest.mark.parametrize(
    ("cut", "gaps"),
    [
        (0, {"gap-duty": 3, "gap-lead": 2}),
        (1, {"gap-duty": 2}),
        (2, {}),
        (9, {}),
    ],
)
def test_easing_shortens_every_gap_and_never_lets_one_stand_twice(cut, gaps):
    found = clauses(BUREAU, gap_cut=cut)

    assert {n: c.days for n, c in found.items() if "gap" in n} == gaps
    assert found["once-a-day"].days == 1
    assert found["once-a-day"].select.posts == ()


def test_guards_and_keepers_have_no_gap_but_stand_once_a_day():
    found = clauses(SCHOOL)

    for name, clause in found.items():
        if name.startswith("gap"):
            assert {"guard", "dorm"}.isdisjoint(clause.select.posts)


def test_a_gap_changed_in_the_term_holds_on_both_sides_and_across():
    change = setting("min_gap_days", 5, date(2026, 11, 1))

    found = clauses(overrides=(change,))

    whole, longer = found["gap-duty"], found["gap-duty-2026-11-01"]
    assert (whole.days, longer.days) == (2, 5)
    assert (whole.select.first, whole.select.last) == (None, None)
    assert (longer.select.first, longer.select.last) == (
        date(2026, 11, 1),
        None,
    )


def test_nobody_stands_on_both_sides_of_a_change_without_a_gap():
    saturday, sunday = date(2026, 10, 17), date(2026, 10, 18)
    staff = people(SCHOOL, (Standing.PRINCIPAL, 1), (Standing.STAFF, 1))

    found = roster_of(
        make_case(
            SCHOOL,
            replace(SHORT, first=saturday, last=sunday),
            staff=staff,
            presences=(Presence(SCHOOL.id, saturday, sunday),),
            overrides=(
                setting("day_staff", 1),
                setting("min_gap_days", 3, sunday),
            ),
        )
    )

    assert found.status is Status.INFEASIBLE
    assert [m.clause for m in found.conflict if m.clause] == [
        "schools-13-gap-duty"
    ]


def test_duties_before_the_term_count_although_a_gap_changes_in_it():
    change = setting("min_gap_days", 4, last=date(2026, 9, 30))

    found = clauses(overrides=(change,))

    longer = found["gap-duty-2026-08-31"]
    assert longer.days == 4
    assert longer.select.first is None
    assert longer.select.last == date(2026, 9, 30)


def test_the_rest_between_two_shifts_is_kept_across_a_change():
    change = setting("rest_hours", 24, date(2026, 11, 1))

    found = clauses(overrides=(change,))

    assert found["rest"].hours == 10
    assert found["rest"].select.first is None
    assert found["rest-2026-11-01"].hours == 24


@pytest.mark.parametrize(
    ("word", "tier", "weight"), [("不排", 0, 1), ("尽量不排", 5, 4)]
)
def test_women_at_night_are_barred_or_avoided(word, tier, weight):
    change = setting("female_night", word)

    clause = clauses(overrides=(change,))["female-night"]

    assert (clause.tier, clause.weight) == (tier, weight)
    assert clause.select.staff_tags == ("女",)
    assert clause.select.shift_tags == ("night",)


def test_women_at_night_may_be_allowed():
    assert "female-night" not in clauses(
        overrides=(setting("female_night", "不限"),)
    )


def test_women_keep_the_dormitory_at_night():
    assert "dorm" not in clauses(SCHOOL)["female-night"].select.posts


@pytest.mark.parametrize("word", ["不排", "尽量不排", "不限"])
@pytest.mark.parametrize("post", [Standing.DORM, Standing.STAFF])
def test_who_is_with_child_has_no_night_whatever_the_unit_says(word, post):
    mother = member(NIGHTS, 9, post, gender=Gender.FEMALE)
    staff = (*people(NIGHTS, (Standing.PRINCIPAL, 1)), mother)
    case = nights_of(staff, setting("female_night", word), mother)

    assert roster_of(case).status is Status.INFEASIBLE


def test_a_mothers_nights_begin_again_when_her_dates_end():
    keeper = member(NIGHTS, 9, Standing.DORM, gender=Gender.FEMALE)
    staff = (*people(NIGHTS, (Standing.PRINCIPAL, 1)), keeper)
    case = nights_of(staff, setting("female_night", "不限"), keeper)
    over = replace(case.limits[0], period=Period(last=date(2026, 10, 9)))

    found = roster_of(replace(case, limits=(over,)))

    assert found.status is Status.OPTIMAL


def nights_of(staff, word: Override, protected) -> Case:
    """A weekend in which everybody of the staff has a night to stand."""
    keeper = protected.standing is Standing.DORM
    return make_case(
        NIGHTS,
        replace(SHORT, first=date(2026, 10, 16), last=date(2026, 10, 18)),
        staff=staff,
        presences=(Presence(NIGHTS.id, SHORT.first, SHORT.last),),
        limits=(Limit(protected.id, LimitKind.NO_NIGHT, Period()),),
        overrides=(
            word,
            setting("day_staff", 0),
            setting("dorm_staff", int(keeper)),
            setting("night_staff", int(not keeper)),
            setting("min_gap_days", 0),
        ),
        gap_cut=9,
    )


def test_who_has_no_nights_does_not_lead_on_site_all_night():
    onsite = setting("leader_presence", "全天到岗", date(2026, 10, 1))

    assert "protected-lead-2026-10-01" not in clauses()
    found = clauses(overrides=(onsite,))["protected-lead-2026-10-01"]
    assert found.tier == 0
    assert found.select.posts == ("lead", "lead+duty")
    assert found.select.staff_tags == ("无夜班",)
    assert found.select.first == date(2026, 10, 1)


def test_new_years_eve_and_day_are_reserved_to_principals():
    clause = clauses()["principal"]

    assert clause.for_tags == ("负责人",)
    assert clause.select.shift_tags == ("principal-day",)
    assert "principal" not in clauses(
        overrides=(setting("principal_days", value=False),)
    )


@pytest.mark.parametrize("unit", [BUREAU, SCHOOL], ids=["bureau", "school"])
def test_one_principal_alone_may_lead_new_years_eve_and_day(unit):
    """The reserved days are one block, so that no article fights a gap."""
    staff = people(unit, (Standing.PRINCIPAL, 1), (Standing.MIDDLE, 4))
    term = replace(
        AUTUMN_2026,
        first=date(2027, 2, 5),
        last=date(2027, 2, 6),
        vacations=(),
    )
    book = "bureau" if unit is BUREAU else "schools"
    lone = [
        setting(name, 0, book=book)
        for name in ("day_staff", "night_staff", "middle_staff")
    ]

    found = roster_of(make_case(unit, term, staff=staff, overrides=lone))

    assert found.status is Status.OPTIMAL
    assert {cell.staff for cell in found.assignments} == {staff[0].id}


def test_couples_are_kept_apart_where_both_are_of_the_unit():
    married = Relation(DEPUTY.id, HEAD.id)
    outside = Relation(HEAD.id, "U099-01")

    clause = clauses(relations=(married, outside))["apart"]

    assert clause.tier == 0
    assert clause.pairs == ((DEPUTY.id, HEAD.id),)
    assert "apart" not in clauses(relations=(outside,))


def test_couples_may_be_let_together_from_a_date_on():
    married = Relation(DEPUTY.id, HEAD.id)
    freed = setting("apart_relations", False, date(2026, 11, 1))  # noqa: FBT003

    found = clauses(relations=(married,), overrides=(freed,))

    (clause,) = (c for c in found.values() if c.kind == "apart")
    assert clause.select.last == date(2026, 10, 31)


def test_who_is_excused_from_holidays_is_barred_from_them():
    excused = Limit(TEACHER.id, LimitKind.NO_HOLIDAY, Period())

    clause = clauses(limits=(excused,))["no-holiday"]

    assert clause.tier == 0
    assert clause.select.shift_tags == ("holiday",)
    assert clause.select.staff_tags == ("不排节假日",)


def test_a_night_that_runs_into_leave_is_barred_by_name():
    day = Presence(NIGHTS.id, SHORT.first, SHORT.last)
    leave = Leave(TEACHER.id, date(2026, 10, 18), date(2026, 10, 20))

    found = clauses(
        NIGHTS,
        SHORT,
        presences=(day,),
        leave=(leave,),
        overrides=(setting("night_staff", 1),),
    )

    clause = found[f"eve-of-leave-{TEACHER.id}"]
    assert clause.select.shifts == ("2026-10-17/duty-night",)
    assert clause.select.staff == (TEACHER.id,)


def test_wishes_of_duty_days_weigh_what_people_gave_them():
    saturday, friday = date(2026, 10, 17), date(2026, 10, 16)
    wishes = (
        Wish(TEACHER.id, saturday, want=False, weight=3),
        Wish(COLLEAGUE.id, saturday, want=True),
        Wish(TEACHER.id, friday, want=False),
        Wish("U099-01", saturday, want=True),
    )

    clause = clauses(term=SHORT, wishes=wishes)["wishes"]

    assert clause.tier == 5
    assert [(w.staff, w.want, w.weight) for w in clause.wishes] == [
        (TEACHER.id, False, 3),
        (COLLEAGUE.id, True, 1),
    ]
    assert "wishes" not in clauses(term=SHORT, wishes=wishes[2:])


def test_those_from_afar_are_spared_the_long_holidays():
    clause = clauses()["hometown"]

    assert (clause.tier, clause.weight) == (5, 2)
    assert clause.select.shift_tags == ("long-holiday",)
    assert clause.select.staff_tags == ("外地",)
    assert "hometown" not in clauses(
        overrides=(setting("hometown_weight", 0),)
    )
    assert "hometown" not in clauses(BUREAU)


def test_the_bureau_likes_one_leader_for_both_days_of_a_weekend():
    clause = clauses(BUREAU, SHORT)["weekend-leader"]

    assert (clause.tier, clause.weight) == (5, 1)
    assert ("2026-10-17/lead", "2026-10-18/lead") in clause.groups
    assert all(len(group) == 2 for group in clause.groups)


def test_everybody_of_a_unit_is_balanced_together():
    found = clauses()

    for name in ("spring", "holiday", "weekend", "total"):
        assert found[name].ledger == name
        assert found[name].measure == "squares"
        assert found[name].select == type(found[name].select)()


def test_spacing_looks_at_leaders_and_others_apart():
    found = clauses()

    assert found["spacing-lead"].cap == found["spacing-duty"].cap == 21
    assert found["spacing-lead"].select.posts == ("lead", "lead+duty")
    assert found["spacing-duty"].select.posts == ("duty", "middle")


@pytest.mark.parametrize("unit", [BUREAU, SCHOOL], ids=["bureau", "school"])
def test_no_two_default_articles_clash(unit):
    """A unit of usual size has a proven roster as the articles stand."""
    presences = (Presence(unit.id, SHORT.first, SHORT.last),)

    found = roster_of(make_case(unit, SHORT, presences=presences))

    assert found.status is Status.OPTIMAL
