"""Channels and messages for tests, and somebody who carries them."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from roster.messages.channels import Reach
from roster.messages.kinds import DUTIES_CHANGED
from roster.messages.posting import NotSent
from roster.records import MessageRow
from roster.services.channel_keeping import add_channel
from roster.services.messaging import queue
from roster.services.sending import Parcel, send_queued
from tests.conftest import NOW
from tests.offices import SCHOOL
from tests.roster.services.conftest import SCHOOL_STAFF

ANNA, BERT, CARL = (member.id for member in SCHOOL_STAFF[:3])
REACH = Reach(dict, float, mail="mailto://127.0.0.1")
TOKEN = "token-of-a-robot"


@dataclass
class Carrier:
    """Carries parcels by an office's clock, or fails as it is told."""

    records: object
    now: datetime = NOW
    failures: deque = field(default_factory=deque)
    carried: list[Parcel] = field(default_factory=list)
    stopped: bool = False

    def later(self, **more) -> "Carrier":
        """Some time passes, or the clock goes back."""
        self.now += timedelta(**more)
        return self

    def __call__(self, parcel: Parcel) -> None:
        if self.failures and (failure := self.failures.popleft()):
            raise failure

        self.carried.append(parcel)

    def round(self) -> list[tuple[str, int, str]]:
        """What one look at the outbox does."""
        found = send_queued(
            self.records,
            send=self,
            now=lambda: self.now,
            stopped=lambda: self.stopped,
        )
        return [(r.channel, r.count, r.error) for r in found]

    @property
    def told(self) -> list[str]:
        """Whom was told, in order."""
        return [
            view.staff_id or view.unit_id
            for parcel in self.carried
            for view in parcel.messages
        ]


def open_way(records, *, kind="wecom", address=TOKEN, **owner) -> int:
    """Adds a channel, by default the school's."""
    with records.writing() as session:
        return add_channel(
            session,
            kind=kind,
            address=address,
            secret="",
            reach=REACH,
            **(owner or {"unit_id": SCHOOL.id}),
            who="王",
            now=NOW,
        )


def tell(records, *staff, key="1", now=NOW, kind=DUTIES_CHANGED, **more):
    """Queues that duties have changed."""
    with records.writing() as session:
        return queue(
            session,
            kind=kind,
            staff=staff,
            facts={},
            key=key,
            now=now,
            **more,
        )


def states(records) -> list[tuple[str, str]]:
    """State and error of each message, in order."""
    with records.reading() as session:
        rows = session.scalars(select(MessageRow).order_by(MessageRow.id))
        return [(row.state, row.error) for row in rows]


def trouble(code="timeout", *, again=True) -> NotSent:
    """A failure to carry something."""
    return NotSent(code, again=again)
