"""Revisions, stored bytes and who may read them, point by point."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from icalendar import Calendar
from sqlalchemy import func, select, update

from calendars import feed as pen
from roster.errors import Refused
from roster.records import (
    FeedEventRow,
    FeedRow,
    JournalRow,
    StaffRow,
    SubscriptionRow,
    open_records,
)
from roster.records.upgrading import upgrade
from roster.services import subscribing
from roster.services.feeding import serving, upkeep, writing
from roster.services.feeding.events import choose_busy, renew_every_event
from roster.services.feeding.leaving import end_of_leavers
from roster.services.feeding.reading import FeedOf, event_of, rows_of
from roster.services.feeding.serving import Form, Standing
from roster.services.feeding.writing import Scribe, compose, write_marked
from roster.services.publishing import withdraw
from roster.services.swapping import deeds
from roster.services.turning import roster_in_force, turn
from tests.builders import at, day
from tests.offices import CHINA
from tests.roster.services import small
from tests.roster.services.small import TERM, UNIT
from tests.roster.services.test_swapping import (
    ANNA,
    BO,
    BOSS,
    D0,
    D1,
    HELD,
    NOW,
    Unit,
    settle,
)

MINE = FeedOf("person", "anna", (720, 30))
HIS = FeedOf("person", "bo", (720, 30))
OURS = FeedOf("unit", UNIT)
ALL = FeedOf("county", UNIT)
OWNER = subscribing.Owner("anna（anna）")
SCRIBE = Scribe(pen, "https://duty.example.cn")


@dataclass
class Desk:
    """A school's records; feeds are written as on the site."""

    unit: object
    now: datetime = NOW
    tokens: dict = field(default_factory=dict)

    @property
    def records(self):
        return self.unit.records

    def finish(self, session) -> None:
        write_marked(session, SCRIBE, self.now)

    def publish(self, held) -> None:
        with self.records.writing() as session:
            small.swapped(session, held, now=self.now)

    def swap(self, giver, taker, **more) -> None:
        asked = {"shift": D0, **more}
        number = self.unit.propose(
            giver, partner=taker.staff, now=self.now, **asked
        )
        self.unit.does(deeds.agree, number, taker, now=self.now)
        self.unit.does(deeds.approve, number, BOSS, now=self.now)

    def withdraw(self) -> None:
        with self.records.writing() as session:
            row = roster_in_force(session, UNIT, TERM)
            withdraw(
                session,
                roster_id=row.id,
                reason="排错",
                who="chen",
                now=self.now,
            )

    def subscribe(self, feed) -> str:
        with self.records.writing() as session:
            return subscribing.subscribe(
                session, feed=feed, label="", owner=OWNER, now=self.now
            )

    def stored(self, feed) -> bytes:
        with self.records.reading() as session:
            return session.scalars(
                select(FeedRow.content).where(
                    FeedRow.kind == feed.kind, FeedRow.subject == feed.subject
                )
            ).one()

    def built(self, feed, today=None) -> bytes:
        """The bytes as they come about from nothing but the events."""
        with self.records.reading() as session:
            for row in session.scalars(select(FeedEventRow)):
                session.expunge(row)
            known = today or self.now.date()
            return compose(session, feed, SCRIBE, known)[0]

    def events(self, feed) -> dict[str, dict]:
        """What a calendar reads, by uid."""
        calendar = Calendar.from_ical(self.stored(feed))
        return {str(e["uid"]): e for e in calendar.walk("VEVENT")}

    def one(self, feed, shift=D0):
        """The event of a shift in a feed."""
        with self.records.reading() as session:
            mine = feed.subject if feed.kind == "person" else None
            uid = session.scalars(
                select(FeedEventRow.uid).where(
                    FeedEventRow.shift == shift, FeedEventRow.staff == mine
                )
            ).one()
        return self.events(feed).get(uid)

    def found(self, token, now=None) -> Standing:
        with self.records.looking() as look:
            known = serving.address(
                look,
                Form.UNREAD,
                token=token,
                now=lambda: now or self.now,
            )
            return known.standing


def desk_of(records, held=HELD) -> Desk:
    desk = Desk(settle(records, held=held))
    records.finishing = desk.finish
    return desk


@pytest.fixture
def desk(records) -> Desk:
    """On each database, with everybody's feeds read by somebody."""
    made = desk_of(records)
    for feed in (MINE, HIS, OURS, ALL):
        made.tokens[feed.kind, feed.subject] = made.subscribe(feed)
    return made


