"""A unit's workbook touches the unit alone, and only what was shown."""

from dataclasses import replace
from datetime import date

import pytest

from roster.errors import Refused, Unusable
from roster.papers.workbook_in import read_workbook
from roster.papers.workbook_out import write_county
from roster.people import Inspector, Leave, PastDuty, Presence, Relation, Wish
from roster.records.journal import broken
from roster.records.values import county_of
from roster.services.preparation.workbooks import (
    PERSONAL,
    bring,
    part,
    preview,
    state,
    whole,
)
from tests.conftest import NOW
from tests.offices import BUREAU, SCHOOL
from tests.roster.services.conftest import (
    BUREAU_STAFF,
    COUNTY,
    SCHOOL_STAFF,
    imported,
)

ONE, OTHER, STRANGER = SCHOOL_STAFF[8], SCHOOL_STAFF[9], BUREAU_STAFF[3]
AWAY = Leave(ONE.id, date(2026, 10, 1), date(2026, 10, 3), "病假")

FULL = replace(
    COUNTY,
    leave=(AWAY, Leave(STRANGER.id, date(2026, 10, 1), date(2026, 10, 2))),
    relations=(
        Relation(ONE.id, STRANGER.id),
        Relation(STRANGER.id, OTHER.id, "其他"),
    ),
    wishes=(Wish(OTHER.id, date(2026, 10, 4), want=False, weight=3),),
    presences=(Presence(SCHOOL.id, date(2026, 10, 17), date(2026, 10, 18)),),
    inspectors=(*COUNTY.inspectors, Inspector(SCHOOL_STAFF[1].id)),
    past=(PastDuty(ONE.id, date(2026, 5, 1), "duty"),),
)


@pytest.fixture
def full(lite):
    return imported(lite, FULL).records


def fetched(records, path):
    """A unit's workbook as it is exported, and read again."""
    with records.reading() as session:
        found, known = part(session, SCHOOL.id)
    write_county(found, path, known=known)
    return read_workbook(path.read_bytes(), path.name, known)


def brings(records, county, unit_id=SCHOOL.id, seen=None):
    with records.writing() as session:
        return bring(
            session,
            county,
            unit_id,
            seen=seen or state(session, unit_id),
            who="张伟",
            now=NOW,
        )


def there(records):
    with records.reading() as session:
        assert broken(session) == []
        return county_of(session)


def refused(records, county):
    with records.reading() as session, pytest.raises(Unusable) as error:
        preview(session, county, SCHOOL.id)
    return [(m.code, m.where[0]) for m in error.value.mistakes]


def test_what_a_unit_fetches_and_sends_back_changes_nothing(full, tmp_path):
    before = there(full)

    own = fetched(full, tmp_path / "名册.xlsx")

    assert brings(full, own).empty
    assert there(full) == before
    assert {m.unit for m in own.staff} == {SCHOOL.id}
    assert [v.staff for v in own.leave] == [ONE.id]


def test_a_unit_changes_what_is_its_own_and_nothing_else(records, tmp_path):
    full = imported(records, FULL).records
    own = fetched(full, tmp_path / "名册.xlsx")
    moved = replace(ONE, position="会计")
    staff = tuple(moved if m.id == ONE.id else m for m in own.staff)

    changes = brings(full, replace(own, staff=staff, leave=(), wishes=()))

    assert changes.sheets["人员"].changed == (ONE.id,)
    assert changes.sheets["人员"].left_out == ()
    after = there(full)
    assert [v.staff for v in after.leave] == [STRANGER.id]
    assert after.wishes == ()
    assert set(after.relations) == set(FULL.relations)
    assert moved in after.staff
    assert after.inspectors == there(full).inspectors
    assert len(after.presences) == len(after.past) == 1


def test_what_changed_since_it_was_shown_is_not_written(records, tmp_path):
    full = imported(records, FULL).records
    own = fetched(full, tmp_path / "名册.xlsx")
    with full.reading() as session:
        seen = state(session, SCHOOL.id)
    brings(full, replace(own, wishes=()))
    before = there(full)

    with pytest.raises(Refused) as error:
        brings(full, own, seen=seen)

    assert error.value.code == "records-changed"
    assert there(full) == before


def test_what_others_change_does_not_make_a_preview_old(full):
    with full.reading() as session:
        seen = state(session, SCHOOL.id)
        whole_before = state(session)
    bureau = [m for m in FULL.staff if m.unit == BUREAU.id]
    named = replace(bureau[0], position="局长")
    brings(full, replace(FULL, staff=(named, *FULL.staff[1:])), unit_id="")

    with full.reading() as session:
        assert state(session, SCHOOL.id) == seen
        assert state(session) != whole_before


@pytest.mark.parametrize(
    ("changed", "sheet"),
    [
        ({"staff": (replace(STRANGER, position="股长"),)}, "人员"),
        ({"leave": (Leave(STRANGER.id, *[date(2026, 11, 1)] * 2),)}, "请假"),
        ({"units": (replace(SCHOOL, boarding=True),)}, "单位"),
        ({"terms": (replace(COUNTY.terms[0], name="另一个"),)}, "学期"),
        ({"inspectors": (Inspector(ONE.id),)}, "检查人员"),
        (
            {"presences": (Presence(BUREAU.id, *[date(2026, 10, 3)] * 2),)},
            "在校",
        ),
        ({"relations": (Relation(STRANGER.id, ONE.id, "同乡"),)}, "关系"),
    ],
)
def test_of_others_a_workbook_may_say_nothing_new(
    full, tmp_path, changed, sheet
):
    own = fetched(full, tmp_path / "名册.xlsx")

    assert refused(full, replace(own, **changed)) == [
        ("not-the-units-own", sheet)
    ]


def test_nobody_is_taken_from_another_unit(full, tmp_path):
    own = fetched(full, tmp_path / "名册.xlsx")
    taken = replace(STRANGER, unit=SCHOOL.id)

    found = refused(full, replace(own, staff=(*own.staff, taken)))

    assert found == [("id-of-another-unit", "人员")]


def test_the_county_without_what_is_personal_leaves_that_alone(full, tmp_path):
    path = tmp_path / "名册.xlsx"
    with full.reading() as session:
        public = whole(session, personal=False)
    write_county(public, path)

    read = read_workbook(path.read_bytes(), path.name)

    assert read.absent == PERSONAL
    assert "病假".encode() not in path.read_bytes()
    before = there(full)
    assert brings(full, read, unit_id="").empty
    assert there(full) == before
