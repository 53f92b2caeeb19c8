"""
The clock: ticks once a minute while the site is served.

Another job is one function and a line in ``JOBS``. It is given the
writing session of its claim, queues messages there, and tells how many;
it must neither send nor compute for long.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy.orm import Session

from calendars import China
from roster.messages.channels import open_channel
from roster.posts import SHANGHAI
from roster.rules.rulebook import RuleBook
from roster.services import (
    clock,
    drawing,
    due_rosters,
    reminding,
    zero_reports,
)
from roster.services.comp import waiting as comp
from roster.services.drawing.desk import Tools
from roster.services.drawing.dispatching import JOB as DRAWS
from roster.services.feeding import upkeep
from roster.services.sending import Parcel, send_queued
from roster.services.swapping import waiting as swaps
from roster.services.ways import Way
from web.feed_care import care_for_feeds
from web.vault import Vault
from web.wiring import Office
from web.words.messages import parcel_text

log = logging.getLogger("duty_roster.clock")
# It warns whenever a tick takes more than its minute; the next one helps.
logging.getLogger("apscheduler").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Due:
    """What a job is given: when it was due, and the present."""

    at: datetime
    now: datetime
    calendar: China
    books: Mapping[str, RuleBook]
    vault: Vault

    @property
    def tools(self) -> Tools:
        """What series of drawn checks are looked at with."""
        return Tools(self.calendar, self.books, self.now)


@dataclass(frozen=True, slots=True)
class Job:
    """Something done at certain times by the office's clock."""

    name: str
    times: CronTrigger
    work: Callable[[Session, Due], int]


def at(**fields: str | int) -> CronTrigger:
    """Times by the office's clock, e.g. ``at(hour=18, minute=0)``."""
    return CronTrigger(timezone=SHANGHAI, **fields)


def _duty_tomorrow(session: Session, due: Due) -> int:
    return reminding.duty_tomorrow(session, due=due.at, now=due.now)


def _calendar_provisional(session: Session, due: Due) -> int:
    return reminding.calendar_provisional(
        session, calendar=due.calendar, due=due.at, now=due.now
    )


def _roster_due(session: Session, due: Due) -> int:
    return due_rosters.roster_due(
        session, calendar=due.calendar, books=due.books, now=due.now
    )


def _zero_report_due(session: Session, due: Due) -> int:
    return zero_reports.remind(
        session, calendar=due.calendar, books=due.books, now=due.now
    )


def _wish_round_closing(session: Session, due: Due) -> int:
    return reminding.wish_round_closing(session, now=due.now)


def _swap_waiting(session: Session, due: Due) -> int:
    return swaps.remind(session, now=due.now)


def _swap_expired(session: Session, due: Due) -> int:
    return swaps.expire(session, books=due.books, now=due.now)


def _draws(session: Session, due: Due) -> int:
    return drawing.attend(session, tools=due.tools, vault=due.vault)


def _draw_frames(session: Session, due: Due) -> int:
    return drawing.renew_all(session, tools=due.tools, vault=due.vault)


def _comp_account(session: Session, due: Due) -> int:
    return comp.keep_account(session, books=due.books, now=due.now)


def _comp_expiring(session: Session, due: Due) -> int:
    return comp.remind(session, books=due.books, now=due.now)


def _feeds_pass_day(session: Session, due: Due) -> int:
    return upkeep.pass_day(session, due.now)


JOBS: tuple[Job, ...] = (
    Job("duty-tomorrow", at(hour=18, minute=0), _duty_tomorrow),
    Job(
        "calendar-provisional",
        at(day_of_week="mon", hour=9, minute=0),
        _calendar_provisional,
    ),
    Job("roster-due", at(hour=8, minute=30), _roster_due),
    Job("zero-report-due", at(minute=30), _zero_report_due),
    Job("wish-round-closing", at(minute=40), _wish_round_closing),
    Job("swap-waiting", at(hour=12, minute=0), _swap_waiting),
    Job("swap-expired", at(minute=1), _swap_expired),
    Job(DRAWS, at(minute="*/5"), _draws),
    Job("draw-frames", at(minute=17), _draw_frames),
    Job("comp-account", at(hour=4, minute=40), _comp_account),
    Job("comp-expiring", at(day=1, hour=9, minute=30), _comp_expiring),
    Job("feeds-pass-day", at(hour=0, minute=2), _feeds_pass_day),
)


@contextmanager
def ticking(here: Office) -> Iterator[None]:
    """The clock runs as long as the site; a tick under way is ended."""
    if not here.config.messages:
        yield
        return

    stop = Event()
    scheduler = BackgroundScheduler(timezone=SHANGHAI)
    # Side by side, so that a robot which hangs holds up no reminder.
    for second, work in ((0, do_due), (2, care), (5, send_due)):
        scheduler.add_job(
            work,
            at(second=second),
            (here, stop),
            next_run_time=datetime.now(SHANGHAI),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    scheduler.start()
    try:
        yield
    finally:
        stop.set()
        scheduler.shutdown(wait=True)


def tick(here: Office, jobs: Sequence[Job] = JOBS) -> None:
    """What happens in a minute, one after the other."""
    stop = Event()
    do_due(here, stop, jobs)
    care(here, stop)
    send_due(here, stop)


def care(here: Office, _: Event) -> None:
    """Cares for the feeds; what fails is tried again in a minute."""
    try:
        care_for_feeds(here)
    except Exception:
        log.exception("feeds were not cared for")


def do_due(here: Office, stop: Event, jobs: Sequence[Job] = JOBS) -> None:
    """Does what is due; a job that fails holds up no other."""
    for job in jobs:
        if stop.is_set():
            return

        try:
            run(here, job)
        except Exception:
            log.exception("job %s failed", job.name)


def send_due(here: Office, stop: Event) -> None:
    """Sends what is queued."""
    results = send_queued(
        here.records,
        send=partial(hand_over, here),
        now=here.now,
        stopped=stop.is_set,
    )
    for result in results:
        told = result.error or "sent"
        log.log(
            logging.WARNING if result.error else logging.INFO,
            "%s: %d %s",
            result.channel,
            result.count,
            told,
        )


def run(here: Office, job: Job) -> int | None:
    """Does a job for the newest time it was due, if it has not been."""
    now = here.now()
    with here.records.reading() as session:
        last = clock.last_due(session, job=job.name, now=now)

    if last is None:
        with here.records.writing() as session:
            clock.begin(session, job=job.name, now=now)
        return None

    due = newest_due(job.times, last.astimezone(SHANGHAI), now)
    if due is None:
        return None

    given = Due(due, now, here.calendar, here.books, here.vault)
    with here.records.writing() as session:
        return clock.do_once(
            session,
            job=job.name,
            due=due,
            now=now,
            work=lambda: job.work(session, given),
        )


def newest_due(
    times: CronTrigger, last: datetime, now: datetime
) -> datetime | None:
    """The last of the times after one and up to now; missed ones in one."""
    newest = None
    found = times.get_next_fire_time(last, now)
    while found is not None and found <= now:
        newest = found
        found = times.get_next_fire_time(found, now)

    return newest


def hand_over(here: Office, parcel: Parcel) -> None:
    """Sends a parcel in words; raises `NotSent`."""
    text = parcel_text(
        parcel.messages,
        personal=parcel.way.personal,
        site=here.config.site,
    )
    send_text(here, parcel.way, text)


def send_text(here: Office, way: Way, text: str) -> None:
    """Sends a text through a channel; raises `NotSent`."""
    channel = open_channel(way.kind, way.address, way.secret, here.reach)
    channel.send(text)