@pytest.fixture(scope="module")
def made_once(tmp_path_factory) -> tuple[Path, dict]:
    """A database file with all of it, and the tokens."""
    path = tmp_path_factory.mktemp("feeds") / "duty.db"
    records = open_records(f"sqlite:///{path}")
    upgrade(records)
    made = desk_of(records)
    for feed in (MINE, HIS, OURS, ALL):
        made.tokens[feed.kind, feed.subject] = made.subscribe(feed)
    records.close()
    return path, made.tokens


@pytest.fixture
def quick(made_once, tmp_path) -> Iterator[Desk]:
    """The same on SQLite, where the database does not matter."""
    path, tokens = made_once
    copyfile(path, tmp_path / "duty.db")
    records = open_records(f"sqlite:///{tmp_path / 'duty.db'}")
    desk = Desk(Unit(records), tokens=dict(tokens))
    records.finishing = desk.finish
    yield desk
    records.close()


def stamp(event) -> datetime:
    assert event.decoded("dtstamp") == event.decoded("last-modified")
    return event.decoded("dtstamp")


def test_point_14_a_private_feed_has_neither_its_token_nor_its_address(quick):
    for (kind, subject), token in quick.tokens.items():
        content = quick.stored(FeedOf(kind, subject)).decode()
        assert token not in content.replace("\r\n ", "")
        assert "/feeds/" not in content.replace("\r\n ", "")


def test_point_23_whole_days_of_one_person_are_one_event(lite):
    desk = desk_of(lite)
    with lite.writing() as session:
        small.swapped(session, HELD, now=NOW)
        row = roster_in_force(session, UNIT, TERM)
        # A draft has whole days; the version in force cannot change.
        draft = small.draft(
            session, small.everything_to("anna"), who="bo", now=NOW
        )
        for number, shift in enumerate(draft.shifts):
            shift.start = at(day(number), 0)
            shift.end = at(day(number), 24)
        session.flush()
        draft.state, draft.approver, draft.published_at = (
            "published",
            "chen",
            NOW,
        )
        session.flush()
        turn(session, row, draft, NOW)
    desk.subscribe(MINE)

    (event,) = [
        e for e in desk.events(MINE).values() if e["status"] == "CONFIRMED"
    ]

    assert event["dtstart"].dt == day(0)
    assert event["dtend"].dt == day(4)


def test_point_27_a_summary_tells_the_duty_without_opening_it(quick):
    assert quick.one(MINE)["summary"] == "带班领导 · 小学U1"
    assert quick.one(OURS)["summary"] == "小学U1 带班领导：anna"


def test_point_28_the_location_is_the_places_name_alone(quick):
    assert quick.one(MINE)["location"] == "小学U1"


def test_point_29_the_description_tells_handover_and_swaps(quick):
    assert "交接：08:00接班，18:00交班" in quick.one(MINE)["description"]

    quick.swap(ANNA, BO)

    assert "换班：原由anna值班，换给本人" in quick.one(HIS)["description"]
    assert "换班：anna → bo" in quick.one(OURS)["description"]


def test_point_30_its_page_is_behind_the_log_in(quick):
    assert quick.one(MINE)["url"] == "https://duty.example.cn/my/duty"
    assert quick.one(OURS)["url"] == f"https://duty.example.cn/units/{UNIT}"


def test_point_31_busy_are_only_the_posts_the_county_chose(quick):
    assert quick.one(MINE)["transp"] == "TRANSPARENT"

    with quick.records.writing() as session:
        choose_busy(session, ["lead"], who="w", now=NOW)

    assert quick.one(MINE)["transp"] == "OPAQUE"
    assert quick.one(MINE)["sequence"] == 1
    assert quick.one(OURS)["transp"] == "TRANSPARENT"


def test_point_33_no_stamp_lies_ahead(quick):
    for event in quick.events(MINE).values():
        assert stamp(event) <= NOW


def test_point_34_events_stand_by_start_and_uid(quick):
    found = [
        (e.decoded("dtstart"), str(e["uid"]))
        for e in quick.events(ALL).values()
    ]

    assert found == sorted(found)
    assert len(found) == 4


def test_point_35_no_number_of_anybody_stands_in_a_feed(quick):
    with quick.records.writing() as session:
        session.execute(update(StaffRow).values(phone="13800001111"))
        upkeep.forget_blocks(session)
        renew_every_event(session, NOW)

    for feed in (MINE, OURS, ALL):
        assert b"1380000" not in quick.stored(feed).replace(b"\r\n ", b"")


