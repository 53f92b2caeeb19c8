"""Duty logs: who writes, what stays, and how a shift is handed over."""

from datetime import datetime, timedelta
from functools import partial
from threading import Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from roster.errors import Refused, Unusable
from roster.records import DutyEntryRow, DutyLogRow, JournalRow, Records
from roster.records.journal import broken
from roster.services import duty_log, handing_over
from roster.services.duty_log import NewEntry
from roster.services.log_desk import Place
from roster.services.log_views import log_of, logs_between, open_matters
from tests.offices import BOOKS
from tests.roster.services import small
from tests.roster.services.small import SHIFTS, UNIT

FIRST, SECOND = SHIFTS[:2]
EVE = FIRST.start - timedelta(days=3)
TEN = FIRST.start + timedelta(hours=2)
HELD_BY = ("anna", "bo", "chen", "anna")
CELLS = {s.id: n for s, n in zip(SHIFTS, HELD_BY, strict=True)}
WATER = NewEntry(TEN, "门卫", "二楼漏水", "已关阀门", open=True)
ANNA = Place(UNIT, FIRST.id, "anna")
BO = Place(UNIT, SECOND.id, "bo")


def settle(records: Records) -> Records:
    """A school whose four shifts are published."""
    with records.writing() as session:
        small.settle(session)
        small.swapped(session, CELLS, now=EVE)

    return records


def act(records: Records, deed, place=ANNA, *more, now=TEN, **facts):
    """Somebody does something in the log at a moment."""
    with records.writing() as session:
        who = f"{place.staff_id or '编排人'}（u1）"
        return deed(
            session, place, *more, books=BOOKS, who=who, now=now, **facts
        )


@pytest.fixture
def school(lite) -> Records:
    return settle(lite)


def view(records: Records, place=ANNA, now=TEN):
    with records.reading() as session:
        return log_of(session, unit_id=UNIT, shift_id=place.shift_id, now=now)


def matters(records: Records) -> list[str]:
    with records.reading() as session:
        found = open_matters(session, unit_id=UNIT)
        return [matter.entry.words for matter in found]


def test_an_entry_is_signed_and_read_back(records):
    act(settle(records), duty_log.write_entry, ANNA, WATER)

    (entry,) = view(records).entries
    assert (entry.source, entry.words, entry.done) == (
        "门卫",
        "二楼漏水",
        "已关阀门",
    )
    assert entry.who == "anna（u1）"
    assert entry.at == TEN
    assert entry.waits
    assert view(records).names == ("anna",)


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (FIRST.start - timedelta(minutes=11), False),
        (FIRST.start - timedelta(minutes=10), True),
        (FIRST.end + timedelta(hours=11), True),
        (FIRST.end + timedelta(hours=13), False),
    ],
)
def test_a_log_is_open_from_ten_minutes_before_until_the_next(
    school, moment, may
):
    tap = partial(act, school, duty_log.write_nothing, ANNA, now=moment)
    if may:
        assert tap()
        return

    with pytest.raises(Refused, match="log-not-open"):
        tap()


def test_whoever_is_not_on_the_shift_does_not_write(school):
    for staff in ("bo", "", "nobody"):
        place = Place(UNIT, FIRST.id, staff)
        with pytest.raises(Refused, match="not-on-this-shift"):
            act(school, duty_log.write_nothing, place)

    with pytest.raises(Refused, match="no-such-shift"):
        act(school, duty_log.write_nothing, Place(UNIT, "x", "anna"))


def test_after_a_swap_the_one_who_comes_writes(school):
    with school.writing() as session:
        changed = CELLS | {FIRST.id: "chen"}
        small.swapped(session, changed, now=FIRST.start - timedelta(hours=1))

    with pytest.raises(Refused, match="not-on-this-shift"):
        act(school, duty_log.write_nothing, ANNA)
    assert act(school, duty_log.write_nothing, Place(UNIT, FIRST.id, "chen"))


def test_a_later_version_leaves_a_past_shift_to_whoever_was_there(school):
    late = FIRST.end + timedelta(hours=2)
    with school.writing() as session:
        changed = CELLS | {FIRST.id: "chen"}
        small.swapped(session, changed, now=FIRST.end + timedelta(hours=1))

    assert act(school, duty_log.write_nothing, ANNA, now=late)


def test_an_open_matter_travels_on_until_it_is_closed(records):
    settle(records)
    number = act(records, duty_log.write_entry, ANNA, WATER)
    assert matters(records) == ["二楼漏水"]

    morning = SECOND.start + timedelta(hours=1)
    close = partial(
        act, records, duty_log.close_matter, BO, number, now=morning
    )
    close(done="水管已换")

    assert matters(records) == []
    (entry,) = view(records, BO, morning).entries
    assert (entry.kind, entry.about, entry.done) == (
        "closed",
        "二楼漏水",
        "水管已换",
    )
    assert view(records).waiting == 0
    with pytest.raises(Refused, match="entry-settled"):
        close(done="又换")


