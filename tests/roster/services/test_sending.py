"""What is queued is sent: once, to the right place, not at night."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from roster.errors import Refused
from roster.messages.kinds import CALENDAR_PROVISIONAL, DUTY_TOMORROW
from roster.records import MessageRow
from roster.services.channel_keeping import (
    remove_channel,
    set_quiet_hours,
)
from roster.services.messaging import try_again
from roster.services.sending import AT_ONCE, LEASE, mark, take
from tests.builders import SHANGHAI
from tests.conftest import NOW
from tests.offices import BUREAU, SCHOOL
from tests.roster.services.conftest import SCHOOL_STAFF
from tests.roster.services.outbox import (
    ANNA,
    BERT,
    CARL,
    Carrier,
    open_way,
    states,
    tell,
    trouble,
)

EVENING = datetime(2026, 8, 20, 22, 30, tzinfo=SHANGHAI)


def test_the_group_is_told_everything_at_once_by_name(office):
    open_way(office.records)
    tell(office.records, ANNA, BERT)
    carrier = Carrier(office.records)

    assert carrier.round() == [("wecom", 2, "")]
    assert carrier.told == [ANNA, BERT]
    (parcel,) = carrier.carried
    assert [view.staff_name for view in parcel.messages] == [
        member.name for member in SCHOOL_STAFF[:2]
    ]
    assert states(office.records) == [("sent", "")] * 2
    assert carrier.later(minutes=1).round() == []


def test_whoever_has_a_channel_is_reached_through_it(desk):
    open_way(desk.records)
    open_way(desk.records, kind="email", address="b@c.cn", staff_id=BERT)
    tell(desk.records, ANNA, BERT)
    carrier = Carrier(desk.records)

    carrier.round()

    assert [
        (parcel.way.kind, parcel.way.personal) for parcel in carrier.carried
    ] == [("wecom", False), ("email", True)]


def test_a_helper_from_elsewhere_is_told_by_the_unit_they_help(desk):
    helper = "U001-05"
    open_way(desk.records)
    tell(desk.records, helper, unit=SCHOOL.id)
    carrier = Carrier(desk.records)

    assert carrier.round() == [("wecom", 1, "")]


def test_a_groups_many_messages_come_in_several_parcels(desk):
    open_way(desk.records)
    for number in range(AT_ONCE + 3):
        tell(desk.records, ANNA, key=str(number))

    assert Carrier(desk.records).round() == [
        ("wecom", AT_ONCE, ""),
        ("wecom", 3, ""),
    ]


def test_without_a_channel_nothing_leaves_and_nothing_piles_up(desk):
    tell(desk.records, ANNA)
    tell(desk.records, unit=BUREAU.id, kind=CALENDAR_PROVISIONAL)
    carrier = Carrier(desk.records)

    assert carrier.round() == []
    assert states(desk.records) == [("dropped", "no-channel")] * 2

    open_way(desk.records)
    assert carrier.later(minutes=1).round() == []


def test_what_fails_is_tried_later_and_later_and_then_no_more(desk):
    open_way(desk.records)
    tell(desk.records, ANNA)
    carrier = Carrier(desk.records)
    carrier.failures.extend([trouble()] * 9)
    tried = []
    for minute in range(0, 240):
        if carrier.round():
            tried.append(minute)
        carrier.later(minutes=1)

    assert tried == [0, 1, 6, 21, 81]
    assert states(desk.records) == [("failed", "timeout")]
    assert carrier.carried == []


def test_what_will_never_be_taken_is_not_tried_again(desk):
    open_way(desk.records)
    tell(desk.records, ANNA)
    carrier = Carrier(desk.records)
    carrier.failures.append(trouble("refused:93000", again=False))

    assert carrier.round() == [("wecom", 1, "refused:93000")]
    assert carrier.later(hours=2).round() == []
    assert states(desk.records) == [("failed", "refused:93000")]


def test_each_try_takes_the_next_of_several_channels(desk):
    open_way(desk.records)
    open_way(desk.records, kind="feishu")
    tell(desk.records, ANNA)
    carrier = Carrier(desk.records)
    carrier.failures.append(trouble())

    carrier.round()
    carrier.later(minutes=1).round()

    assert [parcel.way.kind for parcel in carrier.carried] == ["feishu"]


def test_a_surprise_in_a_library_names_no_address(desk):
    open_way(desk.records)
    tell(desk.records, ANNA)
    carrier = Carrier(desk.records)
    carrier.failures.append(KeyError("https://x/send?key=secret"))

    carrier.round()

    assert states(desk.records) == [("queued", "broken:KeyError")]


def test_at_night_only_what_is_urgent_wakes_people(desk):
    open_way(desk.records)
    tell(desk.records, ANNA, now=EVENING)
    tell(desk.records, BERT, now=EVENING, kind="cover-urgent")
    carrier = Carrier(desk.records, now=EVENING)

    carrier.round()
    assert carrier.told == [BERT]

    assert carrier.later(hours=8).round() == []
    assert carrier.later(minutes=30).round() == [("wecom", 1, "")]
    assert carrier.told == [BERT, ANNA]


@pytest.mark.parametrize(
    ("hours", "at", "until"),
    [
        ((time(12), time(14)), "12:00", "14:00"),
        ((time(12), time(14)), "14:00", None),
        ((time(23), time(6)), "22:30", None),
        ((time(0), time(0)), "23:00", None),
        (None, "23:00", "07:00"),
    ],
)
def test_the_nearest_unit_upwards_says_when_it_is_quiet(
    desk, hours, at, until
):
    open_way(desk.records)
    with desk.records.writing() as session:
        set_quiet_hours(
            session, unit_id=BUREAU.id, hours=hours, who="王", now=NOW
        )
    tell(desk.records, ANNA)
    moment = datetime.combine(NOW.date(), time.fromisoformat(at), SHANGHAI)

    sent = Carrier(desk.records, now=moment).round()

    with desk.records.reading() as session:
        again = session.scalars(select(MessageRow.next_try)).one()
    told = again and f"{again.astimezone(SHANGHAI):%H:%M}"
    assert told == until
    assert bool(sent) == (until is None)


def test_a_reminder_whose_time_is_over_is_not_sent(desk):
    open_way(desk.records)
    tell(desk.records, ANNA, kind=DUTY_TOMORROW, due=NOW)
    carrier = Carrier(desk.records)

    assert carrier.later(hours=16).round() == []
    assert states(desk.records) == [("dropped", "too-late")]


def test_what_is_for_later_is_sent_when_it_is_due(desk):
    open_way(desk.records)
    tell(desk.records, ANNA, due=NOW + timedelta(days=3))
    carrier = Carrier(desk.records)

    assert carrier.round() == []
    assert carrier.later(days=3).round() == [("wecom", 1, "")]


def test_a_clock_put_back_keeps_nothing_waiting(desk):
    open_way(desk.records)
    carrier = Carrier(desk.records).later(days=40)
    tell(desk.records, ANNA, now=carrier.now)
    tell(desk.records, BERT, now=carrier.now, key="2")
    carrier.failures.append(trouble())
    carrier.round()
    tell(desk.records, CARL, now=carrier.now)

    carrier.later(days=-40).round()

    assert sorted(carrier.told) == [ANNA, BERT, CARL]


def test_a_process_that_died_while_sending_leaves_no_second_copy(office):
    """Claimed, perhaps handed over, never marked: told, not repeated."""
    open_way(office.records)
    tell(office.records, ANNA)
    with office.records.writing() as session:
        assert take(session, NOW) is not None
    tell(office.records, BERT)
    carrier = Carrier(office.records)

    assert carrier.round() == [("wecom", 1, "")]
    assert carrier.told == [BERT]
    assert states(office.records)[0] == ("sending", "")

    carrier.later(seconds=LEASE.total_seconds() + 1).round()
    assert states(office.records)[0] == ("failed", "interrupted")
    assert carrier.told == [BERT]


def test_an_answer_that_comes_late_still_counts(desk):
    open_way(desk.records)
    tell(desk.records, ANNA)
    with desk.records.writing() as session:
        parcel = take(session, NOW)
    Carrier(desk.records).later(minutes=11).round()

    with desk.records.writing() as session:
        mark(session, parcel, None, NOW + timedelta(minutes=12))

    assert states(desk.records) == [("sent", "")]


def test_the_answer_to_an_old_try_says_nothing_of_a_new_one(desk):
    open_way(desk.records)
    tell(desk.records, ANNA)
    with desk.records.writing() as session:
        parcel = take(session, NOW)
    carrier = Carrier(desk.records).later(minutes=11)
    carrier.round()
    again(desk.records)
    with desk.records.writing() as session:
        assert take(session, carrier.now) is not None

    with desk.records.writing() as session:
        mark(session, parcel, trouble(), carrier.now)

    assert states(desk.records) == [("sending", "")]


def again(records, message_id=1) -> None:
    with records.writing() as session:
        try_again(session, message_id=message_id, who="王", now=NOW)


def test_somebody_may_have_a_failed_message_tried_again(desk):
    tell(desk.records, ANNA)
    carrier = Carrier(desk.records)
    carrier.round()
    open_way(desk.records)

    again(desk.records)

    assert carrier.round() == [("wecom", 1, "")]
    with pytest.raises(Refused, match="not-failed"):
        again(desk.records)


def test_a_channel_may_go_while_messages_wait_for_it(desk):
    channel = open_way(desk.records)
    tell(desk.records, ANNA)
    carrier = Carrier(desk.records)
    carrier.failures.append(trouble())
    carrier.round()
    with desk.records.writing() as session:
        remove_channel(session, channel_id=channel, who="王", now=NOW)

    assert carrier.later(minutes=1).round() == []
    assert states(desk.records) == [("dropped", "no-channel")]


def test_told_to_stop_it_finishes_the_parcel_in_hand(desk):
    open_way(desk.records)
    for number in range(AT_ONCE + 1):
        tell(desk.records, ANNA, key=str(number))

    class Last(Carrier):
        def __call__(self, parcel) -> None:
            super().__call__(parcel)
            self.stopped = True

    carrier = Last(desk.records)
    assert carrier.round() == [("wecom", AT_ONCE, "")]
    assert states(desk.records)[-2:] == [("sent", ""), ("queued", "")]
    carrier.stopped = False
    assert carrier.round() == [("wecom", 1, "")]
