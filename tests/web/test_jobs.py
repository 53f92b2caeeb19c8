"""The office's clock, from what falls due to the robot it reaches."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
import time_machine
from sqlalchemy import select

from roster.errors import Refused
from roster.messages.kinds import COMP_EXPIRING, KINDS, ZERO_REPORT_DUE
from roster.posts import SHANGHAI
from roster.records import JobRunRow, MessageRow
from roster.services.channel_keeping import add_channel
from roster.services.messaging import queue
from tests.offices import SCHOOL
from tests.receiver import Receiver, receiving
from tests.web.county import PHONE
from web import create_app
from web.config import Config, default_url
from web.jobs import JOBS, Job, at, newest_due, tick, ticking
from web.wiring import Office
from web.words import office as words
from web.words.messages import ERRORS, SENTENCES, error_words

TEN = datetime(2026, 9, 30, 10, tzinfo=SHANGHAI)
EVENING = TEN.replace(hour=18)
NINE = at(hour=9, minute=0)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiving server in place of the robots' services."""
    with receiving() as opened:
        yield opened


@pytest.fixture
def office(built, tmp_path, receiver) -> Iterator[Office]:
    """The small county on the real clock, its school with a robot."""
    folder = tmp_path / "data"
    copytree(built, folder)
    opened = open_office(folder, receiver)
    with opened.records.writing() as session:
        add_channel(
            session,
            kind="wecom",
            address="token-of-a-robot",
            secret="",
            reach=opened.reach,
            unit_id=SCHOOL.id,
            who="王",
            now=TEN,
        )
    yield opened
    opened.close()


def open_office(folder: Path, receiver: Receiver) -> Office:
    config = Config(folder, default_url(folder))
    return Office(replace(config, robots={"wecom": receiver.address}))


def ticks(office, *moments, jobs=JOBS) -> None:
    """The clock ticks at certain moments."""
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            tick(office, jobs=jobs)


def keys(office) -> list[str]:
    """What was told of duties; other reminders are tested elsewhere."""
    with office.records.reading() as session:
        found = select(MessageRow.key).where(
            MessageRow.unit == SCHOOL.id,
            MessageRow.kind.not_in((COMP_EXPIRING, ZERO_REPORT_DUE)),
        )
        return sorted(session.scalars(found))


def test_on_the_eve_the_groups_robot_tells_who_is_on_duty(office, receiver):
    ticks(office, TEN, EVENING, EVENING + timedelta(minutes=1))

    (text,) = receiver.texts
    assert text.startswith("【值班】")
    assert "值班提醒：2026年10月1日（星期四） " in text
    assert "在柳湾小学值班（" in text
    assert PHONE not in text
    assert len(keys(office)) == text.count("值班提醒") > 0


def test_what_is_sent_ends_with_the_way_to_the_site(office, receiver):
    office.config = replace(office.config, site="https://duty.example.cn")

    ticks(office, TEN, EVENING)

    (text,) = receiver.texts
    assert text.endswith("\nhttps://duty.example.cn/messages")


def test_an_office_that_begins_today_is_not_told_of_yesterday(office):
    ticks(office, EVENING, EVENING + timedelta(hours=1))

    assert keys(office) == []


def test_missed_evenings_are_made_up_for_once(office, receiver):
    ticks(office, TEN, TEN + timedelta(days=3, hours=9))

    with office.records.reading() as session:
        done = select(JobRunRow.due).where(JobRunRow.job == "duty-tomorrow")
        dues = sorted(session.scalars(done))
    assert dues == [TEN, EVENING + timedelta(days=3)]
    assert {key.split("/")[2] for key in keys(office)} == {"2026-10-04"}


@pytest.mark.parametrize("hours", [1, -1, 40 * 24])
def test_a_clock_that_jumps_tells_nobody_twice(office, receiver, hours):
    there = EVENING + timedelta(hours=hours)
    minute = timedelta(minutes=1)

    ticks(office, TEN, EVENING, there, there + minute, EVENING + minute)
    ticks(office, EVENING + timedelta(hours=2))
    ticks(office, EVENING + timedelta(days=1, minutes=5))

    assert len(keys(office)) == len(set(keys(office)))
    days = [key.split("/")[2] for key in keys(office)]
    assert "2026-10-01" in days
    assert "2026-10-02" in days
    said = [line for text in receiver.texts for line in text.split("\n")]
    told = [line for line in said if "值班提醒" in line]
    assert len(told) == len(set(told)) == len(keys(office))


