"""One record added, changed or taken out, as the workbook would have it."""

from datetime import date

import pytest
from sqlalchemy import select

from roster.errors import Refused, Unusable
from roster.records import JournalRow
from roster.records.journal import broken
from roster.records.values import county_of
from roster.services.importing import apply
from roster.services.preparation.changing import add, change, depart, remove
from roster.services.preparation.clashes import clashes
from roster.services.preparation.listing import line, lines
from tests.conftest import NOW
from tests.offices import BOOKS, BUREAU, SCHOOL, SHORT
from tests.roster.services.conftest import COUNTY, SCHOOL_STAFF, imported

TODAY = date(2026, 9, 1)
SOMEBODY, OTHER = SCHOOL_STAFF[8].id, SCHOOL_STAFF[9].id
LEADER = SCHOOL_STAFF[1].id
STRANGER = COUNTY.staff[0].id  # of the bureau
LEAVE = {"id": SOMEBODY, "first": "2026-10-01", "last": "2026-10-03"}


@pytest.fixture
def small(lite):
    """The small county where the database does not matter."""
    return imported(lite)


def adds(records, kind, /, *, of=SCHOOL.id, **fields):
    with records.writing() as session:
        return add(
            session, kind, fields, unit_id=of, who="张伟（u010-01）", now=NOW
        )


def changes(records, kind, row_id, seen, /, *, of=SCHOOL.id, **fields):
    with records.writing() as session:
        return change(
            session,
            kind,
            row_id,
            fields,
            seen=seen,
            unit_id=of,
            who="张伟（u010-01）",
            now=NOW,
        )


def removes(records, kind, row_id, seen, /, *, of=SCHOOL.id):
    with records.writing() as session:
        remove(
            session,
            kind,
            row_id,
            seen=seen,
            unit_id=of,
            who="张伟（u010-01）",
            now=NOW,
        )


def the(records, kind, row_id, *, of=SCHOOL.id):
    with records.reading() as session:
        return line(session, kind, row_id, today=TODAY, unit_id=of)


def every(records, kind, *, of=SCHOOL.id, search=""):
    with records.reading() as session:
        return lines(session, kind, today=TODAY, unit_id=of, search=search)


def county(records):
    with records.reading() as session:
        return county_of(session)


def journal(records):
    with records.reading() as session:
        assert broken(session) == []
        rows = session.scalars(select(JournalRow).order_by(JournalRow.id))
        return [(r.verb, r.noun, r.thing, r.facts) for r in rows]


def wrong(error):
    return [(m.code, m.where) for m in error.value.mistakes]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("staff", {"name": "新来", "gender": "女", "standing": "职工"}),
        ("leave", LEAVE | {"kind": "病假"}),
        ("limit", {"id": SOMEBODY, "kind": "无夜班", "first": "2026-10-01"}),
        ("relation", {"id": SOMEBODY, "other_id": OTHER}),
        ("wish", {"id": SOMEBODY, "dates": "2026-10-01", "want": "愿休息"}),
        ("presence", {"first": "2026-10-17", "last": "2026-10-18"}),
        ("past", {"id": SOMEBODY, "date": "2026-05-02", "post": "值班员"}),
    ],
)
def test_each_kind_comes_is_changed_and_goes_again(office, kind, fields):
    before = county(office.records)
    more = {
        "wish": {"weight": "3"},
        "limit": {"last": "2026-10-31"},
        "past": {"kind": "双休"},
    }
    other = fields | more.get(
        kind, {"position": "会计", "kind": "其他", "note": "考试"}
    )

    (row_id,) = adds(office.records, kind, **fields)
    first = the(office.records, kind, row_id)
    assert changes(office.records, kind, row_id, first.seal, **other)
    second = the(office.records, kind, row_id)
    removes(office.records, kind, row_id, second.seal)

    assert first.fields != second.fields
    assert county(office.records) == before
    entries = journal(office.records)[-3:]
    assert [e[:2] for e in entries] == [
        ("add", kind),
        ("change", kind),
        ("remove", kind),
    ]