def test_a_correction_stands_beside_what_it_corrects(school):
    number = act(school, duty_log.write_entry, ANNA, WATER)

    act(
        school,
        duty_log.correct,
        ANNA,
        number,
        NewEntry(TEN, "门卫", "三楼漏水", open=True),
    )

    first, second = view(school).entries
    assert (first.words, first.after) == ("二楼漏水", "correction")
    assert (second.words, second.about) == ("三楼漏水", "二楼漏水")
    assert matters(school) == ["三楼漏水"]


def test_of_another_log_nothing_is_corrected(school):
    number = act(school, duty_log.write_entry, ANNA, WATER)

    with pytest.raises(Refused, match="no-such-entry"):
        act(
            school,
            duty_log.correct,
            BO,
            number,
            NewEntry(SECOND.start, words="x"),
            now=SECOND.start,
        )


def test_mistakes_are_told_together(school):
    wrong = NewEntry(TEN + timedelta(hours=1), "甲" * 61, " ", "")

    with pytest.raises(Unusable) as told:
        act(school, duty_log.write_entry, ANNA, wrong)

    assert {(m.code, m.where) for m in told.value.mistakes} == {
        ("not-in-this-shift", ("at",)),
        ("no-words", ("words",)),
        ("too-long", ("source",)),
    }


def test_alarm_and_cameras_are_a_line_of_the_rules_items(school):
    check = partial(act, school, duty_log.write_check, ANNA, words="")
    check(fine=["一键报警", "没有的"], cameras=" 16 ")

    (entry,) = view(school).entries
    assert entry.items["一键报警"]
    assert not entry.items["监控在线"]
    assert "没有的" not in entry.items
    assert entry.cameras == 16
    with pytest.raises(Unusable, match="not-a-count"):
        check(fine=[], cameras="很多")


def test_two_sign_a_hand_over_once(records):
    settle(records)
    evening, morning = FIRST.end, SECOND.start
    take = partial(act, records, handing_over.take_over, BO, now=morning)
    with pytest.raises(Refused, match="not-handed-over"):
        take()

    hand = partial(act, records, handing_over.hand_over, ANNA, now=evening)
    hand(fine=["钥匙"], words="监控坏一路")
    with pytest.raises(Refused, match="handed-over"):
        hand(fine=[], words="")
    take()
    with pytest.raises(Refused, match="taken-over"):
        take()

    found = view(records).handover
    assert (found.handed_by, found.taken_by) == ("anna（u1）", "bo（u1）")
    assert (found.handed_at, found.taken_at) == (evening, morning)
    assert found.items["钥匙"]
    assert not found.items["防卫器械"]


def test_the_editor_adds_later_and_says_why(school):
    editor = Place(UNIT, FIRST.id, "")
    later = partial(act, school, duty_log.write_later, editor, WATER)
    with pytest.raises(Refused, match="shift-not-over"):
        later(reason="忘了")
    after = SECOND.end + timedelta(days=2)
    with pytest.raises(Unusable, match="no-reason"):
        later(reason=" ", now=after)

    later(reason="当班人手机没电", now=after)

    (entry,) = view(school).entries
    assert entry.reason == "当班人手机没电"
    assert entry.who == "编排人（u1）"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE duty_entry SET words = 'x'",
        "DELETE FROM duty_entry",
        "UPDATE handover SET words = 'x'",
        "DELETE FROM handover",
    ],
)
def test_what_is_written_and_signed_stays(records, change):
    settle(records)
    act(records, duty_log.write_entry, ANNA, WATER)
    act(records, handing_over.hand_over, ANNA, fine=[], words="")
    act(records, handing_over.take_over, BO, now=SECOND.start)

    with pytest.raises(DBAPIError), records.writing() as session:
        session.execute(text(change))


def test_two_at_once_write_in_one_log(records):
    settle(records)
    tap = partial(act, records, duty_log.write_nothing)
    both = [Thread(target=tap) for _ in range(2)]

    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    with records.reading() as session:
        assert len(session.scalars(select(DutyLogRow)).all()) == 1
        assert len(session.scalars(select(DutyEntryRow)).all()) == 2


def test_the_journal_tells_that_something_was_written_not_what(school):
    act(school, duty_log.write_entry, ANNA, WATER)

    with school.reading() as session:
        row = session.scalars(
            select(JournalRow).where(JournalRow.noun == "duty log")
        ).one()
        assert "漏水" not in str(row.facts)
        assert row.thing == f"{UNIT}/{FIRST.id}"
        assert broken(session) == []


def test_a_month_shows_begun_shifts_with_or_without_a_log(school):
    act(school, duty_log.write_nothing, ANNA)

    def lines(now: datetime) -> list[tuple[str, int]]:
        with school.reading() as session:
            found = logs_between(
                session,
                unit_id=UNIT,
                first=FIRST.date,
                last=SHIFTS[-1].date,
                now=now,
            )
        return [(log.shift_id, len(log.entries)) for log in found]

    assert lines(TEN) == [(FIRST.id, 1)]
    assert lines(SECOND.start) == [(SECOND.id, 0), (FIRST.id, 1)]