def test_point_36_an_id_stays_whatever_changes(quick):
    before = set(quick.events(MINE))
    quick.now += timedelta(hours=1)

    quick.publish(HELD)
    quick.swap(ANNA, BO)
    quick.swap(BO, ANNA)

    assert set(quick.events(MINE)) == before
    for uid in before:
        assert uid.isascii()
        assert uid.endswith("@duty-roster.invalid")
        assert not {"anna", UNIT, D0} & set(uid.replace("@", " ").split())


@given(
    some.lists(
        some.sampled_from(
            [HELD, HELD | {D0: "bo"}, HELD | {D0: "chen", D1: "anna"}, None]
        ),
        max_size=6,
    )
)
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_points_37_39_revisions_only_rise_whatever_happens(
    made_once, tmp_path_factory, versions
):
    path = tmp_path_factory.mktemp("feeds") / "duty.db"
    copyfile(made_once[0], path)
    records = open_records(f"sqlite:///{path}")
    desk = Desk(Unit(records))
    records.finishing = desk.finish
    known = desk.events(MINE)
    for held in versions:
        # All of it within one second.
        if held is not None:
            desk.publish(held)
        else:
            with records.reading() as session:
                standing = roster_in_force(session, UNIT, TERM)
            if standing is not None:
                desk.withdraw()

        now = desk.events(MINE)
        assert set(known) <= set(now)
        for uid, event in known.items():
            same = event.to_ical() == now[uid].to_ical()
            assert same or (
                now[uid]["sequence"] > event["sequence"]
                and stamp(now[uid]) >= stamp(event) + timedelta(seconds=1)
            )
        assert desk.stored(MINE) == fresh(desk, MINE)
        known = now
    records.close()


def fresh(desk, feed) -> bytes:
    """A feed written anew from stored facts, every block forgotten."""
    with desk.records.writing() as session:
        session.execute(update(FeedEventRow).values(block=None))
        session.flush()
        session.expire_all()
        return compose(session, feed, SCRIBE, desk.now.date())[0]


def test_point_37_a_second_change_in_one_second_is_a_second_later(quick):
    first = quick.one(MINE)
    quick.publish(HELD | {D0: "bo"})
    second = quick.one(MINE)
    quick.publish(HELD)
    third = quick.one(MINE)

    assert [e["sequence"] for e in (first, second, third)] == [0, 1, 2]
    assert stamp(second) == stamp(first) + timedelta(seconds=1)
    assert stamp(third) == stamp(second) + timedelta(seconds=1)


def test_point_38_other_words_are_stamped_later_too(quick):
    before = quick.one(MINE)
    with quick.records.writing() as session:
        feed = subscribing.find_row(session, MINE)
        writing.choose_alarms(session, feed, [60], NOW)

    after = quick.one(MINE)
    assert stamp(after) > stamp(before)
    assert after["sequence"] == before["sequence"]
    assert quick.stored(MINE).count(b"TRIGGER:-PT1H") == 2


def test_point_39_a_revision_never_falls(quick):
    found = []
    for held in (HELD | {D0: "bo"}, HELD, HELD | {D0: "chen"}):
        quick.now += timedelta(minutes=1)
        quick.publish(held)
        found.append(quick.one(MINE)["sequence"])

    assert found == [1, 2, 3]


def test_point_40_what_nobody_touched_keeps_its_bytes(quick):
    mine, ours = quick.stored(MINE), quick.events(OURS)
    quick.now += timedelta(days=1)
    quick.publish(HELD)
    assert quick.stored(MINE) == mine

    quick.publish(HELD | {D1: "chen"})

    assert quick.stored(MINE) == mine
    changed = [
        uid
        for uid, event in quick.events(OURS).items()
        if event.to_ical() != ours[uid].to_ical()
    ]
    assert len(changed) == 1


def test_point_40_the_version_before_is_the_same_duties_again(quick):
    before = {feed: quick.stored(feed) for feed in (MINE, OURS)}
    quick.now += timedelta(hours=1)
    quick.publish(HELD)

    quick.withdraw()

    assert {feed: quick.stored(feed) for feed in before} == before