def test_an_inspector_of_any_unit_is_named_with_it(small):
    before = county(small.records)
    fields = {
        "unit": SCHOOL.name,
        "name": SCHOOL_STAFF[8].name,
        "recused": f"{BUREAU.name}\n{SCHOOL.id}",
    }
    (row_id,) = adds(small.records, "inspector", of="", **fields)
    first = the(small.records, "inspector", row_id, of="")

    whose = {"id": STRANGER, "recused": "", "last": "2026-12-31"}
    assert changes(
        small.records, "inspector", row_id, first.seal, of="", **whose
    )

    (new,) = set(county(small.records).inspectors) - set(before.inspectors)
    assert first.fields["recused"] == f"{BUREAU.name}、{SCHOOL.name}"
    assert (new.staff, new.recused) == (SOMEBODY, ())
    assert new.period.last == date(2026, 12, 31)
    assert journal(small.records)[-1] == ("change", "inspector", SOMEBODY, {})
    seal = the(small.records, "inspector", row_id, of="").seal
    removes(small.records, "inspector", row_id, seal, of="")
    assert county(small.records) == before


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, [("empty-cell", ("姓名",))]),
        ({"name": "甲03"}, [("unit-needed", ("单位",))]),
        (
            {"unit": SCHOOL.name, "name": "无此人", "recused": "月亮小学"},
            [
                ("nobody-of-that-name", ("姓名",)),
                ("unknown-unit", ("回避单位",)),
            ],
        ),
    ],
)
def test_of_an_inspector_every_mistake_is_told(small, fields, told):
    with pytest.raises(Unusable) as error:
        adds(small.records, "inspector", of="", **fields)

    assert wrong(error) == told


def test_past_duties_are_shown_though_they_are_over(small):
    fields = {"id": SOMEBODY, "date": "2026-05-02", "post": "值班员"}
    adds(small.records, "past", **fields)

    (shown,) = (
        one
        for one in every(small.records, "past")
        if one.fields["date"] == "2026-05-02"
    )

    assert not shown.over
    with pytest.raises(Unusable) as error:
        adds(small.records, "past", **fields)
    assert wrong(error) == [("known-already", ())]


def test_what_is_filled_in_comes_back_in_the_form(small):
    (row_id,) = adds(small.records, "leave", **LEAVE, kind="病假")

    fields = the(small.records, "leave", row_id).fields

    assert fields["name"] == SCHOOL_STAFF[8].name
    assert fields["first"] == "2026-10-01"
    assert fields["kind"] == "病假"
    seal = the(small.records, "leave", row_id).seal
    assert not changes(small.records, "leave", row_id, seal, **fields)


def test_of_leave_and_limits_the_journal_tells_only_that_they_changed(small):
    adds(small.records, "leave", **LEAVE, kind="病假")
    adds(small.records, "limit", id=SOMEBODY, kind="免排")

    assert journal(small.records)[-2:] == [
        ("add", "leave", SOMEBODY, {}),
        ("add", "limit", SOMEBODY, {}),
    ]


def test_of_a_telephone_the_journal_tells_only_that_it_changed(small):
    before = the(small.records, "staff", SOMEBODY)

    changes(
        small.records,
        "staff",
        SOMEBODY,
        before.seal,
        **before.fields | {"phone": "13900001234", "position": "会计"},
    )

    assert journal(small.records)[-1] == (
        "change",
        "staff",
        SOMEBODY,
        {"position": ["", "会计"], "phone": ""},
    )


def test_all_mistakes_of_a_form_are_told_at_once(small):
    with pytest.raises(Unusable) as error:
        adds(
            small.records,
            "staff",
            name="",
            gender="男女",
            standing="",
            phone="12",
            share="0",
        )

    assert wrong(error) == [
        ("cell-choice", ("性别",)),
        ("cell-phone", ("手机",)),
        ("cell-number", ("份额",)),
        ("empty-cell", ("姓名",)),
        ("empty-cell", ("身份",)),
    ]