def test_a_restart_begins_nothing_anew(office, receiver):
    ticks(office, TEN, EVENING)
    before = keys(office)
    again = open_office(office.config.folder, receiver)

    ticks(again, EVENING, EVENING + timedelta(minutes=1))

    again.close()
    assert keys(office) == before
    assert len(receiver.came) == 1


def test_a_job_that_fails_holds_up_no_other_and_is_done_later(
    office, receiver, caplog
):
    failures = [RuntimeError]

    def broken(session, due) -> int:
        _queue(session, due.now)
        if failures:
            raise failures.pop()
        return 1

    jobs = (Job("broken", at(hour=18, minute=0), broken), *JOBS)
    minute = timedelta(minutes=1)

    ticks(office, TEN, EVENING, jobs=jobs)
    assert "job broken failed" in caplog.text
    assert not any("drill" in key for key in keys(office))
    assert len(receiver.came) == 1

    ticks(office, EVENING + minute, EVENING + 2 * minute, jobs=jobs)
    assert sum("drill" in key for key in keys(office)) == 1
    assert len(receiver.came) == 2


def _queue(session, now, kind="duties-changed") -> None:
    queue(
        session,
        kind=kind,
        unit=SCHOOL.id,
        facts={},
        key="drill",
        now=now,
    )


def test_what_a_robot_refuses_is_logged_without_its_address(
    office, receiver, caplog
):
    receiver.answers.append((200, {"errcode": 93000, "errmsg": "no"}))

    ticks(office, TEN, EVENING)

    assert "wecom: " in caplog.text
    assert "refused:93000" in caplog.text
    assert "token-of-a-robot" not in caplog.text


def test_the_clock_runs_while_serving_and_not_else(office):
    def clocks() -> list[str]:
        names = (thread.name for thread in threading.enumerate())
        return [name for name in names if "APScheduler" in name]

    create_app(office)
    assert clocks() == []

    with ticking(office):
        assert clocks() == ["APScheduler"]

    assert clocks() == []

    office.config = replace(office.config, messages=False)
    with ticking(office):
        assert clocks() == []


@pytest.mark.parametrize(
    ("words", "runs"), [("", True), ("on", True), ("off", False)]
)
def test_a_copy_that_is_only_looked_at_tells_nobody(words, runs):
    said = {"DUTY_ROSTER_MESSAGES": words}

    assert Config.from_environment(said).messages is runs


@pytest.mark.parametrize(
    "base", ["ding.example.cn", "file:///etc/passwd", "https://"]
)
def test_an_address_that_is_none_stops_the_start(base):
    with pytest.raises(Refused, match="DUTY_ROSTER_DINGTALK"):
        Config.from_environment({"DUTY_ROSTER_DINGTALK": base})


def test_a_robot_that_hangs_holds_up_no_job(office, receiver, monkeypatch):
    receiver.answers.append("hang")
    with office.records.writing() as session:
        _queue(session, TEN, kind="cover-urgent")
    done = threading.Event()
    monkeypatch.setattr(
        "web.jobs.run", lambda *_: receiver.arrived.wait(10) and done.set()
    )

    with ticking(office):
        assert done.wait(10)
        assert not receiver.closed.is_set()
        receiver.closed.set()


def test_the_clock_waits_for_the_message_in_hand(office, receiver):
    receiver.answers.append("hang")
    with office.records.writing() as session:
        for kind in ("cover-urgent", "duties-changed"):
            queue(
                session,
                kind=kind,
                unit=SCHOOL.id,
                facts={},
                key="x",
                now=TEN,
            )

    with ticking(office):
        assert receiver.arrived.wait(10)
        threading.Timer(0.2, receiver.closed.set).start()

    with office.records.reading() as session:
        states = session.scalars(select(MessageRow.state)).all()
    assert "sending" not in states


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("2026-09-01T08:00", "2026-09-01T08:59", None),
        ("2026-09-01T08:00", "2026-09-01T09:00", "2026-09-01T09:00"),
        ("2026-09-01T09:00", "2026-09-01T20:00", None),
        ("2026-09-01T09:00", "2026-12-01T08:00", "2026-11-30T09:00"),
    ],
)
def test_the_newest_time_due_is_what_counts(last, now, due):
    def moment(words: str) -> datetime:
        return datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)

    found = newest_due(NINE, moment(last), moment(now))

    assert found == (moment(due) if due else None)


def test_every_kind_of_message_has_its_words():
    assert set(SENTENCES) == set(KINDS) == set(words.MESSAGE_KINDS)


def test_every_reason_has_its_words():
    for code in ERRORS:
        assert error_words(f"{code}:7")
        assert error_words(f"{code}:7", "en")
    assert error_words("") == ""