def test_point_41_a_swap_there_and_back(desk):
    mine, ours = desk.one(MINE), desk.one(OURS)
    desk.now += timedelta(minutes=1)
    desk.swap(ANNA, BO)

    given_away = desk.one(MINE)
    assert given_away["uid"] == mine["uid"]
    assert given_away["status"] == "CANCELLED"
    assert given_away["summary"] == "【已换给bo】带班领导 · 小学U1"
    taken = desk.one(HIS)
    assert taken["status"] == "CONFIRMED"
    assert taken["summary"] == "【换班】带班领导 · 小学U1"
    assert desk.one(OURS)["uid"] == ours["uid"]
    assert desk.one(OURS)["summary"] == "【换班】小学U1 带班领导：bo"
    assert desk.one(OURS)["sequence"] == 1

    desk.now += timedelta(minutes=1)
    desk.swap(BO, ANNA)

    again = desk.one(MINE)
    assert again["uid"] == mine["uid"]
    assert again["status"] == "CONFIRMED"
    assert again["summary"] == mine["summary"]
    assert again["sequence"] == 2
    assert desk.one(HIS)["summary"] == "【已换给anna】带班领导 · 小学U1"
    assert desk.one(OURS)["summary"] == ours["summary"]


def test_point_42_a_cancelled_duty_is_kept_for_thirty_days(quick):
    quick.withdraw()
    gone = quick.one(MINE)
    assert gone["status"] == "CANCELLED"
    assert gone["summary"] == "【已取消】带班领导 · 小学U1"
    assert gone.decoded("dtend") > gone.decoded("dtstart")
    uid = str(gone["uid"]).encode()
    over = gone.decoded("dtend").date()

    kept = quick.built(MINE, over + timedelta(days=30))
    dropped = quick.built(MINE, over + timedelta(days=31))

    assert uid in kept
    assert uid not in dropped


def test_point_42_the_day_on_which_it_goes_is_known_beforehand(quick):
    quick.withdraw()
    with quick.records.reading() as session:
        due = subscribing.find_row(session, MINE).due

    the_day_before = quick.built(MINE, due - timedelta(days=1))
    assert the_day_before == quick.stored(MINE)
    assert quick.built(MINE, due) != quick.stored(MINE)

    quick.now = at(due, 1)
    with quick.records.writing() as session:
        marked = upkeep.pass_day(session, quick.now)

    assert marked == 3
    assert quick.stored(MINE) == quick.built(MINE)


def test_point_43_a_draft_is_in_no_feed(quick):
    before = {feed: quick.stored(feed) for feed in (MINE, OURS, ALL)}
    with quick.records.writing() as session:
        small.draft(session, small.everything_to("chen"), who="bo", now=NOW)

    assert {feed: quick.stored(feed) for feed in before} == before


def test_point_43_what_is_not_kept_changes_no_feed(quick):
    before = {feed: quick.stored(feed) for feed in (MINE, HIS, OURS, ALL)}

    def break_off() -> None:
        with quick.records.writing() as session:
            small.swapped(session, small.everything_to("bo"), now=NOW)
            assert write_marked(session, SCRIBE, NOW) == 4
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()

    assert {feed: quick.stored(feed) for feed in before} == before


def test_point_44_what_has_begun_stays_as_it_was(quick):
    quick.now = at(day(0), 12)
    before = quick.one(MINE).to_ical()

    quick.publish(small.everything_to("bo"))

    assert quick.one(MINE).to_ical() == before


def test_point_45_alarms_are_chosen_and_at_most_two(quick):
    def choose(*minutes) -> None:
        with quick.records.writing() as session:
            subscribing.set_alarms(
                session, feed=MINE, alarms=minutes, who="w", now=NOW
            )

    assert quick.stored(MINE).count(b"BEGIN:VALARM") == 4
    choose()
    assert b"VALARM" not in quick.stored(MINE)
    choose(60)
    assert quick.stored(MINE).count(b"TRIGGER:-PT1H") == 2
    for wrong in ((1440, 60, 30), (7,)):
        with pytest.raises(Refused, match="feed-alarms"):
            choose(*wrong)


def test_point_47_no_alarm_rings_in_a_units_feed(quick):
    for feed in (OURS, ALL):
        assert b"VALARM" not in quick.stored(feed)


