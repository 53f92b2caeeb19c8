"""What stands behind an address, looked up by the token's hash."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import (
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
from roster.records.asking import Look, Question
from roster.services.feeding.marking import (
    COUNTY,
    DISTRICT,
    HOLIDAYS,
    PERSON,
    UNIT,
)
from roster.services.feeding.reading import FeedOf, feed_id, titled
from roster.services.feeding.writing import Scribe, compose
from roster.services.logins import hashed

WIPED = FeedHead("值班（已停用）", "这个订阅已停用，可以从日历里删除。", "")


class Standing(Enum):
    """Whether an address is read."""

    UNKNOWN = auto()
    REVOKED = auto()
    WIPED = auto()  # an empty calendar, so that devices forget the duties
    LIVE = auto()


class Form(Enum):
    """In which form a feed's bytes are asked for."""

    UNREAD = auto()  # only what is known of them
    PLAIN = auto()
    PACKED = auto()


@dataclass(frozen=True, slots=True)
class Address:
    """
    An address and what is known of its feed at one moment.

    Its bytes too, where they were asked for and are kept, and the name of
    its file.
    """

    standing: Standing
    subscription: int = 0
    what: FeedOf = FeedOf("", "")
    etag: str = ""
    changed_at: datetime | None = None
    content: bytes | None = None
    name: str = ""


UNKNOWN = Address(Standing.UNKNOWN)

BYTES = {
    Form.UNREAD: null(),
    Form.PLAIN: FeedRow.content,
    Form.PACKED: FeedRow.zipped,
}
FEED = (
    FeedRow.kind,
    FeedRow.subject,
    FeedRow.alarms,
    FeedRow.etag,
    FeedRow.changed_at,
)
WHOSE = func.coalesce(StaffRow.name, UnitRow.name, "")
OF_UNITS = (UNIT, DISTRICT, COUNTY)


def _by_token(form: Form) -> Question:
    mine = and_(FeedRow.kind == PERSON, StaffRow.id == FeedRow.subject)
    ours = and_(FeedRow.kind.in_(OF_UNITS), UnitRow.id == FeedRow.subject)
    given = SubscriptionRow
    return Question(
        select(given.id, given.revoked_at, given.wiped_until)
        .add_columns(*FEED, BYTES[form], WHOSE)
        .join(FeedRow, FeedRow.id == given.feed)
        .outerjoin(StaffRow, mine)
        .outerjoin(UnitRow, ours)
        .where(given.token == bindparam("token", required=False))
    )


def _by_kind(form: Form) -> Question:
    return Question(
        select(
            literal(0), null(), null(), *FEED, BYTES[form], literal("")
        ).where(
            FeedRow.kind == bindparam("kind", required=False),
            FeedRow.kind.in_(HOLIDAYS),
        )
    )


BY_TOKEN = {form: _by_token(form) for form in Form}
BY_KIND = {form: _by_kind(form) for form in Form}


def address(
    look: Look,
    form: Form,
    *,
    token: str,
    now: Callable[[], datetime],
) -> Address:
    """
    What a token reads; tokens themselves are kept nowhere.

    ``now`` is only asked of those taken back.
    """
    found = look.first(BY_TOKEN[form], token=hashed(token))
    if found is None:
        return UNKNOWN

    number, revoked, wiped, kind, subject, *_ = found
    if revoked is None:
        return _live(found)

    if wiped is None or wiped <= now():
        return Address(Standing.REVOKED)

    what = FeedOf(kind, subject)
    return Address(Standing.WIPED, number, what, changed_at=revoked)


def holidays(look: Look, form: Form, *, kind: str) -> Address:
    """A public feed."""
    found = look.first(BY_KIND[form], kind=kind)
    return _live(found) if found else UNKNOWN


def _live(found: Sequence[Any]) -> Address:
    number, _, _, kind, subject, alarms, etag, changed_at, *held = found
    content, whose = held
    what = FeedOf(kind, subject, tuple(alarms))
    name = titled(what, whose)
    return Address(
        Standing.LIVE, number, what, etag, changed_at, content, name
    )


def written(
    session: Session, found: Address, scribe: Scribe, now: datetime
) -> Address:
    """
    What is kept nowhere, unpacked.

    An empty calendar, or a feed without an etag, which an older program
    never wrote.
    """
    if found.standing is Standing.WIPED:
        head = replace(WIPED, feed_id=feed_id(found.what))
        return replace(found, content=scribe.pen.write_feed(head, ()))

    content, _ = compose(session, found.what, scribe, now.date())
    return replace(found, content=content)
