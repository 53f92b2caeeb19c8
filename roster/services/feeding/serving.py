"""What stands behind an address, looked up by the token's hash."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.orm import Session

from roster.feeds import FeedHead
from roster.records import FeedRow, StaffRow, SubscriptionRow, UnitRow
from roster.services.feeding.marking import (
    COUNTY,
    DISTRICT,
    HOLIDAYS,
    PERSON,
    UNIT,
)
from roster.services.feeding.reading import FeedOf, feed_id, name_of, titled
from roster.services.feeding.writing import Scribe, compose
from roster.services.logins import hashed

WIPED = FeedHead("值班（已停用）", "这个订阅已停用，可以从日历里删除。", "")


class Standing(Enum):
    """Whether an address is read."""

    UNKNOWN = auto()
    REVOKED = auto()
    WIPED = auto()  # an empty calendar, so that devices forget the duties
    LIVE = auto()


@dataclass(frozen=True, slots=True)
class Address:
    """An address and what is known of its feed without the bytes."""

    standing: Standing
    subscription: int = 0
    feed: int = 0
    what: FeedOf = FeedOf("", "")
    etag: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A feed's bytes as of one moment, and the name of its file if any."""

    found: Address
    content: bytes
    name: str = ""


UNKNOWN = Address(Standing.UNKNOWN)

FOUND = (
    SubscriptionRow.id,
    SubscriptionRow.revoked_at,
    SubscriptionRow.wiped_until,
    FeedRow.id,
    FeedRow.kind,
    FeedRow.subject,
    FeedRow.alarms,
    FeedRow.etag,
    FeedRow.changed_at,
)

OF_UNITS = (UNIT, DISTRICT, COUNTY)

# Calendars ask often: their questions are put together once, and asked
# without a session's book-keeping.
BY_TOKEN = (
    select(*FOUND)
    .join(FeedRow, FeedRow.id == SubscriptionRow.feed)
    .where(SubscriptionRow.token == bindparam("token"))
)
BY_KIND = select(literal(0), null(), null(), *FOUND[3:]).where(
    FeedRow.kind == bindparam("kind"), FeedRow.kind.in_(HOLIDAYS)
)
STORED = {
    zipped: select(
        column,
        FeedRow.etag,
        FeedRow.changed_at,
        func.coalesce(StaffRow.name, UnitRow.name, ""),
    )
    .outerjoin(
        StaffRow,
        and_(FeedRow.kind == PERSON, StaffRow.id == FeedRow.subject),
    )
    .outerjoin(
        UnitRow,
        and_(FeedRow.kind.in_(OF_UNITS), UnitRow.id == FeedRow.subject),
    )
    .where(FeedRow.id == bindparam("feed"))
    for zipped, column in ((False, FeedRow.content), (True, FeedRow.zipped))
}


def address(
    connection: Connection, *, token: str, now: Callable[[], datetime]
) -> Address:
    """
    What a token reads; tokens themselves are kept nowhere.

    ``now`` is only asked of those taken back.
    """
    asked = {"token": hashed(token)}
    found = connection.execute(BY_TOKEN, asked).first()
    if found is None:
        return UNKNOWN

    number, revoked, wiped, *_ = found
    if revoked is None:
        return _live(found)

    if wiped is None or wiped <= now():
        return Address(Standing.REVOKED)

    what = FeedOf(found.kind, found.subject)
    return Address(Standing.WIPED, number, what=what, changed_at=revoked)


def holidays(connection: Connection, *, kind: str) -> Address:
    """A public feed."""
    found = connection.execute(BY_KIND, {"kind": kind}).first()
    return _live(found) if found else UNKNOWN


def _live(found: Sequence[Any]) -> Address:
    number, _, _, feed, kind, subject, alarms, etag, changed_at = found
    what = FeedOf(kind, subject, tuple(alarms))
    return Address(Standing.LIVE, number, feed, what, etag, changed_at)


def stored(
    connection: Connection, found: Address, *, zipped: bool
) -> Held | None:
    """An address's bytes, packed if asked for; none where none are kept."""
    row = connection.execute(STORED[zipped], {"feed": found.feed}).first()
    if row is None:
        return None

    content, etag, changed_at, whose = row
    if content is None:
        return None

    now = replace(found, etag=etag, changed_at=changed_at)
    return Held(now, content, titled(found.what, whose))


def written(
    session: Session, found: Address, scribe: Scribe, now: datetime
) -> Held:
    """
    What is kept nowhere, unpacked.

    An empty calendar, or a feed without an etag, which an older program
    never wrote.
    """
    if found.standing is Standing.WIPED:
        head = replace(WIPED, feed_id=feed_id(found.what))
        return Held(found, scribe.pen.write_feed(head, ()))

    content, _ = compose(session, found.what, scribe, now.date())
    return Held(found, content, name_of(session, found.what))