def test_point_54_last_modified_is_the_newest_revision_or_removal(quick):
    def changed() -> datetime:
        with quick.records.reading() as session:
            return subscribing.find_row(session, MINE).changed_at

    first = changed()
    quick.now += timedelta(hours=1)
    quick.publish(HELD)
    assert changed() == first
    quick.publish(small.everything_to("bo"))
    assert changed() == quick.now
    quick.now = at(day(60))
    with quick.records.writing() as session:
        upkeep.pass_day(session, quick.now)
    assert changed() == quick.now


class Broken:
    """A pen that writes no events."""

    write_feed = staticmethod(pen.write_feed)

    @staticmethod
    def write_event(_):
        raise ValueError("broken")


def test_point_66_a_failed_rebuild_keeps_the_last_good_bytes(desk, caplog):
    before = {feed: desk.stored(feed) for feed in (MINE, OURS)}
    broken = Scribe(Broken(), SCRIBE.site)
    desk.records.finishing = lambda s: write_marked(s, broken, desk.now)
    caplog.set_level("CRITICAL", "duty_roster.feeds")

    desk.swap(ANNA, BO)

    assert desk.unit.holds()[D0] == "bo"
    assert {feed: desk.stored(feed) for feed in before} == before
    desk.records.finishing = desk.finish
    with desk.records.reading() as session:
        assert upkeep.needs_care(session, **care(desk))
    with desk.records.writing() as session:
        upkeep.care(session, **care(desk))
    assert desk.one(MINE)["status"] == "CANCELLED"
    with desk.records.reading() as session:
        assert not upkeep.needs_care(session, **care(desk))


def care(desk) -> dict:
    return {"calendar": CHINA, "site": SCRIBE.site, "now": desk.now}


def test_point_67_a_token_has_192_random_bits(quick):
    tokens = {quick.subscribe(MINE) for _ in range(20)}

    assert len(tokens) == 20
    assert all(len(token) == 32 for token in tokens)


def test_point_68_only_the_hash_is_kept(quick):
    token = quick.subscribe(MINE)
    with quick.records.reading() as session:
        kept = session.scalars(select(SubscriptionRow.token)).all()
        told = session.scalars(select(JournalRow.facts)).all()

    assert sha256(token.encode()).hexdigest() in kept
    assert token not in kept
    assert token not in str(told)


def test_point_69_a_new_address_for_a_device_ends_the_old_one(desk):
    old = desk.tokens["person", "anna"]

    new = desk.subscribe(MINE)

    assert desk.found(old) is Standing.REVOKED
    assert desk.found(new) is Standing.LIVE
    with desk.records.writing() as session:
        number = session.scalars(
            select(SubscriptionRow.id).where(
                SubscriptionRow.token == sha256(new.encode()).hexdigest()
            )
        ).one()
        rotated = subscribing.rotate(
            session, number=number, owner=OWNER, now=NOW
        )
    assert desk.found(new) is Standing.REVOKED
    assert desk.found(rotated) is Standing.LIVE


def test_point_62_a_leaver_reads_an_empty_calendar_for_thirty_days(desk):
    token = desk.tokens["person", "anna"]
    leave(desk, "anna")

    assert desk.found(token) is Standing.WIPED
    days = timedelta(days=30)
    second = timedelta(seconds=1)
    assert desk.found(token, desk.now + days - second) is Standing.WIPED
    assert desk.found(token, desk.now + days) is Standing.REVOKED
    with desk.records.looking() as look:
        found = serving.address(
            look, Form.PLAIN, token=token, now=lambda: desk.now
        )
    with desk.records.reading() as session:
        content = serving.written(session, found, SCRIBE, desk.now).content
    assert b"VEVENT" not in content
    assert b"anna" not in content
    assert relcalid(content) == relcalid(desk.stored(MINE))


def relcalid(content: bytes) -> bytes:
    return next(
        x for x in content.split(b"\r\n") if x.startswith(b"X-WR-RELCALID")
    )


def leave(desk, who) -> None:
    """Somebody's last day was yesterday; a minute later the clock ticks."""
    with desk.records.writing() as session:
        last = desk.now.date() - timedelta(days=1)
        session.get_one(StaffRow, who).employed_until = last
    desk.now += timedelta(minutes=1)
    with desk.records.writing() as session:
        end_of_leavers(session, desk.now)


def test_point_62_a_leaked_address_is_gone_at_once(quick):
    def ended(leaked) -> Standing:
        token = quick.subscribe(MINE)
        with quick.records.writing() as session:
            number = session.scalar(select(func.max(SubscriptionRow.id)))
            subscribing.revoke(
                session, number=number, leaked=leaked, who="w", now=NOW
            )
        return quick.found(token)

    assert ended(leaked=True) is Standing.REVOKED
    assert ended(leaked=False) is Standing.WIPED


