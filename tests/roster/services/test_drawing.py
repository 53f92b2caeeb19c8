"""The draw in the office: committed, drawn, dispatched, revealed."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from roster.draw.verify import verify
from roster.draw.visits import visit_days
from roster.errors import Refused, Unusable
from roster.people import Unit, UnitKind
from roster.posts import SHANGHAI
from roster.records import (
    CheckRow,
    DrawPlaceRow,
    DrawRow,
    FrameRow,
    InspectorRow,
    JobRunRow,
    JournalRow,
    LeaveRow,
    MessageRow,
    RelationRow,
    SeriesRow,
    StaffRow,
    UnitRow,
)
from roster.records.values import unit_of, unit_row
from roster.rights import Grant, Role
from roster.services import checking, drawing
from roster.services.accounting import make_account
from roster.services.checking import NewCheck, NewFinding
from roster.services.drawing.desk import Tools
from roster.services.drawing.drawn import result_of
from roster.services.drawing.frames import frames_of
from roster.services.drawing.public import counts, published
from roster.services.drawing.recording import record_drawn
from roster.services.drawing.revealing import file_of
from roster.services.drawing.secrets import Secret
from roster.services.drawing.series import NewSeries
from roster.services.drawing.views import draws, places_of
from roster.services.on_duty import on_duty
from roster.services.ruling import params_of
from tests.offices import BOOKS, BUREAU, CHINA, SCHOOL, SHORT

NOW = datetime(2026, 9, 25, 9, tzinfo=SHANGHAI)
FIRST_DAY = date(2026, 10, 1)
EVENING = datetime(2026, 9, 30, 21, 40, tzinfo=SHANGHAI)
DUE = EVENING.replace(hour=22, minute=0)
NEXT_MORNING = datetime(2026, 10, 2, 8, tzinfo=SHANGHAI)

MORE = [
    Unit(
        id=f"U{n:03}",
        name=f"第{n}小学",
        kind=UnitKind.SCHOOL,
        parent=BUREAU.id,
    )
    for n in range(11, 17)
]

SERIES = NewSeries(
    "秋季值班抽查",
    SHORT.id,
    "平督〔2026〕3号",
    "福彩3D当晚开奖号码",
    time(21, 30),
    time(22),
    places=2,
    by_visit=40,
    by_video=30,
    by_phone=30,
    night=20,
)


class Plain:
    """A vault that hides nothing."""

    def seal(self, secret: bytes) -> str:
        return secret.hex()

    def open(self, sealed: str) -> bytes:
        return bytes.fromhex(sealed)


VAULT = Plain()


def tools(now: datetime = NOW) -> Tools:
    return Tools(CHINA, BOOKS, now)


@pytest.fixture(autouse=True)
def known_key(monkeypatch):
    """The same draws in every run."""
    secret = Secret(bytes(range(32)), bytes(32))
    monkeypatch.setattr(Secret, "new", lambda _: secret)


@pytest.fixture
def bureau(desk):
    """The published small county with six more schools."""
    return with_schools(desk.records)


def with_schools(records):
    with records.writing() as session:
        session.add_all(map(unit_row, MORE))
        make_account(
            session,
            login="admin",
            name="admin",
            password="x",
            grants=[Grant(Role.BUREAU_ADMIN)],
            staff_id=f"{BUREAU.id}-01",
            must_change=False,
            who="test",
            now=NOW,
        )
    return records


@pytest.fixture
def committed(bureau):
    """A series that was committed to."""
    make(bureau)
    commit(bureau)
    return bureau


def make(records, **changes) -> int:
    new = replace(SERIES, **changes)
    with records.writing() as session:
        return drawing.make_series(session, new, tools=tools(), who="王")


def commit(records, series: int = 1, now: datetime = NOW) -> None:
    with records.writing() as session:
        drawing.commit(
            session, series, tools=tools(now), vault=VAULT, who="王"
        )


def attends(records, *moments) -> int:
    """The clock looks at these moments."""
    done = 0
    for moment in moments:
        with records.writing() as session:
            done += drawing.attend(session, tools=tools(moment), vault=VAULT)
    return done


def enters(records, value: str, now: datetime = EVENING) -> date:
    with records.writing() as session:
        return drawing.enter_value(
            session, 1, value, tools=tools(now), who="王"
        )


def renews(records, now: datetime = NOW) -> int:
    with records.writing() as session:
        return drawing.renew_all(session, tools=tools(now), vault=VAULT)


def rows(records, row) -> list:
    with records.reading() as session:
        found = session.scalars(select(row).order_by(row.id)).all()
        session.expunge_all()
        return list(found)


def told(records, kind: str) -> list[str]:
    return [m.staff for m in rows(records, MessageRow) if m.kind == kind]


def result(records, number: int = 1):
    """What a draw drew, as only the holder of the key can know."""
    with records.reading() as session:
        row = session.get_one(SeriesRow, 1)
        draw = session.scalars(
            select(DrawRow).where(DrawRow.number == number)
        ).one()
        secret = Secret.of(row, VAULT)
        frame = frames_of(session, row)[draw.frame - 1]
        found = result_of(session, draw, secret, frame)
        session.expunge_all()
        return found


def test_a_series_needs_a_basis_and_enough_places_and_all_is_said(bureau):
    with pytest.raises(Unusable) as found:
        make(bureau, basis=" ", places=1, by_phone=40)

    codes = {mistake.code for mistake in found.value.mistakes}
    assert codes == {"draw-empty", "draw-places", "draw-ways"}
    assert rows(bureau, SeriesRow) == []


def test_a_draft_can_be_changed_and_removed_but_not_drawn_from(bureau):
    make(bureau)
    with bureau.writing() as session:
        drawing.change_series(
            session,
            1,
            replace(SERIES, places=3),
            tools=tools(),
            who="王",
        )
    assert rows(bureau, SeriesRow)[0].places == 3
    with pytest.raises(Refused, match="series-not-committed"):
        enters(bureau, "357")
    assert attends(bureau, DUE) == 0

    with bureau.writing() as session:
        drawing.remove_series(session, 1, who="王", now=NOW)
    assert rows(bureau, SeriesRow) == []


def test_committing_publishes_two_hashes_and_keeps_the_key_hidden(committed):
    (row,), (frame,) = rows(committed, SeriesRow), rows(committed, FrameRow)
    (entry,) = [e for e in journal(committed) if e.verb == "commit"]

    assert row.key == ""
    assert len(bytes.fromhex(row.secret)) == 64
    assert entry.facts["key_hash"] == row.key_hash
    assert entry.facts["frame_hash"] == frame.hash
    assert entry.facts["document"] == SERIES.basis
    assert BUREAU.id not in frame.document
    with pytest.raises(Refused, match="series-committed"):
        commit(committed)


def journal(records) -> list[JournalRow]:
    nouns = ("draw", "draw series")
    return [e for e in rows(records, JournalRow) if e.noun in nouns]


def test_what_was_committed_to_cannot_be_rewritten(committed):
    for change in (
        "UPDATE draw_frame SET hash = 'x'",
        "DELETE FROM draw_frame",
        "DELETE FROM draw_series",
    ):
        with (
            pytest.raises(DBAPIError, match="_no_"),
            committed.writing() as session,
        ):
            session.execute(text(change))


def test_the_frame_has_who_may_go_where_and_nobodys_name(bureau):
    inspector, sibling = f"{BUREAU.id}-10", f"{SCHOOL.id}-03"
    with bureau.writing() as session:
        session.add(RelationRow(one=sibling, other=inspector, kind="姐妹"))
        session.add(
            LeaveRow(
                staff=inspector,
                first=FIRST_DAY,
                last=FIRST_DAY,
                kind="病假",
            )
        )
    make(bureau)
    commit(bureau)

    with bureau.reading() as session:
        row = session.get_one(SeriesRow, 1)
        (frame,) = frames_of(session, row)
        label = Secret.of(row, VAULT).label(inspector)

    assert FIRST_DAY in frame.days
    assert FIRST_DAY not in frame.pool[label]
    assert frame.recused[label] == (SCHOOL.id,)
    assert set(frame.units) == {SCHOOL.id, *(unit.id for unit in MORE)}
    watches = frame.duty[FIRST_DAY]
    assert {start for _, start, _ in watches} >= {480}
    document = json.dumps(frame.document, ensure_ascii=False)
    assert inspector not in document
    assert "甲" not in document


def test_a_value_is_entered_once_it_is_out_and_a_slip_put_right(committed):
    with pytest.raises(Refused, match="no-value-now"):
        enters(committed, "357", EVENING.replace(minute=29))
    with pytest.raises(Unusable):
        enters(committed, "<script>")

    assert enters(committed, "375") == FIRST_DAY
    enters(committed, " 3 5  7 ", EVENING + timedelta(minutes=2))
    attends(committed, DUE)

    (draw,) = rows(committed, DrawRow)
    assert (draw.number, draw.on, draw.value) == (1, FIRST_DAY, "3 5 7")
    with pytest.raises(Refused, match="no-value-now"):
        enters(committed, "000", DUE)


def test_without_a_value_the_bureau_is_reminded_and_it_is_drawn_empty(
    committed,
):
    attends(committed, EVENING, EVENING + timedelta(minutes=5))
    assert told(committed, "draw-value") == [f"{BUREAU.id}-01"]

    attends(committed, DUE)

    assert [d.value for d in rows(committed, DrawRow)] == [""]


def test_nothing_drawn_stands_anywhere_before_its_time(committed):
    enters(committed, "357")
    before = committed_facts(committed)
    attends(committed, DUE)

    assert rows(committed, DrawPlaceRow) == []
    assert told(committed, "draw-dispatched") == []
    (draw,) = rows(committed, DrawRow)
    assert (draw.record, draw.hash) == ("", "")
    drawn = {place.unit for place in result(committed).places}
    for entry in journal(committed)[len(before) :]:
        assert not drawn & set(json.dumps(entry.facts).split('"'))
        assert not any(unit in entry.thing for unit in drawn)
    with committed.reading() as session:
        assert published(session, 1) == ()
        assert [v.places for v in draws(session, 1, now=DUE)] == [()]


def committed_facts(records) -> list[JournalRow]:
    return journal(records)


def test_each_check_is_dispatched_at_its_time_once(committed):
    enters(committed, "357")
    attends(committed, DUE)
    drawn = result(committed)
    place = min(drawn.places, key=lambda one: one.minute)
    starts = drawn.starts(place)

    early = attends(committed, starts - timedelta(minutes=5))
    once = attends(committed, starts, starts, starts + timedelta(minutes=4))

    assert (early, once) == (0, 1)
    (row,) = rows(committed, DrawPlaceRow)
    assert (row.unit, row.way) == (place.unit, place.way)
    assert sorted(told(committed, "draw-dispatched")) == sorted(row.inspectors)
    (message, *_) = [
        m for m in rows(committed, MessageRow) if m.kind == "draw-dispatched"
    ]
    assert message.facts == {"place": row.id}
    assert message.unit == BUREAU.id
    facts = [e.facts for e in journal(committed) if e.verb == "dispatch"]
    assert facts == [{}]


def test_inspectors_see_their_own_dispatched_checks_and_no_others(committed):
    seen_by = partial(places_of, since=NOW, now=NEXT_MORNING)
    whole_day(committed)

    places = rows(committed, DrawPlaceRow)
    with committed.reading() as session:
        everybody = session.scalars(select(StaffRow.id)).all()
        for staff in everybody:
            mine = {one.id for one in seen_by(session, staff)}
            assert mine == {p.id for p in places if staff in p.inspectors}


def whole_day(records, value: str = "357") -> None:
    """The first day from the evening before to the morning after."""
    if value:
        enters(records, value)
    attends(records, DUE)
    drawn = result(records)
    attends(records, *sorted(drawn.starts(p) for p in drawn.places))


def test_after_its_end_a_draw_is_published_and_sealed(committed):
    whole_day(committed)
    last = NEXT_MORNING - timedelta(minutes=5)
    attends(committed, last)
    assert rows(committed, DrawRow)[0].record == ""

    attends(committed, NEXT_MORNING)

    draw, _ = rows(committed, DrawRow)
    with committed.reading() as session:
        (shown,) = published(session, 1)
        found = counts(session, 1, [shown])
    assert (shown.number, shown.value, shown.hash) == (1, "357", draw.hash)
    assert len(shown.places) == found.places == found.dispatched == 2
    with (
        pytest.raises(DBAPIError, match="draw_no_update"),
        committed.writing() as session,
    ):
        session.execute(text("UPDATE draw SET value = '000'"))


def test_a_day_nobody_drew_is_said_to_be_missed_and_its_visits_are_dealt_anew(
    committed,
):
    attends(committed, NEXT_MORNING)
    (draw,) = [d for d in rows(committed, DrawRow) if d.on == FIRST_DAY]
    assert (draw.state, draw.reason) == ("cancelled", "missed")
    assert renews(committed, NEXT_MORNING) == 1

    with committed.reading() as session:
        row = session.get_one(SeriesRow, 1)
        first, second = frames_of(session, row)
        key = Secret.of(row, VAULT).key
    assert second.version == 2
    assert FIRST_DAY not in second.days
    tomorrow = {u for u, on in visit_days(key, first).items() if on.day == 2}
    assert set(second.owed) == set(first.units) - tomorrow


def test_nothing_changed_makes_no_new_version(committed):
    assert renews(committed, EVENING - timedelta(days=1)) == 0
    attends(committed, DUE)
    assert renews(committed, DUE) == 0
    attends(committed, NEXT_MORNING)
    assert renews(committed, NEXT_MORNING) == 0


def test_a_clock_put_back_behind_a_draw_commits_to_nothing(committed):
    attends(committed, DUE)
    with committed.writing() as session:
        session.add(InspectorRow(staff=f"{BUREAU.id}-12", recused=[]))

    assert renews(committed, EVENING.replace(hour=20)) == 0
    assert renews(committed, DUE) == 1


def test_a_new_school_or_inspector_makes_one_before_the_next_value(committed):
    with committed.writing() as session:
        session.add(InspectorRow(staff=f"{BUREAU.id}-12", recused=[]))
    assert renews(committed) == 1
    assert renews(committed) == 0
    new = Unit(id="U099", name="新校", kind=UnitKind.SCHOOL, parent=BUREAU.id)
    with committed.writing() as session:
        session.add(unit_row(new))
    assert renews(committed) == 1

    with committed.reading() as session:
        row = session.get_one(SeriesRow, 1)
        first, second, third = frames_of(session, row)
    assert len(second.pool) == len(first.pool) + 1
    assert second.owed == first.owed
    assert "U099" in third.owed
    stamps = [f.committed_at for f in (first, second, third)]
    assert stamps == sorted(set(stamps))
    entries = [e for e in journal(committed) if "frame-" in e.thing]
    assert [e.facts["frame_hash"] for e in entries] == [
        second.hash,
        third.hash,
    ]


def test_a_cancelled_draw_stays_and_can_be_drawn_again_under_a_new_number(
    committed,
):
    enters(committed, "357")
    attends(committed, DUE)
    number = rows(committed, DrawRow)[0].id
    for reason, code in (("", "no-draw-reason"), ("长" * 201, "too-long")):
        with pytest.raises(Refused, match=code):
            cancels(committed, number, reason)

    cancels(committed, number, "录错了号码", again=True)

    old, new = rows(committed, DrawRow)
    assert (old.state, old.reason) == ("cancelled", "录错了号码")
    assert (new.number, new.on, new.value) == (2, FIRST_DAY, "357")
    assert result(committed, 1).places != result(committed, 2).places
    with pytest.raises(Refused, match="draw-over"):
        cancels(committed, number, "再来")


def cancels(records, draw: int, reason: str, *, again=False, now=DUE) -> None:
    with records.writing() as session:
        drawing.cancel(
            session,
            draw,
            series_id=1,
            reason=reason,
            again=again,
            who="王",
            now=now,
        )


def test_what_was_dispatched_is_not_drawn_again_but_called_off(committed):
    whole_day(committed)
    now = NEXT_MORNING - timedelta(minutes=5)
    with pytest.raises(Refused, match="draw-dispatched"):
        cancels(committed, 1, "暴雪", again=True, now=now)

    cancels(committed, 1, "暴雪", now=now)

    sent = {s for p in rows(committed, DrawPlaceRow) for s in p.inspectors}
    assert set(told(committed, "draw-cancelled")) == sent
    attends(committed, NEXT_MORNING)
    assert json.loads(rows(committed, DrawRow)[0].record)["places"]


def test_whoever_recuses_themselves_is_replaced_by_the_next(committed):
    whole_day(committed)
    place = rows(committed, DrawPlaceRow)[0]
    first = place.inspectors[0]
    order = next(
        p.order for p in result(committed).places if p.unit == place.unit
    )

    recuses(committed, place.id, first)

    after = rows(committed, DrawPlaceRow)[0]
    assert first not in after.inspectors
    need = len(place.inspectors) + place.missing
    assert len(after.inspectors) == min(need, len(order) - 1)
    assert after.missing == need - len(after.inspectors)
    if after.missing:
        assert told(committed, "draw-short")
    with pytest.raises(Refused, match="no-such-place"):
        recuses(committed, place.id, first)


def recuses(records, place: int, staff: str, reason: str = "relative"):
    with records.writing() as session:
        drawing.recuse(
            session,
            place,
            staff_id=staff,
            reason=reason,
            vault=VAULT,
            who=staff,
            now=NEXT_MORNING - timedelta(minutes=10),
        )


def test_a_list_opens_only_to_those_drawn_and_each_look_is_in_the_journal(
    committed,
):
    whole_day(committed)
    place = rows(committed, DrawPlaceRow)[0]
    drawn, other = place.inspectors[0], f"{BUREAU.id}-29"
    assert other not in place.inspectors

    opens(committed, place.id, drawn)
    opens(committed, place.id, drawn)
    for id_, staff in ((place.id, other), (999, drawn), (place.id, "")):
        with pytest.raises(Refused, match="no-such-place"):
            opens(committed, id_, staff)

    assert rows(committed, DrawPlaceRow)[0].opened_at is not None
    looks = [e for e in journal(committed) if e.verb == "open"]
    assert [look.who for look in looks] == [drawn, drawn]


def opens(records, place: int, staff: str) -> None:
    with records.writing() as session:
        drawing.open_place(
            session, place, staff_id=staff, who=staff, now=NEXT_MORNING
        )


def school_place(records) -> DrawPlaceRow:
    """A check of the one school that has a roster, whenever it is drawn."""
    day = FIRST_DAY
    while True:
        evening = datetime.combine(day - timedelta(1), time(22), SHANGHAI)
        over = datetime.combine(day + timedelta(1), time(7, 55), SHANGHAI)
        attends(records, evening, over)
        for place in rows(records, DrawPlaceRow):
            if place.unit == SCHOOL.id and place.inspectors:
                return place
        day += timedelta(1)


def found_fine(records, place: DrawPlaceRow) -> NewCheck:
    with records.reading() as session:
        unit = session.get_one(UnitRow, place.unit)
        there = on_duty(
            session,
            unit_id=place.unit,
            moment=place.starts,
            params=params_of(session, unit_of(unit), BOOKS),
        )
    return NewCheck(
        str(uuid4()),
        "?",
        place.starts,
        "?",
        ("somebody",),
        "?",
        "",
        tuple(
            NewFinding(d.shift_id, d.staff_id, "OK")
            for d in there
            if d.staff_id
        ),
    )


def test_a_drawn_check_is_recorded_as_drawn_and_once(committed):
    place = school_place(committed)
    check = found_fine(committed, place)
    staff = place.inspectors[0]

    records_drawn(committed, place, check, staff)
    records_drawn(committed, place, check, staff)

    (row,) = rows(committed, CheckRow)
    assert row.drawn
    assert (row.unit, row.way, row.basis) == (
        SCHOOL.id,
        place.way,
        SERIES.basis,
    )
    assert row.inspectors == place.inspectors
    other = found_fine(committed, place)
    with pytest.raises(Refused, match="place-checked"):
        records_drawn(committed, place, other, staff)
    with pytest.raises(Refused, match="no-such-place"):
        records_drawn(committed, place, check, f"{BUREAU.id}-29")


def test_where_the_roster_has_nobody_the_drawn_check_is_told_in_words(
    committed, monkeypatch
):
    place = school_place(committed)
    check = replace(found_fine(committed, place), findings=())
    monkeypatch.setattr(checking, "on_duty", lambda *_, **__: ())

    with pytest.raises(Unusable) as found:
        records_drawn(committed, place, check, place.inspectors[0])
    said = replace(check, note="门锁着，没有人")
    records_drawn(committed, place, said, place.inspectors[0])

    assert [m.code for m in found.value.mistakes] == ["nobody-there-say"]
    (row,) = rows(committed, CheckRow)
    assert (row.note, row.findings) == ("门锁着，没有人", [])


def records_drawn(records, place, check, staff) -> None:
    with records.writing() as session:
        record_drawn(
            session,
            place.id,
            check,
            staff_id=staff,
            books=BOOKS,
            who=staff,
            now=place.starts + timedelta(minutes=30),
        )


def test_days_on_which_somebody_cannot_go_leave_the_next_frame(committed):
    staff = f"{BUREAU.id}-10"
    with committed.writing() as session:
        drawing.declare_away(
            session,
            staff_id=staff,
            asked=[FIRST_DAY, date(2026, 10, 2)],
            away=[FIRST_DAY],
            who=staff,
            now=NOW,
        )
    assert renews(committed) == 1

    with committed.reading() as session:
        row = session.get_one(SeriesRow, 1)
        frame = frames_of(session, row)[-1]
        label = Secret.of(row, VAULT).label(staff)
    assert FIRST_DAY not in frame.pool.get(label, ())
    with committed.writing() as session, pytest.raises(Refused):
        drawing.declare_away(
            session,
            staff_id=f"{BUREAU.id}-29",
            asked=[],
            away=[],
            who="x",
            now=NOW,
        )


def test_a_whole_term_is_revealed_and_verified(committed):
    with pytest.raises(Refused, match="draw-not-over"):
        reveals(committed, NEXT_MORNING)
    moment = EVENING
    end = datetime(2026, 11, 1, 9, tzinfo=SHANGHAI)
    while moment < end:
        if moment.day % 5:
            with suppress(Refused):
                enters(committed, f"{moment.day:03}", moment)
        attends(committed, moment + timedelta(minutes=20))
        if moment.day == 10:
            with committed.writing() as session:
                last = session.scalars(
                    select(DrawRow).order_by(DrawRow.id.desc())
                ).first()
                number = last.id
            cancels(committed, number, "重抽", again=True, now=moment)
        attends(committed, moment + timedelta(hours=10, minutes=15))
        renews(committed, moment + timedelta(hours=11))
        moment += timedelta(days=1)
    attends(committed, end)
    reveals(committed, end)

    with committed.reading() as session:
        content = file_of(session, 1)
        shown = published(session, 1)
        found = counts(session, 1, shown)
    assert content is not None
    row = rows(committed, SeriesRow)[0]
    first = rows(committed, FrameRow)[0]
    assert verify(content, row.key_hash, first.hash) == []
    seen = {
        place["unit"]
        for draw in json.loads(content)["draws"]
        if draw["state"] == "drawn"
        for place in draw["places"]
    }
    assert seen == {SCHOOL.id, *(unit.id for unit in MORE)}
    assert found.no_value >= 1
    assert found.cancelled == 1
    with pytest.raises(Refused, match="series-over"):
        reveals(committed, end)


def reveals(records, now: datetime) -> None:
    with records.writing() as session:
        drawing.reveal(session, 1, tools=tools(now), vault=VAULT, who="王")


def test_a_stopped_series_draws_no_new_day_and_may_be_revealed(committed):
    attends(committed, DUE)
    now = NEXT_MORNING - timedelta(hours=20)
    with committed.writing() as session:
        drawing.stop(
            session,
            1,
            reason="改用新方案",
            tools=tools(now),
            vault=VAULT,
            who="王",
        )

    attends(committed, NEXT_MORNING, NEXT_MORNING + timedelta(days=20))
    reveals(committed, NEXT_MORNING + timedelta(days=20))

    assert len(rows(committed, DrawRow)) == 1
    with committed.reading() as session:
        content = file_of(session, 1)
    assert verify(content) == []


def test_a_day_from_commitment_to_verification_on_each_database(office):
    records = with_schools(office.records)
    make(records)
    commit(records)
    enters(records, "357")
    attends(records, DUE)
    with records.writing() as session:
        drawing.stop(
            session,
            1,
            reason="只试一天",
            tools=tools(NEXT_MORNING - timedelta(hours=20)),
            vault=VAULT,
            who="王",
        )
    attends(records, NEXT_MORNING - timedelta(minutes=5))
    attends(records, NEXT_MORNING, NEXT_MORNING + timedelta(days=1))
    reveals(records, NEXT_MORNING + timedelta(days=1))

    with records.reading() as session:
        content = file_of(session, 1)
        shown = published(session, 1)
        found = counts(session, 1, shown)
    assert verify(content) == []
    assert found.dispatched == found.places == 2
    for table in ("draw", "draw_series", "draw_frame", "draw_place"):
        with (
            pytest.raises(DBAPIError, match="_no_"),
            records.writing() as session,
        ):
            session.execute(text(f"DELETE FROM {table}"))


def test_the_clocks_old_rows_are_swept_away(committed):
    old, new = DUE - timedelta(days=9), DUE - timedelta(days=1)
    with committed.writing() as session:
        for due in (old, new):
            session.add(JobRunRow(job="draws", due=due, done_at=due, count=0))

    attends(committed, DUE)

    kept = [r.due for r in rows(committed, JobRunRow) if r.job == "draws"]
    assert kept == [new]