def test_an_empty_form_is_told_what_is_due(small):
    with pytest.raises(Unusable) as error:
        adds(small.records, "term", of="")

    assert [code for code, _ in wrong(error)] == ["empty-cell"] * 3


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("leave", LEAVE | {"last": "2026-09-30"}, "range-reversed"),
        ("leave", LEAVE | {"id": STRANGER}, "unknown-staff"),
        ("leave", LEAVE | {"id": ""}, "nobody-named"),
        ("relation", {"id": SOMEBODY, "other_id": SOMEBODY}, "not-two-people"),
        ("relation", {"id": SOMEBODY, "other_id": STRANGER}, "unknown-staff"),
        (
            "wish",
            {"id": SOMEBODY, "dates": "x", "want": "愿休息"},
            "cell-date",
        ),
    ],
)
def test_what_the_workbook_refuses_a_form_does_too(small, kind, fields, code):
    before = county(small.records)

    with pytest.raises(Unusable) as error:
        adds(small.records, kind, **fields)

    assert code in [found for found, _ in wrong(error)]
    assert county(small.records) == before


def test_several_days_of_one_wish_are_a_wish_each(small):
    adds(
        small.records,
        "wish",
        id=SOMEBODY,
        dates="2026-10-01",
        until="2026-10-03",
        want="愿休息",
    )

    with pytest.raises(Unusable) as error:
        adds(
            small.records,
            "wish",
            id=SOMEBODY,
            dates="2026-10-03",
            want="愿值班",
        )

    assert len(county(small.records).wishes) == 3
    assert wrong(error) == [("known-already", ())]


def test_the_same_thing_is_not_said_twice(small):
    adds(small.records, "relation", id=SOMEBODY, other_id=OTHER)

    with pytest.raises(Unusable) as error:
        adds(small.records, "relation", id=OTHER, other_id=SOMEBODY)

    assert wrong(error) == [("known-already", ())]