def test_point_71_leavers_and_those_without_the_right_lose_their_feeds(desk):
    leave(desk, "bo")

    assert desk.found(desk.tokens["person", "bo"]) is Standing.WIPED
    assert desk.found(desk.tokens["person", "anna"]) is Standing.LIVE
    # Nobody with a right stands behind these.
    assert desk.found(desk.tokens["unit", UNIT]) is Standing.WIPED


def test_point_73_a_code_works_once_and_for_ten_minutes(desk):
    def offer() -> str:
        with desk.records.writing() as session:
            return subscribing.offer_code(
                session, feed=MINE, label="平板", owner=OWNER, now=desk.now
            )

    def use(code, later=timedelta()) -> str:
        with desk.records.writing() as session:
            return subscribing.use_code(
                session, code=code, now=desk.now + later
            )[1]

    code = offer()
    for _ in range(3):  # a chat program looks at it
        with desk.records.reading() as session:
            assert subscribing.offered(session, code=code, now=desk.now)
    token = use(code, timedelta(minutes=10))
    assert desk.found(token) is Standing.LIVE
    assert desk.found(desk.tokens["person", "anna"]) is Standing.LIVE
    with pytest.raises(Refused, match="feed-code-gone"):
        use(code)
    late = offer()
    with pytest.raises(Refused, match="feed-code-gone"):
        use(late, timedelta(minutes=10, seconds=1))


def test_point_74_written_anew_a_feed_is_the_same(desk):
    desk.swap(ANNA, BO)
    stored = {feed: desk.stored(feed) for feed in (MINE, HIS, OURS, ALL)}

    with desk.records.writing() as session:
        upkeep.forget_blocks(session)

    assert {feed: desk.stored(feed) for feed in stored} == stored


def test_point_75_the_window_begins_three_months_back(quick):
    whole = quick.stored(MINE)
    first = day(0)
    month = first.year * 12 + first.month - 1 + 3
    last_kept = date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(1)

    assert quick.built(MINE, last_kept) == whole
    assert b"VEVENT" not in quick.built(MINE, last_kept + timedelta(days=40))


def test_point_75_the_edge_moves_by_months(quick):
    edges = {quick.built(MINE, day(0) + timedelta(days=n)) for n in range(150)}

    assert len(edges) <= 3


def test_point_76_a_feed_too_large_narrows_its_window_and_says_so(
    quick, monkeypatch
):
    monkeypatch.setattr(writing, "LARGEST", writing.ROOM + 900)

    content = quick.built(ALL)

    assert len(content) <= writing.ROOM + 900
    assert "内容太多，只收" in content.replace(b"\r\n ", b"").decode()
    assert b"VEVENT" in content
    assert "内容太多" not in quick.stored(ALL).decode()


def test_point_90_only_feeds_whose_duties_changed_are_written(
    quick, monkeypatch
):
    written = []
    real = writing.write
    monkeypatch.setattr(
        writing,
        "write",
        lambda session, row, *rest: (
            written.append((row.kind, row.subject)),
            real(session, row, *rest),
        ),
    )

    quick.publish(HELD | {D1: "chen"})

    assert sorted(written) == [
        ("county", UNIT),
        ("person", "bo"),
        ("unit", UNIT),
    ]


def test_what_is_published_is_what_a_feed_has(desk):
    desk.swap(ANNA, BO)
    with desk.records.reading() as session:
        row = roster_in_force(session, UNIT, TERM)
        held = {
            (shift.start, shift.end, one.staff)
            for shift in row.shifts
            for one in shift.held
        }
        for feed in (MINE, HIS):
            rows = rows_of(session, feed, desk.now.date())
            coming = [event_of(r, (), "") for r in rows if not r.cancelled]
            assert {(e.start, e.end, feed.subject) for e in coming} == {
                cell for cell in held if cell[2] == feed.subject
            }


def test_holidays_follow_the_notices_and_guess_nothing(desk):
    with desk.records.writing() as session:
        upkeep.care(session, **care(desk))
        rows = session.scalars(
            select(FeedEventRow).where(FeedEventRow.unit.is_(None))
        ).all()

        assert rows
        for row in rows:
            year = CHINA.year(int(row.shift[:4]))
            assert not year.provisional