def test_whoever_saw_an_older_state_overwrites_nothing(office):
    seen = the(office.records, "staff", SOMEBODY)
    fields = seen.fields | {"position": "会计"}
    changes(office.records, "staff", SOMEBODY, seen.seal, **fields)

    for act in (
        lambda: changes(
            office.records,
            "staff",
            SOMEBODY,
            seen.seal,
            **seen.fields | {"position": "出纳"},
        ),
        lambda: removes(office.records, "staff", SOMEBODY, seen.seal),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "changed-meanwhile"

    now = the(office.records, "staff", SOMEBODY)
    assert now.fields["position"] == "会计"


def test_what_is_gone_cannot_be_changed(small):
    (row_id,) = adds(small.records, "leave", **LEAVE)
    seal = the(small.records, "leave", row_id).seal
    removes(small.records, "leave", row_id, seal)

    with pytest.raises(Refused) as refused:
        changes(small.records, "leave", row_id, seal, **LEAVE)

    assert refused.value.code == "gone-meanwhile"


@pytest.mark.parametrize("row_id", ["x", "-1", "9" * 30, "²", ""])
def test_a_number_that_is_none_finds_nothing(small, row_id):
    assert the(small.records, "leave", row_id) is None


def test_another_unit_finds_and_changes_nothing(office):
    (row_id,) = adds(office.records, "leave", **LEAVE)
    seal = the(office.records, "leave", row_id).seal

    assert the(office.records, "leave", row_id, of=BUREAU.id) is None
    assert every(office.records, "leave", of=BUREAU.id) == ()
    for act in (changes, removes):
        with pytest.raises(Refused) as refused:
            act(office.records, "leave", row_id, seal, of=BUREAU.id)
        assert refused.value.code == "gone-meanwhile"


def test_nobody_is_brought_into_another_unit(small):
    seen = the(small.records, "staff", SOMEBODY)

    changes(
        small.records,
        "staff",
        SOMEBODY,
        seen.seal,
        **seen.fields | {"unit": BUREAU.name, "id": "other", "share": "50"},
    )

    assert the(small.records, "staff", SOMEBODY).fields["share"] == "50"
    assert the(small.records, "staff", SOMEBODY, of=BUREAU.id) is None


def test_a_number_belongs_to_one_person_in_the_county(small):
    new = {"name": "新来", "gender": "女", "standing": "职工"}

    with pytest.raises(Unusable) as error:
        adds(small.records, "staff", **new, id=STRANGER)

    assert wrong(error) == [("id-known", ("工号",))]
    adds(small.records, "staff", **new)
    with pytest.raises(Unusable) as error:
        adds(small.records, "staff", **new)
    assert wrong(error) == [("name-known", ("姓名",))]


def test_whoever_was_on_duty_is_given_a_last_day_and_not_deleted(desk):
    seen = the(desk.records, "staff", LEADER)

    with pytest.raises(Refused) as refused:
        removes(desk.records, "staff", LEADER, seen.seal)
    assert refused.value.code == "staff-in-use"

    with desk.records.writing() as session:
        depart(
            session,
            LEADER,
            date(2026, 10, 4),
            seen=seen.seal,
            unit_id=SCHOOL.id,
            who="张伟",
            now=NOW,
        )
    gone = the(desk.records, "staff", LEADER)
    assert gone.fields["last"] == "2026-10-04"


def test_whoever_is_deleted_takes_their_lists_along(office):
    adds(office.records, "leave", **LEAVE)
    adds(office.records, "relation", id=OTHER, other_id=SOMEBODY)
    seen = the(office.records, "staff", SOMEBODY)

    removes(office.records, "staff", SOMEBODY, seen.seal)

    left = county(office.records)
    assert left.leave == left.relations == ()
    assert SOMEBODY not in [member.id for member in left.staff]


def test_units_and_terms_that_are_in_use_stay(desk):
    for kind, row_id in (("unit", SCHOOL.id), ("term", SHORT.id)):
        seen = the(desk.records, kind, row_id, of="")
        with pytest.raises(Refused) as refused:
            removes(desk.records, kind, row_id, seen.seal, of="")
        assert refused.value.code == f"{kind}-in-use"


def test_a_unit_cannot_come_to_stand_above_itself(small):
    seen = the(small.records, "unit", BUREAU.id, of="")

    with pytest.raises(Unusable) as error:
        changes(
            small.records,
            "unit",
            BUREAU.id,
            seen.seal,
            of="",
            **seen.fields | {"parent": SCHOOL.name},
        )

    assert wrong(error) == [("unit-above-itself", ("上级单位",))]


def test_a_unit_keeps_its_name_for_itself(small):
    new = {"name": SCHOOL.name, "kind": "学校", "id": "U099"}

    with pytest.raises(Unusable) as error:
        adds(small.records, "unit", of="", **new)

    assert wrong(error) == [("name-known", ("单位名称",))]


def test_terms_share_no_date_with_those_there_are(small):
    term = {"id": "x", "name": "又一个", "first": "2026-10-31"}

    with pytest.raises(Unusable) as error:
        adds(small.records, "term", of="", **term, last="2026-11-30")

    assert wrong(error) == [("terms-overlap", ("开始日期",))]
    seen = the(small.records, "term", SHORT.id, of="")
    assert changes(
        small.records,
        "term",
        SHORT.id,
        seen.seal,
        of="",
        **seen.fields | {"last": "2026-11-01"},
    )


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2027-01-01", "9999-12-31", "not-a-year"),
        ("0001-01-01", "2027-01-01", "not-a-year"),
        ("2027-01-01", "2030-01-01", "range-too-long"),
    ],
)
def test_a_term_is_of_a_length_that_a_roster_has(small, first, last, code):
    term = {"id": "x", "name": "又一个", "first": first, "last": last}

    with pytest.raises(Unusable) as error:
        adds(small.records, "term", of="", **term)

    assert wrong(error) == [(code, ("开始日期",))]


def test_nobody_wishes_for_thousands_of_days(small):
    wish = {"id": SOMEBODY, "dates": "2026-10-01", "until": "9999-12-31"}

    with pytest.raises(Unusable) as error:
        adds(small.records, "wish", **wish, want="愿休息")

    assert wrong(error) == [("range-too-long", ("日期",))]


def test_the_list_is_searched_and_tells_what_is_over(small):
    adds(small.records, "leave", **LEAVE)
    adds(
        small.records,
        "leave",
        id=OTHER,
        first="2026-08-01",
        last="2026-08-02",
    )

    assert [one.over for one in every(small.records, "leave")] == [
        True,
        False,
    ]
    (found,) = every(small.records, "leave", search=SCHOOL_STAFF[9].name)
    assert found.fields["id"] == OTHER
    ranks = [v.fields["standing"] for v in every(small.records, "staff")]
    assert ranks[0] == "主要负责人"
    assert ranks[-1] == "职工"


def test_units_are_listed_as_the_tree_they_form(small):
    adds(small.records, "unit", of="", name="A学区", kind="学区", id="A")
    seen = the(small.records, "unit", "A", of="")
    below = seen.fields | {"parent": BUREAU.name}
    changes(small.records, "unit", "A", seen.seal, of="", **below)

    found = [(v.id, v.depth) for v in every(small.records, "unit", of="")]

    assert found == [(BUREAU.id, 0), ("A", 1), (SCHOOL.id, 1)]


def clashing(records, unit=SCHOOL):
    with records.reading() as session:
        return clashes(
            session,
            unit_id=unit.id,
            today=TODAY,
            books=BOOKS,
        )


def test_duties_that_the_records_no_longer_allow_are_found(desk):
    assert clashing(desk.records) == ()
    leaders = [member.id for member in SCHOOL_STAFF[:7]]
    for staff in leaders:
        adds(
            desk.records,
            "leave",
            id=staff,
            first="2026-10-01",
            last="2026-10-03",
        )

    found = clashing(desk.records)

    assert {clash.why for clash in found} == {"leave"}
    assert {clash.date for clash in found} >= {
        date(2026, 10, 1),
        date(2026, 10, 2),
        date(2026, 10, 3),
    }
    assert {clash.unit for clash in found} == {SCHOOL.id}
    assert {clash.term for clash in found} == {SHORT.id}


def test_duties_after_somebodys_last_day_are_found(desk):
    for member in SCHOOL_STAFF[:7]:
        seen = the(desk.records, "staff", member.id)
        with desk.records.writing() as session:
            depart(
                session,
                member.id,
                date(2026, 10, 4),
                seen=seen.seal,
                unit_id=SCHOOL.id,
                who="张伟",
                now=NOW,
            )

    found = clashing(desk.records)

    assert {clash.why for clash in found} == {"left"}
    assert min(clash.date for clash in found) > date(2026, 10, 4)


def test_limits_and_relations_are_held_against_published_duties(desk):
    people = SCHOOL_STAFF[:7]
    adds(desk.records, "limit", id=people[0].id, kind="免排")
    adds(desk.records, "limit", id=people[1].id, kind="不排节假日")

    why = {(c.staff, c.why) for c in clashing(desk.records)}

    assert why == {
        (people[0].id, "excused"),
        (people[1].id, "no-holiday"),
    }


def test_everything_changed_one_by_one_can_be_written_as_a_workbook(small):
    """What forms let in, an import lets in again."""
    adds(small.records, "leave", **LEAVE)
    adds(small.records, "relation", id=SOMEBODY, other_id=OTHER)
    whole = county(small.records)

    with small.records.writing() as session:
        assert apply(session, whole, who="li", now=NOW).empty
